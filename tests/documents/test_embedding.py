"""Word files that carry their fonts: whole, under the name of what they hold, as far as the makers allow it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from assembler.assembly.fonts import carried
from assembler.documents.embedding import embed_fonts, obfuscated
from assembler.documents.printing import fill_contents
from assembler.model.packet import Heading, Paragraph
from assembler.pdf.fonts import Face, find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import probe
from tests.documents.conftest import TEMPLATES, Make, body_of, edited, grid, text
from tests.documents.test_ooxml import assert_valid

FONTS = find_fonts()
pytestmark = pytest.mark.skipif(bool(FONTS.missing), reason="the fonts are not installed")
BLOCKS = (Heading("برنامه", 1, "۱", "plan"), Paragraph(text("متن فارسی")), grid())


def made(make: Make, name: str = "part.docx") -> Path:
    file = make(*BLOCKS, name=name)
    fill_contents(file, {}, {}, fonts=carried(FONTS))
    return file


def fonts_in(document: Document) -> dict[str, dict[str, bytes]]:
    """The fonts a document carries, by family and weight."""
    table = document.part.part_related_by(RELATION.FONT_TABLE)
    found: dict[str, dict[str, bytes]] = {}
    for one in parse_xml(table.blob):
        for told in (child for child in one if child.tag.startswith(qn("w:embed"))):
            blob = table.related_parts[told.get(qn("r:id"))].blob
            kind = told.tag.rsplit("}", 1)[-1]
            found.setdefault(one.get(qn("w:name")), {})[kind] = obfuscated(blob, told.get(qn("w:fontKey")))
    return found


def test_the_fonts_are_whole_and_named_as_they_are(make: Make) -> None:
    file = made(make)
    document = docx.Document(str(file))
    held = fonts_in(document)
    faces = {face.used: face for face in FONTS.persian}
    assert held.keys() == faces.keys()
    for name, face in faces.items():
        wanted = {("embedBold" if bold else "embedRegular"): one.read_bytes() for bold, one in face.weights}
        assert held[name] == wanted
    named = {fonts.get(qn("w:cs")) for fonts in document.styles.element.iter(qn("w:rFonts"))} - {None}
    assert named <= {face.used for face in FONTS.faces} | {"Segoe UI Symbol", "DejaVu Sans"}
    assert document.settings.element.find(qn("w:embedTrueTypeFonts")) is not None
    assert_valid(file)


def test_what_is_carried_once_is_not_carried_again_and_files_are_the_same(make: Make, tmp_path: Path) -> None:
    file, other = made(make), made(make, "other.docx")
    assert file.read_bytes() == other.read_bytes()
    fill_contents(file, {}, {}, fonts=carried(FONTS))
    assert file.read_bytes() == other.read_bytes()
    assert carried(FONTS)  # else nothing was tried


def test_a_document_without_a_list_of_fonts_gets_one(make: Make) -> None:
    file = make(*BLOCKS)
    document = docx.Document(str(file))
    key = next(key for key, one in document.part.rels.items() if one.reltype == RELATION.FONT_TABLE)
    document.part.rels.pop(key)
    embed_fonts(document, carried(FONTS))
    document.save(str(file))
    assert fonts_in(docx.Document(str(file))).keys() == {face.used for face in FONTS.persian}
    assert_valid(file)


def test_fonts_of_a_theme_are_carried_too(make: Make, tmp_path: Path) -> None:
    by_theme = ('w:cs="B Nazanin"', 'w:cstheme="minorBidi"')
    template = edited(TEMPLATES / "body.docx", tmp_path / "themed.docx", by_theme, name="word/styles.xml")
    file = make(*BLOCKS, template=template)
    fill_contents(file, {}, {}, fonts=carried(FONTS))
    document = docx.Document(str(file))
    theme = document.part.part_related_by(RELATION.THEME).blob.decode()
    faces = {face.family: face.used for face in FONTS.persian}
    assert f'cs typeface="{faces["B Nazanin"]}"' in theme
    assert faces["B Nazanin"] in fonts_in(document)
    assert_valid(file)


@pytest.mark.parametrize(
    ("told", "may"), [(0, True), (2, False), (4, False), (8, True), (0xC, True), (0x100, True), (0x208, False)]
)
def test_what_the_makers_of_a_font_allow_is_kept(tmp_path: Path, told: int, may: bool) -> None:
    face = FONTS.persian[0]
    with TTFont(face.regular) as font:
        font["OS/2"].fsType = told
        font.save(tmp_path / "own.ttf")
    other = Face(face.family, face.used, (tmp_path / "own.ttf",))
    assert other.may_be_carried is may
    taken = carried(replace(FONTS, faces=(other,)))
    assert [one.file for one in taken] == ([tmp_path / "own.ttf"] if may else [])


@pytest.mark.skipif(probe() is None, reason="LibreOffice is not installed")
def test_it_looks_the_same_on_a_machine_without_the_fonts(make: Make, tmp_path: Path) -> None:
    office = probe()
    assert office is not None
    shutil.copy(make(*BLOCKS, name="bare.docx"), tmp_path / "bare-copy.docx")
    bare = replace(FONTS, faces=())
    pages = convert(office, [tmp_path / "bare-copy.docx", made(make)], tmp_path, fonts=bare, timeout=120, work=tmp_path)
    shown = []
    for file in pages:
        with pikepdf.open(file) as pdf:
            fonts = (font.BaseFont for page in pdf.pages for _, font in page.obj.Resources.Font.items())
            shown.append({str(name).split("+")[-1].split("-")[0] for name in fonts})
    used = {face.used.replace(" ", "") for face in FONTS.persian}
    assert not shown[0] & used
    assert used <= shown[1]
    assert "متن" in "".join(body_of(tmp_path / "bare-copy.docx").itertext())
