"""Takes a block from a worksheet into a table: shows first what was understood."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from assembler.base.messages import fill, translate
from assembler.base.persian import agrees
from assembler.base.problems import Problem
from assembler.collect.fill.open_case import FormView
from assembler.collect.fill.pasted import PastedBlock, is_whole, pasted_rows
from assembler.collect.fill.screens import Line, Screen, problem_lines
from assembler.collect.fill.table_answers import TableAnswers
from assembler.collect.fill.telling import column_label, table_lines

_MOST_PROBLEMS = 12
_PROMPT = "┆ "


def pasted(answers: TableAnswers) -> Generator[Screen, str, PastedBlock | None]:
    """The block an officer pastes and agrees to; None when nothing is to be taken."""
    block = yield from _typed()
    case = answers.session.case
    found = pasted_rows(block, answers.item, answers.form, case.attachments, len(answers.rows) + 1)
    if not found.rows:
        return None
    question = Line("  " + translate("Take these rows? Enter or «بله»: yes; «نه»: no."), "question")
    typed = yield Screen((*_understood(found, answers), question))
    agreed = not typed.strip() or agrees(typed)
    return found if agreed else None


def _typed() -> Generator[Screen, str, str]:
    """All lines up to a blank one that does not stand inside a quoted cell, or up to two: a mark that is never closed
    takes nothing that is typed after them.
    """
    told = Line("  " + translate("Paste the cells; a blank line ends them."), "faint")
    screen = Screen((told,), _PROMPT)
    block: list[str] = []
    was_blank = False
    while True:
        typed = yield screen
        block += typed.split("\n")
        if not block[-1].strip() and (was_blank or is_whole("\n".join(block))):
            return "\n".join(block)
        was_blank = not typed.strip()
        screen = Screen((), _PROMPT)


def _understood(found: PastedBlock, answers: TableAnswers) -> Iterator[Line]:
    """The rows a block makes, the columns its cells went to, and what could not be read."""
    columns = [column for column in found.columns if column is not None]
    yield Line("  " + fill("Understood: {count} rows", count=len(found.rows)), "question")
    matched = translate("By the header:") if found.headed else translate("In order, without a header:")
    yield Line(f"  {matched} " + "، ".join(f"«{column_label(column)}»" for column in columns), "faint")
    if passed := len(found.columns) - len(columns):
        yield Line("  " + fill("Columns passed over: {count}", count=passed), "warning")
    if found.aside:
        yield Line("  " + fill("Titles, sums and remarks left out: {count}", count=found.aside), "warning")
    if found.left:
        yield Line("  " + fill("Lines without a row: {count}", count=found.left), "warning")
    tried = answers.session.case.tried(answers.with_rows(answers.joined(found.rows)))
    yield from table_lines(tried.filled().items[answers.item.name])
    yield from problem_lines((*found.problems, *_judged(found, tried, answers))[:_MOST_PROBLEMS], rows=True)
    if found.problems:
        yield Line("  " + fill("Cells that stay blank: {count}", count=len(found.problems)), "warning")


def _judged(found: PastedBlock, tried: FormView, answers: TableAnswers) -> Iterator[Problem]:
    """What the checks say of cells that were pasted; one that could not be read is told of already."""
    unread = {each.place for each in found.problems}
    pasted_in = {row.place.row for row in found.rows}
    for each in tried.problems():
        cell = each.place._replace(file=None, line=None)
        if each.place.item == answers.item.name and each.place.row in pasted_in and cell not in unread:
            yield each
