"""Words of parts and their blocks."""

# fmt: off  (tables: a word a line)

from __future__ import annotations

from assembler.specs.language.meanings import (
    EXPRESSION,
    FLAG,
    FORM,
    IDENTIFIER,
    ITEM,
    NUMBER,
    SLUG_NAME,
    TEMPLATE,
    TEXT,
    WHOLE,
    Either,
    ListOf,
    MapOf,
    Shape,
    Use,
    Word,
    choice,
)

SIGNER = Shape(
    "signer",
    "A person who signs.",
    (
        Word("key", IDENTIFIER, "How parts name the signer.", required=True),
        Word("name", TEMPLATE, "The person.", required=True),
        Word("post", TEMPLATE, "The post.", required=True),
    ),
)
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
FIGURE_OF_LETTER = Shape(
    "figure of a letter",
    "A letter of this packet shown as a picture of its page.",
    (Word("letter", SLUG_NAME, "The letter's name.", required=True),),
)
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
# The words of a document ID that its code holds, in the order circular 110718 of 1398/9/3 gives them.
DOCUMENT_ID_TEXTS = ("number", "time", "guid", "signer", "email", "national_id")
DOCUMENT_ID = Shape(
    "document ID",
    "The QR code on a letter's first page, once the letter has a number.",
    (
        Word("number", TEMPLATE, "The number of the letter, 20 characters at most.", required=True),
        Word("time", TEMPLATE, "The day and time it was issued."),
        Word("guid", TEMPLATE, "Its GUID."),
        Word("signer", TEMPLATE, "Who signed it."),
        Word("email", TEMPLATE, "The e-mail address of the office."),
        Word("national_id", TEMPLATE, "The national ID of the office."),
        Word("separator", TEXT, "What stands between the six; | when left out."),
        Word("when", EXPRESSION, "The condition under which it is there."),
    ),
)
