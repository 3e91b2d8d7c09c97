"""Findings of the audit rules."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- dates, durations and quantities
    "end-before-start": error(
        "{end} («{label}») comes before the start, {start}.",
        "Correct one of the two dates.",
    ),
    "duration": error(
        "«{label}» says {typed}; from {start} to {end} it is {days} days, or {inclusive} with the first day; with months of 30 days {months} or {months_inclusive}.",
        "Correct the duration or one of the dates; every way of counting that the table uses was tried.",
    ),
    "too-early": warning(
        "{message} («{label}»: {date} is before {since}.)",
        "Correct the date, or the date it must follow.",
    ),
    "holiday": information(
        "Days off in «{label}» ({count}): {dates}. Lunar holidays may differ by a day.",
        "Check whether these days are meant; nothing need be done if they are.",
    ),
    "weekday-differs": error("«{label}» says {said}; {date} is a {day}.", "Correct the day or the date."),
    "step-too-early": warning(
        "{start} («{label}») comes before the end of the step it rests on (row {row}: {end}).",
        "Correct one of the two dates, or the step this one rests on.",
    ),
    "step-unknown": warning(
        "No step of the table is called {names}.",
        "Write the number or name of the step as the table prints it.",
    ),
    "step-circle": error(
        "These rows rest on one another in a circle: {path}",
        "Take one of them out of what another rests on.",
    ),
    "workflow-branch-unknown": error(
        "The branch leads to step {number}, which the process «{process}» does not have.",
        "Write the number of a step of the same process.",
    ),
    "workflow-next-unreadable": error(
        "It cannot be read where this step goes on: «{text}»",
        "Write the number of the next step, or a branch and its step such as «yes: 4; no: 2».",
    ),
    "workflow-step-repeated": error(
        "Step {number} stands twice in the process «{process}»; first in row {row}.",
        "Give every step of a process a number of its own.",
    ),
    "workflow-decision-one-way": warning(
        "The decision at step {number} has fewer than two branches.",
        "Write a branch for each outcome, such as «yes: 4; no: 2», or make it an action.",
    ),
    "workflow-step-unreached": warning(
        "No step of the process «{process}» leads to step {number}.",
        "Lead a step to it, or take it out.",
    ),
    "workflow-endless": warning(
        "The process «{process}» comes to no end: no step of kind «end» can be reached from its first.",
        "Make the last step an end, and let every way lead to an end.",
    ),
    "rhythm-gap": warning(
        "A date is due every {every} days; missing before this one ({count}): {dates}.",
        "Add the missing rows, or say in the text why they are missing.",
    ),
    "rhythm-off": warning(
        "{date} does not keep the step of {every} days of the other dates; the nearest day that does is {expected}.",
        "Correct the date, or say in the text why it was moved.",
    ),
    "no-room": error(
        "{quantity} is more than «{word}» allows: from {start} to {end} there is room for {room}.",
        "Correct the quantity, its unit or the dates.",
    ),
    "loose-date": error(
        "«{text}» in «{label}» is not a possible date.",
        "Correct the date.",
    ),
    "loose-date-incomplete": information(
        "The date «{text}» in «{label}» is incomplete.",
        "Write year, month and day.",
    ),
    "loose-date-ambiguous": information(
        "«{text}» in «{label}» can be read as a date in two ways.",
        "Write the year with four digits, such as ۱۴۰۲/۰۵/۰۷.",
    ),
    "loose-date-mixed": information(
        "«{text}» in «{label}» is written as {way}; {count} of the {all} dates there are written as {usual}.",
        "Write all dates in one way, best as year/month/day with four digits.",
    ),
    "not-rising": warning(
        "{value} («{label}») is out of order: it stands between {before} and {after}.",
        "Correct it, or put the row where it belongs.",
    ),
    "month-differs": warning("The day lies in {month}; the text names {named}.", "Correct the day, or name its month."),
    "month-idle": warning(
        "«{label}» has no day in {named}, which is named here.", "Correct the month, or add what is missing."
    ),
    "year-swapped": warning(
        "«{text}» («{label}»): two digits of the year look exchanged; {year} may be meant.",
        "Correct the year, or accept it if the day is so long ago.",
    ),
    "year-far": warning(
        "{text} («{label}») lies years after {year}, the year of the report.", "Correct the year if it is a slip."
    ),
    "year-slip": warning(
        "{value} («{label}») stands between {before} and {after}; in {year} it would be in order.",
        "Correct the year, or put the row where it belongs.",
    ),
    "year-off": warning(
        "{date} («{label}») lies apart from all other dates of its column, {first} to {last}; in {year} it would be"
        " among them.",
        "Correct the year; if it is meant, nothing need be done.",
    ),
    "code-shared": warning(
        "The {label} {code} stands for «{title}» here and for «{other}» in row {row}.",
        "Correct the code of one of the two rows.",
    ),
    "below-zero": error("«{label}» is {value}, and cannot be below zero.", "Take out the sign, or correct the number."),
    "range-backwards": warning(
        "«{words}» goes from {first} down to {last}.", "Write the smaller number first, or correct one of the two."
    ),
    "counting-mixed": information(
        "The days of «{label}» are counted in several ways: {ways}.",
        "Count all rows of the table in one way, or say in a note how they are counted.",
    ),
    "times-differ": warning(
        "«{label}» says {said}, but gives {dates} dates.", "Correct the number, or add the dates that are missing."
    ),
    "row-alike": information(
        "This row says nearly the same as row {row}: «{text}» and «{other}».",
        "Keep one of the two, or say what sets them apart.",
    ),
    "mark-unexplained": information(
        "No note explains the mark {mark}, which stands {count} times in the form; first behind «{text}» in «{label}».",
        "Add the note, or take the mark out.",
    ),
    "note-unmarked": information(
        "The note «{text}» in «{label}» belongs to no mark.",
        "Put the mark where the note belongs, or take the note out.",
    ),
    "pair-differs": warning(
        "«{key}» stands beside «{value}» here and beside «{other}» in «{table}».",
        "Correct the one that is wrong.",
    ),
    "pair-changed": information(
        "«{key}» stands beside «{value}»; in the period before it was «{was}».",
        "Correct it, unless it was changed.",
    ),
    "declared-again": information(
        "«{value}» is declared again, though it was found wrong in the period before.",
        "Correct it, or say what has changed since.",
    ),
    "post-differs": warning(
        "{person} is «{post}» here and «{other}» elsewhere ({where}).",
        "Correct one of the two, unless both posts are held.",
    ),
    "post-shared": warning(
        "«{post}» is {person} here and {other} elsewhere.", "Correct the name or the post that is wrong."
    ),
    "letter-number-repeated": error(
        "The number {number} is that of the letter «{other}» too.",
        "Give each letter the number it was registered with.",
    ),
    "letter-number-used": warning(
        "A letter of the period before bears the number {number}.", "Give the letter the number it was registered with."
    ),
    # --- figures against each other
    "number-differs": warning(
        "«{label}» is {said}; from the data it is {counted}.", "Correct the number, or the data it rests on."
    ),
    "more-than": error("«{label}» is {number}, more than {most}{than}.", "Correct one of the two numbers."),
    "row-sum": error(
        "«{label}» is {said}; {numbers} make {total}.", "Correct the sum, or one of the numbers it is of."
    ),
    "entries-missing": warning(
        "The text goes through {label} by numbers but passes over {numbers}.", "Say something of each entry."
    ),
    "entries-unknown": warning(
        "The text names {numbers}, but {label} has {count} entries.", "Correct the number, or add the entry."
    ),
    "age-service": warning(
        "{years} years of «{label}» and the birth in {born} would mean a beginning at the age of {age}.",
        "Correct the year of birth or the years.",
    ),
    "level-differs": warning(
        "«{label}» is «{chosen}»; the table of the same name says «{text}», which is «{said}».",
        "Correct one of the two.",
    ),
    # --- scores, rows and unfinished texts
    "above-cap": error("The score {value} is above the most that can be given, {cap}.", "Lower the score."),
    "total-above-cap": error(
        "The scores of «{label}» add up to {total}, but no more than {most} can be given.",
        "Check the scores, and rows that have a score but no upper limit.",
    ),
    "column-empty": warning(
        "«{label}» is empty in every row of the answered table.", "Fill it in, or say why it stays empty."
    ),
    "parts-sum": error(
        "The numbers of «{label}» add up to {total}; together they should make {whole}.",
        "Correct the number that is wrong, or the whole.",
    ),
    "number-repeated": error(
        "The row number {number} is printed twice; first in row {row}.", "Number the rows anew from here."
    ),
    "number-missing": warning(
        "After the row number {before} comes {number}; missing between them: {count}.",
        "Number the rows anew, or add the row that was lost.",
    ),
    "number-order": warning(
        "The row number {number} is out of order; here {expected} is expected.",
        "Correct the number, or put the row where it belongs.",
    ),
    "row-repeated": warning(
        "This row says the same as row {row}.", "Keep one of the two, or say what sets them apart."
    ),
    "group-total": warning(
        "The group says {given}; from its rows it is {expected} ({rule}: {numbers}).",
        "Correct the number of the group, or those of its rows.",
    ),
    "group-rule": warning(
        "No one rule makes the numbers of the groups of their rows: {groups}.",
        "Compute all groups by one rule, and say which.",
    ),
    "cell-blank": warning("«{label}» is blank.", "Fill it in, or accept it with the reason why it stays blank."),
    "none-marked": error("One of {labels} must be marked; none is.", "Mark the one that applies."),
    "several-marked": error("Only one of {labels} can be marked; marked are {marked}.", "Keep the one that applies."),
    "left-blank": information("«{label}» was left blank in an answered form.", "Fill it in if it applies."),
    "text-question": warning(
        "The text ends in a question mark: «… {words}»", "Answer the question and take the mark out."
    ),
    "text-filler": warning(
        "«{text}» only holds the place of «{label}».", "Write the answer, or leave it blank if there is none."
    ),
    "text-echo": warning(
        "The answer repeats its question: «{text}»", "Write the answer, or leave it blank if there is none."
    ),
    "text-gap": warning("A gap was left in «{label}»: «{text}»", "Fill it in, or take it out."),
    "word-doubled": warning("A word stands twice in «{label}»: «{text}»", "Take one of the two out."),
    "sign-doubled": information("Two signs stand side by side in «{label}»: «{text}»", "Keep the one that is meant."),
    "address-impossible": warning(
        "«{text}» in «{label}» cannot be {what}.", "Look it up and write it anew: a digit or a sign is wrong or lacks."
    ),
    "link-tracked": information(
        "The address in «{label}» says who followed it: «{text}»", "Cut off what stands behind the question mark."
    ),
    "text-unfinished": warning("The text is unfinished after «{end}»: «… {words}»", "Write the text to its end."),
}
