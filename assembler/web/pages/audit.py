"""What was done, by whom and when: a page, and a file for those who audit the auditors."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from assembler.base.messages import translate
from assembler.web import history
from assembler.web.answers import for_roles, page, where, who
from assembler.web.files import sent_text
from assembler.web.models import Entry
from assembler.web.times import moment

_ON_PAGE = 100
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
    entries = [(each, moment(each.at), kind_word(each.kind)) for each in shown]
    newest = None if request.GET.get("proved") == "all" or Entry.objects.count() <= _PROVED else _PROVED
    return page(
        request, "audit.html", asked=asked, entries=entries, shown=shown, whole=_whole(newest), proved=newest
    )  # fmt: skip


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
    return sent_text("audit.csv", _lines(), "text/csv")


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
        "built": translate("built"),
        "checked": translate("checked"),
        "taken": translate("file downloaded"),
        "exported": translate("audit exported"),
        "undid": translate("taken back"),
    }
    return words.get(kind, kind)
