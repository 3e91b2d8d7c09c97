"""Sites on both databases: SQLite, which needs nothing, and a PostgreSQL of the tests' own where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.processes.postgresql import Cluster
from tests.web.processes.serving import Served, serving


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, for each of the two kinds."""
    if request.param == "sqlite":
        return ""
    found: Cluster = request.getfixturevalue("postgresql")
    return found.new(request.module.__name__.rpartition(".")[2])


@pytest.fixture(scope="module")
def served(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site of two processes, as one of an office: what is true in one must be true in the other."""
    folder: Path = tmp_path_factory.mktemp("served")
    with serving(folder, database, processes=2) as site:
        yield site
