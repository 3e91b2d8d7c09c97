"""Parts the findings an officer accepted from the open ones, as long as the data behind them stay the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assembler.base.messages import spoken
from assembler.base.problems import Place, Problem, problem
from assembler.model.acceptances import Acceptance, Accepted, place_text
from assembler.model.answers import Attachment, Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow

EVIDENCE_LENGTH = 12


def split_accepted(
    problems: Iterable[Problem], acceptances: Sequence[Acceptance], forms: Mapping[str, FilledForm]
) -> tuple[tuple[Problem, ...], tuple[Accepted, ...], tuple[Problem, ...]]:
    """The open problems, the accepted ones with their reasons, and a problem for every entry that fits nothing."""
    entries = {(one.code, place_text(one.place), one.evidence): one for one in reversed(acceptances)}
    named = {entry[:2] for entry in entries}
    open_problems: list[Problem] = []
    accepted: dict[tuple[str, str, str], list[Accepted]] = {}
    for found in problems:
        # The data are only looked at where an entry names the place: a finding may rest on a whole table.
        likely = found.acceptable and (found.code, place_text(found.place)) in named
        key = next((key for key in _keys(found, forms) if key in entries), None) if likely else None
        if key is not None:
            accepted.setdefault(key, []).append(Accepted(found, entries[key].why))
        else:
            open_problems.append(found)
    unused = (entries[key] for key in entries if key not in accepted)
    every = tuple(one for found in accepted.values() for one in found)
    return tuple(open_problems), every, tuple(_unused(one) for one in unused)


def acceptance(found: Problem, why: str, forms: Mapping[str, FilledForm]) -> Acceptance:
    """The entry that accepts a finding."""
    where = found.place
    place = Place(form=where.form, item=where.item, row=where.row, column=where.column)
    return Acceptance(found.code, place, why, evidence(found, forms))


def _keys(found: Problem, forms: Mapping[str, FilledForm]) -> Iterator[tuple[str, str, str]]:
    """What an entry that fits a finding may say. Messages once called a table without a label by its name."""
    code, place = found.code, place_text(found.place)
    yield code, place, evidence(found, forms)
    form = forms.get(found.place.form or "")
    item = form.items.get(found.place.item or "") if form else None
    if item and not item.spec.label:
        named = {word: item.spec.name if told == item.spec.shown else told for word, told in found.arguments.items()}
        yield code, place, evidence(replace(found, arguments=named), forms)


def evidence(found: Problem, forms: Mapping[str, FilledForm]) -> str:
    """A short fingerprint of what a finding rests on: its code, place and arguments, and the data at its place.

    Most findings bring their numbers along as arguments; a constraint or an expression brings its message only.
    """
    with spoken("en"):  # some arguments are words of the reader's language
        arguments = {name: str(value) for name, value in found.arguments.items()}
    ground = [found.code, place_text(found.place), arguments, list(_data(found.place, forms))]
    text = json.dumps(ground, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:EVIDENCE_LENGTH]


def _unused(entry: Acceptance) -> Problem:
    return problem("acceptance-unused", entry.written, name=entry.code, where=place_text(entry.place) or "—")


def _data(place: Place, forms: Mapping[str, FilledForm]) -> Iterator[str]:
    """The row a finding stands in, else the whole item, else the whole form."""
    form = forms.get(place.form or "")
    items = form.items if form else {}
    if place.item is None:
        for item in items.values():
            yield from _item_data(item)
    elif place.item in items:
        item = items[place.item]
        row = item.row_at(place.row)
        yield from _item_data(item) if row is None else _row_data(row)


def _item_data(item: FilledItem) -> Iterator[str]:
    yield _datum(item.spec.name, item.value)
    for row in item.rows:
        yield from _row_data(row)


def _row_data(row: FilledRow) -> Iterator[str]:
    yield row.name
    yield from (_datum(name, cell.value) for name, cell in row.cells.items())


def _datum(name: str, value: Value) -> str:
    """A file counts by its name: the case folder may move."""
    plain = value.name if isinstance(value, Attachment) else value
    return f"{name}={type(plain).__name__}:{plain}"
