"""Answers of a column that are a letter away from others of it, or of the columns of its label in other tables of the
report: «کمیته حمایت» and «کمیته حمیت»; no rule is needed.

Only columns that say the same again and again are looked at, and only what is as good as never meant: near answers are
found by the answer without each one of its letters, so that the cost stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assembler.base.likeness import within_a_letter
from assembler.base.persian import fold
from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.written import Written
from assembler.checks.words.name_forms import is_family, person_in_cell
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.rules import Names
from assembler.model.specs import Column

_SHORTEST, _LONGEST = 8, 60  # letters of an answer, folded
_MOST_WORDS = 6
_TELLING = 4  # letters of a word in which one makes no other word
_MOST_ANSWERS = 400  # different answers of a column that says the same again and again
# What may set two things apart that are a letter from one another: one and many, a thing and its adjective.
_DIGIT = re.compile(r"\d")
_ENDINGS = ("ی", "ها", "ان", "ات", "s", "e", "د", "ه", "م", "ت", "ش")


def check_spellings(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Answers of the used forms that seem to be another one misspelt, each told at the rarer."""
    told: set[Place] = set()
    labelled: dict[str, list[Mapping[str, Written]]] = {}
    for name in used:
        form = forms[name]
        ruled = {target for rule in form.spec.rules if isinstance(rule.words, Names) for target in rule.words.among}
        for item in form.items.values() if form.answered else ():
            for column in item.spec.columns if item.relevant and not item.spec.rows else ():
                if _is_read(column) and f"{name}.{item.spec.name}.{column.name}" not in ruled:
                    answers = _answers(item, column)
                    labelled.setdefault(fold(column.label), []).append(answers)
                    for found in _near(answers):
                        told.add(found.place)
                        yield found
    for tables in labelled.values():
        yield from (found for found in _near(_together(tables)) if found.place not in told)


def _together(tables: Sequence[Mapping[str, Written]]) -> Mapping[str, Written]:
    """The answers of several columns; none where there is one column only."""
    found: dict[str, Written] = {}
    for answers in tables if len(tables) > 1 else ():
        for key, answer in answers.items():
            same = found.setdefault(key, Written(place=answer.place))
            same.written.update(answer.written)
    return found


def _is_read(column: Column) -> bool:
    return column.type == "text" and column.is_asked and not column.check and not column.digits


def _answers(item: FilledItem, column: Column) -> Mapping[str, Written]:
    """The answers of a column by their folded form; none of a column that says something else in each row."""
    found: dict[str, Written] = {}
    keys = {text: key for text in item.wording[column.name].texts if (key := _key(text))}
    for row in item.rows if keys else ():
        cell = row.cells[column.name]
        text = cell.value
        if isinstance(text, str) and text in keys and row.is_ordinary and not cell.computed:
            key = keys[text]
            answer = found.get(key) or found.setdefault(key, Written(place=cell.place.within(column=column.name)))
            answer.written[text] += 1
            if len(found) > _MOST_ANSWERS:
                return {}
    return found


def _key(text: str) -> str:
    """An answer folded; «» for one that is no name of anything. What needs no folding is asked first."""
    if len(text) > _LONGEST or text.count(" ") >= _MOST_WORDS or _DIGIT.search(text):
        return ""
    key = fold(text)
    return key if len(key) >= _SHORTEST and not any(map(str.isdigit, key)) else ""


def _near(answers: Mapping[str, Written]) -> Iterator[Problem]:
    order = sorted(answers, key=lambda key: -answers[key].count)
    known: dict[str, str] = {}
    for key in order:
        rare = answers[key]
        keys = {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}
        others = {other for each in keys if (other := known.get(each)) and within_a_letter(key, other)}
        for other in sorted(others, key=lambda each: -answers[each].count):
            if rare.count == 1 and not _told_apart(rare.shown, answers[other].shown):
                yield problem("names-differ", rare.place, **rare.beside(answers[other]))
                break
        for each in keys:
            known.setdefault(each, key)


def _told_apart(first: str, second: str) -> bool:
    """Whether the letter between them makes another word: at the end, of one family's name another's, or of a short
    word, as between «دوم» and «سوم».
    """
    families = [name.words[0] for name in map(person_in_cell, (first, second)) if name is not None]
    if len(families) == 2 and all(map(is_family, families)):
        return True
    if len(words := first.split()) == len(others := second.split()):
        differing = [pair for pair in zip(map(fold, words), map(fold, others), strict=True) if pair[0] != pair[1]]
        if any(min(map(len, pair)) < _TELLING for pair in differing):
            return True
    one, other = fold(first), fold(second)
    short, long = sorted((one, other), key=len)
    return len(short) < len(long) and long.startswith(short) and long.removeprefix(short) in _ENDINGS
