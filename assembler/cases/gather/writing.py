"""Writes a gathered report as a case: its tables anew, all that people wrote beside them as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assembler.base.files import write_whole, writing
from assembler.base.problems import NOWHERE
from assembler.base.tongue import printed_in
from assembler.cases.gather.findings import Range
from assembler.cases.gather.tables import Cells
from assembler.collect.files.skeleton import case_file, form_file
from assembler.collect.files.starting import file_names
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Case, Value
from assembler.model.folders import CASE_FILE, CaseFolder
from assembler.model.reports import Gather, Library, ReportSpec


def write_case(
    folder: Path,
    report: ReportSpec,
    library: Library,
    fields: Mapping[str, Answer],
    span: Range,
    tables: Mapping[str, Sequence[Cells]],
    before: Case | None = None,
) -> tuple[Path, ...]:
    """Writes ``case.yaml`` and the answer files of the gathered forms; other forms only where there are none yet.

    ``before`` is the case that stood there. Returns the files written; raises AssemblerError ``output-unwritable``.
    """
    assert report.gather is not None
    gathered = {name: Answer(value) for name, value in _range_fields(report.gather, span).items()}
    with printed_in(report.tongue):
        texts = {CASE_FILE: case_file(report, AnsweredForm("case", {**fields, **gathered}, {}))}
        texts |= _form_texts(report, library, tables, before)
    with writing(folder):
        for each in (CaseFolder(folder).answers, CaseFolder(folder).attachments):
            each.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            write_whole(folder / path, text.encode())
    return tuple(folder / path for path in texts)


def _range_fields(gather: Gather, span: Range) -> Mapping[str, Value]:
    found: Mapping[str, Value] = {
        "first_year": span.first.year,
        "first_number": span.first.number,
        "last_year": span.last.year,
        "last_number": span.last.number,
    }
    return {field: found[name] for field, name in gather.fields.items()}


def _form_texts(
    report: ReportSpec, library: Library, tables: Mapping[str, Sequence[Cells]], before: Case | None
) -> Mapping[str, str]:
    assert report.gather is not None
    asked = [name for name in report.used_forms if library.forms[name].is_asked]
    forms = {**library.forms, "case": report.case}
    found: dict[str, str] = {}
    for name, path in zip(asked, file_names(tuple(asked)), strict=True):
        old = before.forms.get(name) if before else None
        if name in report.gather.forms:
            place = Path(old.place.file).name if old and old.place.file else path
            found[f"answers/{place}"] = form_file(library.forms[name], forms, _answered(name, tables, old))
        elif old is None:
            found[f"answers/{path}"] = form_file(library.forms[name], forms)
    return found


def _answered(form: str, tables: Mapping[str, Sequence[Cells]], old: AnsweredForm | None) -> AnsweredForm:
    """The gathered tables of a form, and what else was answered there."""
    own = {
        target.rpartition(".")[2]: tuple(AnsweredRow(_answers(row), NOWHERE) for row in rows)
        for target, rows in tables.items()
        if target.rpartition(".")[0] == form
    }
    base = old or AnsweredForm(form, {}, {})
    return replace(base, tables={**base.tables, **own}, carried=None)


def _answers(row: Cells) -> Mapping[str, Answer]:
    return {name: Answer(value) for name, value in row.items() if value is not None}
