"""What was appended to an issued PDF: signatures pass, anything else is named, whether or not a page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from assembler.pdf.added import additions

NEW = 50  # a number no issued object has
Rewritten = tuple[int, bytes]


def _issued() -> bytes:
    """Two pages, two fields for signatures and one for a text, as a finished packet has them."""
    document = pikepdf.new()
    for _ in range(2):
        document.add_blank_page()
    page = document.pages[0].obj
    fields = [
        document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name(kind),
                T=name,
                P=page,
                Rect=[10, 10, 90, 50],
            )
        )
        for name, kind in (("head", "/Sig"), ("expert", "/Sig"), ("remark", "/Tx"))
    ]
    page.Annots = pikepdf.Array(fields)
    form = document.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=0))
    document.Root.AcroForm = form
    document.docinfo["/Title"] = "گزارش"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


ISSUED = _issued()


def _object(data: bytes, of: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Rewritten:
    with pikepdf.open(BytesIO(data)) as document:
        found = of(document)
        return found.objgen[0], found.unparse(resolved=True)


def _with(found: Rewritten, more: bytes) -> dict[int, bytes]:
    """An object with more keys."""
    return {found[0]: found[1].replace(b"<<", b"<< " + more, 1)}


def _appended(data: bytes, objects: dict[int, bytes]) -> bytes:
    """A PDF with objects written behind it, as signing programs do."""
    root, _ = _object(data, lambda document: document.Root)
    information, _ = _object(data, lambda document: document.trailer["/Info"])
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % told for told in sorted(places.items()))
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\n" % (NEW + 9, root, information, start)
    return data + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(data)


def _signed(data: bytes, field: int = 0) -> bytes:
    """A PDF one of whose fields is signed over all bytes but the signature's own."""
    told = _object(data, lambda document: document.Root.AcroForm.Fields[field])
    value = b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1111111111 2222222222 3333333333] "
    value += b"/SubFilter /ETSI.CAdES.detached /M (D:20260601) /Reason (x) /Contents <" + b"00" * 64 + b"> >>"
    look = b"<< /Type /XObject /Subtype /Form /BBox [0 0 80 40] /Length 9 >>\nstream\n0 0 m S q\nendstream"
    objects = {**_with(told, b"/V %d 0 R /AP << /N %d 0 R >> " % (NEW, NEW + 1)), NEW: value, NEW + 1: look}
    if field:  # numbers of its own, when another signature has those
        objects = {number + 2 if number >= NEW else number: body for number, body in objects.items()}
        objects[told[0]] = re.sub(rb"%d 0 R" % (NEW + 1), b"%d 0 R" % (NEW + 3), objects[told[0]])
        objects[told[0]] = re.sub(rb"%d 0 R" % NEW, b"%d 0 R" % (NEW + 2), objects[told[0]])
    whole = _appended(data, objects)
    first = whole.index(b"<00", len(data))
    second = whole.index(b">", first) + 1
    covered = b"%010d %010d %010d" % (first, second, len(whole) - second)
    return whole.replace(b"1111111111 2222222222 3333333333", covered)


def test_nothing_and_signatures_alone_are_no_additions() -> None:
    once = _signed(ISSUED)
    twice = _signed(once, 1)
    kept = _appended(
        twice,
        {
            **_with(_object(twice, lambda document: document.Root), b"/DSS << /Certs [%d 0 R] >> " % (NEW + 5)),
            NEW + 5: b"<< /Length 3 >>\nstream\nabc\nendstream",
        },
    )
    dated = _appended(once, _with(_object(once, lambda document: document.trailer["/Info"]), b"/ModDate (D:20260601) "))
    for whole in (ISSUED, ISSUED + b"\n", once, twice, kept, dated):
        assert additions(ISSUED, whole) == ()


ROOT = _object(ISSUED, lambda document: document.Root)
FORM = _object(ISSUED, lambda document: document.Root.AcroForm)
FIELD = _object(ISSUED, lambda document: document.Root.AcroForm.Fields[1])
TEXT = _object(ISSUED, lambda document: document.Root.AcroForm.Fields[2])
PAGE = _object(ISSUED, lambda document: document.pages[1].obj)
INFORMATION = _object(ISSUED, lambda document: document.trailer["/Info"])
SCRIPT = b"<< /Type /XObject /Subtype /Form /AA << /K 1 >> /Length 0 >>\nstream\n\nendstream"
SEEN = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (more) /Rect [0 0 200 200] >>"


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    ("objects", "told"),
    [
        ({NEW + 7: b"<< /Kept (for later) >>"}, "an object that belongs to no signature"),
        (_with(FORM, b"/XFA (x) "), "the form fields"),
        (_with(FORM, b"/NeedAppearances true "), "the form fields"),
        (_with(FIELD, b"/AA << /K << /S /JavaScript /JS (x) >> >> "), "the field expert"),
        (_with(FIELD, b"/V (words) "), "the field expert"),
        (_with(FIELD, b"/V << /Type /Sig /Contents <00> >> "), "the field expert is signed over other bytes"),
        (_with(FIELD, b"/AP << /N %d 0 R >> " % (NEW + 7)) | {NEW + 7: SCRIPT}, "the field expert"),
        ({FIELD[0]: FIELD[1].replace(b"90 50", b"900 900")}, "the field expert"),
        (_with(TEXT, b"/V (words) "), "what the pages show"),
        ({INFORMATION[0]: b"<< /Title (another) >>"}, "what the file says of itself"),
        (_with(ROOT, b"/OpenAction << /S /JavaScript /JS (x) >> "), "the structure of the file"),
        (_with(ROOT, b"/DSS << /Certs [(x)] /More 1 >> "), "the proofs of signatures"),
        (_with(PAGE, b"/Rotate 90 "), "page 2"),
        (_with(PAGE, b"/Annots [%d 0 R] " % (NEW + 7)) | {NEW + 7: SEEN}, "a new form field: more"),
    ],
)  # fmt: skip
def test_anything_else_is_named(objects: dict[int, bytes], told: str, signed: bool) -> None:
    before = _signed(ISSUED) if signed else ISSUED
    assert any(found.startswith(told) for found in additions(ISSUED, _appended(before, objects)))


def test_a_title_of_metadata_is_that_of_the_issue() -> None:
    words = "<rdf:li xml:lang='x-default'>{}</rdf:li>"
    told = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<dc:title><rdf:Alt>{words}</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"
    )

    def entitled(title: str) -> bytes:
        text = told.format(title).encode()
        stream = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
        return _appended(ISSUED, _with(ROOT, b"/Metadata %d 0 R " % NEW) | {NEW: stream})

    assert additions(ISSUED, entitled("گزارش")) == ()
    assert additions(ISSUED, entitled("گزارش دیگر")) == ("what the file says of itself: title",)


def test_what_a_later_update_takes_back_is_named_too() -> None:
    there = _appended(ISSUED, _with(PAGE, b"/Rotate 90 "))
    assert additions(ISSUED, _appended(there, {PAGE[0]: PAGE[1]})) == ("page 2",)


@pytest.mark.parametrize(
    "whole",
    [
        ISSUED + b"more",
        _signed(ISSUED) + b"\n%PDF-1.7 another",
        ISSUED + b"between\n" + _appended(ISSUED, {NEW: b"null"})[len(ISSUED) :],
        ISSUED + b"50 0 obj\n(nobody lists it)\nendobj\n",
    ],
)
def test_bytes_of_nobody_are_named(whole: bytes) -> None:
    assert "bytes that belong to no object" in additions(ISSUED, whole)


def test_an_object_that_stands_twice_in_one_update_is_named() -> None:
    whole = _appended(ISSUED, _with(FIELD, b"/F 4 "))
    hidden = ISSUED + b"%d 0 obj\n<< /V (words) >>\nendobj\n" % FIELD[0]
    shifted = whole[len(ISSUED) :].replace(b"%010d" % len(ISSUED), b"%010d" % len(hidden))
    start = int(whole[whole.rindex(b"startxref") + 9 :].split()[0])
    shifted = shifted.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + len(hidden) - len(ISSUED)))
    assert additions(ISSUED, whole) == ()
    assert additions(ISSUED, hidden + shifted) == ("bytes that belong to no object",)


def test_an_object_some_readers_pass_over_is_named() -> None:
    """Numbers too large for so small a file: some programs leave them out of the list, others do not."""
    assert additions(ISSUED, _appended(ISSUED, {9000: b"<< >>"})) == ("an object that belongs to no signature",)
