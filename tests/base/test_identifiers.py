"""Identifiers as people type them, and those that cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.identifiers import CHECKS, identified


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        ("national_id", "0499370899", "0499370899"),
        ("national_id", "۰۴۹-۹۳۷۰۸۹-۹", "0499370899"),
        ("national_id", "499370899", "0499370899"),
        ("national_id", "0499370898", None),
        ("national_id", "1111111111", None),
        ("national_id", "049937089", None),
        ("national_id", "نامه", None),
        ("legal_id", "10380284790", "10380284790"),
        ("legal_id", "10380285692", None),
        ("legal_id", "1038028479", None),
        ("sheba", "IR820540102680020817909002", "IR820540102680020817909002"),
        ("sheba", "ir82 0540 1026 8002 0817 9090 02", "IR820540102680020817909002"),
        ("sheba", "820540102680020817909002", "IR820540102680020817909002"),
        ("sheba", "IR820540102680020817909003", None),
        ("sheba", "DE82054010268002081790", None),
        ("postal_code", "۱۶۱۹۷-۳۵۷۴۴", "1619735744"),
        ("postal_code", "1011111111", None),
        ("postal_code", "161973574", None),
        ("mobile", "+98 912 345 6789", "09123456789"),
        ("mobile", "۹۱۲۳۴۵۶۷۸۹", "09123456789"),
        ("mobile", "02188881234", None),
        ("phone", "(021) 8888-1234", "02188881234"),
        ("phone", "+982188881234", "02188881234"),
        ("phone", "88881234", "88881234"),
        ("phone", "123", None),
        ("email", "info@example.gov.ir", "info@example.gov.ir"),
        ("email", "info@example", None),
        ("card", "6037-9975 0000 0006", "6037997500000006"),
        ("card", "6037997500000007", None),
        ("card", "603799750000000", None),
        ("site", "https://www.example.ir/a?b=1", "https://www.example.ir/a?b=1"),
        ("site", "example.ir", "example.ir"),
        ("site", "www,example.ir", None),
        ("site", "http://example", None),
        ("site", "www.example", None),
        ("site", "https://www.example/a.html", None),
    ],
)
def test_identifiers_are_read_and_refused(check: str, typed: str, kept: str | None) -> None:
    assert identified(typed, check) == kept


def test_a_text_of_so_many_digits() -> None:
    assert identified("۰۰ ۱۲-۳۴", digits=6) == "001234"
    assert identified("12345", digits=6) is None
    assert identified("12345a", digits=6) is None


@given(st.sampled_from(sorted(CHECKS)), st.text(st.sampled_from("0123456789۰۱۲۳IRab@.-+ ()"), max_size=30))
def test_what_is_kept_is_read_as_itself(check: str, typed: str) -> None:
    kept = identified(typed, check)
    assert kept is None or identified(kept, check) == kept
    assert kept is None or CHECKS[check].length in (0, len(kept))


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(1, 9))
def test_a_digit_that_is_wrong_is_found(nine: str, by: int) -> None:
    whole = next((nine + str(last) for last in range(10) if identified(nine + str(last), "national_id")), "")
    if whole:
        assert identified(whole[:9] + str((int(whole[9]) + by) % 10), "national_id") is None
