"""What the makers of the specifications remark, and what an agency doubts, is for those at work: a final document says
none of it, the sheet in front of a draft all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.persian import fold
from assembler.base.problems import Place
from assembler.base.settings import Settings
from assembler.model.blocks import ParagraphSpec, SubheadingSpec, walk
from assembler.model.judged import Judged
from assembler.model.remarks import makers_remarks, own_doubts
from assembler.model.reports import Library, PartSpec, ReportSpec
from assembler.model.specs import FormSpec
from assembler.packet import findings_part
from assembler.pipeline import judged_at, library

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(ROOT / "form_specs", ROOT / "letter_templates")
SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/case.yaml"))
# The words makers use of a source they could not read.
THEIR_WORDS = (
    "بازسازی‌شده", "بازسازی شد", "محل تردید", "نسخه موجود", "خوانده نمی‌شود", "ناخوانا", "چاپ نشده", "چاپ شده است",
    "در متن نیامده", "گزارش منتشرشده نیست", "کروشه", "OCR",
)  # fmt: skip
# What a specification says that is not printed: conditions, what is told while answering, places in files.
UNPRINTED = {"inferred", "own", "doubt", "legal_doubt", "hint", "source", "rules", "constraint", "place"}


@cache
def specs() -> Library:
    return library(SETTINGS)


@cache
def judged(case: Path) -> Judged:
    return judged_at(case, specs())


def texts(value: object, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield fold(value)
    elif isinstance(value, Mapping):
        yield from (text for each in value.values() for text in texts(each, without))
    elif isinstance(value, Place | Path):
        return
    elif isinstance(value, tuple | list):
        yield from (text for each in value for text in texts(each, without))
    elif is_dataclass(value):
        named = (field.name for field in fields(value) if field.name not in without)
        yield from (text for name in named for text in texts(getattr(value, name), without))


def reasons(case: Judged) -> set[str]:
    """What the makers of the case's forms remark, and what its agency doubts."""
    answered = {"case": case.case.fields, **case.case.forms}
    found = [remark for form in case.forms.values() for remark in makers_remarks(form.spec)]
    found += [remark for name, form in answered.items() for remark in own_doubts(form, case.forms[name].spec)]
    words = (remark.words for remark in found)
    return {fold(each if isinstance(each, str) else str(each.arguments["reason"])) for each in words}


@pytest.mark.parametrize("case", SAMPLES, ids=lambda case: case.name)
def test_a_final_document_says_no_remark_and_the_draft_all(case: Path) -> None:
    found = judged(case)
    printed = "\n".join(texts(found.packet))
    told = reasons(found)
    assert told, "the sample has remarks to try it with"
    assert [reason for reason in told if reason in printed] == []
    assert [words for words in THEIR_WORDS if fold(words) in printed] == []
    with messages.spoken("fa"):
        sheet = "\n".join(texts(findings_part((*found.problems, *found.remarks), found.forms)))
    assert [reason for reason in told if reason not in sheet] == []


@pytest.mark.parametrize("case", SAMPLES, ids=lambda case: case.name)
def test_letters_of_samples_are_headed_and_signed_by_their_own_agency(case: Path) -> None:
    assert [found.code for found in judged(case).problems if found.code.startswith("letter-other-")] == []


@pytest.mark.parametrize("form", specs().forms.values(), ids=lambda form: form.id)
def test_what_a_specification_prints_says_nothing_of_its_making(form: FormSpec) -> None:
    printed = "\n".join(texts(form, frozenset(UNPRINTED)))
    assert [words for words in THEIR_WORDS if fold(words) in printed] == []


@pytest.mark.parametrize("name", specs().reports)
def test_nor_does_a_report(name: str) -> None:
    printed = "\n".join(texts(specs().reports[name].parts, frozenset(UNPRINTED)))
    assert [words for words in THEIR_WORDS if fold(words) in printed] == []


LETTERS = [(report, part) for report in specs().reports.values() for part in report.parts if part.kind == "letter"]


@pytest.mark.parametrize(("report", "letter"), LETTERS, ids=lambda one: getattr(one, "name", "") or one.id)
def test_every_sentence_of_a_shipped_letter_has_a_clause_or_is_the_office_s_own(
    report: ReportSpec, letter: PartSpec
) -> None:
    said = [block for block in walk(letter.content) if isinstance(block, ParagraphSpec | SubheadingSpec)]
    bare = [block.text for block in said if not block.source]
    assert bool(bare) == bool(letter.own), bare
    sources = (report.source, *(specs().forms[name].source for name in report.used_forms))
    known = {clause for source in sources for clause in source.clause}
    assert {clause for block in said for clause in block.source} <= known
    assert letter.amendment
    assert letter.amendment.own, "no circular says how a letter is amended"


def test_the_days_a_service_desk_has_are_its_own() -> None:
    assert specs().reports["service-desk"].case.item("grace_days").own
