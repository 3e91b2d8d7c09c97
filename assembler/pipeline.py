"""The order of the stages, and nothing else: from a case folder to its answers, their judgement and its packet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from assembler.answers import names_in, read_accepted, read_case
from assembler.answers.families import settings_of
from assembler.assembly.fonts import check_fonts, fonts_of, template_file
from assembler.assembly.printable import check_attachments, check_letters, check_widths
from assembler.assembly.templates import check_templates_of
from assembler.base.expressions import ExpressionError
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.checks import (
    check_amounts,
    check_answers,
    check_carried,
    check_citations,
    check_days,
    check_deadlines,
    check_document,
    check_figures,
    check_from_others,
    check_identities,
    check_letter_parts,
    check_letterheads,
    check_loose_dates,
    check_own_words,
    check_persons,
    check_prefills,
    check_remarks,
    check_rules,
    check_scored,
    check_slips,
    check_slips_in_years,
    check_spellings,
    check_tables,
    check_titles,
    check_unprinted,
    check_workflows,
    check_year_of,
    check_years,
    is_concerned,
    split_accepted,
    told_once,
)
from assembler.documents.names import Letterheads
from assembler.evaluate import PreviousForms, evaluate_case, evaluate_year_dates
from assembler.evaluate.scorecard import score_card
from assembler.model.acceptances import Accepted
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.judged import Judged
from assembler.model.names import named
from assembler.model.reports import Library, ReportSpec
from assembler.packet import assemble, report_scope
from assembler.records.library import remembered_library
from assembler.views.deadlines import deadlines_of

if TYPE_CHECKING:
    import jdatetime

    from assembler.pdf.fonts import FontSet

# What must be known of a case: its report alone, all its files, or each of its answers.
Need: TypeAlias = Literal["report", "files", "answers"]
# Problems after which nobody can say which forms are answered, or what a file holds.
_LOSING = ("file-unreadable", "yaml-broken", "yaml-too-large")


def library(settings: Settings, only: Collection[str] = ()) -> Library:
    """The specifications, all or those some names may need; raises AssemblerError when any of them is broken."""
    found, problems = remembered_library(settings.specs, settings.templates, only)
    if has_errors(problems):
        raise AssemblerError(named(problems, found.forms), ExitCode.SPEC)
    return replace(found, letterheads=Letterheads(settings.templates))


@paused_collector()
def read(folder: Path, settings: Settings, today: jdatetime.date | None = None) -> Judged:
    """Reads a case, evaluates and checks it, and plans its packet. Nothing is written.

    The problems speak of deadlines only when a day is given, as what is built must not rest on the day.
    Raises AssemblerError when the specs are broken or it cannot be told which report the case belongs to.
    """
    settings = settings_of(folder, settings)
    specs = library(settings, names_in(folder))
    reading = judged_at(folder, specs)
    dated: Iterable[Problem] = ()
    if today is not None:
        deadlines, misread = deadlines_of(reading.case, specs)
        dated = (*misread, *check_deadlines(deadlines, today))
    return with_unprintable(replace(reading, problems=(*reading.problems, *named(dated, reading.forms))), settings)


def with_unprintable(reading: Judged, settings: Settings, fonts: FontSet | None = None) -> Judged:
    """The reading with what is wrong with attachments, characters, fonts (looked for when not given) and templates."""
    fonts = fonts_of(settings) if fonts is None else fonts
    templates = dict.fromkeys(template_file(settings, part.template) for part in reading.packet.parts if part.template)
    found = (
        *check_attachments(reading.packet, reading.forms),
        *check_letters(reading.forms, fonts),
        *check_widths(reading.packet, reading.forms),
        *check_fonts(templates, fonts, embeds=settings.embed_fonts),
        *check_templates_of(reading.packet.parts, settings),
    )
    return replace(reading, problems=in_order((*reading.problems, *named(found, reading.forms))))


def case_at(
    folder: Path, specs: Library, need: Need = "report", *, home: Path | None = None
) -> tuple[Case, tuple[Problem, ...]]:
    """The case in a folder with the problems of its files; ``home`` is the case that a frozen one was frozen from.

    Raises AssemblerError when what is needed of it is lost.
    """
    case, found = read_case(folder, specs, home=home)
    report = {"case": specs.reports[case.report].case} if case else {}
    problems = tuple(named(found, {**specs.forms, **report}))
    if case is None or _is_lost(problems, need):
        raise AssemblerError(problems, ExitCode.ANSWERS)
    return case, problems


def _is_lost(problems: Sequence[Problem], need: Need) -> bool:
    if need == "answers":
        return has_errors(problems)
    return need == "files" and any(found.code in _LOSING for found in problems)


def judged_at(folder: Path, specs: Library, *, home: Path | None = None) -> Judged:
    """A case as its files and the specs alone let it be judged. Raises AssemblerError when its report is not known."""
    return judge(*case_at(folder, specs, home=home), specs)


def case_text(case: Case, source: str, specs: Library) -> str:
    """A text of the report language filled in from the fields of a case alone: answers of its forms are blank.

    Raises AssemblerError when it is no such text.
    """
    report = replace(specs.reports[case.report], parts=(), forms=())
    forms, _ = evaluate_case(replace(case, forms={}), report, specs)
    try:
        return report_scope(report, forms).text(source)
    except (LookupError, TypeError, ValueError, ExpressionError) as error:
        fault = problem("name-pattern", name=source, reason=error)
        raise AssemblerError([fault], ExitCode.USAGE) from error


def judge(case: Case, problems: Sequence[Problem], specs: Library) -> Judged:
    """Evaluates and checks a case, wherever its answers come from, and plans its packet; ``problems`` are those of its
    reading. No attachment is opened. What is found says dates and numbers as the paper does.
    """
    with printed_in(specs.reports[case.report].tongue):
        return _judge(case, problems, specs)


def _judge(case: Case, problems: Sequence[Problem], specs: Library) -> Judged:
    report = specs.reports[case.report]
    forms, failed = evaluate_case(case, report, specs)
    used = (*report.used_forms, "case")
    before = PreviousForms(case, report, specs)
    card = score_card(report, forms)
    packet, broken, unprinted = assemble(case.name, report, forms, before, card, specs, case.persons)
    judged = _judged(
        forms,
        _check_answers(forms, used, problems),
        _check_contents(forms, used, problems, before),
        check_carried(case, forms, used),
        check_years(case, report, forms, evaluate_year_dates(case, report, specs)),
        check_slips_in_years(case, report, forms, used),
        check_identities(forms, used, before, {**specs.forms, "case": report.case}),
        check_citations(forms, used),
        check_scored(card),
        check_document(packet),
        check_unprinted(unprinted, forms),
        check_letter_parts(packet, report, forms, specs.templates),
        check_titles(packet, forms, used, case.persons),
        check_persons(packet, case.persons),
        check_letterheads(packet, forms, specs.letterheads),
    )
    acceptances, misread = read_accepted(case.folder)
    found, accepted, unused = split_accepted(judged, acceptances, forms)
    others = named((*problems, *failed, *before.problems, *broken, *misread), forms)
    open_problems = in_order((*others, *found, *unused))
    remarks = tuple(named((*check_remarks(case, forms, used), *check_own_words(packet, report)), forms))
    return Judged(case, forms, packet, open_problems, accepted, remarks, card)


def _check_answers(
    forms: Mapping[str, FilledForm], used: tuple[str, ...], problems: Sequence[Problem]
) -> Iterator[Problem]:
    """The first ring, without what follows from answers that could not be read."""
    unread = {found.place for found in problems}
    lost = _is_lost(problems, "files")
    for found in check_answers(forms, used, unread):
        if not (lost and found.code == "form-unanswered"):
            yield found


def _check_contents(
    forms: Mapping[str, FilledForm],
    used: tuple[str, ...],
    problems: Sequence[Problem],
    before: Mapping[str, FilledForm],
) -> Iterator[Problem]:
    """What the rules and the checks that need none find in forms, looking at the forms they name."""
    yield from check_rules(forms, used, {found.place for found in problems}, before)
    yield from check_prefills(forms, used)
    yield from check_workflows(forms, used)
    yield from check_loose_dates(forms, used)
    yield from check_days(forms, used)
    yield from check_slips(forms, used)
    yield from check_amounts(forms, used)
    yield from check_tables(forms, used)
    yield from check_spellings(forms, used)
    yield from check_figures(forms, used)


def check_form(
    name: str,
    forms: Mapping[str, FilledForm],
    problems: Sequence[Problem] = (),
    before: Mapping[str, FilledForm] | None = None,
) -> Iterator[Problem]:
    """What the checks find in one form; of the others only those it names are looked at. ``problems`` are those of the
    reading, ``before`` the forms of the case of the period before.
    """
    yield from _check_answers({name: forms[name]}, (name,), problems)
    yield from _check_contents(forms, (name,), problems, before or {})


def check_years_of_form(name: str, forms: Mapping[str, FilledForm], case: Case, specs: Library) -> Iterator[Problem]:
    """What belongs to another year than the case's in one of the forms its report uses."""
    report = specs.reports[case.report]
    if name in (*report.used_forms, "case"):
        yield from check_slips_in_years(case, report, {name: forms[name]}, (name,))
        yield from check_year_of(name, case, report, forms, evaluate_year_dates(case, report, specs))


def judge_at(
    at: Place, forms: Mapping[str, FilledForm], case: Case, problems: Sequence[Problem], specs: Library
) -> tuple[tuple[Problem, ...], tuple[Accepted, ...]]:
    """The open problems ``judge`` finds in a form, or at a place in it, and what an officer accepted there;
    ``problems`` are those of its reading and evaluation. Of the other forms only those it names are looked at, and
    those whose rules look at it.
    """
    name = at.form or ""
    only = {name: forms[name]}
    with printed_in(specs.reports[case.report].tongue):
        here = _judged(only, (found for found in _checked(name, forms, case, problems, specs) if at.holds(found.place)))
    found, accepted, _ = split_accepted(here, read_accepted(case.folder)[0] if here else (), only)
    return in_order((*named((each for each in problems if at.holds(each.place)), only), *found)), accepted


def _checked(
    name: str, forms: Mapping[str, FilledForm], case: Case, problems: Sequence[Problem], specs: Library
) -> Iterator[Problem]:
    """What all checks but those of the document say of one form."""
    report, only = specs.reports[case.report], {name: forms[name]}
    if name not in (*report.used_forms, "case"):
        yield from check_answers(only, ())
        return
    before = PreviousForms(case, report, specs)
    yield from check_form(name, forms, problems, before)
    yield from check_from_others(name, forms, specs.forms, report.used_forms, before)
    yield from check_carried(case, only, (name,))
    yield from check_years_of_form(name, forms, case, specs)
    if is_concerned(forms[name].spec):
        found = check_identities(forms, (*report.used_forms, "case"), before, {**specs.forms, "case": report.case})
        yield from (each for each in found if each.place.form == name)
    cited = check_citations(forms, (*report.used_forms, "case"))
    yield from (each for each in cited if each.place.form == name)
    yield from check_scored(score_card(_scoring_only(name, report), forms) if forms[name].spec.scoring else None)


def _scoring_only(name: str, report: ReportSpec) -> ReportSpec:
    """The report with a score card of one form."""
    if report.scores is None:
        return report
    axes = (replace(axis, indicators=(name,)) for axis in report.scores.axes if name in axis.indicators)
    return replace(report, scores=replace(report.scores, axes=tuple(axes)))


def _judged(forms: Mapping[str, FilledForm], *found: Iterable[Problem]) -> tuple[Problem, ...]:
    """What the checks say of data that could be read: only such findings may be accepted."""
    all_found = (replace(one, acceptable=True) for each in found for one in each)
    return in_order(named(told_once(all_found), forms))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """File by file, line by line; each once."""
    unique = {(found.code, found.place, found.message): found for found in problems}
    return tuple(sorted(unique.values(), key=lambda found: (found.place.file or "", found.place.line or 0, found.code)))
