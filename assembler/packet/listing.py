"""The lists behind the contents: tables, figures, evidence, as their captions and titles have them; those of few
entries, and those that would begin a page they leave nearly empty, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from assembler.base.persian import numbered
from assembler.base.scripts import with_persian_digits
from assembler.model.packet import (
    Block,
    ChartBlock,
    ContentsBlock,
    FigureBlock,
    GridBlock,
    Listing,
    ListKind,
    Part,
    Span,
    Text,
    WorkflowBlock,
    headings,
    plain,
)

_FEWEST = 5  # entries of a list worth its title
# About how many lines a page of contents holds, and how few leave it nearly empty; those a title takes; letters a line.
_PAGE, _LEAST, _TITLE, _LINE = 45, 15, 3, 95


def listed(part: Part, evidence: tuple[Part, ...]) -> tuple[Block, ...]:
    """The blocks of a body, the lists of its contents filled; ``evidence`` stands right behind it."""
    return tuple(_filled(block, part, evidence) if isinstance(block, ContentsBlock) else block for block in part.blocks)


def _filled(contents: ContentsBlock, part: Part, evidence: tuple[Part, ...]) -> ContentsBlock:
    lists = (replace(each, entries=tuple(_entries(each, part, evidence))) for each in contents.lists)
    worth = [each for each in lists if len(each.entries) >= _FEWEST]
    told = [heading.text for heading in headings(part.blocks) if heading.level <= contents.levels]
    before = _TITLE + sum(map(_lines, told))
    fitting = (chosen for count in range(len(worth), 0, -1) for chosen in combinations(worth, count))
    return replace(contents, lists=next((chosen for chosen in fitting if _fills(before, chosen)), ()))


def _fills(before: int, lists: Sequence[Listing]) -> bool:
    """Whether lists behind so many lines leave no page nearly empty."""
    own = sum(_TITLE + sum(_lines(plain(words)) for _, words in each.entries) for each in lists)
    last = (before + own) % _PAGE
    return before + own <= _PAGE or last == 0 or last >= _LEAST


def _lines(words: str) -> int:
    return 1 + len(words) // _LINE


def _entries(wanted: Listing, part: Part, evidence: tuple[Part, ...]) -> Iterator[tuple[str, Text]]:
    if wanted.kind == "evidence":
        for one in evidence:
            for number, file in enumerate(one.files, start=1):
                title = next(filter(None, file.about), "")
                words = numbered(file.label, with_persian_digits(title))
                yield one.anchor(number), (Span(words),)
        return
    for block in part.blocks:
        match block:
            case GridBlock(counted=True) if wanted.kind == _list_of(block) and block.caption:
                yield block.anchor, block.caption
            case ChartBlock() | FigureBlock() | WorkflowBlock() if wanted.kind == "figures" and block.caption:
                yield block.anchor, block.caption


def _list_of(block: GridBlock) -> ListKind:
    """A form that is shown as a figure has its caption below, and stands among the figures."""
    return "figures" if block.caption_below else "tables"
