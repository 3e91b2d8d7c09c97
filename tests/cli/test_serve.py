"""`serve` refuses what others could listen to, and what it cannot be reached by; nothing is made before it does."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError, ExitCode
from assembler.web.serve import Server, address, reached
from assembler.web.site import Site
from tests.cli.conftest import Run

ANY = ".".join("0000")  # all addresses of the machine
NAMED = ("--name", "reports.example.ir")
# A certificate of nobody, for this name and no machine; its key is as well known.
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBkjCCATegAwIBAgIUH5DWszVNERMFpT2Da3J8mE5AazgwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwScmVwb3J0cy5leGFtcGxlLmlyMCAXDTI2MTEyOTEwNDcwMVoY
DzIxMjYxMTA1MTA0NzAxWjAdMRswGQYDVQQDDBJyZXBvcnRzLmV4YW1wbGUuaXIw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATt00XyfuwAdQ/jMzDGVBuFHU8H1ccZ
GGBM9dSZQUXM9h0Xf9z2HO6s+w234Tk0s1WB/awByurl1oC5qb4LL3Vpo1MwUTAd
BgNVHQ4EFgQU0JKDuQj9AhOj3Cfdo6NWquLUhIIwHwYDVR0jBBgwFoAU0JKDuQj9
AhOj3Cfdo6NWquLUhIIwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBG
AiEA0MjYZLM2WlotCQbBvq1J37+cf/68zxqT/AGuFTwddcICIQCjYbhe6MWPUK6a
6Ps9qMcFVT5ZIpNDaQGswqy4v/Szew==
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVpLwawgoyWQByBKP
3YUPYL6B5TyX3Nux1AShjJm7mUqhRANCAATt00XyfuwAdQ/jMzDGVBuFHU8H1ccZ
GGBM9dSZQUXM9h0Xf9z2HO6s+w234Tk0s1WB/awByurl1oC5qb4LL3Vp
-----END PRIVATE KEY-----
"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate and its key."""
    kept, _, key = CERTIFICATE.partition("-----BEGIN PRIVATE")
    (tmp_path / "cert.pem").write_text(kept, encoding="ascii")
    (tmp_path / "key.pem").write_text(f"-----BEGIN PRIVATE{key}", encoding="ascii")
    return tmp_path / "cert.pem", tmp_path / "key.pem"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[Path]:
    """A folder that is left as it was."""
    folder = tmp_path / "cases"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--host", ANY), "site-unsafe"),
        (("--host", ANY, *NAMED), "site-unsafe"),
        (("--host", "::", *NAMED), "site-unsafe"),
        (("--host", "", *NAMED), "site-unsafe"),
        (("--host", "192.168.1.5", *NAMED), "site-unsafe"),
        (("--host", "10.0.0.1", "--local"), "site-unsafe"),
        (("--host", "reports.example.ir", *NAMED), "site-unsafe"),
        (("--host", "localhost.example.ir", *NAMED), "site-unsafe"),
        (("--behind-proxy",), "site-no-name"),
        (("--host", ANY, "--behind-proxy"), "site-no-name"),
        (("--behind-proxy", "--local", *NAMED), "site-not-local"),
        (("--name", "*"), "site-name"),
        (("--name", ".example.ir"), "site-name"),
        (("--name", "https://reports.example.ir"), "site-name"),
        (("--name", "reports.example.ir:8000"), "site-name"),
        (("--name", ""), "site-name"),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_refused(run: Run, cases: Path, options: tuple[str, ...], code: str) -> None:
    for language in ("en", "fa"):
        outcome = run("--lang", language, "serve", cases, *options)
        assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
        assert code in outcome.err


@pytest.mark.parametrize("wrong", ["swapped", "alone", "none", "key only", "other"])
def test_a_certificate_that_cannot_be_used_is_told(run: Run, cases: Path, pair: tuple[Path, Path], wrong: str) -> None:
    certificate, key = pair
    (cases.parent / "text.pem").write_text("گواهی", encoding="utf-8")
    options = {
        "swapped": ("--tls-certificate", key, "--tls-key", certificate), "alone": ("--tls-certificate", certificate),
        "none": ("--tls-certificate", cases.parent / "text.pem", "--tls-key", key), "key only": ("--tls-key", key),
        "other": ("--tls-certificate", certificate, "--tls-key", cases.parent / "text.pem"),
    }[wrong]  # fmt: skip
    outcome = run("serve", cases, "--host", ANY, *NAMED, *options)
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert "site-certificate" in outcome.err


def site(folder: Path) -> Site:
    return Site(folder, folder / "home", folder, folder)


def test_with_a_certificate_it_is_reached_by_its_names_only(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    for host in (ANY, "::", ""):
        server = Server(host, 443, *pair)
        found = reached(site(tmp_path), server, ("reports.example.ir",))
        assert (found.hosts, found.secure) == (("reports.example.ir",), True)
        assert address(found, server).startswith("https://reports.example.ir:443/")


def test_behind_another_server_it_is_reached_by_that_ones_name(tmp_path: Path) -> None:
    found = reached(replace(site(tmp_path), proxied=True), Server(), ("reports.example.ir",))
    assert found.secure
    assert address(found, Server(), "/start") == "https://reports.example.ir/start"


def test_on_this_machine_it_needs_nothing(tmp_path: Path) -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        found = reached(site(tmp_path), Server(host))
        assert not found.secure
        assert "*" not in found.hosts


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    from assembler.web.serve import run as serve

    with socket.create_server(("127.0.0.1", 0)) as taken:
        with pytest.raises(AssemblerError) as caught:
            serve(site(tmp_path), Server(port=taken.getsockname()[1]), lambda opened: None)
        assert [found.code for found in caught.value.problems] == ["site-port"]
