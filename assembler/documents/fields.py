"""Fills the tags of a template with plain values, in a sandbox that refuses unknown names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from assembler.base.log import log_trace
from assembler.base.problems import AssemblerError, ExitCode, Place, has_errors, problem
from assembler.documents.markup import parse, runs
from assembler.documents.opening import open_template
from assembler.documents.package import story_parts
from assembler.documents.sandbox import environment
from assembler.model.packet import TemplateValue
from assembler.model.templates import BODY, DOCUMENT_ID, PAGES, SIGNATURE

_AFTER_DIRECTION = tuple(qn(f"w:{name}") for name in ("em", "lang", "eastAsianLayout", "specVanish", "oMath"))
_PAGES = "\ufdd0\ufdd2\ufdd1"  # stands in one run, without letters of any script
_SUBSTANCE = tuple(qn(name) for name in ("w:p", "w:tbl", "w:sdt"))


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl carries no types
    """docxtpl without its spellings for literal braces, which would change values that happen to hold them."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        result: str = _compiled(src_xml).render(context)
        listed: str = self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", result))
        return listed

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Properties are set after rendering, as plain texts."""


# Of the many letters made from one template all but the first find it read.
@cache
def _sandbox() -> ImmutableSandboxedEnvironment:
    return environment()


@lru_cache(maxsize=64)
def _compiled(markup: str) -> Template:
    return _sandbox().from_string(re.sub(r"<w:p([ >])", r"\n<w:p\1", markup))


@lru_cache(maxsize=64)
def _patched(markup: str) -> str:
    result: str = DocxTemplate("").patch_xml(markup)
    return result


def render(template: Path, fields: Mapping[str, TemplateValue]) -> tuple[Document, Mapping[str, str]]:
    """The filled document, and the texts that mark where the body and the signature go.

    Raises AssemblerError with ``template-*`` problems that name the paragraph at fault.
    """
    marks = _marks(fields)
    values = {name: _data(value) for name, value in fields.items()} | marks
    filling = _Template(str(template))
    filling.docx = open_template(template)
    try:
        filling.render(values, _sandbox(), autoescape=True)
    except Exception as error:  # whatever filling says of it, it is this template that cannot be filled
        raise _failure(template, values, error) from error
    document: Document = filling.docx
    for part in story_parts(document):
        _tidy(part.element)
    return document, marks


def _data(value: TemplateValue) -> object:
    """Plain strings, lists and dictionaries: nothing a template could call into."""
    if isinstance(value, str):
        return str(value)
    return [str(entry) if isinstance(entry, str) else {str(k): str(v) for k, v in entry.items()} for entry in value]


def _marks(fields: Mapping[str, TemplateValue]) -> dict[str, str]:
    """Texts for the placeholders that no value holds; that of the document ID where there is one."""
    values = [text for value in fields.values() for text in _texts(value)]
    marks = {}
    for name in (BODY, SIGNATURE, *((DOCUMENT_ID,) if fields.get(DOCUMENT_ID) else ())):
        mark = f"\ufdd0{name}\ufdd1"
        while any(mark in text for text in values):
            mark = f"\ufdd0{mark}"
        marks[name] = mark
    return marks | ({PAGES: _PAGES} if PAGES in fields else {})


def _texts(value: TemplateValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    for entry in value:
        yield from (entry,) if isinstance(entry, str) else entry.values()


def _failure(template: Path, values: Mapping[str, object], error: Exception) -> AssemblerError:
    from assembler.documents.tags import failing_tags, tag_problems  # it reads tags with this sandbox

    document = open_template(template)
    found = [one for one in tag_problems(template, document, values.keys(), template.stem) if has_errors([one])]
    found = found or list(failing_tags(template, document, values))
    reason = str(error) or type(error).__name__
    if not found:
        log_trace(error, str(template))
    found = found or [problem("template-failed", Place(file=str(template)), reason=reason)]
    return AssemblerError(found, ExitCode.TEMPLATE)


def _tidy(root: etree._Element) -> None:
    """What filling leaves behind: cells without a paragraph, and runs without a direction of their own."""
    for cell in root.iter(qn("w:tc")):
        last = next((child for child in reversed(cell) if child.tag in _SUBSTANCE), None)
        if last is None or last.tag == qn("w:tbl"):
            cell.append(parse("<w:p/>")[0])
    for run in list(root.iter(qn("w:r"))):
        if run.find(qn("w:t")) is not None:
            _direct(run)


def _direct(run: etree._Element) -> None:
    """Cut a filled run by script, each piece with its direction and the run's own look."""
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    content = [child for child in run if child.tag != qn("w:rPr")]
    if any(child.tag not in (qn("w:t"), *signs) or (child.tag == qn("w:br") and child.attrib) for child in content):
        return  # pictures, fields, page breaks: no line of text
    text = "".join(signs.get(child.tag) or child.text or "" for child in content)
    fresh = parse(f"<w:p>{runs(text)}</w:p>")[0]
    look = run.find(qn("w:rPr"))
    parent = run.getparent()
    for piece in list(fresh):
        _dress(piece, look)
        run.addprevious(piece)
    parent.remove(run)


def _dress(piece: etree._Element, look: etree._Element | None) -> None:
    """Give a piece the look of the run it was cut from; direction and script marks stay its own."""
    own = piece.find(qn("w:rPr"))
    if look is None or own is None:
        return
    given = [child for child in look if child.tag not in (qn("w:rtl"), qn("w:cs"))]
    has_style = any(child.tag == qn("w:rStyle") for child in given)
    marks = list(own)
    late = [child for child in given if child.tag in _AFTER_DIRECTION]
    for child in marks:
        own.remove(child)
    if not has_style:
        own.extend(child for child in marks if child.tag == qn("w:rStyle"))
    own.extend(deepcopy(child) for child in given if child not in late)
    own.extend(child for child in marks if child.tag != qn("w:rStyle"))
    own.extend(deepcopy(child) for child in late)
