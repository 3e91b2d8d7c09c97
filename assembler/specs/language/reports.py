"""Words of a report and of a case, and all shapes by name."""

from __future__ import annotations

from assembler.specs.language.blocks import AMENDMENT, BLOCK, DOCUMENT_ID, FIGURE_OF_LETTER, PART, SIGNER
from assembler.specs.language.editions import CHANGED_BLOCK, EDITION, WAS_REPORT
from assembler.specs.language.forms import FORM_SHAPE, FORM_SUMMARY, LAYOUT_CELL, SHEET, SHEET_ROW, SURVEY
from assembler.specs.language.gathering import ACROSS, FALL, GATHER, GATHER_CHECK, GATHERED_TABLE, PERIODS
from assembler.specs.language.items import (
    CHOICE,
    CHOICE_FILE,
    CHOICES,
    COLUMN,
    FOOTER,
    GROUP_ROWS,
    ITEM_SHAPE,
    NUMBERS_SHAPE,
    PREFILL,
    PRINTED_ROW,
    SOURCE,
    STATUS,
    TOTALS,
    WORKFLOW,
)
from assembler.specs.language.meanings import (
    EXPRESSION,
    FORM,
    TEMPLATE,
    TEXT,
    WHOLE,
    Either,
    Kind,
    ListOf,
    Shape,
    Use,
    Word,
    choice,
)
from assembler.specs.language.rules import RULE
from assembler.specs.language.scoring import AXIS, BAND, BANDS, DOCUMENT, LEVELS, SCORE_CARD, SCORED_ROW, SCORES, TARGET
from assembler.specs.language.years import YEAR_DATES, YEARS

# What case.yaml may say besides the fields of its report.
CASE_WORDS = (
    Word("report", TEXT, "The report the case belongs to.", required=True),
    Word(
        "previous",
        TEXT,
        "The folder of the case of the period before, as seen from this one's. In expressions "
        "previous('folder/form').item is its value, blank without such a case.",
    ),
    Word(
        "templates", TEXT, "The family of Word templates: a folder within theirs, such as colour; plain when left out."
    ),
    Word(
        "embed_fonts",
        TEXT,
        "yes: the Word files carry the fonts their Persian is set in, for machines that lack them; no when left out.",
    ),
)
LABELS = Shape(
    "labels",
    "Caption words.",
    (
        Word("table", TEXT, "Before a table's number."),
        Word("figure", TEXT, "Before a figure's number."),
        Word("chart", TEXT, "Before a chart's number."),
        Word("section", TEXT, "Before a section's number in references."),
    ),
)
DEADLINE = Shape(
    "deadline",
    "A day by which something is due.",
    (
        Word("label", TEXT, "What is due.", required=True),
        Word("date", Either((EXPRESSION,)), "The day: a date between quotes, or where it is answered.", required=True),
        Word("when", EXPRESSION, "For which cases."),
        Word("done", EXPRESSION, "The day it was done; blank until then."),
        Word("notice", WHOLE, "How many days before it is said; 14 when left out."),
    ),
)
REPORT_SHAPE = Shape(
    "report",
    "What a report is made of.",
    (
        Word("report", Kind("name", pattern=r"[a-z0-9][a-z0-9-]*"), "The identifier.", required=True),
        Word("title", TEMPLATE, "The title.", required=True),
        Word("edition", Use("edition"), "It is the next edition of another report: what of that changed."),
        WAS_REPORT,
        Word("author", TEMPLATE, "The author named in the PDF."),
        Word("source", Use("source"), "The guidance that orders it.", required=True),
        Word(
            "language",
            choice("fa", "en"),
            "The language of its paper. en: read from the left, all that the engine prints itself in English; the "
            "forms are written so.",
        ),
        Word(
            "calendar", choice("jalali", "gregorian"), "The calendar of its dates; gregorian when its language is en."
        ),
        Word("digits", choice("persian", "latin"), "Its digits; latin when its language is en."),
        Word("audience", TEXT, "Whom it is for: the agencies that make it."),
        Word("choices", CHOICES, "Lists of choices for the case's fields."),
        Word("case", ListOf(Use("item")), "The fields of case.yaml.", required=True),
        Word("forms", ListOf(FORM), "Forms to answer though no block shows them."),
        Word("labels", Use("labels"), "Caption words."),
        Word("statuses", ListOf(Use("status")), "How forms can be answered, for summaries; «open» while they are not."),
        Word("deadlines", ListOf(Use("deadline")), "Days by which things are due."),
        Word("years", Use("years"), "What changes from year to year: mottos, deadlines, numbers of circulars."),
        Word("periods", Use("periods"), "Which period a case is of, for cases that follow one another."),
        Word("gather", Use("gather"), "It is made of many cases of another report."),
        Word("scores", Use("score card"), "It adds up the scores of its forms."),
        Word(
            "numbering",
            choice("running", "guidance"),
            "guidance: tables bear the guidance's own number or none; running when left out.",
        ),
        Word(
            "binding",
            choice("right", "left"),
            "At which side its sheets are bound: pages that lie are turned, their heads at that side; on a screen they "
            "stand turned too. They lie when left out.",
        ),
        Word("signers", ListOf(Use("signer")), "Who signs."),
        Word("amendment", Use("amendment"), "What its letters say once they amend earlier ones."),
        Word("parts", ListOf(Use("part")), "The parts, in order.", required=True),
    ),
)
SHAPES = {
    shape.name: shape
    for shape in (
        SOURCE,
        CHOICE,
        CHOICE_FILE,
        STATUS,
        COLUMN,
        NUMBERS_SHAPE,
        PRINTED_ROW,
        GROUP_ROWS,
        TOTALS,
        FOOTER,
        ITEM_SHAPE,
        LAYOUT_CELL,
        RULE,
        FORM_SHAPE,
        PREFILL,
        WORKFLOW,
        SHEET_ROW,
        SHEET,
        SURVEY,
        FORM_SUMMARY,
        DEADLINE,
        YEAR_DATES,
        YEARS,
        PERIODS,
        DOCUMENT_ID,
        ACROSS,
        GATHERED_TABLE,
        GATHER_CHECK,
        FALL,
        GATHER,
        BAND,
        BANDS,
        TARGET,
        LEVELS,
        SCORED_ROW,
        SCORES,
        DOCUMENT,
        AXIS,
        SCORE_CARD,
        SIGNER,
        BLOCK,
        FIGURE_OF_LETTER,
        AMENDMENT,
        PART,
        LABELS,
        REPORT_SHAPE,
        EDITION,
        CHANGED_BLOCK,
    )
}
