"""Files of Office and e-mails among the evidence, printed once and kept by what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.base.file_kinds import MAIL
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.records import Cache, file_hash
from assembler.records.fingerprint import fingerprint, own_fingerprint

if TYPE_CHECKING:
    from assembler.assembly.engine import Engine
    from assembler.model.answers import Attachment

# What LibreOffice needs beside Writer for some files, as Debian calls it.
_PACKAGES = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), "libreoffice-calc-nogui"),
    **dict.fromkeys((".pptx", ".ppt", ".odp"), "libreoffice-impress-nogui"),
}


@dataclass
class Printer:
    """Makes PDFs of such files with the engine, in ``work``; ``cache`` keeps them, ``used`` names those of this run."""

    engine: Engine
    work: Path
    cache: Cache | None = None
    used: set[str] = field(default_factory=set)

    def __call__(self, file: Attachment, kind: str) -> Path:
        """Raises RefusalError when nothing can be made of the file."""
        made_with = own_fingerprint(), self.engine.version, self.engine.fonts.fingerprint
        name = f"brought-{fingerprint(*made_with, file_hash(file.path), file.path.suffix.lower())}.pdf"
        self.used.add(name)
        if self.cache and self.cache.holds(name):
            return self.cache.path(name)
        made = self._printed(file, kind, self.work / name)
        return self.cache.put(made, name) if self.cache else made

    def _printed(self, file: Attachment, kind: str, out: Path) -> Path:
        from assembler.pdf.attachments import RefusalError
        from assembler.pdf.libreoffice.foreign import print_foreign

        assert self.engine.office is not None
        source, ending = self._source(file, kind)
        office, fonts, timeout = self.engine.office, self.engine.fonts, self.engine.timeout
        if not print_foreign(office, source, ending, out, fonts=fonts, timeout=timeout, work=self.work):
            lacks = _PACKAGES.get(ending, "")
            reason = (
                wording("LibreOffice made no pages of it; perhaps {package} is not installed", package=lacks)
                if lacks
                else wording("LibreOffice made no pages of it")
            )
            raise RefusalError("attachment-unprinted", reason=reason)
        return out

    def _source(self, file: Attachment, kind: str) -> tuple[Path, str]:
        """What LibreOffice is given, and the ending that says what it is."""
        if kind != MAIL:
            return file.path, file.path.suffix.lower()
        from assembler.pdf.attachments import RefusalError
        from assembler.pdf.written import mail_as_text

        try:
            with foreign(file.path, RefusalError):
                made = mail_as_text(file.path.read_bytes())
        except UnreadableError as error:
            raise RefusalError("attachment-broken", reason=error.reason) from error
        written = self.work / f"{file_hash(file.path)}.fodt"
        written.write_bytes(made)
        return written, ".fodt"
