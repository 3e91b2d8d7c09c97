"""Files that departments made themselves, in Word, Excel and their like, as tables of texts: nothing of a case is known
here, and nothing in a file is trusted.
"""
