"""A template of a page that is read from the right, made one that is read from the left: the same look, turned round.

Word counts sides from where reading begins: without the marks of direction all of it, indents and tabs too, turns by
itself. Words of the engine's own templates are put into the language of the paper; an office's own are left alone.
"""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.english import ENGLISH
from assembler.base.persian import latin_digits
from assembler.base.scripts import has_persian
from assembler.documents.package import story_parts

_TURNS = tuple(qn(f"w:{name}") for name in ("bidi", "bidiVisual", "rtlGutter"))
_RUN_MARKS = tuple(qn(f"w:{name}") for name in ("rtl", "cs"))
_TITLE_FONT = "Titr"  # it has one weight, bold; its Latin twin has two


def turn_left(document: Document) -> None:
    """Turns the styles, the text and the margins of a document that was filled."""
    for root in (document.styles.element, *(part.element for part in story_parts(document))):
        for mark in list(root.iter(*_TURNS)):
            mark.getparent().remove(mark)
        for run in root.iter(qn("w:r")):
            _turn_run(run)
    for style in document.styles.element.iter(qn("w:style")):
        _turn_look(style)


def _turn_run(run: etree._Element) -> None:
    for text in run.iter(qn("w:t")):
        words = text.text or ""
        known = ENGLISH.get(words.strip()) or ENGLISH.get(words)
        text.text = words.replace(words.strip(), known) if known else latin_digits(words)
    look = run.find(qn("w:rPr"))
    if look is not None and not has_persian("".join(text.text or "" for text in run.iter(qn("w:t")))):
        for mark in list(look.iterchildren(*_RUN_MARKS)):
            look.remove(mark)
        _embolden(look)


def _turn_look(style: etree._Element) -> None:
    for look in style.iter(qn("w:rPr")):
        for mark in list(look.iterchildren(*_RUN_MARKS)):
            look.remove(mark)
        _embolden(look)


def _embolden(look: etree._Element) -> None:
    """Latin letters as bold as the Persian ones beside them."""
    fonts, bold = look.find(qn("w:rFonts")), look.find(qn("w:b"))
    titled = fonts is not None and _TITLE_FONT in (fonts.get(qn("w:cs")) or "")
    if bold is None and (titled or look.find(qn("w:bCs")) is not None):
        made = look.makeelement(qn("w:b"))
        before = [child for child in look if child.tag in (qn("w:rStyle"), qn("w:rFonts"))]
        before[-1].addnext(made) if before else look.insert(0, made)
