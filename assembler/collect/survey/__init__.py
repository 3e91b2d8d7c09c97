"""Questionnaires counted into a case.

``files`` and ``workbook`` read the responses as ``tables``, ``columns`` knows their headers, ``levels`` their cells;
``counting`` counts them, ``results`` makes the rows of the results; ``importing`` is the order of it all.
"""
