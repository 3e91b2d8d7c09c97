"""The line at the foot of a page that bears its number: the program prints the number itself, over the whole packet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.tongue import printed_words
from assembler.documents import styles
from assembler.documents.looks import Looks
from assembler.documents.markup import bidi, field, parse, runs
from assembler.documents.package import story_parts

_PAGE = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
# All that a line with nothing but the number of the page says besides.
_WORDS = re.compile(r"(صفحه|برگ|از|page|of|\W|\d|_)*", re.IGNORECASE)
_PARAGRAPH = qn("w:p")
_BEHIND = tuple(
    qn(f"w:{name}") for name in ("rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange")
)


def number_lines(document: Document) -> Iterator[etree._Element]:
    """The lines of headers and footers that are kept for the number: of the style for it, or saying nothing else."""
    identifier = styles.page_number_identifier(document)
    for part in story_parts(document):
        for paragraph in part.element.iter(_PARAGRAPH):
            in_margin = part is not document.part
            if styles.style_named(paragraph, identifier) or (in_margin and _says_only_the_number(paragraph)):
                yield paragraph


def says_more_than_the_number(paragraph: etree._Element) -> bool:
    """Whether a page number stands in the paragraph beside other text."""
    return _has_number(paragraph) and not _says_only_the_number(paragraph)


def add_number_lines(document: Document) -> None:
    """Give each footer that says something a line for the number at its end, where it has none there."""
    lines = set(number_lines(document))
    for part in story_parts(document):
        if part.element.tag != qn("w:ftr"):
            continue
        filled = [one for one in part.element.iter(_PARAGRAPH) if _text(one).strip()]
        if filled and filled[-1] not in lines:
            shown = runs(printed_words("صفحه ")) + field("PAGE", "۱")
            style = styles.page_number_identifier(document) or "PageNumberLine"
            part.element.extend(parse(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi()}</w:pPr>{shown}</w:p>'))


def mark_persian(document: Document) -> None:
    """Marks the fields of page numbers as Persian, whoever typed them: Word prints digits as the direction and the
    language of their run say.
    """
    looks = Looks(document)
    is_default = looks.persian_language()
    for part in story_parts(document):
        for run in _number_runs(part.element):
            paragraph = next(run.iterancestors(_PARAGRAPH), None)
            if paragraph is not None and not looks.run_is_rtl(run, paragraph):
                _property(run, "w:rtl").attrib.clear()
            if not is_default:
                _property(run, "w:lang").set(qn("w:bidi"), "fa-IR")


def _number_runs(root: etree._Element) -> Iterator[etree._Element]:
    """The runs of fields that print numbers of pages: their marks, codes and results."""
    for simple in root.iter(qn("w:fldSimple")):
        if _PAGE.match(simple.get(qn("w:instr"), "")):
            yield from simple.iter(qn("w:r"))
    open_: list[tuple[list[etree._Element], list[str]]] = []
    for run in root.iter(qn("w:r")):
        mark, code = run.find(qn("w:fldChar")), run.find(qn("w:instrText"))
        kind = mark.get(qn("w:fldCharType")) if mark is not None else ""
        if kind == "begin":
            open_.append(([], []))
        for held, _ in open_:
            held.append(run)
        if open_ and code is not None:
            open_[-1][1].append(code.text or "")
        if open_ and kind == "end":
            held, codes = open_.pop()
            if _PAGE.match("".join(codes)):
                yield from held


def _property(run: etree._Element, name: str) -> etree._Element:
    """A property of a run, put where the schema has it when the run lacks it; direction and language stand near the
    end.
    """
    look = run.find(qn("w:rPr"))
    if look is None:
        look = parse("<w:r><w:rPr/></w:r>")[0][0]
        run.insert(0, look)
    found = look.find(qn(name))
    if found is None:
        (found,) = parse(f"<{name}/>")
        behind = _BEHIND[_BEHIND.index(qn(name)) + 1 :]
        following = next((one for one in look if one.tag in behind), None)
        look.append(found) if following is None else following.addprevious(found)
    return found


def _says_only_the_number(paragraph: etree._Element) -> bool:
    return _has_number(paragraph) and _WORDS.fullmatch(_text(paragraph)) is not None


def _has_number(paragraph: etree._Element) -> bool:
    simple = (one.get(qn("w:instr"), "") for one in paragraph.iter(qn("w:fldSimple")))
    codes = (one.text or "" for one in paragraph.iter(qn("w:instrText")))
    return any(_PAGE.match(code) for code in (*simple, *codes))


def _text(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
