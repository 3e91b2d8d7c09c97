"""Pages of one document at the end of another: what leads from page to page within them still does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pikepdf

_TO = "/AssemblerTo"  # in a link, while its pages are moved: the page of its document, and the place there


def take_over(joined: pikepdf.Pdf, source: pikepdf.Pdf) -> Sequence[pikepdf.Page]:
    """The pages of ``source`` behind those of ``joined``, and returns them there.

    A page that is copied takes along all its links lead to, so they are told by number on the way. ``source`` stays
    open until ``joined`` is saved.
    """
    pages = {page.obj.objgen: index for index, page in enumerate(source.pages)}
    for page in source.pages:
        for link in page.obj.get("/Annots", ()):
            _hold(link, pages)
    begin = len(joined.pages)
    joined.pages.extend(source.pages)
    moved = list(joined.pages)[begin:]
    for page in moved:
        for link in page.obj.get("/Annots", ()):
            if _TO in link:
                index, *place = link[_TO]
                del link[_TO]
                link.Dest = pikepdf.Array([moved[int(index)].obj, *place])
    return moved


def _hold(link: pikepdf.Object, pages: Mapping[tuple[int, int], int]) -> None:
    """Notes where a link leads within its document; one to a page that is not there leads nowhere."""
    action = link.get("/A")
    where = link.get("/Dest") or (action.get("/D") if isinstance(action, pikepdf.Dictionary) else None)
    if not isinstance(where, pikepdf.Array) or not len(where):
        return
    for key in ("/Dest", "/A"):
        if key in link:
            del link[key]
    if isinstance(where[0], pikepdf.Dictionary) and where[0].objgen in pages:
        link[_TO] = pikepdf.Array([pages[where[0].objgen], *list(where)[1:]])
