"""The pages of the evidence, drawn while LibreOffice makes those of the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from assembler.assembly.brought import Printer
from assembler.assembly.drawn import KeptPages
from assembler.assembly.engine import Engine
from assembler.assembly.printable import attachments_of
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.tongue import printed_in
from assembler.model.filled import FilledForm
from assembler.model.packet import Packet, Part
from assembler.pdf.pieces import Piece
from assembler.pdf.positions import own_pages

Pieces = Mapping[str, Sequence[Piece]]


@dataclass
class Evidence:
    """The evidence of a packet: how many pages it will have is told first, then it is drawn, here or beside.

    Files of Office go through the ``printer``; pages that are ``kept`` are not made again. As a context it ends with
    what it began.
    """

    packet: Packet
    forms: Mapping[str, FilledForm]
    work: Path
    engine: Engine
    printer: Printer | None = None
    kept: KeptPages | None = None
    _hand: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _begun: Future[Pieces] | None = None

    def __enter__(self) -> Evidence:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hand.shutdown(cancel_futures=True)

    def pages(self) -> Mapping[str, int]:
        """The pages of each file, by its anchor: counted, where the file itself tells, else as they were drawn."""
        counted = self._counted()
        return pages_of(self.pieces()) if None in counted.values() else {name: n or 0 for name, n in counted.items()}

    def begin(self) -> None:
        """Draws beside what this process does."""
        if self._begun is None:
            self._begun = self._hand.submit(copy_context().run, self._drawn)

    def pieces(self) -> Pieces:
        """The pieces of each part. Raises AssemblerError: a file that opens and still cannot be drawn is told at the
        answer that names it.
        """
        self.begin()
        assert self._begun is not None
        return self._begun.result()

    @property
    def _parts(self) -> Sequence[Part]:
        return [part for part in self.packet.parts if part.kind == "evidence"]

    def _counted(self) -> Mapping[str, int | None]:
        if not self._parts:
            return {}
        return {
            part.anchor(number): found for part in self._parts for number, found in enumerate(_counted(part), start=1)
        }

    def _drawn(self) -> Pieces:
        if not self._parts:
            return {}
        from assembler.pdf.evidence import prepare  # what draws pages is loaded for those who have evidence

        found: dict[str, Sequence[Piece]] = {}
        fonts = self.engine.fonts
        to_pdf = (self.printer or Printer(self.engine, self.work)) if self.engine.office else None
        for part in self._parts:
            with printed_in(self.packet.tongue):
                prepared = prepare(
                    part.files, self.work / part.name, fonts=fonts, separated=part.separated, to_pdf=to_pdf,
                    kept=self.kept, sharing=part.sharing, binding=self.packet.binding,
                )  # fmt: skip
            if prepared.problems:
                places = {file.name: place for file, place in attachments_of(self.forms)}
                told = [replace(each, place=places.get(str(each.place.file), each.place)) for each in prepared.problems]
                raise AssemblerError(told, ExitCode.ANSWERS)
            named = enumerate(prepared.pieces, start=1)
            found[part.name] = [replace(piece, name=part.anchor(number)) for number, piece in named]
        return found


def _counted(part: Part) -> Iterator[int | None]:
    """The pages of each file of a part; 0 of those that stand on the page of the one before."""
    from assembler.pdf.attachments import count

    if part.sharing == 1:
        for file in part.files:
            found = count(file)
            yield found and found + bool(part.separated and file.label)
        return
    from assembler.pdf.sharing import together  # it opens pictures

    for group in together(part.files, part.sharing):
        yield from [count(group[0]), *(0 for _ in group[1:])]


def pages_of(evidence: Pieces) -> Mapping[str, int]:
    """The pages of each file of evidence, by its anchor."""
    return {piece.name: own_pages(piece) for pieces in evidence.values() for piece in pieces}
