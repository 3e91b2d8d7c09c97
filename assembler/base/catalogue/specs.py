"""Problems of form and report specifications."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error

ENTRIES: dict[str, Entry] = {
    # --- specifications
    "unknown-key": error("«{name}» is not a word of {shape}.", "Did you mean «{guess}»? Known words: {known}"),
    "missing-key": error("{shape} lacks «{name}».", "Add it."),
    "bad-value": error("«{value}» is not allowed for «{name}».", "Use one of: {known}"),
    "bad-name": error("«{value}» cannot be a name.", "Names begin with a Latin letter and hold a-z, 0-9 and _ only."),
    "caps-differ": error(
        "The caps of «{name}» add up to {total}, and its own is {cap}.", "Compare both with the guidance."
    ),
    "bands-open": error(
        "The bands of «{name}» do not follow one another: some values would have no score, or two.",
        "Give each band one bound, «below» or «to», above that of the one before, and the last none.",
    ),
    "duplicate-name": error("The name «{name}» is used twice in {shape}.", "Give each its own name."),
    "unknown-type": error("«{value}» is not an item type.", "Did you mean «{guess}»? Types: {known}"),
    "unknown-choices": error("There is no list of choices «{name}».", "Did you mean «{guess}»? Lists: {known}"),
    "unknown-form": error("There is no form «{name}».", "Did you mean «{guess}»? `assembler forms` lists them."),
    "unknown-report": error("There is no report «{name}».", "Did you mean «{guess}»? Reports: {known}"),
    "unknown-item": error("There is no item «{name}» in {shape}.", "Did you mean «{guess}»? Known names: {known}"),
    "unknown-reference": error("Nothing in this report is called «{name}».", "Did you mean «{guess}»?"),
    "duplicate-id": error("The identifier «{name}» is used twice in the report.", "Give each its own."),
    "expression-broken": error(
        "The expression «{expression}» cannot be read: {reason}", "Correct it; expressions are Jinja expressions."
    ),
    "expression-forbidden": error(
        "«{part}» is not allowed in the expression «{expression}».",
        "Use names, numbers, comparisons, and/or/not, arithmetic, if-else and the offered functions.",
    ),
    "expression-unknown-name": error(
        "The expression «{expression}» uses the unknown name «{name}».",
        "Did you mean «{guess}»? Known names: {known}",
    ),
    "expression-arguments": error(
        "«{name}» in «{expression}» is called with the wrong arguments.", "It takes: {usage}"
    ),
    "expression-failed": error(
        "The expression «{expression}» failed: {reason}", "Check the kinds of the values it uses."
    ),
    "cycle": error(
        "These depend on each other in a circle: {path}", "Break the circle: one of them must not use the other."
    ),
    "unknown-template": error("There is no Word template «{name}».", "Did you mean «{guess}»? Templates: {known}"),
    "unknown-field": error(
        "«{name}» would never be printed: neither the template «{template}» nor the program knows it.",
        "Did you mean «{guess}»? Fields of «{part}»: {known}",
    ),
    "wrong-item-kind": error("«{name}» is a {found}; here a {expected} is needed.", "Name an item of that kind."),
}
