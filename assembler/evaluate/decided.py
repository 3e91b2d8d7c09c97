"""Items and rules of a form that are decided once somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from assembler.model.filled import FilledItem, FilledRule
from assembler.model.specs import Item


class DecidedItems(Mapping[str, FilledItem]):
    """The items of a form, each decided when it is asked for."""

    def __init__(self, specs: Mapping[str, Item], decide: Callable[[Item], FilledItem]) -> None:
        self._specs, self._decide = specs, decide
        self._filled: dict[str, FilledItem] = {}

    def __getitem__(self, name: str) -> FilledItem:
        if name not in self._filled:
            self._filled[name] = self._decide(self._specs[name])
        return self._filled[name]

    def __contains__(self, name: object) -> bool:
        return name in self._specs

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)


class DecidedRules(Sequence[FilledRule]):
    """The rules of a form, decided once one of them is asked for."""

    def __init__(self, decide: Callable[[], Iterable[FilledRule]]) -> None:
        self._decide = decide

    @cached_property
    def _decided(self) -> tuple[FilledRule, ...]:
        return tuple(self._decide())

    @overload
    def __getitem__(self, at: int) -> FilledRule: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[FilledRule]: ...
    def __getitem__(self, at: int | slice) -> FilledRule | Sequence[FilledRule]:
        return self._decided[at]

    def __len__(self) -> int:
        return len(self._decided)
