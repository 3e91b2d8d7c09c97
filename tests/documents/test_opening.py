"""What Word leaves in a template is told, and the letter is made as if it had been tidied up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import spoken
from assembler.documents.names import names_of
from assembler.documents.templates import check_template
from assembler.model.packet import Paragraph
from tests.documents.conftest import LETTER, TEMPLATES, Make, all_text, edited, letter, member, text
from tests.documents.test_ooxml import assert_valid

LETTERHEAD = TEMPLATES / "letterhead.docx"
BY = 'w:id="901" w:author="سارا" w:date="2025-01-01T00:00:00Z"'
START = '<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">'
END = "</w:t></w:r>"
SUBJECT = f"{START}{{{{ subject }}}}{END}"
CLOSING = f"{START}{{{{ closing }}}}{END}"


def run(words: str, kind: str = "t") -> str:
    return f'<w:r><w:rPr><w:rtl/></w:rPr><w:{kind} xml:space="preserve">{words}</w:{kind}></w:r>'


def deleted(words: str) -> str:
    return f"<w:del {BY}>{run(words, 'delText')}</w:del>"


def inserted(words: str) -> str:
    return f"<w:ins {BY}>{run(words)}</w:ins>"


def row(words: str, properties: str) -> str:
    cell = f"<w:tc><w:tcPr/><w:p><w:pPr><w:bidi/></w:pPr>{run(words)}</w:p></w:tc>"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cell}</w:tr>"


def table(*rows: str) -> str:
    head = "<w:tblPr><w:bidiVisual/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>"
    return f"<w:tbl>{head}{''.join(rows)}</w:tbl>"


SALUTATION = '<w:p><w:pPr><w:pStyle w:val="Salutation"/>'


def codes(template: Path) -> list[tuple[str, str | None]]:
    return [(one.code, one.place.item) for one in check_template(template, LETTER.keys(), True)]


def printed(make: Make, template: Path) -> str:
    return all_text(make(part=letter(Paragraph(text("متن"))), template=template))


@pytest.mark.parametrize(
    ("old", "new", "shown", "hidden"),
    [
        (SUBJECT, SUBJECT + deleted(" رفت") + inserted(" آمد"), "تابلوی راهنما آمد\n", "رفت"),
        (SUBJECT, deleted("{{ old_subject }}") + inserted("{{ subject }}"), "تابلوی راهنما\n", "old"),
        (SUBJECT, deleted("{{ sub") + SUBJECT, "موضوع: درخواست نصب", "{{"),
        (
            SUBJECT,
            f'<w:moveFromRangeStart {BY} w:name="m"/><w:moveFrom {BY}>{run("جابه‌جا")}</w:moveFrom>'
            f'<w:moveFromRangeEnd w:id="901"/>{SUBJECT}<w:moveTo {BY}>{run("جابه‌جا")}</w:moveTo>',
            "تابلوی راهنماجابه‌جا\n",
            "جابه‌جادرخواست",
        ),
        (
            SUBJECT,
            f"<w:r><w:rPr><w:rtl/><w:rPrChange {BY}><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>"
            "<w:t>{{ subject }}</w:t></w:r>",
            "تابلوی راهنما\n",
            "rPrChange",
        ),
        (
            SALUTATION,
            table(row("ردیف رفته", f"<w:del {BY}/>"), row("ردیف تازه", f"<w:ins {BY}/>")) + SALUTATION,
            "ردیف تازه",
            "ردیف رفته",
        ),
        (SALUTATION, table(row("جدول رفته", f"<w:del {BY}/>")) + SALUTATION, "با سلام", "جدول رفته"),
        (
            SALUTATION,
            f"<w:p><w:pPr><w:bidi/><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('نخست و ')}</w:p>{SALUTATION}",
            "نخست و با سلام",
            "نخست و \n",
        ),
        (
            SALUTATION,
            f"<w:p><w:pPr><w:bidi/><w:rPr><w:del {BY}/></w:rPr></w:pPr>{deleted('بند رفته')}</w:p>{SALUTATION}",
            "با سلام",
            "بند رفته",
        ),
    ],
)
def test_tracked_changes_are_told_and_taken_as_accepted(
    make: Make, tmp_path: Path, old: str, new: str, shown: str, hidden: str
) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (old, new))
    (told,) = {code for code, _ in codes(changed)}
    assert told == "template-tracked"
    (first, *_) = check_template(changed, LETTER.keys(), True)
    assert (first.severity, first.arguments["author"]) == (Severity.WARNING, "سارا")
    assert "old_subject" not in (names_of(changed) or ())
    words = printed(make, changed)
    assert shown in words
    assert hidden not in words
    whole = member(make(part=letter(), template=changed), "word/document.xml").decode()
    assert all(mark not in whole for mark in ("سارا", "delText", hidden, "<w:ins ", "<w:moveTo"))


@pytest.mark.parametrize(
    ("old", "new", "place", "look"),
    [
        (
            "</w:sectPr></w:body>",
            f"<w:sectPrChange {BY}><w:sectPr/></w:sectPrChange></w:sectPr></w:body>",
            "بخش ۱",
            "تنظیم صفحه",
        ),
        (
            SALUTATION,
            f"<w:p><w:pPr><w:bidi/><w:sectPr><w:bidi/><w:sectPrChange {BY}><w:sectPr/></w:sectPrChange></w:sectPr>"
            f"</w:pPr></w:p>{SALUTATION}",
            "بند ۱۲",
            "تنظیم صفحه",
        ),
        (
            SALUTATION,
            table(row("خانه", "")).replace(
                "<w:bidiVisual/>", f"<w:bidiVisual/><w:tblPrChange {BY}><w:tblPr/></w:tblPrChange>"
            )
            + SALUTATION,
            "جدول ۲",
            "ظاهر جدول",
        ),
        (
            SALUTATION,
            table(row("خانه", "")).replace("<w:tcPr/>", f"<w:tcPr><w:cellIns {BY}/></w:tcPr>") + SALUTATION,
            "جدول ۲",
            "خانه‌های جدول",
        ),
        (
            '<w:pStyle w:val="Salutation"/>',
            f'<w:pStyle w:val="Salutation"/><w:pPrChange {BY}><w:pPr/></w:pPrChange>',
            "بند ۱۲",
            "ظاهر بند",
        ),
    ],
)
def test_changes_that_bring_no_text_are_told_by_what_they_change(
    make: Make, tmp_path: Path, old: str, new: str, place: str, look: str
) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (old, new))
    with spoken("fa"):
        (told,) = [one for one in check_template(changed, LETTER.keys(), True) if one.code == "template-tracked"]
        assert f"«{look}»" in told.message
    assert told.place.item == place
    assert "سارا" not in member(make(part=letter(), template=changed), "word/document.xml").decode()


def test_an_office_that_tracks_changes_gets_a_document_that_does_not(make: Make, tmp_path: Path) -> None:
    changed = edited(
        LETTERHEAD, tmp_path / "c.docx", ("</w:settings>", "<w:trackRevisions/></w:settings>"), name="word/settings.xml"
    )
    assert b"trackRevisions" not in member(make(part=letter(), template=changed), "word/settings.xml")


def test_comments_are_told_and_go(make: Make, tmp_path: Path) -> None:
    commented = (
        f'<w:commentRangeStart w:id="3"/>{SUBJECT}<w:commentRangeEnd w:id="3"/>'
        '<w:r><w:rPr><w:rtl/></w:rPr><w:commentReference w:id="3"/></w:r>'
    )
    document = docx.Document(str(LETTERHEAD))
    document.add_comment(document.paragraphs[0].runs or [document.paragraphs[0].add_run("x")], "محرمانه", author="سارا")
    document.save(str(tmp_path / "a.docx"))
    changed = edited(tmp_path / "a.docx", tmp_path / "c.docx", (SUBJECT, commented))
    assert ("template-comment", "بند ۹") in codes(changed)
    made = make(part=letter(), template=changed)
    with zipfile.ZipFile(made) as archive:
        assert not [name for name in archive.namelist() if "comments" in name]
    assert b"commentR" not in member(made, "word/document.xml")


@pytest.mark.parametrize(
    "new",
    [
        f'{START}{{{{ sub{END}<w:proofErr w:type="spellStart"/>{START}ject }}}}{END}',
        f'{START}{{{{ sub{END}<w:bookmarkStart w:id="7" w:name="a"/><w:bookmarkEnd w:id="7"/>{START}ject }}}}{END}',
        f'{START}{{{END}<w:hyperlink w:anchor="x">{START}{{ subject{END}</w:hyperlink>{START} }}}}{END}',
        f"{START}{{{{{END}<w:smartTag>{START} subject {END}</w:smartTag>{START}}}}}{END}",
        f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{SUBJECT}</w:sdtContent></w:sdt>',
        f"{START}{{{{ sub{END}<w:sdt><w:sdtContent>{START}ject{END}</w:sdtContent></w:sdt>{START} }}}}{END}",
        '<w:r w:rsidR="00A1"><w:rPr><w:rtl/></w:rPr><w:t>{{ </w:t></w:r><w:r w:rsidR="00B2"><w:rPr><w:lang '
        'w:bidi="en-US"/></w:rPr><w:t>subject</w:t></w:r><w:r><w:t xml:space="preserve"> }}</w:t></w:r>',
        "<w:r><w:rPr><w:rtl/></w:rPr><w:t>{{</w:t><w:tab/><w:t>subject</w:t><w:br/><w:t>}}</w:t></w:r>",
        f"{START}{{{{ sub{END}{deleted('old')}{START}ject }}}}{END}",
    ],
)
def test_tags_in_pieces_that_look_alike_are_filled_without_a_word(make: Make, tmp_path: Path, new: str) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (SUBJECT, new))
    assert {code for code, _ in codes(changed)} <= {"template-tracked"}
    assert "موضوع: درخواست نصب تابلوی راهنما\n" in printed(make, changed)


def test_content_controls_around_paragraphs_rows_and_steering_tags(make: Make, tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>"
    steering = f"<w:p><w:pPr><w:bidi/></w:pPr>{run('{%p if motto %}')}</w:p>"
    ending = f"<w:p><w:pPr><w:bidi/></w:pPr>{run('{%p endif %}')}</w:p>"
    line = f"<w:p><w:pPr><w:bidi/></w:pPr>{run('شعار: {{ motto }}')}</w:p>"
    blocks = f"{control}{steering}</w:sdtContent></w:sdt>{line}{control}{ending}</w:sdtContent></w:sdt>"
    held = table(f"{control}{row('خانه {{ number }}', '')}</w:sdtContent></w:sdt>")
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (SALUTATION, blocks + held + SALUTATION))
    assert codes(changed) == []
    told = make(part=letter(Paragraph(text("متن")), motto="جهش"), template=changed)
    assert "شعار: جهش\nخانه ۱۲۳/۴۵۶" in all_text(told)
    assert b"w:sdt" not in member(told, "word/document.xml")
    assert "شعار" not in printed(make, changed)


def test_curly_quotes_are_told_and_read_as_straight_ones(make: Make, tmp_path: Path) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("{{ subject }}", "{{ subject|default(“بدون”) }}"))
    (told,) = check_template(changed, LETTER.keys(), True)
    assert (told.code, told.severity, "“ ”" in told.message) == ("template-curly-quotes", Severity.WARNING, True)
    assert "subject" in (names_of(changed) or ())
    assert "درخواست نصب" in printed(make, changed)


@pytest.mark.parametrize("single", ["{ subject }", "{subject}", "{موضوع}", "{ % if subject % }", "{"])
def test_single_braces_are_no_tag(tmp_path: Path, single: str) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("{{ subject }}", single))
    (told,) = check_template(changed, LETTER.keys(), True)
    assert (told.code, told.severity, told.place.item) == ("template-single-brace", Severity.ERROR, "بند ۹")


def test_text_beside_a_tag_that_steers_would_vanish(tmp_path: Path) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("{%p if subject %}", "موضوع {%p if subject %}"))
    assert codes(changed) == [("template-bad-tag", "بند ۸")]


@pytest.mark.parametrize(
    "kind", ["vnd.openxmlformats-officedocument.wordprocessingml.template", "vnd.ms-word.document.macroEnabled"]
)
def test_templates_of_word_and_files_with_macros_are_read(make: Make, tmp_path: Path, kind: str) -> None:
    own = "vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (own, f"{kind}.main"), name="[Content_Types].xml")
    assert codes(changed) == []
    assert "درخواست نصب" in printed(make, changed)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "Word 97–2003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "old Excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 x}", "Rich Text"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf<html>", "web page"),
        (b"", "empty"),
    ],
)
def test_what_is_no_word_document_is_told_by_name(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "c.docx").write_bytes(data)
    (told,) = check_template(tmp_path / "c.docx", (), False)
    assert told.code == "template-broken"
    assert reason in told.message


def test_an_open_document_and_a_strict_one_are_told_by_name(tmp_path: Path) -> None:
    for name, content, reason in (
        ("mimetype", "application/vnd.oasis.opendocument.text", "OpenDocument"),
        ("_rels/.rels", "http://purl.oclc.org/ooxml/officeDocument", "Strict"),
    ):
        with zipfile.ZipFile(tmp_path / "c.docx", "w") as archive:
            archive.writestr(name, content)
            archive.writestr("word/document.xml", "")
        (told,) = check_template(tmp_path / "c.docx", (), False)
        assert reason in told.message


def test_pieces_of_another_look_take_that_of_the_first(make: Make, tmp_path: Path) -> None:
    bold = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>"
    changed = edited(LETTERHEAD, tmp_path / "c.docx", ("{{ subject }}", f"{{{{ sub{bold}ject }}}}"))
    assert codes(changed) == [("template-split-tag", "بند ۹")]
    made = docx.Document(str(make(part=letter(), template=changed)))
    (shown,) = [one for one in made.element.body.iter(qn("w:t")) if one.text == LETTER["subject"]]
    assert shown.getparent().find(f"{qn('w:rPr')}/{qn('w:b')}") is None


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ('<w:fldSimple w:instr=" MERGEFIELD نام_گیرنده "><w:r><w:t>«نام»</w:t></w:r></w:fldSimple>', "نام_گیرنده"),
        ('<w:r><w:instrText> MERGE</w:instrText></w:r><w:r><w:instrText>FIELD "a b" </w:instrText></w:r>', "a b"),
    ],
)
def test_fields_of_mail_merge_are_errors(tmp_path: Path, field: str, name: str) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (SUBJECT, SUBJECT + field))
    told = [one for one in check_template(changed, LETTER.keys(), True) if one.code == "template-mail-merge"]
    assert [(one.severity, one.place.item, one.arguments["field"]) for one in told] == [(Severity.ERROR, "بند ۹", name)]


DATE = '<w:fldSimple w:instr=" DATE "><w:r><w:t>1400</w:t></w:r></w:fldSimple>'
SAVED = "<w:r><w:instrText> SAVE</w:instrText></w:r><w:r><w:instrText>DATE </w:instrText></w:r>"
PROMPT = (
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    "<w:sdtContent><w:r><w:t>اینجا بنویسید</w:t></w:r></w:sdtContent></w:sdt>"
)


@pytest.mark.parametrize(
    ("markup", "code", "told"),
    [
        (DATE, "template-clock", "DATE"),
        (SAVED, "template-clock", "SAVEDATE"),
        (PROMPT, "template-prompt", "اینجا بنویسید"),
    ],
)
def test_what_would_be_printed_though_nobody_wrote_it_is_told(
    tmp_path: Path, markup: str, code: str, told: str
) -> None:
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (SUBJECT, SUBJECT + markup))
    found = [one for one in check_template(changed, LETTER.keys(), True) if one.code == code]
    where = None if code == "template-prompt" else "بند ۹"
    assert [(one.place.item, *one.arguments.values()) for one in found] == [(where, told)]


@pytest.mark.parametrize("instruction", ["PAGE", "NUMPAGES", "STYLEREF Date", "DOCPROPERTY UPDATE"])
def test_fields_that_say_no_clock_are_taken(tmp_path: Path, instruction: str) -> None:
    markup = f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (SUBJECT, SUBJECT + markup))
    assert "template-clock" not in {one.code for one in check_template(changed, LETTER.keys(), True)}


def test_tables_wider_than_their_page_are_told(tmp_path: Path) -> None:
    narrow = ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="8391" w:h="11906"/>')
    changed = edited(TEMPLATES / "body.docx", tmp_path / "c.docx", narrow)
    assert [(one.code, one.place.item) for one in check_template(changed, ("report_title", "agency"), True)] == [
        ("template-too-wide", "سرصفحه، جدول ۱")
    ]


def test_macros_are_told_and_left_out(make: Make, tmp_path: Path) -> None:
    with zipfile.ZipFile(LETTERHEAD) as archive, zipfile.ZipFile(tmp_path / "c.docx", "w") as out:
        for entry in archive.namelist():
            data = archive.read(entry)
            if entry == "word/_rels/document.xml.rels":
                kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
                link = f'<Relationship Id="rId77" Type="{kind}" Target="vbaProject.bin"/></Relationships>'
                data = data.replace(b"</Relationships>", link.encode())
            if entry == "[Content_Types].xml":
                macro = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
                data = data.replace(b"</Types>", macro.encode())
            out.writestr(entry, data)
        out.writestr("word/vbaProject.bin", b"\xd0\xcf")
    assert codes(tmp_path / "c.docx") == [("template-macros", None)]
    with zipfile.ZipFile(make(part=letter(), template=tmp_path / "c.docx")) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]


def paragraph_of(tag: str) -> str:
    whole = member(LETTERHEAD, "word/document.xml").decode()
    at = whole.index(tag)
    return whole[whole.rindex("<w:p>", 0, at) : whole.index("</w:p>", at) + len("</w:p>")]


def test_text_boxes_are_filled_once(make: Make, tmp_path: Path) -> None:
    kept = paragraph_of("{{ subject }}")
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (kept, text_box(kept)))
    assert codes(changed) == []
    made = make(part=letter(), template=changed)
    assert all_text(made).count("درخواست نصب تابلوی راهنما") == 1
    assert b"Fallback" not in member(made, "word/document.xml")
    assert_valid(made)


def test_a_signature_in_a_text_box_cannot_be_signed(tmp_path: Path) -> None:
    kept = paragraph_of("{{ signature }}")
    changed = edited(LETTERHEAD, tmp_path / "c.docx", (kept, text_box(kept)))
    (told,) = check_template(changed, LETTER.keys(), True)
    assert (told.code, told.severity, "کادر متن" in str(told.place.item)) == ("template-bad-tag", Severity.ERROR, True)


def text_box(content: str) -> str:
    """A text box as Word writes it: once for itself, once for older programs."""
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    held = f"<w:txbxContent>{content}</w:txbxContent>"
    place = '<wp:position{0} relativeFrom="{1}"><wp:posOffset>0</wp:posOffset></wp:position{0}>'
    shape = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="9" behindDoc="0" locked="0" '
        f'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{place.format("H", "column")}'
        f'{place.format("V", "paragraph")}<wp:extent cx="2400000" cy="900000"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="21" name="Text Box 1"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="900000"/></a:xfrm><a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{held}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor>"
    )
    return (
        f"<w:p><w:pPr><w:bidi/></w:pPr><w:r><mc:AlternateContent {names}><mc:Choice Requires="
        f'"wps"><w:drawing>{shape}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{held}'
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
