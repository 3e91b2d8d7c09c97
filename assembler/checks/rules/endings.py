"""Texts that stop in the middle, or end in a question where none is asked.

A text stops in the middle when its last word cannot be the last: a conjunction, a preposition, a plural that waits for
its noun; or when a comma, a colon or an open bracket is all that follows. Words that also are nouns («در» of a room)
are let pass after the words that show it: a finding here should be worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assembler.base.problems import Place, Problem
from assembler.checks.rules.subject import Subject
from assembler.checks.words.last_words import dangling, is_greeting, is_of_questions
from assembler.model.answers import Prose, ProseEntry, ProseList, Value
from assembler.model.filled import FilledCell, FilledItem, FilledRow
from assembler.model.rules import Finished
from assembler.model.specs import Column

_OPENING = "([{«“"
_BRACKET = re.compile(r"[(\[{«“)\]}»”]")
_ENUMERATOR = re.compile(r"(?:^|\s)\w{1,3}\)$")  # «الف)»، «۱)»
_OMISSION = re.compile(r"(?:…|\.\s?\.)$")
_LAST_WORDS = 4
_QUESTION = re.compile("[؟?]")
# What ends in a number, with no sign in it that a sentence ends at and no bracket, stops nowhere.
_WHOLE = re.compile(r"[^.؟?([{«“)\]}»”]*\d")
_SENTENCE = re.compile(r"(?<=[^\W\d_])\.\s+(?=\w)")  # a full stop between two sentences


@dataclass(frozen=True)
class _Text:
    """A text to judge. One that ``leads`` into a list may end in any word, one that pauses in a comma or colon."""

    text: str
    place: Place
    pauses: bool = False
    leads: bool = False
    asks: bool = False  # questions are what stands here


def finished(subject: Subject[Finished]) -> Iterator[Problem]:
    """Texts of an item, or of some columns of a table, that stop in the middle or end in a question mark."""
    for code, place, words in unfinished(subject.item, subject.words.columns):
        yield subject.find(code, place, **words)


def unfinished(item: FilledItem, columns: Collection[str] = ()) -> Iterator[tuple[str, Place, Mapping[str, str]]]:
    """Of such texts the code of the finding, the place, and the words that show it."""
    for text in _texts(item, columns):
        for code, words in _ends(text.text, text.pauses, text.leads, text.asks):
            yield code, text.place, words


@lru_cache(maxsize=4096)  # words of cells repeat from row to row
def _ends(text: str, pauses: bool, leads: bool, asks: bool) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """What is wrong with the ends of a text and of its sentences."""
    found: list[tuple[str, Mapping[str, str]]] = []
    ending = text.rstrip().rstrip("*").rstrip()
    if _is_question(ending):
        if not asks:
            found.append(("text-question", {"words": _last_words(ending)}))
    elif not leads and (end := _open_end(ending, pauses)):
        found.append(("text-unfinished", {"words": _last_words(ending), "end": end}))
    for sentence in _SENTENCE.split(ending)[:-1]:
        if end := dangling(sentence):
            found.append(("text-unfinished", {"words": _last_words(sentence), "end": end}))
    return tuple(found)


# ---------------------------------------------------------------- which texts there are


def _texts(item: FilledItem, wanted: Collection[str]) -> Iterator[_Text]:
    if not item.spec.is_table:
        if item.spec.calculation is None and item.spec.type in ("text", "narrative"):
            yield from _of_value(item.value, item.place, item.spec.marks)
        return
    for column in item.spec.columns:
        if column.type == "text" and column.calculation is None and (not wanted or column.name in wanted):
            yield from _of_column(item, column)


def _of_column(item: FilledItem, column: Column) -> Iterator[_Text]:
    """The typed cells of a column; what the guidance prints is not the officer's to finish."""
    printed = {row.name for row in item.spec.rows if row.shuts(column.name)}
    rows = [row for row in item.rows if not row.name or row.name not in printed]
    wording = item.wording[column.name]
    asks = is_of_questions(f"{column.label} {column.name}") or (_QUESTION.search(wording.whole) and _asks(column, rows))
    doubtful = {text for text in wording.texts if _ends_open(text, bool(asks))}
    for row in rows if doubtful else ():
        cell: FilledCell = row.cells[column.name]
        if cell.value not in column.marks:
            yield from (each for each in _of_cell(cell.value, cell.place, bool(asks), column) if each.text in doubtful)


def _ends_open(text: str, asks: bool) -> bool:
    """Whether anything may be wrong with the ends of a text, wherever it stands."""
    return not _WHOLE.fullmatch(text) and bool(_ends(text, pauses=False, leads=False, asks=asks))


def _asks(column: Column, rows: Sequence[FilledRow]) -> bool:
    """Whether half of the cells of a column are questions."""
    cells = [value for row in rows if isinstance(value := row.cells[column.name].value, str)]
    questions = sum(_is_question(cell) for cell in cells)
    return questions > 1 and 2 * questions >= len(cells)


def _of_cell(value: Value, place: Place, asks: bool, column: Column) -> Iterator[_Text]:
    texts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    for number, text in enumerate(texts, start=1):
        yield _Text(text, place.cell(column.name), pauses=number < len(texts), asks=asks)


def _of_value(value: Value, place: Place, marks: Sequence[str]) -> Iterator[_Text]:
    """The texts of a single answer. The report may go on after it with a table or a list, so a colon can end it."""
    if isinstance(value, Prose):
        found = tuple(_of_prose(value.blocks, place))
        asks = sum(_is_question(text.text) for text in found) > 1
        yield from (replace(text, asks=asks) for text in found)
    elif value not in marks:
        texts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
        for number, text in enumerate(texts, start=1):
            yield _Text(text, place, pauses=number < len(texts) or text.endswith(":"))


def _of_prose(blocks: Sequence[str | ProseList], place: Place) -> Iterator[_Text]:
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, ProseList):
            yield from _of_entries(block.entries, place)
        else:
            leads = number < len(blocks) and isinstance(blocks[number], ProseList)
            yield _Text(block, place, block.endswith(":"), leads)


def _of_entries(entries: Sequence[ProseEntry], place: Place) -> Iterator[_Text]:
    for number, entry in enumerate(entries, start=1):
        yield _Text(entry.text, place, number < len(entries) or entry.text.endswith(":"), bool(entry.lists))
        for below in entry.lists:
            yield from _of_entries(below.entries, place)


# ---------------------------------------------------------------- how a text ends


def _is_question(text: str) -> bool:
    """Whether a text ends in a question mark, also one in brackets; a quoted question is a title."""
    return text.rstrip(" .*)]").endswith(("؟", "?"))


def _open_end(text: str, pauses: bool) -> str:
    """What a text stops at, «» when it is whole."""
    if opened := _unclosed(text):
        return opened
    if not text or _OMISSION.search(text):
        return ""
    if text[-1] in "،,:":
        return "" if pauses or is_greeting(text) else text[-1]
    return dangling(text.removesuffix(".").rstrip())


def _unclosed(text: str) -> str:
    """The bracket or quotation mark that is never closed; «» when a closing one came first: then they are mixed up."""
    opened: list[str] = []
    for found in _BRACKET.finditer(text):
        sign, place = found.group(), found.start()
        if sign in _OPENING:
            opened.append(sign)
        elif opened:
            opened.pop()
        elif not _ENUMERATOR.search(text, max(0, place - 5), place + 1):
            return ""
    return opened[-1] if opened else ""


def _last_words(text: str) -> str:
    return " ".join(text.split()[-_LAST_WORDS:])
