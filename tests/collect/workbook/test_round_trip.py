"""What is exported and imported without a change changes nothing."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import jdatetime
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.actions.export import export
from assembler.actions.import_ import merge_books, read_books, write_imported
from assembler.actions.open_case import OpenCase
from assembler.base.persian import normalise
from assembler.base.settings import Settings
from assembler.collect.workbook import plan_sheet
from assembler.collect.workbook.cells import Raw, cell_value, key, key_of, unwritable
from assembler.collect.workbook.prose import prose_text, read_prose
from assembler.model.answers import Prose, ProseEntry, ProseList
from assembler.model.specs import Field
from tests.collect.workbook.calc import saved_by_calc
from tests.collect.workbook.office import Office
from tests.conftest import REPOSITORY, Workplace

SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
TODAY = jdatetime.date(1399, 2, 1)
SAMPLES = sorted(path.parent.name for path in (REPOSITORY / "samples").glob("*/case.yaml"))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_come_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    case = tmp_path / name
    shutil.copytree(REPOSITORY / "samples" / name, case, ignore=shutil.ignore_patterns("output"))
    before = {path: path.read_bytes() for path in case.rglob("*.yaml")}
    opened = OpenCase.read(case, SETTINGS)
    path = export(case, tmp_path / "a.xlsx", SETTINGS, TODAY).path
    books, problems = read_books(opened, [path])
    assert len(books[0].forms) == len(opened.specs)
    imported = write_imported(opened, merge_books(opened, books, problems))
    assert (imported.changes, imported.conflicts, imported.problems, imported.written) == ((), (), (), ())
    assert {path: path.read_bytes() for path in case.rglob("*.yaml")} == before


def test_every_kind_of_answer_comes_back(workplace: Workplace) -> None:
    office = Office(workplace)
    imported = office.take(office.export())
    assert (imported.changes, imported.conflicts, imported.problems) == ((), (), ())
    assert imported.touched == frozenset()


def test_saved_again_by_another_program_it_still_is_the_same(workplace: Workplace) -> None:
    office = Office(workplace)
    path = office.export()
    openpyxl.load_workbook(path).save(path)
    assert office.take(path).changes == ()


def test_the_workbook_shows_the_answers_and_lives(workplace: Workplace) -> None:
    path = Office(workplace).export()
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[2]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"=بازدید", 7, 45, 12.5, "۱۳۹۸/۱۲/۰۵", "تارنما\nتلفن", "صدور گواهی", "✓", "زیاد"} <= values
    text = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=بازدید")
    assert text.data_type == "s"
    formulas = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert any("SUM(" in each for each in formulas)
    assert any("COUNT(" in each for each in formulas)
    assert all(each.sheet_view.rightToLeft for each in book.worksheets[:3])
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert {check.type for check in sheet.data_validations.dataValidation} == {"list", "custom", "whole", "decimal"}
    assert sheet.column_dimensions["A"].hidden
    assert book["_assembler"].sheet_state == "veryHidden"


def test_what_does_not_fit_into_a_cell_is_locked_and_stays(workplace: Workplace) -> None:
    long = "واژه " * 7_000
    office = Office(workplace, answers=f"form: demo/visit\ntitle: {long}\nscore: 3\n")
    before = office.files()
    path = office.export()
    assert all(
        len(str(cell.value or "")) < 32_767 for row in openpyxl.load_workbook(path).worksheets[2] for cell in row
    )
    imported = office.take(path)
    assert imported.changes == ()
    office.write(imported)
    assert office.files() == before


# ---------------------------------------------------------------- LibreOffice Calc


@pytest.fixture(scope="module")
def performance(tmp_path_factory: pytest.TempPathFactory) -> tuple[OpenCase, Path, Path]:
    """A sample's workbook, and the same as Calc saves it."""
    folder = tmp_path_factory.mktemp("calc")
    opened = OpenCase.read(REPOSITORY / "samples" / "performance-1397", SETTINGS)
    path = export(opened.folder, folder / "a.xlsx", SETTINGS, TODAY).path
    return opened, path, saved_by_calc(folder, path)[0]


def test_saved_by_calc_nothing_has_changed(performance: tuple[OpenCase, Path, Path]) -> None:
    opened, _, saved = performance
    imported = merge_books(opened, *read_books(opened, [saved]))
    assert (imported.changes, imported.conflicts, imported.problems) == ((), (), ())


def test_formulas_come_to_what_the_program_calculates(performance: tuple[OpenCase, Path, Path]) -> None:
    opened, path, saved = performance
    written, found = openpyxl.load_workbook(path), openpyxl.load_workbook(saved, data_only=True)
    filled, forms = opened.judged().forms, list(opened.specs.values())
    seen = 0
    for sheet, spec in zip(written.worksheets[1:], forms, strict=False):
        plan = plan_sheet(sheet.title, spec, opened.answered(spec.id), filled[spec.id], opened.specs)
        for box in (box for box in plan.boxes if box.formula and sheet.cell(box.row, box.column).data_type == "f"):
            value = found[sheet.title].cell(box.row, box.column).value
            assert value == pytest.approx(box.value) if box.value is not None else not value, (spec.id, box)
            seen += 1
    assert seen > 100


# ---------------------------------------------------------------- properties

_LINES = st.text(st.sampled_from("ابپ۱۲12 -•–الفx_=+@\u200c"), min_size=1, max_size=12).map(normalise)
_TEXTS = _LINES.filter(lambda line: bool(line.strip()))
_ENTRIES = st.recursive(
    st.builds(ProseEntry, _TEXTS),
    lambda inner: st.builds(
        ProseEntry,
        _TEXTS,
        st.builds(
            lambda kind, entries: (ProseList(kind, tuple(entries)),),
            st.sampled_from(("numbered", "bulleted", "lettered", "dashed")),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=5,
)
_BLOCKS = st.one_of(
    _TEXTS,
    st.builds(
        lambda kind, entries: ProseList(kind, tuple(entries)),
        st.sampled_from(("numbered", "bulleted", "lettered", "dashed")),
        st.lists(_ENTRIES, min_size=1, max_size=4),
    ),
)


@settings(max_examples=150)
@given(st.lists(_BLOCKS, min_size=1, max_size=4))
def test_a_narrative_comes_back_or_is_not_offered(blocks: list[str | ProseList]) -> None:
    prose = Prose(tuple(blocks))
    text = prose_text(prose)
    assert text is None or read_prose(text) == prose
    assert unwritable(prose, Field("x", "narrative")) is (text is None)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**17), max_value=10**17))
def test_numbers_keep_their_value(number: Decimal) -> None:
    field = Field("x", "decimal")
    written = cell_value(number, field)
    assert key(Raw(written), field) == key_of(number, field)
    assert key(Raw(str(number)), field) == key_of(number, field) or "E" in str(number)
