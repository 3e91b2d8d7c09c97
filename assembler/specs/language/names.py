"""What expressions may name, besides the items of their own form and the columns of their own row."""

from __future__ import annotations

from collections.abc import Mapping

# Names that stand for something in a row besides its columns.
ROW_NAMES: Mapping[str, str] = {
    "position": "Which row of the table it is, from 1; band rows are not counted.",
}
# Names behind which a full stop and a name of theirs follow.
OWNERS: Mapping[str, str] = {
    "case": "A field of case.yaml: case.agency.",
    "row": "In the entries of a list, a cell of the row: row.title.",
    "summary": "In a report with statuses, how many forms have one; summary.open and summary.all count too.",
    "packet": "In letters and the texts of parts: packet.annexes.",
    "amended": "In what a letter says once it amends an earlier one: amended.number.",
}
PACKET_NAMES: Mapping[str, str] = {
    "annexes": "How many parts follow the letter.",
}
AMENDED_NAMES: Mapping[str, str] = {
    "number": "The number of the letter that is amended.",
    "date": "Its date; blank when it had none.",
    "subject": "The subject of the letter, as it is when it amends none; without «ارسال» at its beginning.",
    "attachment": "What it says of its annexes then; blank when it says that it has none.",
    "annexes": "How many annexes it has with the sheet of corrections; blank when it says no number.",
    "sheet": "The title of the sheet of corrections; blank when none follows the letter.",
}
