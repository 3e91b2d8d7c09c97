"""Letters cited in texts, without a rule: one number with two dates, over all forms of a case.

What a case answers as a document's number and date is held against what its texts say of that document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import jdatetime

from assembler.base.persian import fold, format_date
from assembler.base.problems import Problem, problem
from assembler.checks.rules.citations import Citation, citations, may_cite, otherwise
from assembler.checks.rules.texts import texts_of
from assembler.model.filled import FilledForm


def check_citations(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Dates beside a letter's number other than that it is answered with, or mostly cited with; each once a place."""
    names = tuple(used)
    answered = {number: (date, said) for name in names for number, date, said in _answered(forms[name])}
    mentions = [one for name in names for one in _cited_in(forms[name])]
    known = [one for one in mentions if fold(one.number) in answered]
    for one in dict.fromkeys(known):
        date, said = answered[fold(one.number)]
        if one.date != date:
            told = {"number": one.number, "date": format_date(one.date), "other": format_date(date)}
            yield problem("citation-differs", one.place, others=1, where=f" ({said})", **told)
    for place, evidence in otherwise(one for one in mentions if fold(one.number) not in answered):
        yield problem("citation-differs", place, **evidence)


def _answered(form: FilledForm) -> Iterator[tuple[str, jdatetime.date, str]]:
    """The documents a form has fields for, one of the number and one of the date: «circular» and «circular_date»."""
    for name, item in form.items.items():
        dated = form.items.get(f"{name}_date") or form.items.get(f"{name.removesuffix('number')}date")
        date = dated.value if dated is not None and item.relevant else None
        if dated is not None and isinstance(item.value, str) and isinstance(date, jdatetime.date):
            yield fold(item.value), date, f"«{dated.spec.shown}»"


def _cited_in(form: FilledForm) -> Iterator[Citation]:
    for item in form.items.values():
        for text, place in texts_of(item, may_cite) if item.relevant else ():
            yield from citations(text, place)
