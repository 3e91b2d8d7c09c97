"""Links from a document to the pages that stand behind it in the packet."""

from __future__ import annotations

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from assembler.pdf.pieces import PageRange

BEHIND = "/AssemblerBehind"  # in a link: how many pages behind the document it leads


def lead_behind(writer: PdfWriter, part: PageRange) -> None:
    """Lets the links of a piece lead to the pages that follow it."""
    for page in writer.pages[part.first : part.first + part.pages]:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            if isinstance(link, DictionaryObject) and BEHIND in link:
                target = writer.pages[part.first + part.pages + int(link.pop(BEHIND))]
                link[NameObject("/Dest")] = ArrayObject([target.indirect_reference, NameObject("/Fit")])
