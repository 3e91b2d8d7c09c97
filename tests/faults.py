"""Faults planted into copies of the samples, and harmless edits: what the checker finds of them: ``make faults``.

A kind of fault is a function in a table: of an answer with its question it gives the texts that may stand in its place.
Which of them are planted follows from a seed. The checker runs on each copy as `assembler check` does, in one process;
a finding that was not there before is at the place of the fault, or elsewhere (at a consequence). After a harmless edit
there must be none.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path

import yaml

from assembler.actions.check import check
from assembler.base.persian import ZWNJ, latin_digits, parse_date, parse_number, persian_digits
from assembler.base.problems import Place, Problem
from assembler.base.settings import Settings
from assembler.checks.words.number_words import number_in_words, number_words
from assembler.model.filled import FilledForm
from assembler.model.specs import Field

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/case.yaml"))
SETTINGS = Settings(ROOT / "form_specs", ROOT / "letter_templates")
SEED, MOST = 1405, 12  # of a kind in a sample


# ---------------------------------------------------------------- where answers stand


@dataclass(frozen=True)
class Spot:
    """An answer in its file, from ``start`` to ``end``; ``above`` is what stands in its column one row above."""

    file: Path
    place: Place
    field: Field
    value: str
    start: int
    end: int
    above: str = ""
    required: bool = False
    figures_off: bool = False  # the specification says that numbers there are held against nothing

    @property
    def is_text(self) -> bool:
        return self.field.type in ("text", "narrative") and " " in self.value

    @property
    def is_number(self) -> bool:
        return self.field.type in ("integer", "decimal", "percent") and parse_number(self.value) is not None


@dataclass(frozen=True)
class Rows:
    """Two rows of a table, one below the other, in their file."""

    file: Path
    place: Place
    first: tuple[int, int]
    second: tuple[int, int]
    ordered: bool  # by dates, numbers or steps: then their order says something


def spots(forms: Mapping[str, FilledForm], file: Path) -> Iterator[Spot | Rows]:
    """The answers of a file, and the neighbours among its rows."""
    source = file.read_text(encoding="utf-8")
    root = yaml.compose(source, yaml.CSafeLoader)
    entries = {key.value: value for key, value in root.value}
    name = entries["form"].value if "form" in entries else "case"
    form = forms.get(name)
    is_off = form is not None and form.spec.figures == "off"
    for item in form.items.values() if form else ():
        if item.spec.name not in entries or not item.relevant:
            continue
        node, place = entries[item.spec.name], Place(form=name, item=item.spec.name)
        if not item.spec.is_table:
            off = is_off or item.spec.figures == "off"
            for leaf in _leaves(node):
                yield replace(_spot(source, file, place, item.spec, leaf, required=item.required), figures_off=off)
            continue
        rows = list(_rows(node))
        numbers = {row.name: number for number, row in enumerate(item.rows, 1) if row.name}
        above: dict[str, str] = {}
        for number, (row_name, row) in enumerate(rows, 1):
            at = place.within(row=numbers.get(row_name, number))
            for key, cell in row.value:
                if key.value not in item.spec.by_name or number > len(item.rows):
                    continue
                filled = item.rows[(at.row or 1) - 1].cells[key.value]
                for leaf in _leaves(cell):
                    column = item.spec.column(key.value)
                    before = above.get(key.value, "")
                    where = at.within(column=key.value)
                    off = is_off or "off" in (item.spec.figures, column.figures)
                    spot = _spot(source, file, where, column, leaf, before, required=filled.required)
                    yield replace(spot, figures_off=off)
                    above[key.value] = leaf.value
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            yield from _neighbours(source, file, place, item.spec.columns, node)


def _leaves(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _leaves(each)
    elif isinstance(node, yaml.MappingNode):
        for _, each in node.value:
            yield from _leaves(each)


def _rows(node: yaml.Node) -> Iterator[tuple[str, yaml.MappingNode]]:
    pairs: Iterable[tuple[str, yaml.Node]] = ()
    if isinstance(node, yaml.SequenceNode):
        pairs = (("", each) for each in node.value)
    elif isinstance(node, yaml.MappingNode):
        pairs = ((key.value, each) for key, each in node.value)
    yield from ((name, row) for name, row in pairs if isinstance(row, yaml.MappingNode))


def _spot(
    source: str, file: Path, place: Place, field: Field, leaf: yaml.ScalarNode, above: str = "", *, required: bool
) -> Spot:
    start, end = leaf.start_mark.index, leaf.end_mark.index
    end = start + len(source[start:end].rstrip())  # a block of text ends with the line before the next key
    return Spot(file, place, field, leaf.value, start, end, above, required)


def _neighbours(
    source: str, file: Path, place: Place, columns: Sequence[Field], node: yaml.SequenceNode
) -> Iterator[Rows]:
    starts = [source.rindex("\n", 0, row.start_mark.index) + 1 for row in node.value]
    ends = [*starts[1:], source[: node.end_mark.index].rstrip().__len__() + 1]
    ordered = any(column.type == "date" or column.name in ("no", "step", "number") for column in columns)
    spans = list(zip(starts, ends, strict=True))
    for number, (first, second) in enumerate(pairwise(spans), 1):
        yield Rows(file, place.within(row=number), first, second, ordered)


# ---------------------------------------------------------------- kinds

Change = Callable[[Spot], Iterable[str]]
_NUMBER = re.compile(rf"(?<![\d/.,٫٬\-–])\d+(?:[.,٫٬]\d+)*(?![\d/٫٬]|\.\d)|{number_words()}")
# What stands before a number that counts nothing: a clause, a year, a number of a letter.
_NAMED = re.compile(r"(?:ماده|بند|تبصره|جدول|شماره|سال|شاخص|منطقه|صفحه|ساعت|هر|از|مورخ|تاریخ|ماه|فرم|[|\[]\S*)\W*$")
_PERCENT = re.compile(rf"(?P<number>\d+(?:[.٫]\d+)?)(?=[\s{ZWNJ}]*(?:درصد|[٪%]))")
_OF = re.compile(
    rf"(?P<part>\d+|{number_words()}) (?P<noun>(?:[^\W\d]+ ){{1,3}})از (?P<whole>\d+|{number_words()})(?= )"
)
_MONTH_YEAR = range(1300, 1500)


def _counts(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The whole numbers a text counts something by."""
    plain = latin_digits(text)
    for match in _NUMBER.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        if (
            _NAMED.search(before)
            or not re.match(rf"[\s{ZWNJ}]+[^\W\d]", after)
            or re.match(r"\s*(?:درصد|تا|و\s)", after)
        ):
            continue
        number = parse_number(match.group())
        if after.startswith(ZWNJ) or (number is not None and number != int(number)):
            continue  # «سه‌شنبه», «۴٫۲ از ۵»
        value = int(number) if number is not None else number_in_words(match.group(), before, "")
        if value is not None and value not in _MONTH_YEAR:
            yield match, value


def _counted_otherwise(spot: Spot) -> Iterator[str]:
    for match, value in _counts(spot.value) if spot.is_text and not spot.figures_off else ():
        yield _put(spot.value, match.span(), persian_digits(str(value + 3)))


def _counted_where_off(spot: Spot) -> Iterator[str]:
    if spot.is_text and spot.figures_off:
        for match, value in _counts(spot.value):
            yield _put(spot.value, match.span(), persian_digits(str(value + 3)))
        if spot.place.row is None and spot.value.rstrip().endswith("."):
            yield f"{spot.value.rstrip()} ۹ پرونده از ۷ پرونده بسته شد."


def _percent_otherwise(spot: Spot) -> Iterator[str]:
    for match in _PERCENT.finditer(latin_digits(spot.value)) if spot.is_text and not spot.figures_off else ():
        number = float(match["number"])
        other = number - 17 if number > 50 else number + 17
        yield _put(spot.value, match.span("number"), persian_digits(f"{other:g}"))


def _more_than_whole(spot: Spot) -> Iterator[str]:
    plain = latin_digits(spot.value)
    for match in _OF.finditer(plain) if spot.is_text and not spot.figures_off else ():
        part, whole = (_value(match[name]) for name in ("part", "whole"))
        if part is not None and whole is not None and part < whole < 1000:
            text = _put(spot.value, match.span("whole"), match["part"])
            yield _put(text, match.span("part"), match["whole"])


def _value(word: str) -> int | None:
    number = parse_number(word)
    return number_in_words(word, "تعداد ", "") if number is None else int(number)


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _number_otherwise(spot: Spot) -> Iterator[str]:
    if spot.is_number and spot.place.row is None:
        yield str(int(parse_number(spot.value) or 0) + 3)


def _percent_too_high(spot: Spot) -> Iterator[str]:
    if spot.field.type == "percent":
        yield "130"


def _score_too_high(spot: Spot) -> Iterator[str]:
    if (spot.is_number and "score" in spot.field.name) or spot.field.name in ("self", "evaluator", "final"):
        yield "900"


def _emptied(spot: Spot) -> Iterator[str]:
    if spot.required:
        yield ""


def _other_answer(spot: Spot) -> Iterator[str]:
    if spot.field.type == "select_one" and spot.place.row is None and len(spot.field.choices) < 4:
        yield from (choice.name for choice in spot.field.choices if choice.name != spot.value)


def _no_choice(spot: Spot) -> Iterator[str]:
    if spot.field.type.startswith("select"):
        yield "هیچ‌کدام از این‌ها"


def _impossible_day(spot: Spot) -> Iterator[str]:
    if spot.field.type == "date" and (date := parse_date(spot.value)):
        yield f"{date.year}/{date.month:02d}/32"


def _other_year(spot: Spot) -> Iterator[str]:
    if spot.field.type == "date" and (date := parse_date(spot.value)):
        yield f"{date.year - 1}/{date.month:02d}/{min(date.day, 29):02d}"
        yield f"{date.year + 1}/{date.month:02d}/{min(date.day, 29):02d}"


def _impossible_in_text(spot: Spot) -> Iterator[str]:
    for match in re.finditer(r"(?<=\b1[34]\d\d/)\d\d(?=/\d\d\b)", latin_digits(spot.value)) if spot.is_text else ():
        yield _put(spot.value, match.span(), "۱۵")


def _code_doubled(spot: Spot) -> Iterator[str]:
    if spot.above and spot.value != spot.above and ("کد" in spot.field.label.split() or spot.field.name == "code"):
        yield spot.above


def _letter_on_another_day(spot: Spot) -> Iterator[str]:
    pattern = r"(?<=/)\d\d(?=\b)"
    for cited in re.finditer(r"شماره [\d/]+ (?:مورخ|تاریخ) [\d/]+", latin_digits(spot.value)) if spot.is_text else ():
        if day := list(re.finditer(pattern, cited.group())):
            start = cited.start() + day[-1].start()
            yield _put(spot.value, (start, start + 2), "۰۳")


def _cut_off(spot: Spot) -> Iterator[str]:
    for match in list(re.finditer(r" (?:و|از|به|برای|با|در) ", spot.value))[-1:] if spot.is_text else ():
        yield spot.value[: match.end()].strip()


def _word_doubled(spot: Spot) -> Iterator[str]:
    words = spot.value.split(" ")
    if spot.is_text and len(words) > 6:
        yield " ".join([*words[:4], words[3], *words[4:]])


def _filler(spot: Spot) -> Iterator[str]:
    if spot.is_text:
        yield from ("xxx", "متن نمونه", "…")


def _name_otherwise(spot: Spot) -> Iterator[str]:
    """A letter less in a name: told apart from a spelling of its own by who fills `shared` of a sample."""
    words = spot.value.split()
    if spot.is_text and spot.place.row and 2 <= len(words) <= 6 and len(words[-1]) > 4:
        yield spot.value[:-3] + spot.value[-2:]


FAULTS: Mapping[str, Change] = {
    "a count in a text": _counted_otherwise,
    "a percentage in a text": _percent_otherwise,
    "a part above its whole in a text": _more_than_whole,
    "a number of a field": _number_otherwise,
    "a percentage above 100": _percent_too_high,
    "a score above its cap": _score_too_high,
    "a required answer emptied": _emptied,
    "yes, no or not applicable instead": _other_answer,
    "no choice of the list": _no_choice,
    "an impossible day": _impossible_day,
    "a year early or late": _other_year,
    "an impossible date in a text": _impossible_in_text,
    "a code of the row above": _code_doubled,
    "a letter cited with another day": _letter_on_another_day,
    "a text cut off": _cut_off,
    "a word doubled": _word_doubled,
    "filler for a text": _filler,
    "a name that differs elsewhere": _name_otherwise,
}


# Harmless edits: what a good officer may change and no checker should speak of.


def _latin(spot: Spot) -> Iterator[str]:
    if latin_digits(spot.value) != spot.value:
        yield latin_digits(spot.value)


def _unjoined(spot: Spot) -> Iterator[str]:
    if spot.is_text and spot.place.row is None and ZWNJ in spot.value:
        yield spot.value.replace(ZWNJ, " ")


def _arabic(spot: Spot) -> Iterator[str]:
    if spot.is_text and ("ی" in spot.value or "ک" in spot.value):
        yield spot.value.replace("ی", "ي").replace("ک", "ك")


def _other_stop(spot: Spot) -> Iterator[str]:
    if spot.is_text and "؛" in spot.value:
        yield spot.value.replace("؛", "،")
    if spot.is_text and re.search(r"[^.\s]\s*\.$", spot.value.rstrip()):  # of three dots none can be left out
        yield spot.value.rstrip()[:-1]


def _in_other_words(spot: Spot) -> Iterator[str]:
    for word, other in (
        ("شمار ", "تعداد "),
        ("بررسی", "ارزیابی"),
        ("انجام", "اجرا"),
        ("همچنین", "نیز"),
        ("همه ", "تمام "),
    ):
        if spot.is_text and spot.place.row is None and word in spot.value:
            yield spot.value.replace(word, other, 1)


def _longer(spot: Spot) -> Iterator[str]:
    if spot.is_text and spot.place.row is None and spot.value.rstrip().endswith("."):
        yield spot.value.rstrip() + " این کار با همکاری همه واحدها و در زمان مناسب انجام شده است."
        yield spot.value.rstrip() + " برای آن دو جلسه هماهنگی نیز با واحدها برگزار شد."


def _in_digits(spot: Spot) -> Iterator[str]:
    """A number in words as digits, one in digits as words."""
    for match, value in _counts(spot.value) if spot.is_text else ():
        if match.group()[0].isdigit():
            words = {2: "دو", 3: "سه", 4: "چهار", 5: "پنج", 6: "شش", 12: "دوازده", 24: "بیست و چهار"}.get(value)
            if words:
                yield _put(spot.value, match.span(), words)
        else:
            yield _put(spot.value, match.span(), persian_digits(str(value)))


HARMLESS_EDITS: Mapping[str, Change] = {
    "digits of another script": _latin,
    "spaces for joiners": _unjoined,
    "Arabic letters": _arabic,
    "other punctuation": _other_stop,
    "another word": _in_other_words,
    "a longer remark": _longer,
    "number words and digits": _in_digits,
}


# Sentences that are true of anything, however many things the tables list: numbers of something else.
ANYTHING = (
    "در پی آن سه کارگاه آموزشی برای ۴۰ نفر برگزار شد.",
    "دو نامه به سازمان فرستاده شد و پاسخ یکی از آن‌ها رسید.",
    "۱۲ نفر از کارکنان در ۳ دوره شرکت کردند.",
    "مهلت پاسخ از ۱۰ روز به ۵ روز رسید.",
    "۱۴ خدمت جدید در برنامه سال آینده است.",
    "در هر سه طبقه ساختمان راهنما نصب شد.",
    "نه جلسه هماهنگی با واحدها برگزار شد.",
    "این کار پس از ۲۰ روز از ۵ واحد پیگیری شد.",
    "مدارک دو خدمت پرمراجعه کاهش یافت.",
    "طبق ماده ۹ آیین‌نامه و بند ۱۴ دستورالعمل عمل شد.",
    "شمار مراجعان از ۴۰۰ نفر به ۳۵۰ نفر کاهش یافت.",
)


def _something_else(spot: Spot) -> Iterator[str]:
    if spot.is_text and spot.place.row is None and spot.value.rstrip().endswith("."):
        yield from (f"{spot.value.rstrip()} {sentence}" for sentence in ANYTHING)


HARMLESS: Mapping[str, Change] = {
    **HARMLESS_EDITS,
    "numbers of something else": _something_else,
    "another number where figures are off": _counted_where_off,
}


# Sentences an officer might add to a text: one that is right, and the same with one number changed.


def _reckoned(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Sentences whose numbers can be held against one another, whatever the data say."""
    part, whole = sorted(chance.sample(range(3, 90), 2))
    share, less, more = round(100 * part / whole), chance.randint(2, 20), chance.randint(2, 20)
    of = f"{part} پرونده از {whole} پرونده"
    for right, wrong in (
        (f"{of} بسته شد.", f"{whole} پرونده از {part} پرونده بسته شد."),
        (f"{of} بسته شد ({share} درصد).", f"{of} بسته شد ({(share + 30) % 100} درصد)."),
        (f"{share} درصد ({of}) بسته شد.", f"{(share + 30) % 100} درصد ({of}) بسته شد."),
        (
            f"از {whole} پرونده، {part} پرونده ({share} درصد) بسته شد.",
            f"از {whole} پرونده، {part} پرونده ({(share + 30) % 100}٪) بسته شد.",
        ),
        (
            f"{less + more} نامه، شامل {less} نامه ارسالی و {more} نامه دریافتی، ثبت شد.",
            f"{less + more} نامه، شامل {less + 4} نامه ارسالی و {more} نامه دریافتی، ثبت شد.",
        ),
        (
            f"در مجموع {less + more} نامه ({less} مورد ارسالی و {more} مورد دریافتی) ثبت شد.",
            f"در مجموع {less + more - 1} نامه ({less} مورد ارسالی و {more} مورد دریافتی) ثبت شد.",
        ),
        ("دو نشست در ۱۳۹۸/۰۴/۱۸ و ۱۳۹۸/۰۹/۲۰ برگزار شد.", "سه نشست در ۱۳۹۸/۰۴/۱۸ و ۱۳۹۸/۰۹/۲۰ برگزار شد."),
        ("سه بازدید در تیرماه، مهرماه و دی‌ماه انجام شد.", "پنج بازدید در تیرماه، مهرماه و دی‌ماه انجام شد."),
    ):
        yield persian_digits(right), persian_digits(wrong)


# What one of the things a table of this label lists is called.
ONE_OF = {
    "خدمات": "خدمت",
    "فرایندهای": "فرایند",
    "مستندات": "مستند",
    "ابتکارات": "ابتکار",
    "جلسات": "جلسه",
    "وظایف": "وظیفه",
    "شکایات": "شکایت",
    "کارکنان": "کارمند",
    "مدیران": "مدیر",
    "بازرسی‌ها": "بازرسی",
    "شهروندان": "شهروند",
    "پیشنهادها": "پیشنهاد",
}


def _of_rows(form: FilledForm) -> Iterator[tuple[str, str]]:
    """Sentences that say how many rows a table of the form has: the right number, and three more."""
    for item in form.items.values():
        first, _, rest = item.spec.shown.partition(" ")
        count = sum(row.is_ordinary for row in item.rows)
        if item.relevant and count and not item.spec.rows and first in ONE_OF:
            said = [f"همه {number} {ONE_OF[first]} {rest} در این گزارش آمده است." for number in (count, count + 3)]
            yield persian_digits(said[0]), persian_digits(said[1])


def _of_labels(form: FilledForm) -> Iterator[tuple[str, str]]:
    """Sentences that say a number of the form behind its label: the right one, and another."""
    for item in form.items.values():
        label, value = re.sub(r"\s*\([^()]*\)", "", item.spec.shown), item.value
        if item.relevant and isinstance(value, int) and not isinstance(value, bool) and label.startswith("تعداد "):
            said = [f"{label} {number} مورد بوده است." for number in (value, value + 3)]
            yield persian_digits(said[0]), persian_digits(said[1])


def added(forms: Mapping[str, FilledForm], spot: Spot, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """The kinds of sentence that may be added to a text, each right and wrong."""
    if spot.is_text and not spot.figures_off and spot.place.row is None and spot.value.rstrip().endswith("."):
        form = forms[spot.place.form or ""]
        for kind, pairs in (("arithmetic", _reckoned(chance)), ("rows", _of_rows(form)), ("labels", _of_labels(form))):
            yield from ((kind, right, wrong) for right, wrong in pairs)


SAID = {
    "arithmetic": "a sentence that does not add up",
    "rows": "a sentence with another count than its table",
    "labels": "a sentence with another number than its field",
}
SAID_RIGHT = {
    "arithmetic": "a sentence that adds up",
    "rows": "a sentence with the count of its table",
    "labels": "a sentence with the number of its field",
}


# ---------------------------------------------------------------- planting


@dataclass(frozen=True)
class Planted:
    """A fault or an edit, with what the checker found of it."""

    kind: str
    sample: str
    place: Place
    change: str
    found: tuple[Problem, ...]

    @property
    def here(self) -> tuple[Problem, ...]:
        """The findings at its place."""
        return tuple(found for found in self.found if _same(self.place, found.place))


def _same(planted: Place, found: Place) -> bool:
    if planted[2:4] != found[2:4]:
        return False
    pairs = zip(planted[4:], found[4:], strict=True)
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def plant(sample: Path, seed: int = SEED, most: int = MOST, kinds: Iterable[str] = ()) -> Iterator[Planted]:
    """At most so many faults and edits of each kind in a sample, chosen by the seed."""
    with tempfile.TemporaryDirectory(prefix="assembler-faults-") as folder:
        case = Path(folder) / sample.name
        shutil.copytree(sample, case, ignore=shutil.ignore_patterns("output", ".assembler"))
        before = check(case, SETTINGS)
        assert before.judged is not None, before.problems
        told = Counter(map(_told, before.judged.problems))
        for kind, place, change, file, text in _chosen(
            case, before.judged.forms, random.Random(seed), most, set(kinds)
        ):
            kept = file.read_bytes()
            file.write_text(text, encoding="utf-8")
            after: Counter[tuple[object, ...]] = Counter()
            found = []
            checked = check(case, SETTINGS)
            for one in checked.judged.problems if checked.judged else checked.problems:
                after[_told(one)] += 1
                if after[_told(one)] > told[_told(one)]:
                    found.append(one)
            file.write_bytes(kept)
            yield Planted(kind, sample.name, place, change, tuple(found))


def _told(found: Problem) -> tuple[object, ...]:
    return (found.code, *found.place[2:], found.message)


def _chosen(
    case: Path, forms: Mapping[str, FilledForm], chance: random.Random, most: int, kinds: set[str]
) -> Iterator[tuple[str, Place, str, Path, str]]:
    files = [case / "case.yaml", *sorted((case / "answers").glob("*.yaml"))]
    all_spots = [spot for file in files for spot in spots(forms, file)]
    answers = [spot for spot in all_spots if isinstance(spot, Spot)]
    names = Counter(spot.value for spot in answers if spot.is_text and spot.place.row)
    for kind, change in {**FAULTS, **HARMLESS}.items():
        if kinds and kind not in kinds:
            continue
        pairs = [(spot, new) for spot in answers for new in change(spot)]
        if kind == "a name that differs elsewhere":
            pairs = [(spot, new) for spot, new in pairs if names[spot.value] > 1]
        for spot, new in sorted(chance.sample(pairs, min(most, len(pairs))), key=lambda pair: pair[0].place):
            source = spot.file.read_text(encoding="utf-8")
            typed = json.dumps(new, ensure_ascii=False) if new else "null"
            yield kind, spot.place, _difference(spot.value, new), spot.file, _put(source, (spot.start, spot.end), typed)
    sentences = [(spot, *told) for spot in answers for told in added(forms, spot, chance)]
    for kind in SAID:
        of_kind = [each for each in sentences if each[1] == kind]
        for spot, _, right, wrong in chance.sample(of_kind, min(most, len(of_kind))):
            for name, sentence in ((SAID[kind], wrong), (SAID_RIGHT[kind], right)):
                if not kinds or name in kinds:
                    typed = json.dumps(f"{spot.value.rstrip()} {sentence}", ensure_ascii=False)
                    source = spot.file.read_text(encoding="utf-8")
                    yield name, spot.place, sentence, spot.file, _put(source, (spot.start, spot.end), typed)
    rows = [spot for spot in all_spots if isinstance(spot, Rows)]
    if not kinds or "a row doubled" in kinds:
        for pair in chance.sample(rows, min(most, len(rows))):
            source = pair.file.read_text(encoding="utf-8")
            doubled = _put(source, (pair.second[1], pair.second[1]), source[slice(*pair.second)])
            yield "a row doubled", pair.place.within(row=None), f"row {(pair.place.row or 0) + 1}", pair.file, doubled
    if not kinds or "rows in another order" in kinds:
        free = [pair for pair in rows if not pair.ordered]
        for pair in chance.sample(free, min(most, len(free))):
            source = pair.file.read_text(encoding="utf-8")
            first, second = source[slice(*pair.first)], source[slice(*pair.second)]
            text = _put(source, (pair.first[0], pair.second[1]), second + first)
            yield "rows in another order", pair.place, f"row {pair.place.row}", pair.file, text


def _difference(old: str, new: str) -> str:
    """What was changed, with a little around it."""
    start = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    cut = max(0, start - 15)
    return " → ".join(" ".join(text[cut : start + 35].split()) for text in (old, new))


# ---------------------------------------------------------------- what came of it

FAULT_KINDS = (*FAULTS, *SAID.values(), "a row doubled")
HARMLESS_KINDS = (*HARMLESS, *SAID_RIGHT.values(), "rows in another order")


def table(planted: Iterable[Planted]) -> str:
    """Faults by kind: planted, found at their place, at a consequence, missed; harmless edits: silent, alarms."""
    by_kind: dict[str, list[Planted]] = {}
    for one in planted:
        by_kind.setdefault(one.kind, []).append(one)
    lines = ["| fault | planted | at its place | at a consequence | missed |", "|---|---:|---:|---:|---:|"]
    faults = {kind: by_kind[kind] for kind in FAULT_KINDS if kind in by_kind}
    for kind, ones in {**faults, "**all**": list(chain(*faults.values()))}.items():
        here = sum(bool(one.here) for one in ones)
        missed = sum(not one.found for one in ones)
        lines.append(f"| {kind} | {len(ones)} | {here} | {len(ones) - here - missed} | {missed} |")
    lines += ["", "| harmless edit | planted | silent | false alarms |", "|---|---:|---:|---:|"]
    edits = {kind: by_kind[kind] for kind in HARMLESS_KINDS if kind in by_kind}
    for kind, ones in {**edits, "**all**": list(chain(*edits.values()))}.items():
        loud = sum(bool(one.found) for one in ones)
        lines.append(f"| {kind} | {len(ones)} | {len(ones) - loud} | {loud} |")
    return "\n".join(lines)


def main() -> None:
    """Prints the table, with what was missed and each false alarm before it when asked to."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--most", type=int, default=MOST)
    words.add_argument("--kind", action="append", default=[])
    words.add_argument("--sample", action="append", default=[])
    words.add_argument("--show", action="store_true", help="also print each fault that was missed and each false alarm")
    told = words.parse_args()
    samples = [sample for sample in SAMPLES if not told.sample or sample.name in told.sample]
    planted = [one for sample in samples for one in plant(sample, told.seed, told.most, told.kind)]
    for one in planted if told.show else ():
        if bool(one.found) == (one.kind in HARMLESS_KINDS):
            said = "; ".join(f"{found.code}: {found.message}" for found in one.found)
            where = ".".join(str(part) for part in one.place[2:] if part)
            print(f"{one.kind} | {one.sample} {where} | {one.change} | {said}")
    print(f"seed {told.seed}, at most {told.most} of a kind in each of {len(samples)} samples\n\n{table(planted)}")


if __name__ == "__main__":
    main()
