"""One fault of one cell is told once: where two checks look at the same thing, what the plainer one says is enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from assembler.base.problems import Place, Problem

# Findings that say nothing new beside another at the same place.
_SAID_BY: Mapping[str, Collection[str]] = {
    "above-cap": ("constraint",),
    "below-zero": ("constraint",),
    "code-shared": ("row-repeated", "pair-differs"),
    "cell-blank": ("required",),
    "left-blank": ("required",),
    "too-early": ("year-date", "end-before-start"),
    "not-rising": ("year-date",),
    "year-slip": ("year-date",),
    "year-swapped": ("year-date",),
    "year-off": ("year-date", "year-swapped", "year-far", "too-early", "end-before-start", "not-rising"),
    "year-far": ("year-date",),
    "pair-differs": ("constraint",),
    "text-unfinished": ("text-filler", "text-echo"),
    "text-question": ("text-filler", "text-echo"),
}


def told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems without what another one at their cell tells already, and one for each row that repeats another
    and each letter cited otherwise.
    """
    found = tuple(problems)
    codes: dict[Place, set[str]] = {}
    for each in found:
        codes.setdefault(each.place, set()).add(each.code)
    repeated: set[Place] = set()
    cited: set[tuple[Place, object]] = set()
    for each in found:
        row = each.place.within(line=None, column=None)
        if each.code == "row-repeated" and row in repeated:
            continue
        if each.code == "row-repeated":
            repeated.add(row)
        if each.code == "citation-differs":
            key = (each.place, each.arguments.get("number"))
            if key in cited:
                continue
            cited.add(key)
        if codes[each.place].isdisjoint(_SAID_BY.get(each.code, ())):
            yield each
