"""Charts: percentages from the data, blanks kept, the same bytes every time."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from PIL import Image

from assembler.documents.charts import described, draw_chart, ends, look, shares
from assembler.model.packet import ChartBlock, Series
from tests.documents.conftest import PLAIN, Make, all_text, text


def chart(
    kind: Literal["bar", "pie"], *values: int | Decimal | None, percent: bool = False, decimals: int = 0
) -> ChartBlock:
    labels = ("کارمند", "دانشجو", "خانه‌دار", "آزاد")[: len(values)]
    notes = (text("برگرفته از جدول شماره ۲"),)
    return ChartBlock("jobs", text("نمودار شماره ۱- مشاغل"), kind, labels, values, percent, decimals, notes=notes)


def test_percentages_are_computed_from_the_values() -> None:
    assert shares(chart("pie", 1, 2, None, 0, percent=True, decimals=1)) == ["۳۳٫۳٪", "۶۶٫۷٪", "", "۰٫۰٪"]
    assert shares(chart("bar", 12500, Decimal("7.5"), None)) == ["۱۲٬۵۰۰", "۷٫۵", ""]
    assert shares(chart("pie", None, None, percent=True)) == ["", ""]
    assert shares(chart("pie", 0, 0, percent=True)) == ["", ""]


@pytest.mark.parametrize("kind", ["bar", "pie"])
@pytest.mark.parametrize("values", [(3, 5, None, 1), (None, None), (0, 0), (), (-2, 4)])
def test_charts_are_the_same_bytes(tmp_path: Path, kind: Literal["bar", "pie"], values: tuple[int | None, ...]) -> None:
    for name in ("a.png", "b.png"):
        draw_chart(chart(kind, *values), tmp_path / name, PLAIN.series)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_blank_category_has_no_bar(tmp_path: Path) -> None:
    draw_chart(chart("bar", 5, None), tmp_path / "a.png", PLAIN.series)
    pixels = np.asarray(Image.open(tmp_path / "a.png").convert("RGB")).astype(int)
    blue = (pixels[:, :, 2] - pixels[:, :, 0]) > 100
    middle = blue.shape[1] // 2
    assert blue[:, middle:].any()  # the first category stands at the right
    assert not blue[:, :middle].any()


def test_a_chart_in_a_document_has_caption_and_source(make: Make, tmp_path: Path) -> None:
    out = make(chart("pie", 1, 3, percent=True))
    assert [*(tmp_path / "charts").rglob("chart.png")]
    assert "نمودار شماره ۱- مشاغل\nبرگرفته از جدول شماره ۲" in all_text(out)


def stacked(*parts: Series) -> ChartBlock:
    sums = tuple(sum(values) for values in zip(*(part.values for part in parts), strict=True))
    return ChartBlock("axes", text("نمودار شماره ۱- محورها"), "bar", ("محور یک", "محور دو"), sums, series=parts)


def test_stacked_bars_say_what_they_come_to_and_are_told_to_who_cannot_see_them(tmp_path: Path) -> None:
    scores = stacked(Series("امتیاز", (Decimal("7.5"), 0)), Series("مانده", (Decimal("2.5"), 20), is_rest=True))
    draw_chart(scores, tmp_path / "a.png", PLAIN.series)
    assert ends(scores) == ["۷٫۵ از ۱۰", "۰ از ۲۰"]
    assert ends(stacked(Series("بلی", (3, 4)), Series("خیر", (1, 0)))) == ["۴", "۴"]
    told = "نمودار شماره ۱- محورها. محور یک: امتیاز ۷٫۵، مانده ۲٫۵؛ محور دو: امتیاز ۰، مانده ۲۰"
    assert described(scores) == told
    assert described(chart("pie", 1, None)) == "نمودار شماره ۱- مشاغل. کارمند: ۱؛ دانشجو: —"


def test_parts_of_bars_are_told_apart_in_grey(tmp_path: Path) -> None:
    looks = [(one["color"], one["hatch"]) for one in (look(at, Series("", ()), PLAIN.series) for at in range(8))]
    assert len({hatch for _, hatch in looks}) == len(looks)
    assert "hatch" not in look(0, Series("", (), is_rest=True), PLAIN.series)
