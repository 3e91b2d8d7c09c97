"""One PDF of many finished ones, for printing: what they share is kept once, and memory does not grow with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from assembler.base.files import writing
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import PERSIAN

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
        shared = _Shared()
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


@dataclass
class _Shared:
    """Fonts and pictures by their content: what looks the same is the same object."""

    known: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    digests: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def once(self, holder: pikepdf.Object) -> None:
        """Exchange the fonts and forms of a page, and those the forms use, for the first of their kind."""
        resources = holder.get("/Resources")
        for kind in ("/Font", "/XObject"):
            named = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
            if not isinstance(named, pikepdf.Dictionary):
                continue
            for name in list(named.keys()):
                if named[name].is_indirect:
                    digest = self._digest(named[name])
                    named[name] = self.known.setdefault(digest, named[name])

    def _digest(self, value: pikepdf.Object, above: frozenset[tuple[int, int]] = frozenset()) -> bytes:
        """A hash of an object with all it refers to; an object within itself counts by its place above."""
        if not value.is_indirect:
            return self._content(value, above)
        if value.objgen in above:
            return b"itself"
        if value.objgen not in self.digests:
            self.digests[value.objgen] = self._content(value, above | {value.objgen})
        return self.digests[value.objgen]

    def _content(self, value: pikepdf.Object, above: frozenset[tuple[int, int]]) -> bytes:
        digest = hashlib.sha256()
        if isinstance(value, pikepdf.Stream):
            digest.update(b"stream" + value.read_raw_bytes())
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            for name, held in sorted(value.items()):
                digest.update(name.encode() + b" " + self._part(held, above))
        elif isinstance(value, pikepdf.Array):
            for held in value:
                digest.update(b"[" + self._part(held, above))
        else:
            digest.update(repr(value).encode())
        return digest.digest()

    def _part(self, held: object, above: frozenset[tuple[int, int]]) -> bytes:
        if isinstance(held, pikepdf.Object):
            return self._digest(held, above)
        return f"{type(held).__name__} {held}".encode()


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
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
