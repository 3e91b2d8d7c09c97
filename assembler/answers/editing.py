"""Changes answers in the text of their file: what is not changed stays to the letter, with its comments.

The smallest change is tried first. Every result is read back; where it does not say what it should, the whole answer is
written anew, at last all answers of the file. Files are written by ``collect.saving``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from assembler.answers.reader import FormReader
from assembler.answers.splicing import Edit, Overlap, RowChange, Splicer, applied, entries
from assembler.answers.values import ValueReader
from assembler.answers.writer import form_to_yaml, plain_cells, plain_rows, plain_value
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.yamlfile import MappingNode, parse
from assembler.model.answers import AnsweredForm, AnsweredRow, Attachment, Value
from assembler.model.carried import CARRIED
from assembler.model.specs import FormSpec, Item

_BOM = "\ufeff"
_CASE_WORDS = ("report", "previous")


def edited(text: str, spec: FormSpec, before: AnsweredForm, after: AnsweredForm) -> str:
    """The text of an answer file with what differs between two states of its form changed in place.

    A changed answer leaves the list of carried ones: it is confirmed by being corrected. Raises AssemblerError when
    the text cannot be read, or when it would not say ``after``, such as for a character no document can carry.
    """
    changed = [item for item in spec.items if not same_answer(item, before, after)]
    confirmed = _listed(before) - _listed(after) | {item.name for item in changed} & _listed(before)
    if not changed and not confirmed:
        return text
    refuse_unreadable(spec, after, changed)
    body = text.removeprefix(_BOM)
    task = _Task(spec, before, after, tuple(changed), frozenset(confirmed), _names(spec, before, after))
    return text[: len(text) - len(body)] + _new_text(body, task)


def same_form(spec: FormSpec, one: AnsweredForm, other: AnsweredForm) -> bool:
    """Whether two states of a form say the same, wherever it is written."""
    return _listed(one) == _listed(other) and all(same_answer(item, one, other) for item in spec.items)


def same_answer(item: Item, one: AnsweredForm, other: AnsweredForm) -> bool:
    """Whether an item is answered alike; rows and cells without an answer are none."""
    return _meaning(item, one) == _meaning(item, other)


def refuse_unreadable(spec: FormSpec, form: AnsweredForm, items: Sequence[Item]) -> None:
    """Raises AssemblerError with what the reader would say of answers that no file can hold."""
    chosen = replace(spec, items=tuple(items))
    told = _reading(form_to_yaml(form, chosen), spec, _names(spec, form))
    faults = [replace(found, place=found.place.within(file=form.place.file, line=None)) for found in told.problems]
    wrong = [item for item in items if not same_answer(item, told.form, form)]
    if not faults and wrong:
        place = Place(form.place.file, None, spec.id, wrong[0].name)
        faults = [problem("answers-unwritable", place, label=wrong[0].shown)]
    if faults:
        raise AssemblerError(faults, ExitCode.ANSWERS)


# ---------------------------------------------------------------- what answers mean


def _meaning(item: Item, form: AnsweredForm) -> object:
    if not item.is_table:
        return _plain(form.values[item.name].value) if item.name in form.values else None
    rows = form.tables.get(item.name, ())
    if item.rows:
        return {row.name: cells for row in rows if (cells := _cells(row))}
    return [(row.group, _cells(row)) for row in rows]


def _cells(row: AnsweredRow) -> dict[str, object]:
    return {name: _plain(answer.value) for name, answer in row.cells.items() if answer.value is not None}


def _plain(value: Value) -> object:
    return ("file", value.name) if isinstance(value, Attachment) else value


def _listed(form: AnsweredForm) -> frozenset[str]:
    return frozenset(form.carried.fingerprints) if form.carried else frozenset()


Files = frozenset[tuple[str, str]]


def _names(spec: FormSpec, *forms: AnsweredForm) -> Files:
    """The files that answers name, each with the type of its field: they are there, the others are not."""
    return frozenset(pair for form in forms for item in spec.items for pair in _item_files(item, form))


def _item_files(item: Item, form: AnsweredForm) -> Iterator[tuple[str, str]]:
    columns = {column.name: column.type for column in item.columns}
    held = [(item.type, form.values[item.name])] if item.name in form.values else []
    for row in form.tables.get(item.name, ()):
        held += [(columns.get(name, ""), answer) for name, answer in row.cells.items()]
    yield from ((kind, answer.value.name) for kind, answer in held if isinstance(answer.value, Attachment))


class _KnownFiles(ValueReader):
    """Reads values by the names of files alone: whether they are there was told before."""

    def __init__(self, known: Files) -> None:
        super().__init__(Path())
        self.known = known

    def _attachment(self, name: str, typed: str, place: Place, *, image: bool) -> Attachment | None:
        kind = "image" if image else "file"
        found = next((each for each in (name, typed) if (kind, each) in self.known), None)
        if found is None:
            self.report("attachment-missing", place, name=name)
        return None if found is None else Attachment(found, Path(found))


@dataclass(frozen=True)
class _Reading:
    form: AnsweredForm
    problems: tuple[Problem, ...]


def _reading(text: str, spec: FormSpec, files: Files) -> _Reading:
    """What a text says. Raises AssemblerError when it is no file of answers at all."""
    place = Place(form=spec.id)
    node, problems = parse(text, place)
    if not isinstance(node, MappingNode):
        found = problems or (problem("wrong-shape", place, expected="form: …", found="∅"),)
        raise AssemblerError(found, ExitCode.ANSWERS)
    reader = FormReader(Path())
    reader.values = _KnownFiles(files)
    besides = _CASE_WORDS if spec.id == "case" else ("form",)
    form = reader.form(node, spec, place, besides=besides)
    return _Reading(form, (*problems, *reader.values.problems))


# ---------------------------------------------------------------- ways to change a text


@dataclass(frozen=True)
class _Task:
    spec: FormSpec
    before: AnsweredForm
    after: AnsweredForm
    items: tuple[Item, ...]
    confirmed: frozenset[str]
    files: Files

    def only(self, *items: Item) -> _Task:
        names = {item.name for item in items}
        return replace(self, items=items, confirmed=self.confirmed & names)


def _new_text(text: str, task: _Task) -> str:
    """All answers at once, each where it stands; else one after the other; else all of the file anew."""
    told = _reading(text, task.spec, task.files)
    found = _first(text, told, task, (_in_place,))
    if found is not None:
        return found
    step: str | None = text
    for each in _steps(task):
        step = _first(step, _reading(step, task.spec, task.files), each, (_in_place, _anew)) if step else None
    if step is not None and _says(step, told, task):
        return step
    whole = _rewritten(text, task)
    if _says(whole, told, task):
        return whole
    place = Place(task.before.place.file, None, task.spec.id, task.items[0].name if task.items else None)
    label = task.items[0].shown if task.items else CARRIED
    raise AssemblerError([problem("answers-unwritable", place, label=label)], ExitCode.ANSWERS)


def _steps(task: _Task) -> Iterator[_Task]:
    yield from (task.only(item) for item in task.items)
    rest = task.confirmed - {item.name for item in task.items}
    if rest:
        yield replace(task, items=(), confirmed=rest)


def _first(text: str, told: _Reading, task: _Task, ways: Sequence[Any]) -> str | None:
    """The first of several ways whose result says what it should."""
    for way in ways:
        try:
            found: str = way(text, task, told)
        except Overlap:
            continue
        if _says(found, told, task):
            return found
    return None


def _says(text: str, told: _Reading, task: _Task) -> bool:
    """Whether a text says what it said before but for the changed answers, which are as they should be."""
    try:
        now = _reading(text, task.spec, task.files)
    except AssemblerError:
        return False
    if Counter(found.code for found in now.problems) - Counter(found.code for found in told.problems):
        return False
    changed = {item.name for item in task.items}
    wanted = (task.after if item.name in changed else told.form for item in task.spec.items)
    same = all(same_answer(item, now.form, each) for item, each in zip(task.spec.items, wanted, strict=True))
    return same and _listed(now.form) == _listed(told.form) - task.confirmed


def _in_place(text: str, task: _Task, told: _Reading) -> str:
    """The smallest change of each answer."""
    splicer = Splicer(text)
    if splicer.root is None:
        return _appended(text, task)
    edits = [edit for item in task.items for edit in _item_edits(splicer, item, task, told.form)]
    return applied(text, [*edits, *_confirmed_edits(splicer, task)])


def _anew(text: str, task: _Task, told: _Reading) -> str:
    """Each changed answer written anew as a whole."""
    splicer = Splicer(text)
    if splicer.root is None:
        return _appended(text, task)
    wanted = {item.name: _data(item, task.after) for item in task.items}
    edits = [*splicer.changed(splicer.root, wanted, _order(task.spec), anew=True), *_confirmed_edits(splicer, task)]
    return applied(text, edits)


def _appended(text: str, task: _Task) -> str:
    for item in task.items:
        data = _data(item, task.after)
        text = text if data is None else Splicer(text).appended(item.name, data)
    return text


def _order(spec: FormSpec) -> list[str]:
    head = [*_CASE_WORDS] if spec.id == "case" else ["form"]
    return [*head, CARRIED, *(item.name for item in spec.items)]


def _data(item: Item, form: AnsweredForm) -> Any:
    """An answer as plain data; None for a blank one."""
    if item.is_table:
        return plain_rows(item, form.tables.get(item.name, ())) or None
    value = form.values[item.name].value if item.name in form.values else None
    return None if value is None else plain_value(value)


def _confirmed_edits(splicer: Splicer, task: _Task) -> Iterator[Edit]:
    """Edits that take answers out of the list of carried ones."""
    listed = entries(splicer.root)[CARRIED][1] if splicer.root and CARRIED in entries(splicer.root) else None
    if isinstance(listed, yaml.MappingNode):
        yield from (splicer.removed(listed, name) for name in sorted(task.confirmed & entries(listed).keys()))


def _item_edits(splicer: Splicer, item: Item, task: _Task, told: AnsweredForm) -> Iterator[Edit]:
    root = splicer.root
    assert root is not None
    entry = entries(root).get(item.name)
    rows = task.after.tables.get(item.name, ())
    if entry is not None and item.rows and isinstance(entry[1], yaml.MappingNode):
        yield from _printed_edits(splicer, entry[1], item, told, rows)
    elif entry is not None and item.is_table and rows and isinstance(entry[1], yaml.SequenceNode) and entry[1].value:
        matched = matched_rows(task.before.tables.get(item.name, ()), rows)
        was = told.tables.get(item.name, ())
        yield from splicer.rows(entry, _row_changes(splicer, entry[1], item, was, rows, matched))
    else:
        yield from splicer.changed(root, {item.name: _data(item, task.after)}, _order(task.spec))


# ---------------------------------------------------------------- tables


def _printed_edits(
    splicer: Splicer, node: yaml.MappingNode, item: Item, told: AnsweredForm, rows: Sequence[AnsweredRow]
) -> Iterator[Edit]:
    """Edits of the rows the guidance prints."""
    old = {row.name: row for row in told.tables.get(item.name, ())}
    new = {row.name: row for row in rows}
    known, order = entries(node), [row.name for row in item.rows]
    for name in order:
        wanted = _cell_changes(old.get(name), new.get(name))
        if not wanted:
            continue
        cells = known[name][1] if name in known else None
        if isinstance(cells, yaml.MappingNode):
            yield from splicer.changed(cells, wanted, _columns(item))
        else:
            yield from splicer.changed(node, {name: plain_cells(new[name])}, order)


def _columns(item: Item) -> list[str]:
    return [column.name for column in item.columns]


def _cell_changes(old: AnsweredRow | None, new: AnsweredRow | None) -> dict[str, Any]:
    """The cells of a row that change, as plain data."""
    was, will = _cells(old) if old else {}, _cells(new) if new else {}
    names = [name for name in {**will, **was} if was.get(name) != will.get(name)]
    return {name: plain_value(new.cells[name].value) if new and name in will else None for name in names}


def _row_changes(
    splicer: Splicer,
    node: yaml.SequenceNode,
    item: Item,
    told: Sequence[AnsweredRow],
    rows: Sequence[AnsweredRow],
    matched: Sequence[int | None],
) -> list[RowChange]:
    """The rows as they shall be, each with the lines it had; entries that are no rows keep their place."""
    numbers = [row.place.row - 1 if row.place.row else at for at, row in enumerate(told)]
    changes = []
    for row, at in zip(rows, matched, strict=True):
        if at is None or at >= len(told):
            data = plain_cells(row)
            changes.append(RowChange(None, (), {"group": data} if row.group else data))
        else:
            changes.append(_kept_row(splicer, node.value[numbers[at]], item, numbers[at], told[at], row))
    unread = [at for at in range(len(node.value)) if at not in numbers]
    for at in unread:
        behind = next((n for n, each in enumerate(changes) if each.source is not None and each.source > at), None)
        changes.insert(len(changes) if behind is None else behind, RowChange(at))
    return changes


def _kept_row(
    splicer: Splicer, node: yaml.Node, item: Item, number: int, old: AnsweredRow, new: AnsweredRow
) -> RowChange:
    band = entries(node).get("group") if old.group and isinstance(node, yaml.MappingNode) else None
    cells = band[1] if band else node
    wanted = _cell_changes(old, new)
    if not wanted or not isinstance(cells, yaml.MappingNode):
        return RowChange(number)
    return RowChange(number, tuple(splicer.changed(cells, wanted, _columns(item))))


def matched_rows(before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]) -> list[int | None]:
    """For each row as it shall be, which of the rows before it was; None for a new one.

    A row is known by the place it was read from, else by what it says, else by its neighbours.
    """
    found: list[int | None] = [None] * len(after)
    free = set(range(len(before)))
    _match(found, free, [_spot(row) for row in before], [_spot(row) for row in after])
    told, wanted = [_content(row) for row in before], [_content(row) for row in after]
    _match_in_order(found, free, told, wanted)
    _match(found, free, told, wanted)
    _match_neighbours(found, free, before, after)
    return found


def _match(found: list[int | None], free: set[int], before: Sequence[object], after: Sequence[object]) -> None:
    """Those that are the same, wherever they stand."""
    where: dict[object, list[int]] = {}
    for at in sorted(free):
        where.setdefault(before[at], []).append(at)
    for at, each in enumerate(after):
        if found[at] is None and each is not None and where.get(each):
            found[at] = where[each].pop(0)
            free.discard(found[at])


def _match_in_order(found: list[int | None], free: set[int], before: Sequence[object], after: Sequence[object]) -> None:
    """Those that are the same, in their order."""
    old, new = sorted(free), [at for at, each in enumerate(found) if each is None]
    matcher = SequenceMatcher(None, [before[at] for at in old], [after[at] for at in new], autojunk=False)
    for one, other, size in matcher.get_matching_blocks():
        for step in range(size):
            found[new[other + step]] = old[one + step]
            free.discard(old[one + step])


def _match_neighbours(
    found: list[int | None], free: set[int], before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]
) -> None:
    """Each new row for the one that is gone from behind the row above it."""
    for at, row in enumerate(after):
        last = found[at - 1] if at else -1
        near = None if last is None else last + 1
        if found[at] is None and near in free and before[near].group == row.group:
            found[at] = near
            free.discard(near)


def _spot(row: AnsweredRow) -> object:
    return (row.place, row.group) if row.place.row else None


def _content(row: AnsweredRow) -> tuple[bool, frozenset[tuple[str, object]]]:
    return row.group, frozenset(_cells(row).items())


# ---------------------------------------------------------------- the whole file


def _rewritten(text: str, task: _Task) -> str:
    """All answers anew, behind what else stands in the file."""
    splicer = Splicer(text)
    answers = form_to_yaml(task.after, task.spec).splitlines()[0 if task.spec.id == "case" else 1 :]
    if splicer.root is not None:
        known = [item.name for item in task.spec.items if item.name in entries(splicer.root)]
        removals = [splicer.removed(splicer.root, name) for name in known]
        text = applied(text, [*removals, *_confirmed_edits(splicer, task)])
    head = text if not text or text.endswith(("\n", "\r")) else text + splicer.newline
    return head + "".join(line + splicer.newline for line in answers)
