"""What somebody said of the tables of departments: the next file with the same headers is read by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assembler.collect.foreign.grids import Grid
from assembler.collect.intake.heads import Path, paths, shapes
from assembler.collect.intake.likeness import letters, without_number
from assembler.collect.intake.proposing import Choices, Proposal

_BETWEEN = " | "


@dataclass(frozen=True)
class Known:
    """Headers whose meaning was said: of ``columns``, by table as ``form.item``, each header with the name of its
    column; of ``tables``, a face each, with the table it is.
    """

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    def also(self) -> Mapping[str, Mapping[str, str]]:
        """The headers by their letters, as candidates are known by them."""
        return {name: {letters(head): column for head, column in each.items()} for name, each in self.columns.items()}

    def table_of(self, grid: Grid) -> str:
        """The table a foreign one is known to be; «» when it is not."""
        known = {letters(face): name for face, name in self.tables.items()}
        faces = (face(grid, paths(grid, shape)) for shape in shapes(grid)) if known else ()
        return next((known[found] for each in faces if (found := letters(each)) in known), "")

    def and_(self, other: Known) -> Known:
        """Both; what the other says later counts."""
        names = {*self.columns, *other.columns}
        columns = {name: {**self.columns.get(name, {}), **other.columns.get(name, {})} for name in sorted(names)}
        return Known(columns, {**self.tables, **other.tables})


def face(grid: Grid, above: tuple[Path, ...]) -> str:
    """By what a foreign table is known again: the line above it, and its headers."""
    line = without_number(grid.before[-1]) if grid.before else ""
    return _BETWEEN.join(filter(None, (line, *(" ".join(path) for path in above))))


def learnt(found: Iterable[Proposal], choices: Choices) -> Known:
    """What was said of the tables of a file, as it is remembered."""
    columns: dict[str, dict[str, str]] = {}
    tables: dict[str, str] = {}
    for each in found:
        if each.match is None:
            continue
        name, above = each.match.candidate.name, each.match.paths
        if each.grid.number in choices.tables and any(above):
            tables[face(each.grid, above)] = name
        for (number, column), said in choices.columns.items():
            if number == each.grid.number and said and column <= len(above) and above[column - 1]:
                columns.setdefault(name, {})[" ".join(above[column - 1])] = said
    return Known(columns, tables)
