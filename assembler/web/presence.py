"""Who is at a case just now."""

from __future__ import annotations

from collections.abc import Container
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from assembler.web.models import Presence, User

_AWAY = timedelta(seconds=20)
_AGAIN = timedelta(seconds=8)  # how often it is noted that somebody still is


def here(user: User, case: str, form: str, seen: Container[str]) -> list[dict[str, str]]:
    """The others who have the case open, by name, as far as they are at forms this one sees; notes that he has."""
    now = timezone.now()
    own, is_new = Presence.objects.get_or_create(user=user, case=case, form=form)
    if not is_new and own.at < now - _AGAIN:
        own.save()
    found = Presence.objects.filter(case=case, at__gt=now - _AWAY).exclude(user=user)
    rows = found.order_by("user__shown", "form").values("form", name=F("user__username"), shown=F("user__shown"))
    return [dict(row) for row in rows if not row["form"] or row["form"] in seen]


def left(user: User, case: str, form: str) -> None:
    Presence.objects.filter(user=user, case=case, form=form).delete()
    Presence.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()


def at_case(user: User, case: str) -> dict[str, list[str]]:
    """The others at each form of a case, by their shown names."""
    found: dict[str, list[str]] = {}
    since = timezone.now() - _AWAY
    for each in Presence.objects.filter(case=case, at__gt=since).exclude(user=user).select_related("user"):
        found.setdefault(each.form, []).append(each.user.shown)
    return found
