"""Layers of a foreign PDF («optional content»): what its program does not show must not be seen on our pages either."""

from __future__ import annotations

import pikepdf


def switched_off(pdf: pikepdf.Pdf) -> bool:
    """Whether a layer is off, or off on paper; annotations on such layers are taken out on the way."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return False
    usual = properties.get("/D", pikepdf.Dictionary())
    off: list[pikepdf.Object] = [one for one in usual.get("/OFF", []) if isinstance(one, pikepdf.Dictionary)]
    if usual.get("/BaseState") == "/OFF":
        off += [one for one in properties.get("/OCGs", []) if one not in list(usual.get("/ON", []))]
    _take_out({one.objgen for one in off}, pdf)
    return bool(off) or bool(len(usual.get("/AS", [])))


def _take_out(off: set[tuple[int, int]], pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        shown = [each for each in page.obj.get("/Annots", []) if not _is_off(each, off)]
        if len(shown) < len(page.obj.get("/Annots", [])):
            page.obj.Annots = pikepdf.Array(shown)


def _is_off(annotation: pikepdf.Object, off: set[tuple[int, int]]) -> bool:
    layer = annotation.get("/OC") if isinstance(annotation, pikepdf.Dictionary) else None
    if not isinstance(layer, pikepdf.Dictionary):
        return False
    groups = layer.get("/OCGs", layer)
    named = list(groups) if isinstance(groups, pikepdf.Array) else [groups]
    return bool(named) and all(one.objgen in off for one in named)
