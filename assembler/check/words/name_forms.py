"""Reads names out of cells and running text: persons with their titles, units of an office, addresses of sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assembler.base.persian import ZWNJ, fold, normalise

Kind = Literal["person", "unit", "site"]

_MEN, _WOMEN = ("آقای", "آقا", "برادر"), ("خانم", "بانو")
_COURTESIES = ("جناب", "سرکار", "محترم", "محترمه", "دکتر", "مهندس", "حاج", "سید", "سیده", "استاد")
_HEADS = (
    "مدیریت", "معاونت", "کمیته", "سازمان", "واحد", "اداره", "حوزه", "امور", "مرکز", "دفتر", "کارگروه", "شورا", "شورای",
    "هیئت", "هیات", "وزارت", "قانون", "تصویب‌نامه", "آیین‌نامه", "دبیرخانه", "رئیس", "معاون", "مدیر", "مدیرکل",
)  # fmt: skip
# Words that join the words of a name and tell nothing apart.
_JOINTS = ("و", "محترم", "کل", "ی", "از", "به", "با", "بر", "در")
# After these a word that elsewhere ends a name belongs to it: «صیانت از حقوق مردم», «رسیدگی به تخلفات».
_GOVERNING = {
    "از": ("صیانت", "حمایت", "پیشگیری", "حفاظت", "بهره‌برداری"),
    "به": ("رسیدگی", "پاسخگویی", "دسترسی", "آزاد", "خدمت", "کمک"),
    "با": ("مبارزه", "مقابله", "ارتباط"),
    "بر": ("نظارت",),
}
_ENDING = (
    "در به از با بر که تا را برای جهت این آن نیز می بوده است بود شد گردید گردیده شده نمود نمودند نمایند نماید گردند "
    "گردد دارد دارند ندارد ندارند باشد باشند خواهد خواهند داده قرار تشکیل طی نسبت بنا طبق پس مورد مبنی ذیل اعم شامل "
    "توسط درباره پیرامون مجاز موظف مکلف یک دو هر مربوطه مذکور یادشده می‌باشد می‌باشند می‌گردد می‌شود همچنین یا اما "
    "لیکن اقدام ارائه همکاری اعلام برگزار موضوع مورخ شماره تاریخ عضو مطابق"
)
# These begin what is done with a unit, once its name has two words; right after its first word they belong to it.
_DEEDS = (
    "بررسی معرفی ارسال اخذ انجام صورت تهیه تصویب مصوب منصوب منتصب منعقد ابلاغ تدوین تعیین گزارش درخواست درخواست‌هایی "
    "پیشنهاد پیگیری پذیرفته دریافت ثبت منتشر بازدید تقدیر دعوت تأیید تأکید مقرر مطرح قبل بعد هیچ‌گونه جلسه رسیدگی"
)
# Part of what a place or number belongs to: two names that differ in it name two things.
_PLACES = ("استان", "شهرستان", "شهر", "منطقه", "ناحیه", "شعبه", "طبقه", "شماره")
_APART = (
    "شرق غرب شمال جنوب شرقی غربی شمالی جنوبی یک دو سه چهار پنج اول دوم سوم چهارم پنجم ششم نخست الف ب ج د ه مردان زنان "
    "بدوی تجدیدنظر عالی داخلی خارجی"
)
_GIVEN = (
    "علی محمد حسین حسن رضا مهدی احمد محمود ابراهیم اسماعیل عباس اکبر اصغر امیر سعید مجید حمید وحید مسعود مصطفی مرتضی "
    "محسن جواد کاظم صادق جعفر هادی حامد یوسف یعقوب داود بهرام بهمن فرهاد فرزاد کامران کیوان شهرام پیمان ناصر منصور "
    "قاسم محمدرضا علیرضا غلامرضا حمیدرضا محمدعلی محمدحسین امیرحسین فاطمه زهرا مریم زینب معصومه سمیه لیلا نرگس مینا "
    "سارا مهناز شهلا نسرین پروین طاهره صدیقه اکرم اعظم مرضیه الهام نازنین شیما ندا سحر"
)
# Family names many people bear, a letter apart from others of them: two of these are two families, not a slip.
_FAMILIES = (
    "احمدی محمدی محمودی حمیدی حامدی مجیدی وحیدی سعیدی سعدی حسنی حسینی محسنی کریمی کرمی رحیمی رحمانی رحمتی امینی "
    "امیری رضایی رضوی رضوانی قاسمی کاظمی ناظمی هاشمی قنبری اکبری اصغری عسکری صفری صفایی صفوی جعفری باقری طاهری ماهری "
    "ظاهری مطهری مظاهری صابری صادقی صدیقی شریفی ظریفی شریعتی مرادی مردانی نوری نوروزی سلیمی سلیمانی سلطانی سلامی "
    "مالکی ملکی نجفی نجاتی یوسفی یونسی موسوی عباسی عابدی عبدی عبادی زاهدی شاهدی زارعی کمالی جمالی جلالی جلیلی خلیلی "
    "وکیلی اسدی اسعدی راستی رستمی رشیدی رشدی حیدری صفدری بهرامی بهمنی ابراهیمی نصیری ناصری ناظری منصوری نظری نادری "
    "قادری حیاتی مقدسی مهدوی مرتضوی میرزایی"
)
# Given names that families are called after, besides those above: «قلی‌زاده», «رحیم‌پور».
_FOREFATHERS = "قلی ولی تقی نقی نبی حاجی کریم رحیم امین امیر"
# What a family name may end in as a word of its own: «هاشمی نیا».
_FAMILY_ENDINGS = "نیا زاده پور فر نژاد راد فرد مقدم وند آبادی دوست منش خواه تبار پناه کیا مهر تهرانی اصفهانی یزدی"
_MOST_WORDS = 9

_SITE = re.compile(r"(?<![@\w.-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:ir|com|org|net|gov|info))\b", re.I)
_WORD = re.compile(rf"[\w{ZWNJ}]+|[^\w\s]")
_PLURAL_OR_LINK = re.compile("(?:هایی|های|ها|یی)$")
# What stands between the names of a list in a cell; a comma may stand inside a name.
_BETWEEN = re.compile(r"\s[-–]\s|[/؛\n]")


def _keys(words: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in (words.split() if isinstance(words, str) else words))


_MEN_KEYS, _WOMEN_KEYS, _COURTESY_KEYS = _keys(_MEN), _keys(_WOMEN), _keys(_COURTESIES)
_HEAD_KEYS, _JOINT_KEYS, _ENDING_KEYS = _keys(_HEADS), _keys(_JOINTS), _keys(_ENDING)
_PLACE_KEYS, _APART_KEYS = _keys(_PLACES), _keys(_APART)
_DEED_KEYS = _keys(_DEEDS)
_GIVEN_KEYS, _FAMILY_KEYS = _keys(_GIVEN), _keys(_FAMILY_ENDINGS)
_FAMILY_NAMES, _FOREFATHER_KEYS = _keys(_FAMILIES), _GIVEN_KEYS | _keys(_FOREFATHERS)
_SON_OF = re.compile("(?:زاده|پور|نژاد|نیا|فر|یان|ی)$")
_ONE_HEAD = {fold("شورای"): fold("شورا"), fold("هیات"): fold("هیئت")}
_AFTER_PERSON = _ENDING_KEYS | _JOINT_KEYS | _HEAD_KEYS
_PARENTS = _keys(("سازمان", "وزارت"))
_OWN = _keys(("سازمان", "دستگاه"))
_GOVERNING_KEYS = {word: _keys(governing) for word, governing in _GOVERNING.items()}


@dataclass(frozen=True)
class Name:
    """A name as it was written, ``shown``, and folded into what tells it from others.

    ``head`` is a unit's first word, a person's title («m», «f») or «»; ``words`` its telling words in order;
    ``apart`` places, numbers and given names: names that differ in these name different things.
    """

    kind: Kind
    shown: str
    head: str
    words: tuple[str, ...]
    apart: tuple[str, ...] = ()


def names_in_cell(text: str) -> Iterator[Name]:
    """The names in a cell: a cell may list several, and each piece of the list is a name or holds some."""
    yield from _sites(text)
    for piece in _BETWEEN.split(normalise(text)):
        words = _words(piece)
        persons = list(_persons(words, whole=True))
        if persons:
            yield from persons
        elif words and fold(words[0]) in _HEAD_KEYS and len(words) <= _MOST_WORDS + 4:
            yield from _whole_unit(piece, words)
        elif 0 < len(words) <= 3 and all(fold(word).isalpha() for word in words):
            yield _person(words, "")
        else:
            yield from _units(words)


def names_in_text(text: str) -> Iterator[Name]:
    """The names in running text, where a title or a word such as «معاونت» begins them."""
    words = _words(text)
    yield from _persons(words)
    yield from _units(words)
    yield from _sites(text)


def _words(text: str) -> list[str]:
    return _WORD.findall(normalise(_SITE.sub(" . ", text)))


# ---------------------------------------------------------------- persons


def _persons(words: list[str], whole: bool = False) -> Iterator[Name]:
    """Persons by their titles. In a cell the name goes on to a sign; in a text only as far as it is surely a name."""
    for index, word in enumerate(words):
        title = "m" if fold(word) in _MEN_KEYS else "f" if fold(word) in _WOMEN_KEYS else ""
        if title:
            name = _person_words(words[index + 1 : index + 7], whole)
            if name:
                yield _person(name, title)


def _person_words(words: list[str], whole: bool) -> list[str]:
    while words and fold(words[0]) in _COURTESY_KEYS:
        words = words[1:]
    stretch: list[str] = []
    for word in words:
        if not word[0].isalpha() or fold(word) in _AFTER_PERSON:
            break
        stretch.append(word)
    if whole and len(stretch) <= 3:
        return stretch
    count = 2 if stretch and fold(stretch[0]) in _GIVEN_KEYS else 1
    if len(stretch) > count and fold(stretch[count]) in _FAMILY_KEYS:
        count += 1
    return stretch[:count]


def _person(words: list[str], title: str) -> Name:
    """The family name is what is left when given names are taken off: «هاشمی نیا» and «هاشمی‌نیا» are one."""
    keys = [fold(word) for word in words]
    given = [key for key in keys if key in _GIVEN_KEYS] if len(keys) > 1 else []
    family = [key for key in keys if key not in given]
    if not family:  # given names serve as family names too
        given, family = given[:-1], given[-1:]
    shown = " ".join(words)
    return Name("person", shown, title, ("".join(family),), tuple(given))


def is_family(key: str) -> bool:
    """Whether a folded name surely is a family's own: a frequent one, or one made of a given name."""
    return key in _FAMILY_NAMES or _SON_OF.sub("", key) in _FOREFATHER_KEYS


# ---------------------------------------------------------------- units


def _units(words: list[str]) -> Iterator[Name]:
    end = 0
    for index, word in enumerate(words):
        if index >= end and fold(word) in _HEAD_KEYS:
            stretch = _unit_words(words[index:])
            end = index + len(stretch)
            unit = _unit(stretch)
            if unit and len(unit.words) > 1:
                yield unit


def _unit_words(words: list[str]) -> list[str]:
    """As far as the name goes: to a sign, a word that ends names, or the organisation it is part of."""
    stretch = words[:1]
    for word in words[1:_MOST_WORDS]:
        if _ends_unit(word, stretch):
            break
        stretch.append(word)
    while len(stretch) > 1 and fold(stretch[-1]) in _JOINT_KEYS:
        stretch.pop()
    return stretch


def _ends_unit(word: str, stretch: list[str]) -> bool:
    key, before = fold(word), fold(stretch[-1])
    if before in _GOVERNING_KEYS.get(word, frozenset()):
        return False
    is_deed = key in _DEED_KEYS and len(stretch) > 2 and before not in _JOINT_KEYS
    return not word[0].isalnum() or key in _ENDING_KEYS or key in _PARENTS or is_deed


def _whole_unit(piece: str, words: list[str]) -> Iterator[Name]:
    """A unit a piece of a cell names from end to end, signs and all: «مدیریت اداری، مالی و پشتیبانی»."""
    unit = _unit([word for word in words if word[0].isalnum()])
    if unit:
        yield replace(unit, shown=piece.strip())


def _unit(words: list[str]) -> Name | None:
    """A unit's name; «سازمان» at its end says only whose it is."""
    while len(words) > 2 and fold(words[-1]) in _OWN:
        words = words[:-1]
    telling: list[str] = []
    apart: list[str] = []
    place_before = False
    for word in words[1:]:
        key = _word_key(word)
        if (place_before and key not in _JOINT_KEYS) or key in _APART_KEYS or any(letter.isdigit() for letter in key):
            apart.append(key)
        elif key not in _JOINT_KEYS and key not in _PLACE_KEYS:
            telling.append(key)
        place_before = key in _PLACE_KEYS
    head = fold(words[0])
    return Name("unit", " ".join(words), _ONE_HEAD.get(head, head), tuple(telling), tuple(apart)) if telling else None


def _word_key(word: str) -> str:
    """A word without plural, linking ی and article: «پژوهش‌های» and «پژوهش» are one."""
    key = fold(word)
    bare = _PLURAL_OR_LINK.sub("", key)
    bare = bare.removeprefix("ال") if len(bare) > 5 and bare.startswith("ال") else bare
    return bare if len(bare) > 2 else key


# ---------------------------------------------------------------- sites


def _sites(text: str) -> Iterator[Name]:
    for found in _SITE.finditer(text):
        address = found[1].lower()
        yield Name("site", address, "", (re.sub(r"[.-]", "", address),))
