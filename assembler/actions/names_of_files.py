"""What files are called that people take away: by what is in them, not by how they are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from assembler.base.messages import translate
from assembler.base.persian import persian_digits
from assembler.model.folders import OutputFolder
from assembler.records.receipt import Receipt, read_receipt

_ROOM = 200  # bytes of a name, so that a disk has room for it and for what a browser adds
# No name of a file on Windows holds these; nothing that is not seen stands in ours, but the joiner of Persian words.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b\u200d-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')
_EDITED = re.compile(r"(.+) \(edited (\d+)\)")


def names_of_files(found: Mapping[str, Path], out: Path, agency: str, *, draft: bool) -> dict[str, str]:
    """The names people save the files of a build by, by the names they have in ``out``: title with agency and period,
    the title of a part before it; no two are alike, and what the receipt does not tell of keeps its own.
    """
    receipt = read_receipt(OutputFolder(out).receipt) if found else None
    if receipt is None:
        return {name: name for name in found}
    report = _titled(receipt.title, agency)
    draft_word = f"{translate('draft')} - " if draft else ""
    names: dict[str, str] = {}
    for name, path in found.items():
        title = _title(path, receipt, report)
        shown = file_name(f"{draft_word}{title}", path.suffix) if title else name
        names[name] = name if shown in names.values() else shown
    return names


def _title(path: Path, receipt: Receipt, report: str) -> str:
    """What a file is called in words, «» when its build does not tell."""
    if path.name == receipt.pdf:
        return report
    edited = _EDITED.fullmatch(path.stem)
    part = receipt.part(edited[1] if edited else path.stem)
    if part is None or not part.title:
        return ""
    title = report if part.title in report else f"{part.title} - {report}"
    return f"{title} ({translate('edited')} {edited[2]})" if edited else title


def _titled(title: str, agency: str) -> str:
    return title if agency in title else f"{title} - {agency}"


def file_name(title: str, suffix: str) -> str:
    """A text as the name of a file: what no disk takes is left out, and it is no longer than disks have room for."""
    text = " ".join(_FORBIDDEN.sub(" ", persian_digits(title)).split()).strip(". ")
    while len(text.encode()) > _ROOM:
        text = text.rpartition(" ")[0] or text[: _ROOM // 4]
    return f"{text}{suffix}"
