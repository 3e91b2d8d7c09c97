"""The pieces of a run over a list: names, lists, and which documents may be joined."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assembler.base.problems import AssemblerError
from assembler.cases.letters.lists import read_list
from assembler.cases.letters.names import safe_name, unique_names
from assembler.documents.joining import join, joinable


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("واحد ۱/۲", "واحد ۱-۲"),
        ("../..", ""),
        ("CON", "CON-"),
        ("a\u202eb", "a-b"),
        (" x . ", "x"),
        ("ا" * 300, "ا" * 90),
    ],
)
def test_names_are_safe(typed: str, name: str) -> None:
    assert safe_name(typed) == name


def test_names_are_unique_whatever_their_letters() -> None:
    assert unique_names(["a", "A", "a", "combined"], ["combined"]) == ("a", "A (2)", "a (3)", "combined (2)")


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("نام;عدد\nالف;۱\n\nب;۲\n".encode("utf-8-sig"), [(2, "الف"), (4, "ب")]),
        ('نام,متن\n"الف\nب",x\nج,y\n'.encode("utf-16"), [(2, "الف\nب"), (3, "ج")]),
    ],
)
def test_lists_of_any_making_are_read(data: bytes, rows: list[tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(data)
    assert [(row.number, row.cells[1]) for row in read_list(tmp_path / "units.csv").rows] == rows


@pytest.mark.parametrize(("name", "data"), [("a.csv", b"\xff"), ("a.xlsx", b"PK"), ("a.csv", b"only,head\n")])
def test_a_list_that_is_none_says_so(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AssemblerError):
        read_list(tmp_path / name)


def document(path: Path, text: str, field: str = "") -> Path:
    made = docx.Document()
    paragraph = made.add_paragraph(text)
    if field:
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        paragraph._p.append(simple)
    for style in made.styles.element.iter(qn("w:numPr")):
        style.getparent().remove(style)
    made.save(str(path))
    return path


def test_documents_that_count_over_a_whole_file_stay_alone(tmp_path: Path) -> None:
    plain = [document(tmp_path / f"{number}.docx", f"متن {number}", " PAGE ") for number in range(2)]
    counting = document(tmp_path / "n.docx", "متن", " NUMPAGES ")
    kinds = [[path.name for path in group] for group in joinable([plain[0], counting, plain[1]])]
    assert kinds == [["0.docx", "1.docx"], ["n.docx"]] or all(len(kind) == 1 for kind in kinds)
    assert ["n.docx"] in kinds


def test_a_joined_file_is_a_word_file(tmp_path: Path) -> None:
    files = [document(tmp_path / f"{number}.docx", f"متن {number}") for number in range(3)]
    join(files, tmp_path / "joint.docx")
    joint = docx.Document(str(tmp_path / "joint.docx"))
    assert [one.text for one in joint.paragraphs if one.text] == ["متن 0", "متن 1", "متن 2"]
    assert len(joint.sections) == 3
