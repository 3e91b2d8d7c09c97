"""What a build leaves: its receipt, and the results in their places, with nothing a person edited lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.assembly.engine import Engine
from assembler.base.files import put
from assembler.base.problems import Problem
from assembler.base.version import __version__
from assembler.model.folders import PARTS, OutputFolder
from assembler.model.judged import Judged
from assembler.model.packet import Packet, Part
from assembler.pdf.pieces import Finished, PageRange
from assembler.records import PartRecord, Receipt, file_hash, write_receipt

if TYPE_CHECKING:
    from assembler.assembly.parts import Made


def make_receipt(
    reading: Judged,
    packet: Packet,
    made: Mapping[str, Made],
    finished: Finished,
    engine: Engine,
    made_of: str,
    problems: Sequence[Problem],
) -> Receipt:
    from assembler.assembly.parts import item_pages

    return Receipt(
        case=packet.name,
        report=reading.case.report,
        title=packet.title,
        draft=packet.draft,
        assembler=__version__,
        engine={"name": engine.name, "version": engine.version},
        fonts={face.family: face.used for face in engine.fonts.faces} | {"sha256": engine.fonts.fingerprint},
        inputs=made_of,
        pdf=f"{packet.name}.pdf",
        sha256=finished.sha256,
        pages=finished.pages,
        item_pages=item_pages(made),
        parts=tuple(_records(packet, made, finished)),
        problems=tuple(found.as_json() for found in problems),
        accepted=tuple(found.as_json() for found in reading.accepted),
    )


def _records(packet: Packet, made: Mapping[str, Made], finished: Finished) -> Iterator[PartRecord]:
    ranges = {found.name: found for found in finished.ranges}
    shown_in = _shown_in(packet)
    for part in packet.parts:
        if part.kind == "evidence":
            yield from _evidence_records(part, ranges)
            continue
        one, found_range = made[part.name], ranges.get(part.name)
        first = found_range.first + 1 if found_range else 0
        last = first + found_range.pages - 1 if found_range else 0
        yield PartRecord(
            part.name, part.title, part.kind, f"{PARTS}/{part.name}.docx", file_hash(one.docx), one.pages, first, last,
            shown_in.get(part.name, ""), one.key, one.pdf_key, one.content,
        )  # fmt: skip


def _evidence_records(part: Part, ranges: Mapping[str, PageRange]) -> Iterator[PartRecord]:
    from assembler.pdf.evidence import title_of

    for number, file in enumerate(part.files, start=1):
        found = ranges[part.anchor(number)]
        first, last = found.first + 1, found.first + max(found.pages, 1)
        yield PartRecord(found.name, title_of(file), "evidence", "", "", found.pages, first, last)


def _shown_in(packet: Packet) -> Mapping[str, str]:
    return {getattr(block, "part", ""): part.name for part in packet.parts for block in part.blocks}


def publish(
    receipt: Receipt,
    earlier: Receipt | None,
    made: Mapping[str, Made],
    finished: Finished,
    out: Path,
    own: Collection[str] = (),
) -> tuple[Path, ...]:
    """Puts the results in place, each by an atomic rename, the receipt last, once the disk has all it tells of; edited
    documents are put aside first.

    ``own`` are hashes of documents this program made, such as a run that was killed before it wrote its receipt.
    """
    work, parts = finished.path.parent, OutputFolder(out).parts
    parts.mkdir(exist_ok=True)
    put_aside = []
    for record in receipt.parts:
        if not record.docx:
            continue
        target = out / record.docx
        before = earlier.part(record.name) if earlier else None
        present = file_hash(target)
        if present == record.sha256:
            continue
        if present and before and present not in (before.sha256, *own):
            put_aside.append(keep_edited(target))
        copy = work / target.name
        shutil.copyfile(made[record.name].docx, copy)
        put(copy, target)
    for record in earlier.parts if earlier else ():
        left_over = out / record.docx
        if record.docx and receipt.part(record.name) is None and file_hash(left_over) == record.sha256:
            left_over.unlink()  # of a part that is no more; an edited one stays
    put(finished.path, out / receipt.pdf)
    written = OutputFolder(work).receipt
    write_receipt(receipt, written)
    put(written, OutputFolder(out).receipt)
    return tuple(put_aside)


def keep_edited(document: Path) -> Path:
    """Keeps a document a person edited, under a name that says so."""
    number = 1
    while (kept := document.with_name(f"{document.stem} (edited {number}).docx")).exists():
        number += 1
    os.replace(document, kept)
    return kept
