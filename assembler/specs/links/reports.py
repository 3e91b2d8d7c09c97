"""Names in reports: forms, items, fields of the case, letters, signers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.blocks import AnswersSpec, OfItem, PrintedFormSpec, SignaturesSpec, walk
from assembler.model.reports import PartSpec, ReportSpec
from assembler.model.specs import FormSpec, Item
from assembler.model.years import naming_texts
from assembler.specs.language.names import AMENDED_NAMES, PACKET_NAMES
from assembler.specs.links.blocks import check_block
from assembler.specs.links.circles import circles
from assembler.specs.links.english import check_english
from assembler.specs.links.forms import check_form
from assembler.specs.links.names import Names, check_date, check_expression, check_item, check_text


def check_report(
    report: ReportSpec, forms: Mapping[str, FormSpec], broken: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Blocks, parts and texts that name forms, items, case fields, letters or signers nobody has."""
    names = Names(forms, case=report.case, broken=broken, periods=report.periods is not None)
    statuses = frozenset({*(status.name for status in report.statuses), "open", "all"})
    inside = replace(names, owned={"summary": statuses})
    yield from check_form(report.case, replace(names, own=report.case))
    for name in report.used_forms:
        if name in forms:
            yield from check_form(forms[name], replace(names, own=forms[name]))
    yield from check_english(report, forms)
    yield from circles({"case": report.case})
    for name in report.forms:
        if name not in forms:
            yield problem("unknown-form", report.place, name=name, guess=guess(name, forms))
    signers = [text for signer in report.signers for text in (signer.name, signer.post)]
    for text in (report.title, report.author, *signers):
        yield from check_text(text, report.place, names)
    for deadline in report.deadlines:
        for expression in (deadline.date, deadline.when, deadline.done):
            if expression:
                yield from check_expression(expression, inside)
    yield from _check_years(report, inside)
    if report.scores:
        for text in (report.scores.agency, report.scores.province):
            yield from check_text(text, report.scores.place, names)
    if report.periods:
        for expression in report.periods.expressions:
            yield from check_expression(expression, names)
        yield from check_text(report.periods.unit, report.periods.place, names)
    printed = replace(inside, owned={**inside.owned, "packet": frozenset(PACKET_NAMES)})
    yield from _check_printed_forms(report, forms)
    yield from _check_statuses(report, forms)
    for part in report.parts:
        yield from _check_part(part, report, inside, printed)
        for block in walk(part.content):
            yield from check_block(block, report, printed if part.kind == "letter" else inside)


def _check_years(report: ReportSpec, names: Names) -> Iterator[Problem]:
    """What belongs to the years of a report, and the texts of its forms that name fields of the case."""
    for dates in report.years.dates if report.years else ():
        for target in dates.of:
            yield from check_date(target, dates.place, names)
        for expression in filter(None, (dates.first, dates.last)):
            yield from check_expression(expression, names)
    saying = Names({}, case=report.case)
    for form in (names.forms[name] for name in report.used_forms if name in names.forms):
        for text in naming_texts(form):
            yield from check_text(text, form.place, saying)


def _check_printed_forms(report: ReportSpec, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """A form printed as boxes holds no tables: another block must show them."""
    blocks = [block for part in report.parts for block in walk(part.content)]
    shown = {block.item for block in blocks if isinstance(block, OfItem)}
    whole = {block.form for block in blocks if isinstance(block, AnswersSpec)}
    for block in blocks:
        if isinstance(block, PrintedFormSpec) and block.form in forms and block.form not in whole:
            left = [item for item in _boxed_tables(forms[block.form]) if f"{block.form}.{item.name}" not in shown]
            if left:
                tables, first = listed([item.shown for item in left]), f"{block.form}.{left[0].name}"
                yield problem("form-tables", block.place, form=block.form, tables=tables, first=first)


def _check_statuses(report: ReportSpec, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """Statuses are those of forms that say theirs in a `summary`."""
    known = all(name in forms for name in report.used_forms)
    if report.statuses and known and not any(forms[name].summary for name in report.used_forms):
        yield problem("word-unfit", report.place, name="statuses", shape=report.id)


def _boxed_tables(form: FormSpec) -> Iterator[Item]:
    """The tables that are to stand in a printed form: those its layout names, without one all that are answered."""
    named = {cell.item for row in form.layout for cell in row if not cell.table}
    for item in form.items:
        if item.is_table and (item.name in named if form.layout else any(each.is_asked for each in item.columns)):
            yield item


def _check_part(part: PartSpec, report: ReportSpec, names: Names, printed: Names) -> Iterator[Problem]:
    """``printed`` are the names of its texts: what stands in the packet is not known while its parts are chosen."""
    if part.form and part.form not in names.forms:
        yield problem("unknown-form", part.place, name=part.form, guess=guess(part.form, names.forms))
    keys = [signer.key for signer in report.signers]
    if part.signer and part.signer not in keys:
        yield problem("bad-value", part.place, value=part.signer, name="signer", known=listed(keys))
    for block in (each for each in walk(part.content) if isinstance(each, SignaturesSpec)):
        for key in sorted(key for key, times in Counter(block.signers).items() if times > 1):
            yield problem("duplicate-name", block.place, name=key, shape="signatures")
    if part.when:
        yield from check_expression(part.when, names)
    yield from check_text(part.title, part.place, printed)
    for field in part.fields.values():
        yield from check_text(field.text, field.place, printed)
    if part.amendment:
        amending = replace(printed, owned={**printed.owned, "amended": frozenset(AMENDED_NAMES)})
        for field in part.amendment.texts:
            yield from check_text(field.text, field.place, amending)
    if part.document_id:
        for text in part.document_id.texts:
            yield from check_text(text, part.document_id.place, printed)
        if part.document_id.when:
            yield from check_expression(part.document_id.when, names)
    for file in part.files:
        yield from check_item(file, ("file", "image"), part.place, names)
