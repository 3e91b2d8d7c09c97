"""Slips of the pen in any text, without a rule: what only holds a place, repeats its question or a word, stops in the
middle, or gives an address that cannot be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import eq

from assembler.base.persian import fold
from assembler.base.problems import Problem, problem
from assembler.checks.rules.endings import unfinished
from assembler.checks.rules.texts import typed_answers, typed_cells, typed_columns, typed_texts
from assembler.checks.words.addresses import Found, called_in, doubtful_addresses, may_have_addresses, without_addresses
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
# «شنبه تا چهارشنبه، چهارشنبه، ساعت ۸»: a word between commas that repeats the one before them.
_DOUBLED_BEHIND = re.compile(r"(?<![\w\u200c])(?P<entry>[^\W\d_](?:[^\W\d_]|\u200c){3,})[،,] +(?P=entry)(?=[،,])", re.I)
_OF_PLACES = re.compile("نشانی|آدرس|محل|شهر|استان|address|city", re.I)
_DOUBLED_SIGN = re.compile(
    r"([،؛,;])\s*[،؛,;]|[،؛,;:]\s*\.(?![.\d])|(?<![./…\d])\.\s?\.(?![./…])|([؟!:])\2+(?!/)"
    r"|(?<=[^\W\d_]) [-–] [-–](?= [^\W\d_])"
)
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
        ruled = {rule.item: rule.words.columns for rule in form.spec.rules if isinstance(rule.words, Finished)}
        for item in form.items.values():
            if item.relevant:
                yield from _of_item(item, ruled.get(item.spec.name))
        yield from _marks(form)


def _of_item(item: FilledItem, ruled: Collection[str] | None) -> Iterator[Problem]:
    """``ruled`` are the columns whose endings a rule looks at: all where it names none; None where there is no rule."""
    for text in typed_answers(item):
        for code, words in _faults(text, item.spec):
            yield problem(code, item.place, label=item.spec.shown, **words)
    for name in typed_columns(item):
        column, wording = item.spec.by_name[name], item.wording[name]
        within = may_slip(wording.whole)
        faults = {text: found for text in wording.texts if (found := tuple(_faults(text, column, within=within)))}
        for text, _, place in typed_cells(item, name, faults):
            for code, words in faults[text]:
                yield problem(code, place, label=column.shown, **words)
    others = [name for name in typed_columns(item) if name not in (ruled or ())]
    for code, place, words in unfinished(item, others) if ruled is None or (ruled and others) else ():
        if code == "text-unfinished":
            yield problem(code, place, **words)


def _faults(text: str, field: Field, *, within: bool = True) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The slips of a text, each as its code and the words of its message; ``within`` unless it is known that no words
    or signs in it can be one.
    """
    if is_filler(text):
        yield "text-filler", {"text": text}
    elif _repeats(text, field):
        yield "text-echo", {"text": text}
    else:
        for code, found, what in _slips(_with_label(text, field)) if within else ():
            yield code, {"text": found, "what": what}
        if "،" in text or "," in text:
            yield from _entries_twice(text, field)


def may_slip(whole: str) -> bool:
    """Whether any of the texts of a column may have a slip in its words, signs or addresses: a quick look."""
    return (
        _is_doubled(whole)
        or bool(_DOUBLED_SIGN.search(whole) or _BLANK_LEFT.search(whole))
        or may_have_addresses(whole)
    )


def _is_doubled(text: str) -> bool:
    """Whether a word stands twice side by side."""
    words = text.translate(_SIGNS).lower().split()
    return any(map(eq, words, words[1:]))


def _repeats(text: str, field: Field) -> bool:
    if abs(len(text) - len(field.label)) > _BESIDE_WORDS:  # spaces and signs apart they are as long
        return False
    key = fold(text).strip(":؟?. ")
    return len(key) >= _FEWEST and key == fold(field.label).strip(":؟?. ")


def _entries_twice(text: str, field: Field) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not _OF_PLACES.search(field.label):  # «تهران، تهران، خیابان …» is a province and its city
        found = {match["entry"]: match for way in (_DOUBLED_ENTRY, _DOUBLED_BEHIND) for match in way.finditer(text)}
        for match in found.values():
            yield "word-doubled", {"text": match.group().strip("،,؛;:( "), "what": ""}


def _with_label(text: str, field: Field) -> str:
    """A number alone is what its label says."""
    if any(letter.isalpha() for letter in text):
        return text
    return f"{called} {text}" if (called := called_in(field.label)) else text


@lru_cache(_KEPT)
def _slips(text: str) -> tuple[Found, ...]:
    return tuple(_found_in(text))


def _found_in(text: str) -> Iterator[Found]:
    if _is_doubled(text):
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
    texts = [found for item in items for found in typed_texts(item, _has_star)]
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


def _has_star(text: str) -> bool:
    return "*" in text


def _last(line: str) -> str:
    return " ".join(line.split()[-_WORDS_BEFORE:])
