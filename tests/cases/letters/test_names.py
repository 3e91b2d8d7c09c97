"""Names of units as names of files."""

from __future__ import annotations

import pytest

from assembler.cases.letters.names import safe_name, unique_names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("واحد ۱/۲", "واحد ۱-۲"),
        ("../..", ""),
        ("CON", "CON-"),
        ("a\u202eb", "a-b"),
        (" x . ", "x"),
        ("ا" * 300, "ا" * 90),
    ],
)
def test_names_are_safe(typed: str, name: str) -> None:
    assert safe_name(typed) == name


def test_names_are_unique_whatever_their_letters() -> None:
    assert unique_names(["a", "A", "a", "combined"], ["combined"]) == ("a", "A (2)", "a (3)", "combined (2)")
