"""``assembler schema``: names, one schema, or all of them as files an editor can use."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

from tests.cli.conftest import Run
from tests.conftest import ANSWERS, CASE, FORM, REPORT, Workplace

ACCEPTED = """\
- {code: rule, place: demo/visit, why: هیئت پذیرفته است., evidence: ba9876543210}
- code: constraint
  place: demo/visit.services:2.count
  says: شمار زیاد است.
  why: چون
  evidence: 123456789012
"""
UNITS = "حراست: [demo/visit.title, case]\nفناوری: demo/visit\n"
PERSONS = "- {title: جناب آقای, name: پ. نمونه, post: رئیس}\n- name: ت. نمونه\n"
FILES = [
    ("form", FORM),
    ("report", REPORT),
    ("accepted", ACCEPTED),
    ("units", UNITS),
    ("persons", PERSONS),
    ("case-demo", CASE),
    ("answers-demo-visit", ANSWERS),
]
NAMES = [name for name, _ in FILES]


def test_the_names(run: Run, workplace: Workplace) -> None:
    outcome = run("schema", *workplace.options)
    assert outcome.code == 0
    assert sorted(outcome.out.split()) == sorted(NAMES)


@pytest.mark.parametrize("name", [*NAMES, "answers-demo/visit"])
def test_each_is_a_schema(run: Run, workplace: Workplace, name: str) -> None:
    schema = run("schema", name, *workplace.options).json
    jsonschema.validators.validator_for(schema).check_schema(schema)


class EditorsLoader(yaml.SafeLoader):
    """Editors read YAML 1.2, in which ``no`` is a text and only ``true`` and ``false`` are booleans."""


EditorsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("int", "float", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorsLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@pytest.mark.parametrize(("name", "text"), FILES)
def test_sound_files_are_valid(run: Run, workplace: Workplace, name: str, text: str) -> None:
    jsonschema.validate(yaml.load(text, EditorsLoader), run("schema", name, *workplace.options).json)  # noqa: S506


@pytest.mark.parametrize(("name", "text"), FILES)
def test_an_unknown_key_is_not(run: Run, workplace: Workplace, name: str, text: str) -> None:
    schema = run("schema", name, *workplace.options).json
    content = yaml.load(text, EditorsLoader)  # noqa: S506
    broken = [{**content[0], "nothing": "x"}] if isinstance(content, list) else {**content, "nothing": "x"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


@pytest.mark.parametrize(
    "text",
    ["- {code: rule, why: x}", "- {code: rul, why: x, evidence: a}", "- {code: rule, why: ' ', evidence: a}", "a: b"],
)
def test_entries_that_could_not_be_read_are_invalid(run: Run, workplace: Workplace, text: str) -> None:
    schema = run("schema", "accepted", *workplace.options).json
    jsonschema.validate(None, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.load(text, EditorsLoader), schema)  # noqa: S506


def test_all_are_written_into_a_folder(run: Run, workplace: Workplace) -> None:
    out = workplace.folder / "schemas"
    outcome = run("schema", "--out", out, *workplace.options)
    assert outcome.out == f"Schemas written into {out}: {len(NAMES)}\n"
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{name}.schema.json" for name in NAMES)
    for name in NAMES:
        written = (out / f"{name}.schema.json").read_text(encoding="utf-8")
        assert json.loads(written) == run("schema", name, *workplace.options).json
        assert "\\u" not in written
