"""Which forms may say something else when an answer changes: none is forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.actions.desk.links import looking_at
from assembler.actions.open_case import OpenCase
from assembler.actions.set import set_answer
from assembler.base.settings import Settings
from assembler.model.specs import FormSpec
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import REPOSITORY


def specs_of(folder: Path) -> dict[str, FormSpec]:
    place = make_rich_workplace(folder)
    return dict(OpenCase.read(place.case, place.settings).specs)


def test_a_form_that_lends_rows_is_looked_at(tmp_path: Path) -> None:
    specs = specs_of(tmp_path)
    assert looking_at("demo/visit", specs) == ("demo/second",)
    assert looking_at("demo/second", specs) == ()
    assert looking_at("case", specs) == ()


def answers(case: OpenCase) -> Iterator[tuple[str, str]]:
    """A choice that can be turned, of each form that has one."""
    for name, spec in case.specs.items():
        form = case.answered(name)
        for item in spec.items if form else ():
            if form and item.type == "select_one" and item.name in form.values and len(item.choices) > 1:
                now = form.values[item.name].value
                yield f"{name}.{item.name}", next(each.name for each in item.choices if each.name != now)
                break


@pytest.mark.parametrize(("sample", "each"), [("annual-1398", 7), ("service-desk-hq-1405-1", 1)])
def test_no_form_of_a_sample_changes_unforeseen(sample: str, each: int, tmp_path: Path) -> None:
    """Forms with a choice are answered otherwise: what is found of other forms changes only where it is said."""
    settings = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
    folder = tmp_path / sample
    shutil.copytree(REPOSITORY / "samples" / sample, folder, ignore=shutil.ignore_patterns("output", "revisions"))
    case = OpenCase.read(folder, settings)
    before = {name: _stand(case, name) for name in case.specs}
    for place, value in list(answers(case))[::each]:
        form = place.rpartition(".")[0]
        set_answer(folder, place, value, settings)
        now = OpenCase.read(folder, settings)
        after = {name: _stand(now, name) for name in case.specs}
        changed = {name for name in before if before[name] != after[name]} - {form}
        assert changed <= set(looking_at(form, case.specs)), place
        before = after


def _stand(case: OpenCase, name: str) -> tuple[object, ...]:
    """What a page would show of a form: its values, what applies, and what the checks say."""
    view = case.view(name)
    form = view.filled()
    values = tuple(
        (item.relevant, item.required, str(item.value), tuple(tuple(map(str, row.cells.values())) for row in item.rows))
        for item in form.items.values()
    )
    told = (form.summary.status, form.summary.figure, form.summary.reason) if form.summary else ()
    return values, told, tuple((found.code, found.place[2:], found.message) for found in view.judged())
