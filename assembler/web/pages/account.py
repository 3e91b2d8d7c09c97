"""Signing in and out, the first administrator, one's own password, and the language of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assembler.base.messages import LANGUAGES, translate
from assembler.base.problems import AssemblerError
from assembler.web import history, people, ways_in
from assembler.web.answers import here, page, signed_in, where, who
from assembler.web.middleware import LANGUAGE_COOKIE, wants_data
from assembler.web.models import User
from assembler.web.open import open_before_choosing, open_to_all
from assembler.web.pages.errors import spent
from assembler.web.rates import measured
from assembler.web.site import this_site

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_YEAR = 365 * 24 * 3600
_LONGEST = 200  # of a name or a password


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@measured("ways in")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page to sign in, and its answer; a script asks in place, where a session ended under somebody's hands."""
    back = here(request.POST.get("next") or request.GET.get("next") or "/")
    if request.method != "POST":
        return page(request, "sign-in.html", back=back, name="", fault="")
    name = request.POST.get("name", "").strip()[:_LONGEST]
    found = ways_in.proved(name, request.POST.get("password", "")[:_LONGEST], where(request), _browser(request))
    if not isinstance(found, User):
        if found.tried:  # at a closed way nobody fills the audit
            history.note("refused", None, where(request), after=_known_name(name))
        if wants_data(request):
            return JsonResponse({"kind": "refused", "problems": [{"message": found.told, "hint": ""}]}, status=403)
        return page(request, "sign-in.html", 403, back=back, name=name, fault=found.told)
    _let_in(request, found)
    if wants_data(request):
        return _remembering(
            request, found, JsonResponse({"kind": "signed-in", "csrf": get_token(request), "name": found.username})
        )
    return _remembering(request, found, HttpResponseRedirect(reverse("password") if found.must_change else back))


def _known_name(typed: str) -> str:
    """The name, of somebody who is there: what else was typed may be a password."""
    name = people.sign_in_name(typed)
    return name if User.objects.filter(username=name).exists() else ""


def _let_in(request: HttpRequest, user: User) -> None:
    login(request, user, _BACKEND)
    history.note("signed-in", user, where(request))


def _browser(request: HttpRequest) -> str:
    return request.COOKIES.get(browser_cookie(), "")


def _remembering(request: HttpRequest, user: User, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, after which the browser is known for the name."""
    told = ways_in.known_browser(_browser(request), user.username)
    is_secure = this_site().secure
    answer.set_cookie(browser_cookie(), told, _YEAR, secure=is_secure, httponly=True, samesite="Strict")
    return answer


def browser_cookie() -> str:
    return "__Host-browser" if this_site().secure else "browser"


@open_before_choosing
@require_POST
@measured("people")
def sign_out(request: HttpRequest) -> HttpResponseBase:
    history.note("signed-out", who(request), where(request))
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@measured("ways in")
def start(request: HttpRequest) -> HttpResponseBase:
    """Makes the first administrator of the site, for who brings the code that was shown on the console."""
    code = request.POST.get("code") or request.GET.get("code") or ""
    if not people.nobody_yet() or not people.holds(people.FIRST, code):
        raise Http404
    given = {name: request.POST.get(name, "")[:_LONGEST] for name in ("name", "shown", "password", "again")}
    if request.method != "POST":
        return page(request, "start.html", code=code, given=given, fault="")
    fault = translate("The two passwords differ.") if given["password"] != given["again"] else ""
    try:
        user = None if fault else _first(code, given)
    except AssemblerError as error:
        fault = error.problems[0].message
    if fault or user is None:
        return page(request, "start.html", 422, code=code, given=given, fault=fault)
    history.note("user-added", user, where(request), after=user.username)
    _let_in(request, user)
    return _remembering(request, user, HttpResponseRedirect(reverse("cases")))


@transaction.atomic
def _first(code: str, given: Mapping[str, str]) -> User:
    """The first administrator; the code is used with it or stays. Of two who bring it at once, one gets 404."""
    if not people.used(people.FIRST, code) or not people.nobody_yet():
        raise Http404
    user = people.added(given["name"], given["shown"], given["password"], ["admin", "officer"])
    user.must_change = False
    user.save(update_fields=["must_change"])
    return user


@open_to_all
@require_safe
def local(request: HttpRequest, token: str) -> HttpResponseBase:
    """Lets in the officer of a local site, for the token that stands in the address the program showed."""
    if not this_site().local:
        raise Http404
    if signed_in(request):
        return HttpResponseRedirect(reverse("cases"))
    if not people.used("local", token):
        return spent(request)
    _let_in(request, people.local_user(translate("officer")))
    return HttpResponseRedirect(reverse("cases"))


@open_before_choosing
@require_http_methods(["GET", "HEAD", "POST"])
@measured("ways in")
def password(request: HttpRequest) -> HttpResponseBase:
    """Changes one's own password; all other sessions of the person end."""
    user = who(request)
    if request.method != "POST":
        return page(request, "password.html", fault="")
    now, new, again = (request.POST.get(name, "")[:_LONGEST] for name in ("now", "password", "again"))
    found = ways_in.proved_again(user, now)
    fault = "" if isinstance(found, User) else found.told
    if not fault and new != again:
        fault = translate("The two passwords differ.")
    try:
        if not fault:
            people.give_password(user, new, chosen=True)
    except AssemblerError as error:
        fault = error.problems[0].message
    if fault:
        return page(request, "password.html", 422, fault=fault)
    history.note("password", user, where(request), after=user.username)
    login(request, user, _BACKEND)
    return HttpResponseRedirect(reverse("cases"))


@open_to_all
@require_POST
@measured("people")
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Shows all pages in another language from now on."""
    code = request.POST.get("language", "")
    answer = HttpResponseRedirect(here(request.POST.get("next", "/")))
    if code in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, code, max_age=_YEAR, secure=this_site().secure, httponly=True, samesite="Lax"
        )
    return answer


@open_to_all
@require_safe
def alive(request: HttpRequest) -> HttpResponseBase:
    """Whether the site answers, and whether somebody is signed in."""
    user = signed_in(request)
    return JsonResponse({"kind": "alive", "name": user.username if user else "", "csrf": get_token(request)})
