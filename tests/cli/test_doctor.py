"""``assembler doctor``: what is there, in which version, and what to install for the rest."""

from __future__ import annotations

import importlib.metadata

import pytest

from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.pdf.packages import WRITER, package, remedy
from tests.cli.conftest import Run


def test_it_names_the_libraries_with_their_versions(run: Run) -> None:
    out = run("doctor").out
    for name in ("pypdf", "pikepdf", "python-docx", "docxtpl"):
        assert f"✓ {name} {importlib.metadata.version(name)}" in out


def test_it_tells_what_the_browser_needs_and_what_to_type(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"✓ django {importlib.metadata.version('django')} for assembler serve\n" in run("doctor").out
    known = importlib.metadata.version

    def version(name: str) -> str:
        if name == "uvicorn":
            raise importlib.metadata.PackageNotFoundError(name)
        return known(name)

    ready = run("doctor").code
    monkeypatch.setattr(importlib.metadata, "version", version)
    outcome = run("doctor")
    assert "✗ uvicorn for assembler serve\n    ↳ pip install 'assembler[web]'\n" in outcome.out
    assert outcome.code == ready  # packets are made without


def test_an_address_that_is_none_is_refused(run: Run) -> None:
    outcome = run("doctor", "--database", "mysql://ali:secret@host/site")
    assert outcome.code == 2
    assert "The database host/site cannot be used." in outcome.err
    assert "secret" not in outcome.err


def test_it_ends_with_0_where_everything_needed_is_there(run: Run) -> None:
    if probe() is None or find_fonts().missing:
        pytest.skip("LibreOffice or the fonts are not installed")
    outcome = run("doctor")
    assert outcome.code == 0
    assert "✓ LibreOffice" in outcome.out
    assert outcome.out.endswith("Ready to build packets for signing.\n")


def test_what_is_missing_comes_with_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "nowhere")
    outcome = run("doctor")
    assert outcome.code == 6
    assert f"✗ LibreOffice\n    ↳ {remedy(WRITER)}\n" in outcome.out
    assert outcome.out.endswith("Something needed is missing.\n")


def test_packages_alone_are_for_a_package_manager(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "nowhere")
    outcome = run("doctor", "--packages")
    assert outcome.code == 0
    assert outcome.out.split()[:1] == ([package(WRITER)] if package(WRITER) else [])
    assert "↳" not in outcome.out


def test_it_speaks_persian(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "nowhere")
    outcome = run("--lang", "fa", "doctor")
    assert outcome.out.splitlines()[-1] == "برخی از ملزومات ساختن بسته فراهم نیست."
