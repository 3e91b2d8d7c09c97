"""Tables of steps: branches that lead nowhere, steps nobody comes to, processes that do not end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assembler.base.persian import fold
from assembler.base.problems import Place, Problem, problem
from assembler.model.filled import FilledForm, FilledItem, FilledRow, Process, RowStep
from assembler.model.specs import WorkflowColumns


def check_workflows(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """What keeps the steps of the used forms from being followed from a start to an end."""
    for name in used:
        for item in forms[name].items.values():
            if item.relevant and item.spec.workflow:
                for process in item.processes:
                    yield from _process(item, item.spec.workflow, process)


def _process(item: FilledItem, columns: WorkflowColumns, process: Process) -> Iterator[Problem]:
    yield from _repeated(columns, process)
    for each in process.steps:
        yield from _branches(columns, process, each)
    if not _followed(columns, process):
        return  # where a step leads is not known: that the rest is not come to would be said of the gap
    yield from _unreached(columns, process)
    if not any(each.step.kind == "end" for each in _reachable(process)):
        yield problem("workflow-endless", _place(process.steps[0].row, columns.of), process=process.name)


def _repeated(columns: WorkflowColumns, process: Process) -> Iterator[Problem]:
    """Numbers that stand at two steps: no branch can tell them apart."""
    seen: dict[str, FilledRow] = {}
    for each in process.steps:
        first = seen.setdefault(fold(each.step.number), each.row)
        if first is not each.row:
            place, row = _place(each.row, columns.step), first.place.row or 0
            yield problem("workflow-step-repeated", place, number=each.step.number, process=process.name, row=row)


def _branches(columns: WorkflowColumns, process: Process, each: RowStep) -> Iterator[Problem]:
    place = _place(each.row, columns.next or columns.kind)
    if each.branches is None:
        text = str(each.row.cells[columns.next].value)
        yield problem("workflow-next-unreadable", place, text=text)
        return
    known = {fold(other.step.number) for other in process.steps}
    for _, number in each.branches:
        if fold(number) not in known:
            yield problem("workflow-branch-unknown", place, number=number, process=process.name)
    if each.step.kind == "decision" and len(each.branches) < 2:
        yield problem("workflow-decision-one-way", place, number=each.step.number)


def _followed(columns: WorkflowColumns, process: Process) -> bool:
    """Whether the kind and the branches of every step are understood."""
    return all(
        each.branches is not None
        and len(each.branches) == len(each.step.next)
        and not (each.row.cells[columns.kind].required and each.row.cells[columns.kind].value is None)
        for each in process.steps
    )


def _unreached(columns: WorkflowColumns, process: Process) -> Iterator[Problem]:
    """Steps no other leads to; the first step and every start need none."""
    led_to = {fold(number) for each in process.steps for _, number in each.step.next if number != each.step.number}
    for each in process.steps[1:]:
        if each.step.kind != "start" and fold(each.step.number) not in led_to:
            number = each.step.number
            yield problem(
                "workflow-step-unreached", _place(each.row, columns.step), number=number, process=process.name
            )


def _reachable(process: Process) -> Sequence[RowStep]:
    """The steps one comes to from the first, in the order they are come to."""
    by_number = {fold(each.step.number): each for each in reversed(process.steps)}
    found = {fold(process.steps[0].step.number): process.steps[0]}
    waiting = [process.steps[0]]
    while waiting:
        for _, number in waiting.pop().step.next:
            if fold(number) not in found:
                found[fold(number)] = by_number[fold(number)]
                waiting.append(by_number[fold(number)])
    return list(found.values())


def _place(row: FilledRow, column: str) -> Place:
    return row.cells[column].place.within(column=column)
