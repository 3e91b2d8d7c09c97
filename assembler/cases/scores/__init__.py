"""Cases side by side by their scores: read one by one, ranked, and written as an Excel workbook."""
