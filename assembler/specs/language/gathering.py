"""Words of reports made of many cases, and of their periods."""

from __future__ import annotations

from assembler.specs.language.meanings import (
    EXPRESSION,
    IDENTIFIER,
    ITEM,
    SEVERITIES,
    TEMPLATE,
    TEXT,
    Kind,
    ListOf,
    MapOf,
    Shape,
    Use,
    Word,
    choice,
)

PERIODS = Shape(
    "periods",
    "How cases follow one another: each is of one unit and one period.",
    (
        Word("year", EXPRESSION, "The year the period belongs to.", required=True),
        Word("number", EXPRESSION, "Which period of the year it is, from 1.", required=True),
        Word("months", EXPRESSION, "How many months a period has: 1, 2, 3, 4, 6 or 12; 2 when left out."),
        Word("start", EXPRESSION, "The month a year's first period begins with; 1 when left out."),
        Word("unit", TEMPLATE, "Whose case it is; units are told apart by it.", required=True),
        Word("days", EXPRESSION, "How many days after the period's end it is due; 0 when left out."),
    ),
)
# What a gathered table may hold, a row each, and the names its cells take their values from; of «cases» those are
# expressions, evaluated in the case.
GATHERED_LISTS = {
    "cases": (),
    "missing": ("unit", "period", "reason"),
    "findings": ("unit", "period", "severity", "text", "cases"),
    "unread": ("case", "text", "count", "state"),
}
# What the fields of the gathering case may be filled with.
GATHERED_FIELDS = ("first_year", "first_number", "last_year", "last_number")
ACROSS = Shape(
    "across",
    "Cases of one key side by side in a row, each in columns of its own.",
    (
        Word("at", EXPRESSION, "Which place a case has, from 1.", required=True),
        Word("columns", MapOf(ListOf(IDENTIFIER)), "Of each such cell, its columns in order.", required=True),
    ),
)
GATHERED_TABLE = Shape(
    "gathered table",
    "A table of a form filled with a row for each case, or with what was found.",
    (
        Word("table", ITEM, "The table filled.", required=True),
        Word("of", choice(*GATHERED_LISTS), "What its rows are; cases when left out."),
        Word(
            "cells",
            MapOf(EXPRESSION),
            "Of each column, its value: in the case; of other lists the name it has there.",
            required=True,
        ),
        Word("when", EXPRESSION, "Which cases."),
        Word("periods", choice("all", "last"), "Cases of which periods; all when left out."),
        Word(
            "key",
            ListOf(IDENTIFIER),
            "The cells by which rows are the same: of one period the first is taken, the others are told of.",
        ),
        Word("order", ListOf(IDENTIFIER), "The columns rows are ordered by."),
        Word("across", Use("across"), "Cases of one key stand side by side."),
    ),
)
GATHER_CHECK = Shape(
    "gather check",
    "What must hold in each case; it is told of and changes no number.",
    (
        Word("test", EXPRESSION, "The condition, in the case.", required=True),
        Word("message", TEMPLATE, "What to say, in the case.", required=True),
        Word("severity", choice(*SEVERITIES), "How grave that is; warning when left out."),
    ),
)
FALL = Shape(
    "fall",
    "A number that is told of when it falls from one period of a unit to the next.",
    (
        Word("value", EXPRESSION, "The number, in the case.", required=True),
        Word("label", TEXT, "What it is.", required=True),
        Word("unless", EXPRESSION, "When the case gives a reason for it."),
    ),
)
GATHER = Shape(
    "gather",
    "The report is made of many cases of another, whose report has periods.",
    (
        Word("from", Kind("name", pattern=r"[a-z0-9][a-z0-9-]*"), "The report of the cases.", required=True),
        Word("fields", MapOf(choice(*GATHERED_FIELDS)), "Fields of case.yaml that say from which period to which."),
        Word("tables", ListOf(Use("gathered table")), "The tables filled.", required=True),
        Word("checks", ListOf(Use("gather check")), "What must hold in each case."),
        Word("falls", ListOf(Use("fall")), "Numbers that are told of when they fall."),
    ),
)
