"""`check_template` finds each fault and says in words where it stands."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assembler.base.catalogue.entries import Severity
from assembler.documents.styles import required_styles
from assembler.documents.templates import check_template
from tests.documents.conftest import BODY, COVER, LETTER, TEMPLATES, edited

LETTERHEAD = TEMPLATES / "letterhead.docx"
OTHER_RUN = "</w:t></w:r><w:r><w:rPr><w:b/><w:rtl/></w:rPr><w:t>"
SAME_RUN = "</w:t></w:r><w:r><w:rPr><w:rtl/></w:rPr><w:t>"
SALUTATION = '<w:pStyle w:val="Salutation"/>'
RTL = '<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    ("name", "offered", "needs_body"),
    [("letterhead", LETTER, True), ("body", BODY, True), ("cover", COVER, False), ("problems", {}, True)],
)
def test_the_delivered_templates_have_no_fault(name: str, offered: dict[str, object], needs_body: bool) -> None:
    assert check_template(TEMPLATES / f"{name}.docx", offered.keys(), needs_body) == ()


def found(template: Path, needs_body: bool = True) -> list[tuple[str, str | None]]:
    problems = check_template(template, LETTER.keys(), needs_body)
    assert all(one.place.file == str(template) and one.message for one in problems)
    return [(one.code, one.place.item) for one in problems]


@pytest.mark.parametrize(
    ("old", "new", "code", "item"),
    [
        ("{{ addressee }}", "{{ adressee }}", "template-unknown-name", "بند ۳"),
        ("{{ number }}", "{{ nummer }}", "template-unknown-name", "جدول ۱، ردیف ۱، خانه ۳، بند ۱"),
        ("{{ subject }}", "{{ sub\u200cject }}", "template-invisible", "بند ۹"),
        ("{{ subject }}", "{{ subject\u200f }}", "template-invisible", "بند ۹"),
        ("{{ subject }}", "{{ subject }", "template-bad-tag", "بند ۹"),
        ("{{ subject }}", "{{ subject | }}", "template-bad-tag", "بند ۹"),
        ("{%p endif %}", "", "template-bad-tag", "جدول ۱، ردیف ۱، خانه ۲، بند ۱"),
        ("{%p if addressee %}", "", "template-bad-tag", "بند ۴"),
        ("{{ body }}", "متن", "template-missing-placeholder", None),
        ("{{ body }}", "متن {{ body }}", "template-bad-tag", "بند ۱۷"),
        ("{{ subject }}", f"{{{{ sub{OTHER_RUN}ject }}}}", "template-split-tag", "بند ۹"),
        (f"{SALUTATION}<w:bidi/>", f'{SALUTATION}<w:bidi w:val="0"/>', "template-not-rtl", "بند ۱۲"),
        ("<w:bidiVisual/>", "", "template-not-rtl", "جدول ۱"),
        ("<w:bidi/></w:sectPr>", "</w:sectPr>", "template-not-rtl", "بخش ۱"),
        (f"{RTL}{{{{ closing }}}}", "<w:t>{{ closing }}", "template-not-rtl", "بند ۱۹"),
    ],
)
def test_faults_of_the_text(tmp_path: Path, old: str, new: str, code: str, item: str | None) -> None:
    assert (code, item) in found(edited(LETTERHEAD, tmp_path / "changed.docx", (old, new)))


def test_faults_of_the_footer_name_it(tmp_path: Path) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("{{ address }}", "{{ adress }}"), name="word/footer1.xml")
    assert ("template-unknown-name", "پاصفحه، بند ۲") in found(changed)


def test_missing_fonts_and_styles(tmp_path: Path) -> None:
    plain = edited(LETTERHEAD, tmp_path / "a.docx", (' w:cs="B Nazanin"', ""), name="word/styles.xml")
    assert "template-no-font" in {code for code, _ in found(plain)}
    renamed = ('w:styleId="TableHead"><w:name w:val="Table Head"/>', 'w:styleId="Other"><w:name w:val="Other"/>')
    without = edited(LETTERHEAD, tmp_path / "b.docx", renamed, name="word/styles.xml")
    assert ("template-missing-style", None) in found(without)
    assert "Table Head" in required_styles()


def test_a_letter_without_room_for_the_signature_is_warned_of(tmp_path: Path) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("{{ signature }}", ""))
    (problem,) = check_template(changed, LETTER.keys(), True)
    assert (problem.code, problem.severity) == ("template-missing-placeholder", Severity.WARNING)


def test_names_are_checked_for_each_part_that_uses_the_template() -> None:
    problems = check_template(LETTERHEAD, {"full": LETTER.keys(), "poor": LETTER.keys() - {"motto"}}, True)
    assert {(one.code, one.arguments["name"], one.arguments["part"]) for one in problems} == {
        ("template-unknown-name", "motto", "poor")
    }
    assert {one.severity for one in problems} == {Severity.ERROR}


def test_loops_bring_their_names(tmp_path: Path) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("- {{ copy }}", "{{ loop.index }} {{ copy }} {{ line }}"))
    assert found(changed) == [("template-unknown-name", "بند ۳۱")]


def test_what_is_no_word_file_is_one_problem(tmp_path: Path) -> None:
    broken = tmp_path / "x.docx"
    broken.write_bytes(b"x")
    assert [one.code for one in check_template(broken, [], True)] == ["template-broken"]


def test_external_pictures_are_told(tmp_path: Path) -> None:
    outside = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        ' Target="http://198.51.100.1/x.png" TargetMode="External"/></Relationships>'
    )
    changed = edited(
        LETTERHEAD, tmp_path / "c.docx", ("</Relationships>", outside), name="word/_rels/document.xml.rels"
    )
    assert ("template-external", None) in found(changed)


def test_a_plain_word_file_lacks_everything(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("نام: {{ number }}")
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "{{ unknown }}"
    document.save(str(tmp_path / "plain.docx"))
    faults = set(found(tmp_path / "plain.docx"))
    assert faults >= {
        ("template-not-rtl", "بند ۱"),
        ("template-no-font", "بند ۱"),
        ("template-not-rtl", "بخش ۱"),
        ("template-not-rtl", "جدول ۱"),
        ("template-unknown-name", "جدول ۱، ردیف ۱، خانه ۲"),
        ("template-missing-placeholder", None),
        ("template-missing-style", None),
    }
