"""Makes the parts of a packet: documents from blocks, pages from documents, each only when what it rests on changed.

The cache keeps, for every part, the written document, its pages and the editable document; their names are the
fingerprints of what they were made of, so nothing in it can be stale.
"""

from __future__ import annotations

import hashlib
import importlib
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, takewhile
from pathlib import Path
from threading import Thread

from assembler.assembly.drawn import KeptDrawings
from assembler.assembly.engine import Engine
from assembler.assembly.fitting import first_guess, goes_over
from assembler.assembly.fonts import carried, chart_font
from assembler.assembly.sliced import Sliced, Stand
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.progress import CONVERT, WRITE, Progress, silent
from assembler.base.tongue import printed_in
from assembler.documents.markup import bookmark_name
from assembler.documents.package import Opened
from assembler.documents.page_total import drop_total
from assembler.documents.parts import write_part
from assembler.documents.printing import fill_contents, prepare, print_copy
from assembler.documents.slices import cut
from assembler.documents.spacing import DEGREES
from assembler.model.merged import MergedLabel
from assembler.model.packet import (
    Block,
    ContentsBlock,
    FigureBlock,
    GridBlock,
    Heading,
    Packet,
    Part,
    headings,
    plain,
)
from assembler.model.templates import PAGES
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.processes import Ahead
from assembler.pdf.merges import say_again
from assembler.pdf.pieces import first_numbers
from assembler.pdf.positions import destinations, page_count
from assembler.records import Cache, begin, fingerprint, own_fingerprint

_PICTURE_DPI = 150
_ROUNDS = 4
_NEEDED_AFTERWARDS = ("assembler.pdf.pages", "assembler.pdf.finish", "assembler.pdf.evidence", "assembler.pdf.verify")


@dataclass(frozen=True)
class Made:
    """A part as it came out: the editable document, its pages, how many, and which keys they have."""

    part: Part
    docx: Path
    pdf: Path
    pages: int
    key: str
    pdf_key: str
    first_page: int
    content: str = ""


@dataclass
class Maker:
    """Makes the parts of one packet; ``made_now`` names the parts whose document or pages were made in this run.

    ``issued`` says under which keys the cache holds the pages a part was issued with, by what the part contains: they
    stand, whatever version of the programs made them, so that an amended issue leaves alone what nobody touched.
    ``behind`` are the pages of each file of evidence, by its anchor; ``beside`` begins what is done while LibreOffice
    works.
    """

    packet: Packet
    templates: Path
    cache: Cache
    work: Path
    engine: Engine
    progress: Progress = silent
    ahead: Ahead | None = None
    made_now: set[str] = field(default_factory=set)
    issued: Mapping[str, str] = field(default_factory=dict)
    behind: Mapping[str, int] = field(default_factory=dict)
    beside: Callable[[], None] = lambda: None
    _merged: dict[str, tuple[MergedLabel, ...]] = field(default_factory=dict)
    _hashed: list[tuple[Part, hashlib._Hash]] = field(default_factory=list)
    _sliced: list[tuple[Part, str, Sliced]] = field(default_factory=list)

    # ------------------------------------------------------------ the parts, in rounds

    def parts(self) -> Mapping[str, Made]:
        """All parts but evidence."""
        rounds = self.rounds()
        while True:
            try:
                copies = next(rounds)
            except StopIteration as end:
                made: Mapping[str, Made] = end.value
                return made
            self.keep(self._convert(copies))

    def rounds(self) -> Generator[Sequence[Path], None, Mapping[str, Made]]:
        """Yields the documents whose pages are wanted, to be given to ``keep`` before it goes on; returns the parts.

        Pages before a part decide its first page number, so a wrong guess takes a round.
        """
        written = [part for part in self.packet.parts if part.kind != "evidence"]
        pages = {part.name: first_guess(part) for part in written}
        for _ in range(_ROUNDS):
            parts = [self._with_pages(part, pages) for part in written]
            folios = self._first_pages(parts, pages)
            firsts = {part.name: 1 if part.kind == "letter" else folios[part.name] for part in parts}
            keys = {part.name: self._pdf_key(part, firsts[part.name]) for part in parts}
            yield from self._pages(*self._write_missing(parts, firsts, keys))
            keys |= yield from self._tightened(parts, firsts, keys)
            found = {part.name: self._count(keys[part.name]) for part in parts}
            if found == pages:
                made = self._editable(parts, firsts, keys, pages)
                return {name: replace(one, first_page=folios[name]) for name, one in made.items()}
            pages = found
        reason = wording("the page counts do not settle")
        raise AssemblerError([problem("engine-failed", name=self.packet.name, reason=reason)], ExitCode.ENGINE)

    @staticmethod
    def _with_pages(part: Part, pages: Mapping[str, int]) -> Part:
        """The part with as many pictures for each placed letter as the letter has pages."""
        blocks = tuple(
            replace(block, pages=pages.get(block.part, 1)) if isinstance(block, FigureBlock) and block.part else block
            for block in part.blocks
        )
        return replace(part, blocks=blocks) if blocks != part.blocks else part

    @staticmethod
    def _first_pages(parts: Sequence[Part], pages: Mapping[str, int]) -> Mapping[str, int]:
        """The number of each part's first page in the packet; a placed letter counts its own."""
        flowing = [part for part in parts if not part.placed]
        numbers = first_numbers([pages[part.name] for part in flowing], [part.numbered for part in flowing])
        firsts = {part.name: number for part, number in zip(flowing, numbers, strict=True)}
        return {part.name: firsts.get(part.name, 1) for part in parts}

    def _pdf_key(self, part: Part, first_page: int) -> str:
        """What a part's pages rest on: its content, its template, fonts, engine and first page; nothing else."""
        content = self._content(part, first_page)
        return self.issued.get(content) or fingerprint(own_fingerprint(), self.engine.version, content)

    def _content(self, part: Part, first_page: int) -> str:
        return fingerprint(first_page, *self._behind(part), begun=self._begun(part))

    def _begun(self, part: Part) -> hashlib._Hash:
        """The hash of a part wherever it stands, begun once: a body is thousands of values."""
        if not any(part is known for known, _ in self._hashed):
            paper = (self.packet.tongue_of(part), self.packet.title, self.packet.author, self._template(part))
            self._hashed.append((part, begin(self.engine.name, self.engine.fonts.fingerprint, *paper, part)))
        return next(made for known, made in self._hashed if known is part)

    def _behind(self, part: Part) -> Sequence[tuple[str, int]]:
        """The evidence a body leads to: that of the parts which follow it."""
        if part.kind != "body":
            return ()
        names = [one.name for one in self.packet.parts]
        evidence = takewhile(lambda one: one.kind == "evidence", self.packet.parts[names.index(part.name) + 1 :])
        anchors = [one.anchor(number) for one in evidence for number in range(1, len(one.files) + 1)]
        return [(anchor, self.behind.get(anchor, 1)) for anchor in anchors]

    # ------------------------------------------------------------ documents and pages

    def keep(self, pdfs: Iterable[Path]) -> None:
        """Puts pages that were made into the cache."""
        for pdf in pdfs:
            with printed_in(self.packet.tongue):
                say_again(pdf, self._merged.get(pdf.stem, ()), self.engine.fonts)
            self.cache.put(pdf, pdf.name)

    def _write_missing(
        self, parts: Sequence[Part], firsts: Mapping[str, int], keys: Mapping[str, str]
    ) -> tuple[Sequence[Path], Mapping[str, Iterator[Sequence[Path]]]]:
        """The documents of the parts whose pages are not made, as they are to be converted, and the bodies among these
        parts, which are made in slices, by key.
        """
        missing = [part for part in parts if not self._is_made(keys[part.name])]
        copies, bodies = [], {}
        for number, part in enumerate(missing):
            self.progress(WRITE, number, len(missing))
            key, first_page = keys[part.name], firsts[part.name]
            if part.kind == "body":
                bodies[key] = self._slices(part, key).made(Stand(first_page, self._behind(part)), self._joined(key))
            else:
                self._write(part, key, first_page)
                copies.append(self.work / f"{key}.docx")
            self.made_now.add(part.name)
        return list(dict.fromkeys(copies)), bodies

    def _pages(
        self, copies: Sequence[Path], bodies: Mapping[str, Iterator[Sequence[Path]]]
    ) -> Generator[Sequence[Path], None, None]:
        """Yields the documents whose pages are wanted, until the pages of every body are put together."""
        going, wanted = dict(bodies), list(copies)
        while True:
            for key, making in list(going.items()):
                if slices := next(making, None):
                    wanted.extend(slices)
                else:
                    self.cache.put(self._joined(key), f"{key}.pdf")
                    del going[key]
            if not wanted:
                return
            for _, _, body in self._sliced:
                self._merged |= body.labels
            yield list(dict.fromkeys(wanted))
            wanted = []

    def _joined(self, key: str) -> Path:
        return self.work / f"{key}.joined.pdf"

    def _tightened(
        self, parts: Sequence[Part], firsts: Mapping[str, int], keys: Mapping[str, str]
    ) -> Generator[Sequence[Path], None, dict[str, str]]:
        """Letters of which little more than the signature goes over, and covers, set closer where a page is saved by
        it; what was issued stays. Yields documents as ``rounds`` does; returns the keys of those set closer.
        """
        loose = {
            part.name: part
            for part in parts
            if part.kind in ("letter", "cover")
            and self._content(part, firsts[part.name]) not in self.issued
            and goes_over(part, self._pages_file(keys[part.name]))
        }
        closer = {name: {degree: fingerprint(keys[name], degree) for degree in DEGREES} for name in loose}
        copies = []
        for name, degrees in closer.items():
            for degree, key in degrees.items():
                if not self._is_made(key):
                    self._write(loose[name], key, firsts[name], degree)
                    copies.append(self.work / f"{key}.docx")
        if copies:
            yield copies
        pages = {name: self._count(keys[name]) for name in closer}
        return {
            name: found
            for name, degrees in closer.items()
            if (found := next((key for key in degrees.values() if self._count(key) < pages[name]), ""))
        }

    def _count(self, key: str) -> int:
        return page_count(self._pages_file(key))

    def _is_made(self, key: str) -> bool:
        return self.cache.holds(f"{key}.pdf") and self.cache.holds(f"{key}.docx")

    def _write(self, part: Part, key: str, first_page: int, closer: int = 0) -> None:
        """The document of a part, and the copy of it that is printed; a letter may be set closer by some degrees."""
        copy = self.work / f"{key}.docx"
        with printed_in(self.packet.tongue_of(part)):
            document = self._written(part, key, closer)
            self._merged[copy.stem] = print_copy(document, copy, first_page=first_page)

    def _slices(self, part: Part, key: str) -> Sliced:
        """A body in slices, written once wherever it comes to stand."""
        for known, before, body in self._sliced:
            if known == part:
                self.cache.put(
                    shutil.copyfile(self.cache.path(f"{before}.docx"), self.work / f"{key}.docx"), f"{key}.docx"
                )
                return body
        with printed_in(self.packet.tongue_of(part)):
            document = self._written(part, key)
            merged = prepare(document)
            slices = cut(document, [anchor for anchor, _ in self._behind(part)])
        engine, tongue = self.engine, self.packet.tongue_of(part)
        paper = (own_fingerprint(), engine.name, engine.version, engine.fonts.fingerprint, tongue)
        types = engine.office is None
        body = Sliced(part.name, document, slices, merged, paper, tongue, self.cache, self.work, types)
        self._sliced.append((part, key, body))
        return body

    def _written(self, part: Part, key: str, closer: int = 0) -> Opened:
        """The document of a part, open, and closed in the cache."""
        document = self.work / f"{key}.written.docx"
        drawings = KeptDrawings(self.cache, self.work / "drawn")
        written = write_part(
            part,
            self._template(part),
            document,
            title=self.packet.title if part.kind != "letter" else part.title,
            author=self.packet.author,
            pictures={},
            drawings=drawings,
            chart_font=chart_font(self.engine.fonts, self._template(part)),
            closer=closer,
        )
        if self.engine.office is None:
            drop_total(written)  # its pages have no places to draw at
        self.cache.put(document, f"{key}.docx")
        if drawings.used:
            drawings.keep_for(key)
        return written

    def _convert(self, copies: Sequence[Path]) -> Sequence[Path]:
        self.progress(CONVERT, 0, len(copies))
        out = self.work / "pages"
        out.mkdir(exist_ok=True)
        fonts = self.engine.fonts
        if self.engine.office is None:
            from assembler.pdf import draft

            return draft.convert(copies, out, fonts=fonts)
        # LibreOffice works in a process of its own: meanwhile this one loads what it needs afterwards.
        self.beside()
        Thread(target=_load, args=_NEEDED_AFTERWARDS, daemon=True).start()
        return convert(
            self.engine.office, copies, out, fonts=fonts, timeout=self.engine.timeout, work=self.work,
            progress=lambda done, total: self.progress(CONVERT, done, total), ahead=self.ahead,
        )  # fmt: skip

    def _template(self, part: Part) -> Path:
        return self.templates / f"{part.template}.docx"

    def _pages_file(self, key: str) -> Path:
        return self.cache.path(f"{key}.pdf")

    # ------------------------------------------------------------ what the pages give back

    def _editable(
        self, parts: Sequence[Part], firsts: Mapping[str, int], keys: Mapping[str, str], pages: Mapping[str, int]
    ) -> Mapping[str, Made]:
        """The documents as officers get them: contents with the right pages, letters shown as pictures."""
        pdfs = {part.name: self._pages_file(keys[part.name]) for part in parts}
        made = {}
        for part in parts:
            shown = [block.part for block in part.blocks if isinstance(block, FigureBlock) and block.part]
            fonts = ("embedded",) if self.engine.embeds else ()
            total = self._total(parts, pages) if PAGES in part.fields else 0
            shown_keys = (keys[name] for name in shown)
            key = fingerprint(keys[part.name], *shown_keys, *fonts, *([total] if total else ()))
            docx = self.cache.path(f"{key}.editable.docx")
            if not self.cache.holds(docx.name):
                self.made_now.add(part.name)
                pictures = {name: self._pictures(keys[name], pages[name]) for name in shown}
                self._fill(part, keys[part.name], docx.name, pictures, firsts[part.name], total)
            made[part.name] = Made(
                part, docx, pdfs[part.name], pages[part.name], key, keys[part.name], firsts[part.name],
                self._content(part, firsts[part.name]),
            )  # fmt: skip
        return made

    def _pictures(self, key: str, pages: int) -> tuple[Path, ...]:
        from assembler.pdf.pages import picture

        pdf = self._pages_file(key)
        return tuple(picture(pdf, page, self.work / f"{key}-{page}.png", _PICTURE_DPI) for page in range(pages))

    def _total(self, parts: Sequence[Part], pages: Mapping[str, int]) -> int:
        """How many pages are counted in the packet, those of the evidence among them."""
        own = sum(pages[part.name] for part in parts if part.numbered and not part.placed)
        return own + sum(self.behind.values())

    def _fill(
        self,
        part: Part,
        key: str,
        name: str,
        pictures: Mapping[str, tuple[Path, ...]],
        first_page: int,
        total: int = 0,
    ) -> None:
        found = destinations(self._pages_file(key))
        lists = (each for block in part.blocks if isinstance(block, ContentsBlock) for each in block.lists)
        captions = (anchor for each in lists for anchor, _ in each.entries)
        numbers = {
            anchor: found[bookmark_name(anchor)].page + first_page
            for anchor in (*(block.anchor for block in headings(part.blocks)), *captions)
            if bookmark_name(anchor) in found
        }
        following = self._behind(part)
        starts = accumulate((pages for _, pages in following), initial=first_page + self._count(key))
        behind = {anchor: start - (pages == 0) for (anchor, pages), start in zip(following, starts, strict=False)}
        copy = self.work / f"{key}.editable.docx"
        shutil.copyfile(self.cache.path(f"{key}.docx"), copy)
        fonts = carried(self.engine.fonts) if self.engine.embeds else ()
        if numbers or pictures or behind or total or first_page != 1 or fonts:
            with printed_in(self.packet.tongue_of(part)):
                fill_contents(copy, numbers, pictures, first_page=first_page, behind=behind, total=total, fonts=fonts)
        self.cache.put(copy, name)


def _load(*modules: str) -> None:
    for module in modules:
        importlib.import_module(module)


def item_pages(made: Mapping[str, Made]) -> Mapping[str, int]:
    """The printed number of the page on which something begins: the table of each item by ``form.item``, what has a
    caption or heading by ``part#words``. What the report shows in several places begins in the first; a letter that
    shows it too comes last.
    """
    pages: dict[str, int] = {}
    for one in sorted(made.values(), key=lambda one: one.part.kind == "letter"):
        found = destinations(one.pdf) if not one.part.placed else {}
        for block in one.part.blocks:
            anchor = bookmark_name(getattr(block, "anchor", ""))
            if anchor in found:
                page = found[anchor].page + one.first_page
                for origin in block.origins if isinstance(block, GridBlock) else ():
                    pages.setdefault(origin, page)
                if words := _words(block):
                    pages.setdefault(f"{one.part.name}#{words}", page)
    return pages


def _words(block: Block) -> str:
    """The caption or heading as printed; «» of what has none."""
    return block.text if isinstance(block, Heading) else plain(getattr(block, "caption", ()))
