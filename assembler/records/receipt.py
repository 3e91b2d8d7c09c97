"""The receipt of a build: parts, pages, hashes, problems and versions, without any date, so that it repeats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assembler.base.files import write_whole
from assembler.base.foreign import attempt
from assembler.base.shapes import held

FORMAT = 1


@dataclass(frozen=True)
class PartRecord:
    """A part of the packet. Pages count from 1 over the whole PDF, as a reader counts sheets; 0 for a placed letter.

    ``key`` fingerprints what the part was made of, ``pdf_key`` what its pages were made of, ``content`` the same but
    for the versions of the programs that made them.
    """

    name: str
    title: str
    kind: str
    docx: str
    sha256: str
    pages: int
    first_page: int
    last_page: int
    shown_in: str = ""
    key: str = ""
    pdf_key: str = ""
    content: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a build made and of what. ``inputs`` fingerprints everything that went in.

    ``problems`` are the open ones; ``accepted`` those an officer let stand, each with its reason under ``why``.
    ``item_pages`` are the printed page numbers on which the tables begin, by ``form.item``, and what has a caption or
    heading, by ``part#words``.
    """

    case: str
    report: str
    title: str
    draft: bool
    assembler: str
    engine: Mapping[str, str]
    fonts: Mapping[str, str]
    inputs: str
    pdf: str
    sha256: str
    pages: int
    parts: tuple[PartRecord, ...]
    problems: tuple[Mapping[str, object], ...] = ()
    accepted: tuple[Mapping[str, object], ...] = ()
    item_pages: Mapping[str, int] = field(default_factory=dict)
    format: int = field(default=FORMAT)

    def part(self, name: str) -> PartRecord | None:
        return next((part for part in self.parts if part.name == name), None)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, «» when there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def read_receipt(path: Path) -> Receipt | None:
    """The receipt of an earlier build; None when there is none, or it is of another format or damaged."""
    return attempt(lambda: _receipt(path), path, None)


def _receipt(path: Path) -> Receipt | None:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        return None
    parts = tuple(held(PartRecord(**part)) for part in data.pop("parts"))
    listed = {name: tuple(data.get(name, ())) for name in ("problems", "accepted")}
    receipt: Receipt = held(Receipt(**{**data, **listed, "parts": parts}))
    return receipt


def write_receipt(receipt: Receipt, path: Path) -> None:
    """Writes the receipt whole or not at all."""
    text = json.dumps(asdict(receipt), ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode("utf-8", "replace"))
