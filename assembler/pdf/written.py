"""E-mails as documents LibreOffice reads: flat OpenDocument texts, which fetch nothing."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime
from html import escape

import jdatetime
from lxml import html

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
    'fo:text-align="{side}" fo:margin-bottom="4pt"/><style:text-properties style:font-family-complex="B Nazanin" '
    'style:font-size-complex="13pt" fo:font-size="12pt" fo:font-family="Times New Roman"/></style:style>'
)
_SIDES = (("right", "rl-tb"), ("left", "lr-tb"))
_HEADS = (("from", "از"), ("to", "به"), ("cc", "رونوشت"), ("subject", "موضوع"))
_RTL = re.compile(r"[\u0590-\u08ff]")
_A4, _MARGIN = (595.3, 841.9), 56.0
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
    styles += "".join(_PARAGRAPH.format(name=side[0], mode=mode, side=side) for side, mode in _SIDES)
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


def _document(styles: str, body: str) -> bytes:
    return _DOCUMENT.format(spaces=_SPACES, styles=styles, master=_MASTER, body=body).encode()
