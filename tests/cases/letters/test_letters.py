"""Letters for a list of units: each as when made alone, the bad ones told, what is whole not made again."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops

from assembler.actions.build import build
from assembler.base.problems import AssemblerError
from assembler.base.settings import Settings
from assembler.cases.letters import Order, Outcome, make_letters
from assembler.cases.letters.unit import Plan
from assembler.cli import cli
from assembler.pdf.libreoffice.installation import probe
from tests.notices import BASE, BODY, SHARES, Office, make_office, rows

pytestmark = pytest.mark.skipif(probe() is None, reason="LibreOffice is not installed")
PARAGRAPH = BODY.format(unit="آن واحد").replace("\n", " ")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


def made(office: Office, data: Path, **words: object) -> Outcome:
    plan = Plan("notice", data, office.folder / "out", Settings(office.specs, office.templates), office.base)
    return make_letters(Order(plan, processes=2, **words))  # type: ignore[arg-type]


def varied() -> list[dict[str, str]]:
    """Letters of one to four pages, with and without table, picture and annex."""
    return [
        {
            "واحد": f"واحد {number}",
            "figures.number": f"{number}/الف",
            "تاریخ نامه": "1405/02/03",
            "متن نامه": "\n".join([PARAGRAPH] * (1 + number * 2)),
            "مقدار": "" if number % 3 else str(number * 10),
            "نقشه": "map.png" if number % 4 == 1 else "",
            "با پیوست": "بله" if number % 2 else "خیر",
        }
        for number in range(1, 13)
    ]


def alone(office: Office, row: Mapping[str, str], case: Path) -> Path:
    """The same unit made by ``build`` from a case folder of its own."""
    annexed = "yes" if row["با پیوست"] == "بله" else "no"
    (case / "answers").mkdir(parents=True)
    (case / "case.yaml").write_text(f"{BASE}unit: {row['واحد']}\nannexed: {annexed}\n", encoding="utf-8")
    text = SHARES + f"number: {row['figures.number']}\ndate: {row['تاریخ نامه']}\n"
    text += "".join(f"{name}: {row[label]}\n" for name, label in (("amount", "مقدار"), ("map", "نقشه")) if row[label])
    text += "body:\n" + "".join(f"  - {line}\n" for line in row["متن نامه"].splitlines())
    (case / "answers" / "figures.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(office.base / "attachments", case / "attachments")
    return build(case, case / "output", Settings(office.specs, office.templates)).pdf


def pages(pdf: Path) -> Sequence[tuple[str, Image.Image]]:
    document = pypdfium2.PdfDocument(pdf)
    return [(page.get_textpage().get_text_range(), page.render(scale=2).to_pil()) for page in document]


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pages show the same to the eye.

    LibreOffice rounds the place of a run of one font to a tenth of a point, and which letters share a font depends on
    the file: edges may be a shade lighter, nothing stands elsewhere.
    """
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    return one.size == other.size and difference.getextrema()[1] <= 100


def test_each_letter_is_the_same_as_when_made_alone(office: Office) -> None:
    Image.new("RGB", (300, 200), (20, 90, 160)).save(office.base / "attachments" / "map.png")
    listed = varied()
    outcome = made(office, office.list_of(listed))
    assert (outcome.made, outcome.kept, outcome.failures) == (12, 0, ())
    counts = set()
    for number, row in list(enumerate(listed))[::2]:
        single = pages(alone(office, row, office.folder / "alone" / str(number)))
        batch = pages(office.folder / "out" / f"{row['واحد']}.pdf")
        assert [text for text, _ in batch] == [text for text, _ in single], row["واحد"]
        for (_, one), (_, other) in zip(batch, single, strict=True):
            assert alike(one, other), row["واحد"]
        counts.add(len(single))
    assert len(counts) >= 3
    assert outcome.pages == sum(len(pages(office.folder / "out" / f"{row['واحد']}.pdf")) for row in listed)


def test_bad_units_are_told_and_stop_nobody(office: Office) -> None:
    listed = [dict(row, مقدار="12") for row in rows(5)]
    listed[1]["مقدار"], listed[2]["متن نامه"], listed[3]["تاریخ نامه"] = "5000", "", "دیروز"
    outcome = made(office, office.list_of(listed))
    assert [(failure.row, failure.name) for failure in outcome.failures] == [
        (3, "واحد 2"),
        (4, "واحد 3"),
        (5, "واحد 4"),
    ]
    told = [
        (found.place.file, found.place.row, found.place.column) for one in outcome.failures for found in one.problems
    ]
    assert set(told) == {("units.csv", 3, "مقدار"), ("units.csv", 4, "متن نامه"), ("units.csv", 5, "تاریخ نامه")}
    out = office.folder / "out"
    assert {path.name for path in out.glob("*.pdf")} == {"واحد 1.pdf", "واحد 5.pdf", "combined.pdf"}
    with (out / "failed.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {line[1] for line in csv.reader(file)} == {"unit", "واحد 2", "واحد 3", "واحد 4"}


def test_what_is_whole_is_not_made_again(office: Office) -> None:
    listed = rows(4)
    made(office, office.list_of(listed))
    out = office.folder / "out"
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    listed[0]["متن نامه"] += " پایان."
    (out / "واحد 3.pdf").write_bytes(b"%PDF-1.7 cut off")
    (out / ".letters" / "واحد 4.json").write_text("{", encoding="utf-8")
    outcome = made(office, office.list_of([listed[3], *listed[:3]]))
    assert (outcome.made, outcome.kept) == (3, 1)
    after = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    assert {name for name in after if after[name] == before[name]} == {"واحد 2.pdf"}
    order = [next(n for n in "۱۲۳۴" if f"واحد {n}" in text) for text, _ in pages(out / "combined.pdf")]
    assert order == ["۴", "۱", "۲", "۳"]
    assert made(office, office.folder / "units.csv").kept == 4
    assert made(office, office.folder / "units.csv", fresh=True).made == 4


def test_a_unit_begins_on_a_right_hand_page_when_asked(office: Office) -> None:
    outcome = made(office, office.list_of(rows(3)), duplex=True, combined="همه")
    assert outcome.combined == office.folder / "out" / "همه.pdf"
    texts = [bool(text.strip()) for text, _ in pages(outcome.combined)]
    assert texts == [True, False, True, False, True, False]


def test_columns_nobody_knows_stop_the_run_before_anything_is_made(office: Office) -> None:
    data = office.list_of([{"واحد": "الف", "مقدر": "1", "figures.shares": "x", "#یادداشت": "y"}])
    with pytest.raises(AssemblerError) as caught:
        made(office, data)
    assert [(found.code, found.place.row, found.place.column) for found in caught.value.problems] == [
        ("list-column-unknown", 1, "مقدر"),
        ("list-column-table", 1, "figures.shares"),
    ]
    assert not (office.folder / "out").exists()


def test_a_workbook_and_a_pattern_name_the_units(office: Office) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "واحدها"
    sheet.append(["case.unit", "notice/figures.body", "مقدار", "سرپرست#"][:3])
    sheet.append(["الف/ب", "متن نامه.", 12.0])
    sheet.append([None, None, None])
    sheet.append(["الف/ب", "متن دیگر.", 7])
    book.save(office.folder / "units.xlsx")
    words = [
        "letters",
        "notice",
        "--data",
        str(office.folder / "units.xlsx"),
        "--base",
        str(office.base),
        *office.options,
    ]
    out = office.folder / "out"
    done = CliRunner().invoke(cli, [*words, "--out", str(out), "--name", "{{ case.unit }} نامه", "--no-docx"])
    assert done.exit_code == 0, done.output
    assert "Units made: 2; whole already: 0; failed: 0" in done.output
    assert {path.name for path in out.glob("*.pdf")} == {"الف-ب نامه.pdf", "الف-ب نامه (2).pdf", "combined.pdf"}
    assert not (out / "parts").exists()


def test_an_edited_word_file_is_put_aside(office: Office) -> None:
    listed = rows(1)
    made(office, office.list_of(listed))
    document = office.folder / "out" / "parts" / "واحد 1" / "notice.docx"
    document.write_bytes(document.read_bytes() + b"edited")
    listed[0]["متن نامه"] += " پایان."
    made(office, office.list_of(listed))
    assert (document.parent / "notice (edited 1).docx").read_bytes().endswith(b"edited")
