"""Filling in while others change the case: what they write stays and is told, what is typed is not lost."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from assembler.actions.open_case import OpenCase
from assembler.actions.set import delete_row, set_answer
from assembler.base.messages import choose
from assembler.records import lock
from assembler.records.lock import case_lock
from tests.collect.fill.filling import Driver, make_rich_workplace
from tests.conftest import Workplace, write_answers

ANSWERED = """\
form: demo/visit
title: بازدید نخست
visited: yes
days: [sat]
day: 1399/02/03
score: 5
story: [یک بند]
services:
  - {name: صدور گواهی, count: 12}
  - {name: پاسخ به شکایت, count: 3}
"""


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def rich(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path)


@pytest.fixture
def answered(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def on_disk(workplace: Workplace, name: str = "visit") -> str:
    return (workplace.case / "answers" / f"{name}.yaml").read_text(encoding="utf-8")


def others(workplace: Workplace, place: str, value: str) -> None:
    """Somebody else answers, as `set` does."""
    set_answer(workplace.case, place, value, workplace.settings)


def rows(workplace: Workplace, table: str = "services", form: str = "demo/visit") -> list[dict[str, object]]:
    found = OpenCase.read(workplace.case, workplace.settings).case.forms[form].tables.get(table, ())
    return [{name: cell.value for name, cell in row.cells.items()} for row in found]


# ---------------------------------------------------------------- single answers


def test_other_answers_of_the_same_file_stay_and_are_told(rich: Workplace) -> None:
    driver = Driver(rich)
    others(rich, "demo/visit.score", "9")
    text = driver.say("بازدید")
    assert "کس دیگری در این میان visit.yaml را تغییر داد" in text
    assert "بازدید شد؟" in text
    assert "title: بازدید" in on_disk(rich)
    assert "score: 9" in on_disk(rich)
    assert "اکنون: ۹" in driver.say("برو score")


def test_what_is_written_while_a_question_waits_is_read_before_the_next(rich: Workplace) -> None:
    driver = Driver(rich)
    others(rich, "demo/second.printed:1.value", "5")
    text = driver.say("؟", "رد")
    assert "کس دیگری در این میان" in text
    assert "second.yaml" in text
    assert "│ ۵" in driver.say("برو second.printed")


def test_a_question_somebody_else_answered_is_not_asked_any_more(rich: Workplace) -> None:
    driver = Driver(rich)
    others(rich, "demo/visit.visited", "yes")
    assert "روزها" in driver.say("بازدید")


@pytest.mark.parametrize(("said", "held"), [("بله", "من"), ("نه", "او"), ("", "او")])
def test_where_both_answered_the_officer_says_which_one_holds(rich: Workplace, said: str, held: str) -> None:
    driver = Driver(rich)
    others(rich, "demo/visit.title", "او")
    text = driver.say("من")
    assert "کس دیگری به «عنوان» پاسخ داده است: «او». پاسخ شما: «من»" in text
    assert driver.screen.pending
    assert "title: او" in on_disk(rich)
    text = driver.say(said)
    assert f"title: {held}" in on_disk(rich)
    assert "بازدید شد؟" in text
    assert not driver.screen.pending


def test_the_same_answer_is_no_contest(rich: Workplace) -> None:
    driver = Driver(rich)
    others(rich, "demo/visit.title", "بازدید")
    assert "بازدید شد؟" in driver.say("بازدید")


def test_a_long_text_is_not_lost_to_who_was_first(answered: Workplace) -> None:
    driver = Driver(answered, ["demo/visit"], everything=True)
    driver.say("برو شرح")
    others(answered, "demo/visit.story", "[بند او]")
    driver.say("بند من", "بند دوم من", ".")
    assert driver.screen.pending
    driver.say("بله")
    assert "بند دوم من" in on_disk(answered)
    assert "بند او" not in on_disk(answered)


def test_an_answer_that_was_cleared_by_another_is_contested_too(answered: Workplace) -> None:
    driver = Driver(answered, ["demo/visit"], everything=True)
    driver.say("برو score")
    others(answered, "demo/visit.score", "")
    assert "«∅»" in driver.say("۷")
    driver.say("بله")
    assert "score: 7" in on_disk(answered)


def test_an_editor_that_locks_nothing_is_noticed_too(rich: Workplace) -> None:
    driver = Driver(rich)
    write_answers(rich.folder, "# از ویرایشگر\nform: demo/visit\nscore: 3\n")
    driver.say("بازدید")
    assert on_disk(rich).startswith("# از ویرایشگر\nform: demo/visit\n")
    assert "score: 3" in on_disk(rich)
    assert "title: بازدید" in on_disk(rich)


def test_a_change_that_left_no_mark_is_noticed_by_what_the_file_says(
    rich: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may change within the same moment, its size as it was."""
    monkeypatch.setattr("assembler.collect.files.saving._mark", lambda path: (0, 0, 0))
    driver = Driver(rich)
    others(rich, "demo/visit.score", "3")
    assert "visit.yaml را تغییر داد" in driver.say("بازدید")
    assert "score: 3" in on_disk(rich)
    assert "title: بازدید" in on_disk(rich)


def test_a_file_left_broken_waits_and_nothing_typed_is_lost(rich: Workplace) -> None:
    driver = Driver(rich)
    write_answers(rich.folder, "form: demo/visit\nscore: [3\n")
    text = driver.say("بازدید")
    assert "فایل خوانده نمی‌شود" in text
    assert driver.screen.pending
    assert "فایل خوانده نمی‌شود" in driver.say("")  # still so
    write_answers(rich.folder, "form: demo/visit\nscore: 3\n")
    driver.say("")
    assert on_disk(rich) == "form: demo/visit\ntitle: بازدید\nscore: 3\n"


def test_a_form_another_began_is_gone_on_with(rich: Workplace) -> None:
    driver = Driver(rich, ["demo/second"])
    others(rich, "demo/second.printed:2.value", "7")
    driver.say("۱", "۵")
    assert [row["value"] for row in rows(rich, "printed", "demo/second")] == [5, 7]
    assert len(list((rich.case / "answers").iterdir())) == 2


# ---------------------------------------------------------------- the lock


def test_who_holds_the_case_is_waited_for(rich: Workplace) -> None:
    driver = Driver(rich)

    def hold() -> None:
        with case_lock(rich.case, "import"):
            held.set()
            time.sleep(0.3)

    held = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    assert "بازدید شد؟" in driver.say("بازدید")
    holder.join()
    assert "title: بازدید" in on_disk(rich)


def test_who_holds_it_long_is_told_and_the_answer_waits(rich: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_BRIEF", 0.05)
    driver = Driver(rich)
    with case_lock(rich.case, "issue"):
        assert "«issue»" in driver.say("بازدید")
        assert driver.screen.pending
        assert "«issue»" in driver.say("")
    assert "بازدید شد؟" in driver.say("")
    assert "title: بازدید" in on_disk(rich)


def test_an_answer_may_be_left_unwritten(rich: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_BRIEF", 0.05)
    driver = Driver(rich)
    with case_lock(rich.case, "issue"):
        driver.say("بازدید", "نه")
    assert "عنوان" not in on_disk(rich)
    assert "بازدید شد؟" in driver.say("دیگر")


# ---------------------------------------------------------------- tables


def at_services(workplace: Workplace) -> Driver:
    driver = Driver(workplace)
    driver.say("برو visit.services")
    return driver


def test_rows_of_both_are_there(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("افزودن")
    others(answered, "demo/visit.services:+.name", "از او")
    assert "visit.yaml را تغییر داد" in driver.say("از من")
    driver.say("۷", "خیر", "")
    assert [row["name"] for row in rows(answered)] == ["صدور گواهی", "پاسخ به شکایت", "از او", "از من"]
    assert rows(answered)[3] == {"name": "از من", "count": 7, "online": "no"}


def test_cells_of_one_row_are_filled_in_by_two(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("ویرایش ۲", "")
    others(answered, "demo/visit.services:2.online", "no")
    driver.say("۹")
    assert rows(answered)[1] == {"name": "پاسخ به شکایت", "count": 9, "online": "no"}


def test_a_row_is_gone_on_with_where_it_stands_now(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("ویرایش ۲")
    delete_row(answered.case, "demo/visit.services:1", answered.settings)
    driver.say("پاسخ به نامه", "۹", "خیر")
    assert rows(answered) == [{"name": "پاسخ به نامه", "count": 9, "online": "no"}]


@pytest.mark.parametrize(("said", "left"), [("بله", ["صدور گواهی", "دیگر"]), ("نه", ["صدور گواهی"])])
def test_a_row_another_took_away_is_asked_for(answered: Workplace, said: str, left: list[str]) -> None:
    driver = at_services(answered)
    driver.say("ویرایش ۲")
    delete_row(answered.case, "demo/visit.services:2", answered.settings)
    assert "همین ردیف‌های «خدمات» را تغییر داده" in driver.say("دیگر")
    driver.say(said)
    assert [row["name"] for row in rows(answered)] == left


def test_deleting_takes_no_row_another_added(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("حذف ۱")
    others(answered, "demo/visit.services:+.name", "از او")
    driver.say("بله")
    assert [row["name"] for row in rows(answered)] == ["پاسخ به شکایت", "از او"]


def test_taking_back_takes_no_row_another_added(answered: Workplace) -> None:
    """Of what was restructured before the other came, nothing is taken back any more."""
    driver = at_services(answered)
    driver.say("حذف ۱", "بله")
    others(answered, "demo/visit.services:+.name", "از او")
    driver.say(":y 1")
    assert [row["name"] for row in rows(answered)] == ["پاسخ به شکایت", "از او", "پاسخ به شکایت"]
    driver.say("بازگشت")
    assert [row["name"] for row in rows(answered)] == ["پاسخ به شکایت", "از او", "پاسخ به شکایت"]


def test_taking_back_spares_what_another_wrote_since(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("حذف ۱", "بله")
    others(answered, "demo/visit.services:+.name", "از او")
    driver.say("بازگشت")
    assert [row["name"] for row in rows(answered)] == ["صدور گواهی", "پاسخ به شکایت", "از او"]


def test_pasted_rows_stand_behind_those_of_another(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say(":p", "نام خدمت\tتعداد", "یک\t۱", "دو\t۲", "")
    others(answered, "demo/visit.services:+.name", "از او")
    driver.say("بله")
    assert [row["name"] for row in rows(answered)][2:] == ["از او", "یک", "دو"]
