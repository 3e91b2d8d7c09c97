"""Responses of a survey become the results of a case: every row counted or set aside, nothing lost unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError
from assembler.collect.survey.counting import COMMENTS_LISTED, MOST_NAMES, OTHERS
from assembler.collect.survey.counts import UNSAID
from assembler.collect.survey.importing import read_mapping, survey_of
from assembler.specs.library import read_library
from tests.collect.survey.surveys import HEAD, NUMBERS, QUESTIONS, Desk, csv_file, response

LEVELS = ("high", "medium", "low", "very_low")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def counts(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[level] for level in LEVELS)


# ---------------------------------------------------------------- questions and levels


def test_the_questionnaire_is_that_of_the_guide(desk: Desk) -> None:
    library = desk.library
    found = survey_of(library.reports["polled"], library)
    assert [question.number for question in found.questions] == NUMBERS
    sizes = [
        sum(each.group == name for each in found.questions)
        for name in dict.fromkeys(each.group for each in found.questions)
    ]
    assert sizes == [3, 3, 3, 2, 3, 2]
    assert [level.label for level in found.levels] == ["زیاد", "متوسط", "کم", "خیلی کم"]
    assert not any(question.inverted for question in found.questions)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("زیاد", 0), ("زياد", 0), (" زیاد. ", 0), ("high", 0), ("1", 0), ("۱", 0), ("١", 0), ("1.0", 0),
        ("متوسط", 1), ("خیلی‌کم", 3), ("خيلي  كم", 3), ("۴", 3), ("", None), (" ", None), ("-", None), ("ـ", None),
    ],
)  # fmt: skip
def test_a_level_is_read_however_it_is_typed(desk: Desk, tmp_path: Path, typed: str, level: int | None) -> None:
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, response(typed, "کم")]))
    assert found.tally.set_aside == 0
    assert counts(desk.rows("questions")[0]) == tuple(int(at == level) for at in range(4))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("عالی", "not-a-choice"), ("5", "not-a-choice"), ("0", "not-a-choice"), ("-1", "not-a-choice"),
        ("1.5", "not-a-choice"), ("1%", "not-a-choice"), ("؟", "not-a-choice"), ("=1", "not-a-choice"),
        ("زیاد، کم", "survey-two-levels"), ("زیاد;کم", "survey-two-levels"),
    ],
)  # fmt: skip
def test_what_is_no_level_sets_its_row_aside(desk: Desk, tmp_path: Path, typed: str, code: str) -> None:
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, response("کم"), response("کم", typed), response("کم")]))
    assert (found.tally.whole.responses, found.tally.set_aside) == (2, 1)
    assert [(each.code, each.place.line, each.place.column) for each in found.tally.shown] == [(code, 3, "2")]
    assert desk.rows("questions")[0]["low"] == 2
    line = desk.aside()[1]
    assert line[:2] == ["r.csv", "3"]
    assert line[2]


def test_numbers_mean_what_the_spec_says(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"numbers: [high, medium, low, very_low]": "numbers: [very_low, low, medium, high]"})
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, response(1, 4)]))
    assert found.tally.numbers_read
    assert [counts(row) for row in desk.rows("questions")[:2]] == [(0, 0, 0, 1), (1, 0, 0, 0)]


def test_only_the_questions_the_spec_names_are_inverted_and_shown(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"inverted: []": "inverted: [q9]"})
    rows = [HEAD, *[response(*["زیاد"] * QUESTIONS, service="الف", period="1")] * 3]
    desk.take(csv_file(tmp_path / "r.csv", rows))
    questions = desk.rows("questions")
    assert [row["number"] for row in questions if row.get("inverted") == "yes"] == [9]
    assert [counts(row) for row in questions if row["number"] == 9] == [(0, 0, 0, 3)]
    assert {counts(row) for row in questions if row["number"] != 9} == {(3, 0, 0, 0)}
    assert counts(desk.rows("services")[0]) == (45, 0, 0, 3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  level: level\n", "  level: levl\n"),
        ("  questions: questions\n", "  questions: question\n"),
        ("inverted: []", "inverted: [q99]"),
        ("numbers: [high, medium, low, very_low]", "numbers: [high, none]"),
        ("  results: service-desk/survey", "  results: service-desk/surveys"),
        ("  comment: comment\n", "  comment: commend\n"),
        ("{name: medium, label: متوسط}", "{name: middling, label: متوسط}"),
    ],
)
def test_a_questionnaire_that_names_what_is_not_there_is_told(tmp_path: Path, old: str, new: str) -> None:
    """Also a level that the results have no column for."""
    desk = Desk(tmp_path)
    path = desk.specs / "service-desk" / "questionnaire.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, problems = read_library(desk.specs)
    assert {found.code for found in problems} <= {"unknown-item", "unknown-form"}
    assert problems


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(
    "head",
    [
        "۳", "3", "03", "q3", "Q03", "سؤال ۳", "سوال 3", "پرسش ۳", "سوال3:", "Question 3",
        "انجام کار بر اساس ضوابط اداری و عدم دخالت قضاوت‌های شخصی",
        "۳- انجام كار بر اساس ضوابط اداري و عدم دخالت قضاوت هاي شخصي",
    ],
)  # fmt: skip
def test_a_question_is_known_by_its_header(desk: Desk, tmp_path: Path, head: str) -> None:
    found = desk.take(csv_file(tmp_path / "r.csv", [[head, "q1"], ["کم", "زیاد"]]))
    questions = desk.rows("questions")
    assert counts(questions[2]) == (0, 0, 1, 0)
    missing = [each for each in found.remarks if each.code == "survey-missing-question"]
    assert "16" in str(missing[0].arguments["names"])


def test_ticks_stand_in_a_column_for_each_level(desk: Desk, tmp_path: Path) -> None:
    head = [f"{question} {level}" for question in ("سوال ۱", "سوال ۱۱") for level in ("زیاد", "متوسط", "کم", "خیلی کم")]
    rows = [
        head,
        ["✓", "", "", "", "", "x", "", ""],
        ["", "", "", "1", "0", "0", "0", "0"],
        ["✓", "", "✓", "", "", "", "", ""],
        ["شاید", "", "", "", "", "", "", ""],
    ]
    found = desk.take(csv_file(tmp_path / "r.csv", rows))
    assert counts(desk.rows("questions")[0]) == (1, 0, 0, 1)
    assert counts(desk.rows("questions")[10]) == (0, 1, 0, 0)
    assert [each.code for each in found.tally.shown] == ["survey-two-levels", "not-a-choice"]


def test_headers_of_two_rows_are_joined(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["نتایج"],
        ["شناسه", "۱", "", "", "", "۲", "", "", ""],
        ["", *["زیاد", "متوسط", "کم", "خیلی کم"] * 2],
        ["7", "", "✓", "", "", "✓", "", "", ""],
    ]
    found = desk.take(csv_file(tmp_path / "r.csv", rows))
    assert found.tally.whole.responses == 1
    assert [counts(row) for row in desk.rows("questions")[:2]] == [(0, 1, 0, 0), (1, 0, 0, 0)]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["q1", "سوال ۱", "q2"], "survey-column-twice"),
        (["q1 زیاد", "q1 کم", "q2"], "survey-level-columns"),
        (["q1", "q1 زیاد", "q2"], "survey-column-twice"),
    ],
)
def test_columns_that_contradict_are_refused(desk: Desk, tmp_path: Path, head: list[str], code: str) -> None:
    with pytest.raises(AssemblerError) as error:
        desk.take(csv_file(tmp_path / "r.csv", [head, ["کم"] * len(head)]))
    assert error.value.problems[0].code == code


def test_answers_are_not_taken_for_headers(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(AssemblerError) as error:
        desk.take(csv_file(tmp_path / "r.csv", [["الف", "ب"], ["1", "2"], ["3", "4"]]))
    assert error.value.problems[0].code == "survey-no-columns"


def test_a_mapping_says_which_column_is_which(desk: Desk, tmp_path: Path) -> None:
    library = desk.library
    questionnaire = survey_of(library.reports["polled"], library)
    path = tmp_path / "columns.yaml"
    path.write_text("q1: رفتار\nq2: [a, b, c, d]\nservice: شعبه\n", encoding="utf-8")
    explicit = read_mapping(path, questionnaire)
    rows = [["رفتار", "a", "b", "c", "d", "شعبه"], ["کم", "", "", "", "✓", "مرکزی"]]
    desk.take(csv_file(tmp_path / "r.csv", rows), explicit=explicit)
    assert counts(desk.rows("questions")[1]) == (0, 0, 0, 1)
    assert [row["service"] for row in desk.rows("services")] == ["مرکزی"]
    path.write_text("q99: رفتار\nservice: [a, b]\n", encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        read_mapping(path, questionnaire)
    assert [each.code for each in error.value.problems] == ["unknown-item", "wrong-shape"]
    with pytest.raises(AssemblerError) as error:
        desk.take(csv_file(tmp_path / "q.csv", [["q1", "رفتار"], ["کم", ""]]), explicit={"q3": ("نیست",)})
    assert [each.code for each in error.value.problems] == ["survey-unknown-column"]


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (response("کم", age="300"), "constraint"),
        (response("کم", age="سی"), "not-a-number"),
        (response("کم", sex="دیگر"), "not-a-choice"),
        (response("کم", comment="بد\x07"), "control-character"),
        ([*response("کم"), "زیادی"], "survey-width"),
        (response("کم")[:10], "survey-width"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason(desk: Desk, tmp_path: Path, row: list[str], code: str) -> None:
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, response("زیاد"), row, response("زیاد")]))
    assert found.tally.faults == {code: 1}
    assert (found.tally.rows, found.tally.whole.responses, found.tally.set_aside) == (3, 2, 1)
    assert [each.place.line for each in found.tally.shown] == [3]
    assert desk.aside()[1][3 : 3 + len(row)] == row
    assert desk.results.values["set_aside"].value == 1


def test_blank_rows_and_trailing_delimiters_are_no_faults(desk: Desk, tmp_path: Path) -> None:
    rows = [HEAD, [], response("کم"), [""] * 30, [*response("کم"), "", " "]]
    found = desk.take(csv_file(tmp_path / "r.csv", rows))
    assert (found.tally.whole.responses, found.tally.set_aside, found.tally.blank_rows) == (2, 0, 2)
    assert not (desk.folder / "set-aside.csv").exists()


def test_a_response_counts_once(desk: Desk, tmp_path: Path) -> None:
    """Across files, whatever the digits; a row set aside for something else does not take the number."""
    one = csv_file(tmp_path / "1.csv", [HEAD, response("عالی", number=7), response("کم", number=7), response("کم")])
    two = csv_file(tmp_path / "2.csv", [HEAD, response("زیاد", number="۷"), response("کم", number=8), response("کم")])
    found = desk.take(one, two)
    assert found.tally.whole.responses == 4
    assert [each.arguments["first"] for each in found.tally.shown if each.code == "survey-duplicate"] == ["1.csv:3"]
    assert desk.rows("questions")[0]["high"] == 0


def test_every_row_is_counted_or_set_aside(desk: Desk, tmp_path: Path) -> None:
    """Over several chunks, with faults in the midst of each."""
    rows = [response("کم" if at % 7 else "بد", "زیاد", service=f"خدمت {at % 3}", number=at) for at in range(21_000)]
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, *rows]))
    assert (found.tally.whole.responses, found.tally.set_aside) == (18_000, 3000)
    assert len(desk.aside()) == 3001
    assert [counts(row) for row in desk.rows("questions")[:2]] == [(0, 0, 18_000, 0), (18_000, 0, 0, 0)]
    assert [row["responses"] for row in desk.rows("services")] == [6000, 6000, 6000]
    assert len(found.tally.shown) == 20


# ---------------------------------------------------------------- results


def test_groups_services_and_periods_agree_with_the_questions(desk: Desk, tmp_path: Path) -> None:
    rows = [response("زیاد", "کم", "", "متوسط", service=f"خدمت {at % 2}", period=at % 3) for at in range(12)]
    desk.take(csv_file(tmp_path / "r.csv", [HEAD, *rows]))
    whole = sum(sum(counts(row)) for row in desk.rows("questions"))  # type: ignore[arg-type]
    for table in ("groups", "services", "periods", "service_questions", "period_questions"):
        assert sum(sum(counts(row)) for row in desk.rows(table)) == whole  # type: ignore[arg-type]
    assert [row["numbers"] for row in desk.rows("groups")][:4] == ["۱ تا ۳", "۴ تا ۶", "۷ تا ۹", "۱۰ و ۱۱"]
    assert [row["period"] for row in desk.rows("periods")] == ["0", "1", "2"]


def test_spellings_of_one_service_meet_and_what_nobody_said_is_shown(desk: Desk, tmp_path: Path) -> None:
    one = csv_file(tmp_path / "1.csv", [HEAD, *[response("کم", service=name) for name in ("گواهی", "گواهي ", "")]])
    two = csv_file(tmp_path / "2.csv", [["q1", "q2"], ["زیاد", ""]])
    desk.take(one, two)
    assert [(row["service"], row["responses"]) for row in desk.rows("services")] == [("گواهی", 2), (UNSAID, 2)]
    assert counts(desk.rows("services")[1]) == (1, 0, 1, 0)


def test_too_many_services_are_counted_together_and_said(desk: Desk, tmp_path: Path) -> None:
    rows = [response("کم", service=f"خدمت {at}") for at in range(MOST_NAMES + 30)]
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, *rows]))
    assert [each.code for each in found.remarks] == ["survey-many-values"]
    assert {row["service"]: row["responses"] for row in desk.rows("services")}[OTHERS] == 30


def test_comments_are_listed_as_they_are_and_the_rest_is_kept(desk: Desk, tmp_path: Path) -> None:
    texts = [
        "همان",
        "همان",
        "دو سطر\nدارد: بله #",
        "خوب 👍🏽 بود",
        "- یک",
        *(f"نظر {at}" for at in range(COMMENTS_LISTED)),
    ]
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, *[response("کم", comment=text) for text in texts]]))
    listed = [row["text"] for row in desk.rows("comments")]
    assert len(listed) == COMMENTS_LISTED
    assert listed[:3] == texts[:3]
    assert "[THUMBS UP SIGN]" in str(listed[3])
    assert found.tally.comments_rest == 5
    assert "نظر 199" in (desk.folder / "survey-comments.csv").read_text(encoding="utf-8-sig")
    assert desk.results.values["comments_rest"].value == 5


def test_respondents_are_counted_by_what_they_chose(desk: Desk, tmp_path: Path) -> None:
    rows = [response("کم", sex=sex) for sex in ("زن", "زن", "مرد", "")]
    desk.take(csv_file(tmp_path / "r.csv", [HEAD, *rows]))
    found = [(row["answer"], row["count"]) for row in desk.rows("respondents")]
    assert found == [("مرد", 1), ("زن", 2), (UNSAID, 1)]


# ---------------------------------------------------------------- the case


def test_a_dry_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = sorted(desk.folder.rglob("*"))
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, response("بد"), response("کم")]), dry_run=True)
    assert (found.tally.whole.responses, found.written) == (1, ())
    assert sorted(desk.folder.rglob("*")) == before


def test_another_import_replaces_the_results_and_keeps_what_was_edited(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "r.csv", [HEAD, response("کم"), response("بد")])
    answers = desk.folder / "answers" / "survey.yaml"
    other = desk.folder / "other.txt"
    other.write_text("typed by hand", encoding="utf-8")
    assert desk.take(path).put_aside == ()
    assert desk.take(path).put_aside == ()
    edited = answers.read_text(encoding="utf-8").replace("responses: 1", "responses: 9")
    answers.write_text(edited, encoding="utf-8")
    (desk.folder / "set-aside.csv").write_text("corrected", encoding="utf-8")
    found = desk.take(path)
    assert {each.name for each in found.put_aside} == {"survey (edited 1).yaml", "set-aside (edited 1).csv"}
    assert (desk.folder / "survey (edited 1).yaml").read_text(encoding="utf-8") == edited
    assert desk.results.values["responses"].value == 1
    assert other.read_text(encoding="utf-8") == "typed by hand"


def test_a_blank_skeleton_is_filled_where_it_is(desk: Desk, tmp_path: Path) -> None:
    skeleton = desk.folder / "answers" / "07-survey.yaml"
    skeleton.write_text("# خالی\nform: service-desk/survey\nresponses:\n", encoding="utf-8")
    found = desk.take(csv_file(tmp_path / "r.csv", [HEAD, response("کم")]))
    assert found.written == (skeleton,)
    assert found.put_aside == ()


def test_results_without_a_fault_take_the_old_file_of_faults_away(desk: Desk, tmp_path: Path) -> None:
    desk.take(csv_file(tmp_path / "r.csv", [HEAD, response("بد")]))
    desk.take(csv_file(tmp_path / "r.csv", [HEAD, response("کم")]))
    assert not (desk.folder / "set-aside.csv").exists()
