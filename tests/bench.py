"""Measured ratios, each taken in one run on one machine: ``make bench``.

Times are medians of a few rounds; compare ratios, not seconds. The yardstick of a build is LibreOffice alone,
converting the very documents the build produced.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "samples" / "tehran-1399"
ROUNDS = 3

BIG_FORM = """\
form: bench/big
title: جدول بزرگ
source: {document: bench}
items:
  - name: rows
    type: table
    label: ردیف‌ها
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position, width: 1.2}
      - {name: title, type: text, label: عنوان}
      - {name: unit, type: text, label: واحد}
      - {name: quantity, type: integer, label: مقدار}
      - {name: start, type: date, label: شروع}
      - {name: end, type: date, label: پایان}
      - {name: share, type: percent, label: سهم}
      - {name: person, type: text, label: مسئول}
"""
BIG_REPORT = """\
report: bench
title: گزارش بزرگ
source: {document: bench}
case:
  - {name: agency, type: text, label: نام دستگاه}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - table: bench/big.rows
"""
BIG_ROW = (
    "  - {{title: فعالیت شماره {0}, unit: گزارش, quantity: {0}, start: 1399/10/01, end: 1399/12/28, share: 50, "
    "person: آقای نمونه}}\n"
)
# PyYAML with the loader the checker takes, which leaves every scalar a text.
YAML_ALONE = """\
import gc, sys, yaml
if "paused" in sys.argv:
    gc.disable()
with open(sys.argv[1], encoding="utf-8") as file:
    answers = yaml.load(file, Loader=yaml.CBaseLoader)
"""


def seconds(work: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """The median time of some rounds; ``work`` is told the round's number."""
    times = []
    for number in range(rounds):
        start = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def assembler(*words: object) -> None:
    run(sys.executable, "-m", "assembler", *words)


def soffice(documents: list[Path], out: Path) -> None:
    """LibreOffice as one would call it by hand, with a fresh profile as every build has one."""
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf", "--outdir", out]
        run("soffice", *options, *documents)


def correct_a_cell(case: Path, number: int) -> None:
    """One officer corrects the words of one cell of table 12."""
    answers = case / "answers" / "12.yaml"
    text = answers.read_text(encoding="utf-8")
    corrected = re.sub(
        "compensation: شرکت بیمه دانا[^,}\n]*", f"compensation: شرکت بیمه دانا، نوبت {number}", text, count=1
    )
    answers.write_text(corrected, encoding="utf-8")


def big_case(folder: Path, rows: int) -> Path:
    """A case with one table of the given number of rows."""
    specs = folder / "form_specs" / "bench"
    answers = folder / "big" / "answers"
    specs.mkdir(parents=True, exist_ok=True)
    answers.mkdir(parents=True, exist_ok=True)
    (specs / "big.yaml").write_text(BIG_FORM, encoding="utf-8")
    (specs / "report.yaml").write_text(BIG_REPORT, encoding="utf-8")
    (folder / "big" / "case.yaml").write_text("report: bench\nagency: سازمان نمونه\n", encoding="utf-8")
    text = "form: bench/big\nrows:\n" + "".join(BIG_ROW.format(number) for number in range(1, rows + 1))
    (answers / "big.yaml").write_text(text, encoding="utf-8")
    return folder / "big"


def checking(work: Path, rows: int = 100_000) -> None:
    """Checking a large table against reading its YAML alone, and against checking a quarter of it."""

    def checked(count: int) -> float:
        case = big_case(work / str(count), count)
        return seconds(lambda number: assembler("check", case, "--specs", work / str(count) / "form_specs"), 1)

    whole, quarter = checked(rows), checked(rows // 4)
    answers = work / str(rows) / "big" / "answers" / "big.yaml"
    alone = seconds(lambda number: run(sys.executable, "-c", YAML_ALONE, answers), 1)
    # Most of that time Python looks for circular garbage: this is the bare reading.
    bare = seconds(lambda number: run(sys.executable, "-c", YAML_ALONE, answers, "paused"), 1)
    report(f"check of {rows:,} rows / reading their YAML alone", whole / alone, "≤ 2", f"{whole:.2f} s / {alone:.2f} s")
    report("  the same, no search for garbage while reading alone", whole / bare, "", f"{bare:.2f} s")
    report(f"check of {rows:,} rows / 4 × check of {rows // 4:,}", whole / (4 * quarter), "≈ 1", f"{quarter:.2f} s")


def report(name: str, ratio: float, aim: str, detail: str) -> None:
    print(f"{name:<58} {ratio:>8.3f}   {aim:<8} {detail}", flush=True)


def main() -> None:
    print(f"{'ratio':<58} {'measured':>8}   {'aim':<8}")
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        case = work / "tehran-1399"
        shutil.copytree(CASE, case, ignore=shutil.ignore_patterns("output"))
        full = seconds(lambda number: assembler("build", case, "--out", work / f"out{number}"))
        documents = sorted((work / "out0" / "parts").glob("*.docx"))
        bare = seconds(lambda number: soffice(documents, work / f"bare{number}"))
        report("full build / soffice alone, same files", full / bare, "≤ 1.25", f"{full:.2f} s / {bare:.2f} s")
        again = seconds(lambda number: assembler("build", case, "--out", work / "out0"))
        report("nothing changed / full build", again / full, "≤ 0.05", f"{again:.2f} s")

        def corrected(number: int) -> None:
            correct_a_cell(case, number)
            assembler("build", case, "--out", work / "out0")

        cell = seconds(corrected)
        report("one corrected cell / full build", cell / full, "", f"{cell:.2f} s")
        big = big_case(work, 2000)
        specs = ("--specs", work / "form_specs")
        large = seconds(lambda number: assembler("build", big, "--out", work / f"big{number}", *specs), 1)
        alone = seconds(lambda number: soffice([work / "big0" / "parts" / "report.docx"], work / "alone"), 1)
        report("table of 2,000 rows × 8 / soffice alone", large / alone, "", f"{large:.2f} s / {alone:.2f} s")
        checking(work)
    empty = seconds(lambda number: run(sys.executable, "-c", "pass"), 15)
    overview = seconds(lambda number: assembler("--help"), 15)
    report(
        "assembler --help / python -c pass",
        overview / empty,
        "≤ 4",
        f"{overview * 1000:.0f} ms / {empty * 1000:.0f} ms",
    )


if __name__ == "__main__":
    main()
