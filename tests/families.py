"""The families of templates beside the plain one, each made of it by other colours: ``python -m tests.families``.

Whoever changes a plain template makes them anew; ``tests/test_families.py`` holds that they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[1] / "letter_templates"
# The colours of the plain family, and those that stand for them.
COLOURS: Mapping[str, str] = {
    "1F3864": "0B4F4A",
    "2E75B6": "B7791F",
    "DCE6F1": "0B4F4A",
    "E9EEF6": "E3F1EE",
    "EEF3F9": "EFF7F5",
    "F1F4F9": "F3F8F7",
    "F2F2F2": "FBF3E4",
    # what charts and diagrams have of the theme
    "0072B2": "0F766E",
    "E69F00": "DFA43A",
    "009E73": "2F8F5B",
    "F0E442": "F2E3A6",
    "56B4E9": "6FB5AE",
    "D55E00": "A8501E",
}
_STYLE = re.compile(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', re.DOTALL)
_COLOUR = re.compile(r'<w:color w:val="[0-9A-F]{6}"/>')
_WHITE = '<w:color w:val="FFFFFF"/>'


def made() -> Mapping[Path, bytes]:
    """The files of the family in colour, as they are to be."""
    return {TEMPLATES / "colour" / plain.name: _coloured(plain) for plain in sorted(TEMPLATES.glob("*.docx"))}


def _coloured(plain: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.startswith("word/") and member.filename.endswith(".xml"):
                data = _recoloured(data.decode()).encode()
            target.writestr(member, data)
    return buffer.getvalue()


def _recoloured(markup: str) -> str:
    for plain, colour in COLOURS.items():
        markup = markup.replace(f'"{plain}"', f'"{colour}"')
    return _STYLE.sub(lambda found: _restyled(found.group(1), found.group()), markup)


def _restyled(identifier: str, style: str) -> str:
    """White words in the headers of tables, whose shade is dark."""
    return _COLOUR.sub(_WHITE, style) if identifier == "TableHead" else style


if __name__ == "__main__":
    for file, content in made().items():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
