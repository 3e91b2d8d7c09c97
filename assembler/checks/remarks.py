"""What is remarked beside the answers: by the makers of the forms, by the agency in its own files; and what of its
letters no guidance says."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.packet import Packet
from assembler.model.remarks import Remark, Remarks, makers_remarks, own_doubts, shortened
from assembler.model.reports import ReportSpec


def check_own_words(packet: Packet, report: ReportSpec) -> Iterator[Problem]:
    """An information for each letter that says what no guidance says."""
    why = {part.name: part.own for part in report.parts}
    for part in packet.parts:
        if part.own:
            sentences = Remarks(tuple(Remark("", shortened(sentence)) for sentence in part.own))
            place = Place(item=part.title)
            yield problem("letter-own-words", place, reason=why[part.name], sentences=sentences)


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
