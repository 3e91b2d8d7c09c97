"""``assembler scores CASES…``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import click

from assembler.actions.scores import (
    CaseScores,
    Ranking,
    Scored,
    Standing,
    same_agencies,
    scores,
    scores_json,
    write_workbook,
)
from assembler.base.messages import fill, number, translate
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.cli.console import progress_bar, show_json, show_problems, with_settings
from assembler.cli.paths import NEW_FILE, THERE
from assembler.cli.say import say
from assembler.cli.table import LEAST, NOTHING, aligned, columns, cut, widths
from assembler.cli.unread import show_list, unread_line
from assembler.model.reports import ScoreCardSpec
from assembler.model.specs import STAGES, Stage
from assembler.model.unread import UnreadCase

_AGENCY = 1  # the column that is cut
_AGAIN = 40  # rows after which the heads come again
_HUNDREDTH = Decimal("0.01")


def _workbook_name(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() != ".xlsx":
        raise click.BadParameter(fill("«{text}» does not end in .xlsx.", text=path.name))
    return path


@click.command("scores")
@click.argument("cases", nargs=-1, required=True, type=THERE)
@click.option("--xlsx", type=NEW_FILE, callback=_workbook_name, help="An Excel workbook to write it to as well.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects, one a case, instead of a table.")
@click.option("--stage", type=click.Choice(STAGES), help="The stage to rank by; the last all cases have reached.")
@click.option("--report", default="", metavar="NAME", help="The report of the cases, where they are of several.")
@click.option("--with-errors", is_flag=True, help="Take cases that have errors too, and name them.")
@with_settings
def command(
    cases: tuple[Path, ...],
    xlsx: Path | None,
    as_json: bool,
    stage: Stage | None,
    report: str,
    with_errors: bool,
    settings: Settings,
) -> None:
    """Rank the agencies of many cases by their scores, axis by axis; cases are named one by one or by the folders they
    stand in, or by the PDFs that carry them.

    What does not apply to an agency costs it nothing: the rank is by the percentage of what it could get. Rows nobody
    has scored yet count nothing and are told. A case that cannot be read or has errors is listed and left out.
    """
    with progress_bar() as progress:
        found = scores(cases, settings, stage=stage, report=report, with_errors=with_errors, progress=progress)
    if found.ranking is None:
        _show_unread(found.unread, err=True)
        raise AssemblerError([problem("scores-none")], ExitCode.ANSWERS)
    if as_json:
        show_json(scores_json(found))
    else:
        _show(found, found.ranking, stage is not None)
    if xlsx is not None:
        write_workbook(found, xlsx)
        say(fill("Written: {path}", path=xlsx), err=as_json)
    if any(not case.taken for case in found.unread):
        sys.exit(ExitCode.ANSWERS)


# ---------------------------------------------------------------- telling


def _show(found: Scored, ranking: Ranking, was_asked: bool) -> None:
    left = [case for case in found.unread if not case.taken]
    say(click.style(_stage_line(found.spec.stages, ranking, was_asked), bold=True))
    say(
        fill(
            "Ranked: {ranked}; without a rank: {rest}; left out: {left}; without these scores: {others}",
            ranked=len(ranking.ranked),
            rest=len(ranking.standings) - len(ranking.ranked),
            left=len(left),
            others=found.others,
        )
    )
    for line in _table(found, ranking):
        say(line)
    _show_unread(found.unread)
    twice = list(same_agencies(standing.scores for standing in ranking.standings))
    if twice:
        say()
        show_problems(twice)


def _show_unread(unread: Sequence[UnreadCase], err: bool = False) -> None:
    more = translate("and {count} more; --json and --xlsx hold all")
    left, taken = ([unread_line(case) for case in unread if case.taken is was] for was in (False, True))
    show_list(translate("Cases left out"), left, more, err)
    show_list(translate("Cases taken with errors"), taken, more, err)


def _stage_line(stages: Mapping[str, str], ranking: Ranking, was_asked: bool) -> str:
    if was_asked:
        return fill("By the scores of the stage «{stage}»", stage=stages[ranking.stage])
    return fill("By the scores of the stage «{stage}», the last all cases have reached", stage=stages[ranking.stage])


def _table(found: Scored, ranking: Ranking) -> Iterator[str]:
    yield ""
    yield click.style(translate("Axes, in percent of what applies"), bold=True)
    for place, axis in enumerate(found.spec.axes, start=1):
        yield f"  {number(place)}  {axis.title} ({number(axis.cap)})"
    yield ""
    yield from _rows(ranking, found.spec)
    yield from _pending(ranking)


def _pending(ranking: Ranking) -> Iterator[str]:
    totals = [each.scores.whole.totals[ranking.stage] for each in ranking.pending]
    if totals:
        yield ""
        points = sum((total.pending_cap for total in totals), Decimal(0))
        yield fill(
            "Rows without a score count nothing yet: {rows} rows of {cases} cases, worth up to {points} points.",
            rows=sum(total.pending for total in totals),
            cases=len(totals),
            points=_trimmed(points),
        )


def _rows(ranking: Ranking, spec: ScoreCardSpec) -> Iterator[str]:
    """Cases one under the other; agencies are cut where the line would not fit.

    What keeps a case from a rank stands last, as it has no fixed width.
    """
    rows = [_cells(each, ranking.stage) for each in ranking.standings]
    heads = [
        translate("rank"),
        translate("agency"),
        translate("percent"),
        translate("total of ceiling"),
        *(number(place) for place in range(1, len(spec.axes) + 1)),
        translate("pending (points)"),
    ]
    rooms = widths([heads, *rows])
    others = sum(rooms) - rooms[_AGENCY] + 2 * len(rooms)
    rooms[_AGENCY] = min(rooms[_AGENCY], max(columns() - others, LEAST))
    for place, (standing, cells) in enumerate(zip(ranking.standings, rows, strict=True)):
        if place % _AGAIN == 0:
            yield click.style(_line(heads, rooms), bold=True)
        yield f"{_line(cells, rooms)}  {_reason(standing, spec.stages)}".rstrip()


def _line(cells: Sequence[str], rooms: Sequence[int]) -> str:
    shown = [cut(cell, rooms[at]) if at == _AGENCY else cell for at, cell in enumerate(cells)]
    return "  ".join(aligned(shown, rooms, right=[at for at in range(len(rooms)) if at != _AGENCY]))


def _cells(standing: Standing, stage: Stage) -> list[str]:
    scores, total = standing.scores, standing.scores.whole.totals[stage]
    percent = scores.percent(stage)
    open_rows = f"{number(total.pending)} ({_trimmed(total.pending_cap)})" if total.pending else NOTHING
    return [
        number(standing.rank) if standing.rank else NOTHING,
        scores.agency,
        _fixed(percent) if percent is not None else NOTHING,
        _of_ceiling(scores, stage),
        *(_whole(axis.percent(stage)) for axis in scores.axes),
        open_rows,
    ]


def _reason(standing: Standing, stages: Mapping[str, str]) -> str:
    if standing.why == "stage":
        return fill("it is in the stage «{stage}»", stage=stages[standing.scores.stage])
    return translate("nothing applies") if standing.why else ""


def _of_ceiling(scores: CaseScores, stage: Stage) -> str:
    value = scores.whole.totals[stage].value
    if value is None:
        return NOTHING
    return fill("{total} of {ceiling}", total=_trimmed(value), ceiling=_trimmed(scores.whole.ceiling))


def _trimmed(value: Decimal) -> str:
    """Two decimals at most."""
    return number(Decimal(f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP).normalize():f}"))


def _whole(value: Decimal | None) -> str:
    return NOTHING if value is None else number(int(value.quantize(Decimal(1), ROUND_HALF_UP)))


def _fixed(value: Decimal) -> str:
    """Two decimals always, one under the other; numbers otherwise lose the zeros they end with."""
    whole, _, decimals = f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):f}".partition(".")
    mark = number(Decimal("0.5"))[1]
    return number(int(whole)) + mark + "".join(number(int(digit)) for digit in decimals)
