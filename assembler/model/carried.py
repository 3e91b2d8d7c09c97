"""Answers carried over from another case: how their file lists them, and the fingerprint that tells them untouched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

import jdatetime

from assembler.base.messages import wording
from assembler.model.answers import AnsweredForm, AnsweredRow, Attachment, Prose, ProseEntry, ProseList, Value

# The key of an answer file that lists carried answers; among them, the key that names their case. It holds a hyphen,
# so that no item can be called so.
CARRIED = "carried"
ORIGIN = "from-case"
ALIKE = " alike"  # behind the fingerprint of an answer that was taken from a question whose label is only alike
ONLY_ALIKE = wording("Only the label is alike: look whether it is the same question.")
LENGTH = 8  # hexadecimal digits: told apart from its own later self, an answer needs no more


def fingerprint(form: AnsweredForm, item: str) -> str:
    """A short hash of an answer as it was read, whatever its spelling in the file; «» for a blank one."""
    if item not in form.tables and item not in form.values:
        return ""
    found = _rows(form.tables[item]) if item in form.tables else _plain(form.values[item].value)
    if found is None:
        return ""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def row_fingerprint(row: AnsweredRow) -> str:
    """A hash of what a row says, whoever wrote it and wherever it stands; blank rows of a kind have the same."""
    text = json.dumps([row.group, row.name, _cells(row)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[: 2 * LENGTH]


def waiting(form: AnsweredForm) -> tuple[str, ...]:
    """The carried answers of a form that stand as they came, and that nobody confirmed."""
    listed = form.carried.fingerprints if form.carried else {}
    return tuple(name for name, told in listed.items() if (now := fingerprint(form, name)) and now == told.value)


def is_alike(form: AnsweredForm | None, item: str) -> bool:
    """Whether an answer came from a question that may be another one: its label is alike, not its name."""
    return form is not None and form.carried is not None and item in form.carried.alike


def confirmed(form: AnsweredForm, names: Collection[str]) -> AnsweredForm:
    """The form without these items on the list of those that wait to be confirmed."""
    if form.carried is None or form.carried.fingerprints.keys().isdisjoint(names):
        return form
    left = {name: each for name, each in form.carried.fingerprints.items() if name not in names}
    return replace(form, carried=replace(form.carried, fingerprints=left) if left else None)


def _rows(rows: tuple[AnsweredRow, ...]) -> object:
    """Added rows in their order; printed ones by name, blank ones left out: the guidance decides where they stand."""
    found = [(row.group, row.name, _cells(row)) for row in rows]
    return sorted((row for row in found if row[2] or not row[1]), key=lambda row: row[1]) or None


def _cells(row: AnsweredRow) -> dict[str, object]:
    return {name: _plain(answer.value) for name, answer in row.cells.items() if answer.value is not None}


def _plain(value: Value) -> object:
    """A value that JSON can hold, with its kind where two kinds may look alike. A file counts by its name."""
    if isinstance(value, int | Decimal):
        return ["number", format(Decimal(value).normalize(), "f")]
    if isinstance(value, jdatetime.date):
        return ["date", value.isoformat()]
    if isinstance(value, Attachment):
        return ["file", value.name]
    if isinstance(value, Prose):
        return [block if isinstance(block, str) else _list(block) for block in value.blocks]
    return list(value) if isinstance(value, tuple) else value


def _list(listed: ProseList) -> object:
    return [listed.kind, [_entry(entry) for entry in listed.entries]]


def _entry(entry: ProseEntry) -> object:
    return [entry.text, [_list(listed) for listed in entry.lists]]
