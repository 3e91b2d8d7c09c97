"""The sheet of open problems that stands in front of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import spoken, translate
from assembler.base.persian import persian_digits
from assembler.base.problems import Place, Problem
from assembler.model.acceptances import Accepted
from assembler.model.filled import FilledForm
from assembler.model.packet import GridBlock, GridCell, Heading, Paragraph, Part, Span
from assembler.model.templates import OFFERED
from assembler.packet.quoting import Section, item_of, quoted, sections

SEVERITY_WORDS = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.INFORMATION: "اطلاع"}
_HEADS = (("ردیف", 1.4), ("درجه", 1.6), ("جا", 5.0), ("ایراد", 6.0), ("چه باید کرد", 4.5))
_WHY = "دلیل پذیرش"
ACCEPTED_TITLE = "ایرادهای پذیرفته‌شده"
_NO_PAGES: Mapping[str, int] = {}
_Block = Paragraph | GridBlock | Heading


def findings_part(
    problems: Sequence[Problem],
    forms: Mapping[str, FilledForm],
    accepted: Sequence[Accepted] = (),
    pages: Mapping[str, int] = _NO_PAGES,
) -> Part:
    """The open problems as a table by section, gravest first in each, then the accepted ones with their reasons.

    A sentence stands in place of the table when nothing is open. Places are told by their labels, and by the printed
    ``pages`` on which tables begin, by ``form.item``, as far as known.
    """
    with spoken("fa"):
        open_problems = _open(problems, forms, pages)
        blocks = (open_problems, *_accepted(accepted, forms, pages))
    title = "پیش‌نویس: ایرادهای باز"
    return Part("problems", "problems", title, "problems", {**OFFERED["problems"], "title": title}, blocks)


def page_text(place: Place, pages: Mapping[str, int]) -> str:
    """«جدول از صفحه ۳۱» for what stands in a table whose first page is known; «» otherwise."""
    page = pages.get(f"{place.form}.{place.item}")
    return f"جدول از صفحه {persian_digits(str(page))}" if page else ""


def _open(problems: Sequence[Problem], forms: Mapping[str, FilledForm], pages: Mapping[str, int]) -> _Block:
    if not problems:
        return Paragraph((Span(translate("No open problems.")),))
    order = list(Severity)
    ranked = sorted(problems, key=lambda found: order.index(found.severity))
    lasts = {id(found): found.hint for found in ranked}
    return _grid("problems", sections(ranked, forms), forms, _HEADS[-1][0], lasts, pages)


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
    """A table with a band a section; ``last`` heads the last column, ``lasts`` are its texts by problem."""
    labels = (*(label for label, _ in _HEADS[:-1]), last)
    head = tuple(GridCell(((Span(label),),), align="center", kind="head") for label in labels)
    rows: list[tuple[GridCell, ...]] = []
    number = 0
    for section in parts:
        rows.append((GridCell(((Span(section.title),),), columns=len(_HEADS), kind="group"),))
        for found in section.problems:
            number += 1
            page = page_text(found.place, pages)
            rows.append(_row(number, found, forms, lasts[id(found)], page))
    return GridBlock(anchor, (), tuple(width for _, width in _HEADS), (head,), tuple(rows))


def _row(number: int, found: Problem, forms: Mapping[str, FilledForm], last: str, page: str) -> tuple[GridCell, ...]:
    return (
        _cell((persian_digits(str(number)),), "center"),
        _cell((SEVERITY_WORDS[found.severity],), "center"),
        _cell((*_place_lines(found, forms), page)),
        _cell((found.message,)),
        _cell((last,)),
    )


def _place_lines(found: Problem, forms: Mapping[str, FilledForm]) -> tuple[str, ...]:
    """The place in words a reader of the printed sheet can follow, and what stands there; else the file."""
    if item_of(found.place, forms) is None:
        return ("",) if found.place.form in forms else (found.place.file or found.place.item or "",)
    cell = next((cell for cell in quoted(found.place, forms) if cell.marked), None)
    text = " ".join(cell.text.split()) if cell else ""
    return (found.where, f"نوشته: {text}" if text and len(text) <= 80 else "")


def _cell(lines: tuple[str, ...], align: Literal["start", "center"] = "start") -> GridCell:
    return GridCell(tuple((Span(line),) for line in lines if line), align=align)
