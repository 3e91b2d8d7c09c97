"""The font families a Word template prints in, read from its XML alone: a check of a case loads no Word library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from assembler.base.archives import part_of
from assembler.base.foreign import attempt
from assembler.documents.style_names import CHARACTER_STYLES, PARAGRAPH_STYLES

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STORY = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_THEME = re.compile(r"word/theme/theme\d*\.xml")
_LARGEST = 20_000_000  # bytes of one part
_BODY = re.compile(r"\{\{\s*body\s*\}\}")
# A paragraph that only steers, or that the program replaces by what has styles of its own.
_BARE = re.compile(r"\s*(\{%[^%]*%\}|\{\{\s*(body|signature|document_id)\s*\}\})?\s*")
_PERSIAN, _LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[A-Za-z]")
# Not of this paragraph, not shown, or the same again for older programs.
_APART = (f"{_W}txbxContent", f"{_W}del", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


class Named(NamedTuple):
    """A family as the template names it, and whether Persian is set in it."""

    family: str
    persian: bool


class Cascade:
    """The styles, defaults and theme of a document, asked for the families they make of an element."""

    def __init__(self, styles: ET.Element, theme: ET.Element | None = None) -> None:
        self._styles = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
        self._defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self._theme = theme
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), "")

    def of_styles(self) -> Iterator[Named]:
        """The families of the styles that text set into a body has."""
        paragraphs = set(self._set_in())
        characters = {style.name.lower() for style in CHARACTER_STYLES.values()}
        for key, style in self._styles.items():
            name = style.find(f"{_W}name")
            shown = name.get(f"{_W}val", "").lower() if name is not None else ""
            if key in paragraphs:
                yield from self._families([*self._chain(key), self._defaults], (True, False))
            elif shown in characters:
                own = self._families(self._chain(key), (True, False))
                yield from (Named(family, False) for family, _ in own)

    def _set_in(self) -> Iterator[str]:
        """The styles of paragraphs that are used: by name, and by identifier where none has the name. LibreOffice
        puts a «Caption» of its own, in a font of its own, beside ours.
        """
        names = [(key, style.find(f"{_W}name")) for key, style in self._styles.items()]
        shown = [(key, name.get(f"{_W}val", "")) for key, name in names if name is not None]
        for ours, style in PARAGRAPH_STYLES.items():
            exact = [key for key, name in shown if name in style.names]
            likely = [key for key, name in shown if name.lower() in {each.lower() for each in style.names}]
            yield from exact or likely or [ours]

    def of_text(self) -> str:
        """The family Persian paragraphs are set in."""
        named = PARAGRAPH_STYLES["BodyText"].name.lower()
        shown = ((key, style.find(f"{_W}name")) for key, style in self._styles.items())
        style = next((key for key, one in shown if one is not None and one.get(f"{_W}val", "").lower() == named), "")
        holders = [*self._chain(style or self._default), self._defaults]
        return next((family for family, _ in self._families(holders, (True,))), "")

    def of_paragraph(self, paragraph: ET.Element) -> Iterator[Named]:
        """The families the text of a paragraph is printed in; what tags bring may be in either script."""
        runs = [(run, "".join(text.text or "" for text in run.iter(f"{_W}t"))) for run in _runs(paragraph)]
        whole = "".join(text for _, text in runs)
        if _BARE.fullmatch(whole):
            return
        reference = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = reference.get(f"{_W}val", "") if reference is not None else self._default
        for run, text in runs:
            scripts = [
                persian for persian, found in ((True, _PERSIAN), (False, _LATIN)) if "{" in whole or found.search(text)
            ]
            yield from self._families(self._of_run(run, style), scripts if text.strip() else ())

    def _of_run(self, run: ET.Element, style: str) -> Iterator[ET.Element | None]:
        own = run.find(f"{_W}rPr")
        yield own
        reference = own.find(f"{_W}rStyle") if own is not None else None
        if reference is not None:
            yield from self._chain(reference.get(f"{_W}val", ""))
        yield from self._chain(style)
        yield self._defaults

    def _chain(self, style: str) -> Iterator[ET.Element | None]:
        """The properties of a style and of those it is based on, nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style].find(f"{_W}rPr")
            based = self._styles[style].find(f"{_W}basedOn")
            style = based.get(f"{_W}val", "") if based is not None else ""

    def _families(self, holders: Iterable[ET.Element | None], scripts: Iterable[bool]) -> Iterator[Named]:
        told = [fonts for one in holders if one is not None and (fonts := one.find(f"{_W}rFonts")) is not None]
        for persian in scripts:
            family = next(filter(None, (self._family(fonts, persian) for fonts in told)), "")
            if family:
                yield Named(family, persian)

    def _family(self, fonts: ET.Element, persian: bool) -> str:
        own, themed = ("cs", "cstheme") if persian else ("ascii", "asciiTheme")
        theme = fonts.get(f"{_W}{themed}", "")[:5]
        return (self._themed(theme, persian) if theme else "") or fonts.get(f"{_W}{own}", "")

    def _themed(self, theme: str, persian: bool) -> str:
        """The family of the theme, ``major`` or ``minor``; else that for Arabic scripts."""
        fonts = self._theme.find(f".//{_A}{theme}Font") if self._theme is not None else None
        if fonts is None:
            return ""
        places = (f"{_A}cs", f"{_A}font[@script='Arab']") if persian else (f"{_A}latin",)
        found = (fonts.find(place) for place in places)
        return next(filter(None, (one.get("typeface", "") for one in found if one is not None)), "")


def _is_default(style: ET.Element) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true")


def _runs(element: ET.Element) -> Iterator[ET.Element]:
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag not in _APART:
            yield from _runs(child)


def families_of(template: Path) -> Mapping[str, bool]:
    """The families of a template by name, each with whether Persian is set in it; none where it cannot be read."""
    # `template check` and the build say what is wrong with one.
    return attempt(lambda: _families_of(template), template, {})


def _families_of(template: Path) -> Mapping[str, bool]:
    found: dict[str, bool] = {}
    with ZipFile(template) as archive:
        for family, persian in _read(archive):
            found[family] = persian or found.get(family, False)
    return found


def text_family(template: Path) -> str:
    """The family Persian text is set in by a template, «» where it cannot be read."""
    return attempt(lambda: read_cascade(template).of_text(), template, "")


def read_cascade(template: Path) -> Cascade:
    """The styles of a template that ``families_of`` could read."""
    with ZipFile(template) as archive:
        return _cascade(archive, _names(archive))


def _names(archive: ZipFile) -> Sequence[str]:
    return [info.filename for info in archive.infolist() if info.file_size <= _LARGEST]


def _cascade(archive: ZipFile, names: Sequence[str]) -> Cascade:
    theme = next((ET.fromstring(archive.read(name)) for name in names if _THEME.fullmatch(name)), None)  # noqa: S314
    return Cascade(ET.fromstring(part_of(archive, "word/styles.xml", _LARGEST)), theme)  # noqa: S314


def _read(archive: ZipFile) -> Iterator[Named]:
    names = _names(archive)
    cascade = _cascade(archive, names)
    for name in filter(_STORY.fullmatch, names):
        for paragraph in ET.fromstring(archive.read(name)).iter(f"{_W}p"):  # noqa: S314
            yield from cascade.of_paragraph(paragraph)
            if _BODY.search("".join(text.text or "" for text in paragraph.iter(f"{_W}t"))):
                yield from cascade.of_styles()
