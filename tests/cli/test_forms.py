"""``assembler forms``: what it lists is what the YAML files say, counted here without the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assembler.base.problems import ExitCode
from tests.cli.conftest import Run
from tests.conftest import FORM, REPOSITORY, Workplace, write_form

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times as fast where it is built
SPECS = REPOSITORY / "form_specs"
EDITION = "citizen-rights-1399"  # written over the edition before: its files are not whole
DELIVERED = ["--specs", str(SPECS), "--templates", str(REPOSITORY / "letter_templates")]


@cache
def _written() -> dict[str, dict[str, Any]]:
    """The delivered form files by their identifier; report specifications are none."""
    files = (yaml.load(path.read_text(encoding="utf-8"), LOADER) for path in _files())  # noqa: S506
    return {file["form"]: file for file in files if "form" in file}


def _files() -> Iterator[Path]:
    return (path for path in sorted(SPECS.rglob("*.yaml")) if path.parent.name != EDITION)


def _told(run: Run) -> list[dict[str, Any]]:
    return [form for form in run("forms", "--json", *DELIVERED).json if not form["id"].startswith(EDITION)]


def _items(forms: dict[str, dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """A form's items between those it takes over; an item of the same name replaces the other."""
    form = forms[name]
    own = {item["name"]: item for item in _single(form.get("items", []))}
    first, last = (
        [own.pop(item["name"], item) for item in _items(forms, form[word])] if word in form else []
        for word in ("extends", "append")
    )
    return [*first, *own.values(), *last]


def _single(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The items, of groups their heading, named by the first of them, and what stands below it."""
    for item in items:
        if "group" in item:
            yield {"name": f"over_{item['items'][0]['name']}", "type": "note"}
            yield from _single(item["items"])
        else:
            yield item


def _leaves(columns: list[dict[str, Any]]) -> Iterator[str]:
    for column in columns:
        if "columns" in column:
            yield from _leaves(column["columns"])
        else:
            yield column["name"]


def _asking(form: Mapping[str, Any]) -> Iterator[str]:
    """The choices that ask for words, which stand in a column of their own."""
    lists = [found for found in form.get("choices", {}).values() if isinstance(found, list)]
    return (choice["name"] for found in lists for choice in found if "ask" in choice)


def test_json_holds_every_form_and_item_of_the_files(run: Run) -> None:
    written = _written()
    found = {form["id"]: form for form in _told(run)}
    assert found.keys() == written.keys()
    for name, form in found.items():
        assert form["title"] == written[name]["title"]
        assert [item["name"] for item in form["items"]] == [item["name"] for item in _items(written, name)]


def _rows_of(written: Mapping[str, Any], form: str, word: str) -> list[Any]:
    found = written[form].get(word, [])
    return found.get("rows", []) if isinstance(found, dict) else found


def test_json_holds_every_column_row_and_footer_of_the_tables(run: Run) -> None:
    written = _written()
    tables = 0
    for form in _told(run):
        items = {item["name"]: item for item in _items(written, form["id"])}
        for found in form["items"]:
            item = items[found["name"]]
            if item["type"] != "table":
                assert "columns" not in found
                continue
            tables += 1
            if not any("each" in column for column in item["columns"]):  # those are named by their lists
                asked = {
                    f"{name}_{choice}" for name in _leaves(item["columns"]) for choice in _asking(written[form["id"]])
                }
                names = [column["name"] for column in found["columns"] if column["name"] not in asked]
                assert names == list(_leaves(item["columns"]))
            # The rows of a score sheet and of documents to submit stand apart from the tables they fill.
            apart = {
                "scores": _rows_of(written, form["id"], "scores"),
                "documents": _rows_of(written, form["id"], "documents"),
            }
            assert len(found["rows"]) == len(apart.get(found["name"]) or item.get("rows", []))
            summed = "down" in item.get("totals", {})  # a row of totals stands below what was written
            assert len(found["footer"]) == len(item.get("footer", [])) + summed
    assert tables > 0


def test_the_list_counts_as_the_files_do(run: Run) -> None:
    written = _written()
    lines = [line for line in run("forms", *DELIVERED).out.splitlines() if not line.startswith(EDITION)]
    assert len(lines) == len(written)
    for line in lines:
        name = line.split()[0]
        items = _items(written, name)
        tables = sum(item["type"] == "table" for item in items)
        sheets = len(written[name].get("sheets", ()))
        counts = f"items: {len(items) - tables}, tables: {tables}"
        assert line.endswith(f"({counts}, sheets: {sheets})" if sheets else f"({counts})")
        assert written[name]["title"] in line


def test_a_form_is_shown_with_its_labels_types_and_conditions(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, FORM.replace("label: امتیاز,", "label: امتیاز, relevant: filled(title), hint: از ۱۰,"))
    outcome = run("forms", *workplace.options, "show", "demo/visit")
    assert outcome.code == 0
    for text in (
        "بازدید  [demo/visit]",
        "● عنوان  [title: text]  *",
        "    a whole number\n    از ۱۰",
        "    At least 1 rows\n",
        "applies when: «عنوان» is filled in  [filled(title)]",
        "must meet: «امتیاز» is at most 10  [score <= 10]",
        "│ نام خدمت  [name: text]  *",
        "= position",
    ):
        assert text in outcome.out


def test_a_condition_is_said_by_its_message_or_as_it_stands_where_there_are_no_words(
    run: Run, workplace: Workplace
) -> None:
    unsaid = FORM.replace(
        "constraint: score <= 10",
        "constraint: score * 2 <= 20, relevant: count(services) * 2 > 1, required: filled(title)",
    )
    write_form(workplace.folder, unsaid)
    out = run("forms", *workplace.options, "show", "demo/visit").out
    assert "applies when: count(services) * 2 > 1\n" in out
    assert "required when: «عنوان» is filled in  [filled(title)]\n" in out
    assert "told otherwise: امتیاز از ۱۰ بیشتر است.  [score * 2 <= 20]\n" in out


def test_sheets_are_listed_shown_and_published(run: Run, workplace: Workplace) -> None:
    sheet = "sheets:\n  - name: visit\n    caption: برگه بازدید\n    heads: [موضوع, پاسخ]\n    rows:\n"
    rows = "      - {heading: کلیات}\n      - {label: درباره, items: [title, score]}\n      - {items: [title]}\n"
    write_form(workplace.folder, FORM + sheet + rows + "    notes: [پانویس]\n")
    shown = run("forms", *workplace.options, "show", "demo/visit").out
    lines = shown[shown.index("▤") :].splitlines()
    assert lines[:6] == [
        "▤ برگه بازدید  [visit]",
        "    موضوع | پاسخ",
        "    ─ کلیات",
        "    ─ درباره: عنوان  [title] | امتیاز  [score]",
        "    ─ عنوان  [title]",
        "    پانویس",
    ]
    (form,) = run("forms", *workplace.options, "--json").json
    assert form["sheets"] == [
        {
            "name": "visit",
            "caption": "برگه بازدید",
            "heads": ["موضوع", "پاسخ"],
            "notes": ["پانویس"],
            "inferred": "",
            "rows": [
                {"items": [], "label": "", "heading": "کلیات"},
                {"items": ["title", "score"], "label": "درباره", "heading": ""},
                {"items": ["title"], "label": "", "heading": ""},
            ],
        }
    ]


def test_json_holds_the_sheets_of_the_files(run: Run) -> None:
    written = _written()
    found = {form["id"]: form["sheets"] for form in _told(run)}
    for name, form in written.items():
        assert [sheet["name"] for sheet in found[name]] == [sheet["name"] for sheet in form.get("sheets", ())]
    assert any(found.values())


@pytest.mark.parametrize("form", sorted(_written()))
def test_every_delivered_form_can_be_shown(run: Run, form: str) -> None:
    outcome = run("forms", *DELIVERED, "show", form)
    assert outcome.code == 0
    for item in _items(_written(), form):
        assert f"[{item['name']}: {item['type'].split()[0]}]" in outcome.out


def test_a_mistyped_form_is_guessed(run: Run, workplace: Workplace) -> None:
    outcome = run("forms", *workplace.options, "show", "demo/vist")
    assert (outcome.code, outcome.out) == (2, "")
    assert "[unknown-form]" in outcome.err
    assert "«demo/visit»" in outcome.err


def test_the_list_speaks_persian(run: Run, workplace: Workplace) -> None:
    out = run("--lang", "fa", "forms", *workplace.options).out
    assert "پرسش" in out
    assert "جدول" in out
    assert "items" not in out


def test_two_editions_are_held_against_each_other(run: Run) -> None:
    told = run("forms", *DELIVERED, "diff", "annual-1398", "annual-1399").out
    assert "Questions: same 223, changed 15, alike 1, new 8, gone 17\n" in told
    assert "  ≈ تشریح مکانیسم نوبت‌دهی  [how ← mechanism]\n      was called: تشریح مکانیسم\n" in told
    assert "      the answer was a text, it is a whole number\n" in told
    assert "— number 28, it was 29  [citizen-rights-1399/28 ← circular-47093/29]" in told
    found = run("forms", *DELIVERED, "diff", "annual-1398", "annual-1399", "--json").json
    assert (found["counts"]["gone"], len([form for form in found["forms"] if form["became"] == "gone"])) == (17, 2)
    persian = run("--lang", "fa", "forms", *DELIVERED, "diff", "circular-47093/12", "citizen-rights-1399/12").out
    assert "پرسش‌ها: بی تغییر ۸، دگرگون ۱، مشابه ۰، تازه ۰، حذف‌شده ۰\n" in persian


def test_what_is_no_edition_is_guessed(run: Run) -> None:
    refused = run("forms", *DELIVERED, "diff", "annual-1398", "annual-1389")
    assert refused.code == ExitCode.USAGE
    assert "annual-139" in refused.err


def test_folders_may_be_told_anywhere_of_a_group(run: Run, workplace: Workplace) -> None:
    specs, words = ("--specs", workplace.specs), ("forms", "show", "demo/visit")
    behind = (*words, f"--specs={workplace.specs}")
    told = [run(*specs, *words), run(words[0], *specs, *words[1:]), run(*words, *specs), run(*behind)]
    assert {outcome.out for outcome in told} == {told[0].out}
    assert [outcome.code for outcome in told] == [0] * 4
