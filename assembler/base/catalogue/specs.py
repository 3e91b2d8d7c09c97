"""Problems of form and report specifications."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error

ENTRIES: dict[str, Entry] = {
    "choices-file": error(
        "The list of choices {name} cannot be taken: {reason}",
        "Name a CSV file as seen from the folder of the specifications; its first line is name,label, and code and "
        "within where there are any.",
    ),
    "running-unfit": error(
        "A running sum stands in a column of its own table: {expression}",
        "Write running(table, 'column') as the `calculation` of another column of that table.",
    ),
    "choices-ask": error("In the list «{name}» more than one choice asks for words.", "Leave `ask` with one of them."),
    "choice-within": error(
        "«{label}» belongs to «{value}», which is no choice of «{name}».",
        "Say in each choice, by its name, `within` which choice of the other list it is.",
    ),
    # --- specifications
    "unknown-key": error("«{name}» is not a word of {shape}.", "Did you mean «{guess}»? Known words: {known}"),
    "missing-key": error("{shape} lacks «{name}».", "Add it."),
    "bad-value": error("«{value}» is not allowed for «{name}».", "Use one of: {known}"),
    "word-unfit": error("«{name}» does nothing for «{shape}».", "Take it out, or put it where it does something."),
    "row-cell-twice": error(
        "The row «{name}» says two things of its column «{column}».",
        "A cell is printed (`cells`), reckoned (`calculations`) or closed: leave one.",
    ),
    "row-reckons-nothing": error(
        "The row «{name}» reckons nothing: no column of numbers is open in it.",
        "Take the formula out, or name single cells with `calculations`.",
    ),
    "row-closes-nothing": error(
        "The sub-total «{name}» has no row above it to add up.", "Move it below its rows, or say `calculation`."
    ),
    "totals-nothing": error("No column of the table can be added up.", "Name columns of numbers in `only`."),
    "table-hidden": error("No column of the table is printed.", "Take `hidden` from one, or hide the whole table."),
    "form-tables": error(
        "The printed form «{form}» would leave out its tables: {tables}.",
        "Show each by a block of its own, `table: {first}`, or take the form's own order with `answers: {form}`.",
    ),
    "bad-name": error("«{value}» cannot be a name.", "Names begin with a Latin letter and hold a-z, 0-9 and _ only."),
    "caps-differ": error(
        "The caps of «{name}» add up to {total}, and its own is {cap}.", "Compare both with the guidance."
    ),
    "bands-open": error(
        "The bands of «{name}» do not follow one another: some values would have no score, or two.",
        "Give each band one bound, «below» or «to», above that of the one before, and the last none.",
    ),
    "also-taken": error(
        "«{text}» is already what «{name}» is called: tables of offices could not be told by it.",
        "Take it out of `also`, or write words that say which it is.",
    ),
    "duplicate-name": error("The name «{name}» is used twice in {shape}.", "Give each its own name."),
    "unknown-type": error("«{value}» is not an item type.", "Did you mean «{guess}»? Types: {known}"),
    "unknown-choices": error("There is no list of choices «{name}».", "Did you mean «{guess}»? Lists: {known}"),
    "several-forms": error("Several forms are called «{name}».", "Name one of them whole: {known}"),
    "unknown-form": error("There is no form «{name}».", "Did you mean «{guess}»? `assembler forms` lists them."),
    "edition-named": error(
        "«{name}» is of the edition before, and the new edition still names it here.",
        "Say anew in the edition what stands here, or drop it: nothing there bears that name any more.",
    ),
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
    "expression-renamed": error(
        "The expression «{expression}» names «{name}», which is called «{new}» in this edition.",
        "Write the expression again with «{new}», in the file of the new edition: at the same item, column, row or block.",
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
