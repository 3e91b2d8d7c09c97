"""How far a case is, as one person sees it: for the list of what is to be done, and the head of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import jdatetime

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.rights import Rights
from assembler.actions.status import CaseState, DeadlineState, FormState, Progress, state_of
from assembler.base.expressions import unfilled
from assembler.base.persian import date_text
from assembler.base.problems import Problem
from assembler.model.acts import CaseOverview, Due, FormStanding, Person, Section, State
from assembler.model.filled import FilledForm
from assembler.model.judged import Judged

_PLACES = 2  # of the guidance: the chapter and the number, what follows is exacter than one looks for
_STATES: Mapping[Progress, State] = {
    "open": "empty",
    "incomplete": "begun",
    "complete": "complete",
    "not_applicable": "not_applicable",
    "optional": "optional",
}


def overview(desk: Desk, person: Person, today: jdatetime.date | None = None) -> CaseOverview:
    """A case on a day, that of the clock when none is given: of forms he sees in part, what he sees of them is counted.

    Raises AssemblerError when one of its files cannot be read.
    """
    with desk.looking(person) as (case, rights):
        judged = _seen(desk.judged(), rights)
        forms = {name: _seen_form(name, form, rights) for name, form in judged.forms.items()}
        state = state_of(judged, case.library, today or jdatetime.date.today(), forms)
        return CaseOverview(
            name=state.case,
            title=_title(state.title, case.report.title),
            report=state.report,
            version=case.version,
            sections=tuple(_sections(state, rights)),
            percent=state.percent,
            errors=state.errors,
            warnings=state.warnings,
            changed=case.changed_at,
            due=tuple(map(_due, state.deadlines)),
            problems=tuple(found for found in judged.problems if found.place.form is None),
        )


def _title(said: str, asked: str) -> str:
    """The title of a case; as long as nothing of it is answered, what is missing has a gap."""
    return unfilled(asked) if said == unfilled(asked, "") else said


def _sections(state: CaseState, rights: Rights) -> Iterator[Section]:
    parts = (
        ("", (state.fields,)),
        *((dimension.title, dimension.forms) for dimension in state.dimensions),
        ("", state.others),
    )
    for title, forms in parts:
        if found := tuple(_standing(form, rights) for form in forms if form.form in rights.forms):
            yield Section(title, found)


def _standing(form: FormState, rights: Rights) -> FormStanding:
    spec = rights.specs[form.form]
    return FormStanding(
        form=form.form,
        title=form.title,
        state=_STATES[form.progress],
        missing=form.missing,
        errors=form.errors,
        warnings=form.warnings,
        label=form.label,
        source="، ".join(spec.source.clause[:_PLACES]) if form.form != "case" else "",
        writable=any(item.is_asked and rights.writes(form.form, item.name) for item in spec.items),
    )


def _due(deadline: DeadlineState) -> Due:
    day = date_text(deadline.due) if deadline.due else ""
    return Due(deadline.label, day, deadline.days, deadline.standing)


def _seen(judged: Judged, rights: Rights) -> Judged:
    """What somebody sees of what is told of a case."""
    if rights.sees_all:
        return judged
    problems = tuple(found for found in judged.problems if _sees(found, rights))
    return replace(judged, problems=problems, accepted=tuple(a for a in judged.accepted if _sees(a.problem, rights)))


def _seen_form(name: str, form: FilledForm, rights: Rights) -> FilledForm:
    """What somebody sees of a form; how it stands as a whole is for who sees it whole."""
    items = {each: item for each, item in form.items.items() if rights.sees(name, each)}
    return form if len(items) == len(form.items) else replace(form, items=items, summary=None)


def _sees(found: Problem, rights: Rights) -> bool:
    return rights.tells(found.place.form or "", found.place.item or "")
