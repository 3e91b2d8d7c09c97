"""Where everything of a workflow stands: lanes, boxes, texts and arrows as numbers, before anything is drawn.

Lengths are in em, the size of the letters, from the upper left corner; ``unit`` tells how many cm an em is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assembler.base.persian import ZWNJ, fold, persian_digits
from assembler.documents.workflow.routes import Edge, Route, Side, find_routes, tracks
from assembler.model.packet import WorkflowStep

Measure = Callable[[str], float]  # the width of a line of text in em
Point = tuple[float, float]

CM_PER_POINT = 2.54 / 72
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # points
_READABLE = 9.0  # rather two pictures than smaller letters
_LARGEST_SPLIT = 10.0
_ROOMY = 5.5  # em a lane is wide at least, without its gutters
PITCH = 1.5  # from line to line
FOOT_SCALE = 0.88  # the letters of documents
WAVE = 0.3  # the height of the wavy foot of a document
ICON = 1.1  # room for the sign of a page before the name of a document
_ROUND = 1.3
_WIDEST, _WIDEST_DIAMOND = 22.0, 14.0
_PAD = 0.35
_TRACK = 0.85
_CHANNEL = 1.7
_HEAD_ROOM = 1.0  # above a box, for the head of an arrow
_MARGIN = 0.15
_MOST_LINES, _MOST_NAME_LINES, _MOST_FOOT_LINES, _MOST_WORD_LINES = 14, 4, 5, 6
_DIAMOND_LINES = 3
_DIAMOND_ROOM = 0.58  # of its width is for the text
_SHAPELY, _FLAT = 0.75, 0.36  # the most and the least of its width that its height may be
_SHORT_WORD = 1.4  # em such as «بلی» and «خیر» take
_LONG = 500  # letters in which broken words are counted
_SIDES: tuple[Side, Side] = ("right", "left")
_BLANK = "-"  # every font has it
_NUMBERS = "گام"


@dataclass(frozen=True)
class Label:
    """Lines of text in a field whose upper left corner is given; ``scale`` of the letters."""

    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    scale: float = 1.0

    @property
    def height(self) -> float:
        return len(self.lines) * PITCH * self.scale


@dataclass(frozen=True)
class Box:
    """A step: its body, and ``foot`` below it with the document. ``slant`` is how far its sides come to a point."""

    kind: str
    lane: int
    left: float
    top: float
    width: float
    body: float
    text: Label
    foot: float = 0.0
    document: Label | None = None
    slant: float = 0.0

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def centre(self) -> float:
        return self.left + self.width / 2

    @property
    def middle(self) -> float:
        return self.top + self.body / 2

    @property
    def bottom(self) -> float:
        return self.top + self.body + self.foot

    @property
    def radius(self) -> float:
        """Of the round corners of a start, an end or a link; 0 for others."""
        return min(self.body / 2, self.width / 2, _ROUND) if self.kind in ("start", "end", "link") else 0.0

    def edge(self, side: Side, line: float) -> float:
        """Where a level line meets the outline of the body on this side."""
        off, half = abs(line - self.middle), self.body / 2
        round_ = max(off - (half - self.radius), 0.0)
        inset = self.slant * off / half + self.radius - math.sqrt(max(self.radius**2 - round_**2, 0.0))
        return self.right - inset if side == "right" else self.left + inset


@dataclass(frozen=True)
class Arrow:
    """A line with its corners, from a box to another, with its word at the beginning."""

    start: int
    end: int
    points: tuple[Point, ...]
    word: Label | None = None


@dataclass(frozen=True)
class Lane:
    left: float
    width: float
    name: Label


@dataclass(frozen=True)
class Drawing:
    """A picture: ``size`` of its letters in points; ``steps`` are the numbers shown, ``cut`` those told in part."""

    width: float
    height: float
    size: float
    header: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    numbers: tuple[Label, ...]
    arrows: tuple[Arrow, ...]
    steps: tuple[WorkflowStep, ...]
    cut: tuple[str, ...] = ()
    broken: int = 0  # words too wide for their box

    @property
    def unit(self) -> float:
        """cm to the em."""
        return self.size * CM_PER_POINT


@dataclass(frozen=True)
class _Row:
    """What stands in a row: a step, or a link to a step of another picture."""

    kind: str
    lane: int
    text: str
    number: str = ""
    document: str = ""
    next: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class _Port:
    """Where arrows touch the side of a box: one that leaves, or all that enter, by the places of their routes."""

    entering: bool
    routes: tuple[int, ...]


# ---------------------------------------------------------------- pictures


def lay_out(steps: Sequence[WorkflowStep], width: float, height: float, measure: Measure) -> tuple[Drawing, ...]:
    """The pictures of a process, each at most ``width`` and ``height`` in cm.

    One picture where its letters stay readable; else several that part between steps. The size of the letters is the
    one that shows most texts whole, breaks few words, needs few pictures and is large.
    A single step higher than ``height`` stays so. Without steps there is no picture.
    """
    if not steps:
        return ()
    measure = lru_cache(maxsize=None)(measure)
    sizes = [size for size in SIZES if _room_of_a_lane(steps, width, size) >= _ROOMY] or [SIZES[-1]]
    tried: list[tuple[Drawing, ...]] = []
    for size in sizes:
        lines = _page(steps, range(len(steps)), width, size, measure, arrows=False)
        whole = _page(steps, range(len(steps)), width, size, measure) if _fits(lines, height) else lines
        if _fits(whole, height):
            tried.append((whole,))
        elif size <= _LARGEST_SPLIT:
            tried.append(_split(steps, lines, width, height, size, measure))
    return min(tried, key=_faults)


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
    """As few pictures as hold the steps, about equally high where that can be."""

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
    made = _Page(rows, names, width / unit, measure).drawing()
    shown = tuple(steps[at] for at in part)
    return replace(made, size=size, steps=shown, cut=tuple(dict.fromkeys(made.cut)))


def _rows(steps: Sequence[WorkflowStep], part: range) -> tuple[_Row, ...]:
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
    came = [_Row("link", lane[at], _from(steps, sources[at]), next=(("", place[at]),)) for at in entering]
    gone = [_Row("link", lane[at], f"به گام {persian_digits(steps[at].number)}") for at in leaving]
    held = [_row(steps[at], lane[at], [(word, place[end]) for start, word, end in edges if start == at]) for at in part]
    return (*came, *held, *gone)


def _row(step: WorkflowStep, lane: int, ways: Sequence[tuple[str, int]]) -> _Row:
    text = step.action.strip() or _BLANK
    return _Row(step.kind, lane, text, persian_digits(step.number), step.document.strip(), tuple(ways))


def _from(steps: Sequence[WorkflowStep], sources: Sequence[int]) -> str:
    return "از گام " + " و ".join(persian_digits(steps[at].number) for at in sources)


def _distinct(places: Iterator[int]) -> list[int]:
    return sorted(set(places))


# ---------------------------------------------------------------- one picture


class _Page:
    """The making of one picture, step by step from the widths to the corners of the arrows."""

    def __init__(self, rows: Sequence[_Row], names: Sequence[str], width: float, measure: Measure) -> None:
        self.rows, self.names, self.width, self.measure = rows, names, width, measure
        self.lanes = [row.lane for row in rows]
        edges = [Edge(at, end, word) for at, row in enumerate(rows) for word, end in row.next]
        self.routes = find_routes(tuple(self.lanes), tuple(edges))
        self.tracks = tracks(self.routes)
        self.cut: list[str] = []
        self.broken = 0
        self._place_lanes()
        self.words = [self._word(route) for route in self.routes]
        self.diamonds = True
        self.diamonds = all(self._is_diamond(at) for at, row in enumerate(rows) if row.kind == "decision")

    def drawing(self) -> Drawing:
        header, names = self._header()
        boxes, bottom = self._boxes(header + 1.0)
        numbers = tuple(self._number(row.number, box) for row, box in zip(self.rows, boxes, strict=True) if row.number)
        head = Label((_NUMBERS,), self.width - _MARGIN - self.column, (header - PITCH) / 2, self.column)
        arrows = tuple(self._arrows(boxes))
        height = bottom + 0.6
        return Drawing(
            self.width, height, 0.0, header, names, boxes, (head, *numbers), arrows, (), tuple(self.cut), self.broken
        )

    # ------------------------------------------------------------ across

    def _place_lanes(self) -> None:
        """The right edges of the lanes and the width that is left between their gutters."""
        widest = max((self.measure(row.number) for row in self.rows), default=0.0)
        self.column = min(max(widest, self.measure(_NUMBERS)) + 0.8, 6.0)
        count = len(self.names)
        self.gutters = [self._gutter(at, outer=at in (0, count)) for at in range(count + 1)]
        taken = 2 * _MARGIN + self.column + sum(self.gutters)
        self.width = max(self.width, taken + count * _ROOMY)  # many lanes make a wider picture, shown smaller
        self.inner = self._shares(self.width - taken)
        edge = self.width - _MARGIN - self.column
        self.rights = []  # of the inner parts of the lanes
        for gutter, inner in zip(self.gutters, self.inner, strict=False):
            edge -= gutter
            self.rights.append(edge)
            edge -= inner

    def _shares(self, room: float) -> list[float]:
        """The room in shares for the lanes: what their widest words need, and more for those with long texts."""
        least = [max(_ROOMY, self._least(lane)) for lane in range(len(self.names))]
        if sum(least) > room:
            free = room - len(least) * _ROOMY
            part = free / (sum(least) - len(least) * _ROOMY)
            least = [_ROOMY + (own - _ROOMY) * part for own in least]
        needs = [self._longest(lane) for lane in range(len(self.names))]
        mean = sum(needs) / len(needs)
        spare, whole = room - sum(least), 2 * sum(needs)
        return [own + spare * (need + mean) / whole for own, need in zip(least, needs, strict=True)]

    def _least(self, lane: int) -> float:
        """The width at which no word in the boxes of a lane is broken, were they beside their branch words."""
        own = [row for row in self.rows if row.lane == lane]
        return max((self._widest_word(row.text) + self._beside(row) + 1.7 for row in own), default=0.0)

    def _beside(self, row: _Row) -> float:
        words = max((self._widest_word(word) * FOOT_SCALE for word, _ in row.next), default=0.0)
        return (1.8 if row.kind == "decision" else 0.0) + (2 * words + 0.9 if words else 0.0)

    def _longest(self, lane: int) -> float:
        """What the longest text of a lane asks for: four times the length needs twice the width."""
        longest = max((self.measure(row.text[:_LONG]) for row in self.rows if row.lane == lane), default=0.0)
        return min(math.sqrt(longest), 8.0) + 1.0

    def _widest_word(self, text: str) -> float:
        return max((self.measure(word) for word in text[:_LONG].split()), default=0.0)

    def _gutter(self, at: int, *, outer: bool) -> float:
        used = max(self.tracks.get(at, {}).values(), default=-1) + 1
        if outer:
            return 0.4 + used * _TRACK
        return 2 * math.ceil(used / 2) * _TRACK if used else 0.5

    def _track(self, at: int) -> float:
        """Where the upright part of a route stands that goes through a gutter."""
        gutter = self.routes[at].gutter
        assert gutter is not None
        track = self.tracks[gutter][at]
        if gutter == 0:
            return self.rights[0] + (track + 0.5) * _TRACK
        left = self.rights[gutter - 1] - self.inner[gutter - 1]
        if gutter == len(self.names):
            return left - (track + 0.5) * _TRACK
        middle = left - self.gutters[gutter] / 2
        return middle + (track // 2 + 0.5) * _TRACK * (1 if track % 2 == 0 else -1)

    def _centre(self, lane: int) -> float:
        return self.rights[lane] - self.inner[lane] / 2

    def _header(self) -> tuple[float, tuple[Lane, ...]]:
        folded = [
            self._folded(name, inner - 0.2, _MOST_NAME_LINES)
            for name, inner in zip(self.names, self.inner, strict=True)
        ]
        height = max(len(lines) for lines in folded) * PITCH + 0.5
        lanes = []
        for at, lines in enumerate(folded):
            right = self.width - _MARGIN - self.column if at == 0 else self.rights[at] + self.gutters[at] / 2
            left = self.rights[at] - self.inner[at] - self.gutters[at + 1] / (1 if at + 1 == len(self.names) else 2)
            top = (height - len(lines) * PITCH) / 2
            name = Label(lines, self.rights[at] - self.inner[at], top, self.inner[at])
            lanes.append(Lane(left, right - left, name))
        return height, tuple(lanes)

    # ------------------------------------------------------------ words at branches

    def _word(self, route: Route) -> tuple[str, ...]:
        if not route.edge.word:
            return ()
        inner = self.inner[self.lanes[route.edge.start]]
        if route.leave == "bottom":
            room = inner / 2 - 0.6
        else:
            widest = self._widest_word(route.edge.word) * FOOT_SCALE + 0.05
            spare = (inner - max(inner * 0.5, 6.0)) / 2 - 0.45
            room = min(max(inner * 0.22, widest), max(spare, _SHORT_WORD))
        number = self.rows[route.edge.start].number
        return self._folded(route.edge.word, room / FOOT_SCALE, _MOST_WORD_LINES, number)

    def _label_width(self, lines: Sequence[str]) -> float:
        return max((self.measure(line) for line in lines), default=0.0) * FOOT_SCALE

    def _side_room(self, at: int) -> float:
        """What the words beside a box take from its width; as much on either side, so that it stays central."""
        aside = [route.edge.start == at and route.leave in _SIDES for route in self.routes]
        beside = [words for words, leaves in zip(self.words, aside, strict=True) if leaves]
        widest = max((self._label_width(lines) for lines in beside), default=0.0)
        return widest + 0.45 if widest else _PAD

    # ------------------------------------------------------------ boxes

    def _width_of(self, at: int) -> float:
        diamond = self.rows[at].kind == "decision" and self.diamonds
        return min(self.inner[self.lanes[at]] - 2 * self._side_room(at), _WIDEST_DIAMOND if diamond else _WIDEST)

    def _is_diamond(self, at: int) -> bool:
        """Whether a diamond around the text would be a shapely one; in narrow lanes a hexagon holds more."""
        width = self._width_of(at)
        lines, whole = wrap(self.rows[at].text, width * _DIAMOND_ROOM, self.measure, _DIAMOND_LINES)
        return whole and len(lines) * PITCH / (1 - _DIAMOND_ROOM) <= width * _SHAPELY

    def _boxes(self, top: float) -> tuple[tuple[Box, ...], float]:
        boxes: list[Box] = []
        for at in range(len(self.rows)):
            box = self._box(at, top)
            boxes.append(box)
            top = box.bottom + self._channel(at)
        return tuple(boxes), boxes[-1].bottom + self._drops(len(self.rows) - 1)

    def _box(self, at: int, top: float) -> Box:
        row, width = self.rows[at], self._width_of(at)
        if row.kind == "link":
            width = min(width, self.measure(row.text) + 1.6)
        left = self._centre(row.lane) - width / 2
        room, slant = self._text_room(row.kind, width)
        lines = self._folded(row.text, room, _MOST_LINES, row.number)
        high = len(lines) * PITCH
        body = max(self._body(row.kind, high, room, width), self._ports_height(at))
        text = Label(lines, left + (width - room) / 2, top + self._text_top(row.kind, body, high), room)
        foot, document = self._foot(row, left, top + body, width)
        return Box(row.kind, row.lane, left, top, width, body, text, foot, document, slant)

    def _text_room(self, kind: str, width: float) -> tuple[float, float]:
        """The width for the text, and how far the sides come to a point."""
        if kind == "decision" and self.diamonds:
            return width * _DIAMOND_ROOM, width / 2
        if kind == "decision":
            slant = min(1.3, width / 5)
            return width - 2 * slant, slant
        return width - (1.4 if kind in ("start", "end", "link") else 0.9), 0.0

    def _body(self, kind: str, high: float, room: float, width: float) -> float:
        if kind == "decision" and self.diamonds:
            return max(high / (1 - room / width), 3.4, width * _FLAT)
        if kind == "link":
            return high + 0.4
        return max(high + 0.6 + (2 * WAVE if kind == "document" else 0.0), 2.2)

    def _text_top(self, kind: str, body: float, high: float) -> float:
        return (body - (2 * WAVE if kind == "document" else 0.0) - high) / 2

    def _foot(self, row: _Row, left: float, top: float, width: float) -> tuple[float, Label | None]:
        if not row.document:
            return 0.0, None
        room = width - ICON - 0.6
        lines = self._folded(row.document, room / FOOT_SCALE, _MOST_FOOT_LINES, row.number)
        label = Label(lines, left + 0.2, top + 0.2, room, FOOT_SCALE)
        return label.height + 0.4, label

    def _folded(self, text: str, width: float, most: int, number: str = "") -> tuple[str, ...]:
        lines, whole = wrap(text, width, self.measure, most)
        self.broken += sum(self.measure(word) > width for word in text[:_LONG].split())
        if not whole and number:
            self.cut.append(number)
        return lines

    def _number(self, number: str, box: Box) -> Label:
        lines, _ = wrap(number, self.column - 0.2, self.measure, 2)
        top = box.middle - len(lines) * PITCH / 2
        return Label(lines, self.width - _MARGIN - self.column, top, self.column)

    def _channel(self, at: int) -> float:
        """The room below a row: for an arrow head, and for the word and the bend of an arrow that leaves downwards."""
        return max(_CHANNEL, self._drops(at) + _HEAD_ROOM)

    def _drops(self, at: int) -> float:
        return max(
            (self._drop(one) for one, route in enumerate(self.routes) if self._leaves(route, at, "bottom")), default=0.0
        )

    def _drop(self, at: int) -> float:
        """How far an arrow goes down from its box before it may turn."""
        return max(len(self.words[at]) * PITCH * FOOT_SCALE + 0.3, 0.7)

    # ------------------------------------------------------------ arrows

    def _ports(self, at: int, side: Side) -> list[_Port]:
        """Where arrows touch a side of a box, from top to bottom; all that enter share one place."""
        ports = [_Port(False, (one,)) for one, route in enumerate(self.routes) if self._leaves(route, at, side)]
        entering = tuple(one for one, route in enumerate(self.routes) if (route.edge.end, route.enter) == (at, side))
        ports += [_Port(True, entering)] if entering else []
        return sorted(ports, key=lambda port: self._port_rank(at, port))

    def _leaves(self, route: Route, at: int, side: Side) -> bool:
        return (route.edge.start, route.leave) == (at, side)

    def _port_rank(self, at: int, port: _Port) -> tuple[bool, float]:
        """Upward lines above, the nearer the higher; below them those downward, the nearer the lower."""
        route = self.routes[port.routes[0]]
        other = route.edge.start if port.entering else route.edge.end
        turn = self._track(port.routes[0]) if route.gutter is not None else self._centre(self.lanes[route.edge.end])
        far = abs(turn - self._centre(self.lanes[at]))
        down = other > at or (other == at and port.entering)
        return down, -far if down else far

    def _spacing(self, ports: Sequence[_Port]) -> float:
        return max([1.1, *(self._word_height(port.routes[0]) + 0.35 for port in ports if not port.entering)])

    def _word_height(self, at: int) -> float:
        return len(self.words[at]) * PITCH * FOOT_SCALE

    def _ports_height(self, at: int) -> float:
        """How high a box must be for the arrows at its sides and the words above them."""
        return max(self._side_height(self._ports(at, side)) for side in _SIDES)

    def _side_height(self, ports: Sequence[_Port]) -> float:
        word = max((self._word_height(port.routes[0]) for port in ports if not port.entering), default=0.0)
        return (len(ports) - 1) * self._spacing(ports) + 2 * max(word + 0.1, 0.6) if ports else 0.0

    def _touch(self, at: int, box: Box, place: int, side: Side, *, entering: bool) -> Point:
        """Where an arrow touches a box, which stands in row ``place``."""
        if side == "top":
            return box.centre, box.top
        if side == "bottom":
            return box.centre, box.bottom - (WAVE if box.kind == "document" and not box.foot else 0.0)
        ports = self._ports(place, side)
        order = next(order for order, port in enumerate(ports) if port.entering == entering and at in port.routes)
        line = box.middle + (order - (len(ports) - 1) / 2) * self._spacing(ports)
        return box.edge(side, line), line

    def _arrows(self, boxes: Sequence[Box]) -> Iterator[Arrow]:
        for at, route in enumerate(self.routes):
            first, last = route.edge.start, route.edge.end
            start = self._touch(at, boxes[first], first, route.leave, entering=False)
            end = self._touch(at, boxes[last], last, route.enter, entering=True)
            points = self._corners(at, boxes, start, end)
            yield Arrow(first, last, points, self._word_label(at, boxes[first], start))

    def _corners(self, at: int, boxes: Sequence[Box], start: Point, end: Point) -> tuple[Point, ...]:
        route = self.routes[at]
        turn = end[0] if route.gutter is None else self._track(at)
        line = start[1]
        if route.leave == "bottom":
            line = boxes[route.edge.start].bottom + self._drop(at)
        corners = [start, (start[0], line), (turn, line), (turn, end[1]), end]
        return _straightened(corners)

    def _word_label(self, at: int, box: Box, start: Point) -> Label | None:
        """The word of an arrow: beside its way down, or over its line and clear of the side of the box."""
        lines, side = self.words[at], self.routes[at].leave
        if not lines:
            return None
        width, high = self._label_width(lines), self._word_height(at)
        if side == "bottom":
            return Label(lines, start[0] + 0.3, box.bottom + 0.1, width, FOOT_SCALE)
        top = start[1] - high - 0.05
        edge = box.edge(side, min(max(box.middle, top), start[1]))
        left = edge + 0.2 if side == "right" else edge - 0.2 - width
        return Label(lines, left, top, width, FOOT_SCALE)


def _straightened(corners: Sequence[Point]) -> tuple[Point, ...]:
    """The corners without those that are none."""
    kept: list[Point] = []
    for corner in corners:
        if kept and _same(kept[-1], corner):
            continue
        if len(kept) > 1 and (_level(kept[-2], kept[-1], corner, 0) or _level(kept[-2], kept[-1], corner, 1)):
            kept.pop()
        kept.append(corner)
    return tuple(kept)


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 1e-6 and abs(one[1] - other[1]) < 1e-6


def _level(one: Point, middle: Point, other: Point, axis: int) -> bool:
    return abs(one[axis] - middle[axis]) < 1e-6 and abs(middle[axis] - other[axis]) < 1e-6


# ---------------------------------------------------------------- text


def wrap(text: str, width: float, measure: Measure, most: int) -> tuple[tuple[str, ...], bool]:
    """The text in at most ``most`` lines no wider than ``width``, and whether it is whole; «…» ends one that is not."""
    lines: list[str] = []
    for paragraph in text.replace("\t", " ").splitlines() or [""]:
        for line in _broken(paragraph, width, measure):
            if len(lines) == most:
                return (*lines[:-1], _shortened(lines[-1], width, measure)), False
            lines.append(line)
    return tuple(lines), True


def _broken(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _pieces(word, width, measure)
        yield from whole
    if line:
        yield line


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    """A word that may be too wide, cut where it hurts least: after a joiner or a sign, else anywhere."""
    while len(word) > 1 and measure(word[:200]) > width:
        fits = _prefix(word[:200], width, measure)
        soft = max((at for at in range(fits, 1, -1) if word[at - 1] in f"{ZWNJ}/-_."), default=0)
        cut = soft if soft > fits // 3 else fits
        yield word[:cut].rstrip(ZWNJ)
        word = word[cut:]
    yield word


def _prefix(word: str, width: float, measure: Measure) -> int:
    """How many letters fit, one at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(word[:middle]) <= width else (low, middle - 1)
    return low


def _shortened(line: str, width: float, measure: Measure) -> str:
    while line and measure(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
