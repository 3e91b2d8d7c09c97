"""Numbers a report: its sections at any depth, its tables, figures and charts, each as captions and references name it.

A block is known by its identity: two of a report may say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembler.base.persian import persian_digits, section_number
from assembler.model.blocks import BlockSpec, Captioned, QuestionsSpec, ScoreSheetSpec, SectionSpec, Standing, TableSpec
from assembler.packet.material import Material


@dataclass(frozen=True)
class Label:
    """How the report calls one of its tables, figures, charts or sections."""

    word: str
    number: str
    anchor: str
    bare: bool = False  # captioned, and not numbered


class Numbering:
    """The labels of all blocks that have one; ``named`` are those references can name, by their identifiers."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._labels: dict[int, Label] = {}
        self._named: dict[str, Label] = {}
        self._counters = {"table": 0, "figure": 0, "chart": 0}
        for part in material.report.parts:
            self._number(part.content, ())

    def label(self, block: Standing) -> Label:
        return self._labels[id(block)]

    @property
    def named(self) -> Mapping[str, Label]:
        return self._named

    def _number(self, blocks: tuple[BlockSpec, ...], chapter: tuple[int, ...]) -> None:
        section = 0
        for block in filter(self._material.has, blocks):
            numbers = chapter
            if isinstance(block, SectionSpec) and block.numbered:
                section += 1
                numbers = (*chapter, section)
            if (label := self._label_of(block, numbers)) is not None:
                self._labels[id(block)] = label
                if block.id:
                    self._named[block.id] = label
            if isinstance(block, SectionSpec):
                self._number(block.content, numbers)

    def _label_of(self, block: BlockSpec, numbers: tuple[int, ...]) -> Label | None:
        """The label of a block, None for one that nothing leads to; ``numbers`` are those of the section."""
        place = len(self._labels)
        match block:
            case SectionSpec(numbered=False):
                return Label("", "", f"unnumbered_{place}", bare=True)
            case SectionSpec():
                anchor = "section_" + "_".join(map(str, numbers))
                return Label(self._material.report.labels["section"], section_number(numbers), anchor)
            case QuestionsSpec():
                return Label("", "", f"questions_{place}")
            case ScoreSheetSpec():
                return Label("", "", f"scores_{place}", bare=True)
            case Captioned():
                return self._counted(block, place)
        return None

    def _counted(self, block: Captioned, place: int) -> Label | None:
        counter = block.counter
        if counter is None:
            return None
        if block.caption == "":
            return Label("", "", f"{counter}_{block.id or place}")
        word = self._material.report.labels[counter]
        if counter == "table" and self._material.report.own_numbers:
            number = self._as_the_guidance_numbers(block)
            return Label(word if number else "", persian_digits(number), f"table_{place}", bare=not number)
        self._counters[counter] += 1
        number = str(self._counters[counter])
        return Label(word, persian_digits(number), f"{counter}_{number}")

    def _as_the_guidance_numbers(self, block: Captioned) -> str:
        """The number the guidance gives a table, so that what it says of «جدول شماره ۴» holds; others have none."""
        return self._material.item(block.item).spec.number if isinstance(block, TableSpec) else ""
