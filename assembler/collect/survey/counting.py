"""Counts responses: a chunk of rows by its columns, each text of a column looked at once.

A row with anything wrong is set aside whole, with the reason; all others count. What is counted takes no more memory
for a million rows than for a thousand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from assembler.answers import ValueReader
from assembler.base.expressions import evaluate
from assembler.base.messages import fill
from assembler.base.persian import control_character, fold, latin_digits, normalise, parse_number
from assembler.base.problems import NOWHERE, Place, problem
from assembler.collect.survey.columns import Columns, Question, Questionnaire
from assembler.collect.survey.counts import UNSAID, Comment, Counts, Tally
from assembler.collect.survey.files import SideFile, unshielded
from assembler.collect.survey.levels import FAULTY, LONGEST_NAME, REMEMBERED, Fault, LevelReader, shown
from assembler.collect.survey.seen import Seen
from assembler.collect.survey.tables import Chunk, Table
from assembler.collect.survey.work import Work
from assembler.model.answers import Value
from assembler.model.specs import Field

COMMENTS_LISTED = 200
_LONGEST_LISTED = 2000  # letters of a comment that is still printed in a table
_LONGEST_COMMENT = 200_000
MOST_NAMES = 500  # services or periods counted each for itself
_SHOWN = 20  # rows set aside that are told one by one
OTHERS = "(دیگر)"
# Bytes that are none of the encoding, as the reading of the file leaves them; and all no document can carry.
_FOREIGN = re.compile("[\ufffd\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufffe\uffff\ud800-\udfff]")


def _label(question: Question) -> str:
    number = parse_number(question.number)
    return fill("question {number}", number=question.number if number is None else int(number))


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
        work = Work(chunk, columns, table)
        self.tally.rows += len(chunk.rows)
        self.tally.blank_rows += work.blank
        if work.rows:
            self._count(work)
        self._set_aside(work)
        self.tally.numbers_read = self._levels.numbers_read

    def _count(self, work: Work) -> None:
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

    def _asked(self, work: Work) -> Iterator[Question]:
        return (each for each in self.questionnaire.questions if each.name in work.columns.questions)

    # ------------------------------------------------------------ judging

    def _judge_question(self, work: Work, question: Question, codes: bytes) -> None:
        cells = work.values(question)
        for row in (row for row, code in enumerate(codes) if code == FAULTY):
            fault = self._levels.meaning(cells[row]).fault
            assert fault is not None
            work.fault(row, (fault[0], {**fault[1], "label": _label(question)}), question.number)

    def _judge_field(self, work: Work, item: Field, cells: Sequence[str]) -> None:
        long = _LONGEST_COMMENT if item.name == self.questionnaire.spec.comment else LONGEST_NAME
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
            if len(self._read) < REMEMBERED:
                self._read[item.name, cell] = known
        return known

    def _valued(self, item: Field, cell: str) -> tuple[Value, Fault | None]:
        self._values.problems.clear()
        value = self._values.from_text(unshielded(cell), item, NOWHERE)
        for found in self._values.problems:
            value_shown = {"value": shown(cell)} if "value" in found.arguments else {}
            return None, (found.code, {**found.arguments, **value_shown})
        constraint = item.constraint
        if constraint and value is not None and evaluate(constraint.test.source, _OneName(item.name, value)) is False:
            return None, ("constraint", {"message": constraint.message, "label": item.label})
        return value, None

    def _judge_identifiers(self, work: Work, cells: Sequence[str] | None) -> None:
        if cells is None:
            return
        rows = [row for row in work.good() if cells[row] and not cells[row].isspace()]
        identifiers = [_identifier(cells[row]) for row in rows]
        places = [f"{work.name}:{work.lines[row]}" for row in rows]
        for row, first in self._seen().repeated(identifiers, rows, places).items():
            work.fault(row, ("survey-duplicate", {"name": shown(cells[row]), "first": first}), "")

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

    def _comments(self, work: Work, fields: Mapping[str, Sequence[str]], good: Sequence[int]) -> None:
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

    def _set_aside(self, work: Work) -> None:
        for line, row, faults in work.refused():
            problems = [problem(code, _place(work.name, line, column), **told) for (code, told), column in faults]
            self.tally.set_aside += 1
            self.tally.faults.update({found.code for found in problems})
            if len(self.tally.shown) < _SHOWN:
                self.tally.shown.extend(problems)
            self._aside.add((work.name, str(line), "؛ ".join(found.message for found in problems), *row))


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

    def earlier(self) -> tuple[()]:
        return ()


def _chosen(codes: bytes, rows: Sequence[int]) -> bytes:
    """The bytes of some rows, in their order."""
    return codes if isinstance(rows, range) else bytes(map(codes.__getitem__, rows))


def _identifier(cell: str) -> str:
    """An identifier as it is compared: digits and spaces of any spelling are one."""
    return cell if cell.isalnum() and cell.isascii() else latin_digits(normalise(unshielded(cell)))


def _place(name: str, line: int, column: str) -> Place:
    return Place(file=name, line=line, column=column or None)
