"""What is to be installed is named as the package manager of this system names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.pdf import packages
from assembler.pdf.doctor import Finding, examine, missing_packages, ready
from assembler.pdf.fonts import FontSet

NOTHING = FontSet((), None, ("B Nazanin", "B Titr"))


@pytest.fixture(autouse=True)
def _somewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packages, "_DESKTOP", tmp_path / "libreoffice-core.list")
    monkeypatch.setattr(packages.sys, "platform", "linux")


def examined(folder: Path, *managers: str) -> tuple[Finding, ...]:
    """What is found on a system with these package managers and nothing that is needed."""
    for name in managers:
        (folder / name).write_text("#!/bin/sh\n", encoding="ascii")
        (folder / name).chmod(0o755)
    return examine({"PATH": str(folder), "ASSEMBLER_SOFFICE": "nowhere"}, NOTHING)


@pytest.mark.parametrize(
    ("manager", "names"),
    [
        ("apt-get", ("libreoffice-writer-nogui", "fonts-farsiweb", "fonts-liberation", "fonts-dejavu-core")),
        ("dnf", ("libreoffice-writer", "liberation-serif-fonts", "dejavu-sans-fonts")),
        ("pacman", ("libreoffice-fresh", "ttf-liberation", "ttf-dejavu")),
        ("brew", ("libreoffice", "font-liberation", "font-dejavu")),
    ],
)
def test_each_package_manager_is_asked_by_its_own_names(tmp_path: Path, manager: str, names: tuple[str, ...]) -> None:
    findings = examined(tmp_path, manager)
    assert not ready(findings)
    assert missing_packages(findings) == names
    remedies = {finding.name: finding.remedy for finding in findings}
    assert remedies["LibreOffice"].startswith(manager)
    assert remedies["LibreOffice"].endswith(names[0])
    assert f"{names[-2]} (or install Times New Roman itself)" in remedies["Times New Roman"]


def test_fonts_without_a_package_are_told_in_words(tmp_path: Path) -> None:
    told = next(finding for finding in examined(tmp_path, "dnf") if finding.name == "B Titr")
    assert not told.package
    assert "nazli.ttf, nazlib.ttf, titr.ttf out of Debian's fonts-farsiweb" in told.remedy
    assert "into ~/.local/share/fonts (or install B Titr itself)" in told.remedy


def test_a_mac_is_told_of_homebrew_even_before_it_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.sys, "platform", "darwin")
    findings = examined(tmp_path)
    assert findings[0].remedy == "brew install --cask libreoffice"
    assert "into ~/Library/Fonts" in findings[1].remedy


def test_an_unknown_system_is_told_the_names_of_debian(tmp_path: Path) -> None:
    findings = examined(tmp_path)
    assert findings[0].remedy == "install what Debian calls libreoffice-writer-nogui"
    assert missing_packages(findings) == ()


def test_the_libreoffice_of_a_desktop_is_completed_and_not_replaced(tmp_path: Path) -> None:
    packages._DESKTOP.touch()
    assert examined(tmp_path, "apt-get")[0].remedy == "apt-get install libreoffice-writer"


def test_what_is_there_is_not_named(tmp_path: Path) -> None:
    soffice = tmp_path / "soffice"
    soffice.write_text("#!/bin/sh\n", encoding="ascii")
    soffice.chmod(0o755)
    findings = examine({"PATH": str(tmp_path)}, NOTHING)
    assert findings[0].present
    assert "libreoffice" not in " ".join(missing_packages(findings))
