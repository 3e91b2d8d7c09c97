"""The words of the specification language: what a form, a report and a case may say.

One table a shape, one line a word. The reader, its messages and the JSON Schema for editors all come from here.
"""
