"""``assembler persons``: the register is listed and changed; nothing is lost of what is not read."""

from __future__ import annotations

from assembler.base.problems import ExitCode
from assembler.base.scripts import readable
from assembler.model.folders import CaseFolder
from tests.cli.conftest import Run
from tests.conftest import Workplace


def test_persons_are_added_changed_listed_and_taken_out(run: Run, workplace: Workplace) -> None:
    case, path = workplace.case, CaseFolder(workplace.case).persons_file
    assert run("persons", case).code == 0
    assert run("persons", case, "پ. نمونه", "--title", "جناب آقای", "--post", "رئیس").code == 0
    assert run("persons", case, "ت. نمونه", "--post", "معاون").code == 0
    assert run("persons", case, "پ. نمونه", "--post", "رئیس سازمان").code == 0
    said = "- {title: جناب آقای, name: پ. نمونه, post: رئیس سازمان}\n- {name: ت. نمونه, post: معاون}\n"
    assert path.read_text(encoding="utf-8") == said
    listed = readable(run("persons", case).out)
    assert listed.index("رئیس سازمان") < listed.index("معاون")
    assert run("persons", case, "ت. نمونه", "--post", "رئیس محترم سازمان").code == ExitCode.ANSWERS
    assert run("persons", case, "ث. نمونه", "--delete").code == ExitCode.USAGE
    assert path.read_text(encoding="utf-8") == said
    assert run("persons", case, "ت. نمونه", "--delete").code == 0
    assert path.read_text(encoding="utf-8") == said.splitlines()[0] + "\n"


def test_a_broken_register_is_told_and_left(run: Run, workplace: Workplace) -> None:
    path = CaseFolder(workplace.case).persons_file
    path.write_text("- {title: آقای}\n", encoding="utf-8")
    assert "missing-key" in run("persons", workplace.case).out
    assert run("persons", workplace.case, "پ. نمونه").code == ExitCode.ANSWERS
    assert run("persons", workplace.case, "--post", "رئیس").code == ExitCode.USAGE
    assert path.read_text(encoding="utf-8") == "- {title: آقای}\n"
