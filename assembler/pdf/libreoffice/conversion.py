"""Makes pages of documents. LibreOffice exits with 0 on nearly every failure, so only the output counts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assembler.base.files import writing
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import translate
from assembler.base.problems import AssemblerError, problem
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice.installation import LibreOffice
from assembler.pdf.libreoffice.processes import POLL_SECONDS, Ahead, end_group, failure, is_ready, private_folder, start
from assembler.pdf.libreoffice.profile import furnish, switches

Progress = Callable[[int, int], None]
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
    ahead = ahead if ahead and (not ahead.stays or is_ready(ahead)) else None
    for last_attempt in (False, True):
        with _session(work, fonts, documents, None if last_attempt else ahead) as session:
            try:
                status = _run(engine, session, deadline, progress)
            except _TimeoutError:
                raise failure(problem("engine-timeout", seconds=f"{timeout:g}")) from None
            faults = _faults(session, texts)
            if not any(faults):
                _mend(session.results, fonts)
                return _publish(session.results, targets)
            if last_attempt or (status == 0 and ahead is None):
                raise _refusal(documents, faults, status, session.folder)
    raise AssertionError("unreachable")  # pragma: no cover


def _mend(results: Sequence[Path], fonts: FontSet) -> None:
    from assembler.pdf.libreoffice.reading import mend_text  # as above

    for result in results:
        mend_text(result, fonts)


def _refusal(documents: Sequence[Path], faults: Sequence[str], status: int, folder: Path) -> AssemblerError:
    if shutil.disk_usage(folder).free < 1_000_000:
        faults = [fault and translate("no space is left on the disk") for fault in faults]
    elif status != 0:
        faults = [fault and f"{fault} ({translate('LibreOffice ended with status')} {status})" for fault in faults]
    pairs = zip(documents, faults, strict=True)
    return failure(*(problem("engine-failed", name=path.name, reason=fault) for path, fault in pairs if fault))


def _texts(documents: Sequence[Path]) -> tuple[bool, ...]:
    """Whether each document has text. LibreOffice would turn a damaged file into a blank page without a word."""
    found, problems = [], []
    for document in documents:
        try:
            with foreign(document), zipfile.ZipFile(document) as archive:
                found.append(bool(_TEXT.search(archive.read("word/document.xml"))))
        except (UnreadableError, OSError) as error:
            problems.append(problem("engine-failed", name=document.name, reason=str(error)))
    if problems:
        raise failure(*problems)
    return tuple(found)


@contextmanager
def _session(work: Path, fonts: FontSet, documents: Sequence[Path], ahead: Ahead | None) -> Iterator[_Session]:
    """The folders of a call: those of the LibreOffice started ahead, or new ones."""
    if ahead is not None:
        yield _stage(ahead.folder, documents)
        return
    with private_folder(work) as folder:
        furnish(folder, fonts)
        yield _stage(folder, documents)


def _stage(folder: Path, documents: Sequence[Path]) -> _Session:
    call = Path(tempfile.mkdtemp(prefix="call-", dir=folder))
    (call / "made").mkdir()
    inputs = tuple(call / f"{number:05d}.docx" for number in range(1, len(documents) + 1))
    for source, target in zip(documents, inputs, strict=True):
        shutil.copyfile(source, target)
    return _Session(folder, call, inputs)


def _command(engine: LibreOffice, session: _Session) -> list[str]:
    return [
        *switches(engine, session.folder),
        "--convert-to",
        "pdf:writer_pdf_Export:" + json.dumps(_FILTER, separators=(",", ":")),
        "--outdir",
        str(session.made),
        *map(str, session.inputs),
    ]


def _run(engine: LibreOffice, session: _Session, deadline: float, progress: Progress | None) -> int:
    """Run the conversion in a process group of its own, which ends with the call, and return the exit status."""
    process = start(engine, _command(engine, session), session.folder)
    try:
        return _wait(process, session, deadline, progress)
    finally:
        end_group(process)


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
