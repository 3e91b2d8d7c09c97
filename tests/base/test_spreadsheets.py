"""Each file that is no workbook is called what it is; workbooks of every making are read, and no warning is heard."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from assembler.base.foreign import UnreadableError
from assembler.base.spreadsheets import opened

MOST = 1 << 24


def packed(*names: str, **texts: str) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, texts.get(name, "x"))
    return stream.getvalue()


def workbook() -> bytes:
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["نام", 12])  # type: ignore[union-attr]
    book.save(stream)
    return stream.getvalue()


def strict(data: bytes) -> bytes:
    """The same workbook as Excel writes «Strict Open XML»."""
    usual = "http://schemas.openxmlformats.org/"
    names = [
        ("officeDocument/2006/relationships", "officeDocument/relationships"),
        ("spreadsheetml/2006/main", "spreadsheetml/main"),
    ]
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(stream, "w") as target:
        for entry in source.namelist():
            text = source.read(entry)
            for one, other in names:
                text = text.replace(f"{usual}{one}".encode(), f"http://purl.oclc.org/ooxml/{other}".encode())
            target.writestr(entry, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Office, or one with a password; save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "Workbook".encode("utf-16-le"), "old Excel (.xls); save it as .xlsx"),
        (b"\x1f\x8b\x08" + bytes(60), "packed file; unpack it first"),
        (b"SQLite format 3\0" + bytes(90), "database; export the list"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (packed("mimetype", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (packed("word/document.xml"), "Word"),
        (packed("ppt/presentation.xml"), "PowerPoint"),
        (packed("xl/workbook.bin"), "xlsb"),
        (packed("a.txt"), "packed"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "Rich Text"),
        (b"\xef\xbb\xbf <html>", "web page"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"a;b", "no Excel workbook"),
        (packed("xl/workbook.xml"), "damaged"),
        (workbook()[:900], "damaged"),
        (packed("xl/worksheets/sheet1.xml", **{"xl/worksheets/sheet1.xml": " " * (MOST + 1)}), "unpack to"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_called_what_it_is(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(data)
    with pytest.raises(UnreadableError) as raised, opened(tmp_path / "list.xlsx", MOST, results=True):
        pass
    assert says in str(raised.value.reason)


@pytest.mark.parametrize("making", [bytes, strict])
def test_workbooks_of_every_making_are_read(making: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(making(workbook()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with opened(tmp_path / "list.xlsx", MOST, results=True) as book:
            assert list(book.worksheets[0].values) == [("نام", 12)]
