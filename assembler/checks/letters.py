"""The letters of a packet: what each cannot do without, and what the secretariat still has to give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from assembler.base.problems import Place, Problem, problem
from assembler.model.filled import FilledForm, FilledItem, first_printed
from assembler.model.packet import Packet, Part
from assembler.model.reports import FieldText, PartSpec, ReportSpec
from assembler.model.templates import BODY

_REGISTERED = MappingProxyType({"number": "شماره", "date": "تاریخ", "attachment": "پیوست"})
_SIGNED = ("signer_name", "signer_post")
# What a letter must have, and the fields of which one at least says it.
_NEEDED = MappingProxyType(
    {
        "letter-no-addressee": ("addressee", "addressee_post"),
        "letter-no-subject": ("subject",),
        "letter-no-text": (BODY,),
        "letter-no-signer": _SIGNED,
    }
)


def check_letter_parts(
    packet: Packet,
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    templates: Mapping[str, frozenset[str] | None],
) -> Iterator[Problem]:
    """Letters without addressee, subject, text or signer, and those without a number, date or attachment line.

    A template with no room for one of them may print it by itself. A letter shown in another part goes to nobody.
    ``templates`` are the names each template prints; nothing is said of what one that is not there would print.
    """
    specs = {part.name: part for part in report.parts}
    for part in packet.parts:
        if part.kind == "letter":
            yield from _unregistered(part)
            if not part.placed and part.template in templates:
                yield from _lacking(part, specs[part.name], report, forms, templates[part.template])


def _unregistered(part: Part) -> Iterator[Problem]:
    """A letter whose number, date or attachment line stays empty; one finding a letter."""
    empty = [name for name in _REGISTERED if not part.fields.get(name)]
    if empty:
        fields = "، ".join(_REGISTERED[name] for name in empty)
        yield problem("letter-incomplete", Place(item=part.title), title=part.title, fields=fields)


def _lacking(
    part: Part,
    spec: PartSpec,
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    printed: frozenset[str] | None,
) -> Iterator[Problem]:
    """What a letter lacks on paper; ``printed`` are the names its template prints, None where they cannot be read."""
    for code, names in _NEEDED.items():
        said = [name for name in names if (part.blocks if name == BODY else part.fields.get(name))]
        room = printed is None or not printed.isdisjoint(names)
        if said and not room:
            tags = "، ".join(f"{{{{ {name} }}}}" for name in said)
            yield problem("letter-not-printed", spec.place, title=part.title, template=part.template, tags=tags)
        elif room and not said:
            texts = _texts(spec, names, report)
            answers = _answers(spec, names, texts, forms)
            places = [*(item.place for item in answers), *(text.place for text in texts), spec.place]
            if not any(item.required for item in answers):  # else the first ring tells that it is empty
                yield problem(code, places[0], title=part.title)


def _texts(spec: PartSpec, names: tuple[str, ...], report: ReportSpec) -> list[FieldText]:
    """The texts that would fill in the names: fields of the part, and what its signer is called."""
    texts = [spec.fields[name] for name in names if name in spec.fields]
    if names == _SIGNED:
        signers = (signer for signer in report.signers if signer.key == spec.signer)
        texts += [FieldText(text, spec.place) for signer in signers for text in (signer.name, signer.post)]
    return texts


def _answers(
    spec: PartSpec, names: tuple[str, ...], texts: list[FieldText], forms: Mapping[str, FilledForm]
) -> list[FilledItem]:
    """The answers that would have been printed."""
    printed = [item for text in texts if (item := first_printed(text.text, forms))]
    own = forms[spec.form].items if spec.form else {}
    return printed + [own[name] for name in names if name in own]
