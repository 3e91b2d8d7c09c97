"""The sheet of open problems that stands in front of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from assembler.acceptances import Accepted
from assembler.messages import spoken, translate
from assembler.model import FilledForm, GridBlock, GridCell, Heading, Paragraph, Part, Span
from assembler.packet.fields import OFFERED
from assembler.packet.quoting import Section, item_of, quoted, sections, where
from assembler.persian import persian_digits
from assembler.problems import Problem, Severity

SEVERITY_WORDS = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.INFORMATION: "اطلاع"}
_HEADS = (("ردیف", 1.4), ("درجه", 1.6), ("جا", 5.0), ("ایراد", 6.0), ("چه باید کرد", 4.5))
_WHY = "دلیل پذیرش"
ACCEPTED_TITLE = "ایرادهای پذیرفته‌شده"
_Block = Paragraph | GridBlock | Heading


def findings_part(
    problems: Sequence[Problem], forms: Mapping[str, FilledForm], accepted: Sequence[Accepted] = ()
) -> Part:
    """The open problems as a table by section, gravest first in each, then the accepted ones with their reasons.

    A sentence stands in place of the table when nothing is open. Places are told by their labels.
    """
    with spoken("fa"):
        open_problems = _open(problems, forms)
        blocks = (open_problems, *_accepted(accepted, forms))
    title = "پیش‌نویس: ایرادهای باز"
    return Part("problems", "problems", title, "problems", {**OFFERED["problems"], "title": title}, blocks)


def _open(problems: Sequence[Problem], forms: Mapping[str, FilledForm]) -> _Block:
    if not problems:
        return Paragraph((Span(translate("No open problems.")),))
    order = list(Severity)
    ranked = sorted(problems, key=lambda found: order.index(found.severity))
    lasts = {id(found): found.hint for found in ranked}
    return _grid("problems", sections(ranked, forms), forms, _HEADS[-1][0], lasts)


def _accepted(accepted: Sequence[Accepted], forms: Mapping[str, FilledForm]) -> Iterator[_Block]:
    if accepted:
        reasons = {id(one.problem): one.why for one in accepted}
        yield Heading(ACCEPTED_TITLE, 2, "", "", listed=False)
        yield _grid("accepted", sections((one.problem for one in accepted), forms), forms, _WHY, reasons)


def _grid(
    anchor: str, parts: Sequence[Section], forms: Mapping[str, FilledForm], last: str, lasts: Mapping[int, str]
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
            rows.append(_row(number, found, forms, lasts[id(found)]))
    return GridBlock(anchor, (), tuple(width for _, width in _HEADS), (head,), tuple(rows))


def _row(number: int, found: Problem, forms: Mapping[str, FilledForm], last: str) -> tuple[GridCell, ...]:
    return (
        _cell((persian_digits(str(number)),), "center"),
        _cell((SEVERITY_WORDS[found.severity],), "center"),
        _cell(_place_lines(found, forms)),
        _cell((found.message,)),
        _cell((last,)),
    )


def _place_lines(found: Problem, forms: Mapping[str, FilledForm]) -> tuple[str, ...]:
    """The place in words a reader of the printed sheet can follow, and what stands there; else the file."""
    if item_of(found.place, forms) is None:
        return ("",) if found.place.form in forms else (found.place.file or found.place.item or "",)
    cell = next((cell for cell in quoted(found.place, forms) if cell.marked), None)
    text = " ".join(cell.text.split()) if cell else ""
    return (where(found.place, forms), f"نوشته: {text}" if text and len(text) <= 80 else "")


def _cell(lines: tuple[str, ...], align: Literal["start", "center"] = "start") -> GridCell:
    return GridCell(tuple((Span(line),) for line in lines if line), align=align)
