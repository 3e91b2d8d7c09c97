"""Drawing over finished pages without touching what is on them: a page becomes a form, forms are drawn in order."""

from __future__ import annotations

from dataclasses import dataclass

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)


@dataclass(frozen=True)
class Box:
    """A page as a reader sees it: its size in points and the matrix from what is seen to what the page says."""

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]


def seen(page: PageObject) -> Box:
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    width, height = float(page.cropbox.width), float(page.cropbox.height)
    turned = page.rotation % 360
    if turned == 90:
        return Box(height, width, (0, 1, -1, 0, left + width, bottom))
    if turned == 180:
        return Box(width, height, (-1, 0, 0, -1, left + width, bottom + height))
    if turned == 270:
        return Box(height, width, (0, -1, 1, 0, left, bottom + height))
    return Box(width, height, (1, 0, 0, 1, left, bottom))


def form_of(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """A page as a form that other pages can draw; its lower left corner becomes the origin."""
    contents = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(contents.get_data() if contents is not None else b"")
    left, bottom, right, top = (float(value) for value in page.cropbox)
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): numbers(left, bottom, right, top),
            NameObject("/Matrix"): numbers(1, 0, 0, 1, -left, -bottom),
            NameObject("/Resources"): _resources(page).clone(writer),
        }
    )
    return writer._add_object(form.flate_encode())


def _resources(page: PageObject) -> DictionaryObject:
    found = page.get("/Resources", DictionaryObject()).get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def numbers(*values: float) -> ArrayObject:
    return ArrayObject(FloatObject(f"{value:.3f}") for value in values)


def draw(writer: PdfWriter, page: PageObject, form: IndirectObject, drawing: bytes, name: str) -> None:
    """Draw a form over a page: ``drawing`` is the operators before ``/name Do``."""
    resources = _own_resources(page)
    objects = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    objects[NameObject(f"/{name}")] = form
    resources[NameObject("/XObject")] = objects
    matrix = operands(*seen(page).matrix)
    operators = b"q %s cm %s /%s Do Q" % (matrix, drawing, name.encode())
    page[NameObject("/Contents")] = ArrayObject([*_contents(page), _stream(writer, operators)])


def fence(writer: PdfWriter) -> None:
    """Put the contents of every page between q and Q: what is drawn afterwards meets a clean state."""
    opening, closing = _stream(writer, b"q"), _stream(writer, b"Q")
    for page in writer.pages:
        page[NameObject("/Contents")] = ArrayObject([opening, *_contents(page), closing])


def _own_resources(page: PageObject) -> DictionaryObject:
    """The page's resources as a dictionary no other page shares."""
    resources = DictionaryObject(_resources(page))
    page[NameObject("/Resources")] = resources
    return resources


def _contents(page: PageObject) -> list[PdfObject]:
    value = page.get("/Contents", ArrayObject()).get_object()
    return list(value) if isinstance(value, ArrayObject) else [page.raw_get("/Contents")]


def _stream(writer: PdfWriter, data: bytes) -> IndirectObject:
    stream = StreamObject()
    stream.set_data(data + b"\n")
    return writer._add_object(stream)


def operands(*values: float) -> bytes:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode()
