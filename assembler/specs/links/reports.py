"""Names in reports: forms, items, fields of the case, letters, signers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.blocks import walk
from assembler.model.reports import PartSpec, ReportSpec
from assembler.model.specs import FormSpec
from assembler.specs.language.names import PACKET_NAMES
from assembler.specs.links.blocks import check_block
from assembler.specs.links.circles import circles
from assembler.specs.links.forms import check_form
from assembler.specs.links.names import Names, check_expression, check_item, check_text


def check_report(
    report: ReportSpec, forms: Mapping[str, FormSpec], broken: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Blocks, parts and texts that name forms, items, case fields, letters or signers nobody has."""
    names = Names(forms, case=report.case, broken=broken)
    inside = replace(names, statuses=frozenset({*(status.name for status in report.statuses), "open", "all"}))
    yield from check_form(report.case, replace(names, own=report.case))
    for name in report.used_forms:
        if name in forms:
            yield from check_form(forms[name], replace(names, own=forms[name]))
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
    if report.scores:
        for text in (report.scores.agency, report.scores.province):
            yield from check_text(text, report.scores.place, names)
    if report.periods:
        for expression in report.periods.expressions:
            yield from check_expression(expression, names)
        yield from check_text(report.periods.unit, report.periods.place, names)
    printed = replace(inside, packet=frozenset(PACKET_NAMES))
    for part in report.parts:
        yield from _check_part(part, report, inside, printed)
        for block in walk(part.content):
            yield from check_block(block, report, printed if part.kind == "letter" else inside)


def _check_part(part: PartSpec, report: ReportSpec, names: Names, printed: Names) -> Iterator[Problem]:
    """``printed`` are the names of its texts: what stands in the packet is not known while its parts are chosen."""
    if part.form and part.form not in names.forms:
        yield problem("unknown-form", part.place, name=part.form, guess=guess(part.form, names.forms))
    keys = [signer.key for signer in report.signers]
    if part.signer and part.signer not in keys:
        yield problem("bad-value", part.place, value=part.signer, name="signer", known=listed(keys))
    if part.when:
        yield from check_expression(part.when, names)
    yield from check_text(part.title, part.place, printed)
    for field in part.fields.values():
        yield from check_text(field.text, field.place, printed)
    if part.document_id:
        for text in part.document_id.texts:
            yield from check_text(text, part.document_id.place, printed)
        if part.document_id.when:
            yield from check_expression(part.document_id.when, names)
    for file in part.files:
        yield from check_item(file, ("file", "image"), part.place, names)
