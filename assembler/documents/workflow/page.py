"""The making of one picture of a workflow: from the widths of its lanes to the corners of its arrows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assembler.base.tongue import printed_words
from assembler.documents.workflow.routes import Edge, Route, Side, find_routes, tracks
from assembler.documents.workflow.shapes import (
    FOOT_SCALE,
    ICON,
    PITCH,
    WAVE,
    Arrow,
    Box,
    Drawing,
    Label,
    Lane,
    Measure,
    Point,
)
from assembler.documents.workflow.wrapping import wrap

ROOMY = 5.5  # em a lane is wide at least, without its gutters
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
_NUMBERS = "گام"


@dataclass(frozen=True)
class Row:
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


class Page:
    """The making of one picture, step by step from the widths to the corners of the arrows."""

    def __init__(self, rows: Sequence[Row], names: Sequence[str], width: float, measure: Measure) -> None:
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
        head = Label((printed_words(_NUMBERS),), self.width - _MARGIN - self.column, (header - PITCH) / 2, self.column)
        arrows = tuple(self._arrows(boxes))
        height = bottom + 0.6
        return Drawing(
            self.width, height, 0.0, header, names, boxes, (head, *numbers), arrows, (), tuple(self.cut), self.broken
        )

    # ------------------------------------------------------------ across

    def _place_lanes(self) -> None:
        """The right edges of the lanes and the width that is left between their gutters."""
        widest = max((self.measure(row.number) for row in self.rows), default=0.0)
        self.column = min(max(widest, self.measure(printed_words(_NUMBERS))) + 0.8, 6.0)
        count = len(self.names)
        self.gutters = [self._gutter(at, outer=at in (0, count)) for at in range(count + 1)]
        taken = 2 * _MARGIN + self.column + sum(self.gutters)
        self.width = max(self.width, taken + count * ROOMY)  # many lanes make a wider picture, shown smaller
        self.inner = self._shares(self.width - taken)
        edge = self.width - _MARGIN - self.column
        self.rights = []  # of the inner parts of the lanes
        for gutter, inner in zip(self.gutters, self.inner, strict=False):
            edge -= gutter
            self.rights.append(edge)
            edge -= inner

    def _shares(self, room: float) -> list[float]:
        """The room in shares for the lanes: what their widest words need, and more for those with long texts."""
        least = [max(ROOMY, self._least(lane)) for lane in range(len(self.names))]
        if sum(least) > room:
            free = room - len(least) * ROOMY
            part = free / (sum(least) - len(least) * ROOMY)
            least = [ROOMY + (own - ROOMY) * part for own in least]
        needs = [self._longest(lane) for lane in range(len(self.names))]
        mean = sum(needs) / len(needs)
        spare, whole = room - sum(least), 2 * sum(needs)
        return [own + spare * (need + mean) / whole for own, need in zip(least, needs, strict=True)]

    def _least(self, lane: int) -> float:
        """The width at which no word in the boxes of a lane is broken, were they beside their branch words."""
        own = [row for row in self.rows if row.lane == lane]
        return max((self._widest_word(row.text) + self._beside(row) + 1.7 for row in own), default=0.0)

    def _beside(self, row: Row) -> float:
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

    def _foot(self, row: Row, left: float, top: float, width: float) -> tuple[float, Label | None]:
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
