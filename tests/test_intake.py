"""Tables of samples spoiled as departments spoil them: what is taken unasked is right."""

from __future__ import annotations

import pytest

from tests.intake import MEASURING, SPOILS, Score, measure
from tests.printed_forms import read_back


def test_nothing_is_silently_wrong() -> None:
    whole = Score()
    for _, score in measure(SPOILS, MEASURING, ("tehran-1399",), every=12):
        whole.add(score)
    assert (whole.wrong, whole.faults) == (0, [])
    assert whole.first >= 0.9 * whole.tables
    assert whole.taken >= 0.7 * whole.tables
    assert whole.right >= 0.95 * whole.cells


@pytest.mark.parametrize("sample", ["vaccination-1404-07"])
def test_printed_forms_are_read_back(sample: str) -> None:
    found = read_back(sample)
    assert (len(found.wanted) > 15, found.missing, found.wrong) == (True, [], [])
