"""LibreOffice: what it makes of documents, and what happens when it is missing, hangs, dies or lies."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter

from assembler.base.problems import AssemblerError, ExitCode
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice import profile
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import LibreOffice, probe
from assembler.pdf.libreoffice.processes import started_ahead
from assembler.pdf.positions import destinations, frame_at, pictures


def _fake(folder: Path, script: str) -> LibreOffice:
    """A stand-in for soffice; ``$out`` is its output folder, ``$input`` the first document."""
    path = folder / "soffice"
    head = '#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\nout="$2"; input="$3"\n'
    path.write_text(head + script + "\n", encoding="utf-8")
    path.chmod(0o755)
    return LibreOffice(path, "0")


def _convert(
    engine: LibreOffice, document: Path, folder: Path, fonts: FontSet, timeout: float = 30
) -> tuple[Path, ...]:
    return convert(engine, [document], folder / "out", fonts=fonts, timeout=timeout, work=folder / "work")


def _refused(engine: LibreOffice, document: Path, folder: Path, fonts: FontSet, timeout: float = 30) -> AssemblerError:
    with pytest.raises(AssemblerError) as caught:
        _convert(engine, document, folder, fonts, timeout)
    assert not list((folder / "work").iterdir()), "the private folder is gone"
    assert not (folder / "out").exists(), "nothing is published"
    return caught.value


# ---------------------------------------------------------------- finding it


def test_probe_reads_the_version_without_starting_anything(
    engine: LibreOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    found = probe()
    assert found == engine
    assert found.version.split(".")[0].isdigit()


def test_probe_obeys_the_environment(tmp_path: Path) -> None:
    fake = _fake(tmp_path, "exit 0")
    assert probe({"ASSEMBLER_SOFFICE": str(fake.path)}) == LibreOffice(fake.path, "", True)
    assert probe({"ASSEMBLER_SOFFICE": str(tmp_path / "missing")}) is None
    assert probe({"ASSEMBLER_SOFFICE": ""}) is None


def test_installation_without_writer_is_recognised(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    fake = _fake(program, "exit 0")
    (program / "soffice.bin").touch()
    found = probe({"ASSEMBLER_SOFFICE": str(fake.path)})
    assert found is not None
    assert not found.writer
    (program / "libswlo.so").touch()
    found = probe({"ASSEMBLER_SOFFICE": str(fake.path)})
    assert found is not None
    assert found.writer


# ---------------------------------------------------------------- real pages


def test_pages_use_the_stand_ins_only(converted: tuple[Path, ...]) -> None:
    used = {name.split("+")[-1] for pdf in converted for name in _font_names(pdf)}
    assert used in ({"Nazli", "Titr-Bold"}, {"BNazanin", "BTitrBold"})


def _font_names(pdf: Path) -> Iterator[str]:
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            yield from (str(font.BaseFont) for _, font in page.obj.Resources.Font.items())


def test_signs_the_stand_in_lacks_come_from_dejavu(
    engine: LibreOffice, fonts: FontSet, document: Callable[..., Path], tmp_path: Path
) -> None:
    made = document(tmp_path / "signs.docx", ("نشانه‌ها", "– — “متن” ☐ ✓ ● ±"))
    (pdf,) = _convert(engine, made, tmp_path, fonts)
    assert {name.split("+")[-1] for name in _font_names(pdf)} <= {"Nazli", "Titr-Bold", "DejaVuSans", "DejaVuSans-Bold"}


def test_justified_text_is_not_stretched_with_tatweel(converted: tuple[Path, ...]) -> None:
    text = "".join(page.extract_text() for page in PdfReader(converted[0]).pages)
    assert "\u0640" not in text
    assert "+" not in text


def test_bookmarks_are_found_with_page_and_height(converted: tuple[Path, ...]) -> None:
    found = destinations(converted[1])
    assert [found[f"part_{number}"].page for number in (1, 2, 3)] == [0, 1, 2]
    assert found["picture"].page == 2
    assert found["part_3"].y > found["picture"].y > 0
    assert "missing" not in found


def test_the_frame_of_a_placed_letter_is_found(converted: tuple[Path, ...]) -> None:
    frame = frame_at(converted[1], destinations(converted[1])["picture"])
    assert frame is not None
    assert (frame.width, frame.height) == pytest.approx((7 / 2.54 * 72, 9.9 / 2.54 * 72), abs=1)
    assert pictures(converted[1], 2) == (frame,)
    assert pictures(converted[1], 0) == ()


def test_progress_is_told(engine: LibreOffice, fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    convert(
        engine,
        documents[:2],
        tmp_path / "out",
        fonts=fonts,
        timeout=60,
        work=tmp_path / "work",
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard[0] == (0, 2)
    assert heard[-1] == (2, 2)


def test_a_damaged_document_is_refused_before_it_becomes_a_blank_page(
    engine: LibreOffice, fonts: FontSet, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.docx"
    empty.touch()
    error = _refused_early(engine, empty, tmp_path, fonts)
    assert error.problems[0].code == "engine-failed"
    assert error.problems[0].arguments["name"] == "empty.docx"


def _refused_early(engine: LibreOffice, document: Path, folder: Path, fonts: FontSet) -> AssemblerError:
    with pytest.raises(AssemblerError) as caught:
        _convert(engine, document, folder, fonts)
    return caught.value


def test_broken_xml_inside_a_document_is_found_out(
    engine: LibreOffice, fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(documents[0]) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    error = _refused(engine, broken, tmp_path, fonts)
    assert [found.code for found in error.problems] == ["engine-failed"]


def test_external_pictures_are_never_fetched(engine: LibreOffice, fonts: FontSet, tmp_path: Path) -> None:
    with _Listener() as (port, requests):
        (pdf,) = _convert(engine, _with_external_picture(tmp_path, f"http://127.0.0.1:{port}/x.png"), tmp_path, fonts)
    assert requests == []
    assert "متن" in PdfReader(pdf).pages[0].extract_text()


def test_the_listener_would_hear_an_engine_without_the_hardened_profile(
    engine: LibreOffice, fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "_PROFILE", ())
    with _Listener() as (port, requests):
        _convert(engine, _with_external_picture(tmp_path, f"http://127.0.0.1:{port}/x.png"), tmp_path, fonts)
    assert requests, "otherwise the test above proves nothing"


class _Listener:
    """Counts connections to a port of this machine."""

    def __enter__(self) -> tuple[int, list[object]]:
        self._requests: list[object] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self._socket.getsockname()[1], self._requests

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:
                return
            self._requests.append(address)
            connection.close()

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _with_external_picture(folder: Path, address: str) -> Path:
    """A document whose picture is a link to ``address`` instead of a part of the file."""
    picture, plain, linked = folder / "x.png", folder / "plain.docx", folder / "linked.docx"
    Image.new("RGB", (20, 20), "red").save(picture)
    document = Document()
    document.add_paragraph("متن")
    document.add_picture(str(picture))
    document.save(str(plain))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(linked, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b'Target="media/image1.png"', f'Target="{address}" TargetMode="External"'.encode())
                assert address.encode() in data
            data = data.replace(b"r:embed=", b"r:link=") if name == "word/document.xml" else data
            target.writestr(name, data)
    return linked


# ---------------------------------------------------------------- faults


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def _until_dead(pids: Path) -> None:
    """What was killed is gone as soon as the system comes to it, on a busy machine a little later."""
    _until(lambda: not any(_alive(int(pid)) for pid in pids.read_text().split()))


def test_a_hung_engine_is_ended_with_all_its_processes(
    fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    fake = _fake(tmp_path, f'sleep 300 &\necho $! $$ > "{pids}"\nwait')
    started = time.monotonic()
    error = _refused(fake, documents[0], tmp_path, fonts, timeout=0.5)
    assert time.monotonic() - started < 5
    assert [found.code for found in error.problems] == ["engine-timeout"]
    assert error.exit_code is ExitCode.ENGINE
    _until_dead(pids)


def test_an_interrupted_run_leaves_nothing_behind(fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    fake = _fake(tmp_path, f'sleep 300 &\necho $! $$ > "{pids}"\ntouch "$out/00001.pdf"\nwait')

    def interrupt(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert(
            fake, documents[:1], tmp_path / "out", fonts=fonts, timeout=30, work=tmp_path / "work", progress=interrupt
        )
    _until_dead(pids)
    assert not list((tmp_path / "work").iterdir())


@pytest.mark.parametrize("stays", [False, True])
def test_an_engine_does_not_outlive_a_killed_run(
    stays: bool, fonts: FontSet, engine: LibreOffice, tmp_path: Path
) -> None:
    """Nothing of the killed run is left to end it: LibreOffice itself sees that nobody is there any more."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom assembler.pdf.fonts import find_fonts\n"
        "from assembler.pdf.libreoffice.installation import probe\n"
        "from assembler.pdf.libreoffice.processes import started_ahead\n"
        f"with started_ahead(probe(), find_fonts(), Path(sys.argv[1]), stays={stays}) as ahead:\n"
        "    print(ahead.process.pid, ahead.folder, flush=True)\n    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        group, folder = process.stdout.readline().split()
        _until(lambda: len(_group(int(group))) > 2)  # the watch, the launcher and LibreOffice
        process.kill()
    _until(lambda: not _group(int(group)))
    assert Path(folder).is_dir()
    with started_ahead(engine, fonts, tmp_path):
        assert not Path(folder).exists()
    assert list(tmp_path.iterdir()) == []


def _until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _group(group: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for state in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = state.read_text().rpartition(")")[2].split()
            if int(told[2]) == group and told[0] != "Z":
                found.append(int(state.parent.name))
    return found


def test_a_child_left_behind_by_a_finished_engine_is_ended(
    fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    fake = _fake(tmp_path, f'sleep 300 &\necho $! > "{pids}"\nexit 0')
    _refused(fake, documents[0], tmp_path, fonts)
    _until_dead(pids)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0", "nothing was made"),
        ('echo "%PDF-1.7 and nothing more" > "$out/00001.pdf"', "cannot be opened"),
        (': > "$out/00001.pdf"', "cannot be opened"),
    ],
)
def test_an_engine_that_lies_is_not_believed(
    script: str, reason: str, fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path
) -> None:
    error = _refused(_fake(tmp_path, script), documents[0], tmp_path, fonts)
    assert [found.code for found in error.problems] == ["engine-failed"]
    assert error.problems[0].arguments["name"] == "letter.docx"
    assert reason in error.problems[0].message


def test_blank_pages_are_not_believed(fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "blank.pdf")
    error = _refused(_fake(tmp_path, f'cp "{tmp_path}/blank.pdf" "$out/00001.pdf"'), documents[0], tmp_path, fonts)
    assert "blank" in error.problems[0].message


def test_a_killed_engine_is_started_once_more(
    fonts: FontSet, documents: tuple[Path, ...], converted: tuple[Path, ...], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    script = f'echo run >> "{log}"\n[ $(wc -l < "{log}") -gt 1 ] || kill -9 $$\ncp "{converted[0]}" "$out/00001.pdf"'
    (pdf,) = _convert(_fake(tmp_path, script), documents[0], tmp_path, fonts)
    assert pdf == tmp_path / "out" / "letter.pdf"
    assert len(PdfReader(pdf).pages) == 1
    assert log.read_text() == "run\nrun\n"


def test_an_engine_killed_twice_is_given_up(fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path) -> None:
    log = tmp_path / "log"
    error = _refused(_fake(tmp_path, f'echo run >> "{log}"\nkill -9 $$'), documents[0], tmp_path, fonts)
    assert error.problems[0].code == "engine-failed"
    assert "-9" in error.problems[0].message
    assert log.read_text() == "run\nrun\n"


def test_an_engine_that_cannot_be_started(fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path) -> None:
    error = _refused(LibreOffice(tmp_path / "missing", ""), documents[0], tmp_path, fonts)
    assert error.problems[0].code == "engine-failed"


def test_a_full_disk_is_reported(
    fonts: FontSet, documents: tuple[Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(AssemblerError) as caught:
        _convert(_fake(tmp_path, "exit 0"), documents[0], tmp_path, fonts)
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert caught.value.problems[0].code == "output-unwritable"
    assert "No space left" in caught.value.problems[0].message


def test_the_profile_is_hardened() -> None:
    hardened = profile.profile()
    for setting in ("BlockUntrustedRefererLinks", "DisableMacrosExecution", "CTLTextNumerals"):
        assert setting in hardened


def test_no_documents_need_no_engine(fonts: FontSet, tmp_path: Path) -> None:
    assert convert(LibreOffice(tmp_path, ""), [], tmp_path, fonts=fonts, timeout=1, work=tmp_path) == ()


def test_two_documents_of_one_name_are_a_mistake_of_the_caller(fonts: FontSet, tmp_path: Path) -> None:
    same = [tmp_path / "a" / "x.docx", tmp_path / "b" / "x.docx"]
    with pytest.raises(ValueError, match="same name"):
        convert(LibreOffice(tmp_path, ""), same, tmp_path, fonts=fonts, timeout=1, work=tmp_path)
