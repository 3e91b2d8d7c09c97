"""Saves answers into the files of a case: what changed in its place, a form without a file in a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from assembler.answers import ValueReader
from assembler.answers.editing import changed, same_answer, same_form
from assembler.answers.reader import answer_files
from assembler.answers.texts import FormText, KnownFiles, form_text
from assembler.base.files import write_whole, writing
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.tongue import PERSIAN, Tongue, printed_in
from assembler.base.unreadable import TEXT, unreadable
from assembler.base.yamlfile import MappingNode, Scalar, parse
from assembler.collect.files.skeleton import form_file
from assembler.collect.files.starting import file_names
from assembler.model.answers import AnsweredForm
from assembler.model.folders import CaseFolder
from assembler.model.specs import FormSpec

_BOM = "\ufeff"
Mark: TypeAlias = tuple[int, int, int]
Marks: TypeAlias = Mapping[Path, Mark]


@dataclass(frozen=True)
class Saved:
    """What became of a form: the file that was written, None when it says so already; what the file says now, None
    while there is none; and the problems of reading it, before and now.
    """

    path: Path | None = None
    form: AnsweredForm | None = None
    before: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


class AnswerFiles:
    """The answer files of a case; what they said last is kept, so that a change reads no more than it must.

    ``forms`` are all that may be answered or that conditions speak of, with «case»; ``order`` names those of the report
    as they are numbered; new files have their comments in what the report is ``written`` in.
    """

    def __init__(
        self, folder: Path, forms: Mapping[str, FormSpec], order: Sequence[str], marks: Marks | None = None,
        written: Tongue = PERSIAN,
    ) -> None:  # fmt: skip
        self._folder, self._forms, self._order = CaseFolder(folder), forms, order
        self._said: dict[str, FormText] = {}
        self._written = written
        self._marks = dict(file_marks(folder) if marks is None else marks)

    @property
    def marks(self) -> Marks:
        """What tells the files that were read or written here last."""
        return self._marks

    def changed(self) -> tuple[Path, ...]:
        """The files that somebody else changed, added or took away since they were read or written here."""
        now = file_marks(self._folder.path)
        return tuple(path for path in sorted({*now, *self._marks}) if now.get(path) != self._marks.get(path))

    def save(self, before: AnsweredForm | None, after: AnsweredForm) -> Saved:
        """Writes what differs between two states of a form into its file; a form without one gets it, with its
        questions as comments.

        Raises AssemblerError: «answers-changed» when the file no longer says ``before``, or the file cannot be read or
        written.
        """
        spec = self._forms[after.form]
        if before is None:
            return self._first(spec, after)
        path = Path(str(before.place.file))
        whole = _text(path)
        text = whole.removeprefix(_BOM)
        told = self._told(text, spec, path, before)
        new = changed(told, spec, before, after)
        if new.text != text:
            self._write(path, whole[: len(whole) - len(text)] + new.text)
        self._said[spec.id] = new
        return Saved(path if new.text != text else None, new.form, told.problems, new.problems)

    def _told(self, text: str, spec: FormSpec, path: Path, before: AnsweredForm) -> FormText:
        """What the file says, which must be what was known of it."""
        known = self._said.get(spec.id)
        if known is not None and known.text == text and known.form is before:
            return known
        told = form_text(text, spec, str(path), ValueReader(self._folder.attachments))
        if not _answers(told.node, spec.id) or not same_form(spec, told.form, before):
            raise _changed(path)
        return replace(told, form=before) if told.form == before else told

    def _first(self, spec: FormSpec, after: AnsweredForm) -> Saved:
        """A new file, when there is anything to be written into it."""
        if there := next(self._answering(spec.id), None):
            raise _changed(there)
        blank = AnsweredForm(spec.id, {}, {})
        if all(same_answer(item, blank, after) for item in spec.items):
            return Saved()
        path = self._folder.answers / self._name(spec.id)
        with printed_in(self._written):
            text = form_file(spec, self._forms)
        told = form_text(text, spec, str(path), KnownFiles({}))
        new = changed(told, spec, blank, after)
        self._write(path, new.text)
        self._said[spec.id] = new
        return Saved(path, new.form, (), new.problems)

    def _answering(self, form: str) -> Iterator[Path]:
        """The files that answer a form; those that nowhere name it are not read any further."""
        for path in answer_files(self._folder.answers)[0]:
            data = _bytes(path)
            if form.encode() in data and _answers(parse(data.decode("utf-8-sig", "replace"), Place())[0], form):
                yield path

    def _write(self, path: Path, text: str) -> None:
        with writing(path):
            path.parent.mkdir(exist_ok=True)
            write_whole(path, text.encode("utf-8"))
            self._marks[path] = _mark(path)

    def _name(self, form: str) -> str:
        """A name none of the files has: the one `new` would have given it, else that of the form."""
        known = (name for name in self._order if name in self._forms)
        asked = tuple(name for name in known if self._forms[name].is_asked)
        names = dict(zip(asked, file_names(asked), strict=True))
        wanted = Path(names.get(form, form.rpartition("/")[2] + ".yaml"))
        answers = self._folder.answers
        taken = {path.name for path in answers.iterdir()} if answers.is_dir() else set()
        name, number = wanted.name, 1
        while name in taken:
            number += 1
            name = f"{wanted.stem}-{number}{wanted.suffix}"
        return name


def file_marks(folder: Path) -> Marks:
    """What tells at a glance whether the files of a case are those that were read: when, how large, which."""
    case = CaseFolder(folder)
    return marks_of((case.case_file, *answer_files(case.answers)[0]))


def marks_of(paths: Iterable[Path]) -> Marks:
    """The marks of files; none of one that is not there."""
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = _mark(path)
    return found


def _mark(path: Path) -> Mark:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _answers(node: object, form: str) -> bool:
    """Whether a file answers a form; that of the fields of a case does not name it."""
    name = node.get("form") if isinstance(node, MappingNode) else None
    return form == "case" or (isinstance(name, Scalar) and name.text == form)


def _changed(path: Path) -> AssemblerError:
    return AssemblerError([problem("answers-changed", Place(file=str(path)), name=path.name)], ExitCode.ANSWERS)


def _text(path: Path) -> str:
    if not path.exists():
        raise _changed(path)
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error if isinstance(error, OSError) else wording("it is no longer UTF-8")
        raise AssemblerError([unreadable(path, reason, TEXT)], ExitCode.ANSWERS) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # told when the case is read
        return b""
