"""What the documents and the pages of a sliced body agree on."""

from __future__ import annotations

from dataclasses import dataclass

ACROSS = "http://assembler.invalid/"  # begins the address of a bookmark in another slice
DIGITS = "0123456789"
SAMPLE = 0xFFFF01  # the colour of the digits on the first page of a slice


@dataclass(frozen=True)
class Reference:
    """A page number that is printed: that of a bookmark, and whether it stands in a list where numbers are a column."""

    bookmark: str
    in_column: bool
