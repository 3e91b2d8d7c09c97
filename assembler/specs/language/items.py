"""Words of items, columns and rows."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.specs.language.meanings import (
    COLUMN_OR_CHOICE,
    EXPRESSION,
    FLAG,
    IDENTIFIER,
    ITEM,
    NUMBER,
    SEVERITIES,
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

ITEM_TYPES: Mapping[str, str] = {
    "text": "A text.",
    "integer": "A whole number.",
    "decimal": "A number, with decimals if need be.",
    "percent": "A percentage, printed with its sign.",
    "date": "A date of the Jalali calendar.",
    "select_one": "One choice of a list: select_one LIST.",
    "select_multiple": "Any choices of a list: select_multiple LIST.",
    "image": "A picture in attachments/, printed.",
    "file": "A file in attachments/, attached as evidence.",
    "note": "A text for whoever answers; nobody answers it.",
    "calculate": "A calculated value that is asked of nobody.",
    "narrative": "A text of several paragraphs, with lists, references and emphasis.",
    "table": "A table with columns, and rows that are added or printed.",
}
COLUMN_TYPES = tuple(kind for kind in ITEM_TYPES if kind not in ("note", "narrative", "table"))
SELECT_TYPES = ("select_one", "select_multiple")
NUMBER_TYPES = ("integer", "decimal", "percent")
APPEARANCES: Mapping[str, str] = {
    "multiline": "text: several lines, printed one under the other.",
    "numbered": "text: its lines are a numbered list.",
    "bulleted": "text: its lines are a bulleted list.",
    "dashed": "text: its lines are a list with dashes.",
    "boxes": "choices: all are printed, with boxes that are ticked or not.",
    "ticks": "column of choices: one narrow column a choice, with ticks.",
    "hidden": "Kept out of print; expressions know it.",
    "plain": "number: printed without thousands separators.",
}
DATE_FORMATS = ("yyyy/mm/dd", "yyyy/m/d", "yy/mm/dd", "yy/m/d", "d/m/yy", "dd/mm/yy")
SOURCE = Shape(
    "source",
    "Where the guidance prints this.",
    (
        Word("document", TEXT, "Short name of the guidance document.", required=True),
        Word("clause", TEXTS, "Clauses, tables or pages, as the document counts them."),
        Word("note", TEXT, "A remark on how the source was read."),
    ),
)
CHOICE = Shape(
    "choice",
    "One choice of a list.",
    (
        Word("name", IDENTIFIER, "What the answer files say.", required=True),
        Word("label", TEXT, "What people read.", required=True),
        Word("inferred", TEXT, "Why this was restored."),
    ),
)
_FIELD = (
    Word("name", IDENTIFIER, "What expressions and answer files call it.", required=True),
    Word("type", TEXT, "text, integer, decimal, percent, date, select_one LIST, …", required=True),
    Word("label", TEXT, "The question or heading people read."),
    Word("hint", TEXT, "Help for the person who answers."),
    Word("required", Either((FLAG, EXPRESSION)), "true, false, or the condition under which it is required."),
    Word("relevant", EXPRESSION, "The condition under which it applies."),
    Word("constraint", EXPRESSION, "What an answered value must meet."),
    Word("constraint_message", TEXT, "What to say when it does not."),
    Word("constraint_severity", choice(*SEVERITIES), "How grave that is; error when left out."),
    Word("calculation", EXPRESSION, "How the value is computed; it cannot be answered then."),
    Word("default", TEXT, "The value proposed to the person who answers."),
    Word("appearance", TEXT, f"How it looks: {', '.join(APPEARANCES)}."),
    Word("format", choice(*DATE_FORMATS), "How a date is printed and, with a two-digit year, read."),
    Word("marks", TEXTS, "Texts that may stand in place of a value; they count as blank."),
    Word("unit", TEXT, "What is printed after a number: «ساعت»."),
    Word("blank", TEXT, "What is printed where there is no value."),
    Word("footnote", TEXT, "A numbered note under the table."),
    Word("inferred", TEXT, "Why this part was restored."),
    Word("doubt", TEXT, "Why this part is doubtful."),
    Word("carry", FLAG, "Whether the next case may take the answer over; dates are left out unless it says true."),
)
COLUMN = Shape(
    "column",
    "A column, or a spanning header with the columns under it.",
    (
        *(Word(word.name, word.meaning, word.doc) for word in _FIELD),
        Word("width", NUMBER, "Width in centimetres, relative to the other columns."),
        Word("align", choice("start", "center", "end"), "How the cells stand."),
        Word("merge", FLAG, "A blank cell merges with the filled cell above it."),
        Word("columns", ListOf(Use("column")), "The columns under a spanning header."),
    ),
)
PRINTED_ROW = Shape(
    "row",
    "A row the guidance prints.",
    (
        Word("name", IDENTIFIER, "What answer files call the row.", required=True),
        Word("cells", MapOf(TEXT), "The fixed cells, by column.", required=True),
    ),
)
GROUP_ROWS = Shape(
    "group_rows",
    "Band rows and the columns they fill.",
    (
        Word("columns", ListOf(IDENTIFIER), "The columns a band row fills.", required=True),
        Word("required", ListOf(IDENTIFIER), "Those it must fill."),
    ),
)
FOOTER = Shape(
    "footer row",
    "A closing row with calculations.",
    (
        Word("label", TEXT, "What stands at its beginning.", required=True),
        Word("calculation", EXPRESSION, "One result for the whole row."),
        Word("cells", MapOf(EXPRESSION, keys=COLUMN_OR_CHOICE), "A result a column; of a ticked one «column.choice»."),
    ),
)
PREFILL = Shape(
    "prefill",
    "Rows carried over from other tables as long as the table has no answers of its own.",
    (
        Word("from", ListOf(ITEM), "The tables they come from, in order.", required=True),
        Word("cells", MapOf(IDENTIFIER), "Of each column filled, the column it is filled from.", required=True),
        Word(
            "key",
            IDENTIFIER,
            "The column by which rows of both sides are the same; the first filled one when left out.",
        ),
        Word("when", EXPRESSION, "Which rows come over, by their own columns."),
    ),
)
WORKFLOW = Shape(
    "workflow",
    "Steps drawn as a diagram, one for each process: which column says what.",
    (
        Word("of", IDENTIFIER, "The process a step belongs to; a blank cell continues the one above.", required=True),
        Word("step", IDENTIFIER, "The number of the step, which branches lead to.", required=True),
        Word("kind", IDENTIFIER, "start, action, decision, document or end.", required=True),
        Word("actor", IDENTIFIER, "Who acts.", required=True),
        Word("action", IDENTIFIER, "What is done or decided.", required=True),
        Word("document", IDENTIFIER, "The document used or made."),
        Word("next", IDENTIFIER, "Where it goes on: a number, or «branch: number» for each; the next step otherwise."),
    ),
)
ITEM_SHAPE = Shape(
    "item",
    "A question, or a table with columns.",
    (
        *_FIELD,
        Word("caption", TEXT, "The table's caption, without its number."),
        Word("heading", TEXT, "A header row over all columns."),
        Word("columns", ListOf(Use("column")), "The columns, leading (right) one first."),
        Word("rows", ListOf(Use("row")), "The rows, when the guidance prints them."),
        Word("group_rows", Use("group_rows"), "Band rows such as «الف»."),
        Word("footer", ListOf(Use("footer row")), "Closing rows."),
        Word("notes", TEXTS, "Notes printed under the table."),
        Word("min_rows", WHOLE, "The least number of rows."),
        Word("max_rows", WHOLE, "The greatest number of rows."),
        Word("page", choice("portrait", "landscape"), "The page the table stands on."),
        Word("number", TEXT, "The number the guidance gives the table; it keeps it whatever else the report prints."),
        Word("entry", TEMPLATE, "Printed as a list, a row an entry: row.column is a cell."),
        Word("prefill", Use("prefill"), "Where its rows come from while nobody has answered it."),
        Word("workflow", Use("workflow"), "Its rows are the steps of processes, drawn as diagrams."),
    ),
)
