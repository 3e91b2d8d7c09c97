"""A page of a PDF as a picture, for documents that show a letter as a figure.

pypdfium2 draws it: its wheel brings the renderer along, so no system package is needed, and the same page gives the
same bytes on every machine with the same wheel.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from assembler.base.files import writing
from assembler.base.problems import AssemblerError, ExitCode, problem


def picture(pdf: Path, page: int, out: Path, dpi: int = 200, *, printed: bool = False) -> Path:
    """Draw a page (counted from 0) as a PNG into ``out``, as on a screen or as ``printed``.

    Raises AssemblerError (engine-failed, output-unwritable).
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            image = (
                document[page]
                .render(scale=dpi / 72, optimize_mode="print" if printed else None)
                .to_pil()
                .convert("RGB")
            )
        finally:
            document.close()
    except (pypdfium2.PdfiumError, FileNotFoundError, IndexError) as error:
        raise AssemblerError([problem("engine-failed", name=pdf.name, reason=str(error))], ExitCode.ENGINE) from error
    with writing(out):
        image.save(out, "PNG", dpi=(dpi, dpi), compress_level=3)
    return out
