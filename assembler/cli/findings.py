"""Findings after a build: form by form how many, and the worst few of them; the whole list when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

import click

from assembler.base.catalogue.entries import Severity
from assembler.base.commands import as_typed
from assembler.base.messages import fill, number, translate
from assembler.base.problems import Problem
from assembler.cli.again import folders_again
from assembler.cli.console import problem_lines, severity_word, show_problems, summary
from assembler.cli.say import say

_WORST = 5
_NO_PAGES: Mapping[str, int] = {}

all_option = click.option("--all", "everything", is_flag=True, help="Show every finding, not only the worst five.")


def show_findings(
    problems: Sequence[Problem],
    case: Path,
    *,
    everything: bool = False,
    stream: TextIO | None = None,
    pages: Mapping[str, int] = _NO_PAGES,
) -> None:
    """A few findings as they are; of many how many there are of each form, and the worst."""
    stream = stream or sys.stdout
    if everything or len(problems) <= _WORST:
        show_problems(problems, stream, pages)
        return
    for line in _lines(problems, case, pages):
        say(line, file=stream)


def _lines(problems: Sequence[Problem], case: Path, pages: Mapping[str, int]) -> Iterator[str]:
    yield click.style(translate("Findings by form"), bold=True)
    for title, found in _by_form(problems).items():
        yield f"  {title}: {_counts(found)}"
    yield click.style(fill("The worst {count}", count=_WORST), bold=True)
    order = list(Severity)
    worst = sorted(problems, key=lambda found: order.index(found.severity))[:_WORST]
    yield from (f"  {line}" for line in problem_lines(worst, pages))
    yield summary(problems)
    yield fill("All of them: `assembler check {case}`, or --all.", case=as_typed(str(case), *folders_again()))


def _by_form(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """By the titles of their forms, in the order they come; what belongs to no form is the report's."""
    found: dict[str, list[Problem]] = {}
    for each in problems:
        title = " ".join(each.names.form.split()) or each.place.form or translate("The report as a whole")
        found.setdefault(title, []).append(each)
    return found


def _counts(problems: Sequence[Problem]) -> str:
    counts = ((severity_word(grade), sum(found.severity is grade for found in problems)) for grade in Severity)
    return "، ".join(f"{word} {number(count)}" for word, count in counts if count)
