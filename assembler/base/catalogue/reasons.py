"""Why a finding is as grave as it is: each code has one reason, and a reason has one severity.

An error is certainly wrong and stops a final build; a warning may be right, somebody must look; an information is a
matter of taste, or told so that it is known.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from types import MappingProxyType

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import translate

MEANINGS: Mapping[Severity, str] = {
    Severity.ERROR: "Certainly wrong: no final build while one is open; what was judged may be accepted with a reason.",
    Severity.WARNING: "It may be right: somebody must look at it; the build goes on.",
    Severity.INFORMATION: "A matter of taste, or told so that it is known.",
}

_ERRORS: Mapping[str, tuple[str, ...]] = {
    "Two things the report says cannot both be true.": (
        *(
            "answer-contradicts",
            "answer-contradicted",
            "choice-outside",
            "end-before-start",
            "duration",
            "weekday-differs",
            "step-circle",
        ),
        *("workflow-branch-unknown", "workflow-step-repeated", "no-room", "parts-sum", "number-repeated"),
        *("none-marked", "several-marked", "count-differs", "percent-wrong", "part-above-whole"),
        *("more-than", "row-sum", "letter-number-repeated"),
        *(
            "parts-above-total",
            "letter-count",
            "unit-twice",
            "person-twice",
            "form-answered-twice",
            "yaml-duplicate-key",
        ),
    ),
    "There is no such day, file, place or thing.": (
        *("loose-date", "no-such-day", "not-a-date", "gregorian-date", "attachment-missing", "attachment-misnamed"),
        *("attachment-outside", "broken-reference", "file-missing", "case-misnamed", "check-failed"),
        *("unknown-answer", "unknown-column", "unknown-row", "previous-missing", "person-unknown"),
    ),
    "The guidance, or the form, does not allow it.": (
        *("required", "form-unanswered", "prefilled-incomplete", "constraint", "percent-range", "not-a-choice"),
        *(
            "one-choice",
            "words-apart",
            "printed-cell",
            "closed-cell",
            "calculated-cell",
            "no-group-rows",
            "too-few-rows",
        ),
        *("too-many-rows", "above-cap", "below-zero", "total-above-cap", "attachment-type", "attachment-pages"),
        *("letter-no-addressee", "letter-no-text", "score-changed"),
    ),
}
_WARNINGS: Mapping[str, tuple[str, ...]] = {
    "It is held against what its words seem to speak of, or by a rule that was worked out: it may be meant otherwise.": (
        *("figure-differs", "parts-below-total", "listed-differs", "percent-rounding", "group-total", "group-rule"),
        *("citation-differs", "caption-repeated", "letter-other-province", "letter-other-agency", "row-repeated"),
        *("letter-other-signer", "text-question", "text-filler", "text-echo", "text-gap", "word-doubled"),
        *("address-impossible", "text-unfinished", "step-unknown", "number-differs", "entries-missing"),
        *("entries-unknown", "level-differs", "age-service", "year-swapped", "year-slip", "pair-differs"),
        *(
            "post-differs",
            "post-shared",
            "times-differ",
            "letter-title-differs",
            "post-of-another",
            "person-other-post",
        ),
        *("year-off", "code-shared", "range-backwards"),
    ),
    "It is unusual; whoever knows the case can say whether it is right.": (
        *("rule", "too-early", "step-too-early", "workflow-decision-one-way", "workflow-step-unreached"),
        *("workflow-endless", "rhythm-gap", "rhythm-off", "number-missing", "number-order", "columns-differ"),
        *("year-unknown", "year-other", "year-differs", "year-date", "score-without-value", "score-ahead"),
        *("not-rising", "year-far", "month-differs", "month-idle", "letter-number-used"),
        *("score-not-applicable", "row-not-taken-over", "row-of-its-own", "not-covered", "so-far-gap"),
    ),
    "Something is lacking that the report can do without.": (
        *(
            "column-empty",
            "cell-blank",
            "attachments-unnamed",
            "letter-no-subject",
            "letter-no-signer",
            "letter-not-printed",
        ),
        *("deadline-late", "deadline-over", "deadline-today", "deadline-unreadable", "carried", "previous-misread"),
    ),
    "It is not read or not printed; the report is whole without it.": (
        *("not-relevant", "answers-misnamed", "answers-unread", "yaml-comment", "unused-form", "answer-unprinted"),
        *("table-too-wide", "carried-unknown"),
    ),
}
_INFORMATION: Mapping[str, tuple[str, ...]] = {
    "A matter of taste: the report is right without it, and better with it.": (
        *("loose-date-incomplete", "loose-date-ambiguous", "loose-date-mixed", "names-differ", "sign-doubled"),
        *("link-tracked", "caption-missing", "heading-repeated", "never-referred", "columns-moved"),
    ),
    "A doubtful match: told to be looked at, most likely right.": (
        *("figure-doubtful", "holiday", "left-blank", "pair-changed", "declared-again", "row-alike"),
        *("mark-unexplained", "note-unmarked", "counting-mixed"),
    ),
}
_OTHERS: Mapping[Severity, str] = {
    Severity.ERROR: "It cannot be read or done as it stands.",
    Severity.WARNING: "It was done, and somebody should look at it.",
    Severity.INFORMATION: "Nothing is wrong; it is told so that it is known.",
}
REASONS: Mapping[Severity, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {Severity.ERROR: _ERRORS, Severity.WARNING: _WARNINGS, Severity.INFORMATION: _INFORMATION}
)
_BY_CODE: Mapping[str, str] = {
    code: reason for reasons in REASONS.values() for reason, codes in reasons.items() for code in codes
}


def reason_of(code: str, severity: Severity) -> str:
    """Why a code has its severity, as a text to be translated."""
    return _BY_CODE.get(code, _OTHERS[severity])


def opened(message: str) -> str:
    """A message or remedy, translated, with its places left open."""
    parts = string.Formatter().parse(translate(message))
    return "".join(text + ("" if name is None else "…") for text, name, _, _ in parts)
