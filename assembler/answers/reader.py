"""Reads a case folder against the specifications."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, repeat
from pathlib import Path, PurePath

from assembler.answers.persons import read_persons
from assembler.answers.previous import earlier_folders, named_folder, previous_problems
from assembler.answers.values import ValueReader
from assembler.base.files import is_of_system
from assembler.base.persian import fold
from assembler.base.problems import Place, Problem, has_errors, problem
from assembler.base.suggest import guess
from assembler.base.unreadable import unreadable
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, describe, read
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Carried, Case, EarlierCase
from assembler.model.carried import ALIKE, CARRIED, ORIGIN
from assembler.model.folders import PREVIOUS, CaseFolder
from assembler.model.persons import NOBODY
from assembler.model.remarks import DOUBTS
from assembler.model.reports import Library
from assembler.model.specs import Column, Field, FormSpec, Item
from assembler.model.tables import PrintedRow

_NAMED = re.compile(rb"^(?:report|form): *[\"']?([\w/-]+)", re.MULTILINE)

_ENDINGS = (".yaml", ".yml")
_SHOWN = 8  # names of files in one line


def read_case(
    folder: Path, library: Library, *, home: Path | None = None, is_previous: bool = False
) -> tuple[Case | None, tuple[Problem, ...]]:
    """The case in a folder with all problems of its files; None when it is not known which report it belongs to.

    The case of the period before is told of and judged; its answers are not read yet. A frozen case names it as seen
    from its ``home``. Of one that ``is_previous`` itself no files are looked for, and the one before it is not told of.
    """
    path = CaseFolder(folder).case_file
    node, problems = read(path)
    if not isinstance(node, MappingNode) and (misnamed := _no_case(folder)):
        return None, (misnamed,)
    if not isinstance(node, MappingNode):
        return None, problems or (problem("wrong-shape", Place(file=str(path)), expected="report: …", found="∅"),)
    report_node = node.get("report")
    name = report_node.text if isinstance(report_node, Scalar) else None
    place = Place(file=str(path), line=node.line_of("report"))
    if name is None:
        return None, (*problems, problem("missing-key", place, shape=path.name, name="report"))
    if name not in library.reports:
        return None, (*problems, _unknown("report", name, library.reports, place))
    reader = FormReader(None if is_previous else CaseFolder(folder).attachments)
    asked = library.reports[name].case
    fields = reader.form(node, asked, Place(file=str(path), form="case"), words_besides("case"))
    previous, mistaken = _previous(node, folder, home, name, library)
    files, unreadable = answer_files(CaseFolder(folder).answers)
    forms = _read_forms(files, reader, library)
    persons, unfit = read_persons(folder) if not is_previous else (NOBODY, ())
    case = Case(folder.resolve().name, folder, name, fields, forms, (path, *files), previous, persons)
    told = tuple(found for found in unreadable if has_errors([found])) if is_previous else (*mistaken, *unreadable)
    found = (*problems, *told, *unfit, *reader.values.problems)
    return case, found if is_previous or has_errors(found) else (*found, *_unnamed(folder, reader.values.unnamed()))


def _unnamed(folder: Path, names: tuple[str, ...]) -> Iterator[Problem]:
    """What stands among the attachments and would go nowhere: told once of all, when all answers could be read."""
    if names:
        shown = "، ".join(names[:_SHOWN]) + ("، …" if len(names) > _SHOWN else "")
        place = Place(file=str(CaseFolder(folder).attachments))
        yield problem("attachments-unnamed", place, count=len(names), names=shown)


def _previous(
    case: MappingNode, folder: Path, home: Path | None, report: str, library: Library
) -> tuple[EarlierCase | None, tuple[Problem, ...]]:
    """The case of the period before, when one is named that can be that."""
    place = Place(file=str(CaseFolder(folder).case_file), line=case.line_of(PREVIOUS), form="case", item=PREVIOUS)
    before = named_folder(case, folder, home)
    problems = tuple(previous_problems(case, folder, before, report, place))
    if problems or before is None:
        return None, problems
    carried = before == CaseFolder(folder).previous.resolve()
    beyond = named_folder(case, folder, home, carried=False) if carried else None
    return EarlierCase(before, cache(partial(read_case, before, library, home=beyond, is_previous=True)), place), ()


def _meant(name: str, known: Mapping[str, Field]) -> str:
    """The name a mistyped one may stand for; one that is typed as its label is found by that."""
    labelled = next((field.name for field in known.values() if field.label and fold(field.label) == fold(name)), "")
    return labelled or guess(name, known)


def names_in(folder: Path) -> tuple[str, ...]:
    """The report and the forms a case and the one before it name, as far as their files can be read at all; what it may
    need of the specs.
    """
    found = []
    cases = [CaseFolder(each) for each in (folder, *earlier_folders(folder))]
    for path in (path for case in cases for path in (case.case_file, *answer_files(case.answers)[0])):
        try:
            named = _NAMED.search(path.read_bytes()) if path.is_file() else None
        except OSError:
            continue
        found += [named.group(1).decode()] if named else []
    return tuple(found)


def answer_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The answer files of a case; hidden files, such as an editor's or a Mac's, are none."""
    try:
        found = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        return (), (unreadable(folder, error),)
    files = tuple(path for path in found if not is_of_system(path))
    answers = tuple(path for path in files if path.suffix.lower() in _ENDINGS)
    return answers, tuple(_unread(path) for path in files if path not in answers)


def _unread(path: Path) -> Problem:
    """A file beside the answers whose name is not that of one: Notepad puts .txt behind what it saves."""
    place = Place(file=str(path))
    meant = PurePath(path.name.removesuffix(path.suffix))
    if meant.suffix.lower() in _ENDINGS:
        return problem("answers-misnamed", place, name=path.name, meant=meant.name)
    return problem("answers-unread", place, name=path.name)


def _no_case(folder: Path) -> Problem | None:
    """That the file of a case is there under another name."""
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    wanted = CaseFolder(folder).case_file.name
    alike = [
        path.name for path in there if path.is_file() and path.name.lower().startswith(f"{PurePath(wanted).stem}.y")
    ]
    if not alike or wanted in alike:
        return None
    return problem("case-misnamed", Place(file=str(folder / alike[0])), name=wanted, other=alike[0])


def _read_forms(files: tuple[Path, ...], reader: FormReader, library: Library) -> Mapping[str, AnsweredForm]:
    forms: dict[str, AnsweredForm] = {}
    problems = reader.values.problems
    for path in files:
        node, found = read(path)
        problems.extend(found)
        if node is None:
            continue
        name = node.get("form") if isinstance(node, MappingNode) else None
        place = Place(file=str(path), line=node.line)
        if not isinstance(node, MappingNode) or not isinstance(name, Scalar) or name.text is None:
            problems.append(problem("missing-key", place, shape=path.name, name="form"))
        elif name.text not in library.forms:
            problems.append(_unknown("form", name.text, library.forms, place.within(line=name.line)))
        elif name.text in forms:
            other = forms[name.text].place.file
            problems.append(problem("form-answered-twice", place.within(form=name.text), name=name.text, other=other))
        else:
            spec = library.forms[name.text]
            forms[name.text] = reader.form(node, spec, place.within(form=name.text, line=name.line), besides=("form",))
    return forms


def _unknown(what: str, name: str, known: Iterable[str], place: Place) -> Problem:
    return problem(f"unknown-{what}", place, name=name, guess=guess(name, known), known="، ".join(known))


def _in_band(column: Column) -> Column:
    """A column as a band row fills it: nothing is calculated there, so «الف» may stand where rows have their number."""
    return replace(column, type="text", calculation=None) if column.calculation else column


def words_besides(form: str) -> tuple[str, ...]:
    """The keys of a file of answers that are no answers; ``case`` is the form of the fields of a case."""
    return ("report", PREVIOUS, "templates", "embed_fonts") if form == "case" else ("form",)


@dataclass(frozen=True)
class Known:
    """An earlier reading of the same file that found no fault: what stands as it stood need not be read anew."""

    node: MappingNode
    form: AnsweredForm

    def value(self, key: str, node: MappingNode) -> Answer | None:
        """A single answer that stands where and as it stood; None of any other."""
        stands = self.node.entries.get(key) == node.entries[key] and self.node.line_of(key) == node.line_of(key)
        return self.form.values.get(key) if stands else None

    def rows(self, key: str) -> tuple[tuple[Node, AnsweredRow], ...]:
        """The rows of a table as they stood."""
        node, rows = self.node.entries.get(key), self.form.tables.get(key, ())
        return tuple(zip(node.items, rows, strict=True)) if isinstance(node, Sequence) and rows else ()


class FormReader:
    """Reads the answers of forms; problems gather in ``values``."""

    def __init__(self, attachments: Path | None, values: ValueReader | None = None) -> None:
        self.values = values or ValueReader(attachments)

    def form(
        self, node: MappingNode, spec: FormSpec, place: Place, besides: tuple[str, ...], known: Known | None = None
    ) -> AnsweredForm:
        values: dict[str, Answer] = {}
        tables: dict[str, tuple[AnsweredRow, ...]] = {}
        items = {item.name: item for item in spec.items}
        carried = self._carried(node, place) if CARRIED not in items else None
        for key, answer in node.entries.items():
            where = place.within(line=node.line_of(key), item=key)
            item = items.get(key)
            if key in besides or (key in (CARRIED, DOUBTS) and item is None):
                continue
            if item is None:
                self.values.report("unknown-answer", where, name=key, guess=_meant(key, items))
            elif not item.is_asked:
                self.values.report("calculated-cell", where, label=item.shown)
            elif item.is_table:
                tables[key] = self._table(answer, item, where, known.rows(key) if known else ())
            elif known is not None and (found := known.value(key, node)) is not None:
                values[key] = found
            else:
                values[key] = Answer(self.values.read(answer, item, where.within(line=answer.line)), where)
        doubts = self._doubts(node, items, place) if DOUBTS not in items else {}
        return AnsweredForm(spec.id, values, tables, place, carried, doubts)

    def _carried(self, node: MappingNode, place: Place) -> Carried | None:
        """Which answers came from another case; once the list is emptied, none."""
        listed = node.get(CARRIED)
        where = place.within(line=node.line_of(CARRIED))
        if listed is None or (isinstance(listed, Scalar) and listed.text is None):
            return None
        if not isinstance(listed, MappingNode):
            self.values.report("wrong-shape", where, expected="item: fingerprint", found=describe(listed))
            return None
        texts = {
            name: Answer(value.text if isinstance(value, Scalar) else None, where.within(line=listed.line_of(name)))
            for name, value in listed.entries.items()
        }
        origin = texts.pop(ORIGIN, Answer(None)).value
        alike = frozenset(name for name, told in texts.items() if str(told.value or "").endswith(ALIKE))
        for name in alike:
            texts[name] = texts[name]._replace(value=str(texts[name].value).removesuffix(ALIKE).rstrip())
        return Carried(str(origin or ""), texts, where, alike)

    def _doubts(self, node: MappingNode, items: Mapping[str, Item], place: Place) -> Mapping[str, tuple[str, ...]]:
        """What the agency is not sure of: a text by item, or several."""
        listed = node.get(DOUBTS)
        where = place.within(line=node.line_of(DOUBTS), item=DOUBTS)
        if listed is None or (isinstance(listed, Scalar) and listed.text is None):
            return {}
        if not isinstance(listed, MappingNode):
            self.values.report("wrong-shape", where, expected="item: text", found=describe(listed))
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for name, doubt in listed.entries.items():
            at = where.within(line=listed.line_of(name))
            told = [
                each.text
                for each in (doubt.items if isinstance(doubt, Sequence) else [doubt])
                if isinstance(each, Scalar) and each.text
            ]
            if name not in items:
                self._unknown_answer(name, items, at)
            elif not told:
                self.values.report("not-text", at, label=items[name].shown, found=describe(doubt))
            else:
                found[name] = tuple(told)
        return found

    def _unknown_answer(self, name: str, known: Iterable[str], place: Place) -> None:
        self.values.report("unknown-answer", place, name=name, guess=guess(name, known))

    def _table(
        self, node: Node, item: Item, place: Place, known: tuple[tuple[Node, AnsweredRow], ...]
    ) -> tuple[AnsweredRow, ...]:
        if isinstance(node, Scalar) and node.text is None:
            return ()
        if item.rows:
            return self._printed_rows(node, item, place)
        if not isinstance(node, Sequence):
            self.values.report("not-a-table", place, label=item.shown, found=describe(node))
            return ()
        columns = {column.name: column for column in item.columns}
        read = (
            was[1]
            if was is not None and was[0] == row
            else self._row(row, item, columns, place.within(line=row.line, row=number))
            for number, (row, was) in enumerate(zip(node.items, chain(known, repeat(None)), strict=False), start=1)
        )
        return tuple(row for row in read if row is not None)

    def _row(self, node: Node, item: Item, columns: Mapping[str, Column], place: Place) -> AnsweredRow | None:
        if not isinstance(node, MappingNode):
            self.values.report("not-a-row", place, label=item.shown, found=describe(node))
            return None
        band = node.get("group") if "group" not in columns else None
        if band is None:
            return AnsweredRow(self._cells(node, columns, place), place)
        if item.group_rows is None or not isinstance(band, MappingNode):
            self.values.report("no-group-rows", place, label=item.shown)
            return None
        for name in node.entries:
            if name != "group":
                self._unknown_answer(name, ("group",), place.within(line=node.line_of(name), column=name))
        filled = {name: _in_band(columns[name]) for name in item.group_rows.columns}
        return AnsweredRow(self._cells(band, filled, place), place, group=True)

    def _cells(self, node: MappingNode, columns: Mapping[str, Column], place: Place) -> dict[str, Answer]:
        cells: dict[str, Answer] = {}
        for name, value in node.entries.items():
            where = place.cell(name, node.line_of(name))
            column = columns.get(name)
            if column is None:
                known = "، ".join(each.spelled for each in columns.values())
                self.values.report("unknown-column", where, name=name, guess=_meant(name, columns), known=known)
            elif column.calculation:
                self.values.report("calculated-cell", where, label=column.shown)
            else:
                cells[name] = Answer(self.values.read(value, column, where), where)
        return cells

    def _printed_row(self, node: MappingNode, printed: PrintedRow, item: Item, place: Place) -> AnsweredRow:
        shut = {column.name for column in item.columns if printed.shuts(column.name)}
        for name in (key for key in node.entries if key in shut):
            where = place.within(line=node.line_of(name), column=name)
            label = item.column(name).shown
            self.values.report(printed.refusal(name), where, column=label, label=label)
        asked = {key: value for key, value in node.entries.items() if key not in shut}
        open_columns = {column.name: column for column in item.columns if column.name not in shut}
        cells = self._cells(MappingNode(asked, node.keys, node.line), open_columns, place)
        return AnsweredRow(cells, place, name=printed.name)

    def _printed_rows(self, node: Node, item: Item, place: Place) -> tuple[AnsweredRow, ...]:
        if not isinstance(node, MappingNode):
            self.values.report("not-a-table", place, label=item.shown, found=describe(node))
            return ()
        label = item.shown
        rows = {row.name: (number, row) for number, row in enumerate(item.rows, start=1)}
        answered: list[AnsweredRow] = []
        for name, cells in node.entries.items():
            where = place.within(line=node.line_of(name))
            if name not in rows:
                near, known = guess(name, rows), "، ".join(rows)
                self.values.report("unknown-row", where, name=name, label=label, guess=near, known=known)
                continue
            number, printed = rows[name]
            where = where.within(row=number)
            if isinstance(cells, MappingNode):
                answered.append(self._printed_row(cells, printed, item, where))
            elif not (isinstance(cells, Scalar) and cells.text is None):
                self.values.report("not-a-row", where, label=item.shown, found=describe(cells))
        return tuple(answered)
