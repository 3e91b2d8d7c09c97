"""The sheet of open problems that stands in front of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import spoken, translate
from assembler.base.persian import persian_digits
from assembler.base.problems import Place, Problem
from assembler.model.acceptances import Accepted
from assembler.model.filled import FilledForm
from assembler.model.packet import (
    Align,
    CellKind,
    GridBlock,
    GridCell,
    Heading,
    Paragraph,
    Part,
    Span,
    Text,
)
from assembler.model.templates import OFFERED
from assembler.packet.quoting import Section, item_of, quoted, sections

SEVERITY_WORDS = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.INFORMATION: "اطلاع"}
_HEADS = (("ردیف", 1.4), ("درجه", 1.7), ("ایراد", 13.3))
_COUNTS, _COUNT_WIDTH, _TITLE_WIDTH = ("بخش", "خطا", "هشدار", "اطلاع"), 1.7, 11.3
_DO, _WHY = "چه باید کرد", "دلیل پذیرش"
_FINAL = "سند نهایی هنگامی ساخته می‌شود که خطایی نمانده باشد."
ACCEPTED_TITLE = "ایرادهای پذیرفته‌شده"
_NO_PAGES: Mapping[str, int] = {}
_Block = Paragraph | GridBlock | Heading


def findings_part(
    problems: Sequence[Problem],
    forms: Mapping[str, FilledForm],
    accepted: Sequence[Accepted] = (),
    pages: Mapping[str, int] = _NO_PAGES,
) -> Part:
    """How many problems are open in which section, each of them, gravest first, then the accepted with their reasons.

    A sentence stands in place of the table when nothing is open. Places are told by their labels, and by the printed
    ``pages`` on which tables begin, by ``form.item``, as far as known.
    """
    with spoken("fa"):
        blocks = (*_open(problems, forms, pages), *_accepted(accepted, forms, pages))
    title = "پیش‌نویس: ایرادهای باز"
    return Part("problems", "problems", title, "problems", {**OFFERED["problems"], "title": title}, blocks)


def page_text(place: Place, pages: Mapping[str, int]) -> str:
    """«جدول از صفحه ۳۱» for what stands in a table whose first page is known; «» otherwise."""
    page = pages.get(f"{place.form}.{place.item}")
    return f"جدول از صفحه {persian_digits(str(page))}" if page else ""


def _open(problems: Sequence[Problem], forms: Mapping[str, FilledForm], pages: Mapping[str, int]) -> Iterator[_Block]:
    """How many are open in all and in each section, then each of them."""
    if not problems:
        yield Paragraph((Span(translate("No open problems.")),))
        return
    order = list(Severity)
    ranked = sorted(problems, key=lambda found: order.index(found.severity))
    parts = sections(ranked, forms)
    yield Paragraph((Span(f"باز است: {_counted(ranked)}.", strong=True), Span(f" {_FINAL}")))
    if len(parts) > 1:
        yield _counts(parts)
    yield _grid("problems", parts, forms, _DO, {id(found): found.hint for found in ranked}, pages)


def _counted(problems: Sequence[Problem]) -> str:
    """«۲ خطا، ۱ هشدار»: how many of each degree there are."""
    counts = [(sum(one.severity is degree for one in problems), word) for degree, word in SEVERITY_WORDS.items()]
    return "، ".join(f"{persian_digits(str(count))} {word}" for count, word in counts if count)


def _counts(parts: Sequence[Section]) -> GridBlock:
    """A row a section with how many are open in it, by degree; the sums at the end."""
    rows = tuple(
        (_cell((section.title,)), *(_number(section.problems, degree) for degree in SEVERITY_WORDS))
        for section in parts
    )
    every = [found for section in parts for found in section.problems]
    sums = (_cell(("جمع",), kind="footer"), *(_number(every, degree, "footer") for degree in SEVERITY_WORDS))
    head = tuple(_cell((label,), "center", "head") for label in _COUNTS)
    widths = (_TITLE_WIDTH, *(_COUNT_WIDTH for _ in SEVERITY_WORDS))
    return GridBlock("open", (), widths, (head,), (*rows, sums), counted=False)


def _number(problems: Sequence[Problem], degree: Severity, kind: CellKind = "body") -> GridCell:
    count = sum(found.severity is degree for found in problems)
    return _cell((persian_digits(str(count)) if count else "",), "center", kind)


def _accepted(
    accepted: Sequence[Accepted], forms: Mapping[str, FilledForm], pages: Mapping[str, int]
) -> Iterator[_Block]:
    if accepted:
        reasons = {id(one.problem): one.why for one in accepted}
        yield Heading(ACCEPTED_TITLE, 2, "", "", listed=False)
        yield _grid("accepted", sections((one.problem for one in accepted), forms), forms, _WHY, reasons, pages)


def _grid(
    anchor: str,
    parts: Sequence[Section],
    forms: Mapping[str, FilledForm],
    last: str,
    lasts: Mapping[int, str],
    pages: Mapping[str, int],
) -> GridBlock:
    """A table with a band a section; ``last`` names what is told last of each, ``lasts`` are its texts by problem."""
    head = tuple(_cell((label,), "center", "head") for label, _ in _HEADS)
    rows: list[tuple[GridCell, ...]] = []
    number = 0
    for section in parts:
        rows.append((GridCell(((Span(section.title),),), columns=len(_HEADS), kind="group"),))
        for found in section.problems:
            number += 1
            page = page_text(found.place, pages)
            rows.append(_row(number, found, forms, (last, lasts[id(found)]), page))
    return GridBlock(anchor, (), tuple(width for _, width in _HEADS), (head,), tuple(rows), counted=False)


def _row(
    number: int, found: Problem, forms: Mapping[str, FilledForm], last: tuple[str, str], page: str
) -> tuple[GridCell, ...]:
    """What is open in one cell, a line each: where, what stands there, what is wrong, what is to be done."""
    where, *written = _place_lines(found, forms)
    place = "، ".join(filter(None, (where, page)))
    label, told = last
    lines: tuple[Text, ...] = (
        *(((Span(place, strong=True),),) if place else ()),
        *((Span(line),) for line in (*written, found.message) if line),
        *(((Span(f"{label}: ", strong=True), Span(told)),) if told else ()),
    )
    return (
        _cell((persian_digits(str(number)),), "center"),
        _cell((SEVERITY_WORDS[found.severity],), "center"),
        GridCell(lines),
    )


def _place_lines(found: Problem, forms: Mapping[str, FilledForm]) -> tuple[str, ...]:
    """The place in words a reader of the printed sheet can follow, and what stands there; else the file."""
    if item_of(found.place, forms) is None:
        return ("",) if found.place.form in forms else (found.place.file or found.place.item or "",)
    cell = next((cell for cell in quoted(found.place, forms) if cell.marked), None)
    text = " ".join(cell.text.split()) if cell else ""
    return (found.where, f"نوشته: {text}" if text and len(text) <= 80 else "")


def _cell(lines: tuple[str, ...], align: Align = "start", kind: CellKind = "body") -> GridCell:
    return GridCell(tuple((Span(line),) for line in lines if line), align=align, kind=kind)
