"""A small report of one letter with an annex, and lists of units for it, for the tests and the bench of letters."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
REPORT = """\
report: notice
title: ابلاغ به {{ case.unit }}
author: "{{ case.agency }}"
source: {document: notice}
choices:
  answers:
    - {name: yes, label: بله}
    - {name: no, label: خیر}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
  - {name: unit, type: text, label: واحد, required: true}
  - {name: head, type: text, label: رئیس, required: true}
  - {name: head_post, type: text, label: سمت رئیس, required: true}
  - {name: annexed, type: select_one answers, label: با پیوست}
forms: [notice/figures]
signers:
  - {key: head, name: "{{ case.head }}", post: "{{ case.head_post }}"}
parts:
  - letter: notice
    title: نامه ابلاغ
    template: letterhead
    signer: head
    fields:
      hierarchy: "{{ case.agency }}"
      besmele: بسمه تعالی
      motto: ""
      number: "{{ form('notice/figures').number }}"
      date: "{{ form('notice/figures').date }}"
      attachment: "{{ 'دارد' if case.annexed == 'yes' else 'ندارد' }}"
      address: تهران، خیابان نمونه
      follows: ""
      addressee: جناب آقای نمونه
      addressee_post: رئیس محترم {{ case.unit }}
      subject: ابلاغ سهمیه
      salutation: با سلام و احترام؛
      closing: با تقدیم احترام
      copies: ""
    content:
      - text: notice/figures.body
      - {table: notice/figures.shares, when: filled(form('notice/figures').amount)}
      - {figure: notice/figures.map, caption: نقشه واحد, when: filled(form('notice/figures').map)}
  - body: annex
    title: پیوست
    template: body
    when: case.annexed == 'yes'
    content:
      - contents: فهرست
      - section: سهمیه واحد
        content:
          - paragraph: سهمیه واحد {{ case.unit }} برابر {{ form('notice/figures').amount }} است.
          - {table: notice/figures.shares, caption: سهم}
"""
FORM = """\
form: notice/figures
title: ارقام
source: {document: notice}
items:
  - {name: number, type: text, label: شماره نامه}
  - {name: date, type: date, label: تاریخ نامه}
  - {name: body, type: narrative, label: متن نامه, required: true}
  - {name: amount, type: integer, label: مقدار, constraint: amount <= 1000, constraint_message: مقدار زیاد است.}
  - {name: map, type: image, label: نقشه}
  - name: shares
    type: table
    label: سهم‌ها
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: title, type: text, label: عنوان, required: true}
      - {name: count, type: integer, label: تعداد}
"""
BASE = "report: notice\nagency: سازمان نمونه\nhead: نام نمونه\nhead_post: رئیس سازمان\n"
SHARES = "form: notice/figures\nshares:\n  - {title: سهم نخست, count: 12}\n  - {title: سهم دوم, count: ۳}\n"
BODY = (
    "به استناد مصوبه شورای عالی اداری، سهمیه {unit} برای سال جاری به شرح پیوست ابلاغ می‌شود. شایسته است دستور فرمایید "
    "اقدام لازم انجام و نتیجه گزارش شود.\nخواهشمند است نماینده آن واحد تا پایان ماه معرفی شود و گزارش پیشرفت کار هر دو "
    "ماه یک بار به این سازمان فرستاده شود."
)


@dataclass(frozen=True)
class Office:
    """A folder with the report, its templates and the case common to all units."""

    folder: Path

    @property
    def base(self) -> Path:
        return self.folder / "base"

    @property
    def specs(self) -> Path:
        return self.folder / "form_specs"

    @property
    def templates(self) -> Path:
        return self.folder / "letter_templates"

    @property
    def options(self) -> list[str]:
        return ["--specs", str(self.specs), "--templates", str(self.templates)]

    def list_of(self, rows: Iterable[Mapping[str, str]], name: str = "units.csv") -> Path:
        """Writes a list of units; its columns are those of the first row."""
        rows = list(rows)
        path = self.folder / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path


def make_office(folder: Path) -> Office:
    """Fills a folder with the report and the base case."""
    shutil.copytree(REPOSITORY / "letter_templates", folder / "letter_templates")
    for path, text in (
        ("form_specs/notice/report.yaml", REPORT),
        ("form_specs/notice/figures.yaml", FORM),
        ("base/case.yaml", BASE),
        ("base/answers/figures.yaml", SHARES),
    ):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "base" / "attachments").mkdir()
    return Office(folder)


def rows(count: int) -> Sequence[dict[str, str]]:
    """Units with a letter of one page each."""
    return [
        {
            "واحد": f"واحد {number}",
            "figures.number": f"{number}/الف",
            "تاریخ نامه": "۱۴۰۵/۰۲/۰۳",
            "متن نامه": BODY.format(unit=f"واحد {number}"),
        }
        for number in range(1, count + 1)
    ]
