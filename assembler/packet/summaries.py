"""Summaries: the forms of a report that say how they were answered, chapter by chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assembler.base.persian import format_number, listed_texts, persian_digits
from assembler.base.tongue import printed_words
from assembler.model.blocks import BlockSpec, SectionSpec, SummarySpec, TurnedSpec, forms_in, walk
from assembler.model.filled import FilledForm
from assembler.model.packet import Align, CellKind, GridBlock, GridCell, Series, Span, Text
from assembler.model.reports import ReportSpec
from assembler.model.specs import Choice
from assembler.packet.evidence import files_of
from assembler.packet.scope import NO_FORMS, ReportScope

OPEN = "open"
_HEADS = ("ردیف", "شاخص", "وضعیت", "مقدار کلیدی", "تعداد مستندات")
_WIDTHS = (1.2, 7.2, 2.2, 4.2, 1.8)  # cm
_CHAPTER_HEADS, _CHAPTER_WIDTHS = ("در این فصل", "وضعیت"), (14.2, 2.2)  # cm
_OPEN_LABEL = "بدون پاسخ"


@dataclass(frozen=True)
class Entry:
    """A form of the report in its summary: its place from 1, its chapter, how it was answered."""

    number: int
    chapter: str
    heading: str  # of the section it stands in
    title: str
    status: str
    figure: str
    reason: str
    files: tuple[str, ...]  # how its evidence is cited
    form: str = ""


def entries(report: ReportSpec, forms: Mapping[str, FilledForm]) -> tuple[Entry, ...]:
    """The forms with a summary, in the order of the report."""
    shown = (forms[name] for name in report.used_forms if forms[name].summary is not None)
    sections = sections_of(report)
    return tuple(_entry(number, form, sections.get(form.spec.id, ("",))) for number, form in enumerate(shown, start=1))


def _entry(number: int, form: FilledForm, sections: tuple[str, ...]) -> Entry:
    assert form.summary is not None
    summary = form.summary
    files = tuple({file.path: file.shown for file in files_of(form)}.values())
    heading = sections[-1] or form.spec.title
    return Entry(
        number,
        sections[0],
        heading,
        form.spec.title,
        summary.status or OPEN,
        summary.figure,
        summary.reason,
        files,
        form.spec.id,
    )


def counts(report: ReportSpec, forms: Mapping[str, FilledForm]) -> Mapping[str, int]:
    """How many forms have each status; ``all`` of them together."""
    found = [entry.status for entry in entries(report, forms)]
    return {status.name: found.count(status.name) for status in statuses(report)} | {"all": len(found)}


def report_scope(
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    previous: Mapping[str, FilledForm] = NO_FORMS,
    annexes: Callable[[], int] | None = None,
) -> ReportScope:
    """What the texts and conditions of a report can name, its statuses among it.

    ``previous`` are the forms of the case of the period before, ``annexes`` counts what follows the letter.
    """
    return ReportScope(forms, summary=counts(report, forms), previous=previous, annexes=annexes)


def statuses(report: ReportSpec) -> tuple[Choice, ...]:
    """The report's statuses, the one of forms nobody has answered among them."""
    named = report.statuses
    return named if any(status.name == OPEN for status in named) else (*named, Choice(OPEN, printed_words(_OPEN_LABEL)))


def status_of(form: FilledForm, report: ReportSpec) -> str:
    """What the report calls the status of a form, «» where it has no word for it."""
    labels = {status.name: status.label for status in statuses(report)} if report.statuses else {}
    return labels.get(form.summary.status or OPEN, "") if form.summary else ""


def forms_beside(report: ReportSpec, block: SummarySpec) -> frozenset[str]:
    """The forms of the section a block stands in, those of sections within it among them."""
    for part in report.parts:
        for section in walk(part.content):
            if isinstance(section, SectionSpec) and any(each is block for each in section.content):
                return frozenset(forms_in(section.content))
    return frozenset()


def sections_of(report: ReportSpec) -> Mapping[str, tuple[str, ...]]:
    """The titles of the sections each form stands in, outermost first."""
    return {name: titles for part in report.parts for titles, name in _standing(part.content, ())}


def _standing(blocks: Sequence[BlockSpec], titles: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for block in blocks:
        if isinstance(block, TurnedSpec):
            yield from _standing(block.content, titles)
        elif isinstance(block, SectionSpec):
            inside = (*titles, block.title)
            yield from ((inside, name) for name in forms_in(block.content))
            yield from _standing(block.content, inside)  # what a section within says of a form goes before


# ---------------------------------------------------------------- as a table


def table(found: Sequence[Entry], report: ReportSpec, anchor: str, caption: Text) -> GridBlock:
    """A row a form, under a band for each chapter."""
    labels = {status.name: status.label for status in statuses(report)}
    body: list[tuple[GridCell, ...]] = []
    chapter = ""
    for entry in found:
        if entry.chapter and entry.chapter != chapter:
            body.append((_cell(entry.chapter, kind="group", columns=len(_HEADS)),))
        chapter = entry.chapter
        body.append(_row(entry, labels))
    head = tuple(_cell(text, kind="head", align="center") for text in map(printed_words, _HEADS))
    return GridBlock(anchor, caption, _WIDTHS, (head,), tuple(body))


def _row(entry: Entry, labels: Mapping[str, str]) -> tuple[GridCell, ...]:
    return (
        _cell(persian_digits(str(entry.number)), align="center"),
        _cell(entry.title),
        _cell(labels.get(entry.status, entry.status), align="center"),
        _cell(entry.figure),
        _cell(format_number(len(entry.files)) if entry.files else "", align="center"),
    )


def _cell(
    text: str,
    *,
    kind: CellKind = "body",
    align: Align = "start",
    columns: int = 1,
) -> GridCell:
    lines: tuple[Text, ...] = tuple((Span(line),) for line in text.split("\n")) if text else ()
    return GridCell(lines, columns, align=align, kind=kind)


def of_chapter(found: Sequence[Entry], report: ReportSpec) -> GridBlock:
    """The forms of a chapter at its head: their headings, and how each stands."""
    labels = {status.name: status.label for status in statuses(report)}
    body = tuple(
        (_cell(entry.heading), _cell(labels.get(entry.status, entry.status), align="center")) for entry in found
    )
    head = tuple(_cell(text, kind="head", align="center") for text in map(printed_words, _CHAPTER_HEADS))
    return GridBlock("", (), _CHAPTER_WIDTHS, (head,), body, counted=False)


def listed_entry(entry: Entry) -> str:
    """A form in a list: the heading it stands under, the reason and where the evidence stands."""
    evidence = f" ({listed_texts(entry.files)})" if entry.files else ""
    return ": ".join(filter(None, (entry.heading, entry.reason))) + evidence


# ---------------------------------------------------------------- as a chart


def series(found: Sequence[Entry], report: ReportSpec) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    """The chapters, and for each status that occurs how many forms of each chapter have it."""
    chapters = tuple(dict.fromkeys(entry.chapter for entry in found))
    return chapters, tuple(
        Series(status.label, tuple(_count(found, chapter, status.name) for chapter in chapters))
        for status in statuses(report)
        if any(entry.status == status.name for entry in found)
    )


def _count(found: Sequence[Entry], chapter: str, status: str) -> int:
    return sum(1 for entry in found if entry.chapter == chapter and entry.status == status)
