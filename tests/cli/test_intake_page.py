"""The page of departments' tables, as it is asked for in the terminal."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path

import pytest

from tests.actions.test_intake_page import ASKED, scraps
from tests.cli.conftest import Run
from tests.conftest import Workplace


@pytest.mark.parametrize("command", ["import", "collect"])
def test_the_commands_it_tells_can_be_pasted(workplace: Workplace, run: Run, tmp_path: Path, command: str) -> None:
    """From any folder, with blanks in the names, and with all that was said: specifications of one's own above all."""
    (tmp_path / "what came back").mkdir()
    path, out = scraps(tmp_path / "what came back" / "a b.docx", ASKED), tmp_path / "the page.html"
    source = path if command == "import" else path.parent
    said = ["--with-errors", "--as", "1.2=count"]
    outcome = run("--lang", "en", command, workplace.case, source, "--html", out, *workplace.options, *said)
    assert (outcome.code, str(out) in outcome.out) == (0, True)
    (asks,) = _typed(out)
    assert asks[-2:] == ["--as", "1=demo/visit.services"]
    assert run(*asks[1:]).code == 0
    (writes,) = _typed(out)
    assert writes[-1] == "--write"
    assert run(*writes[1:]).code == 0
    assert "{name: گواهی امضا, count: 7}" in (workplace.case / "answers" / "visit.yaml").read_text(encoding="utf-8")


def _typed(page: Path) -> list[list[str]]:
    """The commands under «What is to be done next», word by word as a shell reads them."""
    steps = page.read_text(encoding="utf-8").split('class="steps"')[1]
    return [shlex.split(unescape(each)) for each in re.findall(r"<pre[^>]*>(?:<code[^>]*>)?([^<]*)", steps)]
