"""Comments that wait for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.http import Http404

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.rights import sees_all
from assembler.base.problems import AssemblerError
from assembler.web.desks import case_of
from assembler.web.models import Comment, User


def waiting(user: User, desk: Desk) -> int:
    """How many comments somebody sees of a case are not settled and meant for him, or for all."""
    asked = _meant(user).filter(case=desk.folder.name).values_list("form", "item")
    with desk.looking(user.person) as (_, rights):
        return sum(rights.tells(form, item) for form, item in asked)


def counted(user: User, cases: Iterable[str]) -> Mapping[str, int]:
    """The same of many cases; only those are opened of which he sees a part, and that have any."""
    found = _meant(user).values_list("case", flat=True).order_by()
    names = [name for name in found if name in set(cases)]
    if sees_all(user.person):
        return {name: names.count(name) for name in set(names)}
    return {name: _waiting_at(user, name) for name in set(names)}


def _waiting_at(user: User, name: str) -> int:
    try:
        return waiting(user, case_of(user, name))
    except (Http404, AssemblerError):  # it is told at the case itself
        return 0


def _meant(user: User) -> QuerySet[Comment]:
    mine = Comment.objects.filter(Q(to=user) | Q(to=None), settled_by=None, answers=None)
    return mine.exclude(who=user)
