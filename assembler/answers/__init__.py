"""Stage 2: a case folder → Case, in which every value has its type and knows its file and line.

``reader`` walks ``case.yaml`` and ``answers/*.yaml`` against the forms, ``values`` turns typed text into values,
``writer`` puts a form's answers back into a file, ``accepted`` keeps the findings an officer accepted.
"""

from assembler.answers.accepted import read_accepted, tidy, with_added
from assembler.answers.reader import read_case
from assembler.answers.writer import form_to_yaml

__all__ = ["form_to_yaml", "read_accepted", "read_case", "tidy", "with_added"]
