"""The answers a finished PDF carries inside: one zip with the files of the case and a manifest of their hashes.

What is taken out again may come from anywhere: names, sizes and hashes are proved before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import fill, translate, wording
from assembler.model import folders

CASE_FILE = "case.zip"  # the name of the zip inside a PDF
FORMAT = 1
_MANIFEST = "manifest.json"
_ROOT_FILES = (folders.CASE_FILE, folders.ACCEPTED_FILE, folders.UNITS_FILE, folders.PERSONS_FILE)
_FOLDERS = (folders.ANSWERS, folders.ATTACHMENTS)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_UNIX = 3
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MOST_FILES = 10_000
MOST_BYTES = 512 * 1024**2  # of all files together, unpacked
_MOST_MANIFEST = 16 * 1024**2
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_Told = TypeVar("_Told")


class BundleError(Exception):
    """Why the answers of a PDF cannot be taken out, in the reader's language."""


@dataclass(frozen=True)
class IssuedLetter:
    """A letter with the number and the date (``1405/02/31``) it went out with; both «» when it has none."""

    part: str
    number: str
    date: str


@dataclass(frozen=True)
class Manifest:
    """What a PDF says of itself: its case, the revision (0 of a PDF that was never issued), pages and parts.

    ``parts`` are the SHA-256 of the Word files by their names in the output, ``files`` those of the case by their
    paths in it; ``previous`` is that of the record of the revision before.
    """

    case: str
    report: str
    pages: int
    parts: Mapping[str, str]
    revision: int = 0
    letters: tuple[IssuedLetter, ...] = ()
    previous: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def case_files(folder: Path) -> Mapping[str, Path]:
    """The files that make up a case by their paths in it, the answers of the case before among them; hidden ones are
    none.
    """
    return dict(sorted({**_own_files(folder), **_previous_files(folder)}.items()))


def how_deep(name: str) -> int:
    """How many cases before its own a file of a case belongs to, by its path."""
    parts = name.split("/")
    return next((deep for deep, part in enumerate(parts) if part != folders.PREVIOUS), len(parts))


def within(files: Mapping[str, _Told], deep: int) -> Mapping[str, _Told]:
    """What a case is made of with the answers of so many cases before it: cases did not carry them always."""
    return {name: told for name, told in files.items() if how_deep(name) <= deep}


def _own_files(folder: Path) -> Mapping[str, Path]:
    found = {name: folder / name for name in _ROOT_FILES if (folder / name).is_file()}
    for each in _FOLDERS:
        for path in (folder / each).rglob("*"):
            way = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in way.parts):
                found[way.as_posix()] = path
    return found


def _previous_files(folder: Path) -> Mapping[str, Path]:
    """What the numbers of a case may rest on beside its own files; reading YAML is loaded only where one is named."""
    path = folders.CaseFolder(folder).case_file
    if not path.is_file() or folders.PREVIOUS.encode() not in path.read_bytes():
        return {}
    from assembler.answers import answer_files, earlier_folders

    found = {}
    for deep, before in enumerate(earlier_folders(folder), start=1):
        earlier = folders.CaseFolder(before)
        for each in (earlier.case_file, *answer_files(earlier.answers)[0]):
            found[f"{folders.PREVIOUS}/" * deep + each.relative_to(before).as_posix()] = each
    return found


def case_hashes(folder: Path) -> Mapping[str, str]:
    """The SHA-256 of the files of a case, by their paths in it."""
    return {name: sha256(path.read_bytes()) for name, path in case_files(folder).items()}


# ---------------------------------------------------------------- packing


def pack(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """The zip of a case: the same files and the same manifest give the same bytes.

    Raises BundleError when it could not be taken out again: a name no system writes, or too much of everything.
    """
    if sum(map(len, files.values())) > MOST_BYTES:
        raise BundleError(_too_large())
    _sound([_entry(name) for name in files])
    hashes = {name: sha256(files[name]) for name in sorted(files)}
    told = asdict(manifest) | {"files": hashes}
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {_MANIFEST: text.encode("utf-8", "replace"), **dict(sorted(files.items()))}.items():
            packed.writestr(_entry(name), data)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _MODE
    return entry


# ---------------------------------------------------------------- unpacking


def unpack(data: bytes) -> tuple[Manifest, Mapping[str, bytes]]:
    """The manifest and the files of a zip that ``pack`` made. Raises BundleError for any other."""
    try:
        with foreign("case.zip", BundleError), zipfile.ZipFile(BytesIO(data)) as packed:
            entries = {entry.filename: entry for entry in _sound(packed.infolist())}
            manifest = _manifest(_content(packed, entries.pop(_MANIFEST, None), _MOST_MANIFEST))
            files = dict(_files(packed, entries))
    except UnreadableError as error:
        raise BundleError(translate("the file is damaged")) from error
    altered = sorted(
        name for name in {*manifest.files, *files} if manifest.files.get(name) != sha256(files.get(name, b""))
    )
    if altered or manifest.files.keys() != files.keys():
        named = "، ".join(altered or sorted(manifest.files.keys() ^ files.keys()))
        raise BundleError(wording("these files are not those its own list names: {names}", names=named))
    return manifest, files


def _files(packed: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    for name, entry in entries.items():
        data = _content(packed, entry, left)
        left -= len(data)
        yield name, data


def _sound(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The entries, once none of them could be written where it should not be."""
    if len(entries) > MOST_FILES:
        raise BundleError(wording("it holds more than {limit} files", limit=MOST_FILES))
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BundleError(_too_large())
    for entry in entries:
        if not _is_of_a_case(entry):
            raise BundleError(wording("it holds «{name}», which is no file of a case", name=_shown(entry.filename)))
    folded = [unicodedata.normalize("NFC", entry.filename).casefold() for entry in entries]
    if len(set(folded)) < len(folded):
        twice = next(name for place, name in enumerate(folded) if name in folded[:place])
        raise BundleError(wording("it holds «{name}» twice", name=_shown(twice)))
    return entries


def _is_of_a_case(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a plain file at a place a case has files."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or entry.is_dir() or entry.flag_bits & 1 or entry.compress_type not in _METHODS:
        return False
    name, parts = entry.filename, entry.filename.split("/")
    if _FORBIDDEN.search(name) or any(part.strip() in ("", ".", "..") or part.startswith(".") for part in parts):
        return False
    if deep := how_deep(name):
        rest = parts[deep:]
        named = rest == [folders.CASE_FILE] or (len(rest) == 2 and rest[0] == folders.ANSWERS)
        return named and deep <= folders.MOST_EARLIER
    return name in (*_ROOT_FILES, _MANIFEST) or (len(parts) > 1 and parts[0] in _FOLDERS)


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo | None, limit: int) -> bytes:
    """What an entry holds: not more than the limit is ever unpacked, whatever the entry says of its size."""
    if entry is None:
        raise BundleError(wording("it holds no {name}", name=_MANIFEST))
    with packed.open(entry) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise BundleError(_too_large())
    return data


def _manifest(data: bytes) -> Manifest:
    told: dict[str, Any] = json.loads(data)
    if told["format"] != FORMAT:
        raise BundleError(wording("it was written by another version of the program"))
    letters = tuple(IssuedLetter(**{name: str(text) for name, text in one.items()}) for one in told.pop("letters"))
    manifest = Manifest(**{**told, "letters": letters})
    _prove_kinds(manifest)
    return manifest


def _prove_kinds(manifest: Manifest) -> None:
    """Raises ValueError or TypeError when a manifest holds what ``pack`` never writes."""
    counts = (manifest.pages, manifest.revision)
    texts = (manifest.case, manifest.report, manifest.previous)
    hashes = (*manifest.parts.values(), *manifest.files.values())
    if not all(type(count) is int and count >= 0 for count in counts):
        raise ValueError
    if not all(isinstance(text, str) for text in texts) or not all(map(_SHA256.fullmatch, hashes)):
        raise ValueError


def _too_large() -> str:
    return fill("it is larger than {limit} megabytes", limit=MOST_BYTES // 1024**2)


def _shown(name: str) -> str:
    """A name from outside, without signs that would confuse a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:200]
