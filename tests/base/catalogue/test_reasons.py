"""Each code has the severity its reason speaks of, and says more than that something is wrong."""

from __future__ import annotations

import re

import pytest

from assembler.actions.check import explain
from assembler.base.catalogue import CATALOGUE, CHAPTERS
from assembler.base.catalogue.entries import Severity
from assembler.base.catalogue.reasons import MEANINGS, REASONS, reason_of
from assembler.base.messages import LANGUAGES, spoken
from assembler.base.problems import AssemblerError

# What is found in answers and reports; the others tell of commands and files.
OF_REPORTS = ("answers", "findings", "rules", "periods")


def test_a_code_has_one_reason_and_the_severity_of_it() -> None:
    listed = [(code, severity) for severity, reasons in REASONS.items() for codes in reasons.values() for code in codes]
    assert sorted({code for code, _ in listed}) == sorted(code for code, _ in listed)
    wrong = [code for code, severity in listed if CATALOGUE[code].severity is not severity]
    assert not wrong


def test_what_is_found_in_reports_has_a_reason_of_its_own() -> None:
    """A warning is either worked out, unusual, lacking or left out; none is there because nobody thought of it."""
    of_own = {code for reasons in REASONS.values() for codes in reasons.values() for code in codes}
    found = {code: each.severity for name in OF_REPORTS for code, each in CHAPTERS[name].items()}
    assert not [code for code, severity in found.items() if severity is Severity.WARNING and code not in of_own]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_explained(language: str) -> None:
    with spoken(language):
        for code, entry in CATALOGUE.items():
            told = explain(code)
            assert told.message, code
            assert not re.search(r"(?<!{){\w", told.message + told.remedy), code  # every place is left open
            assert (told.severity, bool(told.remedy)) == (entry.severity, bool(entry.hint))
            assert told.reason != told.meaning, code
            assert (language == "en") == (told.reason == reason_of(code, entry.severity))
            assert (language == "en") == (told.meaning == MEANINGS[entry.severity])


def test_a_code_nobody_knows_is_asked_back() -> None:
    with pytest.raises(AssemblerError) as refused:
        explain("part-above-hole")
    assert "part-above-whole" in refused.value.problems[0].hint
