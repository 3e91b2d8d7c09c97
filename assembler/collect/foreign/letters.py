"""Letters of a page by where they stand become words as they are written: a page shows Persian from right to left, and
what the file says of the order is of whoever made it. An order is believed only where it would be shown just so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from unicodedata import bidirectional, combining, normalize

from bidi import get_display

from assembler.pdf.printed import Glyph

_SAME_LINE = 0.3  # of its size one letter of a line may stand lower than another
_BLANK = 0.21  # of its size is a blank between two letters
_SAME_PLACE = 0.05  # points
_TURNED_LAM = re.compile("[اأإآ]ل")  # whoever turned a line turned the letters of this one too
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_RIGHT = frozenset(("R", "AL", "AN"))
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_PRESENTED = re.compile("[\ufb1d-\ufdff\ufe70-\ufeff]")
_LISTED = re.compile(r"^\w{1,4}[)]")  # the mark of a list
_NO_PAIR = 2
_DIGIT = r"[0-9۰-۹٠-٩]"
_NUMBER = rf"{_DIGIT}+(?:[/:.,٫٬،]{_DIGIT}+)*"
_LATIN = r"[A-Za-z\u00c0-\u024f]"
# What runs from left to right within a line: a number alone, or with the signs that belong to it; words of Latin.
_ALONE = re.compile(rf"{_LATIN}[\w@./:+#&'’ -]*[\w+#]|{_LATIN}|{_NUMBER}", re.ASCII)
_SIGNED = re.compile(rf"{_LATIN}[\w@./:+#&'’ -]*[\w+#]|{_LATIN}|[-+]?[%٪$]?{_NUMBER}(?:[-+–]{_NUMBER})*[%٪]?", re.ASCII)


@dataclass(frozen=True)
class Line:
    """Letters that stand beside one another, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def left(self) -> float:
        return min(each.left for each in self.glyphs)

    @cached_property
    def right(self) -> float:
        return max(each.right for each in self.glyphs)

    @cached_property
    def base(self) -> float:
        """What it stands on."""
        return median(each.base for each in self.glyphs)

    @cached_property
    def size(self) -> float:
        return median(each.size for each in self.glyphs)

    def text(self, *, from_right: bool) -> str | None:
        """As it is written, on a page that is read ``from_right``; None where that cannot be told."""
        return _written(self.glyphs, from_right)

    def seen(self, *, from_right: bool) -> tuple[str, bool]:
        """As it is written, or about so where that cannot be told; and whether it can."""
        known = self.text(from_right=from_right)
        if known is not None:
            return known, True
        units = [unit or "�" for unit in _units(self.glyphs)]
        heads = "".join(unit[0] for unit in units)
        return "".join(units[at] for at in (_order(heads, _ALONE) if from_right else range(len(units)))), False


def lines(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """The lines that letters make, from the top."""
    row: list[Glyph] = []
    for each in sorted((each for each in glyphs if each.size > 0), key=lambda one: one.base):
        if row and each.base - row[-1].base > _SAME_LINE * min(each.size, row[-1].size):
            yield _line(row)
            row = []
        row.append(each)
    if row:
        yield _line(row)


def _line(row: Sequence[Glyph]) -> Line:
    return Line(tuple(sorted(row, key=lambda each: (each.middle[0], each.at))))


def pieces(line: Line, gap: float) -> Iterator[Line]:
    """A line cut where the blank between two letters is wider than ``gap`` of their size."""
    row: list[Glyph] = []
    end = 0.0
    for each in line.glyphs:
        if not each.text.strip() and each.text:
            continue
        if row and each.left - end > gap * line.size:
            yield Line(tuple(row))
            row = []
        row.append(each)
        end = max(end, each.right) if len(row) > 1 else each.right
    if row:
        yield Line(tuple(row))


def is_from_right(glyphs: Iterable[Glyph]) -> bool:
    """Whether most letters are of a script that runs from right to left."""
    kinds = [bidirectional(each.text[0]) for each in glyphs if each.text]
    return sum(kind in ("R", "AL") for kind in kinds) > sum(kind == "L" for kind in kinds)


def _written(glyphs: Sequence[Glyph], from_right: bool) -> str | None:
    units = list(_units(glyphs))
    if not all(units):
        return None
    tidy = [unit for unit, before in zip(units, [" ", *units], strict=False) if unit != " " or before != " "]
    if tidy and tidy[-1] == " ":
        tidy.pop()
    if from_right or any(bidirectional(letter) in _RIGHT for unit in tidy for letter in unit):
        return _logical(tidy)
    return "".join(tidy)


def _units(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """The letters from left to right with the marks above them, and a blank where one stands between two; «» is one
    nobody knows.
    """
    bases = list(_together(each for each in glyphs if not _is_mark(each.text)))
    marks: dict[int, str] = {}
    for mark in (each for each in glyphs if _is_mark(each.text)):
        under = [at for at, each in enumerate(bases) if each.left - 0.5 <= mark.middle[0] <= each.right + 0.5]
        if under:
            marks[under[-1]] = marks.get(under[-1], "") + mark.text
    for at, each in enumerate(bases):
        before = bases[at - 1] if at else None
        if before is not None and each.left - before.right > _BLANK * each.size:
            yield " "
        text = normalize("NFKC", each.text) if _PRESENTED.search(each.text) else each.text
        text = _MARKS.sub("", text)
        if text or not each.text:
            yield text + marks.get(at, "")


def _together(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The letters, those that are drawn as one, such as لا, as one."""
    row: list[Glyph] = []
    for each in glyphs:
        if row and (abs(each.left - row[0].left) > _SAME_PLACE or abs(each.right - row[0].right) > _SAME_PLACE):
            yield _as_one(row)
            row = []
        row.append(each)
    if row:
        yield _as_one(row)


def _as_one(row: Sequence[Glyph]) -> Glyph:
    if len(row) == 1:
        return row[0]
    texts = [each.text for each in sorted(row, key=lambda each: each.at)]
    if len(set(texts)) == 1:  # drawn twice, to look bold
        return row[0]
    text = "".join(texts)
    return replace(row[0], text=text[::-1] if _TURNED_LAM.fullmatch(text) else text)


def _is_mark(text: str) -> bool:
    return bool(text) and combining(text[0]) > 0


def _logical(units: Sequence[str]) -> str | None:
    """The order in which letters are written that would be shown so; None where there is none. Fonts tell of a bracket
    what it looks like, or what it is: the reading is right in which brackets open before they close.
    """
    shown = "".join(unit[0] for unit in units)
    found: dict[str, int] = {}
    for mirrors in (False, True):
        heads = shown.translate(_MIRRORED) if mirrors else shown
        for runs in (_ALONE, _SIGNED):
            order = _order(heads, runs)
            said = "".join(heads[at] for at in order)
            if str(get_display(said, base_dir="R")) in (shown, shown.translate(_MIRRORED)):
                whole = "".join(units[at].translate(_MIRRORED) if mirrors else units[at] for at in order)
                found.setdefault(whole, _unpaired(whole))
    best = min(found, key=lambda each: found[each], default=None)
    return best if best is not None and found[best] < _NO_PAIR else None


def _order(heads: str, runs: re.Pattern[str]) -> list[int]:
    """Letters read from the right, and what runs from left to right among them as it stands."""
    found: list[range] = []
    at = 0
    for match in runs.finditer(heads):
        found += [range(match.start() - 1, at - 1, -1), range(match.start(), match.end())]
        at = match.end()
    found.append(range(len(heads) - 1, at - 1, -1))
    return [each for part in reversed(found) for each in part]


def _unpaired(text: str) -> int:
    """0 where brackets open before they close, 1 where one closes a number or a letter of a list before."""
    depth = 0
    for letter in _LISTED.sub("", text):
        depth += (letter in "([{«") - (letter in ")]}»")
        if depth < 0:
            return _NO_PAIR
    return _NO_PAIR if depth else int(_LISTED.match(text) is not None)
