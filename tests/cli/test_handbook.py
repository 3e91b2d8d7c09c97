"""The handbook: each chapter is read on a terminal and as a page, in its direction; what it tells to do is done."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfWriter

from assembler.actions.handbook import FOLDER, PICTURES, chapters
from assembler.base.messages import LANGUAGES, spoken
from assembler.base.problems import ExitCode
from assembler.cli.serve import command as serve
from assembler.cli.table import width
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.web.bounds import most_bytes
from tests.actions.test_intake_page import scraps
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY
from tests.pages import follow, type_to_the_system

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
SAMPLES, SAMPLE = REPOSITORY / "samples", "service-desk-hq-1405-1"
ISSUED = ("amending", "backup")  # chapters about a case that was issued


def _names(language: str) -> list[str]:
    with spoken(language):
        return [each.name for each in chapters()]


PAGES = [(language, name) for language in LANGUAGES for name in _names(language)]
READ = [*PAGES, *((language, "index") for language in LANGUAGES)]


def _text(language: str, name: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


FOLLOWED = [page for page in PAGES if "```console" in _text(*page)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_stands_in_the_contents(language: str) -> None:
    files = {path.stem for path in (FOLDER / language).glob("*.md")}
    assert {*_names(language), "index"} == files


@pytest.mark.parametrize(("language", "name"), READ)
def test_links_and_pictures_are_there(language: str, name: str) -> None:
    folder = FOLDER / language
    for target in re.findall(r"\]\((?!https?:)([^)]*)\)", _text(language, name)):
        assert (folder / target).is_file(), target


def test_pictures_are_small_and_used() -> None:
    used = {Path(target).name for page in READ for target in re.findall(r"\]\(([^)]*\.png)\)", _text(*page))}
    there = list(PICTURES.glob("*.png"))
    assert {path.name for path in there} == used
    for path in there:
        assert path.stat().st_size < 150_000, path.name
        assert Image.open(path).width < 2000, path.name


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_a_chapter_is_read_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, language: str, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    outcome = run("--lang", language, "handbook", name)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == _text(language, name).splitlines()[0].removeprefix("# ")
    told = [line for line in lines if not line.startswith("    ")]  # commands and files stand as they are
    assert [line for line in told if re.search(r"\]\(|^#|^\||<!--|\*\*", line.strip())] == []
    assert [line for line in told if width(line) > 80] == []


def test_the_contents_tell_how_a_chapter_is_read(run: Run) -> None:
    outcome = run("--lang", "fa", "handbook")
    assert (outcome.code, outcome.err) == (0, "")
    told = [line.split()[0] for line in outcome.out.splitlines() if re.match("  [a-z]", line)]
    assert told == _names("fa")


def test_a_chapter_nobody_wrote_is_refused_with_the_nearest(run: Run) -> None:
    outcome = run("handbook", "programm")
    assert outcome.code == ExitCode.USAGE
    assert "program" in outcome.err


def test_the_page_is_whole_in_one_file(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "handbook.html"
    assert run("--lang", "fa", "handbook", "--html", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert '<html lang="fa" dir="rtl">' in text
    assert [text.count(f'<article id="{name}">') for name in _names("fa")] == [1] * len(_names("fa"))
    assert set(re.findall(r'(?:src|href)="(?!data:image/png;base64,|https:)([^"]*)"', text)) == {
        "#contents",
        *(f"#{name}" for name in _names("fa")),
    }
    assert len(re.findall("<pre", text)) == len(re.findall('<pre dir="ltr"', text)) > 10


def test_a_page_of_one_chapter_leads_to_no_other(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "chapter.html"
    assert run("--lang", "fa", "handbook", "first-report", "--html", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "href=" not in text
    assert text.count('src="data:image/png;base64,') == _text("fa", "first-report").count(".png)")


@pytest.mark.parametrize("name", _names("fa"))
def test_commands_stand_in_lines_of_their_own(name: str) -> None:
    """Within a Persian line a command of several words would be turned about; a table of the reference may name it."""
    lines = re.sub(r"```.*?```|<!-- words.*?<!-- end -->", "", _text("fa", name), flags=re.DOTALL)
    assert re.findall(r"`(?:assembler|apt-get|pipx?|make|export) [^`]*`", lines) == []


@office
@pytest.mark.parametrize(("language", "name"), FOLLOWED)
def test_what_a_chapter_tells_to_do_is_done(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    text = _text(language, name)
    monkeypatch.chdir(tmp_path)
    _lay_out(text, run)
    if name in ISSUED:
        _issue(run)
    monkeypatch.setenv("LC_ALL", language)
    begun = " new " in text  # a case that is begun has errors
    assert follow(text, run, tmp_path, monkeypatch, ends=(0, ExitCode.ANSWERS) if begun else (0,), whole=False)


def _lay_out(text: str, run: Run) -> None:
    """What the reader of a chapter has: a case that is filled in, and what else it names."""
    if "my-report --no-input" not in text.replace("--from my-report --no-input", ""):
        shutil.copytree(SAMPLES / ("service-desk-province-1405-1" if "units.xlsx" in text else SAMPLE), "my-report")
    for name in ("hq-1405-1", "hq-1405-2", "province-1405-1") if " cases" in text else ():
        shutil.copytree(SAMPLES / f"service-desk-{name}", f"cases/{name}")
    if "report-1398" in text:
        shutil.copytree(SAMPLES / "annual-1398", "report-1398")
    if "evaluations" in text:
        shutil.copytree(SAMPLES / "performance-1397", "evaluations/one")
    shutil.copy(SAMPLES / "survey-responses.csv", "responses.csv")
    with PdfWriter() as scan:
        scan.add_blank_page(595, 842)
        scan.write("scan.pdf")
    book = openpyxl.load_workbook(SAMPLES / "units-60.xlsx")
    book.worksheets[0].delete_rows(4, 100)  # two units do
    book.save("units.xlsx")
    if "departments.docx" in text:
        Path("tables").mkdir()
        known = ("خدماتی که تناقض دارند", (("عنوان خدمت", "کد خدمت"), ("صدور کارت", "10011234000")))
        head, row = ("عنوان خدمت", "کد خدمت", "اصلاحات مورد نیاز"), ("گواهی", "10011235000", "نشانی کوتاه شود")
        asked = ("پاسخ ما", (head, row))
        scraps(Path("tables/departments.docx"), known, asked)
    if "letters.db" in text and "registry init" not in text:
        run("registry", "init", "letters.db", "--pattern", "{year}/{serial:04}")


def _issue(run: Run) -> None:
    for name in ("report_number", "report_date"):
        run("set", "my-report", f"service-desk/letters.{name}", "--blank")
    assert run("issue", "my-report", "--registry", "letters.db", "--date", "1405/03/05").code == 0


@pytest.mark.parametrize(("language", "name"), READ)
def test_what_else_is_typed_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    for folder in ("my-report", "cases"):
        (tmp_path / folder).mkdir()
    for file in ("cert.pem", "key.pem"):
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    text = re.sub(r"<!-- words.*?<!-- end -->", "", _text(language, name), flags=re.DOTALL)
    assert type_to_the_system(text) >= text.count("```sh\n")


def test_the_unit_of_the_system_runs_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands, where the system has what proves units too; it may write where the program is told to."""
    (unit,) = re.findall(r"^```ini\n(.*?)^```", _text("fa", "site"), re.MULTILINE | re.DOTALL)
    read = configparser.ConfigParser(interpolation=None)
    read.read_string(unit.replace("\\\n", ""))
    service = read["Service"]
    program, *arguments = service["execstart"].split()
    assert (Path(program).name, service["readwritepaths"]) == ("assembler", service["workingdirectory"])
    (tmp_path / "cases").mkdir()
    for file in ("cert.pem", "key.pem"):
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    assert arguments[:3] == ["--lang", "fa", "serve"]
    assert type_to_the_system(f"```sh\nassembler {shlex.join(arguments[2:])}\n```") == 1
    if shutil.which("systemd-analyze"):
        (tmp_path / "assembler.service").write_text(unit.replace(program, sys.executable), encoding="utf-8")
        proof = subprocess.run(
            ["systemd-analyze", "verify", tmp_path / "assembler.service"], capture_output=True, text=True, check=False
        )
        assert (proof.returncode, "assembler.service" in proof.stderr) == (0, False), proof.stderr


def test_the_server_before_the_site_hands_on_what_it_needs() -> None:
    (told,) = re.findall(r"^```nginx\n(.*?)^```", _text("fa", "site"), re.MULTILINE | re.DOTALL)
    most = int(re.findall(r"client_max_body_size (\d+)m;", told)[0]) * 1024 * 1024
    assert most == most_bytes("/attach")
    headers = dict(re.findall(r"proxy_set_header (\S+) (\S+);", told))
    assert headers == {
        "Host": "$http_host",
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "Connection": '""',  # none that closes after each answer: one is kept and used again
    }
    assert "proxy_buffering off;" in told
    port = next(each for each in serve.params if each.name == "port")
    assert f"proxy_pass http://127.0.0.1:{port.default};" in told


def test_headings_go_down_step_by_step() -> None:
    for page in READ:
        levels = [
            len(mark)
            for mark in re.findall(r"^(#+) ", re.sub("```.*?```", "", _text(*page), flags=re.DOTALL), re.MULTILINE)
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(deeper <= level + 1 for level, deeper in pairwise(levels)), page
