"""Letters headed or signed by another province, agency or person than the case's, and those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import Problem
from assembler.checks import check_letterheads
from assembler.model.templates import NO_LETTERHEAD, Letterhead
from tests.building import World

REPORT = """\
report: r
title: گزارش
author: "{{ case.agency }}"
source: {document: d}
case:
  - {name: agency, type: text, label: دستگاه}
  - {name: province, type: text, label: استان}
  - {name: hierarchy, type: text, label: رده‌ها, appearance: multiline}
  - {name: head, type: text, label: نام}
  - {name: post, type: text, label: سمت}
signers: [{key: head, name: "{{ case.head }}", post: "{{ case.post }}"}]
parts:
  - letter: l
    title: نامه
    template: letterhead
    signer: head
    fields: {hierarchy: "{{ case.hierarchy }}"}
    content: [{paragraph: متن}]
"""
AGENCY = "اداره کل راه و شهرسازی استان تهران"


def told(folder: Path, letterhead: Letterhead = NO_LETTERHEAD, **fields: str) -> list[Problem]:
    given = {"agency": AGENCY, "province": "تهران", "head": "الف. نمونه", **fields}
    case = "report: r\n" + "".join(f"{name}: {value}\n" for name, value in given.items() if value)
    world = World(folder, [], [], report=REPORT, case=case)
    return list(check_letterheads(world.packet()[0], world.forms, {"letterhead": letterhead}))


def said(found: list[Problem]) -> list[tuple[str, object]]:
    return [(one.code, one.arguments["said"]) for one in found]


@pytest.mark.parametrize(
    ("agency", "post", "other"),
    [
        (AGENCY, "مدیرکل ثبت احوال", True),
        (AGENCY, "سرپرست اداره کل ثبت احوال", True),
        ("سازمان ملی نمونه", "رئیس سازمان هواشناسی", True),
        (AGENCY, "مدیر کل راه و شهرسازی", False),
        (AGENCY, "مدیرکل راه‌ و شهر سازی استان تهران", False),
        (AGENCY, "مدیرکل", False),
        (AGENCY, "مدیرکل استان تهران", False),
        (AGENCY, "معاون توسعه مدیریت و منابع", False),
        (AGENCY, "رئیس سازمان هواشناسی", False),
        (AGENCY, "مدیرکل دفتر فناوری", False),
        ("سازمان ملی نمونه", "رئیس سازمان", False),
        ("سازمان ملی نمونه", "رئیس سازمان و معاون رئیس جمهور", False),
        ("سازمان خدمات سکونتگاهی نمونه", "رئیس سازمان خدمات سکونتگاهی", False),
        ("نهاد نمونه", "رئیس سازمان هواشناسی", False),
    ],
)
def test_who_signs_heads_the_agency_of_the_case(tmp_path: Path, agency: str, post: str, other: bool) -> None:
    found = told(tmp_path, agency=agency, post=post)
    assert said(found) == ([("letter-other-agency", post)] if other else [])


@pytest.mark.parametrize(
    ("hierarchy", "typed", "other"),
    [
        ("اداره کل ثبت احوال", (), "اداره کل ثبت احوال"),
        ("", ("وزارت کشور", "اداره کل ثبت احوال"), "اداره کل ثبت احوال"),
        ("", ("سازمان ملی", "اداره کل راه و شهرسازی"), ""),
        ("اداره کل راه و شهرسازی", ("اداره کل حمل و نقل",), ""),
        ("وزارت راه و شهرسازی", ("شماره:", "رونوشت:"), ""),
    ],
)
def test_a_letterhead_names_the_agency_of_the_case(
    tmp_path: Path, hierarchy: str, typed: tuple[str, ...], other: str
) -> None:
    found = told(tmp_path, Letterhead(typed), hierarchy=hierarchy)
    assert said(found) == ([("letter-other-agency", other)] if other else [])
    assert [(one.place.form, one.place.item) for one in found] == [("case", "agency")] * len(found)


def test_another_province_is_told_alone_also_of_a_typed_letterhead(tmp_path: Path) -> None:
    found = told(tmp_path, Letterhead(("اداره کل ثبت احوال استان فارس",)))
    assert said(found) == [("letter-other-province", "استان فارس")]


def test_a_signer_typed_into_the_template_is_who_signs(tmp_path: Path) -> None:
    assert said(told(tmp_path / "a", Letterhead(signed=("ب. نمونه",)))) == [("letter-other-signer", "ب. نمونه")]
    assert told(tmp_path / "b", Letterhead(signed=("الف.نمونه",))) == []
