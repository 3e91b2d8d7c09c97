"""How pages and scripts are answered."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth import get_user
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from assembler.base.messages import language, translate
from assembler.base.problems import AssemblerError, Problem
from assembler.model.acts import Role
from assembler.web.middleware import is_text, wants_data
from assembler.web.models import User
from assembler.web.reading import hint_here, message_as_read

_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[HttpRequest, _Rest], HttpResponseBase]


def page(request: HttpRequest, template: str, status: int = 200, **told: object) -> HttpResponse:
    """A page from a template, which knows who is signed in."""
    user = signed_in(request)
    known = {"user": user, "language": language(), "local": user is not None and user.username == "local"}
    return render(request, template, known | told, status=status, using=None)


def signed_in(request: HttpRequest) -> User | None:
    if not hasattr(request, "session"):  # refused before it was asked who comes
        return None
    found = getattr(request, "user", None) or get_user(request)
    return found if isinstance(found, User) else None


def who(request: HttpRequest) -> User:
    """Who is signed in, on pages nobody else is let into."""
    user = signed_in(request)
    assert user is not None
    return user


def where(request: HttpRequest) -> str:
    """The address a request came from; the one the server before us tells, where there is one."""
    from assembler.web.site import this_site

    told = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() if this_site().proxied else ""
    return next((each for each in (told, request.META.get("REMOTE_ADDR") or "") if _is_address(each)), "")


def _is_address(told: str) -> bool:
    try:
        ipaddress.ip_address(told)
    except ValueError:
        return False
    return "%" not in told  # a name of a network card is no part of it


def for_roles(*roles: Role) -> Callable[[_View[_Rest]], _View[_Rest]]:
    """Shows a page only to people of these roles."""

    def decorate(view: _View[_Rest]) -> _View[_Rest]:
        @wraps(view)
        def shown(request: HttpRequest, /, *rest: _Rest.args, **named: _Rest.kwargs) -> HttpResponseBase:
            if not who(request).has(*roles):
                return forbidden(request)
            return view(request, *rest, **named)

        return shown

    return decorate


def forbidden(request: HttpRequest) -> HttpResponseBase:
    return in_short(request, translate("This is not for your role."), 403)


def in_short(request: HttpRequest, told: str, status: int, kind: str = "refused") -> HttpResponseBase:
    """A sentence, as a page or for a script."""
    if wants_data(request):
        problems = [{"message": told, "hint": ""}]
        return data({"kind": kind, "outcome": "refused", "problems": problems, "message": told}, status)
    return page(request, "error.html", status, title=told, problems=())


def told_in_words(view: _View[_Rest]) -> _View[_Rest]:
    """Shows problems of ours as a page, or as data where a script asks. What somebody does not see is not there."""

    @wraps(view)
    def shown(request: HttpRequest, /, *rest: _Rest.args, **named: _Rest.kwargs) -> HttpResponseBase:
        try:
            return view(request, *rest, **named)
        except AssemblerError as error:
            if any(found.code == "not-on-page" for found in error.problems):
                raise Http404 from None
            if wants_data(request):
                return refusal(error.problems)
            return page(request, "error.html", 422, title=translate("This did not work"), problems=error.problems)

    return shown


def refusal(problems: Iterable[Problem], status: int = 422) -> JsonResponse:
    return data({"outcome": "refused", "problems": [in_words(found) for found in problems]}, status)


def in_words(found: Problem) -> dict[str, str]:
    """A problem for a script: what a person reads of it."""
    told = {"message": found.message, "hint": hint_here(found.code, found.hint), "where": found.where}
    read = {name: message_as_read(text) for name, text in told.items()}
    return {"code": found.code, "severity": str(found.severity), **read}


def data(told: Mapping[str, object], status: int = 200) -> JsonResponse:
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def given(request: HttpRequest) -> dict[str, Any]:
    """What a script sent. Raises BadRequest for what none of ours sends."""
    if request.content_type != "application/json":
        raise BadRequest
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadRequest from None
    if not isinstance(told, dict):
        raise BadRequest
    return told


def text(told: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text among what was sent. Raises BadRequest when it is something else, or nothing that can be kept."""
    found = told.get(name, default)
    if not isinstance(found, str) or not is_text(found):
        raise BadRequest
    return found


def here(address: str) -> str:
    """An address of this site to go back to, else the list of cases: nobody is sent elsewhere by a link to us."""
    from django.utils.http import url_has_allowed_host_and_scheme

    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else reverse("cases")


def script(told: object) -> str:
    """Data in a page: nothing in it can end the element it stands in."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
