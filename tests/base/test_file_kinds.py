"""What a file is, its first bytes say, whatever its name says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assembler.base.file_kinds import ENDINGS, HEAD, PICTURES, Content, content_of, kind_of, named


def _saved(format_name: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, format_name)
    return stream.getvalue()


@pytest.mark.parametrize("kind", sorted(PICTURES - {"HEIC"}))
def test_pictures_are_known_under_any_name(kind: str) -> None:
    head = _saved(kind)[:HEAD]
    assert {kind_of(head, name) for name in ("x", "x.pdf", "عکس.jpe", "x.docx")} == {kind}


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1", "HEIC"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "x", "HEIC"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", "film.heic", None),
        (b"junk before %PDF-1.4", "x.jpg", "PDF"),
        (b"PK\x03\x04", "x.xlsx", "Office"),
        (b"PK\x03\x04", "x.zip", None),
        (b"\xd0\xcf\x11\xe0", "x.doc", "Office"),
        (b"\xd0\xcf\x11\xe0", "x.msg", None),
        (b"{\\rtf1", "x.rtf", "Office"),
        (b'<?xml version="1.0"?><svg xmlns="">', "x", "SVG"),
        (b"From: a@b.ir\n\n", "x.eml", "EML"),
        (b"From: a@b.ir\n\n", "x.txt", None),
        (b"BMI,weight\n23,70\n", "x.csv", None),
    ],
)
def test_what_else_is_told_apart(head: bytes, name: str, kind: str | None) -> None:
    assert kind_of(head, name) == kind


def test_an_ending_belongs_to_one_kind() -> None:
    endings = [ending for each in ENDINGS.values() for ending in each]
    assert len(endings) == len(set(endings))
    assert named("سند.JFIF") == "JPEG"
    assert named("x") is None


BOOK = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
GUARDED_WRITING, FILE_PASS = b"\x86\x00\x00\x00", b"\x2f\x00\x02\x00\x01\x00"


@pytest.mark.parametrize(
    ("stream", "inner", "content"),
    [
        ("Workbook", BOOK + FILE_PASS, Content.LOCKED),
        ("Workbook", BOOK + GUARDED_WRITING + FILE_PASS, Content.LOCKED),
        ("Workbook", BOOK + GUARDED_WRITING + bytes(9) + FILE_PASS, Content.OLD_WORKBOOK),
        ("WordDocument", b"\xec\xa5" + bytes(9) + b"\x03", Content.LOCKED),
        ("WordDocument", b"\xec\xa5" + bytes(9) + b"\x02", Content.OLD_WORD),
    ],
)
def test_a_password_of_old_office_is_told(stream: str, inner: bytes, content: Content, tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"\xd0\xcf\x11\xe0".ljust(512, b"\0") + inner.ljust(512, b"\0") + stream.encode("utf-16-le"))
    assert content_of(path) == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("From: a\r\nTo: b,\r\n c\r\nMIME-Version: 1.0\r\n\r\nx", Content.MAIL),
        ("Received: a\nDate: b\nSubject: c\n\nx", Content.MAIL),
        ("from: a\nto: b\nsubject: c\n", Content.TEXT),  # answers may be called so
        ("Date,Received: x\n1,2\n3,4\n", Content.TEXT),
    ],
)
def test_an_e_mail_is_no_list(text: str, content: Content, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(text.encode())
    assert content_of(tmp_path / "x.csv") == content
