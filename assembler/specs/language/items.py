"""Words of items, columns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assembler.base.identifiers import CHECKS
from assembler.model.types import NUMBERS
from assembler.specs.language.editions import WAS
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
    "year": "A year of the Jalali calendar with its four digits, printed without a thousands separator.",
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
APPEARANCES: Mapping[str, str] = {
    "multiline": "text: several lines, printed one under the other.",
    "numbered": "text: its lines are a numbered list.",
    "bulleted": "text: its lines are a bulleted list.",
    "dashed": "text: its lines are a list with dashes.",
    "boxes": "choices: all are printed, with boxes that are ticked or not.",
    "ticks": "column of choices: one narrow column a choice, with ticks.",
    "hidden": "Kept out of print; expressions know it.",
    "heading": "note: a heading over the questions that follow.",
    "plain": "number: printed without thousands separators, such as a code.",
}
# What of these each kind of answer shows; «table» stands for columns alone. The others would be taken and do nothing.
_TEXTS, _CHOICES = frozenset({"text"}), frozenset(SELECT_TYPES)
SHOWN_BY: Mapping[str, frozenset[str]] = {
    "multiline": _TEXTS,
    "numbered": _TEXTS,
    "bulleted": _TEXTS,
    "dashed": _TEXTS,
    "boxes": _CHOICES,
    "ticks": _CHOICES,
    "plain": frozenset({"integer", "calculate"}),
    "heading": frozenset({"note"}),
}
# Words that do something for answers of these types only.
FITTING: Mapping[str, frozenset[str]] = {
    "format": frozenset({"date"}),
    "unit": frozenset({*NUMBERS, "calculate"}),
    "within": frozenset(SELECT_TYPES),
    "constraint": frozenset({*ITEM_TYPES} - {"note", "table"}),
    "calculation": frozenset({*ITEM_TYPES} - {"note", "table", "narrative", "image", "file"}),
    "blank": frozenset({*ITEM_TYPES} - {"note", "table"}),
    "translation": frozenset({*ITEM_TYPES} - {"table"}),
    "also": frozenset({*ITEM_TYPES} - {"note", "image", "file"}),
    "figures": frozenset({"text", "narrative", "table"}),
    "direction": frozenset({*ITEM_TYPES} - {"table"}),
    "check": _TEXTS,
    "digits": _TEXTS,
    "required": frozenset({*ITEM_TYPES} - {"note", "calculate"}),
    "carry": frozenset({*ITEM_TYPES} - {"note", "calculate"}),
    "default": frozenset({*ITEM_TYPES} - {"note", "calculate", "table", "narrative", "image", "file"}),
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
        Word("code", TEXT, "What else it is known by: a code of the guidance, of a survey, of another program."),
        Word("within", IDENTIFIER, "The choice of another list it belongs to, as a county to its province."),
        Word("ask", TEXT, "A question asked of whoever makes it, such as «which?»; it is printed behind the label."),
        WAS,
        Word("inferred", TEXT, "Why this was restored."),
    ),
)
STATUS = Shape(
    "status",
    "A status of a report: what a form may come to.",
    (
        Word("name", IDENTIFIER, "What expressions call it.", required=True),
        Word("label", TEXT, "What people read.", required=True),
    ),
)
CHOICE_FILE = Shape(
    "choice file",
    "A list that several forms share: a CSV file with a line a choice.",
    (
        Word(
            "from",
            TEXT,
            "The file as seen from the folder of the specifications. Its first line names its columns, which are words "
            "of a choice: name, label, code, within.",
            required=True,
        ),
    ),
)
CHOICES = MapOf(Either((ListOf(Use("choice")), Use("choice file"))))
FIGURES = Word("figures", choice("off"), "off: numbers said in its texts are not held against the data.")
_FIELD = (
    Word("name", IDENTIFIER, "What expressions and answer files call it.", required=True),
    Word("type", TEXT, "text, integer, decimal, percent, year, date, select_one LIST, …", required=True),
    Word("label", TEXT, "The question or heading people read."),
    Word("hint", TEXT, "Help for the person who answers."),
    Word(
        "also",
        TEXTS,
        "What else offices call it: tables they made themselves, and blocks that are pasted, are known by these too.",
    ),
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
    Word("own", TEXT, "Why this is the office's own: no guidance says it."),
    Word(
        "within",
        IDENTIFIER,
        "choices: the item or column whose answer they belong to; only those that do may be chosen.",
    ),
    Word("check", choice(*CHECKS), "text: what it is; one that cannot be that is refused."),
    Word("digits", WHOLE, "text: of how many digits it is, such as a code of 6; zeros at its front stay."),
    Word("translation", TEXT, "The label in another language, printed below it."),
    Word(
        "direction",
        choice("ltr", "rtl"),
        "In which direction its label and an answer in words are read where that is not the page's: ltr, Latin ones.",
    ),
    FIGURES,
    WAS,
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
        Word(
            "each",
            Either((Use("numbers"), ListOf(IDENTIFIER), IDENTIFIER)),
            "Such a column for each choice of a list, under the headers of those of another one: [ages, sexes] gives "
            "u1_m, u1_f …; a `name` stands before theirs. With `columns`, all of these under a header each; they go by "
            "their own names in one another's expressions.",
        ),
        Word("formula", TEXT, "What stands in the row of column numbers in place of the column's: (۳)=(۱)-(۲)."),
    ),
)
NUMBERS_SHAPE = Shape(
    "numbers",
    "Whole numbers, one after the other: the days of a month.",
    (
        Word("from", WHOLE, "The first.", required=True),
        Word("to", WHOLE, "The last.", required=True),
    ),
)
TOTALS = Shape(
    "totals",
    "Totals of a table: of each row, of each column, or both.",
    (
        Word("across", TEXT, "The header of a last column, the total of each row; expressions call it across."),
        Word("down", TEXT, "The label of a last row, the total of each column."),
        Word("only", ListOf(IDENTIFIER), "The columns added up; all that are answered with numbers when left out."),
    ),
)
PRINTED_ROW = Shape(
    "row",
    "A row the guidance prints.",
    (
        Word("name", IDENTIFIER, "What answer files call the row.", required=True),
        Word("cells", MapOf(TEXT), "The fixed cells, by column; every row but a heading has some."),
        Word("heading", TEXT, "A heading over all columns, in place of a row."),
        Word("also", TEXTS, "What else offices write for its longest fixed cell in tables they made themselves."),
        WAS,
        Word(
            "calculation",
            EXPRESSION,
            "What the row reckons in each open column of numbers: the name of another row is its cell there, "
            "«income - costs». What counts or adds up the rows of the table leaves it out.",
        ),
        Word(
            "total",
            choice("above", "all"),
            "A sub-total: the sum of the rows since the last heading or reckoned row, or of all rows above it. Columns "
            "that are reckoned keep their own formula, unless it names one that is closed here.",
        ),
        Word("calculations", MapOf(EXPRESSION), "What single cells reckon, by column: of other rows, or of their own."),
        Word("closed", ListOf(IDENTIFIER), "The columns in which the row has no cell: shaded, and asked of nobody."),
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
    "A question, a table with columns, or a group of both under one heading.",
    (
        *(replace(word, required=False) for word in _FIELD),
        Word(
            "group",
            TEXT,
            "The heading of a group; beside it stand `relevant`, which holds for all, and its `items`. What stands "
            "behind a group and belongs to none is headed «پرسش‌های دیگر», unless a heading of its own begins there.",
        ),
        Word("items", ListOf(Use("item")), "The questions of a group."),
        Word("caption", TEXT, "The table's caption, without its number."),
        Word("heading", TEXT, "A header row over all columns."),
        Word("columns", ListOf(Use("column")), "The columns, leading (right) one first."),
        Word("rows", ListOf(Use("row")), "The rows, when the guidance prints them."),
        Word("group_rows", Use("group_rows"), "Band rows such as «الف»."),
        Word("footer", ListOf(Use("footer row")), "Closing rows."),
        Word("totals", Use("totals"), "Totals of its rows and columns; blanks count as 0."),
        Word(
            "column_numbers",
            choice("numbers", "formulas"),
            "A last header row with the numbers of the columns; formulas: with what calculated ones are made of.",
        ),
        Word("notes", TEXTS, "Notes printed under the table."),
        Word("min_rows", WHOLE, "The least number of rows."),
        Word("max_rows", WHOLE, "The greatest number of rows."),
        Word("page", choice("portrait", "landscape"), "The page the table stands on."),
        Word("fit", choice("shrink"), "Smaller type where columns are too narrow for their words, down to 8 points."),
        Word(
            "as",
            choice("cards"),
            "Each row printed as a small card of labels and values that stays on one page, for rows too wide for it.",
        ),
        Word("number", TEXT, "The number the guidance gives the table; it keeps it whatever else the report prints."),
        Word("entry", TEMPLATE, "Printed as a list, a row an entry: row.column is a cell."),
        Word("prefill", Use("prefill"), "Where its rows come from while nobody has answered it."),
        Word("workflow", Use("workflow"), "Its rows are the steps of processes, drawn as diagrams."),
    ),
    one_of=("name", "group"),
    needs={"name": ("type",), "group": ("items",)},
)
