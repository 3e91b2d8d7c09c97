"""One site for all tests of a process, its database made anew for each. Django is set up before tests are read: they
name what it knows.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assembler.web.site import VARIABLE, Site, set_up

if TYPE_CHECKING:
    from tests.web.processes.postgresql import Cluster
    from tests.web.server.databases import Database
    from tests.web.server.offices import Office

BOTH = ("sqlite", "postgresql")
HOSTS = ("127.0.0.1", "testserver")  # the second is what Django calls it where it is asked side by side


def _home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="assembler-site-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


HOME = _home()
SITE = Site(HOME / "cases", HOME, HOME, HOME, hosts=HOSTS)
set_up(SITE)
os.environ.pop(VARIABLE)  # of this process only


def _prove_quickly() -> None:
    """What a password costs to prove is the library's to test: here it costs little."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024


_prove_quickly()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module whose questions to the database could be answered otherwise by another kind names its ``DATABASES``; all
    else is tested on the one that needs nothing.
    """
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", getattr(metafunc.module, "DATABASES", BOTH[:1]), indirect=True)


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Database:
    """The database the site is on, by its kind."""
    from tests.web.server.databases import Postgresql, Sqlite

    if request.param == "sqlite":
        return Sqlite(SITE)
    cluster: Cluster = request.getfixturevalue("postgresql")
    return Postgresql(replace(SITE, database=cluster.address(Postgresql.NAME)), cluster)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    """A site with two cases and a blank database."""
    from django.db import connections

    from tests.web.server.offices import opened

    database.begun()
    with opened(tmp_path, SITE) as made:
        yield made
    connections.close_all()
