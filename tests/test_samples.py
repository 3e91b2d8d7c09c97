"""The shipped samples, built whole: what a stranger gets who types ``make demo``."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from assembler.actions.build import build
from assembler.assembly.unchanged import Built
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import LRM, RLM, fold
from assembler.base.problems import has_errors
from assembler.model.answers import Prose, ProseEntry, ProseList, Value
from assembler.model.specs import Field
from assembler.model.values import printed
from assembler.pipeline import read
from tests.built import SETTINGS, build_once
from tests.documents.test_ooxml import assert_valid

ROOT = Path(__file__).resolve().parent.parent
TEHRAN = ROOT / "samples" / "tehran-1399"
KHUZESTAN = ROOT / "samples" / "khuzestan-1397"


_MARKS = str.maketrans("", "", LRM + RLM)


@pytest.fixture(scope="session")
def tehran() -> Built:
    return build_once(TEHRAN)


@pytest.fixture(scope="session")
def khuzestan() -> Built:
    return build_once(KHUZESTAN)


def texts_of(path: Path) -> str:
    """All text of a Word file, folded: body, tables, headers and footers."""
    document = Document(str(path))
    edges = (edge._element for section in document.sections for edge in (section.header, section.footer))
    parts = [document.element.body, *edges]
    return fold("".join(text.text or "" for part in parts for text in part.iter(qn("w:t")))).translate(_MARKS)


def answered_texts(case: Path) -> Iterator[tuple[str, str]]:
    """Every answer of a case as it is printed, with the form it belongs to; a choice prints as a tick or its label."""
    reading = read(case, SETTINGS)
    for name in reading.case.forms:
        for item in reading.forms[name].items.values():
            cells = [(row.cells[column.name].value, column) for row in item.rows for column in item.spec.columns]
            for value, field in [(item.value, item.spec), *cells]:
                yield from ((name, text) for text in _texts(value, field))


def _texts(value: Value, field: Field) -> Iterator[str]:
    if isinstance(value, Prose):
        for block in value.blocks:
            yield from [block] if isinstance(block, str) else _listed(block)
    elif not field.type.startswith("select"):
        yield from printed(value, field).split("\n")


def _listed(block: ProseList) -> Iterator[str]:
    for entry in block.entries:
        yield from _entry(entry)


def _entry(entry: ProseEntry) -> Iterator[str]:
    yield entry.text
    for block in entry.lists:
        yield from _listed(block)


@pytest.mark.parametrize("case", [TEHRAN, KHUZESTAN], ids=lambda case: case.name)
def test_samples_have_no_errors(case: Path) -> None:
    problems = read(case, SETTINGS).problems
    assert not has_errors(problems), [(found.code, found.place) for found in problems]


def test_tehran_builds_signed_ready(tehran: Built) -> None:
    receipt = tehran.receipt
    assert not receipt.draft
    reader = PdfReader(tehran.pdf)
    assert len(reader.pages) == receipt.pages > 30
    assert reader.metadata is not None
    assert reader.metadata.title == "گزارش اجرای شاخص صیانت از حقوق شهروندان در نظام اداری"
    assert reader.root_object["/Lang"] == "fa-IR"


def test_every_signer_has_an_empty_field(tehran: Built) -> None:
    fields = PdfReader(tehran.pdf).get_fields() or {}
    signed = {name for name, field in fields.items() if field.get("/FT") == "/Sig"}
    assert signed == {"participation-letter-head", "request-letter-head", "appointment-letter-head"}
    assert all(fields[name].get("/V") is None for name in signed)


def test_bookmarks_name_every_part_and_section(tehran: Built) -> None:
    titles = [fold(str(entry["/Title"])) for entry in _flat(PdfReader(tehran.pdf).outline)]
    for expected in ("جلد", "گزارش", "جبران خسارت وارده به شهروندان", "برنامه‌ریزی نشر عملکرد"):
        assert any(fold(expected) in title for title in titles), expected


def _flat(outline: list[object]) -> Iterator[dict[str, object]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry  # type: ignore[misc]


def test_contents_pages_are_those_of_the_headings(tehran: Built) -> None:
    """The contents of the PDF name the page each heading stands on, as the bookmarks know it."""
    reader = PdfReader(tehran.pdf)
    parts = {part.name: part for part in tehran.receipt.parts}
    body = parts["report"]
    entries = {fold(str(entry["/Title"])): entry for entry in _flat(reader.outline)}
    document = Document(str(tehran.pdf.parent / body.docx))
    checked = 0
    for paragraph in document.paragraphs:
        if not paragraph.style or not paragraph.style.name.lower().startswith("toc "):
            continue
        texts = [text.text or "" for text in paragraph._p.iter(qn("w:t"))]
        title, page = fold("".join(texts[:-1])), fold(texts[-1])
        if title.startswith((fold("تصویر شماره"), fold("نمودار شماره"))):
            continue  # of the list behind the contents
        entry = entries[title]
        sheet = reader.get_destination_page_number(entry)  # type: ignore[arg-type]
        assert sheet is not None
        assert int(page) == sheet + 1 - (body.first_page - 1), title  # the cover bears no number
        checked += 1
    assert checked == 27  # as many as the printed contents


@pytest.mark.parametrize(("case", "built"), [(TEHRAN, "tehran"), (KHUZESTAN, "khuzestan")])
def test_nothing_answered_is_lost(case: Path, built: str, request: pytest.FixtureRequest) -> None:
    result: Built = request.getfixturevalue(built)
    folder = result.pdf.parent / "parts"
    everything = "".join(texts_of(path) for path in sorted(folder.glob("*.docx")))
    missing = []
    for form, text in answered_texts(case):
        for piece in re.split(r"\[\[[^\]]*\]\]", text):
            if fold(piece) not in everything:
                missing.append((form, piece))
    assert not missing


@pytest.mark.parametrize("built", ["tehran", "khuzestan"])
def test_every_document_stands_the_open_xml_validator(built: str, request: pytest.FixtureRequest) -> None:
    result: Built = request.getfixturevalue(built)
    assert_valid(*sorted((result.pdf.parent / "parts").glob("*.docx")))


def test_second_build_makes_nothing(tehran: Built) -> None:
    before = {path: path.stat().st_mtime_ns for path in tehran.pdf.parent.rglob("*") if path.is_file()}
    again = build(TEHRAN, tehran.pdf.parent, SETTINGS)
    assert again.made_now == ()
    assert {path: path.stat().st_mtime_ns for path in tehran.pdf.parent.rglob("*") if path.is_file()} == before


def test_two_builds_are_equal_to_the_byte(tehran: Built, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / "tehran-1399"
    shutil.copytree(TEHRAN, moved)
    other = build(moved, tmp_path / "out", SETTINGS)
    for path in [tehran.pdf, *sorted((tehran.pdf.parent / "parts").glob("*.docx"))]:
        twin = other.pdf.parent / path.relative_to(tehran.pdf.parent)
        assert path.read_bytes() == twin.read_bytes(), path.name


def test_one_corrected_cell_makes_one_part(tehran: Built, tmp_path: Path) -> None:
    case, out = tmp_path / "tehran-1399", tmp_path / "out"
    shutil.copytree(TEHRAN, case)
    shutil.copytree(tehran.pdf.parent, out)
    answers = case / "answers" / "12.yaml"
    text = answers.read_text(encoding="utf-8")
    corrected = text.replace("compensation: شرکت بیمه دانا", "compensation: شرکت بیمه ایران", 1)
    assert corrected != text
    answers.write_text(corrected, encoding="utf-8")
    again = build(case, out, SETTINGS)
    assert again.made_now == ("report",)
    before = {part.name: part.sha256 for part in tehran.receipt.parts}
    after = {part.name: part.sha256 for part in again.receipt.parts}
    assert {name for name in after if after[name] != before[name]} == {"report"}


def test_a_corrected_letter_reaches_the_body_that_shows_it(tehran: Built, tmp_path: Path) -> None:
    case, out = tmp_path / "tehran-1399", tmp_path / "out"
    shutil.copytree(TEHRAN, case)
    shutil.copytree(tehran.pdf.parent, out)
    answers = case / "answers" / "letter-3.yaml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace("رستم‌وندی", "رستم‌وندی ارجمند"), encoding="utf-8")
    again = build(case, out, SETTINGS)
    assert set(again.made_now) == {"request-letter", "report"}


def test_an_edited_document_is_kept_aside(tehran: Built, tmp_path: Path) -> None:
    case, out = tmp_path / "tehran-1399", tmp_path / "out"
    shutil.copytree(TEHRAN, case)
    shutil.copytree(tehran.pdf.parent, out)
    (out / "parts" / "cover.docx").write_bytes(b"edited by hand")
    untouched = build(case, out, SETTINGS)
    assert [found.code for found in untouched.problems] == ["part-edited"]
    text = (case / "case.yaml").read_text(encoding="utf-8")
    (case / "case.yaml").write_text(text.replace("فروردین ۱۴۰۰", "اردیبهشت ۱۴۰۰"), encoding="utf-8")
    again = build(case, out, SETTINGS)
    assert [path.name for path in again.put_aside] == ["cover (edited 1).docx"]
    assert again.put_aside[0].read_bytes() == b"edited by hand"


def test_the_receipt_tells_parts_pages_and_versions(tehran: Built) -> None:
    receipt = json.loads((tehran.pdf.parent / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["engine"]["name"] == "libreoffice"
    assert receipt["engine"]["version"]
    assert receipt["fonts"]["B Nazanin"] in ("Nazli", "B Nazanin")
    shown = {part["name"]: part["shown_in"] for part in receipt["parts"]}
    assert shown["request-letter"] == "report"
    flowing = [part for part in receipt["parts"] if not part["shown_in"]]
    ends = [(part["first_page"], part["last_page"]) for part in flowing]
    assert ends[0][0] == 1
    assert ends[-1][1] == receipt["pages"]
    assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(ends))
    warned = {found["code"] for found in receipt["problems"] if found["severity"] == Severity.WARNING}
    assert "constraint" in warned
