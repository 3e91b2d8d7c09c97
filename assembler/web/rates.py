"""How much one person may ask for at once: a measure that is used up and fills again as time goes by.

Each process measures for itself; somebody signed in is measured by himself, others by their address.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from math import ceil
from threading import Lock
from time import monotonic
from typing import Concatenate, Literal, ParamSpec, TypeAlias

from django.http import HttpRequest, HttpResponseBase

from assembler.base.messages import fill
from assembler.web.answers import in_short, signed_in, where

_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[HttpRequest, _Rest], HttpResponseBase]
Kind: TypeAlias = Literal["ways in", "acts", "files", "jobs", "people"]


@dataclass(frozen=True)
class Measure:
    """``most`` at once, then one in ``seconds``. All are far above what a person does."""

    most: int
    seconds: float


MEASURES: dict[Kind, Measure] = {
    "ways in": Measure(30, 2),
    "acts": Measure(600, 0.05),
    "files": Measure(60, 2),
    "jobs": Measure(20, 15),
    "people": Measure(60, 2),
}
_MOST_KNOWN = 10_000  # measures that are kept
_left: OrderedDict[tuple[Kind, str], tuple[float, float]] = OrderedDict()  # how much is left, and since when
_guard = Lock()


def waits(kind: Kind, whose: str, now: float) -> float:
    """Takes one of a measure; how many seconds somebody has to wait when it is used up, 0 when it is not."""
    measure = MEASURES[kind]
    with _guard:
        left, since = _left.pop((kind, whose), (float(measure.most), now))
        left = min(measure.most, left + (now - since) / measure.seconds)
        taken = left >= 1
        _left[kind, whose] = (left - taken, now)
        if len(_left) > _MOST_KNOWN:
            _left.popitem(last=False)
    return 0 if taken else (1 - left) * measure.seconds


def measured(kind: Kind) -> Callable[[_View[_Rest]], _View[_Rest]]:
    """Lets a page be asked for only so often; what is merely looked at is not measured."""

    def decorate(view: _View[_Rest]) -> _View[_Rest]:
        @wraps(view)
        def shown(request: HttpRequest, /, *rest: _Rest.args, **named: _Rest.kwargs) -> HttpResponseBase:
            user = signed_in(request)
            whose = f"person {user.pk}" if user else f"address {where(request)}"
            seconds = 0.0 if request.method in ("GET", "HEAD") else waits(kind, whose, monotonic())
            return _too_much(request, ceil(seconds)) if seconds else view(request, *rest, **named)

        shown.__dict__["measured"] = kind  # decorators around this one hand it on
        return shown

    return decorate


def _too_much(request: HttpRequest, seconds: int) -> HttpResponseBase:
    told = fill("Too much was asked for at once. Wait {seconds} seconds and try again.", seconds=seconds)
    answer = in_short(request, told, 429)
    answer["Retry-After"] = str(seconds)
    return answer
