"""What the blocks of a report are made of: its forms as filled, the scope of its texts, its scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assembler.model.answers import Attachment
from assembler.model.blocks import (
    BlockSpec,
    ChartSpec,
    FigureSpec,
    ListSpec,
    ScoresSpec,
    SheetSpec,
    SummarySpec,
    TableSpec,
    TextSpec,
)
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.reports import ReportSpec
from assembler.model.scores import ScoreCard
from assembler.packet import scores
from assembler.packet.evidence import files_of
from assembler.packet.scope import ReportScope
from assembler.packet.summaries import Entry, entries, forms_beside


@dataclass(frozen=True)
class Material:
    """A report, spelled out, with the filled forms it shows. ``card`` is of a report that adds up scores."""

    report: ReportSpec
    forms: Mapping[str, FilledForm]
    scope: ReportScope
    card: ScoreCard | None

    def item(self, target: str) -> FilledItem:
        """The item named by ``form.item``."""
        form, _, name = target.rpartition(".")
        return self.forms[form].items[name]

    @cached_property
    def _every_entry(self) -> tuple[Entry, ...]:
        return entries(self.report, self.forms)

    @cached_property
    def evidence(self) -> int:
        """How many files its forms attach: those the report cites by a number, where it cites any."""
        files = {file.path: bool(file.label) for form in self.forms.values() for file in files_of(form)}
        return sum(files.values()) or len(files)

    def entries(self, spec: SummarySpec) -> tuple[Entry, ...]:
        """The forms a summary tells, those of one status when it names it, or those of its chapter alone."""
        found = (entry for entry in self._every_entry if not spec.only or entry.status == spec.only)
        if spec.shows != "chapter":
            return tuple(found)
        beside = forms_beside(self.report, spec)
        return tuple(entry for entry in found if entry.form in beside)

    def has(self, block: BlockSpec) -> bool:
        """Whether a block is in the report: its condition holds, its item applies, and its picture was given."""
        if not self.scope.holds(block.when):
            return False
        match block:
            case TextSpec() | TableSpec() | ListSpec():
                return self.item(block.item).relevant
            case ChartSpec():
                return self._has_data(block)
            case FigureSpec(letter=""):
                return isinstance(self.item(block.item).value, Attachment)
            case SheetSpec():
                form = self.forms[block.form]
                return any(form.items[name].relevant for name in form.spec.sheet(block.sheet).items)
            case SummarySpec():
                return bool(self.entries(block))
            case ScoresSpec(shows="numbers" | "missing"):
                return self.card is not None
            case ScoresSpec(shows="pending"):
                return self.card is not None and scores.pending(self.card, "", ()) is not None
        return True

    def _has_data(self, chart: ChartSpec) -> bool:
        """Whether a chart would show anything."""
        item = self.item(chart.item)
        return item.relevant and any(not row.group and row.cells[chart.value].value is not None for row in item.rows)
