"""The blank pages behind a converted document, which stood for the evidence there: cut off, the links to them kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from assembler.pdf.pieces import PageRange
from assembler.pdf.positions import destination_name

_TO = "AssemblerBehind"  # in a link: how many pages behind the document it leads


def cut_behind(pdf: Path, bookmark: str) -> None:
    """Takes away the page with this bookmark and all behind it; a document without it stays as it is."""
    with pikepdf.open(pdf) as document:
        names = document.Root.get("/Dests")
        where = names.get(f"/{destination_name(bookmark)}") if isinstance(names, pikepdf.Dictionary) else None
        if where is None or not isinstance(names, pikepdf.Dictionary):
            return
        places = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        first = places[where[0].objgen]
        for page in list(document.pages)[:first]:
            _keep_links(page, places, first)
        for name in [name for name, target in names.items() if places.get(target[0].objgen, 0) >= first]:
            del names[name]
        del document.pages[first:]
        document.remove_unreferenced_resources()
        buffer = BytesIO()
        document.save(buffer, deterministic_id=True)
    pdf.write_bytes(buffer.getvalue())


def _keep_links(page: pikepdf.Page, places: dict[tuple[int, int], int], first: int) -> None:
    for link in page.obj.get("/Annots", ()):
        action = link.get("/A")
        where = link.get("/Dest") or (action.get("/D") if isinstance(action, pikepdf.Dictionary) else None)
        at = places.get(where[0].objgen, 0) if isinstance(where, pikepdf.Array) and len(where) else 0
        if at >= first:
            for key in ("/Dest", "/A"):
                if key in link:
                    del link[key]
            link[f"/{_TO}"] = at - first


def lead_behind(writer: PdfWriter, part: PageRange) -> None:
    """Lets the links of a piece lead to the pages that follow it."""
    for page in writer.pages[part.first : part.first + part.pages]:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            if isinstance(link, DictionaryObject) and f"/{_TO}" in link:
                target = writer.pages[part.first + part.pages + int(link.pop(f"/{_TO}"))]
                link[NameObject("/Dest")] = ArrayObject([target.indirect_reference, NameObject("/Fit")])
