"""What changes touch: which blocks, parts, letters and signatures of two packets differ as they are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from assembler.model.answers import Attachment
from assembler.model.changes import Change, Resigned, Touched, TouchedBlock, TouchedPart
from assembler.model.packet import (
    SHEETS,
    Block,
    ChartBlock,
    FigureBlock,
    GridBlock,
    Heading,
    Packet,
    Part,
    Text,
    WorkflowBlock,
    plain,
)
from assembler.records import Receipt
from assembler.views.changes.contents import Content, by_name

# What bears the letter's own number and day: it differs in every issue, and nobody signs again because of it.
_OF_THE_ISSUE = ("number", "date", "document_id")
_NO_ANNEX = ("", "ندارد", "None")
# Where things lead and how they are found again is not printed.
_UNPRINTED = ("anchor", "link", "origins", "counted")
_NUMBERED = re.compile(r"^\D{1,20} [0-9۰-۹]{1,3}(?:- |$)")

Captioned: TypeAlias = GridBlock | FigureBlock | ChartBlock | WorkflowBlock
Changed = Literal["changed", "added", "deleted"]
What = Literal["changed", "added", "deleted", "renumbered"]
_KINDS: Mapping[type, Literal["table", "figure", "chart"]] = {
    GridBlock: "table",
    FigureBlock: "figure",
    ChartBlock: "chart",
    WorkflowBlock: "figure",
}


def touched(
    before: Packet,
    after: Packet,
    changes: Sequence[Change] = (),
    content: Content = by_name,
    *,
    issued: Receipt | None = None,
    built: Receipt | None = None,
) -> Touched:
    """What of the packet comes out otherwise, and who must sign again.

    A letter is touched when it says something else, its number and date apart; a covering letter is signed again also
    when something that goes out behind it changed. ``issued`` is the receipt of the earlier state and ``built`` that of
    the later one: the pages are those of the last that is known. Sheets that speak of a packet are no part of it.
    """
    comparison = _Comparison(before, after, content)
    pages = {**(issued.item_pages if issued else {}), **(built.item_pages if built else {})}
    names = {f"{change.form}.{change.item}" for change in changes}
    parts = tuple(_paged(part, issued, built) for part in comparison.parts())
    return Touched(
        blocks=tuple(_on_page(block, pages) for block in comparison.blocks()),
        parts=parts,
        letters=tuple(part for part in parts if part.kind == "letter" and part.what != "deleted"),
        signatures=tuple(comparison.signatures()),
        calculated=tuple(change for change in changes if change.kind == "calculated"),
        pages={name: page for name, page in pages.items() if name in names},
    )


def _on_page(block: TouchedBlock, pages: Mapping[str, int]) -> TouchedBlock:
    names = (*block.origins, f"{block.part}#{block.caption}")
    return replace(block, page=next((pages[name] for name in names if name in pages), 0))


def _paged(part: TouchedPart, issued: Receipt | None, built: Receipt | None) -> TouchedPart:
    for receipt in (built, issued):
        records = [] if receipt is None else [each for each in receipt.parts if _belongs(each.name, part)]
        if records:
            return replace(part, first_page=records[0].first_page, last_page=records[-1].last_page)
    return part


def _belongs(record: str, part: TouchedPart) -> bool:
    """Evidence has a record for each of its files."""
    return record == part.name or (part.kind == "evidence" and record.startswith(f"{part.name}-evidence-"))


class _Comparison:
    def __init__(self, before: Packet, after: Packet, content: Content) -> None:
        self.before = {part.name: part for part in before.parts if part.kind not in SHEETS}
        self.after = {part.name: part for part in after.parts if part.kind not in SHEETS}
        self.content = content
        self.touched = self._touched_parts()

    # ------------------------------------------------------------ parts

    def _touched_parts(self) -> dict[str, Changed]:
        """Parts in the order of the later packet, then those it no longer has."""
        own = {name for name, part in self.after.items() if self._is_other(name, part)}
        gone = [name for name in self.before if name not in self.after]
        found: dict[str, Changed] = {}
        for name, part in self.after.items():
            if name in own or _shown_letters(part) & {*own, *gone}:
                found[name] = "changed" if name in self.before else "added"
        return found | dict.fromkeys(gone, "deleted")

    def _is_other(self, name: str, part: Part) -> bool:
        return name not in self.before or self._part(self.before[name]) != self._part(part)

    def parts(self) -> Iterator[TouchedPart]:
        for name, what in self.touched.items():
            part = self.after.get(name) or self.before[name]
            yield TouchedPart(name, part.title, part.kind, what)

    def _part(self, part: Part) -> object:
        """Everything of a part that is printed, but what only tells which issue it is."""
        values = part.fields
        if part.kind == "letter":
            values = {name: value for name, value in part.fields.items() if name not in _OF_THE_ISSUE}
        signer = part.signer and (part.signer.name, part.signer.post)
        return self._printed((part.kind, part.title, part.template, values, part.blocks, signer, part.files))

    def _printed(self, value: object) -> object:
        """A value as it is printed: without anchors, and files by their content."""
        if isinstance(value, Path):
            return self.content(value)
        if isinstance(value, Attachment):
            return (value.shown, value.about, self.content(value.path))
        if isinstance(value, tuple):
            return tuple(self._printed(each) for each in value)
        if isinstance(value, Mapping):
            return tuple((name, self._printed(value[name])) for name in sorted(value))
        if is_dataclass(value):
            names = (each.name for each in fields(value) if each.name not in _UNPRINTED)
            return (type(value).__name__, *(self._printed(getattr(value, name)) for name in names))
        return value

    # ------------------------------------------------------------ blocks

    def blocks(self) -> Iterator[TouchedBlock]:
        for part in self.parts():
            left = self.before.get(part.name)
            right = self.after.get(part.name)
            yield from self._captioned(part.name, _captioned(left), _captioned(right))
            yield from self._texts(part.name, _texts(left), _texts(right))
            yield from self._files(part.name, left.files if left else (), right.files if right else ())

    def _captioned(self, part: str, left: Sequence[Captioned], right: Sequence[Captioned]) -> Iterator[TouchedBlock]:
        partners = _partners(left, right)
        paired = set(partners.values())
        for at, block in enumerate(right):
            if at not in partners:
                yield _told(block, part, "added")
            elif what := self._difference(left[partners[at]], block):
                yield _told(block, part, what)
        yield from (_told(block, part, "deleted") for at, block in enumerate(left) if at not in paired)

    def _difference(self, was: Captioned, block: Captioned) -> What | None:
        if isinstance(block, FigureBlock) and block.part in self.touched:
            return "changed"
        old, new = (self._printed(replace(each, caption=())) for each in (was, block))
        if old != new or _title(was.caption) != _title(block.caption):
            return "changed"
        return None if plain(was.caption) == plain(block.caption) else "renumbered"

    def _texts(
        self, part: str, left: Mapping[tuple[str, int], list[Block]], right: Mapping[tuple[str, int], list[Block]]
    ) -> Iterator[TouchedBlock]:
        """What stands under a heading without a caption of its own, told by the heading."""
        for key in dict.fromkeys((*right, *left)):
            old, new = left.get(key), right.get(key)
            if (old is None) == (new is None) and self._printed(tuple(old or ())) == self._printed(tuple(new or ())):
                continue
            what: What = "added" if old is None else "deleted" if new is None else "changed"
            origins = self._tables(old or [], new or [])
            yield TouchedBlock("table" if origins else "text", key[0], part, what, origins)

    def _tables(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[str, ...]:
        """What the changed tables show, where nothing under a heading changed but tables without a caption."""
        left, right = ({repr(self._printed(block)): block for block in blocks} for blocks in (old, new))
        other = [left.get(key) or right[key] for key in (*right, *left) if (key in left) != (key in right)]
        grids = [block for block in other if isinstance(block, GridBlock)]
        names = dict.fromkeys(name for block in grids for name in block.origins)
        return tuple(names) if len(grids) == len(other) else ()

    def _files(self, part: str, left: Sequence[Attachment], right: Sequence[Attachment]) -> Iterator[TouchedBlock]:
        old, new = ({file.name: file for file in files} for files in (left, right))
        for name in dict.fromkeys((*new, *old)):
            caption = " ".join(filter(None, ((new.get(name) or old[name]).label, f"({name})")))
            if name not in old or name not in new:
                yield TouchedBlock("file", caption, part, "added" if name in new else "deleted")
            elif self._printed(old[name]) != self._printed(new[name]):
                same = self.content(old[name].path) == self.content(new[name].path)
                yield TouchedBlock("file", caption, part, "renumbered" if same else "changed")

    # ------------------------------------------------------------ signatures

    def signatures(self) -> Iterator[Resigned]:
        """The letters of the later packet that must be signed again, in its order."""
        parts = list(self.after.values())
        for at, part in enumerate(parts):
            if part.signer is None:
                continue
            if part.name in self.touched:
                yield Resigned(part.signer, part.name, part.title, "letter")
            elif _covers(part, parts) and self._changed_behind(parts[at + 1 :]):
                yield Resigned(part.signer, part.name, part.title, "annexes")

    def _changed_behind(self, parts: Sequence[Part]) -> bool:
        """Whether an annex changed, came or went; other letters go their own ways."""
        gone = any(what == "deleted" and self.before[name].kind != "letter" for name, what in self.touched.items())
        return gone or any(part.name in self.touched for part in parts if part.kind != "letter" or part.placed)


def _covers(letter: Part, parts: Sequence[Part]) -> bool:
    """Whether a letter sends what stands behind it: the first that says it has annexes, and others that count as many;
    else the first letter. Letters with annexes of another kind (a table of their own) do not send the report.
    """
    letters = [part for part in parts if part.kind == "letter" and not part.placed]
    sending = [part for part in letters if _annexes(part) not in _NO_ANNEX] or letters
    if letter not in sending:
        return False
    counted = any(sign.isdigit() for sign in _annexes(letter))
    return letter is sending[0] or (counted and _annexes(letter) == _annexes(sending[0]))


def _annexes(letter: Part) -> str:
    """What a letter says of its annexes («دارد», «۳ پیوست»)."""
    return str(letter.fields.get("attachment", "")).strip()


def _shown_letters(part: Part) -> set[str]:
    """The letters a part shows as pictures."""
    return {block.part for block in part.blocks if isinstance(block, FigureBlock) and block.part}


def _told(block: Captioned, part: str, what: What) -> TouchedBlock:
    origins = block.origins if isinstance(block, GridBlock) else ()
    return TouchedBlock(_KINDS[type(block)], plain(block.caption), part, what, origins)


def _title(caption: Text) -> str:
    """A caption without the word and number in front of it."""
    return _NUMBERED.sub("", plain(caption))


def _captioned(part: Part | None) -> tuple[Captioned, ...]:
    blocks = part.blocks if part else ()
    return tuple(block for block in blocks if isinstance(block, Captioned) and block.caption)


def _partners(left: Sequence[Captioned], right: Sequence[Captioned]) -> dict[int, int]:
    """The place each later block had: first by what it shows, then by its title, then by its anchor."""
    partners: dict[int, int] = {}
    for key in (_shows, _titled, _anchored):
        taken = set(partners.values())
        olds = _once({at: key(block) for at, block in enumerate(left) if at not in taken})
        news = _once({at: key(block) for at, block in enumerate(right) if at not in partners})
        partners |= {at: olds[found] for found, at in news.items() if found in olds}
    return partners


def _once(keys: Mapping[int, object]) -> dict[object, int]:
    counts = Counter(keys.values())
    return {key: at for at, key in keys.items() if key is not None and counts[key] == 1}


def _shows(block: Captioned) -> object:
    if isinstance(block, GridBlock):
        return block.origins or None
    return block.part or None if isinstance(block, FigureBlock) else None


def _titled(block: Captioned) -> object:
    return (type(block).__name__, _title(block.caption))


def _anchored(block: Captioned) -> object:
    return (type(block).__name__, block.anchor)


def _texts(part: Part | None) -> dict[tuple[str, int], list[Block]]:
    """What stands under each heading; headings of one text are told apart by their order."""
    found: dict[tuple[str, int], list[Block]] = {}
    if part is None:
        return found
    counts: Counter[str] = Counter()
    key = (part.title, 0)
    for block in part.blocks:
        if isinstance(block, Heading):
            counts[block.text] += 1
            key = (block.text, counts[block.text])
            found.setdefault(key, [])
        elif not (isinstance(block, Captioned) and block.caption):
            found.setdefault(key, []).append(block)
    return found
