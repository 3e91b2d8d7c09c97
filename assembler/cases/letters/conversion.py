"""Pages of many documents at once: those of one template as one file, cut apart again; alone where that fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.assembly.engine import Engine
from assembler.base.problems import AssemblerError
from assembler.documents import joining
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.processes import Ahead
from assembler.pdf.splitting import split

Pages = tuple[Path, Path | AssemblerError]


@dataclass
class Converter:
    """Makes pages with one LibreOffice that stays; ``work`` is a folder of its own."""

    engine: Engine
    work: Path
    ahead: Ahead | None = None
    calls: int = 0

    def convert(self, copies: Sequence[Path]) -> Iterator[Pages]:
        """For every document its pages, ``<stem>.pdf``, or why there are none; names must differ."""
        if self.engine.office is None:
            yield from self._drafts(copies)
            return
        groups = joining.joinable(copies)
        joined = [group for group in groups if len(group) > 1]
        yield from self._apart([group[0] for group in groups if len(group) == 1])
        for group in joined:
            yield from self._together(group)

    def _together(self, group: Sequence[Path]) -> Iterator[Pages]:
        out = self._folder()
        joint = out / "joint.docx"
        targets = [out / f"{copy.stem}.pdf" for copy in group]
        try:
            joining.join(group, joint)
            whole = self._call([joint], out)[0]
            split(whole, [joining.prefix(number) for number in range(len(group))], joining.BEGINNING, targets)
        except AssemblerError:
            yield from self._apart(group)
            return
        whole.unlink()
        joint.unlink()
        yield from zip(group, targets, strict=True)

    def _apart(self, copies: Sequence[Path]) -> Iterator[Pages]:
        """Every document as a file of its own, in one call; of those that fail, halves, until the faulty are alone."""
        if not copies:
            return
        try:
            yield from list(zip(copies, self._call(copies, self._folder()), strict=True))
        except AssemblerError as error:
            if len(copies) == 1:
                yield copies[0], error
                return
            half = len(copies) // 2
            yield from self._apart(copies[:half])
            yield from self._apart(copies[half:])

    def _call(self, copies: Sequence[Path], out: Path) -> Sequence[Path]:
        assert self.engine.office is not None
        return convert(
            self.engine.office,
            copies,
            out,
            fonts=self.engine.fonts,
            timeout=self.engine.timeout,
            work=self.work,
            ahead=self.ahead,
        )

    def _drafts(self, copies: Sequence[Path]) -> Iterator[Pages]:
        from assembler.pdf import draft

        for copy in copies:
            try:
                yield copy, draft.convert([copy], self._folder(), fonts=self.engine.fonts)[0]
            except AssemblerError as error:
                yield copy, error

    def _folder(self) -> Path:
        self.calls += 1
        folder = self.work / f"pages-{self.calls}"
        folder.mkdir(parents=True)
        return folder
