"""Letters cited in texts, without a rule: one number with two dates, over all forms of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.problems import Problem, problem
from assembler.checks.rules.citations import Citation, citations, may_cite, otherwise
from assembler.checks.rules.texts import texts_of
from assembler.model.filled import FilledForm


def check_citations(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Dates beside a letter's number other than the one it is mostly cited with; each once a place."""
    for place, evidence in otherwise(one for name in used for one in _cited_in(forms[name])):
        yield problem("citation-differs", place, **evidence)


def _cited_in(form: FilledForm) -> Iterator[Citation]:
    for item in form.items.values():
        for text, place in texts_of(item, may_cite) if item.relevant else ():
            yield from citations(text, place)
