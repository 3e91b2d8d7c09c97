"""A report at a glance: its key numbers, and what is missing, from the same values as its summary and its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from assembler.base.persian import format_number, listed_texts, with_percent
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.packet import Align, CellKind, GridBlock, GridCell, Span
from assembler.model.reports import ReportSpec
from assembler.model.scores import ScoreCard, score_text
from assembler.packet.scores import lacking_documents, open_rows
from assembler.packet.summaries import OPEN, Entry, statuses

_WIDTH = 16.4  # cm
_ALL, _FILES = "همه شاخص‌ها", "مستند"
_CEILING, _PERCENT = "سقف قابل کسب", "درصد از سقف"
_WITHOUT_EVIDENCE = "بدون مستند"
_PENDING, _NO_DOCUMENT = "در انتظار امتیاز", "مستند پیوست‌نشده"
_IN = ("در شاخص {which}", "در شاخص‌های {which}")
_POINTS_IN = ("{cap} امتیاز، در شاخص {which}", "{cap} امتیاز، در شاخص‌های {which}")
_MISSING_HEADS, _MISSING_WIDTHS = ("آنچه مانده است", "تعداد", "کجا"), (3.6, 1.6, 11.2)

Named = Callable[[str], str]  # a form as briefly as the report can name it
Row = tuple[str, int | str, str]  # what is missing, how much, where


def key_numbers(found: Sequence[Entry], report: ReportSpec, files: int) -> GridBlock:
    """How many forms there are, how many of each status, how many files the report shows as evidence."""
    counted = [(status.label, _with_status(found, status.name)) for status in statuses(report)]
    numbers = [(printed_words(_ALL), len(found)), *((label, len(entries)) for label, entries in counted if entries)]
    return _numbers([(label, format_number(number)) for label, number in (*numbers, (printed_words(_FILES), files))])


def missing(found: Sequence[Entry], report: ReportSpec, named: Named) -> GridBlock | None:
    """The forms nobody has answered, those not answered with the first status, and those without evidence."""
    known = statuses(report)
    groups = [(status.label, _with_status(found, status.name)) for status in known if status.name == OPEN]
    groups += [(status.label, _with_status(found, status.name)) for status in known[1:] if status.name != OPEN]
    bare = [entry for entry in _with_status(found, known[0].name) if not entry.files]
    rows = [
        (label, len(entries), _listed(entries, named))
        for label, entries in (*groups, (printed_words(_WITHOUT_EVIDENCE), bare))
    ]
    return _missing([row for row in rows if row[1]])


def _with_status(found: Sequence[Entry], status: str) -> list[Entry]:
    return [entry for entry in found if entry.status == status]


def _listed(found: Sequence[Entry], named: Named) -> str:
    """The forms by their short names; a word they all begin with («شاخص») stands once."""
    names = [named(entry.form) or entry.title for entry in found]
    first = {name.partition(" ")[0] for name in names}
    if len(names) < 2 or len(first) > 1 or not all(" " in name for name in names):
        return listed_texts(names)
    return f"{first.pop()} " + listed_texts(name.partition(" ")[2] for name in names)


def key_scores(card: ScoreCard) -> GridBlock:
    """The total of each stage that is reached, the most there is to get, and the percentage of it."""
    percent = card.percent(card.stage)
    told = [(printed_words(_CEILING), score_text(card.ceiling))]
    told += [(card.spec.stages[stage], score_text(card.totals[stage].value)) for stage in card.reached]
    told += [(printed_words(_PERCENT), with_percent(score_text(percent)))] if percent is not None else []
    return _numbers(told)


def missing_scores(card: ScoreCard) -> GridBlock | None:
    """The rows without a final score, and the documents that are asked for and not attached."""
    return _missing([row for row in _score_rows(card) if row[1]])


def _score_rows(card: ScoreCard) -> Iterator[Row]:
    waiting = [(found.sheet.number, row.cap) for found, row, _ in open_rows(card)]
    caps = sum(cap for _, cap in waiting)
    yield printed_words(_PENDING), len(waiting), _where(_POINTS_IN, [number for number, _ in waiting], caps)
    lacking = [found.sheet.number for found in card.indicators for _ in lacking_documents(found)]
    yield printed_words(_NO_DOCUMENT), len(lacking), _where(_IN, lacking)


def _where(words: tuple[str, str], indicators: Sequence[str], caps: Decimal | int = 0) -> str:
    """The indicators by their numbers, in the words for one of them or for several."""
    numbers = dict.fromkeys(indicators)
    which = listed_texts(map(with_persian_digits, numbers))
    return printed_words(words[len(numbers) > 1], cap=score_text(caps), which=which) if numbers else ""


# ---------------------------------------------------------------- tables


def _numbers(told: Sequence[tuple[str, str]]) -> GridBlock:
    """Numbers side by side, each under its name."""
    head = tuple(_cell(label, kind="head", align="center") for label, _ in told)
    body = tuple(GridCell(((Span(number, key=True),),), align="center") for _, number in told)
    return GridBlock("", (), tuple(_WIDTH / len(told) for _ in told), (head,), (body,), counted=False)


def _missing(rows: Sequence[Row]) -> GridBlock | None:
    if not rows:
        return None
    head = tuple(_cell(text, kind="head", align="center") for text in map(printed_words, _MISSING_HEADS))
    body = tuple(
        (_cell(label, kind="label"), _cell(with_persian_digits(str(number)), align="center"), _cell(where))
        for label, number, where in rows
    )
    return GridBlock("", (), _MISSING_WIDTHS, (head,), body, counted=False)


def _cell(text: str, *, kind: CellKind = "body", align: Align = "start") -> GridCell:
    return GridCell(((Span(text),),) if text else (), align=align, kind=kind)
