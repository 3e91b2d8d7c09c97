"""Writes ``persons.yaml``: entries that stay keep their lines, and comments stay where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from assembler.answers.persons import WORDS, persons_in
from assembler.base.problems import Place
from assembler.base.yamlfile import parse
from assembler.model.persons import Person

_ORDER = ("title", "name", "post")


def with_persons(text: str, before: Sequence[Person], after: Sequence[tuple[int | None, Person]]) -> str:
    """The text of a register as it is to be: ``after`` are its persons, each with the number among those ``before``
    whose entry it is, None of a new one. What is not there any more goes with its lines.
    """
    lines = text.splitlines()
    begins = [(one.place.line or 1) - 1 for one in before]
    kept = {number: person for number, person in after if number is not None}
    made = lines[: begins[0]] if begins else _without_blank(lines)
    ends = [*begins[1:], len(lines)][: len(begins)]
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        entry, between = _parted(lines[begin:end])
        person = kept.get(number)
        if person is not None:
            made += entry if _said(person) == _said(before[number]) else [_line(person)]
        made += between
    made += [_line(person) for number, person in after if number is None]
    wanted = [_said(kept[number]) for number in sorted(kept)]
    wanted += [_said(person) for number, person in after if number is None]
    whole = "".join(f"{line}\n" for line in made)
    return whole if _says(whole) == wanted else _anew(lines, after)


def _parted(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of an entry, and those behind it that belong to none."""
    last = max((at for at, line in enumerate(lines) if not _is_remark(line)), default=0)
    return list(lines[: last + 1]), list(lines[last + 1 :])


def _is_remark(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _without_blank(lines: Sequence[str]) -> list[str]:
    """The remarks of a file without entries, which may say so by «[]»."""
    return [line for line in lines if _is_remark(line)]


def _anew(lines: Sequence[str], after: Sequence[tuple[int | None, Person]]) -> str:
    """The whole file in our way: one that had all entries on one line, for instance."""
    return "".join(f"{line}\n" for line in (*filter(_is_remark, lines), *(_line(person) for _, person in after)))


def _line(person: Person) -> str:
    words = {word: text for word in _ORDER if (text := getattr(person, word))}
    flow = yaml.safe_dump(words, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6)
    return f"- {flow.strip()}"


def _said(person: Person) -> tuple[str, ...]:
    return tuple(getattr(person, word) for word in WORDS)


def _says(text: str) -> list[tuple[str, ...]]:
    node, problems = parse(text, Place())
    return [] if node is None or problems else list(_read(text))


def _read(text: str) -> Iterator[tuple[str, ...]]:
    return (_said(person) for person in persons_in(text, Place())[0].all)
