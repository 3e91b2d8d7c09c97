"""What is remarked beside the answers: by the makers of the forms, and by the agency in its own files."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from assembler.base.problems import Problem, problem
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.remarks import Remarks, makers_remarks, own_doubts


def check_remarks(case: Case, forms: Mapping[str, FilledForm], used: Container[str]) -> Iterator[Problem]:
    """An information for each form that is remarked on, however many remarks there are."""
    for name, form in forms.items():
        if name not in used:
            continue
        if remarks := makers_remarks(form.spec):
            place = form.place.within(form=name)
            yield problem("makers-remarks", place, remarks=Remarks(remarks))
        answered = case.fields if name == "case" else case.forms.get(name)
        if answered and (doubts := own_doubts(answered, form.spec)):
            place = answered.place.within(form=name)
            yield problem("own-doubts", place, remarks=Remarks(doubts))
