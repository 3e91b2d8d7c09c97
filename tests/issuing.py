"""A small case with a letter that can be issued, and what its revisions hold."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import jdatetime

from assembler.actions.issue import NO_NUMBERS, Issued, issue
from assembler.base.persian import parse_date
from assembler.base.settings import Settings
from assembler.records import file_hash
from assembler.records.bundle import IssuedLetter, case_files
from assembler.records.registry import LetterKey, NumberPattern, Registry
from assembler.records.revisions import CASE, Revision, freeze, revisions, way_to
from tests.conftest import ANSWERS, REPOSITORY, Workplace, make_workplace, write_answers, write_form, write_report

DAY = jdatetime.date(1405, 3, 2)
LETTER = """\
form: demo/letter
title: شماره نامه
source: {document: demo}
items:
  - {name: number, type: text, label: شماره نامه, carry: false}
  - {name: date, type: date, label: تاریخ نامه}
  - {name: other, type: text, label: شماره نامه دیگر, carry: false}
"""
REPORT = """\
report: demo
title: گزارش {{ case.agency }}
author: "{{ case.agency }}"
source: {document: demo}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
forms: [demo/letter]
parts:
  - letter: cover-letter
    title: نامه ارسال
    template: letterhead
    fields:
      number: "{{ form('demo/letter').number }}"
      date: "{{ form('demo/letter').date }}"
      follows: بازگشت به بخشنامه شماره ۱۲
      addressee: جناب آقای نمونه
      addressee_post: مدیرکل محترم نمونه
      subject: ارسال گزارش بازدید
    content:
      - paragraph: گزارش بازدید ارسال می‌گردد.
  - letter: second-letter
    title: نامه دیگر
    template: letterhead
    fields:
      number: "{{ form('demo/letter').other }}"
      addressee: سرکار خانم نمونه
      subject: گزارش دیگر
    content:
      - paragraph: این نامه شماره‌ای جدا دارد.
  - body: report
    title: گزارش
    template: body
    content:
      - section: بازدید
        content:
          - text: demo/visit.title
          - {table: demo/visit.services, caption: خدمات}
  - body: annex
    title: پیوست
    template: body
    content:
      - section: امتیاز
        content:
          - text: demo/visit.score
"""
IDENTITY = "demo — demo — اداره نمونه"
AMENDED = ANSWERS.replace("count: 12", "count: 14")


def issuable(folder: Path) -> Workplace:
    """A workplace whose case can be issued, with a registry beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    place = make_workplace(folder)
    write_form(folder, LETTER, "letter")
    write_report(folder, REPORT)
    (place.case / "attachments" / "یادداشت.txt").write_text("یادداشت\n", encoding="utf-8")
    Registry.create(registry_of(place), NumberPattern("{year}/د/{serial:04}"), DAY).close()
    return place


def registry_of(place: Workplace) -> Path:
    return place.folder / "numbers.db"


def settings_of(place: Workplace) -> Settings:
    return Settings(place.specs, place.templates)


def issued(
    place: Workplace,
    day: jdatetime.date = DAY,
    *,
    registry: str = "",
    letter: str = "",
    numbers: Mapping[str, str] = NO_NUMBERS,
) -> Issued:
    """Issues the case; ``registry="no"`` without its registry."""
    told = None if registry else registry_of(place)
    return issue(place.case, settings_of(place), day, registry=told, letter=letter, numbers=numbers)


def frozen(place: Workplace, *letters: IssuedLetter, registry: bool = True, unconfirmed: str = "") -> Revision:
    """The case as one more revision, without the pages a build would make; its letters recorded in the registry."""
    known = revisions(place.case)
    contents: dict[str, Path | bytes] = {f"{CASE}/{name}": path for name, path in case_files(place.case).items()}
    told = Revision(
        len(known) + 1, "demo", IDENTITY, "demo", "state", letters, "demo.pdf", 1, {},
        known[-1].record_hash if known else "", unconfirmed=unconfirmed,
        registry=way_to(registry_of(place), place.case) if registry else "",
    )  # fmt: skip
    made = freeze(place.case, told, {**contents, "demo.pdf": b"%PDF"})
    with Registry.open(registry_of(place)) as numbers:
        for letter in letters if registry else ():
            day = parse_date(letter.date) or DAY
            if letter.number not in {entry.number for entry in numbers.entries() if entry.is_recorded}:
                numbers.record(letter.number, day, "موضوع", "گیرنده", made.files["demo.pdf"], made.pdf_path)
    return made


def reserved(place: Workplace, letter: str, revision: int = 1, case: str = "") -> str:
    """A number the registry gives a letter of the case."""
    with Registry.open(registry_of(place)) as numbers:
        return numbers.reserve(LetterKey(case or IDENTITY, letter, revision), DAY)


def amend(place: Workplace, text: str = AMENDED) -> None:
    write_answers(place.folder, text)


def tree(folder: Path) -> Mapping[str, str]:
    """The hashes of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): file_hash(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a run at once; the LibreOffice it has begun follows by itself."""
    process.kill()
    process.wait()


def program(place: Workplace, *arguments: object) -> subprocess.Popen[bytes]:
    """The program in a process of its own, which may be killed."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "assembler", *map(str, arguments), *place.options]
    return subprocess.Popen(
        command, cwd=place.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
