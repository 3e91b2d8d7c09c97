"""Files of Office and e-mails of others, printed by LibreOffice in the profile that fetches nothing."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from assembler.base.files import writing
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice.installation import LibreOffice
from assembler.pdf.libreoffice.processes import POLL_SECONDS, end_group, private_folder, start
from assembler.pdf.libreoffice.profile import furnish, switches

# No page is left out for being blank, nothing can be typed into, and no tag or bookmark comes along.
_FILTER = {
    "ExportFormFields": {"type": "boolean", "value": "false"},
    "ExportBookmarks": {"type": "boolean", "value": "false"},
    "UseTaggedPDF": {"type": "boolean", "value": "false"},
    "Quality": {"type": "long", "value": "90"},
}
_WRITERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}


def print_foreign(
    engine: LibreOffice, source: Path, ending: str, out: Path, *, fonts: FontSet, timeout: float, work: Path
) -> bool:
    """Print a file, taken for what its ``ending`` says, to ``out``; whether LibreOffice made anything of it in
    ``timeout`` seconds. Raises AssemblerError (engine-failed, output-unwritable).
    """
    filters = "pdf:" + _writer_of(ending) + ":" + json.dumps(_FILTER, separators=(",", ":"))
    return _made(engine, source, ending, filters, out, fonts=fonts, timeout=timeout, work=work)


def convert_foreign(
    engine: LibreOffice, source: Path, ending: str, out: Path, *, fonts: FontSet, timeout: float, work: Path
) -> bool:
    """Write a file, taken for what its ``ending`` says, as what that of ``out`` says: .docx or .xlsx. The rest is as of
    ``print_foreign``.
    """
    filters = _WRITERS[out.suffix]
    return _made(engine, source, ending, filters, out, fonts=fonts, timeout=timeout, work=work)


def _made(
    engine: LibreOffice,
    source: Path,
    ending: str,
    filters: str,
    out: Path,
    *,
    fonts: FontSet,
    timeout: float,
    work: Path,
) -> bool:
    with private_folder(work) as folder:
        furnish(folder, fonts)
        staged, made = folder / f"brought{ending}", folder / "made"
        shutil.copyfile(source, staged)
        command = [*switches(engine, folder), "--convert-to", filters, "--outdir", str(made), str(staged)]
        process = start(engine, command, folder)
        try:
            deadline = time.monotonic() + timeout
            while process.poll() is None and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)
        finally:
            end_group(process)
        result = made / f"brought{out.suffix}"
        if not result.is_file():
            return False
        with writing(out):
            shutil.move(result, out)
    return True


def _writer_of(ending: str) -> str:
    if ending in (".xlsx", ".xlsm", ".xls", ".ods"):
        return "calc_pdf_Export"
    return "impress_pdf_Export" if ending in (".pptx", ".ppt", ".odp") else "writer_pdf_Export"
