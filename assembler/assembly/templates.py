"""Whether the templates of a packet can be filled: what `template check` says of them, a check and a build say too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path

from assembler.assembly.fonts import template_file
from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Place, Problem, problem
from assembler.base.settings import Settings, shipped_template
from assembler.documents.names import names_of
from assembler.model.packet import Part
from assembler.model.templates import BODY, DOCUMENT_ID, SIGNATURE

_ALWAYS = frozenset({BODY, SIGNATURE, DOCUMENT_ID})


def check_templates_of(parts: Iterable[Part], settings: Settings) -> Iterator[Problem]:
    """The errors of the templates the parts are written into, and of each how many warnings it has.

    A template that is as it was delivered is sound: reading it would load the Word library for nothing.
    """
    used: dict[str, list[Part]] = {}
    for part in parts:
        if part.template:
            used.setdefault(part.template, []).append(part)
    for name, users in used.items():
        file = template_file(settings, name)
        offered = {part.name: part.fields.keys() | _ALWAYS for part in users}
        if file.is_file() and not _is_as_delivered(file, offered.values()):
            yield from _told(file, offered, needs_body=any(part.blocks for part in users))


def _is_as_delivered(file: Path, offered: Iterable[Set[str]]) -> bool:
    shipped = shipped_template(file.name)
    if shipped is None or file.stat().st_size != shipped.stat().st_size or file.read_bytes() != shipped.read_bytes():
        return False
    names = names_of(file)
    return names is not None and all(names <= each for each in offered)


def _told(file: Path, offered: Mapping[str, Set[str]], *, needs_body: bool) -> Iterator[Problem]:
    named = tuple((part, frozenset(names)) for part, names in offered.items())
    found = _found(file, file.stat().st_mtime_ns, named, needs_body)
    yield from (one for one in found if one.severity is Severity.ERROR)
    if warnings := sum(one.severity is Severity.WARNING for one in found):
        yield problem("template-warnings", Place(file=str(file)), count=warnings)


@lru_cache(maxsize=64)  # many letters are made from one template
def _found(
    file: Path, changed: int, offered: tuple[tuple[str, frozenset[str]], ...], needs_body: bool
) -> tuple[Problem, ...]:
    from assembler.documents.templates import check_template  # the Word library is loaded for templates of one's own

    return check_template(file, dict(offered), needs_body)
