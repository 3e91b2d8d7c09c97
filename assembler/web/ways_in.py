"""Proving who somebody is by his password. Failed tries close a way in for a while, and only the way they came by.

A browser in which somebody once signed in is known for his name: its tries are counted apart. Whoever tries the names
of others shuts them out of no browser they work with; he only closes the ways of unknown browsers.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import BoundedSemaphore

from django.contrib.auth import authenticate
from django.core import signing
from django.utils import timezone

from assembler.base.messages import number, translate
from assembler.web.models import Attempt, User
from assembler.web.people import sign_in_name

_TRIES, _TRIES_FROM = 5, 30  # of a name, from an address
_CLOSED = timedelta(minutes=15)
_KEPT = timedelta(days=2)
_MOST_NAMES = 12  # for which one browser is known
_LONGEST = 64  # of a name
_SALT = "browser"
_proving = BoundedSemaphore(2)  # each takes 100 MB of memory for a moment, on purpose
_PATIENCE = 20  # seconds


@dataclass(frozen=True)
class NotLetIn:
    """Why somebody is not let in, in words; whether his password was ``tried``, or the way was closed."""

    told: str
    tried: bool = False


def proved(name: str, password: str, where: str, browser: str = "") -> User | NotLetIn:
    """Who comes with a name and its password, else why he is not let in. A name that is not there, one that
    is barred and a wrong password are answered alike, after the same work.
    """
    known = sign_in_name(name)[:_LONGEST]
    return _proved(known, password, where, _known_for(browser, known))


def proved_again(user: User, password: str) -> User | NotLetIn:
    """As ``proved``, of somebody who is signed in: his tries are counted for themselves."""
    return _proved(user.username, password, "", f"person {user.pk}")


def _proved(known: str, password: str, where: str, browser: str) -> User | NotLetIn:
    made = Attempt.objects.create(name=known, where=where or None, browser=browser)
    if _is_closed(made):
        made.delete()
        return NotLetIn(_told_closed())
    with _turn() as has_turn:
        user = authenticate(username=known, password=password) if has_turn else None
    if not has_turn:
        made.delete()
        return NotLetIn(translate("Many are signing in just now. Try again in a minute."))
    if not isinstance(user, User):
        Attempt.objects.filter(at__lt=timezone.now() - _KEPT).delete()
        return NotLetIn(translate("The name or the password is wrong."), tried=True)
    Attempt.objects.filter(name=known, browser=made.browser).delete()
    return user


def _is_closed(made: Attempt) -> bool:
    """Whether too many tries went before. A try is written down before it is proved: of those made side by side no more
    than these pass.
    """
    before = Attempt.objects.filter(at__gt=timezone.now() - _CLOSED, pk__lt=made.pk, browser=made.browser)
    if before.filter(name=made.name).count() >= _TRIES:
        return True
    return not made.browser and made.where is not None and before.filter(where=made.where).count() >= _TRIES_FROM


def _told_closed() -> str:
    minutes = number(int(_CLOSED.total_seconds() // 60))
    told = translate("Too many failed tries. Try again in {minutes} minutes, or ask the administrator.")
    return told.format(minutes=minutes)


@contextmanager
def _turn() -> Iterator[bool]:
    """A few are proved at a time: whoever sends a thousand passwords takes no more memory than two. Gives whether one's
    turn came.
    """
    has_turn = _proving.acquire(timeout=_PATIENCE)
    try:
        yield has_turn
    finally:
        if has_turn:
            _proving.release()


def opened_again(name: str) -> None:
    """Forgets the failed tries of a name."""
    Attempt.objects.filter(name=sign_in_name(name)).delete()


# ---------------------------------------------------------------- browsers


def known_browser(told: str, name: str) -> str:
    """What a browser keeps so that it is known for a name too, and for those it was known for before."""
    key, names = _read(told)
    kept = [name, *(each for each in names if each != name)]
    return signing.Signer(salt=_SALT).sign_object([key or secrets.token_urlsafe(12), *kept[:_MOST_NAMES]])


def _known_for(told: str, name: str) -> str:
    """The key of a browser that is known for a name, else «»."""
    key, names = _read(told)
    return key if name in names else ""


def _read(told: str) -> tuple[str, list[str]]:
    try:
        key, *names = signing.Signer(salt=_SALT).unsign_object(told)
    except signing.BadSignature:
        return "", []
    return key, names
