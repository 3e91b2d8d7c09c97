"""Stage 1: ``form_specs/**/*.yaml`` → Library of FormSpec and ReportSpec, or all the problems in them.

``language`` says what words there are, ``shapes`` holds a file to them, ``forms`` and ``reports`` build the values,
``links`` follows names, expressions and cycles across files, ``schema`` tells editors,
``example`` is a report in small to begin one's own with.
"""
