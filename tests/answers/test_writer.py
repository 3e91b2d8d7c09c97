"""Answers written as YAML read back equal, whatever they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.answers import form_to_yaml
from assembler.answers.reader import FormReader
from assembler.base.persian import control_character, normalise
from assembler.base.problems import NOWHERE, Place
from assembler.base.yamlfile import MappingNode, parse
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Attachment, Prose, ProseEntry, ProseList, Value
from assembler.model.specs import FormSpec
from tests.answers.test_reader import FORM
from tests.building import report_text, sound_specs

TEXTS = st.text(max_size=40).map(normalise).filter(lambda text: bool(text) and control_character(text) is None)
LINES = TEXTS.map(lambda text: normalise(text.replace("\n", " "))).filter(bool)
NUMBERS = st.integers(-(10**15), 10**15)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
DATES = st.builds(jdatetime.date, st.integers(1200, 1599), st.integers(1, 12), st.integers(1, 29))
CITIES = ("qom", "tehran", "other")
KINDS = st.sampled_from(["numbered", "bulleted", "lettered", "dashed"])
ENTRIES = st.recursive(
    st.builds(ProseEntry, TEXTS),
    lambda inner: st.builds(
        lambda text, lists: ProseEntry(text, tuple(ProseList(kind, tuple(entries)) for kind, entries in lists.items())),
        TEXTS,
        st.dictionaries(KINDS, st.lists(inner, min_size=1, max_size=2), max_size=2),
    ),
    max_leaves=6,
)
PROSE = st.lists(
    LINES | st.builds(ProseList, KINDS, st.lists(ENTRIES, min_size=1, max_size=3).map(tuple)), min_size=1, max_size=4
)

VALUES: Mapping[str, st.SearchStrategy[Value]] = {
    "text": TEXTS,
    "lines": TEXTS,
    "points": st.lists(LINES, min_size=1, max_size=3).map(tuple),
    "number": NUMBERS | st.just("-"),
    "real": DECIMALS,
    "share": st.decimals(0, 100, places=2),
    "date": DATES,
    "short": DATES,
    "have": st.sampled_from(["yes", "no"]),
    "swap": st.sampled_from(["a", "b"]),
    "cities": st.sets(st.sampled_from(CITIES), min_size=1).map(lambda chosen: tuple(sorted(chosen, key=CITIES.index))),
    "photo": st.just("site.jpg"),
    "story": PROSE.map(lambda blocks: Prose(tuple(blocks))),
}
CELLS = st.fixed_dictionaries({}, optional={"title": TEXTS, "n": NUMBERS})
BANDS = st.fixed_dictionaries({}, optional={"no": TEXTS, "title": TEXTS})
ROWS = st.lists(st.tuples(st.booleans(), CELLS, BANDS), max_size=4)
SCORES = st.dictionaries(st.sampled_from(["first", "second"]), st.fixed_dictionaries({}, optional={"score": DECIMALS}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("writing")
    for name in ("site.jpg", "گزارش نهايي.pdf"):
        (folder / name).write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> FormSpec:
    return sound_specs(tmp_path_factory.mktemp("specs"), FORM, report_text("x/a")).forms["x/a"]


def answers(cells: Mapping[str, Value]) -> dict[str, Answer]:
    return {name: Answer(value) for name, value in cells.items()}


def read_back(text: str, spec: FormSpec, folder: Path) -> AnsweredForm:
    node, problems = parse(text, Place())
    assert problems == ()
    assert isinstance(node, MappingNode)
    reader = FormReader(folder)
    form = reader.form(node, spec, NOWHERE, besides=("form",))
    assert [found.message for found in reader.values.problems] == []
    return form


def bare(form: AnsweredForm) -> tuple[object, object]:
    """A form without places."""
    tables = {
        name: [(row.group, row.name, {key: answer.value for key, answer in row.cells.items()}) for row in rows]
        for name, rows in form.tables.items()
    }
    return {name: answer.value for name, answer in form.values.items()}, tables


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries({}, optional=VALUES), ROWS, SCORES)
def test_what_is_written_reads_back_equal(
    folder: Path,
    spec: FormSpec,
    values: dict[str, Value],
    rows: list[tuple[bool, dict[str, Value], dict[str, Value]]],
    scores: dict[str, dict[str, Value]],
) -> None:
    if "photo" in values:
        name = str(values["photo"])
        values["photo"] = Attachment(name, (folder / name).resolve())
    tables: dict[str, tuple[AnsweredRow, ...]] = {}
    if rows:
        tables["t"] = tuple(
            AnsweredRow(answers(band if group else cells), NOWHERE, group) for group, cells, band in rows
        )
    if scores:
        tables["scores"] = tuple(AnsweredRow(answers(cells), NOWHERE, name=name) for name, cells in scores.items())
    form = AnsweredForm("x/a", answers(values), tables)
    assert bare(read_back(form_to_yaml(form, spec), spec, folder)) == bare(form)


def test_a_file_begins_with_its_form_and_leaves_blanks_out(spec: FormSpec) -> None:
    form = AnsweredForm("x/a", answers({"number": 3, "text": None, "real": Decimal("0.5")}), {"t": ()})
    assert yaml.safe_load(form_to_yaml(form, spec)) == {"form": "x/a", "number": 3, "real": "0.5"}


def test_case_fields_have_no_form(spec: FormSpec) -> None:
    form = AnsweredForm("case", answers({"text": "سازمان"}), {})
    assert form_to_yaml(form, replace(spec, id="case")) == "text: سازمان\n"
