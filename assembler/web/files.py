"""Files that are sent to be saved: a browser opens nothing of them here, whatever they hold."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

_POLICY = "sandbox; default-src 'none'"


class _InPieces(StreamingHttpResponse):
    """What is read piece by piece, by a server that does other things between two pieces: it would gather all of it."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self)
        while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
            yield piece


class _File(_InPieces, FileResponse):
    block_size = 256 * 1024


def sent(path: Path, name: str = "") -> HttpResponseBase:
    """A file, under its own name or another: it stays whole when another takes its place meanwhile. Raises OSError."""
    return _sandboxed(_File(path.open("rb"), content_type="application/octet-stream"), name or path.name)


def sent_text(name: str, pieces: Iterator[str], kind: str) -> HttpResponseBase:
    """A text that is made piece by piece, as a file of a name."""
    return _sandboxed(_InPieces(pieces, content_type=f"{kind}; charset=utf-8"), name)


def _sandboxed(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Security-Policy"] = _POLICY
    return answer
