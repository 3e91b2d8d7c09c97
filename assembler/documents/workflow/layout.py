"""The pictures a workflow takes: one, or several that part between steps, in the size of letters that shows most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assembler.base.persian import fold
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.documents.workflow.page import ROOMY, Page, Row
from assembler.documents.workflow.shapes import CM_PER_POINT, Box, Drawing, Measure
from assembler.model.packet import WorkflowStep

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # points
_READABLE = 9.0  # rather two pictures than smaller letters
_LARGEST_SPLIT = 10.0
_MORE_PAGES = 2.0  # for a size all processes take
_OTHER_SIZE = 2.0  # as bad as two pictures more: one process in another size than the others
_FEW = 3  # steps that do not stand in a picture of their own
LANES = 5  # side by side at most on an upright page
_ON_TURNED = 6  # steps: about as many stand in one picture on a turned page
_CAPTION = 1.2  # cm between a picture and the next one
_BLANK = "-"  # every font has it


def lay_out(
    steps: Sequence[WorkflowStep], width: float, height: float, measure: Measure, size: float = 0.0
) -> tuple[Drawing, ...]:
    """The pictures of a process, each at most ``width`` and ``height`` in cm.

    One picture where its letters stay readable; else several that part between steps. The letters are of ``size``
    points, or of the next smaller size where its lanes need that; without a size, of the one that shows most texts
    whole, breaks few words, needs few pictures and is large.
    A single step higher than ``height`` stays so. Without steps there is no picture. One that is folded shows in each
    picture the lanes of its own steps.
    """
    tried = [
        _tried(steps, share, width, height, measure, size or SIZES[0], all_sizes=not size) for share in folds(steps)
    ]
    return tuple(picture for each in tried for picture in min(each.values(), key=_faults))


def one_size(processes: Sequence[Sequence[WorkflowStep]], width: float, height: float, measure: Measure) -> float:
    """The size of letters, in points, in which all these processes together are shown best; 0 without any."""
    tried = [_tried(steps, share, width, height, measure, SIZES[0]) for steps in processes for share in folds(steps)]
    return min(SIZES, key=lambda size: _against(tried, size, height)) if tried else 0.0


def is_folded(steps: Sequence[WorkflowStep]) -> bool:
    """Whether a process of more lanes than stand side by side upright goes on in pictures of fewer lanes; one that is
    short, or would be torn into shreds, is shown whole on a turned page.
    """
    return len(steps) > _ON_TURNED and 1 < len(_parted(steps)) <= len(steps) // _FEW


def is_turned(steps: Sequence[WorkflowStep]) -> bool:
    """Whether a process is shown on a turned page."""
    return len(_actors(steps)) > LANES and not is_folded(steps)


def folds(steps: Sequence[WorkflowStep]) -> tuple[range, ...]:
    """The steps whose lanes stand side by side: all of them, or in parts where it is folded."""
    if not steps:
        return ()
    return _parted(steps) if is_folded(steps) else (range(len(steps)),)


def _parted(steps: Sequence[WorkflowStep]) -> tuple[range, ...]:
    """As few parts as have no more lanes than stand side by side, about alike in lanes and steps."""
    count = len(steps)
    best: list[tuple[int, int, tuple[range, ...]]] = [(0, 0, ())]  # of the steps before each: parts, unlikeness
    for end in range(1, count + 1):
        known: set[str] = set()
        found = []
        for first in range(end - 1, -1, -1):
            known.add(fold(steps[first].actor))
            if len(known) > LANES:
                break
            parts, unlike, before = best[first]
            found.append((parts + 1, unlike + len(known) ** 2 + (end - first) ** 2, (*before, range(first, end))))
        best.append(min(found, key=lambda one: one[:2]))
    return best[count][2]


def _against(tried: Sequence[Mapping[float, tuple[Drawing, ...]]], size: float, height: float) -> float:
    """What is to be said against showing processes in this size: against their pictures, more where one must take
    another size, and the pages they take one behind the other.
    """
    shown = [each[size] if size in each else min(each.values(), key=_faults) for each in tried]
    others = sum(size not in each for each in tried)
    pages, left = 0, 0.0
    for picture in (one for each in shown for one in each):
        high = picture.height * picture.unit + _CAPTION
        if high > left:
            pages, left = pages + 1, height + _CAPTION
        left -= high
    return sum(map(_faults, shown)) + _OTHER_SIZE * others + _MORE_PAGES * pages


def _tried(
    steps: Sequence[WorkflowStep],
    share: range,
    width: float,
    height: float,
    measure: Measure,
    largest: float,
    *,
    all_sizes: bool = True,
) -> Mapping[float, tuple[Drawing, ...]]:
    """The pictures of a share of the steps by the size of their letters, up to the largest: in each size that is
    possible, or the first.
    """
    measure = lru_cache(maxsize=None)(measure)
    lanes = len(_actors(steps[share.start : share.stop]))
    sizes = [size for size in SIZES if size <= largest and _room_of_a_lane(lanes, width, size) >= ROOMY]
    tried: dict[float, tuple[Drawing, ...]] = {}
    for size in sizes or [SIZES[-1]]:
        lines = _page(steps, share, share, width, size, measure, arrows=False)
        whole = _page(steps, share, share, width, size, measure) if _fits(lines, height) else lines
        if _fits(whole, height):
            tried[size] = (whole,)
        elif size <= _LARGEST_SPLIT:
            tried[size] = _split(steps, share, lines, width, height, size, measure)
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


def _room_of_a_lane(lanes: int, width: float, size: float) -> float:
    """About what is left for each lane between its gutters, in em."""
    return (width / (size * CM_PER_POINT) - 3.0) / lanes - 1.2


def _split(
    steps: Sequence[WorkflowStep],
    share: range,
    whole: Drawing,
    width: float,
    height: float,
    size: float,
    measure: Measure,
) -> tuple[Drawing, ...]:
    """As few pictures as hold the steps: full ones, so that something else finds room below the last; about equally
    high ones where that would hold few steps.
    """

    def made(part: range) -> Drawing:
        return _page(steps, part, share, width, size, measure)

    full: list[Drawing] = []
    boxes = [box for box in whole.boxes if box.kind != "link"]
    first = share.start
    while first < share.stop:
        high = sum(_span(boxes, whole, first - share.start, at) <= height for at in range(len(share)))
        last = max(first + 1, share.start + high)
        page = made(range(first, last))
        while not _fits(page, height) and last > first + 1:
            last -= 1
            page = made(range(first, last))
        full.append(page)
        first = last
    if len(full[-1].steps) >= _FEW:
        return tuple(full)
    even = [made(range(share.start + part.start, share.start + part.stop)) for part in _parts(boxes, len(full))]
    return tuple(even if all(_fits(page, height) for page in even) else full)


def _span(boxes: Sequence[Box], whole: Drawing, first: int, last: int) -> float:
    """The height in cm from one step to another, with the lane names above."""
    return (boxes[last].bottom - boxes[first].top + whole.header) * whole.unit


def _parts(boxes: Sequence[Box], count: int) -> Iterator[range]:
    """The steps in so many parts, about equally high."""
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
    steps: Sequence[WorkflowStep],
    part: range,
    share: range,
    width: float,
    size: float,
    measure: Measure,
    *,
    arrows: bool = True,
) -> Drawing:
    """A picture of some of the steps, with the lanes of its share of the process, in the order of all of them; without
    arrows it is made fast, and is no higher than with them.
    """
    unit = size * CM_PER_POINT
    acting = _actors(steps[share.start : share.stop])
    actors = {key: name for key, name in _actors(steps).items() if key in acting}
    rows = _rows(steps, part, {actor: at for at, actor in enumerate(actors)})
    if not arrows:
        rows = tuple(replace(row, next=()) for row in rows)
    made = Page(rows, tuple(actors.values()), width / unit, measure).drawing()
    shown = tuple(steps[at] for at in part)
    return replace(made, size=size, steps=shown, cut=tuple(dict.fromkeys(made.cut)))


def _rows(steps: Sequence[WorkflowStep], part: range, lanes: Mapping[str, int]) -> tuple[Row, ...]:
    """The steps of a picture, after links from and before links to the steps of others; a link to whom the picture does
    not show stands in the lane of whoever goes there.
    """
    of = {fold(step.number): at for at, step in reversed(list(enumerate(steps)))}
    edges = [(at, word, of[fold(to)]) for at, step in enumerate(steps) for word, to in step.next if fold(to) in of]
    entering = _distinct(end for start, _, end in edges if start not in part and end in part)
    leaving = _distinct(end for start, _, end in edges if start in part and end not in part)
    place = {at: len(entering) + at - part.start for at in part}
    place |= {at: len(entering) + len(part) + order for order, at in enumerate(leaving)}
    lane = {at: lanes[key] for at, step in enumerate(steps) if (key := fold(step.actor)) in lanes}
    lane |= {end: lane[at] for at, _, end in reversed(edges) if at in part and end not in lane}
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
