"""Lists of choices: as a form writes them, or from a file that several forms share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from assembler.base.foreign import UnreadableError
from assembler.base.messages import wording
from assembler.base.persian import fold, normalise
from assembler.base.problems import Place, Problem, problem
from assembler.base.separated import rows_of
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node
from assembler.model.specs import Choice, Field, Item
from assembler.specs.language.meanings import NAME
from assembler.specs.nodes import items, mapping, text

ChoiceLists = Mapping[str, tuple[Choice, ...]]
_WORDS = ("name", "label", "code", "within", "ask", "was", "inferred")
_NEEDED = ("name", "label")
_MOST = 20_000  # lines of a file, more than the country has villages to choose from at once


def choice_lists(node: Node | None, place: Place, root: Path | None) -> tuple[ChoiceLists, list[Problem]]:
    """The lists by name, and what is wrong with them; files are named as seen from ``root``."""
    lists: dict[str, tuple[Choice, ...]] = {}
    problems: list[Problem] = []
    for name, told in mapping(node).entries.items():
        if isinstance(told, MappingNode):
            source = _Source(text(told, "from"), root, place.within(line=told.line))
            found, wrong = source.read() if source.name else ([], [])
        else:
            entries = map(mapping, items(told))
            found, wrong = [(_choice(each), place.within(line=each.line)) for each in entries], []
        problems += [*wrong, *_doubled(found, name)]
        lists[name] = tuple(choice for choice, _ in found)
    return lists, problems


def _choice(node: MappingNode) -> Choice:
    return Choice(**{word: text(node, word) for word in _WORDS})


class _Source:
    """A file with a line a choice; its first line names the words of its columns."""

    def __init__(self, name: str, root: Path | None, place: Place) -> None:
        self.name, self._place = name, place
        self._root = (root or Path(place.file or ".").parent).resolve()
        self._path = (self._root / name).resolve()

    def read(self) -> tuple[list[tuple[Choice, Place]], list[Problem]]:
        if not self._path.is_relative_to(self._root) or self._path.suffix.lower() != ".csv":
            return [], [self._refused(wording("it is no CSV file in the folder of the specifications"))]
        try:
            rows = list(islice(rows_of(self._path.read_bytes()), _MOST + 1))
        except OSError as error:
            return [], [self._refused(error.strerror or str(error))]
        except UnreadableError as error:
            return [], [self._refused(error.reason)]
        if len(rows) > _MOST:
            return [], [self._refused(wording("it has more than {limit} lines", limit=_MOST))]
        words = tuple(each.strip() for each in rows[0][1]) if rows else ()
        if strange := self._strange(words):
            return [], [strange]
        found: list[tuple[Choice, Place]] = []
        problems: list[Problem] = []
        for line, row in rows[1:]:
            if any(cell.strip() for cell in row):
                where = Place(file=str(self._path), line=line)
                told = dict(zip(words, map(normalise, row), strict=False))
                problems += _lacking(told, len(row) > len(words), where)
                found.append((Choice(**{"name": "", "label": "", **told}), where))
        return found, problems if found else [self._refused(wording("it lists nothing"))]

    def _strange(self, words: tuple[str, ...]) -> Problem | None:
        where = Place(file=str(self._path), line=1)
        for each in words:
            if each not in _WORDS or words.count(each) > 1:
                near = guess(each, _WORDS)
                return problem("unknown-key", where, name=each, shape=self.name, guess=near, known=listed(_WORDS))
        lacking = next((word for word in _NEEDED if word not in words), None)
        return problem("missing-key", where, shape=self.name, name=lacking) if lacking else None

    def _refused(self, reason: object) -> Problem:
        return problem("choices-file", self._place, name=self.name, reason=reason)


def _lacking(told: Mapping[str, str], is_long: bool, where: Place) -> Iterator[Problem]:
    for word in _NEEDED:
        if not told.get(word):
            yield problem("missing-key", where, shape="choice", name=word)
    if told.get("name") and not re.fullmatch(NAME, told["name"]):
        yield problem("bad-name", where, value=told["name"])
    if is_long:
        yield problem(
            "choices-file", where, name=Path(where.file or "").name, reason=wording("a line has too many cells")
        )


def _doubled(found: list[tuple[Choice, Place]], name: str) -> Iterator[Problem]:
    """A choice is told by its name, and by its code: no list may hold one twice, nor a code that is another's word."""
    names: set[str] = set()
    words = {fold(word): choice for choice, _ in found for word in (choice.name, choice.label)}
    codes: set[str] = set()
    asking = [choice for choice, _ in found if choice.ask]
    for choice, place in found:
        code = fold(choice.code)
        if choice.name in names:
            yield problem("duplicate-name", place, name=choice.name, shape=name)
        if code and (code in codes or words.get(code, choice) is not choice):
            yield problem("duplicate-name", place, name=choice.code, shape=name)
        if bool(code) != bool(found[0][0].code):
            yield problem("missing-key", place, shape="choice", name="code")
        if choice.ask and choice is not asking[0]:
            yield problem("choices-ask", place, name=name)
        names.add(choice.name)
        codes.add(code)


def check_within(built: Sequence[Item]) -> Iterator[Problem]:
    """What choices belong to is one choice of the same row or form, of those their list names."""
    for item in built:
        for field in (item, *item.columns):
            known = {each.name: each for each in (*built, *item.columns) if each.type == "select_one"}
            parent = known.get(field.within)
            if field.within and (parent is None or parent is field):
                near, names = guess(field.within, known), listed(known)
                yield problem("unknown-item", field.place, name=field.within, shape="within", guess=near, known=names)
            elif parent:
                yield from _belonging(field, parent)


def _belonging(field: Field, parent: Field) -> Iterator[Problem]:
    known = [choice.name for choice in parent.choices]
    strange = next((choice for choice in field.choices if choice.within not in known), None)
    if strange:
        told = {"label": strange.label, "value": strange.within, "name": parent.shown}
        yield problem("choice-within", field.place, **told)
