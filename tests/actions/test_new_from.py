"""A case begun from last year's papers: the case inside our PDF, the tables of a Word or PDF report of any origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.new import Started, begin
from assembler.actions.open_case import OpenCase
from assembler.base.problems import AssemblerError
from assembler.model.folders import LEFT_FILE
from tests.actions.test_extract import pdf_of
from tests.actions.test_intake import HEAD, scrap
from tests.actions.test_intake_page import scraps
from tests.collect.foreign.test_pdfs import page
from tests.conftest import FORM, Workplace, write_form

SERVICES = (HEAD, ("۱", "صدور گواهی", "12"), ("۲", "استعلام", "چند تا"), ("جمع", "", "16"))


def started(place: Workplace, other: Path, *said: str, given: tuple[tuple[str, str], ...] = ()) -> Started:
    return begin("demo", place.folder / "cases" / "next", place.settings, given, other, said).start()


def rows(place: Workplace) -> list[dict[str, object]]:
    form = OpenCase.read(place.folder / "cases" / "next", place.settings).answered("demo/visit")
    return [{name: answer.value for name, answer in row.cells.items()} for row in form.tables.get("services", ())]


def test_a_word_report_gives_its_tables_to_be_confirmed(workplace: Workplace, tmp_path: Path) -> None:
    path = scraps(tmp_path / "گزارش.docx", ("خدمات", SERVICES), ("هزینه‌ها", (("ماه", "هزینه"), ("دی", "۱۲"))))
    done = started(workplace, path)
    assert rows(workplace) == [{"name": "صدور گواهی", "count": 12}, {"name": "استعلام"}]
    assert (done.taken, [offer.place for offer in done.offered]) == (1, ["demo/visit.services"])
    carried = OpenCase.read(done.folder, workplace.settings).answered("demo/visit").carried
    assert carried is not None
    assert (carried.origin, set(carried.alike)) == ("گزارش.docx", {"services"})
    left = (done.folder / LEFT_FILE).read_text(encoding="utf-8")
    for told in ("جدول ۲ «هزینه‌ها»", "دی | ۱۲", "جمع | 16", "«چند تا»"):
        assert told in left


def test_what_is_not_sure_is_left_until_it_is_said_and_then_known(workplace: Workplace, tmp_path: Path) -> None:
    path = scrap(tmp_path / "a.docx", ("نام خدمت", "چند بار؟"), ("استعلام", "۴"))
    assert started(workplace, path).taken == 0
    assert "استعلام | ۴" in (workplace.folder / "cases" / "next" / LEFT_FILE).read_text(encoding="utf-8")
    (workplace.folder / "cases" / "next").rename(tmp_path / "gone")
    assert started(workplace, path, "1=demo/visit.services", "1.2=count").taken == 1
    assert rows(workplace) == [{"name": "استعلام", "count": 4}]
    assert "چند بار؟" in (workplace.folder / "cases" / "next" / "known-headers.yaml").read_text(encoding="utf-8")


def test_of_a_foreign_pdf_nothing_is_taken_that_is_not_named(workplace: Workplace, tmp_path: Path) -> None:
    path = page(tmp_path / "a.pdf", (HEAD, ("۱", "استعلام", "۴")), ruled=True, above="خدمات")
    assert started(workplace, path).taken == 0
    (workplace.folder / "cases" / "next").rename(tmp_path / "gone")
    started(workplace, path, "1=demo/visit.services")
    assert rows(workplace) == [{"name": "استعلام", "count": 4}]


def test_our_own_pdf_gives_its_case(workplace: Workplace, tmp_path: Path) -> None:
    pdf = pdf_of(workplace.case, tmp_path)
    by_folder = started(workplace, workplace.case)
    before = rows(workplace)
    by_folder.folder.rename(tmp_path / "gone")
    done = started(workplace, pdf)
    assert (rows(workplace), done.taken, done.left) == (before, by_folder.taken, by_folder.left)
    assert before


def test_dates_and_the_year_of_last_year_stay_with_it(workplace: Workplace, tmp_path: Path) -> None:
    dates = "  - {name: held, type: date, label: تاریخ بازدید}\n  - {name: place, type: text, label: محل بازدید}\n"
    write_form(workplace.folder, FORM + dates)
    lines = (("عنوان", "انبار"), ("تاریخ بازدید", "۱۴۰۳/۰۵/۱۲"), ("محل بازدید", "شیراز"))
    started(workplace, scrap(tmp_path / "a.docx", *lines, above="بازدید"))
    values = OpenCase.read(workplace.folder / "cases" / "next", workplace.settings).answered("demo/visit").values
    assert {name: answer.value for name, answer in values.items() if answer.value} == {
        "title": "انبار",
        "place": "شیراز",
    }


def test_what_cannot_be_read_starts_nothing(workplace: Workplace, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(AssemblerError) as refusal:
        started(workplace, tmp_path / "a.docx")
    assert [each.code for each in refusal.value.problems] == ["intake-unreadable"]
    assert not (workplace.folder / "cases" / "next").exists()
