"""``assembler reports`` and ``assembler reports show REPORT``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from assembler.actions.reports import report_json, report_named, reports
from assembler.base.expressions import unfilled
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import show_json, with_settings
from assembler.cli.say import say
from assembler.cli.spoken import Group
from assembler.model.blocks import ParagraphSpec, SubheadingSpec, walk
from assembler.model.remarks import field_remarks
from assembler.model.reports import PartSpec, ReportSpec


@click.group("reports", cls=Group, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of lines.")
@with_settings
@click.pass_context
def command(context: click.Context, as_json: bool, settings: Settings) -> None:
    """List the reports: identifier, title, the guidance that orders it, for whom it is, its forms."""
    found = reports(settings)
    context.obj = found
    if context.invoked_subcommand:
        return
    if as_json:
        show_json([report_json(report) for report in found])
        return
    for line in (line for report in found for line in _lines(report)):
        say(line)
    say(translate("Start a case of one with `assembler new REPORT FOLDER`."))


@command.command("show")
@click.argument("report")
@click.pass_obj
def show(found: tuple[ReportSpec, ...], report: str) -> None:
    """Print what one report asks of a case, and what its letters say: by the guidance, or of the office's own."""
    chosen = report_named(report, found)
    for line in (*_lines(chosen), *_field_lines(chosen)):
        say(line)
    for letter in (part for part in chosen.parts if part.kind == "letter"):
        say("")
        for line in _letter_lines(letter):
            say(line)


def _lines(report: ReportSpec) -> Iterator[str]:
    yield f"{click.style(unfilled(report.title), bold=True)}  [{report.id}]"
    guidance = "، ".join(report.source.clause) or report.source.document
    yield "  " + fill("Guidance: {guidance}", guidance=guidance)
    if report.audience:
        yield "  " + fill("For: {audience}", audience=report.audience)
    if report.gather:
        yield "  " + fill("Made of many cases of {report}: `assembler aggregate CASES`", report=report.gather.source)
    names = [form.rpartition("/")[2] for form in report.used_forms]
    yield "  " + fill("Forms ({count}): {names}", count=len(names), names="، ".join(names))
    yield ""


def _field_lines(report: ReportSpec) -> Iterator[str]:
    """The fields of a case, with what their makers remark."""
    for field in report.case.items:
        yield f"● {field.shown}  [{field.name}: {field.type}]{'  *' if field.required else ''}"
        yield from (f"    ({words})" for words in field_remarks(field))


def _letter_lines(letter: PartSpec) -> Iterator[str]:
    """What a letter says, sentence by sentence, each with its clauses or as the office's own."""
    yield f"✉ {unfilled(letter.title)}  [{letter.name}]"
    if letter.own:
        yield "    " + fill("Of the office's own, save what names a clause: {reason}", reason=letter.own)
    for block in walk(letter.content):
        if isinstance(block, ParagraphSpec | SubheadingSpec):
            yield f"    ─ {unfilled(block.text)}"
            yield from (f"        [{clause}]" for clause in block.source)
    if letter.amendment:
        yield f"    {_amending(letter.amendment.own)}"
        yield from (f"    ─ {unfilled(paragraph.text)}" for paragraph in letter.amendment.body)


def _amending(own: str) -> str:
    if own:
        return fill("Once it amends an earlier one, of the office's own: {reason}", reason=own)
    return translate("Once it amends an earlier one:")
