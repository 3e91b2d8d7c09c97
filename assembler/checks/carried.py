"""Answers that came from another case and nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.answers import AnsweredForm, Carried, Case
from assembler.model.carried import fingerprint
from assembler.model.filled import FilledForm
from assembler.model.specs import FormSpec


def check_carried(case: Case, forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """A warning for every carried answer that stands as it came, or one for a form in which all of them do.

    An answer is confirmed when its value changes or when its line is taken out of ``carried``.
    """
    wanted = set(used)
    for form in (case.fields, *case.forms.values()):
        if form.carried and form.form in wanted:
            yield from _check_form(form, form.carried, forms[form.form].spec)


def _check_form(form: AnsweredForm, carried: Carried, spec: FormSpec) -> Iterator[Problem]:
    labels = {item.name: item.shown for item in spec.items}
    for name, (_, place) in carried.fingerprints.items():
        if name not in labels:
            near, known = guess(name, labels), listed(labels)
            yield problem("carried-unknown", place.within(item=name), name=name, guess=near, known=known)
    open_names = [name for name in carried.fingerprints if name in labels and _untouched(form, carried, name)]
    if len(open_names) > 1 and set(open_names) == _answered(form):
        count = len(open_names)
        yield problem("carried-form", carried.place, title=spec.title, origin=carried.origin, count=count)
        return
    for name in open_names:
        place = carried.fingerprints[name].place.within(item=name)
        yield problem("carried", place, label=labels[name], origin=carried.origin)


def _untouched(form: AnsweredForm, carried: Carried, name: str) -> bool:
    now = fingerprint(form, name)
    return bool(now) and now == carried.fingerprints[name].value


def _answered(form: AnsweredForm) -> set[str]:
    return {name for name in (*form.values, *form.tables) if fingerprint(form, name)}
