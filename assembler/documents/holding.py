"""What keeps an opening bracket with its number: no line ends with «(» while the next one begins with «۱۲ مورد)».

LibreOffice may break a line wherever the direction turns. It does not behind a no-break space, so one too small to be
seen stands there in the copy that is printed; the editable document needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import LRM, RLM
from assembler.documents.markup import parse

# A bracket with a mark before it turns together with what it holds.
_OPENING = re.compile(rf"(?<!{LRM})[(\[«](?=[{LRM}{RLM}]?[+−-]?[0-9۰-۹A-Za-z\u00c0-\u024f])")
_NAMED = re.compile(rf"(?:مورخ|شماره) (?=[{LRM}{RLM}]?[0-9۰-۹])")
_SPACE = '<w:r><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/><w:rtl/></w:rPr><w:t xml:space="preserve">\u00a0</w:t></w:r>'


def hold_brackets(root: etree._Element) -> None:
    """Put a space without a break, and almost without width, behind each bracket that opens on digits or Latin; numbers
    and dates stay with the word before them.
    """
    for paragraph in root.iter(qn("w:p")):
        _hold_numbers(paragraph)
        for text, at in reversed(list(_openings(paragraph))):
            _split(text, at)


def _openings(paragraph: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each ``w:t`` with such a bracket and the place behind it, also where what follows stands in another run."""
    texts = [text for text in paragraph.iter(qn("w:t")) if text.getparent().tag == qn("w:r")]
    whole, begin = "".join(text.text or "" for text in texts), 0
    for text in texts:
        end = begin + len(text.text or "")
        yield from ((text, found.end() - begin) for found in _OPENING.finditer(whole, begin) if found.end() <= end)
        begin = end


def _hold_numbers(paragraph: etree._Element) -> None:
    """«مورخ» and «شماره» never end a line whose next one begins with their date or number."""
    texts = [text for text in paragraph.iter(qn("w:t")) if text.getparent().tag == qn("w:r")]
    whole, begin = "".join(text.text or "" for text in texts), 0
    spaces = {found.end() - 1 for found in _NAMED.finditer(whole)}
    for text in texts:
        own = text.text or ""
        held = "".join("\u00a0" if begin + at in spaces else letter for at, letter in enumerate(own))
        text.text, begin = held, begin + len(own)


def _split(text: etree._Element, at: int) -> None:
    """Cut the run of a text in two, the space between them."""
    run, content = text.getparent(), text.text or ""
    rest = etree.Element(run.tag, run.attrib)
    look = run.find(qn("w:rPr"))
    if look is not None:
        rest.append(deepcopy(look))
    after = deepcopy(text)
    after.text, text.text = content[at:], content[:at]
    following = list(text.itersiblings())
    rest.extend([after, *following])
    run.addnext(rest)
    run.addnext(parse(f"<w:p>{_SPACE}</w:p>")[0][0])
