"""Problems of lists, workbooks and many cases at once."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- lists of units
    "list-empty": error(
        "The list has no units.", "Write the labels of the columns in its first row, and a unit in each row below."
    ),
    "list-title": information(
        "«{text}» was taken for a title above the list.", "If it names a column, name the others beside it."
    ),
    "list-sum": warning(
        "This row was taken for a sum and makes no unit.", "If it is one, call it otherwise; if not, delete the row."
    ),
    "list-other-sheets": information(
        "The sheet «{name}» is read; the workbook has others that hold something: {names}", "Name another with --sheet."
    ),
    "list-hidden-rows": warning(
        "Rows that are hidden or filtered out make units too: {count}", "Delete those that are not meant."
    ),
    "list-hidden-columns": warning(
        "Columns nobody sees in Excel are taken: {names}.",
        "Unhide them and look at them, or delete them from the list.",
    ),
    "list-merged": warning(
        "What merged cells say was taken for each of their rows, {count} of them: {names}.",
        "Look at the rows; where it belongs to the first only, split the cells in Excel.",
    ),
    "list-sheet-unknown": error("The workbook has no sheet «{name}».", "Its sheets: {known}"),
    "list-column-unknown": error(
        "The report asks for nothing called «{label}».",
        "Did you mean «{guess}»? Known: {known}. A column for notes begins with #.",
    ),
    "list-column-unclear": error("«{label}» may mean several answers: {known}.", "Name the column as one of them."),
    "list-column-twice": error("Two columns are called «{label}».", "Keep one of them."),
    "list-column-again": error("«{label}» and «{other}» give the same answer.", "Keep one of the two columns."),
    "list-column-table": error(
        "«{label}» is a table, which no cell can hold.", "Answer it in the base case, and name that with --base."
    ),
    "name-column": error("The list has no column «{name}».", "Name a column with --name, or write a pattern: {known}"),
    "name-pattern": error("«{name}» names no unit: {reason}", "Use fields of the case, such as {{{{ case.unit }}}}."),
    "unit-failed": error(
        "{name} could not be made: {reason}", "Run again; if it stays, report it with the row of the list."
    ),
    # --- workbooks that were handed out
    "workbook-unreadable": error(
        "The workbook {name} cannot be read: {reason}", "Ask for it again, saved as .xlsx without a password."
    ),
    "workbook-foreign": error(
        "{name} is no workbook that was exported from a case: its hidden sheet is missing.",
        "Export the case anew, and copy the answers into that workbook.",
    ),
    "workbook-other-report": error(
        "The workbook is of the report {report}, the case of {own}.",
        "Import it into the case it was exported from.",
    ),
    "workbook-other-case": error(
        "The workbook was exported from the case {name}, not from {own}.",
        "Import it into the case it was exported from; where that is this case under its new name, add --anyway.",
    ),
    "workbook-renamed": information(
        "The workbook was exported when the case was called {name}; it is read into {own}.", ""
    ),
    "workbook-sheet-left": warning(
        "The sheet «{name}» is none of the exported forms; nothing of it is read.",
        "Copy what belongs into the report from it into the sheets of the forms.",
    ),
    "workbook-cells-left": warning(
        "Outside the form of the sheet «{name}» stands what is not read: {cells}.",
        "Copy what belongs into the report from there into the cells of the form.",
    ),
    "workbook-passed-over": warning(
        "{name} is not read: {reason}.", "Ask for the workbook, filled in and saved as .xlsx."
    ),
    "workbook-other-version": error(
        "The form «{name}» asks for something else than when the workbook was exported; nothing of it was read.",
        "Export the case anew, and copy the answers into that workbook.",
    ),
    "workbook-sheet-twice": error(
        "The sheets «{other}» and «{name}» are the same form; only the first was read.",
        "Delete the one that is not to count.",
    ),
    "workbook-sheet-gone": information(
        "The workbook has no sheet of the form {form} any more; its answers stay as they are.",
        "When something was filled in there, ask for the workbook with all its sheets.",
    ),
    "workbook-no-value": error(
        "The formula for «{label}» has no result.", "Open the workbook, save it again, or write the value itself."
    ),
    "workbook-cell-error": error("The cell for «{label}» says {value}.", "Write the value itself."),
    "workbook-excel-date": error(
        "Excel took the answer for «{label}» for a date of its own ({value}), and what was meant cannot be told.",
        "Format the cell as text and write it anew, such as 1399/02/31.",
    ),
    "unknown-unit": error("There is no unit «{name}».", "Did you mean «{guess}»? Units: {known}"),
    "prefer-missing": error("The file «{name}», to be preferred, is missing.", "The sides are: {known}"),
    "prefer-unknown": error("There is no one side called «{name}» to prefer.", "The sides are: {known}"),
    "no-units": error(
        "The case says of no unit what it answers.",
        "Write units.yaml beside case.yaml: the name of each unit, and behind it a list of forms.",
    ),
    "hand-out-used": error(
        "This file is there already; it may hold answers.", "Hand out into another folder, or move the file away."
    ),
    "workbook-printed-row": error(
        "The guidance prints the rows of «{label}»; no row can be added to them.",
        "Write the answer into one of the printed rows, and clear the added one.",
    ),
    # --- tables departments made themselves
    "intake-unreadable": error("{name} cannot be read: {reason}", "Ask for it again, as a Word or Excel file."),
    "intake-no-table": warning("{name} has no table in it.", "Look into it: what stands there must be typed."),
    "intake-hidden-sheet": warning(
        "The sheet «{name}» is hidden; nothing of it was read.", "Ask whether it counts; if so, unhide it in Excel."
    ),
    "intake-tick": error(
        "The cell for «{label}» is to be ticked or blank, and says «{value}».",
        "Decide what is meant, and type the answer.",
    ),
    "intake-cell-wide": error(
        "The cell for «{label}» is merged with those beside it: «{value}».", "Type the answer where it belongs."
    ),
    "intake-boxes": error(
        "Which box is ticked for «{label}» cannot be told from «{value}».", "Type the answer where it belongs."
    ),
    "intake-cell-order": error(
        "How «{value}» for «{label}» is written cannot be told from where its letters stand on the page.",
        "Look at the page, and type the answer.",
    ),
    "intake-pictured": warning(
        "Pages of {name} are pictures without text: {pages}. Nothing of them was read.",
        "Ask for the file they were made from, or type what they say.",
    ),
    "intake-files": error("No file came, or too many at once.", "Choose from 1 to {count} files."),
    "intake-as": error(
        "«{said}» says nothing of a table.",
        "Write NUMBER=form.item for a table, NUMBER.COLUMN=name for a column of it, «-» for none.",
    ),
    "intake-as-file": error(
        "Of which file «{said}» is said cannot be told.", "Write FILE:NUMBER=…; the files: {known}"
    ),
    "intake-as-number": error("{name} has no table {number}.", "Its tables are numbered from 1 to {count}."),
    "intake-as-table": error("The case has no table «{name}».", "Did you mean «{guess}»?"),
    "intake-as-column": error("The table has no column «{name}».", "Its columns: {known}"),
    # --- reports made of many cases
    "gather-no-report": error(
        "No report is made of cases of «{name}».", "Name one with --report. Reports made of cases: {known}"
    ),
    "gather-several": error("Several reports could be made of these cases.", "Choose one with --report: {known}"),
    "gather-none": error(
        "No case of «{name}» could be taken.", "Name the folders they stand in; errors in them are listed above."
    ),
    "gather-period-unknown": error(
        "«{name}» is no period of these cases.", "Theirs last {months} months: a year has those from 1 to {count}."
    ),
    "gather-none-in-range": error("No case is of a period from {first} to {last}.", "Correct --from or --to."),
    "gather-no-columns": error(
        "No column of the list is a field of the cases.", "Call the columns as the cases do: {known}"
    ),
    "gather-twice": warning(
        "This unit has two cases of this period with different figures: {kept} and {name}. {kept} counts.",
        "Take the wrong one out.",
    ),
    "gather-twice-same": warning(
        "This unit has two cases of this period with the same figures: {kept} and {name}. {kept} counts.",
        "Take one of them out.",
    ),
    "gather-row-twice": warning(
        "Two cases would be the same row: {kept} and {name}. {kept} counts.",
        "Look whether both are of one agency, and take one out.",
    ),
    "gather-no-place": warning(
        "The period has no column beside the others (place {at}).", "Give the table a column for each period."
    ),
    "gather-check": warning("{text}", "Ask the unit; the figures stand as it declared them."),
    "gather-fall": information(
        "{label}: {after}; it was {before} in {period}, and no reason is given.", "Ask the unit for the reason."
    ),
    "gather-alike": information(
        "These names are alike: «{one}» and «{other}».", "Write them one way when they are one unit."
    ),
    "gather-unlisted": information("This unit is not on the list of units.", "Add it, or correct its name."),
    "gather-no-case": warning("It is on the list of units and has no case.", "Ask the unit for it."),
    "gather-no-period": warning("It has a case of another period and none of this.", "Ask the unit for it."),
    "gather-left-out": warning(
        "Its case has errors and was left out: {name}", "Correct it, or take it with --with-errors."
    ),
    # --- scores of many cases side by side
    "scores-no-report": error("«{name}» is no report with scores.", "Reports with scores: {known}"),
    "scores-several": error("The cases are of several reports with scores.", "Choose one with --report: {known}"),
    "scores-none": error(
        "No case with scores could be taken.", "Name the folders they stand in; errors in them are listed above."
    ),
    "scores-twice": warning(
        "«{agency}» would be ranked several times; its cases: {names}",
        "Take the wrong ones out, or give each agency its own name.",
    ),
}
