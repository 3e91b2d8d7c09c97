"""Files of older programs turned into those of today by LibreOffice, so that their tables are read. It alone knows of
.xls, .ods and .xlsb how each cell is shown, what is hidden and what is merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from assembler.assembly.engine import choose
from assembler.base.file_kinds import Content, content_of
from assembler.base.files import temporary_folder
from assembler.base.foreign import UnreadableError
from assembler.base.messages import wording
from assembler.base.settings import Settings

# What each content is taken for, and what it is turned into.
_WORKBOOKS: Mapping[Content, tuple[str, str]] = {
    Content.OLD_WORKBOOK: (".xls", ".xlsx"),
    Content.BINARY_WORKBOOK: (".xlsb", ".xlsx"),
    Content.CALC: (".ods", ".xlsx"),
}
_DOCUMENTS: Mapping[Content, tuple[str, str]] = {
    Content.OLD_WORD: (".doc", ".docx"),
    Content.WRITER: (".odt", ".docx"),
    Content.RICH: (".rtf", ".docx"),
}
TURNED = (".doc", ".dot", ".odt", ".rtf", ".xls", ".xlsb", ".ods")  # how such files are called
_MOST = 64 << 20  # bytes of a file that is turned; LibreOffice takes minutes for more


@contextmanager
def turned(path: Path, settings: Settings) -> Iterator[Path]:
    """A file as one of Word or Excel of today, for as long as the block; of all other contents the file itself. Raises
    UnreadableError, OSError and AssemblerError.
    """
    with _turned(path, settings, {**_WORKBOOKS, **_DOCUMENTS}) as made:
        yield made


@contextmanager
def as_workbook(path: Path, settings: Settings) -> Iterator[Path]:
    """A workbook of any program as one of Excel, as ``turned`` does it; a document stays one."""
    with _turned(path, settings, _WORKBOOKS) as made:
        yield made


@contextmanager
def _turned(path: Path, settings: Settings, known: Mapping[Content, tuple[str, str]]) -> Iterator[Path]:
    content = content_of(path)
    found = known.get(content)
    if found is None:
        yield path
        return
    from assembler.pdf.libreoffice.foreign import convert_foreign

    ending, target = found
    engine = choose(replace(settings, engine="auto", draft=False))  # drafts are made without it, nothing is read so
    if engine.office is None:
        raise UnreadableError(wording("LibreOffice is needed to read it; save it as {ending}", ending=target))
    if path.stat().st_size > _MOST:
        raise UnreadableError(
            wording("it is larger than {size} MB; save it as {ending}", size=_MOST >> 20, ending=target)
        )
    with temporary_folder() as folder:
        out = folder / f"turned{target}"
        made = convert_foreign(
            engine.office, path, ending, out, fonts=engine.fonts, timeout=engine.timeout, work=folder
        )
        if not made:
            remedy = wording("LibreOffice could make nothing of it; save it as {ending}", ending=target)
            raise UnreadableError(wording("{what}; {remedy}", what=content.said, remedy=remedy))
        yield out
