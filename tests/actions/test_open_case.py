"""A case that is open: answers read, changed and judged by their places, in memory as on disk."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest

from assembler.actions.open_case import OpenCase, open_case
from assembler.answers import ValueReader
from assembler.answers.reader import FormReader
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.settings import Settings
from assembler.base.yamlfile import MappingNode
from assembler.collect.files import saving
from assembler.collect.spots import with_answer
from assembler.model.answers import Case
from assembler.records.lock import case_lock
from tests.conftest import ANSWERS, FORM, REPOSITORY, Workplace, write_answers, write_form

MORE = (
    FORM
    + """\
  - {name: share, type: decimal, label: سهم}
  - {name: day, type: date, label: روز}
  - {name: seen, type: select_one yes_no, label: دیده شد}
  - {name: cities, type: select_multiple city, label: شهرها}
  - {name: photo, type: image, label: عکس}
  - {name: story, type: narrative, label: شرح}
  - {name: double, type: calculate, label: دو برابر, calculation: score * 2}
choices:
  yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
  city: [{name: qom, label: قم}, {name: yazd, label: یزد}]
"""
)
SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
SAMPLES = sorted(path.parent.name for path in (REPOSITORY / "samples").glob("*/case.yaml"))


@pytest.fixture
def place(workplace: Workplace) -> Workplace:
    write_form(workplace.folder, MORE)
    return workplace


@pytest.fixture
def case(place: Workplace) -> OpenCase:
    return OpenCase.read(place.case, place.settings)


def text(place: Workplace) -> str:
    return (place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")


def known(case: Case) -> object:
    """What a case says, with all places."""
    return case.name, case.report, case.fields, dict(case.forms), case.files


def prove(case: OpenCase, settings: Settings) -> None:
    """What is known of a case is what its files say."""
    fresh = OpenCase.read(case.folder, settings)
    assert known(case.case) == known(fresh.case)
    assert sorted(case.problems, key=str) == sorted(fresh.problems, key=str)


# ---------------------------------------------------------------- for programs


def test_answers_are_set_and_got_by_their_places(place: Workplace) -> None:
    with open_case(place.case, place.settings) as case:
        assert case.get("demo/visit.score") == 7
        assert case.set("demo/visit.score", 8).path == place.case / "answers" / "visit.yaml"
        assert text(place) == ANSWERS.replace("score: 7", "score: 8")
        assert case.get("demo/visit.double") == Decimal(16)
        assert case.set("demo/visit.score", 8).path is None


def test_the_case_is_held_as_long_as_it_is_open(place: Workplace) -> None:
    with open_case(place.case, place.settings):
        with pytest.raises(AssemblerError) as refusal, case_lock(place.case, "set"):
            pass
        assert refusal.value.exit_code is ExitCode.LOCKED
    with case_lock(place.case, "set"), pytest.raises(AssemblerError) as refusal, open_case(place.case, place.settings):
        pass
    assert refusal.value.exit_code is ExitCode.LOCKED


def test_settings_are_found_as_the_command_line_finds_them(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.folder)
    with open_case(str(place.case)) as case:
        assert case.library.reports.keys() == {"demo"}


@pytest.mark.parametrize(
    ("where", "value", "got"),
    [
        ("demo/visit.title", "x", "x"),
        ("demo/visit.title", None, None),
        ("demo/visit.share", Decimal("7.50"), Decimal("7.50")),
        ("demo/visit.share", 3, Decimal(3)),
        ("demo/visit.day", jdatetime.date(1399, 2, 5), jdatetime.date(1399, 2, 5)),
        ("demo/visit.seen", True, "yes"),
        ("demo/visit.seen", "خیر", "no"),
        ("demo/visit.cities", ("yazd", "قم"), ("qom", "yazd")),
        ("demo/visit.services:2.count", 5, 5),
        ("demo/visit.services:+.name", "سوم", "سوم"),
        ("case.agency", "دیگر", "دیگر"),
    ],
)
def test_what_a_program_sets_it_gets(case: OpenCase, place: Workplace, where: str, value: object, got: object) -> None:
    case.set(where, value)
    where = where.replace("+", "3")
    assert case.get(where) == got
    fresh = OpenCase.read(place.case, place.settings)
    assert fresh.get(where) == got
    prove(case, place.settings)


def test_a_narrative_and_a_picture_come_back_as_they_are_got(case: OpenCase, place: Workplace, tmp_path: Path) -> None:
    (tmp_path / "site.jpg").write_bytes(b"\xff\xd8\xff")
    case.set("demo/visit.photo", tmp_path / "site.jpg")
    case.set("demo/visit.story", "[بند, {numbered: [یک]}]")
    before = text(place)
    for name in ("photo", "story"):
        assert case.set(f"demo/visit.{name}", case.get(f"demo/visit.{name}")).path is None
    assert text(place) == before
    assert "site.jpg" in before
    prove(case, place.settings)


def test_rows_and_tables_are_got_whole(case: OpenCase) -> None:
    assert case.get("demo/visit.services:1") == {"no": 1, "name": "صدور گواهی", "count": 12}
    assert [row["name"] for row in case.get("demo/visit.services")] == ["صدور گواهی", "پاسخ به شکایت"]
    assert case.delete("demo/visit.services:1").path
    assert case.get("demo/visit.services:1.name") == "پاسخ به شکایت"


def test_what_the_checks_say_of_a_change_is_told(case: OpenCase) -> None:
    assert [found.code for found in case.set("demo/visit.score", 11).problems] == ["constraint"]
    assert [found.code for found in case.check()] == ["constraint"]
    assert case.set("demo/visit.score", 9).problems == ()
    assert case.check() == ()


def test_what_cannot_be_is_refused_and_known_as_before(case: OpenCase, place: Workplace) -> None:
    for where, value in (("demo/visit.score", "هفت"), ("demo/visit.double", 1), ("demo/visit.services", "x")):
        with pytest.raises(AssemblerError) as refusal:
            case.set(where, value)
        assert refusal.value.exit_code is ExitCode.USAGE
    assert text(place) == ANSWERS
    prove(case, place.settings)


# ---------------------------------------------------------------- in memory as on disk


def cells(case: OpenCase) -> Iterator[str]:
    """The places of all answers that are texts of one line."""
    for name, spec in case.specs.items():
        form = case.answered(name)
        for item in spec.items if form else ():
            assert form is not None
            if item.type == "text" and isinstance(form.values.get(item.name, (None,))[0], str):
                yield f"{name}.{item.name}"
            for row in form.tables.get(item.name, ()):
                texts = [column for column in item.columns if column.type == "text" and column.name in row.cells]
                yield from (f"{name}.{item.name}:{row.place.row}.{column.name}" for column in texts)


@pytest.mark.parametrize("sample", SAMPLES)
def test_after_any_changes_the_case_is_known_as_it_is_read(sample: str, tmp_path: Path) -> None:
    for name in SAMPLES:  # one may be the case before another
        shutil.copytree(REPOSITORY / "samples" / name, tmp_path / name, ignore=shutil.ignore_patterns("output"))
    case = OpenCase.read(tmp_path / sample, SETTINGS)
    chance = random.Random(1398)
    places = list(cells(case))
    for at in chance.sample(places, min(12, len(places))):
        with suppress(AssemblerError):  # a telephone number is none of these: what is refused changes nothing
            case.set(at, chance.choice(["متن تازه", "چند\nسطر", "x: #y", None]))
    prove(case, SETTINGS)


def test_problems_of_a_file_go_with_what_caused_them(place: Workplace) -> None:
    write_answers(place.folder, ANSWERS.replace("score: 7", "score: هفت") + "other: 1\nphoto: none.jpg\n")
    case = OpenCase.read(place.case, place.settings)
    assert [found.code for found in case.problems] == ["not-a-number", "unknown-answer", "attachment-missing"]
    case.set("demo/visit.title", "x")
    prove(case, place.settings)
    case.set("demo/visit.score", 7)
    assert [found.code for found in case.problems] == ["unknown-answer", "attachment-missing"]
    prove(case, place.settings)


def test_a_form_gets_its_file_and_is_known_by_it(place: Workplace) -> None:
    (place.case / "answers" / "visit.yaml").unlink()
    case = OpenCase.read(place.case, place.settings)
    case.set("demo/visit.title", "x")
    case.set("demo/visit.score", 3)
    prove(case, place.settings)


# ---------------------------------------------------------------- no more is read than must be


def test_a_second_change_reads_its_row_alone(case: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    case.set("demo/visit.title", "نخست")
    rows: list[int] = []
    reading = FormReader._row

    def row(self: FormReader, node: MappingNode, *rest: object) -> object:
        rows.append(node.line)
        return reading(self, node, *rest)

    monkeypatch.setattr(FormReader, "_row", row)
    values: list[str] = []
    text_of = ValueReader.from_text

    def from_text(self: ValueReader, typed: str, *rest: object) -> object:
        values.append(typed)
        return text_of(self, typed, *rest)

    monkeypatch.setattr(ValueReader, "from_text", from_text)
    case.set("demo/visit.services:2.count", "4")
    assert len(rows) == 2  # of what is to be written, and of what was written
    assert values.count("صدور گواهی") == 0


def test_a_fault_in_a_row_is_told_with_its_own_number(case: OpenCase, place: Workplace) -> None:
    spot = case.spot("demo/visit.services:2.name")
    form = case.answered("demo/visit")
    with pytest.raises(AssemblerError) as refusal:
        case.save(with_answer(form, spot, "\x07"))
    (found,) = refusal.value.problems
    assert (found.code, found.place.row, found.place.column) == ("control-character", 2, "name")
    assert text(place) == ANSWERS


def test_only_files_that_name_the_form_are_looked_into(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.case / "answers" / "visit.yaml").unlink()
    for at in range(3):
        write_answers(place.folder, "form: demo/other\n", f"other-{at}")
    case = OpenCase.read(place.case, place.settings)
    read: list[str] = []
    parsing = saving.parse
    monkeypatch.setattr(saving, "parse", lambda text, at: read.append(text) or parsing(text, at))
    case.set("demo/visit.title", "x")
    assert read == []
    write_answers(place.folder, "# of demo/visit\nform: demo/other\n", "other-0")
    (place.case / "answers" / "01-visit.yaml").unlink()
    case.reread()
    case.set("demo/visit.title", "x")
    assert read == ["# of demo/visit\nform: demo/other\n"]
