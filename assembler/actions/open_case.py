"""A case that is open: its answers read, changed in its files by their places, and judged.

``with open_case(folder) as case`` is for programs; all ways of answering work on an OpenCase.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from assembler.actions.snapshot import FormView, Snapshot
from assembler.answers import names_in, take_attachment
from assembler.answers.units import Units, read_units
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors
from assembler.base.settings import Settings, find_settings
from assembler.collect.files.saving import AnswerFiles, Marks, file_marks, marks_of
from assembler.collect.files.typed import Given, given_value
from assembler.collect.spots import Spot, form_at, refuse_unanswerable, spot_at, with_answer, without_row
from assembler.evaluate import in_year
from assembler.model.answers import AnsweredForm, Case
from assembler.model.folders import CaseFolder
from assembler.model.judged import Judged
from assembler.model.names import named
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import FormSpec
from assembler.pipeline import case_at, judge, library, with_unprintable
from assembler.records.lock import case_lock
from assembler.views.answers import Answered, AnswerView, answer_view

_VERSION = 16  # hexadecimal digits


@dataclass(frozen=True)
class Written:
    """What came of a change: the file it was written into, None when it says so already, and what is told of it."""

    path: Path | None
    problems: tuple[Problem, ...] = ()


def version_of(folder: Path, read: Marks) -> str:
    """The version of a case whose files bear these marks."""
    beside = CaseFolder(folder)
    marks = {**read, **marks_of((beside.accepted_file, beside.units_file, beside.persons_file))}
    told = sorted((path.name, *mark) for path, mark in marks.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:_VERSION]


@contextmanager
def open_case(folder: Path | str, settings: Settings | None = None) -> Iterator[OpenCase]:
    """Holds a case and opens it, so that its answers can be read and changed by nobody else; each change is on disk
    when its call returns. Without settings they are found as the command line finds them.

    Raises AssemblerError: another is changing the case, the specs are broken, one of its files cannot be read.
    """
    with case_lock(Path(folder), "open_case"):
        yield OpenCase.read(Path(folder), settings or find_settings())


class OpenCase:
    """A case as its files say it; ``problems`` are those of reading them. Whoever changes it holds its lock.

    Answers are named by their places, written as `accept` writes them: ``form.item``, ``form.item:row.column``.
    """

    def __init__(self, folder: Path, specs: Library, settings: Settings) -> None:
        self.folder, self._specs, self.settings = folder, specs, settings
        self.reread()

    @classmethod
    def read(cls, folder: Path, settings: Settings) -> OpenCase:
        """Raises AssemblerError when the specs are broken or one of the files of the case cannot be read."""
        return cls(folder, library(settings, names_in(folder)), settings)

    def reread(self) -> None:
        """Reads the files as they are now. Raises AssemblerError, and then knows what it knew."""
        marks = file_marks(self.folder)  # before they are read: what changes meanwhile is found later
        self.case, self.problems = case_at(self.folder, self._specs, "files")
        self.library = in_year(self.case, self._specs)
        forms = {**self.library.forms, "case": self.report.case}
        self._files = AnswerFiles(self.folder, forms, self.report.used_forms, marks, self.report.tongue)
        self._now: Snapshot | None = None

    def refresh(self) -> tuple[Path, ...]:
        """Reads the files anew when somebody else changed, added or took away any; gives these. Raises AssemblerError,
        and then knows what it knew.
        """
        changed = self._files.changed()
        if changed:
            self.reread()
        return changed

    # ------------------------------------------------------------ what there is

    @property
    def version(self) -> str:
        """What tells this state of the case from all others, in every process that reads it: answers as they were read,
        acceptances and units as they stand.
        """
        return version_of(self.folder, self._files.marks)

    @property
    def report(self) -> ReportSpec:
        return self.library.reports[self.case.report]

    @property
    def specs(self) -> Mapping[str, FormSpec]:
        """The forms that can be answered, in the order of the report: the fields of the case first, as «case»."""
        names = dict.fromkeys([*self.report.used_forms, *self.case.forms])
        return {"case": self.report.case, **{name: self.library.forms[name] for name in names}}

    @property
    def attachments(self) -> Path:
        return CaseFolder(self.folder).attachments

    def answered(self, form: str) -> AnsweredForm | None:
        """The answers of a form as they were read; None while it has no file."""
        return self.case.fields if form == "case" else self.case.forms.get(form)

    def spot(self, place: str) -> Spot:
        """The answer at a place. Raises AssemblerError."""
        return spot_at(self.specs, self.answered, place)

    def units(self) -> Units:
        """Who answers what. Raises AssemblerError when ``units.yaml`` has errors."""
        units, problems = read_units(self.folder, self.library, self.report)
        if has_errors(problems):
            raise AssemblerError(problems, ExitCode.ANSWERS)
        return units

    @property
    def changed_at(self) -> float:
        """When any of its answer files was changed last, in seconds since 1970."""
        return max((mark[0] for mark in self._files.marks.values()), default=0) / 1e9

    # ------------------------------------------------------------ judging

    def view(self, form: str) -> FormView:
        """A form evaluated, and checked when it is asked for."""
        self._now = self._now or Snapshot(self.case, self.problems, self.library)
        return self._now.form(form)

    def tried(self, answered: AnsweredForm) -> FormView:
        """A form as it would be."""
        return Snapshot(_with(self.case, answered), self.problems, self.library).form(answered.form)

    def judged(self) -> Judged:
        """The case evaluated and checked."""
        return judge(self.case, self.problems, self._specs)

    def would_find(self, forms: Sequence[AnsweredForm]) -> tuple[Problem, ...]:
        """What would be found in forms if they were answered like this."""
        case = reduce(_with, forms, self.case)
        snapshot = Snapshot(case, self.problems, self.library)
        return tuple(found for answered in forms for found in snapshot.form(answered.form).judged())

    def check(self) -> tuple[Problem, ...]:
        """All problems of the case but those of a day's deadlines, as `assembler check` finds them."""
        return with_unprintable(self.judged(), self.settings).problems

    # ------------------------------------------------------------ answers by their places

    def get(self, place: str) -> Answered:
        """The answer at a place, or what is calculated there: a text, a number, a date, …; of a row a mapping, of a
        table a list of them; None for a blank. Raises AssemblerError.
        """
        return self.told(place).value

    def told(self, place: str) -> AnswerView:
        """The answer at a place with what is known of it. Raises AssemblerError, also when it cannot be read."""
        spot = self.spot(place)
        unread = [found for found in self.problems if spot.place.holds(found.place)]
        if has_errors(unread):  # an answer that cannot be read is not blank
            raise AssemblerError(unread, ExitCode.ANSWERS)
        return answer_view(spot, self.view(spot.spec.id).filled())

    def told_form(self, name: str) -> tuple[AnswerView, ...]:
        """The answers of a form, item by item. Raises AssemblerError."""
        form = self.view(form_at(self.specs, name).id).filled()
        return tuple(
            answer_view(Spot(form.spec, each.spec), form) for each in form.items.values() if each.spec.type != "note"
        )

    @paused_collector()
    def set(self, place: str, value: Given) -> Written:
        """Writes an answer: a text as a file would hold it, choices also by their labels, files by their paths; or a
        number, a date, a list; blank or None to clear it. The row behind the last one, also written «+», is a new one.

        What is told are warnings of reading it, and what the checks say of it now. Raises AssemblerError.
        """
        with self._naming():
            spot = self.spot(place)
            refuse_unanswerable(spot)
            read = given_value(value, spot.field, spot.place, self.folder)
        after = with_answer(self.answered(spot.spec.id), spot, read.value)
        return self._written(after, spot.place, read.problems)

    @paused_collector()
    def delete(self, place: str) -> Written:
        """Deletes a row; a printed one is left blank. Raises AssemblerError."""
        with self._naming():
            spot = self.spot(place)
        after = without_row(self.answered(spot.spec.id), spot)
        return self._written(after, Place(form=spot.spec.id, item=spot.item.name), ())

    def _written(self, after: AnsweredForm, place: Place, remarks: tuple[Problem, ...]) -> Written:
        path = self.save(after)
        return Written(path, (*named(remarks, self.specs), *self.view(after.form).judged(place)))

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """Problems that are raised within call their places by names."""
        try:
            yield
        except AssemblerError as error:
            raise AssemblerError(named(error.problems, self.specs), error.exit_code) from error

    # ------------------------------------------------------------ forms

    @paused_collector()
    def save(self, after: AnsweredForm) -> Path | None:
        """Writes what is new in a form into its file; gives the file, None when nothing is. Raises AssemblerError."""
        saved = self._files.save(self.answered(after.form), after)
        if saved.form is not None:
            kept = tuple(found for found in self.problems if found not in saved.before)
            self.problems = (*kept, *named(saved.problems, self.specs))
            self.case, self._now = _with(self.case, saved.form, saved.path), None
            self.library = in_year(self.case, self._specs) if after.form == "case" else self.library
        return saved.path

    def attach(self, path: Path) -> str:
        """Copies a file among the attachments and returns its name there. Raises AssemblerError."""
        return take_attachment(self.folder, path)


def _with(case: Case, answered: AnsweredForm, file: Path | None = None) -> Case:
    """The case with other answers of a form, which may stand in a new file."""
    if answered.form == "case":
        return replace(case, fields=answered)
    new = file is not None and file not in case.files
    files = (case.files[0], *sorted((*case.files[1:], file))) if new and file else case.files
    return replace(case, forms={**case.forms, answered.form: answered}, files=files)
