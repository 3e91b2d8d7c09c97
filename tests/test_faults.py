"""What the checker finds of planted faults, and its silence at harmless edits: a short round of ``make faults``."""

from __future__ import annotations

import pytest

from tests.faults import FAULT_KINDS, HARMLESS_KINDS, SAID, SAMPLES, Planted, plant, table

# Kinds of which every fault must be found where it stands.
ALWAYS = {
    "a part above its whole in a text",
    "a percentage above 100",
    "a score above its cap",
    "no choice of the list",
    "an impossible day",
    "an impossible date in a text",
    *SAID.values(),
}
MOSTLY = {"a percentage in a text", "a required answer emptied", "a row doubled", "a text cut off"}
CHOSEN = ("annual-1398-national", "service-desk-hq-1405-1")


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    kinds = {*ALWAYS, *MOSTLY, *HARMLESS_KINDS}
    samples = [sample for sample in SAMPLES if sample.name in CHOSEN]
    return [one for sample in samples for one in plant(sample, seed=7, most=1, kinds=kinds)]


def test_faults_are_found_at_their_place(planted: list[Planted]) -> None:
    missed = [one for one in planted if one.kind in ALWAYS and not one.here]
    assert not missed, table(planted)
    mostly = [one for one in planted if one.kind in MOSTLY]
    assert sum(bool(one.here) for one in mostly) >= 0.7 * len(mostly) > 0, table(planted)


def test_harmless_edits_raise_no_alarm(planted: list[Planted]) -> None:
    edits = [one for one in planted if one.kind in HARMLESS_KINDS]
    loud = [(one.kind, one.change, [found.message for found in one.found]) for one in edits if one.found]
    assert len(edits) > 15
    assert not loud


def test_the_same_seed_plants_the_same_and_a_sample_stays_as_it_is() -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "vaccination-1404-07")
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    kinds = ("an impossible day", "a number of a field")
    rounds = [[(one.kind, one.place, one.change) for one in plant(sample, 3, 2, kinds)] for _ in range(2)]
    assert rounds[0] == rounds[1] != [(one.kind, one.place, one.change) for one in plant(sample, 4, 2, kinds)]
    assert {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()} == before


def test_the_table_tells_each_kind_once() -> None:
    assert len({*FAULT_KINDS, *HARMLESS_KINDS}) == len(FAULT_KINDS) + len(HARMLESS_KINDS)
    assert "| **all** | 0 | 0 | 0 | 0 |" in table([])
