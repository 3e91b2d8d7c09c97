"""What is whole already: a small record for each unit, written after its files, and believed only while they are
unharmed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assembler.base.files import write_whole
from assembler.base.foreign import attempt
from assembler.base.shapes import held
from assembler.records import file_hash

FORMAT = 1
FOLDER = ".letters"


@dataclass(frozen=True)
class UnitRecord:
    """What was made for a unit, and of what: ``inputs`` fingerprints its row and all that is common.

    ``documents`` are the hashes of its Word files by their path in the output folder.
    """

    name: str
    inputs: str
    sha256: str
    pages: int
    warnings: int = 0
    documents: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    format: int = FORMAT


def _record(file: Path) -> UnitRecord | None:
    found = json.loads(file.read_text(encoding="utf-8"))
    return held(UnitRecord(**found)) if found.get("format") == FORMAT else None


@dataclass(frozen=True)
class State:
    """The records of an output folder."""

    out: Path

    def file(self, name: str) -> Path:
        return self.out / FOLDER / f"{name}.json"

    def read(self, name: str) -> UnitRecord | None:
        """The record of a unit; None when there is none, or it is of another format or damaged."""
        return attempt(lambda: _record(self.file(name)), self.file(name), None)

    def whole(self, name: str, inputs: str) -> UnitRecord | None:
        """The record when it rests on these inputs and all its files are there; Word files may have been edited."""
        record = self.read(name)
        if record is None or record.inputs != inputs or file_hash(self.out / f"{name}.pdf") != record.sha256:
            return None
        return record if all((self.out / document).is_file() for document in record.documents) else None

    def write(self, record: UnitRecord) -> None:
        text = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"
        write_whole(self.file(record.name), text.encode("utf-8", "replace"))
