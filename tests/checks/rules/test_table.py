"""The kinds of rule the language has are those that are checked."""

from __future__ import annotations

from assembler.checks.rules.table import CHECKS
from assembler.specs.language.rules import RULES


def test_every_kind_of_rule_has_a_row_on_both_floors() -> None:
    assert set(CHECKS) == {kind.words for kind in RULES.values()}
    assert len(CHECKS) == len(RULES)
