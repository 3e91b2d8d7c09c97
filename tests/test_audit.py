"""The measure of the checker: the published Tehran report of 1399, read as an auditor would, without its acceptances.

The lists are what its data contradict, written down from the source; whatever else is found is a false alarm.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assembler.actions.build import build
from assembler.base.problems import Problem, has_errors
from assembler.base.settings import Settings
from assembler.cli import cli
from assembler.pipeline import read

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(ROOT / "form_specs", ROOT / "letter_templates")

# (code, form, row, column) of every finding of the Tehran case; rows as the answer file has them, bands included.
ERRORS = {
    ("above-cap", "08", 5, "self_score"),  # 0.8 of 0.6
    ("above-cap", "08", 7, "self_score"),
    ("above-cap", "11", 2, "self_score"),  # 1.2 of 0.8
    ("duration", "01", 6, "duration_days"),  # 1/10 to 13/10: 14
    ("duration", "01", 17, "duration_days"),  # 10/10 to 27/10: 7
    ("duration", "01", 48, "duration_days"),  # 1/10 to 8/10: 3
    ("duration", "01", 58, "duration_days"),  # 1/10 to 30/10: 5
    ("duration", "01", 61, "duration_days"),  # 1/8 to 15/11: 90
    ("duration", "01", 62, "duration_days"),
    ("total-above-cap", "08", None, "self_score"),  # 5.4 of 5.0
    ("no-room", "01", 53, "quantity"),  # 62 monthly reports in two months
    ("number-repeated", "05", 14, "no"),  # 12 again
    ("number-repeated", "05", 15, "no"),  # 13 again
    ("number-repeated", "14", 3, "no"),  # 2 again
}
WARNINGS = {
    ("rule", "08", None, None),  # the note tells of what the full scores deny
    ("column-empty", "10", None, "self_score"),
    ("cell-blank", "01", 4, "responsible"),
    ("cell-blank", "01", 44, "quantity"),
    ("cell-blank", "01", 66, "quantity"),
    ("cell-blank", "01", 67, "quantity"),
    ("group-rule", "01", None, "quantity"),  # 24 of 24، 24، 24, but 5 of 1، 1، 1، 1، 1
    ("rule", "01", None, None),  # 24 services and 9; 6 sessions and 5
    *(("too-early", "01", row, "start") for row in (33, 61, 62, 66, 67)),  # before the plan was approved
    ("columns-differ", "04", None, None),
    ("text-unfinished", "04", 18, "title"),
    ("columns-differ", "05", None, None),
    *(("constraint", "05", row, "no_publish_reason") for row in (5, 17, 19)),  # «دارد» beside a reason
    ("text-unfinished", "07", 1, "in_process"),
    ("text-question", "07", 11, "in_process"),
    ("rhythm-gap", "14", 2, "date"),  # no visit on 12 Esfand
    ("post-differs", "letter-4", None, None),  # «سرپرست» of whom the members call «رئیس»
    ("names-differ", "chapter-2", None, None),  # thmporg.ir and th.mporg.ir
    ("percent-rounding", "chapter-5", None, None),  # 4 of 32 said to be 12
    ("count-differs", "chapter-5", None, None),  # 600 person-hours planned, 37 persons of 8 hours
}
INFORMATION = {
    *(("cell-blank", "05", row, "publish_method") for row in (5, 14, 15, 16, 17, 19)),
    ("names-differ", "01", 53, "action"),
    ("names-differ", "07", 1, "unit"),
    ("names-differ", "07", 6, "unit"),
    ("loose-date-ambiguous", "chapter-5", None, None),  # ۹/۷/۵
    ("loose-date-mixed", "chapter-5", None, None),  # ۹۹/۸/۲۰ and ۱۳۹۹/۱۱/۲۹
    ("letter-incomplete", None, None, None),
    ("mark-unexplained", "01", 16, "action"),  # six of them
    ("columns-moved", "04", None, None),
    ("columns-moved", "05", None, None),
    ("counting-mixed", "01", None, "duration_days"),  # 45 rows count the first day, 9 do not
}

Key = tuple[str, str | None, int | None, str | None]


def key(found: Problem) -> Key:
    place = found.place
    return found.code, place.form and place.form.rpartition("/")[2], place.row, place.column


@pytest.fixture(scope="module")
def without_acceptances(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = tmp_path_factory.mktemp("audit") / "tehran-1399"
    shutil.copytree(ROOT / "samples" / "tehran-1399", case, ignore=shutil.ignore_patterns("accepted.yaml", "output"))
    return case


@pytest.fixture(scope="module")
def findings(without_acceptances: Path) -> tuple[Problem, ...]:
    return read(without_acceptances, SETTINGS).problems


@pytest.mark.parametrize(
    ("severity", "expected"), [("error", ERRORS), ("warning", WARNINGS), ("information", INFORMATION)]
)
def test_the_tehran_report_read_as_an_auditor(findings: tuple[Problem, ...], severity: str, expected: set[Key]) -> None:
    assert {key(found) for found in findings if found.severity == severity} == expected


def test_every_finding_tells_its_evidence_and_what_to_do(findings: tuple[Problem, ...]) -> None:
    for found in findings:
        assert found.message
        assert found.hint
        assert found.place.form is None or (found.place.file and found.place.line), found.code


def test_the_bands_of_the_plan_are_the_evidence_that_their_rule_is_not_uniform(findings: tuple[Problem, ...]) -> None:
    (rule,) = [found for found in findings if found.code == "group-rule"]
    for evidence in ("«الف» 24 = greatest", "«ب» 5 = sum or count (1, 1, 1, 1, 1)", "«ج» 2 = greatest or count (2, 1)"):
        assert evidence in rule.message
    assert "«د»" not in rule.message  # of one row: it fits every rule


def test_the_shipped_sample_accepts_its_errors_with_a_reason() -> None:
    reading = read(ROOT / "samples" / "tehran-1399", SETTINGS)
    assert not has_errors(reading.problems)
    accepted = {key(one.problem) for one in reading.accepted}
    assert accepted >= ERRORS
    assert all(one.why for one in reading.accepted)


def test_an_accepted_finding_returns_when_the_data_change(tmp_path: Path) -> None:
    case = tmp_path / "tehran-1399"
    shutil.copytree(ROOT / "samples" / "tehran-1399", case, ignore=shutil.ignore_patterns("output"))
    answers = case / "answers" / "11.yaml"
    text = answers.read_text(encoding="utf-8")
    changed = re.sub(r"(r2: \{self_score: )[^}]+", r"\g<1>1.3", text)
    assert changed != text
    answers.write_text(changed, encoding="utf-8")
    returned = [found for found in read(case, SETTINGS).problems if found.code == "above-cap"]
    assert [key(found) for found in returned] == [("above-cap", "11", 2, "self_score")]


def test_the_khuzestan_plan_gives_no_errors() -> None:
    assert not has_errors(read(ROOT / "samples" / "khuzestan-1397", SETTINGS).problems)


PLANTED: list[tuple[str, Callable[[str], str], Key]] = [
    ("14.yaml", lambda text: text.replace("1399/12/05", "1399/12/32", 1), ("no-such-day", "14", 1, "date")),
    (
        "09.yaml",
        lambda text: re.sub(r"(r1: \{self_score: )[^}]+", r"\g<1>2", text),
        ("above-cap", "09", 1, "self_score"),
    ),
    (
        "09.yaml",
        lambda text: re.sub(r"(r3: \{self_score: )[^}]+", r"\g<1>-0.75", text),
        ("constraint", "09", 3, "self_score"),
    ),
    (
        "14.yaml",
        lambda text: text.replace("سه‌شنبه, date: 1399/12/19", "دوشنبه, date: 1399/12/19"),
        ("weekday-differs", "14", 2, "day"),
    ),
    ("13.yaml", lambda text: text.replace("1399/09/24", "1399/08/24"), ("not-rising", "13", 3, "date")),
    (
        "13.yaml",
        lambda text: text.replace("- مرور بخشنامه شماره ۱۷۳۷۰۶ تاریخ ۹۳/۱۲", "- مرور بخشنامه شماره ۱۷۳۷۰۶ تاریخ ۹۳/۱۱"),
        ("citation-differs", "13", 3, "resolutions"),  # one of two: whichever is right
    ),
    (
        "chapter-2.yaml",
        lambda text: text.replace("خدمات ۹ گانه", "خدمات ۱۱ گانه", 1),
        ("count-differs", "chapter-2", None, None),
    ),
]


@pytest.mark.parametrize(
    ("file", "plant", "expected"), PLANTED, ids=[f"{file} {expected[0]}" for file, _, expected in PLANTED]
)
def test_a_planted_fault_is_found_at_its_cell(
    without_acceptances: Path, tmp_path: Path, file: str, plant: Callable[[str], str], expected: Key
) -> None:
    case = tmp_path / "tehran-1399"
    shutil.copytree(without_acceptances, case)
    answers = case / "answers" / file
    text = answers.read_text(encoding="utf-8")
    planted = plant(text)
    assert planted != text
    answers.write_text(planted, encoding="utf-8")
    assert expected in {key(found) for found in read(case, SETTINGS).problems}


def test_a_built_case_tells_the_page(tmp_path: Path) -> None:
    case = tmp_path / "tehran-1399"
    shutil.copytree(ROOT / "samples" / "tehran-1399", case, ignore=shutil.ignore_patterns("output"))
    built = build(case, case / "output", SETTINGS)
    page = built.receipt.item_pages["tehran-1399/14.visits"]
    assert 30 < page < built.receipt.pages
    options = ["--specs", str(SETTINGS.specs), "--templates", str(SETTINGS.templates)]
    told = CliRunner().invoke(cli, ["--lang", "en", "check", str(case), *options]).output
    (line,) = [line for line in told.splitlines() if "[rhythm-gap" in line]
    assert f" (page {page}) " in line
