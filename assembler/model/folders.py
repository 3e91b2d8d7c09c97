"""Where everything of a case stands: its own files and folders, and what a build leaves. The names are published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CASE_FILE = "case.yaml"
ACCEPTED_FILE = "accepted.yaml"
UNITS_FILE = "units.yaml"
HEADERS_FILE = "known-headers.yaml"
PERSONS_FILE = "persons.yaml"
LEFT_FILE = "not-taken-over.txt"  # what of the case before found no place
ANSWERS = "answers"
ATTACHMENTS = "attachments"
PREVIOUS = "previous"
MOST_EARLIER = 12  # how many cases before one are followed: a year has no more periods
REVISIONS = "revisions"
OUTPUT = "output"
RECEIPT = "receipt.json"
PARTS = "parts"


@dataclass(frozen=True)
class CaseFolder:
    """The folder of a case. What is in it need not be there."""

    path: Path

    @property
    def case_file(self) -> Path:
        return self.path / CASE_FILE

    @property
    def accepted_file(self) -> Path:
        return self.path / ACCEPTED_FILE

    @property
    def units_file(self) -> Path:
        return self.path / UNITS_FILE

    @property
    def persons_file(self) -> Path:
        return self.path / PERSONS_FILE

    @property
    def headers_file(self) -> Path:
        """What the headers of departments' tables mean, as somebody said."""
        return self.path / HEADERS_FILE

    @property
    def answers(self) -> Path:
        return self.path / ANSWERS

    @property
    def attachments(self) -> Path:
        return self.path / ATTACHMENTS

    @property
    def previous(self) -> Path:
        """The case of the period before, as a case that was issued or taken out of a PDF carries it."""
        return self.path / PREVIOUS

    @property
    def revisions(self) -> Path:
        return self.path / REVISIONS

    @property
    def output(self) -> OutputFolder:
        """Where it is built, unless another folder is named."""
        return OutputFolder(self.path / OUTPUT)


@dataclass(frozen=True)
class OutputFolder:
    """What a build leaves: the PDF, its Word files, the receipt, and what the next build takes over."""

    path: Path

    @property
    def receipt(self) -> Path:
        return self.path / RECEIPT

    @property
    def parts(self) -> Path:
        return self.path / PARTS

    @property
    def kept(self) -> Path:
        """Made pages, by what they were made of."""
        return self.path / ".assembler"
