"""The tags of a Word template: where each stands, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn
from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from assembler.base.likeness import nearest
from assembler.base.messages import Wording, wording
from assembler.base.persian import persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.documents.names import STRAIGHT
from assembler.documents.opening import TAG, letters, own_texts, text_of
from assembler.documents.package import story_parts
from assembler.documents.sandbox import environment
from assembler.model.templates import BODY, SIGNATURE

_LOOSE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_SINGLE = re.compile(r"\{[^{}]*\}|[{}]")
_STEERING = re.compile(r"\{%p\b")
_SCOPE = re.compile(r"^(\{[{%#])(?:p|tr|tc|r) ")
_INVISIBLE = re.compile("[\u00a0\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PLACEHOLDER = re.compile(r"\{\{\s*(body|signature|document_id)\s*\}\}")
_UNSEEN = tuple(qn(f"w:{name}") for name in ("rtl", "cs", "lang", "noProof", "webHidden", "snapToGrid", "kern"))
_UNSEEN_ATTRIBUTES = tuple(qn(f"w:{name}") for name in ("hint", "eastAsia", "eastAsiaTheme"))
_WORD_2010 = "{http://schemas.microsoft.com/office/word/"
_OFF = ({qn("w:val"): "0"}, {qn("w:val"): "false"})
_CLOSERS = {"endif": "if", "endfor": "for"}
_INNER = {"elif": ("if",), "else": ("if", "for")}
_LONGEST, _SHOWN = 2000, 60  # letters of a tag, and of one too long that are told
_MOST_OF_ONE = 100  # letters that the filters of a tag may make of one
_NAMES = {"header": "سرصفحه", "footer": "پاصفحه"}


@dataclass(frozen=True)
class _Spot:
    """A paragraph and its place in words, such as «جدول ۱، ردیف ۲، خانه ۱»."""

    element: etree._Element
    where: str


@dataclass
class _Scope:
    """Open blocks of a story, each with its tag, its spot and the names it brings."""

    open: list[tuple[str, str, _Spot, frozenset[str]]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {name for *_, brought in self.open for name in brought}


def _stories(document: Document) -> Iterator[tuple[str, list[_Spot]]]:
    return ((name, list(_spots(root, name))) for name, root in _roots(document))


def _roots(document: Document) -> Iterator[tuple[str, etree._Element]]:
    """Body, headers and footers, each with its name in words, «» for the body."""
    for part in story_parts(document):
        root = part.element
        body = root.find(qn("w:body"))
        name = _NAMES["header"] if root.tag == qn("w:hdr") else _NAMES["footer"] if root.tag == qn("w:ftr") else ""
        yield name, root if body is None else body


def _spots(root: etree._Element, prefix: str) -> Iterator[_Spot]:
    paragraphs = tables = 0
    for child in _flow(root):
        if child.tag == qn("w:p"):
            paragraphs += 1
            yield _Spot(child, _words(prefix, f"بند {paragraphs}"))
            for inner in child.iter(qn("w:txbxContent")):
                yield from _spots(inner, _words(prefix, f"بند {paragraphs}، کادر متن"))
        elif child.tag == qn("w:tbl"):
            tables += 1
            yield from _cells(child, _words(prefix, f"جدول {tables}"))


def _flow(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a story in order, those inside content controls too."""
    for child in root:
        if child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            yield from _flow(content) if content is not None else ()
        elif child.tag in (qn("w:p"), qn("w:tbl")):
            yield child


def _cells(table: etree._Element, prefix: str) -> Iterator[_Spot]:
    for row_number, row in enumerate(table.iterchildren(qn("w:tr")), 1):
        for cell_number, cell in enumerate(row.iterchildren(qn("w:tc")), 1):
            where = _words(prefix, f"ردیف {row_number}، خانه {cell_number}")
            inside = list(_spots(cell, where))
            single = len(inside) == 1
            yield from (_Spot(spot.element, where) for spot in inside) if single else inside


def _words(prefix: str, text: str) -> str:
    return persian_digits(f"{prefix}، {text}" if prefix else text)


def _place(template: Path, spot: _Spot) -> Place:
    return Place(file=str(template), item=spot.where)


def tag_problems(template: Path, document: Document, offered: Collection[str], part: str) -> Iterator[Problem]:
    """Faults of the tags: malformed, split, invisible characters, unknown names, unclosed blocks.

    ``document`` is the template with its changes accepted.
    """
    known = {*offered, BODY, SIGNATURE}
    for _, spots in _stories(document):
        scope = _Scope()
        for spot in spots:
            yield from _spot_problems(template, spot, scope, known, part)
        for _, tag, spot, _ in scope.open:
            yield problem("template-bad-tag", _place(template, spot), tag=tag, reason=wording("it is never closed"))


def _spot_problems(template: Path, spot: _Spot, scope: _Scope, known: Collection[str], part: str) -> Iterator[Problem]:
    place, text = _place(template, spot), text_of(spot.element)
    if "{" not in text and "}" not in text:
        return
    yield from _brace_problems(TAG.sub("", text), place)
    looks = _looks_of(spot.element)
    for found in TAG.finditer(text):
        tag = found.group()
        if len(set(looks[found.start() : found.end()])) > 1:
            yield problem("template-split-tag", place, tag=tag)
        if _INVISIBLE.search(tag):
            yield problem("template-invisible", place, tag=_INVISIBLE.sub("·", tag))
            tag = _INVISIBLE.sub("", tag)
        if tag != (straight := tag.translate(STRAIGHT)):
            yield problem("template-curly-quotes", place, tag=tag)
            tag = straight
        yield from _tag_problems(tag, place, spot, scope, known, part)
        is_alone = text.strip() == found.group()
        if not is_alone and (_PLACEHOLDER.fullmatch(tag) or _STEERING.match(tag)):
            yield problem("template-bad-tag", place, tag=tag, reason=wording("it must stand alone in its paragraph"))


def _brace_problems(text: str, place: Place) -> Iterator[Problem]:
    """What is left of braces where the tags are taken out: halves of tags, and names in single braces."""
    for loose in _LOOSE.findall(text):
        yield problem("template-bad-tag", place, tag=loose, reason=wording("it has no other half in this paragraph"))
    for single in _SINGLE.findall(_LOOSE.sub("", text)):
        yield problem("template-single-brace", place, tag=single)


def _looks_of(paragraph: etree._Element) -> list[bytes]:
    """For every letter of the paragraph how it looks."""
    marks: list[bytes] = []
    for one in own_texts(paragraph):
        marks.extend([_look(one.getparent().find(qn("w:rPr")))] * len(letters(one)))
    return marks


def _look(properties: etree._Element | None) -> bytes:
    """How a run looks, as far as anybody sees it in a tag: direction, language and spelling do not count."""
    told: dict[str, dict[str, str]] = {}
    for child in properties if properties is not None else ():
        if child.tag not in _UNSEEN and not child.tag.startswith(_WORD_2010):
            told[child.tag] = {name: value for name, value in child.attrib.items() if name not in _UNSEEN_ATTRIBUTES}
    return repr(sorted((name, sorted(values.items())) for name, values in told.items() if values not in _OFF)).encode()


def _tag_problems(
    tag: str, place: Place, spot: _Spot, scope: _Scope, known: Collection[str], part: str
) -> Iterator[Problem]:
    if tag.startswith("{#"):
        return
    tag = _SCOPE.sub(r"\1 ", tag)
    if len(tag) > _LONGEST:
        reason = wording("it has more than {limit} letters", limit=_LONGEST)
        yield problem("template-bad-tag", place, tag=tag[:_SHOWN] + " …", reason=reason)
        return
    whole, fault = _complete(tag, spot, scope)
    if fault:
        yield problem("template-bad-tag", place, tag=tag, reason=fault)
    if not whole:
        return
    try:
        tree = environment().parse(whole)
        forbidden = list(_forbidden(tree, tag, place))
    except TemplateSyntaxError:
        reason = wording("its words and signs make no expression")
        if "«" in tag or "»" in tag:
            reason = wording("type straight quotes in place of « »")
        yield problem("template-bad-tag", place, tag=tag, reason=reason)
        return
    except RecursionError:
        yield problem("template-bad-tag", place, tag=tag[:_SHOWN] + " …", reason=wording("nested too deeply"))
        return
    yield from forbidden
    if forbidden:
        return  # its names cannot be told
    unknown = sorted(meta.find_undeclared_variables(tree) - scope.names - set(known))
    for name in unknown:
        yield _unknown(name, known, place, part)


def _complete(tag: str, spot: _Spot, scope: _Scope) -> tuple[str, Wording | str]:
    """The tag made into a template that can be parsed alone, and what is wrong with its place among the blocks."""
    if tag.startswith("{{"):
        return tag, ""
    word = (re.findall(r"\w+", tag) or [""])[0]
    if word == "if":
        scope.open.append(("if", tag, spot, frozenset()))
        return tag + "{% endif %}", ""
    if word == "for":
        whole = tag + "{% endfor %}"
        scope.open.append(("for", tag, spot, _loop_names(whole)))
        return whole, ""
    if word in _CLOSERS:
        if scope.open and scope.open[-1][0] == _CLOSERS[word]:
            scope.open.pop()
            return "", ""
        return "", wording("no {block} is open here", block=_CLOSERS[word])
    if word in _INNER:
        inside = bool(scope.open) and scope.open[-1][0] in _INNER[word]
        whole = re.sub(r"\belif\b", "if", tag, count=1) + "{% endif %}" if word == "elif" else ""
        return whole, "" if inside else wording("no {block} is open here", block="if")
    return "", wording("«{word}» is not offered; use if and for", word=word)


def _loop_names(whole: str) -> frozenset[str]:
    """The names a loop brings: its targets, and ``loop``."""
    try:
        tree = environment().parse(whole)
    except (TemplateSyntaxError, RecursionError):
        return frozenset({"loop"})
    loops = list(tree.find_all(nodes.For))
    targets = [one for loop in loops for one in (loop.target, *loop.target.find_all(nodes.Name))]
    return frozenset({*(one.name for one in targets if isinstance(one, nodes.Name)), "loop"})


def _forbidden(tree: nodes.Template, tag: str, place: Place) -> Iterator[Problem]:
    attributes = [one.attr for one in tree.find_all(nodes.Getattr)]
    attributes += [str(one.arg.value) for one in tree.find_all(nodes.Getitem) if isinstance(one.arg, nodes.Const)]
    for name in attributes:
        if name.startswith("_"):
            yield problem("template-bad-tag", place, tag=tag, reason=wording("«{name}» is not allowed", name=name))
    if tree.find(nodes.Call):
        yield problem("template-bad-tag", place, tag=tag, reason=wording("nothing can be called in a template"))
    if any(tree.find(kind) for kind in (nodes.Mul, nodes.Pow, nodes.Mod)):
        yield problem("template-bad-tag", place, tag=tag, reason=wording("templates do not multiply"))
    if any(_of_one(one) > _MOST_OF_ONE for one in tree.find_all(nodes.Filter)):
        reason = wording("its filters make more than {limit} letters of one", limit=_MOST_OF_ONE)
        yield problem("template-bad-tag", place, tag=tag, reason=reason)
    for one in tree.find_all((nodes.Filter, nodes.Test)):
        offered: Collection[str] = environment().filters if isinstance(one, nodes.Filter) else environment().tests
        if one.name not in offered:
            yield problem("template-bad-tag", place, tag=tag, reason=wording("«{name}» is not allowed", name=one.name))


def _of_one(expression: nodes.Expr | None) -> float:
    """How many letters the filters of an expression may make of one, as far as the template itself says."""
    if not isinstance(expression, nodes.Filter):
        return 1
    inner = _of_one(expression.node)
    told = [one.value for one in expression.args if isinstance(one, nodes.Const) and isinstance(one.value, str)]
    if expression.name == "replace" and len(told) == 2:
        old, new = map(len, told)
        return inner * max(1, new / old if old else new + 1)
    return inner * (1 + len(told[0])) if expression.name == "join" and told else inner


def _unknown(name: str, known: Collection[str], place: Place, part: str) -> Problem:
    listed = sorted(known)
    near = nearest(name, listed) or ""
    return problem("template-unknown-name", place, name=name, part=part, guess=near, known=", ".join(listed))


def failing_tags(template: Path, document: Document, values: Mapping[str, object]) -> Iterator[Problem]:
    """The printed expressions that fail with these values, each with its paragraph; inside loops it cannot be told."""
    sandbox = environment()
    for _, spots in _stories(document):
        for spot in spots:
            for tag in re.findall(r"\{\{.*?\}\}", text_of(spot.element)):
                try:
                    sandbox.from_string(_SCOPE.sub(r"\1 ", tag)).render(values)
                except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
                    if "undefined" not in str(error):
                        said = str(error) if isinstance(error, SecurityError) else wording("it comes to no value")
                        reason = wording("{tag}: {reason}", tag=tag, reason=said)
                        yield problem("template-failed", _place(template, spot), reason=reason)
