"""What happened since, told to open pages: each process looks at the database and at the folders while anybody listens.

Answers themselves are not sent: a page that hears of a change asks for what it may see of it.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from time import monotonic

from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assembler.actions.desk.rights import Rights
from assembler.base.problems import AssemblerError
from assembler.web import presence
from assembler.web.answers import refusal
from assembler.web.desks import case_of, desk_of, folder_of
from assembler.web.lines import given_back
from assembler.web.models import Entry, User

_PAUSE = 0.35  # seconds between two looks
_BEAT = 15.0  # seconds after which something is sent whatever happens, so that a dead line is noticed
_MOST, _MOST_OF_ONE = 200, 20  # listeners of one process, those of one person
_DIGITS = 19  # fewer than these a number of an entry has
_MOST_ENTRIES = 100  # told at once
_told: dict[str, int] = {}  # by case, a number that grows with each act of this process


@dataclass
class _Seen:
    """What a listener was told last; with ``session`` and ``epoch`` he came in."""

    entry: int
    version: str
    session: str
    epoch: int
    people: list[dict[str, str]] = field(default_factory=list)


_listening: Counter[int] = Counter()  # by person


def tell(case: str) -> None:
    """Lets the listeners of this process look at once."""
    _told[case] = _told.get(case, 0) + 1


def newest(case: str) -> int:
    """The newest entry of a case."""
    return Entry.objects.filter(case=case).aggregate(last=Max("id"))["last"] or 0


@require_safe
async def listen(request: HttpRequest, case: str) -> HttpResponseBase:
    """Events of a case for as long as a page is open: entries by others, files changed beside us, who is here."""
    user = await request.auser()
    form = request.GET.get("form", "")
    last = request.headers.get("Last-Event-ID") or request.GET.get("last", "")
    try:
        seen = await sync_to_async(_begun)(request, user, case, form, last)
    except AssemblerError as error:
        return refusal(error.problems)
    answer = StreamingHttpResponse(_stream(request, user, case, form, seen), content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    return answer


def _begun(request: HttpRequest, user: User, case: str, form: str, last: str) -> _Seen:
    """What somebody who sees the case, and the form he names, has seen of it."""
    with case_of(user, case).looking(user.person) as (opened, rights):
        if form and form not in rights.forms:
            raise Http404
        top = newest(case)
        entry = int(last) if last.isdecimal() and len(last) < _DIGITS else 0
        return _Seen(min(entry or top, top), opened.version, request.session.session_key or "", user.epoch)


async def _stream(request: HttpRequest, user: User, case: str, form: str, seen: _Seen) -> AsyncIterator[str]:
    if _listening.total() >= _MOST or _listening[user.pk] >= _MOST_OF_ONE:
        yield "retry: 10000\n\n"
        return
    _listening[user.pk] += 1
    try:
        yield "retry: 2000\n\n"
        beat, noted = monotonic(), -1
        while True:
            for name, told in await sync_to_async(given_back(_news))(user.pk, case, form, seen):
                beat = monotonic()
                if name == "closed":
                    return
                yield f"event: {name}\nid: {seen.entry}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
                if name == "end":
                    return
            if monotonic() - beat > _BEAT:
                beat = monotonic()
                yield ": \n\n"
            noted = await _next(case, noted)
    finally:
        _listening[user.pk] -= 1
        await sync_to_async(given_back(presence.left))(user, case, form)


async def _next(case: str, noted: int) -> int:
    """Waits until something was done here, or for a while."""
    until = monotonic() + _PAUSE
    while monotonic() < until and _told.get(case, 0) == noted:
        await asyncio.sleep(0.05)
    return _told.get(case, 0)


def _news(pk: int, case: str, form: str, seen: _Seen) -> list[tuple[str, object]]:
    """What is told next: «end» when he sees the case no more, «closed» when his session ended, which says no more."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    try:
        if user is None:
            return [("end", {})]
        if user.epoch != seen.epoch or not _is_open(seen.session):
            return [("closed", {})]
        with desk_of(folder_of(user, case)).looking(user.person) as (opened, rights):
            version = opened.version
        if not rights.forms:
            return [("end", {})]
    except Http404:
        return [("end", {})]
    except AssemblerError:
        return []  # a file is broken just now: whoever mends it changes the version
    return _since(user, case, form, seen, version, rights)


def _is_open(session: str) -> bool:
    return Session.objects.filter(session_key=session, expire_date__gt=timezone.now()).exists()


def _since(user: User, case: str, form: str, seen: _Seen, version: str, rights: Rights) -> list[tuple[str, object]]:
    news: list[tuple[str, object]] = []
    top = newest(case)
    found = Entry.objects.filter(case=case, id__gt=seen.entry, id__lte=top).order_by("id")[:_MOST_ENTRIES]
    entries = [each for each in found if rights.tells(each.form, each.item)]
    if entries or version != seen.version:
        places = [_place(each) for each in entries]
        news.append(("changed", {"version": version, "entries": places}))
    seen.entry, seen.version = max(top, seen.entry), version
    here = presence.here(user, case, form, rights.forms)
    if here != seen.people:
        seen.people = here
        news.append(("people", here))
    return news


def _place(entry: Entry) -> dict[str, str]:
    names = ("who", "shown", "form", "item", "row", "column", "kind")
    return {name: getattr(entry, name) for name in names}
