"""The specifications as they were read the last time. Reading them is most of what a small command does, and they
change once a year.

What is remembered lies in the user's own cache folder, as Python's compiled modules lie beside theirs, and is true
only of the very files, templates and engine it was read from. Only what is without a fault is remembered.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from assembler.base.files import write_whole
from assembler.base.messages import language
from assembler.base.problems import Problem
from assembler.base.settings import template_names
from assembler.base.user_folder import user_folder
from assembler.documents.names import PrintedNames
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import FormSpec
from assembler.records.fingerprint import fingerprint
from assembler.specs.files import list_texts, spec_texts

_PACKAGE = Path(__file__).resolve().parent.parent
# What makes a Library out of YAML, and what it is made of.
_MAKERS = ("base", "model", "specs", "documents")
_Specs: TypeAlias = tuple[Mapping[str, FormSpec], Mapping[str, ReportSpec]]
_KEPT = 24  # libraries: a report or two of a few folders, in two languages


def remembered_library(
    folder: Path, templates: Path, only: Collection[str] = ()
) -> tuple[Library, tuple[Problem, ...]]:
    """What ``read_library`` says of a folder of specifications with a folder of templates."""
    home, printed = _home(), PrintedNames(templates)
    key = home and _key(folder, templates, only)
    if home and key and (known := _recalled(home / key)):
        return Library(*known, printed), ()
    from assembler.specs.library import read_library

    found, problems = read_library(folder, printed, only)
    # A file saved while it was read is not what the key says.
    if home and key and not problems and key == _key(folder, templates, only):
        with suppress(OSError, pickle.PicklingError, RecursionError):
            _remember(home / key, (found.forms, found.reports))
    return found, problems


def _home() -> Path | None:
    folder = user_folder()
    return folder / "specs" if folder else None


def _key(folder: Path, templates: Path, only: Collection[str]) -> str:
    """Places name the files as the folder was told, and names of templates are known by their state."""
    read = spec_texts(folder, only) | list_texts(folder)
    texts = {str(path): hashlib.sha256(text).digest() for path, text in read.items()}
    drawn = [_state(templates / f"{name}.docx") for name in template_names(templates)]
    return fingerprint(str(folder), texts, drawn, sorted(only), language(), sys.version, list(_engine()))


def _engine() -> Iterator[str]:
    for name in _MAKERS:
        for folder, _, names in os.walk(_PACKAGE / name):
            yield from (_state(Path(folder, name)) for name in sorted(names) if name.endswith(".py"))


def _state(path: Path) -> str:
    with suppress(OSError):
        facts = path.stat()
        return f"{path} {facts.st_mtime_ns} {facts.st_size}"
    return str(path)


def _recalled(path: Path) -> _Specs | None:
    """The forms and reports in a file that this user wrote; of any other none, as who writes it decides what runs."""
    try:
        if sys.platform != "win32" and path.stat().st_uid != os.getuid():
            return None
        seal, pickled = path.read_bytes().split(b"\n", 1)
        specs: _Specs | None = _Unpickler(io.BytesIO(pickled)).load() if seal == _seal(pickled) else None
        return specs
    except Exception:  # what was remembered may be damaged in any way; then the specifications are read
        return None


def _remember(path: Path, specs: _Specs) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(specs)
    write_whole(path, _seal(stream.getvalue()) + b"\n" + stream.getvalue())
    kept = sorted(path.parent.iterdir(), key=lambda other: other.stat().st_mtime_ns)
    for other in kept[:-_KEPT]:
        other.unlink(missing_ok=True)


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


class _Pickler(pickle.Pickler):
    """Frozen mappings are none of the things pickle knows."""

    def reducer_override(self, value: object) -> Any:
        if type(value) is MappingProxyType:
            return _frozen, (dict(value),)
        return NotImplemented


def _frozen(entries: dict[str, object]) -> Mapping[str, object]:
    return MappingProxyType(entries)


_PLAIN = {(__name__, "_frozen"), ("fractions", "Fraction"), ("decimal", "Decimal")}


class _Unpickler(pickle.Unpickler):
    """Makes nothing but values of the model: a file that asks for anything else is none of ours."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN or module.startswith(("assembler.model.", "assembler.base.")):
            found = super().find_class(module, name)
            if isinstance(found, type) or (module, name) in _PLAIN:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
