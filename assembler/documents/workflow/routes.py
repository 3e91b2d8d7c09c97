"""Which way the arrows of a workflow go: sides of boxes, lanes and the gutters between them, without any measure.

Every row holds one box, so a line along a row meets no other box; lines up and down keep to the gutters beside the
lanes, or to the middle of a lane where no box stands in the way. Lanes and gutters are counted from the right: gutter
0 is right of lane 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Side = Literal["right", "left", "top", "bottom"]

_BEND, _ACROSS, _CROSSING, _CROWD = 1.0, 0.5, 1.2, 0.4  # what a route costs by bends, way, crossings, neighbours
_MIXED_PORT, _SECOND_PORT = 2.5, 6.0  # … by another arrow of the other, or of the same direction on its side
_BARRED = 1000.0


@dataclass(frozen=True)
class Edge:
    """An arrow wanted from one row to another, with the word at its beginning."""

    start: int
    end: int
    word: str = ""


@dataclass(frozen=True)
class Route:
    """The way of an arrow; without a ``gutter`` it goes down the middle of the lane it ends in."""

    edge: Edge
    leave: Side
    enter: Side
    gutter: int | None = None

    def segments(self, lanes: Sequence[int]) -> tuple[tuple[float, float], ...]:
        """The corners on a grid: lane ``l`` at 2l+1, gutter ``g`` at 2g; rows at whole numbers, channels between."""
        start, end = self.edge.start, self.edge.end
        out, back = 2.0 * lanes[start] + 1, 2.0 * lanes[end] + 1
        line = start + 0.5 if self.leave == "bottom" else float(start)
        turn = back if self.gutter is None else 2.0 * self.gutter
        corners = [(out, float(start)), (out, line), (turn, line), (turn, float(end)), (back, float(end))]
        return tuple(corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1])


_Taken = tuple[Route, tuple[tuple[float, float], ...]]  # a route already chosen, with its corners


@lru_cache(maxsize=256)  # the same for every size of letters
def find_routes(lanes: tuple[int, ...], edges: tuple[Edge, ...]) -> tuple[Route, ...]:
    """A route for every edge, in their order; the short and straight ones choose first."""
    count = max(lanes, default=0) + 1
    found: dict[int, Route] = {}
    taken: list[_Taken] = []
    for at in sorted(range(len(edges)), key=lambda at: _rank(lanes, edges[at], at)):
        found[at] = min(_candidates(lanes, count, edges[at]), key=lambda way: _cost(lanes, way, taken))
        taken.append((found[at], found[at].segments(lanes)))
    return tuple(found[at] for at in range(len(edges)))


def _rank(lanes: Sequence[int], edge: Edge, at: int) -> tuple[bool, bool, int, int]:
    straight = lanes[edge.start] == lanes[edge.end] and edge.end > edge.start and _clear(lanes, edge)
    return not straight, edge.end <= edge.start, abs(edge.end - edge.start), at


def _clear(lanes: Sequence[int], edge: Edge) -> bool:
    """Whether no box stands between the two rows in the lane where the edge ends."""
    return lanes[edge.end] not in lanes[edge.start + 1 : edge.end]


def _candidates(lanes: Sequence[int], count: int, edge: Edge) -> Iterator[Route]:
    start, end = lanes[edge.start], lanes[edge.end]
    if edge.end > edge.start and _clear(lanes, edge):
        yield Route(edge, "bottom", "top")
        if start != end:
            yield Route(edge, "left" if end > start else "right", "top")
    for gutter in range(count + 1):
        enter = _side(end, gutter)
        yield Route(edge, _side(start, gutter), enter, gutter)
        yield Route(edge, "bottom", enter, gutter)


def _side(lane: int, gutter: int) -> Side:
    return "right" if gutter <= lane else "left"


def _cost(lanes: Sequence[int], way: Route, taken: Sequence[_Taken]) -> float:
    corners = way.segments(lanes)
    across = sum(abs(one[0] - other[0]) for one, other in pairwise(corners))
    crossings = sum(_crossings(corners, line) for other, line in taken if other.edge.end != way.edge.end)
    crowd = sum(way.gutter is not None and other.gutter == way.gutter for other, _ in taken)
    cost = _BEND * (len(corners) - 2) + _ACROSS * across + _CROSSING * crossings + _CROWD * crowd
    return cost + sum(_port_cost(way, other) for other, _ in taken)


def _port_cost(way: Route, other: Route) -> float:
    """What it costs that another arrow touches the same side of the same box."""
    cost = 0.0
    if (other.edge.start, other.leave) == (way.edge.start, way.leave):
        cost += _BARRED if way.leave == "bottom" else _SECOND_PORT
    if (other.edge.end, other.enter) == (way.edge.start, way.leave):
        cost += _MIXED_PORT
    if (other.edge.start, other.leave) == (way.edge.end, way.enter):
        cost += _MIXED_PORT
    return cost


def _crossings(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> int:
    return sum(_cross(a, b, c, d) or _cross(c, d, a, b) for a, b in pairwise(one) for c, d in pairwise(other))


def _cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    """Whether the level line from a to b crosses the upright one from c to d."""
    if a[1] != b[1] or c[0] != d[0]:
        return False
    return min(a[0], b[0]) < c[0] < max(a[0], b[0]) and min(c[1], d[1]) < a[1] < max(c[1], d[1])


def tracks(routes: Sequence[Route]) -> dict[int, dict[int, int]]:
    """For every gutter the track of each route in it, by the route's place; those to the same box share one."""
    found: dict[int, dict[int, int]] = {}
    for at in sorted(range(len(routes)), key=lambda at: abs(routes[at].edge.end - routes[at].edge.start)):
        gutter = routes[at].gutter
        if gutter is not None:
            held = found.setdefault(gutter, {})
            clashing = {held[other] for other in held if _clash(routes[at], routes[other])}
            held[at] = next(track for track in range(len(routes)) if track not in clashing)
    return found


def _clash(one: Route, other: Route) -> bool:
    (a, b), (c, d) = _span(one), _span(other)
    return one.edge.end != other.edge.end and a <= d and c <= b


def _span(route: Route) -> tuple[float, float]:
    start = route.edge.start + (0.5 if route.leave == "bottom" else 0.0)
    return min(start, route.edge.end), max(start, route.edge.end)
