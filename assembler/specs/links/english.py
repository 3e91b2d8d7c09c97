"""What has no English yet, in reports that are written in it: numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass

from assembler.base.problems import Place, Problem, problem
from assembler.model.reports import ReportSpec
from assembler.model.specs import Expression, FormSpec

_IN_WORDS = re.compile(r"\b(words|rials|tomans)\s*\(")
_SHAPE = "language: en"


def check_english(report: ReportSpec, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """Nothing of a report that is not in English."""
    if report.tongue.language != "en":
        return
    used = [forms[name] for name in report.used_forms if name in forms]
    for place, owner in ((report.place, report), *((form.place, form) for form in used)):
        for name in dict.fromkeys(_in_words(owner)):
            yield problem("word-unfit", place, name=name, shape=_SHAPE)


def _in_words(value: object) -> Iterator[str]:
    """The functions that say numbers in words, anywhere within a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Expression):
            yield from _IN_WORDS.findall(one.source)
        elif isinstance(one, str):
            yield from _IN_WORDS.findall(one) if "{{" in one else ()
        elif isinstance(one, tuple):
            waiting.extend(one)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif is_dataclass(one) and not isinstance(one, Place):
            waiting.extend(vars(one).values())
