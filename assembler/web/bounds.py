"""How much a request may bring: what is more is refused before anything keeps or reads it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from assembler.actions.desk.attach import MOST_BYTES
from assembler.base.messages import fill, spoken
from assembler.web.site import LARGEST_BODY, this_site

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
_MEGABYTE = 1024 * 1024
_FILES = ("/attach", "/intake")  # where files are taken


def bounded(app: App) -> App:
    """The site, which hears no more of a request than it may bring."""

    async def heard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        most, came, answered = most_bytes(scope["path"]), 0, False
        if _told_size(scope) > most:
            await _refused(send, most)
            return

        async def counted() -> MutableMapping[str, Any]:
            nonlocal came
            piece = await receive()
            came += len(piece.get("body", b""))
            return {"type": "http.disconnect"} if came > most else piece

        async def noted(message: MutableMapping[str, Any]) -> None:
            nonlocal answered
            answered = True
            await send(message)

        await app(scope, counted, noted)
        if came > most and not answered:
            await _refused(send, most)

    return heard


def most_bytes(path: str) -> int:
    """How much may be sent to an address: only where files are taken as much as a file may hold."""
    return MOST_BYTES + _MEGABYTE if path.endswith(_FILES) else LARGEST_BODY


def _told_size(scope: Scope) -> int:
    """How much the request says it brings; 0 when it does not say, or nonsense, which the server refuses."""
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


async def _refused(send: Send, most: int) -> None:
    with spoken(this_site().language):
        told = fill("This is more than {limit} MB and is not taken.", limit=most // _MEGABYTE)
    body = json.dumps({"outcome": "refused", "problems": [{"message": told, "hint": ""}]}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"), (b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
