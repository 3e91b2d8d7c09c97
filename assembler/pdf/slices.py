"""The pages of slices put together: one document again, with its links, its named places and its page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from assembler.base.persian import latin_digits
from assembler.model.slices import ACROSS, DIGITS, SAMPLE
from assembler.pdf.behind import BEHIND
from assembler.pdf.moving import take_over
from assembler.pdf.positions import destination_name

_COLOUR = re.compile(rb"(?<![\d.])([\d.]+) ([\d.]+) ([\d.]+) rg\b")
_BLACK = (0, 0, 0)


@dataclass(frozen=True)
class Printed:
    """The pages of a slice; a ``sampled`` one begins with the page of digits. ``numbers`` are those to be put in."""

    pdf: Path
    sampled: bool
    numbers: tuple[str, ...] = ()


def places(printed: Printed) -> tuple[int, Mapping[str, int]]:
    """How many pages a slice has, and on which its bookmarks stand, by their names in the PDF."""
    first = int(printed.sampled)
    with pikepdf.open(printed.pdf) as document:
        pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        named = document.Root.get("/Dests", {}).items()
        found = {name.lstrip("/"): pages[where[0].objgen] - first for name, where in named}
        return len(pages) - first, {name: page for name, page in found.items() if page >= 0}


def put_together(slices: Sequence[Printed], out: Path, behind: Mapping[str, int]) -> Sequence[int]:
    """Writes the pages of the slices to ``out`` as one document: the same slices give the same bytes.

    ``behind`` says how many pages behind the document the other places stand that links lead to, by their names.
    Returns the slices whose numbers cannot be put in, as their zeros or the digits for them are not found; then nothing
    is written.
    """
    refused = []
    with ExitStack() as opened:
        joined = opened.enter_context(pikepdf.new())
        named: dict[str, pikepdf.Object] = {}
        for at, printed in enumerate(slices):
            source = opened.enter_context(pikepdf.open(printed.pdf))
            if not _numbered(source, printed):
                refused.append(at)
            _take_over(joined, source, named)
        if refused:
            return refused
        joined.Root.Dests = joined.make_indirect(pikepdf.Dictionary(dict(sorted(named.items()))))
        for page in joined.pages:
            _lead(page, named, behind)
        buffer = BytesIO()
        joined.save(buffer, deterministic_id=True)
    out.write_bytes(buffer.getvalue())
    return ()


def _numbered(source: pikepdf.Pdf, printed: Printed) -> bool:
    """Puts the numbers into the pages of a slice, which lose the page of digits; whether all were put in."""
    if not printed.sampled:
        return True
    digits = _digits(source)
    written = sum(_write_numbers(page, printed.numbers, digits) for page in source.pages)
    del source.pages[0]
    return written == sum(map(bool, printed.numbers))


def _take_over(joined: pikepdf.Pdf, source: pikepdf.Pdf, named: dict[str, pikepdf.Object]) -> None:
    """The pages of a slice behind those before it, and its named places."""
    pages = {page.obj.objgen: index for index, page in enumerate(source.pages)}
    places = {name: (where[0].objgen, list(where)[1:]) for name, where in source.Root.get("/Dests", {}).items()}
    moved = take_over(joined, source)
    for name, (page, at) in places.items():
        if page in pages:
            named[name] = pikepdf.Array([moved[pages[page]].obj, *at])


def _lead(page: pikepdf.Page, named: Mapping[str, pikepdf.Object], behind: Mapping[str, int]) -> None:
    """Links to other slices, and to what stands behind the document, come to their places."""
    for link in page.obj.get("/Annots", ()):
        action = link.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""
        if address.startswith(ACROSS):
            del link["/A"]
            name = address.removeprefix(ACROSS)
            where = named.get(f"/{destination_name(name)}")
            if where is not None:
                link.Dest = where
            elif name in behind:
                link[BEHIND] = behind[name]


# ---------------------------------------------------------------- numbers


def _digits(document: pikepdf.Pdf) -> Mapping[tuple[int, int], Sequence[bytes]]:
    """How the ten digits are written in each font of the page of digits."""
    found = {}
    page = document.pages[0]
    for font, shown in _texts(page, {_three(SAMPLE)}):
        codes = b"".join(shown)
        if len(codes) % len(DIGITS) == 0:
            size = len(codes) // len(DIGITS)
            found[font] = [codes[at : at + size] for at in range(0, len(codes), size)]
    return found


def _three(colour: int) -> tuple[int, int, int]:
    return colour >> 16, colour >> 8 & 255, colour & 255


def _texts(page: pikepdf.Page, colours: set[tuple[int, int, int]]) -> Iterator[tuple[tuple[int, int], list[bytes]]]:
    """The font of each text in one of the colours, and how it is written."""
    font, held = (0, 0), False
    fonts: Any = page.obj.Resources.get("/Font", {})
    for each in pikepdf.parse_content_stream(page):
        operands, kind = each.operands, str(each.operator)
        if kind == "rg":
            held = _rounded(operands) in colours
        elif kind == "Tf":
            font = fonts[str(operands[0])].objgen
        elif held and kind in ("Tj", "TJ"):
            yield font, list(_strings(operands[0]))


def _strings(shown: Any) -> Iterator[bytes]:
    for each in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(each, pikepdf.String):
            yield bytes(each)


def _rounded(operands: Any) -> tuple[int, int, int]:
    red, green, blue = (round(float(one) * 255) for one in operands)
    return red, green, blue


def _write_numbers(
    page: pikepdf.Page, numbers: Sequence[str], digits: Mapping[tuple[int, int], Sequence[bytes]]
) -> int:
    """Puts the numbers where zeros stand in their colours; returns how many there were."""
    wanted = {_three(at): number for at, number in enumerate(numbers, 1)}
    data = page.obj.Contents.read_bytes() if isinstance(page.obj.get("/Contents"), pikepdf.Stream) else b""
    if not any(_rounded(found) in wanted for found in _COLOUR.findall(data)):
        return 0
    fonts: Any = page.obj.Resources.get("/Font", {})
    changed: list[Any] = []
    font, number, at, written = (0, 0), "", 0, 0
    for each in pikepdf.parse_content_stream(page):
        operands, kind = each.operands, str(each.operator)
        if kind == "rg":
            number = wanted.get(_rounded(operands), "")
            at = len(changed)
        elif kind == "Tf":
            font = fonts[str(operands[0])].objgen
        elif number and kind in ("Tj", "TJ") and font in digits:
            zeros = b"".join(_strings(operands[0]))
            if zeros == digits[font][0] * (len(zeros) // len(digits[font][0])):
                codes = b"".join(digits[font][int(digit)] for digit in latin_digits(number))
                changed[at] = ((*_BLACK,), pikepdf.Operator("rg"))
                changed.append(([pikepdf.String(codes)], pikepdf.Operator("Tj")))
                number, written = "", written + 1
                continue
        changed.append(each)
    page.obj.Contents.write(pikepdf.unparse_content_stream(changed))
    return written
