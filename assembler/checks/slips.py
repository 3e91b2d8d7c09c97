"""Slips of the pen in any text, without a rule: what only holds a place, repeats its question or a word, stops in the
middle, or gives an address that cannot be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import eq

from assembler.base.persian import fold
from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.endings import unfinished
from assembler.checks.rules.texts import texts_in
from assembler.checks.words.addresses import Found, called_in, doubtful_addresses, without_addresses
from assembler.checks.words.slip_words import is_filler, may_double
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.rules import Finished
from assembler.model.specs import Field

_DOUBLED_WORD = re.compile(r"(?<![\w\u200c.-])([^\W\d_](?:[^\W\d_]|\u200c)*[^\W\d_]|و) +\1(?![\w\u200c-])", re.I)
# «۵ خطا از ۸ ۸ خطا»: twice the same number before what it counts; more numbers in a row are a table's or a telephone's.
_DOUBLED_NUMBER = re.compile(r"(?<![\w/.,٫٬:-])(?<!\d )(?P<number>\d{1,4}) +(?P=number)(?= +[^\W\d_]{2})")
# «شنبه، شنبه و دوشنبه»: the same entry of a list twice; «واحد، واحد مالی» says another.
_DOUBLED_ENTRY = re.compile(
    r"(?:^|[،,؛;:(]) *(?P<entry>[^\W\d_](?:[^\W\d_]|\u200c)+)[،,] *(?P=entry)(?= *[،,؛;).]| +و |$)", re.I
)
_OF_PLACES = re.compile("نشانی|آدرس|محل|شهر|استان|address|city", re.I)
_DOUBLED_SIGN = re.compile(r"([،؛,;])\s*[،؛,;]|[،؛,;:]\s*\.(?![.\d])|(?<![./…\d])\.\s?\.(?![./…])|([؟!:])\2+(?!/)")
_BLANK_LEFT = re.compile(r"\.{4,}|…{2,}|_{3,}")
_MARKED = re.compile(r"[^\W\d_][)»]?(\*{1,3})(?:[.،؛:]|\s|$)")
_NOTE = re.compile(r"(\*{1,3})\s?[^\s*–-]")  # «*- توضیح:» is a remark on all
_FEWEST = 4  # letters of an answer that repeats its question: shorter ones may be meant
_SIGNS = str.maketrans("", "", '«»()[]،؛.,;:!؟?"')
_BESIDE_WORDS = 8
_WORDS_BEFORE = 4
_KEPT = 4096


def check_slips(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Slips in what was typed in the used forms; endings only where no rule looks at them."""
    for name in used:
        form = forms[name]
        ruled = {rule.item for rule in form.spec.rules if isinstance(rule.words, Finished)}
        for item in form.items.values():
            if item.relevant:
                yield from _of_item(item, item.spec.name in ruled)
        yield from _marks(form)


def _of_item(item: FilledItem, ruled: bool) -> Iterator[Problem]:
    for text, field, place in typed_texts(item):
        if is_filler(text):
            yield problem("text-filler", place, text=text, label=field.shown)
        elif _repeats(text, field):
            yield problem("text-echo", place, text=text, label=field.shown)
        else:
            for code, found, what in _slips(_with_label(text, field)):
                yield problem(code, place, text=found, label=field.shown, what=what)
            if not _OF_PLACES.search(field.label):  # «تهران، تهران، خیابان …» is a province and its city
                yield from _entries_twice(text, field, place)
    if not ruled:
        for code, place, words in unfinished(item):
            if code == "text-unfinished":
                yield problem(code, place, **words)


def typed_texts(item: FilledItem) -> Iterator[tuple[str, Field, Place]]:
    """The texts somebody typed in an item, with their fields and places; marks, and what is calculated, are none."""
    if item.spec.type in ("text", "narrative") and item.spec.calculation is None:
        yield from ((text, item.spec, item.place) for text in texts_in(item.value) if text not in item.spec.marks)
    printed = item.spec.printed_rows
    for column in item.spec.columns:
        if column.type != "text" or column.calculation is not None:
            continue
        for row in item.rows:
            cell = row.cells[column.name]
            if cell.computed or (row.name in printed and printed[row.name].shuts(column.name)):
                continue
            for text in texts_in(cell.value):
                if text not in column.marks:
                    yield text, column, cell.place.cell(column.name)


def _repeats(text: str, field: Field) -> bool:
    if abs(len(text) - len(field.label)) > _BESIDE_WORDS:  # spaces and signs apart they are as long
        return False
    key = fold(text).strip(":؟?. ")
    return len(key) >= _FEWEST and key == fold(field.label).strip(":؟?. ")


def _entries_twice(text: str, field: Field, place: Place) -> Iterator[Problem]:
    for match in _DOUBLED_ENTRY.finditer(text) if "،" in text or "," in text else ():
        yield problem("word-doubled", place, text=match.group().strip("،,؛;:( "), label=field.shown, what="")


def _with_label(text: str, field: Field) -> str:
    """A number alone is what its label says."""
    if any(letter.isalpha() for letter in text):
        return text
    return f"{called} {text}" if (called := called_in(field.label)) else text


@lru_cache(_KEPT)
def _slips(text: str) -> tuple[Found, ...]:
    return tuple(_found_in(text))


def _found_in(text: str) -> Iterator[Found]:
    words = text.translate(_SIGNS).lower().split()
    if any(map(eq, words, words[1:])):
        for match in _DOUBLED_WORD.finditer(text):
            if not may_double(match[1]):
                yield "word-doubled", match.group(), ""
        for match in _DOUBLED_NUMBER.finditer(text):
            yield "word-doubled", match.group(), ""
    for match in _DOUBLED_SIGN.finditer(without_addresses(text)) if _DOUBLED_SIGN.search(text) else ():
        yield "sign-doubled", _with_words(text, match), ""
    for match in _BLANK_LEFT.finditer(text):
        yield "text-gap", _with_words(text, match), ""
    yield from doubtful_addresses(text)


def _with_words(text: str, match: re.Match[str]) -> str:
    """What was found, behind the words before it."""
    return " ".join([*text[: match.start()].split(" ")[-_WORDS_BEFORE:]]) + match.group()


def _marks(form: FilledForm) -> Iterator[Problem]:
    """Marks such as «*» behind words that no note begins with, and notes whose mark stands nowhere. Several texts that
    begin with a mark are a list.
    """
    items = (item for item in form.items.values() if item.relevant)
    texts = [found for item in items for found in typed_texts(item) if "*" in found[0]]
    lines = [(line.strip(), field, place) for text, field, place in texts for line in text.splitlines()]
    notes = [(_NOTE.match(line), line, field, place) for line, field, place in lines]
    begun = [(match[1], line, field, place) for match, line, field, place in notes if match]
    marked = [(match[1], line, field, place) for line, field, place in lines if (match := _MARKED.search(line))]
    printed = {match[1] for item in form.spec.items for note in item.notes if (match := _NOTE.match(note))}
    explained, used = {mark for mark, *_ in begun} | printed, {mark for mark, *_ in marked}
    counts = Counter(mark for mark, *_ in marked)
    told: set[str] = set()
    for mark, line, field, place in marked:
        if mark not in explained and mark not in told:
            told.add(mark)
            words = {"text": _last(line), "label": field.shown, "mark": mark, "count": counts[mark]}
            yield problem("mark-unexplained", place, **words)
    for mark, line, field, place in begun if len(begun) == 1 else ():
        if mark not in used:
            yield problem("note-unmarked", place, text=_last(line), label=field.shown)


def _last(line: str) -> str:
    return " ".join(line.split()[-_WORDS_BEFORE:])
