"""``assembler new``: asked in the terminal or told by options, a case begins ready to fill in."""

from __future__ import annotations

import io
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assembler.base.problems import ExitCode
from assembler.base.yamlfile import MappingNode, Scalar, read
from tests.cli.conftest import Run
from tests.conftest import REPORT, Workplace, write_report

CASE_FIELDS = """\
choices:
  kinds: [{name: national, label: دستگاه ملی}, {name: provincial, label: واحد استانی}]
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
  - {name: kind, type: select_one kinds, label: نوع, hint: یکی را برگزینید., required: true}
  - {name: province, type: text, label: استان, relevant: kind == 'provincial', required: true}
  - name: year
    type: integer
    label: سال
    required: true
    default: ۱۳۹۸
    constraint: year > 1390
    constraint_message: سال باید پس از ۱۳۹۰ باشد.
  - {name: areas, type: select_multiple kinds, label: حوزه‌ها, required: true}
  - {name: above, type: text, label: بالادست, appearance: multiline, required: true}
  - {name: motto, type: text, label: شعار, default: جهش تولید}
  - {name: address, type: text, label: نشانی}
"""
FIELDS = ["agency=اداره: ۱", "kind=national", "areas=national، provincial", "above=بالا", "year=1399"]
SET = [word for field in FIELDS for word in ("--set", field)]


@pytest.fixture
def asking(workplace: Workplace) -> Workplace:
    begin, end = REPORT.index("case:"), REPORT.index("parts:")
    write_report(workplace.folder, REPORT[:begin] + CASE_FIELDS + REPORT[end:])
    return workplace


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed, an entry a prompt; the list must be used up."""
    lines: list[str] = []

    def prompt(*_: object, **__: object) -> str:
        if not lines:
            raise click.Abort
        return lines.pop(0)

    monkeypatch.setattr(click, "prompt", prompt)
    yield lines
    assert lines == []


def fields(case: Path) -> dict[str, str | None]:
    node, problems = read(case / "case.yaml")
    assert problems == ()
    assert isinstance(node, MappingNode)
    return {key: value.text for key, value in node.entries.items() if isinstance(value, Scalar)}


def test_a_case_is_started_from_options(run: Run, asking: Workplace, tmp_path: Path) -> None:
    outcome = run("new", "demo", tmp_path / "my", "--no-input", *SET, *asking.options)
    assert (outcome.code, outcome.err) == (ExitCode.OK, "")
    assert f"Case started in {tmp_path / 'my'} (files: 2)" in outcome.out
    found = fields(tmp_path / "my")
    assert (found["report"], found["agency"], found["year"], found["motto"]) == (
        "demo",
        "اداره: ۱",
        "1399",
        "جهش تولید",
    )
    assert found["address"] is None
    checked = run("check", tmp_path / "my", "--json", *asking.options).json
    assert {problem["code"] for problem in checked} == {"required", "too-few-rows", "answer-unprinted"}
    assert {problem["form"] for problem in checked} == {"demo/visit", "case"}


def test_the_next_command_can_be_copied_whatever_the_folder_is_called(
    run: Run, asking: Workplace, tmp_path: Path
) -> None:
    folder = tmp_path / "my case & more"
    outcome = run("new", "demo", folder, "--no-input", *SET, *asking.options)
    typed = [shlex.split(line.partition("   # ")[0]) for line in outcome.out.splitlines()[-3:]]
    assert [words[:3] for words in typed] == [["assembler", each, str(folder)] for each in ("fill", "check", "build")]
    assert [sorted(words[3:]) for words in typed] == 3 * [sorted(asking.options)]


def test_without_input_required_fields_may_stay_blank(run: Run, asking: Workplace, tmp_path: Path) -> None:
    assert run("new", "demo", tmp_path / "my", "--no-input", *asking.options).code == 0
    found = fields(tmp_path / "my")
    assert (found["agency"], found["year"]) == (None, "1398")
    codes = [problem["code"] for problem in run("check", tmp_path / "my", "--json", *asking.options).json]
    assert set(codes) == {"required", "too-few-rows", "answer-unprinted"}


def test_required_fields_are_asked_and_judged_at_once(
    run: Run, asking: Workplace, tmp_path: Path, typed: list[str]
) -> None:
    typed += ["", "اداره", "۳", "۲", "تهران", "۱۳۸۵", "", "1، 2", "بالا", "پایین", ""]
    outcome = run("new", "demo", tmp_path / "my", *asking.options)
    assert outcome.code == 0
    found = fields(tmp_path / "my")
    assert (found["agency"], found["kind"], found["province"], found["year"]) == (
        "اداره",
        "provincial",
        "تهران",
        "1398",
    )
    assert found["above"] == "بالا\nپایین"
    assert "«نام دستگاه» is required and empty." in outcome.out
    assert "«۳» is not one of the choices of «نوع»." in outcome.out
    assert "سال باید پس از ۱۳۹۰ باشد." in outcome.out
    assert "  یکی را برگزینید.\n  1. دستگاه ملی\n  2. واحد استانی\n" in outcome.out
    assert "نشانی" not in outcome.out
    assert "سال\n  a whole number\n" in outcome.out


def test_what_does_not_apply_or_was_set_is_not_asked(
    run: Run, asking: Workplace, tmp_path: Path, typed: list[str]
) -> None:
    typed += ["1", "1399", "2", "بالا", ""]
    outcome = run("new", "demo", tmp_path / "my", "--set", "agency=اداره", *asking.options)
    assert outcome.code == 0
    assert fields(tmp_path / "my")["province"] is None


def test_breaking_off_leaves_nothing(run: Run, asking: Workplace, tmp_path: Path, typed: list[str]) -> None:
    typed += ["اداره"]
    before = sorted(tmp_path.iterdir())
    outcome = run("new", "demo", tmp_path / "my", *asking.options)
    assert outcome.code == ExitCode.INTERRUPTED
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("agency", "NAME=VALUE"),
        ("agenci=x", "«agency»"),
        ("kind=bad", "  [not-a-choice case.kind]"),
        ("year=1380", "سال باید پس از ۱۳۹۰ باشد."),
        ("agency=", "required"),
    ],
)
def test_a_wrong_field_starts_nothing(run: Run, asking: Workplace, tmp_path: Path, given: str, told: str) -> None:
    outcome = run("new", "demo", tmp_path / "my", "--no-input", "--set", given, *asking.options)
    assert outcome.code == ExitCode.USAGE
    assert told in outcome.err
    assert not (tmp_path / "my").exists()


def test_a_mistyped_report_is_guessed(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    outcome = run("new", "demmo", tmp_path / "my", *workplace.options)
    assert outcome.code == ExitCode.USAGE
    assert "«demo»" in outcome.err


def test_a_used_folder_is_refused_before_anything_is_asked(run: Run, workplace: Workplace) -> None:
    outcome = run("new", "demo", workplace.case, *workplace.options)
    assert outcome.code == ExitCode.USAGE
    assert "[case-exists]" in outcome.err


def test_last_years_answers_are_taken_over(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    (workplace.case / "attachments" / "unused.pdf").write_bytes(b"%PDF")
    outcome = run("new", "demo", tmp_path / "my", "--from", workplace.case, *workplace.options)
    assert (outcome.code, outcome.err) == (ExitCode.OK, "")
    assert "Answers taken over, to be confirmed: 4" in outcome.out
    assert list((tmp_path / "my" / "attachments").iterdir()) == []
    checked = run("check", tmp_path / "my", *workplace.options)
    assert checked.code == ExitCode.OK
    assert checked.out.count("[carried]") == 1
    assert "4 answers came from the case demo and are not confirmed yet" in checked.out
    assert "«بازدید» (3)" in checked.out
    assert run("accept", tmp_path / "my", "carried", "--all", "--why", "بازبینی شد", *workplace.options).code == 0
    assert "[carried]" not in run("check", tmp_path / "my", *workplace.options).out


def test_a_field_told_anew_is_not_carried(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    options = ["--set", "agency=تازه", "--from", workplace.case, *workplace.options]
    assert run("new", "demo", tmp_path / "my", *options).code == 0
    assert fields(tmp_path / "my")["agency"] == "تازه"
    assert "3 answers came from the case demo" in run("check", tmp_path / "my", *workplace.options).out


def test_attachments_that_answers_name_are_copied(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    form = workplace.specs / "demo" / "visit.yaml"
    form.write_text(form.read_text(encoding="utf-8") + "  - {name: paper, type: file, label: سند}\n", encoding="utf-8")
    answers = workplace.case / "answers" / "visit.yaml"
    answers.write_text(answers.read_text(encoding="utf-8") + "paper: نامه‌ها/یک.pdf\n", encoding="utf-8")
    (workplace.case / "attachments" / "نامه‌ها").mkdir()
    (workplace.case / "attachments" / "نامه‌ها" / "یک.pdf").write_bytes(b"%PDF")
    assert run("new", "demo", tmp_path / "my", "--from", workplace.case, *workplace.options).code == 0
    assert (tmp_path / "my" / "attachments" / "نامه‌ها" / "یک.pdf").read_bytes() == b"%PDF"


def test_the_register_of_persons_goes_with_them(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    register = workplace.case / "persons.yaml"
    register.write_text("- {name: پ. نمونه, post: رئیس}\n", encoding="utf-8")
    assert run("new", "demo", tmp_path / "my", "--from", workplace.case, *workplace.options).code == 0
    assert (tmp_path / "my" / "persons.yaml").read_bytes() == register.read_bytes()


def test_a_broken_case_is_not_taken_over(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    (workplace.case / "answers" / "visit.yaml").write_text("form: [", encoding="utf-8")
    outcome = run("new", "demo", tmp_path / "my", "--from", workplace.case, *workplace.options)
    assert outcome.code == ExitCode.ANSWERS
    assert not (tmp_path / "my").exists()


def test_it_speaks_persian(run: Run, workplace: Workplace, tmp_path: Path, typed: list[str]) -> None:
    typed += ["", "اداره"]
    outcome = run("--lang", "fa", "new", "demo", tmp_path / "my", *workplace.options)
    assert "پر کردن «نام دستگاه» الزامی است" in outcome.out
    assert "پرونده در" in outcome.out


def test_answers_may_come_through_a_pipe(
    run: Run, workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("اداره\n"))
    assert run("new", "demo", tmp_path / "my", *workplace.options).code == 0
    assert fields(tmp_path / "my")["agency"] == "اداره"


# ---------------------------------------------------------------- years and periods

_YEARLY = """\
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
  - {name: motto, type: text, label: شعار, required: true}
  - {name: year, type: integer, label: سال, required: true}
  - {name: turn, type: integer, label: دوره, required: true}
years:
  field: year
  kit: [motto]
  known: {1398: {motto: رونق}}
periods: {year: case.year, number: case.turn, unit: "{{ case.agency }}"}
"""


@pytest.fixture
def yearly(workplace: Workplace) -> Workplace:
    """A report whose cases follow one another, in years that have mottos."""
    head, _, rest = REPORT.partition("case:\n")
    write_report(workplace.folder, head + _YEARLY + rest[rest.index("parts:") :])
    (workplace.case / "case.yaml").write_text(
        "report: demo\nagency: اداره نمونه\nyear: 1397\nturn: 6\nmotto: حمایت\n", encoding="utf-8"
    )
    return workplace


def test_the_year_is_asked_first_and_what_is_known_of_it_proposed(
    run: Run, yearly: Workplace, tmp_path: Path, typed: list[str]
) -> None:
    typed += ["1398", "اداره", "", "2"]
    outcome = run("new", "demo", tmp_path / "my", *yearly.options)
    assert outcome.code == ExitCode.OK
    assert outcome.out.index("سال") < outcome.out.index("نام دستگاه") < outcome.out.index("شعار")
    assert fields(tmp_path / "my")["motto"] == "رونق"


def test_nothing_is_proposed_for_a_year_nobody_knows(run: Run, yearly: Workplace, tmp_path: Path) -> None:
    options = ["--no-input", "--set", "year=1402", "--from", yearly.case, *yearly.options]
    assert run("new", "demo", tmp_path / "my", *options).code == ExitCode.OK
    assert fields(tmp_path / "my")["motto"] is None
    assert "[year-unknown case.year]" in run("check", tmp_path / "my", *yearly.options).out


def test_the_next_period_follows_and_names_the_one_before(run: Run, yearly: Workplace, tmp_path: Path) -> None:
    options = ["--no-input", "--from", yearly.case, *yearly.options]
    assert run("new", "demo", tmp_path / "my", *options).code == ExitCode.OK
    started = fields(tmp_path / "my")
    assert (started["year"], started["turn"], started["motto"]) == ("1398", "1", "رونق")
    assert (tmp_path / "my" / str(started["previous"])).resolve() == yearly.case.resolve()


def test_in_the_same_year_what_belongs_to_it_is_taken_over(run: Run, yearly: Workplace, tmp_path: Path) -> None:
    options = ["--no-input", "--set", "year=1397", "--set", "turn=5", "--from", yearly.case, *yearly.options]
    outcome = run("new", "demo", tmp_path / "my", *options)
    assert fields(tmp_path / "my")["motto"] == "حمایت"
    assert "case.motto" not in outcome.out
