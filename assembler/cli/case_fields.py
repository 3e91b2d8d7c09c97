"""The fields of ``case.yaml`` as they are set on the command line or asked for in the terminal, judged at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from assembler.answers import ValueReader
from assembler.base.messages import number, translate
from assembler.base.persian import fold, parse_number
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import Node, Scalar
from assembler.base.yamlfile import Sequence as SequenceNode
from assembler.check import check_answers
from assembler.collect.files.skeleton import is_asked
from assembler.evaluate import evaluate_case
from assembler.model.answers import Answer, AnsweredForm, Case
from assembler.model.filled import FilledForm
from assembler.model.folders import ATTACHMENTS, CASE_FILE
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Item

# Kinds of field that no line of text can answer; they are filled in in the file.
_LONG = ("table", "narrative", "image", "file")
_LISTS = ("numbered", "bulleted", "dashed", "multiline")
_COMMAS = re.compile(r"[,،]")


class CaseFields:
    """Answers gathered for the case fields of a report, starting with those taken over from another case."""

    def __init__(self, report: ReportSpec, library: Library) -> None:
        self.report = report
        self.library = library
        self.values: dict[str, Answer] = {}
        self.items = {item.name: item for item in report.case.items if is_asked(item) and item.type not in _LONG}

    def set(self, given: Sequence[str]) -> None:
        """Takes texts NAME=VALUE; raises AssemblerError or BadParameter when one is wrong."""
        problems: list[Problem] = []
        for each in given:
            name, sign, typed = each.partition("=")
            if not sign:
                raise click.BadParameter(f"{each!r} is not written as NAME=VALUE", param_hint="--set")
            item = self.items.get(name.strip())
            problems.extend(self.take(item, typed) if item else [self._unknown(name.strip())])
        if has_errors(problems):
            raise AssemblerError(problems, ExitCode.USAGE)

    def ask(self) -> None:
        """Asks for every required field that has no value yet; those that follow from an answer come after it."""
        for item in self.items.values():
            filled = self._filled().items[item.name]
            if item.name not in self.values and filled.relevant and filled.required:
                _ask(item, self)

    def propose(self) -> None:
        """Fills what is still blank with what the report proposes."""
        for item in self.items.values():
            if item.default and item.name not in self.values and self._filled().items[item.name].relevant:
                self.take(item, item.default)

    def take(self, item: Item, typed: str) -> tuple[Problem, ...]:
        """Reads a typed value and keeps it unless it has an error; returns what is wrong with it."""
        place = Place(form="case", item=item.name)
        reader = ValueReader(Path(ATTACHMENTS))
        value = reader.read(_node(typed, item), item, place)
        if value is None:
            label = item.shown
            return tuple(reader.problems) or (problem("required", place, label=label),)
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
    return SequenceNode(tuple(Scalar(each, 0, quoted=True) for each in _COMMAS.split(typed) if each.strip()), 0)


# ---------------------------------------------------------------- the terminal


def _ask(item: Item, fields: CaseFields) -> None:
    """Asks until the answer is right."""
    for line in _question(item):
        click.echo(line)
    while True:
        problems = fields.take(item, _chosen(_typed(item), item))
        for found in problems:
            click.echo(f"  ✗ {found.message}" + (f" {found.hint}" if found.hint else ""))
        if not has_errors(problems):
            return


def _question(item: Item) -> Iterator[str]:
    yield ""
    yield click.style(item.shown, bold=True)
    if item.hint:
        yield f"  {item.hint}"
    for place, choice in enumerate(item.choices, start=1):
        yield f"  {number(place)}. {choice.label}"
    if item.type == "select_multiple":
        yield "  " + translate("Several numbers may stand between commas.")
    elif _has_lines(item):
        yield "  " + translate("Several lines; a blank one ends them.")


def _typed(item: Item) -> str:
    """What is typed; of several lines, up to the first blank one. A blank answer is the proposed one."""
    first = _line(f"[{item.default}]: " if item.default else ": ")
    if not first or not _has_lines(item):
        return first or item.default or ""
    lines = [first]
    while line := _line(": "):
        lines.append(line)
    return "\n".join(lines)


def _line(prompt: str) -> str:
    typed: str = click.prompt("", default="", show_default=False, prompt_suffix=prompt)
    return typed.strip()


def _has_lines(item: Item) -> bool:
    return item.type == "text" and bool(set(_LISTS) & set(item.appearance))


def _chosen(typed: str, item: Item) -> str:
    """Numbers of choices become their names."""
    if not item.choices:
        return typed
    labels = {fold(choice.label) for choice in item.choices}
    pieces = _COMMAS.split(typed) if item.type == "select_multiple" else [typed]
    return ",".join(each if fold(each) in labels else _numbered(each, item) for each in pieces)


def _numbered(typed: str, item: Item) -> str:
    place = parse_number(typed)
    if place is None or place not in range(1, len(item.choices) + 1):
        return typed
    return item.choices[int(place) - 1].name
