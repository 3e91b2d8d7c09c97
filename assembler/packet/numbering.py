"""Numbers a report: its sections at any depth, its tables, figures and charts, each as captions and references name it.

A block is known by its identity: two of a report may say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assembler.base.persian import persian_digits, section_number
from assembler.model.blocks import (
    BlockSpec,
    Captioned,
    QuestionsSpec,
    ScoreSheetSpec,
    SectionSpec,
    Standing,
    TableSpec,
    TurnedSpec,
    forms_in,
)
from assembler.packet.material import Material

_SHORT = 16  # letters of what stands before the dash of a title, as «شاخص ۱۲»


@dataclass(frozen=True)
class Label:
    """How the report calls one of its tables, figures, charts or sections."""

    word: str
    number: str
    anchor: str
    bare: bool = False  # captioned, and not numbered
    is_section: bool = False

    @property
    def counter(self) -> str:
        """The word by which captions like this are counted, «» where no counting leads to its number."""
        return self.word if self.number.isdecimal() and not self.is_section else ""


class Numbering:
    """The labels of all blocks that have one; ``named`` are those references can name, by their identifiers."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._labels: dict[int, Label] = {}
        self._named: dict[str, Label] = {}
        self._sections: list[SectionSpec] = []
        self._counters = {"table": 0, "figure": 0, "chart": 0}
        for part in material.report.parts:
            self._number(part.content, ())

    def label(self, block: Standing) -> Label:
        return self._labels[id(block)]

    def section_of(self, form: str) -> str:
        """The innermost section that speaks of a form, as short as it can be named: «شاخص ۳», «بخش ۲-۱»."""
        section = next((each for each in reversed(self._sections) if form in forms_in(each.content)), None)
        if section is None:
            return ""
        title, label = self._material.scope.text(section.title), self.label(section)
        head, dash, _ = title.partition("- ")
        if dash and len(head) <= _SHORT:
            return head
        return f"{label.word} {label.number}" if label.number else ""

    @property
    def named(self) -> Mapping[str, Label]:
        return self._named

    def _number(self, blocks: tuple[BlockSpec, ...], chapter: tuple[int, ...]) -> None:
        section = 0
        for block in self._standing(blocks):
            numbers = chapter
            if isinstance(block, SectionSpec) and block.numbered:
                section += 1
                numbers = (*chapter, section)
            if (label := self._label_of(block, numbers)) is not None:
                self._labels[id(block)] = label
                if block.id:
                    self._named[block.id] = label
            if isinstance(block, SectionSpec):
                self._sections.append(block)
                self._number(block.content, numbers)

    def _standing(self, blocks: tuple[BlockSpec, ...]) -> Iterator[BlockSpec]:
        """The blocks that are there, those on a sheet among the others: sections are counted on over sheets."""
        for block in filter(self._material.has, blocks):
            yield block
            if isinstance(block, TurnedSpec):
                yield from self._standing(block.content)

    def _label_of(self, block: BlockSpec, numbers: tuple[int, ...]) -> Label | None:
        """The label of a block, None for one that nothing leads to; ``numbers`` are those of the section."""
        place = len(self._labels)
        match block:
            case SectionSpec(numbered=False):
                return Label("", "", f"unnumbered_{place}", bare=True)
            case SectionSpec():
                anchor = "section_" + "_".join(map(str, numbers))
                return Label(self._material.report.labels["section"], section_number(numbers), anchor, is_section=True)
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
