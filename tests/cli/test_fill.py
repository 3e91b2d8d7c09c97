"""``assembler fill`` at a terminal, and with lines of standard input."""

from __future__ import annotations

import io
import random
import sys
import time
from pathlib import Path

import pytest

from assembler.actions.open_case import OpenCase
from assembler.actions.set import set_answer
from assembler.base.persian import ZWNJ
from assembler.cli.bidi import is_ours, turned, turns_lines, wrapped
from assembler.cli.table import width as width_of
from tests.cli.conftest import Run
from tests.cli.terminals import Terminal, answers
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace, write_answers, write_case


@pytest.fixture
def rich(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path)


def fill(workplace: Workplace, *arguments: str, environment: dict[str, str] | None = None) -> Terminal:
    terminal = Terminal(["fill", str(workplace.case), *arguments, *workplace.options], environment)
    terminal.until("> ")
    return terminal


# ---------------------------------------------------------------- at a terminal


def test_an_answer_is_on_disk_when_the_next_question_shows(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.answer("بازدید از اداره", "بازدید شد؟")
    terminal.kill()
    assert "title: بازدید از اداره" in answers(rich.case)


def test_killed_sessions_lose_nothing_and_go_on(rich: Workplace) -> None:
    """Killed at random moments: what was confirmed stays, every file can be read, the lock is free."""
    chance, confirmed = random.Random(1398), ""
    for number in range(4):
        terminal = fill(rich, "visit", "--all")
        terminal.answer(f"عنوان {number}", "پرسش ۲")
        confirmed = f"title: عنوان {number}"
        terminal.type("بلی\r")
        time.sleep(chance.random() * 0.15)
        terminal.kill()
        assert confirmed in answers(rich.case)
        assert OpenCase.read(rich.case, rich.settings).problems == ()
    terminal = fill(rich, "visit", "--all")
    assert "عنوان 3" in terminal.seen or "عنوان ۳" in terminal.seen
    terminal.kill()


def test_leaving_says_what_is_missing(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.type("خروج\r")
    assert terminal.end() == 3
    assert "ذخیره شده است" in terminal.seen
    assert "هنوز کم است" in " ".join(terminal.seen.split())  # wherever the line is broken


@pytest.mark.parametrize("key", ["\x04", "\x03"])
def test_control_keys_leave(rich: Workplace, key: str) -> None:
    terminal = fill(rich)
    terminal.answer("بازدید", "بازدید شد؟")
    terminal.until_quiet()
    terminal.type(key)
    assert terminal.end() == 3
    assert "ذخیره شده است" in terminal.seen
    assert "title: بازدید" in answers(rich.case)


def test_a_narrative_that_was_begun_is_kept_by_leaving(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.answer("برو شرح")
    terminal.answer("بند نخست", "… ")
    terminal.until_quiet()
    terminal.type("\x04")
    terminal.end()
    assert "بند نخست" in answers(rich.case)


def test_a_line_longer_than_a_terminals_own_comes_whole(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.type("س" * 50_000 + "\r")
    terminal.until("بازدید شد؟")
    terminal.kill()
    assert answers(rich.case).count("س") == 50_000


def test_bytes_that_are_no_text_do_not_end_the_session(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.answer("برو امتیاز")
    terminal.until_quiet()
    terminal.type(b"\xff\xfe7\r")
    terminal.until("عدد نیست")
    terminal.answer("۷", "شرح")
    terminal.kill()
    assert "score: 7" in answers(rich.case)


def test_pasted_cells_with_tabs_come_whole(rich: Workplace) -> None:
    """A terminal that brackets what is pasted gives all lines at once."""
    terminal = fill(rich)
    terminal.answer("برو visit.services", "#> ")
    terminal.answer("چسباندن", "┆ ")
    terminal.until_quiet()
    terminal.type("\x1b[200~نام خدمت\tتعداد\r\nگواهی\t۱۲\r\nمجوز\t۳\r\n\x1b[201~\r")
    terminal.until("فهمیده شد: ۲ ردیف")
    terminal.answer("بله", "#> ")
    terminal.kill()
    assert "name: گواهی" in answers(rich.case)
    assert "count: 3" in answers(rich.case)


def test_cells_typed_ahead_line_by_line_come_whole(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.answer("برو visit.services", "#> ")
    terminal.until_quiet()
    terminal.type(":p\r" + "".join(f"خدمت {number}\t{number}\r" for number in range(60)) + "\r")
    terminal.until("فهمیده شد: ۶۰ ردیف")
    terminal.answer("بله", "#> ")
    terminal.kill()
    assert "خدمت 59" in answers(rich.case)


def test_an_editor_opens_a_narrative(rich: Workplace, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'بند اول\\nبند دوم\\n' > \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    terminal = fill(rich, environment={"EDITOR": str(editor), "VISUAL": str(editor)})
    terminal.answer("برو شرح")
    terminal.answer(":e", "تصویر")
    terminal.kill()
    assert "بند دوم" in answers(rich.case)


def test_a_changed_width_holds_from_the_next_question_on(rich: Workplace) -> None:
    terminal = fill(rich)
    terminal.until_quiet()
    terminal.resize(40)
    terminal.answer("؟", "بازگشت به پرسش پیش")
    terminal.until("> ")
    lines = terminal.seen.split("به جای پاسخ")[1].splitlines()
    terminal.kill()
    assert max(map(width_of, lines)) < 40


def test_colours_only_where_they_are_wanted(rich: Workplace) -> None:
    plain = fill(rich, environment={"NO_COLOR": "1"})
    plain.kill()
    coloured = fill(rich)
    coloured.kill()
    assert b"\x1b[1m" not in plain.raw
    assert b"\x1b[1m" in coloured.raw


def test_the_terminal_is_put_back_as_it_was(rich: Workplace) -> None:
    import termios

    terminal = Terminal(["fill", str(rich.case), *rich.options])
    before = termios.tcgetattr(terminal.handle)[3]
    terminal.until("> ")
    terminal.type(":q\r")
    terminal.until("ذخیره")
    time.sleep(0.5)
    assert termios.tcgetattr(terminal.handle)[3] == before
    terminal.end()


def test_two_people_fill_in_one_case(rich: Workplace) -> None:
    first, second = fill(rich), fill(rich)
    first.answer("از نخست", "بازدید شد؟")
    second.answer("از دوم", "نوشته شود؟")
    second.answer("نه", "بازدید شد؟")
    second.answer("بلی", "روزها")
    first.answer("رد", "روزها")  # the second one answered it
    first.kill()
    second.kill()
    assert "title: از نخست\n" in answers(rich.case)
    assert "visited: yes\n" in answers(rich.case)
    assert OpenCase.read(rich.case, rich.settings).problems == ()


def test_leaving_before_an_answer_could_be_written_says_so(rich: Workplace) -> None:
    terminal = fill(rich)
    set_answer(rich.case, "demo/visit.title", "از دیگری", rich.settings)
    terminal.answer("از من", "نوشته شود؟")
    terminal.until_quiet()
    terminal.type("\x04")
    terminal.end()
    assert "آخرین پاسخ شما نوشته نشده است" in " ".join(terminal.seen.split())
    assert "title: از دیگری" in answers(rich.case)


def test_a_case_is_changed_between_two_answers(rich: Workplace, run: Run) -> None:
    terminal = fill(rich)
    assert run("set", rich.case, "demo/second.printed:1.value", "5", *rich.options).code == 0
    terminal.answer("بازدید", "second.yaml را تغییر داد")
    terminal.kill()


def test_lines_are_turned_for_terminals_that_do_not(rich: Workplace) -> None:
    terminal = Terminal(["fill", str(rich.case), "--bidi", "on", *rich.options])
    terminal.until("> ")
    terminal.kill()
    assert turned("━━ بازدید از اداره") in terminal.seen
    assert "نام کامل" not in terminal.seen
    assert turned("نام کامل").strip() in terminal.seen


# ---------------------------------------------------------------- lines of standard input


def test_a_script_fills_in_from_standard_input(
    run: Run, rich: Workplace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed = ["بازدید", "بلی", "", "", "۷", "یک بند", ".", "", "", "گواهی", "۲", "", "", "", "", "۵", "۶", "", "", ""]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(typed) + "\n"))
    outcome = run("fill", rich.case, *rich.options)
    assert (outcome.code, outcome.err) == (0, "")
    assert "چیزی کم نیست" in outcome.out
    assert "\x1b" not in outcome.out
    assert run("check", rich.case, *rich.options).code == 0


def test_fields_of_the_case_that_are_missing_are_asked_unasked(
    run: Run, rich: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(rich.folder, "report: demo\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("اداره ما\n".encode()), encoding="utf-8"))
    run("fill", rich.case, *rich.options)
    assert "agency: اداره ما\n" in (rich.case / "case.yaml").read_text(encoding="utf-8")


def test_the_end_of_standard_input_leaves_what_is_missing(
    run: Run, rich: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("بازدید\n"))
    outcome = run("fill", rich.case, *rich.options)
    assert outcome.code == 3
    assert "هنوز کم است" in outcome.out


def test_another_language_when_it_is_asked_for(run: Run, rich: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert "Question 1 of" in run("--lang", "en", "fill", rich.case, *rich.options).out


def test_a_form_nobody_knows_is_refused(run: Run, rich: Workplace) -> None:
    outcome = run("fill", rich.case, "visitt", *rich.options)
    assert outcome.code == 2
    assert "demo/visit" in outcome.err


def test_a_broken_file_is_not_written_into(run: Run, rich: Workplace) -> None:
    write_answers(rich.folder, "form: demo/visit\ntitle: [\n")
    outcome = run("fill", rich.case, *rich.options)
    assert outcome.code == 3
    assert answers(rich.case) == "form: demo/visit\ntitle: [\n"


# ---------------------------------------------------------------- bidi


def test_what_the_environment_tells_of_a_terminal() -> None:
    assert turns_lines({"VTE_VERSION": "6003"})
    assert not turns_lines({"VTE_VERSION": "5202", "TERM": "xterm-256color"})
    assert turns_lines({"TERM": "mlterm"})
    assert turns_lines({"KONSOLE_VERSION": "220401"})
    assert not turns_lines({"TERM": "linux"})


def test_the_option_goes_before_the_environment_and_that_before_a_guess() -> None:
    vte = {"VTE_VERSION": "6003"}
    assert is_ours("on", {**vte, "ASSEMBLER_BIDI": "off"}, terminal=True)
    assert not is_ours("off", {"ASSEMBLER_BIDI": "on"}, terminal=True)
    assert is_ours("auto", {**vte, "ASSEMBLER_BIDI": "on"}, terminal=False)
    assert is_ours("auto", {"TERM": "linux"}, terminal=True)
    assert not is_ours("auto", {"TERM": "linux"}, terminal=False)
    assert not is_ours("auto", vte, terminal=True)


def test_digits_and_latin_names_stay_readable() -> None:
    line = turned(f"نسخه PostgreSQL 16 در سال ۱۳۹۸ {'می' + ZWNJ}شود (۱۲٫۵)")
    for kept in ("PostgreSQL", "16", "۱۳۹۸", "(۱۲٫۵)"):
        assert kept in line
    assert ZWNJ not in line
    assert line.index("۱۳۹۸") < line.index("PostgreSQL")


def test_a_turned_line_stands_at_the_right_edge() -> None:
    assert width_of(turned("سلام", 20)) == 20
    assert turned("plain", 20) == "plain"


def test_lines_are_broken_before_they_are_turned() -> None:
    text = "  " + "نام دستگاه اجرایی در سال گذشته " * 6
    lines = [*wrapped(text, 40)]
    assert all(width_of(line) <= 40 and line.startswith("  ") for line in lines)
    assert " ".join(line.strip() for line in lines) == text.strip()
    assert [*wrapped("س" * 100, 40)] == ["س" * 40, "س" * 40, "س" * 20]


def test_no_answer_is_remembered_in_a_history(rich: Workplace, tmp_path: Path) -> None:
    terminal = fill(rich, environment={"HOME": str(tmp_path), "PYTHON_HISTORY": str(tmp_path / "history")})
    terminal.answer("نام محرمانه", "بازدید شد؟")
    terminal.until_quiet()
    terminal.type("\x1b[A")  # the arrow up
    terminal.until_quiet()
    assert "محرمانه" not in terminal.seen.rsplit("> ", 1)[1]
    terminal.kill()
    assert not [path for path in tmp_path.iterdir() if "history" in path.name]
