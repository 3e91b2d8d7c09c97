"""What a workbook remembers of its export, on a hidden sheet: whose it is, and every answer as it stood then."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assembler.base.persian import fold
from assembler.collect.workbook.cells import key_of
from assembler.collect.workbook.plans import BaseRow, SheetPlan
from assembler.model.answers import AnsweredForm
from assembler.model.specs import Field, FormSpec

SHEET = "_assembler"
MARK = "assembler-workbook 1"
_PIECE = 30_000  # characters a cell
_MOST_UNPACKED = 200 << 20


@dataclass(frozen=True)
class Stretch:
    """The columns of a sheet that hold a column of a table, from one to another; ``choice`` is what a tick says."""

    column: str
    first: int
    last: int
    choice: str = ""


@dataclass(frozen=True)
class FormMemory:
    """A form as it was exported: the shape of its spec, where its columns stand, its answers by their keys; nothing of
    its own stands behind the column ``width``.
    """

    shape: str
    answer_columns: Sequence[int]
    values: Mapping[str, str]
    tables: Mapping[str, Sequence[Stretch]]
    rows: Mapping[str, Sequence[BaseRow]]
    locked: Sequence[tuple[str, int | None, str]] = ()
    width: int = 200


@dataclass(frozen=True)
class Memory:
    """Of a whole workbook: its case and report, for which unit, when (as told by the caller), its forms; ``fields`` say
    whose case it is and of which period, whatever its folder is called.
    """

    case: str
    report: str
    unit: str
    exported: str
    forms: Mapping[str, FormMemory] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def fields_of(spec: FormSpec, answered: AnsweredForm) -> Mapping[str, str]:
    """What tells one case of a report from another: its fields that are answered, by their keys, however spelt."""
    values = {name: answer.value for name, answer in answered.values.items() if name in spec.by_name}
    keys = {name: fold(key_of(value, spec.by_name[name])) for name, value in values.items()}
    return {name: keyed for name, keyed in keys.items() if keyed}


def shape(spec: FormSpec) -> str:
    """A fingerprint of what a form asks: questions, columns, choices, printed rows. Wordings may change."""
    asked = [
        [
            *_field(item),
            [_field(column) for column in item.columns],
            [[row.name, *sorted(name for name in item.by_name if row.shuts(name))] for row in item.rows],
        ]
        for item in spec.items
    ]
    return hashlib.sha256(json.dumps([spec.id, asked]).encode()).hexdigest()[:16]


def _field(each: Field) -> list[object]:
    choices = [choice.name for choice in each.choices]
    return [each.name, each.type, choices, each.calculation is not None, "ticks" in each.appearance]


def memory_of(plan: SheetPlan, answer: tuple[int, int]) -> FormMemory:
    """What is remembered of a sheet; ``answer`` are the columns of its single answers."""
    tables = {
        name: [
            Stretch(leaf.column.name, leaf.at, leaf.at + leaf.span - 1, leaf.path[-1] if leaf.choice else "")
            for leaf in region.leaves
        ]
        for name, region in plan.regions.items()
    }
    locked = [(slot.item, slot.row, slot.column) for slot in plan.locked]
    return FormMemory(shape(plan.form), answer, plan.base_values, tables, plan.base_rows, locked, plan.width)


def pieces(memory: Memory) -> list[str]:
    """The memory as texts of cells, the first saying what it is and whether the rest is whole."""
    packed = base64.b64encode(zlib.compress(json.dumps(asdict(memory), ensure_ascii=False).encode())).decode()
    cut = [packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE)]
    return [MARK, hashlib.sha256(packed.encode()).hexdigest(), *cut]


def remembered(texts: Iterable[str]) -> Memory:
    """The memory of these cells; raises ValueError when they are damaged."""
    _, checksum, *cut = texts
    packed = "".join(cut)
    if hashlib.sha256(packed.encode()).hexdigest() != checksum:
        raise ValueError("checksum")
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(base64.b64decode(packed), _MOST_UNPACKED)
    if unpacking.unconsumed_tail:
        raise ValueError("size")
    found = json.loads(data)
    found["forms"] = {name: _form(form) for name, form in found["forms"].items()}
    return Memory(**found)


def _form(found: dict[str, Any]) -> FormMemory:
    tables, rows, locked = found.pop("tables"), found.pop("rows"), found.pop("locked")
    return FormMemory(
        **found,
        tables={name: [Stretch(**each) for each in each_table] for name, each_table in tables.items()},
        rows={name: [BaseRow(**each) for each in each_table] for name, each_table in rows.items()},
        locked=[(item, row, column) for item, row, column in locked],
    )
