"""Words of what belongs to a year in a report."""

from __future__ import annotations

from assembler.specs.language.meanings import (
    EXPRESSION,
    FORM_ID,
    IDENTIFIER,
    NAME,
    TEXT,
    Kind,
    ListOf,
    MapOf,
    Shape,
    Use,
    Word,
)

YEAR = r"1[34][0-9][0-9]"
ITEM_OR_COLUMN = FORM_ID + r"\." + NAME + r"(\." + NAME + ")?"
YEAR_DATES = Shape(
    "dates of a year",
    "Dates that belong to the year, and between which days they lie.",
    (
        Word("of", ListOf(Kind("name", pattern=ITEM_OR_COLUMN)), "The items or columns.", required=True),
        Word("from", EXPRESSION, "The first day."),
        Word("to", EXPRESSION, "The last day."),
    ),
)
YEARS = Shape(
    "years",
    "What changes from year to year.",
    (
        Word(
            "field", IDENTIFIER, "The field of the case that says which year it is; it is asked first.", required=True
        ),
        Word(
            "kit",
            ListOf(IDENTIFIER),
            "The fields that belong to a year, such as its motto and deadlines: no other year's case takes them over.",
            required=True,
        ),
        Word(
            "known",
            MapOf(MapOf(TEXT), keys=YEAR),
            "By year, what is known of its fields: proposed, and taken where the case says nothing else.",
        ),
        Word("dates", ListOf(Use("dates of a year")), "Dates that belong to the year."),
    ),
)
