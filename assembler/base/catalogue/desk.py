"""Problems of acts on the page of a form: nothing was written."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error

ENTRIES: dict[str, Entry] = {
    "not-on-page": error("There is no such question on your pages.", "Open the case anew from your list."),
    "not-yours": error("You may read «{label}», but not write it.", "Ask the officer of the case."),
    "row-gone": error(
        "The row of «{label}» is no longer there: somebody took it away meanwhile.",
        "Nothing was written; look at the table and try again.",
    ),
    "rows-fixed": error(
        "The rows of «{label}» are those of the guidance: none can be added, removed or moved.",
        "Fill in the rows that are there.",
    ),
    "no-band-rows": error("«{label}» has no rows over groups of rows.", "Add an ordinary row."),
    "rows-too-many": error("«{label}» would have {count} rows; {limit} are the most.", "Take fewer rows."),
    "paste-too-large": error("The block has {count} cells; {limit} are the most.", "Paste it in parts."),
    "paste-empty": error("There is nothing in the block.", "Copy the cells once more and paste them."),
    "attachment-too-large": error(
        "The file has {size} megabytes; {limit} are the most.", "Make it smaller, such as by a scan in fewer dots."
    ),
    "attachment-blank": error("The file {name} is empty.", "Choose it once more."),
    "attachment-unlike": error(
        "The file {name} is not what its name says: it holds {found}.", "Save it under the right name and try again."
    ),
    "attachment-unknown": error("Files such as {name} are not taken.", "Give a PDF or a picture."),
    "file-not-chosen": error("The file for «{label}» is given as a file, not by a name.", "Choose it or drag it here."),
    "undo-unknown": error("This can no longer be undone.", "Correct the answers by hand."),
}
