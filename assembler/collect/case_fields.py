"""The fields of a case that is about to be started, judged as they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from assembler.answers import ValueReader
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import Node, Scalar, Sequence
from assembler.checks import check_answers
from assembler.collect.asking import Question, question_of
from assembler.evaluate import evaluate_case
from assembler.model.answers import Answer, AnsweredForm, Case
from assembler.model.filled import FilledForm
from assembler.model.folders import ATTACHMENTS, CASE_FILE
from assembler.model.names import named
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Item
from assembler.model.years import proposing

# Kinds of field that no line of text can answer; they are filled in in the file.
_LONG = ("table", "narrative", "image", "file")
_COMMAS = re.compile(r"[,،]")


class CaseFields:
    """Answers gathered for the case fields of a report, starting with those taken over from another case."""

    def __init__(self, report: ReportSpec, library: Library) -> None:
        self.report = report
        self.library = library
        self.values: dict[str, Answer] = {}
        self.proposed: Mapping[str, str] = {}  # besides what the report proposes

    @property
    def items(self) -> dict[str, Item]:
        """The fields that can be typed, the year first; they propose what is known of it."""
        form = proposing(self.report.years, self.report.case, AnsweredForm("case", self.values, {}))
        asked = (item for item in form.items if item.is_asked and item.type not in _LONG)
        found = {item.name: replace(item, default=self.proposed.get(item.name, item.default)) for item in asked}
        first = self.report.years.year_field if self.report.years else ""
        return {first: found[first], **found} if first in found else found

    def set(self, given: Iterable[tuple[str, str]]) -> None:
        """Takes typed values by the names of their fields. Raises AssemblerError when one is wrong."""
        problems: list[Problem] = []
        for name, typed in given:
            item = self.items.get(name)
            problems.extend(self.take(item, typed) if item else [self._unknown(name)])
        if has_errors(problems):
            raise AssemblerError(named(problems, {"case": self.report.case}), ExitCode.USAGE)

    def open(self) -> Iterator[Item]:
        """Every required field that has no value yet; those that follow from an answer come after it."""
        for name in self.items:
            filled = self._filled().items[name]
            if name not in self.values and filled.relevant and filled.required:
                yield self.items[name]

    def question(self, item: Item) -> Question:
        """What helps to answer a field."""
        return question_of(item, self.report.case, {**self.library.forms, "case": self.report.case})

    def propose(self) -> None:
        """Fills what is still blank with what the report proposes."""
        for name in self.items:
            item = self.items[name]  # once the year is there, with what is known of it
            if item.default and name not in self.values and self._filled().items[name].relevant:
                self.take(item, item.default)

    def take(self, item: Item, typed: str) -> tuple[Problem, ...]:
        """Reads a typed value and keeps it unless it has an error; returns what is wrong with it."""
        place = Place(form="case", item=item.name)
        reader = ValueReader(Path(ATTACHMENTS))
        value = reader.read(_node(typed, item), item, place)
        if value is None:
            return tuple(reader.problems) or (problem("required", place, label=item.shown),)
        before = dict(self.values)
        self.values[item.name] = Answer(value, place)
        found = tuple(reader.problems) + self._judged(item)
        if has_errors(found):
            self.values = before
        return found

    def _judged(self, item: Item) -> tuple[Problem, ...]:
        """What the checks of a whole case say of one field."""
        found = check_answers({"case": self._filled()}, ("case",))
        return tuple(each for each in found if each.place.item == item.name)

    def _filled(self) -> FilledForm:
        form = AnsweredForm("case", self.values, {})
        forms, _ = evaluate_case(Case("", Path(), self.report.id, form, {}), self.report, self.library)
        return forms["case"]

    def _unknown(self, name: str) -> Problem:
        near, known = guess(name, self.items), listed(self.items, 20)
        return problem("unknown-item", name=name, shape=CASE_FILE, guess=near, known=known)


def _node(typed: str, item: Item) -> Node:
    """A typed text as the reader of answer files takes it: several choices stand between commas."""
    if item.type != "select_multiple":
        return Scalar(typed, 0, quoted=True)
    return Sequence(tuple(Scalar(each, 0, quoted=True) for each in _COMMAS.split(typed) if each.strip()), 0)
