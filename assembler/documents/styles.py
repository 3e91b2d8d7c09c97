"""How the styles a template must carry are found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.settings import shipped_template
from assembler.documents.lengths import STANDARD
from assembler.documents.looks import Looks
from assembler.documents.package import open_checked
from assembler.documents.style_names import CHARACTER_STYLES, PAGE_NUMBER_STYLE, PARAGRAPH_STYLES, TABLE_STYLES

_KINDS = {"paragraph": PARAGRAPH_STYLES, "character": CHARACTER_STYLES, "table": TABLE_STYLES}
_ALL = {key: style for styles in _KINDS.values() for key, style in styles.items()}
_KIND_OF = {key: kind for kind, styles in _KINDS.items() for key in styles}
_REFERENCE = re.compile(r'(<w:(?:p|r|tbl)Style w:val=")([^"]*)"')
_PAGE_NUMBER = "PageNumberLine"
_LIST_STYLE = "table of figures"
_TRAILING = ("right", "end")
_TEXT_FAMILY = "B Nazanin"  # of the delivered templates
# The look of cells lives in the table style: its first and last row, first column and first band.
_LOOKS = {"head": "firstRow", "footer": "lastRow", "label": "firstCol", "group": "band1Horz"}
_RULES = {"head": "bottom", "footer": "top"}
_CONDITION = qn("w:tblStylePr")
_CLOSED = '<w:shd w:val="clear" w:color="auto" w:fill="BFBFBF"/>'  # dark enough for a copier
_BORDER = ("val", "sz", "space", "color")


@dataclass(frozen=True)
class TableLook:
    """What the template's table style makes of kinds of cells, as markup for ``w:tcPr``: the shades of all, and the
    rules that part headers and closing rows from the others. ``inner`` is the rule between rows, ``foot`` that a table
    ends with, ``size`` that of its text in half-points. ``styled`` are the kinds of which the style says nothing but
    these, so that it may draw them by itself.
    """

    shades: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    styled: frozenset[str] = frozenset()
    inner: str = '<w:bottom w:val="nil"/>'
    foot: str = ""
    size: int = STANDARD


def required_styles() -> tuple[str, ...]:
    """The names of all styles a body is set in."""
    return tuple(style.name for style in _ALL.values())


def identifiers(document: Document) -> dict[str, str]:
    """The document's identifiers of our styles, by ours; those it lacks are not among them.

    A style is known by its name, and one that was renamed by its identifier. LibreOffice exchanges some names (its
    «List 1» is «List 2» of Word): a name that stands at another identifier of ours is not believed.
    """
    known = _names(document)
    kinds = {style.get(qn("w:styleId"), ""): style.get(qn("w:type"), "") for style in _styles(document)}
    found = {}
    for ours, style in _ALL.items():
        kind = _KIND_OF[ours]
        told = (known.get((kind, name)) or known.get((kind, name.lower())) for name in style.names)
        own = ours if kinds.get(ours) == kind else None
        chosen = next((one for one in told if one and (one == ours or one not in _ALL)), own)
        if chosen is not None:
            found[ours] = chosen
    return found


def page_number_identifier(document: Document) -> str:
    """The document's identifier of the style of page numbers, «» where it has none."""
    return _names(document).get(("paragraph", PAGE_NUMBER_STYLE.name.lower()), "")


def _styles(document: Document) -> Iterator[etree._Element]:
    return iter(document.styles.element.iter(qn("w:style")))


def _names(document: Document) -> dict[tuple[str, str], str]:
    """The identifiers of styles by kind and name, as it is written and in small letters."""
    found: dict[tuple[str, str], str] = {}
    for style in _styles(document):
        name = style.find(qn("w:name"))
        if name is not None:
            kind, shown, identifier = style.get(qn("w:type"), ""), name.get(qn("w:val"), ""), style.get(qn("w:styleId"))
            found[kind, shown] = identifier
            found.setdefault((kind, shown.lower()), identifier)
    return found


def missing_styles(document: Document) -> list[str]:
    """The names of those of our styles that the document lacks."""
    known = identifiers(document)
    return [style.name for ours, style in _ALL.items() if ours not in known]


def substitutes(document: Document) -> dict[str, str]:
    """The document's own identifiers of our styles, where they differ from ours."""
    return {ours: own for ours, own in identifiers(document).items() if ours != own}


def lend(document: Document) -> None:
    """Give the document those of our styles that it lacks, as the delivered templates have them, in its own font."""
    known = identifiers(document)
    missing = [ours for ours in _ALL if ours not in known]
    missing += [] if page_number_identifier(document) else [_PAGE_NUMBER]
    if not missing:
        return
    taken = {style.get(qn("w:styleId")) for style in _styles(document)}
    known |= {ours: f"Lent{ours}" if ours in taken else ours for ours in missing}
    basis = {"Normal": _default(document, "paragraph"), "TableNormal": _default(document, "table")}
    basis["Footer"] = _names(document).get(("paragraph", "footer"), basis["Normal"])
    basis["DefaultParagraphFont"] = _default(document, "character")
    delivered = _delivered()
    for ours in missing:
        document.styles.element.append(_lent(delivered[ours], {**basis, **known}))


def lend_list_style(document: Document) -> None:
    """The style Word gives lists of captions when it makes them anew: that of the second level of contents."""
    if ("paragraph", _LIST_STYLE) in _names(document):
        return
    model = identifiers(document)["TOC2"]
    style = deepcopy(next(one for one in _styles(document) if one.get(qn("w:styleId")) == model))
    style.set(qn("w:styleId"), _LIST_STYLE.title().replace(" ", ""))
    style.find(qn("w:name")).set(qn("w:val"), _LIST_STYLE)
    document.styles.element.append(style)


def _default(document: Document, kind: str) -> str:
    """The identifier of the style all others of a kind rest on."""
    defaults = (one for one in _styles(document) if one.get(qn("w:type")) == kind)
    return next((one.get(qn("w:styleId"), "") for one in defaults if one.get(qn("w:default")) in ("1", "true")), "")


@cache
def _delivered() -> Mapping[str, etree._Element]:
    """The styles of the template of bodies that the program brings along, by our identifiers."""
    source = shipped_template("body.docx")
    if source is None:
        raise FileNotFoundError("body.docx")
    return {style.get(qn("w:styleId"), ""): style for style in _styles(open_checked(source))}


def _lent(delivered: etree._Element, known: Mapping[str, str]) -> etree._Element:
    """A copy of a style that rests on those of the document; the font of its text is that of the document."""
    style = deepcopy(delivered)
    style.set(qn("w:styleId"), known[delivered.get(qn("w:styleId"), "")])
    for reference in list(style.iterchildren(qn("w:basedOn"), qn("w:next"), qn("w:link"))):
        if own := known.get(reference.get(qn("w:val"), "")):
            reference.set(qn("w:val"), own)
        else:
            style.remove(reference)
    look = style.find(qn("w:rPr"))
    fonts = look.find(qn("w:rFonts")) if look is not None else None
    if look is not None and fonts is not None and fonts.get(qn("w:cs")) == _TEXT_FAMILY:
        look.remove(fonts)
    return style


def rename(markup: str, substitute: Mapping[str, str]) -> str:
    """The markup with the identifiers of styles exchanged; its texts hold no ``<``, so they stay as they are."""
    if not substitute:
        return markup
    return _REFERENCE.sub(lambda found: found[1] + substitute.get(found[2], found[2]) + '"', markup)


def table_look(document: Document) -> TableLook:
    """The look of cells as the template's table style sets it; labels without one of their own look like headers."""
    known = identifiers(document)
    borders, conditions = _table_borders(document, known), conditions_of_tables(document, known)
    shades = {kind: _shade(conditions.get(kind)) for kind in _LOOKS}
    shades["label"] = shades["label"] or shades["head"]
    shades |= {"total": shades["footer"], "closed": _CLOSED}
    return TableLook(
        shades,
        {kind: _rule(conditions.get(kind), side) for kind, side in _RULES.items()},
        frozenset(kind for kind, told in conditions.items() if _is_plain(told, _RULES.get(kind, ""))),
        _drawn(borders.get("insideH"), "bottom") or TableLook.inner,
        _drawn(borders.get("bottom"), "top"),
        Looks(document).size(known.get("TableText", "")) or STANDARD,
    )


def conditions_of_tables(document: Document, known: Mapping[str, str]) -> dict[str, etree._Element]:
    """The conditions of the style of tables by the kinds of cells they are for; ``known`` are ``identifiers``."""
    kinds = {name: kind for kind, name in _LOOKS.items()}
    told = (
        (one.get(qn("w:type"), ""), one) for style in _table_style(document, known) for one in style.iter(_CONDITION)
    )
    return {kinds[name]: one for name, one in told if name in kinds}


def _table_borders(document: Document, known: Mapping[str, str]) -> dict[str, etree._Element]:
    path = f"{qn('w:tblPr')}/{qn('w:tblBorders')}/*"
    return {etree.QName(one).localname: one for style in _table_style(document, known) for one in style.iterfind(path)}


def _table_style(document: Document, known: Mapping[str, str]) -> Iterator[etree._Element]:
    return (style for style in _styles(document) if style.get(qn("w:styleId")) == known.get("ReportTable", ""))


def _is_plain(condition: etree._Element, side: str) -> bool:
    """Whether a condition says no more than is drawn in cells: a shade, bold type, and a rule on one side."""
    within = {qn("w:rPr"): {"b", "bCs"}, qn("w:tcPr"): {"tcBorders", "shd", "vAlign"}}
    for part in condition:
        told = {etree.QName(one).localname for one in part}
        if told - within.get(part.tag, set()):
            return False
    borders = condition.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}")
    return borders is None or {etree.QName(one).localname for one in borders} <= {side}


def _shade(condition: etree._Element | None) -> str:
    shade = condition.find(f"{qn('w:tcPr')}/{qn('w:shd')}") if condition is not None else None
    if shade is None:
        return ""
    fill, colour, kind = (shade.get(qn(f"w:{name}"), "auto") for name in ("fill", "color", "val"))
    return f'<w:shd w:val="{kind}" w:color="{colour}" w:fill="{fill}"/>'


def _rule(condition: etree._Element | None, side: str) -> str:
    path = "/".join(map(qn, ("w:tcPr", "w:tcBorders", f"w:{side}")))
    drawn = _drawn(condition.find(path) if condition is not None else None, side)
    return f"<w:tcBorders>{drawn}</w:tcBorders>" if drawn else ""


def _drawn(border: etree._Element | None, side: str) -> str:
    if border is None:
        return ""
    told = ((name, border.get(qn(f"w:{name}"))) for name in _BORDER)
    return f"<w:{side}" + "".join(f' w:{name}="{value}"' for name, value in told if value is not None) + "/>"


def contents_tabs(document: Document, level: int, twips: int) -> str:
    """Markup that puts the page numbers of contents at the end of their lines; «» where the style does so by itself.

    A tab stop behind the end of the line, as an indent or another page makes it, would take the number off the page.
    """
    looks, identifier = Looks(document), identifiers(document)[f"TOC{level}"]
    there, wanted = looks.tabs(identifier), twips - looks.trailing_indent(identifier)
    if there.keys() == {wanted} and there[wanted][0] in _TRAILING:
        return ""
    leader = next((leader for kind, leader in there.values() if kind in _TRAILING), "dot")
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in sorted(there) if place != wanted)
    return f'<w:tabs>{cleared}<w:tab w:val="right" w:leader="{leader}" w:pos="{wanted}"/></w:tabs>'


def style_named(element: etree._Element, identifier: str) -> bool:
    """Whether the paragraph has the style with this identifier."""
    reference = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return reference is not None and reference.get(qn("w:val")) == identifier
