"""Reads ``persons.yaml``: to whom an office writes, with their titles and posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assembler.base.persian import control_character, fold, normalise
from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, describe, parse, read
from assembler.model.folders import PERSONS_FILE, CaseFolder
from assembler.model.persons import Person, Persons, post_key

# What an entry says, word by word; the JSON Schema for editors comes from here too.
WORDS: Mapping[str, str] = {
    "name": "The name, without any title.",
    "title": "What stands before the name in letters: «جناب آقای», «سرکار خانم دکتر».",
    "post": "The post, as letters write it; a letter to the post goes to this person.",
}
_SHAPE = "- {title, name, post}"


def read_persons(folder: Path) -> tuple[Persons, tuple[Problem, ...]]:
    """The register of a case with all problems of its file. Most cases have no such file."""
    path = CaseFolder(folder).persons_file
    if not path.exists():
        return Persons(), ()
    node, problems = read(path)
    return _persons(node, problems, Place(file=str(path)))


def persons_in(text: str, place: Place) -> tuple[Persons, tuple[Problem, ...]]:
    """The register a text holds."""
    node, problems = parse(text, place)
    return _persons(node, problems, place)


def _persons(node: Node | None, problems: tuple[Problem, ...], place: Place) -> tuple[Persons, tuple[Problem, ...]]:
    if node is None:
        return Persons(), problems
    reader = _Reader()
    found = tuple(reader.persons(node, place))
    return Persons(found), (*problems, *reader.problems)


class _Reader:
    """Reads the entries; ``problems`` fills as it goes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.known: dict[tuple[str, str], str] = {}

    def persons(self, node: Node, place: Place) -> Iterator[Person]:
        """The entries that are whole; of two that say one name or one post, the first."""
        if isinstance(node, MappingNode) and not node.entries:
            return
        if not isinstance(node, Sequence):
            self._report("wrong-shape", place.within(line=node.line), expected=_SHAPE, found=describe(node))
            return
        for entry in node.items:
            person = self._person(entry, place.within(line=entry.line))
            if person is not None and self._is_new(person):
                yield person

    def _person(self, node: Node, place: Place) -> Person | None:
        if not isinstance(node, MappingNode):
            self._report("wrong-shape", place, expected=_SHAPE, found=describe(node))
            return None
        before = len(self.problems)
        texts = {
            word: self._text(word, value, place.within(line=node.line_of(word))) for word, value in node.entries.items()
        }
        if not texts.get("name"):
            self._report("missing-key", place, shape=PERSONS_FILE, name="name")
        return Person(**texts, place=place) if len(self.problems) == before else None

    def _text(self, word: str, value: Node, place: Place) -> str:
        if word not in WORDS or not isinstance(value, Scalar):
            self._report("wrong-shape", place, expected=_SHAPE, found=f"{word}: {describe(value)}")
            return ""
        text = value.text or ""
        if (character := control_character(text)) is not None:
            self._report("control-character", place, label=word, character=f"U+{ord(character):04X}")
        return " ".join(normalise(text).split())

    def _is_new(self, person: Person) -> bool:
        keys = {("name", fold(person.name)): person.name, ("post", post_key(person.post)): person.post}
        for key, shown in keys.items():
            if key[1] and key in self.known:
                self._report("person-twice", person.place, name=shown, one=self.known[key], other=person.addressed)
                return False
        self.known |= dict.fromkeys(keys, person.addressed)
        return True

    def _report(self, code: str, place: Place, **arguments: object) -> None:
        self.problems.append(problem(code, place, **arguments))


# ---------------------------------------------------------------- for editors


def persons_schema() -> dict[str, Any]:
    """A JSON Schema of ``persons.yaml``: a list of persons, or nothing."""
    words = {word: {"type": ["string", "null"], "description": told} for word, told in WORDS.items()}
    words["name"] = {"type": "string", "pattern": r"\S", "description": WORDS["name"]}
    entry = {"type": "object", "properties": words, "required": ["name"], "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": PERSONS_FILE,
        "type": ["array", "null"],
        "items": entry,
    }
