"""The README is short, and all it says to type is typed; its example of the library runs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from PIL import Image

from assembler.base.problems import ExitCode
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.cli.conftest import Run, run
from tests.conftest import REPOSITORY
from tests.pages import follow, type_to_the_system

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
__all__ = ["run"]


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 130
    assert all(len(line) <= 200 for line in README.splitlines())


@pytest.mark.parametrize("name", ["README.md", "samples/README.md"])
def test_links_and_pictures_are_there(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)]*)\)", (REPOSITORY / name).read_text(encoding="utf-8"))
    assert [each for each in targets if not ((REPOSITORY / name).parent / each).is_file()] == []
    assert name != "README.md" or len(targets) > 8


def test_the_picture_is_small() -> None:
    picture = REPOSITORY / "samples" / "page.png"
    assert picture.stat().st_size < 200_000
    assert Image.open(picture).width < 2000


def test_every_sample_is_told() -> None:
    told = (REPOSITORY / "samples" / "README.md").read_text(encoding="utf-8")
    cases = [path.parent.name for path in (REPOSITORY / "samples").glob("*/case.yaml")]
    assert [name for name in cases if name.removesuffix("-2") not in told] == []


@office
def test_six_commands_lead_to_a_pdf(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = (0, ExitCode.ANSWERS)  # the report is begun: something is missing
    assert follow(README, run, tmp_path, monkeypatch, ends=ends, whole=False) == 8
    first = README.partition("## Your first report")[2].partition("##")[0]
    assert first.count("$ assembler") == 6
    for place in re.findall(r"`(my-report/[^`]*)`", first):
        assert (tmp_path / place).exists(), place
    assert (tmp_path / "handbook.html").is_file()


@pytest.mark.parametrize("name", ["README.md", "samples/README.md"])
def test_what_else_is_typed_can_be_typed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert type_to_the_system((REPOSITORY / name).read_text(encoding="utf-8"))


def test_what_it_says_to_serve_is_served(tmp_path: Path) -> None:
    """Started as it stands, but at a free port; the page is fetched, then it is stopped."""
    shutil.copytree(REPOSITORY / "samples" / "service-desk-hq-1405-1", tmp_path / "my-report")
    (words,) = re.findall(r"^assembler (serve .*)$", README, re.MULTILINE)
    command = [sys.executable, "-m", "assembler", "--lang", "en", *words.split(), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            visitor = build_opener(HTTPCookieProcessor())
            assert "my-report" in visitor.open(address).read().decode()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0


@office
def test_the_example_of_the_library_runs(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "samples" / "service-desk-hq-1405-1", tmp_path / "my-report")
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "build/my-report.pdf"
    assert (tmp_path / "build" / "my-report.pdf").is_file()
