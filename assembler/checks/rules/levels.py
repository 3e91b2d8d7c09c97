"""What was chosen beside the words somebody wrote of it: a degree of a list and the diploma a table tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assembler.base.lexicon import either
from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject
from assembler.model.rules import Levels

_SPACE = re.compile(r"[\s\u200c]+")


def levels(subject: Subject[Levels]) -> Iterator[Problem]:
    """Choices other than the one that begins the text of the same name; a text that begins with none says nothing."""
    told, column = _told(subject), subject.column(subject.words.column)
    for row in subject.rows:
        name, chosen = subject.cell(row, subject.words.key), subject.cell(row, subject.words.column)
        text = told.get(fold(name)) if isinstance(name, str) else None
        said = _level(text, {choice.label: choice.name for choice in column.choices}) if text else None
        if text and said and isinstance(chosen, str) and said != chosen:
            words = {
                "label": column.shown,
                "chosen": column.label_of(chosen),
                "text": text,
                "said": column.label_of(said),
            }
            yield subject.find("level-differs", subject.place(row, column.name), **words)


def _told(subject: Subject[Levels]) -> Mapping[str, str]:
    """The texts by the folded names of their rows; of a name with several texts none."""
    found: dict[str, set[str]] = {}
    for target in subject.words.among:
        item, text_column = subject.target(target), target.rpartition(".")[2]
        for row in item.rows if item is not None and item.relevant else ():
            name, text = row.cells.get(subject.words.key), row.cells[text_column].value
            if name is not None and isinstance(name.value, str) and isinstance(text, str) and row.is_ordinary:
                found.setdefault(fold(name.value), set()).add(text)
    return {name: texts.pop() for name, texts in found.items() if len(texts) == 1}


def _level(text: str, labels: Mapping[str, str]) -> str | None:
    """The choice a text begins with; «کارشناسی ارشد» is not «کارشناسی»."""
    spaced = {_SPACE.sub(" ", label): name for label, name in labels.items()}
    match = re.match(rf"(?:{either(spaced)})(?!\w)", _SPACE.sub(" ", text.strip()))
    return spaced[match.group()] if match else None
