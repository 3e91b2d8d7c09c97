"""A workplace for tests: the smallest form, report and case that can be checked and built, in a folder of their own.

``workplace`` is made anew for each test; change what a test is about with ``write_form``, ``write_report`` and
``write_answers`` and run the program on ``workplace.case``.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

from assembler.base import messages
from assembler.base.settings import Settings
from tests import office
from tests.office import SHARED

# The same examples in every run, so that a failure is the change's own; HYPOTHESIS_PROFILE=search looks further.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# A folder for what is made once in a run: all processes that take part share it, and it goes with the run. What the
# program remembers of specifications is there, and the samples as they are built.
if SHARED not in os.environ:
    os.environ[SHARED] = tempfile.mkdtemp(prefix="assembler-tests-")
    atexit.register(shutil.rmtree, os.environ[SHARED], ignore_errors=True)
    os.environ.setdefault("ASSEMBLER_CACHE", str(Path(os.environ[SHARED]) / "cache"))

REPOSITORY = Path(__file__).resolve().parent.parent

# One text, one number and one table: enough for every kind of place a problem can have.
FORM = """\
form: demo/visit
title: بازدید
source: {document: demo}
items:
  - {name: title, type: text, label: عنوان, required: true}
  - {name: score, type: integer, label: امتیاز, appearance: hidden, constraint: score <= 10, constraint_message: امتیاز از ۱۰ بیشتر است.}
  - name: services
    type: table
    label: خدمات
    min_rows: 1
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام خدمت, required: true}
      - {name: count, type: integer, label: تعداد}
"""  # noqa: E501  # each question stands in its line
REPORT = """\
report: demo
title: گزارش {{ case.agency }}
source: {document: demo}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - section: بازدید
        content:
          - text: demo/visit.title
          - {table: demo/visit.services, caption: خدمات}
"""
CASE = "report: demo\nagency: اداره نمونه\n"
ANSWERS = """\
form: demo/visit
title: بازدید از ساختمان
score: 7
services:
  - {name: صدور گواهی, count: 12}
  - {name: پاسخ به شکایت, count: ۳}
"""


@dataclass(frozen=True)
class Workplace:
    """``folder`` holds ``form_specs/``, ``letter_templates/`` (those of the program) and ``cases/demo/``."""

    folder: Path

    @property
    def specs(self) -> Path:
        return self.folder / "form_specs"

    @property
    def templates(self) -> Path:
        return self.folder / "letter_templates"

    @property
    def case(self) -> Path:
        return self.folder / "cases" / "demo"

    @property
    def out(self) -> Path:
        """Where ``build`` puts its results when it is not told otherwise."""
        return self.case / "output"

    @property
    def settings(self) -> Settings:
        return Settings(self.specs, self.templates)

    @property
    def options(self) -> list[str]:
        """The options that point a command at this workplace."""
        return ["--specs", str(self.specs), "--templates", str(self.templates)]


def write_form(folder: Path, text: str, name: str = "visit") -> Path:
    """Writes ``<folder>/form_specs/demo/<name>.yaml``, a form or a report, in place of what stood there."""
    return _write(folder / "form_specs" / "demo" / f"{name}.yaml", text)


def write_report(folder: Path, text: str) -> Path:
    """Writes the report specification of the workplace."""
    return write_form(folder, text, "report")


def write_answers(folder: Path, text: str, name: str = "visit") -> Path:
    """Writes ``<folder>/cases/demo/answers/<name>.yaml``."""
    return _write(folder / "cases" / "demo" / "answers" / f"{name}.yaml", text)


def write_case(folder: Path, text: str) -> Path:
    """Writes ``<folder>/cases/demo/case.yaml``."""
    return _write(folder / "cases" / "demo" / "case.yaml", text)


def make_workplace(folder: Path) -> Workplace:
    """Fills a folder with the smallest form, report and case without problems, and the program's templates."""
    shutil.copytree(REPOSITORY / "letter_templates", folder / "letter_templates")
    write_form(folder, FORM)
    write_report(folder, REPORT)
    write_case(folder, CASE)
    write_answers(folder, ANSWERS)
    (folder / "cases" / "demo" / "attachments").mkdir()
    return Workplace(folder)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return make_workplace(tmp_path)


# The files that take longest come first: those at the end are short, and no process waits long for another.
LONGEST = (
    "cli/test_handbook.py",
    "test_page_report.py",
    "actions/test_issue.py",
    "collect/workbook/test_gates.py",
    "cases/letters/test_letters.py",
    "test_samples.py",
    "test_soak.py",
    "test_wheel.py",
    "documents/workflow/test_layout.py",
    "test_restyled.py",
    "test_readme.py",
    "test_intake.py",
    "test_faults.py",
    "collect/workbook/test_round_trip.py",
    "test_families.py",
    "test_service_desk.py",
    "test_annual.py",
    "assembly/test_fitting.py",
    "pdf/test_libreoffice.py",
    "test_printed_text.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests, ranks = Path(__file__).parent, {name: rank for rank, name in enumerate(LONGEST)}

    def rank(item: pytest.Item) -> int:
        name = item.path.relative_to(tests).as_posix()
        return ranks.get(name, len(LONGEST) - (name.startswith(("web/browser/", "web/processes/"))))

    items.sort(key=rank)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests wait for LibreOffice, for browsers and for what was killed."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _one_office() -> Iterator[None]:
    with office.for_all():
        yield


@pytest.fixture(autouse=True)
def _english_messages() -> Iterator[None]:
    """Messages are English in tests, whatever the locale, and a language a test chose ends with it."""
    messages.choose("en")
    yield
    messages.choose("en")
