"""The delivered reports: each can be started blank or from its sample, and editors find its files valid."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from assembler.answers import read_case
from assembler.base.settings import Settings
from assembler.collect.files.carrying import CarriedCase, carries, carry_over
from assembler.collect.files.starting import start_case
from assembler.model.answers import AnsweredForm, Case
from assembler.model.carried import fingerprint
from assembler.model.reports import Library
from assembler.pipeline import read
from assembler.specs.schema import schemas
from tests.cli.test_schema import EditorsLoader
from tests.conftest import REPOSITORY
from tests.test_remarks import specs

SPECS, TEMPLATES, SAMPLES = (REPOSITORY / name for name in ("form_specs", "letter_templates", "samples"))
CASES = sorted(path.parent for path in SAMPLES.glob("*/case.yaml"))
# What a case that nobody has filled in is told: what is missing, and days that pass.
MISSING = (
    "required", "too-few-rows", "letter-incomplete", "cell-blank", "none-marked", "left-blank", "column-empty",
    "score-pending", "document-missing",
)  # fmt: skip


@pytest.fixture
def library() -> Library:
    return specs()


@cache
def delivered_schemas() -> Mapping[str, Mapping[str, object]]:
    return schemas(specs())


def validate(case: Case) -> None:
    found = delivered_schemas()
    for path in case.files:
        content = yaml.load(path.read_text(encoding="utf-8"), EditorsLoader)  # noqa: S506
        name = f"answers-{content['form']}" if "form" in content else f"case-{content['report']}"
        jsonschema.validate(content, found[name.replace("/", "-")])


@pytest.mark.parametrize("report", sorted(specs().reports))
def test_a_blank_case_lacks_answers_and_nothing_else(tmp_path: Path, library: Library, report: str) -> None:
    start_case(tmp_path / "case", library.reports[report], library, CarriedCase(AnsweredForm("case", {}, {}), {}))
    problems = read(tmp_path / "case", Settings(SPECS, TEMPLATES)).problems
    assert [found for found in problems if found.code not in MISSING and not found.code.startswith("deadline")] == []
    case, unread = read_case(tmp_path / "case", library)
    assert case is not None
    assert unread == ()
    validate(case)


@pytest.mark.parametrize("sample", CASES, ids=lambda path: path.name)
def test_a_sample_survives_but_for_what_belongs_to_its_year(tmp_path: Path, library: Library, sample: Path) -> None:
    old, _ = read_case(sample, library)
    assert old is not None
    report = library.reports[old.report]
    taken = carry_over(old, report, library)
    start_case(tmp_path / "case", report, library, taken)
    new, problems = read_case(tmp_path / "case", library)
    assert new is not None
    assert problems == ()
    yearly = (report.years.year_field, *report.years.kit) if report.years else ()
    lost = [
        f"{name}.{item.name}"
        for name, form in {"case": old.fields, **old.forms}.items()
        for item in (report.case if name == "case" else library.forms[name]).items
        if carries(item)
        and not (name == "case" and item.name in yearly)
        and all(map(carries, item.columns))
        and fingerprint(form, item.name) != fingerprint(new.fields if name == "case" else new.forms[name], item.name)
    ]
    assert lost == []
    assert sorted(taken.attachments()) == sorted(
        str(path.relative_to(tmp_path / "case" / "attachments"))
        for path in (tmp_path / "case" / "attachments").rglob("*")
        if path.is_file()
    )
    validate(new)
