"""The updates behind a PDF as bytes: where each ends, and whether there is anything that no reader would find."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = b"%%EOF"
_MOST_UPDATES = 200
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_WITHIN = re.compile(rb"\bstream\r?\n|\bendobj\b")
_LENGTH = re.compile(rb"/Length\s+(\d++)(?!\s+\d+\s+R)")
_LIST = re.compile(rb"(?:xref\s[\d\sfn]*trailer\b.*?)?startxref\s+\d+\s+%%EOF", re.DOTALL)
_LINE_END = re.compile(rb"(?: *\r?\n|\r)?")


def states(issued: bytes, whole: bytes) -> Iterator[bytes]:
    """The file after each update, the whole last. An end that a stream only seems to have is none."""
    at = len(issued)
    for _ in range(_MOST_UPDATES):
        at = whole.find(_END, at)
        if at < 0:
            break
        at += len(_END)
        ended = _LINE_END.match(whole, at)
        if _is_end(whole, at) and ended is not None and ended.end() < len(whole):
            yield whole[: ended.end()]
    yield whole


def _is_end(whole: bytes, at: int) -> bool:
    """Whether an update ends here: it says where its list of objects starts, and the line ends."""
    return (
        whole[at : at + 1] in (b"\r", b"\n")
        and re.search(rb"startxref\s+\d+\s+%%EOF$", whole[max(0, at - 64) : at]) is not None
    )


def objects(whole: bytes, at: int) -> frozenset[int] | None:
    """The numbers of the objects from a place on; None when anything there is neither an object nor a list of them, or
    an object stands twice in one update, of which the readers of a file see the last only.
    """
    met: set[int] = set()
    since: set[int] = set()  # the list before
    while at < len(whole):
        if whole[at : at + 1].isspace():
            at += 1
        elif ended := _LIST.match(whole, at):
            at = ended.end()
            since = set()
        elif begun := _OBJECT.match(whole, at):
            number, at = int(begun[1]), _object_end(whole, begun.end())
            if number in since or not at:
                return None
            since.add(number)
            met.add(number)
        else:
            return None
    return None if since else frozenset(met)


def _object_end(whole: bytes, at: int) -> int:
    """Where an object ends that begins before ``at``; 0 when it does not."""
    found = _WITHIN.search(whole, at)
    if found is not None and found[0] != b"endobj":
        length = _LENGTH.search(whole, at, found.start())
        inside = found.end() + int(length[1]) if length else whole.find(b"endstream", found.end())
        found = _WITHIN.search(whole, inside) if inside >= 0 else None
    return found.end() if found is not None and found[0] == b"endobj" else 0
