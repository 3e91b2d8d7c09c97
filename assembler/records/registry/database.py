"""The file of a registry: its tables, how older files are brought forward, and what SQLite's complaints mean.

The journal is SQLite's rollback journal, not a write-ahead log. A registry is written a few times an hour at most and
must stay one file that can be copied, sent and opened from a read-only folder; a write-ahead log keeps fresh numbers
in a second file that gets left behind, and cannot be used from two machines on a shared folder. ``synchronous`` is
EXTRA, which is FULL and also flushes the folder after the journal is gone: without that a power cut could bring the
journal back, undo a number that is already printed, and give it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assembler.base.log import log_trace
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, problem

APPLICATION = 0x61736D72  # «asmr» in the header of the file
WAIT = 30.0

_FIRST = (
    """CREATE TABLE patterns (
        id INTEGER PRIMARY KEY,
        text TEXT NOT NULL,
        unit TEXT NOT NULL,
        counting TEXT NOT NULL CHECK (counting IN ('year', 'on')),
        start INTEGER NOT NULL CHECK (typeof(start) = 'integer' AND start >= 0),
        since TEXT NOT NULL
    )""",
    """CREATE TABLE series (
        scope INTEGER PRIMARY KEY,
        first INTEGER NOT NULL CHECK (typeof(first) = 'integer' AND first >= 0)
    )""",
    """CREATE TABLE letters (
        id INTEGER PRIMARY KEY,
        scope INTEGER NOT NULL REFERENCES series (scope),
        serial INTEGER NOT NULL CHECK (typeof(serial) = 'integer'),
        number TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        pattern INTEGER NOT NULL REFERENCES patterns (id),
        of_case TEXT NOT NULL CHECK (of_case <> ''),
        letter TEXT NOT NULL CHECK (letter <> ''),
        revision INTEGER NOT NULL CHECK (typeof(revision) = 'integer' AND revision >= 0),
        given TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'recorded', 'void')),
        date TEXT NOT NULL DEFAULT '',
        subject TEXT NOT NULL DEFAULT '',
        recipient TEXT NOT NULL DEFAULT '',
        sha256 TEXT NOT NULL DEFAULT '',
        path TEXT NOT NULL DEFAULT '',
        voided TEXT NOT NULL DEFAULT '',
        why TEXT NOT NULL DEFAULT '',
        search TEXT NOT NULL,
        UNIQUE (scope, serial),
        CHECK (state <> 'recorded' OR (date <> '' AND length(sha256) = 64)),
        CHECK ((state = 'void') = (why <> '') AND (state = 'void') = (voided <> ''))
    )""",
    # A voided number stands for no letter any more: its letter may be given another.
    "CREATE UNIQUE INDEX letters_key ON letters (of_case, letter, revision) WHERE state <> 'void'",
    """CREATE TRIGGER letters_follow BEFORE INSERT ON letters
        WHEN NEW.serial IS NOT coalesce(
            (SELECT max(serial) + 1 FROM letters WHERE scope = NEW.scope),
            (SELECT first FROM series WHERE scope = NEW.scope))
        BEGIN SELECT raise(ABORT, 'a serial follows the last one'); END""",
    """CREATE TRIGGER letters_stay BEFORE DELETE ON letters
        BEGIN SELECT raise(ABORT, 'a given number stays'); END""",
    """CREATE TRIGGER letters_keep BEFORE UPDATE OF
            id, scope, serial, number, folded, pattern, of_case, letter, revision, given ON letters
        BEGIN SELECT raise(ABORT, 'a given number never changes'); END""",
    """CREATE TRIGGER letters_void BEFORE UPDATE OF
            state, date, subject, recipient, sha256, path, voided, why ON letters WHEN OLD.state = 'void'
        BEGIN SELECT raise(ABORT, 'a voided number stays void'); END""",
    """CREATE TRIGGER letters_recorded BEFORE UPDATE OF state, date, subject, recipient, sha256, path ON letters
        WHEN OLD.state = 'recorded' AND (NEW.state = 'open'
            OR (OLD.date, OLD.subject, OLD.recipient, OLD.sha256, OLD.path)
            IS NOT (NEW.date, NEW.subject, NEW.recipient, NEW.sha256, NEW.path))
        BEGIN SELECT raise(ABORT, 'a recorded letter never changes'); END""",
    """CREATE TRIGGER patterns_keep BEFORE UPDATE ON patterns
        BEGIN SELECT raise(ABORT, 'numbers were given by this pattern'); END""",
    """CREATE TRIGGER patterns_stay BEFORE DELETE ON patterns
        BEGIN SELECT raise(ABORT, 'numbers were given by this pattern'); END""",
    """CREATE TRIGGER series_keep BEFORE UPDATE ON series
        WHEN EXISTS (SELECT 1 FROM letters WHERE scope = OLD.scope)
        BEGIN SELECT raise(ABORT, 'numbers were given in this series'); END""",
    """CREATE TRIGGER series_stay BEFORE DELETE ON series
        BEGIN SELECT raise(ABORT, 'a series stays'); END""",
)
# What becomes of a letter once it is recorded: it is signed, it is sent.
_SECOND = (
    "ALTER TABLE letters ADD COLUMN signed TEXT NOT NULL DEFAULT ''",
    """ALTER TABLE letters ADD COLUMN scan_sha256 TEXT NOT NULL DEFAULT ''
        CHECK ((signed = '') = (scan_sha256 = '') AND length(scan_sha256) IN (0, 64))""",
    "ALTER TABLE letters ADD COLUMN scan_path TEXT NOT NULL DEFAULT '' CHECK (scan_path = '' OR signed <> '')",
    "ALTER TABLE letters ADD COLUMN sent TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE letters ADD COLUMN sent_by TEXT NOT NULL DEFAULT '' CHECK (sent_by = '' OR sent <> '')",
    """CREATE TRIGGER letters_go_out BEFORE UPDATE OF signed, scan_sha256, scan_path, sent, sent_by ON letters
        WHEN OLD.state <> 'recorded'
        BEGIN SELECT raise(ABORT, 'only a recorded letter is signed and sent'); END""",
    """CREATE TRIGGER letters_signed BEFORE UPDATE OF signed, scan_sha256, scan_path ON letters
        WHEN OLD.signed <> '' AND (OLD.signed, OLD.scan_sha256, OLD.scan_path)
            IS NOT (NEW.signed, NEW.scan_sha256, NEW.scan_path)
        BEGIN SELECT raise(ABORT, 'what was signed never changes'); END""",
    """CREATE TRIGGER letters_sent BEFORE UPDATE OF sent, sent_by ON letters
        WHEN OLD.sent <> '' AND (OLD.sent, OLD.sent_by) IS NOT (NEW.sent, NEW.sent_by)
        BEGIN SELECT raise(ABORT, 'what was sent never changes'); END""",
)
# How complaints begin that mean tables unlike ours.
_OTHERWISE_MADE = ("no such", "foreign key mismatch", "malformed", "error in", "unrecognized token", "unsafe use")
# What brings a file of version n to n + 1, statement by statement; a new file takes all of them.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND)

# SQLite speaks English only: what its complaints mean, for those who read them.
_NO_LEAVE = wording("there is no leave to write there")
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY: _NO_LEAVE,
    sqlite3.SQLITE_PERM: _NO_LEAVE,
    sqlite3.SQLITE_CANTOPEN: wording("it cannot be opened"),
    sqlite3.SQLITE_FULL: wording("the disk is full"),
    sqlite3.SQLITE_IOERR: wording("the disk reports a fault"),
}
DAMAGED = wording("its parts do not fit together")
_NO_TEXT = wording("a text in it cannot be read")

_OF_THE_PROGRAM = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError)


def connect(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    """Opens the file; ``mode`` is SQLite's (``rw``, ``rwc``), ``wait`` the seconds to wait for others."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, timeout=wait, isolation_level=None, uri=True)
    for setting in (
        "synchronous = EXTRA",
        "fullfsync = ON",  # macOS says a file is flushed before the disk has it
        "foreign_keys = ON",
        "recursive_triggers = ON",  # a row that is replaced is deleted, and must ask the trigger
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {setting}")
    return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that is alone from its first read on: all of it is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the file for several questions, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT count(*) FROM series").fetchone()  # only now others are kept from committing
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def told(path: Path, wait: float) -> Iterator[None]:
    """SQLite's complaints as problems. Raises AssemblerError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _failure(error, path, wait) from error
    except UnicodeDecodeError as error:  # a name or a text that no registry wrote
        raise refusal(path, "registry-damaged", reason=_NO_TEXT) from error


def refusal(path: Path, code: str, exit_code: ExitCode = ExitCode.REGISTRY, **arguments: object) -> AssemblerError:
    """The problem of a registry as a failure to raise."""
    return AssemblerError([problem(code, Place(file=str(path)), name=path.name, **arguments)], exit_code)


def _changed(said: str) -> str:
    """What of the tables was changed, without SQLite's own words."""
    return (
        said.rpartition(": ")[2].replace("foreign key mismatch - ", "").replace(" referencing ", " → ").replace('"', "")
    )


def _failure(error: sqlite3.Error, path: Path, wait: float) -> Exception:
    """The failure a complaint means; the complaint itself when it is none of the file but of the program."""
    code = getattr(error, "sqlite_errorcode", -1) & 0xFF  # the upper bits tell kinds of one complaint apart
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return refusal(path, "registry-locked", seconds=round(wait))
    if code == sqlite3.SQLITE_NOTADB:
        return refusal(path, "registry-none")
    if str(error).startswith("Could not decode"):  # Python's word, without a code
        return refusal(path, "registry-damaged", reason=_NO_TEXT)
    if code == sqlite3.SQLITE_CORRUPT:
        return refusal(path, "registry-damaged", reason=DAMAGED)
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(_OTHERWISE_MADE):
        return refusal(path, "registry-altered", what=_changed(str(error)))
    if code in _UNWRITABLE:
        return refusal(path, "registry-unwritable", reason=_UNWRITABLE[code])
    if isinstance(error, _OF_THE_PROGRAM) or "syntax error" in str(error):
        return error
    log_trace(error, str(path))
    return refusal(path, "registry-damaged", reason=DAMAGED)


def make_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Makes the tables in a file that holds nothing; within a transaction. Raises AssemblerError when it does."""
    if value(connection, "SELECT count(*) FROM sqlite_master"):
        raise refusal(path, "registry-exists")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    _bring_forward(connection, 0)


def of_this_version(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Brings an older file forward; where it cannot be written, a copy of it in memory, to be read only.

    Raises AssemblerError when the file is no registry, or a newer one.
    """
    if value(connection, "PRAGMA application_id") != APPLICATION:
        raise refusal(path, "registry-none")
    found = value(connection, "PRAGMA user_version")
    if found > len(MIGRATIONS):
        raise refusal(path, "registry-newer", found=found, known=len(MIGRATIONS))
    if found == len(MIGRATIONS):
        return connection
    try:
        with writing(connection):
            _bring_forward(connection, value(connection, "PRAGMA user_version"))  # another may have been here first
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _UNWRITABLE:
            raise
        return _copy_forward(connection)
    return connection


def _copy_forward(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with reading(connection):  # SQLite's copying would wait without end for a file that stays locked
        connection.backup(copy)
    connection.close()
    _bring_forward(copy, value(copy, "PRAGMA user_version"))
    copy.execute("PRAGMA query_only = ON")  # what is written into a copy would be lost
    return copy


def _bring_forward(connection: sqlite3.Connection, version: int) -> None:
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def expected_tables() -> dict[str, str]:
    """The definition of every table, index and trigger of an unharmed file, by name."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _bring_forward(connection, 0)
        return tables(connection)
    finally:
        connection.close()


def tables(connection: sqlite3.Connection) -> dict[str, str]:
    """The definition of every table, index and trigger of a file, by name."""
    return {str(name): str(sql) for name, sql in connection.execute("SELECT name, sql FROM sqlite_master")}


def value(connection: sqlite3.Connection, query: str, *arguments: object) -> int:
    """The one whole number a query gives."""
    (found,) = connection.execute(query, arguments).fetchone()
    return int(found)
