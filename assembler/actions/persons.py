"""The register of persons of a case: seen, and changed in ``persons.yaml``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.actions.locking import locked
from assembler.answers import persons_in, read_persons, with_persons
from assembler.base.encodings import decoded
from assembler.base.files import write_whole, writing
from assembler.base.persian import fold, normalise
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.model.folders import CaseFolder
from assembler.model.persons import Person

_VERSION = 16  # hexadecimal digits
Row = tuple[int | None, Person]  # the number of the entry it is, from 0; None of a new one


@dataclass(frozen=True)
class Register:
    """``version`` tells what the file says from all else it may say."""

    persons: tuple[Person, ...]
    version: str
    problems: tuple[Problem, ...] = ()


def register(folder: Path) -> Register:
    """The persons of a case. Raises AssemblerError when the file cannot be read."""
    path = CaseFolder(folder).persons_file
    persons, problems = read_persons(folder)
    return Register(persons.all, hashlib.sha256(_bytes(path)).hexdigest()[:_VERSION], problems)


@locked("persons")
def write_register(folder: Path, rows: Sequence[Row], seen: str) -> tuple[str, str]:
    """Makes the register say these persons, as it was ``seen`` in a version; returns what was and what is told anew.

    Raises AssemblerError: somebody changed it meanwhile, a name or post stands twice, the file cannot be written.
    """
    return _written(folder, rows, seen)


@locked("persons")
def set_person(folder: Path, name: str, title: str | None = None, post: str | None = None) -> tuple[str, str]:
    """Adds a person, or changes the title or the post of one; None leaves them. Returns and raises as
    ``write_register`` does.
    """
    known = _sound(folder)
    at = _at(known.persons, name)
    person = known.persons[at] if at is not None else Person(name)
    told = replace(person, title=person.title if title is None else title, post=person.post if post is None else post)
    rows: list[Row] = [(number, one) for number, one in enumerate(known.persons) if number != at]
    return _written(folder, sorted([*rows, (at, told)], key=_order), known.version)


@locked("persons")
def delete_person(folder: Path, name: str) -> tuple[str, str]:
    """Takes a person out. Raises AssemblerError «person-unknown», and as ``write_register`` does."""
    known = _sound(folder)
    at = _at(known.persons, name)
    if at is None:
        listed = "، ".join(one.name for one in known.persons) or "—"
        raise AssemblerError([problem("person-unknown", name=name, known=listed)], ExitCode.USAGE)
    return _written(folder, [row for row in enumerate(known.persons) if row[0] != at], known.version)


def _order(row: Row) -> tuple[bool, int]:
    return row[0] is None, row[0] or 0


def _at(persons: Sequence[Person], name: str) -> int | None:
    return next((at for at, one in enumerate(persons) if fold(one.name) == fold(name)), None)


def _sound(folder: Path) -> Register:
    """The register, free of errors: what is not read of it would be lost."""
    found = register(folder)
    if has_errors(found.problems):
        raise AssemblerError(found.problems, ExitCode.ANSWERS)
    return found


def _written(folder: Path, rows: Sequence[Row], seen: str) -> tuple[str, str]:
    path = CaseFolder(folder).persons_file
    known = register(folder)
    unknown = any(number is not None and number >= len(known.persons) for number, _ in rows)
    if known.version != seen or unknown:
        raise AssemblerError([problem("answers-changed", Place(file=str(path)), name=path.name)], ExitCode.ANSWERS)
    if has_errors(known.problems):
        raise AssemblerError(known.problems, ExitCode.ANSWERS)
    told = [(number, _tidy(person)) for number, person in rows]
    new = with_persons(decoded(_bytes(path)).removeprefix("\ufeff"), known.persons, told)
    now, problems = persons_in(new, Place(file=str(path)))
    if has_errors(problems):
        raise AssemblerError([replace(each, place=Place(file=str(path))) for each in problems], ExitCode.ANSWERS)
    before, after = (list(map(_line, each)) for each in (known.persons, now.all))
    if before == after:
        return "", ""
    with writing(path):
        write_whole(path, new.encode("utf-8", "replace"))
    return _only(before, after), _only(after, before)


def _only(these: Sequence[str], others: Sequence[str]) -> str:
    return "، ".join(one for one in these if one not in others)


def _line(person: Person) -> str:
    return f"{person.addressed} ({person.post})" if person.post else person.addressed


def _tidy(person: Person) -> Person:
    name, title, post = (" ".join(normalise(text).split()) for text in (person.name, person.title, person.post))
    return replace(person, name=name, title=title, post=post)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        return b""
    with writing(path):
        return path.read_bytes()
