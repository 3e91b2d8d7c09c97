"""The pictures a workflow takes: one, or several that part between steps, in the size of letters that shows most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assembler.base.persian import fold
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.documents.workflow.page import ROOMY, Page, Row
from assembler.documents.workflow.shapes import CM_PER_POINT, Drawing, Measure
from assembler.model.packet import WorkflowStep

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # points
_READABLE = 9.0  # rather two pictures than smaller letters
_LARGEST_SPLIT = 10.0
_MORE_PAGES = 2.0  # for a size all processes take
_OTHER_SIZE = 2.0  # as bad as two pictures more: one process in another size than the others
_FEW = 3  # steps that do not stand in a picture of their own
_BLANK = "-"  # every font has it


def lay_out(
    steps: Sequence[WorkflowStep], width: float, height: float, measure: Measure, size: float = 0.0
) -> tuple[Drawing, ...]:
    """The pictures of a process, each at most ``width`` and ``height`` in cm.

    One picture where its letters stay readable; else several that part between steps. The letters are of ``size``
    points, or of the next smaller size where its lanes need that; without a size, of the one that shows most texts
    whole, breaks few words, needs few pictures and is large.
    A single step higher than ``height`` stays so. Without steps there is no picture.
    """
    tried = _tried(steps, width, height, measure, size or SIZES[0], all_sizes=not size)
    return min(tried.values(), key=_faults) if tried else ()


def one_size(processes: Sequence[Sequence[WorkflowStep]], width: float, height: float, measure: Measure) -> float:
    """The size of letters, in points, in which all these processes together are shown best; 0 without any."""
    tried = [_tried(steps, width, height, measure, SIZES[0]) for steps in processes if steps]
    if not tried:
        return 0.0
    return min(SIZES, key=lambda size: sum(_at(each, size) for each in tried))


def _at(tried: Mapping[float, tuple[Drawing, ...]], size: float) -> float:
    """What is to be said against the pictures of a process in this size; more where it must take another one, and where
    it goes on on a page of its own.
    """
    pages = tried[size] if size in tried else min(tried.values(), key=_faults)
    return _faults(pages) + _MORE_PAGES * (len(pages) - 1) + (0 if size in tried else _OTHER_SIZE)


def _tried(
    steps: Sequence[WorkflowStep],
    width: float,
    height: float,
    measure: Measure,
    largest: float,
    *,
    all_sizes: bool = True,
) -> Mapping[float, tuple[Drawing, ...]]:
    """The pictures by the size of their letters, up to the largest: in each size that is possible, or the first."""
    if not steps:
        return {}
    measure = lru_cache(maxsize=None)(measure)
    sizes = [size for size in SIZES if size <= largest and _room_of_a_lane(steps, width, size) >= ROOMY]
    tried: dict[float, tuple[Drawing, ...]] = {}
    for size in sizes or [SIZES[-1]]:
        lines = _page(steps, range(len(steps)), width, size, measure, arrows=False)
        whole = _page(steps, range(len(steps)), width, size, measure) if _fits(lines, height) else lines
        if _fits(whole, height):
            tried[size] = (whole,)
        elif size <= _LARGEST_SPLIT:
            tried[size] = _split(steps, lines, width, height, size, measure)
        if tried and not all_sizes:
            break
    return tried


def _fits(page: Drawing, height: float) -> bool:
    return page.height * page.unit <= height


def _faults(pages: tuple[Drawing, ...]) -> float:
    """What is to be said against these pictures, in pictures that one would rather have more."""
    size = pages[0].size
    cut, broken = sum(len(page.cut) for page in pages), sum(page.broken for page in pages)
    return 5 * cut + 3 * broken + len(pages) + 2 * max(0.0, _READABLE - size) + (SIZES[0] - size) * 0.1


def _room_of_a_lane(steps: Sequence[WorkflowStep], width: float, size: float) -> float:
    """About what is left for each lane between its gutters, in em."""
    return (width / (size * CM_PER_POINT) - 3.0) / len(_actors(steps)) - 1.2


def _split(
    steps: Sequence[WorkflowStep], whole: Drawing, width: float, height: float, size: float, measure: Measure
) -> tuple[Drawing, ...]:
    """As few pictures as hold the steps: full ones, so that something else finds room below the last; about equally
    high ones where that would hold few steps.
    """

    def made(part: range) -> Drawing:
        return _page(steps, part, width, size, measure)

    full: list[Drawing] = []
    first = 0
    while first < len(steps):
        last = max(first + 1, sum(_span(whole, first, at) <= height for at in range(len(steps))))
        page = made(range(first, last))
        while not _fits(page, height) and last > first + 1:
            last -= 1
            page = made(range(first, last))
        full.append(page)
        first = last
    if len(full[-1].steps) >= _FEW:
        return tuple(full)
    even = [made(part) for part in _parts(whole, len(full))]
    return tuple(even if all(_fits(page, height) for page in even) else full)


def _span(whole: Drawing, first: int, last: int) -> float:
    """The height in cm from one step to another, with the lane names above."""
    return (whole.boxes[last].bottom - whole.boxes[first].top + whole.header) * whole.unit


def _parts(whole: Drawing, count: int) -> Iterator[range]:
    """The steps in so many parts, about equally high."""
    boxes = whole.boxes
    high, first = boxes[-1].bottom - boxes[0].top, 0
    for part in range(1, count):
        limit = boxes[0].top + high * part / count
        last = max(first + 1, sum(box.bottom <= limit for box in boxes))
        last = min(last, len(boxes) - (count - part))
        yield range(first, last)
        first = last
    yield range(first, len(boxes))


def _actors(steps: Sequence[WorkflowStep]) -> dict[str, str]:
    """The actors by their folded names, in the order they first act."""
    found: dict[str, str] = {}
    for step in steps:
        found.setdefault(fold(step.actor), step.actor or _BLANK)
    return found


def _page(
    steps: Sequence[WorkflowStep], part: range, width: float, size: float, measure: Measure, *, arrows: bool = True
) -> Drawing:
    """A picture of some of the steps; without arrows it is made fast, and is no higher than with them."""
    unit = size * CM_PER_POINT
    rows = _rows(steps, part)
    if not arrows:
        rows = tuple(replace(row, next=()) for row in rows)
    names = tuple(_actors(steps).values())
    made = Page(rows, names, width / unit, measure).drawing()
    shown = tuple(steps[at] for at in part)
    return replace(made, size=size, steps=shown, cut=tuple(dict.fromkeys(made.cut)))


def _rows(steps: Sequence[WorkflowStep], part: range) -> tuple[Row, ...]:
    """The steps of a picture, after links from and before links to the steps of others."""
    lanes = {actor: at for at, actor in enumerate(_actors(steps))}
    of = {fold(step.number): at for at, step in reversed(list(enumerate(steps)))}
    edges = [(at, word, of[fold(to)]) for at, step in enumerate(steps) for word, to in step.next if fold(to) in of]
    entering = _distinct(end for start, _, end in edges if start not in part and end in part)
    leaving = _distinct(end for start, _, end in edges if start in part and end not in part)
    place = {at: len(entering) + at - part.start for at in part}
    place |= {at: len(entering) + len(part) + order for order, at in enumerate(leaving)}
    lane = [lanes[fold(step.actor)] for step in steps]
    sources = {end: _distinct(at for at, _, to in edges if to == end and at not in part) for end in entering}
    came = [Row("link", lane[at], _from(steps, sources[at]), next=(("", place[at]),)) for at in entering]
    gone = [Row("link", lane[at], printed_words("به {step}", step=step_words(steps[at].number))) for at in leaving]
    held = [_row(steps[at], lane[at], [(word, place[end]) for start, word, end in edges if start == at]) for at in part]
    return (*came, *held, *gone)


def _row(step: WorkflowStep, lane: int, ways: Sequence[tuple[str, int]]) -> Row:
    text = step.action.strip() or _BLANK
    return Row(step.kind, lane, text, with_persian_digits(step.number), step.document.strip(), tuple(ways))


def _from(steps: Sequence[WorkflowStep], sources: Sequence[int]) -> str:
    numbers = printed_words(" و ").join(with_persian_digits(steps[at].number) for at in sources)
    return printed_words("از {step}", step=printed_words("گام {number}", number=numbers))


def step_words(number: str) -> str:
    """What a step is called by its number."""
    return printed_words("گام {number}", number=with_persian_digits(number))


def _distinct(places: Iterator[int]) -> list[int]:
    return sorted(set(places))
