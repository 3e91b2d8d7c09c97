"""Tables of others become answers of a case: which table of which form each is, which column, which row. Nothing here
reads a file: tables and forms come in, proposals with their reasons go out.
"""
