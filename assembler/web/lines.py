"""Lines to the database, of which a process has few: whoever waits or has ended holds none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

_Told = ParamSpec("_Told")
_Given = TypeVar("_Given")


def given_back(work: Callable[_Told, _Given]) -> Callable[_Told, _Given]:
    """Work of an answer that goes on for hours, between which others may have its line. SQLite has no lines."""

    @wraps(work)
    def done(*told: _Told.args, **named: _Told.kwargs) -> _Given:
        try:
            return work(*told, **named)
        finally:
            if connection.vendor == "postgresql":
                connection.close()

    return done


def hang_up() -> None:
    """Gives up all lines of this process; the next question takes a new one."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
