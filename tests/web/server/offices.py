"""A site as tests meet it: a case with every kind of question, people of all roles, and what each of them sends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from assembler.model.acts import Role
from assembler.web import desks, people, rates
from assembler.web.models import User
from assembler.web.site import Site
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace

HOST = "127.0.0.1"
CASE, OTHER_CASE, FORM, SECOND = "demo", "other", "demo/visit", "demo/second"
UNITS = "فناوری: [demo/visit.services]\nمالی: [demo/second, demo/visit.score]\n"
ANSWERS = """\
form: demo/visit
title: بازدید نخست
visited: yes
days: [sat]
score: 5
photo: plan.png
services:
  - {name: صدور گواهی, count: 12}
  - {name: پاسخ به شکایت, count: 3}
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PHRASE = "کوه بلند و برف سنگین"
ROLES_TOLD: Mapping[str, tuple[Role, ...]] = {
    "officer": ("officer",), "department": ("department",), "reviewer": ("reviewer",), "signer": ("signer",),
    "secretary": ("secretary",), "admin": ("admin",),
}  # fmt: skip


@dataclass
class Office:
    """A site with one case and another like it; people are there once they are asked for."""

    workplace: Workplace
    site: Site
    known: dict[str, User] = field(default_factory=dict)

    @property
    def case(self) -> Path:
        return self.workplace.case

    def person(self, name: str, *roles: Role, units: tuple[str, ...] = (), cases: tuple[str, ...] = ()) -> User:
        """Somebody by name; the same one when he is asked for again."""
        if name not in self.known:
            made = people.added(name, f"آقای {name}", None, roles, units)
            made.cases = list(cases)
            made.save()
            self.known[name] = made
        return self.known[name]

    def of_role(self, role: str) -> User:
        """Somebody of a role. The department answers for the services; a «stranger» sees another case only."""
        if role == "stranger":
            return self.person("stranger", "department", units=("فناوری",), cases=(OTHER_CASE,))
        return self.person(role, *ROLES_TOLD[role], units=("فناوری",) if role == "department" else ())

    def browser(self, user: User | str | None = None, **options: Any) -> Browser:
        """A browser, with somebody signed in where he is given."""
        made = Browser(SERVER_NAME=HOST, **options)
        if user is not None:
            one = self.of_role(user) if isinstance(user, str) else user
            made.force_login(one, "django.contrib.auth.backends.ModelBackend")
        return made

    def answers(self, name: str = "visit") -> str:
        return (self.case / "answers" / f"{name}.yaml").read_text(encoding="utf-8")


class Browser(Client):
    """Sends what pages and their scripts send; an address is given by its name."""

    def see(self, name: str, *places: object, data: Mapping[str, object] | None = None, **options: Any) -> HttpResponse:
        return self.get(reverse(name, args=places), data, **options)

    def send(self, name: str, *places: object, told: object = None, **options: Any) -> HttpResponse:
        """Data, as scripts do."""
        text = json.dumps(told or {})
        headers = {"Accept": "application/json"} | options.pop("headers", {})
        return self.post(reverse(name, args=places), text, "application/json", headers=headers, **options)

    def submit(self, name: str, /, *places: object, **fields: object) -> HttpResponse:
        """A filled form of a page."""
        return self.post(reverse(name, args=places), fields)

    def act(self, name: str, form: str = FORM, case: str = CASE, **told: object) -> HttpResponse:
        return self.send("act", case, form, name, told=told)

    def page_of(self, form: str = FORM, case: str = CASE) -> dict[str, Any]:
        """What the scripts of a form's page are told."""
        return told_in(self.see("form", case, form))


def told_in(answer: HttpResponse) -> dict[str, Any]:
    """The data in a page."""
    text = answer.content.decode()
    _, _, rest = text.partition('<script type="application/json" id="told">')
    found: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return found


@contextmanager
def opened(folder: Path, site: Site) -> Iterator[Office]:
    """An office in a folder, on the database of the process."""
    workplace = make_rich_workplace(folder, ANSWERS)
    (workplace.case / "units.yaml").write_text(UNITS, encoding="utf-8")
    (workplace.case / "attachments" / "plan.png").write_bytes(PNG)
    shutil.copytree(workplace.case, workplace.folder / "cases" / OTHER_CASE)
    here = Site(folder / "cases", site.home, workplace.specs, workplace.templates, hosts=site.hosts)
    with override_settings(SITE=here):
        yield Office(workplace, here)
    desks._open.clear()
    rates._left.clear()
