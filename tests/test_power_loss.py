"""What a loss of power leaves: every file's content is on the disk before its name, every name before anything that
tells of it. The calls are recorded in their order while answers are saved and a case is built, issued and signed.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assembler.actions.import_ import import_books
from assembler.actions.letters import letters
from assembler.actions.set import set_answer
from assembler.base.files import put, write_whole
from assembler.base.settings import Settings
from assembler.records.registry import Registry, database
from assembler.records.signed import keep_signed
from tests.conftest import Workplace
from tests.issuing import issuable, issued, registry_of
from tests.notices import make_office, rows
from tests.soak import changed_workbook, importable

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc says what a handle stands for")
_OF_FILES = ("replace", "rename")
# What is kept for the next build is believed only while its hash holds, and what stands in work folders goes with them.
_EXPENDABLE = (".assembler", ".work-")


@dataclass
class Trace:
    """The calls in their order: (``flush``, file or folder, hash of what the file holds), (``name``, new name, hash),
    (``sql``, file, statement).
    """

    folder: Path
    calls: list[tuple[str, Path, str]] = field(default_factory=list)

    def note(self, call: str, path: Path, told: str = "") -> None:
        is_of_work = path.name.startswith(_EXPENDABLE[1]) or any(map(_is_expendable, path.parts[:-1]))
        is_lasting = call != "name" or not is_of_work
        if is_lasting and path.is_relative_to(self.folder):
            self.calls.append((call, path.relative_to(self.folder), told))

    def at(self, call: str, path: str, told: str | None = None) -> Sequence[int]:
        """When a call was made of a file, by its name as a pattern."""
        return [
            number
            for number, (what, of, said) in enumerate(self.calls)
            if what == call and of.match(path) and told in (None, said)
        ]

    def prove(self) -> None:
        """Each name that was given to a file: what it holds was flushed before, its folder afterwards."""
        named = [(number, path, told) for number, (call, path, told) in enumerate(self.calls) if call == "name"]
        assert named
        for number, path, told in named:
            before, after = self.calls[:number], self.calls[number + 1 :]
            flushed = {said for call, _, said in before if call == "flush"}
            assert told in {"", *flushed}, f"{path}: no content"
            nearest = next((at for at, (call, of, _) in enumerate(after) if (call, of) == ("flush", path.parent)), None)
            assert nearest is not None, f"{path}: its name is not flushed"


def _is_expendable(part: str) -> bool:
    return part.startswith(_EXPENDABLE)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Any]:
    """Records what is done below a folder within a block."""

    @contextmanager
    def recording(folder: Path) -> Iterator[Trace]:
        trace = Trace(folder.resolve())
        with monkeypatch.context() as patch:
            _patch_files(patch, trace)
            _patch_registry(patch, trace)
            yield trace

    return recording


def _patch_files(patch: pytest.MonkeyPatch, trace: Trace) -> None:
    flush = os.fsync

    def fsync(handle: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))  # noqa: PTH115
        trace.note("flush", path, _hash(path))
        flush(handle)

    patch.setattr(os, "fsync", fsync)
    for name in _OF_FILES:
        patch.setattr(os, name, _naming(getattr(os, name), trace))


def _naming(move: Callable[..., None], trace: Trace) -> Callable[..., None]:
    def moved(source: Any, target: Any, **others: Any) -> None:
        move(source, target, **others)
        trace.note("name", Path(target).resolve(), _hash(Path(target)))

    return moved


def _patch_registry(patch: pytest.MonkeyPatch, trace: Trace) -> None:
    connect = database.connect

    def traced(path: Path, mode: str, wait: float) -> sqlite3.Connection:
        connection = connect(path, mode, wait)
        connection.set_trace_callback(lambda said: trace.note("sql", path.resolve(), said.split()[0]))
        return connection

    patch.setattr(database, "connect", traced)


def _hash(path: Path) -> str:
    """«» of a folder."""
    return "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_answer_is_on_the_disk_before_it_is_said_to_be_saved(workplace: Workplace, recorded: Any) -> None:
    with recorded(workplace.case) as trace:
        set_answer(workplace.case, "demo/visit.score", "9", workplace.settings)
    trace.prove()
    assert [path.name for call, path, _ in trace.calls if call == "name"] == ["visit.yaml"]


def test_what_a_workbook_brings_is_on_the_disk_before_it_is_said_to_be_written(tmp_path: Path, recorded: Any) -> None:
    """The files it names before the answers that name them; the workbook itself before it is said to be exported."""
    place = importable(tmp_path, ("visit", "second"))
    with recorded(tmp_path) as trace:
        book = changed_workbook(place, ("visit", "second"))
    (exported,) = trace.at("name", "a.xlsx")
    trace.prove()
    with recorded(tmp_path) as trace:
        import_books(place.case, [book], place.settings)
    trace.prove()
    attached, answers = trace.at("name", "attachments/plan.txt"), trace.at("name", "answers/*.yaml")
    assert (exported >= 0, len(attached), len(answers)) == (True, 1, 2)
    assert attached[0] < min(answers)
    assert [at for at in trace.at("flush", "demo/attachments") if attached[0] < at < min(answers)]


def test_letters_are_on_the_disk_before_they_are_said_to_be_made(tmp_path: Path, recorded: Any) -> None:
    office = make_office(tmp_path)
    data = office.list_of(rows(2))
    settings = Settings(office.specs, office.templates, engine="draft")
    with recorded(tmp_path) as trace:
        found = letters("notice", data, tmp_path / "out", settings, base=office.base, processes=1)
    assert found.combined is not None
    trace.prove()
    assert trace.at("name", f"out/{found.combined.name}")


def test_a_file_put_in_its_place_is_flushed_first(tmp_path: Path, recorded: Any) -> None:
    (tmp_path / "made.pdf").write_bytes(b"pages")
    with recorded(tmp_path) as trace:
        put(tmp_path / "made.pdf", tmp_path / "demo.pdf")
    trace.prove()
    assert [call for call, _, _ in trace.calls] == ["flush", "name", "flush"]


def test_a_trace_without_a_flush_is_found(tmp_path: Path, recorded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the proof is worth: of each of the two flushes, its lack is seen."""
    for left_out in (0, 1):
        with recorded(tmp_path) as trace:
            write_whole(tmp_path / f"{left_out}.yaml", b"new %d" % left_out)
        trace.calls = [
            each
            for number, each in enumerate(trace.calls)
            if number != [at for at, (call, _, _) in enumerate(trace.calls) if call == "flush"][left_out]
        ]
        with pytest.raises(AssertionError, match="no content" if left_out == 0 else "its name"):
            trace.prove()


def test_what_is_issued_is_on_the_disk_before_the_registry_tells_of_it(tmp_path: Path, recorded: Any) -> None:
    """Number, answers, build, revision, registry: each is durable before the next begins."""
    place = issuable(tmp_path)
    with recorded(tmp_path) as trace:
        revision = issued(place).revision
        keep_signed(revision.folder, "cover-letter", "1", "1405/03/03", place.case / "attachments" / "یادداشت.txt")
    trace.prove()
    commits = trace.at("sql", "numbers.db", "COMMIT")
    answers, receipt = trace.at("name", "answers/*.yaml"), trace.at("name", "output/receipt.json")
    pdf, documents = trace.at("name", "output/demo.pdf"), trace.at("name", "output/parts/*.docx")
    frozen = trace.at("name", "revisions/001")
    assert min(map(len, (commits, answers, receipt, pdf, documents, frozen))) > 0
    order = [commits[0], answers[0], documents[-1], pdf[-1], receipt[-1], frozen[0], commits[-1]]
    assert order == sorted(order), trace.calls
    for earlier, later, folder in (
        (answers[-1], documents[0], "cases/demo/answers"),
        (documents[-1], receipt[-1], "output/parts"),
        (pdf[-1], receipt[-1], "cases/demo/output"),
        (receipt[-1], frozen[0], "cases/demo/output"),
        (frozen[0], commits[-1], "cases/demo/revisions"),
    ):
        assert [at for at in trace.at("flush", folder) if earlier < at < later], folder
    flushed = {(path.name, told) for call, path, told in trace.calls[: frozen[0]] if call == "flush"}
    for file in revision.folder.rglob("*"):
        if file.is_file() and "signed" not in file.parts:
            assert (file.name, _hash(file)) in flushed, file
    inner = {path.name for call, path, told in trace.calls[: frozen[0]] if call == "flush" and told == ""}
    assert {file.name for file in revision.folder.rglob("*") if file.is_dir() and file.name != "signed"} <= inner


def test_the_registry_asks_the_disk_for_all_it_can_give(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    with Registry.open(registry_of(place)) as registry:
        connection = registry._connection
        found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    assert found == [3, "delete"]  # EXTRA: the file, its journal, and the folder once the journal is gone
