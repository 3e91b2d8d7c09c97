"""Proving a registry: asked of the rows themselves, not of the constraints that should have kept them right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from assembler.base.persian import format_date, parse_date, persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.records.receipt import file_hash
from assembler.records.registry.database import DAMAGED, expected_tables, refusal, tables
from assembler.records.registry.entry import Entry
from assembler.records.registry.pattern import ONGOING, NumberPattern

_SHOWN = 20  # missing serials named one by one


def findings(connection: sqlite3.Connection, path: Path, entries: Sequence[Entry]) -> tuple[Problem, ...]:
    """Everything wrong with a registry. Raises sqlite3.Error when it cannot be read at all."""
    place = Place(file=str(path))
    return (
        *_file(connection, place),
        *_serials(connection, place),
        *_numbers(connection, place),
        *_days(entries, place),
        *_letters(entries, path.resolve().parent, place),
    )


def whole(connection: sqlite3.Connection, path: Path) -> None:
    """Raises AssemblerError when a copy of the registry at ``path`` is damaged."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise refusal(path, "registry-damaged", reason=DAMAGED)


def _file(connection: sqlite3.Connection, place: Place) -> Iterator[Problem]:
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        yield problem("registry-damaged", place, name=Path(str(place.file)).name, reason=DAMAGED)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        yield problem("registry-altered", place, what="letters → patterns, series")
    expected, found = expected_tables(), tables(connection)
    other = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if other:
        yield problem("registry-altered", place, what="، ".join(other))


def _serials(connection: sqlite3.Connection, place: Place) -> Iterator[Problem]:
    query = "SELECT scope, first, serial FROM series JOIN letters USING (scope) ORDER BY scope, serial"
    current, expected = -1, 0
    missing: dict[int, list[int]] = {}
    for scope, first, serial in connection.execute(query):
        if scope != current:
            current, expected = scope, first
        missing.setdefault(scope, []).extend(range(expected, serial))
        if serial < expected:
            yield problem("registry-repeat", place, serial=persian_digits(str(serial)), year=_year(scope))
        expected = serial + 1
    for scope, serials in missing.items():
        if serials:
            told = persian_digits("، ".join(map(str, serials[:_SHOWN]))) + ("، …" if len(serials) > _SHOWN else "")
            yield problem("registry-gap", place, count=len(serials), serials=told, year=_year(scope))


def _year(scope: int) -> str:
    return "…" if scope == ONGOING else persian_digits(str(scope))


def _numbers(connection: sqlite3.Connection, place: Place) -> Iterator[Problem]:
    patterns = {
        identity: NumberPattern(*told)
        for identity, *told in connection.execute("SELECT id, text, unit, counting, start FROM patterns")
    }
    seen: set[str] = set()
    for number, pattern, given, serial in connection.execute("SELECT number, pattern, given, serial FROM letters"):
        if number in seen:
            yield problem("registry-number-twice", place, number=number)
        seen.add(number)
        day = parse_date(given)
        expected = patterns[pattern].number(day, serial) if day and pattern in patterns else "?"
        if number != expected:
            yield problem("registry-number-altered", place, number=number, expected=expected)


def _days(entries: Sequence[Entry], place: Place) -> Iterator[Problem]:
    """Whether the days go on as the numbers were given; each that falls behind is told."""
    newest: Entry | None = None
    for entry in entries:
        if newest and entry.given < newest.given:
            told = {"date": format_date(entry.given), "other": newest.number, "last": format_date(newest.given)}
            yield problem("registry-days-back", place, number=entry.number, **told)
        else:
            newest = entry


def _letters(entries: Sequence[Entry], folder: Path, place: Place) -> Iterator[Problem]:
    for entry in entries:
        if entry.state == "open":
            named = f"{entry.case} / {entry.letter}"
            yield problem("registry-open", place, number=entry.number, letter=named)
        yield from _file_of(folder, entry.path, entry.sha256, "registry-file", entry.number, place)
        yield from _file_of(folder, entry.scan_path, entry.scan_sha256, "registry-scan", entry.number, place)


def _file_of(folder: Path, path: str, told: str, code: str, number: str, place: Place) -> Iterator[Problem]:
    """Whether the file of a number is there, and the one whose hash was recorded."""
    if path and not (folder / path).is_file():
        yield problem(f"{code}-gone", place, number=number, path=path)
    elif path and file_hash(folder / path) != told:
        yield problem(f"{code}-changed", place, number=number, path=path)
