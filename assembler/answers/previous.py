"""The case of the period before: which folder ``case.yaml`` names, and whether it can be what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assembler.base.messages import wording
from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import MappingNode, Scalar, describe, read
from assembler.model.folders import MOST_EARLIER, PREVIOUS, CaseFolder

_NAMED = re.compile(rb"\bprevious[\"']?\s*:")


def previous_folder(folder: Path, home: Path | None = None) -> Path | None:
    """The folder of the case before that a case names, be it there or not; None when it names none.

    A frozen case names it as seen from its ``home``, the case it was frozen from, and may carry it.
    """
    path = CaseFolder(folder).case_file
    try:
        if not path.is_file() or not _NAMED.search(path.read_bytes()):
            return None
    except OSError:
        return None
    node, _ = read(path)
    return named_folder(node, folder, home) if isinstance(node, MappingNode) else None


def earlier_folders(folder: Path) -> Iterator[Path]:
    """The folders of the cases before a case that are there, the latest first; no more than are ever followed."""
    met = {folder.resolve()}
    before = previous_folder(folder)
    while before is not None and before not in met and len(met) <= MOST_EARLIER:
        if not CaseFolder(before).case_file.is_file():
            return
        met.add(before)
        yield before
        before = previous_folder(before)


def named_folder(case: MappingNode, folder: Path, home: Path | None = None, *, carried: bool = True) -> Path | None:
    """The folder named in a ``case.yaml`` that has been read; None when there is none or its path leads nowhere.

    What a frozen case carries is what it was issued with; any other is taken only where the named folder is not there.
    Unless ``carried`` it is the one it was frozen from, be it there or not.
    """
    named = case.get(PREVIOUS)
    if not isinstance(named, Scalar) or named.text is None:
        return None
    inside = CaseFolder(folder).previous
    has_it = carried and inside.is_dir()
    try:
        found = (inside if home and has_it else (home or folder) / named.text).resolve()
        return inside.resolve() if has_it and not found.is_dir() else found
    except (OSError, RuntimeError, ValueError):
        return None


def previous_problems(
    case: MappingNode, folder: Path, before: Path | None, report: str, place: Place
) -> Iterator[Problem]:
    """Why the case named as the one ``before`` cannot be that; nothing when it can, or when none is named."""
    named = case.get(PREVIOUS)
    if named is None or (isinstance(named, Scalar) and named.text is None):
        return
    if not isinstance(named, Scalar):
        yield problem("wrong-shape", place, expected="previous: ../…", found=describe(named))
        return
    if before is None or not before.is_dir():
        yield problem("previous-missing", place, name=named.text, reason=wording("there is no such folder"))
    elif circle := _circle(folder.resolve(), before):
        yield problem("previous-circle", place, path=" → ".join(each.name for each in circle))
    else:
        yield from _report_problems(before, str(named.text), report, place)


def _circle(folder: Path, before: Path) -> tuple[Path, ...]:
    """The folders from a case back to one that was met already; none when the line of cases has a beginning."""
    met = [folder]
    following: Path | None = before
    while following is not None:
        met.append(following)
        if following in met[:-1]:
            return tuple(met)
        following = previous_folder(following)
    return ()


def _report_problems(before: Path, name: str, report: str, place: Place) -> Iterator[Problem]:
    """Whether the case before can be read at all, and belongs to the same report."""
    node, problems = read(CaseFolder(before).case_file)
    if not isinstance(node, MappingNode):
        reason = problems[0] if problems else wording("its case.yaml says nothing")
        yield problem("previous-missing", place, name=name, reason=reason)
        return
    found = node.get("report")
    found_name = found.text if isinstance(found, Scalar) else None
    if found_name != report:
        yield problem("previous-other-report", place, name=name, found=found_name or "—", expected=report)
