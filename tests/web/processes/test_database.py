"""The address of a database is read as PostgreSQL's own programs read it, and wrong ones are told in a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from assembler.base.problems import AssemblerError
from assembler.web.doctor import database_finding
from assembler.web.site import Site, database
from tests.web.processes.postgresql import Cluster
from tests.web.processes.serving import environment


def read(address: str, *, serves: bool = False) -> dict[str, Any]:
    return dict(
        database(Site(Path("cases"), Path("home"), Path("specs"), Path("templates"), database=address), serves=serves)
    )


def test_without_an_address_it_is_a_file() -> None:
    assert read("")["NAME"] == str(Path("home") / "site.sqlite3")


def test_all_parts_of_an_address_are_taken() -> None:
    found = read("postgresql://ali:p%40ss@db.example.ir:6432/site?sslmode=verify-full&sslrootcert=/etc/ca.pem")
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in names] == ["site", "ali", "p@ss", "db.example.ir", "6432"]
    assert found["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


def test_a_socket_on_the_same_machine_needs_no_host() -> None:
    assert [read("postgresql:///site")[name] for name in ("HOST", "USER", "PORT")] == ["", "", ""]
    assert read("postgresql:///site?host=/run/postgresql")["HOST"] == "/run/postgresql"


def test_only_processes_that_serve_share_lines() -> None:
    assert "pool" not in read("postgresql:///site")["OPTIONS"]
    assert read("postgresql:///site?sslmode=require", serves=True)["OPTIONS"].keys() == {"sslmode", "pool"}


@pytest.mark.parametrize(
    "address", ["mysql://host/site", "postgresql://host", "postgresql://host:port/site", "postgresql:///site?sslmode"]
)
def test_another_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(AssemblerError) as caught:
        read(address.replace("//", "//ali:secret@", 1))
    (found,) = caught.value.problems
    assert found.code == "site-database"
    assert "secret" not in found.message


def test_one_that_does_not_answer_is_told(postgresql: Cluster, tmp_path: Path) -> None:
    address = postgresql.address("nothing_of_this_name").replace("tests@", "tests:secret@")
    command = ["serve", str(tmp_path), "--port", "0", "--database", address]
    done = subprocess.run(
        [sys.executable, "-m", "assembler", "--lang", "en", *command], capture_output=True, text=True, env=environment()
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "The database /nothing_of_this_name" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_tells_of_one_that_is_well(postgresql: Cluster) -> None:
    found = database_finding(postgresql.new("well"))
    assert (found.present, found.remedy) == (True, "")
    assert float(found.version) >= 13


def test_doctor_tells_why_one_cannot_be_used(postgresql: Cluster) -> None:
    address = postgresql.new("closed")
    with psycopg.connect(address, autocommit=True) as line:
        line.execute("DROP ROLE IF EXISTS guest")
        line.execute("CREATE ROLE guest LOGIN")
        line.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    found = database_finding(address.replace("tests@", "guest@"))
    assert (found.present, found.detail) == (False, "guest may not make tables in it")
    assert found.remedy == 'ALTER DATABASE "closed" OWNER TO "guest";'
    with psycopg.connect(postgresql.address(), autocommit=True) as line:
        line.execute(found.remedy)
    assert database_finding(address.replace("tests@", "guest@")).present
    with psycopg.connect(postgresql.address(), autocommit=True) as line:
        line.execute("DROP DATABASE IF EXISTS latin")
        line.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    assert database_finding(postgresql.address("latin")).detail == "its encoding is LATIN1"
    missing = database_finding(postgresql.address("nothing").replace("tests@", "tests:secret@"))
    assert not missing.present
    assert "nothing" in missing.detail
    assert "secret" not in f"{missing}"
