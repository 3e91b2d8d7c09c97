"""The annual report of circular 47093, built whole from its two samples: nothing asked and nothing answered is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import jdatetime
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from assembler.assembly.unchanged import Built
from assembler.base.persian import fold
from assembler.base.problems import has_errors
from assembler.evaluate.workflows import parse_next
from assembler.model.answers import Attachment, Prose
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.judged import Judged
from assembler.model.packet import GridBlock, Heading, Paragraph, plain
from assembler.model.values import printed
from assembler.pipeline import read
from tests.built import SETTINGS, build_once
from tests.documents.test_ooxml import assert_valid
from tests.test_samples import ROOT, texts_of

PROVINCIAL = ROOT / "samples" / "annual-1398"
NATIONAL = ROOT / "samples" / "annual-1398-national"
SENT = jdatetime.date(1399, 2, 15)
LETTERS = {"cover-letter-provincial", "surveillance-letter", "violations-letter", "non-applicable-letter"}


@pytest.fixture(scope="session")
def provincial() -> Built:
    return build_once(PROVINCIAL)


@pytest.fixture(scope="session")
def national() -> Built:
    return build_once(NATIONAL)


@pytest.fixture(scope="session")
def readings() -> Mapping[Path, Judged]:
    return {case: read(case, SETTINGS, SENT) for case in (PROVINCIAL, NATIONAL)}


def documents_of(built: Built) -> str:
    """All that can be read in the Word files, the words of the drawn diagrams among them; folded."""
    folder = built.pdf.parent / "parts"
    return "".join(texts_of(path) + _told_pictures(path) for path in sorted(folder.glob("*.docx")))


def _told_pictures(path: Path) -> str:
    drawings = Document(str(path)).element.body.iter(qn("wp:docPr"))
    return fold("".join(drawing.get("descr") or "" for drawing in drawings))


@pytest.mark.parametrize("case", [PROVINCIAL, NATIONAL], ids=lambda case: case.name)
def test_the_samples_are_clean(case: Path, readings: Mapping[Path, Judged]) -> None:
    found = readings[case].problems
    assert not has_errors(found), [(each.code, each.place) for each in found]
    assert [each.code for each in found if each.severity == "warning"] == []


@pytest.mark.parametrize(("case", "built"), [(PROVINCIAL, "provincial"), (NATIONAL, "national")])
def test_every_entered_value_is_printed(
    case: Path, built: str, readings: Mapping[Path, Judged], request: pytest.FixtureRequest
) -> None:
    everything = documents_of(request.getfixturevalue(built))
    answers = [
        (name, text)
        for name, form in readings[case].forms.items()
        for item in form.items.values()
        for text in _values(item)
    ]
    assert len(answers) > 150
    lost = [(form, text) for form, text in answers if fold(text) not in everything]
    assert not lost


def _values(item: FilledItem) -> Iterator[str]:
    """What is printed of an item's answers; choices print as labels or ticks, files as their numbers."""
    cells = [(row.cells[column.name].value, column) for row in item.rows for column in item.spec.columns]
    for value, field in [(item.value, item.spec), *cells]:
        if value is None or isinstance(value, Attachment | Prose) or field.type.startswith("select"):
            continue
        if item.spec.workflow and field.name == item.spec.workflow.next:
            yield from (word for word, _step in parse_next(str(value)) or ())  # drawn as branches
        else:
            yield from printed(value, field).split("\n")


@pytest.mark.parametrize(("case", "built"), [(PROVINCIAL, "provincial"), (NATIONAL, "national")])
def test_every_label_is_printed(
    case: Path, built: str, readings: Mapping[Path, Judged], request: pytest.FixtureRequest
) -> None:
    everything = documents_of(request.getfixturevalue(built))
    forms = readings[case].forms
    labels = [(name, label) for name, form in forms.items() if _is_indicator(name) for label in _labels(form)]
    assert len(labels) > 250
    missing = [(name, label) for name, label in labels if fold(label) not in everything]
    assert not missing


def _is_indicator(name: str) -> bool:
    return re.fullmatch(r"circular-47093/(\d\d|feedback)", name) is not None


def _labels(form: FilledForm) -> Iterator[str]:
    """What the guidance prints of a form: its questions, and what belongs to a table or sheet that applies."""
    in_sheets = {name for sheet in form.spec.sheets for name in sheet.items}
    yield from form.spec.legal
    for item in form.items.values():
        shown = item.relevant or (not item.spec.is_table and item.spec.name not in in_sheets)
        if shown and "hidden" not in item.spec.appearance and not item.spec.workflow:
            yield from _item_labels(item)
    for sheet in form.spec.sheets:
        if any(form.items[name].relevant for name in sheet.items):
            yield from filter(None, (sheet.caption, *sheet.heads, *(row.label or row.heading for row in sheet.rows)))


def _item_labels(item: FilledItem) -> Iterator[str]:
    if not item.spec.is_table:
        yield item.spec.label
    elif not item.spec.entry:
        yield from (label for column in item.spec.columns for label in (*column.group, column.label))
        yield from (cell for row in item.spec.rows for cell in row.cells.values())
        yield from (footer.label for footer in item.spec.footer)
    elif item.rows:
        yield item.spec.label


def test_together_the_samples_show_every_branch_table_and_sheet(readings: Mapping[Path, Judged]) -> None:
    """Items of the indicators that apply in neither sample would be proved by nobody."""
    specs = {name: form.spec for name, form in readings[PROVINCIAL].forms.items() if _is_indicator(name)}
    never = [
        (name, item.name)
        for name, spec in specs.items()
        for item in spec.items
        if not any(reading.forms[name].items[item.name].relevant for reading in readings.values())
    ]
    assert len(specs) == 30
    # «خیر» and «عدم مصداق» stand in the samples where they are plausible, not at every question.
    assert {name for _, name in never} <= {"reason", "justification", "physical_reason", "electronic_reason"}


def test_all_statuses_occur_and_are_counted(readings: Mapping[Path, Judged]) -> None:
    statuses = [form.summary.status for form in readings[PROVINCIAL].forms.values() if form.summary]
    assert len(statuses) == 29
    assert {status: statuses.count(status) for status in statuses} == {"yes": 26, "no": 2, "not_applicable": 1}


def test_the_indicators_stand_in_their_dimensions(readings: Mapping[Path, Judged]) -> None:
    """Seven dimensions: 1–3, 4–10, 11–13, 14–15, 16–17, 18–23, 24–29."""
    dimensions: list[list[int]] = []
    for block in readings[PROVINCIAL].packet.part("report").blocks:
        if isinstance(block, Heading) and block.listed and block.level == 1:
            dimensions.append([])
        if isinstance(block, Heading) and block.level == 2 and (found := re.match("شاخص ([۰-۹]+)-", block.text)):
            dimensions[-1].append(int(found.group(1)))
    spans = [(1, 3), (4, 10), (11, 13), (14, 15), (16, 17), (18, 23), (24, 29)]
    assert [numbers for numbers in dimensions if numbers] == [list(range(a, b + 1)) for a, b in spans]


def test_the_letters_follow_who_reports(provincial: Built, national: Built) -> None:
    letters = {part.name for part in provincial.receipt.parts if part.kind == "letter"}
    assert letters == LETTERS
    assert "cover-letter-national" in {part.name for part in national.receipt.parts}
    for built, addressee in (
        (provincial, "سازمان مدیریت و برنامه‌ریزی استان"),
        (national, "سازمان اداری و استخدامی کشور"),
    ):
        cover = next(part for part in built.receipt.parts if part.name.startswith("cover-letter"))
        assert fold(addressee) in texts_of(built.pdf.parent / cover.docx)


def test_each_letter_has_one_page_and_a_field_to_sign(provincial: Built) -> None:
    pages = {part.name: part.pages for part in provincial.receipt.parts if part.kind == "letter"}
    assert pages == dict.fromkeys(LETTERS, 1)
    fields = PdfReader(provincial.pdf).get_fields() or {}
    assert {name.rpartition("-")[0] for name, field in fields.items() if field.get("/FT") == "/Sig"} == LETTERS


def test_the_letter_of_28_comes_in_both_branches(national: Built) -> None:
    letter = next(part for part in national.receipt.parts if part.name == "violations-letter")
    assert fold("تعداد گزارش‌ها: صفر") in texts_of(national.pdf.parent / letter.docx)


def test_evidence_is_cited_by_its_number_and_page_and_bears_them_in_a_band(
    provincial: Built, readings: Mapping[Path, Judged]
) -> None:
    files = readings[PROVINCIAL].packet.part("attachments").files
    assert len(files) >= 18
    cited = documents_of(provincial)
    records = [part for part in provincial.receipt.parts if part.kind == "evidence"]
    assert [record.title.partition("-")[0] for record in records] == [file.label for file in files]
    assert all(fold(file.label) in cited for file in files)
    assert sum(record.pages for record in records) < 2 * len(records)  # no sheets between them
    assert records[0].first_page > 0
    assert all(
        other.first_page - one.last_page in (0, 1) for one, other in pairwise(records)
    )  # small ones share a page
    with closing(pypdfium2.PdfDocument(provincial.pdf)) as document:
        for file, record in zip(files, records, strict=True):
            for number in range(record.first_page - 1, record.last_page):
                band = fold(document[number].get_textpage().get_text_range())
                assert fold(file.label) in band
                assert fold(file.section) in band
                assert Path(file.name).stem not in band
    told = [f"{file.label}، صفحه {_persian(one.first_page - 1)}" for file, one in zip(files, records, strict=True)]
    assert sum(fold(each) in cited for each in told) > 15  # the cover bears no number; narrow cells name no page


def test_a_citation_leads_to_its_file(provincial: Built) -> None:
    """Each link of the body that leaves it leads to the first page of the evidence; Word files have none that fail."""
    reader = PdfReader(provincial.pdf)
    places = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages, 1)}  # type: ignore[union-attr]
    records = [part for part in provincial.receipt.parts if part.kind == "evidence"]
    links = [one.get_object() for page in reader.pages[: records[0].first_page - 1] for one in page.get("/Annots", ())]
    targets = {places[one["/Dest"][0].idnum] for one in links if "/Dest" in one}
    assert {record.first_page for record in records} <= targets
    assert targets <= {record.first_page for record in records} | set(range(records[0].first_page))


def test_the_summary_names_all_29_in_order(readings: Mapping[Path, Judged]) -> None:
    blocks = readings[PROVINCIAL].packet.part("report").blocks
    summary = next(
        block for block in blocks if isinstance(block, GridBlock) and "وضعیت شاخص‌های گزارش" in plain(block.caption)
    )
    rows = [row for row in summary.body if len(row) > 1]
    assert [plain(row[0].lines[0]) for row in rows] == [_persian(number) for number in range(1, 30)]
    assert sum(1 for row in summary.body if len(row) == 1) == 7


def _persian(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


@pytest.mark.parametrize("built", ["provincial", "national"])
def test_every_document_stands_the_validator(built: str, request: pytest.FixtureRequest) -> None:
    result: Built = request.getfixturevalue(built)
    assert_valid(*sorted((result.pdf.parent / "parts").glob("*.docx")))


@pytest.mark.parametrize("case", [PROVINCIAL, NATIONAL], ids=lambda case: case.name)
def test_the_letter_says_the_counts_of_the_summary_before_and_after_it_is_sent(
    case: Path, readings: Mapping[Path, Judged], tmp_path: Path
) -> None:
    unsent = tmp_path / case.name
    shutil.copytree(case, unsent, ignore=shutil.ignore_patterns("output"))
    record = unsent / "answers" / "29.yaml"
    record.write_text(re.sub(r"(?m)^sent:.*\n", "", record.read_text(encoding="utf-8")), encoding="utf-8")
    before, after = (_counts(each) for each in (read(unsent, SETTINGS), readings[case]))
    assert before == after
    assert sum(after.values()) == 29


def _counts(judged: Judged) -> Mapping[str, int]:
    """The counts of the covering letter, once the rows of the summary are as many of each status."""
    cover = next(part for part in judged.packet.parts if part.name.startswith("cover-letter"))
    said = [plain(block.text) for block in cover.blocks if isinstance(block, Paragraph)]
    counts = {label: int(count) for count, label in re.findall(r"([۰-۹]+) شاخص «([^»]+)»", " ".join(said))}
    blocks = (block for part in judged.packet.parts for block in part.blocks if isinstance(block, GridBlock))
    table = next(block for block in blocks if "وضعیت شاخص‌های گزارش" in plain(block.caption))
    shown = [plain(row[2].lines[0]) for row in table.body if len(row) == 5]
    assert counts == {label: shown.count(label) for label in counts}
    return counts
