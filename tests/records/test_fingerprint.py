"""Fingerprints tell values apart and nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import jdatetime
from hypothesis import given
from hypothesis import strategies as st

from assembler.model.answers import Attachment
from assembler.model.packet import FigureBlock, Paragraph, Span
from assembler.records import (
    fingerprint,
    folder_fingerprint,
)

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["", "1", "a", "True", "None", "int:1:1"])
    | st.just(Decimal(1)),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=5,
)


def canonical(value: object) -> object:
    """Equality with types: True is not 1."""
    if isinstance(value, tuple):
        return ("tuple", *map(canonical, value))
    if isinstance(value, dict):
        return ("dict", *sorted((key, repr(canonical(each))) for key, each in value.items()))
    return (type(value).__name__, value)


@given(VALUES, VALUES)
def test_equal_values_have_equal_fingerprints_and_only_they(left: object, right: object) -> None:
    assert (fingerprint(left) == fingerprint(right)) == (canonical(left) == canonical(right))


def test_arguments_do_not_run_together() -> None:
    assert (
        len(
            {
                fingerprint("ab", "c"),
                fingerprint("a", "bc"),
                fingerprint("abc"),
                fingerprint(("ab", "c")),
                fingerprint("a", "b", "c"),
            }
        )
        == 5
    )


def test_frozen_values_count_by_type_and_fields() -> None:
    assert fingerprint(Span("a", "b")) == fingerprint(Span("a", "b"))
    assert fingerprint(Span("a", "b")) != fingerprint(Span("ab", ""))
    assert fingerprint(Paragraph((Span("a"),))) != fingerprint(Paragraph((Span("a"),), "note"))
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint(jdatetime.date(1399, 1, 1)) != fingerprint(jdatetime.date(1399, 1, 2))


def test_a_path_stands_for_the_bytes_of_its_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jpg", tmp_path / "other" / "two.jpg"
    other.parent.mkdir()
    one.write_bytes(b"x")
    other.write_bytes(b"x")
    assert fingerprint(FigureBlock("a", (), one)) == fingerprint(FigureBlock("a", (), other))
    assert fingerprint(Attachment("a", one)) != fingerprint(Attachment("b", one))
    other.write_bytes(b"y")
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(tmp_path / "gone") == fingerprint(tmp_path / "gone too")


def test_folders_count_by_names_and_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        (folder / "in").mkdir(parents=True)
        (folder / "in/x.yaml").write_text("1", encoding="utf-8")
        (folder / "y.txt").write_text(folder.name, encoding="utf-8")
    first, second = (folder_fingerprint(folder, ["**/*.yaml"]) for folder in folders)
    assert first == second
    assert folder_fingerprint(folders[0], ["**/*"]) != folder_fingerprint(folders[1], ["**/*"])
    (folders[1] / "in/x.yaml").rename(folders[1] / "in/z.yaml")
    assert folder_fingerprint(folders[1], ["**/*.yaml"]) != first
    assert folder_fingerprint(tmp_path / "nowhere", ["*"]) == folder_fingerprint(tmp_path, ["*.none"])
