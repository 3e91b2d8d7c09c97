"""Giving, recording, voiding and finding the numbers of one secretariat.

A number is given in two steps, so that none is lost and none given twice: ``reserve`` writes it down for a letter
before anyone sees it, ``record`` says what became of it. Whoever dies in between asks again with the same key and
gets the same number.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Self

import jdatetime

from assembler.base.files import put
from assembler.base.messages import translate, wording
from assembler.base.persian import control_character, date_text, fold, format_date, normalise, persian_digits
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.records.registry import database, proof
from assembler.records.registry.database import WAIT, refusal, value
from assembler.records.registry.entry import Entry, LetterKey, State, entry_of, plain, search_text
from assembler.records.registry.pattern import NumberPattern

# The furthest a letter has come: of one that is recorded, that it was signed, or sent.
_STATE = """CASE WHEN state <> 'recorded' THEN state WHEN sent <> '' THEN 'sent' WHEN signed <> '' THEN 'signed'
    ELSE state END"""
_COLUMNS = f"""number, {_STATE}, serial, of_case, letter, revision, given, date, subject, recipient, sha256, path,
    voided, why, signed, scan_sha256, scan_path, sent, sent_by"""
_DAY = "CASE WHEN date <> '' THEN date ELSE given END"
_LONGEST_PAUSE = 366  # days between two numbers, behind which a clock is not believed
_MOST = 2000  # characters of a subject, a recipient or a reason
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Registry:
    """An open registry. Close it, or use it in a ``with`` statement.

    Every method may raise AssemblerError: the file is locked for longer than ``wait`` seconds, cannot be written, or
    is damaged. A method that raises has changed nothing.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, wait: float) -> None:
        """Use ``open`` or ``create``."""
        self.path = path
        self._connection = connection
        self._wait = wait

    @classmethod
    def create(
        cls, path: Path, pattern: NumberPattern, day: jdatetime.date, *, first: int | None = None, wait: float = WAIT
    ) -> Self:
        """Makes a registry whose numbers follow the pattern from this day on.

        ``first`` is the serial of the first number, where a paper registry goes on; the pattern's start when left
        out. Raises AssemblerError when the file exists, or the pattern cannot be used.
        """
        tidy = pattern.tidied()
        # A file without a byte is what a creation that was cut off leaves behind.
        if path.exists() and not (path.is_file() and path.stat().st_size == 0):
            raise refusal(path, "registry-exists")
        with database.told(path, wait):
            registry = cls(path, database.connect(path, "rwc", wait), wait)
            try:
                with database.writing(registry._connection):
                    database.make_tables(registry._connection, path)
                    registry._take_pattern(tidy, day, first)
            except BaseException:
                registry.close()
                raise
        return registry

    @classmethod
    def open(cls, path: Path, wait: float = WAIT) -> Self:
        """Opens a registry and brings an older one forward; a file that cannot be written can still be read.

        Raises AssemblerError when the file is missing, no registry, or a newer one.
        """
        if not path.is_file():
            raise refusal(path, "file-missing")
        with database.told(path, wait):
            connection = database.connect(path, "rw", wait)
            try:
                current = database.of_this_version(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, current, wait)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---------------------------------------------------------------- numbers

    def reserve(self, key: LetterKey, day: jdatetime.date) -> str:
        """The number of a letter, given on this day unless it was given before; it is open until it is recorded.

        The same key always gets the same number, also in later years; after ``void`` it gets a new one. Raises
        AssemblerError when a changed pattern gives a number that exists, ValueError for a key with a blank part.
        """
        with self._writing():
            return self._number(key.tidied(), day)

    def trust_clock(self, day: jdatetime.date) -> None:
        """Raises AssemblerError when the day a clock says cannot be that of the next number: it lies before that of a
        number given already, or more than a year behind the newest.
        """
        newest = self._rows("given = (SELECT max(given) FROM letters)")
        if not newest:
            return
        last = newest[-1]
        told = {"today": format_date(day), "number": last.number, "date": format_date(last.given)}
        if day < last.given:
            raise self._refusal("registry-clock-behind", **told)
        if (day - last.given).days > _LONGEST_PAUSE:
            raise self._refusal("registry-clock-ahead", **told)

    def record(self, number: str, date: jdatetime.date, subject: str, recipient: str, sha256: str, file: Path) -> Entry:
        """Says which letter a number stands for. Recording the same again changes nothing.

        Raises AssemblerError when the number is unknown, void, or recorded otherwise; ValueError when ``sha256`` is
        none in hexadecimal digits.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"no SHA-256: {sha256!r}")
        told = self._line(translate("subject"), subject), self._line(translate("recipient"), recipient)
        said = (date_text(date), *told, sha256, self._kept(file))
        with self._writing():
            entry = self._live(number)
            if entry.is_recorded and _recorded(entry) != said:
                raise self._refusal("registry-recorded", number=entry.number, subject=entry.subject)
            self._change(entry, "state = 'recorded', date = ?, subject = ?, recipient = ?, sha256 = ?, path = ?", said)
        return self.find(number)

    def sign(self, number: str, day: jdatetime.date, sha256: str, scan: Path) -> Entry:
        """Says that a recorded letter was signed on this day, and where its scan is; the same again changes nothing.

        Raises AssemblerError when the number is unknown, void or not recorded yet, or another scan was recorded.
        """
        said = (date_text(day), sha256, self._kept(scan))
        with self._writing():
            entry = self._gone_out(number)
            if entry.signed and (date_text(entry.signed), entry.scan_sha256, entry.scan_path) != said:
                raise self._refusal("registry-signed", number=entry.number, date=format_date(entry.signed))
            self._change(entry, "signed = ?, scan_sha256 = ?, scan_path = ?", said)
        return self.find(number)

    def send(self, number: str, day: jdatetime.date, by: str = "") -> Entry:
        """Says that a recorded letter was sent on this day, and by which way; the same again changes nothing.

        Raises AssemblerError when the number is unknown, void or not recorded yet, or was sent on another day.
        """
        said = (date_text(day), self._line(translate("way it was sent"), by))
        with self._writing():
            entry = self._gone_out(number)
            if entry.sent and (date_text(entry.sent), entry.sent_by) != said:
                raise self._refusal("registry-sent", number=entry.number, date=format_date(entry.sent))
            self._change(entry, "sent = ?, sent_by = ?", said)
        return self.find(number)

    def void(self, number: str, why: str, day: jdatetime.date) -> Entry:
        """Takes a number out of use from this day on; it stays in the registry and is never given again.

        Raises AssemblerError when the number is unknown or void already, or the reason is blank.
        """
        reason = self._line(translate("reason"), why)
        if not reason:
            raise self._refusal("required", label=wording("reason"))
        with self._writing():
            self._change(self._live(number), "state = 'void', voided = ?, why = ?", (date_text(day), reason))
        return self.find(number)

    def _number(self, key: LetterKey, day: jdatetime.date) -> str:
        held = self._held(key)
        if held:
            return held.number
        identity, pattern = self._newest_pattern()
        scope = pattern.scope(day)
        self._execute("INSERT INTO series VALUES (?, ?) ON CONFLICT DO NOTHING", scope, pattern.start)
        serial = self._next(scope)
        number = pattern.number(day, serial)
        if self._rows("folded = ?", fold(number)):
            raise self._refusal("registry-number-taken", number=number)
        self._execute(
            "INSERT INTO letters (scope, serial, number, folded, pattern, of_case, letter, revision, given, search)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(scope, serial, number, fold(number), identity, *key, date_text(day), search_text(number, *key[:2])),
        )
        return number

    def _next(self, scope: int) -> int:
        return value(
            self._connection,
            "SELECT coalesce((SELECT max(serial) + 1 FROM letters WHERE scope = ?1), first) FROM series"
            " WHERE scope = ?1",
            scope,
        )

    def _live(self, number: str) -> Entry:
        """The entry of a number that is not void."""
        entry = self._find(number)
        if entry.state == "void":
            raise self._refusal("registry-number-void", number=entry.number, why=entry.why)
        return entry

    def _gone_out(self, number: str) -> Entry:
        """The entry of a number that stands for a letter."""
        entry = self._live(number)
        if not entry.is_recorded:
            raise self._refusal("registry-only-reserved", number=entry.number, letter=f"{entry.case} / {entry.letter}")
        return entry

    def _change(self, entry: Entry, what: str, arguments: tuple[str, ...]) -> None:
        self._execute(f"UPDATE letters SET {what} WHERE number = ?", *arguments, entry.number)  # noqa: S608
        changed = self._find(entry.number)
        words = (*changed.key[:2], changed.subject, changed.recipient, changed.why, changed.sent_by)
        self._execute("UPDATE letters SET search = ? WHERE number = ?", search_text(entry.number, *words), entry.number)

    def _line(self, label: str, text: str) -> str:
        """A text as one tidy line."""
        sign = control_character(text)
        if sign:
            raise self._refusal("control-character", label=label, character=f"U+{ord(sign):04X}")
        line = " ".join(normalise(text).split())
        if len(line) > _MOST:
            raise self._refusal("text-too-long", label=label, length=len(line), limit=_MOST)
        return line

    def _kept(self, file: Path) -> str:
        """A file by its way from the registry's folder where it lies below it, so that the whole may move."""
        whole, folder = file.resolve(), self.path.resolve().parent
        kept = (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()
        sign = control_character(kept)
        if sign:
            raise self._refusal("control-character", label=wording("file"), character=f"U+{ord(sign):04X}")
        return kept

    # ---------------------------------------------------------------- patterns

    @property
    def pattern(self) -> NumberPattern:
        """The pattern by which numbers are given now."""
        with database.told(self.path, self._wait):
            return self._newest_pattern()[1]

    def change_pattern(self, pattern: NumberPattern, day: jdatetime.date, *, first: int | None = None) -> None:
        """Lets numbers follow another pattern from now on; given numbers stay as they are.

        Serials that are counted already go on. Raises AssemblerError when the pattern cannot be used, or ``first``
        would leave a gap.
        """
        tidy = pattern.tidied()
        with self._writing():
            self._take_pattern(tidy, day, first)

    def next_serial(self, day: jdatetime.date) -> int:
        """The serial the next number will have on this day, if nobody else takes it."""
        with database.told(self.path, self._wait):
            pattern = self._newest_pattern()[1]
            scope = pattern.scope(day)
            counted = value(self._connection, "SELECT count(*) FROM series WHERE scope = ?", scope)
            return self._next(scope) if counted else pattern.start

    def _take_pattern(self, pattern: NumberPattern, day: jdatetime.date, first: int | None) -> None:
        scope = pattern.scope(day)
        self._execute(
            "INSERT INTO patterns (text, unit, counting, start, since) VALUES (?, ?, ?, ?, ?)",
            *(*astuple(pattern), date_text(day)),
        )
        if first is None:
            return
        self._execute("INSERT INTO series VALUES (?, ?) ON CONFLICT DO NOTHING", scope, first)
        if self._next(scope) == first:
            return
        if value(self._connection, "SELECT count(*) FROM letters WHERE scope = ?", scope):
            told = (persian_digits(str(serial)) for serial in (first, self._next(scope)))
            raise self._refusal("registry-first", **dict(zip(("first", "next"), told, strict=True)))
        self._execute("UPDATE series SET first = ? WHERE scope = ?", first, scope)

    def _newest_pattern(self) -> tuple[int, NumberPattern]:
        identity, *told = self._connection.execute(
            "SELECT id, text, unit, counting, start FROM patterns ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return int(identity), NumberPattern(*told)

    # ---------------------------------------------------------------- finding

    def find(self, number: str) -> Entry:
        """The entry of a number, typed in any digits and with or without zeros in front.

        Raises AssemblerError when there is none, or several may be meant.
        """
        with database.told(self.path, self._wait):
            return self._find(number)

    def issued(self, number: str) -> Entry:
        """The entry of a number that stands for a letter.

        Raises AssemblerError when the number is unknown, void or only reserved.
        """
        with database.told(self.path, self._wait):
            return self._gone_out(number)

    def held(self, key: LetterKey) -> Entry | None:
        """The entry of a letter, None when it has no number that is not void."""
        with database.told(self.path, self._wait):
            return self._held(key.tidied())

    def entries(
        self,
        search: str = "",
        *,
        year: int | None = None,
        start: jdatetime.date | None = None,
        end: jdatetime.date | None = None,
        state: State | None = None,
    ) -> list[Entry]:
        """The entries in the order their numbers were given; each word of ``search`` must occur, however spelled.

        Year, start and end (included) are of the letter's date; while it has none, of the day its number was given.
        """
        tests: list[tuple[str, str]] = [("instr(search, ?) > 0", fold(word)) for word in search.split()]
        tests += [(f"substr({_DAY}, 1, 4) = ?", f"{year:04d}")] if year is not None else []
        tests += [(f"{_DAY} >= ?", date_text(start))] if start else []
        tests += [(f"{_DAY} <= ?", date_text(end))] if end else []
        tests += [(f"({_STATE}) = ?", state)] if state else []
        with database.told(self.path, self._wait):
            return self._rows(" AND ".join(["1", *(test for test, _ in tests)]), *(word for _, word in tests))

    def last_day_before(self, number: str) -> tuple[str, jdatetime.date] | None:
        """The number with the latest day among those before one, or among all; void ones do not count.

        The day of a number is that of its letter; while it has none, that on which it was given.
        """
        entries = self.entries()
        at = next((at for at, entry in enumerate(entries) if fold(entry.number) == fold(number)), len(entries))
        days = [(entry.number, entry.day) for entry in entries[:at] if entry.state != "void"]
        return max(days, key=lambda told: told[1], default=None)

    def _find(self, number: str) -> Entry:
        found = self._rows("folded = ?", fold(number))
        typed = plain(number)
        near = found or self._rows("instr(search, ?) > 0", typed)
        found = found or [entry for entry in near if plain(entry.number) == typed]
        if len(found) != 1:
            near = near if typed else []
            guesses = "» / «".join(entry.number for entry in near[:3]) or "?"
            raise self._refusal("registry-number-unknown", number=persian_digits(number), guess=guesses)
        return found[0]

    def _held(self, key: LetterKey) -> Entry | None:
        found = self._rows("of_case = ? AND letter = ? AND revision = ? AND state <> 'void'", *key)
        return found[0] if found else None

    def _rows(self, test: str, *arguments: object) -> list[Entry]:
        query = f"SELECT {_COLUMNS} FROM letters WHERE {test} ORDER BY id"  # noqa: S608 - the tests are those above
        return [entry_of(row) for row in self._connection.execute(query, arguments)]

    # ---------------------------------------------------------------- safety

    def verify(self) -> tuple[Problem, ...]:
        """Everything wrong with the file, its numbers, and the files of recorded letters that are still there.

        Numbers that are still open, and files that are gone, are told as information.
        """
        with database.told(self.path, self._wait), database.reading(self._connection):
            try:
                return proof.findings(self._connection, self.path, self.entries())
            except (TypeError, ValueError, OverflowError):
                reason = wording("a row in it is none a registry writes")
                found = problem("registry-damaged", Place(file=str(self.path)), name=self.path.name, reason=reason)
                return (found,)

    def backup(self, target: Path) -> None:
        """Writes a copy as of one moment, also while numbers are given. Raises AssemblerError when it exists."""
        if target.exists():
            raise refusal(target, "registry-exists")
        # Reading first: SQLite's copying would wait without end for a file that stays locked.
        with database.told(self.path, self._wait), database.reading(self._connection):
            try:
                self._copy(target)
            except OSError as error:
                raise refusal(target, "registry-unwritable", reason=error.strerror or str(error)) from error

    def _copy(self, target: Path) -> None:
        """The copy gets its name when it is whole: one that broke off is never taken for a backup."""
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent)
        os.close(handle)
        unfinished = Path(name)
        try:
            with database.told(target, self._wait), closing(database.connect(unfinished, "rw", self._wait)) as copy:
                self._connection.backup(copy)
                proof.whole(copy, self.path)
            unfinished.chmod(0o644)
            put(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with database.told(self.path, self._wait), database.writing(self._connection):
            yield

    def _execute(self, statement: str, *arguments: object) -> None:
        self._connection.execute(statement, arguments)

    def _refusal(self, code: str, **arguments: object) -> AssemblerError:
        fault = problem(code, Place(file=str(self.path)), **arguments)
        return AssemblerError([fault], ExitCode.USAGE)


def _recorded(entry: Entry) -> tuple[str, ...]:
    date = date_text(entry.date) if entry.date else ""
    return date, entry.subject, entry.recipient, entry.sha256, entry.path
