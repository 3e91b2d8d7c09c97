"""What people wrote onto a foreign PDF without a look of its own, which each reader draws as it likes: texts are drawn
here, marks by pdfium, and of what nobody draws the file is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

_DRAWN = frozenset(("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Square", "/Circle"))
_UNDRAWN = frozenset(("/Stamp", "/Line", "/Polygon", "/PolyLine", "/Caret", "/Redact"))
_TEXT = "/FreeText"
_PRINTED, _HIDDEN = 1 << 2, 1 << 1  # flags


def texts(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """The texts on a page that have no look."""
    return (each for each in _bare(page) if each.get("/Subtype") == _TEXT)


def drawn_by_pdfium(page: pikepdf.Page) -> tuple[pikepdf.Object, ...]:
    """The marks on a page that pdfium draws though they have no look."""
    return tuple(each for each in _bare(page) if each.get("/Subtype") in _DRAWN)


def is_undrawable(pdf: pikepdf.Pdf) -> bool:
    """Whether a PDF has marks on paper that nobody would draw."""
    return any(each.get("/Subtype") in _UNDRAWN for page in pdf.pages for each in _bare(page))


def _bare(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """What is on a page when it is printed, and has no look of its own."""
    annotations = page.obj.get("/Annots")
    for each in annotations if isinstance(annotations, pikepdf.Array) else ():
        if not isinstance(each, pikepdf.Dictionary):
            continue
        looks, flags = each.get("/AP"), each.get("/F", 0)
        is_seen = isinstance(flags, int) and flags & _PRINTED and not flags & _HIDDEN
        if is_seen and not (isinstance(looks, pikepdf.Dictionary) and "/N" in looks):
            yield each
