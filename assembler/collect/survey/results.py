"""The counts of a survey as rows of the tables its results are kept in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from assembler.base.persian import ZWNJ, normalise, parse_number, persian_digits
from assembler.collect.survey.columns import Question, Questionnaire
from assembler.collect.survey.counts import UNSAID, Counts, Tally
from assembler.model.answers import Value

Cells = Mapping[str, Value]
_JOINERS = str.maketrans("", "", "\ufe0e\ufe0f\u200d")


class ResultRows:
    """Makes the rows of each table; levels are columns by the names of their choices."""

    def __init__(self, tally: Tally, questionnaire: Questionnaire) -> None:
        self.tally = tally
        self.questionnaire = questionnaire

    def questions(self, counts: Counts) -> Iterator[Cells]:
        """A row a question; its group only where it begins."""
        group = ""
        for question, row in zip(self.questionnaire.questions, counts.table, strict=True):
            shown = question.group if question.group != group else None
            inverted = "yes" if question.inverted else None
            group = question.group
            yield {**_named(question), "group": shown, "inverted": inverted, **self._levels(row)}

    def groups(self) -> Iterator[Cells]:
        """A row a group, with the sums of its questions."""
        questions = self.questionnaire.questions
        for group in dict.fromkeys(question.group for question in questions if question.group):
            rows = [
                row for question, row in zip(questions, self.tally.whole.table, strict=True) if question.group == group
            ]
            numbers = [question.number for question in questions if question.group == group]
            yield {"group": group, "numbers": _span(numbers), **self._levels(_sums(rows))}

    def parts(self, field: str, column: str) -> Iterator[Cells]:
        """A row for each service or period, over all questions."""
        for name, counts in self._parts(field):
            yield {column: name, "responses": counts.responses, **self._levels(_sums(counts.table))}

    def part_questions(self, field: str, column: str) -> Iterator[Cells]:
        """A row for each question of each service or period."""
        for name, counts in self._parts(field):
            for at, (question, row) in enumerate(zip(self.questionnaire.questions, counts.table, strict=True)):
                yield {column: name if at == 0 else None, **_named(question), **self._levels(row)}

    def _parts(self, field: str) -> Sequence[tuple[str, Counts]]:
        """Those with most responses first; what nobody said comes last. Periods stand by their names."""
        found = list(self.tally.parts(field).items())
        if field == self.questionnaire.spec.period:
            return sorted(found, key=lambda part: (part[0] == UNSAID, part[0]))
        return sorted(found, key=lambda part: (part[0] == UNSAID, -part[1].responses, part[0]))

    def respondents(self) -> Iterator[Cells]:
        for name, found in self.tally.respondents.items():
            item = self.questionnaire.fields[name]
            labels = {**{choice.name: choice.label for choice in item.choices}, "": UNSAID}
            for at, (choice, label) in enumerate(each for each in labels.items() if found[each[0]] or each[0]):
                yield {"field": item.label if at == 0 else None, "answer": label, "count": found[choice]}

    def comments(self) -> Iterator[Cells]:
        for comment in self.tally.comments:
            yield {"text": spelled_out(comment.text), "service": comment.service or None}

    def _levels(self, row: Sequence[int]) -> Cells:
        levels = zip(self.questionnaire.levels, row, strict=True)
        return {**{level.name: count for level, count in levels}, "answered": sum(row)}


def _named(question: Question) -> Cells:
    number = parse_number(question.number)
    return {"number": question.number if number is None else int(number), "question": question.text}


def _sums(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _span(numbers: Sequence[str]) -> str:
    """«۱ تا ۳» for numbers that follow one another."""
    first, last = persian_digits(numbers[0]), persian_digits(numbers[-1])
    if len(numbers) < 3:
        return first if len(numbers) == 1 else f"{first} و {last}"
    return f"{first} تا {last}"


def spelled_out(text: str) -> str:
    """A comment with its pictures as words, «[THUMBS UP SIGN]»: no font of a report has them."""
    if not any(unicodedata.category(letter) in ("So", "Sk", "Co", "Cn") for letter in text):
        return text
    bare = "".join(letter for letter in text.replace(ZWNJ, "\0").translate(_JOINERS))
    return normalise("".join(map(_in_words, bare)).replace("\0", ZWNJ))


def _in_words(letter: str) -> str:
    if unicodedata.category(letter) not in ("So", "Sk", "Co", "Cn"):
        return letter
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}')}]"
