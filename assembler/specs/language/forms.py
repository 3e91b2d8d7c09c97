"""Words of a form."""

from __future__ import annotations

from assembler.specs.language.editions import FORM_EDITION, WAS_FORM
from assembler.specs.language.items import CHOICES, FIGURES
from assembler.specs.language.meanings import (
    EXPRESSION,
    FORM,
    IDENTIFIER,
    TEMPLATE,
    TEXT,
    TEXTS,
    WHOLE,
    Either,
    ListOf,
    MapOf,
    Shape,
    Use,
    Word,
    choice,
)

SHEET_ROW = Shape(
    "sheet row",
    "A row of a sheet: a heading over both columns, or one label for several items.",
    (
        Word("heading", TEXT, "A heading over both columns."),
        Word("label", TEXT, "The label of several items."),
        Word("items", ListOf(IDENTIFIER), "The items answered beside it."),
    ),
)
SHEET = Shape(
    "sheet",
    "A printed table of two columns, label and answer, whose rows are items of the form.",
    (
        Word("name", IDENTIFIER, "What expressions and messages call it.", required=True),
        Word("caption", TEXT, "Its caption, without the number."),
        Word("heads", TEXTS, "The two column headers, when the guidance prints any."),
        Word("rows", ListOf(Either((Use("sheet row"), IDENTIFIER))), "Its rows, in order.", required=True),
        Word("notes", TEXTS, "Notes printed under it."),
        Word("inferred", TEXT, "Why it was restored."),
    ),
)
FORM_SUMMARY = Shape(
    "form summary",
    "How summaries and the state of a case show a form.",
    (
        Word("status", EXPRESSION, "One of the report's statuses; blank while the form is open.", required=True),
        Word("figure", TEMPLATE, "Its key figure."),
        Word("reason", TEMPLATE, "Why it was answered so, for lists of what does not apply."),
    ),
)
SURVEY = Shape(
    "survey",
    "A questionnaire whose responses are counted: which of its parts says what.",
    (
        Word("questions", IDENTIFIER, "The table of the questions; its rows are printed.", required=True),
        Word("number", IDENTIFIER, "The column of their numbers.", required=True),
        Word("question", IDENTIFIER, "The column of their words.", required=True),
        Word("level", IDENTIFIER, "The column answered; its choices are the levels, the highest first.", required=True),
        Word("group", IDENTIFIER, "The column of the groups they belong to."),
        Word(
            "numbers", ListOf(IDENTIFIER), "The levels that 1, 2, 3 … stand for; in the order of the choices otherwise."
        ),
        Word("inverted", ListOf(IDENTIFIER), "Rows whose levels are counted from the other end; the results show it."),
        Word("headers", MapOf(TEXTS), "Of items, what else their columns may be called in a file of responses."),
        Word("response", IDENTIFIER, "The item that tells responses apart."),
        Word("service", IDENTIFIER, "The item of the service a response is about."),
        Word("period", IDENTIFIER, "The item of the period it belongs to."),
        Word("comment", IDENTIFIER, "The item of free text."),
        Word("results", FORM, "The form the counts are written into.", required=True),
    ),
)
LAYOUT_CELL = Shape(
    "layout cell",
    "A cell of a printed form.",
    (
        Word("item", IDENTIFIER, "The item shown in it."),
        Word("text", TEXT, "A fixed text."),
        Word("table", IDENTIFIER, "A table of the form, its rows being rows of the sheet; it has its row for itself."),
        Word("show", choice("both", "label", "value"), "What of the item is shown."),
        Word("span", WHOLE, "How many columns of the sheet it takes."),
        Word("lines", WHOLE, "How many lines high it is at least, for forms filled in by hand."),
    ),
)
FORM_SHAPE = Shape(
    "form",
    "One unit to fill in.",
    (
        Word("form", FORM, "The identifier: folder/name, as the file is called.", required=True),
        Word("title", TEXT, "What people call it.", required=True),
        Word("source", Use("source"), "Where the guidance prints it.", required=True),
        *FORM_EDITION,
        WAS_FORM,
        Word("extends", FORM, "A form whose items come first."),
        Word("append", FORM, "A form whose items come last."),
        Word("inferred", TEXT, "Why the whole form was restored."),
        Word("own", TEXT, "Why the whole form is the office's own: no guidance asks for it."),
        Word("legal", TEXTS, "Legal references as printed."),
        Word("legal_doubt", TEXT, "Why the legal references are doubtful."),
        Word("sheets", ListOf(Use("sheet")), "Items printed together as tables of label and answer."),
        Word("summary", Use("form summary"), "How summaries show it."),
        Word("survey", Use("survey"), "It is a questionnaire whose responses are counted."),
        Word("scores", Use("scores"), "It is scored; the rows fill its table «scores»."),
        Word("documents", ListOf(Use("document")), "Documents to submit; they fill its table «documents»."),
        Word("choices", CHOICES, "Lists of choices, by name."),
        Word("items", ListOf(Use("item")), "The questions, in order."),
        Word("layout", ListOf(ListOf(Either((Use("layout cell"), IDENTIFIER)))), "The form as a sheet of boxes."),
        Word("rules", ListOf(Use("rule")), "Audit rules."),
        FIGURES,
    ),
    needs={"drop": ("edition_of",)},
)
