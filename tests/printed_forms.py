"""Printed forms of the samples, as departments send them back: what the intake reads of their questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assembler.collect.foreign.grids import ForeignFile, Grid, GridCell, numbered_grids
from assembler.collect.intake.likeness import letters
from assembler.collect.intake.matching import Matcher
from assembler.collect.intake.merging import merge_foreign
from assembler.collect.intake.proposing import proposals
from assembler.collect.intake.questions import questions
from assembler.collect.workbook.merge import Merger
from assembler.model.answers import AnsweredForm, Prose, Value
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.packet import GridBlock, Heading, Packet, plain
from assembler.model.specs import Item
from assembler.model.values import printed
from assembler.packet import assemble
from tests.intake import office


@dataclass
class Answered:
    """The answered questions of forms as they are printed, and what is read of them; what was read otherwise."""

    wanted: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        return sorted(self.wanted.keys() - self.read.keys())

    @property
    def wrong(self) -> list[str]:
        return sorted(name for name, text in self.read.items() if self.wanted.get(name) != text)


def read_back(sample: str) -> Answered:
    """What a blank case has of the printed forms of a sample."""
    case, found = office(sample).case, Answered()
    judged = case.judged()
    packet, *_ = assemble(case.case.name, case.report, judged.forms, library=case.library)
    blocks = tuple(_forms(packet))
    for block, _ in blocks:
        for origin in block.origins:
            form, _, name = origin.rpartition(".")
            filled = judged.forms[form].items[name]
            item = filled.spec
            is_typed = item.is_asked and not item.is_table and item.type not in ("image", "file")
            if is_typed and filled.relevant and filled.answered and filled.value is not None:
                found.wanted[origin] = _shown(filled.value, item)
    grids = numbered_grids([_grid(block, heading) for block, heading in blocks])
    forms = questions(case.specs)
    for each in proposals(ForeignFile("scrap", grids), Matcher(office(sample).matcher.candidates), forms=forms):
        if each.state == "questions":
            spec = case.specs[each.form]
            blank = FilledForm(spec, {item.name: FilledItem(item) for item in spec.items}, answered=False)
            merger = Merger(spec, AnsweredForm(spec.id, {}, {}), blank, Path("/nowhere"))
            merge_foreign(merger.form, Path("scrap"), each)
            for name, answer in merger.result().after.values.items():
                found.read[f"{spec.id}.{name}"] = _shown(answer.value, spec.by_name[name])
    return found


def _shown(value: Value, item: Item) -> str:
    text = " ".join(map(str, value.blocks)) if isinstance(value, Prose) else printed(value, item)
    return letters(text) or text


def _forms(packet: Packet) -> Iterator[tuple[GridBlock, tuple[str, ...]]]:
    """The grids of questions with the headings they stand under."""
    for part in packet.parts:
        headings: dict[int, str] = {}
        for block in part.blocks:
            if isinstance(block, Heading):
                headings = {level: text for level, text in headings.items() if level < block.level}
                headings[block.level] = block.text
            elif isinstance(block, GridBlock) and block.origins:
                yield block, tuple(headings.values())


def _grid(block: GridBlock, headings: tuple[str, ...]) -> Grid:
    cells, taken = [], set()
    rows = [*block.head, *block.body]
    for at, line in enumerate(rows):
        column = 0
        for cell in line:
            while (at, column) in taken:
                column += 1
            text = "\n".join(map(plain, cell.lines))
            cells.append(GridCell(text, at, column, cell.rows, cell.columns))
            taken |= {(at + down, column + along) for down in range(cell.rows) for along in range(cell.columns)}
            column += cell.columns
    return Grid(tuple(cells), len(rows), len(block.widths), tuple(filter(None, (plain(block.caption),))), headings)
