"""Which question of an edition is which of the one before, and what became of it."""

# ruff: noqa: E501 - whole forms stand in a line

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.collect.editions.comparing import FormFate, ItemFate, counted, fates
from assembler.collect.editions.matching import Editions, choices_paired, editions_of, matched
from assembler.specs.library import read_library
from tests.building import form_text, sound_specs
from tests.conftest import REPOSITORY

OLD = """\
choices: {kinds: [{name: a, label: الف}, {name: b, label: ب}]}
items:
  - {name: answer, type: text, label: پاسخ}
  - {name: count, type: integer, label: تعداد کارکنان آموزش‌دیده}
  - {name: kind, type: select_one kinds, label: نوع}
  - {name: gone, type: text, label: دیگر نیست}
  - {name: note, type: note, label: یادداشت}
  - name: t
    type: table
    label: جدول
    columns: [{name: title, type: text, label: عنوان}, {name: n, type: integer, label: تعداد}, {name: old, type: text, label: ستون پیشین}]
    rows: [{name: r1, cells: {title: حق نخست شهروندان}}, {name: r2, cells: {title: دوم}}]
"""
NEW = """\
was: x/old
choices: {kinds: [{name: a, label: الفبا}, {name: c, was: b, label: ب}, {name: d, label: دال}]}
items:
  - {name: reply, was: answer, type: text, label: پاسخ}
  - {name: trained, type: text, label: تعداد کارکنان آموزش‌دیده در سال}
  - {name: kind, type: select_one kinds, label: نوع, required: true}
  - {name: fresh, type: text, label: پرسشی نو}
  - name: t
    type: table
    label: جدول
    columns: [{name: title, type: text, label: عنوان}, {name: n, type: decimal, label: تعداد}]
    rows: [{name: one, was: r1, cells: {title: حق نخست}}, {name: r3, cells: {title: سوم}}]
"""


def editions(folder: Path, *new: str, old: str = OLD) -> Editions:
    texts = [form_text(old, "x/old"), *(form_text(each, f"y/{number}") for number, each in enumerate(new or (NEW,)))]
    forms = sound_specs(folder, *texts).forms
    return matched([forms["x/old"]], [forms[name] for name in forms if name != "x/old"])


def told(form: FormFate) -> dict[str, ItemFate]:
    return {item.new or f"-{item.old}": item for item in form.items}


def test_each_question_came_to_something(tmp_path: Path) -> None:
    (form,) = fates(editions(tmp_path))
    found = told(form)
    assert [(name, item.became) for name, item in found.items()] == [
        ("reply", "changed"), ("trained", "alike"), ("kind", "changed"), ("fresh", "new"), ("t", "changed"), ("-gone", "gone"),
    ]  # fmt: skip
    assert (found["reply"].old, found["reply"].changed) == ("answer", ("name",))
    assert (found["trained"].old, found["trained"].types) == ("count", ("integer", "text"))
    assert found["kind"].changed == ("choices", "required")
    assert [(part.old, part.new, part.became) for part in found["kind"].parts] == [
        ("a", "a", "changed"),
        ("b", "c", "changed"),
        ("", "d", "new"),
    ]
    assert [(part.kind, part.old, part.new, part.became) for part in found["t"].parts] == [
        ("column", "n", "n", "changed"), ("column", "old", "", "gone"),
        ("row", "r1", "one", "changed"), ("row", "", "r3", "new"), ("row", "r2", "", "gone"),
    ]  # fmt: skip
    assert (form.became, form.old, form.new) == ("changed", "x/old", "y/0")
    assert counted([form]) == {"same": 0, "changed": 3, "alike": 1, "new": 1, "gone": 1}


def test_a_form_that_was_split_tells_of_nothing_twice(tmp_path: Path) -> None:
    first = "was: x/old\nitems: [{name: answer, type: text, label: پاسخ}, {name: count, type: integer, label: تعداد کارکنان آموزش‌دیده}]\n"
    second = (
        "was: x/old\nitems: [{name: answer, type: text, label: پاسخ}, {name: gone, type: text, label: دیگر نیست}]\n"
    )
    forms = fates(editions(tmp_path, first, second))
    assert [form.changed[0] for form in forms] == ["split", "split"]
    assert sorted(item.old for form in forms for item in form.items if item.became == "gone") == [
        "kind",
        "kind",
        "t",
        "t",
    ]
    assert all(item.became in ("same", "gone") for form in forms for item in form.items)


def test_a_question_may_have_moved_to_another_form(tmp_path: Path) -> None:
    moved = "items: [{name: here, was: x/old.gone, type: text, label: دیگر نیست}]\n"
    forms = fates(editions(tmp_path, NEW, moved))
    assert told(forms[1])["here"].old == "x/old.gone"
    assert [item.old for item in forms[0].items if item.became == "gone"] == []
    assert (forms[1].became, forms[1].old) == ("new", "")


def test_forms_are_known_by_names_and_titles(tmp_path: Path) -> None:
    body = "items: [{name: a, type: text}]\n"
    texts = [form_text(body, name).replace("عنوان", title) for name, title in (
        ("x/1", "سامانه نوبت‌دهی به مراجعان"), ("x/2", "دیگر"), ("y/2", "دیگری"), ("y/9", "سامانه نوبت‌دهی مراجعان"), ("y/8", "هیچ‌یک"),
    )]  # fmt: skip
    forms = sound_specs(tmp_path, *texts).forms
    found = matched([forms["x/1"], forms["x/2"]], [forms["y/9"], forms["y/2"], forms["y/8"]])
    assert [(pair.old.id if pair.old else "", pair.is_alike) for pair in found.forms] == [
        ("x/1", True),
        ("x/2", False),
        ("", False),
    ]


def test_choices_are_known_by_what_they_were(tmp_path: Path) -> None:
    pair = editions(tmp_path).by_new["y/0"].items[2]
    assert pair.old is not None
    assert pair.new is not None
    assert [(each.old and each.old.name, each.new and each.new.name) for each in choices_paired(pair.old, pair.new)] == [
        ("a", "a"), ("b", "c"), (None, "d"),
    ]  # fmt: skip


@pytest.mark.parametrize("report", ["annual-1398", "service-desk"])
def test_a_report_is_the_same_as_itself(report: str) -> None:
    library, _ = read_library(REPOSITORY / "form_specs", None, [report])
    found = library.reports[report]
    assert {form.became for form in fates(editions_of(found, found, library))} == {"same"}


def test_the_second_edition_of_the_circular_is_told() -> None:
    library, _ = read_library(REPOSITORY / "form_specs", None, ["annual-1399"])
    found = fates(editions_of(library.reports["annual-1398"], library.reports["annual-1399"], library))
    assert counted(found) == {"same": 223, "changed": 15, "alike": 1, "new": 8, "gone": 17}
    assert [form.old for form in found if form.became == "gone"] == ["circular-47093/15", "circular-47093/21"]
    assert [form.new for form in found if "split" in form.changed] == [
        "citizen-rights-1399/22",
        "citizen-rights-1399/23",
    ]
    assert sum("number" in form.changed for form in found) == 12
