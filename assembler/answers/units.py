"""Reads ``units.yaml``: which department answers which forms and items of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assembler.base.persian import fold, normalise
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, describe, read
from assembler.model.folders import UNITS_FILE, CaseFolder
from assembler.model.reports import Library, ReportSpec

_SHAPE = "unit: [form, form.item]"


@dataclass(frozen=True)
class Units:
    """Who answers what: ``items`` holds names of items by form, in the order of the report, for each unit.

    ``unassigned`` are the forms, or ``form.item``, that are asked and nobody has.
    """

    items: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    unassigned: tuple[str, ...] = ()

    def of(self, name: str) -> Mapping[str, tuple[str, ...]] | None:
        """What a unit answers, whatever the spelling of its name; None when there is no such unit."""
        return next((items for unit, items in self.items.items() if fold(unit) == fold(name)), None)


def read_units(folder: Path, library: Library, report: ReportSpec) -> tuple[Units, tuple[Problem, ...]]:
    """The units of a case with all problems of their file. A case without the file has no units, and no problem.

    A form that is named gives all its items; one item belongs to one unit, and one named by itself does not come with
    its form: ``form`` for one unit and ``form.item`` for another go together.
    """
    path = CaseFolder(folder).units_file
    if not path.exists():
        return Units(), ()
    node, problems = read(path)
    if node is None:
        return Units(), problems
    reader = _Reader(_asked(library, report), Place(file=str(path)))
    return reader.units(node), (*problems, *reader.problems)


def _asked(library: Library, report: ReportSpec) -> Mapping[str, tuple[str, ...]]:
    """The items somebody answers, by form, in the order of the report."""
    forms = {"case": report.case, **{name: library.forms[name] for name in report.used_forms}}
    found = {name: tuple(item.name for item in spec.items if item.is_asked) for name, spec in forms.items()}
    return {name: items for name, items in found.items() if items}


class _Reader:
    """Gives each item its unit; ``problems`` fills as it goes."""

    def __init__(self, asked: Mapping[str, tuple[str, ...]], place: Place) -> None:
        self.asked = asked
        self.place = place
        self.problems: list[Problem] = []
        self.whole: dict[str, str] = {}
        self.single: dict[tuple[str, str], str] = {}

    def units(self, node: Node) -> Units:
        names = dict.fromkeys(map(normalise, node.entries)) if isinstance(node, MappingNode) else {}
        for unit, named, place in self._named(node):
            self._give(unit, named, place)
        owners = {
            (form, item): self.single.get((form, item)) or self.whole.get(form, "")
            for form, items in self.asked.items()
            for item in items
        }
        found = {unit: self._items(unit, owners) for unit in names}
        return Units(found, tuple(self._unassigned(owners)))

    def _named(self, node: Node) -> Iterator[tuple[str, str, Place]]:
        """Each name a unit lists, with its line."""
        if isinstance(node, Scalar) and node.text is None:
            return
        if not isinstance(node, MappingNode):
            self._report("wrong-shape", self.place.within(line=node.line), expected=_SHAPE, found=describe(node))
            return
        for unit, listed_node in node.entries.items():
            place = self.place.within(line=node.line_of(unit))
            each_node = listed_node.items if isinstance(listed_node, Sequence) else (listed_node,)
            for each in each_node:
                if isinstance(each, Scalar) and each.text:
                    yield normalise(unit), each.text.strip(), place.within(line=each.line)
                elif not isinstance(each, Scalar):
                    self._report("wrong-shape", place, expected=_SHAPE, found=describe(each))

    def _give(self, unit: str, named: str, place: Place) -> None:
        form, _, item = named.rpartition(".") if "." in named else (named, "", "")
        if form not in self.asked:
            self._report("unknown-form", place, name=form, guess=guess(form, self.asked))
        elif item and item not in self.asked[form]:
            near, known = guess(item, self.asked[form]), listed(self.asked[form], 20)
            self._report("unknown-item", place, name=item, shape=form, guess=near, known=known)
        elif item:
            other = self.single.setdefault((form, item), unit)
            self._refuse_second(other, unit, named, place)
        else:
            self._refuse_second(self.whole.setdefault(form, unit), unit, named, place)

    def _refuse_second(self, other: str, unit: str, named: str, place: Place) -> None:
        if other != unit:
            self._report("unit-twice", place, name=named, one=other, other=unit)

    def _items(self, unit: str, owners: Mapping[tuple[str, str], str]) -> Mapping[str, tuple[str, ...]]:
        found = {
            form: tuple(item for item in items if owners[form, item] == unit) for form, items in self.asked.items()
        }
        return {form: items for form, items in found.items() if items}

    def _unassigned(self, owners: Mapping[tuple[str, str], str]) -> Iterator[str]:
        for form, items in self.asked.items():
            free = [item for item in items if not owners[form, item]]
            yield from [form] if len(free) == len(items) else [f"{form}.{item}" for item in free]

    def _report(self, code: str, place: Place, **arguments: object) -> None:
        self.problems.append(problem(code, place, **arguments))


# ---------------------------------------------------------------- for editors


def units_schema(library: Library) -> dict[str, Any]:
    """A JSON Schema of ``units.yaml``: the names of units, each with forms and items of forms."""
    specs = [*library.forms.values(), *(report.case for report in library.reports.values())]
    names = sorted({name for spec in specs for name in (spec.id, *(f"{spec.id}.{each.name}" for each in spec.items))})
    one = {"enum": names}
    listed_names = {"type": "array", "items": one, "uniqueItems": True}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": UNITS_FILE,
        "type": ["object", "null"],
        "additionalProperties": {"anyOf": [one, listed_names]},
    }
