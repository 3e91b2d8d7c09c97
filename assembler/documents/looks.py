"""What a paragraph, run or table of a document inherits: direction and complex-script font, through its styles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.tongue import tongue

_SINGLE = 240  # of a line's height: those of lines that stand by themselves
_STANDARD_SIZE = 24  # half-points, where no style tells a size
_OFF = ("0", "false", "off")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Looks:
    """The styles and defaults of a document, asked for what they make of an element."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId"), ""): style for style in root.iter(qn("w:style"))}
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")
            ),
            "",
        )
        defaults = root.find(qn("w:docDefaults"))
        self._defaults = defaults if defaults is not None else etree.Element("none")
        self._document = document

    @cached_property
    def _theme(self) -> dict[str, str]:
        return _theme_fonts(self._document)

    @staticmethod
    def on(holder: etree._Element | None, name: str) -> bool | None:
        """Whether the switch is on, or None where it is not told."""
        switch = holder.find(qn(name)) if holder is not None else None
        return None if switch is None else switch.get(qn("w:val")) not in _OFF

    def persian_language(self) -> bool:
        """Whether complex-script text is Persian by default."""
        language = self._defaults.find(f".//{qn('w:lang')}")
        return language is not None and (language.get(qn("w:bidi")) or "").startswith("fa")

    def paragraph_is_rtl(self, paragraph: etree._Element) -> bool:
        own = paragraph.find(qn("w:pPr"))
        told = self._first([own, *self._properties(self._style_of(paragraph), "w:pPr")], "w:bidi")
        return bool(told)

    def run_is_rtl(self, run: etree._Element, paragraph: etree._Element) -> bool:
        return bool(self._first(list(self._run_properties(run, paragraph)), "w:rtl"))

    def has_font(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether a font for complex scripts is set anywhere the run inherits from."""
        return any(self._names_font(properties) for properties in self._run_properties(run, paragraph))

    def letters(self, run: etree._Element, paragraph: etree._Element) -> tuple[int, bool]:
        """The size of a run's text in half-points, and whether it is bold: that of complex scripts where pages are
        read from the right, or where no other is told.
        """
        told = list(self._run_properties(run, paragraph))
        latin = tongue().direction == "ltr"
        own = [one.find(qn("w:sz")) for one in told if one is not None] if latin else []
        sizes = (*own, *(one.find(qn("w:szCs")) for one in told if one is not None))
        size = next((int(float(one.get(qn("w:val"), "0"))) for one in sizes if one is not None), _STANDARD_SIZE)
        return size, bool(self._first(told, "w:b" if latin else "w:bCs"))

    def is_centred(self, paragraph: etree._Element) -> bool:
        told = [paragraph.find(qn("w:pPr")), *self._properties(self._style_of(paragraph), "w:pPr")]
        sides = (one.find(qn("w:jc")) for one in told if one is not None)
        return next((one.get(qn("w:val")) for one in sides if one is not None), "") == "center"

    def trailing_indent(self, style: str) -> int:
        """How far a right-to-left paragraph of the style keeps from the left edge of the text, in twips."""
        for properties in self._properties(style, "w:pPr"):
            indent = properties.find(qn("w:ind")) if properties is not None else None
            told = indent.get(qn("w:end"), indent.get(qn("w:right"))) if indent is not None else None
            if told is not None:
                return int(float(told))
        return 0

    def size(self, style: str) -> int:
        """The size of complex-script text of a paragraph style in half-points; 0 where none is told."""
        for properties in [*self._properties(style, "w:rPr"), self._default_run()]:
            told = properties.find(qn("w:szCs")) if properties is not None else None
            if told is not None:
                return int(float(told.get(qn("w:val"), "0")))
        return 0

    def height(self, paragraph: etree._Element, lines: Callable[[int], int], single: float) -> int:
        """About how high a paragraph is, in twips: as many ``lines`` as its size in half-points gives, each ``single``
        times the size high where they stand by themselves, and the room above and below.
        """
        style = self._style_of(paragraph)
        told = {"before": "0", "after": "0", "line": str(_SINGLE), "lineRule": "auto"}
        for properties in reversed([paragraph.find(qn("w:pPr")), *self._properties(style, "w:pPr")]):
            spacing = properties.find(qn("w:spacing")) if properties is not None else None
            told |= (
                {name: spacing.get(qn(f"w:{name}"), old) for name, old in told.items()} if spacing is not None else {}
            )
        size = self.size(style) or _STANDARD_SIZE
        before, after, line = (int(float(told[name])) for name in ("before", "after", "line"))
        high = line if told["lineRule"] == "exact" else single * size * line / _SINGLE
        return round(before + after + lines(size) * high)

    def tabs(self, style: str) -> dict[int, tuple[str, str]]:
        """The tab stops of a paragraph style by their place in twips: kind and leader."""
        found: dict[int, tuple[str, str]] = {}
        for properties in self._properties(style, "w:pPr"):
            for tab in properties.iterfind(f"{qn('w:tabs')}/{qn('w:tab')}") if properties is not None else ():
                told = (tab.get(qn("w:val"), "left"), tab.get(qn("w:leader"), "none"))
                found.setdefault(int(float(tab.get(qn("w:pos"), "0"))), told)
        return {place: told for place, told in found.items() if told[0] != "clear"}

    def is_bold(self, style: str) -> bool:
        """Whether complex-script text of a paragraph style is bold."""
        return bool(self._first(self._properties(style, "w:rPr"), "w:bCs"))

    def table_is_rtl(self, table: etree._Element) -> bool:
        own = table.find(qn("w:tblPr"))
        reference = own.find(qn("w:tblStyle")) if own is not None else None
        style = reference.get(qn("w:val"), "") if reference is not None else ""
        return bool(self._first([own, *self._properties(style, "w:tblPr")], "w:bidiVisual"))

    def styles_without_font(self, wanted: Collection[str]) -> Iterator[str]:
        """The names of those of the paragraph styles with these identifiers that no complex-script font reaches."""
        for key, style in self._styles.items():
            name = style.find(qn("w:name"))
            shown = name.get(qn("w:val"), "") if name is not None else ""
            if style.get(qn("w:type")) != "paragraph" or key not in wanted:
                continue
            if not any(self._names_font(one) for one in [*self._properties(key, "w:rPr"), self._default_run()]):
                yield shown

    def _run_properties(self, run: etree._Element, paragraph: etree._Element) -> Iterator[etree._Element | None]:
        own = run.find(qn("w:rPr"))
        yield own
        reference = own.find(qn("w:rStyle")) if own is not None else None
        if reference is not None:
            yield from self._properties(reference.get(qn("w:val"), ""), "w:rPr")
        yield from self._properties(self._style_of(paragraph), "w:rPr")
        yield self._default_run()

    def _default_run(self) -> etree._Element | None:
        return self._defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")

    def _style_of(self, paragraph: etree._Element) -> str:
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return reference.get(qn("w:val"), "") if reference is not None else self._default

    def _properties(self, style: str, kind: str) -> Iterator[etree._Element | None]:
        """The properties of a style and of those it is based on, nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style].find(qn(kind))
            based = self._styles[style].find(qn("w:basedOn"))
            style = based.get(qn("w:val"), "") if based is not None else ""
        if kind == "w:pPr":
            yield self._defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")

    def _first(self, holders: Iterable[etree._Element | None], name: str) -> bool | None:
        return next((told for told in (self.on(holder, name) for holder in holders) if told is not None), None)

    def _names_font(self, properties: etree._Element | None) -> bool:
        fonts = properties.find(qn("w:rFonts")) if properties is not None else None
        if fonts is None:
            return False
        theme = fonts.get(qn("w:cstheme"), "")
        return bool(fonts.get(qn("w:cs")) or (theme and self._theme.get(theme[:5])))


def _theme_fonts(document: Document) -> dict[str, str]:
    """The complex-script fonts of the theme, ``major`` and ``minor``; most themes leave them empty."""
    root = theme_of(document)
    if root is None:
        return {}
    found = {}
    for kind in ("major", "minor"):
        font = root.find(f".//{DRAWING}{kind}Font/{DRAWING}cs")
        found[kind] = font.get("typeface", "") if font is not None else ""
    return found


def theme_of(document: Document) -> etree._Element | None:
    """The root of the document's theme, its colours and fonts; None where it has none that can be read."""
    part = next((one.target_part for one in document.part.rels.values() if one.reltype == RELATION.THEME), None)
    if part is None:
        return None
    try:
        return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
