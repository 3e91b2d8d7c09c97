"""Tables of samples spoiled as departments spoil them: what is taken unasked is right."""

from __future__ import annotations

from tests.intake import MEASURING, SPOILS, Score, measure


def test_nothing_is_silently_wrong() -> None:
    whole = Score()
    for _, score in measure(SPOILS, MEASURING, ("tehran-1399",), every=12):
        whole.add(score)
    assert (whole.wrong, whole.faults) == (0, [])
    assert whole.first >= 0.9 * whole.tables
    assert whole.taken >= 0.7 * whole.tables
    assert whole.right >= 0.95 * whole.cells
