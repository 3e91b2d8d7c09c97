"""What holds for every page: who may frame, script or cache it, in which language it speaks, and that one signed in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import translation

from assembler.base.messages import LANGUAGES, choose, spoken, translate
from assembler.web.open import is_open_before_choosing
from assembler.web.site import this_site

_Next = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_SAFE = ("GET", "HEAD")
_FIELDS = ("application/x-www-form-urlencoded",)
LANGUAGE_COOKIE = "language"


def guarded(get_response: _Next) -> _Next:
    """Refuses what another site sends, and says of every answer what a browser may do with it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            with spoken(this_site().language):
                told = translate("The site is not reached by this name; who looks after it gives it names by --name.")
            return _safe(HttpResponse(told, content_type="text/plain; charset=utf-8", status=400))
        from_elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
        if from_elsewhere and request.method not in _SAFE:
            return _safe(JsonResponse({"kind": "forged"}, status=403))
        return _safe(get_response(request))

    return middleware


def _safe(answer: HttpResponseBase) -> HttpResponseBase:
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def in_letters(get_response: _Next) -> _Next:
    """Knows nothing of addresses and fields with what is no letter: not every database takes it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        fields = [request.GET, request.POST] if request.content_type in _FIELDS else [request.GET]
        texts = (text for each in fields for name, values in each.lists() for text in (name, *values))
        if not all(map(is_text, (request.path, *texts))):
            return JsonResponse({"kind": "unknown"}, status=404)
        return get_response(request)

    return middleware


def is_text(text: str) -> bool:
    """Whether a text can be kept: NUL and halves of a letter cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def spoken_to(get_response: _Next) -> _Next:
    """Lets all that is said be in the reader's language."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        told = request.COOKIES.get(LANGUAGE_COOKIE, "")
        code = choose(told if told in LANGUAGES else this_site().language)
        with translation.override(code):
            return get_response(request)

    return middleware


class SignedIn(LoginRequiredMiddleware):
    """Lets nobody in who has not signed in: a page sends him to sign in, a program's request is told 401. Who came with
    a password that was given to him is let in nowhere but where he chooses another.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], places: object, named: object
    ) -> HttpResponseBase | None:
        refused: HttpResponseBase | None = super().process_view(request, view, places, named)
        must_choose = getattr(view, "login_required", True) and getattr(request.user, "must_change", False)
        if refused is not None or not must_choose or is_open_before_choosing(view):
            return refused
        if wants_data(request):
            told = translate("Choose a password of your own first.")
            problems = [{"message": told, "hint": ""}]
            return JsonResponse({"kind": "must-choose", "outcome": "refused", "problems": problems}, status=403)
        return HttpResponseRedirect(reverse("password"))

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., object]) -> HttpResponseBase:
        if wants_data(request):
            told = translate("Your session has ended. Sign in again; what you typed is still here.")
            return JsonResponse({"kind": "signed-out", "message": told, "csrf": get_token(request)}, status=401)
        back = f"?next={quote(request.get_full_path())}" if request.method in _SAFE else ""
        return HttpResponseRedirect(reverse("sign-in") + back)


def wants_data(request: HttpRequest) -> bool:
    """Whether a script asks, not a person."""
    return "application/json" in request.headers.get("Accept", "") or "text/event-stream" in request.headers.get(
        "Accept", ""
    )
