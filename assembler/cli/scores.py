"""``assembler scores CASES…``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import click

from assembler.actions.extract import as_folders
from assembler.base.messages import fill, number, translate
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.cases.scores.gathering import Compared, compare
from assembler.cases.scores.ranking import CaseScores, Ranking, Standing, common_stage, rank, same_agencies
from assembler.cli.console import progress_bar, show_problems, with_settings
from assembler.cli.status import columns, cut, width
from assembler.cli.unread import show_list, unread_line
from assembler.model.reports import ScoreCardSpec
from assembler.model.specs import STAGES, Stage

_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_NONE = "·"
_AGAIN = 40  # rows after which the heads come again
_HUNDREDTH = Decimal("0.01")


def _workbook_name(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{path.name!r} does not end in .xlsx")
    return path


@click.command("scores")
@click.argument("cases", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--xlsx", type=_NEW_FILE, callback=_workbook_name, help="An Excel workbook to write it to as well.")
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
    read_from = click.get_current_context().with_resource(as_folders(cases))
    with progress_bar() as progress:
        found = compare(list(read_from), settings, report, with_errors, progress, read_from)
    if not found.cases:
        _show_unread(found, err=True)
        raise AssemblerError([problem("scores-none")], ExitCode.ANSWERS)
    ranking = rank(found.cases, stage or common_stage(found.cases))
    if as_json:
        click.echo(json.dumps(_json(found, ranking), ensure_ascii=False, indent=2))
    else:
        _show(found, ranking, stage is not None)
    if xlsx is not None:
        from assembler.cases.scores.workbook import write_workbook  # openpyxl loads slowly

        write_workbook(found, ranking, xlsx)
        click.echo(fill("Written: {path}", path=xlsx), err=as_json)
    if any(not case.taken for case in found.unread):
        sys.exit(ExitCode.ANSWERS)


def _json(found: Compared, ranking: Ranking) -> list[dict[str, Any]]:
    """The cases by rank, then those that were left out, each with its errors."""
    errors = {case.case: [each.as_json() for each in case.errors] for case in found.unread}
    axes = [axis.name for axis in _spec(found).axes]
    told = [
        {**each.as_json(ranking.stage, axes), "problems": errors.get(each.scores.case, [])}
        for each in ranking.standings
    ]
    left = [case.case for case in found.unread if not case.taken]
    return [*told, *({"rank": None, "why": "unread", "case": case, "problems": errors[case]} for case in left)]


def _spec(found: Compared) -> ScoreCardSpec:
    assert found.report is not None
    assert found.report.scores is not None
    return found.report.scores


# ---------------------------------------------------------------- telling


def _show(found: Compared, ranking: Ranking, was_asked: bool) -> None:
    left = [case for case in found.unread if not case.taken]
    click.echo(click.style(_stage_line(_spec(found).stages, ranking, was_asked), bold=True))
    click.echo(fill("Ranked: {ranked}; without a rank: {rest}; left out: {left}; without these scores: {others}",
                    ranked=len(ranking.ranked), rest=len(ranking.standings) - len(ranking.ranked), left=len(left),
                    others=found.others))  # fmt: skip
    for line in _table(found, ranking):
        click.echo(line)
    _show_unread(found)
    twice = list(same_agencies(found.cases))
    if twice:
        click.echo()
        show_problems(twice)


def _show_unread(found: Compared, err: bool = False) -> None:
    more = translate("and {count} more; --json and --xlsx hold all")
    left, taken = ([unread_line(case) for case in found.unread if case.taken is was] for was in (False, True))
    show_list(translate("Cases left out"), left, more, err)
    show_list(translate("Cases taken with errors"), taken, more, err)


def _stage_line(stages: Mapping[str, str], ranking: Ranking, was_asked: bool) -> str:
    if was_asked:
        return fill("By the scores of the stage «{stage}»", stage=stages[ranking.stage])
    return fill("By the scores of the stage «{stage}», the last all cases have reached", stage=stages[ranking.stage])


def _table(found: Compared, ranking: Ranking) -> Iterator[str]:
    spec = _spec(found)
    yield ""
    yield click.style(translate("Axes, in percent of what applies"), bold=True)
    for place, axis in enumerate(spec.axes, start=1):
        yield f"  {number(place)}  {axis.title} ({number(axis.cap)})"
    yield ""
    yield from _Table(ranking, len(spec.axes), spec.stages).lines()
    yield from _pending(ranking)


def _pending(ranking: Ranking) -> Iterator[str]:
    totals = [each.scores.whole.totals[ranking.stage] for each in ranking.pending]
    if totals:
        yield ""
        points = sum((total.pending_cap for total in totals), Decimal(0))
        yield fill(
            "Rows without a score count nothing yet: {rows} rows of {cases} cases, worth up to {points} points.",
            rows=sum(total.pending for total in totals), cases=len(totals), points=_trimmed(points),
        )  # fmt: skip


class _Table:
    """Cases one under the other in columns as wide as their widest cell; agencies are cut where the line would not fit.

    What keeps a case from a rank stands last, as it has no fixed width.
    """

    def __init__(self, ranking: Ranking, axes: int, stages: Mapping[str, str]) -> None:
        self._ranking, self._stages = ranking, stages
        self._heads = [
            translate("rank"), translate("agency"), translate("percent"), translate("total of ceiling"),
            *(number(place) for place in range(1, axes + 1)), translate("pending (points)"),
        ]  # fmt: skip
        self._rows = [self._cells(each) for each in ranking.standings]
        self._widths = [max(map(width, column)) for column in zip(self._heads, *self._rows, strict=True)]
        others = sum(self._widths) - self._widths[1] + 2 * len(self._widths)
        self._widths[1] = min(self._widths[1], max(columns() - others, _LEAST_AGENCY))

    def lines(self) -> Iterator[str]:
        for place, (standing, cells) in enumerate(zip(self._ranking.standings, self._rows, strict=True)):
            if place % _AGAIN == 0:
                yield click.style(self._line(self._heads), bold=True)
            yield f"{self._line(cells)}  {self._reason(standing)}".rstrip()

    def _line(self, cells: Sequence[str]) -> str:
        rank_cell, agency, *rest = cells
        shown = cut(agency, self._widths[1])
        first = [
            " " * (self._widths[0] - width(rank_cell)) + rank_cell,
            shown + " " * (self._widths[1] - width(shown)),
        ]
        return "  ".join([*first, *(" " * (room - width(text)) + text
                                    for text, room in zip(rest, self._widths[2:], strict=True))])  # fmt: skip

    def _cells(self, standing: Standing) -> list[str]:
        scores, stage = standing.scores, self._ranking.stage
        total, percent = scores.whole.totals[stage], scores.percent(stage)
        open_rows = f"{number(total.pending)} ({_trimmed(total.pending_cap)})" if total.pending else _NONE
        return [
            number(standing.rank) if standing.rank else _NONE,
            scores.agency,
            _fixed(percent) if percent is not None else _NONE,
            _of_ceiling(scores, stage),
            *(_whole(axis.percent(stage)) for axis in scores.axes),
            open_rows,
        ]

    def _reason(self, standing: Standing) -> str:
        if standing.why == "stage":
            return fill("it is in the stage «{stage}»", stage=self._stages[standing.scores.stage])
        return translate("nothing applies") if standing.why else ""


_LEAST_AGENCY = 24  # letters an agency keeps on the narrowest terminal


def _of_ceiling(scores: CaseScores, stage: Stage) -> str:
    value = scores.whole.totals[stage].value
    if value is None:
        return _NONE
    return fill("{total} of {ceiling}", total=_trimmed(value), ceiling=_trimmed(scores.whole.ceiling))


def _trimmed(value: Decimal) -> str:
    """Two decimals at most."""
    return number(Decimal(f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP).normalize():f}"))


def _whole(value: Decimal | None) -> str:
    return _NONE if value is None else number(int(value.quantize(Decimal(1), ROUND_HALF_UP)))


def _fixed(value: Decimal) -> str:
    """Two decimals always, one under the other; numbers otherwise lose the zeros they end with."""
    whole, _, decimals = f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):f}".partition(".")
    mark = number(Decimal("0.5"))[1]
    return number(int(whole)) + mark + "".join(number(int(digit)) for digit in decimals)
