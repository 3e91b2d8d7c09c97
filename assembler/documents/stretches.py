"""Blocks in runs of one orientation: which sheets are turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal

from assembler.documents.lengths import lines
from assembler.documents.workflow.layout import is_turned
from assembler.model.packet import Block, GridBlock, Heading, PageBreak, Paragraph, Turn, WorkflowBlock, plain

_SHORT = 0.35  # of a turned page: text that is no higher leaves room for the table it opens
_HEADING, _LINE = 900, 540  # twips: about how high headings and lines of text are
Orientation = Literal["portrait", "landscape"]


def stretches(
    blocks: Sequence[Block],
    fits_upright: Callable[[GridBlock], bool] = lambda _: False,
    is_short: Callable[[Sequence[Block]], bool] = lambda _: False,
) -> list[tuple[Orientation, list[Block]]]:
    """The blocks in runs of one orientation, a sheet being one of its own; a heading goes with the wide table or
    diagram under it, and so does short text that would stand alone on its page. Wide tables between upright pages
    stand upright too where all that follow one another fit there.
    """
    result: list[tuple[Orientation, list[Block]]] = []
    wide = _turned(blocks, fits_upright)
    sheet: Orientation | None = None
    begun = False
    for block in blocks:
        if isinstance(block, Turn):
            sheet, begun = block.page, True
            continue
        turned: Orientation = sheet or ("landscape" if id(block) in wide else "portrait")
        moved: list[Block] = []
        if turned == "landscape" and result and result[-1][0] == "portrait":
            moved = _take_page(result[-1][1], is_short, opens=len(result) > 1) or _take_headings(result[-1][1])
            if not result[-1][1]:
                result.pop()
        if not result or result[-1][0] != turned or begun:
            result.append((turned, []))
            begun = False
        result[-1][1].extend((*moved, block))
    return result


def is_short(texts: Sequence[Block], width: int, height: int) -> bool:
    """Whether headings and paragraphs leave most of a page of this size, in twips, to what follows them."""
    high = 0
    for one in texts:
        if not isinstance(one, Heading | Paragraph):
            return False
        high += _HEADING if isinstance(one, Heading) else lines(plain(one.text), width) * _LINE
    return high <= _SHORT * height


def _turned(blocks: Sequence[Block], fits_upright: Callable[[GridBlock], bool]) -> set[int]:
    """The tables and diagrams for which the paper is turned, by identity."""
    found = {id(block) for block in blocks if isinstance(block, WorkflowBlock) and is_turned(block.steps)}
    above: list[Block] = []
    for is_wide, run in groupby(blocks, key=lambda block: isinstance(block, GridBlock) and block.page == "landscape"):
        told = list(run)
        if is_wide and not (
            _stands_on_page(above) and all(fits_upright(one) for one in told if isinstance(one, GridBlock))
        ):
            found.update(map(id, told))
        above = told
    return found


def _stands_on_page(blocks: Sequence[Block]) -> bool:
    """Whether upright text stands on the page before something else goes on there."""
    last = next(
        (number for number, one in enumerate(reversed(blocks)) if isinstance(one, PageBreak | Turn)), len(blocks)
    )
    return any(not isinstance(one, Heading | PageBreak) for one in blocks[len(blocks) - last :])


def _take_page(blocks: list[Block], is_short: Callable[[Sequence[Block]], bool], *, opens: bool) -> list[Block]:
    """Takes what stands on a page of its own before the paper is turned, where that is short; ``opens``: the blocks
    open a page.
    """
    begin = next((at for at in range(len(blocks) - 1, -1, -1) if isinstance(blocks[at], PageBreak)), 0 if opens else -1)
    taken = blocks[begin:] if begin >= 0 else []
    texts = [one for one in taken if not isinstance(one, PageBreak)]
    if not texts or not is_short(texts):
        return []
    del blocks[begin:]
    return taken


def _take_headings(blocks: list[Block]) -> list[Block]:
    taken: list[Block] = []
    while blocks and isinstance(blocks[-1], Heading | PageBreak):
        taken.insert(0, blocks.pop())
    return taken
