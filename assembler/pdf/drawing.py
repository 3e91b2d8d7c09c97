"""Drawing over finished pages without touching what is on them: a page becomes a form, forms are drawn in order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pikepdf


@dataclass(frozen=True)
class Box:
    """A page as a reader sees it: its size in points and the matrix from what is seen to what the page says."""

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]


def seen(page: pikepdf.Page) -> Box:
    left, bottom, width, height = _cut(page)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned == 90:
        return Box(height, width, (0, 1, -1, 0, left + width, bottom))
    if turned == 180:
        return Box(width, height, (-1, 0, 0, -1, left + width, bottom + height))
    if turned == 270:
        return Box(height, width, (0, -1, 1, 0, left, bottom + height))
    return Box(width, height, (1, 0, 0, 1, left, bottom))


def size(page: pikepdf.Page) -> tuple[float, float]:
    """The width and height of what a page shows, as if it were not turned."""
    return _cut(page)[2:]


def _cut(page: pikepdf.Page) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    return left, bottom, right - left, top - bottom


def form_of(document: pikepdf.Pdf, source: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """A page of another document as a form that pages of ``document`` can draw; its lower left corner becomes the
    origin. Forms of one source share what their pages share, and ``source`` stays open until ``document`` is saved.
    """
    left, bottom, width, height = _cut(page)
    page.contents_coalesce()
    form = pikepdf.Stream(
        source,
        page.obj.Contents.read_bytes() if "/Contents" in page.obj else b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=numbers(left, bottom, left + width, bottom + height),
        Matrix=numbers(1, 0, 0, 1, -left, -bottom),
        Resources=page.obj.get("/Resources", pikepdf.Dictionary()),
    )
    return document.copy_foreign(form)


def numbers(*values: float) -> pikepdf.Array:
    """Numbers as every program writes them again: with no more decimals than a printer sees, and no idle zeros."""
    return pikepdf.Array([Decimal(f"{value:.3f}".rstrip("0").rstrip(".")) for value in values])


def draw(document: pikepdf.Pdf, page: pikepdf.Page, form: pikepdf.Object, drawing: bytes, name: str) -> None:
    """Draw a form over a page: ``drawing`` is the operators before ``/name Do``."""
    resources = _copy(page.obj.get("/Resources"))  # no other page shares it
    objects = _copy(resources.get("/XObject"))
    objects[f"/{name}"] = form
    resources.XObject = objects
    page.obj.Resources = resources
    matrix = operands(*seen(page).matrix)
    operators = b"q %s cm %s /%s Do Q" % (matrix, drawing, name.encode())
    page.obj.Contents = pikepdf.Array([*_contents(page), _stream(document, operators)])


def fence(document: pikepdf.Pdf) -> None:
    """Put the contents of every page between q and Q: what is drawn afterwards meets a clean state."""
    opening, closing = _stream(document, b"q"), _stream(document, b"Q")
    for page in document.pages:
        page.obj.Contents = pikepdf.Array([opening, *_contents(page), closing])


def _copy(held: pikepdf.Object | None) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(dict(held.items()) if isinstance(held, pikepdf.Dictionary) else {})


def _contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.get("/Contents", pikepdf.Array())
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _stream(document: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    return document.make_indirect(pikepdf.Stream(document, data + b"\n"))


def operands(*values: float) -> bytes:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode()
