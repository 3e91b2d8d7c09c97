"""What depends on itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from assembler.base.expressions import parse, references
from assembler.base.problems import Place, Problem, problem
from assembler.model.specs import Field, FormSpec, Item
from assembler.specs.language.names import ROW_NAMES

_Node = tuple[str, str, str]  # form, item, column («» for the item itself)


def circles(forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    graph: dict[_Node, set[_Node]] = {}
    places: dict[_Node, Place] = {}
    for form in forms.values():
        for item in form.items:
            node = (form.id, item.name, "")
            places[node] = item.place
            graph.setdefault(node, set()).update(_dependencies(form, item, item, forms))
            graph[node].update(_sources(item))
            for column in item.columns:
                cell = (form.id, item.name, column.name)
                places[cell] = column.place
                graph.setdefault(cell, set()).update(_dependencies(form, item, column, forms))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[_Node] = error.args[1]
        path = " ← ".join(".".join(filter(None, node)) for node in circle)
        yield problem("cycle", places.get(circle[0], Place()), path=path)


def _sources(item: Item) -> Iterator[_Node]:
    """The tables a prefilled table looks into."""
    for source in item.prefill.sources if item.prefill else ():
        form, _, name = source.rpartition(".")
        yield (form, name, "")


def _dependencies(form: FormSpec, item: Item, field: Field, forms: Mapping[str, FormSpec]) -> Iterator[_Node]:
    columns = {column.name for column in item.columns} if field is not item else set()
    deciding = [found for found in (field.relevant, field.calculation) if found]
    for expression in deciding:
        for reference in references(parse(expression.source)):
            if reference.name in ROW_NAMES or reference.form in ("case", "row") or not reference.name:
                continue
            if reference.previous:
                continue  # another case: nothing there depends on this one
            if not reference.form and reference.name in columns:
                yield (form.id, item.name, reference.name)
                continue
            owner = reference.form or form.id
            yield (owner, reference.name, reference.column)
            # Counting rows looks at whether the table applies, not into its cells.
            if reference.table:
                yield (owner, reference.name, "")
