"""Charts drawn from data: bars and pies in the colours of the template; patterns keep them apart in grey too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from assembler.base.persian import format_number, listed_texts, persian_digits
from assembler.base.scripts import drawn, readable
from assembler.base.tongue import printed_words, tongue
from assembler.model.packet import ChartBlock, Series, plain

_HATCHES = ("", "//", "..", "\\\\", "xx", "--", "++", "oo")
_DOTS_PER_INCH = 200
_INK = "#262626"
_PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85}  # under a number on a bar
_NO_DATA = "داده‌ای ثبت نشده است"
_LABEL_WIDTH = 18  # letters of a label in a line, under a bar or in a legend
_LYING_LABEL_WIDTH = 34  # … beside a lying bar
_LEGEND_HEIGHT = 1.0  # cm
_ENDS, _BARS = 0.17, 0.41  # of the width: the room at the end of stacked bars, and that of the bars
_DIGIT = 0.24  # cm
_STANDING_BARS = 5  # more bars, or longer labels, lie down so that labels never run into each other


def draw_chart(chart: ChartBlock, out: Path, colours: Sequence[str], font: Path | None = None) -> float:
    """Draw the chart as PNG in these colours, the same bytes every time; returns its height in cm at the chart's
    width.
    """
    height = _height(chart)
    figure = Figure(figsize=(chart.width / 2.54, height / 2.54), dpi=_DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    face = FontProperties(fname=str(font)) if font else FontProperties()
    face.set_size(12)
    if all(value is None for value in chart.values):
        _bars(axes, chart, face, colours) if chart.kind == "bar" else axes.set_axis_off()
        axes.text(
            0.5,
            0.5,
            printed_words(_NO_DATA),
            transform=axes.transAxes,
            ha="center",
            va="center",
            color="#737373",
            fontproperties=face,
        )
    elif chart.kind == "pie":
        _pie(axes, chart, face, colours)
    elif chart.series:
        _stacked_bars(axes, chart, face, colours)
    else:
        _bars(axes, chart, face, colours)
    figure.savefig(out, format="png", metadata={"Software": None})
    return height


def _height(chart: ChartBlock) -> float:
    """The height in cm: a bar chart grows with its labels, a pie with its list of names."""
    if chart.series:
        return _LEGEND_HEIGHT + sum(_stacked_row(label) for label in chart.labels)
    if chart.kind == "pie":
        return max(5.5, sum(0.55 * _lines(label) + 0.35 for label in chart.labels))
    if _lies(chart):
        return 0.6 + sum(0.5 * _lines(label, _LYING_LABEL_WIDTH) + 0.4 for label in chart.labels)
    return 5.5 + _foot(chart)


def _lies(chart: ChartBlock) -> bool:
    return len(chart.labels) > _STANDING_BARS or any(_lines(label) > 2 for label in chart.labels)


def _foot(chart: ChartBlock) -> float:
    """The height in cm of the labels under the bars."""
    return 0.3 + 0.55 * max((_lines(label) for label in chart.labels), default=1)


def _lines(label: str, width: int = _LABEL_WIDTH) -> int:
    return _folded(label, width).count("\n") + 1


def _folded(label: str, width: int = _LABEL_WIDTH) -> str:
    return "\n".join(map(drawn, wrap(label, width, break_long_words=False, break_on_hyphens=False))) or " "


def shares(chart: ChartBlock) -> list[str]:
    """What is written at each value: its percentage of the whole, or the number; blank where the value is blank."""
    if not chart.percent:
        return ["" if value is None else format_number(value) for value in chart.values]
    whole = sum((Decimal(value) for value in chart.values if value is not None), Decimal(0))
    step = Decimal(1).scaleb(-chart.decimals)

    def share(value: int | Decimal | None) -> str:
        if value is None or whole == 0:
            return ""
        part = (Decimal(value) * 100 / whole).quantize(step, ROUND_HALF_UP)
        return f"{part:f}%" if tongue().digits == "latin" else persian_digits(f"{part:f}".replace(".", "٫")) + "٪"

    return [share(value) for value in chart.values]


def _bars(axes: Axes, chart: ChartBlock, face: FontProperties, colours: Sequence[str]) -> None:
    if _lies(chart):
        _lying_bars(axes, chart, face, colours)
    else:
        _standing_bars(axes, chart, face, colours)


def _lying_bars(axes: Axes, chart: ChartBlock, face: FontProperties, colours: Sequence[str]) -> None:
    """Bars one under the other, growing leftwards from their labels at the right."""
    axes.set_position((0.02 if _turned() else 0.42, 0.03, 0.56, 0.94))
    lengths = [float(value) if value is not None else 0.0 for value in chart.values]
    places = range(len(lengths))
    axes.barh(places, lengths, height=0.6, color=colours[0], edgecolor=_INK, linewidth=0.6)
    for place, length, text in zip(places, lengths, shares(chart), strict=True):
        axes.annotate(
            drawn(text),
            (length, place),
            xytext=(-4 if _turned() else 4, 0),
            textcoords="offset points",
            ha="right" if _turned() else "left",
            va="center",
            fontproperties=face,
            color=_INK,
            parse_math=False,
        )
    _labels_at_the_beginning(axes, chart, face)
    axes.set_ylim(len(lengths) - 0.4, -0.6)
    limits = (max(lengths, default=0.0) * 1.25 or 1.0, min(0.0, *lengths))
    axes.set_xlim(*(limits if _turned() else limits[::-1]))


def _turned() -> bool:
    """Whether bars grow leftwards, as the page is read."""
    return tongue().direction == "rtl"


def _labels_at_the_beginning(axes: Axes, chart: ChartBlock, face: FontProperties) -> None:
    """The labels of lying bars at the side reading begins at; no other frame than the line they begin on."""
    labels = [_folded(label, _LYING_LABEL_WIDTH) for label in chart.labels]
    if _turned():
        axes.yaxis.tick_right()
    axes.set_yticks(list(range(len(labels))), labels, fontproperties=face, color=_INK, parse_math=False)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    for side in ("top", "left" if _turned() else "right", "bottom"):
        axes.spines[side].set_visible(False)


def _stacked_row(label: str) -> float:
    """The height in cm of a bar made up of parts, its label beside it."""
    return 0.45 * _lines(label, _LYING_LABEL_WIDTH) + 0.55


def _stacked_bars(axes: Axes, chart: ChartBlock, face: FontProperties, colours: Sequence[str]) -> None:
    """Bars of one length made up of their parts, from right to left; the parts are named above. A number stands in its
    part where it fits; what the bar comes to stands at its end.
    """
    top = 1 - _LEGEND_HEIGHT / _height(chart)
    axes.set_position((_ENDS if _turned() else 1 - _ENDS - _BARS, 0.02, _BARS, top - 0.03))
    axes.set_xlim(*((1, 0) if _turned() else (0, 1)))
    axes.set_ylim(len(chart.labels) - 0.4, -0.6)
    places = range(len(chart.labels))
    wholes = [float(value or 0) or 1.0 for value in chart.values]
    begun = [0.0] * len(chart.labels)
    axes.barh(places, 1, height=0.58, color="white", edgecolor=_INK, linewidth=0.6)
    for number, part in enumerate(chart.series):
        lengths = [float(value) / whole for value, whole in zip(part.values, wholes, strict=True)]
        axes.barh(places, lengths, left=begun, height=0.58, label=drawn(part.label), **look(number, part, colours))
        for place, (start, length) in enumerate(zip(begun, lengths, strict=True)):
            if length and not part.is_rest:
                _in_its_part(axes, format_number(part.values[place]), (start, length, place), chart, face)
        begun = [start + length for start, length in zip(begun, lengths, strict=True)]
    for place, text in enumerate(ends(chart)):
        axes.annotate(drawn(text), (1, place), xytext=(-4 if _turned() else 4, 0), textcoords="offset points",
                      ha="right" if _turned() else "left", va="center", fontproperties=face, color=_INK,
                      parse_math=False)  # fmt: skip
    _labels_at_the_beginning(axes, chart, face)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.legend(loc="upper center", ncols=len(chart.series), reverse=_turned(), markerfirst=not _turned(),
                  frameon=False, prop=face, labelcolor=_INK)  # fmt: skip


def look(number: int, part: Series, colours: Sequence[str]) -> dict[str, Any]:
    """The look of a part of bars: none like another in grey either; what is left up to the whole is empty."""
    edge = {"edgecolor": _INK, "linewidth": 0.6}
    if part.is_rest:
        return {"color": "white", **edge}
    return {"color": colours[number % len(colours)], "hatch": _HATCHES[number % len(_HATCHES)], **edge}


def _in_its_part(
    axes: Axes, text: str, part: tuple[float, float, int], chart: ChartBlock, face: FontProperties
) -> None:
    """Writes a number into its part of a bar, unless it would stand over its ends."""
    start, length, place = part
    if length * _BARS * chart.width > _DIGIT * (len(text) + 1):
        axes.text(start + length / 2, place, drawn(text), ha="center", va="center", fontproperties=face, color=_INK,
                  bbox=_PLATE, parse_math=False)  # fmt: skip


def ends(chart: ChartBlock) -> list[str]:
    """What is written at the end of each bar: what was got of its most, or all of it together."""
    wholes = [format_number(value or 0) for value in chart.values]
    if not any(part.is_rest for part in chart.series):
        return wholes
    got = [format_number(value) for value in chart.series[0].values]
    return [printed_words("{one} از {whole}", one=one, whole=whole) for one, whole in zip(got, wholes, strict=True)]


def described(chart: ChartBlock) -> str:
    """What the chart shows, for those who cannot see it."""
    shown = ("؛ " if _turned() else "; ").join(_told(chart, at) for at in range(len(chart.labels)))
    return f"{plain(chart.caption)}. {shown}".strip(". ")


def _told(chart: ChartBlock, at: int) -> str:
    if chart.series:
        parts = (f"{part.label} {format_number(part.values[at])}" for part in chart.series)
        return f"{chart.labels[at]}: {listed_texts(parts)}"
    return f"{chart.labels[at]}: {shares(chart)[at] or '—'}"


def _standing_bars(axes: Axes, chart: ChartBlock, face: FontProperties, colours: Sequence[str]) -> None:
    """Bars side by side from right to left, as the labels are read."""
    foot = _foot(chart) / _height(chart)
    axes.set_position((0.04, foot, 0.92, 0.97 - foot))
    heights = [float(value) if value is not None else 0.0 for value in chart.values]
    places = range(len(heights))
    axes.bar(places, heights, width=0.55, color=colours[0], edgecolor=_INK, linewidth=0.6)
    for place, height, text in zip(places, heights, shares(chart), strict=True):
        axes.annotate(
            drawn(text),
            (place, height),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontproperties=face,
            color=_INK,
            parse_math=False,
        )
    axes.set_xticks(
        list(places), [_folded(label) for label in chart.labels], fontproperties=face, color=_INK, parse_math=False
    )
    axes.set_xlim(-0.6, len(heights) - 0.4)
    if _turned():
        axes.invert_xaxis()
    top, bottom = max(heights, default=0.0), min(heights, default=0.0)
    axes.set_ylim(min(0.0, bottom * 1.15), top * 1.18 if top > 0 else (0.0 if bottom < 0 else 1.0))
    axes.set_yticks([])
    axes.tick_params(axis="x", length=0)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)


def _pie(axes: Axes, chart: ChartBlock, face: FontProperties, colours: Sequence[str]) -> None:
    """Slices clockwise from the top; the names and numbers stand in a list beside the pie."""
    axes.set_position((0.02, 0.04, 0.5, 0.92))
    drawn = [max(float(value), 0.0) if value is not None else 0.0 for value in chart.values]
    used = [colours[place % len(colours)] for place in range(len(drawn))]
    if sum(drawn) > 0:
        slices = axes.pie(
            drawn,
            colors=used,
            startangle=90,
            counterclock=False,
            wedgeprops={"edgecolor": "white", "linewidth": 1.2},
        )
        for place, wedge in enumerate(slices[0]):
            wedge.set_hatch(_HATCHES[place % len(_HATCHES)])
    axes.set_aspect("equal")
    axes.set_axis_off()
    _legend(axes, chart, used, face)


def _legend(axes: Axes, chart: ChartBlock, colours: list[str], face: FontProperties) -> None:
    figure = axes.get_figure(root=True)
    assert figure is not None
    room = figure.add_axes((0.54, 0.04, 0.44, 0.92))
    room.set_axis_off()
    room.set_xlim(0, 1)
    count = len(chart.labels)
    room.set_ylim(count, 0)
    for place, (label, text) in enumerate(zip(chart.labels, shares(chart), strict=True)):
        middle = place + 0.5
        room.barh(
            middle,
            0.07,
            left=0.93 if _turned() else 0.0,
            height=min(0.5, 0.06 * count),
            color=colours[place],
            edgecolor=_INK,
            linewidth=0.5,
            hatch=_HATCHES[place % len(_HATCHES)],
        )
        shown = f"{_folded(label)}: {readable(text)}" if text else _folded(label)
        room.text(
            0.90 if _turned() else 0.10,
            middle,
            shown,
            ha="right" if _turned() else "left",
            va="center",
            fontproperties=face,
            color=_INK,
            linespacing=1.35,
            parse_math=False,
        )
