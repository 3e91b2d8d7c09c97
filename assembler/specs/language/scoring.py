"""Words of score sheets, axes and score cards."""

from __future__ import annotations

from assembler.specs.language.meanings import (
    EXPRESSION,
    FLAG,
    FORM,
    IDENTIFIER,
    NUMBER,
    STAGES,
    TEMPLATE,
    TEXT,
    ListOf,
    MapOf,
    Shape,
    Use,
    Word,
    choice,
)

SCORE_KINDS = ("bands", "holds", "target", "levels", "manual", "external")
BAND = Shape(
    "band",
    "What values in one range are worth; of a list the first whose bound is not passed counts.",
    (
        Word("below", NUMBER, "Values below this; the last band has no bound."),
        Word("to", NUMBER, "Values up to this, itself included."),
        Word("share", NUMBER, "The share of the cap they are worth: 0, 0.5, 1.", required=True),
        Word(
            "needs", ListOf(IDENTIFIER), "Items without which the share is not given: until then the score is pending."
        ),
    ),
)
BANDS = Shape(
    "bands",
    "Scored by ranges of a number.",
    (
        Word("value", EXPRESSION, "The number, unrounded; while it is blank the score is pending.", required=True),
        Word("unit", TEXT, "What is printed after it: «٪»، «روز»."),
        Word("steps", ListOf(Use("band")), "The ranges, the lowest first.", required=True),
    ),
)
TARGET = Shape(
    "target",
    "Suggested by how far a target was reached: cap × the lesser of achieved ÷ target and 1.",
    (
        Word("achieved", EXPRESSION, "What was reached.", required=True),
        Word("target", EXPRESSION, "What was to be reached; while it is blank the score is pending.", required=True),
        Word("unit", TEMPLATE, "The unit of both."),
    ),
)
LEVELS = Shape(
    "levels",
    "Scored by a choice.",
    (
        Word("of", IDENTIFIER, "The item that was chosen in.", required=True),
        Word(
            "shares",
            MapOf(NUMBER),
            "Of choices, the share of the cap; of one that is not here somebody gives the score.",
            required=True,
        ),
    ),
)
SCORED_ROW = Shape(
    "scored row",
    "A row of a score sheet; one word says how it is scored.",
    (
        Word("name", IDENTIFIER, "What the table of scores calls the row.", required=True),
        Word("no", TEXT, "Its number as printed."),
        Word("title", TEXT, "What is scored.", required=True),
        Word("measure", TEXT, "By what it shows, where the guidance prints that."),
        Word("method", TEXT, "How it is measured, as printed."),
        Word("cap", NUMBER, "The most it can get.", required=True),
        Word("bands", Use("bands"), "By ranges of a number."),
        Word("holds", EXPRESSION, "The whole cap when it holds, nothing when it does not."),
        Word("target", Use("target"), "By how far a target was reached; a suggestion."),
        Word("levels", Use("levels"), "By a choice."),
        Word("manual", FLAG, "By judgement, with a comment and evidence."),
        Word("external", TEXT, "By somebody outside, named here."),
        Word("compares", ListOf(choice(*STAGES)), "manual: two stages whose totals, without this row, are shown."),
        Word("shows", TEMPLATE, "The figures it rests on, as printed with the score."),
        Word("quote", TEXT, "The words of the guidance the rule rests on."),
        Word("footnote", TEXT, "A note under the score sheet."),
        Word("inferred", TEXT, "Why the row or its rule was restored."),
        Word("doubt", TEXT, "Why it is doubtful."),
    ),
    one_of=SCORE_KINDS,
)
SCORES = Shape(
    "scores",
    "The score sheet of the form; its rows are those of the form's table «scores».",
    (
        Word("number", TEXT, "The number of the indicator.", required=True),
        Word("ordinal", TEXT, "How its axis counts it, as printed: «شاخص اول»."),
        Word("cap", NUMBER, "The most the form can get: its rows together.", required=True),
        Word("unit", TEXT, "The unit it is measured in, as printed."),
        Word("goal", TEXT, "Its goal, as printed."),
        Word("applies", EXPRESSION, "When it is scored at all; otherwise its cap stays out of the ceiling."),
        Word("excuse", TEXT, "Why it is not, in the words of the guidance."),
        Word("measures", TEXT, "The header over what rows show."),
        Word("footnote", TEXT, "A note under the score sheet."),
        Word("rows", ListOf(Use("scored row")), "What is scored.", required=True),
    ),
    needs={"excuse": ("applies",)},
)
DOCUMENT = Shape(
    "document",
    "A document to submit; a row of the form's table «documents».",
    (
        Word("name", IDENTIFIER, "What the table calls the row.", required=True),
        Word("title", TEXT, "The document, as printed.", required=True),
        Word("inferred", TEXT, "Why it was restored."),
    ),
)
AXIS = Shape(
    "axis",
    "Indicators that are scored together.",
    (
        Word("name", IDENTIFIER, "What expressions and messages call it.", required=True),
        Word("title", TEXT, "What people call it.", required=True),
        Word("cap", NUMBER, "The most it can get: its indicators together.", required=True),
        Word("indicators", ListOf(FORM), "Its scored forms, in order.", required=True),
    ),
)
SCORE_CARD = Shape(
    "score card",
    "The report is a score: axes of indicators, each scored in three stages.",
    (
        Word("total", NUMBER, "The most there is: the axes together.", required=True),
        Word(
            "stage",
            IDENTIFIER,
            f"The field of case.yaml that says which stage is reached: {', '.join(STAGES)}.",
            required=True,
        ),
        Word("stages", MapOf(TEXT, keys="|".join(STAGES)), "What each stage is called.", required=True),
        Word("agency", TEMPLATE, "Whose score it is, for comparisons.", required=True),
        Word("province", TEMPLATE, "The province of the agency, for comparisons over several provinces."),
        Word("axes", ListOf(Use("axis")), "The axes, in order.", required=True),
    ),
)
