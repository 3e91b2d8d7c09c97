"""What is shown where something is not there, not allowed, or went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from assembler.base.messages import translate
from assembler.web.answers import page
from assembler.web.middleware import wants_data


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _told(request, 404, translate("There is no such page"))


def spent(request: HttpRequest) -> HttpResponseBase:
    """Of an address that lets one browser in, once."""
    return _told(
        request, 404, translate("This address was used before. Stop the program, start it anew and open the new one.")
    )


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _told(request, 400, translate("The request cannot be understood"))


def broken(request: HttpRequest) -> HttpResponseBase:
    return _told(request, 500, translate("Something went wrong here. What was shown as saved is saved."))


def forged(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Of a request without our token: from another site, or from a page that is older than the session."""
    return _told(request, 403, translate("This page is too old. Open it once more."))


def _told(request: HttpRequest, status: int, title: str) -> HttpResponseBase:
    if wants_data(request):
        return JsonResponse({"kind": "failed", "message": title}, status=status)
    return page(request, "error.html", status, title=title, problems=())
