"""The wheel alone is the whole program: away from the checkout it starts cases, checks them and builds them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
# Everything in these folders belongs into the wheel, there under these names.
_HOMES = {
    "assembler": "assembler",
    "form_specs": "assembler/shipped/form_specs",
    "letter_templates": "assembler/shipped/letter_templates",
}
_IMPORT_ALL = """
import importlib, pkgutil, assembler
names = [module.name for module in pkgutil.walk_packages(assembler.__path__, "assembler.")]
names = [name for name in names if not name.endswith("__main__") and not name.startswith("assembler.web.")]
print(len([importlib.import_module(name) for name in names]))
"""
# The face for browsers: its modules are imported once a site is set up; then it is visited.
_VISIT = """
import importlib, pkgutil, sys
from pathlib import Path
from assembler import web
from assembler.web.serve import Server, made_ready, reached
from assembler.web.site import Site
home = Path.cwd() / "site"
home.mkdir()
first = made_ready(reached(Site(home, home / ".site", home, home), Server()))
for module in pkgutil.walk_packages(web.__path__, "assembler.web."):
    importlib.import_module(module.name)
from django.test import Client
visitor = Client(headers={"host": "127.0.0.1"})
for address in (first, "/static/site.css", "/static/form.js", "/static/Vazirmatn.woff2"):
    print(visitor.get(address).status_code)
"""


@dataclass(frozen=True)
class Installed:
    """The program in an environment of its own; commands run in ``folder``, away from the checkout."""

    folder: Path
    programs: Path

    def run(self, *arguments: str, program: str = "assembler") -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "LANG": "C.UTF-8"}
        return subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel put by pip into a clean environment, beside what it declares to need and no more."""
    return _installed(wheel, tmp_path_factory)


@pytest.fixture(scope="module")
def installed_web(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The same with what ``assembler[web]`` needs."""
    return _installed(wheel, tmp_path_factory, "web")


def _installed(wheel: Path, folders: pytest.TempPathFactory, extra: str = "") -> Installed:
    """What the wheel needs is linked from the environment of the tests: no network is needed, and little time."""
    environment = folders.mktemp("environment")
    _python("-m", "venv", "--without-pip", str(environment))
    pip = ("-m", "pip", "--python", str(environment), "--disable-pip-version-check")
    _python(*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    (site,) = environment.glob("[Ll]ib/**/site-packages")
    (metadata,) = site.glob("assembler-*.dist-info")
    for needed in _needed(Distribution.at(metadata), set(), extra):
        _link(needed, site)
    assert "No broken requirements found." in _python(*pip, "check")
    return Installed(folders.mktemp("away"), environment / ("Scripts" if os.name == "nt" else "bin"))


def _python(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _needed(package: Distribution, seen: set[str], *extras: str) -> Iterator[Distribution]:
    """All that a package with these of its extras needs, and what that needs."""
    for requirement in map(Requirement, package.requires or ()):
        asked = not requirement.marker or any(requirement.marker.evaluate({"extra": each}) for each in ("", *extras))
        if requirement.name in seen or not asked:
            continue
        seen.add(requirement.name)
        needed = distribution(requirement.name)
        yield needed
        yield from _needed(needed, seen, *requirement.extras)


def _link(needed: Distribution, site: Path) -> None:
    for name in {file.parts[0] for file in needed.files or ()} - {"..", "__pycache__"}:
        if not (site / name).exists():
            (site / name).symlink_to(Path(str(needed.locate_file(name))))


def test_it_holds_every_file_of_the_program_and_no_other(wheel: Path) -> None:
    files = {
        f"{home}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, home in _HOMES.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == files


def test_every_module_finds_what_it_imports(installed: Installed) -> None:
    done = installed.run("-c", _IMPORT_ALL, program="python")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100


def test_with_its_extra_it_serves_browsers(installed_web: Installed) -> None:
    done = installed_web.run("-c", _VISIT, program="python")
    assert (done.returncode, done.stdout.split()) == (0, ["200"] * 4), done.stderr


def test_without_it_serve_says_what_to_install(installed: Installed) -> None:
    done = installed.run("serve", "--local")
    assert (done.returncode, done.stderr.count("assembler[web]")) == (2, 1), done.stderr
    assert "Traceback" not in done.stderr


def test_it_finds_its_forms(installed: Installed) -> None:
    done = installed.run("forms")
    assert done.returncode == 0, done.stderr
    names = {line.split()[0] for line in done.stdout.splitlines()}
    assert {"circular-47093/01", "tehran-1399/01", "khuzestan-1397/plan", "performance-1397/1-1"} <= names


def test_it_starts_a_case(installed: Installed) -> None:
    done = installed.run("new", "khuzestan-1397", "fresh", "--no-input")
    assert done.returncode == 0, done.stderr
    assert (installed.folder / "fresh" / "answers").is_dir()


def test_its_templates_are_sound(installed: Installed) -> None:
    done = installed.run("template", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_checks_a_case_and_shows_it_as_a_page_in_persian(installed: Installed) -> None:
    shutil.copytree(ROOT / "samples" / "khuzestan-1397", installed.folder / "checked")
    done = installed.run("--lang", "fa", "check", "checked", "--html", "findings.html")
    assert done.returncode == 0, done.stderr
    assert "خطا" in done.stdout
    assert "khuzestan" in (installed.folder / "findings.html").read_text(encoding="utf-8")


def test_it_builds_a_case(installed: Installed) -> None:
    shutil.copytree(ROOT / "samples" / "khuzestan-1397", installed.folder / "built")
    done = installed.run("build", "built", "--engine", "draft", "--out", "out")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in (installed.folder / "out").glob("*.pdf")] == ["built.pdf"]


def test_doctor_names_the_libraries_it_brought(installed: Installed) -> None:
    told = installed.run("doctor").stdout
    for name in ("pypdf", "pikepdf", "python-docx", "matplotlib", "rdocx"):
        assert f"✓ {name} " in told
