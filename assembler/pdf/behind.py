"""Links from a document to the pages that stand behind it in the packet."""

from __future__ import annotations

import pikepdf

from assembler.pdf.pieces import PageRange

BEHIND = "/AssemblerBehind"  # in a link: how many pages behind the document it leads


def lead_behind(document: pikepdf.Pdf, part: PageRange) -> None:
    """Lets the links of a piece lead to the pages that follow it."""
    pages = list(document.pages)
    for page in pages[part.first : part.first + part.pages]:
        for link in page.obj.get("/Annots", ()):
            if BEHIND in link:
                target = pages[part.first + part.pages + int(link[BEHIND])]
                del link[BEHIND]
                link.Dest = pikepdf.Array([target.obj, pikepdf.Name.Fit])
