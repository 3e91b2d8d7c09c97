"""The answers inside a finished PDF, put in by ``finish``: found and taken out, also from files nobody should trust."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf

from assembler.base.messages import fill, translate, wording
from assembler.pdf.verify import DAMAGED

_DEPTH = 50  # levels of a tree of names; ours has one


class InsideError(Exception):
    """Why no answers can be taken out of a PDF, in the reader's language."""


def packed_answers(pdf: Path | bytes, name: str, most: int) -> tuple[bytes, int]:
    """The file a PDF carries under ``name``, ``most`` bytes long at most, and the number of its pages.

    Raises InsideError: it is no PDF, is damaged, or carries no such file.
    """
    try:
        with pikepdf.open(BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as document:
            found = next(_files(document, name), None)
            if found is None:
                raise InsideError(wording("it carries no answers"))
            return _content(found, most), len(document.pages)
    except DAMAGED as error:
        raise InsideError(f"{translate('it cannot be opened')}: {error}") from error


def _files(document: pikepdf.Pdf, name: str) -> Iterator[pikepdf.Object]:
    """The streams of the attached files of a name: those of the whole document first, then those among its names."""
    whole = document.Root.get("/AF")
    names = document.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    for told in (*(whole if isinstance(whole, pikepdf.Array) else ()), *_leaves(tree, 0)):
        if isinstance(told, pikepdf.Dictionary) and name in (str(told.get("/F", "")), str(told.get("/UF", ""))):
            held = told.get("/EF")
            stream = held.get("/F") if isinstance(held, pikepdf.Dictionary) else None
            if isinstance(stream, pikepdf.Stream):
                yield stream


def _leaves(node: object, depth: int) -> Iterator[pikepdf.Object]:
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEPTH:
        return
    listed, kids = node.get("/Names"), node.get("/Kids")
    if isinstance(listed, pikepdf.Array):
        yield from list(listed)[1::2]
    for kid in kids if isinstance(kids, pikepdf.Array) else ():
        yield from _leaves(kid, depth + 1)


def _content(stream: pikepdf.Object, most: int) -> bytes:
    """What a stream holds: never more than ``most`` is unpacked, whatever it would unpack to."""
    told = stream.get("/Filter")
    filters = [str(each) for each in told] if isinstance(told, pikepdf.Array) else [str(told)] if told else []
    data = stream.read_raw_bytes()
    if filters == ["/FlateDecode"]:
        data = zlib.decompressobj().decompress(data, most + 1)
    elif filters:
        raise InsideError(wording("its answers are packed in an unknown way ({name})", name=", ".join(filters)))
    if len(data) > most:
        raise InsideError(wording("it is larger than {limit} megabytes", limit=most // 1024**2))
    return data


# ---------------------------------------------------------------- what was added after the issue


def additions(issued: bytes, whole: bytes) -> tuple[str, ...]:
    """What of the issued PDF is no longer as it was once what was appended to it is read too; nothing when only
    signatures, and what belongs to them, were added.
    """
    try:
        with pikepdf.open(BytesIO(issued)) as before, pikepdf.open(BytesIO(whole)) as after:
            return tuple(_changes(before, after))
    except DAMAGED as error:
        return (f"{translate('it cannot be opened')}: {error}",)


_OF_SIGNING = ("/AcroForm", "/DSS", "/Extensions", "/Perms", "/Metadata", "/Version")


def _changes(before: pikepdf.Pdf, after: pikepdf.Pdf) -> Iterator[str]:
    if len(before.pages) != len(after.pages):
        yield f"{translate('number of pages')}: {len(after.pages)} ≠ {len(before.pages)}"
        return
    pages = {page.obj.objgen: number for number, page in enumerate(before.pages, start=1)}
    information = before.trailer.get("/Info")
    free = {before.Root.get("/AcroForm", before.Root).objgen, information.objgen if information else None}
    for one in before.objects:
        if not one.is_indirect or (one.objgen in free and one.objgen != before.Root.objgen):
            continue
        other = after.get_object(one.objgen)
        if not _same(one, other, before.Root.objgen, pages):
            page = pages.get(one.objgen)
            yield fill("page {page}", page=page) if page else translate("what the pages show")
    yield from (translate("page order") for _ in range(_order(before) != _order(after)))


def _order(document: pikepdf.Pdf) -> list[tuple[int, int]]:
    return [page.obj.objgen for page in document.pages]


def _same(one: pikepdf.Object, other: pikepdf.Object, root: tuple[int, int], pages: dict[tuple[int, int], int]) -> bool:
    """Whether an object is as it was, but for what a signature changes: the list of fields, the field it fills."""
    if isinstance(one, pikepdf.Stream):
        return (
            isinstance(other, pikepdf.Stream)
            and _told(one, ()) == _told(other, ())
            and (one.read_raw_bytes() == other.read_raw_bytes())
        )
    if not isinstance(one, pikepdf.Dictionary) or not isinstance(other, pikepdf.Dictionary):
        return bool(one.unparse() == other.unparse())
    if one.get("/FT") == "/Sig":
        return bool(other.get("/FT") == "/Sig") and _told(one, _OF_WIDGET) == _told(other, _OF_WIDGET)
    left_out = _OF_SIGNING if one.objgen == root else ("/Annots",) if one.objgen in pages else ()
    return _told(one, left_out) == _told(other, left_out) and (one.objgen not in pages or _signs_only(one, other))


_OF_WIDGET = ("/V", "/AP", "/F", "/Lock", "/SV", "/M", "/MK", "/DA", "/DR", "/AS")


def _signs_only(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    """Whether a page has all its annotations still, and no new ones but fields of signatures that draw nothing."""
    had = [each.objgen for each in one.get("/Annots", ())]
    has = list(other.get("/Annots", ()))
    new = [each for each in has if each.objgen not in had]
    return set(had) <= {each.objgen for each in has} and all(map(_is_unseen, new))


def _is_unseen(field: pikepdf.Object) -> bool:
    """Whether a new field of a signature has no room on its page: what it drew there could hide anything."""
    left, bottom, right, top = (float(edge) for edge in field.get("/Rect", (0, 0, 1, 1)))
    return field.get("/FT") == "/Sig" and (left == right or bottom == top)


def _told(holder: pikepdf.Object, left_out: tuple[str, ...]) -> dict[str, bytes]:
    return {
        key: value.unparse() if isinstance(value, pikepdf.Object) else str(value).encode()
        for key, value in holder.items()
        if key not in left_out
    }
