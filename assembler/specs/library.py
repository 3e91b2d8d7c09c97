"""Reads a folder of specifications into a Library, gathering every problem in every file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, read
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import FormSpec
from assembler.specs.editions import SpecFile, with_editions
from assembler.specs.files import misnamed, spec_texts
from assembler.specs.forms import Bases, build_form
from assembler.specs.idle import idle
from assembler.specs.language.forms import FORM_SHAPE
from assembler.specs.language.reports import REPORT_SHAPE
from assembler.specs.lending import extend
from assembler.specs.links.editions import check_was
from assembler.specs.links.forms import check_forms
from assembler.specs.links.gather import check_gather
from assembler.specs.links.reports import check_report
from assembler.specs.links.templates import check_templates
from assembler.specs.reports import build_report
from assembler.specs.scoring import check_card, check_sheet, with_rows
from assembler.specs.shapes import validate
from assembler.specs.tongues import in_tongues


def read_library(
    folder: Path, templates: Mapping[str, frozenset[str] | None] | None = None, only: Collection[str] = ()
) -> tuple[Library, tuple[Problem, ...]]:
    """All forms and reports below a folder, and all that is wrong with them; ``only`` those some names may need.

    A file that begins with ``report:`` is a report, any other a form. ``templates`` are the Word templates there are
    with the names each prints; None leaves them unchecked.
    """
    if not folder.is_dir():
        return Library({}, {}), (problem("file-missing", Place(file=str(folder)), name=str(folder)),)
    done = _Done()
    files = [found for path in spec_texts(folder, only) if (found := _read_file(path, done))]
    whole, wrong = with_editions(files)
    done.problems.extend(wrong)
    for each in whole:
        _build(each, done, folder)
    done.problems.extend(_extend(done.forms, done.bases))
    done.problems.extend(_scored(done.forms, done.broken))
    done.problems.extend(_check_names(done))
    done.forms = in_tongues(done.forms, done.reports.values())
    for report in done.reports.values():
        done.problems.extend(check_templates(report, templates, done.forms) if templates is not None else ())
    if not done.problems:
        done.problems.extend(found for each in whole for found in idle(each.node, each.place))
    told = (each for each in done.problems if not _is_unread(each, done))
    return Library(done.forms, done.reports, templates or {}), _once([*told, *_misnamed(folder)])


def _misnamed(folder: Path) -> Iterator[Problem]:
    for path in misnamed(folder):
        yield problem("specs-misnamed", Place(file=str(path)), name=path.name, meant=path.stem)


def _is_unread(found: Problem, done: _Done) -> bool:
    return found.code == "unknown-form" and found.arguments.get("name") in done.unread


@dataclass
class _Done:
    """What has been read of a folder; ``lent`` are forms that stand in an edition of another, ``broken`` are forms with
    problems of their own, ``unread`` are those whose files could not be read at all, as their files are called: that
    they are not there is no slip of who names them.
    """

    forms: dict[str, FormSpec] = field(default_factory=dict)
    reports: dict[str, ReportSpec] = field(default_factory=dict)
    bases: dict[str, Bases] = field(default_factory=dict)
    lent: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def _read_file(path: Path, done: _Done) -> SpecFile | None:
    """A file as it stands; None of one that cannot be read at all."""
    node, found = read(path)
    done.problems.extend(found)
    if node is None:
        done.unread.add(f"{path.parent.name}/{path.stem}")
        return None
    if not isinstance(node, MappingNode):
        done.problems.extend(validate(node, FORM_SHAPE, Place(file=str(path))))
        return None
    return SpecFile(str(path), node, bool(found))


def _build(file: SpecFile, done: _Done, root: Path) -> None:
    """A file that departs from its shape is still built as far as it goes, so that all its problems come at once."""
    place, node = file.place, file.node
    is_report = "report" in node.entries
    departures = validate(node, REPORT_SHAPE if is_report else FORM_SHAPE, place)
    done.problems.extend(departures)
    if is_report:
        report, found = build_report(node, place, root)
        done.problems.extend(_taken(report.id, done.reports, report.place))
        done.reports[report.id] = report
    else:
        form, named, found = build_form(node, place, root)
        done.problems.extend(_taken(form.id, done.forms, form.place))
        done.forms[form.id] = form
        done.lent |= file.lent
        if any(named):
            done.bases[form.id] = named
        if departures or found or file.is_faulty:
            done.broken.add(form.id)
    done.problems.extend(found)


def _check_names(done: _Done) -> Iterator[Problem]:
    """Names across the files. A form that others take over is judged where it is used: its expressions may name items
    of theirs."""
    lent, broken = {*done.lent, *(base for named in done.bases.values() for base in named)}, frozenset(done.broken)
    yield from check_forms(done.forms, broken, frozenset(lent))
    yield from check_was(done.forms, done.reports)
    for report in done.reports.values():
        yield from check_report(report, done.forms, broken)
        yield from check_gather(report, done.reports, done.forms, broken)
        yield from check_card(report, done.forms) if not broken else ()


def _taken(name: str, known: Mapping[str, object], place: Place) -> Iterator[Problem]:
    if name and name in known:
        yield problem("duplicate-name", place, name=name, shape="form_specs")


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once: an item that several forms take over would be told of as often."""
    return tuple({(found.code, found.place, found.message): found for found in problems}.values())


def _extend(forms: dict[str, FormSpec], bases: Mapping[str, Bases]) -> Iterator[Problem]:
    """Puts the items of other forms before and after those of a form; the others take over nothing themselves."""
    for name, named in bases.items():
        form = forms[name]
        for base in filter(None, named):
            if base not in forms:
                yield problem("unknown-form", form.place, name=base, guess=guess(base, forms))
            elif base in bases:
                yield problem("cycle", form.place, path=f"{name} ← {base}")
        first, last = (forms.get(base) if base not in bases else None for base in named)
        forms[name] = extend(form, first, last)
        yield from _layout(forms[name])


def _scored(forms: dict[str, FormSpec], broken: set[str]) -> Iterator[Problem]:
    """Puts the rows of score sheets and documents into the tables of their forms, and adds up their caps."""
    for name, form in forms.items():
        if form.scoring is None and not form.documents:
            continue
        forms[name], found = with_rows(form)
        yield from found
        if found:
            broken.add(name)
        if form.scoring:
            yield from check_sheet(form.scoring)


def _layout(form: FormSpec) -> Iterator[Problem]:
    """Items a layout shows that neither the form nor the one it extends has."""
    known = [item.name for item in form.items]
    for cell in (cell for row in form.layout for cell in row if cell.item and cell.item not in known):
        near = guess(cell.item, known)
        yield problem("unknown-item", form.place, name=cell.item, shape="layout", guess=near, known=listed(known))
