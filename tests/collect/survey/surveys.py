"""A workplace with the questionnaire of the service desk and a report that holds its results."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

from assembler.answers import read_case
from assembler.collect.survey.importing import Imported, import_survey, survey_of
from assembler.model.answers import AnsweredForm, Case
from assembler.model.reports import Library
from assembler.specs.library import read_library

REPOSITORY = Path(__file__).resolve().parents[3]
FORMS = ("questionnaire", "survey")
QUESTIONS = 16
NUMBERS = [str(number) for number in range(1, QUESTIONS + 1)]
HEAD = [*NUMBERS, "جنسیت", "سن", "خدمت", "دوره", "مطلب", "شناسه پاسخ"]
RESULTS = "service-desk/survey"
REPORT = """\
report: polled
title: گزارش نظرسنجی
source: {document: service-desk-guide-1}
case:
  - {name: agency, type: text, label: نام دستگاه}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - answers: service-desk/survey
      - {chart: service-desk/survey.groups, kind: bar, label: group, value: high_percent, caption: رضایت زیاد}
"""


class Desk:
    """A case of the survey in a folder; ``take`` imports files into it."""

    def __init__(self, folder: Path, changes: Mapping[str, str] | None = None) -> None:
        self.specs = folder / "form_specs"
        target = self.specs / "service-desk"
        target.mkdir(parents=True)
        for name in FORMS:
            text = (REPOSITORY / "form_specs" / "service-desk" / f"{name}.yaml").read_text(encoding="utf-8")
            for old, new in (changes or {}).items():
                text = text.replace(old, new)
            (target / f"{name}.yaml").write_text(text, encoding="utf-8")
        (target / "report.yaml").write_text(REPORT, encoding="utf-8")
        self.folder = folder / "case"
        (self.folder / "answers").mkdir(parents=True)
        (self.folder / "case.yaml").write_text("report: polled\nagency: اداره نمونه\n", encoding="utf-8")
        shutil.copytree(REPOSITORY / "letter_templates", folder / "letter_templates")
        self.options = ["--specs", str(self.specs), "--templates", str(folder / "letter_templates")]

    @property
    def library(self) -> Library:
        library, problems = read_library(self.specs)
        assert problems == ()
        return library

    @property
    def case(self) -> Case:
        case, problems = read_case(self.folder, self.library)
        assert case is not None
        assert problems == ()
        return case

    @property
    def results(self) -> AnsweredForm:
        return self.case.forms[RESULTS]

    def take(self, *files: Path, **options: object) -> Imported:
        library, case = self.library, self.case
        questionnaire = survey_of(library.reports[case.report], library)
        return import_survey(case, questionnaire, library.forms[RESULTS], files, **options)  # type: ignore[arg-type]

    def rows(self, table: str) -> list[dict[str, object]]:
        """The rows of a table of the results, as they are read back."""
        return [{name: answer.value for name, answer in row.cells.items()} for row in self.results.tables[table]]

    def aside(self) -> list[list[str]]:
        text = (self.folder / "set-aside.csv").read_text(encoding="utf-8-sig", errors="surrogateescape")
        return list(csv.reader(io.StringIO(text, newline="")))


def response(*levels: object, number: object = "", **cells: object) -> list[str]:
    """A row under ``HEAD``: the levels of the first questions, the rest not answered."""
    answers = [str(level) for level in levels] + [""] * (QUESTIONS - len(levels))
    names = ("sex", "age", "service", "period", "comment")
    return [*answers, *(str(cells.get(name, "")) for name in names), str(number)]


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def csv_file(path: Path, rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def workbook(path: Path, rows: Iterable[Sequence[object]], title: str = "پاسخ‌ها") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path
