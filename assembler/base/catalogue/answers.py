"""Problems of files, of answers in them, and of new cases."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- files and YAML
    "file-missing": error("The file {name} is missing.", "Create it, or correct the path."),
    "answers-misnamed": warning(
        "«{name}» is not read: the name of a file of answers ends with .yaml.", "Rename it to {meant}."
    ),
    "answers-unread": warning(
        "«{name}» stands among the answers and is not read.",
        "Put it into attachments/ or elsewhere; files of answers end with .yaml.",
    ),
    "attachments-unnamed": warning(
        "Files among the attachments that no answer names, and that go nowhere: {count} ({names})",
        "Name each in an answer, or take it out of attachments/.",
    ),
    "specs-misnamed": error(
        "«{name}» is not read: the name of a file of specifications ends with .yaml.", "Rename it to {meant}."
    ),
    "case-misnamed": error("There is no {name} in the folder; there is «{other}».", "Rename it to {name}."),
    "file-unreadable": error("The file {name} cannot be read: {reason}", "{remedy}"),
    "yaml-broken": error("The file cannot be read: {reason}.", "{remedy}"),
    "yaml-comment": warning(
        "«{text}» is left out: what stands behind a # is a note in the file, and no part of the answer.",
        "Put the whole answer between two straight quotes ('); set a note apart by two spaces before and one behind the #.",
    ),
    "yaml-sign": error(
        "«{sign}» is left out: a text cannot begin with this sign.",
        "Put the whole text between two straight quotes (').",
    ),
    "yaml-duplicate-key": error("«{name}» is written twice.", "Keep one of the two; the other would be lost."),
    "yaml-too-large": error(
        "The file holds more than {limit} values, those repeated by & and * counted each time.",
        "Attach long lists as Excel files, and write values out instead of repeating them by & and *.",
    ),
    "wrong-shape": error(
        "Here {expected} is expected, not {found}.", "See `assembler schema` for the shape of the file."
    ),
    # --- changing answers
    "answers-changed": error(
        "{name} no longer says what was read from it: somebody changed it meanwhile.",
        "Nothing was written; look at the file and try again.",
    ),
    "answer-contested": error(
        "Somebody else answered «{label}» meanwhile: «{told}». Your answer: «{typed}»",
        "Nothing was written over it; agree which one holds.",
    ),
    "rows-contested": error(
        "Somebody else changed the same rows of «{label}» meanwhile.",
        "Nothing was written over them; look at the table and agree which ones hold.",
    ),
    "answers-unwritable": error(
        "«{label}» cannot be written in a way that reads back the same.",
        "Nothing was written; put the answer into the file by hand.",
    ),
    "row-beyond": error(
        "«{label}» has {count} rows; there is no row {row}.",
        "Rows are counted from 1; the place of a new one is {following}.",
    ),
    "place-incomplete": error(
        "«{label}» is a table: {where} names no cell of it.", "Write it as {expected}. Columns: {known}"
    ),
    "place-no-table": error("«{label}» is no table: it has no rows and columns.", "Write the place as {expected}."),
    "row-not-named": error("{where} names no row of a table.", "Write it as form.item:row."),
    "unit-twice": error("«{name}» is given to two units, «{one}» and «{other}».", "Leave it with one of them."),
    "person-twice": error(
        "«{name}» stands twice in the register of persons: «{one}» and «{other}».",
        "Leave one entry; of two persons who held a post, the one who holds it now.",
    ),
    "person-unknown": error(
        "No «{name}» stands in the register of persons.",
        "It names: {known}",
    ),
    "case-locked": error(
        "The case {name} is being changed: «{doing}» by {who}, process {process}, since {since}.",
        "Wait until that has ended and try again; a lock whose process was killed frees itself.",
    ),
    # --- answers
    "unknown-answer": error(
        "The form has no «{name}».", "Did you mean «{guess}»? Correct the name, or take the answer out."
    ),
    "unknown-column": error("The table has no column «{name}».", "Did you mean «{guess}»? Its columns are {known}."),
    "prefilled-incomplete": error(
        "«{label}» takes its rows from other forms, but {columns} must be filled in here.",
        "Fill in {columns} in each of its rows; a file has them below «{name}:».",
    ),
    "unused-form": warning(
        "The report does not use the form «{name}».", "Take the file out of answers/, or correct its form."
    ),
    "form-answered-twice": error(
        "The form «{name}» is answered in two files; the other is {other}.", "Keep one of the two."
    ),
    "form-unanswered": error(
        "No file answers the form «{name}» ({title}).", "Add a file to answers/ that begins with: form: {name}"
    ),
    "required": error("«{label}» is required and empty.", "Fill it in."),
    "not-a-number": error("«{value}» is not a number ({label}).", "Write a number, in Persian or Latin digits."),
    "not-a-year": error("«{value}» is not a year ({label}).", "Write a year with its four digits, such as 1404."),
    "check-failed": error("«{value}» cannot be {what} ({label}).", "Compare it with its source, digit by digit."),
    "not-an-integer": error("«{value}» is not a whole number ({label}).", "Write a number without a fraction."),
    "percent-range": error("{value} is not a percentage between 0 and 100 ({label}).", "Write a number from 0 to 100."),
    "not-a-date": error("«{value}» is not a Jalali date ({label}).", "Write year/month/day, such as ۱۳۹۹/۱۲/۰۵."),
    "not-gregorian": error("«{value}» is not a Gregorian date ({label}).", "Write year/month/day, such as 2021/02/24."),
    "no-such-day": error(
        "There is no day «{value}»: {month} {year} has {days} days ({label}).", "Write the day that is meant."
    ),
    "gregorian-date": error(
        "«{value}» is a Gregorian date ({label}).", "Write the Jalali date; if the day is right it is {jalali}."
    ),
    "not-a-choice": error("«{value}» is not one of the choices of «{label}».", "Choose: {known}"),
    "choice-outside": error(
        "«{value}» does not belong to «{of}» ({label}).", "Choose one that does, or correct what it is to belong to."
    ),
    "words-apart": error(
        "«{label}» takes the choice alone; what answers «{ask}» is an answer of its own, {words}.",
        "Write the two beside each other: {name}: {choice}, and {words}: with the words.",
    ),
    "one-choice": error("«{label}» takes one choice only.", "Keep one of them."),
    "not-text": error(
        "«{label}» takes a text, not {found}.", "Write a text; put it in quotes if it begins with a sign."
    ),
    "control-character": error(
        "«{label}» holds the control character {character}, which no document can carry.",
        "Delete the character; it often comes from a copied PDF.",
    ),
    "text-too-long": error(
        "«{label}» holds {length} characters; at most {limit} fit into a document.",
        "Shorten it, or attach it as a file.",
    ),
    "not-a-table": error("«{label}» takes a list of rows, not {found}.", "Begin every row with a dash."),
    "not-a-row": error("A row of «{label}» is a list of columns, not {found}.", "Write the row as «column: value»."),
    "unknown-row": error("«{name}» is not a printed row of «{label}».", "Did you mean «{guess}»? Rows: {known}"),
    "printed-cell": error("«{column}» is printed by the guidance and cannot be answered.", "Take the value out."),
    "closed-cell": error("«{label}» is closed in this row of the guidance.", "Take the value out."),
    "calculated-cell": error("«{label}» is calculated and cannot be answered.", "Take the value out."),
    "no-group-rows": error("«{label}» has no group rows.", "Write an ordinary row."),
    "not-relevant": warning(
        "«{label}» is answered although it does not apply; it is left out of the report.",
        "Take the answer out, or correct the answer it depends on.",
    ),
    "answer-contradicted": error(
        "«{label}» is answered «{given}», yet what holds only for another answer is answered too: {labels}.",
        "Correct this answer, or take out those.",
    ),
    "answer-contradicts": error(
        "«{label}» is answered, which holds only for another answer to «{of}» than «{given}».",
        "Take the answer out, or correct «{of}».",
    ),
    "row-not-taken-over": warning(
        "«{name}» of {sources} is not in «{label}».",
        "Add a row for it, or take it out there; without any rows the table takes over all of them.",
    ),
    "row-of-its-own": warning(
        "«{name}» stands in «{label}» but not in {sources}.", "Write it alike in both, or add it there."
    ),
    "not-covered": warning("«{name}» has no counterpart in {where}. {message}", "Add it there, or write it alike."),
    "too-few-rows": error("«{label}» needs at least {limit} rows.", "Add the missing rows."),
    "too-many-rows": error("«{label}» takes at most {limit} rows.", "Take the surplus rows out."),
    "constraint": error("{message}", "Check «{label}»."),
    "rule": warning("{message}", "Check the data the rule speaks of."),
    "attachment-missing": error(
        "The attachment {name} is not in attachments/.", "Put the file there, or correct its name."
    ),
    "attachment-misnamed": error(
        "The attachment {name} is not in attachments/; there is «{others}».",
        "Write the name of the file that is meant, letter for letter.",
    ),
    "attachment-outside": error(
        "The attachment {name} lies outside attachments/.", "Copy it into attachments/ and name it there."
    ),
    "attachment-type": error("{name} is not {expected}.", "{remedy}"),
    "attachment-broken": error("{name} cannot be opened: {reason}", "Open and save it again, or attach another copy."),
    "attachment-encrypted": error("{name} is locked with a password.", "Attach a copy without a password."),
    "attachment-pages": error(
        "{name} has {count} pages; {limit} are the most.", "Attach the pages that prove the answer, not the whole file."
    ),
    "attachment-portfolio": error(
        "{name} is a folder of {count} files («PDF portfolio»): {names}",
        "Open it, save the files one by one and attach those that are meant.",
    ),
    "attachment-xfa": error(
        "{name} is a form only Adobe's program can show (XFA): its page says «Please wait».",
        "Open it in Adobe Reader, print it to PDF and attach that.",
    ),
    "attachment-unprinted": error("No pages could be made of {name}: {reason}", "Save it as PDF and attach that."),
    "broken-reference": error(
        "The text refers to [[{name}]], which the report does not hold.", "Did you mean «{guess}»? Known: {known}"
    ),
    # --- remarks beside the answers
    "makers-remarks": information("Remarks on the form, not printed: {remarks}", ""),
    "letter-own-words": information(
        "These sentences are the office's own, no guidance says them: {sentences} ({reason})",
        "Read them before the letter is signed; they can be changed in the report.",
    ),
    "own-doubts": information(
        "Doubtful in the answers, not printed: {remarks}", "Once it is settled, take it out of `doubts` in this file."
    ),
    # --- cases that are started, and answers carried over from another
    "templates-unknown": error(
        "There are no templates «{name}».", "Choose one of these, or leave the word out: {known}"
    ),
    "word-not-yes-or-no": error(
        "«{value}» is neither yes nor no, for {name}.", "Write yes or no, or leave the word out."
    ),
    "case-exists": error("The folder {name} is not empty.", "Begin in a new folder; nothing is written over."),
    "carried": warning(
        "{count} answers came from the case {origin} and are not confirmed yet: {forms}",
        "Correct what changed; what still holds is confirmed by `assembler confirm`, for a form or all at once, or in "
        "`assembler fill`.",
    ),
    "carried-unknown": warning(
        "`carried` names «{name}», which the form does not have.",
        "Did you mean «{guess}»? Take the line out of `carried`; known names: {known}",
    ),
}
