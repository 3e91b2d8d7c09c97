"""The evaluation of 1397, built whole from its sample: every score worked out by hand, nothing answered is lost."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from assembler.actions.diff import compare_folders
from assembler.assembly.unchanged import Built
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import fold
from assembler.evaluate.scorecard import score_card
from assembler.model.answers import Attachment, Prose
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.judged import Judged
from assembler.model.packet import ChartBlock, GridBlock, plain
from assembler.model.reports import ReportSpec
from assembler.model.scores import RowScore, ScoreCard, score_text
from assembler.model.specs import STAGES, Stage
from assembler.model.values import TICK, printed
from assembler.pipeline import library, read
from tests.built import SETTINGS, build_once
from tests.documents.test_ooxml import assert_valid
from tests.test_samples import ROOT, texts_of

SAMPLE = ROOT / "samples" / "performance-1397"
PREFIX = "performance-1397/"

# What the answers of the sample are worth, by hand: indicator, row, cap, self-assessment, evaluator, final.
# «-» is pending, «×» not applicable; the final score is the evaluator's where nobody entered another.
SCORES = """
1-1  delegation             35   26.25  24.5  24.5    # 35 × 30/40; the evaluator accepts 28: 35 × 28/40
1-1  efficiency             15   12     10    10.5
1-2  execution              25   25     25    25      # 80 of 80: all of it
1-3  delegation             20   ×      ×     ×       # no county units
1-4  duties                 6    6      6     6
1-4  organisation           6    6      5     5
1-4  faults                 4    3      2.5   2.5
1-4  permanent_staff        6    6      6     6
1-4  contract_staff         8    7      6     6.5
2-1  request                20   400/21 19.05 19.05   # 6 yes of 6 + 1 are 6/7; 20 × (600/7)/90 = 400/21
2-2  delivery               40   40     40    40      # 3 yes of 3 + 3 are 50 of 40: no more than the cap
2-3  services               15   -      -     -       # the memorandum names no target
2-4  usability              6    5      5     5
2-4  transparency           6    6      4.5   5
2-4  quality                7    6      5     5
2-4  access                 5    4      3     3
2-4  information_access     5    4      4     4
2-4  privacy                3    3      3     3
2-4  service_level          3    2      1.5   1.5
2-5  processes              50   100/3  100/3 100/3   # 50 × 4/6
2-6  mobile                 7    6      5     5
2-6  ussd                   7    4      2     2
2-6  payment                6    6      6     6
2-7  desk                   30   26     22.5  24
2-8  gsb                    6    6      6     6       # 100 of 100
2-8  email              6    3      3     3       # 6 × 50/100
2-8  security               7    3.5    3.5   3.5     # 7 × 50/100
2-8  network                6    6      6     6       # 100 of 100, confirmed by nobody
2-9  strategy               7    7      0     3.5     # yes; changed twice
2-9  forum                  6    0      0     0       # no
2-9  opinions               7    5      4     4
2-9  proposals              5    4      4     4
2-10 service                20   18     15    15
2-11 copies                 20   20     17.5  17.5
3-1  excess                 10   10     10    10      # 100 of 100
3-1  permanent              10   5      5     5       # 10 × 50/100
3-1  contract               10   10     10    10      # 2 are just 10 % of 20 posts
3-1  staff                  10   10     10    10      # 18 on 20 posts
3-1  general                10   10     0     0       # 6 on 5 posts: 0; the agency counts 5
3-1  diploma                10   0      0     0       # there is one
3-2  fit                    3    3      2.5   2.5
3-2  one_level              3    3      3     3
3-2  promotion              4    3      2     2.5
3-3  appointment            15   13     12    12
3-3  youth                  10   7      6     6.5
3-3  women                  10   6      5     5
3-4  managers               10   10     10    10      # complete
3-4  employees              10   7      6     6       # partial
3-4  learning               10   10     10    10      # complete
3-4  results                10   0      0     0       # not done
3-4  records                10   8      5     6       # partial
3-5  appraisal              12   12     10    10
3-5  software               8    5      4     4
4-1  procurement            30   24     20.5  20.5
4-2  statements_sent        5    5      5     5
4-2  statements_complete    5    5      4     4
4-2  statements_quality     8    7      6     6
4-2  debts_sent             4    4      3     3.5
4-2  debts_quality          5    4      3.5   3.5
4-2  debts_audited          3    3      3     3
5-1  dadvar                 25   18     15    15
5-1  yavar                  15   10     7.5   7.5
5-2  spaces_updated         8    8      7     7
5-2  information_given      4    4      4     4
5-2  decisions_carried_out  8    6      5     5.5
5-3  water                  9    7      6     6
5-3  energy                 9    6      4.5   4.5
5-3  waste_and_paper        7    5      5     5
5-3  training               5    4      3     3
6-1  prevention             15   13     11    11.5
6-1  supervision            15   12     10    10
6-1  confrontation          10   8      7.5   7.5
6-2  dignity                3    3      3     3
6-2  impartiality           3    3      2.5   2.5
6-2  discrimination         3    2.5    2.5   2.5
6-2  access                 6    5      4.5   5
6-2  privacy                3    3      2.5   2.5
6-2  information            6    5      4     4
6-2  opinions               2    2      1.5   1.5
6-2  fair_contracts         1    1      1     1
6-2  privileges             2    1      1     1
6-2  complaints             2    2      1.5   1.5
6-2  damages                2    1.5    1     1
6-2  supervision            1    1      0.5   0.5
6-2  leadership             5    4      3     3.5
6-2  sanctions              1    1      0.5   0.5
6-3  prayer                 20   16     -     -       # the assessor has not told yet
6-4  complaints             7    7      7     7       # 36/60 = 60 %: all of it
6-4  requests               3    1.5    1.5   1.5     # 120/400 = 30 %: half of 3
6-4  days                   10   0      5     5       # 22.5 days: nothing; the evaluator leaves two samples out
6-5  entrances              7.5  7.5    6     6
6-5  sanitary               7.5  6      5     5
6-5  lifts                  7.5  5      2.5   2.5
6-5  ramps                  7.5  7.5    7.5   7.5
7-1  steps                  20   17     15    15
7-1  provincial_part        10   8      7.5   7.5
7-1  convergence            10   8      6     7
7-1  analysis               10   8      6     6.5
7-1  cooperation            30   27     24    25
7-2  sessions               7    6      5     5
7-2  decisions_carried_out  13   11     9     9.5
"""

# Sums of the indicators of an axis, in each stage; thirds and 21sts stay fractions.
AXES: Mapping[str, tuple[str, str, str, int]] = {
    # 38.25 + 25 + 28; 34.5 + 25 + 25.5; 35 + 25 + 26; 125 without the 20 of 1/3
    "structure": ("91.25", "85", "86", 105),
    # 400/21 + 40 + 0 + 30 + 100/3 + 16 + 26 + 18.5 + 16 + 18 + 20 = 184.5 + 1100/21;
    # 19.05 + 40 + 26 + 100/3 + 13 + 22.5 + 18.5 + 8 + 15 + 17.5 = 179.55 + 100/3;
    # 19.05 + 40 + 26.5 + 100/3 + 13 + 24 + 18.5 + 11.5 + 15 + 17.5 = 185.05 + 100/3
    "electronic": ("9949/42", "12773/60", "13103/60", 300),
    "human_capital": ("132", "110.5", "112.5", 175),  # 45+9+26+35+17; 35+7.5+23+31+14; 35+8+23.5+32+14
    "finance": ("52", "45", "45.5", 60),  # 24+28; 20.5+24.5; 20.5+25
    "business": ("68", "57", "57.5", 90),  # 28+18+22; 22.5+16+18.5; 22.5+16.5+18.5
    "integrity": ("118.5", "92", "93.5", 150),  # 33+35+16+8.5+26; 28.5+29+13.5+21; 29+30+13.5+21
    "performance": ("85", "72.5", "75.5", 100),  # 68+17; 58.5+14; 61+14.5
}
# 546.75 + 9949/42; 462 + 12773/60; 470.5 + 13103/60; and of 980
TOTALS: Mapping[Stage, tuple[str, str, str]] = {
    "self": ("65825/84", "۷۸۳٫۶۳", "۷۹٫۹۶"),
    "evaluator": ("40493/60", "۶۷۴٫۸۸", "۶۸٫۸۷"),
    "final": ("41333/60", "۶۸۸٫۸۸", "۷۰٫۲۹"),
}
NEARLY = Fraction(1, 10**9)  # computed scores are decimals of 28 digits


@pytest.fixture(scope="session")
def performance() -> Built:
    return build_once(SAMPLE)


@pytest.fixture(scope="session")
def reading() -> Judged:
    return read(SAMPLE, SETTINGS)


@pytest.fixture(scope="session")
def card(reading: Judged) -> ScoreCard:
    found = score_card(report_of(), reading.forms)
    assert found is not None
    return found


def report_of() -> ReportSpec:
    return library(SETTINGS).reports["performance-1397"]


def rows_by_name(card: ScoreCard) -> dict[tuple[str, str], RowScore]:
    return {
        (found.form.spec.id.removeprefix(PREFIX), row.filled.spec.name): row
        for found in card.indicators
        for row in found.rows
    }


def expected_rows() -> Iterator[tuple[tuple[str, str], Fraction, tuple[str, ...]]]:
    for line in filter(None, SCORES.split("\n")):
        form, name, cap, *scores = line.partition("#")[0].split()
        yield (form, name), Fraction(cap), tuple(scores)


def as_expected(row: RowScore, stage: Stage, expected: str) -> bool:
    score = row.stages[stage]
    if expected in "×-":
        return score.value is None and score.state == ("not_applicable" if expected == "×" else "pending")
    return score.value is not None and abs(Fraction(score.value) - Fraction(expected)) < NEARLY


# ---------------------------------------------------------------- the scores


def test_the_sample_is_clean(reading: Judged) -> None:
    assert [(found.code, found.place) for found in reading.problems if found.severity != Severity.INFORMATION] == []
    codes = Counter(found.code for found in reading.problems)
    assert codes["score-pending"] == 2
    assert codes["score-suggested"] == 2
    assert codes["document-missing"] == 9


def test_every_row_has_the_scores_worked_out_by_hand(card: ScoreCard) -> None:
    found, expected = rows_by_name(card), list(expected_rows())
    assert [name for name, _, _ in expected] == list(found)
    assert len(expected) == 101
    assert [name for name, cap, _ in expected if Fraction(found[name].cap) != cap] == []
    wrong = [
        (name, stage, score, found[name].stages[stage])
        for name, _, scores in expected
        for stage, score in zip(STAGES, scores, strict=True)
        if not as_expected(found[name], stage, score)
    ]
    assert wrong == []


def test_axes_add_up_under_the_ceiling_that_applies(card: ScoreCard) -> None:
    assert [axis.spec.name for axis in card.axes] == list(AXES)
    for axis in card.axes:
        *scores, ceiling = AXES[axis.spec.name]
        assert axis.ceiling == ceiling
        for stage, score in zip(STAGES, scores, strict=True):
            value = axis.totals[stage].value
            assert value is not None
            assert abs(Fraction(value) - Fraction(str(score))) < NEARLY, (axis.spec.name, stage, value)


def test_the_total_is_told_with_980_and_its_percentage(card: ScoreCard) -> None:
    assert card.spec.total == 1000
    assert card.ceiling == 980
    for stage, (exact, told, percent) in TOTALS.items():
        value = card.totals[stage].value
        assert value is not None
        assert abs(Fraction(value) - Fraction(exact)) < NEARLY, (stage, value)
        assert (score_text(value), score_text(card.percent(stage))) == (told, percent)
    assert [card.totals[stage].pending for stage in STAGES] == [1, 2, 2]
    assert [card.totals[stage].pending_cap for stage in STAGES] == [15, 35, 35]


def test_the_hand_table_adds_up_itself() -> None:
    """The sums above are those of the rows above: a slip in one of them would show."""
    values = [tuple(Fraction(0) if score in "×-" else Fraction(score) for score in row) for *_, row in expected_rows()]
    assert [sum(column) for column in zip(*values, strict=True)] == [Fraction(exact) for exact, *_ in TOTALS.values()]
    for at, stage in enumerate(STAGES):
        assert sum(Fraction(axis[at]) for axis in AXES.values()) == Fraction(TOTALS[stage][0])


def test_every_kind_of_rule_and_every_state_occurs(card: ScoreCard) -> None:
    assert {row.filled.spec.rule.kind for row in card.rows} == {
        "bands",
        "holds",
        "target",
        "levels",
        "manual",
        "external",
    }
    states = {score.state for row in card.rows for score in row.stages.values()}
    assert states == {"computed", "suggested", "entered", "overridden", "pending", "not_applicable"}
    shares = {
        kind: {row.filled.share for row in card.rows if row.filled.spec.rule.kind == kind}
        for kind in ("bands", "holds", "levels")
    }
    assert {kind: sorted(str(share) for share in found) for kind, found in shares.items()} == {
        "bands": ["0", "0.5", "1"],
        "holds": ["0", "1"],
        "levels": ["0", "1", "None"],
    }


@pytest.mark.parametrize(
    ("row", "states"),
    [
        (("1-1", "delegation"), "suggested overridden overridden"),
        (("1-1", "efficiency"), "entered entered entered"),
        (("1-2", "execution"), "suggested entered entered"),
        (("1-3", "delegation"), "not_applicable not_applicable not_applicable"),
        (("2-1", "request"), "suggested entered entered"),  # 19.05 confirms 19.0476…
        (("2-3", "services"), "pending pending pending"),
        (("2-5", "processes"), "suggested suggested suggested"),
        (("2-9", "strategy"), "computed overridden overridden"),
        (("2-9", "forum"), "computed computed computed"),
        (("3-1", "general"), "overridden computed computed"),
        (("3-4", "managers"), "computed computed computed"),
        (("3-4", "employees"), "entered entered entered"),
        (("6-3", "prayer"), "entered pending pending"),
        (("6-4", "days"), "computed overridden overridden"),
    ],
    ids=lambda value: "/".join(value) if isinstance(value, tuple) else "",
)
def test_each_score_says_how_it_came_about(row: tuple[str, str], states: str, card: ScoreCard) -> None:
    assert [score.state for score in rows_by_name(card)[row].stages.values()] == states.split()


def test_derivations_tell_figure_rule_and_points(card: ScoreCard) -> None:
    rows = rows_by_name(card)
    assert rows["6-4", "complaints"].derivation == "۳۶ از ۶۰ شکایت ← ۶۰٪ ← امتیاز کامل ← ۷ از ۷"
    assert rows["6-4", "requests"].derivation == "۱۲۰ از ۴۰۰ درخواست ← ۳۰٪ ← نصف امتیاز ← ۱٫۵ از ۳"
    assert rows["2-5", "processes"].derivation.endswith("تحقق ۴ از هدف ۶ فرایند ← ۶۶٫۶۷٪ ← ۳۳٫۳۳ از ۵۰")
    assert "هدف شاخص ۲/۳" in rows["2-3", "services"].derivation
    assert rows["1-3", "delegation"].derivation == "عدم مصداق"


def test_the_comparison_leaves_itself_and_what_does_not_compare_out(card: ScoreCard) -> None:
    """Self-assessment without 7/1-3 and 6/3: 783.63 - 8 - 16; final without 7/1-3: 688.88 - 7; 2/3 has neither."""
    told = rows_by_name(card)["7-1", "convergence"].derivation
    assert "خودارزیابی ۷۵۹٫۶۳، نهایی ۶۸۱٫۸۸" in told
    assert "اختلاف ۷۷٫۷۵ (۲ نماگر هنوز مقایسه‌پذیر نیست)" in told


# ---------------------------------------------------------------- what is printed


def documents_of(built: Built) -> str:
    return "".join(texts_of(path) for path in sorted((built.pdf.parent / "parts").glob("*.docx")))


def test_every_entered_value_is_printed(performance: Built, reading: Judged) -> None:
    everything = documents_of(performance)
    answers = [
        (name, text) for name, form in reading.forms.items() for item in form.items.values() for text in values_of(item)
    ]
    # What tells the person who fills the form in how a row is scored is not printed: the sheet says how it was.
    told = {
        str(row.cells["how"].value)
        for form in reading.forms.values()
        if form.scores
        for row in form.items["scores"].rows
    }
    assert len(answers) > 700
    assert [(form, text) for form, text in answers if text not in told and fold(text) not in everything] == []


def values_of(item: FilledItem) -> Iterator[str]:
    """What is printed of an item's answers; files stand by their numbers, choices by labels or ticks."""
    cells = [(row.cells[column.name].value, column) for row in item.rows for column in item.spec.columns]
    for value, field in [(item.value, item.spec), *cells]:
        if value is None or isinstance(value, Attachment | Prose) or field.type.startswith("select"):
            continue
        if "hidden" not in field.appearance:
            yield from printed(value, field).split("\n")


def test_every_label_is_printed(performance: Built, reading: Judged) -> None:
    everything = documents_of(performance)
    forms = {name: form for name, form in reading.forms.items() if name.startswith(PREFIX)}
    labels = [(name, label) for name, form in forms.items() for label in labels_of(form)]
    assert len(labels) > 450
    assert [(name, label) for name, label in labels if fold(label) not in everything] == []


def labels_of(form: FilledForm) -> Iterator[str]:
    """The wording of the guidance: the indicator, its references, its rows, its tables and sheets, its documents."""
    yield from form.spec.legal
    if form.spec.scoring:
        yield form.spec.title
        for row in form.spec.scoring.rows:
            yield from filter(None, (row.title, row.method, *row.measure.split("\n"), row.footnote))
    for item in form.items.values():
        if item.spec.name == "documents":
            yield from (row.cells["title"] for row in item.spec.rows)
        elif item.spec.is_table and item.relevant and item.spec.name not in ("scores", "attachments", "degrees"):
            yield from (label for column in item.spec.columns for label in (*column.group, column.label))
            yield from (footer.label for footer in item.spec.footer)
    for sheet in form.spec.sheets:
        if any(form.items[name].relevant for name in sheet.items):
            yield from filter(None, (sheet.caption, *(row.label or row.heading for row in sheet.rows)))


def test_tables_bear_the_numbers_of_the_guidance(reading: Judged) -> None:
    """Table 3 is that of the indicator that does not apply."""
    numbered = [
        (found.group(1), table)
        for table in reading.packet.part("report").blocks
        if isinstance(table, GridBlock) and (found := re.match("جدول شماره ([۰-۹]+)", plain(table.caption)))
    ]
    assert [number for number, _ in numbered] == ["۱", "۲", "۴", "۵", "۶", "۷", "۸"]
    assert all(4 <= len(table.body) <= 9 for _, table in numbered)


def test_table_8_has_sixteen_columns_on_a_page_turned(performance: Built) -> None:
    document = Document(str(performance.pdf.parent / "parts" / "report.docx"))
    table = next(table for table in document.tables if "سطح مدیریت حرفه‌ای" in texts(table._tbl))
    assert len(table.columns) == 16
    body = list(document.element.body)
    after = next(
        element for element in body[body.index(table._tbl) :] if next(element.iter(qn("w:sectPr")), None) is not None
    )
    section = next(after.iter(qn("w:sectPr")))
    assert section.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"


def texts(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def grid_of(reading: Judged, caption: str) -> GridBlock:
    blocks = reading.packet.part("report").blocks
    return next(block for block in blocks if isinstance(block, GridBlock) and caption in plain(block.caption))


def lines_of(grid: GridBlock) -> list[list[str]]:
    return [[" ".join(plain(line) for line in cell.lines) for cell in row] for row in grid.body]


def test_the_summary_has_32_indicators_and_the_ceiling(reading: Judged) -> None:
    lines = lines_of(grid_of(reading, "خلاصه امتیاز شاخص‌های عمومی"))
    numbers = [line[0] for line in lines if re.fullmatch("[۰-۹]/[۰-۹]+", line[0])]
    assert len(numbers) == 32
    assert next(line for line in lines if line[0] == "۱/۳")[-3:] == ["عدم مصداق"] * 3
    assert next(line for line in lines if line[0] == "۲/۳")[-3:] == ["—"] * 3
    closing = {line[0]: line[1:] for line in lines[-4:]}
    assert closing["جمع کل"] == ["۱٬۰۰۰", "۷۸۳٫۶۳", "۶۷۴٫۸۸", "۶۸۸٫۸۸"]
    assert closing["سقف قابل کسب (بدون شاخص‌های عدم مصداق)"][0] == "۹۸۰"
    assert closing["درصد از سقف قابل کسب"] == ["۷۹٫۹۶٪", "۶۸٫۸۷٪", "۷۰٫۲۹٪"]


def test_what_is_open_is_listed_with_what_remains(reading: Judged) -> None:
    lines = lines_of(grid_of(reading, "نماگرهایی که هنوز امتیاز قطعی ندارند"))
    assert [(line[0], line[1], line[4]) for line in lines] == [
        ("۲/۳", "۱", "در انتظار"),
        ("۲/۵", "۱", "پیشنهادی"),
        ("۲/۸", "۴", "پیشنهادی"),
        ("۶/۳", "۱", "در انتظار"),
    ]
    assert [line[5] for line in lines] == [
        reading.forms[PREFIX + "memorandum"].items["target_2_3"].spec.label,
        "تأیید امتیاز پیشنهادی ۳۳٫۳۳",
        "تأیید امتیاز پیشنهادی ۶",
        "امتیاز ستاد اقامه نماز",
    ]


def test_the_checklist_shows_what_is_attached_and_what_is_not(reading: Judged) -> None:
    lines = lines_of(grid_of(reading, "مستندات قابل ارائه از سوی دستگاه"))
    ticks = Counter(line[2] for line in lines)
    assert set(ticks) == {TICK, "توضیح", "ندارد", "عدم مصداق"}
    assert ticks["عدم مصداق"] == 1  # that of 1/3
    assert ticks[TICK] == 12  # eleven of 27 asked for, and one besides
    assert len(lines) == 28
    assert sum(line[0] == "۳/۴" for line in lines) == 6
    assert ("۷/۲", "ابلاغ اعضای کارگروه توسعه مدیریت") in [(line[0], line[1]) for line in lines]


def test_the_chart_shows_each_axis_up_to_its_ceiling(reading: Judged) -> None:
    chart = next(block for block in reading.packet.part("report").blocks if isinstance(block, ChartBlock))
    achieved, left = (series.values for series in chart.series)
    assert len(chart.labels) == 7
    sums = [Fraction(str(one)) + Fraction(str(other)) for one, other in zip(achieved, left, strict=True)]
    assert [float(each) for each in sums] == [ceiling for *_, ceiling in AXES.values()]


def test_the_cover_letter_is_signed_and_nothing_else(performance: Built) -> None:
    fields = PdfReader(performance.pdf).get_fields() or {}
    signed = [name for name, field in fields.items() if field.get("/FT") == "/Sig"]
    assert signed == ["cover-letter-head"]
    assert {part.name: part.pages for part in performance.receipt.parts if part.kind == "letter"} == {"cover-letter": 1}
    text = texts_of(performance.pdf.parent / "parts" / "cover-letter.docx")
    assert all(
        fold(word) in text for word in ("۰۰۰/۲۷۱", "۱۳۹۸/۰۲/۱۵", "رئیس محترم سازمان مدیریت و برنامه‌ریزی استان نمونه")
    )


def test_evidence_of_a_score_is_cited_by_its_number(reading: Judged) -> None:
    blocks = [block for block in reading.packet.part("report").blocks if isinstance(block, GridBlock)]
    told = "\n".join(line for block in blocks for row in lines_of(block) for line in row)
    files = reading.packet.part("evidence").files
    assert [file.label for file in files if file.label not in told] == []
    assert [file.name for file in files if file.name in told] == []


def test_whoever_scored_is_named_and_the_final_score_does_not_repeat_the_reason(reading: Judged) -> None:
    blocks = [block for block in reading.packet.part("report").blocks if isinstance(block, GridBlock)]
    told = [line for block in blocks for row in lines_of(block) for line in row]
    (states,) = [line for line in told if "۲۸ درصد قرارداد دارد" in line]
    assert states.count("۲۸ درصد قرارداد دارد") == 1
    assert states.endswith("نهایی: همان امتیاز ارزیاب")


def test_evidence_stands_on_its_own_pages(performance: Built) -> None:
    records = [part for part in performance.receipt.parts if part.kind == "evidence"]
    assert len(records) == len(list((SAMPLE / "attachments").iterdir())) == 17
    assert all(record.pages == 1 for record in records)
    assert all(path.stat().st_size < 60_000 for path in (SAMPLE / "attachments").iterdir())


def test_every_document_stands_the_validator(performance: Built) -> None:
    assert not performance.receipt.draft
    assert_valid(*sorted((performance.pdf.parent / "parts").glob("*.docx")))


def test_the_sample_is_a_whole_case(reading: Judged) -> None:
    """Every form of the report has a file of its own; that of 1/3 says only that nothing is said."""
    files = {path.stem for path in (SAMPLE / "answers").glob("*.yaml")}
    assert {PREFIX + name for name in files} == set(reading.case.forms)
    assert not reading.forms[PREFIX + "1-3"].items["tasks"].rows


def paths() -> list[Path]:
    return sorted((SAMPLE / "answers").glob("*.yaml"))


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_answers_are_written_in_persian_letters(path: Path) -> None:
    assert not re.search("[يكـ٠-٩]", path.read_text(encoding="utf-8"))


def test_a_correction_tells_the_totals_it_changes(tmp_path: Path) -> None:
    """36 of 60 complaints are 60 percent, 35 are not: 3.5 points less in the indicator, its axis and the whole."""
    case = tmp_path / SAMPLE.name
    shutil.copytree(SAMPLE, case)
    answers = case / "answers" / "6-4.yaml"
    text = answers.read_text(encoding="utf-8")
    assert "complaints_handled: 36\n" in text
    answers.write_text(text.replace("complaints_handled: 36\n", "complaints_handled: 35\n"), encoding="utf-8")
    found = compare_folders(SAMPLE, case, SETTINGS)
    assert [(one.label, one.old, one.new) for one in found.changes if one.form == "scores"] == [
        (
            "شاخص ۶/۴- رسیدگی به شکایات مردمی در بستر سامد",
            "خودارزیابی: ۸٫۵؛ ارزیاب: ۱۳٫۵؛ نهایی: ۱۳٫۵",
            "خودارزیابی: ۵؛ ارزیاب: ۱۰؛ نهایی: ۱۰",
        ),
        (
            "جمع محور ارتقاء سلامت اداری، مسئولیت‌پذیری و پاسخ‌گویی",
            "خودارزیابی: ۱۱۸٫۵؛ ارزیاب: ۹۲؛ نهایی: ۹۳٫۵",
            "خودارزیابی: ۱۱۵؛ ارزیاب: ۸۸٫۵؛ نهایی: ۹۰",
        ),
        (
            "جمع کل",
            "خودارزیابی: ۷۸۳٫۶۳؛ ارزیاب: ۶۷۴٫۸۸؛ نهایی: ۶۸۸٫۸۸",
            "خودارزیابی: ۷۸۰٫۱۳؛ ارزیاب: ۶۷۱٫۳۸؛ نهایی: ۶۸۵٫۳۸",
        ),
    ]
    assert [one.label for one in compare_folders(SAMPLE, SAMPLE, SETTINGS).changes] == []


def test_the_pages_of_totals_are_known(performance: Built) -> None:
    assert performance.receipt.item_pages["scores.summary"] > 0
