"""The sheet of open problems that stands in front of a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from assembler.messages import spoken, translate
from assembler.model import FilledForm, GridBlock, GridCell, Paragraph, Part, Span
from assembler.packet.fields import OFFERED
from assembler.persian import persian_digits
from assembler.problems import Place, Problem, Severity

_WORDS = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.INFORMATION: "اطلاع"}
_HEADS = (("ردیف", 1.4), ("درجه", 1.6), ("جا", 5.0), ("ایراد", 6.0), ("چه باید کرد", 4.5))


def findings_part(problems: Sequence[Problem], forms: Mapping[str, FilledForm]) -> Part:
    """The problems as a table, gravest first; a sentence when there is none. Places are told by their labels."""
    order = list(Severity)
    ranked = sorted(problems, key=lambda found: order.index(found.severity))
    with spoken("fa"):
        none = Paragraph((Span(translate("No open problems.")),))
        blocks: tuple[Paragraph | GridBlock, ...] = (_grid(ranked, forms),) if ranked else (none,)
    title = "پیش‌نویس: ایرادهای باز"
    return Part("problems", "problems", title, "problems", {**OFFERED["problems"], "title": title}, blocks)


def _grid(problems: Sequence[Problem], forms: Mapping[str, FilledForm]) -> GridBlock:
    head = tuple(GridCell(((Span(label),),), align="center", kind="head") for label, _ in _HEADS)
    rows = tuple(_row(number, found, forms) for number, found in enumerate(problems, start=1))
    return GridBlock("problems", (), tuple(width for _, width in _HEADS), (head,), rows)


def _row(number: int, found: Problem, forms: Mapping[str, FilledForm]) -> tuple[GridCell, ...]:
    return (
        _cell(persian_digits(str(number)), "center"),
        _cell(_WORDS[found.severity], "center"),
        _cell(_where(found.place, forms)),
        _cell(found.message),
        _cell(found.hint),
    )


def _where(place: Place, forms: Mapping[str, FilledForm]) -> str:
    """The place in words a reader of the printed sheet can follow; the file where nothing better is known."""
    if not place.form or place.form not in forms:
        return place.file or ""
    spec = forms[place.form].spec
    item = next((item for item in spec.items if item.name == place.item), None)
    column = next((column for column in item.columns if column.name == place.column), None) if item else None
    parts = [spec.title, item.label or item.name if item else ""]
    parts += [f"ردیف {persian_digits(str(place.row))}" if place.row else ""]
    parts += [f"ستون «{column.label or column.name}»" if column else ""]
    return "، ".join(dict.fromkeys(filter(None, parts)))


def _cell(text: str, align: Literal["start", "center"] = "start") -> GridCell:
    return GridCell(((Span(text),),) if text else (), align=align)
