"""Names shared with Word templates: those of the templates, and the fields a part gives its own to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.reports import PartSpec, ReportSpec
from assembler.model.templates import OFFERED, PLACEHOLDERS


def check_templates(report: ReportSpec, templates: Mapping[str, frozenset[str] | None]) -> Iterator[Problem]:
    """Templates there are not, and fields nobody would ever see; ``templates`` with the names each prints."""
    for part in report.parts:
        if part.kind == "evidence":
            continue
        if part.template in templates:
            yield from _check_fields(part, templates)
        else:
            near, known = guess(part.template, templates), "، ".join(templates)
            yield problem("unknown-template", part.place, name=part.template, guess=near, known=known)


def _check_fields(part: PartSpec, templates: Mapping[str, frozenset[str] | None]) -> Iterator[Problem]:
    """Fields that neither the template of a part nor the program knows; the templates of most parts need no look."""
    offered = OFFERED[part.kind].keys() - PLACEHOLDERS.keys()
    if part.fields.keys() <= offered or (printed := templates[part.template]) is None:
        return
    known = sorted(offered | (printed - PLACEHOLDERS.keys()))
    for name, field in part.fields.items():
        if name not in known:
            near, names = guess(name, known), listed(known, 40)
            yield problem(
                "unknown-field", field.place, name=name, part=part.name, template=part.template, guess=near, known=names
            )
