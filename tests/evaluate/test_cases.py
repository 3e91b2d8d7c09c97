"""``previous('…')``: the values of the case of the period before, blank without one, read only when they are needed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assembler.answers import read_case
from assembler.evaluate import PreviousForms, evaluate_case, evaluate_deadlines
from assembler.model.answers import EarlierCase
from assembler.records.bundle import case_files
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


def test_the_line_of_cases_is_followed(tmp_path: Path) -> None:
    write_case(tmp_path / "oldest", "form: x/a\ntotal: 1\n")
    write_case(tmp_path / "old", OLD, case="report: r\nprevious: ../oldest\n")
    found = World(tmp_path, [FORM], [NEW], case=NAMED)
    assert found.value("before_that") == 1


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


# ---------------------------------------------------------------- the year to date

YEARLY = form_text(
    """\
    items:
      - {name: n, type: integer}
      - {name: year, type: integer, calculation: so_far(n)}
      - {name: by_hand, type: integer, calculation: "n + otherwise(previous('x/a').by_hand, 0)"}
      - {name: rows_year, type: integer, calculation: "so_far(total(t, 'n'))"}
      - name: t
        type: table
        columns:
          - {name: what, type: text}
          - {name: n, type: integer}
          - {name: year, type: integer, calculation: so_far(n)}
        rows: [{name: a, cells: {what: الف}}, {name: b, cells: {what: ب}}]
        footer: [{label: جمع, cells: {year: "so_far(total(t, 'n'))"}}]
    """
)
PERIODS = report_text("x/a", more="periods: {year: case.year, number: case.number, months: 3, unit: u}\n").replace(
    "دستگاه}\n", "دستگاه}\n  - {name: year, type: year}\n  - {name: number, type: integer}\n"
)


def line(folder: Path, *numbers: int, first: int = 1) -> World:
    """Cases one after the other, each with its number and, in the rows, how it is counted and twice that."""
    for at, number in enumerate(numbers, start=first):
        case = f"report: r\nyear: 1404\nnumber: {at}\n" + (f"previous: ../{at - 1}\n" if at > 1 else "")
        answers = f"form: x/a\nn: {number}\nt:\n  a: {{n: {at}}}\n  b: {{n: {2 * at}}}\n"
        write_case(folder / str(at), answers, case=case)
    return World(folder, [YEARLY], [answers], case=case, report=PERIODS)


def test_a_year_to_date_is_right_in_every_period(tmp_path: Path) -> None:
    for count, sums in ((2, 30), (3, 60), (4, 100)):
        found = line(tmp_path / str(count), *(10 * each for each in range(1, count + 1)))
        assert (found.value("year"), found.value("by_hand")) == (sums, sums)
        assert found.column("t", "year") == [sums / 10, sums / 5]
        assert found.value("rows_year") == sums * 3 / 10
        assert [dict(row) for row in found.forms["x/a"].items["t"].footer] == [{"year": sums * 3 / 10}]
        assert found.failed == ()


def test_it_begins_with_the_year(tmp_path: Path) -> None:
    write_case(tmp_path / "0", "form: x/a\nn: 1000\n", case="report: r\nyear: 1403\nnumber: 4\n")
    line(tmp_path, 10, 20, 30)
    first = tmp_path / "1" / "case.yaml"
    first.write_text(first.read_text() + "previous: ../0\n")
    found = World(
        tmp_path, [YEARLY], ["form: x/a\nn: 30\n"], case=(tmp_path / "3" / "case.yaml").read_text(), report=PERIODS
    )
    assert found.value("by_hand") == 1060
    assert found.value("year") == 60
    assert found.failed == ()


def test_periods_that_are_missing_are_told(tmp_path: Path) -> None:
    write_case(tmp_path / "2", "form: x/a\nn: 5\n", case="report: r\nyear: 1404\nnumber: 2\n")
    found = line(tmp_path, 30, 40, first=3)
    assert found.value("year") == 75
    assert codes(found.failed) == ["so-far-gap"]
    assert "1" in found.failed[0].message
    assert line(tmp_path / "blank", 10, 20).value("year") == 30


@pytest.mark.parametrize(
    ("items", "report", "code"),
    [
        ("[{name: n, type: integer}, {name: y, type: calculate, calculation: so_far(n)}]", "", "so-far-periods"),
        (
            "[{name: n, type: integer}, "
            "{name: t, type: table, columns: [{name: y, type: calculate, calculation: so_far(n)}]}]",
            "periods",
            "so-far-rows",
        ),
        ("[{name: n, type: integer}]", "title", "so-far-text"),
        ("[{name: n, type: integer, calculation: so_far(n)}]", "periods", "cycle"),
    ],
)
def test_a_year_to_date_stands_where_it_can_be_summed(tmp_path: Path, items: str, report: str, code: str) -> None:
    text = PERIODS if report == "periods" else report_text("x/a")
    if report == "title":
        text = PERIODS.replace("title: ", "title: \"{{ so_far(form('x/a').n) }}\"\n#", 1)
    _, problems = read_specs(tmp_path, form_text(f"items: {items}\n"), text)
    assert codes(problems) == [code]


def test_what_is_frozen_carries_the_line(tmp_path: Path) -> None:
    found = line(tmp_path / "live", 10, 20, 30)
    frozen = tmp_path / "frozen"
    for name, path in case_files(found.case.folder).items():
        (frozen / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, frozen / name)
    write_case(tmp_path / "live" / "1", "form: x/a\nn: 999\n", case="report: r\nyear: 1404\nnumber: 1\n")
    for home in (None, found.case.folder):  # taken out of a PDF, and looked at beside the cases that go on
        if home is None:
            shutil.move(tmp_path / "live", tmp_path / "gone")
        case, problems = read_case(frozen, found.library, home=home)
        assert case is not None
        forms, failed = evaluate_case(case, found.report, found.library)
        assert (problems, failed, forms["x/a"].items["year"].value) == ((), (), 60)
        if home is None:
            shutil.move(tmp_path / "gone", tmp_path / "live")
