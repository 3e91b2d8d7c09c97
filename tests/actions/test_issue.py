"""Issuing, amending, proving and getting a case back, with real pages."""

from __future__ import annotations

import json
import random
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jdatetime
import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from assembler.actions.diff import diff, write_sheet
from assembler.actions.extract import extract, inside_of
from assembler.actions.issue import Issued, issue
from assembler.actions.verify import verify_case, verify_pdf
from assembler.assembly.unchanged import issued_as
from assembler.base.problems import AssemblerError, ExitCode
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.records.registry import LetterKey, Registry
from assembler.records.revisions import registry_of as registry_file
from assembler.records.revisions import revisions
from tests.cli import conftest as terminal
from tests.cli.conftest import Run
from tests.conftest import ANSWERS, Workplace, write_answers, write_report
from tests.issuing import (
    AMENDED,
    DAY,
    REPORT,
    amend,
    issuable,
    issued,
    kill,
    program,
    registry_of,
    reserved,
    settings_of,
    tree,
)

run = terminal.run  # the program in this process
pytestmark = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
KILLS = 2
LONGEST = 4.5  # seconds after which an issue of the small case is over on a slow machine


def codes(error: pytest.ExceptionInfo[AssemblerError]) -> list[str]:
    return [found.code for found in error.value.problems]


@dataclass(frozen=True)
class World:
    """A case issued twice: ``first`` and ``second`` are what was told, ``before`` the files of revision 1 then, and
    ``shown`` the sheet of corrections that was looked at before the second issue.
    """

    place: Workplace
    first: Issued
    second: Issued
    before: dict[str, str]
    shown: Path

    @property
    def case(self) -> Path:
        return self.place.case

    def copy(self, folder: Path) -> Path:
        """The case in another place, to be tampered with."""
        shutil.copytree(self.case, folder / "demo")
        for path in (folder / "demo" / "revisions").rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        return folder / "demo"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    place = issuable(tmp_path_factory.mktemp("issued"))
    first = issued(place)
    before = dict(tree(place.case / "revisions" / "001"))
    amend(place)
    shutil.rmtree(place.case / "output")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assembler.assembly.parts.own_fingerprint", lambda: "a newer program")
        shown = place.folder / "shown.docx"
        write_sheet(diff(place.case, settings_of(place)), shown, settings_of(place))
        return World(place, first, issued(place), before, shown)


# ---------------------------------------------------------------- issuing


def test_the_letter_gets_number_and_date_and_the_case_says_them(world: World) -> None:
    assert [letter.number for letter in world.first.revision.letters] == ["۱۴۰۵/د/۰۰۰۱", "۱۴۰۵/د/۰۰۰۲"]
    issued_case = world.case / "revisions" / "001" / "case"
    answers = [path.read_text(encoding="utf-8") for path in (issued_case / "answers").iterdir()]
    assert any("number: ۱۴۰۵/د/۰۰۰۱" in text and "1405/03/02" in text for text in answers)
    assert world.first.notes == ()
    assert [letter.number for letter in world.second.revision.letters] == ["۱۴۰۵/د/۰۰۰۳", "۱۴۰۵/د/۰۰۰۲"]


def test_the_registry_knows_all_letters(world: World) -> None:
    with Registry.open(registry_of(world.place)) as registry:
        entries = registry.entries()
    first, second = (told.revision.files["demo.pdf"] for told in (world.first, world.second))
    hashes = [first, first, second]
    assert [(entry.state, entry.sha256) for entry in entries] == [("recorded", each) for each in hashes]
    assert {(entry.subject, entry.recipient) for entry in entries} == {
        ("ارسال گزارش بازدید", "جناب آقای نمونه مدیرکل محترم نمونه"),
        ("گزارش دیگر", "سرکار خانم نمونه"),
        ("اصلاحیه گزارش بازدید", "جناب آقای نمونه مدیرکل محترم نمونه"),
    }
    assert registry_file(world.case, revisions(world.case)) == registry_of(world.place)


def test_a_revision_is_read_only_and_stays_as_it_was(world: World) -> None:
    folder = world.case / "revisions" / "001"
    assert dict(tree(folder)) == world.before
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o222 for path in (folder, *folder.rglob("*"))}
    assert modes == {0}
    assert sorted(path.name for path in (world.case / "revisions").iterdir()) == ["001", "002"]


def test_an_amended_letter_follows_the_first_and_carries_the_sheet(world: World) -> None:
    text = [page.extract_text() for page in PdfReader(world.second.revision.pdf_path).pages]
    receipt = world.second.revision.receipt
    assert receipt is not None
    assert [part.name for part in receipt.parts] == ["cover-letter", "corrections", "second-letter", "report", "annex"]
    assert len(text) == len(PdfReader(world.first.revision.pdf_path).pages) + 1
    document = world.case / "revisions" / "002" / "parts" / "cover-letter.docx"
    line = "پیرو نامه شماره ۱۴۰۵/د/۰۰۰۱ مورخ ۱۴۰۵/۰۳/۰۲ و بازگشت به بخشنامه شماره ۱۲"
    assert line in _words(document)
    assert "۱۴" in _words(document.with_name("corrections.docx"))


def test_the_sheet_that_is_issued_is_the_one_that_was_shown(run: Run, world: World, tmp_path: Path) -> None:
    issued_sheet = world.case / "revisions" / "002" / "parts" / "corrections.docx"
    assert _words(issued_sheet) == _words(world.shown)
    assert "پیرو نامه شماره ۱۴۰۵/د/۰۰۰۱" in _words(issued_sheet)
    assert run("diff", world.case, "1", "2", "--sheet", tmp_path / "again.docx", *world.place.options).code == 0
    assert _words(tmp_path / "again.docx") == _words(issued_sheet)


def test_the_sheet_has_a_head_and_counts_its_own_pages(world: World) -> None:
    page = PdfReader(world.second.revision.pdf_path).pages[1].extract_text()
    assert "برگه اصلاحات، صفحه ۱ از" in page
    assert "گزارش اداره" in page  # the title of the report


def test_what_nobody_touched_is_the_same_to_the_byte(world: World) -> None:
    first, second = (dict(each.revision.files) for each in (world.first, world.second))
    same = ["parts/second-letter.docx", "parts/annex.docx"]
    assert {name: second[name] for name in same} == {name: first[name] for name in same}
    assert second["parts/report.docx"] != first["parts/report.docx"]
    pages = {name for name in first if name.startswith("pages/")}
    kept = {name for name in pages if second.get(name) == first[name]}
    assert len(kept) == 4  # pages and document of both
    assert len(pages) == 8


def test_issued_again_without_a_change_is_refused(world: World) -> None:
    with pytest.raises(AssemblerError) as error:
        issued(world.place)
    assert codes(error) == ["issue-nothing-new"]
    write_answers(world.place.folder, (world.case / "answers" / "visit.yaml").read_text("utf-8") + "# یادداشت\n")
    with pytest.raises(AssemblerError) as error:
        issued(world.place)
    assert codes(error) == ["issue-nothing-new"]
    amend(world.place)


def test_a_build_of_what_was_issued_is_what_was_issued(run: Run, world: World, tmp_path: Path) -> None:
    outcome = run("build", world.case, "--out", tmp_path / "out", *world.place.options)
    assert outcome.code == 0
    assert (tmp_path / "out" / "demo.pdf").read_bytes() == world.second.revision.pdf_path.read_bytes()


def test_the_case_right_after_its_issue_is_compared_as_that_issue(run: Run, world: World) -> None:
    def told(*numbers: int) -> dict[str, Any]:
        outcome = run("diff", world.case, *map(str, numbers), "--json", *world.place.options)
        found = json.loads(outcome.out)
        pages = [(change["form"], change["item"], change["page"]) for change in found["changes"]]
        return {"pages": pages} | {name: found[name] for name in ("blocks", "parts", "letters", "signatures")}

    assert told(1) == told(1, 2)
    assert [(part["name"], part["first_page"]) for part in told(1)["parts"]] == [("report", 4)]


def _words(document: Path) -> str:
    import docx

    read = docx.Document(str(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


# ---------------------------------------------------------------- the answers inside


def test_the_case_comes_back_byte_for_byte(world: World, tmp_path: Path) -> None:
    manifest = extract(world.first.revision.pdf_path, tmp_path / "back")
    assert tree(tmp_path / "back") == tree(world.case / "revisions" / "001" / "case")
    assert (manifest.case, manifest.revision, manifest.letters) == ("demo", 1, world.first.revision.letters)


def test_a_folder_in_use_is_not_touched(world: World, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("x", encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        extract(world.first.revision.pdf_path, tmp_path)
    assert codes(error) == ["extract-used"]
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]


def test_readers_find_the_answers_as_data_of_the_document(world: World) -> None:
    with pikepdf.open(world.second.revision.pdf_path) as document:
        assert list(document.attachments) == ["case.zip"]
        assert [str(each.AFRelationship) for each in document.Root.AF] == ["/Data"]


# ---------------------------------------------------------------- proving


def test_what_is_whole_is_proved(run: Run, world: World) -> None:
    outcome = run("verify", world.case, "--registry", registry_of(world.place))
    assert (outcome.code, outcome.err) == (0, "")
    assert "Revision 1 is as it was issued" in outcome.out
    assert "Revision 2 is as it was issued" in outcome.out
    assert run("verify", world.second.revision.pdf_path).code == 0


@pytest.mark.parametrize(
    "name", ["demo.pdf", "case/answers/visit.yaml", "parts/report.docx", "receipt.json", "case/attachments/یادداشت.txt"]
)
def test_each_altered_file_is_named(world: World, tmp_path: Path, name: str) -> None:
    case = world.copy(tmp_path)
    path = case / "revisions" / "001" / name
    path.write_bytes(path.read_bytes() + b" ")
    found = verify_case(case).problems
    assert [(one.code, one.arguments["name"]) for one in found] == [("revision-file-altered", name)]


def test_missing_and_added_files_and_revisions_are_named(world: World, tmp_path: Path) -> None:
    case = world.copy(tmp_path)
    (case / "revisions" / "002" / "parts" / "annex.docx").unlink()
    (case / "revisions" / "002" / "case" / "answers" / "more.yaml").write_text("x", encoding="utf-8")
    assert {found.code for found in verify_case(case).problems} == {"revision-file-gone", "revision-file-added"}
    shutil.rmtree(case / "revisions" / "001")
    assert {"revision-gone", "revision-chain"} <= {found.code for found in verify_case(case).problems}


def test_a_record_written_anew_breaks_the_chain(world: World, tmp_path: Path) -> None:
    case = world.copy(tmp_path)
    record = case / "revisions" / "001" / "revision.json"
    told = json.loads(record.read_text(encoding="utf-8"))
    (case / "revisions" / "001" / "case" / "case.yaml").write_text("report: demo\n", encoding="utf-8")
    told["files"] = {name: tree(case / "revisions" / "001")[name] for name in told["files"]}
    record.write_text(json.dumps(told), encoding="utf-8")
    found = {one.code for one in verify_case(case).problems}
    assert {"revision-chain", "pdf-answers-other"} <= found


def test_an_altered_pdf_is_found_by_its_case_and_by_the_registry(world: World, tmp_path: Path) -> None:
    case = world.copy(tmp_path)
    pdf = case / "output" / "demo.pdf"
    data = pdf.read_bytes()
    pdf.write_bytes(data.replace(b"/Lang", b"/Lung", 1))
    assert [found.code for found in verify_pdf(pdf).problems] == ["pdf-altered"]
    alone = tmp_path / "alone.pdf"
    shutil.copyfile(pdf, alone)
    assert verify_pdf(alone).problems == ()  # nothing outside the pages vouches for them
    with Registry.open(registry_of(world.place)) as registry:
        assert [found.code for found in verify_pdf(alone, registry).problems] == ["registry-other-pdf"]


def _appended(data: bytes, number: int, body: bytes, root: int) -> bytes:
    """A PDF with one object written anew behind it, as signing programs do."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    at = len(data) + 1
    written = b"\n%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<< /Size 9999 /Root %d 0 R /Prev %d >>\n" % (root, start)
    return data + written + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (at + len(written) - 1)


def test_a_signature_added_later_is_told_from_other_additions(world: World, tmp_path: Path) -> None:
    case = world.copy(tmp_path)
    pdf = case / "output" / "demo.pdf"
    data = pdf.read_bytes()
    with pikepdf.open(pdf) as document:
        root = document.Root.objgen[0]
        page = document.pages[0].obj
        signed = document.Root.unparse(resolved=True).replace(b"<<", b"<< /DSS << >>", 1)
        moved = page.unparse(resolved=True).replace(b"/MediaBox", b"/Rotate 90 /MediaBox", 1)
        number = page.objgen[0]
    pdf.write_bytes(_appended(data, root, signed, root))
    proof = verify_pdf(pdf)
    assert proof.problems == ()
    assert any("signatures only" in line for line in proof.held)
    pdf.write_bytes(_appended(data, number, moved, root))
    assert [found.code for found in verify_pdf(pdf).problems] == ["pdf-changed-later"]
    with Registry.open(registry_of(world.place)) as registry:
        assert {found.code for found in verify_pdf(pdf, registry).problems} == {"pdf-changed-later"}


@pytest.mark.parametrize(("side", "expected"), [(0, []), (40, ["pdf-changed-later"])])
def test_a_signature_without_a_field_of_its_own_must_not_be_seen(
    world: World, tmp_path: Path, side: int, expected: list[str]
) -> None:
    case = world.copy(tmp_path)
    pdf = case / "output" / "demo.pdf"
    writer = PdfWriter(pdf, incremental=True)
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (0, 0, side, side))),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    writer.write(tmp_path / "signed.pdf")
    shutil.copyfile(tmp_path / "signed.pdf", pdf)
    assert [found.code for found in verify_pdf(pdf).problems] == expected


def test_an_altered_revision_is_not_amended(world: World, tmp_path: Path) -> None:
    case = world.copy(tmp_path)
    (case / "revisions" / "001" / "demo.pdf").write_bytes(b"%PDF-")
    with pytest.raises(AssemblerError) as error:
        issue(case, settings_of(world.place), DAY, numbers={"": "۵"})
    assert codes(error) == ["revision-file-altered"]
    assert error.value.exit_code == ExitCode.OUTPUT


# ---------------------------------------------------------------- numbers


def test_without_a_number_nothing_is_issued(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    with pytest.raises(AssemblerError) as error:
        issued(place, registry="no")
    assert codes(error) == ["issue-no-number", "issue-no-number"]
    with pytest.raises(AssemblerError) as error:
        issued(place, registry="no", numbers={"": "۹۹/۷"})
    assert [found.arguments["letter"] for found in error.value.problems] == ["نامه دیگر"]
    with pytest.raises(AssemblerError) as error:
        issued(place, letter="cover")
    assert codes(error) == ["issue-letter-unknown"]
    assert not (place.case / "revisions").exists() or not any((place.case / "revisions").iterdir())


def test_a_typed_number_is_kept_and_never_used_twice(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    write_answers(place.folder, "form: demo/letter\nnumber: ۹۹/۷  # از دبیرخانه\n", "letter")
    first = issue(place.case, settings_of(place), DAY, numbers={"second-letter": "۹۹/۸"})
    assert [(letter.number, letter.date) for letter in first.revision.letters] == [("۹۹/۷", "1405/03/02"), ("۹۹/۸", "")]
    assert "issue-number-kept" in [found.code for found in first.notes]
    assert "۹۹/۷  # از دبیرخانه" in (place.case / "answers" / "letter.yaml").read_text(encoding="utf-8")
    amend(place)
    for told, code in (({}, "issue-no-number"), ({"": "99/7"}, "issue-number-again")):
        with pytest.raises(AssemblerError) as error:
            issued(place, registry="no", numbers=told)
        assert codes(error) == [code]
    assert [one.number for one in revisions(place.case)] == [1]


def test_a_damaged_revision_stops_issues_and_no_builds(world: World, tmp_path: Path) -> None:
    case = world.copy(tmp_path)
    (case / "revisions" / "002" / "revision.json").write_text("{", encoding="utf-8")
    assert issued_as(case) == ""
    with pytest.raises(AssemblerError) as error:
        issue(case, settings_of(world.place), DAY, numbers={"": "۵"})
    assert codes(error) == ["revision-damaged"]


def test_a_number_a_secretary_gave_the_case_by_its_folder_is_taken(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    number = reserved(place, "second-letter", case="demo")
    spare = reserved(place, "no-letter", case="demo")
    first = issued(place)
    assert [letter.number for letter in first.revision.letters] == ["۱۴۰۵/د/۰۰۰۳", number]
    assert [found.arguments["number"] for found in first.notes if found.code == "issue-number-unused"] == [spare]
    with Registry.open(registry_of(place)) as registry:
        assert [entry.state for entry in registry.entries()] == ["recorded", "open", "recorded"]
        amended = registry.reserve(LetterKey("demo", "cover-letter", 2), DAY)
    amend(place)
    assert issued(place, numbers={"": amended}).revision.letters[0].number == amended


def test_a_number_of_another_letter_is_refused(world: World, tmp_path: Path) -> None:
    place = issuable(tmp_path)
    shutil.copyfile(registry_of(world.place), registry_of(place))
    (place.case / "case.yaml").write_text("report: demo\nagency: اداره دیگر\n", encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        issued(place, numbers={"": "1405/د/1"})
    assert codes(error) == ["issue-number-other"]


def test_a_case_with_errors_and_a_draft_are_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = issuable(tmp_path)
    write_answers(place.folder, ANSWERS.replace("score: 7", "score: هفت"))
    outcome = run("issue", place.case, "--registry", registry_of(place), *place.options)
    assert outcome.code == ExitCode.ANSWERS
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "nowhere")
    outcome = run("issue", place.case, *place.options)
    assert (outcome.code, "issue-draft" in outcome.err) == (ExitCode.ENGINE, True)
    with Registry.open(registry_of(place)) as registry:
        assert registry.entries() == []


def test_numbers_unused_and_days_out_of_order_are_told(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    first = issued(place)
    with Registry.open(registry_of(place)) as registry:
        registry.reserve(LetterKey(first.revision.identity, "cover-letter", 2), DAY)
    amend(place)
    second = issued(place, DAY - jdatetime.timedelta(days=3), numbers={"": "۹۹"})
    assert {"issue-number-unused", "number-day-earlier"} <= {found.code for found in second.notes}


def test_a_letter_whose_own_text_changed_gets_a_new_number_and_says_what_it_amends(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    score = "این نامه امتیاز {{ form('demo/visit').score }} را می‌گوید."
    write_report(tmp_path, REPORT.replace("این نامه شماره‌ای جدا دارد.", f'"{score}"'))
    numbers = [[letter.number[-1] for letter in issued(place).revision.letters]]
    for text in (AMENDED.replace("score: 7", "score: 8"), AMENDED.replace("score: 7", "score: 8").replace("14", "15")):
        amend(place, text)
        last = issued(place)
        numbers.append([letter.number[-1] for letter in last.revision.letters])
        told = [found.code for found in last.notes]
    assert numbers == [["۱", "۲"], ["۳", "۴"], ["۵", "۴"]]
    assert "issue-letter-amended" not in told
    second, third = (place.case / "revisions" / f"00{number}" / "parts" / "second-letter.docx" for number in (2, 3))
    assert "اصلاحیه گزارش دیگر" in _words(second)
    assert "این نامه جایگزین نامه شماره ۱۴۰۵/د/۰۰۰۲ می‌گردد" in _words(second)
    assert second.read_bytes() == third.read_bytes()


def test_a_letter_whose_own_text_changed_is_not_issued_under_its_old_number(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    issued(place, registry="no", numbers={"": "۱", "second-letter": "۲"})
    write_report(tmp_path, REPORT.replace("سرکار خانم نمونه", '"سرکار خانم {{ case.agency }}"'))
    amend(place)
    (place.case / "case.yaml").write_text("report: demo\nagency: اداره دیگر\n", encoding="utf-8")
    for told, code in (({"": "۳"}, "issue-no-number"), ({"": "۳", "second-letter": "2"}, "issue-number-again")):
        with pytest.raises(AssemblerError) as error:
            issued(place, registry="no", numbers=told)
        assert codes(error) == [code]
    last = issued(place, registry="no", numbers={"": "۳", "second-letter": "۴"})
    assert [letter.number for letter in last.revision.letters] == ["۳", "۴"]


def test_two_letters_never_share_a_number(tmp_path: Path) -> None:
    place = issuable(tmp_path)
    with pytest.raises(AssemblerError) as error:
        issue(place.case, settings_of(place), DAY, numbers={"": "۷", "second-letter": "7"})
    assert codes(error) == ["issue-number-shared"]


# ---------------------------------------------------------------- killed


def test_a_letter_the_registry_does_not_know_of_yet_is_recorded_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = issuable(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Registry, "record", _fail)
        with pytest.raises(KeyboardInterrupt):
            issued(place)
    again = issued(place, DAY + jdatetime.timedelta(days=9))
    assert (again.is_new, again.revision.number) == (False, 1)
    numbers = ["۱۴۰۵/د/۰۰۰۱", "۱۴۰۵/د/۰۰۰۲"]
    assert [(entry.number, entry.date) for entry in again.recorded] == [
        (numbers[0], DAY),
        (numbers[1], DAY + jdatetime.timedelta(days=9)),
    ]


def with_previous(place: Workplace) -> Path:
    """The case in a report that prints a score of the case before it, which is written beside it."""
    before = place.case.with_name("before")
    shutil.copytree(place.case, before)
    case = (place.case / "case.yaml").read_text(encoding="utf-8")
    (place.case / "case.yaml").write_text(case + "previous: ../before\n", encoding="utf-8")
    form = (place.specs / "demo" / "visit.yaml").read_text(encoding="utf-8")
    earlier = "  - {name: earlier, type: calculate, label: پیشین, calculation: previous('demo/visit').score}\n"
    (place.specs / "demo" / "visit.yaml").write_text(form + earlier, encoding="utf-8")
    report = (place.specs / "demo" / "report.yaml").read_text(encoding="utf-8")
    score, more = "          - text: demo/visit.score\n", "          - text: demo/visit.earlier\n"
    (place.specs / "demo" / "report.yaml").write_text(report.replace(score, score + more), encoding="utf-8")
    return before


def test_the_case_before_is_frozen_with_what_was_issued(run: Run, tmp_path: Path) -> None:
    place = issuable(tmp_path / "here")
    before = with_previous(place)
    first = issued(place).revision
    assert verify_case(place.case).problems == ()
    assert "Nothing changed." in run("diff", place.case, *place.options).out
    extract(first.pdf_path, tmp_path / "back" / "demo")
    here, there = (run("check", case, "--json", *place.options) for case in (place.case, tmp_path / "back" / "demo"))
    assert (there.code, [found["code"] for found in there.json]) == (0, [found["code"] for found in here.json])
    shown = run("get", tmp_path / "back" / "demo", "demo/visit.earlier", *place.options).out
    assert shown == "7\n"

    answers = before / "answers" / "visit.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("score: 7", "score: 5"), encoding="utf-8")
    told = run("diff", place.case, *place.options).out
    assert "has errors" not in told
    assert "پیشین: «۷» became «۵» (calculated)" in told
    assert verify_case(place.case).problems == ()
    assert run("build", place.case, *place.options).code == 0
    built = inside_of(place.case / "output" / "demo.pdf").manifest
    assert (built.revision, inside_of(first.pdf_path).manifest.revision) == (0, 1)
    second = issued(place).revision
    assert second.case_hashes["previous/answers/visit.yaml"] != first.case_hashes["previous/answers/visit.yaml"]
    assert verify_case(place.case).problems == ()


def test_a_revision_that_was_frozen_without_the_case_before_still_stands(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = issuable(tmp_path)
    with_previous(place)
    with monkeypatch.context() as patch:
        patch.setattr("assembler.records.bundle._previous_files", lambda _folder: {})
        old = issued(place).revision
    assert old.carries == 0
    assert run("build", place.case, "--out", tmp_path / "out", *place.options).code == 0
    assert (tmp_path / "out" / "demo.pdf").read_bytes() == old.pdf_path.read_bytes()
    assert verify_case(place.case).problems == ()
    assert run("diff", place.case, *place.options).out.splitlines()[-1] == "Nothing changed."


def _fail(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_killed_at_any_moment_the_next_run_goes_on(tmp_path: Path) -> None:
    """One revision and one number, wherever the runs before were killed; the number typed by none of them is lost."""
    place = issuable(tmp_path)
    moments = random.Random(7)
    for number in (1, 2):
        _killed_and_run_again(place, moments)
        found = revisions(place.case)
        assert [one.number for one in found] == list(range(1, number + 1))
        numbers = [*(letter.number for letter in found[0].letters), *(one.letters[0].number for one in found[1:])]
        with Registry.open(registry_of(place)) as registry:
            assert [(entry.number, entry.state) for entry in registry.entries()] == [(n, "recorded") for n in numbers]
            assert verify_case(place.case, registry).problems == ()
        assert len(list((place.case / "revisions").iterdir())) == number
        amend(place)


def _killed_and_run_again(place: Workplace, moments: random.Random) -> None:
    for _ in range(KILLS):
        going = program(place, "issue", place.case, "--registry", registry_of(place))
        try:
            going.wait(moments.uniform(0.3, LONGEST))
        except subprocess.TimeoutExpired:
            kill(going)
    last = program(place, "issue", place.case, "--registry", registry_of(place))
    assert last.wait(60) in (0, ExitCode.USAGE)  # one of the killed had just finished


# ---------------------------------------------------------------- answers of another case


def test_answers_nobody_confirmed_go_out_only_with_a_reason(tmp_path: Path, run: Run) -> None:
    place = issuable(tmp_path)
    following = place.folder / "cases" / "next"
    assert run("new", "demo", following, "--from", place.case, *place.options).code == ExitCode.OK
    told = run("issue", following, "--number", "۱", "--number", "second-letter=۲", *place.options)
    assert (told.code, "[issue-unconfirmed]" in told.err) == (ExitCode.ANSWERS, True)
    assert not (following / "revisions").exists()
    numbers = ["--number", "۱", "--number", "second-letter=۲"]
    assert run("issue", following, *numbers, "--unconfirmed", "دستور مدیر", *place.options).code == ExitCode.OK
    assert revisions(following)[0].unconfirmed == "دستور مدیر"


def test_what_is_of_another_year_is_held_back_until_it_is_accepted(tmp_path: Path, run: Run) -> None:
    place = issuable(tmp_path)
    field = "  - {name: year, type: integer, label: سال}\n"
    years = "years: {field: year, kit: [agency], known: {1398: {agency: الف}}}\n"
    head, parts, rest = REPORT.partition("forms: [demo/letter]\n")
    write_report(place.folder, head + field + years + parts + rest)
    (place.case / "case.yaml").write_text("report: demo\nagency: اداره نمونه\nyear: 1402\n", encoding="utf-8")
    told = run("issue", place.case, *place.options)
    assert (told.code, "error" in told.err, "[year-unknown case.year]" in told.err) == (ExitCode.ANSWERS, True, True)
    run("accept", place.case, "year-unknown", "--all", "--why", "بخشنامه ۱۴۰۲ دیده شد", *place.options)
    assert "[issue-no-number" in run("issue", place.case, *place.options).err
