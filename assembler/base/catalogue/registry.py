"""Problems of the registry of letter numbers."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- the registry of letter numbers
    "registry-exists": error("{name} exists already.", "Choose another name; a registry is never written over."),
    "registry-gone": warning(
        "The registry this case was issued with is not there: {name}. Nothing was read from it, and nothing recorded.",
        "Put it back, or name it with --registry.",
    ),
    "registry-none": error(
        "{name} is no registry of letter numbers.", "Name a file that `assembler registry init` made."
    ),
    "registry-newer": error(
        "{name} was written by a newer assembler (its tables are of version {found}, this one knows {known}).",
        "Install the newer assembler.",
    ),
    "registry-locked": error(
        "Another program has been using {name} for {seconds} seconds; nothing was changed.",
        "Wait for the other run, or close the program that has the file open, and try again.",
    ),
    "registry-unwritable": error(
        "{name} cannot be written: {reason}",
        "Free some space, and see whether the file and its folder may be written; nothing was changed.",
    ),
    "registry-damaged": error(
        "{name} is damaged: {reason}",
        "Keep it, go back to the last backup, and enter the letters issued since before giving new numbers.",
    ),
    "registry-altered": error(
        "The tables of the registry were changed by another program: {what}.",
        "Go back to the last backup, and enter the letters issued since before giving new numbers.",
    ),
    "registry-pattern": error(
        "«{pattern}» cannot be the pattern of numbers: {reason}.", "Write a pattern such as {example}."
    ),
    "registry-first": error(
        "Numbers cannot go on with the serial {first}; the next one is {next}.",
        "Leave the serial out: given numbers have no gaps.",
    ),
    "registry-number-taken": error(
        "The pattern now gives {number}, which was given before.",
        "Change the pattern with `assembler registry pattern`.",
    ),
    "registry-number-unknown": error("The registry has no number {number}.", "Did you mean «{guess}»?"),
    "registry-number-void": error(
        "The number {number} was voided: {why}", "Ask for a new number; a voided one is never used again."
    ),
    "registry-recorded": error(
        "The number {number} stands for another letter: «{subject}».",
        "Void it if that letter was never sent; a recorded letter is never written over.",
    ),
    "registry-only-reserved": error(
        "The number {number} is only reserved, for {letter}: no letter was recorded under it yet.",
        "Run `assembler issue` on the case with --registry, or `assembler registry record`.",
    ),
    "registry-signed": error(
        "Another signed copy of {number} was recorded, signed on {date}.", "What was signed is not replaced."
    ),
    "registry-sent": error(
        "The letter {number} was recorded as sent on {date} already.", "What was recorded is not written over."
    ),
    "registry-clock-behind": error(
        "The clock of this machine says {today}, but the number {number} was given on {date}.",
        "Set the clock right; for a letter of another day, say it with --date (issue) or --today (registry give).",
    ),
    "registry-clock-ahead": error(
        "The clock of this machine says {today}, more than a year after {date}, when {number} was given.",
        "If the clock is right, say the day with --date (issue) or --today (registry give); else set the clock.",
    ),
    "registry-days-back": warning(
        "The number {number} was given on {date}, earlier than {other} before it ({last}).",
        "Compare both days: a clock was wrong, or the day was said. A wrong number may be voided.",
    ),
    "number-day-earlier": warning(
        "The number {number} has the day {date}, and {other}, given earlier, has {last}: days do not follow numbers.",
        "Compare both days; a number that was given on a wrong day may be voided.",
    ),
    "letter-day-earlier": warning(
        "The letter {number} is dated {date}, and {day}, on which it was signed or sent, is earlier.",
        "Compare both days; what was recorded is not written over.",
    ),
    "registry-gap": error(
        "Serials are missing in the count of {year} ({count}): {serials}.",
        "Go back to the last backup, and enter the letters issued since before giving new numbers.",
    ),
    "registry-repeat": error(
        "The serial {serial} stands twice in the count of {year}.",
        "Go back to the last backup, and enter the letters issued since before giving new numbers.",
    ),
    "registry-number-twice": error(
        "The number {number} stands twice in the registry.",
        "Go back to the last backup, and enter the letters issued since before giving new numbers.",
    ),
    "registry-number-altered": error(
        "The number {number} was given as {expected}.",
        "Go back to the last backup, and enter the letters issued since before giving new numbers.",
    ),
    "registry-file-changed": error(
        "{path} is no longer the file that was sent as {number}.", "Put the file that was sent in its place."
    ),
    "registry-file-gone": information(
        "{path}, sent as {number}, is no longer there.", "Put it back, or keep it in the archive."
    ),
    "registry-scan-changed": error(
        "{path} is no longer the signed copy of {number} that was recorded.",
        "Put the copy that was signed in its place.",
    ),
    "registry-scan-gone": information(
        "{path}, the signed copy of {number}, is no longer there.", "Put it back, or keep it in the archive."
    ),
    "registry-open": information(
        "The number {number} was reserved for {letter} and not recorded yet.",
        "Issue the letter, or void the number with a reason.",
    ),
    "survey-none": error("The report «{name}» holds no results of a survey.", "Questionnaires it could take: {known}"),
    "survey-several": error("The report holds the results of several surveys.", "Choose one with --form: {known}"),
    "survey-no-field": error(
        "The questionnaire «{name}» has no place for that.",
        "Leave out --service or --period, or name the item in the form.",
    ),
    "survey-unreadable": error("{name} cannot be read: {reason}", "Save it anew as .xlsx or as CSV in UTF-8."),
    "survey-broken": error("A row cannot be read: {reason}", "Look at the quotation marks of this line."),
    "survey-open-quote": error(
        "A row runs over {count} line ends: a quotation mark was opened and never closed.",
        "Close it or take it out; nothing was written, as all rows behind it would be lost.",
    ),
    "survey-no-columns": error(
        "None of the first {count} rows names a question of the questionnaire.",
        "Give each column the number of its question («۱», «q1») or its words, or say which is which with --columns.",
    ),
    "survey-unknown-column": error("There is no column «{name}».", "Did you mean «{guess}»? Columns: {known}"),
    "survey-unknown-sheet": error("There is no sheet «{name}».", "Did you mean «{guess}»? Sheets: {known}"),
    "survey-column-twice": error(
        "The column «{name}» says a second time what another says.",
        "Take one of them out, or say which counts with --columns.",
    ),
    "survey-level-columns": error(
        "Question {number} has a column for each level but for: {names}", "Add the missing columns."
    ),
    "survey-two-levels": error(
        "«{label}» is answered with two levels: {value}", "Keep one, or leave the answer blank."
    ),
    "survey-width": error(
        "The row has {found} cells; the header has {expected}.",
        "Look for a delimiter inside a cell, or a row that was cut off.",
    ),
    "survey-duplicate": error(
        "The response «{name}» was counted before: {first}", "Keep one of them, or give each its own identifier."
    ),
    "survey-broken-text": error(
        "«{label}» holds bytes that are no letters of the file's encoding.",
        "Correct the cell, or name the encoding with --encoding.",
    ),
    "survey-merged": error(
        "The row is part of merged cells, which hide what was answered.",
        "Take the merging out and fill in each cell.",
    ),
    "survey-missing-question": warning(
        "No column holds the questions: {names}",
        "They count as not answered; name their columns with --columns when there are any.",
    ),
    "survey-many-values": warning(
        "«{label}» has more than {limit} values; the rest is counted together as «{name}».",
        "Look whether the right column was taken.",
    ),
    "survey-unused-columns": information(
        "Columns that were not read: {names}", "Name with --columns those that belong to the questionnaire."
    ),
    "survey-hidden-rows": information(
        "Hidden rows were read like all others: {count}", "Delete the rows that are not to count."
    ),
    "survey-other-sheets": information(
        "Sheets that were not read: {names}", "Name with --sheet those that are to count."
    ),
}
