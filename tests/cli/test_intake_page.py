"""The page of departments' tables, as it is asked for in the terminal."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from tests.actions.test_intake_page import ASKED, scraps
from tests.cli.conftest import Run
from tests.conftest import Workplace


def test_both_commands_write_it_and_it_tells_how_to_go_on(workplace: Workplace, run: Run, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    path, out = scraps(tmp_path / "back" / "a b.docx", ASKED), tmp_path / "page.html"
    for command, source in (("import", path), ("collect", path.parent)):
        outcome = run(command, workplace.case, source, "--html", out, *workplace.options)
        assert (outcome.code, str(out) in outcome.out) == (0, True)
        text = unescape(out.read_text(encoding="utf-8"))
        assert f"assembler {command} " in text
        assert f"--html {out} --as 1=demo/visit.services" in text
        out.unlink()
