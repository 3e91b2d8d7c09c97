"""Reads a folder of specifications into a Library, gathering every problem in every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from assembler.model import FormSpec, Library, ReportSpec
from assembler.problems import Place, Problem, problem
from assembler.specs.forms import build_form, extend
from assembler.specs.language import FORM_SHAPE, REPORT_SHAPE
from assembler.specs.links import check_forms, check_report
from assembler.specs.reports import build_report
from assembler.specs.shapes import validate
from assembler.suggest import guess, listed
from assembler.yamlfile import MappingNode, read


def read_library(folder: Path, templates: tuple[str, ...] | None = None) -> tuple[Library, tuple[Problem, ...]]:
    """All forms and reports below a folder, and all that is wrong with them.

    A file that begins with ``report:`` is a report, any other a form. ``templates`` are the Word templates there are;
    None leaves the template names unchecked.
    """
    forms: dict[str, FormSpec] = {}
    reports: dict[str, ReportSpec] = {}
    extended: dict[str, str] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    if not folder.is_dir():
        return Library({}, {}), (problem("file-missing", Place(file=str(folder)), name=str(folder)),)
    for path in sorted(folder.rglob("*.yaml")):
        place = Place(file=str(path))
        node, found = read(path)
        problems.extend(found)
        if node is None:
            continue
        is_report = isinstance(node, MappingNode) and "report" in node.entries
        departures = (*found, *validate(node, REPORT_SHAPE if is_report else FORM_SHAPE, place))
        problems.extend(departures)
        if not isinstance(node, MappingNode):
            continue
        # A file that departs from its shape is still built as far as it goes, so that all its problems come at once.
        if is_report:
            report, found = build_report(node, place)
            problems.extend(_taken(report.id, reports, report.place))
            reports[report.id] = report
        else:
            form, base, found = build_form(node, place)
            problems.extend(_taken(form.id, forms, form.place))
            forms[form.id] = form
            if base:
                extended[form.id] = base
            if departures or found:
                broken.add(form.id)
        problems.extend(found)
    problems.extend(_extend(forms, extended))
    problems.extend(check_forms(forms, frozenset(broken)))
    for report in reports.values():
        problems.extend(check_report(report, forms, frozenset(broken)))
        problems.extend(_templates(report, templates))
    return Library(forms, reports), _once(problems)


def _taken(name: str, known: Mapping[str, object], place: Place) -> Iterator[Problem]:
    if name and name in known:
        yield problem("duplicate-name", place, name=name, shape="form_specs")


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once: an item that several forms take over would be told of as often."""
    return tuple({(found.code, found.place, found.message): found for found in problems}.values())


def _extend(forms: dict[str, FormSpec], extended: Mapping[str, str]) -> Iterator[Problem]:
    """Puts the items of the extended forms in front; a form extends one that extends nothing."""
    for name, base in extended.items():
        form = forms[name]
        if base not in forms:
            yield problem("unknown-form", form.place, name=base, guess=guess(base, forms))
        elif base in extended:
            yield problem("cycle", form.place, path=f"{name} ← {base} ← {extended[base]}")
        else:
            forms[name] = extend(form, forms[base])
            yield from _layout(forms[name])


def _layout(form: FormSpec) -> Iterator[Problem]:
    """Items a layout shows that neither the form nor the one it extends has."""
    known = [item.name for item in form.items]
    for cell in (cell for row in form.layout for cell in row if cell.item and cell.item not in known):
        near = guess(cell.item, known)
        yield problem("unknown-item", form.place, name=cell.item, shape="layout", guess=near, known=listed(known))


def _templates(report: ReportSpec, templates: tuple[str, ...] | None) -> Iterator[Problem]:
    for part in report.parts:
        if part.kind == "evidence" or templates is None:
            continue
        if part.template not in templates:
            near, known = guess(part.template, templates), "، ".join(templates)
            yield problem("unknown-template", part.place, name=part.template, guess=near, known=known)
