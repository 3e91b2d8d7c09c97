"""E-mails and drawings as documents LibreOffice reads: flat OpenDocument texts, which fetch nothing."""

from __future__ import annotations

import email
import re
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime
from html import escape

import jdatetime
from lxml import etree, html

from assembler.base.persian import persian_digits

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_ANCHOR = re.compile(r"(?:^|;)\s*text-anchor\s*:[^;]*")
_OTHER_END = {"start": "end", "end": "start"}
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>{styles}</office:automatic-styles>'
    "<office:master-styles>{master}</office:master-styles>"
    "<office:body><office:text>{body}</office:text></office:body></office:document>"
)
_PAGE = (
    '<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="{width}pt" '
    'fo:page-height="{height}pt" fo:margin="{margin}pt"/></style:page-layout>'
)
_MASTER = '<style:master-page style:name="Standard" style:page-layout-name="p"/>'
_PARAGRAPH = (
    '<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties style:writing-mode="{mode}" '
    'fo:text-align="start" fo:margin-bottom="4pt"/><style:text-properties style:font-family-complex="B Nazanin" '
    'style:font-size-complex="13pt" fo:font-size="12pt" fo:font-family="Times New Roman"/></style:style>'
)
_FRAME = (
    '<text:p><draw:frame text:anchor-type="as-char" svg:width="{width:.1f}pt" svg:height="{height:.1f}pt">'
    '<draw:image draw:mime-type="image/svg+xml"><office:binary-data>{picture}</office:binary-data></draw:image>'
    "</draw:frame></text:p>"
)
_HEADS = (("from", "از"), ("to", "به"), ("cc", "رونوشت"), ("subject", "موضوع"))
_RTL = re.compile(r"[\u0590-\u08ff]")
_A4, _MARGIN = (595.3, 841.9), 56.0
_LENGTH = re.compile(r"^\s*([0-9.]+)\s*(px|pt|mm|cm|in)?\s*$")
_POINTS = {None: 0.75, "": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")
_MOST_TEXT = 2_000_000  # letters of a message


def mail_as_text(data: bytes) -> bytes:
    """An e-mail with whom it is from and to, its day in both calendars, its text, and the names of what it carried."""
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    lines = [f"{label}: {message[name]}" for name, label in _HEADS if message[name]]
    lines[2:2] = [f"تاریخ: {told}"] if (told := _day(str(message["date"] or ""))) else []
    body = message.get_body(("plain", "html"))
    lines += ["", *(_text(body)[:_MOST_TEXT].splitlines() if body else ())]
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    lines += ["", f"پیوست‌ها: {'، '.join(names)}"] if names else []
    styles = _PAGE.format(width=_A4[0], height=_A4[1], margin=_MARGIN)
    styles += "".join(_PARAGRAPH.format(name=name, mode=mode) for name, mode in (("r", "rl-tb"), ("l", "lr-tb")))
    return _document(styles, "".join(map(_paragraph, lines)))


def _text(body: MIMEPart) -> str:
    content = str(body.get_content())
    if body.get_content_subtype() != "html":
        return content
    tree = html.fromstring(content or "<p/>")
    for each in tree.xpath("//script | //style | //head"):
        each.drop_tree()
    for each in tree.xpath("//br | //p | //div | //tr | //li"):
        each.tail = "\n" + (each.tail or "")
    return str(tree.text_content())


def _day(date: str) -> str:
    try:
        day = parsedate_to_datetime(date)
    except ValueError:
        return date
    told = jdatetime.date.fromgregorian(date=day.date()).strftime("%Y/%m/%d")
    return persian_digits(f"{told} (میلادی {day.date():%Y/%m/%d})")


def _paragraph(line: str) -> str:
    style = "r" if _RTL.search(line) or not line else "l"
    return f'<text:p text:style-name="{style}">{escape(_plain(line))}</text:p>'


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or "\x20" <= letter < "\ud800" or letter > "\udfff")


def drawing_as_text(data: bytes) -> bytes:
    """An SVG drawing alone on a page, as large as it fits; what it would fetch or run is taken out.

    Raises etree.XMLSyntaxError when it is none.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(data, parser)
    for each in list(root.iter()):
        if each.tag is etree.Comment or not isinstance(each.tag, str):
            continue
        _disarm(each)
    for text, anchor in list(_anchored(root)):
        text.set("style", _ANCHOR.sub("", text.get("style", "")))
        text.set("text-anchor", anchor)
    width, height = _size(root)
    paper = _A4 if height >= width else _A4[::-1]
    room = (paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN - 20)
    scale = min(room[0] / width, room[1] / height)
    picture = b64encode(etree.tostring(root)).decode("ascii")
    frame = _FRAME.format(width=width * scale, height=height * scale, picture=picture)
    return _document(_PAGE.format(width=paper[0], height=paper[1], margin=_MARGIN), frame)


def _disarm(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name in ("script", "foreignObject", "style") and (name != "style" or "@import" in (element.text or "")):
        element.clear()
    for key in list(element.attrib):
        if key in _LINKS and not element.attrib[key].startswith(("#", "data:image/")):
            del element.attrib[key]


def _anchored(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Texts that begin at their right, and how they are told to LibreOffice, which begins every text at its left."""
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
    return (found[0], found[1]) if len(found) == 2 and min(found) > 0 else (100.0, 100.0)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+", text) is not None


def _document(styles: str, body: str) -> bytes:
    return _DOCUMENT.format(spaces=_SPACES, styles=styles, master=_MASTER, body=body).encode()
