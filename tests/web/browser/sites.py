"""A site that is served to browsers by a process of its own, over a folder of cases, with people who are signed in."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import REPOSITORY, make_workplace, write_form
from tests.web.browser.forms import BIG, BIG_ANSWERS, CASE, LISTS, REPORT, SECOND, VISIT, VISIT_ANSWERS

PASSWORD = "یک جمله برای ورود"  # noqa: S105 - of people who live as long as a test
PEOPLE: dict[str, tuple[str, list[str]]] = {
    "ali": ("علی رضایی", ["officer"]),
    "sara": ("سارا احمدی", ["officer"]),
    "reza": ("رضا کریمی", ["reviewer"]),
    "admin": ("مدیر سامانه", ["admin", "officer"]),
}
# Adds people to a site and signs each in; run by itself, as a process belongs to one site only.
_SIGN_IN = """\
import json, sys
from assembler.web.site import Site, set_up
told = json.load(sys.stdin)
set_up(Site.from_text(told["site"]))
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.contrib.sessions.backends.db import SessionStore
from assembler.web import people
sessions = {}
for name, (shown, roles) in told["people"].items():
    user = people.added(name, shown, told["password"], roles)
    user.must_change = False
    user.save()
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    sessions[name] = session.session_key
print(json.dumps(sessions))
"""


@dataclass
class Site:
    """A served folder. ``sessions`` are the session cookies of its people, by name; ``told`` is the address it said a
    browser is to open first.
    """

    folder: Path
    port: int
    sessions: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    made: int = 0
    told: str = ""
    left: list[Path] = field(default_factory=list)  # cases of tests that are over

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cases(self) -> Path:
        return self.folder / "cases"

    def new_case(self, name: str = "") -> Path:
        """A case nobody else looks at, beside no other: the list of cases looks at all of them."""
        while self.left:
            shutil.rmtree(self.left.pop())
        self.made += 1
        return Path(shutil.copytree(self.folder / "sample", self.cases / (name or f"case-{self.made}")))

    def start(self) -> None:
        command = [
            sys.executable, "-m", "assembler", "--lang", "en", "serve", str(self.cases), "--port", str(self.port),
            "--home", str(self.folder / "home"), "--specs", str(self.folder / "form_specs"),
            "--templates", str(self.folder / "letter_templates"),
        ]  # fmt: skip
        with (self.folder / "server.log").open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, text=True, env=_environment(), start_new_session=True
            )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        self.told = first.partition("Open in a browser: ")[2].strip()
        assert self.told, (first, (self.folder / "server.log").read_text(encoding="utf-8"))

    def kill(self) -> None:
        """Ends the server as a failing machine does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}


@contextmanager
def served(*, with_people: bool = True) -> Iterator[Site]:
    """A site of its own with a server that runs."""
    folder = Path(tempfile.mkdtemp(prefix="site-"))
    site = Site(folder, _free_port())
    try:
        _lay_out(site)
        site.sessions = _signed_in(site) if with_people else {}
        site.start()
        yield site
    finally:
        site.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(site: Site) -> None:
    workplace = make_workplace(site.folder)
    for name, text in (("visit", VISIT), ("second", SECOND), ("big", BIG), ("lists", LISTS), ("report", REPORT)):
        write_form(site.folder, text, name)
    (workplace.case / "case.yaml").write_text(CASE, encoding="utf-8")
    for name, text in (("visit", VISIT_ANSWERS), ("big", BIG_ANSWERS)):
        (workplace.case / "answers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    workplace.case.rename(site.folder / "sample")


def _signed_in(site: Site) -> dict[str, str]:
    told = {
        "site": json.dumps({
            "cases": str(site.cases), "home": str(site.folder / "home"), "specs": str(site.folder / "form_specs"),
            "templates": str(site.folder / "letter_templates"), "fonts": None, "database": "", "hosts": ["127.0.0.1"],
            "secure": False, "proxied": False, "local": False, "language": "fa", "token": "",
        }),
        "people": PEOPLE, "password": PASSWORD,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _SIGN_IN], input=json.dumps(told), capture_output=True, text=True, env=_environment()
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def until(happens: object, seconds: float = 10) -> None:
    """Waits until a function gives something true."""
    assert callable(happens)
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
