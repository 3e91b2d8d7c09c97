"""Measured ratios, each taken in one run on one machine: ``make bench``.

Times are medians of a few rounds; compare ratios, not seconds. The yardstick of a build is LibreOffice alone,
converting the very documents the build produced.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import jdatetime

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.write import write
from assembler.actions.open_case import OpenCase
from assembler.base.settings import Settings
from assembler.model.acts import Person, Target
from assembler.model.row_keys import KeysInMemory
from assembler.records.registry import LetterKey, NumberPattern, Registry
from tests.notices import make_office, rows
from tests.web.browser.speed import speed
from tests.web.processes.load import load
from tests.web.processes.serving import serving

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


def registering(work: Path, rows: int = 100_000) -> None:
    """Listing and searching a large registry against plain SQL that fetches the same rows."""
    day, path = jdatetime.date(1405, 3, 12), work / "registry.db"
    with Registry.create(path, NumberPattern("{year}/د/{serial:04}"), day) as registry:
        with registry._writing():  # one transaction for all: flushing each is the disk's speed
            for number in range(rows):
                registry._number(LetterKey(f"پرونده {number}", "گزارش دوماهه میز خدمت"), day)
        plain = sqlite3.connect(path)

        def selected(test: str, *words: str) -> float:
            query = f"SELECT * FROM letters WHERE {test} ORDER BY id"  # noqa: S608
            return seconds(lambda number: plain.execute(query, words).fetchall())

        listed, bare = seconds(lambda number: registry.entries()), selected("1")
        report(f"list of {rows:,} letter numbers / plain select", listed / bare, "", f"{listed:.2f} s / {bare:.2f} s")
        searched = seconds(lambda number: registry.entries("پرونده 4321"))
        bare = selected("search LIKE ? AND search LIKE ?", "%پرونده%", "%4321%")
        report("search in them / plain select … like", searched / bare, "", f"{searched:.3f} s / {bare:.3f} s")
        plain.close()


# Converts documents with a warm unoserver, from one Python that stays: the first is not counted.
WARM = """\
import subprocess, sys, time
from unoserver.client import UnoClient
server = subprocess.Popen([sys.executable, "-m", "unoserver.server", "--executable", sys.argv[1]],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
client, files = UnoClient(), sys.argv[2:]
for attempt in range(100):
    try:
        client.convert(inpath=files[0], outpath=files[0] + ".pdf")
        break
    except (ConnectionError, OSError):
        time.sleep(0.2)
start = time.perf_counter()
for file in files[1:]:
    client.convert(inpath=file, outpath=file + ".pdf")
print(time.perf_counter() - start)
server.terminate()
server.wait()
"""
# What a letter took with a warm unoserver where it was measured, in seconds, for machines that cannot run one.
WARM_SECONDS = 0.20


def rendered(count: int, work: Path) -> tuple[list[Path], float]:
    """Letters filled in with docxtpl alone, one after the other, and the seconds that took."""
    from docxtpl import DocxTemplate

    names = ("number", "date", "attachment", "addressee", "addressee_post", "subject", "salutation", "closing")
    names = (*names, "follows", "signer_name", "signer_post", "motto", "besmele", "signature")
    files = []
    start = time.perf_counter()
    for unit in rows(count):
        template = DocxTemplate(ROOT / "letter_templates" / "letterhead.docx")
        values = dict.fromkeys(names, unit["واحد"])
        lists = {"hierarchy": ["سازمان نمونه"], "address": ["تهران، خیابان نمونه"], "copies": []}
        template.render({**values, **lists, "body": unit["متن نامه"]}, autoescape=True)
        files.append(work / f"letter-{len(files)}.docx")
        template.save(files[-1])
    return files, time.perf_counter() - start


def warm(files: list[Path]) -> float | None:
    """Seconds a letter with a warm unoserver of the Python named by BENCH_UNOSERVER; None when it cannot run."""
    python = os.environ.get("BENCH_UNOSERVER")
    soffice_path = shutil.which("soffice")
    if not python or not soffice_path:
        return None
    command = [python, "-c", WARM, soffice_path, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return float(done.stdout) / (len(files) - 1) if done.returncode == 0 else None


def peak(command: list[str]) -> tuple[float, float]:
    """Seconds a command takes, and the most memory (MB) its processes held together: shared pages count once."""
    start, most = time.perf_counter(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None:
        most = max(most, sum(map(held, family(process.pid))))
        time.sleep(0.25)
    assert process.returncode == 0
    return time.perf_counter() - start, most


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            children += [int(child) for child in task.read_text(encoding="ascii").split()]
    return [pid, *(one for child in children for one in family(child))]


def held(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def letters(work: Path, count: int = 300) -> None:
    """Letters of one page for a list of units, against the usual loop and against a server that stays."""
    office = make_office(work / "office")
    took: dict[int, tuple[float, float]] = {}
    for number in (count // 3, count):
        data = office.list_of(rows(number), f"units-{number}.csv")
        words = ["letters", "notice", "--data", data, "--base", office.base, "--out", work / f"letters-{number}"]
        took[number] = peak([sys.executable, "-m", "assembler", *map(str, words), *office.options])
    ours, memory = took[count]
    files, filling = rendered(41, work)
    each = seconds(lambda number: soffice_kept([files[number]], work / "loop"), 20)
    loop = count * (filling / len(files) + each)
    report(f"loop docxtpl + soffice / {count} letters", loop / ours, "≥ 20", f"{loop:.0f} s (of 20) / {ours:.1f} s")
    measured = warm(files)
    served = count * (filling / len(files) + (measured or WARM_SECONDS))
    detail = "" if measured else ", not measured here: 0.20 s a letter"
    report(f"docxtpl + warm unoserver / {count} letters", served / ours, "≥ 4", f"{served:.0f} s (of 40){detail}")
    third, memory_third = took[count // 3]
    report(f"{count} letters / 3 × {count // 3} letters", ours / (3 * third), "≤ 1", f"{third:.1f} s")
    report(f"memory of {count} letters / of {count // 3}", memory / memory_third, "≈ 1", f"{memory:.0f} MB")


def soffice_kept(documents: list[Path], out: Path) -> None:
    """LibreOffice in a loop as people write it: a call a document, one profile for all."""
    options = ["--headless", f"-env:UserInstallation=file://{out}-profile", "--convert-to", "pdf", "--outdir", out]
    run("soffice", *options, *documents)


SURVEY_REPORT = """\
report: polled
title: نظرسنجی
source: {document: bench}
case: [{name: agency, type: text, label: نام دستگاه}]
forms: [service-desk/survey]
parts: [{body: report, title: نظرسنجی, template: body}]
"""
CSV_ALONE = """\
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.reader(file):
        pass
"""
# What a program took of the memory at most, in MB.
PEAK = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def survey_case(folder: Path) -> Path:
    """A case for the results of the service desk's survey."""
    specs = folder / "form_specs" / "service-desk"
    specs.mkdir(parents=True)
    for name in ("questionnaire", "survey"):
        shutil.copy(ROOT / "form_specs" / "service-desk" / f"{name}.yaml", specs)
    (specs / "report.yaml").write_text(SURVEY_REPORT, encoding="utf-8")
    (folder / "case" / "answers").mkdir(parents=True)
    (folder / "case" / "case.yaml").write_text("report: polled\nagency: سازمان نمونه\n", encoding="utf-8")
    return folder / "case"


def responses(path: Path, count: int) -> Path:
    """Made-up responses: 16 answers, sex, age, service, period, some comments, an identifier."""
    levels = ("زیاد", "متوسط", "کم", "خیلی کم", "")
    numbers = ",".join(str(number) for number in range(1, 17))
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{numbers},جنسیت,سن,خدمت,دوره,نظر,شناسه پاسخ\n")
        for at in range(count):
            answers = ",".join(levels[(at * (number + 3) + at // 7) % 5] for number in range(16))
            comment = "رسیدگی به‌موقع بود" if at % 50 == 0 else ""
            sex = "زن" if at % 2 else "مرد"
            file.write(f"{answers},{sex},{18 + at % 60},خدمت {at % 20},{1 + at % 6},{comment},{at}\n")
    return path


def counting(work: Path, rows: int = 1_000_000) -> None:
    """Counting responses of a survey against csv.reader alone, and its memory against a tenth of them."""
    case = survey_case(work / "survey")
    specs = ("--specs", case.parent / "form_specs")

    def taken(count: int) -> tuple[float, int]:
        path = responses(work / f"{count}.csv", count)
        begun = time.perf_counter()
        words = (sys.executable, "-c", PEAK, sys.executable, "-m", "assembler", "survey", case, path, *specs)
        peak = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout
        return time.perf_counter() - begun, int(peak)

    tenth, small = taken(rows // 10)
    whole, large = taken(rows)
    alone = seconds(lambda number: run(sys.executable, "-c", CSV_ALONE, work / f"{rows}.csv"))
    report(f"survey of {rows:,} responses / csv.reader alone", whole / alone, "", f"{whole:.1f} s / {alone:.1f} s")
    report(f"  memory at {rows:,} / at {rows // 10:,}", large / small, "≈ 1", f"{large} MB / {small} MB")
    report(f"  {rows:,} / 10 × {rows // 10:,}", whole / (10 * tenth), "≈ 1", f"{tenth:.1f} s")


def aggregating(work: Path, count: int = 200) -> None:
    """A report gathered from many cases against one from half as many; building it is left out."""
    sample = ROOT / "samples" / "service-desk-hq-1405-1"
    text = (sample / "case.yaml").read_text(encoding="utf-8")

    def gathered(cases: int) -> float:
        folder = work / f"units-{cases}"
        for number in range(cases):
            unit, period = divmod(number, 3)
            case = folder / f"{unit}-{period + 1}"
            shutil.copytree(sample / "answers", case / "answers")
            own = text.replace("خدمات سکونتگاهی", f"شماره {unit}").replace("period: ۱", f"period: {period + 1}")
            (case / "case.yaml").write_text(own, encoding="utf-8")
        out = work / f"gathered-{cases}"
        return seconds(lambda number: assembler("aggregate", folder, "--out", out, "--no-build"), 1)

    whole, half = gathered(count), gathered(count // 2)
    report(
        f"aggregate of {count} cases / 2 × {count // 2} cases",
        whole / (2 * half),
        "≤ 1",
        f"{whole:.1f} s / {half:.1f} s",
    )


def answering(work: Path) -> None:
    """One text changed in an open case, written, evaluated and checked as `set` does it: the dearest of all samples,
    and one of a large table, against what a person does not notice. CPU time, so that the disk does not count.
    """
    settings = Settings(ROOT / "form_specs", ROOT / "letter_templates")
    samples = work / "samples"
    shutil.copytree(ROOT / "samples", samples, ignore=shutil.ignore_patterns("output"))
    taken = {}
    for folder in sorted(path.parent for path in samples.glob("*/case.yaml")):
        case = OpenCase.read(folder, settings)
        taken |= {f"{folder.name} {place}": changed(case, place) for place in texts(case)}
    dearest = max(taken, key=taken.__getitem__)
    report(
        "one answer of a sample / 15 ms", taken[dearest] / 0.015, "≤ 1", f"{taken[dearest] * 1000:.1f} ms, {dearest}"
    )
    big = big_case(work / "rows", 500)
    case = OpenCase.read(big, replace(settings, specs=big.parent / "form_specs"))
    took = changed(case, "bench/big.rows:250.title")
    report("one cell of 500 rows / 40 ms", took / 0.04, "≤ 1", f"{took * 1000:.1f} ms")


def paging(work: Path, rounds: int = 15) -> None:
    """The page of a form with 500 rows opened, and a cell written on it with what follows told, against what a person
    waits for without noticing. CPU time, as above.
    """
    big = big_case(work / "page", 500)
    settings = Settings(big.parent / "form_specs", ROOT / "letter_templates")
    person = Person("bench", "bench", frozenset({"officer"}))
    opened, wrote = [], []
    for number in range(rounds):
        desk = Desk(big, settings, KeysInMemory())
        start = time.process_time()
        table = desk.page(person, "bench/big").item("rows").table
        opened.append(time.process_time() - start)
        assert table is not None
        row = table.rows[250]
        start = time.process_time()
        said = row.cells["title"].typed
        write(desk, person, Target("bench/big", "rows", row.key, "title"), f"{said} {number}", said)
        wrote.append(time.process_time() - start)
    page, cell = statistics.median(opened), statistics.median(wrote)
    report("a page of 500 rows opened / 400 ms", page / 0.4, "≤ 1", f"{page * 1000:.1f} ms")
    report("one cell of a page of 500 rows / 100 ms", cell / 0.1, "≤ 1", f"{cell * 1000:.1f} ms")


def together(work: Path, people: int = 20, changes: int = 20) -> None:
    """A change of one person at a served site and of many who write at once without a pause: the time within which 95
    of 100 are told as saved, by one process and by two.
    """
    names = [f"p{number}" for number in range(people)]
    rows = "".join(f"  - {{name: s{number}}}\n" for number in range(2 * people))
    taken = {}
    for processes in (1, 2):
        with serving(work / f"served-{processes}", "", processes, {name: ["officer"] for name in names}) as site:
            answers = site.place.case / "answers" / "visit.yaml"
            answers.write_text(f"form: demo/visit\nservices:\n{rows}", encoding="utf-8")
            load(site, names, 2, "warm")
            alone = load(site, names[:1], 2 * changes, "alone").share(0.95)
            taken[processes] = load(site, names, changes, "many").share(0.95)
        detail = f"{taken[processes] * 1000:.0f} ms / {alone * 1000:.0f} ms"
        report(f"p95 of a change, {people} at once / one, processes: {processes}", taken[processes] / alone, "", detail)
    report("  two processes / one", taken[2] / taken[1], "", "")


def in_browser() -> None:
    """A form of 500 rows in a Chromium, with two people at it, against what a person waits for without noticing."""
    found = speed()
    report("a form of 500 rows opened in a browser / 1.5 s", found.opened / 1.5, "≤ 1", f"{found.opened:.2f} s")
    report("  a key typed in it, the slowest / 100 ms", found.key / 0.1, "≤ 1", f"{found.key * 1000:.0f} ms")
    report("  a change of it seen by another / 1 s", found.seen, "≤ 1", f"{found.seen:.2f} s")


def texts(case: OpenCase) -> Iterator[str]:
    """A text of each form, and one of each table."""
    for name, spec in case.specs.items():
        form = case.answered(name)
        asked = [item for item in spec.items if item.is_asked and item.type == "text"]
        yield from (f"{name}.{item.name}" for item in asked[:1] if form and item.name in form.values)
        for item in spec.items if form else ():
            held = next(iter(form.tables.get(item.name, ())), None)
            columns = (each for each in item.columns if held and each.type == "text" and each.name in held.cells)
            yield from (f"{name}.{item.name}:1.{column.name}" for column in islice(columns, 1))


def changed(case: OpenCase, place: str, rounds: int = 15) -> float:
    """The median CPU time of changing a text and changing it again."""
    times, said = [], case.get(place)
    for number in range(rounds):
        start = time.process_time()
        case.set(place, f"{said} {number % 2}")
        times.append(time.process_time() - start)
    return statistics.median(times)


def report(name: str, ratio: float, aim: str, detail: str) -> None:
    print(f"{name:<58} {ratio:>8.3f}   {aim:<8} {detail}", flush=True)


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
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
        answering(work)
        paging(work)
        together(work)
        in_browser()
        checking(work)
        counting(work)
        letters(work)
        aggregating(work)
        registering(work)
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
