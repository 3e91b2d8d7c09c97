"""What an entry of the catalogue is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalogue entry: how grave, what is wrong, what to do; both texts are gettext identifiers."""

    severity: Severity
    message: str
    hint: str


def error(message: str, hint: str) -> Entry:
    return Entry(Severity.ERROR, message, hint)


def warning(message: str, hint: str) -> Entry:
    return Entry(Severity.WARNING, message, hint)


def information(message: str, hint: str) -> Entry:
    return Entry(Severity.INFORMATION, message, hint)
