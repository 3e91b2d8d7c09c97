"""Problems of periods, deadlines and earlier cases."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- the case of the period before
    "previous-missing": error(
        "The case of the period before, «{name}», cannot be read: {reason}",
        "Name its folder as seen from this case's, such as ../other-case, or take the line out.",
    ),
    "previous-other-report": error(
        "«{name}» is a case of the report «{found}», this one of «{expected}».",
        "Name a case of the same report, or take the line out.",
    ),
    "previous-circle": error(
        "The cases name one another as the one before: {path}", "Take the line out of the earliest case."
    ),
    "previous-misread": warning(
        "Answers of the case of the period before, «{name}», cannot be read and count as blank: {count}",
        "Run `assembler check` on that case.",
    ),
    "previous-too-far": error(
        "More than {most} cases before this one are asked for.",
        "Sum over a year with so_far(…), which ends with the year.",
    ),
    "so-far-gap": warning(
        "The year to date lacks {periods}: no case of it is named as the one before.",
        "Name in `previous` of each case the one of the period before it, back to the first of the year.",
    ),
    "so-far-text": error(
        "A year to date is summed in a form, not here: {expression}",
        "Give the form an item with `calculation: so_far(…)` and name that item here.",
    ),
    "so-far-rows": error(
        "Rows that are added have none before them to be summed: {expression}",
        "Sum a total: so_far(total(table, 'column')), or let the table have `rows`.",
    ),
    "so-far-periods": error("Which cases are of one year is not known: {expression}", "Say `periods` in the report."),
    # --- periods and document IDs
    "period-unsaid": error("The period of the case cannot be told: «{label}» is blank.", "Fill it in."),
    "period-wrong": error(
        "There is no period {number} of the year {year}, with {months} months a period from month {start}.",
        "Correct the year or the number of the period.",
    ),
    "document-number-long": error(
        "The letter's number «{number}» has {length} characters; its document ID takes {limit} at most.",
        "Shorten the number, or switch the document ID of the letter off.",
    ),
    "document-id-separator": error(
        "«{value}» holds «{separator}», which separates the parts of the document ID.",
        "Write it without that sign, or choose another separator in the report.",
    ),
    "document-id-long": error(
        "The document ID of «{title}» has {length} bytes; a code of 2 cm can hold {limit} that readers still see.",
        "Shorten the name of the signer or the e-mail address.",
    ),
    # --- deadlines
    "score-changed": error(
        "«{label}»: {stage} gives {typed}, computed is {computed}, and it is not said who changed it and why.",
        "Name both, or leave the score blank: the computed one counts then.",
    ),
    "score-without-value": warning(
        "«{label}»: a name or a reason stands at {stage}, and no score.", "Enter the score, or take them out."
    ),
    "score-ahead": warning(
        "«{label}» has a score of {stage}, a stage this case has not reached.",
        "It is not printed until case.yaml says that the stage is reached.",
    ),
    "score-not-applicable": warning(
        "«{label}» has a score and does not apply.",
        "Take the score out, or correct what says that it does not apply.",
    ),
    "score-unsupported": information(
        "«{label}»: {stage} judged it without a comment or evidence.", "Say in a comment what the score rests on."
    ),
    "score-pending": information(
        "«{title}»: {count} rows have no score in {stage} yet: {rows}.",
        "They are listed in the report, and count nothing until then.",
    ),
    "score-suggested": information(
        "«{title}»: {count} scores are only suggested in {stage}: {rows}.", "Enter them to confirm or change them."
    ),
    "document-missing": information(
        "«{title}»: {count} documents to submit are not attached: {names}.",
        "Attach them, or say in the note where they are; no points are taken off.",
    ),
    "deadline-late": warning(
        "«{label}» was due on {due} and was done on {done}; days late: {days}.",
        "Tell whoever waited for it why it was late.",
    ),
    "deadline-over": warning(
        "«{label}» was due on {due}; days over: {days}.", "Do it now, and write down the day it was done."
    ),
    "deadline-today": warning("«{label}» is due today, {due}.", "Write down the day it was done once it is."),
    "deadline-near": information(
        "«{label}» is due on {due}; days left: {days}.", "Write down the day it was done once it is."
    ),
    "deadline-unsaid": information("No day has been set for «{label}».", "Write it down once it is known."),
    "deadline-unreadable": warning(
        "The day of «{label}», «{value}», is not a date.", "Write it as year/month/day, such as ۱۳۹۹/۰۲/۳۱."
    ),
    # --- what belongs to a year
    "year-unknown": warning(
        "The specification does not know the year {year}; it knows {known}.",
        "See that the circular, its dates, the addressee and the motto in case.yaml are those of the year; then let it "
        "stand with `assembler accept`.",
    ),
    "year-other": warning(
        "«{label}» is that of the year {other}, and the case is of {year}: {value}",
        "Write that of the year; if it is right all the same, let it stand with `assembler accept`.",
    ),
    "year-differs": warning(
        "«{label}» of the year {year} is «{known}»; the case says «{value}».",
        "Leave the field blank to take what is known; if yours is right, let it stand with `assembler accept`.",
    ),
    "year-date": warning(
        "«{label}» {date} does not belong to the year of the case: from {first} to {last}.",
        "Correct the date, or let it stand with `assembler accept`.",
    ),
}
