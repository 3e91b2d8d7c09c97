"""Which pages are shown to those who have not signed in, or have not chosen a password yet: only those that say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required

_View = TypeVar("_View", bound=Callable[..., object])


def open_to_all(view: _View) -> _View:
    """Marks a view that needs no one signed in."""
    marked: _View = login_not_required(view)
    return marked


def open_before_choosing(view: _View) -> _View:
    """Marks a view for those too who have still to choose a password of their own."""
    view.__dict__[_BEFORE] = True
    return view


_BEFORE = "is_open_before_choosing"


def is_open_before_choosing(view: object) -> bool:
    return getattr(view, _BEFORE, False)
