"""Reads ``accepted.yaml``, the findings an officer accepted, and adds entries to its text."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assembler.base.catalogue import CATALOGUE
from assembler.base.persian import control_character
from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import MappingNode, Node, Scalar, describe, parse, read
from assembler.base.yamlfile import Sequence as SequenceNode
from assembler.model.acceptances import Acceptance, place_text, read_place
from assembler.model.folders import ACCEPTED_FILE, CaseFolder

# What an entry says, word by word; the JSON Schema for editors comes from here too.
WORDS: Mapping[str, str] = {
    "code": "The code of the finding, as `assembler check` prints it.",
    "place": "Where it stands: form.item:row.column, as far as known.",
    "says": "The words of the finding, where several of its code stand at the place. Nothing depends on it.",
    "why": "Why it may stand; drafts print it.",
    "evidence": "A fingerprint of the data behind it: when they change, the finding returns.",
}
_NEEDED = ("code", "why", "evidence")
_SHAPE = "- {code, place, why, evidence}"
_UNPRINTABLE = ("Cc", "Cs", "Cn", "Co")


def read_accepted(folder: Path) -> tuple[tuple[Acceptance, ...], tuple[Problem, ...]]:
    """The acceptances of a case, each with its line, and the problems of their file. Most cases have no such file."""
    path = CaseFolder(folder).accepted_file
    node, problems = read(path)
    if node is None:
        missing = all(found.code == "file-missing" for found in problems)
        return (), () if missing else problems
    acceptances, broken = _acceptances(node, Place(file=str(path)))
    return acceptances, (*problems, *broken)


def _acceptances(node: Node, place: Place) -> tuple[tuple[Acceptance, ...], tuple[Problem, ...]]:
    if _is_empty(node):
        return (), ()
    if not isinstance(node, SequenceNode):
        return (), (_broken(place.within(line=node.line), _SHAPE, describe(node)),)
    read_entries = [_entry(entry, place.within(line=entry.line)) for entry in node.items]
    found = tuple(entry for entry in read_entries if isinstance(entry, Acceptance))
    return found, tuple(entry for entry in read_entries if isinstance(entry, Problem))


def _is_empty(node: Node) -> bool:
    if isinstance(node, MappingNode):
        return not node.entries
    return isinstance(node, Scalar) and node.text is None


def _entry(node: Node, written: Place) -> Acceptance | Problem:
    if not isinstance(node, MappingNode):
        return _broken(written, "، ".join(WORDS), describe(node))
    for word, value in node.entries.items():
        if word not in WORDS or not isinstance(value, Scalar):
            return _broken(written.within(line=node.line_of(word)), "، ".join(WORDS), f"{word}: {describe(value)}")
    texts = {word: value.text or "" for word, value in node.entries.items() if isinstance(value, Scalar)}
    for word in _NEEDED:
        if not texts.get(word, "").strip():
            return _broken(written, f"{word}: …", "∅")
    return _read_entry(texts, node, written)


def _read_entry(texts: dict[str, str], node: MappingNode, written: Place) -> Acceptance | Problem:
    why = texts["why"].strip()
    place = read_place(texts.get("place", ""))
    if place is None:
        return _broken(written.within(line=node.line_of("place")), "form.item:row.column", f"«{texts['place']}»")
    if (character := control_character(why)) is not None:
        line = written.within(line=node.line_of("why"))
        return problem("control-character", line, label="why", character=f"U+{ord(character):04X}")
    says = texts.get("says", "").strip()
    return Acceptance(texts["code"].strip(), place, why, texts["evidence"].strip(), written, says)


def _broken(place: Place, expected: str, found: str) -> Problem:
    return problem("acceptance-broken", place, expected=expected, found=found)


# ---------------------------------------------------------------- writing


def tidy(why: str) -> str:
    """A reason as it is kept: one line, without characters that no page can carry."""
    printable = "".join(" " if unicodedata.category(each) in _UNPRINTABLE else each for each in why)
    return " ".join(printable.split())


def with_added(text: str, added: Sequence[Acceptance]) -> str | None:
    """The text of the file with entries added behind the others; what stood in it stays to the letter.

    None when the file is written in a way that nothing can be added to, such as two documents in one.
    """
    before = _meaning(text)
    if before is None:
        return None
    expected = (*before, *map(_plain, added))
    return next((new for new in _candidates(text, added) if _meaning(new) == expected), None)


def _meaning(text: str) -> tuple[tuple[str, ...], ...] | None:
    """What the entries of a text say, without their lines; None when any of it is broken."""
    node, problems = parse(text.removeprefix("\ufeff"), Place())
    if node is None or problems:
        return None
    acceptances, broken = _acceptances(node, Place())
    return None if broken else tuple(_plain(entry) for entry in acceptances)


def _plain(entry: Acceptance) -> tuple[str, ...]:
    """An entry's texts, in the order of the words."""
    return entry.code, place_text(entry.place), entry.says, entry.why, entry.evidence


def _words(entry: Acceptance) -> dict[str, str]:
    """An entry as it is written: without words of the finding where its place tells it apart."""
    texts = dict(zip(WORDS, _plain(entry), strict=True))
    return {word: text for word, text in texts.items() if text or word != "says"}


def _candidates(text: str, added: Sequence[Acceptance]) -> Iterator[str]:
    """Ways to add, the usual first: dashes at the margin, dashes as far in as those above, inside brackets."""
    entries = [_words(entry) for entry in added]
    newline = "\r\n" if "\r\n" in text else "\n"
    block = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=10**6)
    whole = text if not text or text.endswith("\n") else text + newline
    for indent in ("", *_indents(text)):
        yield whole + "".join(f"{indent}{line}{newline}" for line in block.splitlines())
    head, bracket, tail = text.rpartition("]")
    inside = json.dumps(entries, ensure_ascii=False)[1:-1]
    if bracket:
        yield f"{head.rstrip()}, {inside}{bracket}{tail}"
        yield f"{head}{inside}{bracket}{tail}"


def _indents(text: str) -> Iterator[str]:
    """How far in the entries stand that the text has."""
    starts = (line[: len(line) - len(line.lstrip(" "))] for line in text.splitlines() if line.lstrip().startswith("- "))
    yield from dict.fromkeys(start for start in starts if start)


# ---------------------------------------------------------------- for editors


def accepted_schema() -> dict[str, Any]:
    """A JSON Schema of ``accepted.yaml``: a list of entries, or nothing."""
    text = {"type": "string", "pattern": r"\S"}
    words: dict[str, dict[str, Any]] = {
        "code": {"enum": sorted(CATALOGUE)},
        "place": {"type": ["string", "null"]},
        "says": {"type": ["string", "null"]},
        "why": text,
        "evidence": {"type": ["string", "number"]},
    }
    entry = {
        "type": "object",
        "properties": {word: words[word] | {"description": doc} for word, doc in WORDS.items()},
        "required": list(_NEEDED),
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ACCEPTED_FILE,
        "anyOf": [{"type": "array", "items": entry}, {"type": "null"}],
    }
