"""One person, one post; one number, one letter: over the forms of a case and against the one before."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.checks import check_identities
from tests.building import World, form_text

MEMBERS = form_text(
    """\
    items:
      - name: members
        type: table
        label: اعضا
        columns: [{name: name, type: text, label: نام}, {name: post, type: text, label: سمت}]
    """
)
LETTER = form_text(
    """\
    items:
      - {name: signer_name, type: text, label: نام}
      - {name: signer_post, type: text, label: سمت}
      - {name: number, type: text, label: شماره}
      - {name: date, type: date, label: تاریخ}
    """,
    "x/b",
)
OTHER = LETTER.replace("x/b", "x/c")


def found(folder: Path, *answers: str) -> list[tuple[str, str | None, str | None]]:
    world = World(folder, [MEMBERS, LETTER, OTHER], answers)
    problems = check_identities(world.forms, ("x/a", "x/b", "x/c"), {}, world.library.forms)
    return [(each.code, each.place.form, each.place.column or each.place.item) for each in problems]


def members(*rows: tuple[str, str]) -> str:
    return "form: x/a\nmembers:\n" + "".join(f"  - {{name: {name}, post: {post}}}\n" for name, post in rows)


@pytest.mark.parametrize(
    ("name", "post", "expected"),
    [
        ("آقای شرفی", "معاون توسعه مدیریت", []),
        ("جناب آقای شرفی", "معاون محترم توسعه مدیریت", []),
        ("آقای شرفی", "معاون توسعه مدیریت و سرمایه انسانی", []),
        ("آقای شرفی", "مدیر حراست", [("post-differs", "x/b", "signer_post")]),
        ("آقای هاشمی", "مدیر حراست", []),
        ("علی شرفی", "معاون توسعه مدیریت", []),  # a given name that is left out tells nobody apart
        ("علی شرفی", "مدیر حراست", [("post-differs", "x/b", "signer_post")]),
        ("آقای هاشمی", "معاون توسعه مدیریت", [("post-shared", "x/b", "signer_post")]),
    ],
)
def test_a_person_has_one_post_and_a_post_one_holder(
    tmp_path: Path, name: str, post: str, expected: list[tuple[str, str, str]]
) -> None:
    table = members(("آقای شرفی", "معاون توسعه مدیریت"), ("خانم کریمی", "کارشناس آموزش"))
    assert found(tmp_path, table, f"form: x/b\nsigner_name: {name}\nsigner_post: {post}\n") == expected


def test_posts_that_many_hold_are_shared(tmp_path: Path) -> None:
    assert found(tmp_path, members(("آقای شرفی", "کارشناس آموزش"), ("خانم کریمی", "کارشناس آموزش"))) == []


def test_two_letters_do_not_bear_one_number(tmp_path: Path) -> None:
    first, second = ("form: x/b\nnumber: ۱۲۳/۴۵\n", "form: x/c\nnumber: {}\n")
    assert found(tmp_path, first, second.format("123/45")) == [("letter-number-repeated", "x/c", "number")]
    assert found(tmp_path, first.replace("۱۲۳/۴۵", "بدون شماره"), second.format("بدون شماره")) == []
    assert found(tmp_path / "other", first, second.format("123/46")) == []


def test_initials_tell_persons_apart(tmp_path: Path) -> None:
    table = members(("الف. نمونه", "رئیس گروه آموزش"), ("ب. نمونه", "رئیس گروه مالی"))
    letter = "form: x/b\nsigner_name: {}\nsigner_post: رئیس گروه مالی\n"
    assert found(tmp_path / "a", table, letter.format("ب. نمونه")) == []
    assert found(tmp_path / "b", table, letter.format("سرکار خانم ب. نمونه")) == []
    both = [("post-differs", "x/b", "signer_post"), ("post-shared", "x/b", "signer_post")]
    assert found(tmp_path / "c", table, letter.format("الف. نمونه")) == both
