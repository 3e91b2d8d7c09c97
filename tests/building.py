"""Small specifications and cases written inline in tests, and what the stages make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from assembler.answers import read_case
from assembler.base import messages
from assembler.base.problems import Problem
from assembler.base.yamlfile import MappingNode, Node, Scalar
from assembler.checks import check_answers, check_rules
from assembler.checks.acceptances import evidence
from assembler.evaluate import evaluate_case
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.packet import Packet
from assembler.model.reports import Library
from assembler.packet import assemble
from assembler.specs.library import read_library

HEAD = "form: {form}\ntitle: عنوان\nsource: {{document: d}}\n"
FIRST_LINE = 4  # the line a form's own text begins on
REPORT = """\
report: r
title: گزارش
source: {document: d}
case:
  - {name: agency, type: text, label: دستگاه}
parts:
"""


def form_text(body: str, form: str = "x/a") -> str:
    """A whole form file; the body begins on line 4."""
    return HEAD.format(form=form) + dedent(body)


def read_specs(
    folder: Path, *texts: str, templates: Mapping[str, frozenset[str] | None] | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Writes spec files 0.yaml, 1.yaml… and reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    return read_library(folder, templates)


def sound_specs(folder: Path, *texts: str) -> Library:
    library, problems = read_specs(folder, *texts)
    assert [(found.code, found.place.line, found.message) for found in problems] == []
    return library


def report_text(*forms: str, parts: str = "  - {body: body, title: متن, template: body}\n", more: str = "") -> str:
    """A report that asks for forms and holds the given parts."""
    asked = f"forms: [{', '.join(forms)}]\n" if forms else ""
    return REPORT + dedent(parts) + asked + dedent(more)


def write_case(folder: Path, *answers: str, case: str = "report: r\n") -> Path:
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    (folder / "attachments").mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(dedent(case), encoding="utf-8")
    for number, text in enumerate(answers):
        (folder / "answers" / f"{number}.yaml").write_text(dedent(text), encoding="utf-8")
    return folder


class World:
    """A folder with specs and a case, read through the pure stages."""

    def __init__(
        self, folder: Path, forms: Iterable[str], answers: Iterable[str], *, report: str = "", case: str = "report: r\n"
    ) -> None:
        forms = tuple(forms)
        names = tuple(text.split("\n", 1)[0].removeprefix("form: ") for text in forms)
        self.library = sound_specs(folder / "specs", *forms, report or report_text(*names))
        found, self.read_problems = read_case(write_case(folder / "case", *answers, case=case), self.library)
        assert found is not None
        self.case: Case = found
        self.report = self.library.reports["r"]
        forms_and_problems = evaluate_case(found, self.report, self.library)
        self.forms: Mapping[str, FilledForm] = forms_and_problems[0]
        self.failed = forms_and_problems[1]

    def value(self, name: str, form: str = "x/a") -> object:
        return self.forms[form].items[name].value

    def column(self, table: str, name: str, form: str = "x/a") -> list[object]:
        return [row.cells[name].value for row in self.forms[form].items[table].rows]

    def checked(self) -> list[Problem]:
        """What is found in the reader's language; an acceptance must fit it in every other."""
        found = self._checked()
        for language in messages.LANGUAGES:
            with messages.spoken(language):
                assert [evidence(one, self.forms) for one in self._checked()] == [
                    evidence(one, self.forms) for one in found
                ]
        return found

    def _checked(self) -> list[Problem]:
        used = (*self.report.used_forms, "case")
        return [*check_answers(self.forms, used), *check_rules(self.forms, used)]

    def packet(self) -> tuple[Packet, tuple[Problem, ...]]:
        return assemble("case", self.report, self.forms)[:2]


def codes(problems: Iterable[Problem]) -> list[str]:
    return [found.code for found in problems]


def plain_yaml(node: Node) -> object:
    """A node as an editor's YAML 1.2 reads it: true and false are booleans, yes and no are texts."""
    if isinstance(node, MappingNode):
        return {key: plain_yaml(value) for key, value in node.entries.items()}
    if not isinstance(node, Scalar):
        return [plain_yaml(item) for item in node.items]
    if node.text is None or node.quoted:
        return node.text
    return _core(node.text)


def _core(text: str) -> object:
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if not text.isascii() or "_" in text:
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
