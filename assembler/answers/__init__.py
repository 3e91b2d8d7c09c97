"""Stage 2: a case folder → Case, in which every value has its type and knows its file and line.

``reader`` walks ``case.yaml`` and ``answers/*.yaml`` against the forms, ``values`` turns typed text into values,
``writer`` puts a form's answers back into a file, ``accepted`` keeps the findings an officer accepted.
"""

from assembler.answers.accepted import accepted_schema, read_accepted, tidy, with_added
from assembler.answers.previous import previous_folder
from assembler.answers.reader import FormReader, names_in, read_case
from assembler.answers.values import ValueReader
from assembler.answers.writer import form_to_yaml, item_to_yaml, value_to_yaml

__all__ = [
    "FormReader",
    "ValueReader",
    "accepted_schema",
    "form_to_yaml",
    "item_to_yaml",
    "names_in",
    "previous_folder",
    "read_accepted",
    "read_case",
    "tidy",
    "value_to_yaml",
    "with_added",
]
