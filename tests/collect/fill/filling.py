"""A case with every kind of question, and a dialogue on it driven line by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assembler.actions.fill import SharedCase
from assembler.actions.open_case import OpenCase
from assembler.collect.fill import Filling, LeaveDialogue, Scope, Screen
from tests.conftest import Workplace, make_workplace, write_answers, write_form, write_report

FORM = """\
form: demo/visit
title: بازدید از اداره
source: {document: demo, clause: [بند ۳]}
legal: [ماده ۵]
choices:
  yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
  days: [{name: sat, label: شنبه}, {name: sun, label: یکشنبه}, {name: mon, label: دوشنبه}]
items:
  - {name: title, type: text, label: عنوان, hint: نام کامل, required: true}
  - {name: visited, type: select_one yes_no, label: بازدید شد؟, required: true}
  - {name: reason, type: text, label: دلیل, relevant: visited == 'no', required: true}
  - {name: days, type: select_multiple days, label: روزها}
  - {name: day, type: date, label: تاریخ, default: 1399/02/01}
  - {name: advice, type: note, label: امتیاز را کمیته می‌دهد.}
  - {name: score, type: integer, label: امتیاز, constraint: score <= 10, constraint_message: امتیاز از ۱۰ بیشتر است.}
  - {name: story, type: narrative, label: شرح}
  - {name: photo, type: image, label: تصویر}
  - name: services
    type: table
    label: خدمات
    min_rows: 1
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام خدمت, required: true}
      - {name: count, type: integer, label: تعداد, constraint: count < 100, constraint_message: تعداد زیاد است.}
      - {name: online, type: select_one yes_no, label: برخط}
      - {name: address, type: text, label: نشانی, relevant: online == 'yes', required: true}
      - {name: double, type: integer, label: دو برابر, calculation: count * 2}
    footer:
      - {label: مجموع, cells: {count: "total(services, 'count')"}}
"""
SECOND = """\
form: demo/second
title: جدول‌های دیگر
source: {document: demo}
items:
  - name: printed
    type: table
    label: سنجه‌ها
    columns:
      - {name: measure, type: text, label: سنجه}
      - {name: value, type: integer, label: مقدار, required: true}
    rows:
      - {name: r1, cells: {measure: مسیر}}
      - {name: r2, cells: {measure: پارکینگ}}
  - name: lent
    type: table
    label: خدمات برگزیده
    prefill: {from: [demo/visit.services], cells: {name: name}, key: name}
    columns:
      - {name: name, type: text, label: نام خدمت, required: true}
      - {name: note, type: text, label: یادداشت}
  - name: bands
    type: table
    label: گروه‌ها
    group_rows: {columns: [name], required: [name]}
    columns:
      - {name: name, type: text, label: نام}
      - {name: amount, type: integer, label: شمار}
"""
REPORT = """\
report: demo
title: گزارش {{ case.agency }}
source: {document: demo}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - section: بازدید
        content:
          - text: demo/visit.title
          - {table: demo/visit.services, caption: خدمات}
          - {table: demo/second.printed, caption: سنجه‌ها}
"""


def make_rich_workplace(folder: Path, answers: str = "form: demo/visit\n") -> Workplace:
    """A workplace with every kind of question, and nothing answered but what is given."""
    workplace = make_workplace(folder)
    write_form(folder, FORM)
    write_form(folder, SECOND, "second")
    write_report(folder, REPORT)
    write_answers(folder, answers)
    return workplace


class Driver:
    """A dialogue with what it shows; ``say`` types a line and gives the text of the screen that follows."""

    def __init__(
        self,
        workplace: Workplace,
        forms: Sequence[str] = (),
        *,
        everything: bool = False,
        opened: OpenCase | None = None,
    ) -> None:
        self.workplace = workplace
        self.case = SharedCase(opened or OpenCase.read(workplace.case, workplace.settings))
        asked = tuple(forms) or tuple(name for name in self.case.specs if name != "case")
        self.filling = Filling(self.case, Scope(asked, everything))
        self.dialogue = self.filling.dialogue()
        self.left = False
        self.screen: Screen = next(self.dialogue)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.screen.lines)

    @property
    def ended(self) -> bool:
        return self.left or not self.screen.prompt

    def say(self, *typed: str) -> str:
        for line in typed:
            try:
                self.screen = self.dialogue.send(line)
            except LeaveDialogue:
                self.left = True
        return self.text
