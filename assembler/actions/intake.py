"""Tables that departments made in Word and Excel, as `import` and `collect` take them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from assembler.actions.known_headers import known_headers
from assembler.actions.open_case import OpenCase
from assembler.assembly.converting import TURNED, turned
from assembler.base.messages import comma, digits, fill, translate
from assembler.base.persian import fold
from assembler.base.problems import AssemblerError, Place, Problem, problem
from assembler.collect.foreign.grids import ForeignFile, Grid
from assembler.collect.foreign.reading import PAGES, PDFS, SHEETS, TEXTS, WORD, read_foreign
from assembler.collect.intake.candidates import candidates
from assembler.collect.intake.known import Known, learnt
from assembler.collect.intake.matching import Match, Matcher
from assembler.collect.intake.proposing import Choices, Proposal, proposals
from assembler.collect.intake.questions import Questions, questions
from assembler.collect.intake.rows import AsideKind
from assembler.collect.intake.said import read_said, refuse_unknown, refuse_unknown_column
from assembler.model.years import year_of

__all__ = [
    "ENDINGS",
    "PDFS",
    "TITLE_SAYS",
    "Grid",
    "Match",
    "Proposal",
    "Scrap",
    "aside_words",
    "asked_again",
    "read_scraps",
    "reasons",
    "told_lines",
]

ENDINGS = frozenset((*WORD, *SHEETS, *PAGES, *PDFS, *TEXTS, *TURNED))
TITLE_SAYS = 0.6  # how alike the words above a table and a title of ours are that are told
_MOST_TOLD = 300  # lines of a table that was not taken
_MOST_LINES = 12  # lines at the beginning of a file in which a department calls itself


@dataclass(frozen=True)
class Scrap:
    """A file a department made, and what its tables are taken for; ``unit`` is the department, «» when unknown."""

    path: Path
    file: ForeignFile
    proposals: tuple[Proposal, ...]
    unit: str = ""
    learnt: Known = field(default_factory=Known)  # what somebody said of it, to be remembered

    @property
    def is_asking(self) -> bool:
        """Whether anything of it is not sure."""
        return any(each.state == "asked" or (each.draft and each.columns.asked) for each in self.proposals)


def read_scraps(
    case: OpenCase, paths: Sequence[Path], said: Sequence[str] = ()
) -> tuple[tuple[Scrap, ...], tuple[Problem, ...]]:
    """The files with what their tables are taken for, and what is wrong with the others. ``said`` is what somebody said
    of their tables.

    Raises AssemblerError: what was said names no table, no column or no file; ``units.yaml`` has errors.
    """
    if not paths:
        return (), ()
    choices = read_said(said, paths)
    known = known_headers(case.folder)
    matcher = Matcher(candidates(case.specs, known.also(), _years(case)))
    reader = _Reader(matcher, questions(case.specs), known, case.units().items)
    scraps: list[Scrap] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            file = read_foreign(path, partial(turned, settings=case.settings))
        except AssemblerError as error:
            problems += error.problems
            continue
        problems += _remarks(path, file)
        scraps.append(reader.scrap(path, file, choices[path]))
    return tuple(scraps), tuple(problems)


def _years(case: OpenCase) -> frozenset[str]:
    """The year a case is of; none where nobody has said it."""
    year = year_of(case.report.years, case.case.fields) if case.report.years else None
    return frozenset({str(year)} if year else ())


@dataclass(frozen=True)
class _Reader:
    """What files are held against: tables and questions of the case, what is known of headers, who answers what."""

    matcher: Matcher
    forms: tuple[Questions, ...]
    known: Known
    units: Mapping[str, Mapping[str, tuple[str, ...]]]

    def scrap(self, path: Path, file: ForeignFile, choices: Choices) -> Scrap:
        refuse_unknown(choices, self.matcher.candidates, len(file.grids), file.name)
        unit = _unit(path, file, tuple(self.units))
        of_unit = frozenset(f"{form}.{item}" for form, items in self.units.get(unit, {}).items() for item in items)
        found = proposals(file, self.matcher, of_unit, choices, self.forms, self.known.table_of)
        for each in found:
            if each.match is not None:
                refuse_unknown_column(each.match.candidate, choices.columns, each.grid.number)
        return Scrap(path, file, found, unit, learnt(found, choices))


def _unit(path: Path, file: ForeignFile, units: Sequence[str]) -> str:
    """The department a file is of: the one its name, its folder or its first lines name."""
    heads = [line for grid in file.grids[:1] for line in (*grid.headings, *grid.before)]
    for text in (path.stem, path.parent.name, "\n".join((*file.lines[:_MOST_LINES], *heads))):
        found = [unit for unit in units if fold(unit) in fold(text)]
        if len(found) == 1:
            return found[0]
    return ""


def _remarks(path: Path, file: ForeignFile) -> list[Problem]:
    place = Place(file=str(path))
    found = [] if file.grids else [problem("intake-no-table", place, name=file.name)]
    if file.pictured:
        pages = comma().join(map(digits, file.pictured))
        found.append(problem("intake-pictured", place, name=file.name, pages=pages))
    return found + [problem("intake-hidden-sheet", place, name=name) for name in file.hidden]


def asked_again(scraps: Sequence[Scrap]) -> Iterator[str]:
    """The options that would say all that is asked about, if the first guess of each is right."""
    for scrap in scraps:
        name = f"{scrap.file.name}:" if len(scraps) > 1 else ""
        for each in scrap.proposals:
            number = each.grid.number
            if each.state == "asked" and each.ranked.matches:
                yield from ("--as", f"{name}{number}={each.ranked.matches[0].candidate.name}")
            elif each.match is not None and each.draft is not None:
                for at, own in each.columns.asked.items():
                    yield from ("--as", f"{name}{number}.{at + 1}={each.match.candidate.leaf_names[own]}")


# ---------------------------------------------------------------- in words


def told_lines(grid: Grid, column: int | None = None) -> str:
    """A table as lines of text, or one of its columns; of a long one its beginning."""
    lines = [grid.begun(row) for row in range(min(grid.height, _MOST_TOLD))]
    if column is not None:
        lines = [tuple(cell for cell in line if cell.column <= column < cell.column + cell.columns) for line in lines]
    said = (" | ".join(" ".join(cell.text.split()) for cell in line) for line in lines)
    return "\n".join((*filter(None, said), *(["…"] if grid.height > _MOST_TOLD else [])))


def reasons(match: Match) -> str:
    """What speaks for a table, in words."""
    found = [fill("headers {percent}%", percent=round(match.heads.fit * 100))]
    if match.candidate.printed:
        found.append(fill("printed rows {percent}%", percent=round(match.rows * 100)))
    if match.caption >= TITLE_SAYS:
        found.append(fill("title {percent}%", percent=round(match.caption * 100)))
    if match.of_unit:
        found.append(translate("this unit answers it"))
    return comma().join(found)


def aside_words() -> Mapping[AsideKind, str]:
    """What a row is that is not taken."""
    return {
        "head": translate("the header once more"),
        "numbers": translate("numbers of columns"),
        "sum": translate("a sum"),
        "note": translate("a remark"),
        "band": translate("a heading between rows"),
        "stranger": translate("no row of ours"),
        "hidden": translate("a hidden row"),
    }
