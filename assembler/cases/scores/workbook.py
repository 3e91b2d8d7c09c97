"""A ranking as an Excel workbook: ranks, axes, indicators and what could not be read, in sheets from right to left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule, Rule
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from assembler.base.excel import FONT, new_book, put, save_in_place, set_up
from assembler.base.messages import spoken
from assembler.cases.scores.gathering import Compared
from assembler.model.reports import ScoreCardSpec
from assembler.model.scores import score_text
from assembler.views.ranking import Part, Ranking, Standing

# The workbook goes to the secretariat and the archive: it is Persian, whatever the language of the messages.
RANKS, AXES, INDICATORS, UNREAD, CHART = "رتبه‌بندی", "محورها", "شاخص‌ها", "خوانده‌نشده", "نمودار"
_SCORE, _PERCENT = "#,##0.00", "0.0%"
_TOP = 15  # agencies in the chart
_FIXED, _AGENCY, _NARROW, _PAPER = 8.0, 48.0, 10.0, 106.0  # widths in letters: ranks, agencies, indicators, A4
_LINE, _HEAD = 21.0, 104.0  # heights in points
_NOTHING, _NOT_REACHED = "عدم مصداق", "به این مرحله نرسیده"
_INK = {
    "start_type": "num",
    "start_value": 0,
    "start_color": "FFF8B4A8",
    "mid_type": "num",
    "mid_value": 0.5,
    "mid_color": "FFFFF2CC",
    "end_type": "num",
    "end_value": 1,
    "end_color": "FFA9D8B8",
}
_DATA_BAR, _COLOUR_SCALE = (cast("Callable[..., Rule]", rule) for rule in (DataBarRule, ColorScaleRule))


def write_workbook(found: Compared, ranking: Ranking, path: Path) -> None:
    """Writes the comparison whole or not at all; raises AssemblerError ``output-unwritable``."""
    assert found.report is not None
    assert found.report.scores is not None
    book = new_book()
    sheets = _Sheets(book, found.report.scores, ranking, f"گزارش {found.report.id}")
    sheets.ranks()
    sheets.axes()
    sheets.indicators()
    if found.unread:
        _unread(book, found)
    sheets.chart()
    save_in_place(book, path)


class _Sheets:
    """The sheets over the same cases in the same order."""

    def __init__(self, book: Workbook, spec: ScoreCardSpec, ranking: Ranking, source: str) -> None:
        self._book, self._spec, self._ranking = book, spec, ranking
        self._stage = ranking.stage
        self._about = f"{source}، مرحله {spec.stages[ranking.stage]}"
        self._provinces = any(each.scores.province for each in ranking.standings)

    # ------------------------------------------------------------ ranks

    def ranks(self) -> None:
        axes = [_capped(axis.title, axis.cap) for axis in self._spec.axes]
        heads = [
            "رتبه",
            "دستگاه",
            *(["استان"] if self._provinces else []),
            "درصد از سقف قابل کسب",
            "جمع امتیاز",
            _capped("سقف قابل کسب", self._spec.total),
            *axes,
            "نماگر در انتظار",
            "سقف نماگرهای در انتظار",
            "نماگر پیشنهادی",
            "پرونده",
        ]
        widths = [_FIXED, _AGENCY, *([13] if self._provinces else []), 11, 11, 11, *(13 for _ in axes), 10, 11, 11, 18]
        sheet = self._sheet(RANKS, "رتبه‌بندی دستگاه‌ها بر پایه درصد از سقف قابل کسب", heads, widths, 3)
        for at, standing in enumerate(self._ranking.standings, start=3):
            for column, (value, shown) in enumerate(self._rank_cells(standing), start=1):
                put(sheet, at, column, value, shown=shown)
            _tall(sheet, at, standing.scores.agency, _AGENCY)
        percents = get_column_letter(self._percent_column)
        sheet.conditional_formatting.add(
            f"{percents}3:{percents}{self._last(3)}",
            _DATA_BAR("num", 0, "num", 1, color="FF8FB8DE"),
        )

    @property
    def _percent_column(self) -> int:
        return 4 if self._provinces else 3

    def _last(self, first: int) -> int:
        return first + len(self._ranking.standings) - 1

    def _rank_cells(self, standing: Standing) -> list[tuple[int | float | str | None, str]]:
        scores = standing.scores
        total = scores.whole.totals[self._stage]
        return [
            (standing.rank or (_NOT_REACHED if standing.why == "stage" else _NOTHING), "0"),
            (scores.agency, ""),
            *([(scores.province or None, "")] if self._provinces else []),
            (_share(scores.percent(self._stage)), "0.00%"),
            (_number(total.value), _SCORE),
            (_number(scores.whole.ceiling), _SCORE),
            *((self._got(axis), _SCORE) for axis in scores.axes),
            (total.pending or None, "0"),
            (_number(total.pending_cap or None), _SCORE),
            (total.suggested or None, "0"),
            (scores.case, ""),
        ]

    def _got(self, part: Part) -> float | str | None:
        return _number(part.score(self._stage)) if part.ceiling else _NOTHING

    # ------------------------------------------------------------ axes and indicators

    def axes(self) -> None:
        heads = ["رتبه", "دستگاه", *(_capped(axis.title, axis.cap) for axis in self._spec.axes)]
        title = "محورها به درصد از سقف قابل کسب هر دستگاه"
        sheet = self._sheet(AXES, title, heads, [_FIXED, _AGENCY, *(15 for _ in self._spec.axes)], 3)
        for at, standing in enumerate(self._ranking.standings, start=3):
            self._named(sheet, at, standing)
            for column, axis in enumerate(standing.scores.axes, start=3):
                value = _share(axis.percent(self._stage)) if axis.ceiling else _NOTHING
                put(sheet, at, column, value, shown=_PERCENT)
        area = f"C3:{get_column_letter(len(heads))}{self._last(3)}"
        sheet.conditional_formatting.add(area, _COLOUR_SCALE(**_INK))

    def indicators(self) -> None:
        """Titles stand upright, an axis over its indicators."""
        first = self._ranking.standings[0].scores
        parts = [part for indicators in first.indicators for part in indicators]
        heads = ["رتبه", "دستگاه", *(_capped(f"{part.number} {part.title}", part.cap) for part in parts)]
        sheet = self._sheet(INDICATORS, "امتیاز شاخص‌ها", heads, [_FIXED, _AGENCY, *(_NARROW for _ in parts)], 3, row=3)
        counts = [len(indicators) for indicators in first.indicators]
        self._over(sheet, counts)
        _halve(sheet, counts)
        sheet.row_dimensions[3].height = 220
        for column in range(3, len(heads) + 1):
            sheet.cell(3, column).alignment = Alignment(
                horizontal="center", vertical="bottom", wrap_text=True, textRotation=90, readingOrder=2
            )
        for at, standing in enumerate(self._ranking.standings, start=4):
            self._named(sheet, at, standing)
            flat = (part for indicators in standing.scores.indicators for part in indicators)
            for column, part in enumerate(flat, start=3):
                put(sheet, at, column, _number(part.score(self._stage)) if part.ceiling else "–", shown=_SCORE)

    def _over(self, sheet: Any, counts: Sequence[int]) -> None:
        """The axes over their indicators."""
        at = 3
        put(sheet, 2, 1, "خانه خالی: هنوز بی‌امتیاز\n«–»: عدم مصداق", head=True)
        put(sheet, 2, 2, None, head=True)
        sheet.merge_cells("A2:B2")
        for axis, count in zip(self._spec.axes, counts, strict=True):
            for column in range(at, at + count):
                put(sheet, 2, column, axis.title if column == at else None, head=True)
            sheet.merge_cells(start_row=2, end_row=2, start_column=at, end_column=at + count - 1)
            at += count
        sheet.row_dimensions[2].height = 60

    def _named(self, sheet: Any, at: int, standing: Standing) -> None:
        put(sheet, at, 1, standing.rank or "–", shown="0")
        put(sheet, at, 2, standing.scores.agency)
        _tall(sheet, at, standing.scores.agency, _AGENCY)

    # ------------------------------------------------------------ set-up

    def _sheet(
        self, name: str, title: str, heads: Sequence[str], widths: Sequence[float], fixed: int, row: int = 2
    ) -> Any:
        """A sheet with its title, and heads in a row that stays in sight and comes again on each page, as do the
        columns before the ``fixed`` one."""
        sheet: Any = self._book.create_sheet(name)
        set_up(sheet, widths)
        _titled(sheet, f"{title} ({self._about})")
        sheet.row_dimensions[row].height = _HEAD
        for column, head in enumerate(heads, start=1):
            put(sheet, row, column, head, head=True)
        sheet.freeze_panes = sheet.cell(row + 1, fixed)
        sheet.print_title_rows, sheet.print_title_cols = f"1:{row}", f"A:{get_column_letter(fixed - 1)}"
        sheet.auto_filter.ref = f"A{row}:{get_column_letter(len(heads))}{self._last(row + 1)}"
        _numbered(sheet)
        return sheet

    def chart(self) -> None:
        """The top agencies as bars on a sheet of their own, the first one on top, growing from the right."""
        count = min(_TOP, len(self._ranking.ranked))
        if not count:
            return
        sheet: Any = self._book.create_sheet(CHART)
        set_up(sheet, ())
        ranks = self._book[RANKS]
        bars = BarChart()
        bars.type, bars.style, bars.gapWidth = "bar", 10, 60
        _titled(sheet, f"{score_text(count)} دستگاه نخست، به درصد از سقف قابل کسب ({self._about})")
        column = self._percent_column
        bars.add_data(Reference(ranks, min_col=column, min_row=3, max_row=2 + count))
        bars.set_categories(Reference(ranks, min_col=2, min_row=3, max_row=2 + count))
        bars.legend = None
        bars.x_axis.scaling.orientation, bars.x_axis.delete = "maxMin", False
        bars.y_axis.scaling.orientation, bars.y_axis.crosses = "maxMin", "max"
        bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0, 1
        bars.y_axis.number_format, bars.y_axis.delete = "0%", False
        bars.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
        bars.width, bars.height = 26, max(6.0, 1.1 * count)
        sheet.page_setup.fitToHeight = 1
        sheet.add_chart(bars, "A3")


def _halve(sheet: Any, counts: Sequence[int]) -> None:
    """Breaks so many columns between two axes, as near to the middle as it goes: on one page nobody could read them."""
    ends = [sum(counts[: at + 1]) for at in range(len(counts))]
    first = min(ends, key=lambda end: abs(2 * end - ends[-1]))
    wider = max(first, ends[-1] - first)
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.scale = max(10, min(100, int(_PAPER / (_FIXED + _AGENCY + _NARROW * wider) * 100)))
    sheet.page_setup.pageOrder = "overThenDown"
    if first < ends[-1]:
        sheet.col_breaks.append(Break(id=2 + first))


def _unread(book: Workbook, found: Compared) -> None:
    sheet: Any = book.create_sheet(UNREAD)
    set_up(sheet, (8, 34, 14, 24, 80))
    _titled(sheet, "پرونده‌هایی که خطا دارند و نخستین خطای هر یک")
    for column, head in enumerate(("ردیف", "پرونده", "وضعیت", "کد خطا", "دلیل"), start=1):
        put(sheet, 2, column, head, head=True)
    with spoken("fa"):
        for at, case in enumerate(found.unread, start=3):
            codes = "، ".join(dict.fromkeys(each.code for each in case.errors))
            state = "با خطا آمده" if case.taken else "کنارگذاشته"
            put(sheet, at, 1, at - 2, shown="0")
            for column, text in enumerate((case.case, state, codes, case.reason), start=2):
                put(sheet, at, column, text)
            _tall(sheet, at, case.reason, 80)
    sheet.freeze_panes, sheet.print_title_rows = "A3", "1:2"
    _numbered(sheet)


def _titled(sheet: Any, title: str) -> None:
    """A title that runs over the cells beside it, of whatever page it stands on."""
    cell = sheet.cell(1, 1, title)
    cell.font = Font(name=FONT, size=14, bold=True)
    cell.alignment = Alignment(horizontal="right", vertical="center", readingOrder=2)
    sheet.row_dimensions[1].height = 28


def _tall(sheet: Any, row: int, text: str, room: float) -> None:
    """A row as high as a text of its needs: not every program finds that out by itself."""
    sheet.row_dimensions[row].height = _LINE * max(1, -(-len(text) // int(room * 1.1)))


def _numbered(sheet: Any) -> None:
    sheet.oddFooter.center.text = "&P / &N"


def _capped(title: str, cap: Decimal) -> str:
    return f"{title}\n(سقف {score_text(cap)})"


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _share(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent / 100)
