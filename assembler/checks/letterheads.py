"""Whom a letter is headed and signed by, against whose case it is: the province, the agency, the signer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assembler.base.persian import fold, normalise
from assembler.base.problems import Place, Problem, problem
from assembler.checks.words.office_names import headed_by, office_in
from assembler.model.filled import FilledForm
from assembler.model.packet import Packet, Part
from assembler.model.templates import NO_LETTERHEAD, Letterhead

_PROVINCE = "استان"
_IN_PROVINCE = re.compile(rf"(?<!\w){_PROVINCE} ([^،,؛;:.()«»\n]+)")


def check_letterheads(
    packet: Packet, forms: Mapping[str, FilledForm], letterheads: Mapping[str, Letterhead]
) -> Iterator[Problem]:
    """Letters headed or signed by a province or an agency that is not the case's, as when a list of units leaves it
    out or a template is another office's; and templates into which another signer is typed.

    A letter shown in another part is somebody's paper, whoever that was.
    """
    for part in packet.parts:
        if part.kind == "letter" and not part.placed:
            typed = letterheads.get(part.template, NO_LETTERHEAD)
            told = list(_of_another_province(part, typed, forms))
            yield from told or _of_another_agency(part, packet.author, typed, forms)
            yield from _of_another_signer(part, typed)


def _of_another_province(part: Part, typed: Letterhead, forms: Mapping[str, FilledForm]) -> Iterator[Problem]:
    own = forms["case"].items.get("province") if "case" in forms else None
    if own is None or not isinstance(own.value, str):
        return
    province = fold(own.value).removeprefix(fold(_PROVINCE))
    for line in (*_lines(part, "hierarchy", "address"), *typed.lines, _post(part)):
        named = _IN_PROVINCE.search(normalise(line))
        if named and not fold(named[1]).startswith(province):
            said = f"{_PROVINCE} {named[1].strip()}"
            yield problem("letter-other-province", own.place, title=part.title, said=said, province=own.value)
            return


def _of_another_agency(
    part: Part, agency: str, typed: Letterhead, forms: Mapping[str, FilledForm]
) -> Iterator[Problem]:
    """Where offices of the agency's kind are named, one of them must be the agency: those above it may be of its
    kind, too.
    """
    own = office_in(agency)
    if own is None:
        return
    heads = [(line, office_in(line)) for line in (*_lines(part, "hierarchy"), *typed.lines)]
    for said in (heads, [(_post(part), headed_by(_post(part)))]):
        named = [(line, office) for line, office in said if office and office.kind == own.kind]
        if named and not any(own.may_be(office) for _, office in named):
            yield problem(
                "letter-other-agency", _place(part, forms), title=part.title, said=named[-1][0], agency=agency
            )
            return


def _of_another_signer(part: Part, typed: Letterhead) -> Iterator[Problem]:
    """A name typed below the signature of a template, where another one signs."""
    if part.signer and typed.signed and fold(part.signer.name) not in fold(" ".join(typed.signed)):
        said = "، ".join(typed.signed)
        yield problem(
            "letter-other-signer", Place(item=part.title), title=part.title, said=said, signer=part.signer.name
        )


def _lines(part: Part, *names: str) -> list[str]:
    head = (part.fields.get(name, "") for name in names)
    return [line for text in head for line in ((text,) if isinstance(text, str) else text) if isinstance(line, str)]


def _post(part: Part) -> str:
    return part.signer.post if part.signer else ""


def _place(part: Part, forms: Mapping[str, FilledForm]) -> Place:
    """The answer that names the agency, where the case has one so called."""
    own = forms["case"].items.get("agency") if "case" in forms else None
    return own.place if own else Place(item=part.title)
