"""The contributor pages say what is so: their files and commands are run, their reference is that of the tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.cli.conftest import Run
from tests.pages import follow
from tests.reference import PAGES, REPOSITORY, referenced

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
TUTORIAL, TEMPLATES, PROGRAM = "form_specs/README.md", "letter_templates/README.md", "assembler/README.md"


def _page(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_that_of_the_tables(name: str) -> None:
    assert "<!-- words: " in _page(name)
    assert _page(name) == referenced(_page(name), name), "run `make words`"


def test_a_reference_that_fell_behind_is_seen() -> None:
    behind = _page(TUTORIAL).replace("| `form` * |", "| `form` |", 1)
    assert behind != _page(TUTORIAL) == referenced(behind)


@pytest.mark.parametrize("name", [*PAGES, PROGRAM])
def test_links_lead_somewhere(name: str) -> None:
    headings = {re.sub(r"[^a-z -]", "", line.lower()).strip().replace(" ", "-") for line in _page(name).splitlines()}
    for file, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", _page(name)):
        assert ((REPOSITORY / name).parent / file).exists()
        assert not anchor or anchor in headings


@office
def test_the_tutorial_leads_from_an_empty_folder_to_a_pdf(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert follow(_page(TUTORIAL), run, tmp_path, monkeypatch)
    output = tmp_path / "cases" / "1404" / "output"
    pdf = PdfReader(output / "1404.pdf")
    assert "/Sig" in {field["/FT"] for field in (pdf.get_fields() or {}).values()}
    titles = " ".join(entry.title for entry in _flat(pdf.outline))
    assert "نامه ارسال گزارش" in titles
    assert "دوره‌های برگزارشده" in titles
    with closing(PdfDocument(output / "1404.pdf")) as read:
        text = "".join(page.get_textpage().get_text_bounded() for page in read)
    assert "۱٬۹۵۲ نفرساعت" in text  # calculated in one form, said in the letter


@office
def test_the_page_of_templates_can_be_followed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert follow(_page(TEMPLATES), run, tmp_path, monkeypatch)
    assert (tmp_path / "agency" / "letter_templates" / "letterhead.docx").is_file()


def _flat(outline: list[Any]) -> Iterator[Any]:
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else (entry,)


# ---------------------------------------------------------------- the page of the program


def test_the_tree_is_that_of_the_contract() -> None:
    drawn = re.findall(r"^  (\w+)(?:/|\.py) ", _page(PROGRAM), re.MULTILINE)
    contract = tomllib.loads(_page("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    assert drawn == [package for layer in contract for package in re.split(" [|:] ", layer)]


def test_what_the_page_names_is_there() -> None:
    package, text = REPOSITORY / "assembler", _page(PROGRAM)
    named = set(re.findall(r"`([\w/]+(?:\.py|/))`", text))
    assert len(named) > 20
    assert [name for name in named if not ((package / name).exists() or (REPOSITORY / name).exists())] == []
    tables = re.findall(r"`([\w/]+\.py)`\s+\(`(\w+)`\)", text)
    assert len(tables) > 5
    for module, table in tables:
        assert re.search(rf"^{table}\b.* = ", (package / module).read_text(encoding="utf-8"), re.MULTILINE), table
    targets = re.findall(r"^([a-z]+):", _page("Makefile"), re.MULTILINE)
    assert [name for name in re.findall(r"`make (\w+)`", text) if name not in targets] == []
