"""Changes one answer of a case."""

from __future__ import annotations

from pathlib import Path

from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase, Written
from assembler.base.settings import Settings
from assembler.collect.files.typed import Given


@locked("set")
def set_answer(folder: Path, place: str, value: Given, settings: Settings) -> Written:
    """Writes the answer at a place, as ``OpenCase.set`` does; what a rule says of it is told, and it is written all the
    same. Raises AssemblerError: there is no such place, nobody answers it, the value cannot be read or written.
    """
    return OpenCase.read(folder, settings).set(place, value)


@locked("set")
def delete_row(folder: Path, place: str, settings: Settings) -> Written:
    """Deletes the row at a place; a printed one is left blank. Raises AssemblerError: there is no such row, …."""
    return OpenCase.read(folder, settings).delete(place)
