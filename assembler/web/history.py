"""What was done, by whom and when: entries that are only added, each bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.utils import timezone

from assembler.actions.desk.undo import UNDONE
from assembler.model.acts import CHANGE_KINDS, Change, Target
from assembler.web.models import ChainEnd, Entry, Undone, User

_FIELDS = (
    "act", "kind", "who", "shown", "where", "case", "form", "item", "row", "column", "before", "after", "was", "now",
    "band",
)  # fmt: skip


def keep(changes: Sequence[Change], user: User, where: str, case: str) -> tuple[Entry, ...]:
    """Keeps the changes of an act."""
    return _added(
        Entry(
            act=each.act, kind=each.kind, who=user.username, shown=user.shown, where=where, case=case,
            form=each.at.form, item=each.at.item, row=each.at.row, column=each.at.column,
            before=each.before, after=each.after, was=each.was, now=each.now, band=each.band,
        )
        for each in changes
    )  # fmt: skip


def note(kind: str, user: User | None, where: str = "", case: str = "", form: str = "", **told: str) -> Entry:
    """Keeps something that is no change of an answer: a person signed in, a form was approved, a file was taken."""
    who, shown = (user.username, user.shown) if user else ("", "")
    made = Entry(
        act=token_hex(8), kind=kind, who=who, shown=shown, where=where, case=case, form=form,
        before=told.get("before", ""), after=told.get("after", ""),
        item=told.get("item", ""), row=told.get("row", ""), column=told.get("column", ""),
    )  # fmt: skip
    return _added([made])[0]


@transaction.atomic
def _added(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    made = list(entries)
    if not made:
        return ()
    end, _ = ChainEnd.objects.select_for_update().get_or_create(pk=1)
    last = end.hash
    for entry in made:
        entry.at = timezone.now()
        entry.hash = last = _hash(last, entry)
        entry.save(force_insert=True)
    end.hash = last
    end.save()
    return tuple(made)


def _hash(before: str, entry: Entry) -> str:
    told = {name: getattr(entry, name) for name in _FIELDS} | {"at": _moment(entry.at)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")


def broken_at(newest: int | None = None) -> Entry | None:
    """The first entry that is not what it was when it was kept, or that lost the one before it; None of a whole chain.
    Proved are the ``newest`` so many, all when it is not said.

    Raises LookupError when entries are missing at the end.
    """
    before = None if newest is None else Entry.objects.order_by("-id")[newest : newest + 1].first()
    last, seen = (before.hash, before.pk) if before else ("", 0)
    while True:
        before = seen
        for entry in Entry.objects.filter(id__gt=seen).order_by("id").iterator(2000):
            last, seen = _hash(last, entry), entry.pk
            if entry.hash != last:
                return entry
        end = ChainEnd.objects.filter(pk=1).first()
        if (end.hash if end else "") == last:
            return None
        if seen == before:  # nothing came meanwhile that could be it
            raise LookupError


def of_place(case: str, at: Target) -> Iterator[Entry]:
    """The history of an answer, the newest first."""
    place = {"form": at.form, "item": at.item, "row": at.row, "column": at.column}
    yield from Entry.objects.filter(case=case, kind__in=CHANGE_KINDS, **place).order_by("-id")[:200]


def last_writer(case: str, at: Target) -> Entry | None:
    """Who changed an answer last, of those who did it here."""
    return next(of_place(case, at), None)


def former(case: str, form: str) -> dict[str, dict[str, str]]:
    """By item, what stood in the case it was taken over from, where another answer was written over it here."""
    told = Entry.objects.filter(case=case, form=form, kind="confirmed", row="").exclude(before="").order_by("id")
    origins = {(each.act, each.item): each.before for each in told}
    acts = {act for act, _ in origins}
    written = Entry.objects.filter(case=case, form=form, kind="answer", row="", act__in=acts).order_by("id")
    return {
        each.item: {"case": origins[each.act, each.item], "text": each.before}
        for each in written
        if (each.act, each.item) in origins
    }


def to_undo(case: str, form: str, user: User) -> tuple[Change, ...]:
    """The changes of somebody's last act on a form that was not taken back yet."""
    mine = Entry.objects.filter(case=case, form=form, who=user.username, kind__in=UNDONE)
    back = Undone.objects.values("act")
    last = mine.exclude(act__in=back).exclude(act__in=Undone.objects.values("by")).order_by("-id").first()
    if last is None:
        return ()
    return tuple(map(_change, Entry.objects.filter(act=last.act, case=case).order_by("id")))


def taken_back(act: str, by: str) -> None:
    Undone.objects.get_or_create(act=act, defaults={"by": by})


def _change(entry: Entry) -> Change:
    at = Target(entry.form, entry.item, entry.row, entry.column)
    return Change(entry.act, entry.who, entry.kind, at, entry.before, entry.after, entry.was, entry.now, entry.band)
