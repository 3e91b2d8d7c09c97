"""What is printed, in the Word files and on the pages of every sample: digits, directions, brackets, and the letters.

The letters and the sheets of corrections stand in ``golden/`` as somebody saw and approved them as pages; they are
written anew by ``make golden``.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jdatetime
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn

from assembler.actions.issue import issue
from assembler.assembly.unchanged import Built
from assembler.base.persian import section_number
from assembler.base.scripts import pieces
from assembler.documents.counting import labels
from assembler.documents.package import open_checked, story_parts
from assembler.records.receipt import PartRecord, Receipt
from tests.built import SETTINGS, build_once
from tests.documents.conftest import fields_of, recounted
from tests.test_samples import ROOT

SAMPLES = sorted(
    path.parent for path in (ROOT / "samples").glob("*/case.yaml") if "english" not in path.parent.name
)  # that one is read from the left
GOLDEN = Path(__file__).parent / "golden"


class Correction(NamedTuple):
    """What is corrected in a sample after it was issued: an answer as it was and is, the days and the new number."""

    sample: str
    file: str
    was: str
    now: str
    issued: jdatetime.date
    corrected: jdatetime.date
    number: str


CORRECTIONS = (
    Correction(
        "annual-1398-national",
        "16.yaml",
        "[راه‌اندازی کارساز پشتیبان]",
        "[راه‌اندازی کارساز, پایش درگاه]",
        jdatetime.date(1399, 2, 14),
        jdatetime.date(1399, 2, 20),
        "۹۹/۰۴۶۰",
    ),
    Correction(
        "service-desk-province-1405-1",
        "1.yaml",
        "بازدید و تأیید هویت مالک",
        "بازدید و احراز هویت",
        jdatetime.date(1405, 3, 5),
        jdatetime.date(1405, 3, 10),
        "۱۴۰۵/ص/۰۱۴۰",
    ),
)
_ALONE = re.compile(r"(?:^|\s)[()«»\[\]]$")  # readers give a bracket back as it looks
_SECTION = re.compile(r"section_[0-9]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_JOINED = re.compile("[0-9۰-۹][-–][0-9۰-۹]")


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda case: case.name)
def built(request: pytest.FixtureRequest) -> Built:
    return build_once(request.param)


def own_parts(built: Built) -> Iterator[PartRecord]:
    """The parts the program wrote; evidence comes from elsewhere."""
    return (part for part in built.receipt.parts if part.docx)


@cache
def texts(file: Path) -> tuple[str, ...]:
    """The text of every run of a Word file, those of its headers and footers too."""
    roots = [part.element for part in story_parts(open_checked(file))]
    return tuple(text.text or "" for root in roots for text in root.iter(qn("w:t")))


def lines_of(pdf: Path, part: PartRecord) -> Iterator[str]:
    """The lines on the pages of a part, as a reader of PDF gives them back."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(max(part.first_page - 1, 0), part.last_page):
            text = unicodedata.normalize("NFKC", document[number].get_textpage().get_text_range())
            yield from (line.strip() for line in text.splitlines())


def test_words_have_their_digits_and_numbers_their_marks(built: Built) -> None:
    """Latin digits stand in Latin words and addresses alone; what a reader would turn round has its marks."""
    for part in own_parts(built):
        for line in texts(built.pdf.parent / part.docx):
            read = [piece for kind, piece in pieces(line) if kind not in ("latin", "address")]
            assert not [piece for piece in read if re.search("[0-9]", piece) or _JOINED.search(piece)], line
            assert not _ISOLATES.search(line)


def test_latin_digits_of_the_pages_are_those_of_latin_words(built: Built) -> None:
    """The page numbers of contents among them, which the converter computes."""
    lines = [line for part in own_parts(built) for line in texts(built.pdf.parent / part.docx)]
    latin = " ".join(piece for line in lines for kind, piece in pieces(line) if kind in ("latin", "address"))
    known = set(re.findall("[0-9]+", latin))
    for part in own_parts(built):
        shown = " ".join(lines_of(built.pdf, part))
        assert not set(re.findall("[0-9]+", shown)) - known


def test_no_line_of_the_pages_ends_with_an_opening_bracket(built: Built) -> None:
    for part in own_parts(built):
        assert [line for line in lines_of(built.pdf, part) if _ALONE.search(line)] == []


def test_word_counts_the_headings_as_the_report_does(built: Built) -> None:
    """The bookmarks of headings are those of the numbers the report gave them; Word has its lists alone to count by."""
    for part in own_parts(built):
        document = open_checked(built.pdf.parent / part.docx)
        counted = {one.paragraph: one.text for one in labels(document)}
        marks = [
            one for one in document.element.body.iter(qn("w:bookmarkStart")) if _SECTION.match(one.get(qn("w:name")))
        ]
        for mark in marks:
            numbers = tuple(map(int, mark.get(qn("w:name")).split("_")[1:]))
            assert counted.get(mark.getparent()) == f"{section_number(numbers)}-"


def test_word_counts_the_captions_as_the_report_does(built: Built) -> None:
    for part in own_parts(built):
        file = built.pdf.parent / part.docx
        assert [one for one in fields_of(file) if one[0].startswith(("SEQ ", "REF "))] == recounted(file)


def test_the_word_files_tell_the_page_of_all_they_list(built: Built) -> None:
    for part in own_parts(built):
        pages = [result for code, result in fields_of(built.pdf.parent / part.docx) if code.startswith("PAGEREF")]
        assert all(page.isdecimal() for page in pages)


# ---------------------------------------------------------------- as they were approved


def letters_of(pdf: Path, receipt: Receipt) -> str:
    """The letters and the sheet of corrections of a packet, page by page as they are read; then the pages that show a
    letter."""
    shown = [part for part in receipt.parts if part.first_page and part.kind in ("letter", "corrections")]
    texts = [[f"== {part.name}", *filter(None, lines_of(pdf, part))] for part in shown]
    for part in (part for part in receipt.parts if part.kind == "body"):
        for page in pages_with_letters(pdf, part):
            here = replace(part, first_page=page, last_page=page)
            texts.append([f"== {part.name}, {page}", *filter(None, lines_of(pdf, here))])
    return "\n\n".join("\n".join(lines) for lines in texts) + "\n"


def pages_with_letters(pdf: Path, part: PartRecord) -> list[int]:
    """The pages of a part into which a letter is laid."""
    with pikepdf.open(pdf) as document:
        laid = [any("Letter" in name for name in page.resources.get("/XObject", {})) for page in document.pages]
    return [page for page in range(part.first_page, part.last_page + 1) if laid[page - 1]]


def approve(name: str, text: str) -> None:
    """Holds a text to the approved one, or approves it when told to (``GOLDEN=write``)."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_letters_are_those_approved(built: Built) -> None:
    if any(part.kind == "letter" for part in built.receipt.parts):
        approve(built.receipt.case, letters_of(built.pdf, built.receipt))


@pytest.mark.parametrize("one", CORRECTIONS, ids=lambda one: one.sample)
def test_amended_letters_are_those_approved(tmp_path: Path, one: Correction) -> None:
    case = tmp_path / one.sample
    shutil.copytree(ROOT / "samples" / one.sample, case)
    shutil.copytree(build_once(ROOT / "samples" / one.sample).pdf.parent, case / "output")  # built before it is issued
    issue(case, SETTINGS, one.issued)
    answers = case / "answers" / one.file
    text = answers.read_text(encoding="utf-8")
    assert one.was in text
    answers.write_text(text.replace(one.was, one.now, 1), encoding="utf-8")
    built = issue(case, SETTINGS, one.corrected, numbers={"": one.number}).built
    assert built is not None
    assert "corrections" in [part.kind for part in built.receipt.parts]
    approve(f"{one.sample}-amended", letters_of(built.pdf, built.receipt))
