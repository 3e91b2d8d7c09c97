"""A PostgreSQL of the tests' own, one for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.processes.postgresql import Cluster, cluster, programs


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with cluster() as found:
        yield found
