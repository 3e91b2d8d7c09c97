"""Kills the program at random moments of all it does to a case, and proves what must hold after each kill.

``make soak`` runs it: the program and its process group are killed with SIGKILL while it fills, sets, imports, issues,
builds and serves. No answer that was confirmed may be lost, no file half-written, no process left, and the next run
must go on, end well and clear what the killed one left. SOAK_SEED gives the moments of an earlier run again, as far as
the machine does.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import math
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import jdatetime
import openpyxl
import yaml

from assembler.actions.export import export
from assembler.actions.extract import inside_of
from assembler.actions.verify import verify_case
from assembler.answers import read_case
from assembler.base.problems import AssemblerError, ExitCode, has_errors
from assembler.pdf.libreoffice.processes import pipes
from assembler.pipeline import library
from assembler.records.lock import LOCK_FILE
from assembler.records.registry import Registry
from assembler.records.revisions import revisions
from tests.cli.terminals import Terminal
from tests.collect.fill.filling import make_rich_workplace
from tests.collect.workbook.office import ANSWERS, FORM, answer, set_cell, sheet_of
from tests.conftest import REPOSITORY, Workplace, make_workplace, write_answers, write_form, write_report
from tests.issuing import AMENDED, issuable, registry_of, tree
from tests.web.processes.clients import typed
from tests.web.processes.load import Record, load_until_gone, lost, stands
from tests.web.processes.serving import PEOPLE, Served, living

LOST, HALF, LEFT, PROCESS, NEXT = "lost answers", "half files", "left files", "left processes", "next runs failed"
KINDS = (LOST, HALF, LEFT, PROCESS, NEXT)
GONE_AFTER = 5.0  # seconds within which LibreOffice must have followed the one who started it
SLACK = 0.02  # seconds after a change on the disk in which the kill comes
LONGEST = 120.0  # seconds after which a run hangs


class Scene(ABC):
    """One command that is killed again and again: ``strike`` kills once and proves, ``finish`` ends the last run."""

    name = ""
    share = 0.0  # of all kills

    def __init__(self, folder: Path, seed: str) -> None:
        self.chance = random.Random(f"{seed} {self.name}")
        self.folder, self.temporary = folder / self.name, folder / self.name / "tmp"
        self.temporary.mkdir(parents=True)
        self.place = self.prepare(self.folder / "place")
        self.kills, self.runs = 0, 0
        self.phases: Counter[str] = Counter()
        self.faults: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.sockets: set[Path] = set()
        self.longest, self.changes = 0.0, 0

    @abstractmethod
    def prepare(self, folder: Path) -> Workplace: ...

    @abstractmethod
    def strike(self) -> None: ...

    def watched(self) -> Sequence[Path]:
        """The folders in which a run writes."""
        case = self.place.case
        return (case, case / "answers", case / "attachments")

    @abstractmethod
    def finish(self) -> None: ...

    def play(self, kills: int) -> Scene:
        while self.kills < kills:
            self.strike()
        self.finish()
        print(f"{self.name}: {self.kills} kills", flush=True)
        return self

    def expect(self, kind: str, holds: bool, told: object = "") -> None:
        if not holds:
            self.faults[kind].append(f"after kill {self.kills}: {told}")
            print(f"{self.name}: {kind} after kill {self.kills}: {told}", flush=True)

    # ------------------------------------------------------------ runs and kills

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(self.temporary)}

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """The program in a session of its own, as a terminal window begins it."""
        self.runs += 1
        command = [sys.executable, "-m", "assembler", "--lang", "en", *map(str, arguments), *self.place.options]
        with (self.folder / "said.txt").open("wb") as said:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def run(self, *arguments: object, well: Sequence[int] = (ExitCode.OK,)) -> int:
        """A run that is left alone, and must end well."""
        code = self.start(*arguments).wait(LONGEST)
        said = (self.folder / "said.txt").read_text(encoding="utf-8", errors="replace")
        self.expect(NEXT, code in well, f"{arguments[0]} ended with {code}: {said[-600:]}")
        return code

    def measure(self, *arguments: object) -> None:
        """How long a run takes, and how often something changes on the disk meanwhile."""
        process, begun = self.start(*arguments), time.monotonic()
        self.changes = self._watch(process, sys.maxsize)
        self.longest = time.monotonic() - begun
        assert process.wait() == ExitCode.OK, (self.folder / "said.txt").read_text(encoding="utf-8")

    def killed(self, *arguments: object) -> int | None:
        """Begins a run and kills it: at any time, or right after a file came, changed or went.

        Returns None when it was killed, its exit code when it was faster.
        """
        process = self.start(*arguments)
        if self.changes and self.chance.random() < 0.6:
            self._watch(process, self.chance.randint(1, self.changes))
            seconds = self.chance.uniform(0, SLACK)
        else:
            seconds = self.chance.uniform(0, self.longest)
        with suppress(subprocess.TimeoutExpired):
            return process.wait(seconds)
        self._remember_sockets()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.kills += 1
        return None

    def _watch(self, process: subprocess.Popen[bytes], most: int) -> int:
        """Waits for so many changes of what stands in the watched folders, or for the end; how many there were."""
        seen, changes = _names(self.watched()), 0
        while changes < most and process.poll() is None:
            now = _names(self.watched())
            changes, seen = changes + (now != seen), now
            time.sleep(0.0005)
        return changes

    def _remember_sockets(self) -> None:
        for folder in self.temporary.glob("assembler-office-*"):
            self.sockets |= set(pipes(folder))

    # ------------------------------------------------------------ what must hold

    def prove_killed(self) -> None:
        """What must hold the moment after a kill."""
        self._prove_processes()
        for path in _visible(self.folder / "place"):
            fault = _fault(path)
            self.expect(HALF, not fault, f"{path.relative_to(self.folder)}: {fault}")
        self.expect(NEXT, _is_free(self.place.case / LOCK_FILE), "the lock is not free")

    def _prove_processes(self) -> None:
        deadline = time.monotonic() + GONE_AFTER
        while (found := living(self.folder)) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.expect(PROCESS, not found, found)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def prove_cleared(self) -> None:
        """What the next run must have taken away, once it has ended."""
        left = [path for path in (self.folder / "place").rglob("*") if _is_unfinished(path)]
        # A folder killed while it is begun holds nothing, and is taken away a day later: no lock tells whose it is.
        left += [path for path in self.temporary.iterdir() if "begun-" not in path.name or any(path.iterdir())]
        left += [*(socket for socket in self.sockets if socket.exists())]
        self.expect(LEFT, not left, [str(file) for path in left for file in (path, *path.rglob("*"))][:12])
        self.sockets.clear()


def _names(folders: Sequence[Path]) -> list[tuple[str, int]]:
    found = []
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    found.append((entry.path, entry.stat().st_mtime_ns))
    return sorted(found)


def _visible(folder: Path) -> Iterator[Path]:
    """The files people and programs see; hidden ones are the program's own."""
    for path in folder.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _is_unfinished(path: Path) -> bool:
    return path.name == LOCK_FILE or path.name.startswith((".unfinished-", ".work-", ".issuing-", "assembler-office-"))


def _is_free(lock: Path) -> bool:
    if not lock.exists():
        return True
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _open_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if archive.testzip():
            raise ValueError("a file inside is damaged")


READERS: Mapping[str, Callable[[Path], Any]] = {
    ".yaml": lambda path: yaml.safe_load(path.read_text(encoding="utf-8")),
    ".json": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".docx": _open_zip,
    ".pdf": lambda path: inside_of(path) if "pages" not in path.parts else path.read_bytes().index(b"%%EOF"),
}


def _fault(path: Path) -> str:
    """Why a file cannot be read as what it is; «» when it can."""
    try:
        READERS.get(path.suffix, Path.read_bytes)(path)
    except (ValueError, OSError, yaml.YAMLError, AssemblerError, zipfile.BadZipFile) as error:
        return f"{type(error).__name__}: {error}"
    return ""


# ---------------------------------------------------------------- filling


class Fill(Scene):
    """An officer answers at a terminal, some questions a session; the last answer is typed when the kill comes."""

    name, share = "fill", 0.25

    def prepare(self, folder: Path) -> Workplace:
        folder.mkdir()
        self.confirmed: dict[str, Any] = {"title": None, "score": None, "services": []}
        self.count = 0
        return make_rich_workplace(folder)

    def strike(self) -> None:
        terminal = self._session()
        for _ in range(self.chance.randint(0, 2)):
            self.confirmed |= self._say(terminal, self.chance.choice(("title", "score", "services")), waits=True)
        under_way = self._say(terminal, self.chance.choice(("title", "score", "services")), waits=False)
        time.sleep(self.chance.uniform(0, 0.04))
        terminal.kill()
        self.kills += 1
        self.prove_killed()
        self._prove_answers(under_way)

    def finish(self) -> None:
        terminal = self._session()
        self.confirmed |= self._say(terminal, "title", waits=True)  # who writes next takes away what was begun
        terminal.type(":q\r")
        code = terminal.end()
        self.expect(NEXT, code in (ExitCode.OK, ExitCode.ANSWERS), terminal.seen[-600:])
        self.prove_cleared()

    def _session(self) -> Terminal:
        self.runs += 1
        arguments = ["fill", str(self.place.case), "visit", "--all", *self.place.options]
        terminal = Terminal(arguments, self.environment)
        terminal.until("> ")
        return terminal

    def _say(self, terminal: Terminal, what: str, *, waits: bool) -> Mapping[str, Any]:
        """Answers something new; what the case says once the answer is confirmed."""
        self.count += 1
        if what == "services":
            name = f"خدمت {self.count}"
            terminal.answer("برو visit.services", "#> ")
            terminal.answer("چسباندن", "┆ ")
            terminal.until_quiet()
            terminal.type(f"\x1b[200~نام خدمت\tتعداد\r\n{name}\t۱۲\r\n\x1b[201~\r")
            terminal.until("فهمیده شد")
            self._last(terminal, "بله", "#> ", waits=waits)
            return {"services": [*self.confirmed["services"], name]}
        place, typed, following, value = {
            "title": ("برو visit.title", f"عنوان {self.count}", "بازدید شد؟", f"عنوان {self.count}"),
            "score": ("برو امتیاز", str(self.count % 10), "شرح", self.count % 10),
        }[what]
        terminal.answer(place)
        self._last(terminal, typed, following, waits=waits)
        return {what: value}

    @staticmethod
    def _last(terminal: Terminal, typed: str, following: str, *, waits: bool) -> None:
        terminal.until_quiet()
        terminal.type(f"{typed}\r")
        if waits:
            terminal.until(following)

    def _prove_answers(self, under_way: Mapping[str, Any]) -> None:
        """Every confirmed answer is there; the one under way may be, or not."""
        read = yaml.safe_load((self.place.case / "answers" / "visit.yaml").read_text(encoding="utf-8"))
        found = {name: read.get(name) for name in ("title", "score")}
        found["services"] = [row["name"] for row in read.get("services") or []]
        for name, value in found.items():
            known = [self.confirmed[name], *([under_way[name]] if name in under_way else [])]
            self.expect(LOST, value in known, f"{name}: {value}, expected one of {known}")
        self.phases["answer under way written" if found != self.confirmed else "before it was"] += 1
        self.confirmed = found


# ---------------------------------------------------------------- setting


class Set(Scene):
    """A script sets one answer after the other."""

    name, share = "set", 0.15
    place_of_answer = "demo/visit.score"

    def prepare(self, folder: Path) -> Workplace:
        folder.mkdir()
        self.value = 7
        return make_rich_workplace(folder, "form: demo/visit  # یادداشت\nscore: 7  # امتیاز\n")

    def strike(self) -> None:
        if not self.longest:
            self.measure("set", self.place.case, self.place_of_answer, "7")
            self.measure("set", self.place.case, self.place_of_answer, "6")
            self.value = 6
        new = (self.value + 1) % 10
        code = self.killed("set", self.place.case, self.place_of_answer, new)
        self.prove_killed()
        text = (self.place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")
        known = [new] if code is not None else [self.value, new]
        expected = [f"form: demo/visit  # یادداشت\nscore: {value}  # امتیاز\n" for value in known]
        self.expect(LOST, text in expected, text)
        if code is None:
            self.phases["written" if text == expected[-1] else "before writing"] += 1
        self.value = new if text == expected[-1] else self.value
        if self.chance.random() < 0.3:
            self.finish()

    def finish(self) -> None:
        self.value = (self.value + 1) % 10
        self.run("set", self.place.case, self.place_of_answer, self.value)
        self.prove_cleared()


# ---------------------------------------------------------------- importing


class Import(Scene):
    """A workbook that changes three forms and brings a file; killed, it is imported again."""

    name, share = "import", 0.3
    forms = ("visit", "second", "third")

    def prepare(self, folder: Path) -> Workplace:
        folder.mkdir()
        place = importable(folder, self.forms)
        self.book = changed_workbook(place, self.forms)
        shutil.copytree(place.case, folder / "before" / "demo")
        return place

    def strike(self) -> None:
        case = self.place.case
        before = tree(self.folder / "place" / "before" / "demo")
        if not self.longest:
            self.measure("import", case, self.book)
            self.expected = tree(case)
        shutil.rmtree(case)
        shutil.copytree(self.folder / "place" / "before" / "demo", case)
        for _ in range(self.chance.randint(1, 2)):
            code = self.killed("import", case, self.book)
            self.prove_killed()
            self._prove_files(before, is_killed=code is None)
        self.run("import", case, self.book)
        self.expect(LOST, tree(case) == self.expected, "not what an import without a kill gives")
        self.prove_cleared()

    def finish(self) -> None:
        """Imported once more, nothing changes."""
        self.run("import", self.place.case, self.book)
        self.expect(LOST, tree(self.place.case) == self.expected, "a second import changes something")

    def _prove_files(self, before: Mapping[str, str], *, is_killed: bool) -> None:
        """Each file is as it was, or as it is to be."""
        now = {path.relative_to(self.place.case).as_posix() for path in _visible(self.place.case)}
        found = {name: told for name, told in tree(self.place.case).items() if name in now}
        for name, told in found.items():
            known = (before.get(name), self.expected.get(name))
            self.expect(LOST, told in known, f"{name} is neither the old nor the new file")
        self.expect(LOST, set(before) <= set(found), "a file is gone")
        changed = sum(found.get(name) == told != before.get(name) for name, told in self.expected.items())
        if is_killed:
            self.phases[f"{changed} of {sum(self.expected[n] != before.get(n) for n in self.expected)} files"] += 1


def importable(folder: Path, forms: Sequence[str]) -> Workplace:
    """A case with some forms of every kind of answer."""
    place = make_workplace(folder)
    for name in forms:
        write_form(folder, FORM.replace("demo/visit", f"demo/{name}"), name)
        write_answers(folder, ANSWERS.replace("demo/visit", f"demo/{name}"), name)
    shown = "\n".join(f"      - answers: demo/{name}" for name in forms)
    listed = ", ".join(f"demo/{name}" for name in forms)
    report = (
        "report: demo\ntitle: گزارش\nsource: {document: demo}\n"
        "case:\n  - {name: agency, type: text, label: نام دستگاه, required: true}\n"
        f"forms: [{listed}]\nparts:\n  - body: report\n    title: گزارش\n    template: body\n    content:\n{shown}\n"
    )
    write_report(folder, report)
    return place


def changed_workbook(place: Workplace, forms: Sequence[str]) -> Path:
    """The workbook of a case, each form changed by an officer, with a file beside it."""
    path = export(place.case, place.folder / "a.xlsx", place.settings, jdatetime.date(1399, 2, 1)).path
    (place.folder / "plan.txt").write_text("نقشه\n" * 500, encoding="utf-8")
    book = openpyxl.load_workbook(path)
    for number, name in enumerate(forms):
        sheet = sheet_of(book, f"demo/{name}")
        answer(sheet, "score").value = number + 1
        answer(sheet, "picture").value = "plan.txt"
        set_cell(sheet, "services", 1, "تعداد", 40 + number)
        set_cell(sheet, "services", 3, "نام خدمت", f"خدمت تازه {number}")
    book.save(path)
    return path


# ---------------------------------------------------------------- building


class Build(Scene):
    """A case is built, while its answers are corrected in between."""

    name, share = "build", 0.15

    def prepare(self, folder: Path) -> Workplace:
        folder.mkdir()
        self.count = 12
        return issuable(folder)

    def watched(self) -> Sequence[Path]:
        out = self.place.out
        return (out, out / "parts", out / ".assembler", *out.glob(".work-*"), self.temporary)

    def strike(self) -> None:
        if not self.longest:
            self.run("build", self.place.case)
            self._correct()
            self.measure("build", self.place.case)
        is_built = True
        for _ in range(self.chance.randint(1, 3)):
            if is_built or self.chance.random() < 0.5:
                self._correct()
            before = _hash_of(self.place.out)
            is_built = self.killed("build", self.place.case) is not None
            if not is_built:
                self.phases[self._phase(before)] += 1
            self.prove_killed()
        self.run("build", self.place.case)
        self._prove_built()
        self.prove_cleared()

    def finish(self) -> None:
        """What came of all the kills is what a build without any gives."""
        again = self.folder / "again"
        self.run("build", self.place.case, "--out", again)
        same = (again / "demo.pdf").read_bytes() == (self.place.out / "demo.pdf").read_bytes()
        self.expect(HALF, same, "another PDF than without kills")
        self.expect(HALF, tree(again / "parts") == tree(self.place.out / "parts"), "other documents than without kills")

    def _correct(self) -> None:
        self.count += 1
        write_answers(self.place.folder, AMENDED.replace("count: 14", f"count: {self.count}"))

    def _phase(self, before: str) -> str:
        out = self.place.out
        if _hash_of(out) != before:
            return "PDF in place"
        work = next(iter(sorted(out.glob(".work-*"))), None)
        if work is None:
            return "before the documents" if any(self.temporary.iterdir()) else "before LibreOffice"
        if (work / "demo.pdf").exists():
            return "proving and publishing"
        return "after the pages" if any(work.glob("pages/*")) else "documents and pages"

    def _prove_built(self) -> None:
        receipt = json.loads((self.place.out / "receipt.json").read_text(encoding="utf-8"))
        self.expect(HALF, receipt["sha256"] == _hash_of(self.place.out), "the receipt speaks of another PDF")
        edited = list((self.place.out / "parts").glob("* (edited *"))
        self.expect(LEFT, not edited, f"put aside as if a person had edited them: {edited}")
        inside = inside_of(self.place.out / "demo.pdf").files["answers/visit.yaml"]
        answers = (self.place.case / "answers" / "visit.yaml").read_bytes()
        self.expect(LOST, inside == answers, "the PDF carries other answers")


def _hash_of(out: Path) -> str:
    return tree(out).get("demo.pdf", "") if (out / "demo.pdf").exists() else ""


# ---------------------------------------------------------------- issuing


_LETTERS = 2  # of the case, which get their numbers together at its first issue


class Issue(Scene):
    """A case is issued and amended; after some revisions another case of the same registry is begun."""

    name, share = "issue", 0.15
    most = 3  # revisions of one case

    def prepare(self, folder: Path) -> Workplace:
        self.first = issuable(folder)
        self.issued, self.cases = 0, 1
        return self.first

    def finish(self) -> None:
        """What was issued last stands beside its letter in the registry."""
        self.run(*self.arguments, well=(ExitCode.OK, ExitCode.USAGE))
        self._prove_issued(is_over=True)

    @property
    def arguments(self) -> tuple[object, ...]:
        return ("issue", self.place.case, "--registry", registry_of(self.first))

    def watched(self) -> Sequence[Path]:
        case = self.place.case
        return (case, case / "answers", case / "output", case / "revisions", self.first.folder, self.temporary)

    def strike(self) -> None:
        if not self.longest:
            self.measure(*self.arguments)
            self._next()
        for _ in range(self.chance.randint(1, 4)):
            if self.killed(*self.arguments) is None:
                self.phases[self._phase()] += 1
            self.prove_killed()
            self._prove_issued(is_over=False)
        self.run(*self.arguments, well=(ExitCode.OK, ExitCode.USAGE))  # the killed one may just have finished
        self._prove_issued(is_over=True)
        self.prove_cleared()
        self._next()

    def _next(self) -> None:
        """Something to issue: an amendment, or another case."""
        self.issued += 1
        if self.issued < self.most:
            write_answers(self.place.folder, AMENDED.replace("count: 14", f"count: {20 + self.issued}"))
            return
        self.cases, self.issued = self.cases + 1, 0
        self.place = issuable(self.first.folder / "more" / str(self.cases))
        case = self.place.case / "case.yaml"
        case.write_text(f"report: demo\nagency: اداره {self.cases}\n", encoding="utf-8")

    def _phase(self) -> str:
        case = self.place.case
        if len(list((case / "revisions").glob("[0-9]*"))) > self.issued:
            return "revision there"
        if any((case / "revisions").glob(".issuing-*")):
            return "freezing"
        if any((case / "output").glob(".work-*")):
            return "building"
        with Registry.open(registry_of(self.first)) as registry:
            is_given = any(entry.state == "open" for entry in registry.entries())
        return "number given" if is_given else "before the number"

    def _prove_issued(self, *, is_over: bool) -> None:
        """Revisions are whole, as many as they may be; the numbers follow each other, one for each letter."""
        with Registry.open(registry_of(self.first)) as registry:
            entries = registry.entries()
            self._prove_revisions(registry if is_over else None, is_over=is_over)
        numbers = sorted(entry.number for entry in entries)
        self.expect(LOST, numbers == [_number(place) for place in range(1, len(entries) + 1)], numbers)
        is_open = [entry.number for entry in entries if entry.state == "open"]
        self.expect(LOST, len(is_open) <= (0 if is_over else _LETTERS), f"numbers not recorded: {is_open}")
        keys = {(entry.case, entry.letter, entry.revision) for entry in entries}
        self.expect(LOST, len(keys) == len(entries), "a letter has two numbers")

    def _prove_revisions(self, registry: Registry | None, *, is_over: bool) -> None:
        found = revisions(self.place.case)
        known = (self.issued + 1,) if is_over else (self.issued, self.issued + 1)
        self.expect(LOST, len(found) in known, f"revisions: {len(found)}, expected {known}")
        problems = verify_case(self.place.case, registry).problems if found else ()
        self.expect(HALF, not problems, [problem.message for problem in problems])
        specs = library(self.place.settings, [])
        case, faults = read_case(self.place.case, specs)
        self.expect(HALF, case is not None and not has_errors(faults), faults)


def _number(serial: int) -> str:
    return f"۱۴۰۵/د/{serial:04}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


# ---------------------------------------------------------------- serving

THREE_ROWS = "form: demo/visit\nservices:\n  - {name: s1}\n  - {name: s2}\n  - {name: s3}\n"
WRITERS = ("ali", "sara", "mina")
JOB_STATES = ("done", "failed", "died")


class Serve(Scene):
    """Three people write at a site of two processes, and sometimes a build goes on; all of it is killed."""

    name, share = "serve", 0.1

    def prepare(self, folder: Path) -> Workplace:
        folder.mkdir()
        place = make_rich_workplace(folder, THREE_ROWS)
        self.served = Served(place, processes=2, temporary=self.temporary)
        self.served.sign_in(PEOPLE)
        self.kept: set[str] = set()  # all that was ever confirmed
        return place

    def strike(self) -> None:
        self._start()
        record, writers = load_until_gone(self.served, WRITERS, f"{self.name}{self.kills}")
        if self.chance.random() < 0.5:
            self.served.client("ali").post(
                f"/cases/demo/jobs/begin/{self.chance.choice(('check', 'build'))}", draft=True
            )
        time.sleep(self.chance.uniform(0.1, 3))
        self.served.kill()
        self.kills += 1
        for writer in writers:
            writer.join(LONGEST)
        self.prove_killed()
        self._start()
        self._prove_answers(record)
        self._prove_database({told.value for told in record.confirmed})

    def finish(self) -> None:
        """One more answer clears what killed ones left; then it stops in order."""
        self._start()
        ali = self.served.client("ali")
        ali.write("score", "5", typed(ali.page(), "score"))
        self.expect(NEXT, self.served.stop() == 0, "the server ended otherwise than well")
        self.prove_cleared()

    def _start(self) -> None:
        if self.served.process is not None:
            return
        self.runs += 1
        try:
            self.served.start()
        except AssertionError as error:
            self.expect(NEXT, False, f"the server does not start: {error}")
            raise

    def _prove_answers(self, record: Record) -> None:
        """Each confirmed value is on disk, or was seen by who replaced it; what nobody was told of may be, or not."""
        now = stands(self.served, self.served.client("ali"))
        came = [told for told in record.unknown if now[told.at] == told.value]
        self.phases["an answer under way written" if came else "none under way written"] += 1
        found = lost([*record.confirmed, *came], now)
        self.expect(LOST, not found, found)

    def _prove_database(self, confirmed: set[str]) -> None:
        """It is whole, holds all that was confirmed, its chain is unbroken, and jobs that died are told."""
        self.kept |= confirmed
        with closing(sqlite3.connect(self.served.home / "site.sqlite3")) as database:
            (state,) = database.execute("PRAGMA integrity_check").fetchone()
            told = {after for (after,) in database.execute("SELECT after FROM web_entry WHERE kind = 'answer'")}
            jobs = [state for (state,) in database.execute("SELECT state FROM web_job")]
        self.expect(HALF, state == "ok", state)
        self.expect(LOST, self.kept <= told, f"not in the history: {sorted(self.kept - told)[:5]}")
        self.expect(NEXT, set(jobs) <= set(JOB_STATES), f"jobs that go on for ever: {jobs}")
        page = self.served.client("mina").get("/audit", "text/html").text
        self.expect(HALF, "همه رویدادها همان است" in page, "the audit is not whole")


# ---------------------------------------------------------------- all of it

SCENES: tuple[type[Scene], ...] = (Fill, Import, Set, Issue, Build, Serve)


def play(kills: int, seed: str, folder: Path, names: Sequence[str] = ()) -> list[Scene]:
    """Plays the scenes, two at once, each with its share of the kills."""
    chosen = [scene for scene in SCENES if not names or scene.name in names]
    shares = sum(scene.share for scene in chosen)
    with ThreadPoolExecutor(2) as pool:
        playing = [
            pool.submit(scene(folder, seed).play, math.ceil(kills * scene.share / shares))
            for scene in sorted(chosen, key=lambda scene: scene.name)
        ]
        return [each.result() for each in playing]


def table(scenes: Sequence[Scene]) -> Iterator[str]:
    """The figures, scene by scene, and in which phase the kills hit."""
    yield " ".join(f"{head:>17}" for head in ("scene", "runs", "kills", *KINDS))
    rows = {scene.name: [scene.runs, scene.kills, *(len(scene.faults[kind]) for kind in KINDS)] for scene in scenes}
    rows["all"] = [sum(numbers) for numbers in zip(*rows.values(), strict=True)]
    for name, row in rows.items():
        yield " ".join(f"{cell:>17}" for cell in (name, *row))
    for scene in scenes:
        hit = ", ".join(f"{phase}: {count}" for phase, count in scene.phases.most_common())
        yield (
            f"{scene.name} was hit {hit}; a run takes {scene.longest:.1f} s"
            if scene.longest
            else f"{scene.name}: {hit}"
        )
    for scene in scenes:
        yield from (f"{scene.name}: {kind}: {told}" for kind in KINDS for told in scene.faults[kind])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", default=os.environ.get("SOAK_SEED") or str(random.SystemRandom().randrange(10**6)))
    parser.add_argument("scenes", nargs="*", help="only these scenes")
    told = parser.parse_args()
    print(f"SOAK_SEED={told.seed} kills: {told.kills}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    scenes = play(told.kills, told.seed, folder, told.scenes)
    print("\n".join(table(scenes)))
    is_sound = not any(scene.faults[kind] for scene in scenes for kind in KINDS)
    if is_sound:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        print(f"What was left stands in {folder}")
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
