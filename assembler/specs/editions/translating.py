"""Texts of the edition before in the words of the new one: forms by their new names, numbers by the new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assembler.base.persian import persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import Node
from assembler.specs.editions.tracing import scalars

_FORM = re.compile(r"(?<![\w/-])([a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9_-]*)(?:(['\"]\)\.|\.)([a-z][a-z0-9_]*))?")
_NUMBERS = r"[۰-۹0-9]+(?:(?:، ?| و )[۰-۹0-9]+)*"
_LOST = "\ue000"  # before a number nothing bears any more; no text holds this character
KEEPING = ("was", "edition_of")  # words that speak of the edition before


@dataclass(frozen=True)
class Translation:
    """``forms`` maps old forms to new ones, ``old`` are all forms of the edition before, ``called`` is the word
    before the numbers of forms in texts, ``document`` the guidance of both, ``phrases`` are words that read otherwise,
    ``items`` new names of items by the old ones, as form.item.
    """

    forms: Mapping[str, str] = field(default_factory=dict)
    old: frozenset[str] = frozenset()
    called: str = ""
    document: tuple[str, str] = ("", "")
    phrases: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    def words(self, text: str) -> str:
        """A text of the edition before as the new one says it."""
        if text and text == self.document[0]:
            return self.document[1] or text
        for phrase, other in self.phrases.items():
            text = text.replace(phrase, other)
        renamed = _FORM.sub(self._renamed, text)
        return self._called.sub(self._renumbered, renamed) if self.called and self.called in renamed else renamed

    def _renamed(self, found: re.Match[str]) -> str:
        form, between, item = found[1], found[2] or "", found[3] or ""
        return self.forms.get(form, form) + between + self.items.get(f"{form}.{item}", item)

    def lost(self, node: Node, place: Place) -> Iterator[Problem]:
        """What of the edition before the new one still names, each at its line."""
        for each in scalars(node, KEEPING):
            for name in dict.fromkeys(self._lost_in(each.text or "")):
                yield problem("edition-named", place.within(line=each.line), name=name)

    def _lost_in(self, text: str) -> Iterator[str]:
        yield from (found[1] for found in _FORM.finditer(text) if found[1] in self.old)
        yield from (f"{self.called} {found}" for found in re.findall(_LOST + "([۰-۹0-9]+)", text))

    @cached_property
    def _called(self) -> re.Pattern[str]:
        """One number behind the word, or several behind its plural."""
        word = re.escape(self.called)
        return re.compile(rf"({word}\u200cهای? \(?)({_NUMBERS})|({word} \(?)([۰-۹0-9]+)")

    @cached_property
    def _numbers(self) -> Mapping[int, int | None]:
        """The new number of each form that is called by one; None of one that has none any more."""
        numbers = {old: _number(old) for old in self.old}
        found = {number: self.forms.get(old) for old, number in numbers.items() if number is not None}
        return {number: _number(new) if new else None for number, new in found.items()}

    def _renumbered(self, found: re.Match[str]) -> str:
        head, numbers = (found[1], found[2]) if found[1] else (found[3], found[4])
        return head + re.sub("[۰-۹0-9]+", lambda each: self._number(each[0]), numbers)

    def _number(self, told: str) -> str:
        number = int(told)
        if number not in self._numbers:
            return told
        new = self._numbers[number]
        if new is None:
            return _LOST + told
        return persian_digits(str(new)) if told[0] in "۰۱۲۳۴۵۶۷۸۹" else str(new)


def _number(form: str) -> int | None:
    name = form.rpartition("/")[2]
    return int(name) if name.isdecimal() else None
