"""What LibreOffice and the fonts are called by the package managers, and how they are asked for them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from assembler.base.messages import translate

WRITER, PERSIAN, LATIN, SIGNS = "writer", "persian", "latin", "signs"

# A desktop's LibreOffice and one without windows cannot stand side by side: the wrong Writer would take the other away.
_DESKTOP = Path("/var/lib/dpkg/info/libreoffice-core.list")
# The manager is the first that is there, in this order.
_COMMANDS = {
    "apt-get": "apt-get install",
    "dnf": "dnf install",
    "pacman": "pacman -S",
    "brew": "brew install --cask",
}
_PACKAGES = {
    "apt-get": {
        WRITER: "libreoffice-writer-nogui",
        PERSIAN: "fonts-farsiweb",
        LATIN: "fonts-liberation",
        SIGNS: "fonts-dejavu-core",
    },
    "dnf": {WRITER: "libreoffice-writer", LATIN: "liberation-serif-fonts", SIGNS: "dejavu-sans-fonts"},
    "pacman": {WRITER: "libreoffice-fresh", LATIN: "ttf-liberation", SIGNS: "ttf-dejavu"},
    "brew": {WRITER: "libreoffice", LATIN: "font-liberation", SIGNS: "font-dejavu"},
}
_PERSIAN_FILES = "nazli.ttf, nazlib.ttf, titr.ttf"
_PERSIAN_PAGE = "https://packages.debian.org/stable/fonts-farsiweb"


def package(thing: str, environment: Mapping[str, str] = os.environ) -> str:
    """The package of a thing here; empty where the manager is unknown or has none."""
    manager = _manager(environment)
    if (manager, thing) == ("apt-get", WRITER) and _DESKTOP.exists():
        return "libreoffice-writer"
    return _PACKAGES.get(manager, {}).get(thing, "")


def remedy(thing: str, environment: Mapping[str, str] = os.environ) -> str:
    """How to get a thing here: a command, or in words where there is no package of it."""
    if name := package(thing, environment):
        return f"{_COMMANDS[_manager(environment)]} {name}"
    if thing == PERSIAN:
        return translate("copy {files} out of Debian's fonts-farsiweb ({page}) into {folder}").format(
            files=_PERSIAN_FILES, page=_PERSIAN_PAGE, folder=_own_fonts()
        )
    return translate("install what Debian calls {package}").format(package=_PACKAGES["apt-get"][thing])


def _manager(environment: Mapping[str, str]) -> str:
    search = environment.get("PATH", os.defpath)
    found = next((name for name in _COMMANDS if shutil.which(name, path=search)), "")
    return found or ("brew" if sys.platform == "darwin" else "")


def _own_fonts() -> str:
    return "~/Library/Fonts" if sys.platform == "darwin" else "~/.local/share/fonts"
