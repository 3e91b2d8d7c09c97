"""``assembler reports``: what there is to be made, and for whom."""

from __future__ import annotations

from tests.cli.conftest import Run
from tests.conftest import REPORT, REPOSITORY, Workplace, write_report

SPECS = ("--specs", REPOSITORY / "form_specs")


def test_a_report_is_listed_with_all_that_helps_to_choose(run: Run, workplace: Workplace) -> None:
    assert "source: {document: demo}" in REPORT
    told = REPORT.replace("source: {document: demo}", "source: {document: demo}\naudience: اداره‌ها")
    write_report(workplace.folder, told.replace("title: ", "title: «{{ case.agency }}» ", 1))
    outcome = run("reports", *workplace.options)
    assert outcome.code == 0
    assert "«…» " in outcome.out.splitlines()[0]
    assert outcome.out.splitlines()[0].endswith("  [demo]")
    assert "  Guidance: demo\n  For: اداره‌ها\n  Forms (1): visit\n" in outcome.out
    (found,) = run("reports", "--json", *workplace.options).json
    assert (found["id"], found["audience"], found["forms"]) == ("demo", "اداره‌ها", ["demo/visit"])


def test_every_shipped_report_says_for_whom_it_is(run: Run) -> None:
    found = run("reports", "--json", *SPECS).json
    assert len(found) >= 6
    assert [report["id"] for report in found if not report["audience"]] == []


def test_a_report_is_shown_with_what_its_letters_say_of_their_own(run: Run) -> None:
    shown = run("reports", *SPECS, "show", "service-desk")
    assert shown.code == 0
    assert "(The office's own: راهنما دوره دو ماهه را گفته است" in shown.out
    assert "        [بند ۱ راهنمای شماره ۱]\n" in shown.out
    assert "Of the office's own, save what names a clause: راهنما فرستادن فرم را خواسته است" in shown.out
    assert "─ فرم پیوست این نامه جایگزین فرم ارسالی با نامه شماره … می‌گردد" in shown.out
    assert "{{" not in shown.out


def test_a_mistyped_report_is_guessed(run: Run) -> None:
    shown = run("reports", *SPECS, "show", "servise-desk")
    assert shown.code != 0
    assert "«service-desk»" in shown.err
