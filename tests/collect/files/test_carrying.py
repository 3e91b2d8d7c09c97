"""Answers taken over from another case: they survive unchanged, in files an officer can go on editing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assembler.answers import read_case
from assembler.base.problems import NOWHERE, Place, Problem
from assembler.checks import check_carried
from assembler.collect.files.carrying import carry_over
from assembler.collect.files.starting import start_case
from assembler.evaluate import evaluate_case
from assembler.model.answers import (
    Answer,
    AnsweredForm,
    AnsweredRow,
    Attachment,
    Case,
    Prose,
    ProseEntry,
    ProseList,
    Value,
)
from assembler.model.carried import fingerprint
from assembler.model.reports import Library
from tests.answers.test_reader import FORM
from tests.answers.test_writer import ROWS, SCORES, VALUES, answers
from tests.building import form_text, report_text, sound_specs, write_case

DATED = FORM.replace("type: date", "carry: true, type: date")
AWKWARD: dict[str, Value] = {
    "text": "شماره: ۱۲ # «یادداشت» 'تک' \"دو\" - @",
    "lines": "خط اول: # ۱\n- خط دوم\n\nخط سوم:",
    "points": ("yes", "007", "null", "~"),
    "number": "-",
    "have": "no",
    "story": Prose(
        ("- بند", ProseList("lettered", (ProseEntry("مورد:", (ProseList("dashed", (ProseEntry("# زیر"),)),)),)))
    ),
}
AWKWARD_ROWS: list[tuple[bool, dict[str, Value], dict[str, Value]]] = [
    (True, {}, {"no": "الف", "title": "سرگروه: #"}),
    (False, {"title": "0123"}, {}),
    (False, {}, {}),
    (False, {"title": "خیر\nبلی", "n": -3}, {}),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sound_specs(tmp_path_factory.mktemp("specs"), DATED, report_text("x/a"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "site.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def old_case(folder: Path, form: AnsweredForm) -> Case:
    return Case("پارسال", folder, "r", AnsweredForm("case", answers({"agency": "اداره: ۱"}), {}), {form.form: form})


def found_in(case: Case, library: Library) -> list[Problem]:
    report = library.reports[case.report]
    forms, _ = evaluate_case(case, report, library)
    return list(check_carried(case, forms, (*report.used_forms, "case")))


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({}, optional=VALUES), ROWS, SCORES)
@example(AWKWARD, AWKWARD_ROWS, {"first": {"score": 0}, "second": {}})
def test_every_answer_survives_and_waits_to_be_confirmed(
    library: Library,
    files: Path,
    tmp_path_factory: pytest.TempPathFactory,
    values: dict[str, Value],
    rows: list[tuple[bool, dict[str, Value], dict[str, Value]]],
    scores: Mapping[str, dict[str, Value]],
) -> None:
    values = dict(values)
    if "photo" in values:
        values["photo"] = Attachment("site.jpg", (files / "attachments" / "site.jpg").resolve())
    tables = {
        "t": tuple(AnsweredRow(answers(band if group else cells), NOWHERE, group) for group, cells, band in rows),
        "scores": tuple(AnsweredRow(answers(cells), NOWHERE, name=name) for name, cells in scores.items()),
    }
    old = AnsweredForm("x/a", answers(values), tables)
    folder = tmp_path_factory.mktemp("new") / "case"
    report = library.reports["r"]
    taken = carry_over(old_case(files, old), report, library)
    start_case(folder, report, library, taken)
    case, problems = read_case(folder, library)
    assert [found.message for found in problems] == []
    assert case is not None
    names = [name for name in (*values, *tables) if fingerprint(old, name)]
    new = case.forms["x/a"]
    assert {name: fingerprint(new, name) for name in names} == {name: fingerprint(old, name) for name in names}
    assert {name for name in (*new.values, *new.tables) if fingerprint(new, name)} == set(names)
    assert case.fields.values["agency"].value == "اداره: ۱"
    assert taken.left == ()
    (told,) = found_in(case, library)
    assert (told.code, told.arguments["count"]) == ("carried", len(names) + 1)


OLD = """\
form: x/a
text: پارسال
number: 12
date: 1398/01/02
t:
  - {title: خدمت, n: 3}
scores:
  first: {score: 0.5}
"""


def started(
    tmp_path: Path, new: str, *old: str, report: str = "", case: str = "report: r\n"
) -> tuple[Case, Library, str]:
    """A case of the new form begun from one whose answers are the given files; also the text of its file."""
    before = sound_specs(
        tmp_path / "old-specs", FORM, form_text("items: [{name: gone, type: text}]", "x/b"), report_text("x/a", "x/b")
    )
    other, _ = read_case(write_case(tmp_path / "other", *old, case=case), before)
    assert other is not None
    library = sound_specs(tmp_path / "specs", new, report or report_text(new.split("\n")[0].removeprefix("form: ")))
    spec = library.reports["r"]
    written = start_case(tmp_path / "case", spec, library, carry_over(other, spec, library))
    found, problems = read_case(tmp_path / "case", library)
    assert found is not None
    assert problems == ()
    return found, library, written[-1].read_text(encoding="utf-8")


def test_dates_are_not_taken_over_unless_the_item_says_so(tmp_path: Path) -> None:
    case, _, _ = started(tmp_path, FORM, OLD)
    assert case.forms["x/a"].values["date"].value is None
    assert case.forms["x/a"].values["number"].value == 12


def test_what_says_no_is_not_taken_over(tmp_path: Path) -> None:
    new = FORM.replace("{name: number,", "{name: number, carry: false,").replace("{name: n,", "{name: n, carry: false,")
    case, _, _ = started(tmp_path, new, OLD)
    assert case.forms["x/a"].values["number"].value is None
    assert [set(row.cells) for row in case.forms["x/a"].tables["t"]] == [{"title"}]


def test_a_form_of_the_same_name_in_another_folder_lends_its_answers(tmp_path: Path) -> None:
    case, _, _ = started(tmp_path, FORM.replace("form: x/a", "form: y/a"), OLD)
    assert case.forms["y/a"].values["text"].value == "پارسال"


def test_a_namesake_with_other_items_lends_nothing(tmp_path: Path) -> None:
    case, _, _ = started(tmp_path, FORM.replace("form: x/a", "form: y/a").replace("name: text,", "name: words,"), OLD)
    assert case.forms["y/a"].carried is None


def test_an_answer_the_new_item_cannot_read_stays_behind(tmp_path: Path) -> None:
    other, _ = read_case(write_case(tmp_path / "other", OLD), sound_specs(tmp_path / "specs", FORM, report_text("x/a")))
    assert other is not None
    library = sound_specs(
        tmp_path / "new", FORM.replace("{name: text, type: text", "{name: text, type: integer"), report_text("x/a")
    )
    taken = carry_over(other, library.reports["r"], library)
    assert taken.left == ("x/a.text", "x/a.date")
    assert set(taken.forms["x/a"].tables) == {"t", "scores"}


def test_a_form_of_which_nothing_is_taken_is_named_once(tmp_path: Path) -> None:
    library = sound_specs(tmp_path / "specs", FORM, report_text("x/a"))
    other, _ = read_case(write_case(tmp_path / "other", OLD), library)
    assert other is not None
    new = sound_specs(tmp_path / "new", FORM.replace("form: x/a", "form: y/b"), report_text("y/b"))
    assert carry_over(other, new.reports["r"], new).left == ("x/a",)


def test_fields_answered_anew_are_not_taken_over(tmp_path: Path) -> None:
    library = sound_specs(tmp_path / "specs", FORM, report_text("x/a"))
    other, _ = read_case(write_case(tmp_path / "other", case="report: r\nagency: قدیم\n"), library)
    assert other is not None
    assert carry_over(other, library.reports["r"], library).fields.values["agency"].value == "قدیم"
    assert carry_over(other, library.reports["r"], library, given=("agency",)).fields.values == {}


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (("text: پارسال", "text: امسال"), 3),
        (("  text: ", "  # text: "), 3),
        (("number: 12", "number: ۱۲"), 4),
        (("n: 3", "n: 4"), 3),
        (("score: '0.5'", "score: 0.50"), 4),
        (("score: '0.5'", "score: "), 3),
    ],
)
def test_an_answer_is_confirmed_by_changing_it_or_taking_it_off_the_list(
    tmp_path: Path, change: tuple[str, str], count: int
) -> None:
    _, library, text = started(tmp_path, FORM, OLD)
    assert change[0] in text
    (tmp_path / "case" / "answers" / "01-a.yaml").write_text(text.replace(*change), encoding="utf-8")
    case, problems = read_case(tmp_path / "case", library)
    assert case is not None
    assert problems == ()
    assert [(found.code, found.arguments["count"]) for found in found_in(case, library)] == [("carried", count)]


def test_one_finding_names_what_waits_by_its_forms(tmp_path: Path) -> None:
    _, library, text = started(tmp_path, FORM, OLD.split("date")[0], case="report: r\nagency: اداره\n")
    path = tmp_path / "case" / "answers" / "01-a.yaml"
    path.write_text(text.replace("number: 12", "number: 13"), encoding="utf-8")
    case, _ = read_case(tmp_path / "case", library)
    assert case is not None
    (found,) = found_in(case, library)
    assert found.place == Place(file=str(tmp_path / "case" / "case.yaml"))
    assert found.message == (
        "2 answers came from the case other and are not confirmed yet: «مشخصات پرونده» (1)، «عنوان» (1)"
    )


def test_what_does_not_apply_need_not_be_confirmed(tmp_path: Path) -> None:
    items = "items: [{name: text, type: text}, {name: number, type: integer, relevant: text == 'بلی'}]"
    _, library, _ = started(tmp_path, form_text(items), "form: x/a\ntext: خیر\nnumber: 12\n")
    case, _ = read_case(tmp_path / "case", library)
    assert case is not None
    assert [found.arguments["count"] for found in found_in(case, library)] == [1]


def test_names_that_are_no_items_are_told(tmp_path: Path) -> None:
    _, library, text = started(tmp_path, FORM, OLD)
    path = tmp_path / "case" / "answers" / "01-a.yaml"
    path.write_text(text.replace("  number: ", "  nomber: "), encoding="utf-8")
    case, _ = read_case(tmp_path / "case", library)
    assert case is not None
    unknown = [found for found in found_in(case, library) if found.code == "carried-unknown"]
    assert [found.hint.split("?")[0] for found in unknown] == ["Did you mean «number»"]


@pytest.mark.parametrize("listed", ["carried:", "carried: {}", "carried: ~"])
def test_an_emptied_list_is_no_list(tmp_path: Path, listed: str) -> None:
    library = sound_specs(tmp_path / "specs", FORM, report_text("x/a"))
    case, problems = read_case(write_case(tmp_path / "case", f"form: x/a\n{listed}\ntext: متن\n"), library)
    assert case is not None
    assert problems == ()
    assert found_in(case, library) == []


def test_a_list_of_another_shape_is_told(tmp_path: Path) -> None:
    library = sound_specs(tmp_path / "specs", FORM, report_text("x/a"))
    _, problems = read_case(write_case(tmp_path / "case", "form: x/a\ncarried: [text]\n"), library)
    assert [(found.code, found.place.line) for found in problems] == [("wrong-shape", 2)]


def test_an_item_may_be_called_like_the_list(tmp_path: Path) -> None:
    library = sound_specs(tmp_path / "specs", form_text("items: [{name: carried, type: text}]"), report_text("x/a"))
    case, problems = read_case(write_case(tmp_path / "case", "form: x/a\ncarried: باری\n"), library)
    assert case is not None
    assert problems == ()
    assert case.forms["x/a"].values["carried"].value == "باری"


def test_blank_rows_of_the_guidance_do_not_count(tmp_path: Path) -> None:
    row = AnsweredRow({"score": Answer(None)}, NOWHERE, name="first")
    filled = replace(row, name="second", cells={"score": Answer(1)})
    forms = [AnsweredForm("x/a", {}, {"scores": rows}) for rows in ((row,), (filled,), (filled, row), (row, filled))]
    assert fingerprint(forms[0], "scores") == ""
    assert len({fingerprint(form, "scores") for form in forms[1:]}) == 1
