"""Ways of writing answers, all to the same files that ``answers`` reads.

``starting`` makes the folder of a new case, ``saving`` changes the files of one that is there; ``skeleton`` writes
files ready to fill in, with ``conditions`` in words; ``carrying`` takes over the answers of another case. ``survey``
counts responses of a questionnaire: its files are read by ``survey_files`` and ``survey_workbook``, their headers by
``survey_columns``; ``survey_counts`` counts, and ``survey_results`` makes the rows of the results.
"""

from assembler.collect.carrying import CarriedCase, carry_over
from assembler.collect.saving import answer_file, save_form
from assembler.collect.skeleton import case_file, form_file, is_asked
from assembler.collect.starting import refuse_used, start_case

__all__ = [
    "CarriedCase",
    "answer_file",
    "carry_over",
    "case_file",
    "form_file",
    "is_asked",
    "refuse_used",
    "save_form",
    "start_case",
]
