"""Diagrams of processes: ``layout`` parts the steps into pictures, ``page`` places what stands in one as ``shapes``, by
``routes`` for the lines and ``wrapping`` for the texts, and ``drawing`` draws them.
"""
