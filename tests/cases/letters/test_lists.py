"""Lists of units, however they were made."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError
from assembler.cases.letters.lists import read_list


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("نام;عدد\nالف;۱\n\nب;۲\n".encode("utf-8-sig"), [(2, "الف"), (4, "ب")]),
        ('نام,متن\n"الف\nب",x\nج,y\n'.encode("utf-16"), [(2, "الف\nب"), (3, "ج")]),
    ],
)
def test_lists_of_any_making_are_read(data: bytes, rows: list[tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(data)
    assert [(row.number, row.cells[1]) for row in read_list(tmp_path / "units.csv").rows] == rows


@pytest.mark.parametrize(("name", "data"), [("a.csv", b"\xff"), ("a.xlsx", b"PK"), ("a.csv", b"only,head\n")])
def test_a_list_that_is_none_says_so(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AssemblerError):
        read_list(tmp_path / name)
