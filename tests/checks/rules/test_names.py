"""One thing under several names, and names that only look alike."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from tests.building import World, form_text

FORM = form_text(
    """\
    items:
      - {name: story, type: narrative}
      - name: t
        type: table
        columns: [{name: who, type: text}]
      - name: u
        type: table
        columns: [{name: who, type: text}]
    rules:
      - {kind: names, among: [x/a.t.who, x/a.u.who, x/a.story]}
    """
)


def found(folder: Path, first: list[str], second: list[str] = [], story: list[str] = []) -> list[Problem]:  # noqa: B006
    def rows(cells: list[str]) -> str:
        return "[" + ", ".join(f'{{who: "{cell}"}}' for cell in cells) + "]"

    texts = "[" + ", ".join(f'"{text}"' for text in story) + "]"
    answers = f"form: x/a\nt: {rows(first)}\nu: {rows(second)}\nstory: {texts}\n"
    return World(folder, [FORM], [answers]).checked()


PAIRS = [
    ("مدیریت نظارت فنی و اجرایی", "مدیریت نظام فنی و اجرایی"),
    ("معاونت توسعه منابع انسانی", "معاونت توسعه مدیریت و سرمایه انسانی"),
    ("کمیته سلامت اداری و صیانت از حقوق مردم", "کمیته سلامت اداری و حقوق شهروندی"),
    ("معاونت توسعه مدیریت سرمایه انسانی", "معاونت توسعه سرمایه انسانی"),
    ("دفتر برنامه و بودجه", "دفتر بودجه و برنامه"),
]


@pytest.mark.parametrize(("common", "rare"), PAIRS)
def test_units_named_in_two_ways(tmp_path: Path, common: str, rare: str) -> None:
    (problem,) = found(tmp_path, ["چیز دیگری است که گفته شد", common, common], [rare])
    assert (problem.code, problem.severity) == ("names-differ", Severity.INFORMATION)
    assert (problem.place.item, problem.place.row, problem.place.column) == ("u", 1, "who")
    assert problem.arguments == {"name": rare, "count": 1, "other": common, "others": 2}


@pytest.mark.parametrize(("common", "rare"), PAIRS[:4])
def test_units_named_in_running_text(tmp_path: Path, common: str, rare: str) -> None:
    (problem,) = found(tmp_path, [common], [common], [f"این موضوع در {rare} بررسی و به رئیس سازمان اعلام شد."])
    assert (problem.place.item, problem.arguments["name"]) == ("story", rare)


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("معاونت هماهنگی برنامه و بودجه", "معاونت هماهنگی برنامه و بوجه"),
        ("آقای هاشمی‌نیا", "آقای هاشمی‌نا"),
        ("آقای حسین رضایی", "آقای حسین رضانی"),
        ("th.mporg.ir", "http://www.thmporg.ir"),
        ("th.mporg.ir", "th.mprog.ir"),
    ],
)
def test_a_name_misspelled_is_a_warning(tmp_path: Path, common: str, rare: str) -> None:
    (problem,) = found(tmp_path, [common, common], [rare])
    assert (problem.code, problem.severity) == ("names-differ", Severity.WARNING)
    assert (problem.place.item, problem.place.row) == ("u", 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("خانم حسنی", "خانم حسینی"),  # short names within a letter are two persons
        ("آقای حسین رضایی", "آقای رضایی"),  # mentioned in two ways
        ("آقای حسین رضایی", "آقای حسن رضایی"),
        ("آقای محمد احمدی", "آقای محمد محمدی"),  # two common families
        ("رضا امینی", "رضا امیری"),
        ("علی حسن‌زاده", "علی حسین‌زاده"),  # made of given names
        ("علی قلی‌پور", "علی ولی‌پور"),
        ("خانم مریم حسنی", "خانم مریم حسینی"),
        ("آقای هاشمی‌نیا", "آقای هاشمی نیا"),
        ("آقای هاشمی‌نیا", "جناب آقای دکتر هاشمی‌نیا"),
        ("آقای علوی‌زاده", "خانم علوی‌زاد"),
        ("آقای محمدی", "آقای محمدپور"),
        ("واحد ۱ پشتیبانی فنی", "واحد ۲ پشتیبانی فنی"),
        ("منطقه ۱۱", "منطقه ۱۲"),
        ("اداره آموزش و پرورش منطقه ۱", "اداره آموزش و پرورش منطقه ۱۱"),
        ("معاونت آمار و اطلاعات", "معاونت هماهنگی برنامه و بودجه"),
        ("معاونت آمار و اطلاعات", "معاونت فناوری اطلاعات"),
        ("معاونت توسعه منابع انسانی", "معاونت توسعه منابع مالی"),
        ("مدیریت نظام فنی و اجرایی", "معاونت نظام فنی و اجرایی"),  # a post of its own
        ("مدیریت امور اداری", "مدیریت امور اداری و رفاه کارکنان"),  # a part of it, or its whole name
        ("مدیریت اداری، مالی و پشتیبانی", "مدیریت اداری، مالی و پشتیبانی سازمان"),
        ("مدیریت برنامه‌ریزی و توسعه", "مدیریت برنامه ریزی و توسعه"),
        ("مدیریت آموزش و پژوهش‌های توسعه", "مديريت آموزش و پژوهشهاي توسعه"),
        ("سازمان مدیریت و برنامه‌ریزی استان تهران", "سازمان مدیریت و برنامه‌ریزی استان البرز"),
        ("سازمان مدیریت و برنامه‌ریزی استان تهران", "سازمان مدیریت و برنامه‌ریزی"),
        ("اداره کل راه و شهرسازی شرق استان", "اداره کل راه و شهرسازی غرب استان"),
        ("اداره کل راه و شهرسازی استان تهران", "اداره کل آموزش و پرورش استان تهران"),
        ("mbot.ir", "111.ir"),
        ("amar.thmporg.ir", "wgis.thmporg.ir"),
        ("m.thmporg.ir", "thmporg.ir"),
    ],
)
def test_names_that_only_look_alike(tmp_path: Path, one: str, other: str) -> None:
    assert found(tmp_path, [one, one], [other]) == []


def test_others_of_the_family_do_not_hide_the_one_who_is_meant(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, ["حسین رضایی", "حسین رضایی", "حسین رضایی", "علی رضایی", "علی رضایی"], ["علی رضاییی"])
    assert (problem.code, problem.arguments["other"], problem.place.item) == ("names-differ", "علی رضایی", "u")


def test_units_one_column_lists_side_by_side_are_two(tmp_path: Path) -> None:
    assert found(tmp_path, ["معاونت توسعه منابع انسانی", "معاونت توسعه مدیریت و سرمایه انسانی"]) == []


def test_a_longer_stretch_of_text_is_the_same_name(tmp_path: Path) -> None:
    story = ["معاونت آمار و اطلاعات همکاری نمودند.", "معاونت آمار و اطلاعات استان در جلسه بود."]
    assert found(tmp_path, ["معاونت آمار و اطلاعات"], [], story) == []


def test_of_a_text_only_the_name_is_taken(tmp_path: Path) -> None:
    story = ["مقرر گردید آقای عدالتی گزارش دهند.", "آقای عدالتی‌پور گزارش داد، خانم زارعی افراد را معرفی کرد."]
    assert found(tmp_path, ["آقای عدالتی", "خانم زارعی"], [], story) == []


def test_the_rule_chooses_the_severity(tmp_path: Path) -> None:
    form = FORM.replace("kind: names,", "kind: names, severity: information,")
    answers = "form: x/a\nt: [{who: th.mporg.ir}]\nstory: ['نشانی: thmporg.ir']\n"
    (problem,) = World(tmp_path, [form], [answers]).checked()
    assert (problem.severity, problem.place.item) == (Severity.INFORMATION, "story")


def test_the_cost_is_linear_in_the_names(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        names = [f"معاونت توسعه {_word(number)} انسانی کشور" for number in range(count)]
        world = World(tmp_path / str(count), [FORM], ["form: x/a\nt:\n" + "".join(f"  - who: {n}\n" for n in names)])
        begun = process_time()
        world.checked()
        return process_time() - begun

    few, many = seconds(100), seconds(800)
    assert many < few * 8 * 4 + 0.5


def _word(number: int) -> str:
    return "".join("ابپتجچحخدر"[int(digit)] for digit in f"{number:06}")
