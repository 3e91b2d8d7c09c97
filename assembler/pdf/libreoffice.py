"""LibreOffice as a converter: found, fenced in, timed, and never believed without looking at what it made.

Every call gets a profile of its own that fetches nothing and runs nothing, and a process group of its own that is ended
as a whole. LibreOffice exits with 0 on nearly every failure, so only the output counts.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path

from assembler.base.files import left_over, remove, work_folder, writing
from assembler.base.messages import translate
from assembler.base.problems import AssemblerError, ExitCode, Problem, problem
from assembler.pdf.fonts import FONTCONFIG, FontSet, write_fontconfig

Progress = Callable[[int, int], None]

POLL_SECONDS = 0.05
_FOLDER = "assembler-office-"
_KEPT_OPEN = "open.txt"
# Ends the group as soon as nobody holds the other end of its input: whoever started it may be killed at any moment.
# The watch is there before LibreOffice is, and goes with the group.
_WATCHED = 'exec 3<&0; { read -r _ <&3; kill -KILL 0; } & exec "$@" 3<&- </dev/null'
_START_SECONDS = 20.0  # longer than a start ever took; then calls do without the one that was to stay
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_VERSION = re.compile(r'"ooSetupVersionAboutBox">\s*<value>([^<]+)<')
_TEXT = re.compile(rb"<w:t(?:\s[^>]*)?>[^<]*\S[^<]*</w:t>")

# Bookmarks become named destinations: that is how headings and signature lines are found again in the pages.
_FILTER = {
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "false"},
    "UseTaggedPDF": {"type": "boolean", "value": "false"},
    "ExportFormFields": {"type": "boolean", "value": "false"},
    "Quality": {"type": "long", "value": "90"},
    "ReduceImageResolution": {"type": "boolean", "value": "true"},
    "MaxImageResolution": {"type": "long", "value": "300"},
}

# path, property, value. Nothing is fetched, no macro runs, no wizard opens; digits of fields follow the text (3).
_PROFILE: tuple[tuple[str, str, object], ...] = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("/org.openoffice.Office.Common/Security/Scripting", "CheckDocumentEvents", True),
    ("/org.openoffice.Office.Common/I18N/CTL", "CTLFont", True),
    ("/org.openoffice.Office.Common/I18N/CTL", "CTLTextNumerals", 3),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", False),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", False),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", False),
    ("/org.openoffice.Office.Common/Load", "UpdateDocMode", 0),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", False),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", True),
    (
        "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
        "AutoCheckEnabled",
        False,
    ),
    # A second lock: whatever would still be fetched goes to a proxy that does not exist.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", 9),
)


@dataclass(frozen=True)
class LibreOffice:
    """An installation: its ``soffice``, its version (empty when unknown), and whether Writer is part of it."""

    path: Path
    version: str
    writer: bool = True


@dataclass(frozen=True)
class Ahead:
    """A LibreOffice started before there is anything to convert; ``folder`` holds the profile calls on it share.

    One that ``stays`` serves any number of calls; else it ends with the first.
    """

    folder: Path
    process: subprocess.Popen[bytes]
    stays: bool = False


@dataclass(frozen=True)
class _Session:
    """One call: the folder of its profile, and its own below that. Documents are staged under plain numbers."""

    folder: Path
    call: Path
    inputs: tuple[Path, ...]

    @property
    def made(self) -> Path:
        return self.call / "made"

    @property
    def results(self) -> tuple[Path, ...]:
        return tuple(self.made / f"{path.stem}.pdf" for path in self.inputs)


class _TimeoutError(Exception):
    pass


def probe(environment: Mapping[str, str] = os.environ) -> LibreOffice | None:
    """Find LibreOffice: where ASSEMBLER_SOFFICE says (it alone, when set), on PATH, or in the usual places.

    Nothing is started; the version is read from the installation.
    """
    named = environment.get("ASSEMBLER_SOFFICE")
    if named is not None:
        places: list[str | None] = [named]
    else:
        search = environment.get("PATH", os.defpath)
        places = [shutil.which(name, path=search) for name in ("soffice", "libreoffice")]
        places += [*_USUAL_PLACES, *map(str, sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True))]
    found = next((Path(place) for place in places if place and _can_run(place)), None)
    return LibreOffice(found.absolute(), _version(found), _has_writer(found)) if found else None


def _can_run(place: str) -> bool:
    return Path(place).is_file() and os.access(place, os.X_OK)


def _version(soffice: Path) -> str:
    program = soffice.resolve().parent
    for registry in (program.parent / "share", program.parent / "Resources"):
        with suppress(OSError):
            text = (registry / "registry" / "main.xcd").read_text(encoding="utf-8", errors="replace")
            found = _VERSION.search(text)
            return found.group(1) if found else ""
    return ""


def _has_writer(soffice: Path) -> bool:
    """Whether Writer's library lies beside ``soffice``; a wrapper script elsewhere is believed to have it."""
    program = soffice.resolve().parent
    if not any((program / name).exists() for name in ("soffice.bin", "soffice.exe")):
        return True
    return any(any(folder.glob("*swlo.*")) for folder in (program, program.parent / "Frameworks"))


@contextmanager
def started_ahead(engine: LibreOffice, fonts: FontSet, work: Path, *, stays: bool = False) -> Iterator[Ahead]:
    """Start LibreOffice, so that its second of start-up is over when the documents are written.

    Calls on the same profile hand their documents to the one that runs, or take its place when it does not: whoever
    comes first serves. The process ends with the block.
    """
    with _folder(work) as folder:
        _furnish(folder, fonts)
        command = _switches(engine, folder)
        if stays:
            # After a conversion LibreOffice ends unless a document is open: this one keeps it.
            (folder / _KEPT_OPEN).write_text("open\n", encoding="ascii")
            command.append(str(folder / _KEPT_OPEN))
        process = _start(engine, command, folder)
        try:
            yield Ahead(folder, process, stays)
        finally:
            _end_group(process)


def convert(
    engine: LibreOffice,
    documents: Sequence[Path],
    out: Path,
    *,
    fonts: FontSet,
    timeout: float,
    work: Path,
    progress: Progress | None = None,
    ahead: Ahead | None = None,
) -> tuple[Path, ...]:
    """Convert ``.docx`` files to ``out/<stem>.pdf`` in one call and return the results in the same order.

    ``ahead`` is a LibreOffice that was started for this call.
    ``timeout`` is in seconds, for all of them together. ``progress`` hears (finished, all). A LibreOffice that crashed
    or was killed is started once more. Raises AssemblerError: ``engine-timeout``, ``engine-failed`` (one problem for
    each document without a usable PDF) or ``output-unwritable``.
    """
    if not documents:
        return ()
    targets = tuple(out / f"{document.stem}.pdf" for document in documents)
    if len(set(targets)) < len(targets):
        raise ValueError("two documents of one call have the same name")
    texts = _texts(documents)
    deadline = time.monotonic() + timeout
    ahead = ahead if ahead and (not ahead.stays or _is_ready(ahead)) else None
    for last_attempt in (False, True):
        with _session(work, fonts, documents, None if last_attempt else ahead) as session:
            try:
                status = _run(engine, session, deadline, progress)
            except _TimeoutError:
                raise _failure(problem("engine-timeout", seconds=f"{timeout:g}")) from None
            faults = _faults(session, texts)
            if not any(faults):
                return _publish(session.results, targets)
            if last_attempt or (status == 0 and ahead is None):
                raise _refusal(documents, faults, status, session.folder)
    raise AssertionError("unreachable")  # pragma: no cover


def _failure(*problems: Problem) -> AssemblerError:
    return AssemblerError(problems, ExitCode.ENGINE)


def _refusal(documents: Sequence[Path], faults: Sequence[str], status: int, folder: Path) -> AssemblerError:
    if shutil.disk_usage(folder).free < 1_000_000:
        faults = [fault and translate("no space is left on the disk") for fault in faults]
    elif status != 0:
        faults = [fault and f"{fault} ({translate('LibreOffice ended with status')} {status})" for fault in faults]
    pairs = zip(documents, faults, strict=True)
    return _failure(*(problem("engine-failed", name=path.name, reason=fault) for path, fault in pairs if fault))


def _texts(documents: Sequence[Path]) -> tuple[bool, ...]:
    """Whether each document has text. LibreOffice would turn a damaged file into a blank page without a word."""
    found, problems = [], []
    for document in documents:
        try:
            with zipfile.ZipFile(document) as archive:
                found.append(bool(_TEXT.search(archive.read("word/document.xml"))))
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            problems.append(problem("engine-failed", name=document.name, reason=str(error)))
    if problems:
        raise _failure(*problems)
    return tuple(found)


@contextmanager
def _session(work: Path, fonts: FontSet, documents: Sequence[Path], ahead: Ahead | None) -> Iterator[_Session]:
    """The folders of a call: those of the LibreOffice started ahead, or new ones."""
    if ahead is not None:
        yield _stage(ahead.folder, documents)
        return
    with _folder(work) as folder:
        _furnish(folder, fonts)
        yield _stage(folder, documents)


@contextmanager
def _folder(work: Path) -> Iterator[Path]:
    """A private folder in ``work``, gone afterwards; those of killed runs are taken away first."""
    with writing(work):
        work.mkdir(parents=True, exist_ok=True)
        work = work.resolve()
        clear_killed(work)
        with work_folder(work, _FOLDER) as folder:
            try:
                yield folder
            finally:
                _forget_pipe(folder)


def clear_killed(work: Path) -> None:
    """Takes away the folders and sockets of LibreOffice that runs left in ``work`` when they were killed."""
    for folder in left_over(work, _FOLDER):
        _forget_pipe(folder)
        remove(folder)


def _is_ready(ahead: Ahead) -> bool:
    """Whether the LibreOffice that stays has its document open, which a lock beside it shows.

    A call that came before would end it, or have to serve itself and never end.
    """
    lock, deadline = ahead.folder / f".~lock.{_KEPT_OPEN}#", time.monotonic() + _START_SECONDS
    while ahead.process.poll() is None and time.monotonic() < deadline:
        if lock.exists():
            return True
        time.sleep(POLL_SECONDS)
    return False


def _forget_pipe(folder: Path) -> None:
    """Delete the socket by which calls on a profile meet: a killed LibreOffice leaves it."""
    for pipe in _pipes(folder):
        pipe.unlink(missing_ok=True)


def _pipes(folder: Path) -> list[Path]:
    """The sockets by which calls on a profile meet, named by the profile."""
    name = hashlib.md5(_installation(folder).encode("utf-16-le"), usedforsecurity=False).digest()
    return list(Path("/tmp").glob(f"OSL_PIPE_*_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in name)}"))  # noqa: S108


def _installation(folder: Path) -> str:
    return (folder / "profile").as_uri()


def _furnish(folder: Path, fonts: FontSet) -> None:
    """The private profile, fonts and folders LibreOffice needs."""
    for name in ("home", "temporary", "profile/user"):
        (folder / name).mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(profile(), encoding="utf-8")
    write_fontconfig(fonts, folder)


def _stage(folder: Path, documents: Sequence[Path]) -> _Session:
    call = Path(tempfile.mkdtemp(prefix="call-", dir=folder))
    (call / "made").mkdir()
    inputs = tuple(call / f"{number:05d}.docx" for number in range(1, len(documents) + 1))
    for source, target in zip(documents, inputs, strict=True):
        shutil.copyfile(source, target)
    return _Session(folder, call, inputs)


def profile() -> str:
    """The hardened settings as a ``registrymodifications.xcu``."""
    items = "\n".join(
        f'<item oor:path="{escape(path, quote=False)}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{_xcu(value)}</value></prop></item>"
        for path, name, value in _PROFILE
    )
    schema = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {schema}>\n{items}\n</oor:items>\n'


def _xcu(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value), quote=False)


def _switches(engine: LibreOffice, folder: Path) -> list[str]:
    switches = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
    return [str(engine.path), f"-env:UserInstallation={_installation(folder)}", *switches]


def _command(engine: LibreOffice, session: _Session) -> list[str]:
    return [
        *_switches(engine, session.folder),
        "--convert-to",
        "pdf:writer_pdf_Export:" + json.dumps(_FILTER, separators=(",", ":")),
        "--outdir",
        str(session.made),
        *map(str, session.inputs),
    ]


def _environment(folder: Path) -> dict[str, str]:
    """A bare environment: nothing of the user's desktop, proxies or locale reaches the pages."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "WINDIR") if name in os.environ}
    return kept | {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "temporary"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(folder / FONTCONFIG),
    }


def _run(engine: LibreOffice, session: _Session, deadline: float, progress: Progress | None) -> int:
    """Run the conversion in a process group of its own, which ends with the call, and return the exit status."""
    process = _start(engine, _command(engine, session), session.folder)
    try:
        return _wait(process, session, deadline, progress)
    finally:
        _end_group(process)


def _start(engine: LibreOffice, command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    is_watched = os.name == "posix"
    if is_watched and not _can_run(command[0]):
        raise _failure(problem("engine-failed", name=engine.path.name, reason=os.strerror(errno.ENOENT)))
    try:
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCHED, "sh", *command] if is_watched else command,
            env=_environment(folder),
            cwd=folder,
            stdin=subprocess.PIPE if is_watched else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise _failure(problem("engine-failed", name=engine.path.name, reason=error.strerror or str(error))) from error


def _wait(process: subprocess.Popen[bytes], session: _Session, deadline: float, progress: Progress | None) -> int:
    reported = -1
    while True:
        status = process.poll()
        done = sum(result.exists() for result in session.results)
        if progress and done != reported:
            progress(done, len(session.results))
            reported = done
        if status is not None:
            return status
        if time.monotonic() >= deadline:
            raise _TimeoutError
        time.sleep(POLL_SECONDS)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End every process of the group: the one we started is often only a launcher of ``soffice.bin``."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def _faults(session: _Session, texts: Sequence[bool]) -> list[str]:
    return [_fault(result, has_text) for result, has_text in zip(session.results, texts, strict=True)]


def _fault(pdf: Path, has_text: bool) -> str:
    """What is wrong with a result; empty when it can be used."""
    import pypdfium2  # not needed to find LibreOffice, which every re-run does

    if not pdf.is_file():
        return translate("nothing was made")
    try:
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            if not len(document):
                return translate("it has no pages")
            if has_text and not any(page.get_textpage().count_chars() for page in document):
                return translate("its pages are blank")
    except pypdfium2.PdfiumError as error:
        return f"{translate('it cannot be opened')}: {error}"
    return ""


def _publish(results: Sequence[Path], targets: Sequence[Path]) -> tuple[Path, ...]:
    for result, target in zip(results, targets, strict=True):
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(result, target)
    return tuple(targets)
