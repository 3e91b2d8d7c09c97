"""Changes answers in the text of their file: what is not changed stays to the letter, with its comments.

The smallest change is tried first. Every result is read back; where it does not say what it should, the whole answer is
written anew, at last all answers of the file. Files are written by ``collect.saving``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

import yaml

from assembler.answers.reader import words_besides
from assembler.answers.splicing import Edit, Overlap, RowChange, Splicer, applied, entries
from assembler.answers.texts import Files, FormText, KnownFiles, files_of, form_text
from assembler.answers.writer import form_to_yaml, plain_cells, plain_rows, plain_value
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.model.answers import AnsweredForm, AnsweredRow, Attachment, Value
from assembler.model.carried import CARRIED, ORIGIN
from assembler.model.remarks import DOUBTS
from assembler.model.specs import FormSpec, Item

_BOM = "\ufeff"


def edited(text: str, spec: FormSpec, before: AnsweredForm, after: AnsweredForm) -> str:
    """The text of an answer file with what differs between two states of its form changed, as ``changed`` does."""
    if same_form(spec, before, after):
        return text
    body = text.removeprefix(_BOM)
    files = KnownFiles(files_of(spec, before, after))
    told = form_text(body, spec, before.place.file, files)
    return text[: len(text) - len(body)] + changed(told, spec, before, after).text


def changed(told: FormText, spec: FormSpec, before: AnsweredForm, after: AnsweredForm) -> FormText:
    """An answer file with what differs between two states of its form changed in place.

    A changed answer leaves the list of carried ones: it is confirmed by being corrected. Raises AssemblerError when
    the text would not say ``after``, such as for a character no document can carry.
    """
    items = tuple(item for item in spec.items if not same_answer(item, before, after))
    confirmed = _listed(before) - _listed(after) | {item.name for item in items} & _listed(before)
    if not items and not confirmed:
        return told
    refuse_unreadable(spec, before, after, items)
    return _new_text(told, _Task(spec, before, after, items, frozenset(confirmed), files_of(spec, before, after)))


def same_form(spec: FormSpec, one: AnsweredForm, other: AnsweredForm) -> bool:
    """Whether two states of a form say the same, wherever it is written."""
    return _listed(one) == _listed(other) and all(same_answer(item, one, other) for item in spec.items)


def same_answer(item: Item, one: AnsweredForm, other: AnsweredForm) -> bool:
    """Whether an item is answered alike; rows and cells without an answer are none."""
    if not item.is_table:
        return _value(item, one) == _value(item, other)
    ours, theirs = one.tables.get(item.name, ()), other.tables.get(item.name, ())
    if ours is theirs:
        return True
    if item.rows:
        return _by_name(ours) == _by_name(theirs)
    return len(ours) == len(theirs) and all(map(same_row, ours, theirs))


def same_row(one: AnsweredRow, other: AnsweredRow) -> bool:
    """Whether two rows say the same."""
    return one is other or (one.group == other.group and _cells(one) == _cells(other))


def refuse_unreadable(spec: FormSpec, before: AnsweredForm, after: AnsweredForm, items: Sequence[Item]) -> None:
    """Raises AssemblerError with what the reader would say of answers that no file can hold; rows that are as they were
    before are not looked at.
    """
    numbers = {item.name: _fresh(item, before, after) for item in items if item.is_table}
    rows = {name: tuple(after.tables[name][at] for at in found) for name, found in numbers.items()}
    fresh = replace(after, tables={**after.tables, **rows})
    chosen = replace(spec, items=tuple(items))
    told = form_text(form_to_yaml(fresh, chosen), chosen, after.place.file, KnownFiles(files_of(chosen, fresh)))
    faults = [replace(found, place=_told_place(found.place, numbers, spec)) for found in told.problems]
    wrong = [item for item in items if not same_answer(item, told.form, fresh)]
    if not faults and wrong:
        place = Place(after.place.file, None, spec.id, wrong[0].name)
        faults = [problem("answers-unwritable", place, label=wrong[0].shown)]
    if faults:
        raise AssemblerError(faults, ExitCode.ANSWERS)


def _fresh(item: Item, before: AnsweredForm, after: AnsweredForm) -> list[int]:
    """The rows that are not as one of before, counted from 0."""
    old, rows = before.tables.get(item.name, ()), after.tables.get(item.name, ())
    same = {id(row) for row in old}
    others = [at for at, row in enumerate(rows) if id(row) not in same]
    said = {_content(row) for row in old} if len(others) > 1 else set()
    return [at for at in others if _content(rows[at]) not in said]


def _told_place(place: Place, numbers: Mapping[str, Sequence[int]], spec: FormSpec) -> Place:
    """Where a fault stands among all rows; those that are printed know it."""
    found = numbers.get(place.item or "")
    if place.row and found is not None and not spec.item(place.item or "").rows:
        place = place.within(row=found[place.row - 1] + 1)
    return place.within(line=None)


# ---------------------------------------------------------------- what answers mean


def _value(item: Item, form: AnsweredForm) -> object:
    return _plain(form.values[item.name].value) if item.name in form.values else None


def _by_name(rows: Iterable[AnsweredRow]) -> dict[str, object]:
    return {row.name: cells for row in rows if (cells := _cells(row))}


def _cells(row: AnsweredRow) -> dict[str, object]:
    return {name: _plain(answer.value) for name, answer in row.cells.items() if answer.value is not None}


def _plain(value: Value) -> object:
    return ("file", value.name) if isinstance(value, Attachment) else value


def _content(row: AnsweredRow) -> Hashable:
    return row.name, row.group, frozenset(_cells(row).items())


def _listed(form: AnsweredForm) -> frozenset[str]:
    return frozenset(form.carried.fingerprints) if form.carried else frozenset()


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


def _new_text(told: FormText, task: _Task) -> FormText:
    """All answers at once, each where it stands; else one after the other; else all of the file anew."""
    found = _first(told, task, (_in_place,))
    if found is not None:
        return found
    step: FormText | None = told
    for each in _steps(task):
        step = _first(step, each, (_in_place, _anew)) if step else None
    if step is not None and _says(step, told, task):
        return step
    whole = _proved(_rewritten(told, task), told, task)
    if whole is not None:
        return whole
    place = Place(task.before.place.file, None, task.spec.id, task.items[0].name if task.items else None)
    label = task.items[0].shown if task.items else CARRIED
    raise AssemblerError([problem("answers-unwritable", place, label=label)], ExitCode.ANSWERS)


def _steps(task: _Task) -> Iterator[_Task]:
    yield from (task.only(item) for item in task.items)
    rest = task.confirmed - {item.name for item in task.items}
    if rest:
        yield replace(task, items=(), confirmed=rest)


def _first(told: FormText, task: _Task, ways: Sequence[Callable[[FormText, _Task], str]]) -> FormText | None:
    """The first of several ways whose result says what it should."""
    for way in ways:
        try:
            text = way(told, task)
        except Overlap:
            continue
        found = _proved(text, told, task)
        if found is not None:
            return found
    return None


def _proved(text: str, told: FormText, task: _Task) -> FormText | None:
    """A text read back; None when it does not say what it should."""
    files = KnownFiles(task.files, told.problems)
    try:
        now = form_text(text, task.spec, told.form.place.file, files, told)
    except AssemblerError:
        return None
    return now if _says(now, told, task) else None


def _says(now: FormText, told: FormText, task: _Task) -> bool:
    """Whether a text says what it said before but for the changed answers, which are as they should be."""
    if Counter(found.code for found in now.problems) - Counter(found.code for found in told.problems):
        return False
    changed = {item.name for item in task.items}
    wanted = (task.after if item.name in changed else told.form for item in task.spec.items)
    same = all(same_answer(item, now.form, each) for item, each in zip(task.spec.items, wanted, strict=True))
    return same and _listed(now.form) == _listed(told.form) - task.confirmed


def _in_place(told: FormText, task: _Task) -> str:
    """The smallest change of each answer."""
    splicer = Splicer(told.text, told.root)
    if splicer.root is None:
        return _appended(told.text, task)
    edits = [edit for item in task.items for edit in _item_edits(splicer, item, task, told.form)]
    return applied(told.text, [*edits, *_confirmed_edits(splicer, task)])


def _anew(told: FormText, task: _Task) -> str:
    """Each changed answer written anew as a whole."""
    splicer = Splicer(told.text, told.root)
    if splicer.root is None:
        return _appended(told.text, task)
    wanted = {item.name: _data(item, task.after) for item in task.items}
    edits = [*splicer.changed(splicer.root, wanted, _order(task.spec), anew=True), *_confirmed_edits(splicer, task)]
    return applied(told.text, edits)


def _appended(text: str, task: _Task) -> str:
    for item in task.items:
        data = _data(item, task.after)
        text = text if data is None else Splicer(text, None).appended(item.name, data)
    return text


def _order(spec: FormSpec) -> list[str]:
    return [*words_besides(spec.id), CARRIED, DOUBTS, *(item.name for item in spec.items)]


def _data(item: Item, form: AnsweredForm) -> Any:
    """An answer as plain data; None for a blank one."""
    if item.is_table:
        return plain_rows(item, form.tables.get(item.name, ())) or None
    value = form.values[item.name].value if item.name in form.values else None
    return None if value is None else plain_value(value, item.calendar)


def _confirmed_edits(splicer: Splicer, task: _Task) -> Iterator[Edit]:
    """Edits that take answers out of the list of carried ones; with the last one goes the list."""
    listed = entries(splicer.root)[CARRIED][1] if splicer.root and CARRIED in entries(splicer.root) else None
    if not task.confirmed or splicer.root is None or not isinstance(listed, yaml.MappingNode):
        return
    left = entries(listed).keys() - task.confirmed
    if left <= {ORIGIN}:
        yield splicer.removed(splicer.root, CARRIED)
    else:
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
        wanted = _cell_changes(old.get(name), new.get(name), item.calendar)
        if not wanted:
            continue
        cells = known[name][1] if name in known else None
        if isinstance(cells, yaml.MappingNode):
            yield from splicer.changed(cells, wanted, _columns(item))
        else:
            yield from splicer.changed(node, {name: plain_cells(new[name], item.calendar)}, order)


def _columns(item: Item) -> list[str]:
    return [column.name for column in item.columns]


def _cell_changes(old: AnsweredRow | None, new: AnsweredRow | None, calendar: str) -> dict[str, Any]:
    """The cells of a row that change, as plain data, dates in that calendar."""
    was, will = _cells(old) if old else {}, _cells(new) if new else {}
    names = [name for name in {**will, **was} if was.get(name) != will.get(name)]
    return {name: plain_value(new.cells[name].value, calendar) if new and name in will else None for name in names}


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
            data = plain_cells(row, item.calendar)
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
    wanted = {} if old is new else _cell_changes(old, new, item.calendar)
    if not wanted or not isinstance(cells, yaml.MappingNode):
        return RowChange(number)
    return RowChange(number, tuple(splicer.changed(cells, wanted, _columns(item))))


def matched_rows(before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]) -> list[int | None]:
    """For each row as it shall be, which of the rows before it was; None for a new one.

    A row is known by itself, else by what it says, else by the place it was read from, else by its neighbours.
    """
    found: list[int | None] = [None] * len(after)
    free = set(range(len(before)))
    _match(found, free, before, after, id)
    _match_in_order(found, free, before, after)
    _match(found, free, before, after, _origin)
    _match_alike(found, free, before, after)
    return found


def alike_rows(before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]) -> list[int | None]:
    """As ``matched_rows``, of rows that somebody else wrote: where they were read from tells nothing of them."""
    found: list[int | None] = [None] * len(after)
    _match_alike(found, set(range(len(before))), before, after)
    return found


def _match_alike(
    found: list[int | None], free: set[int], before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]
) -> None:
    _match_in_order(found, free, before, after)
    _match(found, free, before, after, _content)
    _match_neighbours(found, free, before, after)


def _match(
    found: list[int | None],
    free: set[int],
    before: Sequence[AnsweredRow],
    after: Sequence[AnsweredRow],
    key: Callable[[AnsweredRow], Hashable],
) -> None:
    """Those that are the same by a key, None of one that has none, wherever they stand."""
    where: dict[Hashable, list[int]] = {}
    for at in sorted(free):
        where.setdefault(key(before[at]), []).append(at)
    for at in [at for at, each in enumerate(found) if each is None]:
        known = key(after[at])
        if known is not None and where.get(known):
            found[at] = where[known].pop(0)
            free.discard(found[at])


def _match_in_order(
    found: list[int | None], free: set[int], before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]
) -> None:
    """Those that say the same, in their order."""
    old, new = sorted(free), [at for at, each in enumerate(found) if each is None]
    told, wanted = [_content(before[at]) for at in old], [_content(after[at]) for at in new]
    matcher = SequenceMatcher(None, told, wanted, autojunk=False)
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


def _origin(row: AnsweredRow) -> Hashable:
    return (row.place, row.group) if row.place.row else None


# ---------------------------------------------------------------- the whole file


def _rewritten(told: FormText, task: _Task) -> str:
    """All answers anew, behind what else stands in the file."""
    text, splicer = told.text, Splicer(told.text, told.root)
    answers = form_to_yaml(task.after, task.spec).splitlines()[0 if task.spec.id == "case" else 1 :]
    if splicer.root is not None:
        known = [item.name for item in task.spec.items if item.name in entries(splicer.root)]
        removals = [splicer.removed(splicer.root, name) for name in known]
        text = applied(text, [*removals, *_confirmed_edits(splicer, task)])
    head = text if not text or text.endswith(("\n", "\r")) else text + splicer.newline
    return head + "".join(line + splicer.newline for line in answers)
