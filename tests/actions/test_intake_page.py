"""The page of departments' tables: each beside what comes of it, with signs that paper keeps, escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from docx import Document

from assembler.actions.import_ import Imported
from assembler.actions.intake_page import write_intake
from assembler.base.messages import spoken
from tests.actions.test_intake import HEAD, take
from tests.conftest import Workplace

Table = tuple[str, Sequence[Sequence[str]]]

WORDS = {"en": "What is to be done next", "fa": "کار بعدی شما"}
SERVICES: Table = (
    "خدمات",
    (
        (*HEAD, "تلفن"),
        ("۱", "صدور گواهی", "۱۳", "۲۲"),
        ("۲", "استعلام", "4", ""),
        ("۳", "پاسخ به شکایت", "۳", ""),
        ("۴", "بازدید", "چند تا", ""),
        ("جمع", "", "۲۰", ""),
    ),
)
COSTS: Table = ("هزینه‌ها", (("ماه", "هزینه <script>alert(1)</script>"), ('"><img src=x onerror=alert(1)>', "۱۲")))
ASKED: Table = ("پاسخ ما", (("نام خدمت", "چند بار؟"), ("گواهی امضا", "۷")))


def scraps(path: Path, *tables: Table) -> Path:
    """A Word file with some tables, each under a line."""
    document = Document()
    for above, lines in tables:
        document.add_paragraph(above)
        table = document.add_table(len(lines), len(lines[0]))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                table.cell(row, column).text = text
    document.save(path)
    return path


def page(imported: Imported, folder: Path, typed: Sequence[str] = ("assembler", "import", "demo", "a.docx")) -> str:
    write_intake(imported, folder / "page.html", "demo", typed)
    return (folder / "page.html").read_text(encoding="utf-8")


def cells(text: str, fate: str) -> list[str]:
    """The texts of the cells something becomes of, with what is noted below them."""
    found = re.findall(rf'<td[^>]* class="{fate}">(.*?)</td>', text, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in found]


def articles(text: str) -> list[str]:
    return re.findall(r"<article.*?</article>", text, re.DOTALL)


def test_each_cell_shows_what_becomes_of_it_on_both_sides(workplace: Workplace, tmp_path: Path) -> None:
    text = page(take(workplace, scraps(tmp_path / "a.docx", SERVICES)), tmp_path)
    source, outcome = articles(text)[0].split('class="pair both"')[1].split("<h4>In the case")
    assert cells(source, "new") == ["+ استعلام", "+ 4", "+ بازدید"]
    assert cells(source, "same") == ["= صدور گواهی", "= پاسخ به شکایت", "= ۳"]
    assert cells(source, "conflict") == ["≠ ۱۳ case: ۱۲ this file: ۱۳"]
    assert cells(outcome, "new") == ["+ استعلام", "+ ۴", "+ بازدید"]
    assert cells(outcome, "conflict") == ["≠ ۱۲ case: ۱۲ this file: ۱۳"]
    assert len(cells(source, "unread")) == len(cells(outcome, "unread")) == 1
    assert "«چند تا» is not a number" in cells(source, "unread")[0]


def test_rows_set_aside_are_struck_with_their_reason(workplace: Workplace, tmp_path: Path) -> None:
    text = page(take(workplace, scraps(tmp_path / "a.docx", SERVICES)), tmp_path)
    (aside,) = re.findall(r'<tr class="aside">.*?</tr>', text, re.DOTALL)
    assert "left out: a sum" in aside
    assert "جمع" in aside
    assert "tr.aside td .text { text-decoration: line-through" in text


def test_columns_are_marked_with_the_words_to_say_them(workplace: Workplace, tmp_path: Path) -> None:
    path = scraps(tmp_path / "a.docx", SERVICES, ASKED)
    first, second = articles(page(take(workplace, path), tmp_path))
    signs = re.findall(r'<th scope="col" class="(\w*)"><span class="sign" title="[^"]+">(.)</span> (\d)', first)
    assert signs == [("sure", "✓", "1"), ("sure", "✓", "2"), ("sure", "✓", "3"), ("left", "✕", "4")]
    assert "--as 2=demo/visit.services" in second
    said = page(take(workplace, path, said=["2=demo/visit.services"]), tmp_path)
    assert "--as 2.2=count" in articles(said)[1]
    assert "«تعداد» [count]" in articles(said)[1]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_tables_that_are_known_asked_and_unknown_stand_in_one_page(
    workplace: Workplace, tmp_path: Path, language: str
) -> None:
    path = scraps(tmp_path / "a.docx", SERVICES, COSTS, ASKED)
    with spoken(language):
        text = page(take(workplace, path), tmp_path)
    assert f'<html lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}">' in text
    assert re.findall(r'<article class="card (\w+)"', text) == ["sure", "left", "asked"]
    assert WORDS[language] in text
    assert articles(text)[1].count("--as 2=demo/visit.services") == 1
    assert ("۸" in text and "٪" in text) == (language == "fa")
    assert not re.search(r"(?:src|href)=[\"']|@import|url\(", re.sub(r"&[^;]+;", "", text))  # nothing is fetched


def test_what_departments_wrote_is_escaped(workplace: Workplace, tmp_path: Path) -> None:
    path = scraps(tmp_path / "<b>&.docx", ("<i>هزینه</i> \u202e", COSTS[1]))
    text = page(take(workplace, path), tmp_path, ("assembler", "import", "demo", str(path)))
    for raw in ("<script", "<img", "<i>", "<b>&", "\u202e"):
        assert raw not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;i&gt;هزینه&lt;/i&gt;" in text


def test_the_page_says_what_is_to_be_done(workplace: Workplace, tmp_path: Path) -> None:
    path = scraps(tmp_path / "a.docx", ("خدمات", (HEAD, ("۱", "استعلام", "۴"))), ASKED)
    text = unescape(page(take(workplace, path), tmp_path))
    assert "assembler import demo a.docx --as 2=demo/visit.services" in text
    assert "assembler import demo a.docx --write" not in text  # first what is asked
    left = page(take(workplace, path, said=["2=-"]), tmp_path)
    assert "assembler import demo a.docx --write" in left
    written = page(take(workplace, path, write=True, said=["2=-"]), tmp_path)
    assert "Written into the case:" in written
    assert "--write" not in written
    again = page(take(workplace, path, said=["2=-"]), tmp_path)
    assert "The files say nothing new" in again


def test_a_row_that_waits_is_told(workplace: Workplace, tmp_path: Path) -> None:
    path = scraps(tmp_path / "a.docx", ("خدمات", (("نام خدمت", "تعداد خدمت‌ها در سال"), ("استعلام", "۴"))))
    imported = take(workplace, path, said=["1=demo/visit.services"])
    assert imported.scraps[0].proposals[0].waits
    text = page(imported, tmp_path)
    assert cells(text, "waits") == ["… استعلام"]
    assert re.search(r'class="asked">.*--as 1\.2=count', text)


def test_questions_stand_beside_their_answers(workplace: Workplace, tmp_path: Path) -> None:
    path = scraps(tmp_path / "a.docx", ("بازدید", (("عنوان", "بازدید از انبار"), ("امتیاز", "۷"))))
    text = page(take(workplace, path), tmp_path)
    assert cells(text, "conflict") == [
        "≠ بازدید از انبار case: بازدید از ساختمان this file: بازدید از انبار",
        "≠ بازدید از ساختمان case: بازدید از ساختمان this file: بازدید از انبار",
    ]
    assert cells(text, "same") == ["= ۷", "= ۷"]
