"""Takes responses of a survey into a case: counts them, and writes the results as the answers of their form."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from assembler.answers import form_to_yaml
from assembler.base.files import put, write_whole, writing
from assembler.base.foreign import Turned, attempt
from assembler.base.messages import fill, spoken, translate
from assembler.base.persian import RLM
from assembler.base.problems import NOWHERE, AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.progress import COUNT, Progress, silent
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Scalar
from assembler.base.yamlfile import Sequence as SequenceNode
from assembler.base.yamlfile import read as read_yaml
from assembler.collect.survey.columns import HeaderReader, Questionnaire
from assembler.collect.survey.counting import MOST_NAMES, OTHERS, Reader
from assembler.collect.survey.counts import Counts, Tally
from assembler.collect.survey.files import SideFile, open_tables
from assembler.collect.survey.results import Cells, ResultRows
from assembler.collect.survey.seen import Seen
from assembler.collect.survey.tables import Chunk, Table
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Case, Value
from assembler.model.folders import CaseFolder
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import FormSpec, Item

SET_ASIDE, COMMENTS = "set-aside.csv", "survey-comments.csv"
_RECORD = ".survey.json"  # what was written last, to tell what a person changed since
Problems = Iterator[Problem]


@dataclass(frozen=True)
class Imported:
    """What came of an import; ``written`` and ``put_aside`` are empty when nothing was to be written."""

    questionnaire: Questionnaire
    tally: Tally
    remarks: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    put_aside: tuple[Path, ...] = ()


def survey_of(report: ReportSpec, library: Library, name: str = "") -> Questionnaire:
    """The questionnaire whose results a report holds; ``name`` tells which of several.

    Raises AssemblerError ``survey-none`` or ``survey-several``.
    """
    used = set(report.used_forms)
    found = {form.id: form for form in library.forms.values() if form.survey and form.survey.results in used}
    chosen = [form for form in found.values() if name in ("", form.id)]
    if not chosen:
        fault = problem("survey-none", name=report.id, known=listed(found) or "—")
        raise AssemblerError([fault], ExitCode.USAGE)
    if len(chosen) > 1:
        raise AssemblerError([problem("survey-several", known=listed(found))], ExitCode.USAGE)
    return Questionnaire.of(chosen[0])


def read_mapping(path: Path, questionnaire: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """A file of «name: header» or «name: [a header for each level]»; names are those of the questionnaire.

    Raises AssemblerError when it is none.
    """
    node, problems = read_yaml(path)
    if not isinstance(node, MappingNode):
        wrong = problem("wrong-shape", Place(file=str(path)), expected="name: header", found="∅")
        raise AssemblerError(problems or [wrong], ExitCode.USAGE)
    found, faults = {}, list(problems)
    known = [*(question.name for question in questionnaire.questions), *questionnaire.fields]
    for name, value in node.entries.items():
        place = Place(file=str(path), line=node.line_of(name))
        heads = [each.text or "" for each in _scalars(value)]
        is_question = name not in questionnaire.fields
        if name not in known:
            shape, near = questionnaire.form.id, guess(name, known)
            faults.append(problem("unknown-item", place, name=name, shape=shape, guess=near, known=listed(known, 20)))
        elif len(heads) != 1 and not (is_question and len(heads) == len(questionnaire.levels)):
            expected = f"1 | {len(questionnaire.levels)}" if is_question else "1"
            faults.append(problem("wrong-shape", place, expected=expected, found=str(len(heads))))
        found[name] = tuple(heads)
    if faults:
        raise AssemblerError(faults, ExitCode.USAGE)
    return found


def _scalars(node: object) -> Iterable[Scalar]:
    nodes = node.items if isinstance(node, SequenceNode) else (node,)
    return [each for each in nodes if isinstance(each, Scalar)]


def import_survey(
    case: Case,
    questionnaire: Questionnaire,
    results: FormSpec,
    files: Sequence[Path],
    explicit: Mapping[str, tuple[str, ...]] | None = None,
    *,
    sheets: Sequence[str] = (),
    encoding: str = "",
    turned: Turned = nullcontext,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Imported:
    """Counts the responses in files and writes the results into the case, all of it or nothing.

    Raises AssemblerError when a file cannot be read as a whole or the results cannot be written; rows that cannot be
    counted are set aside and end nothing.
    """
    tally = Tally(Counts(len(questionnaire.questions), len(questionnaire.levels)))
    remarks: list[Problem] = []
    with _side_files(case.folder) as sides:
        header = HeaderReader(questionnaire, explicit or {})
        reader = Reader(questionnaire, tally, sides.aside, sides.rest, sides.seen)
        for at, path in enumerate(files):
            tell = _teller(progress, at, len(files))
            for table in open_tables(path, sheets, encoding, turned):
                remarks.extend(table.remarks)
                remarks.extend(_read(table, header, reader, sides.aside, tell))
        remarks.extend(_many(tally, questionnaire))
        if dry_run:
            return Imported(questionnaire, tally, tuple(remarks))
        answered = AnsweredForm(results.id, *_results(tally, questionnaire, results, files))
        written, put_aside = _publish(case, results, answered, sides)
    return Imported(questionnaire, tally, tuple(remarks), written, put_aside)


def _teller(progress: Progress, at: int, of: int) -> Callable[[float], None]:
    """Tells how far all files are, in hundredths, by how far one of them is."""
    return lambda done: progress(COUNT, int(100 * (at + done) / of), 100)


def _read(
    table: Table, header: HeaderReader, reader: Reader, aside: SideFile, tell: Callable[[float], None]
) -> Problems:
    """Counts one table; the problems say what of it is not read."""
    first = next(table.chunks, Chunk([], []))
    columns, taken = header.find(first.rows, table.name)
    place = Place(file=table.name)
    if columns.missing:
        yield problem("survey-missing-question", place, names="، ".join(each.number for each in columns.missing))
    if columns.unused:
        yield problem("survey-unused-columns", place, names=listed(columns.unused))
    aside.under(("file", "line", "problem", *first.rows[taken - 1]))
    for chunk in chain((Chunk(first.rows[taken:], first.lines[taken:]),), table.chunks):
        reader.take(chunk, columns, table)
        tell(table.position())


def _many(tally: Tally, questionnaire: Questionnaire) -> Problems:
    """Fields with more values than are counted each for itself."""
    for name in sorted(tally.too_many):
        label = questionnaire.fields[name].label
        yield problem("survey-many-values", label=label, limit=MOST_NAMES, name=OTHERS)


# ---------------------------------------------------------------- results


def _results(
    tally: Tally, questionnaire: Questionnaire, results: FormSpec, files: Sequence[Path]
) -> tuple[dict[str, Answer], dict[str, tuple[AnsweredRow, ...]]]:
    """The answers of the form of results, as far as it asks for them."""
    asked = {item.name: item for item in results.items if item.is_asked}
    values: dict[str, Value] = {
        "responses": tally.whole.responses,
        "set_aside": tally.set_aside,
        "duplicates": tally.faults["survey-duplicate"],
        "files": tuple(path.name for path in files),
        "comments_rest": tally.comments_rest or None,
    }
    writer = ResultRows(tally, questionnaire)
    tables: dict[str, Iterable[Cells]] = {
        "questions": writer.questions(tally.whole),
        "groups": writer.groups(),
        "services": writer.parts(questionnaire.spec.service, "service"),
        "service_questions": writer.part_questions(questionnaire.spec.service, "service"),
        "periods": writer.parts(questionnaire.spec.period, "period"),
        "period_questions": writer.part_questions(questionnaire.spec.period, "period"),
        "respondents": writer.respondents(),
        "comments": writer.comments(),
    }
    answers = {name: Answer(value) for name, value in values.items() if name in asked and not asked[name].is_table}
    rows = {name: _rows(asked[name], cells) for name, cells in tables.items() if name in asked and asked[name].is_table}
    return answers, rows


def _rows(item: Item, rows: Iterable[Cells]) -> tuple[AnsweredRow, ...]:
    """Rows with the columns their table asks for."""
    names = {column.name for column in item.columns if column.is_asked}
    return tuple(
        AnsweredRow({name: Answer(value) for name, value in cells.items() if name in names}, NOWHERE) for cells in rows
    )


# ---------------------------------------------------------------- writing


@dataclass
class _Sides:
    """Files beside the results, under temporary names until all is done."""

    folder: Path
    aside: SideFile
    rest: SideFile
    identifiers: Seen | None = None

    def seen(self) -> Seen:
        """The identifiers met so far; they are kept only when there are any."""
        if self.identifiers is None:
            handle, name = tempfile.mkstemp(prefix="assembler-", suffix=".sqlite")
            os.close(handle)
            self.identifiers = Seen(Path(name))
        return self.identifiers


@contextmanager
def _side_files(folder: Path) -> Iterator[_Sides]:
    rest_head = ("file", "line", "comment", "service")
    sides = _Sides(folder, SideFile(folder / SET_ASIDE), SideFile(folder / COMMENTS, rest_head))
    try:
        with writing(folder, within=True):
            yield sides
    finally:
        sides.aside.discard()
        sides.rest.discard()
        if sides.identifiers is not None:
            sides.identifiers.close()


def _publish(
    case: Case, results: FormSpec, answered: AnsweredForm, sides: _Sides
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Puts the files in place, the answers last; what a person changed since the last import is kept under a name
    that says so, outside the answers.
    """
    target = _target(case, results)
    record = _read_record(case.folder)
    finished = {side.path: side.close() for side in (sides.aside, sides.rest)}
    text = _text(answered, results).encode("utf-8")
    aside = [_put_aside(path, case, record) for path in (*finished, target)]
    for path, temporary in finished.items():
        if temporary is None:
            path.unlink(missing_ok=True)
        else:
            put(temporary, path)
    target.parent.mkdir(exist_ok=True)
    write_whole(target, text)
    written = (target, *(path for path, temporary in finished.items() if temporary is not None))
    hashes = {str(path.relative_to(case.folder)): _hash(path) for path in written}
    write_whole(case.folder / _RECORD, json.dumps(hashes, indent=2).encode())
    return written, tuple(path for path in aside if path is not None)


def _target(case: Case, results: FormSpec) -> Path:
    """The answer file of the results: the one there is, else ``answers/survey.yaml``."""
    name = results.id.rpartition("/")[2]
    if results.id in case.forms:
        return Path(str(case.forms[results.id].place.file))
    usual = CaseFolder(case.folder).answers / f"{name}.yaml"
    return usual if not usual.exists() else usual.with_name(f"{results.id.replace('/', '-')}.yaml")


def _put_aside(path: Path, case: Case, record: Mapping[str, str]) -> Path | None:
    """Keeps a file that is not as it was written last; a skeleton nobody has answered is no loss."""
    if not path.exists() or record.get(str(path.relative_to(case.folder))) == _hash(path):
        return None
    answered = next((form for form in case.forms.values() if form.place.file == str(path)), None)
    if answered is not None and _is_blank(answered):
        return None
    number = 1
    while (kept := case.folder / f"{path.stem} (edited {number}){path.suffix}").exists():
        number += 1
    os.replace(path, kept)
    return kept


def _is_blank(answered: AnsweredForm) -> bool:
    return not any(answered.tables.values()) and all(answer.value is None for answer in answered.values.values())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_record(folder: Path) -> Mapping[str, str]:
    record = folder / _RECORD
    found = attempt(lambda: json.loads(record.read_text(encoding="utf-8")), record, None)
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _text(answered: AnsweredForm, results: FormSpec) -> str:
    with spoken("fa"):
        lines = [
            fill("Form: {title}", title=results.title),
            translate("Written by `assembler survey`; another import replaces it and keeps what was changed by hand."),
        ]
    return "".join(f"# {RLM}{line}\n" for line in lines) + form_to_yaml(answered, results)
