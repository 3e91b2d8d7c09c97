"""The text of an answer file, with what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from assembler.answers.reader import FormReader, Known, words_besides
from assembler.answers.values import ValueReader
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.yamlfile import MappingNode, document
from assembler.model.answers import AnsweredForm, Attachment
from assembler.model.specs import FormSpec, Item
from assembler.model.types import FILES

Files = Mapping[tuple[str, str], Attachment]  # by the type of the field, «image» or «file», and the name


@dataclass(frozen=True)
class FormText:
    """A text of an answer file, without the mark some editors put before it, and what it says.

    ``root`` is PyYAML's, None of an empty text; ``node`` is ours.
    """

    text: str
    root: yaml.Node | None
    node: MappingNode
    form: AnsweredForm
    problems: tuple[Problem, ...] = ()


def form_text(
    text: str, spec: FormSpec, file: str | None, values: ValueReader, known: FormText | None = None
) -> FormText:
    """What the text of a file says, read by a reader of values; what stands as it stood in ``known`` is not read anew.

    Raises AssemblerError when it is no file of answers at all.
    """
    root, node, problems = document(text, Place(file=file))
    if not isinstance(node, MappingNode):
        place = Place(file=file, form=spec.id)
        found = problems or (problem("wrong-shape", place, expected="form: …", found="∅"),)
        raise AssemblerError(found, ExitCode.ANSWERS)
    reader = FormReader(Path(), values)
    place = Place(file, None if spec.id == "case" else node.line, spec.id)
    earlier = Known(known.node, known.form) if known and not known.problems else None
    form = reader.form(node, spec, place, words_besides(spec.id), earlier)
    return FormText(text, root, node, form, (*problems, *values.problems))


class KnownFiles(ValueReader):
    """Reads values by the files that are known: whether they are there was told before, as ``problems`` say."""

    def __init__(self, known: Files, problems: Sequence[Problem] = ()) -> None:
        super().__init__(Path())
        self.known = known
        self.faults = {found.arguments.get("name"): found for found in problems if found.code.startswith("attachment-")}

    def _attachment(self, name: str, typed: str, place: Place, *, image: bool) -> Attachment | None:
        kind = "image" if image else "file"
        found = next((self.known[kind, each] for each in (name, typed) if (kind, each) in self.known), None)
        if found is None:
            fault = self.faults.get(name) or self.faults.get(typed)
            told = replace(fault, place=place) if fault else problem("attachment-missing", place, name=name)
            self.problems.append(told)
        return found


def files_of(spec: FormSpec, *forms: AnsweredForm) -> Files:
    """The files that answers name, each with the type of its field: they are there, the others are not."""
    return {(kind, file.name): file for form in forms for item in spec.items for kind, file in _item_files(item, form)}


def _item_files(item: Item, form: AnsweredForm) -> Iterator[tuple[str, Attachment]]:
    if item.name in form.values and isinstance(file := form.values[item.name].value, Attachment):
        yield item.type, file
    columns = [column for column in item.columns if column.type in FILES]
    for row in form.tables.get(item.name, ()) if columns else ():
        for column in columns:
            if column.name in row.cells and isinstance(file := row.cells[column.name].value, Attachment):
                yield column.type, file
