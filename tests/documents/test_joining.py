"""Word files in one: which may be joined, and that the whole is one."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assembler.documents.joining import join, joinable


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
