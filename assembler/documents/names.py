"""The names Word templates print, read from their tags alone: what specifications are read against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from zipfile import ZipFile

from jinja2 import TemplateError, meta

from assembler.base.archives import DAMAGED, part_of
from assembler.base.settings import template_names
from assembler.documents.sandbox import environment

_STORY = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_MARKUP = re.compile(r"<[^<>]*>")
_TAG = re.compile(r"\{[{%][^{}\n]*[}%]\}")
_SCOPE = re.compile(r"^\{([{%])(?:p|tr|tc|r) ")
_LARGEST = 20_000_000  # bytes of one story


class PrintedNames(Mapping[str, frozenset[str] | None]):
    """The names each template in a folder prints, read when they are asked for; None for one that cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, frozenset[str] | None] = {}
        self._there = template_names(folder)

    def __iter__(self) -> Iterator[str]:
        return iter(self._there)

    def __len__(self) -> int:
        return len(self._there)

    def __getitem__(self, name: str) -> frozenset[str] | None:
        if name not in self._there:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = _names(self._folder / f"{name}.docx")
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._there


def _names(template: Path) -> frozenset[str] | None:
    try:
        with ZipFile(template) as archive:
            stories = [part_of(archive, name, _LARGEST) for name in archive.namelist() if _STORY.fullmatch(name)]
            return frozenset(name for story in stories for name in _in_story(story.decode()))
    except (*DAMAGED, TemplateError):
        return None


def _in_story(markup: str) -> set[str]:
    """The names of a story that no loop of its own brings; a tag may be cut into several runs."""
    text = unescape(_MARKUP.sub("", markup.replace("</w:p>", "\n")))
    tags = "".join(_SCOPE.sub(r"{\1 ", tag) for tag in _TAG.findall(text))
    return meta.find_undeclared_variables(environment().parse(tags))
