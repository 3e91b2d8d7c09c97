"""Names shared with Word templates: those of the templates, and what a part gives its own to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from assembler.base.likeness import within_a_letter
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.reports import PartSpec, ReportSpec
from assembler.model.specs import FormSpec
from assembler.model.templates import BODY, OFFERED, PLACEHOLDERS, SIGNATURE


def check_templates(
    report: ReportSpec, templates: Mapping[str, frozenset[str] | None], forms: Mapping[str, FormSpec]
) -> Iterator[Problem]:
    """Templates there are not, and fields nobody would ever see; ``templates`` with the names each prints."""
    for part in report.parts:
        if part.kind == "evidence":
            continue
        if part.template in templates:
            yield from _check_fields(part, forms, templates)
            yield from _check_room(part, templates)
        else:
            near, known = guess(part.template, templates), "، ".join(templates)
            yield problem("unknown-template", part.place, name=part.template, guess=near, known=known)


def _check_room(part: PartSpec, templates: Mapping[str, frozenset[str] | None]) -> Iterator[Problem]:
    """A signature and blocks for which the template keeps no place; that of a letter is told of when it is checked."""
    needed = {"signer": (part.signer, SIGNATURE), "content": (part.content, BODY)}
    if part.kind == "letter" or not any(given for given, _ in needed.values()):
        return
    printed = templates[part.template]
    for word, (given, mark) in needed.items():
        if given and printed is not None and mark not in printed:
            yield problem("word-unfit", part.place, name=word, shape=f"{part.template}.docx")


def _check_fields(
    part: PartSpec, forms: Mapping[str, FormSpec], templates: Mapping[str, frozenset[str] | None]
) -> Iterator[Problem]:
    """Fields that neither the template of a part nor the program knows; the templates of most parts need no look."""
    offered = OFFERED[part.kind].keys() - PLACEHOLDERS.keys()
    unknown = {name: field.place for name, field in part.fields.items() if name not in offered}
    unknown |= _slips(part, forms, offered)
    if not unknown or (printed := templates[part.template]) is None:
        return
    known = sorted(offered | (printed - PLACEHOLDERS.keys()))
    for name, place in unknown.items():
        if name not in known:
            near, names = guess(name, known), listed(known, 40)
            yield problem(
                "unknown-field", place, name=name, part=part.name, template=part.template, guess=near, known=names
            )


def _slips(part: PartSpec, forms: Mapping[str, FormSpec], offered: Set[str]) -> dict[str, Place]:
    """Items of a letter's form a letter away from a field that nothing fills: a form may ask for more than is printed,
    but hardly for that.
    """
    items = forms[part.form].items if part.form in forms else ()
    missing = offered - {item.name for item in items} - part.fields.keys()
    asked = (item for item in items if item.name not in offered)
    return {item.name: item.place for item in asked if any(within_a_letter(item.name, name) for name in missing)}
