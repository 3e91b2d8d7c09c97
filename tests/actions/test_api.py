"""What programs call: a case by its folder or as data, settings found or given."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest

import assembler
from assembler.base.settings import find_settings

FORM = """\
form: demo/services
title: خدمات
source: {document: demo}
choices:
  yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
items:
  - {name: listed, type: select_one yes_no, label: آیا احصاء شده است؟, required: true}
  - {name: since, type: date, label: تاریخ}
  - {name: paper, type: file, label: مستند}
  - name: services
    type: table
    caption: خدمات
    columns:
      - {name: title, type: text, label: خدمت, required: true}
      - {name: count, type: integer, label: تعداد}
"""
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
      - {answers: demo/services}
"""
GIVEN = {
    "name": "نمونه",
    "report": "demo",
    "agency": "اداره: نمونه #۱",
    "forms": {
        "demo/services": {
            "listed": True,
            "since": jdatetime.date(1402, 12, 29),
            "services": [{"title": "صدور گواهی", "count": 12}, {"title": "پاسخ", "count": None}],
        }
    },
}


@pytest.fixture
def settings(tmp_path: Path) -> assembler.Settings:
    specs = tmp_path / "form_specs" / "demo"
    specs.mkdir(parents=True)
    (specs / "services.yaml").write_text(FORM, encoding="utf-8")
    (specs / "report.yaml").write_text(REPORT, encoding="utf-8")
    found = find_settings(tmp_path / "form_specs")
    return assembler.Settings(found.specs, found.templates, engine="draft")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "case"
    (case / "answers").mkdir(parents=True)
    (case / "case.yaml").write_text("report: demo\nagency: اداره نمونه\n", encoding="utf-8")
    (case / "answers" / "services.yaml").write_text("form: demo/services\nlisted: no\n", encoding="utf-8")
    return case


def answers(**items: object) -> dict[str, object]:
    return {**GIVEN, "forms": {"demo/services": {**GIVEN["forms"]["demo/services"], **items}}}  # type: ignore[index]


def test_the_api_is_ten_names_that_can_all_be_had() -> None:
    assert len(assembler.__all__) <= 10
    assert set(assembler.__all__) <= set(dir(assembler))
    assert all(getattr(assembler, name) for name in assembler.__all__)
    with pytest.raises(AttributeError):
        _ = assembler.nothing_of_this_name


def test_importing_it_loads_none_of_the_program() -> None:
    code = "import sys, assembler; print(sorted(n for n in sys.modules if n.startswith('assembler')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['assembler', 'assembler.base', 'assembler.base.version']"


def test_answers_of_a_mapping_are_checked(settings: assembler.Settings) -> None:
    assert assembler.check(GIVEN, settings) == ()
    (found,) = assembler.check(answers(services=[{"count": "سه"}, {"title": "الف", "count": 3}]), settings)[:1]
    assert (found.place.file, found.place.form, found.place.row) == (None, "demo/services", 1)
    codes = {found.code for found in assembler.check(answers(services=[{"count": "سه"}]), settings)}
    assert codes == {"not-a-number", "required"}


def test_every_kind_of_value_arrives_as_it_is_given(settings: assembler.Settings, tmp_path: Path) -> None:
    paper = tmp_path / "مستند.txt"
    paper.write_text("x", encoding="utf-8")
    odd = {"title": "yes: [no] # ~", "count": Decimal(7)}
    found = assembler.check(answers(since=datetime.date(2024, 3, 19), paper=paper, services=[odd]), settings)
    assert {one.code for one in found} <= {"attachment-type", "attachment-unknown"}, found


def test_answers_of_a_mapping_are_built(settings: assembler.Settings, tmp_path: Path) -> None:
    built = assembler.build(GIVEN, tmp_path / "out", settings)
    assert built.pdf == tmp_path / "out" / "نمونه.pdf"
    assert built.pdf.read_bytes().startswith(b"%PDF")
    with pytest.raises(TypeError, match="out"):
        assembler.build(GIVEN, settings=settings)
    with pytest.raises(assembler.AssemblerError) as failed:
        assembler.build(answers(services=[{"count": "سه"}]), tmp_path / "other", settings)
    assert all(found.place.file is None for found in failed.value.problems)


def test_an_open_case_is_set_saved_and_held(settings: assembler.Settings, folder: Path) -> None:
    with assembler.open_case(folder, settings) as case:
        case.set("demo/services.listed", "yes")
        case.set("demo/services.services:+.title", "صدور")
        assert case.get("demo/services.services:1.title") == "صدور"
        with pytest.raises(assembler.AssemblerError) as refused, assembler.open_case(folder, settings):
            pass
    assert [found.code for found in refused.value.problems] == ["case-locked"]
    assert "listed: yes" in (folder / "answers" / "services.yaml").read_text(encoding="utf-8")
    assert assembler.check(folder, settings) == ()
    assert assembler.status(str(folder), settings, today=jdatetime.date(1403, 1, 1)).title == "گزارش اداره نمونه"


def test_the_example_of_the_handbook_runs(tmp_path: Path) -> None:
    handbook = Path(assembler.__file__).parent / "handbook" / "en"
    pages = (handbook / "specifications.md").read_text("utf-8") + (handbook / "program.md").read_text("utf-8")
    for name, text in re.findall(r"```yaml\n# (\S+\.yaml)\n(.*?)```", pages, re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", pages, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "build/demo/case.pdf"
    assert "صدور پروانه" in (tmp_path / "cases/demo/answers/services.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "build" / "demo" / "case.pdf").is_file()


def test_what_was_never_issued_has_nothing_to_prove_or_compare(settings: assembler.Settings, folder: Path) -> None:
    for call in (lambda: assembler.verify(folder), lambda: assembler.diff(folder, settings=settings)):
        with pytest.raises(assembler.AssemblerError) as failed:
            call()
        assert failed.value.problems[0].code in ("never-issued", "diff-never-issued")
