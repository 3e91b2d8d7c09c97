"""What the tests of Word documents share: the delivered templates, small parts, and reading a file back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import docx
import pytest
from docx.document import Document
from lxml import etree

from assembler.base.persian import latin_digits, persian_digits
from assembler.documents.counting import labels
from assembler.documents.drawings import DrawnAnew
from assembler.documents.palette import palette_of
from assembler.documents.parts import write_part
from assembler.model.packet import Align, Block, CellKind, GridBlock, GridCell, Part, Signer, Span, TemplateValue, Text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).parents[2] / "letter_templates"
PLAIN = palette_of(docx.Document(str(TEMPLATES / "body.docx")))
LETTER: dict[str, TemplateValue] = {
    "number": "۱۲۳/۴۵۶",
    "date": "۱۳۹۹/۱۲/۰۵",
    "attachment": "دارد",
    "hierarchy": ("ریاست جمهوری", "سازمان برنامه و بودجه کشور"),
    "besmele": "بسمه تعالی",
    "motto": "",
    "follows": "پیرو نامه شماره ۱۲۳ مورخ ۱۳۹۹/۱۰/۰۱",
    "addressee": "جناب آقای احمدی",
    "addressee_post": "معاون محترم توسعه مدیریت",
    "subject": "درخواست نصب تابلوی راهنما",
    "salutation": "با سلام و احترام؛",
    "closing": "پیشاپیش از همکاری جناب‌عالی سپاسگزارم.",
    "signer_name": "محمد رضایی",
    "signer_post": "رئیس سازمان",
    "copies": ("دفتر مدیریت عملکرد جهت استحضار", "حراست جهت اطلاع و اقدام"),
    "address": "تهران، خیابان بهشتی، شماره ۱",
    "document_id": "",
}
BODY: dict[str, TemplateValue] = {"report_title": "گزارش", "agency": "سازمان"}
COVER: dict[str, TemplateValue] = {
    "report_title": "گزارش اجرای شاخص صیانت",
    "period": "سال ۱۳۹۹",
    "emblem": "",
    "hierarchy": ("ریاست جمهوری",),
    "agency": "سازمان",
    "title": "گزارش اجرای شاخص",
    "subtitle": "صیانت از حقوق شهروندان",
    "unit": "حوزه ریاست",
    "number": "۱۴۰۰/۱۲",
    "revision": "۲",
    "pages": "",
    "date": "فروردین ۱۴۰۰",
}
SIGNER = Signer("head-1", "محمد رضایی", "رئیس سازمان")


def text(words: str, link: str = "") -> Text:
    return (Span(words, link),)


def cell(words: str = "", columns: int = 1, rows: int = 1, kind: CellKind = "body", align: Align = "start") -> GridCell:
    return GridCell((text(words),) if words else (), columns, rows, align, kind)


def grid(rows: int = 3, page: Literal["portrait", "landscape"] = "portrait", anchor: str = "plan") -> GridBlock:
    """A table with merged headers over two rows and a cell merged down over its first two body rows."""
    head = (
        (cell("ردیف", rows=2, kind="head"), cell("هدف کمی", columns=2, kind="head")),
        (cell("واحد سنجش", kind="head"), cell("مقدار", kind="head")),
    )
    first = (cell("الف", rows=2), cell("خدمت"), cell("۲۴", align="center"))
    second = (cell("نامه"), cell("۱", align="center"))
    others = tuple((cell(str(n)), cell("نامه"), cell("۱")) for n in range(rows - 2))
    return GridBlock(
        anchor,
        text("جدول شماره ۱- برنامه"),
        (1.0, 2.0, 1.0),
        head,
        (first, second, *others),
        notes=(text("* یادداشت"),),
        page=page,
    )


Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a body part with these blocks (or another part) and return the file."""

    def made(*blocks: Block, name: str = "out.docx", part: Part | None = None, template: Path | None = None) -> Path:
        out = tmp_path / name
        written = part or Part("body", "report", "گزارش", fields=BODY, blocks=blocks)
        write_part(
            written,
            template or TEMPLATES / "body.docx",
            out,
            title="عنوان R&D <x>",
            author="سازمان",
            pictures={},
            drawings=DrawnAnew(tmp_path / "charts"),
        )
        return out

    return made


def letter(*blocks: Block, **fields: TemplateValue) -> Part:
    return Part("letter", "request", "نامه", fields={**LETTER, **fields}, blocks=blocks, signer=SIGNER)


def body_of(file: Path) -> etree._Element:
    document: Document = docx.Document(str(file))
    return document.element.body


def all_text(file: Path) -> str:
    """Every text of the body in order, line breaks, tabs and what Word counts included."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    document: Document = docx.Document(str(file))
    counted = {one.paragraph: one.text + {"tab": "\t", "space": " "}[one.suffix] for one in labels(document)}
    parts = []
    for element in document.element.body.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}p"):
        if element.getparent().tag == f"{W}tabs":
            continue
        if element.tag == f"{W}p":
            parts.append("\n" + counted.get(element, ""))
        else:
            parts.append(signs.get(element.tag) or element.text or "")
    return "".join(parts)


def fields_of(file: Path) -> list[tuple[str, str]]:
    """The fields of the body in order of their beginnings, code and result; a result holds those of fields in it."""
    found: list[list[str]] = []
    open_: list[list[str]] = []
    shown: list[bool] = []
    for one in body_of(file).iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = one.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append(["", ""])
            found.append(open_[-1])
            shown.append(False)
        elif kind == "separate":
            shown[-1] = True
        elif kind == "end":
            open_.pop()
            shown.pop()
        elif one.tag == f"{W}instrText":
            open_[-1][0] += one.text or ""
        else:
            for field, is_result in zip(open_, shown, strict=True):
                field[1] += (one.text or "") if is_result else ""
    return [(code.strip(), result) for code, result in found]


def section_numbers(file: Path) -> dict[str, str]:
    """What Word makes of a reference to the number of a section, by its bookmark: without the points at its end."""
    counted = labels(docx.Document(str(file)))
    return {
        mark.get(f"{W}name"): one.text.rstrip(".")
        for one in counted
        for mark in one.paragraph.iter(f"{W}bookmarkStart")
    }


def recounted(file: Path) -> list[tuple[str, str]]:
    """The counted captions of a file and what refers to them, each with what Word makes of it when it counts anew."""
    told: dict[str, str] = {}
    values: dict[str, int] = {}
    found = []
    marked = [one.get(f"{W}name") for one in body_of(file).iter(f"{W}bookmarkStart")]
    names = iter([name for name in marked if name.startswith("number_")])
    fields = fields_of(file)
    for code, _ in fields:
        words = code.split()
        if words[0] == "SEQ":
            values[words[1]] = int(words[words.index("\\r") + 1]) if "\\r" in words else values.get(words[1], 0) + 1
            told[next(names)] = persian_digits(str(values[words[1]]))
    numbers = iter(list(told.values()))
    told |= section_numbers(file)
    for code, shown in fields:
        if code.startswith(("SEQ ", "REF ")):
            number = next(numbers) if code.startswith("SEQ ") else told[code.split()[1]]
            found.append((code, latin_digits(number) if shown.isascii() else number))
    return found


def member(file: Path, name: str) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name)


def edited(source: Path, target: Path, *changes: tuple[str, str], name: str = "word/document.xml") -> Path:
    """A copy of a Word file with texts of one member exchanged, each of which must stand there."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as out:
        for entry in archive.namelist():
            data = archive.read(entry)
            if entry == name:
                content = data.decode()
                for old, new in changes:
                    assert old in content
                    content = content.replace(old, new, 1)
                data = content.encode()
            out.writestr(entry, data)
    return target
