"""A case given as data, without a folder: written into one of its own, so that it is read, checked and built like any.

The data are what ``case.yaml`` says, its fields and ``report``, and under ``forms`` what the answer files say:

    {
        "report": "demo",
        "agency": "اداره نمونه",
        "forms": {"demo/services": {"listed": True, "services": [{"title": "صدور گواهی", "count": 12}]}},
    }

Values are texts, numbers, dates, True and False for the choices «yes» and «no», None for a blank, lists and mappings; a
file is a ``Path`` and is copied. ``name`` is what the case and its PDF are called; «case» when left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jdatetime

from assembler.answers import take_attachment
from assembler.answers.writer import block_text
from assembler.base.files import temporary_folder
from assembler.base.problems import AssemblerError, Place, Problem
from assembler.model.folders import CaseFolder

Answers = Mapping[str, object]


@contextmanager
def folder_of(answers: Answers) -> Iterator[Path]:
    """A folder with these answers, gone afterwards; what is told of it names no file of that folder.

    Raises AssemblerError when a file it names cannot be taken.
    """
    with temporary_folder() as work:
        case = CaseFolder(work / _file_name(str(answers.get("name", "case"))))
        case.answers.mkdir(parents=True)
        fields = {name: value for name, value in answers.items() if name not in ("name", "forms")}
        case.case_file.write_text(block_text(_plain(fields, case.path)), encoding="utf-8")
        forms = answers.get("forms", {})
        if not isinstance(forms, Mapping):
            raise TypeError("forms: a mapping of form names to their answers is expected")
        for number, (form, items) in enumerate(forms.items(), start=1):
            text = block_text(_plain({"form": form, **items}, case.path))
            (case.answers / f"{number:03d}.yaml").write_text(text, encoding="utf-8")
        try:
            yield case.path
        except AssemblerError as error:
            raise AssemblerError(without_folder(error.problems, case.path), error.exit_code) from None


def without_folder(problems: Sequence[Problem], folder: Path) -> tuple[Problem, ...]:
    """The problems without the files of a folder that is no more: their forms and items say where they are."""
    inside = str(folder)

    def seen(place: Place) -> Place:
        return place.within(file=None, line=None) if place.file and place.file.startswith(inside) else place

    return tuple(replace(found, place=seen(found.place)) for found in problems)


def _file_name(name: str) -> str:
    return "".join("-" if sign in '/\\:*?"<>|\0' else sign for sign in name).strip(". ") or "case"


def _plain(value: object, folder: Path) -> object:
    """A value as the answer files hold it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Path):
        return take_attachment(folder, value)
    if isinstance(value, jdatetime.date):
        return f"{value.year:04d}/{value.month:02d}/{value.day:02d}"
    if isinstance(value, datetime.date):
        return _plain(jdatetime.date.fromgregorian(date=value), folder)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(name): _plain(one, folder) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one, folder) for one in value]
    return value
