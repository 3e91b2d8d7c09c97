"""Ways of writing answers, all to the same files that ``answers`` reads: ``files`` by hand in an editor, ``fill`` by
questions in the terminal, ``workbook`` in Excel, ``survey`` by counting questionnaires.
"""
