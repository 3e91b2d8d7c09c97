"""Values read from JSON, held to the fields of their classes: a file another hand wrote may say anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

_PLAIN: Mapping[str, type] = {"str": str, "int": int}


def held(value: Any) -> Any:
    """The value of a data class, once its texts, whole numbers and tables of them are such; no table deeper is seen.

    Raises TypeError that names the first field that is something else.
    """
    for each in fields(value):
        if not _is(getattr(value, each.name), str(each.type)):
            raise TypeError(f"{each.name} is no {each.type}")
    return value


def _is(value: object, told: str) -> bool:
    if told in _PLAIN:
        return isinstance(value, _PLAIN[told]) and not isinstance(value, bool)
    if told.startswith("Mapping[str, ") and isinstance(value, Mapping):
        return all(isinstance(key, str) and _is(one, told[13:-1]) for key, one in value.items())
    return not told.startswith("Mapping[") or isinstance(value, Mapping)
