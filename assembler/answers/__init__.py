"""Stage 2: a case folder → Case, in which every value has its type and knows its file and line.

``reader`` walks ``case.yaml`` and ``answers/*.yaml`` against the forms, ``values`` turns typed text into values,
``writer`` puts a form's answers back into a file, ``editing`` changes them in the text of theirs by ``splicing`` it;
``attachments`` takes files in, ``acceptances`` keeps the findings an officer accepted,
``units`` says which department answers what, ``persons`` to whom letters go.
"""

from assembler.answers.acceptances import accepted_schema, read_accepted, tidy, with_added
from assembler.answers.attachments import keep_attachment, take_attachment
from assembler.answers.editing import edited, same_answer, same_form
from assembler.answers.persons import persons_in, persons_schema, read_persons
from assembler.answers.persons_text import with_persons
from assembler.answers.previous import earlier_folders
from assembler.answers.reader import FormReader, answer_files, names_in, read_case
from assembler.answers.units import Units, read_units, units_schema
from assembler.answers.values import ValueReader
from assembler.answers.writer import form_to_yaml, item_to_yaml, value_to_yaml

__all__ = [
    "FormReader",
    "Units",
    "ValueReader",
    "accepted_schema",
    "answer_files",
    "earlier_folders",
    "edited",
    "form_to_yaml",
    "item_to_yaml",
    "keep_attachment",
    "names_in",
    "persons_in",
    "persons_schema",
    "read_accepted",
    "read_case",
    "read_persons",
    "read_units",
    "same_answer",
    "same_form",
    "take_attachment",
    "tidy",
    "units_schema",
    "value_to_yaml",
    "with_added",
    "with_persons",
]
