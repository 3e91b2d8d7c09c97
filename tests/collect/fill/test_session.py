"""Filling in question by question: the dialogue without a terminal, on cases on disk."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.actions.open_case import OpenCase
from assembler.answers import form_to_yaml, same_form
from assembler.base.messages import choose
from assembler.base.problems import NOWHERE
from assembler.base.settings import Settings
from assembler.collect.fill.prose import prose_node, prose_text
from assembler.collect.fill.typed import as_typed, read_typed
from assembler.collect.fill.words import EVERYWHERE, IN_TABLES, Command, command, literal
from assembler.model.answers import AnsweredForm, Attachment, Prose, ProseEntry, ProseList
from assembler.model.carried import fingerprint
from assembler.model.specs import Field
from assembler.pipeline import read
from tests.collect.fill.filling import Driver, make_rich_workplace
from tests.conftest import REPOSITORY, Workplace, write_answers, write_case

ANSWERED = """\
form: demo/visit  # نوشته دستی
title: بازدید نخست
visited: yes
days: [sat]
day: 1399/02/03
score: 5
story: [یک بند]
services:
  - {name: صدور گواهی, count: 12}
  - {name: پاسخ به شکایت, count: ۳}
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


def rows(driver: Driver, table: str = "services", form: str = "demo/visit") -> list[dict[str, object]]:
    """The rows of a table as a new reading of the files gives them."""
    found = OpenCase.read(driver.workplace.case, driver.workplace.settings).case.forms[form].tables.get(table, ())
    return [{name: cell.value for name, cell in row.cells.items() if cell.value is not None} for row in found]


# ---------------------------------------------------------------- the walk


def test_a_question_shows_its_form_its_hint_and_how_far_one_is(rich: Workplace) -> None:
    driver = Driver(rich)
    for told in ("بازدید از اداره", "مأخذ: بند ۳", "مستند قانونی: ماده ۵", "عنوان *", "نام کامل", "پرسش ۱ از"):
        assert told in driver.text
    assert "فرم ۱ از ۲" in driver.text
    assert "مستند قانونی" not in driver.say("بازدید")  # the head of a form comes once


def test_every_answer_is_on_disk_before_the_next_question(rich: Workplace) -> None:
    driver = Driver(rich)
    for typed, written in (
        ("بازدید", "title: بازدید"),
        ("۱", "visited: yes"),
        ("شنبه، ۳", "days:"),
        ("", "day: 1399/02/01"),
    ):
        driver.say(typed)
        assert written in on_disk(rich)


def test_choices_by_number_name_and_label(rich: Workplace) -> None:
    for typed, name in (("۲", "no"), ("2", "no"), ("خیر", "no"), ("yes", "yes"), ("بلي", "yes")):
        field = Field("x", "select_one", choices=Driver(rich).case.specs["demo/visit"].item("visited").choices)
        assert read_typed(typed, field, Path(), NOWHERE) == (name, ())


def test_what_is_not_relevant_is_skipped_and_comes_back(rich: Workplace) -> None:
    driver = Driver(rich)
    assert "دلیل" not in driver.say("بازدید", "بلی")
    assert "روزها" in driver.text
    assert "بازدید شد؟" in driver.say("بازگشت")
    assert "دلیل *" in driver.say("خیر")
    assert "روزها" in driver.say("تعطیل بود")


def test_a_value_that_cannot_be_read_is_asked_again_with_the_readers_words(answered: Workplace) -> None:
    driver = Driver(answered)
    text = driver.say("برو امتیاز", "ده")
    assert "«ده» عدد نیست" in text
    assert "score: 5" in on_disk(answered)


def test_a_constraint_is_told_under_the_answer_which_stays(answered: Workplace) -> None:
    driver = Driver(answered)
    assert "امتیاز از ۱۰ بیشتر است" in driver.say("برو امتیاز", "۱۲")
    assert "اکنون: ۱۲" in driver.text
    assert "score: 12" in on_disk(answered)
    driver.say("")
    assert "امتیاز" not in driver.text.splitlines()[-2]


def test_a_required_answer_is_not_passed_over_with_enter(rich: Workplace) -> None:
    driver = Driver(rich)
    assert "لازم است" in driver.say("")
    assert "بازدید شد؟" in driver.say("رد")


def test_the_session_goes_on_behind_the_last_answer(answered: Workplace) -> None:
    write_answers(answered.folder, "form: demo/visit\ntitle: ت\nvisited: yes\nscore: 3\n")
    assert "شرح" in Driver(answered).text


def test_defaults_in_the_files_of_a_new_case_are_nobodys_answers(answered: Workplace) -> None:
    write_answers(answered.folder, "form: demo/visit\nday: 1399/02/01\n")
    assert "عنوان" in Driver(answered).text
    write_answers(answered.folder, "form: demo/visit\nday: 1399/02/02\n")
    assert "امتیاز" in Driver(answered).text


def test_the_fields_of_a_case_have_a_title_without_blanks(rich: Workplace) -> None:
    write_case(rich.folder, "report: demo\n")
    text = Driver(rich, ["case"]).text
    assert "━━ مشخصات پرونده" in text
    assert "{{" not in text


def test_blank_optional_questions_are_not_asked_again_from_the_beginning(answered: Workplace) -> None:
    write_answers(answered.folder, ANSWERED.replace("days: [sat]\n", ""))
    driver = Driver(answered, ["demo/visit"])
    assert driver.ended
    assert "چیزی کم نیست" in driver.text


def test_all_asks_answered_questions_too_and_enter_keeps_them(answered: Workplace) -> None:
    before = on_disk(answered)
    driver = Driver(answered, ["demo/visit"], everything=True)
    assert "اکنون: بازدید نخست" in driver.text
    for _ in range(20):
        if not driver.ended:
            driver.say("")
    assert driver.ended
    assert on_disk(answered) == before


def test_clearing_takes_the_answer_out_of_the_file(answered: Workplace) -> None:
    driver = Driver(answered)
    assert "پاک شد" in driver.say("برو امتیاز", "پاک")
    assert "score: 5" not in on_disk(answered)
    assert "# نوشته دستی" in on_disk(answered)


@pytest.mark.parametrize("wanted", ["visit.score", "demo/visit.score", "score", "امتیاز", "امتي"])
def test_going_to_a_question(answered: Workplace, wanted: str) -> None:
    assert "امتیاز" in Driver(answered, ["demo/visit"], everything=True).say(f"برو {wanted}").splitlines()[2]


def test_going_to_a_form_by_its_number_or_title(answered: Workplace) -> None:
    driver = Driver(answered, everything=True)
    assert "سنجه‌ها" in driver.say(":g 2")
    assert "عنوان" in driver.say(":g 1")
    assert "سنجه‌ها" in driver.say("برو جدول‌های دیگر")
    assert "چنین نامی دارد" in driver.say("برو ا")
    assert "اینجا چیزی به نام" in driver.say("برو هیچ‌جا")


def test_back_at_the_first_question_says_so(rich: Workplace) -> None:
    assert "نخستین پرسش" in Driver(rich).say(":b")


def test_the_list_names_what_is_missing(rich: Workplace) -> None:
    text = Driver(rich).say("فهرست")
    for told in ("visit.title", "visit.visited", "visit.services", "second.printed"):
        assert told in text
    assert "visit.days" not in text


def test_a_note_of_the_guidance_stands_before_its_question_once(answered: Workplace) -> None:
    driver = Driver(answered)
    assert "امتیاز را کمیته می‌دهد" in driver.say("برو score")
    assert "امتیاز را کمیته می‌دهد" not in driver.say("۳", "برو score")


def test_leaving_a_table_tells_what_is_wrong_with_its_rows(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("۲", "", "۱۵۰", "پایان")
    assert "ردیف ۲: تعداد زیاد است" in driver.say("پایان")


def test_leaving_ends_the_dialogue(rich: Workplace) -> None:
    driver = Driver(rich)
    driver.say("بازدید", "خروج")
    assert driver.left
    assert "title: بازدید" in on_disk(rich)


def test_a_commands_word_can_be_an_answer(rich: Workplace) -> None:
    Driver(rich).say("=رد")
    assert "title: رد" in on_disk(rich)
    assert literal("= ۵") == "= ۵"


def test_words_in_which_sentences_begin_are_no_commands() -> None:
    everything = {**EVERYWHERE, **IN_TABLES}
    assert command("رد شد", everything) is None
    assert command("حذف", everything) == Command("delete")
    assert command("حذف ۲", everything) == Command("delete", "۲")
    assert command("حذف تشریفات", everything) is None
    moved = command("جابه‌جا ۲، ۵", everything)
    assert moved is not None
    assert moved.numbers == (2, 5)


# ---------------------------------------------------------------- carried answers


def carried(workplace: Workplace, *names: str) -> None:
    """Lists answers of the form as taken over from another case."""
    form = OpenCase.read(workplace.case, workplace.settings).case.forms["demo/visit"]
    listed = "".join(f"  {name}: {fingerprint(form, name)}\n" for name in names)
    write_answers(
        workplace.folder, on_disk(workplace).replace("title:", f"carried:\n  from-case: demo-1398\n{listed}title:", 1)
    )


def waiting(workplace: Workplace) -> list[str]:
    """The answers that wait to be confirmed, as the file says."""
    found = OpenCase.read(workplace.case, workplace.settings).case.forms["demo/visit"].carried
    return [*found.fingerprints] if found else []


def test_enter_confirms_what_came_from_last_year(answered: Workplace) -> None:
    carried(answered, "title", "services")
    driver = Driver(answered, ["demo/visit"])
    assert "از سال پیش (پرونده demo-1398): بازدید نخست" in driver.say("برو title")
    assert "همین ردیف‌ها" in driver.say("", "رد")  # the picture comes between
    assert "title: بازدید نخست" in on_disk(answered)
    assert waiting(answered) == ["services"]
    driver.say("")
    assert driver.ended
    assert waiting(answered) == []


def test_what_the_agency_doubts_is_told(answered: Workplace) -> None:
    write_answers(answered.folder, on_disk(answered).replace("title:", "doubts: {title: ناخوانا در نسخه}\ntitle:", 1))
    driver = Driver(answered, ["demo/visit"], everything=True)
    assert "در پاسخ‌ها جای تردید است: ۱\n    visit.title — عنوان" in driver.say("فهرست")
    assert "تردید خود دستگاه: ناخوانا در نسخه" in driver.say("برو title")


def test_a_word_confirms_all_of_a_form(answered: Workplace) -> None:
    carried(answered, "title", "services")
    driver = Driver(answered, ["demo/visit"])
    assert "پرونده demo-1398)، در انتظار تأیید: ۲ پاسخ" in driver.text
    assert "تأیید شد: ۲ پاسخ" in driver.say("برو title", "تأیید")
    assert waiting(answered) == []
    assert "چیزی در انتظار تأیید نیست" in driver.say(":o")


def test_a_word_confirms_all_of_a_form_from_within_its_table(answered: Workplace) -> None:
    carried(answered, "title", "services")
    Driver(answered, ["demo/visit"]).say("برو services", ":ok")
    assert waiting(answered) == []


def test_a_new_answer_confirms_too(answered: Workplace) -> None:
    carried(answered, "title")
    Driver(answered, ["demo/visit"]).say("برو title", "بازدید دوم")
    assert waiting(answered) == []
    assert "title: بازدید دوم" in on_disk(answered)


# ---------------------------------------------------------------- long answers and files


def test_a_narrative_ends_with_a_dot(rich: Workplace) -> None:
    driver = Driver(rich)
    driver.say("برو شرح", "بند نخست", "", "۱- یکی", "۲- دیگری", "  • زیر آن", ".")
    story = OpenCase.read(rich.case, rich.settings).case.forms["demo/visit"].values["story"].value
    inner = ProseList("bulleted", (ProseEntry("زیر آن"),))
    expected = ProseList("numbered", (ProseEntry("یکی"), ProseEntry("دیگری", (inner,))))
    assert story == Prose(("بند نخست", expected))


def test_a_narrative_is_given_to_an_editor_as_it_is_typed(answered: Workplace) -> None:
    driver = Driver(answered)
    driver.say("برو شرح", ":e")
    assert (driver.screen.editor, driver.screen.text) == (True, "یک بند")
    driver.say("یک بند\nبند دوم\n")
    assert "بند دوم" in on_disk(answered)


prose_texts = st.text("ابپ ۱a", min_size=1, max_size=12).map(str.strip).filter(lambda text: text and text[0] in "ابپ")


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", "- ", "• ", "۱- ", "الف- "]), prose_texts), max_size=9)
)
def test_prose_that_is_shown_and_typed_again_stays(lines: list[tuple[int, str, str]]) -> None:
    field = Field("x", "narrative")
    typed = "\n".join("  " * (indent if mark else 0) + mark + text for indent, mark, text in lines)
    value, problems = read_typed(typed, field, Path(), NOWHERE)
    assert not problems
    if value is not None:
        assert isinstance(value, Prose)
        assert read_typed(as_typed(value, field), field, Path(), NOWHERE)[0] == value
        assert prose_node(prose_text(value))


def test_a_file_is_copied_into_the_case(rich: Workplace, tmp_path: Path) -> None:
    picture = tmp_path / "عکس من.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    driver = Driver(rich)
    driver.say("برو تصویر", f"'{picture}'")
    value = OpenCase.read(rich.case, rich.settings).case.forms["demo/visit"].values["photo"].value
    assert isinstance(value, Attachment)
    assert (rich.case / "attachments" / value.name).read_bytes() == picture.read_bytes()


def test_a_file_that_is_not_there_is_told(rich: Workplace) -> None:
    assert "✗" in Driver(rich).say("برو تصویر", "/no/such.png")


# ---------------------------------------------------------------- tables


def at_services(workplace: Workplace) -> Driver:
    driver = Driver(workplace)
    driver.say("برو visit.services")
    return driver


def test_rows_are_added_one_after_the_other(rich: Workplace) -> None:
    driver = at_services(rich)
    driver.say("")
    assert "نام خدمت *" in driver.text
    driver.say("گواهی", "۱۲", "بلی")
    assert "نشانی *" in driver.text
    driver.say("example.ir")
    assert "ردیف ۲" in driver.text
    text = driver.say("مجوز", "۳", "خیر", "")
    assert rows(driver) == [
        {"name": "گواهی", "count": 12, "online": "yes", "address": "example.ir"},
        {"name": "مجوز", "count": 3, "online": "no"},
    ]
    assert "۱ │ گواهی │ ۱۲ │ بلی │ example.ir │ ۲۴" in text
    assert "مجموع" in text
    assert "۱۵" in text


def test_each_cell_is_on_disk_before_the_next(rich: Workplace) -> None:
    driver = at_services(rich)
    driver.say("", "گواهی")
    assert rows(driver) == [{"name": "گواهی"}]
    driver.say("۱۲۰")
    assert "تعداد زیاد است" in driver.text
    assert rows(driver) == [{"name": "گواهی", "count": 120}]
    driver.say("۱۲", "خروج")
    assert rows(driver) == [{"name": "گواهی", "count": 12}]


def test_back_within_a_row_goes_to_the_cell_before(rich: Workplace) -> None:
    driver = at_services(rich)
    assert "اکنون: گواهی" in driver.say("", "گواهی", "بازگشت")
    assert "(هنوز ردیفی نیست)" not in driver.say("بازگشت")


def test_a_row_is_edited_and_enter_keeps_its_cells(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("ویرایش ۲", "", "۴", "", "")
    assert rows(driver) == [{"name": "صدور گواهی", "count": 12}, {"name": "پاسخ به شکایت", "count": 4}]
    assert "{name: صدور گواهی, count: 12}" in on_disk(answered)


def test_a_row_is_deleted_when_that_is_meant_and_comes_back(answered: Workplace) -> None:
    before = at_services(answered)
    assert "این ردیف حذف شود؟ صدور گواهی" in before.say("حذف ۱")
    before.say("نه")
    assert len(rows(before)) == 2
    before.say("حذف ۱", "بله")
    assert [row["name"] for row in rows(before)] == ["پاسخ به شکایت"]
    before.say("بازگشت")
    assert [row["name"] for row in rows(before)] == ["صدور گواهی", "پاسخ به شکایت"]


def test_rows_are_moved_and_copied(answered: Workplace) -> None:
    driver = at_services(answered)
    driver.say("جابجا ۲ ۱")
    assert [row["name"] for row in rows(driver)] == ["پاسخ به شکایت", "صدور گواهی"]
    driver.say(":y 1")
    assert [row["name"] for row in rows(driver)] == ["پاسخ به شکایت", "پاسخ به شکایت", "صدور گواهی"]
    driver.say(":b", ":b")
    assert [row["name"] for row in rows(driver)] == ["صدور گواهی", "پاسخ به شکایت"]


def test_rows_that_are_not_there_are_refused(answered: Workplace) -> None:
    driver = at_services(answered)
    assert "چنین ردیفی نیست" in driver.say("حذف ۳")
    assert "شماره ردیف را بنویسید" in driver.say("جابجا ۱")
    assert "فرمان‌های جدول نیست" in driver.say("سلام")
    assert "سرگروه ندارد" in driver.say("سرگروه")


def test_a_block_with_a_header_is_matched_by_it(rich: Workplace) -> None:
    driver = at_services(rich)
    text = driver.say("چسباندن", "تعداد\tنام خدمت\tچیز دیگر", "۱۲\tگواهي\tx", "سه\tمجوز\t", "")
    assert "فهمیده شد: ۲ ردیف" in text
    assert "از روی سرستون‌ها" in text
    assert "ستون‌های کنارگذاشته: ۱" in text
    assert "«سه» عدد نیست" in text
    assert rows(driver) == []
    driver.say("بله")
    assert rows(driver) == [{"name": "گواهی", "count": 12}, {"name": "مجوز"}]
    driver.say("بازگشت")
    assert rows(driver) == []


def test_a_block_without_a_header_goes_in_order(rich: Workplace) -> None:
    driver = at_services(rich)
    driver.say(":p", 'گواهی\t۱۲\tبلی\t"نشانی\n\nدراز"\nمجوز\t۳\n', "")
    driver.say("")
    assert rows(driver) == [
        {"name": "گواهی", "count": 12, "online": "yes", "address": "نشانی دراز"},
        {"name": "مجوز", "count": 3},
    ]


def test_a_block_with_the_number_of_the_row_leaves_it_out(rich: Workplace) -> None:
    driver = at_services(rich)
    driver.say(":p", "۱\tگواهی\t۱۲\tخیر\t\t۲۴", "", "")
    assert rows(driver) == [{"name": "گواهی", "count": 12, "online": "no"}]


def test_a_block_that_is_refused_changes_nothing(answered: Workplace) -> None:
    before = on_disk(answered)
    driver = at_services(answered)
    assert "چیزی وارد نشد" in driver.say(":p", "گواهی\t۱۲", "", "نه")
    assert on_disk(answered) == before


def test_printed_rows_ask_for_their_open_cells_only(rich: Workplace) -> None:
    driver = Driver(rich, ["demo/second"])
    assert "ردیف‌ها چاپی است" in driver.text
    assert "سنجه: مسیر" in driver.say("")
    assert "سنجه: پارکینگ" in driver.say("۵")
    driver.say("۷")
    assert rows(driver, "printed", "demo/second") == [{"value": 5}, {"value": 7}]
    assert "چاپی است" in driver.say("حذف ۱")


def test_a_block_for_printed_rows_finds_them_by_what_they_print(rich: Workplace) -> None:
    driver = Driver(rich, ["demo/second"])
    text = driver.say(":p", "پارکینگ\t۷", "ناشناس\t۹", "")
    assert "ردیف‌هایی که جدول جایی برای آن‌ها ندارد: ۱" in text
    driver.say("")
    assert [row for row in rows(driver, "printed", "demo/second") if row] == [{"value": 7}]


def test_rows_lent_by_another_table_are_explained_and_can_be_taken(answered: Workplace) -> None:
    driver = Driver(answered, ["demo/second"])
    text = driver.say("برو second.lent")
    assert "از جدول‌های دیگر گرفته شده" in text
    assert "صدور گواهی" in text
    assert "در همین جدول نوشته شد" in driver.say("۱")
    driver.say("", "یادداشت من")
    assert rows(driver, "lent", "demo/second")[0] == {"name": "صدور گواهی", "note": "یادداشت من"}


def test_band_rows_are_added_over_others(rich: Workplace) -> None:
    driver = Driver(rich, ["demo/second"])
    driver.say("برو second.bands", "سرگروه", "گروه الف", "افزودن", "یک", "۲", "")
    form = OpenCase.read(rich.case, rich.settings).case.forms["demo/second"]
    assert [(row.group, len(row.cells)) for row in form.tables["bands"]] == [(True, 1), (False, 2)]


# ---------------------------------------------------------------- around it


def test_the_fields_of_the_case_are_asked_when_wanted(rich: Workplace) -> None:
    write_case(rich.folder, "report: demo\n")
    driver = Driver(rich, ["case"])
    assert "نام دستگاه *" in driver.text
    driver.say("اداره تازه")
    assert (rich.case / "case.yaml").read_text(encoding="utf-8") == "report: demo\nagency: اداره تازه\n"


def test_what_was_typed_says_the_same_as_a_file_written_by_hand(rich: Workplace) -> None:
    driver = Driver(rich)
    driver.say("بازدید", "بلی", "شنبه، یکشنبه", "۱۳۹۹/۰۲/۰۵", "۷", "یک بند", ".", "", "", "گواهی", "۲", "", "", "پایان")
    case = OpenCase.read(rich.case, rich.settings).case
    written = form_to_yaml(case.forms["demo/visit"], driver.case.specs["demo/visit"])
    assert "visited: yes" in written
    assert "day: 1399/02/05" in written


TYPED = (
    "", "", "", "۱", "2", "خیر", "بلی", "گواهی", "۱۲", "سه", "1399/02/05", ".", "بازگشت", ":b", "رد", "پاک",
    "فهرست", "؟", "برو ۲", "برو visit.services", "برو bands", "برو lent", "برو ا", "افزودن", "حذف ۱", "بله", "نه",
    "جابجا ۱ ۲", ":y 1", ":p", "نام خدمت\tتعداد", "الف\tب\t\"", "پایان", "سرگروه", "برداشتن", "نمایش", ":e",
    "- مورد", "  • زیر", "=رد", ": #'{",
)  # fmt: skip


@given(st.lists(st.sampled_from(TYPED), max_size=40))
@hypothesis.settings(max_examples=60, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_the_files_say_what_the_session_knows(
    tmp_path_factory: pytest.TempPathFactory, typed: list[str]
) -> None:
    choose("fa")
    workplace = make_rich_workplace(tmp_path_factory.mktemp("typed"))
    driver = Driver(workplace, everything=True)
    for line in typed:
        if driver.ended:
            break
        driver.say(line)
        now = OpenCase.read(workplace.case, workplace.settings)
        assert now.problems == ()
        for name in ("demo/visit", "demo/second"):
            known, spec = driver.case.answered(name), driver.case.specs[name]
            assert same_form(spec, known, now.answered(name) or AnsweredForm(name, {}, {}))


def test_an_answer_costs_less_than_a_check(tmp_path: Path) -> None:
    """On the largest sample: saved, judged and the next question ready in a part of what `check` takes."""
    shutil.copytree(REPOSITORY / "samples" / "annual-1398", tmp_path / "case")
    settings = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
    checking = min(_seconds(lambda: read(tmp_path / "case", settings)) for _ in range(2))
    driver = Driver(Workplace(tmp_path), everything=True, opened=OpenCase.read(tmp_path / "case", settings))
    answering = []
    for address, typed in (("22.complaints_count", "۱۲"), ("09.answer", "۱"), ("12.answer", "۱")):
        assert "اینجا چیزی" not in driver.say(f"برو {address}")
        answering.append(_seconds(lambda typed=typed: driver.say(typed)))
    driver.say("برو 02.processes", "۱")
    answering.append(_seconds(lambda: driver.say("نامی تازه")))
    assert max(answering) < checking


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
