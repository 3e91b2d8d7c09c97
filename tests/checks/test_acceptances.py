"""Accepted findings stay away as long as their data stay; entries that fit nothing are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.messages import translate
from assembler.base.problems import Place, Problem, problem
from assembler.base.settings import Settings
from assembler.checks import acceptance, split_accepted
from assembler.model.acceptances import Acceptance, place_text
from assembler.pipeline import read
from tests.building import World, form_text
from tests.conftest import REPOSITORY

FORM = form_text(
    """\
    items:
      - {name: title, type: text, label: عنوان, required: true}
      - {name: n, type: integer, label: شمار, constraint: n < 10, constraint_message: زیاد}
      - name: t
        type: table
        label: جدول
        columns:
          - {name: a, type: text, label: الف}
          - {name: b, type: integer, label: ب, constraint: b < 10, constraint_message: زیاد}
    rules:
      - {kind: expression, test: "total(t, 'b') < 20", message: مجموع, item: t}
      - {kind: expression, test: "n < 12", message: فرم}
    """
)
ANSWERS = "form: x/a\ntitle: x\nn: 12\nt:\n  - {a: یک, b: 10}\n  - {a: دو, b: 11}\n"
SAMPLES = sorted(path.parent for path in (REPOSITORY / "samples").glob("*/case.yaml"))
SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
EVERY = ["x/a", "x/a.n", "x/a.t", "x/a.t:1.b", "x/a.t:2.b"]


def checked(folder: Path, answers: str = ANSWERS) -> tuple[World, list[Problem]]:
    world = World(folder, [FORM], [answers])
    return world, [replace(found, acceptable=True) for found in world.checked()]


def accepted_all(folder: Path) -> list[Acceptance]:
    world, problems = checked(folder)
    return [acceptance(found, "چون", world.forms) for found in problems]


def returned(folder: Path, answers: str) -> tuple[list[str], list[str]]:
    """The places still open and those accepted, after all of ANSWERS was accepted and the answers changed."""
    world, problems = checked(folder / "then", answers)
    found, accepted, _ = split_accepted(problems, accepted_all(folder / "now"), world.forms)
    return sorted(place_text(one.place) for one in found), sorted(place_text(one.problem.place) for one in accepted)


def test_the_same_data(tmp_path: Path) -> None:
    assert returned(tmp_path, ANSWERS) == ([], EVERY)


@pytest.mark.parametrize(
    ("before", "after", "back"),
    [
        ("b: 10", "b: 12", ["x/a", "x/a.t", "x/a.t:1.b"]),
        ("n: 12", "n: 13", ["x/a", "x/a.n"]),
        ("دو", "سه", ["x/a", "x/a.t", "x/a.t:2.b"]),
        ("title: x", "title: y", ["x/a"]),
        ("form: x/a\n", "form: x/a\n# یادداشت\n\n", []),
        ("b: 11}", "b: ۱۱}", []),
    ],
)
def test_what_returns_when_data_change(tmp_path: Path, before: str, after: str, back: list[str]) -> None:
    found, accepted = returned(tmp_path, ANSWERS.replace(before, after))
    assert found == back
    assert sorted((*found, *accepted)) == EVERY


def test_an_entry_that_fits_nothing_is_information_at_its_line(tmp_path: Path) -> None:
    world, problems = checked(tmp_path)
    stale = Acceptance("rule", Place(form="x/a", item="t"), "چون", "0" * 12, Place("accepted.yaml", 7))
    found, accepted, (unused,) = split_accepted(problems, [stale], world.forms)
    assert (len(found), accepted) == (5, ())
    assert (unused.code, str(unused.severity), unused.place) == ("acceptance-unused", "information", stale.written)
    assert "x/a.t" in unused.message


def test_what_keeps_a_case_from_being_read_is_never_accepted(tmp_path: Path) -> None:
    forms = World(tmp_path, [FORM], [ANSWERS]).forms
    unread = problem("not-a-number", Place(form="x/a", item="n"), value="سه", label="شمار")
    found, accepted, unused = split_accepted([unread], [acceptance(unread, "چون", forms)], forms)
    assert (found, accepted, len(unused)) == ((unread,), (), 1)


class Word:
    """An argument that is said in the reader's language."""

    def __str__(self) -> str:
        return translate("error")


def test_the_language_of_the_reader_does_not_matter() -> None:
    found = replace(problem("rule", Place(form="x/a"), message=Word()), acceptable=True)
    messages.choose("fa")
    entry = acceptance(found, "چون", {})
    assert str(Word()) == "خطا"
    messages.choose("en")
    assert split_accepted([found], [entry], {})[0] == ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_samples_are_accepted_alike_in_every_language(sample: Path) -> None:
    """What was accepted in one language stays accepted in the other, and so would be what is still open."""
    found = {}
    for language in messages.LANGUAGES:
        with messages.spoken(language):
            judged = read(sample, SETTINGS)
            assert [one.code for one in judged.problems if one.code == "acceptance-unused"] == []
            entries = [acceptance(one, "چون", judged.forms) for one in judged.problems if one.acceptable]
            found[language] = [(one.code, place_text(one.place), one.evidence) for one in entries], judged.accepted
    assert found["fa"] == found["en"]


def test_two_findings_at_one_place_are_accepted_one_by_one() -> None:
    place = Place(form="x/a")
    one, other = (replace(problem("rule", place, message=text), acceptable=True) for text in ("یک", "دو"))
    found, accepted, unused = split_accepted([one, other], [acceptance(other, "چون", {})], {})
    assert (found, [each.problem.message for each in accepted], unused) == ((one,), ["دو"], ())


def test_an_entry_from_when_a_table_without_a_label_went_by_its_name(tmp_path: Path) -> None:
    form = form_text(
        """\
        items:
          - {name: t, type: table, caption: خدمات, min_rows: 1, columns: [{name: a, type: text, label: الف}]}
        """
    )
    world = World(tmp_path, [form], ["form: x/a\nt: []\n"])
    (found,) = (replace(each, acceptable=True) for each in world.checked())
    assert "«خدمات»" in found.message
    older = replace(found, arguments={**found.arguments, "label": "t"})
    for entry in (acceptance(found, "چون", world.forms), acceptance(older, "چون", world.forms)):
        assert split_accepted([found], [entry], world.forms)[0] == ()
