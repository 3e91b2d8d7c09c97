"""Texts that go through the entries of a list by their numbers: «مصوبه‌های ۱، ۲ و ۳ اجرا شد»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.base.persian import ZWNJ, latin_digits
from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject
from assembler.model.answers import texts_in
from assembler.model.rules import Entries

_PLURAL = rf"(?:[{ZWNJ} ]?(?:های|ها|ات))?"
_NUMBERS = r"(?P<numbers>\d{1,2}(?:\s*(?:،|,|و|تا|الی|-)\s*\d{1,2})*)(?![\d/.٫])"
_RANGE = re.compile(r"(\d+)\s*(?:تا|الی|-)\s*(\d+)")


def entries(subject: Subject[Entries]) -> Iterator[Problem]:
    """Entries the text passes over though it numbers the others, and numbers that no entry has."""
    there = sum(1 for name in subject.words.items for _ in _lines(subject, name))
    named = {number for text in texts_in(subject.item.value) for number in _named(subject, text)}
    if not named or not there:
        return
    label = "، ".join(f"«{subject.form.items[name].spec.shown}»" for name in subject.words.items)
    missing = [number for number in range(1, there + 1) if number not in named]
    surplus = sorted(number for number in named if number > there)
    for code, numbers in (("entries-missing", missing), ("entries-unknown", surplus)):
        if numbers:
            told = "، ".join(map(str, numbers))
            yield subject.find(code, subject.item.place, numbers=told, count=there, label=label)


def _lines(subject: Subject[Entries], name: str) -> Iterator[str]:
    for text in texts_in(subject.form.items[name].value):
        yield from (line for line in text.splitlines() if line.strip())


def _named(subject: Subject[Entries], text: str) -> Iterator[int]:
    before = re.escape(subject.words.says.partition("{}")[0].strip())
    for match in re.finditer(rf"(?<!\w){before}{_PLURAL}\s*{_NUMBERS}", latin_digits(text)):
        yield from map(int, re.findall(r"\d+", match["numbers"]))
        for first, last in _RANGE.findall(match["numbers"]):
            yield from range(int(first), int(last) + 1)
