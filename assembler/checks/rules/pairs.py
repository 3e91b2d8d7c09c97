"""One code, one title: what stands beside a name in several tables, and in those of the period before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.rules import Pairs, TableTarget, Unsettled
from assembler.model.values import shown


def pairs(subject: Subject[Pairs]) -> Iterator[Problem]:
    """What other tables, and the one of the period before, say beside the same key."""
    words, table = subject.words, subject.item
    own = _said(table, words.key, words.column)
    for target in words.among:
        item = subject.target(target)
        if item is None or not item.relevant or words.column not in item.spec.by_name:
            continue
        for row in item.rows if not item.prefilled else ():
            key, value = (_text(item, row.cells[name].value, name) for name in (words.key, words.column))
            said = own.get(fold(key))
            if said is not None and value and fold(said) != fold(value):
                told = {"key": key, "value": value, "other": said, "table": table.spec.title or table.spec.shown}
                form = target.split(".")[0]
                place = row.cells[words.column].place.within(form=form, item=item.spec.name, column=words.column)
                yield subject.find("pair-differs", place, **told)
    yield from _changed(subject, own)


def _changed(subject: Subject[Pairs], own: Mapping[str, str]) -> Iterator[Problem]:
    words, before = subject.words, _table(subject.before, f"{subject.form.spec.id}.{subject.item.spec.name}")
    was = _said(before, words.key, words.column) if before is not None and own else {}
    for row in subject.rows if was else ():
        key, value = (_text(subject.item, row.cells[name].value, name) for name in (words.key, words.column))
        said = was.get(fold(key))
        if said is not None and value and fold(said) != fold(value):
            told = {"key": key, "value": value, "was": said}
            yield subject.find("pair-changed", subject.place(row, words.column), **told)


def unsettled(subject: Subject[Unsettled]) -> Iterator[Problem]:
    """Rows that say again what somebody contradicted in the period before."""
    words, before = subject.words, _table(subject.before, f"{subject.form.spec.id}.{subject.item.spec.name}")
    if before is None:
        return
    was = _said(before, words.key, words.column)
    contradicted = {key for target in words.among for key in _keys(_table(subject.before, target), words.key)}
    for row in subject.rows:
        key, value = (_text(subject.item, row.cells[name].value, name) for name in (words.key, words.column))
        if fold(key) in contradicted and value and was.get(fold(key)) == value:
            yield subject.find("declared-again", subject.place(row, words.column), value=value)


def _table(forms: Mapping[str, FilledForm], target: TableTarget | str) -> FilledItem | None:
    form, item = str(target).split(".")[:2]
    return forms[form].items.get(item) if form in forms else None


def _keys(item: FilledItem | None, key: str) -> Iterator[str]:
    for row in item.rows if item is not None else ():
        if text := fold(_text(item, row.cells[key].value, key)):
            yield text


def _said(item: FilledItem, key: str, column: str) -> dict[str, str]:
    """What stands beside each key; of a key that stands twice nothing, as that is told already."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for row in item.rows:
        name, value = fold(_text(item, row.cells[key].value, key)), _text(item, row.cells[column].value, column)
        if name and value:
            twice.update({name} if name in found else ())
            found[name] = value
    return {name: value for name, value in found.items() if name not in twice}


def _text(item: FilledItem | None, value: Value, name: str) -> str:
    return shown(value, item.spec.column(name)).strip() if item is not None else ""
