"""Pictures of SVG drawings, Persian words in them joined and from the right.

LibreOffice turns the letters of such words round; resvg does not, and draws in a process of its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence

from assembler.base.foreign import UnreadableError
from assembler.base.messages import wording
from assembler.pdf.apart import bounded, run_apart
from assembler.pdf.fonts import TEXT_FAMILY, FontSet
from assembler.pdf.pictures import DPI
from assembler.pdf.vectors import Drawing

_SECONDS = 60
_SVG_DPI = 96  # by which it tells how many of its dots a millimetre is


def picture_of_drawing(drawing: Drawing, width: float, height: float, fonts: FontSet) -> bytes:
    """A PNG on white for a frame in points, in the fonts of the documents. Raises UnreadableError."""
    told = {
        "svg": _in_our_fonts(drawing.data.decode("ascii"), fonts),
        "size": [max(1, round(side * DPI / 72)) for side in (width, height)],
        "fonts": [str(file) for file in fonts.files],
        "family": next((face.used for face in fonts.faces if face.family == TEXT_FAMILY), TEXT_FAMILY),
    }
    try:
        made = run_apart(__name__, given=json.dumps(told).encode(), seconds=_SECONDS)
    except subprocess.TimeoutExpired:
        made = None
    if not made:
        raise UnreadableError(wording("it is damaged"))
    return made


def _in_our_fonts(svg: str, fonts: FontSet) -> str:
    """The drawing naming those families that stand in for others."""
    for face in fonts.faces:
        if face.stands_in:
            svg = re.sub(rf"(?<![\w-]){re.escape(face.family)}(?=[\"',;&])", face.used, svg)
    return svg


# ---------------------------------------------------------------- in the process that draws


def _drawn(svg: str, size: Sequence[int], fonts: Sequence[str], family: str) -> bytes:
    import resvg_py

    width, height = size
    made = resvg_py.svg_to_bytes(
        svg_string=svg, background="#ffffff", width=width, height=height, dpi=_SVG_DPI, font_files=list(fonts),
        font_family=family, serif_family=family, sans_serif_family=family,
    )  # fmt: skip
    return bytes(made)


if __name__ == "__main__":
    bounded()
    sys.stdout.buffer.write(_drawn(**json.load(sys.stdin.buffer)))
