"""Counts responses of a survey into a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assembler.actions.locking import locked
from assembler.assembly.converting import as_workbook
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.collect.survey.columns import Questionnaire
from assembler.collect.survey.importing import Imported, import_survey, read_mapping, survey_of
from assembler.pipeline import case_at, library

__all__ = ["Imported", "Responses", "count", "survey"]


@dataclass(frozen=True)
class Responses:
    """Files of responses and how they are read: ``form`` is the questionnaire where the report has several, ``columns``
    a file of «name: header», ``service`` and ``period`` the headers of these two; of a workbook the first of the
    ``sheets`` when none is named, of a text file the ``encoding`` that is found out when none is.
    """

    files: tuple[Path, ...]
    form: str = ""
    columns: Path | None = None
    service: str | None = None
    period: str | None = None
    sheets: tuple[str, ...] = ()
    encoding: str = ""


def count(folder: Path, responses: Responses, settings: Settings, progress: Progress = silent) -> Imported:
    """Counts responses and reports; writes nothing. Raises AssemblerError as ``survey`` does."""
    return _counted(folder, responses, settings, progress, dry_run=True)


@locked("survey")
def survey(folder: Path, responses: Responses, settings: Settings, progress: Progress = silent) -> Imported:
    """Counts responses and writes the results into the case, all of them or nothing.

    Raises AssemblerError: the report has no such questionnaire, a file cannot be read as a whole, the results cannot be
    written. Responses that cannot be counted are set aside and end nothing.
    """
    return _counted(folder, responses, settings, progress, dry_run=False)


@paused_collector()
def _counted(folder: Path, responses: Responses, settings: Settings, progress: Progress, *, dry_run: bool) -> Imported:
    specs = library(settings)
    case, _ = case_at(folder, specs, "files")
    questionnaire = survey_of(specs.reports[case.report], specs, responses.form)
    results = specs.forms[questionnaire.spec.results]
    headers = _headers(questionnaire, responses)
    return import_survey(
        case,
        questionnaire,
        results,
        responses.files,
        headers,
        sheets=responses.sheets,
        encoding=responses.encoding,
        turned=partial(as_workbook, settings=settings),
        dry_run=dry_run,
        progress=progress,
    )


def _headers(questionnaire: Questionnaire, responses: Responses) -> Mapping[str, tuple[str, ...]]:
    """The headers that were named, by the names of the questionnaire."""
    given = {questionnaire.spec.service: responses.service, questionnaire.spec.period: responses.period}
    if given.get(""):
        raise AssemblerError([problem("survey-no-field", name=questionnaire.form.id)], ExitCode.USAGE)
    listed = read_mapping(responses.columns, questionnaire) if responses.columns else {}
    return {**listed, **{name: (head,) for name, head in given.items() if head}}
