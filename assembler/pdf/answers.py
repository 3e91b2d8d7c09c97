"""The answers inside a finished PDF, put in by ``finish``: found and taken out, also from files nobody should trust."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import translate, wording

_DEPTH = 50  # levels of a tree of names; ours has one


class InsideError(Exception):
    """Why no answers can be taken out of a PDF, in the reader's language."""


def packed_answers(pdf: Path | bytes, name: str, most: int) -> tuple[bytes, int]:
    """The file a PDF carries under ``name``, ``most`` bytes long at most, and the number of its pages.

    Raises InsideError: it is no PDF, is damaged, or carries no such file.
    """
    try:
        source = BytesIO(pdf) if isinstance(pdf, bytes) else pdf
        with foreign("" if isinstance(pdf, bytes) else pdf, InsideError), pikepdf.open(source) as document:
            found = next(_files(document, name), None)
            if found is None:
                raise InsideError(wording("it carries no answers"))
            return _content(found, most), len(document.pages)
    except (UnreadableError, OSError) as error:
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
