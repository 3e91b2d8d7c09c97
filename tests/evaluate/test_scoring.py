"""The thresholds of the evaluation of 1397 on both sides, through the forms as they are shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from assembler.answers import read_case
from assembler.base.problems import Problem
from assembler.base.settings import Settings
from assembler.checks import check_answers, check_rules, check_scored
from assembler.evaluate import evaluate_case
from assembler.evaluate.scorecard import score_card
from assembler.model.filled import FilledForm
from assembler.model.reports import Library
from assembler.model.scores import RowScore, ScoreCard
from assembler.model.specs import STAGES, Stage
from assembler.pipeline import library as read_shipped
from tests.building import write_case
from tests.conftest import REPOSITORY

SPECS = REPOSITORY / "form_specs"
PREFIX = "performance-1397/"
STAFF = "posts_97: 200\ncontract_97: 10\nstaff_97: 150\ngeneral_posts: 30\ngeneral_staff: 30\ndiploma_97: 0\n"
SAMAD = "complaints: 100\ncomplaints_handled: 80\nrequests: 100\nrequests_handled: 80\naverage_days: 8\nsample: 20\n"
REPORT = "sample_report: r.pdf\n"


@pytest.fixture(scope="module")
def shipped() -> Library:
    return read_shipped(Settings(SPECS, REPOSITORY / "letter_templates"), ["performance-1397"])


@dataclass(frozen=True)
class Scored:
    """A case of some answers, evaluated."""

    card: ScoreCard
    forms: Mapping[str, FilledForm]

    def row(self, form: str, name: str) -> RowScore:
        found = next(found for found in self.card.indicators if found.form.spec.id == PREFIX + form)
        return next(row for row in found.rows if row.filled.spec.name == name)

    def value(self, form: str, name: str, stage: Stage = "self") -> Decimal | None:
        return self.row(form, name).stages[stage].value

    def states(self, form: str, name: str) -> list[str]:
        return [score.state for score in self.row(form, name).stages.values()]

    def problems(self, form: str) -> list[Problem]:
        used = (PREFIX + form,)
        found = (*check_answers(self.forms, used), *check_rules(self.forms, used), *check_scored(self.card))
        return [each for each in found if each.place.form == PREFIX + form]


def scored(folder: Path, specs: Library, case: str = "year: 1397\nstage: final\n", **answers: str) -> Scored:
    """The scores of answers to forms, by their numbers: ``f_6_4`` is the form ``6-4``."""
    texts = [f"form: {PREFIX}{name.removeprefix('f_').replace('_', '-')}\n{text}" for name, text in answers.items()]
    write_case(folder, *texts, case=f"report: performance-1397\n{case}")
    (folder / "attachments" / "r.pdf").write_bytes(b"%PDF-1.4\n")
    found, problems = read_case(folder, specs)
    assert found is not None
    assert {each.code for each in problems} <= {"attachments-unnamed"}
    report = specs.reports["performance-1397"]
    forms, _ = evaluate_case(found, report, specs)
    card = score_card(report, forms)
    assert card is not None
    return Scored(card, forms)


# ---------------------------------------------------------------- bands: 6/4


@pytest.mark.parametrize(
    ("received", "handled", "share"),
    [
        (1000, 0, "0"),
        (1000, 299, "0"),
        (10000, 2999, "0"),
        (1000, 300, "0.5"),
        (10, 3, "0.5"),
        (1000, 599, "0.5"),
        (10000, 5999, "0.5"),
        (3, 1, "0.5"),  # 33.33…, never rounded
        (1000, 600, "1"),
        (5, 3, "1"),
        (1000, 1000, "1"),
    ],
)
def test_the_part_of_complaints_and_requests_that_is_handled(
    received: int, handled: int, share: str, tmp_path: Path, shipped: Library
) -> None:
    text = f"complaints: {received}\ncomplaints_handled: {handled}\nrequests: {received}\nrequests_handled: {handled}\n"
    found = scored(tmp_path, shipped, f_6_4=text)
    assert found.value("6-4", "complaints") == 7 * Decimal(share)
    assert found.value("6-4", "requests") == 3 * Decimal(share)
    assert found.states("6-4", "complaints") == ["computed"] * 3


def test_of_nothing_received_there_is_no_score(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4="complaints: 0\ncomplaints_handled: 0\nrequests: 0\nrequests_handled: 0\n")
    assert found.states("6-4", "complaints") == found.states("6-4", "requests") == ["pending"] * 3
    assert found.row("6-4", "complaints").filled.proposal is None


def test_what_is_not_answered_is_named(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4="complaints: 10\n")
    assert found.row("6-4", "complaints").filled.missing == ("تعداد شکایات رسیدگی‌شده سال ۹۷",)
    assert found.row("6-4", "days").filled.missing == ("میانگین زمان پاسخ‌گویی",)
    assert found.value("6-4", "complaints") is None


@pytest.mark.parametrize(
    ("days", "score"), [("0", 10), ("9.99", 10), ("10", 10), ("10.01", 5), ("20", 5), ("20.01", 0), ("365", 0)]
)
def test_the_mean_of_days_with_its_report(days: str, score: int, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4=f"average_days: {days}\n{REPORT}")
    assert found.value("6-4", "days") == score
    assert found.states("6-4", "days") == ["computed"] * 3


@pytest.mark.parametrize(("days", "score"), [("9.99", None), ("10", None), ("10.01", 5), ("20", 5), ("20.01", 0)])
def test_only_the_full_score_needs_the_report(days: str, score: int | None, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4=f"average_days: {days}\n")
    assert found.value("6-4", "days") == score
    assert found.row("6-4", "days").filled.missing == (("گزارش نمونه‌گیری",) if score is None else ())


@pytest.mark.parametrize(
    ("complaints", "smallest"),
    [(0, 0), (1, 1), (9, 9), (10, 10), (50, 10), (51, 11), (55, 11), (56, 12), (100, 20), (101, 21), (1000, 200)],
)
def test_a_sample_is_ten_or_a_fifth_or_all(complaints: int, smallest: int, tmp_path: Path, shipped: Library) -> None:
    text = f"complaints: {complaints}\ncomplaints_handled: {complaints}\nsample: {{}}\n"
    enough = scored(tmp_path / "enough", shipped, f_6_4=text.format(smallest))
    assert enough.forms[PREFIX + "6-4"].items["smallest_sample"].value == smallest
    assert [each.severity for each in enough.problems("6-4") if each.place.item == "sample"] == []
    if smallest:
        short = scored(tmp_path / "short", shipped, f_6_4=text.format(smallest - 1))
        assert [str(each.severity) for each in short.problems("6-4") if each.place.item == "sample"] == ["warning"]


def test_a_sample_is_not_more_than_there_are(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4="complaints: 9\ncomplaints_handled: 9\nsample: 10\n")
    assert [str(each.severity) for each in found.problems("6-4") if each.place.item == "sample"] == ["error"]


@pytest.mark.parametrize("what", ["complaints", "requests"])
def test_more_handled_than_received_is_an_error(what: str, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4=f"{what}: 10\n{what}_handled: 11\n")
    assert [str(each.severity) for each in found.problems("6-4") if each.place.item == f"{what}_handled"] == ["error"]


# ---------------------------------------------------------------- holds: 3/1 and 2/9


@pytest.mark.parametrize(
    ("posts", "contract", "score"),
    [(200, 20, 10), (200, 21, 0), (25, 2, 10), (25, 3, 0), (1, 0, 10), (1, 1, 0), (9, 0, 10), (9, 1, 0), (0, 0, None)],
)
def test_contract_staff_are_a_tenth_of_the_posts(
    posts: int, contract: int, score: int | None, tmp_path: Path, shipped: Library
) -> None:
    found = scored(tmp_path, shipped, f_3_1=f"posts_97: {posts}\ncontract_97: {contract}\n")
    assert found.value("3-1", "contract") == score
    assert found.states("3-1", "contract") == ["pending" if score is None else "computed"] * 3


@pytest.mark.parametrize(("staff", "score"), [(199, 10), (200, 10), (201, 0)])
def test_staff_are_no_more_than_the_posts(staff: int, score: int, tmp_path: Path, shipped: Library) -> None:
    assert scored(tmp_path, shipped, f_3_1=f"posts_97: 200\nstaff_97: {staff}\n").value("3-1", "staff") == score


@pytest.mark.parametrize(("staff", "score"), [(29, 10), (30, 10), (31, 0)])
def test_general_staff_are_no_more_than_their_posts(staff: int, score: int, tmp_path: Path, shipped: Library) -> None:
    text = f"general_posts: 30\ngeneral_staff: {staff}\n"
    assert scored(tmp_path, shipped, f_3_1=text).value("3-1", "general") == score


@pytest.mark.parametrize(("contract", "diploma", "score"), [(10, 0, 10), (10, 1, 0), (10, 10, 0), (0, 0, 10)])
def test_one_with_a_diploma_takes_all(
    contract: int, diploma: int, score: int, tmp_path: Path, shipped: Library
) -> None:
    text = f"posts_97: 200\ncontract_97: {contract}\ndiploma_97: {diploma}\n"
    found = scored(tmp_path, shipped, f_3_1=text)
    assert found.value("3-1", "diploma") == score
    assert ("—" in found.row("3-1", "diploma").derivation) == (contract == 0)


@pytest.mark.parametrize("name", ["contract", "staff", "general", "diploma"])
def test_a_blank_is_no_zero(name: str, tmp_path: Path, shipped: Library) -> None:
    blank = {"contract": "contract_97", "staff": "staff_97", "general": "general_staff", "diploma": "diploma_97"}[name]
    text = "\n".join(line for line in STAFF.splitlines() if not line.startswith(blank)) + "\n"
    found = scored(tmp_path, shipped, f_3_1=text)
    assert found.states("3-1", name) == ["pending"] * 3
    label = found.forms[PREFIX + "3-1"].items[blank].spec.label
    assert found.row("3-1", name).filled.missing == (label,)
    others = {"contract", "staff", "general", "diploma"} - {name}
    assert {found.value("3-1", other) for other in others} == {Decimal(10)}


@pytest.mark.parametrize(("answer", "score"), [("yes", 7), ("no", 0), ("", None)])
def test_yes_or_no(answer: str, score: int | None, tmp_path: Path, shipped: Library) -> None:
    assert scored(tmp_path, shipped, f_2_9=f"strategy: {answer}\n").value("2-9", "strategy") == score


# ---------------------------------------------------------------- targets


def targeted(folder: Path, specs: Library, achieved: str, target: str) -> Scored:
    memorandum = f"target_1_1: {target}\n" if target else "number: ۱\n"
    return scored(folder, specs, f_memorandum=memorandum, f_1_1=f"achieved: {achieved}\n" if achieved else "")


@pytest.mark.parametrize(
    ("achieved", "target", "score"),
    [
        ("0", "40", "0"),
        ("20", "40", "17.5"),
        ("39.99", "40", "34.99125"),
        ("40", "40", "35"),
        ("40.01", "40", "35"),
        ("400", "40", "35"),
        ("0.5", "0.5", "35"),
    ],
)
def test_a_target_gives_its_part_and_never_more_than_the_cap(
    achieved: str, target: str, score: str, tmp_path: Path, shipped: Library
) -> None:
    found = targeted(tmp_path, shipped, achieved, target)
    assert found.value("1-1", "delegation") == Decimal(score)
    assert found.states("1-1", "delegation") == ["suggested"] * 3


def test_a_missing_target_is_waited_for(tmp_path: Path, shipped: Library) -> None:
    found = targeted(tmp_path, shipped, "30", "")
    label = found.forms[PREFIX + "memorandum"].items["target_1_1"].spec.label
    assert found.row("1-1", "delegation").filled.missing == (label,)
    assert found.states("1-1", "delegation") == ["pending"] * 3


def test_what_was_achieved_is_waited_for_as_well(tmp_path: Path, shipped: Library) -> None:
    found = targeted(tmp_path, shipped, "", "40")
    assert found.row("1-1", "delegation").filled.missing == ("میزان واگذاری تحقق‌یافته خدمات و واحدهای عملیاتی",)


@pytest.mark.parametrize("target", ["0", "-5"])
def test_a_target_of_nothing_is_refused_and_scores_nothing(target: str, tmp_path: Path, shipped: Library) -> None:
    found = targeted(tmp_path, shipped, "30", target)
    assert found.row("1-1", "delegation").filled.proposal is None
    refused = [each for each in found.problems("memorandum") if each.place.item == "target_1_1"]
    assert [str(each.severity) for each in refused] == ["error"]


@pytest.mark.parametrize(("reached", "score"), [("0", "0"), ("50", "5"), ("99.9", "9.99"), ("100", "10")])
def test_a_fixed_target_is_a_hundred_per_cent(reached: str, score: str, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_3_1=f"reduction_permanent: {reached}\n")
    assert found.value("3-1", "permanent") == Decimal(score)


SERVICE = "  - {{title: خدمت {}, kind: electronic, request: {}, delivery: {}}}\n"


def services(*answers: str) -> str:
    return "services:\n" + "".join(SERVICE.format(n, answer, answer) for n, answer in enumerate(answers, start=1))


@pytest.mark.parametrize(
    ("answers", "share"),
    [
        (("yes", "no"), "0.5"),
        (("yes", "no", "not_applicable", "not_applicable"), "0.5"),
        (("yes", "not_applicable"), "1"),
        (("no", "not_applicable"), "0"),
        (("yes", "yes", "yes", "no"), "0.75"),
    ],
)
def test_services_that_do_not_apply_stay_out_of_the_share(
    answers: tuple[str, ...], share: str, tmp_path: Path, shipped: Library
) -> None:
    targets = "target_2_1: 100\ntarget_2_2: 100\n"
    found = scored(tmp_path, shipped, f_memorandum=targets, f_2_1=services(*answers))
    assert found.value("2-1", "request") == 20 * Decimal(share)
    assert found.value("2-2", "delivery") == 40 * Decimal(share)


@pytest.mark.parametrize("answers", [("not_applicable", "not_applicable"), ("yes", "")], ids=["none", "blank"])
def test_without_a_service_to_count_the_share_is_pending(
    answers: tuple[str, ...], tmp_path: Path, shipped: Library
) -> None:
    targets = "target_2_1: 90\ntarget_2_2: 90\n"
    found = scored(tmp_path, shipped, f_memorandum=targets, f_2_1=services(*answers))
    assert found.states("2-1", "request") == found.states("2-2", "delivery") == ["pending"] * 3


def test_a_share_measures_no_target_in_another_unit(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_memorandum="target_2_1: 4\nunit_2_1: خدمت\n", f_2_1=services("yes", "no"))
    assert found.states("2-1", "request") == ["pending"] * 3


# ---------------------------------------------------------------- levels


@pytest.mark.parametrize(("level", "score"), [("complete", 10), ("partial", None), ("none", 0), ("", None)])
def test_levels(level: str, score: int | None, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_3_4=f"managers_level: {level}\n")
    assert found.value("3-4", "managers") == score
    missing = found.row("3-4", "managers").filled.missing
    assert missing == (() if level else ("اجرای دوره‌های آموزشی مصوب مدیران",))


def test_the_evaluator_gives_the_score_of_a_part(tmp_path: Path, shipped: Library) -> None:
    text = "managers_level: partial\nscores: {managers: {evaluator: 6.5, comment: ۲۶ ساعت از ۴۰ ساعت}}\n"
    found = scored(tmp_path, shipped, f_3_4=text)
    assert found.states("3-4", "managers") == ["pending", "entered", "entered"]
    assert found.value("3-4", "managers", "final") == Decimal("6.5")


# ---------------------------------------------------------------- not applicable


@pytest.mark.parametrize(("counties", "ceiling"), [("yes", 1000), ("no", 980), ("", 1000)])
def test_without_county_units_the_ceiling_is_980(counties: str, ceiling: int, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, case=f"stage: final\nhas_counties: {counties}\n")
    assert found.card.ceiling == ceiling
    assert found.card.spec.total == 1000
    assert sum(axis.ceiling for axis in found.card.axes[1:]) == 875  # nothing goes to the others
    assert [each.cap for each in found.card.indicators[:4]] == [50, 25, 20, 30]
    assert sum(each.ceiling for each in found.card.indicators[:4]) == ceiling - 875


def test_what_does_not_apply_is_no_zero_and_not_pending(tmp_path: Path, shipped: Library) -> None:
    text = "scores: {duties: {self: 6, evaluator: 6, comment: ثبت شده}}\n"
    found = scored(tmp_path, shipped, case="stage: final\nhas_counties: no\n", f_1_4=text)
    assert found.states("1-3", "delegation") == ["not_applicable"] * 3
    assert found.value("1-3", "delegation") is None
    assert [found.card.indicators[2].totals[stage].value for stage in STAGES] == [None] * 3
    assert [found.card.totals[stage].pending for stage in STAGES] == [99] * 3  # 101 without this row and the scored one
    assert found.card.percent("final") == Decimal(6) / 980 * 100


def test_a_score_where_nothing_applies_is_told(tmp_path: Path, shipped: Library) -> None:
    text = "scores: {delegation: {evaluator: 20}}\n"
    found = scored(tmp_path, shipped, case="stage: final\nhas_counties: no\n", f_1_3=text)
    assert found.value("1-3", "delegation", "final") is None
    assert "score-not-applicable" in [each.code for each in found.problems("1-3")]


# ---------------------------------------------------------------- entered beside computed


@pytest.mark.parametrize(
    ("typed", "state"),
    [("7", "computed"), ("7.0", "computed"), ("6.991", "computed"), ("6.99", "overridden"), ("0", "overridden")],
)
def test_a_typed_score_is_the_computed_one_or_another(typed: str, state: str, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_4=f"{SAMAD}{REPORT}scores: {{complaints: {{evaluator: {typed}}}}}\n")
    assert found.states("6-4", "complaints") == ["computed", state, state]
    assert found.value("6-4", "complaints", "final") == Decimal(typed)
    codes = [each.code for each in found.problems("6-4")]
    assert ("score-changed" in codes) == (state == "overridden")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("evaluator_by: الف", True),
        ("evaluator_why: بازبینی", True),
        ("evaluator_by: الف, evaluator_why: بازبینی", False),
    ],
)
def test_who_changes_a_score_says_so_and_why(words: str, told: bool, tmp_path: Path, shipped: Library) -> None:
    text = f"{SAMAD}{REPORT}scores: {{complaints: {{evaluator: 3.5, {words}}}}}\n"
    found = scored(tmp_path, shipped, f_6_4=text)
    assert ("score-changed" in [each.code for each in found.problems("6-4")]) == told


def test_a_confirmed_suggestion_is_entered(tmp_path: Path, shipped: Library) -> None:
    """A third of 50 has more decimals than anybody types: 33.33 confirms it, 33.3 changes it."""
    text = "achieved: 4\nscores: {{processes: {{evaluator: {}}}}}\n"
    for typed, state in (("33.33", "entered"), ("33.3", "overridden")):
        folder = tmp_path / state
        found = scored(folder, shipped, f_memorandum="target_2_5: 6\n", f_2_5=text.format(typed))
        assert found.states("2-5", "processes") == ["suggested", state, state]


@pytest.mark.parametrize(("typed", "refused"), [("0", False), ("7", False), ("7.01", True), ("-0.5", True)])
def test_a_score_lies_between_nothing_and_the_cap(typed: str, refused: bool, tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_7_2=f"scores: {{sessions: {{self: {typed}}}}}\n")
    wrong = [each for each in found.problems("7-2") if each.code == "constraint"]
    assert bool(wrong) == refused


def test_manual_rows_are_never_scored_by_their_figures(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_2_9="opinions: 46\n", f_3_3="women_97: 4\nmanagers_97: 4\n")
    assert found.states("2-9", "opinions") == found.states("3-3", "women") == ["pending"] * 3
    assert "۴۶ نظر" in found.row("2-9", "opinions").derivation


def test_a_row_scored_outside_waits_for_its_assessor(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_6_3="scores: {prayer: {self: 16}}\n")
    assert found.states("6-3", "prayer") == ["entered", "pending", "pending"]
    assert found.row("6-3", "prayer").derivation == "ارزیابی با ستاد اقامه نماز"


@pytest.mark.parametrize(
    ("stage", "states"),
    [
        ("self", ["computed", "ahead", "ahead"]),
        ("evaluator", ["computed", "computed", "ahead"]),
        ("final", ["computed"] * 3),
        ("", ["computed", "ahead", "ahead"]),
    ],
)
def test_stages_not_reached_have_no_scores(stage: str, states: list[str], tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, case=f"stage: {stage}\n", f_6_4=SAMAD)
    assert found.states("6-4", "complaints") == states
    assert [total.value for total in found.card.totals.values()] == [
        None if state == "ahead" else Decimal(10) for state in states
    ]


# ---------------------------------------------------------------- 7/1-3


def test_self_and_final_are_compared_without_the_row_itself(tmp_path: Path, shipped: Library) -> None:
    """6 + 11 against 5 + 9.5; neither the 8 and 7 of the row itself nor the 27 nobody has answered to count."""
    sessions = "sessions: {self: 6, evaluator: 5}, decisions_carried_out: {self: 11, evaluator: 9, final: 9.5}"
    own = "convergence: {self: 8, evaluator: 6, final: 7}, cooperation: {self: 27}"
    found = scored(tmp_path, shipped, f_7_1=f"scores: {{{own}}}\n", f_7_2=f"scores: {{{sessions}}}\n")
    told = found.row("7-1", "convergence").derivation
    assert told.startswith("بدون این نماگر: خودارزیابی ۱۷، نهایی ۱۴٫۵ ← اختلاف ۲٫۵")
    assert "۹۸ نماگر" in told  # 101 without itself and these two
    assert found.value("7-1", "convergence", "final") == 7


def test_without_other_scores_there_is_nothing_to_compare(tmp_path: Path, shipped: Library) -> None:
    found = scored(tmp_path, shipped, f_7_1="scores: {convergence: {self: 8, final: 7}}\n")
    assert found.row("7-1", "convergence").derivation == "در انتظار امتیاز دیگر نماگرها"
