"""Files the browser needs besides pages: all are known when the program starts, none is looked for by a name."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from assembler.web.open import open_to_all

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


class _File(NamedTuple):
    data: bytes
    kind: str
    tag: str


@cache
def _files() -> dict[str, _File]:
    found = (path for path in sorted(_FOLDER.rglob("*")) if path.suffix in _TYPES)
    return {path.relative_to(_FOLDER).as_posix(): _read(path) for path in found}


def _read(path: Path) -> _File:
    data = path.read_bytes()
    return _File(data, _TYPES[path.suffix], f'"{hashlib.sha256(data).hexdigest()[:20]}"')


def static_address(name: str) -> str:
    """Where a file is. Raises KeyError when there is none: a template names one that is not shipped."""
    assert name in _files(), name
    return reverse("static", args=[name])


def _tag(request: HttpRequest, name: str) -> str | None:
    return _files()[name].tag if name in _files() else None


@open_to_all
@require_safe
@condition(etag_func=_tag)
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file by its name. It is asked for again each time and sent only when it is another."""
    if name not in _files():
        raise Http404
    file = _files()[name]
    answer = HttpResponse(file.data, content_type=file.kind)
    answer["Cache-Control"] = "no-cache"
    return answer
