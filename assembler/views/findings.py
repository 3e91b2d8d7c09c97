"""The findings of a case as a page to read and print: by section, with the row in question quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assembler.base.catalogue.entries import Severity
from assembler.base.catalogue.reasons import reason_of
from assembler.base.messages import number, spoken, translate
from assembler.base.problems import Place, Problem
from assembler.model.acceptances import Accepted, place_text
from assembler.model.filled import FilledForm
from assembler.packet.findings import ACCEPTED_TITLE, SEVERITY_WORDS, page_text
from assembler.packet.quoting import QuotedCell, quoted, sections
from assembler.views.templates import environment

_TEMPLATE = "findings.html.jinja"
_NO_PAGES: Mapping[str, int] = {}
_SHORT, _LONG = 160, 600  # characters of a quoted cell: beside the one in question, and that one itself


@dataclass(frozen=True)
class Card:
    """One finding, ready to print."""

    severity: str
    word: str
    message: str
    hint: str
    name: str
    where: str
    page: str
    page_link: str
    source: str
    source_link: str
    reason: str
    cells: tuple[QuotedCell, ...]
    why: str
    nothing: str  # what to say of an empty cell: a value that could not be read is not known here


@dataclass(frozen=True)
class Links:
    """Where the page leads, as seen from it: to the folder of the case, and to the PDF of its last build."""

    root: str = ""
    pdf: str = ""


_NO_LINKS = Links()


@dataclass(frozen=True)
class CardSection:
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Count:
    """How many findings of a severity there are: as a number for the bar, as a text for the reader."""

    severity: str
    word: str
    value: int
    text: str


def findings_page(
    title: str,
    problems: Sequence[Problem],
    accepted: Sequence[Accepted],
    forms: Mapping[str, FilledForm],
    *,
    folder: str = "",
    pages: Mapping[str, int] = _NO_PAGES,
    links: Links = _NO_LINKS,
) -> str:
    """The whole page, in Persian. Files are named as seen from ``folder``; ``links`` lead to them.

    ``pages`` are the printed pages of a build on which tables begin, by ``form.item``.
    """
    reasons = {id(one.problem): one.why for one in accepted}
    writer = _CardWriter(forms, folder, reasons, pages, links)
    with spoken("fa"):
        counts = [_count(severity, problems) for severity in Severity]
        return environment().get_template(_TEMPLATE).render(
            title=title,
            counts=counts,
            total=number(len(problems)),
            sections=writer.sections(problems),
            accepted=writer.sections([one.problem for one in accepted]),
            accepted_title=ACCEPTED_TITLE,
            accepted_count=number(len(accepted)),
        )  # fmt: skip


def _count(severity: Severity, problems: Sequence[Problem]) -> Count:
    value = sum(found.severity is severity for found in problems)
    return Count(str(severity), SEVERITY_WORDS[severity], value, number(value))


@dataclass(frozen=True)
class _CardWriter:
    forms: Mapping[str, FilledForm]
    folder: str
    reasons: Mapping[int, str]
    pages: Mapping[str, int]
    links: Links

    def sections(self, problems: Sequence[Problem]) -> list[CardSection]:
        return [
            CardSection(section.title, tuple(map(self.card, section.problems)))
            for section in sections(problems, self.forms)
        ]

    def card(self, found: Problem) -> Card:
        return Card(
            severity=str(found.severity),
            word=SEVERITY_WORDS[found.severity],
            message=found.message,
            hint=found.hint,
            name=f"{found.code} {place_text(found.place)}".strip(),
            where=found.where if found.names.item else "",
            page=page_text(found.place, self.pages),
            page_link=self._page_link(found.place),
            source=self._source(found.place),
            source_link=self._source_link(found.place),
            reason=translate(reason_of(found.code, found.severity)),
            cells=tuple(map(_cut, quoted(found.place, self.forms))),
            why=self.reasons.get(id(found), ""),
            nothing="(خالی)" if found.acceptable else "(خوانده نشد)",
        )

    def _page_link(self, place: Place) -> str:
        page = self.pages.get(f"{place.form}.{place.item}")
        return f"{self.links.pdf}#page={page}" if page and self.links.pdf else ""

    def _source_link(self, place: Place) -> str:
        within = bool(self.folder) and (place.file or "").startswith(f"{self.folder.rstrip('/')}/")
        return f"{self.links.root}/{quote(self._name(place))}" if within and self.links.root else ""

    def _name(self, place: Place) -> str:
        return (place.file or "").removeprefix(f"{self.folder.rstrip('/')}/" if self.folder else "")

    def _source(self, place: Place) -> str:
        name = self._name(place)
        return f"{name}:{place.line}" if name and place.line else name


def _cut(cell: QuotedCell) -> QuotedCell:
    """A quotation need not be whole: the answer file is named beside it."""
    limit = _LONG if cell.marked else _SHORT
    return cell if len(cell.text) <= limit else QuotedCell(cell.label, cell.text[:limit].rstrip() + " …", cell.marked)
