"""What was done, by whom and when: a page, and a file for those who audit the auditors."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from assembler.actions.names_of_files import file_name
from assembler.base.messages import translate
from assembler.base.problems import AssemblerError
from assembler.model.acts import Target
from assembler.web import history
from assembler.web.answers import for_roles, page, where, who
from assembler.web.desks import desk_of, folders
from assembler.web.files import sent_text
from assembler.web.models import Entry
from assembler.web.times import moment

_ON_PAGE = 100
_SECONDS = 2.0  # to open cases in, for the names of places; what is not named in time has its code
_PROVED = 1_000  # entries, each time the page is seen; a year has many more, and all are proved when it is asked for
_HEAD = (
    "id",
    "at",
    "kind",
    "who",
    "shown",
    "where",
    "case",
    "form",
    "item",
    "row",
    "column",
    "before",
    "after",
    "hash",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@require_safe
@for_roles("admin")
def show(request: HttpRequest) -> HttpResponseBase:
    """The newest entries first, of a person or a case where these are asked for."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("who", "case")}
    shown = Paginator(_asked(asked).order_by("-id"), _ON_PAGE).get_page(request.GET.get("page"))
    entries = [(each, moment(each.at), kind_word(each.kind), words) for each, words in _placed(list(shown))]
    newest = None if request.GET.get("proved") == "all" or Entry.objects.count() <= _PROVED else _PROVED
    return page(
        request, "audit.html", asked=asked, entries=entries, shown=shown, whole=_whole(newest), proved=newest
    )  # fmt: skip


def _placed(entries: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[str, str]]]:
    """Entries with what people call their forms and places, as far as there is time to open their cases."""
    until, known, there = monotonic() + _SECONDS, dict[tuple[str, Target], tuple[str, str]](), folders()
    for each in entries:
        folder = there.get(each.case) if each.form else None
        at = Target(each.form, each.item, each.row, each.column)
        if folder and (each.case, at) not in known:
            known[each.case, at] = _words(folder, at) if monotonic() < until else ("", "")
        yield each, known.get((each.case, at), ("", ""))


def _words(folder: Path, at: Target) -> tuple[str, str]:
    try:
        return desk_of(folder).place_of(at)
    except AssemblerError:
        return "", ""


def _asked(asked: dict[str, str]) -> QuerySet[Entry]:
    found = Entry.objects.all()
    if asked["who"]:
        found = found.filter(Q(who__icontains=asked["who"]) | Q(shown__icontains=asked["who"]))
    return found.filter(case__icontains=asked["case"]) if asked["case"] else found


def _whole(newest: int | None) -> str:
    """Why the entries, or the newest of them, are not all that were kept, in words; «» when they are."""
    try:
        broken = history.broken_at(newest)
    except LookupError:
        return translate("Entries are missing at the end: somebody changed the database.")
    if broken is None:
        return ""
    return translate("Entry {number} is not what was kept: somebody changed the database.").format(number=broken.pk)


@require_safe
@for_roles("admin")
def export(request: HttpRequest) -> HttpResponseBase:
    """All entries as a CSV file; a text that a spreadsheet would take for a formula is told apart."""
    history.note("exported", who(request), where(request))
    title = f"{translate('Audit')} {moment(timezone.now()).partition(' ')[0].replace('/', '-')}"
    return sent_text(file_name(title, ".csv"), _lines(), "text/csv")


def _lines() -> Iterator[str]:
    yield "\ufeff" + _line(_HEAD)
    for each in Entry.objects.order_by("id").iterator(1000):
        yield _line([_cell(getattr(each, name)) for name in _HEAD])


def _line(cells: object) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)  # type: ignore[arg-type]
    return stream.getvalue()


def _cell(value: object) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def kind_word(kind: str) -> str:
    """What was done, in words."""
    words = {
        "answer": translate("answer"),
        "inserted": translate("row added"),
        "removed": translate("row removed"),
        "moved": translate("row moved"),
        "confirmed": translate("confirmed"),
        "accepted": translate("problem accepted"),
        "signed-in": translate("signed in"),
        "signed-out": translate("signed out"),
        "refused": translate("failed to sign in"),
        "password": translate("password changed"),
        "user-added": translate("person added"),
        "user-changed": translate("person changed"),
        "comment": translate("comment"),
        "settled": translate("comment settled"),
        "reopened": translate("comment taken up again"),
        "approved": translate("form approved"),
        "returned": translate("form returned"),
        "withdrawn": translate("decision taken back"),
        "case-added": translate("case started"),
        "taken-in": translate("tables taken in"),
        "persons": translate("persons of letters changed"),
        "built": translate("built"),
        "checked": translate("checked"),
        "taken": translate("file downloaded"),
        "exported": translate("audit exported"),
        "undid": translate("taken back"),
    }
    return words.get(kind, kind)
