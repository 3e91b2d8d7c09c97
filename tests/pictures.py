"""The pictures of the README and the handbook: real pages of the samples, and real screens of the program.

``make pictures`` makes them anew, or those that are named: ``python -m tests.pictures check report``. LibreOffice makes
the pages; a Chromium sets the screens.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pypdfium2
from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

from assembler.actions.handbook import PICTURES
from tests.cli.terminals import Terminal

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY / "samples"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_COLOURS = 96  # of a picture: enough for text, and small
_STYLED = re.compile(r"\x1b\[([0-9;]*)m")
_ERASED = re.compile(r"[^\n]*\r\x1b\[K")  # the progress bar, once it is gone
_MOVED = re.compile(r"\x1b\[[0-9;?]*[a-ln-zA-Z]|\r|\x07")
_CLASSES = {"1": "b", "2": "d", "31": "r", "32": "g", "33": "y", "34": "u", "36": "c", "90": "d"}
_SCREEN = """<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; background: #fff; }
.screen { background: #16202c; color: #e6ebf1; padding: 14px 20px; width: max-content; }
.screen div { font: 15px/1.75 "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.screen div { min-height: 1.75em; max-width: 104ch; }
.typed { color: #9fd0ff; direction: ltr; text-align: left; }
.b { font-weight: bold; } .d { color: #93a1b1; }
.r { color: #ff8f8f; } .g { color: #8fe0a0; } .y { color: #f3cf6b; } .u { color: #8fbfff; } .c { color: #8fdfe0; }
</style><div class="screen">%s</div>"""


# ---------------------------------------------------------------- what is pictured


_ANSWERED = ("1", "3", "header")


def _begun(folder: Path) -> Path:
    """A case somebody is answering: its fields and some forms are done."""
    case = folder / "my-report"
    _shown(["new", "service-desk", str(case), "--no-input"])
    sample = SAMPLES / "service-desk-hq-1405-1"
    shutil.copy(sample / "case.yaml", case)
    for fresh in (case / "answers").iterdir():
        answered = sample / "answers" / f"{fresh.stem.partition('-')[2]}.yaml"
        if answered.stem in _ANSWERED:
            shutil.copy(answered, fresh)
    return case


def _done(folder: Path, sample: str = "service-desk-hq-1405-1") -> Path:
    return Path(shutil.copytree(SAMPLES / sample, folder / "my-report"))


def _fill(folder: Path) -> Image.Image:
    """The first questions, with their choices."""
    case = folder / "my-report"
    _shown(["new", "service-desk", str(case), "--no-input"])
    terminal = Terminal(["--lang", "fa", "fill", str(case)])
    terminal.until("> ")
    for answer in ("1", "سازمان خدمات سکونتگاهی نمونه"):
        terminal.answer(answer)
    terminal.until_quiet()
    terminal.kill()
    return _screen(folder, "assembler fill my-report", terminal.raw.decode())


def _fill_table(folder: Path) -> Image.Image:
    """A table with printed rows, filled one after the other."""
    terminal = Terminal(["--lang", "fa", "fill", str(_begun(folder)), "service-desk/2"])
    terminal.until("> ")
    terminal.answer("")
    terminal.until_quiet()
    terminal.kill()
    return _screen(folder, "assembler fill my-report service-desk/2", terminal.raw.decode())


def _status(folder: Path) -> Image.Image:
    case = _begun(folder)
    return _screen(folder, "assembler status my-report", _shown(["status", str(case), "--today", "1405/02/20"]), 22)


def _check(folder: Path) -> Image.Image:
    case = _faulty(folder)
    return _screen(folder, "assembler check my-report", _shown(["check", str(case)]), 12)


def _findings(folder: Path) -> Image.Image:
    page = folder / "findings.html"
    _shown(["check", str(_faulty(folder)), "--html", str(page)])
    return _browsed(page, 1000, 1000)


def _faulty(folder: Path) -> Path:
    """A plan with what is often wrong in one: a blank, a row twice, a holiday."""
    case = _done(folder, "khuzestan-1397")
    plan = "khuzestan-1397/plan.plan"
    _shown(["set", str(case), "case.agency", "--blank"])
    _shown(["set", str(case), f"{plan}:3.executor", "--blank"])
    _shown(["set", str(case), f"{plan}:2.time", "1397/03/14"])
    _shown(["set", str(case), f"{plan}:4.action", "رعایت حرمت مراجعین"])
    return case


def _report(folder: Path) -> Image.Image:
    case = _done(folder)
    _shown(["build", str(case), "--out", str(folder / "out")])
    return _pages(folder / "out" / "my-report.pdf", (0, 3, 5))


def _workbook(folder: Path) -> Image.Image:
    book = folder / "forms.xlsx"
    _shown(["export", str(_done(folder)), str(book), "--forms", "service-desk/2"])
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(folder), str(book)], check=True, capture_output=True)
    return _cropped(pypdfium2.PdfDocument(folder / "forms.pdf")[1].render(scale=1.3).to_pil().convert("RGB"))


def _page(folder: Path) -> Image.Image:
    """Of a report as it was published: a table, a letter shown as a figure, a printed form."""
    _shown(["build", str(_done(folder, "tehran-1399")), "--out", str(folder / "out")])
    return _pages(folder / "out" / "my-report.pdf", (17, 34, 35))


def _letter(folder: Path) -> Image.Image:
    case = _done(folder)
    _shown(["build", str(case), "--out", str(folder / "out")])
    return _pages(folder / "out" / "my-report.pdf", (0,), scale=1.1)


def _issue(folder: Path) -> Image.Image:
    told = _issued(folder)[1]
    return _screen(folder, "assembler issue my-report --registry letters.db --date 1405/03/05", told)


def _registry(folder: Path) -> Image.Image:
    case, registry = _issued(folder)[0], str(folder / "letters.db")
    Image.new("L", (620, 877), 255).save(folder / "scan.png")
    _shown(["signed", str(case), "report-letter", str(folder / "scan.png"), "--date", "1405/03/06"])
    _shown(["registry", "sent", registry, "1405/د/0001", "--date", "1405/03/07"])
    _shown(["registry", "give", registry, "--case", "روزمره", "--letter", "دعوت‌نامه", "--today", "1405/03/08"])
    told = _shown(["registry", "list", registry])
    return _screen(folder, "assembler registry list letters.db", told)


def _diff(folder: Path) -> Image.Image:
    case = _corrected(folder)
    return _screen(folder, "assembler diff my-report", _shown(["diff", str(case)]))


def _amended(folder: Path) -> Image.Image:
    case = _corrected(folder)
    _shown(["issue", str(case), "--registry", str(folder / "letters.db"), "--date", "1405/03/12"])
    return _pages(case / "revisions" / "002" / "my-report.pdf", (0, 2))


def _corrected(folder: Path) -> Path:
    case = _issued(folder)[0]
    _shown(["set", str(case), "case.representative", "پ. نمونه"])
    return case


def _issued(folder: Path) -> tuple[Path, str]:
    """A case that was issued with numbers of a registry, and what was told."""
    case, registry = _done(folder), folder / "letters.db"
    _shown(["registry", "init", str(registry), "--pattern", "{year}/{unit}/{serial:04}", "--unit", "د"])
    for name in ("report_number", "report_date", "introduction_number", "introduction_date"):
        _shown(["set", str(case), f"service-desk/letters.{name}", "--blank"])
    return case, _shown(["issue", str(case), "--registry", str(registry), "--date", "1405/03/05"])


def _letters(folder: Path) -> Image.Image:
    """The first page of a few units, side by side."""
    book = openpyxl.load_workbook(SAMPLES / "units-60.xlsx")
    book.worksheets[0].delete_rows(5, 100)
    book.save(folder / "units.xlsx")
    case, out = _done(folder, "service-desk-province-1405-1"), folder / "letters"
    data = ["--data", str(folder / "units.xlsx"), "--base", str(case), "--name", "نام فایل", "--out", str(out)]
    _shown(["letters", "service-desk", *data])
    starts = range(0, 3 * (found := len(pypdfium2.PdfDocument(out / "combined.pdf")) // 3), found)
    return _pages(out / "combined.pdf", starts, scale=0.7)


def _due(folder: Path) -> Image.Image:
    for name in ("hq-1405-1", "hq-1405-2", "province-1405-1"):
        shutil.copytree(SAMPLES / f"service-desk-{name}", folder / "cases" / name)
    told = _shown(["due", str(folder / "cases"), "--today", "1405/06/01"])
    return _screen(folder, "assembler due cases --today 1405/06/01", told)


def _doctor(folder: Path) -> Image.Image:
    return _screen(folder, "assembler doctor", _shown(["doctor"]))


def _case_page(folder: Path) -> Image.Image:
    """The page of a case somebody is answering, in the browser."""
    with _served(folder, _begun) as (page, address):
        page.goto(f"{address}/cases/my-report")
        return _seen(page, folder)


def _form_page(folder: Path) -> Image.Image:
    """A form in the browser, with a cell that is wrong."""
    with _served(folder, _faulty) as (page, address):
        page.goto(f"{address}/cases/my-report/forms/khuzestan-1397/plan")
        page.wait_for_selector("#items table")
        return _seen(page, folder)


@contextmanager
def _served(folder: Path, make: Callable[[Path], Path]) -> Iterator[tuple[Page, str]]:
    """A page in a real browser at a site of one case, for one officer, and the address of the site."""
    cases = folder / "cases"
    cases.mkdir()
    make(folder).rename(cases / "my-report")
    command = [sys.executable, "-m", "assembler", "--lang", "fa", "serve", "--local", "--port", "0", str(cases)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        assert server.stdout is not None
        first = server.stdout.readline().split()[-1]
        browser = playwright.chromium.launch(executable_path=_browser(), args=["--headless", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1480, "height": 840})
        page.goto(first)
        yield page, first.partition("/local/")[0]
        browser.close()
        server.terminate()


def _seen(page: Page, folder: Path) -> Image.Image:
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=folder / "seen.png")
    return Image.open(folder / "seen.png").convert("RGB")


_PICTURES: dict[str, Callable[[Path], Image.Image]] = {
    "page": _page,
    "fill": _fill,
    "fill-table": _fill_table,
    "status": _status,
    "check": _check,
    "findings": _findings,
    "report": _report,
    "workbook": _workbook,
    "letter": _letter,
    "issue": _issue,
    "registry": _registry,
    "diff": _diff,
    "amended": _amended,
    "letters": _letters,
    "due": _due,
    "doctor": _doctor,
    "case-page": _case_page,
    "form-page": _form_page,
}


# ---------------------------------------------------------------- how it is pictured


def _shown(arguments: Sequence[str]) -> str:
    """What the program prints on a terminal, colours and all."""
    terminal = Terminal(["--lang", "fa", *arguments])
    terminal.end()
    return terminal.raw.decode("utf-8", "replace")


def _screen(folder: Path, typed: str, printed: str, most: int = 40) -> Image.Image:
    """A screen with a command and the first lines of what it prints; folders of this machine are cut off."""
    text = _MOVED.sub("", _ERASED.sub("", printed)).replace(f"{folder}/", "").rstrip("\n")
    lines = text.split("\n")
    shown = [*lines[:most], "…"] if len(lines) > most else lines
    written = "".join(f'<div dir="auto">{"".join(_spans(line))}</div>' for line in shown)
    page = folder / "screen.html"
    page.write_text(_SCREEN % (f'<div class="typed">$ {html.escape(typed)}</div>{written}'), encoding="utf-8")
    return _browsed(page, 1080, 1600)


def _spans(line: str) -> Iterator[str]:
    """A line with its colours as HTML."""
    styles: set[str] = set()
    for at, piece in enumerate(_STYLED.split(line)):
        if at % 2:
            styles = set() if piece in ("", "0") else styles | {_CLASSES.get(one, "") for one in piece.split(";")}
        elif piece:
            yield f'<span class="{" ".join(sorted(styles))}">{html.escape(piece)}</span>'


def _browser() -> str:
    return next(found for name in _BROWSERS if (found := shutil.which(name)))


def _browsed(page: Path, width: int, height: int) -> Image.Image:
    picture = page.with_suffix(".png")
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"]
    subprocess.run([_browser(), *options, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)
    return _cropped(Image.open(picture).convert("RGB"))


def _pages(pdf: Path, numbers: Sequence[int], scale: float = 0.85) -> Image.Image:
    """Pages side by side, the first at the right."""
    document = pypdfium2.PdfDocument(pdf)
    return _beside([document[number].render(scale=scale).to_pil().convert("RGB") for number in numbers])


def _beside(pages: Sequence[Image.Image]) -> Image.Image:
    gap = 12
    width, height = sum(page.width + gap for page in pages) + gap, max(page.height for page in pages) + 2 * gap
    picture = Image.new("RGB", (width, height), "#c8ccd2")
    at = gap
    for page in reversed(pages):
        picture.paste(page, (at, gap))
        at += page.width + gap
    return picture


def _cropped(picture: Image.Image) -> Image.Image:
    """Without the blank that is left at its edges."""
    blank = Image.new("RGB", picture.size, "white")
    box = ImageChops.difference(picture, blank).getbbox() or (0, 0, *picture.size)
    return picture.crop(box)


def make(names: Sequence[str]) -> None:
    for name in names or _PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            picture = _PICTURES[name](Path(folder))
        home = SAMPLES if name == "page" else PICTURES
        picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE).save(home / f"{name}.png", optimize=True)


if __name__ == "__main__":
    make(sys.argv[1:])
