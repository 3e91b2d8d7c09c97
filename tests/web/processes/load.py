"""Many people at one form at once, each with a line of his own: what they were told stands in a record, by which what
stands afterwards is judged.
"""

from __future__ import annotations

import http.client
import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import NamedTuple

import yaml

from tests.web.processes.clients import Client, cell, rows, typed
from tests.web.processes.serving import Served

Place = tuple[str, str, str]  # an item, the key of a row, a column
_COLUMNS = ("name", "address")


class Told(NamedTuple):
    """A value somebody was told is saved, over what he had seen."""

    at: Place
    base: str
    value: str
    who: str


@dataclass
class Record:
    """What a load gave: all that was confirmed, how often somebody was told that another came before, how long each
    change took, and what nobody knows of: the server went away before it answered.
    """

    confirmed: list[Told] = field(default_factory=list)
    conflicts: int = 0
    seconds: list[float] = field(default_factory=list)
    unknown: list[Told] = field(default_factory=list)

    def share(self, part: float) -> float:
        """The seconds within which this part of the changes was answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * part))]


def load(served: Served, people: Sequence[str], changes: int, seed: str = "1398") -> Record:
    """Each changes cells so many times, as fast as he is answered: those of a few rows, so that they meet. Whoever is
    told that another came before looks again and goes on. Somebody may be at several windows.
    """
    record = Record()
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(lambda window: _work(served.client(people[window]), window, changes, seed, record),
                      range(len(people))))  # fmt: skip
    return record


def load_until_gone(served: Served, people: Sequence[str], seed: str) -> tuple[Record, list[Thread]]:
    """The same, for as long as there is a server; the threads end when there is none."""
    record = Record()

    def work(window: int) -> None:
        with suppress(OSError, http.client.HTTPException):
            _work(served.client(people[window]), window, sys.maxsize, seed, record)

    threads = [Thread(target=work, args=(window,)) for window in range(len(people))]
    for thread in threads:
        thread.start()
    return record, threads


def _work(client: Client, window: int, changes: int, seed: str, record: Record) -> None:
    chance, page = random.Random(f"{seed} {window}"), client.page()
    for number in range(changes):
        page = _changed(client, page, chance, f"{seed}-{window}-{number}", record)


def _changed(
    client: Client, page: Mapping[str, object], chance: random.Random, value: str, record: Record
) -> Mapping[str, object]:
    row = chance.choice(["", *(each["key"] for each in rows(page))])
    at = ("services", row, chance.choice(_COLUMNS)) if row else ("title", "", "")
    told = Told(at, standing(page, at), value, client.name)
    begun = time.perf_counter()
    try:
        answer = client.write(at[0], value, told.base, at[1], at[2])
    except (OSError, http.client.HTTPException):
        record.unknown.append(told)
        raise
    record.seconds.append(time.perf_counter() - begun)
    if answer.status == 409:
        record.conflicts += 1
    else:
        assert answer.status == 200, answer.text
        record.confirmed.append(told)
    return client.page()


def standing(page: Mapping[str, object], at: Place) -> str:
    """What stands at a place of a page."""
    item, row, column = at
    return cell(next(each for each in rows(page, item) if each["key"] == row), column) if row else typed(page, item)


def lost(confirmed: Sequence[Told], now: Mapping[Place, str]) -> list[str]:
    """What is wrong of what was confirmed: a value that stands nowhere and that nobody replaced, or one that two
    replaced without seeing each other. Values are never the same twice.
    """
    over: defaultdict[tuple[Place, str], list[Told]] = defaultdict(list)
    for told in confirmed:
        over[told.at, told.base].append(told)
    gone = [f"{told} is gone" for told in confirmed if now.get(told.at) != told.value and not over[told.at, told.value]]
    return gone + [f"{base} of {at} was gone over by {found}" for (at, base), found in over.items() if len(found) > 1]


def stands(served: Served, client: Client, form: str = "visit") -> dict[Place, str]:
    """What is on disk at each place that is loaded, rows known by the keys a page gives them."""
    text = (served.place.case / "answers" / f"{form}.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    found: dict[Place, str] = {("title", "", ""): told.get("title") or ""}
    for row, said in zip(rows(client.page()), told.get("services") or [], strict=True):
        found |= {("services", row["key"], column): said.get(column) or "" for column in _COLUMNS}
    return found
