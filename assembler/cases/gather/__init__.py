"""A report made of many cases: what they give is put into tables, what does not agree is named.

``gathering`` reads the cases, ``units`` who was expected, ``findings`` compares the cases with one another, ``tables``
makes the rows, ``writing`` puts them into a case of the report, ``workbook`` into Excel.
"""
