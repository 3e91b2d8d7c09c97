"""Tables of the samples, spoiled as departments spoil them, and what the intake makes of them.

``python -m tests.intake`` measures all ways of spoiling over all samples, by a seed no threshold was set with; the
tests take a few. A cell is *wrong* when another answer than the table's was taken without a word: there may be none.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random

from assembler.actions.open_case import OpenCase
from assembler.base.persian import latin_digits
from assembler.base.settings import find_settings
from assembler.collect.foreign.grids import ForeignFile, Grid, GridCell, numbered_grids
from assembler.collect.intake.candidates import Candidate, candidates
from assembler.collect.intake.likeness import letters
from assembler.collect.intake.matching import Matcher
from assembler.collect.intake.merging import merge_foreign
from assembler.collect.intake.proposing import Choices, Proposal, proposals
from assembler.collect.workbook.merge import Merger
from assembler.model.answers import AnsweredForm
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.packet import GridBlock
from assembler.model.values import printed
from assembler.packet.grids import grid as printed_grid

TUNING, MEASURING = 1398, 1405  # thresholds were set with the first; what is told is measured with the second
SAMPLES = (
    *("annual-1398", "annual-1398-national", "tehran-1399", "khuzestan-1397"),
    *("performance-1397", "service-desk-hq-1405-1", "service-desk-province-1405-1"),
)
ZWNJ = "\u200c"


@dataclass
class Box:
    """A cell of a table that is being spoiled."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass
class Sheet:
    """A table that is being spoiled: its cells, the depth of its header, the line above it."""

    boxes: list[Box]
    height: int
    width: int
    head: int
    caption: str = ""
    heading: str = ""
    labels: frozenset[str] = frozenset()  # what its columns are called: no synonym is one of them

    def matrix(self) -> list[list[Box | None]]:
        found: list[list[Box | None]] = [[None] * self.width for _ in range(self.height)]
        for box in self.boxes:
            for row in range(box.row, box.row + box.rows):
                for column in range(box.column, box.column + box.columns):
                    found[row][column] = box
        return found

    def heads(self) -> list[Box]:
        return [box for box in self.boxes if box.row < self.head]

    def cuts(self) -> list[int]:
        """The rows before which nothing goes on from above."""
        return [
            row for row in range(self.head + 1, self.height)
            if not any(box.row < row < box.row + box.rows for box in self.boxes)
        ]  # fmt: skip

    def grid(self) -> Grid:
        cells = (GridCell(box.text, box.row, box.column, box.rows, box.columns) for box in self.boxes)
        above = tuple(filter(None, (self.caption,)))
        return Grid(tuple(cells), self.height, self.width, above, tuple(filter(None, (self.heading,))))


Spoil = Callable[[Sheet, Random], list[Sheet]]


# ---------------------------------------------------------------- the tables as the samples print them


@dataclass(frozen=True)
class Truth:
    """A table of a sample with what it says: the rows by their printed names, cells as they are printed."""

    sample: str
    candidate: Candidate
    sheet: Sheet
    rows: tuple[tuple[str, dict[str, str]], ...]
    twin: bool = False  # another table of the sample is the same but for the title of its form

    @property
    def name(self) -> str:
        return f"{self.sample}/{self.candidate.name}"


@dataclass(frozen=True)
class Office:
    """A sample and its tables."""

    case: OpenCase
    matcher: Matcher
    truths: tuple[Truth, ...]


@cache
def office(sample: str) -> Office:
    case = OpenCase.read(Path("samples") / sample, find_settings())
    matcher = Matcher(candidates(case.specs))
    forms = case.judged().forms
    found = [_truth(sample, each, forms[each.form.id].items[each.item.name]) for each in matcher.candidates]
    faces = Counter(map(_face, matcher.candidates))
    told = (replace(each, twin=faces[_face(each.candidate)] > 1) for each in found if each is not None)
    return Office(case, matcher, tuple(told))


def _face(candidate: Candidate) -> object:
    """All that is seen of a table but the title of its form."""
    item = candidate.item
    return candidate.signature, candidate.printed, item.caption, item.label, item.heading


def _truth(sample: str, candidate: Candidate, filled: FilledItem) -> Truth | None:
    rows = tuple(_row(candidate, row) for row in filled.rows if row.is_ordinary)
    rows = tuple(each for each in rows if each[1])
    if not rows or not filled.relevant:
        return None
    block = printed_grid(filled, "", ())
    labels = frozenset(letters(text) for leaf in candidate.leaves for text in leaf.path)
    sheet = _sheet(block, candidate.item.caption or candidate.item.label, candidate.form.title, labels)
    return Truth(sample, candidate, sheet, rows)


def _row(candidate: Candidate, row: object) -> tuple[str, dict[str, str]]:
    said = {}
    for column in candidate.item.columns:
        cell = row.cells.get(column.name)  # type: ignore[attr-defined]
        if cell is None or cell.value is None or column.type in ("image", "file"):
            continue
        if candidate.item.asks(column, row.name):  # type: ignore[attr-defined]
            said[column.name] = letters(printed(cell.value, column))
    return row.name, said  # type: ignore[attr-defined]


def _sheet(block: GridBlock, caption: str, heading: str, labels: frozenset[str]) -> Sheet:
    boxes, taken = [], set()
    rows = [*block.head, *block.body]
    for at, line in enumerate(rows):
        column = 0
        for cell in line:
            while (at, column) in taken:
                column += 1
            text = "\n".join("".join(getattr(span, "text", "") for span in each) for each in cell.lines)
            boxes.append(Box(text, at, column, cell.rows, cell.columns))
            taken |= {(at + down, column + along) for down in range(cell.rows) for along in range(cell.columns)}
            column += cell.columns
    return Sheet(boxes, len(rows), len(block.widths), len(block.head), caption, heading, labels)


# ---------------------------------------------------------------- ways of spoiling

SYNONYMS = {
    one: other
    for line in (
        "ردیف=شماره عنوان=نام نام=عنوان خدمت=سرویس خدمات=سرویس‌ها تعداد=شمار توضیحات=شرح شرح=توضیح تاریخ=زمان",
        "زمان=موعد مجری=متولی مسئول=متصدی اقدامات=فعالیت‌ها برنامه=طرح واحد=بخش نحوه=روش نوع=گونه محل=مکان دلیل=علت",
        "دلایل=علل میانگین=متوسط متوسط=میانگین درصد=نسبت نتیجه=حاصل نتایج=دستاوردها شکایات=اعتراض‌ها هدف=مقصود",
        "اجرا=انجام اجرایی=عملیاتی دستگاه=سازمان قوانین=مقررات مدارک=اسناد مستندات=اسناد امتیاز=نمره شاخص=سنجه",
        "سقف=حداکثر راهکار=راه‌حل وضعیت=حالت ارائه=عرضه امکان=قابلیت نشر=انتشار مقطع=دوره کمیته=کارگروه",
        "موضوع=مطلب کد=شناسه فرایند=روند فرایندهای=روندهای مرحله=گام داده=اطلاعات تولید=تهیه ملاحظات=توضیحات",
        "روزانه=هرروزه مدت=طول گزارش=صورت",
    )
    for one, _, other in (pair.partition("=") for pair in line.split())
}
NOTES = ("* این ارقام پس از بازبینی معاونت اصلاح می‌شود", "توضیح: آمار تا پایان اسفند است.", "یادداشت - پیش‌نویس")


def _kept(sheet: Sheet, _: Random) -> list[Sheet]:
    return [sheet]


def _headed(sheet: Sheet, _: Random) -> list[Sheet]:
    """Only the title of the form stands above it."""
    sheet.caption = ""
    return [sheet]


def _no_caption(sheet: Sheet, _: Random) -> list[Sheet]:
    sheet.caption = sheet.heading = ""
    return [sheet]


def _renamed(sheet: Sheet, rename: Callable[[str], str]) -> list[Sheet]:
    """No header becomes what another column is called: nobody could tell them apart."""
    for box in sheet.heads():
        new = rename(box.text)
        if letters(new) == letters(box.text) or letters(new) not in sheet.labels:
            box.text = new
    return [sheet]


def _joiners(sheet: Sheet, random: Random) -> list[Sheet]:
    def lost(text: str) -> str:
        return "".join(random.choice(("", " ")) if sign == ZWNJ else sign for sign in text)

    for box in sheet.boxes:
        box.text = lost(box.text) if box.row < sheet.head else box.text
    return [sheet]


_ARABIC = str.maketrans("یک۰۱۲۳۴۵۶۷۸۹", "يك٠١٢٣٤٥٦٧٨٩")


def _arabic(sheet: Sheet, _: Random) -> list[Sheet]:
    for box in sheet.boxes:
        box.text = box.text.translate(_ARABIC)
    return [sheet]


def _typos(sheet: Sheet, random: Random) -> list[Sheet]:
    def slip(word: str) -> str:
        if len(word) < 5 or random.random() < 0.5:
            return word
        at, kind = random.randrange(1, len(word) - 1), random.random()
        if kind < 0.4:
            return word[:at] + word[at + 1 :]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if kind < 0.7 else word[: at + 1] + word[at:]

    return _renamed(sheet, lambda text: " ".join(map(slip, text.split(" "))))


def _cut(sheet: Sheet, _: Random) -> list[Sheet]:
    return _renamed(sheet, lambda text: " ".join(text.split("(")[0].split()[:3]) or text)


def _synonyms(sheet: Sheet, _: Random) -> list[Sheet]:
    return _renamed(sheet, lambda text: " ".join(SYNONYMS.get(word, word) for word in text.split(" ")))


def _colons(sheet: Sheet, random: Random) -> list[Sheet]:
    signs = (" :", "*", " (الزامی)", "؟", " -")
    return _renamed(sheet, lambda text: text + random.choice(signs) if text else text)


def _single(sheet: Sheet) -> list[int]:
    return [
        at for at in range(sheet.width)
        if all(box.columns == 1 for box in sheet.boxes if box.column <= at < box.column + box.columns)
    ]  # fmt: skip


def _swapped(sheet: Sheet, random: Random) -> list[Sheet]:
    single = _single(sheet)
    if len(single) >= 2:
        one, other = random.sample(single, 2)
        for box in sheet.boxes:
            if box.columns == 1 and box.column in (one, other):
                box.column = other if box.column == one else one
    return [sheet]


def _shuffled(sheet: Sheet, random: Random) -> list[Sheet]:
    single = _single(sheet)
    order = dict(zip(single, random.sample(single, len(single)), strict=True))
    for box in sheet.boxes:
        if box.columns == 1:
            box.column = order.get(box.column, box.column)
    return [sheet]


def _dropped(sheet: Sheet, random: Random) -> list[Sheet]:
    if sheet.width < 4:
        return [sheet]
    gone, left = random.randrange(sheet.width), []
    for box in sheet.boxes:
        if box.column <= gone < box.column + box.columns:
            box.columns -= 1
        elif box.column > gone:
            box.column -= 1
        left += [box] if box.columns else []
    sheet.boxes, sheet.width = left, sheet.width - 1
    return [sheet]


def _added(sheet: Sheet, random: Random) -> list[Sheet]:
    at = sheet.width
    sheet.width += 1
    names = [
        each for each in ("ملاحظات", "پیوست", "شماره نامه", "تأیید مدیر", "امضا") if letters(each) not in sheet.labels
    ]
    sheet.boxes.append(Box(random.choice(names), 0, at, max(1, sheet.head)))
    texts = ("", "بررسی شد", "۱۲/۳", "دارد", "")
    sheet.boxes += [Box(random.choice(texts), row, at) for row in range(sheet.head, sheet.height)]
    return [sheet]


def _insert(sheet: Sheet, at: int, texts: str | Sequence[str]) -> None:
    """A new row; one text goes over all of it."""
    for box in sheet.boxes:
        if box.row >= at:
            box.row += 1
        elif box.row + box.rows > at:
            box.rows += 1
    sheet.height += 1
    if isinstance(texts, str):
        sheet.boxes.append(Box(texts, at, 0, 1, sheet.width))
        return
    matrix = sheet.matrix()
    sheet.boxes += [Box(text, at, column) for column, text in enumerate(texts) if matrix[at][column] is None]


def _title(sheet: Sheet, _: Random) -> list[Sheet]:
    _insert(sheet, 0, sheet.caption or "جدول واحد")
    sheet.caption, sheet.heading, sheet.head = "", "", sheet.head + 1
    return [sheet]


def _notes(sheet: Sheet, random: Random) -> list[Sheet]:
    cuts = sheet.cuts()
    if cuts:
        _insert(sheet, random.choice(cuts), random.choice(NOTES))
    _insert(sheet, sheet.height, random.choice(NOTES))
    return [sheet]


def _sum(sheet: Sheet, random: Random) -> list[Sheet]:
    label = random.choice(("جمع کل", "جمع", "مجموع", "میانگین", "جمع کل:"))
    _insert(sheet, sheet.height, [label, *(random.choice(("۱۲", "۳۴۵", "")) for _ in range(sheet.width - 1))])
    return [sheet]


def _blanks(sheet: Sheet, random: Random) -> list[Sheet]:
    cuts = sheet.cuts()
    if cuts:
        _insert(sheet, random.choice(cuts), [""] * sheet.width)
    for _ in range(random.randrange(1, 4)):
        _insert(sheet, sheet.height, [""] * sheet.width)
    return [sheet]


def _merged(sheet: Sheet, _: Random) -> list[Sheet]:
    """Equal neighbours become one cell, as people like it."""
    for column in range(sheet.width):
        matrix = sheet.matrix()
        line = [matrix[row][column] for row in range(sheet.head, sheet.height)]
        above: Box | None = None
        for box in line:
            if above is not None and box is not None and box is not above and _same(above, box):
                above.rows += box.rows
                sheet.boxes = [each for each in sheet.boxes if each is not box]
                continue
            above = box
    return [sheet]


def _same(above: Box, box: Box) -> bool:
    return bool(box.text) and box.text == above.text and box.columns == above.columns == 1


def _unmerged(sheet: Sheet, _: Random) -> list[Sheet]:
    new = []
    for box in sheet.boxes:
        for down in range(box.rows):
            new += [Box("", box.row + down, box.column + along) for along in range(box.columns) if down or along]
        box.rows = box.columns = 1
    sheet.boxes += new
    return [sheet]


def _flat(sheet: Sheet, _: Random) -> list[Sheet]:
    if sheet.head < 2:
        return [sheet]
    matrix, heads = sheet.matrix(), []
    for column in range(sheet.width):
        texts = [box.text for row in range(sheet.head) if (box := matrix[row][column]) and box.text.strip()]
        heads.append(texts[-1] if texts else "")
    sheet.boxes = [box for box in sheet.boxes if box.row >= sheet.head]
    for box in sheet.boxes:
        box.row -= sheet.head - 1
    sheet.boxes += [Box(text, 0, column) for column, text in enumerate(heads)]
    sheet.height, sheet.head = sheet.height - sheet.head + 1, 1
    return [sheet]


def _split(sheet: Sheet, random: Random, *, headed: bool) -> list[Sheet]:
    cuts = sheet.cuts()
    if not cuts:
        return [sheet]
    at, kept = random.choice(cuts), sheet.head if headed else 0
    below = copy.deepcopy(sheet)
    sheet.boxes = [box for box in sheet.boxes if box.row < at]
    below.boxes = [box for box in below.boxes if box.row >= at or (headed and box.row < kept)]
    for box in below.boxes:
        box.row -= at - kept if box.row >= at else 0
    below.heading = ""
    below.height, below.caption, below.head = sheet.height - at + kept, "", kept
    sheet.height = at
    return [sheet, below]


def _split_bare(sheet: Sheet, random: Random) -> list[Sheet]:
    return _split(sheet, random, headed=False)


def _split_headed(sheet: Sheet, random: Random) -> list[Sheet]:
    return _split(sheet, random, headed=True)


def _headless(sheet: Sheet, _: Random) -> list[Sheet]:
    sheet.boxes = [box for box in sheet.boxes if box.row >= sheet.head]
    for box in sheet.boxes:
        box.row -= sheet.head
    sheet.height, sheet.head = sheet.height - sheet.head, 0
    return [sheet]


def _again(sheet: Sheet, random: Random) -> list[Sheet]:
    cuts = sheet.cuts()
    if cuts:
        at = random.choice(cuts)
        heads = copy.deepcopy(sheet.heads())
        for box in sheet.boxes:
            box.row += sheet.head if box.row >= at else 0
        for box in heads:
            box.row += at
        sheet.boxes += heads
        sheet.height += sheet.head
    return [sheet]


def _numbered(sheet: Sheet, _: Random) -> list[Sheet]:
    """A row of the numbers of columns below the header, as circulars have it."""
    _insert(sheet, sheet.head, [str(number) for number in range(1, sheet.width + 1)])
    return [sheet]


def _units(sheet: Sheet, random: Random) -> list[Sheet]:
    """Dashes where nothing is to be said."""
    for box in sheet.boxes:
        if box.row >= sheet.head and not box.text.strip() and random.random() < 0.5:
            box.text = random.choice(("-", "—", "ـ"))
    return [sheet]


def _digits_of(box: Box) -> str:
    return "".join(each for each in latin_digits(box.text) if each.isdecimal())


def _otherwise(sheet: Sheet, columns: Sequence[int]) -> None:
    """The numbers below these columns become others."""
    for box in sheet.boxes:
        if box.row >= sheet.head and box.column in columns and _digits_of(box):
            box.text = str(int(_digits_of(box)) + 37)


def _said_otherwise(sheet: Sheet, random: Random, words: Sequence[str]) -> list[Sheet]:
    """The header of a column of numbers says they are of something else, and they are."""
    matrix = sheet.matrix()
    numbers = [
        column for column in range(sheet.width)
        if (found := [box for line in matrix[sheet.head :] if (box := line[column]) and box.text.strip()])
        and all(_digits_of(box) == latin_digits(box.text) for box in found)
    ]  # fmt: skip
    named = [
        box for box in sheet.heads()
        if box.row + box.rows == sheet.head and box.columns == 1 and box.column in numbers
        and "ردیف" not in box.text and not any(word.strip("() ") in box.text for word in words)
    ]  # fmt: skip
    if named and sheet.head:
        box = random.choice(named)
        box.text += random.choice(words)
        _otherwise(sheet, [box.column])
    return [sheet]


def _in_thousands(sheet: Sheet, random: Random) -> list[Sheet]:
    return _said_otherwise(sheet, random, (" (هزار ریال)", " - میلیون ریال", " (میلیون تومان)"))


def _cumulated(sheet: Sheet, random: Random) -> list[Sheet]:
    return _said_otherwise(sheet, random, (" (تجمعی)", " از ابتدای طرح تاکنون", " پیش‌بینی‌شده"))


def _of_another_year(sheet: Sheet, random: Random) -> list[Sheet]:
    return _said_otherwise(sheet, random, (" سال ۱۳۸۸", " (۱۳۸۹)", " سال گذشته"))


def together(*spoils: Spoil) -> Spoil:
    """One after the other; each but the last leaves one table."""

    def spoil(sheet: Sheet, random: Random) -> list[Sheet]:
        for each in spoils:
            (sheet, *more) = each(sheet, random)
            if more:
                return [sheet, *more]
        return [sheet]

    return spoil


SPOILS: dict[str, Spoil] = {
    "as built": _kept,
    "heading, no caption": _headed,
    "no caption": _no_caption,
    "joiners lost": _joiners,
    "Arabic letters and digits": _arabic,
    "typos in headers": _typos,
    "headers cut to three words": _cut,
    "synonyms": _synonyms,
    "signs behind headers": _colons,
    "two columns swapped": _swapped,
    "all columns shuffled": _shuffled,
    "a column dropped": _dropped,
    "a column added": _added,
    "a title row, no caption": _title,
    "rows of remarks": _notes,
    "a sum": _sum,
    "blank rows": _blanks,
    "dashes for blanks": _units,
    "equal cells merged": _merged,
    "all cells unmerged": _unmerged,
    "header in one row": _flat,
    "numbers of columns": _numbered,
    "split, the rest bare": _split_bare,
    "split, header repeated": _split_headed,
    "header repeated inside": _again,
    "no header": _headless,
    "numbers in thousands, and said so": _in_thousands,
    "numbers up to now, or planned": _cumulated,
    "numbers of another year": _of_another_year,
    "typos, Arabic, column added, sum, remarks, no caption": together(
        _typos, _arabic, _added, _sum, _notes, _no_caption
    ),
    "synonyms, cut, dropped, swapped, no caption": together(_synonyms, _cut, _dropped, _swapped, _no_caption),
    "typos, shuffled, title, numbers": together(_typos, _shuffled, _title, _numbered),
    "flat, synonyms, dashes, split": together(_flat, _synonyms, _units, _split_headed),
}


# ---------------------------------------------------------------- measuring


@dataclass
class Score:
    """What the intake made of tables: how many there were, how many were ranked first, taken unasked; of the cells of
    those how many are right, missing (or told of), wrong.
    """

    tables: int = 0
    first: int = 0
    taken: int = 0
    cells: int = 0
    right: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("tables", "first", "taken", "cells", "right", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults


def spoiled(truth: Truth, name: str, seed: int) -> tuple[Grid, ...]:
    """A table spoiled in one way, the same for the same seed."""
    random = Random(f"{seed}/{name}/{truth.name}")
    return numbered_grids([each.grid() for each in SPOILS[name](copy.deepcopy(truth.sheet), random)])


def measured(truth: Truth, grids: tuple[Grid, ...]) -> Score:
    """What becomes of one table, spoiled, in a case without answers."""
    place = office(truth.sample)
    found = proposals(ForeignFile(truth.name, grids), place.matcher, frozenset(), Choices())
    score = Score(1, first=int(_is(found[0], truth)))
    if any(each.draft is None or each.waits for each in found):
        score.wrong += sum(_strays(each, truth) for each in found)
        return score
    score.taken = 1
    rows, strays = merged(found, truth)
    score.cells, score.right, score.wrong = compared(truth.rows, rows)
    score.wrong += strays
    if score.wrong:
        score.faults.append(truth.name)
    return score


def _is(found: Proposal, truth: Truth) -> bool:
    ranked = found.ranked.matches
    return bool(ranked) and ranked[0].candidate is truth.candidate


def _strays(found: Proposal, truth: Truth) -> int:
    """The cells that would go to another table."""
    if found.draft is None or found.match is None or found.match.candidate is truth.candidate:
        return 0
    return sum(raw.value is not None for row in found.draft.rows for raw in row.cells.values())


def merged(found: Iterable[Proposal], truth: Truth) -> tuple[list[tuple[str, dict[str, str]]], int]:
    """The rows a blank case has of a table afterwards, and how many cells went to another one."""
    spec = truth.candidate.form
    blank = FilledForm(spec, {item.name: FilledItem(item) for item in spec.items}, answered=False)
    merger = Merger(spec, AnsweredForm(spec.id, {}, {}), blank, Path("/nowhere"))
    strays = 0
    for each in found:
        if stray := _strays(each, truth):
            strays += stray
        else:
            merge_foreign(merger.form, Path("scrap"), each)
    item = truth.candidate.item
    rows = merger.result().after.tables.get(item.name, ())
    said = [
        (
            row.name,
            {
                name: letters(printed(answer.value, item.column(name)))
                for name, answer in row.cells.items()
                if answer.value is not None
            },
        )
        for row in rows
    ]
    return said, strays


def compared(
    wanted: Sequence[tuple[str, dict[str, str]]], got: Sequence[tuple[str, dict[str, str]]]
) -> tuple[int, int, int]:
    """How many cells are wanted, right and wrong; rows meet by their names, else by what they share, in order."""
    right = wrong = 0
    free = list(got)
    for name, cells in wanted:
        own = _nearest(name, cells, free)
        if own is None:
            continue
        free.remove(own)
        for column, text in own[1].items():
            right += cells.get(column) == text
            wrong += cells.get(column) != text
    wrong += sum(len(cells) for _, cells in free)
    return sum(len(cells) for _, cells in wanted), right, wrong


def _nearest(
    name: str, cells: dict[str, str], rows: Sequence[tuple[str, dict[str, str]]]
) -> tuple[str, dict[str, str]] | None:
    if name:
        return next((row for row in rows if row[0] == name), None)
    same = [sum(cells.get(column) == text for column, text in row[1].items()) for row in rows]
    return rows[same.index(max(same))] if same and max(same) else None


def measure(
    spoils: Iterable[str], seed: int, samples: Sequence[str] = SAMPLES, every: int = 1
) -> Iterator[tuple[str, Score]]:
    """The score of each way of spoiling, over every so manieth table."""
    truths = [truth for sample in samples for truth in office(sample).truths]
    for number, name in enumerate(spoils):
        total = Score()
        for truth in truths[number % every :: every]:
            grids = spoiled(truth, name, seed)
            if not truth.twin or all(grid.headings for grid in grids):  # else nobody could tell which it is
                total.add(measured(truth, grids))
        yield name, total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=MEASURING)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    begin, whole = time.perf_counter(), Score()
    print(f"{'':54} tables first% taken% right% wrong")
    for name, score in measure([each for each in SPOILS if given.only in each], given.seed):
        print(_told(name, score), *score.faults[:6], flush=True)
        whole.add(score)
    seconds = 100 * (time.perf_counter() - begin) / (whole.tables or 1)
    print(_told("all", whole), f"  {seconds:.1f} s a hundred")


def _told(name: str, score: Score) -> str:
    first, taken = 100 * score.first / (score.tables or 1), 100 * score.taken / (score.tables or 1)
    right = 100 * score.right / (score.cells or 1)
    return f"{name:54} {score.tables:6} {first:6.1f} {taken:6.1f} {right:6.1f} {score.wrong:5}"


if __name__ == "__main__":
    main()
