"""``previous('…')``: the values of the case of the period before, blank without one, read only when they are needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.evaluate import PreviousForms, evaluate_case, evaluate_deadlines
from assembler.model.answers import EarlierCase
from tests.building import World, codes, form_text, read_specs, report_text, write_case

FORM = form_text(
    """\
    items:
      - {name: total, type: integer}
      - {name: twice, type: integer, calculation: total * 2}
      - {name: before, type: integer, calculation: "previous('x/a').total"}
      - {name: before_that, type: integer, calculation: "previous('x/a').before"}
      - {name: change, type: integer, calculation: "total - previous('x/a').twice"}
      - {name: agency, type: text, calculation: "previous('case').agency"}
      - {name: desks, type: integer, calculation: "count(previous('x/a').services, 'place', 'desk')"}
      - {name: there, type: text, calculation: "'yes' if filled(previous('x/a').total) else 'no'"}
      - name: services
        type: table
        columns:
          - {name: title, type: text}
          - {name: place, type: select_one places}
          - {name: share, type: decimal, calculation: "ratio(position, count(previous('x/a').services))"}
    choices: {places: [{name: desk, label: میز}, {name: net, label: برخط}]}
    """
)
OLD = "form: x/a\ntotal: 7\nservices:\n  - {title: الف, place: desk}\n  - {title: ب, place: net}\n"
NEW = "form: x/a\ntotal: 20\nservices:\n  - {title: الف, place: desk}\n"
NAMED = "report: r\nagency: الان\nprevious: ../old\n"


def world(folder: Path, *, case: str = NAMED, old: str = OLD, report: str = "") -> World:
    write_case(folder / "old", old, case="report: r\nagency: قبلا\n")
    return World(folder, [FORM], [NEW], case=case, report=report)


def test_values_of_the_case_before(tmp_path: Path) -> None:
    found = world(tmp_path)
    assert (found.read_problems, found.failed) == ((), ())
    assert [found.value(name) for name in ("before", "change", "agency", "desks", "there")] == [7, 6, "قبلا", 1, "yes"]
    assert found.column("services", "share") == [pytest.approx(0.5)]


def test_without_such_a_case_everything_is_blank(tmp_path: Path) -> None:
    found = world(tmp_path, case="report: r\n")
    assert found.failed == ()
    assert [found.value(name) for name in ("before", "change", "agency", "desks", "there")] == [*[None] * 4, "no"]
    assert found.column("services", "share") == [None]


def test_the_case_before_has_none_before_it(tmp_path: Path) -> None:
    write_case(tmp_path / "oldest", "form: x/a\ntotal: 1\n")
    found = world(tmp_path)
    write_case(tmp_path / "old", OLD, case="report: r\nprevious: ../oldest\n")
    assert found.value("before_that") is None


def test_answers_that_cannot_be_read_are_told_of_once_and_count_as_blank(tmp_path: Path) -> None:
    found = world(tmp_path, old=OLD.replace("7", "هفت"))
    assert [(one.code, one.place.line) for one in found.failed] == [("previous-misread", 3)]
    assert "old" in found.failed[0].message
    assert (found.value("before"), found.value("desks")) == (None, 1)


def test_it_is_not_read_unless_an_expression_needs_it(tmp_path: Path) -> None:
    plain = form_text("items: [{name: total, type: integer}]\n")
    write_case(tmp_path / "old", OLD)
    found = World(tmp_path, [plain], ["form: x/a\ntotal: 1\n"], case=NAMED)

    def unread() -> tuple[None, tuple[()]]:
        raise AssertionError("nobody asked for it")

    object.__setattr__(found.case, "previous", EarlierCase(tmp_path / "old", unread))
    evaluate_case(found.case, found.report, found.library)
    assert len(PreviousForms(found.case, found.report, found.library)) == 2


def test_a_deadline_may_rest_on_it(tmp_path: Path) -> None:
    more = "deadlines: [{label: x, date: \"days_after('1405/01/01', previous('x/a').total)\"}]\n"
    found = world(tmp_path, report=report_text("x/a", more=more))
    (deadline,), problems = evaluate_deadlines(found.case, found.report, found.library)
    assert (str(deadline.due), problems) == ("1405-01-08", ())


# ---------------------------------------------------------------- checked when the spec is read


@pytest.mark.parametrize(
    ("source", "code", "says"),
    [
        ("previous('x/b').a", "unknown-form", "x/b"),
        ("previous('x/a').b", "expression-unknown-name", "b"),
        ("previous('x/a')", "expression-arguments", "previous('x/a').item"),
        ("previous().a", "expression-arguments", "previous('folder/name')"),
        ("previous(a).a", "expression-arguments", "previous('folder/name')"),
        ("previous('x/a').t", "wrong-item-kind", "t"),
        ("count(previous('x/a').a)", "wrong-item-kind", "a"),
        ("count(previous('x/a').t, 'z')", "expression-unknown-name", "z"),
        ("previous('row').a", "unknown-form", "row"),
        ("previous('x/a').kind == 'z'", "bad-value", "z"),
        ("previus('x/a')", "expression-unknown-name", "previous"),
    ],
)
def test_names_of_the_case_before_are_checked(tmp_path: Path, source: str, code: str, says: str) -> None:
    text = form_text(
        f"""\
        items:
          - {{name: a, type: integer}}
          - {{name: kind, type: select_one kinds}}
          - {{name: t, type: table, columns: [{{name: c, type: text}}]}}
          - {{name: made, type: calculate, calculation: "{source}"}}
        choices: {{kinds: [{{name: k, label: ک}}]}}
        """
    )
    _, problems = read_specs(tmp_path, text)
    assert codes(problems) == [code]
    assert says in problems[0].message + problems[0].hint


def test_resting_on_itself_a_period_ago_is_no_circle(tmp_path: Path) -> None:
    sums = "items: [{name: a, type: integer, calculation: \"largest(previous('x/a').a, 0) + 1\"}]\n"
    assert read_specs(tmp_path, form_text(sums))[1] == ()
    same = sums.replace("previous", "form")
    assert codes(read_specs(tmp_path / "same", form_text(same))[1]) == ["cycle"]
