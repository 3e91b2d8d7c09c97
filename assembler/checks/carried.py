"""Answers that came from another case and nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.messages import number
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.answers import AnsweredForm, Case
from assembler.model.carried import waiting
from assembler.model.filled import FilledForm
from assembler.model.names import short_name


def check_carried(case: Case, forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """One warning for all carried answers that stand as they came, which names them by their forms.

    An answer is confirmed when its value changes or when it leaves the list in its file.
    """
    wanted = set(used)
    listed_forms = [form for form in (case.fields, *case.forms.values()) if form.carried and form.form in wanted]
    for form in listed_forms:
        yield from _unknown(form, forms[form.form])
    yield from _told(listed_forms, forms, case.fields.place)


def unconfirmed(form: AnsweredForm, filled: FilledForm) -> tuple[str, ...]:
    """The carried answers of a form that apply and nobody confirmed."""
    return tuple(name for name in waiting(form) if name in filled.items and filled.items[name].relevant)


def _unknown(form: AnsweredForm, filled: FilledForm) -> Iterator[Problem]:
    names = [item.name for item in filled.spec.items]
    for name, (_, place) in form.carried.fingerprints.items() if form.carried else ():
        if name not in names:
            near, known = guess(name, names), listed(names)
            yield problem("carried-unknown", place.within(item=name), name=name, guess=near, known=known)


def _told(answered: Iterable[AnsweredForm], forms: Mapping[str, FilledForm], place: Place) -> Iterator[Problem]:
    """A warning for each case answers came from, most often one."""
    counts: dict[str, dict[str, int]] = {}
    for form in answered:
        open_names = unconfirmed(form, forms[form.form])
        if form.carried and open_names:
            counts.setdefault(form.carried.origin, {})[form.form] = len(open_names)
    for origin, found in counts.items():
        words = (f"«{short_name(forms[name].spec.shown)}» ({number(count)})" for name, count in found.items())
        yield problem(
            "carried", Place(file=place.file), origin=origin, count=sum(found.values()), forms="، ".join(words)
        )
