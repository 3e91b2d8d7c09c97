"""The words of the specification language, read top to bottom: what a form, a report and a case may say.

One table a shape, one line a word. The reader, its messages and the JSON Schema for editors all come from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ITEM_TYPES = (
    "text", "integer", "decimal", "percent", "date", "select_one", "select_multiple", "image", "file", "note",
    "calculate", "narrative", "table",
)  # fmt: skip
COLUMN_TYPES = tuple(kind for kind in ITEM_TYPES if kind not in ("note", "narrative", "table"))
SELECT_TYPES = ("select_one", "select_multiple")
NUMBER_TYPES = ("integer", "decimal", "percent")
APPEARANCES = ("multiline", "numbered", "bulleted", "dashed", "boxes", "ticks", "hidden", "plain")
DATE_FORMATS = ("yyyy/mm/dd", "yyyy/m/d", "yy/mm/dd", "yy/m/d", "d/m/yy", "dd/mm/yy")
SEVERITIES = ("error", "warning", "information")
RULE_KINDS = (
    "expression", "scores", "row_numbers", "duplicates", "finished", "durations", "not_before", "holidays", "rhythm",
    "room", "group_totals", "said", "percent", "parts", "same_columns", "filled", "names", "order", "exactly_one",
    "at_most_one", "covered", "weekdays", "shares", "cited",
)  # fmt: skip
# Who gives a score, in turn: the agency itself, the evaluator, and whoever decides at the end.
STAGES = ("self", "evaluator", "final")
SCORE_KINDS = ("bands", "holds", "target", "levels", "manual", "external")
NAME = r"[a-z][a-z0-9_]*"
SLUG = r"[a-z][a-z0-9-]*"
COLUMN_OR_CHOICE = NAME + r"(\." + NAME + ")?"
FORM_ID = r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9_-]*"


@dataclass(frozen=True)
class Kind:
    """What may stand at a word: ``base`` is text, template, expression, flag, number, whole, name or choice."""

    base: str
    options: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class ListOf:
    of: Meaning


@dataclass(frozen=True)
class MapOf:
    of: Meaning
    keys: str = NAME


@dataclass(frozen=True)
class Either:
    """The first meaning whose outer form (scalar, list, mapping) fits."""

    of: tuple[Meaning, ...]


@dataclass(frozen=True)
class Use:
    """A shape by its name: shapes may hold themselves."""

    shape: str


Meaning = Kind | ListOf | MapOf | Either | Use


@dataclass(frozen=True)
class Word:
    name: str
    meaning: Meaning
    doc: str
    required: bool = False


@dataclass(frozen=True)
class Shape:
    """A mapping with known words; exactly one of ``one_of`` must be there."""

    name: str
    doc: str
    words: tuple[Word, ...]
    one_of: tuple[str, ...] = field(default=())

    def word(self, name: str) -> Word | None:
        return next((word for word in self.words if word.name == name), None)


TEXT = Kind("text")
TEMPLATE = Kind("template")
EXPRESSION = Kind("expression")
FLAG = Kind("flag")
NUMBER = Kind("number")
WHOLE = Kind("whole")
IDENTIFIER = Kind("name", pattern=NAME)
SLUG_NAME = Kind("name", pattern=SLUG)
FORM = Kind("name", pattern=FORM_ID)
ITEM = Kind("name", pattern=FORM_ID + r"\." + NAME)
TEXTS = ListOf(TEXT)


def choice(*options: str) -> Kind:
    return Kind("choice", options)


SOURCE = Shape("source", "Where the guidance prints this.", (
    Word("document", TEXT, "Short name of the guidance document.", required=True),
    Word("clause", TEXTS, "Clauses, tables or pages, as the document counts them."),
    Word("note", TEXT, "A remark on how the source was read."),
))  # fmt: skip

CHOICE = Shape("choice", "One choice of a list.", (
    Word("name", IDENTIFIER, "What the answer files say.", required=True),
    Word("label", TEXT, "What people read.", required=True),
    Word("inferred", TEXT, "Why this was restored."),
))  # fmt: skip

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

COLUMN = Shape("column", "A column, or a spanning header with the columns under it.", (
    *(Word(word.name, word.meaning, word.doc) for word in _FIELD),
    Word("width", NUMBER, "Width in centimetres, relative to the other columns."),
    Word("align", choice("start", "center", "end"), "How the cells stand."),
    Word("merge", FLAG, "A blank cell merges with the filled cell above it."),
    Word("columns", ListOf(Use("column")), "The columns under a spanning header."),
))  # fmt: skip

PRINTED_ROW = Shape("row", "A row the guidance prints.", (
    Word("name", IDENTIFIER, "What answer files call the row.", required=True),
    Word("cells", MapOf(TEXT), "The fixed cells, by column.", required=True),
))  # fmt: skip

GROUP_ROWS = Shape("group_rows", "Band rows and the columns they fill.", (
    Word("columns", ListOf(IDENTIFIER), "The columns a band row fills.", required=True),
    Word("required", ListOf(IDENTIFIER), "Those it must fill."),
))  # fmt: skip

FOOTER = Shape("footer row", "A closing row with calculations.", (
    Word("label", TEXT, "What stands at its beginning.", required=True),
    Word("calculation", EXPRESSION, "One result for the whole row."),
    Word("cells", MapOf(EXPRESSION, keys=COLUMN_OR_CHOICE), "A result a column; of a ticked one «column.choice»."),
))  # fmt: skip

PREFILL = Shape("prefill", "Rows carried over from other tables as long as the table has no answers of its own.", (
    Word("from", ListOf(ITEM), "The tables they come from, in order.", required=True),
    Word("cells", MapOf(IDENTIFIER), "Of each column filled, the column it is filled from.", required=True),
    Word("key", IDENTIFIER, "The column by which rows of both sides are the same; the first filled one when left out."),
    Word("when", EXPRESSION, "Which rows come over, by their own columns."),
))  # fmt: skip

WORKFLOW = Shape("workflow", "Steps drawn as a diagram, one for each process: which column says what.", (
    Word("of", IDENTIFIER, "The process a step belongs to; a blank cell continues the one above.", required=True),
    Word("step", IDENTIFIER, "The number of the step, which branches lead to.", required=True),
    Word("kind", IDENTIFIER, "start, action, decision, document or end.", required=True),
    Word("actor", IDENTIFIER, "Who acts.", required=True),
    Word("action", IDENTIFIER, "What is done or decided.", required=True),
    Word("document", IDENTIFIER, "The document used or made."),
    Word("next", IDENTIFIER, "Where it goes on: a number, or «branch: number» for each; the next step otherwise."),
))  # fmt: skip

ITEM_SHAPE = Shape("item", "A question, or a table with columns.", (
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
))  # fmt: skip

SHEET_ROW = Shape("sheet row", "A row of a sheet: a heading over both columns, or one label for several items.", (
    Word("heading", TEXT, "A heading over both columns."),
    Word("label", TEXT, "The label of several items."),
    Word("items", ListOf(IDENTIFIER), "The items answered beside it."),
))  # fmt: skip

SHEET = Shape("sheet", "A printed table of two columns, label and answer, whose rows are items of the form.", (
    Word("name", IDENTIFIER, "What expressions and messages call it.", required=True),
    Word("caption", TEXT, "Its caption, without the number."),
    Word("heads", TEXTS, "The two column headers, when the guidance prints any."),
    Word("rows", ListOf(Either((Use("sheet row"), IDENTIFIER))), "Its rows, in order.", required=True),
    Word("notes", TEXTS, "Notes printed under it."),
    Word("inferred", TEXT, "Why it was restored."),
))  # fmt: skip

FORM_SUMMARY = Shape("form summary", "How summaries and the state of a case show a form.", (
    Word("status", EXPRESSION, "One of the report's statuses; blank while the form is open.", required=True),
    Word("figure", TEMPLATE, "Its key figure."),
    Word("reason", TEMPLATE, "Why it was answered so, for lists of what does not apply."),
))  # fmt: skip

SURVEY = Shape("survey", "A questionnaire whose responses are counted: which of its parts says what.", (
    Word("questions", IDENTIFIER, "The table of the questions; its rows are printed.", required=True),
    Word("number", IDENTIFIER, "The column of their numbers.", required=True),
    Word("question", IDENTIFIER, "The column of their words.", required=True),
    Word("level", IDENTIFIER, "The column answered; its choices are the levels, the highest first.", required=True),
    Word("group", IDENTIFIER, "The column of the groups they belong to."),
    Word("numbers", ListOf(IDENTIFIER), "The levels that 1, 2, 3 … stand for; in the order of the choices otherwise."),
    Word("inverted", ListOf(IDENTIFIER), "Rows whose levels are counted from the other end; the results show it."),
    Word("headers", MapOf(TEXTS), "Of items, what else their columns may be called in a file of responses."),
    Word("response", IDENTIFIER, "The item that tells responses apart."),
    Word("service", IDENTIFIER, "The item of the service a response is about."),
    Word("period", IDENTIFIER, "The item of the period it belongs to."),
    Word("comment", IDENTIFIER, "The item of free text."),
    Word("results", FORM, "The form the counts are written into.", required=True),
))  # fmt: skip

BAND = Shape("band", "What values in one range are worth; of a list the first whose bound is not passed counts.", (
    Word("below", NUMBER, "Values below this; the last band has no bound."),
    Word("to", NUMBER, "Values up to this, itself included."),
    Word("share", NUMBER, "The share of the cap they are worth: 0, 0.5, 1.", required=True),
    Word("needs", ListOf(IDENTIFIER), "Items without which the share is not given: until then the score is pending."),
))  # fmt: skip

BANDS = Shape("bands", "Scored by ranges of a number.", (
    Word("value", EXPRESSION, "The number, unrounded; while it is blank the score is pending.", required=True),
    Word("unit", TEXT, "What is printed after it: «٪»، «روز»."),
    Word("steps", ListOf(Use("band")), "The ranges, the lowest first.", required=True),
))  # fmt: skip

TARGET = Shape("target", "Suggested by how far a target was reached: cap × the lesser of achieved ÷ target and 1.", (
    Word("achieved", EXPRESSION, "What was reached.", required=True),
    Word("target", EXPRESSION, "What was to be reached; while it is blank the score is pending.", required=True),
    Word("unit", TEMPLATE, "The unit of both."),
))  # fmt: skip

LEVELS = Shape("levels", "Scored by a choice.", (
    Word("of", IDENTIFIER, "The item that was chosen in.", required=True),
    Word("shares", MapOf(NUMBER), "Of choices, the share of the cap; of one that is not here somebody gives the score.",
         required=True),
))  # fmt: skip

SCORED_ROW = Shape("scored row", "A row of a score sheet; one word says how it is scored.", (
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
), one_of=SCORE_KINDS)  # fmt: skip

SCORES = Shape("scores", "The score sheet of the form; its rows are those of the form's table «scores».", (
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
))  # fmt: skip

DOCUMENT = Shape("document", "A document to submit; a row of the form's table «documents».", (
    Word("name", IDENTIFIER, "What the table calls the row.", required=True),
    Word("title", TEXT, "The document, as printed.", required=True),
    Word("inferred", TEXT, "Why it was restored."),
))  # fmt: skip

LAYOUT_CELL = Shape("layout cell", "A cell of a printed form.", (
    Word("item", IDENTIFIER, "The item shown in it."),
    Word("text", TEXT, "A fixed text."),
    Word("show", choice("both", "label", "value"), "What of the item is shown."),
    Word("span", WHOLE, "How many columns of the sheet it takes."),
    Word("lines", WHOLE, "How many lines high it is at least, for forms filled in by hand."),
))  # fmt: skip

RULE = Shape("rule", "An audit rule; its kind says which of the words it takes.", (
    Word("kind", choice(*RULE_KINDS), "The kind of rule.", required=True),
    Word("severity", choice(*SEVERITIES), "How grave a finding is; the kind's own when left out."),
    Word("message", TEMPLATE, "What to say, in place of or beside the kind's own words."),
    Word("item", IDENTIFIER, "The item it speaks of."),
    Word("test", EXPRESSION, "The condition that must hold."),
    Word("column", IDENTIFIER, "The column looked at."),
    Word("columns", ListOf(IDENTIFIER), "The columns looked at."),
    Word("value", IDENTIFIER, "The column of what was given."),
    Word("cap", IDENTIFIER, "The column of the most that can be given."),
    Word("quantity", IDENTIFIER, "The column of quantities."),
    Word("unit", IDENTIFIER, "The column of their units."),
    Word("start", IDENTIFIER, "The column of first days."),
    Word("end", IDENTIFIER, "The column of last days."),
    Word("days", IDENTIFIER, "The column of durations in days."),
    Word("date", IDENTIFIER, "The column of dates."),
    Word("rests_on", IDENTIFIER, "The column of the steps a step rests on: their numbers or names."),
    Word("text", IDENTIFIER, "The column or item whose words are read."),
    Word("since", EXPRESSION, "The date nothing may come before."),
    Word("every", WHOLE, "The days between one date and the next."),
    Word("says", TEXT, "A phrase in the text, {} in place of its number."),
    Word("equals", EXPRESSION, "What the number must be."),
    Word("part", EXPRESSION, "What the percentage is of."),
    Word("whole", EXPRESSION, "What it is a percentage of."),
    Word("template", ITEM, "The blank table that was to be filled in."),
    Word("items", ListOf(IDENTIFIER), "The items looked at."),
    Word("excused", IDENTIFIER, "The column that excuses its row: when filled, or of choices when it says no."),
    Word("among", ListOf(Kind("name", pattern=FORM_ID + r"\." + NAME + r"(\." + NAME + ")?")),
         "Where the names stand: form.item or form.item.column."),
))  # fmt: skip

# The words each kind of rule needs, and those it may have.
RULE_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "expression": (("test", "message"), ("item",)),
    "scores": (("item", "value", "cap"), ()),
    "row_numbers": (("item", "column"), ()),
    "duplicates": (("item", "columns"), ()),
    "finished": (("item",), ("columns",)),
    "durations": (("item", "start", "end"), ("days",)),
    "not_before": (("item", "date", "since", "message"), ()),
    "holidays": (("item", "columns"), ()),
    "weekdays": (("item", "date", "column"), ()),
    "rhythm": (("item", "date", "every"), ()),
    "room": (("item", "text", "quantity", "start", "end"), ("unit",)),
    "group_totals": (("item", "quantity"), ("unit",)),
    "said": (("item", "says", "equals", "message"), ()),
    "percent": (("item", "says", "part", "whole"), ()),
    "shares": (("item",), ()),
    "parts": (("item", "column", "whole"), ()),
    "same_columns": (("item", "template"), ()),
    "filled": ((), ("items", "item", "columns", "excused", "message")),
    "names": (("among",), ("message",)),
    "cited": (("among",), ()),
    "covered": (("item", "column", "among"), ("excused", "message")),
    "order": (("item", "start", "end"), ("rests_on", "columns")),
    "exactly_one": ((), ("items", "item", "columns", "message")),
    "at_most_one": ((), ("items", "item", "columns", "message")),
}

# Of a rule's words, those that name columns of its item, and those that are evaluated.
RULE_COLUMNS = ("column", "columns", "value", "cap", "quantity", "unit", "start", "end", "days", "date", "rests_on",
                "excused")  # fmt: skip
RULE_EXPRESSIONS = ("test", "since", "equals", "part", "whole")

FORM_SHAPE = Shape("form", "One unit to fill in.", (
    Word("form", FORM, "The identifier: folder/name, as the file is called.", required=True),
    Word("title", TEXT, "What people call it.", required=True),
    Word("source", Use("source"), "Where the guidance prints it.", required=True),
    Word("extends", FORM, "A form whose items come first."),
    Word("append", FORM, "A form whose items come last."),
    Word("inferred", TEXT, "Why the whole form was restored."),
    Word("legal", TEXTS, "Legal references as printed."),
    Word("legal_doubt", TEXT, "Why the legal references are doubtful."),
    Word("sheets", ListOf(Use("sheet")), "Items printed together as tables of label and answer."),
    Word("summary", Use("form summary"), "How summaries show it."),
    Word("survey", Use("survey"), "It is a questionnaire whose responses are counted."),
    Word("scores", Use("scores"), "It is scored; the rows fill its table «scores»."),
    Word("documents", ListOf(Use("document")), "Documents to submit; they fill its table «documents»."),
    Word("choices", MapOf(ListOf(Use("choice"))), "Lists of choices, by name."),
    Word("items", ListOf(Use("item")), "The questions, in order."),
    Word("layout", ListOf(ListOf(Either((Use("layout cell"), IDENTIFIER)))), "The form as a sheet of boxes."),
    Word("rules", ListOf(Use("rule")), "Audit rules."),
))  # fmt: skip

SIGNER = Shape("signer", "A person who signs.", (
    Word("key", IDENTIFIER, "How parts name the signer.", required=True),
    Word("name", TEMPLATE, "The person.", required=True),
    Word("post", TEMPLATE, "The post.", required=True),
))  # fmt: skip

_BLOCK_OPTIONS = (
    Word("id", SLUG_NAME, "The identifier for [[references]]."),
    Word("when", EXPRESSION, "The condition under which the block is there."),
    Word("caption", TEMPLATE, "The caption, without its number."),
)

BLOCK = Shape("block", "One block of a part.", (
    Word("contents", TEMPLATE, "The contents, under this title."),
    Word("section", TEMPLATE, "A numbered section with its title."),
    Word("subheading", TEMPLATE, "A heading without a number, not in the contents."),
    Word("paragraph", TEMPLATE, "A literal paragraph."),
    Word("text", ITEM, "A text or narrative item."),
    Word("table", ITEM, "A table item."),
    Word("list", ITEM, "A table item printed as a list."),
    Word("form", FORM, "A form as a printed sheet."),
    Word("answers", FORM, "A form's questions with their answers, tables, diagrams and evidence, in its own order."),
    Word("workflow", ITEM, "The diagrams of a table of steps."),
    Word("summary", choice("table", "list", "chart"), "The forms of the report that have a status."),
    Word("score_sheet", FORM, "The score sheet of a form, and how each score came about."),
    Word("scores", choice("summary", "pending", "chart", "documents"), "The scores of the report: of all indicators, "
         "those still open, of the axes, the documents to submit."),
    Word("figure", Either((Use("figure of a letter"), ITEM)), "An image item or a letter shown as a page."),
    Word("chart", ITEM, "A chart of a table item."),
    Word("page_break", FLAG, "A new page (alone, or before a section)."),
    Word("numbered", FLAG, "section: false for one that bears no number and is not counted."),
    *_BLOCK_OPTIONS,
    Word("levels", WHOLE, "contents: how deep."),
    Word("content", ListOf(Use("block")), "section: what stands in it."),
    Word("blank_rows", WHOLE, "table: how many empty rows to print when there are no answers."),
    Word("entry", TEMPLATE, "list: the text of an entry; row.column is a cell."),
    Word("marks", choice("numbered", "bulleted", "lettered", "dashed"), "list: what stands before an entry."),
    Word("as", choice("table", "figure"), "form: counted and captioned as."),
    Word("width", NUMBER, "figure, chart: width in centimetres."),
    Word("kind", choice("bar", "pie"), "chart: its kind."),
    Word("label", IDENTIFIER, "chart: the column of the labels."),
    Word("value", IDENTIFIER, "chart: the column of the numbers."),
    Word("percent", FLAG, "chart: show percentages."),
    Word("decimals", WHOLE, "chart: decimals of the percentages."),
    Word("notes", ListOf(TEMPLATE), "chart: notes under the caption."),
    Word("only", IDENTIFIER, "summary: forms with this status only."),
), one_of=("contents", "section", "subheading", "paragraph", "text", "table", "list", "form", "answers", "workflow",
           "summary", "score_sheet", "scores", "figure", "chart", "page_break"))  # fmt: skip

# Which options a block takes besides id, when and its own word.
BLOCK_WORDS = {
    "contents": ("levels",),
    "section": ("content", "page_break", "numbered"),
    "subheading": (),
    "paragraph": (),
    "text": (),
    "table": ("caption", "blank_rows"),
    "list": ("entry", "marks"),
    "form": ("caption", "as"),
    "answers": (),
    "workflow": (),
    "summary": ("caption", "only", "marks", "width"),
    "score_sheet": ("caption",),
    "scores": ("caption", "width"),
    "figure": ("caption", "width"),
    "chart": ("caption", "kind", "label", "value", "percent", "decimals", "width", "notes"),
    "page_break": (),
}

FIGURE_OF_LETTER = Shape("figure of a letter", "A letter of this packet shown as a picture of its page.", (
    Word("letter", SLUG_NAME, "The letter's name.", required=True),
))  # fmt: skip

PART = Shape("part", "A part of the packet; its kind is the word that names it.", (
    Word("cover", SLUG_NAME, "A cover, by its name."),
    Word("letter", SLUG_NAME, "A letter on letterhead, by its name."),
    Word("body", SLUG_NAME, "The body of the report, by its name."),
    Word("evidence", SLUG_NAME, "Attached evidence, by its name."),
    Word("title", TEMPLATE, "What the part is called in the bookmarks.", required=True),
    Word("template", SLUG_NAME, "The Word template."),
    Word("form", FORM, "letter: the form whose items fill the template."),
    Word("fields", MapOf(TEMPLATE), "What the template may print, by name; packet.annexes counts what follows it."),
    Word("signer", IDENTIFIER, "Who signs it."),
    Word("content", ListOf(Use("block")), "body: its blocks in order."),
    Word("files", ListOf(ITEM), "evidence: its file items; every file of the report's forms when left out."),
    Word("document_id", Use("document ID"), "letter: the QR code on its first page."),
    Word("separators", TEMPLATE, "evidence: a sheet before each file, under this name («مستند شماره») and its number."),
    Word("when", EXPRESSION, "The condition under which the part is there."),
), one_of=("cover", "letter", "body", "evidence"))  # fmt: skip

# Which words a part takes besides title, when and its own.
_WRITTEN = ("template", "form", "fields", "signer", "content")
PART_WORDS = {
    "cover": _WRITTEN,
    "letter": (*_WRITTEN, "document_id"),
    "body": _WRITTEN,
    "evidence": ("files", "separators"),
}

PERIODS = Shape("periods", "How cases follow one another: each is of one unit and one period.", (
    Word("year", EXPRESSION, "The year the period belongs to.", required=True),
    Word("number", EXPRESSION, "Which period of the year it is, from 1.", required=True),
    Word("months", EXPRESSION, "How many months a period has: 1, 2, 3, 4, 6 or 12; 2 when left out."),
    Word("start", EXPRESSION, "The month a year's first period begins with; 1 when left out."),
    Word("unit", TEMPLATE, "Whose case it is; units are told apart by it.", required=True),
    Word("days", EXPRESSION, "How many days after the period's end it is due; 0 when left out."),
))  # fmt: skip

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

ACROSS = Shape("across", "Cases of one key side by side in a row, each in columns of its own.", (
    Word("at", EXPRESSION, "Which place a case has, from 1.", required=True),
    Word("columns", MapOf(ListOf(IDENTIFIER)), "Of each such cell, its columns in order.", required=True),
))  # fmt: skip

GATHERED_TABLE = Shape("gathered table", "A table of a form filled with a row for each case, or with what was found.", (
    Word("table", ITEM, "The table filled.", required=True),
    Word("of", choice(*GATHERED_LISTS), "What its rows are; cases when left out."),
    Word("cells", MapOf(EXPRESSION), "Of each column, its value: in the case; of other lists the name it has there.",
         required=True),
    Word("when", EXPRESSION, "Which cases."),
    Word("periods", choice("all", "last"), "Cases of which periods; all when left out."),
    Word("key", ListOf(IDENTIFIER), "The cells by which rows are the same: of one period the first is taken, the "
         "others are told of."),
    Word("order", ListOf(IDENTIFIER), "The columns rows are ordered by."),
    Word("across", Use("across"), "Cases of one key stand side by side."),
))  # fmt: skip

GATHER_CHECK = Shape("gather check", "What must hold in each case; it is told of and changes no number.", (
    Word("test", EXPRESSION, "The condition, in the case.", required=True),
    Word("message", TEMPLATE, "What to say, in the case.", required=True),
    Word("severity", choice(*SEVERITIES), "How grave that is; warning when left out."),
))  # fmt: skip

FALL = Shape("fall", "A number that is told of when it falls from one period of a unit to the next.", (
    Word("value", EXPRESSION, "The number, in the case.", required=True),
    Word("label", TEXT, "What it is.", required=True),
    Word("unless", EXPRESSION, "When the case gives a reason for it."),
))  # fmt: skip

GATHER = Shape("gather", "The report is made of many cases of another, whose report has periods.", (
    Word("from", Kind("name", pattern=r"[a-z0-9][a-z0-9-]*"), "The report of the cases.", required=True),
    Word("fields", MapOf(choice(*GATHERED_FIELDS)), "Fields of case.yaml that say from which period to which."),
    Word("tables", ListOf(Use("gathered table")), "The tables filled.", required=True),
    Word("checks", ListOf(Use("gather check")), "What must hold in each case."),
    Word("falls", ListOf(Use("fall")), "Numbers that are told of when they fall."),
))  # fmt: skip

AXIS = Shape("axis", "Indicators that are scored together.", (
    Word("name", IDENTIFIER, "What expressions and messages call it.", required=True),
    Word("title", TEXT, "What people call it.", required=True),
    Word("cap", NUMBER, "The most it can get: its indicators together.", required=True),
    Word("indicators", ListOf(FORM), "Its scored forms, in order.", required=True),
))  # fmt: skip

SCORE_CARD = Shape("score card", "The report is a score: axes of indicators, each scored in three stages.", (
    Word("total", NUMBER, "The most there is: the axes together.", required=True),
    Word("stage", IDENTIFIER, f"The field of case.yaml that says which stage is reached: {', '.join(STAGES)}.",
         required=True),
    Word("stages", MapOf(TEXT, keys="|".join(STAGES)), "What each stage is called.", required=True),
    Word("agency", TEMPLATE, "Whose score it is, for comparisons.", required=True),
    Word("axes", ListOf(Use("axis")), "The axes, in order.", required=True),
))  # fmt: skip

# The words of a document ID that its code holds, in the order circular 110718 of 1398/9/3 gives them.
DOCUMENT_ID_TEXTS = ("number", "time", "guid", "signer", "email", "national_id")

DOCUMENT_ID = Shape("document ID", "The QR code on a letter's first page, once the letter has a number.", (
    Word("number", TEMPLATE, "The number of the letter, 20 characters at most.", required=True),
    Word("time", TEMPLATE, "The day and time it was issued."),
    Word("guid", TEMPLATE, "Its GUID."),
    Word("signer", TEMPLATE, "Who signed it."),
    Word("email", TEMPLATE, "The e-mail address of the office."),
    Word("national_id", TEMPLATE, "The national ID of the office."),
    Word("separator", TEXT, "What stands between the six; | when left out."),
    Word("when", EXPRESSION, "The condition under which it is there."),
))  # fmt: skip

# What case.yaml may say besides the fields of its report.
CASE_WORDS = (
    Word("report", TEXT, "The report the case belongs to.", required=True),
    Word("previous", TEXT, "The folder of the case of the period before, as seen from this one's. In expressions "
         "previous('folder/form').item is its value, blank without such a case."),
)  # fmt: skip

LABELS = Shape("labels", "Caption words.", (
    Word("table", TEXT, "Before a table's number."),
    Word("figure", TEXT, "Before a figure's number."),
    Word("chart", TEXT, "Before a chart's number."),
    Word("section", TEXT, "Before a section's number in references."),
))  # fmt: skip

DEADLINE = Shape("deadline", "A day by which something is due.", (
    Word("label", TEXT, "What is due.", required=True),
    Word("date", Either((EXPRESSION,)), "The day: a date between quotes, or where it is answered.", required=True),
    Word("when", EXPRESSION, "For which cases."),
    Word("done", EXPRESSION, "The day it was done; blank until then."),
    Word("notice", WHOLE, "How many days before it is said; 14 when left out."),
))  # fmt: skip

REPORT_SHAPE = Shape("report", "What a report is made of.", (
    Word("report", Kind("name", pattern=r"[a-z0-9][a-z0-9-]*"), "The identifier.", required=True),
    Word("title", TEMPLATE, "The title.", required=True),
    Word("author", TEMPLATE, "The author named in the PDF."),
    Word("source", Use("source"), "The guidance that orders it.", required=True),
    Word("choices", MapOf(ListOf(Use("choice"))), "Lists of choices for the case's fields."),
    Word("case", ListOf(Use("item")), "The fields of case.yaml.", required=True),
    Word("forms", ListOf(FORM), "Forms to answer though no block shows them."),
    Word("labels", Use("labels"), "Caption words."),
    Word("statuses", ListOf(Use("choice")), "How forms can be answered, for summaries; «open» while they are not."),
    Word("deadlines", ListOf(Use("deadline")), "Days by which things are due."),
    Word("periods", Use("periods"), "Which period a case is of, for cases that follow one another."),
    Word("gather", Use("gather"), "It is made of many cases of another report."),
    Word("scores", Use("score card"), "It adds up the scores of its forms."),
    Word("numbering", choice("running", "guidance"), "guidance: tables bear the guidance's own number or none; "
         "running when left out."),
    Word("signers", ListOf(Use("signer")), "Who signs."),
    Word("parts", ListOf(Use("part")), "The parts, in order.", required=True),
))  # fmt: skip

SHAPES = {
    shape.name: shape
    for shape in (SOURCE, CHOICE, COLUMN, PRINTED_ROW, GROUP_ROWS, FOOTER, ITEM_SHAPE, LAYOUT_CELL, RULE, FORM_SHAPE,
                  PREFILL, WORKFLOW, SHEET_ROW, SHEET, SURVEY, FORM_SUMMARY, DEADLINE, PERIODS, DOCUMENT_ID,
                  ACROSS, GATHERED_TABLE, GATHER_CHECK, FALL, GATHER,
                  BAND, BANDS, TARGET, LEVELS, SCORED_ROW, SCORES, DOCUMENT, AXIS, SCORE_CARD,
                  SIGNER, BLOCK, FIGURE_OF_LETTER, PART,
                  LABELS, REPORT_SHAPE)
}  # fmt: skip
