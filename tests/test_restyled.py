"""Templates an office restyled, or saved with LibreOffice, still make whole documents."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import closing
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from assembler.documents import styles
from assembler.documents.families import families_of
from assembler.documents.opening import open_template
from assembler.documents.templates import check_template
from assembler.model.packet import ContentsBlock, Heading, ListBlock, ListEntry, Paragraph
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.conftest import Workplace, write_report
from tests.documents.conftest import BODY, COVER, LETTER, TEMPLATES, Make, all_text, edited, letter, member, text
from tests.documents.conftest import make as make
from tests.documents.test_ooxml import assert_valid

FOUND = probe()
office = pytest.mark.skipif(FOUND is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
BODY_TEMPLATE = TEMPLATES / "body.docx"
HANGING = '<w:ind w:left="340" w:hanging="340"/>'  # of the first level of contents
LISTS = ListBlock((ListEntry("۱-", text("بیرونی"), (ListBlock((ListEntry("•", text("درونی")),)),)),))
CONTENTS = (ContentsBlock("فهرست"), Heading("برنامه", 1, "۱", "plan"), Heading("ریزتر", 2, "۱-۱", "sub"), LISTS)
REPORT = """\
report: demo
title: گزارش {{ case.agency }}
source: {document: demo}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - contents: فهرست
      - section: بازدید
        content:
          - text: demo/visit.title
          - {table: demo/visit.services, caption: خدمات}
"""


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The delivered templates, opened and saved twice in LibreOffice."""
    assert FOUND is not None
    folder = tmp_path_factory.mktemp("resaved")
    files = sorted(TEMPLATES.glob("*.docx"))
    for step in ("once", "twice"):
        out = folder / step
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(FOUND.path), profile, "--headless", "--convert-to", "docx", "--outdir", str(out)]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, env={**os.environ})
        files = sorted(out.glob("*.docx"))
    return folder / "twice"


@office
def test_templates_saved_by_libreoffice_are_sound(resaved: Path) -> None:
    kinds = {"letterhead": (LETTER, True), "body": (BODY, True), "cover": (COVER, False), "problems": ({}, True)}
    for name, (offered, needs_body) in kinds.items():
        assert check_template(resaved / f"{name}.docx", offered.keys(), needs_body) == (), name


@office
def test_what_libreoffice_saved_becomes_a_valid_letter_and_body(make: Make, resaved: Path) -> None:
    body = make(*CONTENTS, template=resaved / "body.docx", name="body.docx")
    sheet = make(part=letter(Paragraph(text("متن")), LISTS), template=resaved / "letterhead.docx", name="letter.docx")
    assert_valid(body, sheet)
    shown = [one.style.name for one in docx.Document(str(body)).paragraphs if one.style]
    assert [name for name in shown if name and name.startswith("Report List")] == ["Report List 1", "Report List 2"]


@office
def test_pages_are_the_same_from_a_template_saved_by_libreoffice(run: Run, workplace: Workplace, resaved: Path) -> None:
    write_report(workplace.folder, REPORT)
    assert run("build", workplace.case, *workplace.options).code == 0
    words = printed(workplace)
    (workplace.templates / "body.docx").write_bytes((resaved / "body.docx").read_bytes())
    outcome = run("build", workplace.case, *workplace.options)
    assert (outcome.code, outcome.err) == (0, "")
    assert printed(workplace) == words


@office
@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (HANGING, '<w:ind w:left="0" w:right="1134"/>', "word/styles.xml"),
        (HANGING, '<w:ind w:left="400" w:end="567" w:hanging="400"/>', "word/styles.xml"),
        ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="8391" w:h="11906"/>', "word/document.xml"),
        ('<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9298"/></w:tabs>', "", "word/styles.xml"),
    ],
)
def test_the_contents_keep_their_page_numbers(
    run: Run, workplace: Workplace, tmp_path: Path, old: str, new: str, name: str
) -> None:
    write_report(workplace.folder, REPORT)
    changed = edited(BODY_TEMPLATE, tmp_path / "c.docx", (old, new), name=name)
    (workplace.templates / "body.docx").write_bytes(changed.read_bytes())
    outcome = run("build", workplace.case, *workplace.options)
    assert outcome.code == 0, outcome.err
    first = printed(workplace).split("\f")[0]
    line = next(line for line in first.splitlines() if "بازدید" in line)  # the heading itself stands below
    assert "....." in line
    assert re.search("[1۱]", line)  # the text layer keeps the digits of the field


def printed(workplace: Workplace) -> str:
    with closing(PdfDocument(workplace.out / "demo.pdf")) as document:
        return "\f".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_number_of_a_page_stands_at_the_end_of_the_line(make: Make, tmp_path: Path) -> None:
    indented = (HANGING, '<w:ind w:left="0" w:right="1134"/>')
    changed = edited(BODY_TEMPLATE, tmp_path / "c.docx", indented, name="word/styles.xml")
    whole = member(make(*CONTENTS, template=changed), "word/document.xml").decode()
    assert '<w:tab w:val="clear" w:pos="9298"/><w:tab w:val="right" w:leader="dot" w:pos="8164"/>' in whole
    assert "<w:tabs>" not in member(make(*CONTENTS), "word/document.xml").decode()


# ---------------------------------------------------------------- styles renamed, lost, or of a plain Word file


def renamed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    return edited(BODY_TEMPLATE, tmp_path / "c.docx", *changes, name="word/styles.xml")


def named(name: str) -> str:
    return f'<w:name w:val="{name}"/>'


def test_lists_are_known_by_their_former_names_and_as_libreoffice_exchanges_them(tmp_path: Path) -> None:
    former = [(named(f"Report List {level}"), named(f"List {level}")) for level in (1, 2, 3, 4)]
    assert styles.identifiers(open_template(renamed(tmp_path, *former)))["List3"] == "List3"
    exchanged = ("List 2", "List Bullet 3", "List Bullet 4", "List Bullet 5")
    changes = [(named(f"Report List {level}"), named(new)) for level, new in enumerate(exchanged, 1)]
    document = open_template(renamed(tmp_path, *changes))
    assert [styles.identifiers(document)[f"List{level}"] for level in (1, 2, 3, 4)] == [
        "List1",
        "List2",
        "List3",
        "List4",
    ]


def test_the_font_of_a_caption_libreoffice_put_beside_ours_is_nobodys(tmp_path: Path) -> None:
    ours = '<w:style w:type="paragraph" w:styleId="Caption">'
    look = '<w:rPr><w:rFonts w:cs="Noto Sans Devanagari"/></w:rPr>'
    theirs = f'<w:style w:type="paragraph" w:styleId="Caption">{named("Caption")}{look}</w:style>'
    both = renamed(tmp_path, (ours, theirs + ours.replace('"Caption"', '"Caption1"')))
    assert "Noto Sans Devanagari" not in families_of(both)
    theirs_alone = renamed(
        tmp_path, (ours, theirs + ours.replace('"Caption"', '"Other"')), (named("caption"), named("x"))
    )
    assert families_of(theirs_alone)["Noto Sans Devanagari"]


def test_a_renamed_style_is_known_by_its_identifier(tmp_path: Path) -> None:
    template = renamed(tmp_path, (named("Table Head"), named("سر جدول")))
    assert check_template(template, BODY.keys(), True) == ()


def test_a_style_of_another_kind_is_none(tmp_path: Path) -> None:
    changed = ('w:type="paragraph" w:customStyle="1" w:styleId="Note"', 'w:type="character" w:styleId="Note"')
    (told,) = check_template(renamed(tmp_path, changed), BODY.keys(), True)
    assert (told.code, told.arguments["name"]) == ("template-missing-style", "Note")


def test_a_plain_word_file_is_lent_the_styles_it_lacks_in_its_own_font(make: Make, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ body }}")
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:cs"), "B Lotus")
    document.save(str(tmp_path / "plain.docx"))
    made = docx.Document(str(make(*CONTENTS, template=tmp_path / "plain.docx")))
    lent = made.styles["Table Text"].element
    assert lent.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") is None
    assert lent.find(qn("w:basedOn")).get(qn("w:val")) == made.styles["Normal"].style_id
    assert styles.missing_styles(made) == []
    (entry,) = [one for one in made.paragraphs if "بیرونی" in one.text]
    assert entry.style is not None
    assert entry.style.name == "Report List 1"


def test_a_style_that_is_lent_is_told(tmp_path: Path) -> None:
    removed = ('<w:style w:type="paragraph" w:customStyle="1" w:styleId="Figure">', '<w:style w:type="x">')
    codes = {(one.code, str(one.severity)) for one in check_template(renamed(tmp_path, removed), BODY.keys(), True)}
    assert codes == {("template-missing-style", "warning")}


def test_a_body_that_ends_its_section_leaves_no_paragraph_behind(make: Make, tmp_path: Path) -> None:
    """As LibreOffice writes it: the section ends in the paragraph of the placeholder."""
    document = docx.Document(str(BODY_TEMPLATE))
    holder, end = document.paragraphs[0]._p, document.paragraphs[1]._p
    holder.get_or_add_pPr().append(end.pPr.find(qn("w:sectPr")))
    end.getparent().remove(end)
    document.save(str(tmp_path / "c.docx"))
    made = make(*CONTENTS, template=tmp_path / "c.docx")
    assert all_text(made).split("\n")[-1] == "•\tدرونی"
