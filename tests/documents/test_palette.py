"""Charts and diagrams have the colours of the template they stand in."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import docx
import pytest
from PIL import Image

from assembler.documents.palette import Palette, palette_of
from assembler.model.packet import ChartBlock, WorkflowBlock, WorkflowStep
from tests.documents.conftest import PLAIN, TEMPLATES, Make, edited, text

COLOUR = TEMPLATES / "colour" / "body.docx"


def palette(template: Path) -> Palette:
    return palette_of(docx.Document(str(template)))


def lightness(colour: str) -> float:
    """About how light a colour is, from 0 to 100, as the eye sees it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


@pytest.mark.parametrize("family", [TEMPLATES, TEMPLATES / "colour"])
def test_neighbours_differ_in_lightness_and_words_are_read_on_heads_of_lanes(family: Path) -> None:
    for name in ("body", "cover", "letterhead", "problems"):
        found = palette(family / f"{name}.docx")
        assert found.series == palette(family / "body.docx").series
        assert all(abs(lightness(one) - lightness(other)) > 12 for one, other in pairwise(found.series[:6]))
        assert abs(lightness(found.head) - lightness(found.words)) > 60
        assert all(lightness(fill) > 88 for fill in (*found.fills.values(), found.paper))


def test_a_template_without_a_theme_of_its_own_has_the_delivered_accents(tmp_path: Path) -> None:
    sixth = '<a:accent6><a:srgbClr val="A8501E"/></a:accent6>'
    for change in ((sixth, ""), ("</a:theme>", "")):  # an accent less, and a damaged theme
        plainer = edited(COLOUR, tmp_path / "a.docx", change, name="word/theme/theme1.xml")
        assert palette(plainer).series == PLAIN.series
    styled = edited(TEMPLATES / "body.docx", tmp_path / "b.docx", ('"DCE6F1"', '"123456"'), name="word/styles.xml")
    assert (palette(styled).head, palette(styled).series) == ("#123456", PLAIN.series)


def colours(file: Path) -> set[str]:
    counted = Image.open(file).convert("RGB").getcolors(1 << 24) or []
    return {"#" + "".join(f"{part:02X}" for part in colour) for count, colour in counted if count > 200}


def test_charts_and_diagrams_are_drawn_in_the_colours_of_the_family(make: Make, tmp_path: Path) -> None:
    step = WorkflowStep("۱", "start", "متقاضی", "ثبت درخواست", "", (("", "۲"),))
    flow = WorkflowBlock("flow", text("شکل ۱"), (step, WorkflowStep("۲", "decision", "کارشناس", "بررسی", "", ())))
    chart = ChartBlock("jobs", text("نمودار ۱"), "bar", ("الف", "ب"), (3, 5))
    for template, found, other in ((COLOUR, palette(COLOUR), PLAIN), (TEMPLATES / "body.docx", PLAIN, palette(COLOUR))):
        make(flow, chart, template=template)
        (drawn,) = map(colours, (tmp_path / "charts").rglob("workflow.png"))
        (bars,) = map(colours, (tmp_path / "charts").rglob("chart.png"))
        assert {found.head, found.fills["start"], found.fills["decision"]} <= drawn
        assert other.head not in drawn
        assert found.series[0] in bars
        assert other.series[0] not in bars
