"""A case on the desks of several people at once, as a page in a browser needs it: no web, HTML or database is known.

``desk`` keeps a case open and makes its pages, ``rights`` says who may do what; each act is a module: ``write``,
``table`` (rows inserted, removed, moved), ``paste``, ``attach``, ``settle`` (carried answers confirmed, problems
accepted), ``undo``. ``overview`` tells how far a case is. Every act checks the rights of who acts, holds the case while
it writes, and has the answer on disk when it returns.
"""
