"""What depends on itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from assembler.base.expressions import parse, references
from assembler.base.problems import Place, Problem, problem
from assembler.model.specs import Column, Expression, FormSpec, Item
from assembler.model.tables import PrintedRow
from assembler.specs.language.names import ROW_NAMES

_Node = tuple[str, str, str, str]  # form, item, column («» for the item itself), printed row («» for all)
_Graph = dict[_Node, set[_Node]]


def circles(forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    graph: _Graph = {}
    places: dict[_Node, Place] = {}
    for form in forms.values():
        for item in form.items:
            node = (form.id, item.name, "", "")
            places[node] = item.place
            graph.setdefault(node, set()).update(_dependencies(form, (item.relevant, item.calculation)))
            graph[node].update(_sources(item))
            for column in item.columns:
                places[form.id, item.name, column.name, ""] = column.place
            if any(row.calculations for row in item.rows):
                _row_by_row(form, item, graph, places)
            else:
                _all_rows(form, item, graph)
    for named in {node for nodes in graph.values() for node in nodes if node not in graph}:
        graph[named] = {(*named[:3], "")} if named[3] else set()
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
        yield (form, name, "", "")


def _all_rows(form: FormSpec, item: Item, graph: _Graph) -> None:
    """The columns of a table in whose rows the same is reckoned of the same."""
    for column in item.columns:
        inside = {other.name: (form.id, item.name, other.name, "") for other in item.columns}
        found = _dependencies(form, (column.relevant, column.calculation), inside)
        graph.setdefault((form.id, item.name, column.name, ""), set()).update(found)


def _row_by_row(form: FormSpec, item: Item, graph: _Graph, places: dict[_Node, Place]) -> None:
    """Every cell of a table whose rows reckon themselves; a whole column is what its ordinary rows are."""
    for column in item.columns:
        whole = graph.setdefault((form.id, item.name, column.name, ""), set())
        for row in (each for each in item.rows if not each.heading):
            node = (form.id, item.name, column.name, row.name)
            places[node] = row.place
            inside = {other.name: (*node[:2], other.name, row.name) for other in item.columns}
            if column.name in row.calculations:
                inside = {each.name: (*node[:3], each.name) for each in item.rows} | inside
            graph.setdefault(node, set()).update(_dependencies(form, _deciding(item, column, row), inside))
            whole.update([] if row.reckoned else [node])


def _deciding(item: Item, column: Column, row: PrintedRow) -> tuple[Expression | None, ...]:
    return column.relevant, item.calculation_of(column, row.name)


def _dependencies(
    form: FormSpec, deciding: tuple[Expression | None, ...], inside: Mapping[str, _Node] | None = None
) -> Iterator[_Node]:
    """What expressions name; ``inside`` are the cells of a table that go by bare names."""
    for expression in filter(None, deciding):
        for reference in references(parse(expression.source)):
            if reference.name in ROW_NAMES or reference.form in ("case", "row") or not reference.name:
                continue
            if reference.previous:
                continue  # another case: nothing there depends on this one
            if inside and not reference.form and reference.name in inside:
                yield inside[reference.name]
                continue
            owner = reference.form or form.id
            yield (owner, reference.name, reference.column, reference.row)
            # Counting rows looks at whether the table applies, not into its cells.
            if reference.table:
                yield (owner, reference.name, "", "")
