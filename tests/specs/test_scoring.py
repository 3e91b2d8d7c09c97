"""The indicators of 1397 as they are shipped, and what is refused of score sheets and score cards."""

# ruff: noqa: E501 - whole forms and blocks stand in a line

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from assembler.base.expressions import parse, references
from assembler.model.reports import Library
from assembler.model.specs import FormSpec, Item, ScoredRow
from assembler.packet.grids import leaves
from assembler.specs.library import read_library
from tests.building import World, codes, form_text, report_text, sound_specs
from tests.specs.test_refusals import problems_of

GUIDANCE = "performance-1397"
SPECS = Path(__file__).parents[2] / "form_specs"
# The caps of the scored rows of every indicator, in the order the guidance prints them.
CAPS: dict[str, tuple[str, ...]] = {
    "1-1": ("35", "15"),
    "1-2": ("25",),
    "1-3": ("20",),
    "1-4": ("6", "6", "4", "6", "8"),
    "2-1": ("20",),
    "2-2": ("40",),
    "2-3": ("15",),
    "2-4": ("6", "6", "7", "5", "5", "3", "3"),
    "2-5": ("50",),
    "2-6": ("7", "7", "6"),
    "2-7": ("30",),
    "2-8": ("6", "6", "7", "6"),
    "2-9": ("7", "6", "7", "5"),
    "2-10": ("20",),
    "2-11": ("20",),
    "3-1": ("10",) * 6,
    "3-2": ("3", "3", "4"),
    "3-3": ("15", "10", "10"),
    "3-4": ("10",) * 5,
    "3-5": ("12", "8"),
    "4-1": ("30",),
    "4-2": ("5", "5", "8", "4", "5", "3"),
    "5-1": ("25", "15"),
    "5-2": ("8", "4", "8"),
    "5-3": ("9", "9", "7", "5"),
    "6-1": ("15", "15", "10"),
    "6-2": ("3", "3", "3", "6", "3", "6", "2", "1", "2", "2", "2", "1", "5", "1"),
    "6-3": ("20",),
    "6-4": ("7", "3", "10"),
    "6-5": ("7.5",) * 4,
    "7-1": ("20", "10", "10", "10", "30"),
    "7-2": ("7", "13"),
}
AXES = {"1": 125, "2": 300, "3": 175, "4": 60, "5": 90, "6": 150, "7": 100}
STARRED = {"1-1", "1-2", "1-3", "2-1", "2-2", "2-3", "2-5"}
ASSESSORS = {
    "4-1": "مرکز توسعه تجارت الکترونیکی",
    "4-2": "اداره کل امور اقتصادی و دارایی استان",
    "5-1": "وزارت امور اقتصادی و دارایی",
    "5-3": "اداره کل حفاظت محیط زیست استان",
    "6-3": "ستاد اقامه نماز",
    "6-5": "اداره کل بهزیستی استان",
}
# The one row whose method is not stated; elsewhere a blank cell repeats the method above it.
WITHOUT_METHOD = {("7-1", "analysis")}


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = read_library(SPECS, only=(GUIDANCE,))
    assert [(each.code, each.place, each.message) for each in problems if GUIDANCE in (each.place.file or "")] == []
    return found


def indicator(library: Library, name: str) -> FormSpec:
    return library.forms[f"{GUIDANCE}/{name}"]


def rows(library: Library, name: str) -> tuple[ScoredRow, ...]:
    sheet = indicator(library, name).scoring
    assert sheet is not None
    return sheet.rows


def tables(library: Library) -> list[Item]:
    forms = [form for name, form in library.forms.items() if name.startswith(GUIDANCE)]
    return [item for form in forms for item in form.items if item.is_table and item.number]


# ---------------------------------------------------------------- the whole


def test_every_indicator_is_there_and_nothing_else_is_scored(library: Library) -> None:
    scored = {name for name, form in library.forms.items() if name.startswith(GUIDANCE) and form.scoring}
    assert scored == {f"{GUIDANCE}/{name}" for name in CAPS}
    assert len(scored) == 32


def test_there_are_101_scored_rows_of_100_sub_indicators(library: Library) -> None:
    numbered = [(name, row.no) for name in CAPS for row in rows(library, name)]
    assert len(numbered) == 101
    assert {name: count for name, count in Counter(numbered).items() if count > 1} == {("3-4", "۳"): 2}


@pytest.mark.parametrize("name", CAPS)
def test_the_caps_of_an_indicator(library: Library, name: str) -> None:
    form = indicator(library, name)
    assert form.scoring is not None
    assert [row.cap for row in form.scoring.rows] == [Decimal(cap) for cap in CAPS[name]]
    assert form.scoring.cap == sum(row.cap for row in form.scoring.rows)
    assert form.scoring.number == name.replace("-", "/").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


@pytest.mark.parametrize("name", CAPS)
def test_the_goal_of_an_indicator(library: Library, name: str) -> None:
    sheet = indicator(library, name).scoring
    assert sheet is not None
    assert (sheet.unit, sheet.goal) == ("درصد", "*" if name in STARRED else "۱۰۰")


@pytest.mark.parametrize("name", CAPS)
def test_every_rule_says_what_it_rests_on(library: Library, name: str) -> None:
    for row in rows(library, name):
        said = bool(row.method or row.rule.quote)
        assert said != ((name, row.name) in WITHOUT_METHOD), row.title
        assert said or row.doubt or row.inferred


def test_the_axes_add_up_to_a_thousand(library: Library) -> None:
    card = library.reports[GUIDANCE].scores
    assert card is not None
    assert card.total == 1000
    assert [axis.cap for axis in card.axes] == list(AXES.values())
    for number, axis in zip(AXES, card.axes, strict=True):
        assert axis.indicators == tuple(f"{GUIDANCE}/{name}" for name in CAPS if name.startswith(f"{number}-"))


# ---------------------------------------------------------------- who scores


def test_indicators_scored_from_outside_name_their_assessor(library: Library) -> None:
    found = {(name, row.rule.assessor) for name in CAPS for row in rows(library, name) if row.rule.kind == "external"}
    assert found == set(ASSESSORS.items())


@pytest.mark.parametrize("name", ASSESSORS)
def test_all_rows_of_such_an_indicator_are_scored_there_and_the_sheet_says_so(library: Library, name: str) -> None:
    sheet = indicator(library, name).scoring
    assert sheet is not None
    assert {row.rule.kind for row in sheet.rows} == {"external"}
    assert ASSESSORS[name] in sheet.footnote
    assert {row.rule.quote for row in sheet.rows} == {sheet.footnote}


def test_only_the_convergence_of_scores_compares_two_stages(library: Library) -> None:
    found = {(name, row.name): row.rule.compares for name in CAPS for row in rows(library, name) if row.rule.compares}
    assert found == {("7-1", "convergence"): ("self", "final")}


@pytest.mark.parametrize("name", sorted(STARRED))
def test_the_first_row_of_a_starred_indicator_is_held_against_the_memorandum(library: Library, name: str) -> None:
    rule = rows(library, name)[0].rule
    assert (rule.kind, bool(rule.target)) == ("target", True)
    assert rule.target is not None
    named = {(reference.form, reference.name) for reference in references(parse(rule.target.source))}
    assert (f"{GUIDANCE}/memorandum", f"target_{name.replace('-', '_')}") in named


def test_an_indicator_without_county_units_does_not_apply(library: Library) -> None:
    sheets = {name: indicator(library, name).scoring for name in CAPS}
    assert {name for name, sheet in sheets.items() if sheet and sheet.applies} == {"1-3"}


# ---------------------------------------------------------------- tables and systems


def test_the_eight_numbered_tables_are_there_once_each(library: Library) -> None:
    assert sorted(table.number for table in tables(library)) == list("۱۲۳۴۵۶۷۸")


def test_the_managers_table_prints_sixteen_columns(library: Library) -> None:
    (table,) = (table for table in tables(library) if table.number == "۸")
    assert len(leaves(table)) == 16


def test_the_systems_are_kept_apart(library: Library) -> None:
    """سامد has complaints, سماد debts, ستاد procurement, سادا property."""
    homes = {"سامد": "6-4", "سماد": "4-2", "ستاد)": "4-1", "سادا": "5-2"}
    for system, home in homes.items():
        named = {name for name in CAPS if system in " ".join(_words(indicator(library, name)))}
        assert named == {home}, system


def _words(form: FormSpec) -> list[str]:
    assert form.scoring is not None
    return [form.title, *(word for row in form.scoring.rows for word in (row.title, row.method))]


# ---------------------------------------------------------------- complaints, 6/4


def complaints(folder: Path, **answers: object) -> World:
    """The indicator of complaints with some answers, read and scored."""
    said = "form: performance-1397/6-4\n" + "".join(f"{name}: {value}\n" for name, value in answers.items())
    form, base = (SPECS / GUIDANCE / f"{name}.yaml" for name in ("6-4", "indicator"))
    texts = [file.read_text(encoding="utf-8") for file in (form, base)]
    year = "case:\n  - {name: short_year, type: integer, label: سال, appearance: plain}\n"
    report = report_text(f"{GUIDANCE}/6-4").replace("case:\n", year)
    return World(folder, texts, [said], report=report, case="report: r\nshort_year: 97\n")


def scored(world: World) -> dict[str, Decimal | None]:
    return {score.spec.name: score.proposal for score in world.forms[f"{GUIDANCE}/6-4"].scores}


@pytest.mark.parametrize(
    ("handled", "share"), [(0, "0"), (2999, "0"), (3000, "3.5"), (5999, "3.5"), (6000, "7"), (10000, "7")]
)
def test_complaints_are_scored_by_the_unrounded_percentage(tmp_path: Path, handled: int, share: str) -> None:
    world = complaints(tmp_path, complaints=10000, complaints_handled=handled)
    assert scored(world) == {"complaints": Decimal(share), "requests": None, "days": None}


def test_without_any_complaint_there_is_no_score(tmp_path: Path) -> None:
    assert scored(complaints(tmp_path, complaints=0, complaints_handled=0))["complaints"] is None


@pytest.mark.parametrize(("days", "score"), [("10", None), ("10.01", "5"), ("20", "5"), ("20.01", "0"), ("0", None)])
def test_answering_times_are_scored_by_calendar_days(tmp_path: Path, days: str, score: str | None) -> None:
    """Up to ten days the report of the sample is waited for."""
    assert scored(complaints(tmp_path, average_days=days))["days"] == (None if score is None else Decimal(score))


def test_with_the_report_of_the_sample_up_to_ten_days_get_the_whole_cap(tmp_path: Path) -> None:
    attachments = tmp_path / "case" / "attachments"
    attachments.mkdir(parents=True)
    (attachments / "report.pdf").write_bytes(b"%PDF-1.4")
    assert scored(complaints(tmp_path, average_days=10, sample_report="report.pdf"))["days"] == 10


@pytest.mark.parametrize(
    ("received", "smallest"), [(0, 0), (7, 7), (10, 10), (50, 10), (51, 11), (54, 11), (55, 11), (56, 12), (1000, 200)]
)
def test_the_sample_is_of_whole_complaints(tmp_path: Path, received: int, smallest: int) -> None:
    world = complaints(tmp_path, complaints=received, average_days=5, sample=smallest)
    assert world.value("smallest_sample", f"{GUIDANCE}/6-4") == smallest
    assert "sample" not in {found.place.item for found in world.checked()}


@pytest.mark.parametrize(
    ("answers", "severity"),
    [
        ({"complaints": 51, "average_days": 5, "sample": 10}, "warning"),
        ({"complaints": 51, "average_days": 5, "sample": 52}, "error"),
        ({"complaints": 51, "average_days": 5}, "warning"),
    ],
    ids=["too small", "more than there were", "not told"],
)
def test_a_sample_that_cannot_be_told_of(tmp_path: Path, answers: dict[str, object], severity: str) -> None:
    found = [each for each in complaints(tmp_path, **answers).checked() if each.place.item == "sample"]
    assert [each.severity.name.lower() for each in found] == [severity]


# ---------------------------------------------------------------- what is refused

# A form with a score sheet of two rows; the first is filled in, on line 15 of the file.
SHEET = """\
choices: {{levels: [{{name: whole, label: کامل}}, {{name: none, label: هیچ}}]}}
items:
  - {{name: n, type: integer}}
  - {{name: level, type: select_one levels}}
  - name: scores
    type: table
    columns: [{{name: no, type: text}}, {{name: title, type: text}}, {{name: cap, type: decimal}}, {{name: self, type: decimal}}, {{name: evaluator, type: decimal}}, {{name: final, type: decimal}}]
scores:
  number: ۱/۱
  cap: 10
  rows:
    - {{name: first, title: یک, cap: 4, {rule}}}
    - {{name: second, title: دو, cap: 6, manual: true}}
"""
SHEET_LINE, ROW = 12, 15  # where the score sheet begins, and its first row
SOUND = SHEET.format(rule="manual: true")

# What is wrong with the rule of a row: (rule, code, what message or hint says).
RULES = [
    ("bands: {value: n, steps: [{below: 3, share: 0}]}", "bands-open", "یک"),
    ("bands: {value: n, steps: [{share: 0}, {to: 3, share: 1}]}", "bands-open", "below"),
    ("bands: {value: n, steps: []}", "bands-open", "یک"),
    ("bands: {value: n, steps: [{below: 3, share: 0}, {below: 2, share: 0.5}, {share: 1}]}", "bands-open", "یک"),
    ("bands: {value: n, steps: [{below: 3, to: 2, share: 0}, {share: 1}]}", "bands-open", "یک"),
    ("bands: {value: n, steps: [{share: 0}, {share: 1}]}", "bands-open", "یک"),
    ("bands: {value: n, steps: [{share: 1.5}]}", "bad-value", "0 … 1"),
    ("bands: {value: n, steps: [{below: many, share: 0}, {share: 1}]}", "bad-value", "many"),
    ("bands: {value: n, steps: [{share: 1, needs: [levle]}]}", "unknown-item", "level"),
    ("bands: {value: m, steps: [{share: 1}]}", "expression-unknown-name", "n"),
    ("bands: {steps: [{share: 1}]}", "missing-key", "value"),
    ("levels: {of: levle, shares: {whole: 1}}", "unknown-item", "level"),
    ("levels: {of: level, shares: {whloe: 1}}", "unknown-item", "whole"),
    ("levels: {of: level, shares: {whole: 2}}", "bad-value", "0 … 1"),
    ("holds: m > 1", "expression-unknown-name", "n"),
    ("holds: n >", "expression-broken", "n >"),
    ("target: {achieved: n}", "missing-key", "target"),
    ("target: {achieved: n, target: form('x/b').n}", "unknown-form", "x/a"),
    ("manual: true, shows: '{{ m }}'", "expression-unknown-name", "m"),
    ("manual: true, compares: [self, finl]", "bad-value", "final"),
    ("manual: true, holds: n > 1", "missing-key", "holds"),
    ("manual: true, foot_note: x", "unknown-key", "footnote"),
]


@pytest.mark.parametrize(("rule", "code", "says"), RULES, ids=[f"{code}-{at}" for at, (_, code, _) in enumerate(RULES)])
def test_a_wrong_rule(tmp_path: Path, rule: str, code: str, says: str) -> None:
    (found,) = problems_of(tmp_path, form_text(SHEET.format(rule=rule)))
    assert (found.code, found.place.line) == (code, ROW)
    assert says in found.message + found.hint


def test_a_sound_sheet(tmp_path: Path) -> None:
    sheet = sound_specs(tmp_path, form_text(SOUND)).forms["x/a"].scoring
    assert sheet is not None
    assert [(row.name, int(row.cap)) for row in sheet.rows] == [("first", 4), ("second", 6)]


# What is wrong with a sheet: (what is written, what in its place, code, line, what message or hint says).
SHEETS = [
    ("  cap: 10", "  cap: 9.5", "caps-differ", SHEET_LINE, "9.5"),
    ("cap: 6", "cap: 7", "caps-differ", SHEET_LINE, "11"),
    ("name: second", "name: first", "duplicate-name", ROW + 1, "first"),
    ("name: second", "name: Second", "bad-name", ROW + 1, "a-z"),
    ("name: scores", "name: points", "unknown-item", SHEET_LINE, "points"),
    ("{name: final, type: decimal}", "{name: finall, type: decimal}", "unknown-item", SHEET_LINE, "finall"),
    ("  number: ۱/۱\n", "", "missing-key", SHEET_LINE, "number"),
    ("  cap: 10\n", "  cap: 10\n  aplies: n > 1\n", "unknown-key", SHEET_LINE + 2, "applies"),
    ("  cap: 10\n", "  cap: 10\n  applies: m > 1\n", "expression-unknown-name", SHEET_LINE + 2, "m"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "says"), SHEETS, ids=[f"{row[2]}-{at}" for at, row in enumerate(SHEETS)]
)
def test_a_wrong_sheet(tmp_path: Path, old: str, new: str, code: str, line: int, says: str) -> None:
    assert old in SOUND
    found = problems_of(tmp_path, form_text(SOUND.replace(old, new)))
    assert [(each.code, each.place.line) for each in found] == [(code, line)]
    assert says in found[0].message + found[0].hint


def test_documents_need_their_table_and_names_of_their_own(tmp_path: Path) -> None:
    asked = SOUND + "documents: [{name: one, title: یک}, {name: one, title: دو}]\n"
    assert codes(problems_of(tmp_path / "none", form_text(asked))) == ["unknown-item"]
    table = "  - {name: documents, type: table, columns: [{name: title, type: text}]}\nscores:"
    (found,) = problems_of(tmp_path / "twice", form_text(asked.replace("scores:\n", f"{table}\n", 1)))
    assert (found.code, found.arguments["name"]) == ("duplicate-name", "one")


# A report of one axis with one indicator, whose form is SOUND.
CARD = """\
choices: {stages: [{name: self, label: یک}, {name: evaluator, label: دو}, {name: final, label: سه}]}
scores:
  total: 10
  stage: stage
  stages: {self: یک, evaluator: دو, final: سه}
  agency: '{{ case.agency }}'
  axes:
    - {name: axis, title: محور یک, cap: 10, indicators: [x/a]}
"""
FIELD = "  - {name: stage, type: select_one stages, label: مرحله}\nparts:"


def card(text: str) -> str:
    return report_text("x/a", more=text).replace("parts:", FIELD, 1)


def test_a_sound_card(tmp_path: Path) -> None:
    found = sound_specs(tmp_path, form_text(SOUND), card(CARD)).reports["r"].scores
    assert found is not None
    assert [(axis.title, int(axis.cap), *axis.indicators) for axis in found.axes] == [("محور یک", 10, "x/a")]


# What is wrong with a card: (what is written, what in its place, code, what message or hint says).
CARDS = [
    ("cap: 10, indicators", "cap: 12, indicators", "caps-differ caps-differ", "محور یک"),
    ("total: 10", "total: 1000", "caps-differ", "1000"),
    ("[x/a]", "[x/b]", "unknown-form caps-differ", "x/b"),
    ("[x/a]", "[x/c]", "missing-key caps-differ", "scores"),
    ("[x/a]", "[x/a, x/a]", "duplicate-name caps-differ", "axis"),
    ("stage: stage\n", "stage: stge\n", "unknown-item", "stage"),
    ("{name: final, label: سه}", "{name: finally, label: سه}", "bad-value", "finally"),
    ("final: سه}", "last: سه}", "bad-name", "last"),
    ("case.agency", "case.agnecy", "expression-unknown-name", "agency"),
    ("  total: 10\n", "", "missing-key caps-differ", "total"),
    ("title: محور یک", "titel: محور یک", "unknown-key missing-key", "title"),
]


@pytest.mark.parametrize(("old", "new", "code", "says"), CARDS, ids=[f"{row[2]}-{at}" for at, row in enumerate(CARDS)])
def test_a_wrong_card(tmp_path: Path, old: str, new: str, code: str, says: str) -> None:
    assert old in CARD
    unscored = form_text("items: [{name: a, type: text}]", "x/c")
    found = problems_of(tmp_path, form_text(SOUND), unscored, card(CARD.replace(old, new)))
    assert sorted(codes(found)) == sorted(code.split())
    assert any(says in each.message + each.hint for each in found)
