"""One PDF of many finished ones, for printing: what they share is kept once, and memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from assembler.base.files import put, writing
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import PERSIAN
from assembler.pdf.identical import Shared

_AT_ONCE = 100  # files open together: a system allows some hundreds


@dataclass(frozen=True)
class Combinable:
    """A finished PDF and the title of its bookmark."""

    pdf: Path
    title: str


def combine(files: Sequence[Combinable], out: Path, work: Path, *, title: str, duplex: bool = False) -> int:
    """Join the files in order into ``out``, each with a bookmark, and return the number of pages.

    With ``duplex`` each begins on a right-hand page: a blank page follows an odd number of pages. Signature fields and
    links stay behind, as paper has none. Raises AssemblerError (``engine-failed``, ``output-unwritable``).
    """
    firsts: list[int] = []
    stretches: list[Path] = []
    count = 0
    with _told_of(out):
        for number in range(0, len(files), _AT_ONCE):
            stretch = work / f"stretch-{number}.pdf"
            starts, pages = _join([one.pdf for one in files[number : number + _AT_ONCE]], stretch, duplex)
            firsts += [count + start for start in starts]
            count += pages
            stretches.append(stretch)
        whole = work / "combined.pdf"
        _join(stretches, whole, False)
        _describe(whole, out, [one.title for one in files], firsts, title)
    return count


@contextmanager
def _told_of(out: Path) -> Iterator[None]:
    try:
        with writing(out):
            yield
    except pikepdf.PdfError as error:
        raise AssemblerError([problem("engine-failed", name=out.name, reason=error)], ExitCode.ENGINE) from error


def _join(files: Sequence[Path], out: Path, duplex: bool) -> tuple[list[int], int]:
    """The number of each file's first page, from 0, and how many pages there are."""
    starts = []
    with pikepdf.new() as joined, ExitStack() as opened:
        shared = Shared()
        for file in files:
            source = opened.enter_context(pikepdf.open(file))
            starts.append(len(joined.pages))
            if "/AcroForm" in source.Root:
                del source.Root["/AcroForm"]
            for page in source.pages:
                joined.pages.append(page)
            for page in list(joined.pages)[starts[-1] :]:
                for name in ("/Annots", "/StructParents", "/AA"):
                    if name in page.obj:
                        del page.obj[name]
                shared.once(page.obj)
            if duplex and len(joined.pages) % 2:
                box = [float(side) for side in list(joined.pages)[-1].mediabox]
                joined.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
        joined.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return starts, len(joined.pages)


def _describe(whole: Path, out: Path, titles: Sequence[str], firsts: Sequence[int], title: str) -> None:
    with pikepdf.open(whole) as document:
        with document.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in zip(titles, firsts, strict=True))
        document.Root.Lang = pikepdf.String(PERSIAN.code)
        document.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L, DisplayDocTitle=True)
        document.docinfo["/Title"] = title
        partial = out.with_name(f".{out.name}.part")
        try:
            document.save(partial, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
            put(partial, out)
        finally:
            partial.unlink(missing_ok=True)
