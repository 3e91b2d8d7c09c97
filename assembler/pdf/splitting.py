"""A PDF of many documents cut at their first pages, each piece with the bookmarks of its own document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pikepdf

from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.pdf.positions import destination_name

_Places = Mapping[tuple[int, int], int]


def split(pdf: Path, prefixes: Sequence[str], beginning: str, targets: Sequence[Path]) -> None:
    """Cut ``pdf`` before each page to which a bookmark named prefix + ``beginning`` leads, and write the pieces.

    The bookmarks of a piece are those with its prefix, without it. Raises AssemblerError (``engine-failed``) when the
    pages do not begin as they should: then nothing of the file can be believed.
    """
    with pikepdf.open(pdf) as document:
        document.remove_unreferenced_resources()
        named = dict(_named(document))
        places = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        firsts = [_page(named.get(destination_name(prefix + beginning)), places) for prefix in prefixes]
        if firsts[:1] != [0] or firsts != sorted(set(firsts)):
            reason = wording("the documents do not begin on pages of their own")
            raise AssemblerError([problem("engine-failed", name=pdf.name, reason=reason)], ExitCode.ENGINE)
        ends = [*firsts[1:], len(document.pages)]
        for prefix, first, end, target in zip(prefixes, firsts, ends, targets, strict=True):
            own = {name[len(prefix) :]: where for name, where in named.items() if name.startswith(prefix)}
            own.pop(destination_name(beginning), None)
            _write(document, range(first, end), own, places, target)


def _named(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """The named destinations, whichever way the file keeps them."""
    found = document.Root.get("/Dests")
    if isinstance(found, pikepdf.Dictionary):
        yield from ((name.lstrip("/"), _array(where)) for name, where in found.items())
    names = document.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        yield from ((str(name), _array(where)) for name, where in pikepdf.NameTree(tree).items())


def _array(where: pikepdf.Object) -> pikepdf.Object:
    return where["/D"] if isinstance(where, pikepdf.Dictionary) else where


def _page(where: object, places: _Places) -> int:
    """The page a destination leads to, -1 for none."""
    return places.get(where[0].objgen, -1) if isinstance(where, pikepdf.Array) and len(where) else -1


def _write(
    source: pikepdf.Pdf, pages: range, named: Mapping[str, pikepdf.Object], places: _Places, target: Path
) -> None:
    links = [_links(source.pages[index], places) for index in pages]
    piece = pikepdf.new()
    for index in pages:
        piece.pages.append(source.pages[index])
    for page, leading in zip(list(piece.pages), links, strict=True):
        _lead(piece, page, {number: where - pages.start for number, where in leading.items() if where in pages})
    piece.Root.Dests = pikepdf.Dictionary()
    for name, where in named.items():
        at = _page(where, places) - pages.start
        if 0 <= at < len(pages):
            piece.Root.Dests[f"/{name}"] = pikepdf.Array([piece.pages[at].obj, *list(where)[1:]])
    piece.save(target)


def _links(page: pikepdf.Page, places: _Places) -> dict[int, int]:
    """The annotations of a page, by number, that lead to a page of the same file."""
    annotations = page.obj.get("/Annots", ())
    found = ((number, _page(one.get("/Dest"), places)) for number, one in enumerate(annotations))
    return {number: where for number, where in found if where >= 0}


def _lead(piece: pikepdf.Pdf, page: pikepdf.Page, links: Mapping[int, int]) -> None:
    """Let copied links lead to the copied pages."""
    for number, where in links.items():
        page.obj["/Annots"][number]["/Dest"][0] = piece.pages[where].obj
