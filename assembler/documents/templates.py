"""Checks a Word template: its tags, its directions, its fonts and its styles, each fault with its paragraph or cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import wording
from assembler.base.persian import persian_digits
from assembler.base.problems import AssemblerError, Place, Problem, problem
from assembler.documents import styles
from assembler.documents.families import families_of, read_cascade
from assembler.documents.looks import Looks
from assembler.documents.package import open_checked, story_parts
from assembler.documents.tags import _NAMES, _place, _Spot, _spots, _stories, _text, _words, tag_problems

_PERSIAN = re.compile("[\u0600-\u06ff]")


def check_template(
    template: Path, offered: Mapping[str, Collection[str]] | Collection[str], needs_body: bool
) -> tuple[Problem, ...]:
    """All faults of a template.

    ``offered`` are the names the engine fills in: of one template, or by the name of each part that uses it.
    ``needs_body`` tells whether blocks are set into it.
    """
    try:
        document = open_checked(template)
    except AssemblerError as error:
        return error.problems
    by_part = offered if isinstance(offered, Mapping) else {template.stem: offered}
    found: list[Problem] = []
    for part, names in by_part.items():
        found.extend(one for one in tag_problems(template, names, part) if one not in found)
    if any("signer_name" in names for names in by_part.values()):
        found.extend(_signature_problems(document, template))
    found.extend(_look_problems(document, template))
    if needs_body:
        found.extend(_body_problems(document, template))
    return tuple(found)


def families_at(template: Path) -> Mapping[str, str]:
    """The font families of a template, each with the place in words of the first paragraph in it; «» for a style."""
    found = dict.fromkeys(families_of(template), "")
    if not found:
        return found
    document = open_checked(template)
    cascade = read_cascade(template)
    for _, spots in _stories(document):
        for spot in spots:
            for family, _ in cascade.of_paragraph(ElementTree.fromstring(etree.tostring(spot.element))):  # noqa: S314
                found[family] = found.get(family) or spot.where
    return found


# ---------------------------------------------------------------- body, styles, looks


def _signature_problems(document: Document, template: Path) -> Iterator[Problem]:
    texts = [_text(spot.element) for spot in _spots(document.element.body, "")]
    if not any(re.search(r"\{\{\s*signature\s*\}\}", text) for text in texts):
        place = Place(file=str(template))
        yield problem("template-missing-placeholder", place, Severity.WARNING, what="{{ signature }}")


def _body_problems(document: Document, template: Path) -> Iterator[Problem]:
    body = document.element.body
    spots = list(_spots(body, ""))
    top = [spot for spot in spots if re.search(r"\{\{\s*body\s*\}\}", _text(spot.element))]
    if not top:
        yield problem("template-missing-placeholder", Place(file=str(template)), what="{{ body }}")
    for spot in top:
        if spot.element.getparent() is not body or spot is not top[0]:
            reason = "it must stand once, outside tables"
            yield problem("template-bad-tag", _place(template, spot), tag="{{ body }}", reason=reason)
    for name in styles.missing_styles(document, styles.required_styles()):
        yield problem("template-missing-style", Place(file=str(template)), name=name)


def _look_problems(document: Document, template: Path) -> Iterator[Problem]:
    looks = Looks(document)
    file = Place(file=str(template))
    for number, section in enumerate(document.element.body.iter(qn("w:sectPr")), 1):
        if not looks.on(section, "w:bidi"):
            where = persian_digits(f"بخش {number}")
            yield problem("template-not-rtl", file.within(item=where), what=wording("section"))
    if not looks.persian_language():
        yield problem("template-not-rtl", file, what=wording("default language (w:lang w:bidi)"))
    for _, spots in _stories(document):
        for spot in spots:
            yield from _spot_looks(looks, spot, _place(template, spot))
    yield from _table_looks(document, looks, file)
    for name in looks.styles_without_font(styles.required_styles()):
        yield problem("template-no-font", file, what=wording("style {name}", name=name))
    yield from _external_pictures(document, file)


def _spot_looks(looks: Looks, spot: _Spot, place: Place) -> Iterator[Problem]:
    text = _text(spot.element)
    if not text.strip() or re.fullmatch(r"\s*\{%p .*%\}\s*", text):
        return  # a paragraph that only steers leaves nothing on the page
    shown = text.strip()[:40]
    if not looks.paragraph_is_rtl(spot.element):
        yield problem("template-not-rtl", place, what=wording("paragraph «{text}»", text=shown))
    alone = re.fullmatch(r"\s*\{\{\s*(body|signature|document_id)\s*\}\}\s*", text)
    for run in spot.element.iter(qn("w:r")):
        written = "".join(node.text or "" for node in run.iter(qn("w:t")))
        if alone or not (_PERSIAN.search(written) or "{{" in written):
            continue
        if not looks.run_is_rtl(run, spot.element):
            yield problem("template-not-rtl", place, what=wording("text «{text}»", text=written.strip()[:40]))
        if not looks.has_font(run, spot.element):
            yield problem("template-no-font", place, what=wording("text «{text}»", text=written.strip()[:40]))


def _table_looks(document: Document, looks: Looks, file: Place) -> Iterator[Problem]:
    for part in story_parts(document):
        kind = part.element.tag
        prefix = _NAMES["header"] if kind == qn("w:hdr") else _NAMES["footer"] if kind == qn("w:ftr") else ""
        for number, table in enumerate(part.element.iter(qn("w:tbl")), 1):
            if not looks.table_is_rtl(table):
                yield problem(
                    "template-not-rtl", file.within(item=_words(prefix, f"جدول {number}")), what=wording("table")
                )


def _external_pictures(document: Document, file: Place) -> Iterator[Problem]:
    for part in document.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and relation.reltype != RELATION.HYPERLINK:
                yield problem("template-external", file, target=relation.target_ref)
