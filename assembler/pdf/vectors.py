"""SVG drawings of others: what they would fetch or run is taken out, texts from the right begin where they are to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_ANCHOR = re.compile(r"(?:^|;)\s*text-anchor\s*:[^;]*")
_OTHER_END = {"start": "end", "end": "start"}
_FROM_THE_RIGHT = "\u200f"
_LENGTH = re.compile(r"^\s*([0-9.]+)\s*(px|pt|mm|cm|in)?\s*$")
_POINTS = {None: 0.75, "": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")
_SQUARE = (100.0, 100.0)


@dataclass(frozen=True)
class Drawing:
    """A drawing that fetches nothing, and its measures in points."""

    data: bytes
    width: float
    height: float


def drawing_of(data: bytes) -> Drawing:
    """Raises etree.XMLSyntaxError when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(data, parser)
    for each in list(root.iter()):
        if each.tag is etree.Comment or not isinstance(each.tag, str):
            continue
        _disarm(each)
    for text, anchor in list(_anchored(root)):
        text.set("style", _ANCHOR.sub("", text.get("style", "")))
        text.set("text-anchor", anchor)
    for text in root.iter("{*}text"):
        if _styled(text, "direction") == "rtl":
            text.text = _FROM_THE_RIGHT + (text.text or "")
    width, height = _size(root)
    if not root.get("viewBox") and not root.get("width"):
        root.set("width", f"{width}pt")
        root.set("height", f"{height}pt")
    return Drawing(etree.tostring(root), width, height)


def _disarm(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name in ("script", "foreignObject", "style") and (name != "style" or "@import" in (element.text or "")):
        element.clear()
    for key in list(element.attrib):
        if key in _LINKS and not element.attrib[key].startswith(("#", "data:image/")):
            del element.attrib[key]


def _anchored(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Texts that begin at their right, and how that is told to what begins every text at its left."""
    for text in root.iter("{*}text", "{*}tspan"):
        said = _styled(text, "text-anchor") or "start"
        is_own = etree.QName(text).localname == "text" or any(_own(text, name) for name in ("direction", "text-anchor"))
        if is_own and said in _OTHER_END and _styled(text, "direction") == "rtl":
            yield text, _OTHER_END[said]


def _own(element: etree._Element, name: str) -> str:
    """A property as an element says it, in its style or beside it."""
    found = re.search(rf"(?:^|;)\s*{name}\s*:\s*([\w-]+)", element.get("style", ""))
    return found[1] if found else element.get(name, "").strip()


def _styled(element: etree._Element, name: str) -> str:
    """A property as an element or one above it says it."""
    return next(filter(None, (_own(each, name) for each in (element, *element.iterancestors()))), "")


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in points; those of its own frame where it gives none, a square where it gives nothing."""
    told = [_LENGTH.match(root.get(name, "")) for name in ("width", "height")]
    if all(told):
        found = [float(one[1]) * _POINTS[one[2]] for one in told if one]
    else:
        box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
        found = [float(each) for each in box[2:4]] if len(box) == 4 and all(map(_is_number, box)) else []
    return (found[0], found[1]) if len(found) == 2 and min(found) > 0 else _SQUARE


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+", text) is not None
