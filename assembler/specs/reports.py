"""Builds a ReportSpec from a node that fits its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Place, Problem, problem
from assembler.base.tongue import Tongue, printed_in, printed_words
from assembler.base.yamlfile import MappingNode
from assembler.model.blocks import walk
from assembler.model.folders import CASE_FILE
from assembler.model.reports import (
    Across,
    Deadline,
    DocumentIdSpec,
    Fall,
    FieldText,
    Gather,
    GatherCheck,
    GatheredTable,
    PartSpec,
    Periods,
    ReportSpec,
    SignerSpec,
)
from assembler.model.specs import Choice, Expression
from assembler.specs import nodes
from assembler.specs.amendments import amendment
from assembler.specs.blocks import build_blocks
from assembler.specs.forms import build_case_form
from assembler.specs.language.blocks import DOCUMENT_ID_TEXTS, PART, PART_WORDS
from assembler.specs.language.reports import CASE_WORDS
from assembler.specs.nodes import expression, items, mapping, text, texts, whole
from assembler.specs.scoring import score_card
from assembler.specs.shapes import refused
from assembler.specs.tongues import gregorian
from assembler.specs.years import check_years, years

LABELS = MappingProxyType({"table": "جدول شماره", "figure": "تصویر شماره", "chart": "نمودار شماره", "section": "بخش"})
_NOT_IN_ENGLISH = ("digits",)
_OF_CASES = ("when", "periods", "key", "across")  # of tables with a row for each case
_NOTICE = 14  # days
_SEPARATOR = "|"
_SHARING = (2, 3, 4)  # pictures on a page


def build_report(node: MappingNode, place: Place, root: Path | None = None) -> tuple[ReportSpec, tuple[Problem, ...]]:
    """A report and its problems; names of items and forms are followed later, when all forms are known."""
    case, problems = build_case_form(node, place, root)
    found = list(problems)
    labels = mapping(node.get("labels"))
    written = _tongue(node)
    found.extend(_unwritten(node, place))
    report = ReportSpec(
        id=text(node, "report"),
        title=text(node, "title"),
        author=text(node, "author"),
        source=nodes.source(node.get("source")),
        audience=text(node, "audience"),
        case=gregorian(case) if written.calendar == "gregorian" else case,
        forms=texts(node, "forms"),
        parts=tuple(_part(mapping(part), node, place, found) for part in items(node.get("parts"))),
        signers=tuple(
            SignerSpec(text(mapping(entry), "key"), text(mapping(entry), "name"), text(mapping(entry), "post"))
            for entry in items(node.get("signers"))
        ),
        labels=MappingProxyType({**_labels(written), **{key: text(labels, key) for key in labels.entries}}),
        statuses=tuple(
            Choice(text(mapping(entry), "name"), text(mapping(entry), "label")) for entry in items(node.get("statuses"))
        ),
        deadlines=tuple(_deadline(mapping(entry), place) for entry in items(node.get("deadlines"))),
        years=years(mapping(node.get("years")), place) if "years" in node.entries else None,
        periods=_periods(mapping(node.get("periods")), place) if "periods" in node.entries else None,
        gather=_gather(mapping(node.get("gather")), place, found) if "gather" in node.entries else None,
        scores=score_card(mapping(node.get("scores")), place) if "scores" in node.entries else None,
        own_numbers=text(node, "numbering") == "guidance",
        binding=_binding(text(node, "binding")),
        was=text(node, "was"),
        tongue=written,
        place=place.within(line=node.line_of("report")),
    )
    found.extend((*_duplicates(report), *check_years(report, mapping(node.get("years")))))
    return report, tuple(found)


def _binding(written: str) -> Literal["", "right", "left"]:
    return "right" if written == "right" else "left" if written == "left" else ""


def _tongue(node: MappingNode) -> Tongue:
    if text(node, "language") == "en":
        return Tongue("en", "jalali" if text(node, "calendar") == "jalali" else "gregorian", "latin")
    return Tongue(
        "fa",
        "gregorian" if text(node, "calendar") == "gregorian" else "jalali",
        "latin" if text(node, "digits") == "latin" else "persian",
    )


def _labels(written: Tongue) -> Mapping[str, str]:
    with printed_in(written):
        return {name: printed_words(words) for name, words in LABELS.items()}


def _unwritten(node: MappingNode, place: Place) -> Iterator[Problem]:
    """What has no English yet: score sheets; and digits that no English paper has."""
    if text(node, "language") != "en":
        return
    for word in _NOT_IN_ENGLISH:
        if word in node.entries and not (word == "digits" and text(node, word) == "latin"):
            yield problem("word-unfit", place.within(line=node.line_of(word)), name=word, shape="language: en")


def _deadline(node: MappingNode, place: Place) -> Deadline:
    where = place.within(line=node.line)
    notice = whole(node, "notice")
    return Deadline(
        label=text(node, "label"),
        date=expression(node, "date", where) or Expression("''", where),
        when=expression(node, "when", where),
        done=expression(node, "done", where),
        notice=_NOTICE if notice is None else notice,
        place=where,
    )


def _periods(node: MappingNode, place: Place) -> Periods:
    where = place.within(line=node.line)

    def one(word: str, otherwise: str) -> Expression:
        return expression(node, word, where) or Expression(otherwise, where)

    return Periods(
        year=one("year", "''"),
        number=one("number", "''"),
        unit=text(node, "unit"),
        months=one("months", "2"),
        start=one("start", "1"),
        days=one("days", "0"),
        place=where,
    )


def _gather(node: MappingNode, place: Place, found: list[Problem]) -> Gather:
    where = place.within(line=node.line)
    fields = mapping(node.get("fields"))
    return Gather(
        source=text(node, "from"),
        tables=tuple(_gathered_table(mapping(entry), place, found) for entry in items(node.get("tables"))),
        fields={name: text(fields, name) for name in fields.entries},
        checks=tuple(_gather_check(mapping(entry), place) for entry in items(node.get("checks"))),
        falls=tuple(_fall(mapping(entry), place) for entry in items(node.get("falls"))),
        place=where,
    )


def _gathered_table(node: MappingNode, place: Place, found: list[Problem]) -> GatheredTable:
    where = place.within(line=node.line)
    cells = mapping(node.get("cells"))
    of = text(node, "of", "cases")
    for word in (each for each in _OF_CASES if of != "cases" and each in node.entries):
        found.append(problem("word-unfit", place.within(line=node.line_of(word)), name=word, shape=f"of: {of}"))
    return GatheredTable(
        target=text(node, "table"),
        cells={name: told for name in cells.entries if (told := expression(cells, name, where))},
        of=of,
        when=expression(node, "when", where),
        last=text(node, "periods") == "last",
        key=texts(node, "key"),
        order=texts(node, "order"),
        across=_across(mapping(node.get("across")), where) if "across" in node.entries else None,
        place=where,
    )


def _across(node: MappingNode, place: Place) -> Across:
    columns = mapping(node.get("columns"))
    at = expression(node, "at", place) or Expression("''", place)
    return Across(at, {name: texts(columns, name) for name in columns.entries})


def _gather_check(node: MappingNode, place: Place) -> GatherCheck:
    where = place.within(line=node.line)
    test = expression(node, "test", where) or Expression("''", where)
    return GatherCheck(test, text(node, "message"), nodes.severity(node, "severity", Severity.WARNING), where)


def _fall(node: MappingNode, place: Place) -> Fall:
    where = place.within(line=node.line)
    value = expression(node, "value", where) or Expression("''", where)
    return Fall(value, text(node, "label"), expression(node, "unless", where))


def _document_id(node: MappingNode, place: Place) -> DocumentIdSpec:
    where = place.within(line=node.line)
    texts_ = tuple(text(node, word) for word in DOCUMENT_ID_TEXTS)
    return DocumentIdSpec(texts_, text(node, "separator") or _SEPARATOR, expression(node, "when", where), where)


def _part(node: MappingNode, report: MappingNode, place: Place, found: list[Problem]) -> PartSpec:
    kind: Any = next((word for word in PART.one_of if word in node.entries), "body")
    where = place.within(line=node.line)
    besides = {"separators"} if "bands" in node.entries else {"pictures"}
    words = [word for word in PART_WORDS[kind] if word not in besides]
    found.extend(refused(node, PART, (kind, "title", "when", *words), where))
    fields = mapping(node.get("fields"))
    return PartSpec(
        kind=kind,
        name=text(node, kind),
        title=text(node, "title"),
        template=text(node, "template"),
        form=text(node, "form"),
        fields={key: FieldText(text(fields, key), place.within(line=fields.line_of(key))) for key in fields.entries},
        signer=text(node, "signer"),
        content=build_blocks(node, where, found),
        files=texts(node, "files"),
        bands=text(node, "bands"),
        separators=text(node, "separators"),
        pictures=_pictures(node, where, found),
        document_id=_document_id(mapping(node.get("document_id")), place) if "document_id" in node.entries else None,
        amendment=amendment(node, report, place) if kind == "letter" else None,
        own=text(node, "own"),
        when=expression(node, "when", where),
        place=where,
    )


def _pictures(node: MappingNode, place: Place, found: list[Problem]) -> int:
    """How many pictures may share a page."""
    count = whole(node, "pictures")
    if count is not None and count not in _SHARING:
        line = place.within(line=node.line_of("pictures"))
        found.append(problem("bad-value", line, value=count, name="pictures", known="2، 3، 4"))
    return count if count in _SHARING else 1


def _duplicates(report: ReportSpec) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in report.case.items:
        if item.name in [word.name for word in CASE_WORDS]:
            yield problem("duplicate-name", item.place, name=item.name, shape=CASE_FILE)
    for part in report.parts:
        if part.name and part.name in seen:
            yield problem("duplicate-id", part.place, name=part.name)
        seen.add(part.name)
    for signer in report.signers:
        if signer.key and [each.key for each in report.signers].count(signer.key) > 1:
            yield problem("duplicate-id", report.place, name=signer.key)
    seen.clear()
    for block in walk([block for part in report.parts for block in part.content]):
        if block.id and block.id in seen:
            yield problem("duplicate-id", block.place, name=block.id)
        seen.add(block.id)
