"""`assembler serve` as an office runs it: a process of its own, or several, over a folder of cases."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from assembler.model.acts import ROLES
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import REPOSITORY, Workplace
from tests.web.processes.clients import Client

_SHOWN = re.compile(r"Open in a browser: http://127\.0\.0\.1:(\d+)(/\S*)")
_STOPPED = 30.0  # seconds within which a server that is asked to stop has ended
# A process belongs to one site only: people are added and signed in by another one.
_SIGN_IN = """\
import json, sys
from assembler.web.site import Site, set_up
told = json.load(sys.stdin)
set_up(Site.from_text(told["site"]))
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from assembler.web.models import User
call_command("migrate", interactive=False, verbosity=0)
for name, roles in told["people"].items():
    user, _ = User.objects.get_or_create(username=name, defaults={"shown": name.title(), "roles": roles})
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    print(name, session.session_key)
"""


@dataclass
class Served:
    """A site over the cases of ``place``; ``log`` is what its processes wrote."""

    place: Workplace
    database: str = ""
    processes: int = 1
    temporary: Path = Path()  # where its processes put what is not to be kept, LibreOffice too: by this they are known
    port: int = 0
    first: str = ""
    process: subprocess.Popen[str] | None = None
    sessions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.temporary = self.temporary if self.temporary.name else self.place.folder / "tmp"
        self.temporary.mkdir(exist_ok=True)

    @property
    def home(self) -> Path:
        return self.place.folder / "home"

    @property
    def log(self) -> str:
        return (self.place.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Starts it, at the port it had before if there was one, and waits until it listens."""
        command = [
            sys.executable, "-m", "assembler", "--lang", "en", "serve", self.place.case.parent, "--port", self.port,
            "--home", self.home, "--database", self.database, "--processes", self.processes, *self.place.options,
        ]  # fmt: skip
        with (self.place.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdout=subprocess.PIPE, stderr=log, text=True,
                env=environment() | {"TMPDIR": str(self.temporary)}, start_new_session=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        shown = _SHOWN.search(self.process.stdout.readline())
        assert shown, self.log
        self.port, self.first = int(shown[1]), shown[2]

    def stop(self) -> int:
        """Asks it to stop, as a terminal or a service manager does; how it ended."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(_STOPPED)
        self.process = None
        return code

    def kill(self) -> None:
        """Ends all its processes as a power cut does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def sign_in(self, people: Mapping[str, Iterable[str]]) -> None:
        """Adds people with their roles, and signs each in."""
        site = {
            "cases": self.place.case.parent, "home": self.home, "specs": self.place.specs,
            "templates": self.place.templates, "fonts": None, "database": self.database, "hosts": ["127.0.0.1"],
            "secure": False, "proxied": False, "local": False, "language": "fa", "token": "",
        }  # fmt: skip
        told = {"site": json.dumps(site, default=str), "people": {name: list(roles) for name, roles in people.items()}}
        done = subprocess.run(
            [sys.executable, "-c", _SIGN_IN], input=json.dumps(told), capture_output=True, text=True, env=environment()
        )
        assert done.returncode == 0, done.stderr
        self.sessions |= dict(line.split() for line in done.stdout.splitlines())

    def client(self, name: str | None = None) -> Client:
        """Somebody who is signed in, or nobody."""
        return Client(self.port, name or "", self.sessions[name] if name else "")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}


OFFICERS = {name: ["officer"] for name in ("ali", "sara")}
PEOPLE = {**OFFICERS, "reza": ["reviewer"], "mina": ["admin", "officer"], "all": list(ROLES)}


@contextmanager
def serving(
    folder: Path, database: str = "", processes: int = 1, people: Mapping[str, Iterable[str]] = PEOPLE
) -> Iterator[Served]:
    """A site that runs for as long as the block, over one case with every kind of question."""
    folder.mkdir(parents=True, exist_ok=True)
    served = Served(make_rich_workplace(folder), database, processes)
    served.sign_in(people)
    try:
        served.start()
        yield served
    finally:
        served.kill()


def living(folder: Path) -> dict[int, str]:
    """The processes whose command names something in a folder."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            command = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            if f"{folder}/" in command and int(path.parent.name) != os.getpid():
                found[int(path.parent.name)] = command[:160]
    return found


def until(happens: object, seconds: float = 20.0, told: object = "") -> object:
    """Waits until a function gives something true, and gives that."""
    assert callable(happens)
    deadline = time.monotonic() + seconds
    while not (found := happens()):
        assert time.monotonic() < deadline, told or "it did not happen in time"
        time.sleep(0.02)
    return found
