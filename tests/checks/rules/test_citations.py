"""Documents cited by number and date."""

from __future__ import annotations

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from tests.building import form_text
from tests.checks.rules.auditing import audit

FORM = form_text(
    """\
    items:
      - {name: story, type: narrative}
      - name: t
        type: table
        columns: [{name: a, type: text}, {name: b, type: text}]
    rules:
      - {kind: cited, among: [x/a.story, x/a.t.a]}
    """
)
CITED = "بخشنامه شماره ۱۷۳۷۰۶ تاریخ ۹۳/۱۲/۲۷"


def found(*texts: str, more: str = "") -> list[Problem]:
    return audit(FORM, "form: x/a\nstory:\n" + "".join(f"  - '{text}'\n" for text in texts) + more)


@pytest.mark.parametrize(
    "other",
    [
        "بخشنامه شماره ۱۷۳۷۰۶ تاریخ ۹۳/۱۱/۲۷",
        "بخشنامه به شماره 173706 مورخ 1394/12/27 ابلاغ شد",
        "نامه شماره: ١٧٣٧٠٦، به تاریخ ۱۳۹۳/۱۲/۲۸",
    ],
)
def test_a_number_with_two_dates(other: str) -> None:
    (problem,) = found(CITED, CITED + " مرور شد", more=f"t:\n  - {{a: '{other}'}}\n")
    assert (problem.code, problem.severity, problem.place.row) == ("citation-differs", Severity.WARNING, 1)
    assert "۱۳۹۳/۱۲/۲۷" in problem.message


@pytest.mark.parametrize(
    "other",
    [
        "بخشنامه شماره 173706 مورخ 1393/12/27",  # the same day in full
        "بخشنامه شماره ۱۷۳۷۰۶ که ابلاغ شد، در جلسه مورخ ۹۴/۱/۲۰ مرور شد",  # the date of something else
        "بخشنامه شماره ۱۷۳۷۰۷ تاریخ ۹۳/۱۱/۲۷",  # another document
        "بخشنامه شماره ۱۷۳۷۰۶/ت تاریخ ۹۳/۱۱/۲۷",
        "بند ۱۷۳۷۰۶ مورخ ۹۳/۱۱/۲۷",
    ],
)
def test_near_misses(other: str) -> None:
    assert [each.code for each in found(CITED, CITED, other)] == []


def test_short_numbers_and_other_columns_are_let_pass() -> None:
    assert found("جلسه شماره ۱۲ مورخ ۹۹/۸/۲۰", "جلسه شماره ۱۲ مورخ ۹۹/۹/۲۰") == []
    assert found(CITED, more="t:\n  - {b: 'بخشنامه شماره ۱۷۳۷۰۶ تاریخ ۹۳/۱۱/۲۷'}\n") == []
