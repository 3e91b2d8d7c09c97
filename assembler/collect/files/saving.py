"""Saves answers into the files of a case: what changed in its place, a form without a file in a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assembler.answers import FormReader, edited, same_form
from assembler.answers.editing import refuse_unreadable, same_answer
from assembler.base.files import write_whole, writing
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.yamlfile import MappingNode, Scalar, parse, read
from assembler.collect.files.skeleton import form_file
from assembler.collect.files.starting import file_names
from assembler.model.answers import AnsweredForm
from assembler.model.folders import CaseFolder
from assembler.model.specs import FormSpec

_WORDS = {"case": ("report", "previous")}


def save_form(
    folder: Path,
    spec: FormSpec,
    forms: Mapping[str, FormSpec],
    before: AnsweredForm | None,
    after: AnsweredForm,
    order: Sequence[str] = (),
) -> Path | None:
    """Writes what differs between two states of a form into its file in a case; gives the file, None when nothing does.

    A form without a file gets one with its questions as comments; ``forms`` are those the conditions speak of, with
    «case», and ``order`` names the forms of the report as they are numbered. Raises AssemblerError: «answers-changed»
    when the file no longer says ``before``, or the file cannot be read or written.
    """
    path = answer_file(folder, spec.id)
    if (before is None) != (path is None):
        raise _changed(path or CaseFolder(folder).answers)
    if before is None or path is None:
        return _new_file(folder, spec, forms, after, order)
    text = _text(path)
    if not same_form(spec, _told(text, spec, path, folder), before):
        raise _changed(path)
    new = edited(text, spec, before, after)
    if new == text:
        return None
    _write(path, new)
    return path


def answer_file(folder: Path, form: str) -> Path | None:
    """The file of a case that answers a form; ``case`` is that of its fields."""
    if form == "case":
        return CaseFolder(folder).case_file
    answers = CaseFolder(folder).answers
    files = sorted(answers.iterdir()) if answers.is_dir() else []
    for path in files:
        if path.suffix in (".yaml", ".yml") and not path.name.startswith("."):
            node, _ = read(path)
            name = node.get("form") if isinstance(node, MappingNode) else None
            if isinstance(name, Scalar) and name.text == form:
                return path
    return None


def _changed(path: Path) -> AssemblerError:
    return AssemblerError([problem("answers-changed", Place(file=str(path)), name=path.name)], ExitCode.ANSWERS)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault = problem("file-unreadable", Place(file=str(path)), name=path.name, reason=error)
        raise AssemblerError([fault], ExitCode.ANSWERS) from error


def _told(text: str, spec: FormSpec, path: Path, folder: Path) -> AnsweredForm:
    place = Place(file=str(path), form=spec.id)
    node, problems = parse(text.removeprefix("\ufeff"), place)
    if not isinstance(node, MappingNode):
        raise AssemblerError(problems, ExitCode.ANSWERS) if problems else _changed(path)
    return FormReader(CaseFolder(folder).attachments).form(node, spec, place, besides=_WORDS.get(spec.id, ("form",)))


def _write(path: Path, text: str) -> None:
    with writing(path):
        path.parent.mkdir(exist_ok=True)
        write_whole(path, text.encode("utf-8"))


# ---------------------------------------------------------------- new files


def _new_file(
    folder: Path, spec: FormSpec, forms: Mapping[str, FormSpec], after: AnsweredForm, order: Sequence[str]
) -> Path | None:
    blank = AnsweredForm(spec.id, {}, {})
    given = [item for item in spec.items if not same_answer(item, blank, after)]
    if not given:
        return None
    refuse_unreadable(spec, after, given)
    answers = CaseFolder(folder).answers
    path = answers / _name(answers, spec.id, forms, order)
    text = form_file(spec, forms)
    _write(path, edited(text, spec, blank, after))
    return path


def _name(answers: Path, form: str, forms: Mapping[str, FormSpec], order: Sequence[str]) -> str:
    """A name none of the files has: the one `new` would have given it, else that of the form."""
    asked = tuple(name for name in order if name in forms and forms[name].is_asked)
    names = dict(zip(asked, file_names(asked), strict=True))
    wanted = Path(names.get(form, form.rpartition("/")[2] + ".yaml"))
    taken = {path.name for path in answers.iterdir()} if answers.is_dir() else set()
    name, number = wanted.name, 1
    while name in taken:
        number += 1
        name = f"{wanted.stem}-{number}{wanted.suffix}"
    return name
