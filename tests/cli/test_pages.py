"""The contributor pages say what is so: their files and commands are run, their reference is that of the tables."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.cli.conftest import Run
from tests.reference import PAGES, REPOSITORY, referenced

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
TUTORIAL, TEMPLATES, PROGRAM = "form_specs/README.md", "letter_templates/README.md", "assembler/README.md"
_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _page(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_that_of_the_tables(name: str) -> None:
    assert "<!-- words: " in _page(name)
    assert _page(name) == referenced(_page(name)), "run `make words`"


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
    _follow(TUTORIAL, run, tmp_path, monkeypatch)
    output = tmp_path / "cases" / "1404" / "output"
    pdf = PdfReader(output / "1404.pdf")
    assert "/Sig" in {field["/FT"] for field in (pdf.get_fields() or {}).values()}
    titles = " ".join(entry.title for entry in _flat(pdf.outline))
    assert "نامه ارسال گزارش" in titles
    assert "دوره‌های برگزارشده" in titles
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "۱٬۹۵۲" in text  # calculated in one form, said in the letter


@office
def test_the_page_of_templates_can_be_followed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _follow(TEMPLATES, run, tmp_path, monkeypatch)
    assert (tmp_path / "agency" / "letter_templates" / "letterhead.docx").is_file()


def _follow(name: str, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are written where their first line says, commands typed; what they print is what the page shows."""
    monkeypatch.chdir(folder)
    blocks = _BLOCK.findall(_page(name))
    assert blocks
    for kind, text in blocks:
        if kind == "yaml":
            _write(folder, text)
            continue
        for command, expected in _commands(text):
            told = _typed(command, run, monkeypatch)
            assert re.fullmatch(re.escape(expected).replace("…", ".*"), told, re.DOTALL), f"$ {command}\n{told}"


def _write(folder: Path, text: str) -> None:
    head, _, rest = text.partition("\n")
    place, _, further = head.removeprefix("# ").partition(", ")
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.read_text(encoding="utf-8") + rest if further else text, encoding="utf-8")


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with what it prints; «…» stands for anything."""
    for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = each.partition("\n")
        yield command, expected


def _typed(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    program, *arguments = shlex.split(command)
    if program == "cd":
        monkeypatch.chdir(*arguments)
        return ""
    assert program == "assembler"
    outcome = run(*arguments)
    assert (outcome.code, outcome.err) == (0, ""), f"$ {command}\n{outcome.err}"
    return outcome.out


def _flat(outline: list[Any]) -> Iterator[Any]:
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else (entry,)


# ---------------------------------------------------------------- the page of the program


def test_the_tree_is_that_of_the_contract() -> None:
    drawn = re.findall(r"^  (\w+)(?:/|\.py) ", _page(PROGRAM), re.MULTILINE)
    contract = tomllib.loads(_page("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    assert drawn == [package for layer in contract for package in layer.split(" | ")]


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
