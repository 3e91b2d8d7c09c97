"""Zip archives that others made: parts that are no larger than told."""

from __future__ import annotations

from zipfile import ZipFile


def part_of(archive: ZipFile, name: str, most: int) -> bytes:
    """A part of an archive, read within ``foreign``. Raises ValueError when it has more than ``most`` bytes."""
    info = archive.getinfo(name)
    if info.file_size > most:
        raise ValueError(f"{name}: {info.file_size} bytes")
    return archive.read(info)
