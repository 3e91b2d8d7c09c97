"""A report written for one agency and one year, used by another in another: nothing of the first is printed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
import yaml

from assembler.base.persian import fold
from assembler.base.problems import has_errors
from assembler.model.judged import Judged
from assembler.model.specs import Column, Field, FormSpec, Item
from assembler.pipeline import judged_at
from tests.test_remarks import ROOT, judged, reasons, specs, texts

# What a report of another year must not print: the province and the year of the first, what belonged to that.
REPORTS = {
    "tehran-1399": ("tehran-1399", ["تهران", "۹۹", "هدف ۱۲"]),
    "khuzestan-1397": ("khuzestan-1397", ["خوزستان", "۹۷"]),
    "annual-1398": ("annual-1398-national", ["۱۳۹۸", "۱۳۹۹", "۴۷۰۹۳", "انصاری", "جهش تولید"]),
    "performance-1397": ("performance-1397", ["سال ۹۷", "سال ۹۶", "سال ۱۳۹۷", "۱۶۲۵۳۷ مورخ"]),
    "service-desk": ("service-desk-hq-1405-1", ["۱۴۰۵"]),
}
SOUND = ("tehran-1399", "khuzestan-1397")  # what is invented contradicts nothing there
_FIELDS = {"year": 1401, "document_year": 1402, "period": 1, "grace_days": 7}
_INVENTED = {"integer": "1", "decimal": "0.2", "percent": "50", "date": "1401/05/10"}


def invented(field: Field) -> object:
    """An answer that says nothing of anybody."""
    if field.type == "select_one":
        return field.choices[0].name
    if field.type == "select_multiple":
        return [field.choices[0].name]
    return ["بندی از متن."] if field.type == "narrative" else _INVENTED.get(field.type, "نمونه")


def _cells(columns: tuple[Column, ...], printed: Collection[str] = ()) -> dict[str, object]:
    asked = (column for column in columns if column.is_asked and column.name not in printed)
    return {column.name: invented(column) for column in asked}


def answer(item: Item) -> object:
    if not item.is_table:
        return invented(item)
    if item.rows:
        return {row.name: _cells(item.columns, row.cells) for row in item.rows}
    return [_cells(item.columns)]


def answers(form: FormSpec) -> dict[str, object]:
    """The whole form, answered; files are left out."""
    asked = (item for item in form.items if item.is_asked and item.type not in ("file", "image"))
    return {item.name: answer(item) for item in asked}


@pytest.fixture(params=REPORTS)
def anew(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Judged]:
    """A case of the report for the year 1401, every question answered."""
    report = specs().reports[request.param]
    (tmp_path / "answers").mkdir()
    (tmp_path / "attachments").mkdir()
    fields = {name: value for name, value in _FIELDS.items() if name in report.case.by_name}
    files = {tmp_path / "case.yaml": {"report": report.id} | answers(report.case) | fields}
    for number, name in enumerate(report.used_forms):
        files[tmp_path / "answers" / f"{number}.yaml"] = {"form": name} | answers(specs().forms[name])
    for path, data in files.items():
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return request.param, judged_at(tmp_path, specs())


def test_nothing_of_the_first_agency_and_year_is_printed(anew: tuple[str, Judged]) -> None:
    name, found = anew
    if name in SOUND:
        assert not has_errors(found.problems), [str(each) for each in found.problems if each.severity == "error"]
    sample, forbidden = REPORTS[name]
    first = judged(ROOT / "samples" / sample)
    words = [*forbidden, *_people(first)]
    printed = "\n".join(texts(found.packet, frozenset({"origins", "anchor", "name"})))
    assert "نمونه" in printed
    assert [word for word in words if fold(word) in printed] == []
    assert [reason for reason in reasons(first) if reason in printed] == []


def _people(case: Judged) -> set[str]:
    """The names of people in the answers of a case."""
    found = {row.cells["name"].value for form in case.forms.values() for item in form.items.values()
             for row in item.rows if "name" in row.cells and not row.group}  # fmt: skip
    head = case.forms["case"].items.get("head")
    return {str(each) for each in (*found, head and head.value) if each}
