"""The lock of a case belongs to the action that changes it, so that no face can forget it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from assembler.records.lock import case_lock

_Rest = ParamSpec("_Rest")
_Result = TypeVar("_Result")
_Action = Callable[Concatenate[Path, _Rest], _Result]


def locked(doing: str, *, brief: bool = False) -> Callable[[_Action[_Rest, _Result]], _Action[_Rest, _Result]]:
    """Holds the case in the folder an action is given first, for as long as it runs; ``doing`` tells others what it is,
    and that of a ``brief`` one they wait for its end.

    The action then also raises AssemblerError ``case-locked`` and ``output-unwritable``, as ``case_lock`` does.
    """

    def decorate(action: _Action[_Rest, _Result]) -> _Action[_Rest, _Result]:
        @wraps(action)
        def held(folder: Path, /, *rest: _Rest.args, **words: _Rest.kwargs) -> _Result:
            with case_lock(folder, doing, brief=brief):
                return action(folder, *rest, **words)

        return held

    return decorate
