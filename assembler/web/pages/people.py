"""The people of the site: a list, somebody new, and what the administrator may change."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assembler.base.messages import translate
from assembler.base.problems import AssemblerError
from assembler.model.acts import ROLES
from assembler.web import history, people
from assembler.web.answers import for_roles, page, where, who
from assembler.web.desks import folders
from assembler.web.models import User
from assembler.web.rates import measured


@require_safe
@for_roles("admin")
def show(request: HttpRequest) -> HttpResponseBase:
    return _list(request)


def _list(
    request: HttpRequest, fault: str = "", told: tuple[str, str] | None = None, status: int = 200
) -> HttpResponseBase:
    """``told`` is a name with the password that was just made for it: it is shown once and kept nowhere."""
    roles = [(role, people.role_word(role)) for role in ROLES]
    return page(
        request, "people.html", status, people=people.people(), roles=roles, role_word=people.role_word, fault=fault,
        told=told, cases=list(folders()),
    )  # fmt: skip


@require_POST
@measured("people")
@for_roles("admin")
def add(request: HttpRequest) -> HttpResponseBase:
    """Adds somebody with a password that he must change when he first comes in."""
    password = people.new_password()
    try:
        user = people.added(
            request.POST.get("name", ""), request.POST.get("shown", ""), password,
            request.POST.getlist("roles"), request.POST.get("units", "").splitlines(),
        )  # fmt: skip
    except AssemblerError as error:
        return _list(request, error.problems[0].message, status=422)
    history.note("user-added", who(request), where(request), after=f"{user.username}: {', '.join(user.roles)}")
    return _list(request, told=(user.username, password))


@require_http_methods(["GET", "HEAD", "POST"])
@measured("people")
@for_roles("admin")
def change(request: HttpRequest, name: str) -> HttpResponseBase:
    """Changes what somebody may do, gives him a new password, or signs him out everywhere."""
    user = User.objects.filter(username=name).first()
    if user is None or user.username == people.LOCAL:
        raise Http404
    roles = [(role, people.role_word(role)) for role in ROLES]
    if request.method != "POST":
        return page(request, "person.html", one=user, roles=roles, cases=list(folders()), fault="")
    try:
        return _changed(request, user)
    except AssemblerError as error:
        return page(
            request, "person.html", 422, one=user, roles=roles, cases=list(folders()), fault=error.problems[0].message
        )


def _changed(request: HttpRequest, user: User) -> HttpResponseBase:
    does, before = request.POST.get("does", ""), _said(user)
    if does == "reset":
        password = people.new_password()
        people.give_password(user, password)
        history.note("password", who(request), where(request), after=user.username)
        return _list(request, told=(user.username, password))
    if does == "sign-out":
        people.revoke(user)
    else:
        _give_rights(request, user)
    history.note("user-changed", who(request), where(request), before=before, after=_said(user))
    return HttpResponseRedirect(reverse("people"))


def _give_rights(request: HttpRequest, user: User) -> None:
    roles, active = people.known_roles(request.POST.getlist("roles")), request.POST.get("active") == "yes"
    others = [each for each in people.people() if each.pk != user.pk and each.is_active and each.has("admin")]
    if not others and ("admin" not in roles or not active):
        raise people.refused("user-last", name=user.username)
    user.shown = request.POST.get("shown", "").strip()[:120] or user.username
    user.roles, user.is_active = roles, active
    user.units = [line.strip() for line in request.POST.get("units", "").splitlines() if line.strip()]
    user.cases = [name for name in request.POST.getlist("cases") if name in folders()]
    user.epoch += 0 if active else 1
    user.save()


def _said(user: User) -> str:
    state = "" if user.is_active else f" ({translate('closed')})"
    return f"{user.username}: {', '.join(user.roles)}; {'، '.join(user.units)}; {'، '.join(user.cases)}{state}"
