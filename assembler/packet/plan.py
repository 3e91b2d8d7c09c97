"""Makes the packet: the report spelled out and numbered, then part by part, its letters and blocks as printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from assembler.base.problems import Problem
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_in
from assembler.model.answers import Attachment, Prose
from assembler.model.blocks import ParagraphSpec, SubheadingSpec, walk
from assembler.model.filled import FilledForm
from assembler.model.packet import (
    Block,
    DocumentId,
    FigureBlock,
    GridBlock,
    Packet,
    Paragraph,
    Part,
    Signer,
    TemplateValue,
    plain,
)
from assembler.model.persons import NOBODY, Persons
from assembler.model.reports import DocumentIdSpec, Library, PartSpec, ReportSpec
from assembler.model.scores import ScoreCard
from assembler.model.templates import OFFERED
from assembler.packet.addressees import addressed
from assembler.packet.answers import spelled_out
from assembler.packet.blocks import Printing, made_blocks, prose
from assembler.packet.citing import with_citations
from assembler.packet.codes import document_id
from assembler.packet.counts import other_counts
from assembler.packet.evidence import Evidence, card_of, cited
from assembler.packet.fields import item_field, lines_or_text
from assembler.packet.material import Material
from assembler.packet.numbering import Numbering
from assembler.packet.scope import NO_FORMS, ReportScope
from assembler.packet.shown import Unprinted, unprinted
from assembler.packet.summaries import report_scope

_NO_LIBRARY = Library({}, {})
_LINE = 80  # letters of a line of a letter


class Assembled(NamedTuple):
    """A packet, and what its texts get wrong: references in its narratives that lead nowhere, document IDs no code can
    hold. ``unprinted`` are the answers that stand nowhere in it, as form, item and column.
    """

    packet: Packet
    problems: tuple[Problem, ...]
    unprinted: tuple[Unprinted, ...]


def assemble(
    name: str,
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    previous: Mapping[str, FilledForm] = NO_FORMS,
    card: ScoreCard | None = None,
    library: Library = _NO_LIBRARY,
    persons: Persons = NOBODY,
) -> Assembled:
    """The packet of a case called ``name``. ``previous`` are the forms of the case of the period before, ``card`` the
    scores of a report that adds them up; ``library`` tells what templates print, and the forms as they are written;
    ``persons`` are those its letters may go to.
    """
    with printed_in(report.tongue):
        found = _assembled(name, report, forms, previous, card, library)
    return found._replace(packet=_addressed(found.packet, persons)) if persons.all else found


def _addressed(packet: Packet, persons: Persons) -> Packet:
    parts = (
        replace(part, fields=addressed(part.fields, persons)) if part.kind == "letter" else part
        for part in packet.parts
    )
    return replace(packet, parts=tuple(parts))


def _assembled(
    name: str,
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    previous: Mapping[str, FilledForm],
    card: ScoreCard | None,
    library: Library,
) -> Assembled:
    forms, evidence = cited(report, forms)
    report = spelled_out(report, forms)
    scope = _scope(report, forms, previous, evidence)
    material = Material(report, forms, scope, card and card_of(card, forms))
    printing = Printing(material, Numbering(material))
    standing = [part for part in report.parts if scope.holds(part.when)]
    parts = with_citations(tuple(_part(part, printing, evidence) for part in standing))
    shown_letters = {block.part for part in parts for block in part.blocks if isinstance(block, FigureBlock)}
    parts = tuple(replace(part, placed=part.name in shown_letters) for part in parts)
    packet = Packet(
        name,
        with_persian_digits(scope.text(report.title)),
        scope.text(report.author),
        parts,
        tongue=report.tongue,
        binding=report.binding,
    )
    return Assembled(packet, tuple(printing.problems), unprinted(material, parts, library))


def letter_scope(
    report: ReportSpec, forms: Mapping[str, FilledForm], previous: Mapping[str, FilledForm] = NO_FORMS
) -> ReportScope:
    """What the texts of the letters of a packet can name."""
    forms, evidence = cited(report, forms)
    return _scope(spelled_out(report, forms), forms, previous, evidence)


def _scope(
    report: ReportSpec, forms: Mapping[str, FilledForm], previous: Mapping[str, FilledForm], evidence: Evidence
) -> ReportScope:
    scope = report_scope(report, forms, previous, lambda: _annexes(report, evidence, scope))
    return scope


def _annexes(report: ReportSpec, evidence: Evidence, scope: ReportScope) -> int:
    """How many annexes follow the letter: the bodies that stand, and every file of evidence."""
    standing = [part for part in report.parts if scope.holds(part.when)]
    bodies = sum(part.kind == "body" for part in standing)
    return bodies + sum(len(evidence.get(part.name, ())) for part in standing)


def _part(spec: PartSpec, printing: Printing, evidence: Evidence) -> Part:
    scope = printing.material.scope
    here = replace(printing, part=spec.name)
    signer = here.signer(spec.signer) if spec.signer else None
    blocks: tuple[Block, ...] = tuple(made_blocks(spec.content, here))
    fields = _standing_fields(spec, signer, printing.material)
    if spec.form:
        letter, body = _letter(printing.material.forms[spec.form], printing)
        fields |= letter
        blocks = (*body, *blocks)
    if spec.kind == "letter":
        printing.problems.extend(other_counts(spec, scope))
        blocks = _with_the_signature(tuple(_without_notes(block) for block in blocks))
    for name, field in spec.fields.items():
        fields[name] = lines_or_text(name, spec.kind, scope.text(field.text))
    return Part(
        kind=spec.kind,
        name=spec.name,
        title=with_persian_digits(scope.text(spec.title)),
        template=spec.template,
        fields=fields,
        blocks=blocks,
        signer=signer,
        files=_with_sections(evidence.get(spec.name, ()), printing.numbering),
        separated=bool(spec.separators),
        sharing=spec.pictures,
        document_id=_document_id(spec.document_id, printing),
        own=_own_sentences(spec, printing.material) if spec.own else (),
    )


def _with_sections(files: tuple[Attachment, ...], numbering: Numbering) -> tuple[Attachment, ...]:
    return tuple(replace(file, section=numbering.section_of(file.form)) for file in files)


def _own_sentences(letter: PartSpec, material: Material) -> tuple[str, ...]:
    """What stands in a letter and names no source: its own words, not what is answered."""
    said = (block for block in walk(letter.content) if isinstance(block, ParagraphSpec | SubheadingSpec))
    return tuple(material.scope.text(block.text) for block in said if material.has(block) and not block.source)


def _document_id(spec: DocumentIdSpec | None, printing: Printing) -> DocumentId | None:
    """What a letter's code holds, once the letter has a number and where it is asked for."""
    scope = printing.material.scope
    if spec is None or not scope.holds(spec.when):
        return None
    found, problems = document_id(spec, scope, printing.material.forms)
    printing.problems.extend(problems)
    return found


def _standing_fields(part: PartSpec, signer: Signer | None, material: Material) -> dict[str, TemplateValue]:
    """What every template of the kind may print, filled as far as the report itself knows it."""
    text = material.scope.text
    fields = dict(OFFERED[part.kind])
    fields |= {"report_title": text(material.report.title), "title": text(part.title)}
    fields["agency"] = text(material.report.author)
    return fields | ({"signer_name": signer.name, "signer_post": signer.post} if signer else {})


def _letter(form: FilledForm, printing: Printing) -> tuple[dict[str, TemplateValue], tuple[Block, ...]]:
    """A letter's form as template fields; its narrative ``body`` becomes blocks."""
    fields: dict[str, TemplateValue] = {}
    blocks: tuple[Block, ...] = ()
    for name, item in form.items.items():
        if isinstance(item.value, Prose) or item.spec.type == "narrative":
            blocks = tuple(prose(item, printing))
        else:
            fields[name] = item_field(item)
    return fields, blocks


def _without_notes(block: Block) -> Block:
    """A table in a letter: its footnotes stand where the report shows it."""
    if not isinstance(block, GridBlock):
        return block
    head = tuple(tuple(replace(cell, mark="") for cell in row) for row in block.head)
    return replace(block, head=head, notes=())


def _with_the_signature(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A signature never stands alone on a page, nor with a single line: the last paragraph of a letter goes with it,
    and where that is short the one before.
    """
    kept: list[Block] = []
    said: list[str] = []
    for block in reversed(blocks):
        if not isinstance(block, Paragraph) or sum(map(len, said)) > _LINE:
            break
        kept.insert(0, replace(block, kept=True))
        said.append(plain(block.text))
    return (*blocks[: len(blocks) - len(kept)], *kept)
