"""Words of parts and their blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembler.model.blocks import (
    AnswersSpec,
    BlockSpec,
    ChartSpec,
    ContentsSpec,
    FigureSpec,
    ListSpec,
    PageBreakSpec,
    ParagraphSpec,
    PrintedFormSpec,
    ScoreSheetSpec,
    ScoresSpec,
    SectionSpec,
    SignaturesSpec,
    SubheadingSpec,
    SummarySpec,
    TableSpec,
    TextSpec,
    TurnedSpec,
    WorkflowSpec,
)
from assembler.model.types import NUMBERS
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
    TEXTS,
    WHOLE,
    Either,
    ListOf,
    MapOf,
    Meaning,
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


@dataclass(frozen=True)
class BlockKind:
    """A kind of block: its word and what stands there, the class it becomes, the words it takes besides id and when.

    ``subject`` is the field of the class for what stands at its word; the other words are fields of their own names.
    It cannot do without those in ``needs``; ``types`` are those of the item it shows.
    """

    name: str
    meaning: Meaning
    doc: str
    becomes: type[BlockSpec]
    subject: str = ""
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


_TEXT_TYPES = ("text", "narrative", "calculate", "note", "select_one", *NUMBERS, "date")
_TABLE = ("table",)
_SCORES = choice("summary", "pending", "chart", "documents", "numbers", "missing")
# A new block is a row here, a class in model/blocks.py and a function in packet/blocks.py.
BLOCKS = (
    BlockKind("contents", TEMPLATE, "The contents, under this title.", ContentsSpec, "title", ("levels", "lists")),
    BlockKind(
        "section",
        TEMPLATE,
        "A numbered section with its title.",
        SectionSpec,
        "title",
        ("content", "page_break", "numbered"),
    ),
    BlockKind(
        "sheet",
        choice("landscape", "portrait"),
        "Blocks that stand together on sheets of this orientation.",
        TurnedSpec,
        "page",
        ("content",),
        needs=("content",),
    ),
    BlockKind(
        "signatures",
        ListOf(IDENTIFIER),
        "Signers side by side, by their keys in the order they sign: room for each, a signature field, name and post.",
        SignaturesSpec,
        "signers",
        ("across",),
    ),
    BlockKind("subheading", TEMPLATE, "A heading without a number, not in the contents.", SubheadingSpec, "text"),
    BlockKind("paragraph", TEMPLATE, "A literal paragraph.", ParagraphSpec, "text"),
    BlockKind("text", ITEM, "A text or narrative item.", TextSpec, "item", types=_TEXT_TYPES),
    BlockKind(
        "table", ITEM, "A table item.", TableSpec, "item", ("caption", "blank_rows", "heads", "as"), types=_TABLE
    ),
    BlockKind(
        "list",
        ITEM,
        "A table item printed as a list.",
        ListSpec,
        "item",
        ("entry", "marks"),
        needs=("entry",),
        types=_TABLE,
    ),
    BlockKind("form", FORM, "A form as a printed sheet.", PrintedFormSpec, "form", ("caption", "as")),
    BlockKind(
        "answers",
        FORM,
        "A form's questions with their answers, tables, diagrams and evidence, in its own order.",
        AnswersSpec,
        "form",
        ("fold",),
    ),
    BlockKind("workflow", ITEM, "The diagrams of a table of steps.", WorkflowSpec, "item", types=_TABLE),
    BlockKind(
        "summary",
        choice("table", "chapter", "list", "chart", "numbers", "missing"),
        "The forms of the report that have a status; chapter: those of the section it stands in; numbers, missing: all "
        "at a glance.",
        SummarySpec,
        "shows",
        ("caption", "only", "marks", "width"),
    ),
    BlockKind(
        "score_sheet",
        FORM,
        "The score sheet of a form, and how each score came about.",
        ScoreSheetSpec,
        "form",
        ("caption",),
    ),
    BlockKind(
        "scores",
        _SCORES,
        "The scores of the report: of all indicators, those still open, of the axes, the documents to submit; numbers, "
        "missing: all at a glance.",
        ScoresSpec,
        "shows",
        ("caption", "width"),
    ),
    BlockKind(
        "figure",
        Either((Use("figure of a letter"), ITEM)),
        "An image item or a letter shown as a page.",
        FigureSpec,
        "item",
        ("caption", "width"),
        types=("image", "file"),
    ),
    BlockKind(
        "chart",
        ITEM,
        "A chart of a table item.",
        ChartSpec,
        "item",
        ("caption", "kind", "label", "value", "percent", "decimals", "width", "notes"),
        needs=("label", "value"),
        types=_TABLE,
    ),
    BlockKind("page_break", FLAG, "A new page (alone, or before a section).", PageBreakSpec),
)
BLOCK_KINDS = {kind.name: kind for kind in BLOCKS}
KIND_OF: Mapping[type, BlockKind] = {kind.becomes: kind for kind in BLOCKS}
BLOCK = Shape(
    "block",
    "One block of a part.",
    (
        *(Word(kind.name, kind.meaning, kind.doc) for kind in BLOCKS),
        Word("numbered", FLAG, "section: false for one that bears no number and is not counted."),
        Word("id", SLUG_NAME, "The identifier for [[references]]."),
        Word("when", EXPRESSION, "The condition under which the block is there."),
        Word("source", TEXTS, "The clauses that say it, in a letter that says things of its own (`own`)."),
        Word("caption", TEMPLATE, "The caption, without its number."),
        Word("levels", WHOLE, "contents: how deep."),
        Word(
            "lists",
            ListOf(choice("tables", "figures", "evidence")),
            "contents: the lists behind it; one of few entries, or that leaves a page nearly empty, is left out.",
        ),
        Word("content", ListOf(Use("block")), "section, sheet: what stands in it."),
        Word("across", WHOLE, "signatures: how many stand in a row; all when left out."),
        Word("blank_rows", WHOLE, "table: how many empty rows to print when there are no answers."),
        Word("heads", MapOf(TEMPLATE), "table: what is printed above columns in place of their labels, by column."),
        Word("entry", TEMPLATE, "list: the text of an entry; row.column is a cell."),
        Word("marks", choice("numbered", "bulleted", "lettered", "dashed"), "list: what stands before an entry."),
        Word("fold", FLAG, "answers: true leaves out questions that do not apply, such as the reason of a «no»."),
        Word(
            "as",
            choice("table", "figure", "cards"),
            "form: counted and captioned as table or figure. table: printed as cards, or as a table though the form "
            "says cards.",
        ),
        Word("width", NUMBER, "figure, chart: width in centimetres."),
        Word("kind", choice("bar", "pie"), "chart: its kind."),
        Word("label", IDENTIFIER, "chart: the column of the labels."),
        Word("value", IDENTIFIER, "chart: the column of the numbers."),
        Word("percent", FLAG, "chart: show percentages."),
        Word("decimals", WHOLE, "chart: decimals of the percentages."),
        Word("notes", ListOf(TEMPLATE), "chart: notes under the caption."),
        Word("only", IDENTIFIER, "summary: forms with this status only."),
    ),
    one_of=tuple(BLOCK_KINDS),
)
FIGURE_OF_LETTER = Shape(
    "figure of a letter",
    "A letter of this packet shown as a picture of its page.",
    (Word("letter", SLUG_NAME, "The letter's name.", required=True),),
)
AMENDMENT = Shape(
    "amendment",
    "What a letter says once it amends an earlier one; a word left out is said as the report, or else as every letter "
    "says it.",
    (
        Word("subject", TEMPLATE, "Its subject."),
        Word("body", ListOf(TEMPLATE), "Paragraphs before its own."),
        Word("attachment", TEMPLATE, "What it says of its annexes."),
        Word("own", TEXT, "Why these words are the office's own: no guidance says them."),
    ),
)
PART = Shape(
    "part",
    "A part of the packet; its kind is the word that names it.",
    (
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
        Word("amendment", Use("amendment"), "letter: what it says once it amends an earlier one."),
        Word(
            "own",
            TEXT,
            "letter: why its sentences are the office's own, save those with a source; `check` tells them, nothing "
            "prints the mark.",
        ),
        Word(
            "bands",
            TEXT,
            "evidence: a band on each page of each file, with this name («مستند شماره»), its number and its title.",
        ),
        Word(
            "separators",
            TEXT,
            "evidence: in place of bands a sheet before each file, under this name and its number.",
        ),
        Word(
            "pictures",
            WHOLE,
            "evidence: how many small pictures that follow one another may share a page, each under its band: 2, 3 or "
            "4; a scanned sheet keeps its own. One when left out.",
        ),
        Word("when", EXPRESSION, "The condition under which the part is there."),
    ),
    one_of=("cover", "letter", "body", "evidence"),
)
# Which words a part takes besides title, when and its own.
_WRITTEN = ("template", "form", "fields", "signer", "content")
PART_WORDS = {
    "cover": _WRITTEN,
    "letter": (*_WRITTEN, "document_id", "amendment", "own"),
    "body": _WRITTEN,
    "evidence": ("files", "bands", "separators", "pictures"),
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
