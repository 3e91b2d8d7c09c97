"""What Word templates print, read from their text alone: the names of their tags, which specifications are read
against, and what is typed into them."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import chain, dropwhile, takewhile
from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

from jinja2 import meta

from assembler.base.archives import part_of
from assembler.base.foreign import attempt
from assembler.base.settings import template_names
from assembler.documents.sandbox import environment
from assembler.model.templates import NO_LETTERHEAD, SIGNATURE, Letterhead

_STORY = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
# What a tracked change deleted or moved away.
_GONE = re.compile(r"<w:(delText|moveFrom|delInstrText)\b(?:[^>]*/>|.*?</w:\1>)", re.DOTALL)
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})
_MARKUP = re.compile(r"<[^<>]*>")
_TAG = re.compile(r"\{[{%][^{}\n]*[}%]\}")
_SCOPE = re.compile(r"^\{([{%])(?:p|tr|tc|r) ")
_SIGNATURE = re.compile(rf"\{{\{{\s*{SIGNATURE}\s*\}}\}}")
_LARGEST = 20_000_000  # bytes of one story


T = TypeVar("T")


class _OfTemplates(Mapping[str, T]):
    """Something of each template in a folder, read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, T] = {}
        self._there = template_names(folder)

    def __iter__(self) -> Iterator[str]:
        return iter(self._there)

    def __len__(self) -> int:
        return len(self._there)

    def __getitem__(self, name: str) -> T:
        if name not in self._there:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._of(self._folder / f"{name}.docx")
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._there

    @abstractmethod
    def _of(self, template: Path) -> T: ...


class PrintedNames(_OfTemplates[frozenset[str] | None]):
    """The names each template prints; None for one that cannot be read."""

    def _of(self, template: Path) -> frozenset[str] | None:
        return names_of(template)


class Letterheads(_OfTemplates[Letterhead]):
    """What is typed into each template; nothing of one that cannot be read."""

    def _of(self, template: Path) -> Letterhead:
        return letterhead_of(template)


def letterhead_of(template: Path) -> Letterhead:
    """What is typed into a template."""
    try:
        facts = template.stat()
    except OSError:
        return NO_LETTERHEAD
    return _letterhead_of(template, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=64)
def _letterhead_of(template: Path, changed: int, size: int) -> Letterhead:
    """Read once for each state of the file."""
    stories: Sequence[str] = attempt(lambda: _stories(template), template, ())
    lines = [line for story in stories for line in _text(story).split("\n")]
    typed = tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and not _TAG.search(line)))
    return Letterhead(typed, tuple(_below_signature(lines)))


def _below_signature(lines: Iterable[str]) -> Iterator[str]:
    """The lines typed between the room for the signature and the next name that is printed, or the next label."""
    below = list(dropwhile(lambda line: not _SIGNATURE.search(line), lines))[1:]
    typed = takewhile(lambda line: "{{" not in line and not line.strip().endswith(":"), below)
    return (line.strip() for line in typed if line.strip() and not _TAG.search(line))


def names_of(template: Path) -> frozenset[str] | None:
    """The names a template prints; None for one that cannot be read."""
    try:
        facts = template.stat()
    except OSError:
        return None
    return _names_of(template, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=64)  # many letters are made from one template
def _names_of(template: Path, changed: int, size: int) -> frozenset[str] | None:
    """Read once for each state of the file, which ``changed`` and ``size`` tell apart."""
    return attempt(lambda: frozenset(chain.from_iterable(map(_in_story, _stories(template)))), template, None)


def _stories(template: Path) -> Sequence[str]:
    """The markup of body, headers and footers."""
    with ZipFile(template) as archive:
        return [part_of(archive, name, _LARGEST).decode() for name in archive.namelist() if _STORY.fullmatch(name)]


def _text(markup: str) -> str:
    """The text of a story, a paragraph a line; a tag may be cut into several runs."""
    return unescape(_MARKUP.sub("", _GONE.sub("", markup).replace("</w:p>", "\n")))


def _in_story(markup: str) -> set[str]:
    """The names of a story that no loop of its own brings."""
    tags = "".join(_SCOPE.sub(r"{\1 ", tag).translate(STRAIGHT) for tag in _TAG.findall(_text(markup)))
    return meta.find_undeclared_variables(environment().parse(tags))
