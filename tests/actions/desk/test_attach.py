"""Files given as answers: known by what they hold, kept under harmless names, seen by who sees the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk.attach import attach
from assembler.actions.desk.undo import undo
from assembler.actions.desk.write import write
from assembler.base.problems import AssemblerError
from assembler.model.acts import Target
from tests.actions.desk.desks import (
    ANSWERED,
    FORM,
    OFFICER,
    OTHER,
    REVIEWER,
    attached,
    conflict,
    department,
    desk_of,
    in_units,
    on_disk,
    refusal,
    written,
)
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace

AT = Target(FORM, "photo")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PDF = b"%PDF-1.7\n"


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def files(place: Workplace) -> list[str]:
    return sorted(path.name for path in (place.case / "attachments").glob("*"))


def test_a_file_is_kept_and_answers(place: Workplace) -> None:
    desk = desk_of(place)
    assert written(attach(desk, OFFICER, AT, "نما.png", PNG, "")).delta.answers["photo"].typed == "نما.png"
    assert (place.case / "attachments" / "نما.png").read_bytes() == PNG
    assert "photo: نما.png" in on_disk(place)
    assert desk.attachment(REVIEWER, AT).read_bytes() == PNG


def test_another_file_of_the_name_goes_over_none(place: Workplace) -> None:
    desk = desk_of(place)
    first = written(attach(desk, OFFICER, AT, "نما.png", PNG, ""))
    conflict(attach(desk, OTHER, AT, "نما.png", PNG + b"2", ""))
    assert files(place) == ["نما.png"]
    written(attach(desk, OTHER, AT, "نما.png", PNG + b"2", "نما.png"))
    assert files(place) == ["نما-2.png", "نما.png"]
    assert written(undo(desk, OFFICER, first.changes)).kept == first.changes


@pytest.mark.parametrize(
    "name", ["../../x.png", "..\\..\\x.png", "C:\\dir\\x.png", "/etc/x.png", "a/../x.png", "\u202ex.png", ".x.png"]
)
def test_a_name_is_no_path(place: Workplace, name: str) -> None:
    written(attach(desk_of(place), OFFICER, AT, name, PNG, ""))
    (kept,) = files(place)
    assert kept.lstrip("\u202e") == "x.png"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.png", b"", "attachment-blank"),
        ("x.png", PDF, "attachment-unlike"),
        ("x.jpg", PNG, "attachment-unlike"),
        ("x.png", b"<svg onload=alert(1)>", "attachment-unlike"),
        ("x.html", PNG, "attachment-unknown"),
        ("x.pdf", PNG, "attachment-unknown"),
        ("x.pdf", PDF, "attachment-unknown"),
        ("x", PNG, "attachment-unknown"),
        ("x.png", PNG * 10, "attachment-too-large"),
    ],
)
def test_a_file_is_what_it_holds(place: Workplace, name: str, data: bytes, code: str) -> None:
    assert refusal(attach(desk_of(place), OFFICER, AT, name, data, "", most=200)) == [code]
    assert files(place) == []


def test_other_questions_take_no_file(place: Workplace) -> None:
    assert refusal(attach(desk_of(place), OFFICER, Target(FORM, "title"), "x.png", PNG, "بازدید نخست")) == [
        "not-on-page"
    ]
    assert refusal(attach(desk_of(place), REVIEWER, AT, "x.png", PNG, "")) == ["not-yours"]


def test_the_file_of_an_answer_is_for_who_sees_the_answer(place: Workplace) -> None:
    in_units(place, "فناوری: [demo/visit.services]\nمالی: [demo/visit.photo]\n")
    desk = desk_of(place)
    written(attach(desk, department("مالی"), AT, "x.png", PNG, ""))
    assert desk.attachment(department("مالی"), AT).name == "x.png"
    for person, at in (
        (department("فناوری"), AT),
        (OFFICER, Target(FORM, "title")),
        (OFFICER, Target(FORM, "x.png")),
        (OFFICER, Target("../attachments", "photo")),
    ):
        with pytest.raises(AssemblerError) as caught:
            desk.attachment(person, at)
        assert [found.code for found in caught.value.problems] == ["not-on-page"]


def test_a_name_gives_nobody_the_file_of_another(place: Workplace) -> None:
    desk = desk_of(place)
    attached(place, "secret.png")
    assert refusal(write(desk, OFFICER, AT, "secret.png", "")) == ["file-not-chosen"]


def test_a_file_can_be_cleared(place: Workplace) -> None:
    desk = desk_of(place)
    written(attach(desk, OFFICER, AT, "x.png", PNG, ""))
    act = written(write(desk, OFFICER, AT, "", "x.png"))
    assert "x.png" not in on_disk(place)
    written(undo(desk, OFFICER, act.changes))
    assert "photo: x.png" in on_disk(place)
