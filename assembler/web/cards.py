"""Cards of the cases somebody sees: those that are known are told at once, others as far as there is time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.http import Http404

from assembler.actions.desk.card import CaseCard, card_of, holds, mark_of, reader_of
from assembler.actions.desk.overview import overview
from assembler.actions.desk.rights import sees_all
from assembler.base.messages import language
from assembler.base.problems import AssemblerError, Problem
from assembler.web import comments
from assembler.web.desks import case_of
from assembler.web.models import KnownCard, User
from assembler.web.site import this_site


@dataclass(frozen=True)
class Work:
    """A case on the list: how it stands, or why it cannot be read; neither where that is still to be found out."""

    name: str
    standing: CaseCard | None
    problems: tuple[Problem, ...] = ()
    comments: int = 0
    is_read: bool = True

    @property
    def title(self) -> str:
        return self.standing.title if self.standing else self.name


def cards(user: User, cases: Mapping[str, Path], seconds: float) -> Iterator[Work]:
    """The cases of which somebody sees anything; those that changed last are read first, as long as there is time."""
    marks = {name: mark_of(path, this_site().settings) for name, path in cases.items()}
    known = dict(_known(user, marks))
    waiting = comments.counted(user, cases)
    until = monotonic() + seconds
    for name in sorted(cases, key=lambda each: -cases[each].stat().st_mtime):
        if name in known:
            card = known[name]
            found = Work(name, card, (), waiting.get(name, 0)) if card else None
        elif monotonic() < until:
            found = read(user, name, marks[name])
        else:
            found = Work(name, None, is_read=False)
        if found:
            yield found


def _known(user: User, marks: Mapping[str, str]) -> Iterator[tuple[str, CaseCard | None]]:
    """Those that stand as they stood, by name."""
    found = KnownCard.objects.filter(reader=reader_of(user.person), language=language())
    for name, mark, told in found.values_list("case", "mark", "told"):
        if marks.get(name) == mark:
            card = CaseCard.from_json(told) if told else None
            if card is None or holds(card):
                yield name, card


def read(user: User, name: str, mark: str) -> Work | None:
    """A case as it is; None where he sees nothing of it. Why one cannot be read is for who sees it whole."""
    try:
        desk = case_of(user, name)
        card: CaseCard | None = card_of(overview(desk, user.person))
        count = comments.waiting(user, desk)
    except Http404:
        card, count = None, 0
    except AssemblerError as error:
        return Work(name, None, error.problems if sees_all(user.person) else ())
    told = card.as_json() if card else None
    reader = {"reader": reader_of(user.person), "language": language()}
    KnownCard.objects.update_or_create(case=name, **reader, defaults={"mark": mark, "told": told})
    return Work(name, card, (), count) if card else None
