"""What a Word template may print: the names every part of a kind offers it, blank unless something fills them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from assembler.model.packet import TemplateValue

# Where the text, the signature and the QR code of a part go: no field fills them.
BODY, SIGNATURE, DOCUMENT_ID = "body", "signature", "document_id"
PAGES = "pages"  # of the packet: known when it is joined
# Each stands alone in its paragraph.
PLACEHOLDERS: Mapping[str, str] = {
    BODY: "Where the text, the tables and the figures go; their look is that of the styles.",
    SIGNATURE: "The room for signature and stamp, a field to sign in the PDF.",
    DOCUMENT_ID: "Where the QR code goes, of a letter that has one.",
}
_BLANK: TemplateValue = ""


class Letterhead(NamedTuple):
    """What is typed into a template and printed as it stands: all its lines, and those below the signature."""

    lines: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


NO_LETTERHEAD = Letterhead()
_NO_LINES: TemplateValue = ()


class Offer(NamedTuple):
    """A name a template may print: what it is, and whether it is a list of lines."""

    doc: str
    lines: bool = False


_ALWAYS = {
    "report_title": Offer("The title of the report."),
    "agency": Offer("The field «agency» of case.yaml."),
    "title": Offer("The title of the part."),
}
_HIERARCHY = Offer("The lines over the name of the office, the highest rank first.", lines=True)
# Offered to every template of a kind, blank unless the report or the letter's form fills them.
OFFERS: Mapping[str, Mapping[str, Offer]] = MappingProxyType(
    {
        "cover": {
            **_ALWAYS,
            "hierarchy": _HIERARCHY,
            "subtitle": Offer("The line below the title."),
            "period": Offer("The period the report is about."),
            "unit": Offer("The department that prepared the report."),
            "date": Offer("The date as it is to stand on the cover."),
            "number": Offer("The number of the letter the report goes out with."),
            PAGES: Offer("How many pages the packet has; counted when it is joined."),
            "revision": Offer("Which issue it is, in digits, of one that amends another; blank otherwise."),
        },
        "letter": {
            **_ALWAYS,
            "hierarchy": _HIERARCHY,
            "number": Offer("The secretariat's number; blank until the letter is registered."),
            "date": Offer("The date of registration; blank until then."),
            "attachment": Offer("What is attached: «دارد», «ندارد» or a count."),
            "besmele": Offer("The opening: «بسمه تعالی»."),
            "motto": Offer("The motto of the year."),
            "follows": Offer("The letter it follows or answers: «پیرو نامه شماره … مورخ …»."),
            "addressee": Offer("Whom it is to: «جناب آقای …»."),
            "addressee_post": Offer("The post of the addressee."),
            "subject": Offer("The subject."),
            "salutation": Offer("The salutation: «با سلام و احترام؛»."),
            "closing": Offer("The closing sentence: «با تقدیم احترام»."),
            "signer_name": Offer("Who signs; of the signer the part names."),
            "signer_post": Offer("The post of who signs; of the signer the part names."),
            "copies": Offer("Who gets a copy, a line each.", lines=True),
            "address": Offer("Address, telephone and site at the foot of the page."),
            "document_id": Offer("The QR code, of a letter that has a document ID."),
        },
        "body": _ALWAYS,
        "problems": _ALWAYS,
        "evidence": _ALWAYS,
    }
)
OFFERED: Mapping[str, Mapping[str, TemplateValue]] = MappingProxyType(
    {
        kind: {name: _NO_LINES if offer.lines else _BLANK for name, offer in offers.items()}
        for kind, offers in OFFERS.items()
    }
)
