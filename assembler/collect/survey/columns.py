"""Which column of a file holds which question: by its header or by an explicit mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assembler.base.persian import fold, parse_number
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.specs import Choice, Field, FormSpec, SurveySpec

_SIGNS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?:q|question|سوال|پرسش|ردیف|گویه)?0*(\d{1,4})")
_LEADING = re.compile(r"(?:q|question|سوال|پرسش)?0*(\d{1,4})(?=\D)")
_OURS = ("file", "line", "problem")  # the columns of our own file of rows set aside


@dataclass(frozen=True)
class Question:
    name: str
    number: str
    group: str
    text: str
    inverted: bool


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire as responses are read by it; ``numbers`` are the places of the levels that 1, 2, 3 … mean."""

    form: FormSpec
    spec: SurveySpec
    questions: tuple[Question, ...]
    levels: tuple[Choice, ...]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, form: FormSpec) -> Questionnaire:
        assert form.survey is not None
        spec, table = form.survey, form.item(form.survey.questions)
        levels = table.column(spec.level).choices
        names = [level.name for level in levels]
        numbers = tuple(names.index(name) for name in spec.numbers or names)
        return cls(form, spec, tuple(_questions(form, spec)), levels, numbers)

    @property
    def fields(self) -> Mapping[str, Field]:
        """What is asked besides the questions, by name."""
        return {item.name: item for item in self.form.items if not item.is_table and item.type != "note"}


def _questions(form: FormSpec, spec: SurveySpec) -> Iterator[Question]:
    """The printed rows; a blank cell of the group continues the one above."""
    group = ""
    for row in form.item(spec.questions).rows:
        group = row.cells.get(spec.group, "") or group
        number, words = row.cells.get(spec.number, ""), row.cells.get(spec.question, "")
        yield Question(row.name, number, group, words, row.name in spec.inverted)


@dataclass(frozen=True)
class Columns:
    """Where what stands: of a question its one column or one for each level, of a field its column."""

    width: int
    questions: Mapping[str, tuple[int, ...]]
    fields: Mapping[str, int]
    unused: tuple[str, ...] = ()
    missing: tuple[Question, ...] = ()


@dataclass
class _Found:
    questions: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ticks: dict[str, dict[int, int]] = field(default_factory=dict)  # question → level → column
    fields: dict[str, int] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.questions) + len(self.ticks)


def key(text: str) -> str:
    """A header as it is compared: no spaces, signs or marks, one spelling."""
    return _SIGNS.sub("", fold(text))


class HeaderReader:
    """Recognises the columns of files by their headers; ``explicit`` maps names of the questionnaire to headers."""

    def __init__(self, questionnaire: Questionnaire, explicit: Mapping[str, tuple[str, ...]]) -> None:
        self.questionnaire = questionnaire
        self.explicit = explicit
        questions = questionnaire.questions
        numbers = {_digits(question.number): question.name for question in questions}
        self._by_number = {number: name for number, name in numbers.items() if number}
        self._by_name = {key(question.name): question.name for question in questions}
        self._by_text = {key(question.text): question.name for question in questions}
        self._levels = {
            key(word): place for place, level in enumerate(questionnaire.levels) for word in (level.label, level.name)
        }
        self._fields = {
            key(word): name
            for name, item in questionnaire.fields.items()
            for word in (name, item.label, *questionnaire.spec.headers.get(name, ()))
        }

    def find(self, rows: Sequence[list[str]], name: str) -> tuple[Columns, int]:
        """The columns and how many rows stand above the first response.

        Raises AssemblerError: no row names a question, one is named twice, or a mapped header is not there.
        """
        found = [self._read(row) for row in rows]
        heads = [at for at, row in enumerate(rows) if found[at].count and not self._is_answers(row, found[at])]
        best = max(heads, key=lambda at: found[at].count, default=None)
        if best is None:
            fault = problem("survey-no-columns", Place(file=name), count=len(rows))
            raise AssemblerError([fault], ExitCode.ANSWERS)
        head, taken = rows[best], best + 1
        if taken < len(rows) and (joined := self._two_rows(head, rows[taken])):
            head, taken = joined, taken + 1
        return self._columns(self._read(head), head, Place(file=name, line=best + 1)), taken

    def _is_answers(self, row: Sequence[str], found: _Found) -> bool:
        """Whether a row that seems to name questions may hold answers: nothing but numbers that levels have too."""
        levels = len(self.questionnaire.levels)
        if found.ticks or found.fields or self.explicit or len(self.questionnaire.questions) <= levels:
            return False
        cells = [row[places[0]] for places in found.questions.values()]
        return all((number := parse_number(cell)) is not None and number <= levels for cell in cells)

    def _read(self, row: Sequence[str]) -> _Found:
        found = _Found()
        mapped = self._mapped(row, found)
        for at, cell in enumerate(row):
            if at in mapped or not cell.strip():
                continue
            self._take(found, at, cell)
        return found

    def _mapped(self, row: Sequence[str], found: _Found) -> set[int]:
        """Takes the columns a mapping names; they are looked at no further."""
        keys = [key(cell) for cell in row]
        taken: set[int] = set()
        for name, heads in self.explicit.items():
            places = tuple(keys.index(key(head)) for head in heads if key(head) in keys)
            if len(places) != len(heads):
                continue
            taken.update(places)
            if name in self._by_name.values():
                found.questions[name] = places
            else:
                found.fields[name] = places[0]
        return taken

    def _take(self, found: _Found, at: int, cell: str) -> None:
        words = key(cell)
        name = self._question(words)
        if name is not None and name in found.questions:
            found.twice.append(cell)
        elif name is not None:
            found.questions[name] = (at,)
        elif (tick := self._tick(words)) is not None:
            levels = found.ticks.setdefault(tick[0], {})
            found.twice.extend([cell] if tick[1] in levels else [])
            levels[tick[1]] = at
        elif words in self._fields and self._fields[words] not in self.explicit:
            found.fields.setdefault(self._fields[words], at)
        elif words not in _OURS:
            found.unused.append(cell)

    def _question(self, words: str) -> str | None:
        """The question a header names: by its name, its number, or its words, which a number may lead."""
        if name := self._by_name.get(words) or self._by_text.get(words):
            return name
        if numbered := _NUMBERED.fullmatch(words):
            return self._by_number.get(numbered[1])
        led = _LEADING.match(words)
        name = self._by_text.get(words[led.end() :]) if led else None
        return name if led and name == self._by_number.get(led[1]) else None

    def _tick(self, words: str) -> tuple[str, int] | None:
        """The question and level of a header that names both: «سؤال ۱ زیاد», «q1_high», or the question's words."""
        for level in sorted(self._levels, key=len, reverse=True):
            if words.endswith(level) and (name := self._question(words.removesuffix(level))):
                return name, self._levels[level]
        return None

    def _two_rows(self, upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
        """Headers of two rows, each question over its levels, joined to one; None when they are not so."""
        filled = [cell for cell in lower if cell.strip()]
        if not filled or len(filled) < len(self._levels) // 2 or len(upper) > len(lower) + len(self._levels):
            return None
        if any(key(cell) not in self._levels for cell in filled) or len({key(cell) for cell in filled}) < 2:
            return None
        joined, above = [], ""
        for at, below in enumerate(lower):
            own = upper[at] if at < len(upper) else ""
            above = own if own.strip() else above
            joined.append(f"{above} {below}" if below.strip() else own)
        spanned = any(not cell.strip() for cell in upper)
        return joined if spanned else None

    def _columns(self, found: _Found, head: Sequence[str], place: Place) -> Columns:
        faults = [*_faults(found, self.questionnaire, place), *self._unmapped(found, head, place)]
        if faults:
            raise AssemblerError(faults, ExitCode.ANSWERS)
        questions = dict(found.questions)
        for name, levels in found.ticks.items():
            questions.setdefault(name, tuple(levels[at] for at in range(len(self.questionnaire.levels))))
        width = max((at for at, cell in enumerate(head) if cell.strip()), default=-1) + 1
        missing = tuple(each for each in self.questionnaire.questions if each.name not in questions)
        return Columns(width, questions, found.fields, tuple(found.unused), missing)

    def _unmapped(self, found: _Found, head: Sequence[str], place: Place) -> Iterator[Problem]:
        for name, heads in self.explicit.items():
            if name not in found.questions and name not in found.fields:
                near = guess(heads[0], head)
                yield problem(
                    "survey-unknown-column", place, name=heads[0], guess=near, known=listed(filter(None, head))
                )


def _faults(found: _Found, questionnaire: Questionnaire, place: Place) -> Iterator[Problem]:
    """Columns named twice, and questions with columns for some of their levels only."""
    numbers = {question.name: question.number for question in questionnaire.questions}
    for cell in found.twice:
        yield problem("survey-column-twice", place, name=cell)
    for name, levels in found.ticks.items():
        if name in found.questions:
            yield problem("survey-column-twice", place, name=numbers[name])
        elif len(levels) != len(questionnaire.levels):
            lacking = [level.label for at, level in enumerate(questionnaire.levels) if at not in levels]
            yield problem("survey-level-columns", place, number=numbers[name], names=listed(lacking))


def _digits(text: str) -> str:
    number = parse_number(text)
    return str(int(number)) if number is not None else ""
