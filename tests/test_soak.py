"""A few kills of ``make soak``, one at a chosen moment, and that its checks find what is not whole."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assembler.actions.import_ import merge_books, read_books, write_imported
from assembler.actions.open_case import OpenCase
from tests.issuing import tree
from tests.soak import HALF, KINDS, LEFT, PROCESS, Import, Scene, Serve, Set, _fault, changed_workbook, importable

FORMS = ("visit", "second", "third")
KILLED_BEFORE_THE_THIRD = """\
import os, signal, sys
from assembler.cli import main
from assembler.actions.open_case import OpenCase

saving, saved = OpenCase.save, []

def save(self, after):
    if len(saved) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    saved.append(after.form)
    return saving(self, after)

OpenCase.save = save
main()
"""


def test_an_import_killed_between_two_forms_is_made_whole_by_the_next(tmp_path: Path) -> None:
    place = importable(tmp_path / "place", FORMS)
    book = changed_workbook(place, FORMS)
    (tmp_path / "alone").mkdir()
    alone = Path(shutil.copytree(place.case, tmp_path / "alone" / "demo"))
    before = tree(alone)
    opened = OpenCase.read(alone, place.settings)
    write_imported(opened, merge_books(opened, *read_books(opened, [book])))
    expected = tree(alone)
    arguments = ["import", str(place.case), str(book), *place.options]
    killed = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_THIRD, *arguments], capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    found = {name: told for name, told in tree(place.case).items() if name in expected}
    assert [name for name in sorted(found) if found[name] not in (before.get(name), expected[name])] == []
    assert len([name for name in found if found[name] != before.get(name)]) == 3  # two forms and the file they name
    again = subprocess.run([sys.executable, "-m", "assembler", *arguments], capture_output=True, check=False)
    assert again.returncode == 0
    assert tree(place.case) == expected


@pytest.mark.parametrize(("scene", "kills"), [(Import, 2), (Set, 2), (Serve, 2)])
def test_killed_at_random_moments(scene: type[Scene], kills: int, tmp_path: Path) -> None:
    played = scene(tmp_path, "1398").play(kills)
    assert played.kills >= kills
    assert {kind: told for kind, told in played.faults.items() if told} == {}


def test_what_is_not_whole_is_found(tmp_path: Path) -> None:
    scene = Set(tmp_path, "1")
    half = {"a.yaml": b"form: [demo", "b.pdf": b"%PDF-1.7 and nothing more", "c.docx": b"PK", "d.json": b"{"}
    for name, data in half.items():
        (scene.place.case / name).write_bytes(data)
        assert _fault(scene.place.case / name)
    (scene.place.case / "answers" / ".unfinished-x.yaml").touch()
    sleeper = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", f"{scene.folder}/place"]
    with subprocess.Popen(sleeper, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it runs
        scene.prove_killed()  # and ends it
    scene.prove_cleared()
    assert {kind: len(scene.faults[kind]) for kind in KINDS if scene.faults[kind]} == {HALF: 4, LEFT: 1, PROCESS: 1}
