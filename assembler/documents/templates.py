"""Checks a Word template: its tags, its directions, its fonts and its styles, each fault with its paragraph or cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.catalogue.entries import Severity
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.base.persian import persian_digits
from assembler.base.problems import AssemblerError, Place, Problem, problem
from assembler.documents import styles
from assembler.documents.families import families_of, read_cascade
from assembler.documents.looks import Looks
from assembler.documents.opening import TAG, accept_changes, join_tags, note_text, open_as_left, open_template, text_of
from assembler.documents.outside import carried, elsewhere, fetched
from assembler.documents.package import open_checked, story_parts, within
from assembler.documents.page_numbers import says_more_than_the_number
from assembler.documents.tags import _NAMES, _flow, _place, _roots, _Spot, _spots, _stories, _words, tag_problems
from assembler.documents.tracking import (
    Change,
    changes_around,
    changes_in,
    clock_fields,
    has_comment,
    merge_fields,
    prompts,
)
from assembler.documents.widths import excess_of

_NOTES = {"footnotes.xml": "پانویس", "endnotes.xml": "پی‌نوشت"}
_SHOWN = 80  # letters of a change that are told
_SIGNATURE = re.compile(r"\{\{\s*signature\s*\}\}")
_PERSIAN = re.compile("[\u0600-\u06ff]")


def check_template(
    template: Path, offered: Mapping[str, Collection[str]] | Collection[str], needs_body: bool, *, used: bool = True
) -> tuple[Problem, ...]:
    """All faults of a template.

    ``offered`` are the names the engine fills in: of one template, or by the name of each part that uses it.
    ``needs_body`` tells whether blocks are set into it; nobody signs what no report has ``used``.
    """
    try:
        with foreign(template):
            return tuple(_faults(template, offered, needs_body, used=used))
    except AssemblerError as error:
        return error.problems
    except UnreadableError as error:
        return (problem("template-broken", Place(file=str(template)), reason=error.reason),)


def _faults(
    template: Path, offered: Mapping[str, Collection[str]] | Collection[str], needs_body: bool, *, used: bool
) -> Sequence[Problem]:
    document = open_as_left(template)
    found = [*_outside(document, Place(file=str(template))), *_left_problems(document, template)]
    accept_changes(document)
    by_part = offered if isinstance(offered, Mapping) else {template.stem: offered}
    for part, names in by_part.items():
        found.extend(one for one in tag_problems(template, document, names, part) if one not in found)
    join_tags(document)
    if used and any("signer_name" in names for names in by_part.values()):
        found.extend(_signature_problems(document, template))
    found.extend(_look_problems(document, template))
    if needs_body:
        found.extend(_body_problems(document, template))
    return found


def families_at(template: Path) -> Mapping[str, str]:
    """The font families of a template, each with the place in words of the first paragraph in it; «» for a style.
    Raises AssemblerError (``template-broken``).
    """
    with within(template):
        return _families_at(template)


def _families_at(template: Path) -> Mapping[str, str]:
    found = dict.fromkeys(families_of(template), "")
    if not found:
        return found
    document = open_template(template)
    cascade = read_cascade(template)
    for _, spots in _stories(document):
        for spot in spots:
            for family, _ in cascade.of_paragraph(ElementTree.fromstring(etree.tostring(spot.element))):  # noqa: S314
                found[family] = found.get(family) or spot.where
    return found


# ---------------------------------------------------------------- what Word leaves


def _left_problems(document: Document, template: Path) -> Iterator[Problem]:
    """Tracked changes, once a paragraph, section or table, fields of mail merge, comments; tags where they are not
    filled, and macros.
    """
    for _, spots in _stories(document):
        for spot in spots:
            place = _place(template, spot)
            yield from _tracked(list(changes_in(spot.element)), place)
            for field in merge_fields(spot.element):
                yield problem("template-mail-merge", place, field=field)
            for field in clock_fields(spot.element):
                yield problem("template-clock", place, field=field)
            if has_comment(spot.element):
                yield problem("template-comment", place)
    file = Place(file=str(template))
    yield from _tracked_around(document, file)
    for story in story_parts(open_checked(template)):  # the document given stands without its controls
        for prompt in prompts(story.element):
            yield problem("template-prompt", file, text=prompt[:_SHOWN])
    for part in document.part.package.iter_parts():
        kind = str(part.partname).rsplit("/", 1)[-1]
        if kind in _NOTES and (found := TAG.search(note_text(part.blob))):
            reason = wording("a tag may not stand in a footnote")
            yield problem("template-bad-tag", file.within(item=_NOTES[kind]), tag=found.group(), reason=reason)
        if kind.startswith("vbaProject"):
            yield problem("template-macros", file)


def _tracked(changes: Sequence[Change], place: Place) -> Iterator[Problem]:
    if changes:
        authors = "، ".join(dict.fromkeys(change.author for change in changes))
        texts = " … ".join(dict.fromkeys(change.text for change in changes if change.text))
        looks = {str(change.look): change.look for change in changes if change.look and not texts}
        for told in (texts[:_SHOWN],) if texts else looks.values() or ("",):
            yield problem("template-tracked", place, author=authors, text=told)


def _tracked_around(document: Document, file: Place) -> Iterator[Problem]:
    """Tracked changes of tables, and of the last section, whose set-up stands behind all paragraphs."""
    sections = list(document.element.body.iter(qn("w:sectPr")))
    for name, root in _roots(document):
        tables = [child for child in _flow(root) if child.tag == qn("w:tbl")]
        found: dict[str, list[Change]] = {}
        for element, change in changes_around(root):
            holders = list(element.iterancestors())
            around = [f"جدول {number}" for number, table in enumerate(tables, 1) if table in holders]
            around += [f"بخش {number}" for number, section in enumerate(sections, 1) if section in holders]
            found.setdefault(_words(name, around[0]) if around else name, []).append(change)
        for where, changes in found.items():
            yield from _tracked(changes, file.within(item=where))


# ---------------------------------------------------------------- body, styles, looks


def _signature_problems(document: Document, template: Path) -> Iterator[Problem]:
    """A letter without room for the signature, or with one in a text box: where that stands on the page is not told."""
    spots = [spot for spot in _spots(document.element.body, "") if _SIGNATURE.search(text_of(spot.element))]
    if not spots:
        place = Place(file=str(template))
        yield problem("template-missing-placeholder", place, Severity.WARNING, what="{{ signature }}")
    for spot in spots:
        if next(spot.element.iterancestors(qn("w:txbxContent")), None) is not None:
            reason = wording("it must stand outside text boxes")
            yield problem("template-bad-tag", _place(template, spot), tag="{{ signature }}", reason=reason)


def _body_problems(document: Document, template: Path) -> Iterator[Problem]:
    body = document.element.body
    spots = list(_spots(body, ""))
    top = [spot for spot in spots if re.search(r"\{\{\s*body\s*\}\}", text_of(spot.element))]
    if not top:
        yield problem("template-missing-placeholder", Place(file=str(template)), what="{{ body }}")
    for spot in top:
        if spot.element.getparent() is not body or spot is not top[0]:
            reason = wording("it must stand once, outside tables and text boxes")
            yield problem("template-bad-tag", _place(template, spot), tag="{{ body }}", reason=reason)
    for name in styles.missing_styles(document):
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
    for margin, spots in _stories(document):
        for spot in spots:
            yield from _spot_looks(looks, spot, _place(template, spot))
            if margin and says_more_than_the_number(spot.element):
                yield problem("template-page-number", _place(template, spot))
    yield from _table_looks(document, looks, file)
    for name in looks.styles_without_font(styles.identifiers(document).values()):
        yield problem("template-no-font", file, what=wording("style {name}", name=name))


def _spot_looks(looks: Looks, spot: _Spot, place: Place) -> Iterator[Problem]:
    text = text_of(spot.element)
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
            place = file.within(item=_words(prefix, f"جدول {number}"))
            if not looks.table_is_rtl(table):
                yield problem("template-not-rtl", place, what=wording("table"))
            if excess := excess_of(table, part, document):
                yield problem("template-too-wide", place, wide=excess[0], room=excess[1])


def _outside(document: Document, file: Place) -> Iterator[Problem]:
    """What the template would fetch and what it carries beside its text are left out; its head must be its own."""
    for target in elsewhere(document):
        reason = wording("its header or footer lies elsewhere: {target}", target=target)
        yield problem("template-broken", file, reason=reason)
    for target in dict.fromkeys(fetched(document)):
        yield problem("template-external", file, target=target)
    for name in dict.fromkeys(carried(document)):
        yield problem("template-embedded", file, name=name)
