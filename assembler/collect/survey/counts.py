"""Counts responses: a chunk of rows by its columns, each text of a column looked at once.

A row with anything wrong is set aside whole, with the reason; all others count. What is counted takes no more memory
for a million rows than for a thousand.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from assembler.answers import ValueReader
from assembler.base.expressions import evaluate
from assembler.base.messages import fill
from assembler.base.persian import LRM, RLM, ZWNJ, control_character, fold, latin_digits, normalise, parse_number
from assembler.base.problems import NOWHERE, Place, Problem, problem
from assembler.collect.survey.columns import Columns, Question, Questionnaire, key
from assembler.collect.survey.files import SideFile, unshielded
from assembler.collect.survey.tables import Chunk, Table
from assembler.model.answers import Value
from assembler.model.specs import Field

COMMENTS_LISTED = 200
_LONGEST_LISTED = 2000  # letters of a comment that is still printed in a table
_LONGEST_COMMENT = 200_000
_LONGEST_NAME = 300
_LONGEST_SHOWN = 40
MOST_NAMES = 500  # services or periods counted each for itself
_SHOWN = 20  # rows set aside that are told one by one
UNSAID, OTHERS = "(ذکر نشده)", "(دیگر)"
_BLANK = -1
BLANK, FAULTY = 254, 255
_REMEMBERED = 100_000  # texts whose meaning is kept
_DASHES = frozenset("-–—ـ")
_AROUND = " .()[]«»\"'*" + ZWNJ + RLM + LRM
_BETWEEN = re.compile(r"[,،;؛/|+\n]+")
_TICKS = frozenset(key(word) for word in ("1", "x", "×", "true", "yes", "بله", "بلی", "دارد", "v", "on"))
_TICK_SIGNS = frozenset("✓✔☑☒✗✘×√■●*+")
_NO_TICKS = frozenset(("", "0", "false", "no", "خیر", "نه", "off"))
_NO_TICK_SIGNS = frozenset("☐□○-–—")
# Bytes that are none of the encoding, as the reading of the file leaves them; and all no document can carry.
_FOREIGN = re.compile("[\ufffd\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufffe\uffff\ud800-\udfff]")

Fault = tuple[str, Mapping[str, object]]


class Meaning(NamedTuple):
    """What a cell says: the place of a level, nothing, or what is wrong with it."""

    level: int = _BLANK
    fault: Fault | None = None


@dataclass
class Counts:
    """How many responses, and of each question how many of each level."""

    questions: int
    levels: int
    responses: int = 0
    table: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.table = self.table or [[0] * self.levels for _ in range(self.questions)]

    def less(self, parts: Iterable[Counts]) -> Counts:
        """What is left when parts are taken away."""
        parts = list(parts)
        left = [
            [count - sum(part.table[row][level] for part in parts) for level, count in enumerate(counts)]
            for row, counts in enumerate(self.table)
        ]
        return Counts(self.questions, self.levels, self.responses - sum(part.responses for part in parts), left)

    def added(self, other: Counts) -> Counts:
        both = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(self.table, other.table, strict=True)]
        return Counts(self.questions, self.levels, self.responses + other.responses, both)


@dataclass(frozen=True)
class Comment:
    text: str
    service: str = ""


@dataclass
class Tally:
    """All that is counted. ``divided`` holds the same by the values of a field: those of the service, of the period."""

    whole: Counts
    divided: dict[str, dict[str, Counts]] = field(default_factory=dict)
    respondents: dict[str, Counter[str]] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    comments_rest: int = 0
    rows: int = 0
    blank_rows: int = 0
    set_aside: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    shown: list[Problem] = field(default_factory=list)
    too_many: set[str] = field(default_factory=set)
    numbers_read: bool = False

    def parts(self, field_name: str) -> Mapping[str, Counts]:
        """The counts by the values of a field, in the order they came; responses of files without it come last."""
        parts = dict(self.divided.get(field_name, {}))
        left = self.whole.less(parts.values())
        if parts and left.responses:
            unsaid = parts.pop(UNSAID, Counts(self.whole.questions, self.whole.levels))
            parts[UNSAID] = unsaid.added(left)
        return parts


class Seen:
    """The identifiers of responses, on disk: a million of them would not be little in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-16000"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def repeated(self, identifiers: Sequence[str], rows: Sequence[int], places: Sequence[str]) -> dict[int, str]:
        """Of identifiers with their rows and places, the rows of those that were there before, with the first place."""
        before = self._database.total_changes
        self._database.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", zip(identifiers, places, strict=True))
        if self._database.total_changes - before == len(identifiers):
            return {}
        found = {}
        for identifier, row, place in zip(identifiers, rows, places, strict=True):
            query = self._database.execute("SELECT place FROM seen WHERE id = ?", (identifier,))
            first = str(query.fetchone()[0])
            if first != place:
                found[row] = first
        return found

    def close(self) -> None:
        self._database.close()
        self.path.unlink(missing_ok=True)


class _Codes(dict[object, int]):
    """Cells of questions as one byte each, so that they are read and counted many at a time."""

    def __init__(self, read: Callable[[object], Meaning]) -> None:
        self._read = read

    def __missing__(self, cell: object) -> int:
        found = self._read(cell)
        code = FAULTY if found.fault else BLANK if found.level == _BLANK else found.level
        if len(self) < _REMEMBERED and len(str(cell)) < _LONGEST_NAME:
            self[cell] = code
        return code


class LevelReader:
    """Reads the cells of questions; each text is read once."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.levels = questionnaire.levels
        self.numbers = questionnaire.numbers
        self.numbers_read = False
        self.known = "، ".join(level.label for level in self.levels)
        self._words = {fold(word): at for at, each in enumerate(self.levels) for word in (each.label, each.name)}
        self._codes = _Codes(self.meaning)

    def codes(self, cells: Sequence[object]) -> bytes:
        """A byte a cell: the place of a level, BLANK or FAULTY."""
        return bytes(map(self._codes.__getitem__, cells))

    def meaning(self, cell: object) -> Meaning:
        return self._ticked(cell) if isinstance(cell, tuple) else self._level(str(cell))

    def _level(self, cell: str) -> Meaning:
        text = unshielded(cell).strip(_AROUND) if len(cell) < _LONGEST_NAME else cell
        if not cell.strip(" \t\u00a0" + ZWNJ) or (len(text) == 1 and text in _DASHES):
            return Meaning()
        if len(text) > _LONGEST_NAME:
            return self._unknown(text)
        number = parse_number(text)
        if number is not None:
            if number != int(number) or not 1 <= number <= len(self.numbers) or "%" in text or "٪" in text:
                return self._unknown(cell)
            self.numbers_read = True
            return Meaning(self.numbers[int(number) - 1])
        level = self._words.get(fold(text))
        if level is not None:
            return Meaning(level)
        parts = [fold(part) for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) > 1 and all(part in self._words for part in parts):
            return Meaning(fault=("survey-two-levels", {"value": _shown(cell)}))
        return self._unknown(cell)

    def _ticked(self, cells: tuple[str, ...]) -> Meaning:
        """The one level of a question that is ticked, each in its own column."""
        ticked = []
        for at, cell in enumerate(cells):
            is_tick = self._is_tick(cell, at)
            if is_tick is None:
                return self._unknown(cell)
            ticked += [at] if is_tick else []
        if len(ticked) > 1:
            labels = "، ".join(self.levels[at].label for at in ticked)
            return Meaning(fault=("survey-two-levels", {"value": labels}))
        return Meaning(ticked[0]) if ticked else Meaning()

    def _is_tick(self, cell: str, at: int) -> bool | None:
        """Whether a cell is ticked: by a sign, a word, or the level's own name; None when it is neither that nor no."""
        text = cell.strip().strip(RLM + LRM + "\ufe0f")
        if text in _NO_TICK_SIGNS or text.casefold() in _NO_TICKS:
            return False
        if text in _TICK_SIGNS or key(text) in _TICKS:
            return True
        return True if self._words.get(fold(text)) == at else None

    def _unknown(self, cell: str) -> Meaning:
        return Meaning(fault=("not-a-choice", {"value": _shown(cell), "known": self.known}))


def _label(question: Question) -> str:
    number = parse_number(question.number)
    return fill("question {number}", number=question.number if number is None else int(number))


def _shown(cell: str) -> str:
    text = "".join(letter if letter.isprintable() or letter == ZWNJ else "�" for letter in cell.strip())
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


class Reader:
    """Counts the rows of tables into ``tally``; what is wrong goes into ``aside``."""

    def __init__(
        self, questionnaire: Questionnaire, tally: Tally, aside: SideFile, rest: SideFile, seen: Callable[[], Seen]
    ) -> None:
        self.questionnaire = questionnaire
        self.tally = tally
        self._aside, self._rest, self._seen = aside, rest, seen
        self._levels = LevelReader(questionnaire)
        self._values = ValueReader(Path())
        self._read: dict[tuple[str, str], tuple[Value, Fault | None]] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._clean: dict[str, str] = {}

    def take(self, chunk: Chunk, columns: Columns, table: Table) -> None:
        """Counts a chunk of a table."""
        work = _Work(chunk, columns, table)
        self.tally.rows += len(chunk.rows)
        self.tally.blank_rows += work.blank
        if work.rows:
            self._count(work)
        self._set_aside(work)
        self.tally.numbers_read = self._levels.numbers_read

    def _count(self, work: _Work) -> None:
        answers = {question.name: self._levels.codes(work.values(question)) for question in self._asked(work)}
        for question in self._asked(work):
            if FAULTY in answers[question.name]:
                self._judge_question(work, question, answers[question.name])
        fields = {name: work.column(at) for name, at in work.columns.fields.items()}
        for name, cells in fields.items():
            self._judge_field(work, self.questionnaire.fields[name], cells)
        self._judge_identifiers(work, fields.get(self.questionnaire.spec.response))
        good = work.good()
        self._add(answers, good)
        self._divide(answers, fields, good)
        self._respondents(fields, good)
        self._comments(work, fields, good)

    def _asked(self, work: _Work) -> Iterator[Question]:
        return (each for each in self.questionnaire.questions if each.name in work.columns.questions)

    # ------------------------------------------------------------ judging

    def _judge_question(self, work: _Work, question: Question, codes: bytes) -> None:
        cells = work.values(question)
        for row in (row for row, code in enumerate(codes) if code == FAULTY):
            fault = self._levels.meaning(cells[row]).fault
            assert fault is not None
            work.fault(row, (fault[0], {**fault[1], "label": _label(question)}), question.number)

    def _judge_field(self, work: _Work, item: Field, cells: Sequence[str]) -> None:
        long = _LONGEST_COMMENT if item.name == self.questionnaire.spec.comment else _LONGEST_NAME
        if item.type == "text" and max(map(len, cells)) <= long and not _UNPRINTABLE.search("\n".join(cells)):
            return
        judged = {cell: fault for cell in set(cells) if cell and (fault := self._field_fault(item, cell, long))}
        if not judged:
            return
        for row, cell in enumerate(cells):
            if fault := judged.get(cell):
                work.fault(row, fault, item.shown)

    def _field_fault(self, item: Field, cell: str, long: int) -> Fault | None:
        label = item.shown
        if len(cell) > long:
            return "text-too-long", {"label": label, "length": len(cell), "limit": long}
        if _FOREIGN.search(cell):
            return "survey-broken-text", {"label": label}
        if (found := control_character(cell)) is not None:
            return "control-character", {"label": label, "character": f"U+{ord(found):04X}"}
        return None if item.type == "text" else self.value(item, cell)[1]

    def value(self, item: Field, cell: str) -> tuple[Value, Fault | None]:
        """What a cell says for a field that is no text, and what is wrong with it."""
        known = self._read.get((item.name, cell))
        if known is None:
            known = self._valued(item, cell)
            if len(self._read) < _REMEMBERED:
                self._read[item.name, cell] = known
        return known

    def _valued(self, item: Field, cell: str) -> tuple[Value, Fault | None]:
        self._values.problems.clear()
        value = self._values.from_text(unshielded(cell), item, NOWHERE)
        for found in self._values.problems:
            shown = {"value": _shown(cell)} if "value" in found.arguments else {}
            return None, (found.code, {**found.arguments, **shown})
        constraint = item.constraint
        if constraint and value is not None and evaluate(constraint.test.source, _OneName(item.name, value)) is False:
            return None, ("constraint", {"message": constraint.message, "label": item.label})
        return value, None

    def _judge_identifiers(self, work: _Work, cells: Sequence[str] | None) -> None:
        if cells is None:
            return
        rows = [row for row in work.good() if cells[row] and not cells[row].isspace()]
        identifiers = [_identifier(cells[row]) for row in rows]
        places = [f"{work.name}:{work.lines[row]}" for row in rows]
        for row, first in self._seen().repeated(identifiers, rows, places).items():
            work.fault(row, ("survey-duplicate", {"name": _shown(cells[row]), "first": first}), "")

    # ------------------------------------------------------------ adding

    def _add(self, answers: Mapping[str, bytes], good: Sequence[int]) -> None:
        self.tally.whole.responses += len(good)
        self._add_to(self.tally.whole, {name: _chosen(codes, good) for name, codes in answers.items()})

    def _add_to(self, counts: Counts, answers: Mapping[str, bytes]) -> None:
        for at, question in enumerate(self.questionnaire.questions):
            if question.name in answers:
                row = counts.table[at]
                for level in range(counts.levels):
                    row[counts.levels - 1 - level if question.inverted else level] += answers[question.name].count(
                        level
                    )

    def _divide(self, answers: Mapping[str, bytes], fields: Mapping[str, Sequence[str]], good: Sequence[int]) -> None:
        """Adds to the counts of each service and period: its rows are brought together once, then counted together."""
        for name in (self.questionnaire.spec.service, self.questionnaire.spec.period):
            if name not in fields:
                continue
            together: dict[str, list[int]] = {}
            cells = fields[name]
            for row in good:
                together.setdefault(cells[row], []).append(row)
            order = list(chain.from_iterable(together.values()))
            ordered = {question: _chosen(codes, order) for question, codes in answers.items()}
            end = 0
            for cell, rows in together.items():
                begin, end = end, end + len(rows)
                part = self._part(name, cell)
                part.responses += len(rows)
                self._add_to(part, {question: codes[begin:end] for question, codes in ordered.items()})

    def _part(self, field_name: str, cell: str) -> Counts:
        """The counts of one service or period; spellings of one name meet, and of too many the last are one."""
        divided = self.tally.divided.setdefault(field_name, {})
        names = self._names.setdefault(field_name, {})
        name = self._name(cell) or UNSAID
        known = names.get(fold(name))
        if known is None and len(names) >= MOST_NAMES:
            self.tally.too_many.add(field_name)
            known = OTHERS
        elif known is None:
            known = names[fold(name)] = name
        return divided.setdefault(known, Counts(self.tally.whole.questions, self.tally.whole.levels))

    def _name(self, cell: str) -> str:
        return normalise(unshielded(cell)).replace("\n", " ").strip()

    def _respondents(self, fields: Mapping[str, Sequence[str]], good: Sequence[int]) -> None:
        for name, cells in fields.items():
            item = self.questionnaire.fields[name]
            if item.type != "select_one":
                continue
            found = self.tally.respondents.setdefault(name, Counter())
            for cell, count in Counter(cells[row] for row in good).items():
                found[str(self.value(item, cell)[0] or "")] += count

    def _comments(self, work: _Work, fields: Mapping[str, Sequence[str]], good: Sequence[int]) -> None:
        spec = self.questionnaire.spec
        if spec.comment not in fields:
            return
        services = fields.get(spec.service, ())
        cells = fields[spec.comment]
        for row in good:
            if not cells[row] or not (text := normalise(unshielded(cells[row]))):
                continue
            service = self._name(services[row]) if services else ""
            if len(self.tally.comments) < COMMENTS_LISTED and len(text) <= _LONGEST_LISTED:
                self.tally.comments.append(Comment(text, service))
            else:
                self._rest.add((work.name, str(work.lines[row]), text, service))
                self.tally.comments_rest += 1

    # ------------------------------------------------------------ setting aside

    def _set_aside(self, work: _Work) -> None:
        for line, row, faults in work.refused():
            problems = [problem(code, _place(work.name, line, column), **told) for (code, told), column in faults]
            self.tally.set_aside += 1
            self.tally.faults.update({found.code for found in problems})
            if len(self.tally.shown) < _SHOWN:
                self.tally.shown.extend(problems)
            self._aside.add((work.name, str(line), "؛ ".join(found.message for found in problems), *row))


class _Work:
    """A chunk without blank rows and rows that do not fit its columns, and the faults of its rows."""

    def __init__(self, chunk: Chunk, columns: Columns, table: Table) -> None:
        self.columns, self.name = columns, table.name
        self._unfit: list[tuple[int, list[str], Fault]] = []
        self.faults: dict[int, list[tuple[Fault, str]]] = {}
        self.rows: list[list[str]] = chunk.rows
        self.lines: Sequence[int] = chunk.lines
        self.blank = 0
        if table.ragged or not all(map(any, chunk.rows)) or {*map(len, chunk.rows)} != {columns.width}:
            self._fit(chunk, table)
        self._cells: tuple[tuple[str, ...], ...] = tuple(zip(*self.rows, strict=True))

    def _fit(self, chunk: Chunk, table: Table) -> None:
        kept, lines, width = [], [], self.columns.width
        for row, line in zip(chunk.rows, chunk.lines, strict=True):
            fitted = row if not any(cell.strip() for cell in row[width:]) else None
            if line in table.merged:
                self._unfit.append((line, row, ("survey-merged", {})))
            elif not any(cell.strip() for cell in row):
                self.blank += 1
            elif fitted is None or (len(row) < width and not table.ragged):
                self._unfit.append((line, row, ("survey-width", {"found": len(row), "expected": width})))
            else:
                kept.append([*fitted[:width], *[""] * (width - len(row))])
                lines.append(line)
        self.rows, self.lines = kept, lines

    def column(self, at: int) -> tuple[str, ...]:
        return self._cells[at]

    def values(self, question: Question) -> Sequence[object]:
        places = self.columns.questions[question.name]
        return (
            self._cells[places[0]] if len(places) == 1 else list(zip(*(self._cells[at] for at in places), strict=True))
        )

    def fault(self, row: int, fault: Fault, column: str) -> None:
        self.faults.setdefault(row, []).append((fault, column))

    def good(self) -> Sequence[int]:
        """The rows without a fault."""
        every = range(len(self.rows))
        return [row for row in every if row not in self.faults] if self.faults else every

    def refused(self) -> Iterator[tuple[int, list[str], list[tuple[Fault, str]]]]:
        """The rows with faults, in the order of the file."""
        found = [(line, row, [(fault, "")]) for line, row, fault in self._unfit]
        found += [(self.lines[at], self.rows[at], faults) for at, faults in self.faults.items()]
        return iter(sorted(found, key=lambda each: each[0]))


@dataclass(frozen=True)
class _OneName:
    """A field's own value is all its constraint may name here."""

    own: str
    value: Value

    def name(self, name: str) -> object:
        return self.value if name == self.own else None

    def attribute(self, owner: object, name: str) -> object:
        return None

    def form(self, form: str) -> object:
        return None

    def previous(self, form: str) -> object:
        return None


def _chosen(codes: bytes, rows: Sequence[int]) -> bytes:
    """The bytes of some rows, in their order."""
    return codes if isinstance(rows, range) else bytes(map(codes.__getitem__, rows))


def _identifier(cell: str) -> str:
    """An identifier as it is compared: digits and spaces of any spelling are one."""
    return cell if cell.isalnum() and cell.isascii() else latin_digits(normalise(unshielded(cell)))


def _place(name: str, line: int, column: str) -> Place:
    return Place(file=name, line=line, column=column or None)
