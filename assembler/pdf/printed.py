"""What is printed on the pages of a PDF, by where it stands: letters and ruled lines.

A PDF may unpack to more than any memory, and PDFium is neither made for several threads nor free of crashes: a process
of its own reads, bounded in time and memory, and tells what it found. What ends it is that file's problem.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, pi
from pathlib import Path
from typing import Any

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import Wording, wording
from assembler.pdf.apart import bounded, run_apart

_SECONDS = 120
_MOST_PAGES, _MOST_LETTERS, _MOST_OBJECTS = 300, 500_000, 200_000
_FIRST, _WIDE = 0x20, 0.01  # the first letter there is; what is narrower was put there by PDFium
_DEPTH = 3  # of forms within forms
_THIN = 3.0  # points up to which a filled box is a line
_SHORT = 4.0  # points from which a line rules anything
_STRAIGHT = 0.7  # points its ends may differ by
_ABOVE = 0.3  # of its size the middle of a letter stands above its line
_UPRIGHT = 0.1  # radians
_TOO_LARGE, _LOCKED, _DAMAGED = "too large", "locked", "damaged"  # what is told instead of pages


@dataclass(frozen=True)
class Glyph:
    """A letter in points from the upper left corner of its page as it is read; ``text`` is more than one where several
    are written as one, «» where the font does not tell which it is. ``at`` is its number in the file.
    """

    text: str
    left: float
    right: float
    base: float  # what it stands on
    size: float
    at: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, self.base - _ABOVE * self.size


@dataclass(frozen=True)
class Rule:
    """A ruled line, level or upright: it runs from ``begin`` to ``end`` at ``place``."""

    level: bool
    place: float
    begin: float
    end: float


@dataclass(frozen=True)
class PrintedPage:
    """A page, counted from 1. ``pictured`` tells that pictures stand on it."""

    number: int
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictured: bool


def printed_pages(pdf: Path) -> tuple[PrintedPage, ...]:
    """Raises UnreadableError: it is locked, damaged or too large."""
    with foreign(pdf):
        try:
            read = run_apart(__name__, str(pdf), seconds=_SECONDS)
        except subprocess.TimeoutExpired:
            read = None
        told = _TOO_LARGE if read is None else json.loads(read)
        if isinstance(told, str):
            raise UnreadableError(_reasons()[told])
        return tuple(map(_page, told))


def _reasons() -> dict[str, Wording]:
    return {
        _LOCKED: wording("it is protected by a password; save it without one"),
        _DAMAGED: wording("it is damaged"),
        _TOO_LARGE: wording("it has more pages, letters and lines than are read"),
    }


def _page(told: dict[str, Any]) -> PrintedPage:
    glyphs = tuple(Glyph(*each) for each in told["glyphs"])
    return PrintedPage(told["number"], glyphs, tuple(Rule(*each) for each in told["rules"]), told["pictured"])


# ---------------------------------------------------------------- in the process that reads


class _TooLargeError(Exception):
    pass


def _told(pdf: Path) -> str | list[dict[str, Any]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf.read_bytes())
        if len(document) > _MOST_PAGES:
            return _TOO_LARGE
        room = [_MOST_LETTERS, _MOST_OBJECTS]
        return [_read(document[at], at + 1, room) for at in range(len(document))]
    except pypdfium2.PdfiumError as error:
        return _LOCKED if "password" in str(error).lower() else _DAMAGED
    except (_TooLargeError, MemoryError):
        return _TOO_LARGE


def _read(page: Any, number: int, room: list[int]) -> dict[str, Any]:
    turn = _Turn(page)
    objects = list(_objects(page, room))
    rules = [rule for each in objects if each[0] == "path" for rule in _rules(each[1], each[2], turn)]
    pictured = any(kind == "image" for kind, *_ in objects)
    return {"number": number, "glyphs": list(_glyphs(page, turn, room)), "rules": rules, "pictured": pictured}


class _Turn:
    """Points of a page as it is read: from its upper left corner, whichever way it is turned."""

    def __init__(self, page: Any) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.degrees = page.get_rotation()

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.degrees == 90:
            return y - self._bottom, x - self._left
        if self.degrees == 180:
            return self._right - x, y - self._bottom
        if self.degrees == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        one, other = self.point(left, bottom), self.point(right, top)
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _glyphs(page: Any, turn: _Turn, room: list[int]) -> Iterator[tuple[object, ...]]:
    """The letters that stand upright."""
    import ctypes

    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    room[0] -= count
    if room[0] < 0:
        raise _TooLargeError
    upright = turn.degrees * pi / 180
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        left, bottom, right, top = text.get_charbox(at, loose=True)
        if raw.FPDFText_IsGenerated(text, at) or code < _FIRST or (code == _FIRST and right - left < _WIDE):
            continue
        angle = raw.FPDFText_GetCharAngle(text, at) - upright
        if abs((angle + pi) % (2 * pi) - pi) > _UPRIGHT:
            continue
        raw.FPDFText_GetMatrix(text, at, matrix)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        size = raw.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
        unknown = raw.FPDFText_HasUnicodeMapError(text, at) == 1 or _is_nobodys(code)
        begins, _, ends, _ = turn.box(left, bottom, right, top)
        base = turn.point(x.value, y.value)[1]
        yield "" if unknown else chr(code), round(begins, 2), round(ends, 2), round(base, 2), round(size, 2), at


def _is_nobodys(code: int) -> bool:
    """Whether a code stands for no letter everybody knows."""
    return 0xD800 <= code < 0xF900 or code >= 0xF0000 or code in (0xFFFD, 0xFFFE, 0xFFFF)


_Matrix = tuple[float, float, float, float, float, float]


def _objects(page: Any, room: list[int]) -> Iterator[tuple[str, Any, _Matrix]]:
    """Paths and pictures, each with the matrix that brings it onto the page."""
    import pypdfium2.raw as raw

    def walk(count: int, nth: Any, before: _Matrix, depth: int) -> Iterator[tuple[str, Any, _Matrix]]:
        room[1] -= count
        if room[1] < 0:
            raise _TooLargeError
        for at in range(count):
            each = nth(at)
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                yield "image", each, before
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                yield "path", each, _through(_matrix(each), before)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                held = raw.FPDFFormObj_CountObjects(each)
                inner = _through(_matrix(each), before)
                yield from walk(held, lambda n, form=each: raw.FPDFFormObj_GetObject(form, n), inner, depth + 1)

    count = raw.FPDFPage_CountObjects(page)
    yield from walk(count, lambda n: raw.FPDFPage_GetObject(page, n), (1, 0, 0, 1, 0, 0), 0)


def _matrix(each: Any) -> _Matrix:
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(each, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _through(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _rules(path: Any, matrix: _Matrix, turn: _Turn) -> Iterator[tuple[object, ...]]:
    """The level and upright lines of a path; of a filled box that is thin the one it looks like."""
    import ctypes

    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    for run in _runs(path, matrix, turn):
        if stroke.value:
            yield from (each for pair in pairwise(run) if (each := _rule(*pair)))
        elif fill.value and len(run) > 2:
            yield from _thin(run)


def _thin(run: list[tuple[float, float]]) -> Iterator[tuple[object, ...]]:
    """The line a filled box looks like."""
    left, right = min(x for x, _ in run), max(x for x, _ in run)
    top, bottom = min(y for _, y in run), max(y for _, y in run)
    middle = (left + right) / 2, (top + bottom) / 2
    if bottom - top <= _THIN:
        ends = (left, middle[1]), (right, middle[1])
    elif right - left <= _THIN:
        ends = (middle[0], top), (middle[0], bottom)
    else:
        return
    if each := _rule(*ends):
        yield each


def _runs(path: Any, matrix: _Matrix, turn: _Turn) -> Iterator[list[tuple[float, float]]]:
    """The corners of each run of straight lines."""
    import ctypes

    import pypdfium2.raw as raw

    run: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        a, b, c, d, e, f = matrix
        point = turn.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO and run:
            yield run
            run = []
        run.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and run:
            yield [*run, run[0]]
            run = []
    if run:
        yield run


def _rule(one: tuple[float, float], other: tuple[float, float]) -> tuple[object, ...] | None:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if high <= _STRAIGHT and wide >= _SHORT:
        along, across = 0, 1
    elif wide <= _STRAIGHT and high >= _SHORT:
        along, across = 1, 0
    else:
        return None
    place = (one[across] + other[across]) / 2
    ends = min(one[along], other[along]), max(one[along], other[along])
    return along == 0, *(round(each, 2) for each in (place, *ends))


if __name__ == "__main__":
    bounded()
    json.dump(_told(Path(sys.argv[1])), sys.stdout)
