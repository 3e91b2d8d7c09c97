"""Follows names across specs: every name an expression or a block uses must exist, and nothing may depend on itself.

``names`` says what an expression may name where it stands; ``forms``, ``reports``, ``blocks`` and ``gather`` look at
each place of the language, ``circles`` at what depends on what.
"""
