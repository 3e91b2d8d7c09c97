"""Files of older programs turned into those of today by LibreOffice, so that their tables are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assembler.assembly.engine import choose
from assembler.base.files import temporary_folder
from assembler.base.foreign import UnreadableError
from assembler.base.messages import wording
from assembler.base.settings import Settings

# What each ending is turned into.
TURNED: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".dot"), ".docx"),
    **dict.fromkeys((".ods", ".xls", ".xlsb"), ".xlsx"),
}


@contextmanager
def turned(path: Path, settings: Settings) -> Iterator[Path]:
    """A file as one of Word or Excel, for as long as the block. Raises UnreadableError and AssemblerError."""
    from assembler.pdf.libreoffice.foreign import convert_foreign

    ending = path.suffix.lower()
    engine = choose(settings)
    if engine.office is None:
        raise UnreadableError(wording("LibreOffice is needed to read it; save it as {ending}", ending=TURNED[ending]))
    with temporary_folder() as folder:
        out = folder / f"turned{TURNED[ending]}"
        made = convert_foreign(
            engine.office, path, ending, out, fonts=engine.fonts, timeout=engine.timeout, work=folder
        )
        if not made:
            raise UnreadableError(wording("LibreOffice could make nothing of it"))
        yield out
