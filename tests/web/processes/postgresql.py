"""A PostgreSQL of the tests' own, reached by a socket in its folder; one that runs on the machine is not touched."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")  # a folder for each version, none of them on the path
_OWNERS = ("postgres", "nobody")  # PostgreSQL does not run as root
_LONGEST = 60.0  # seconds until it answers
# Nothing of these databases outlives the tests.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=24")


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest there is; None where it is not installed."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else found[-1].parent if found else None


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL; ``folder`` holds its socket."""

    folder: Path
    user: str

    def address(self, name: str = "postgres") -> str:
        """A database of it, as `serve --database` takes it."""
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def new(self, name: str, like: str = "template0") -> str:
        """The address of a database that holds what another one does, in place of one that was there."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} ENCODING 'UTF8' STRATEGY FILE_COPY")
        return self.address(name)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Runs for as long as the block; `programs` must have found it."""
    home = programs()
    assert home is not None
    owner = next(pwd.getpwnam(name) for name in _OWNERS if _is_known(name)) if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        _run(as_owner, home / "initdb", "--pgdata", folder / "data", "--username", "tests", "--auth", "trust",
             "--encoding", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        options = [word for option in _QUICK for word in ("-c", option)]
        command = [home / "postgres", "-D", folder / "data", "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, cwd="/", **as_owner)
        try:
            found = Cluster(folder, "tests")
            _wait(found, process)
            yield found
        finally:
            process.send_signal(signal.SIGINT)  # ends at once and in order
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _run(as_owner: dict[str, object], *command: object) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, cwd="/", check=False, **as_owner)
    assert done.returncode == 0, done.stderr


def _wait(found: Cluster, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _LONGEST
    while True:
        try:
            psycopg.connect(found.address()).close()
        except psycopg.OperationalError:
            log = (found.folder / "log").read_text(encoding="utf-8", errors="replace")
            assert process.poll() is None, log
            assert time.monotonic() < deadline, log
            time.sleep(0.05)
        else:
            return
