"""A case folder read: every type in every spelling, hostile texts, and every way an answer can be wrong."""

# ruff: noqa: E501 - whole forms and answers stand in a line

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest

from assembler.answers import read_case
from assembler.answers.values import TEXT_LIMIT
from assembler.base.problems import Place, Problem
from assembler.model.answers import AnsweredForm, Attachment, Prose, ProseEntry, ProseList
from assembler.model.reports import Library
from tests.building import codes, form_text, report_text, sound_specs, write_case

FORM = form_text(
    """\
    choices:
      have: [{name: yes, label: دارد}, {name: no, label: ندارد}]
      city: [{name: qom, label: قم}, {name: tehran, label: تهران بزرگ}, {name: other, label: سایر}]
      swapped: [{name: a, label: b}, {name: b, label: a}]
    items:
      - {name: text, type: text, label: متن}
      - {name: lines, type: text, appearance: multiline}
      - {name: points, type: text, appearance: numbered}
      - {name: number, type: integer, label: شمار, marks: ['-']}
      - {name: year, type: year, label: سال}
      - {name: nid, type: text, label: کد ملی, check: national_id}
      - {name: pin, type: text, digits: 6}
      - {name: real, type: decimal}
      - {name: share, type: percent}
      - {name: date, type: date}
      - {name: short, type: date, format: d/m/yy}
      - {name: have, type: select_one have, label: دارد؟}
      - {name: swap, type: select_one swapped}
      - {name: cities, type: select_multiple city}
      - {name: photo, type: image}
      - {name: paper, type: file}
      - {name: remark, type: note}
      - {name: double, type: calculate, calculation: number * 2}
      - {name: story, type: narrative}
      - name: t
        type: table
        label: جدول
        columns:
          - {name: no, type: integer, calculation: position}
          - {name: title, type: text, label: عنوان}
          - {name: n, type: integer}
        group_rows: {columns: [no, title]}
      - {name: plain, type: table, columns: [{name: title, type: text}]}
      - name: scores
        type: table
        label: امتیازها
        columns: [{name: what, type: text}, {name: score, type: decimal}]
        rows: [{name: first, cells: {what: یک}}, {name: second, cells: {what: دو}}]
    """
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sound_specs(tmp_path_factory.mktemp("specs"), FORM, form_text("items: []", "x/b"), report_text("x/a"))


class Reader:
    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self.library = library

    def __call__(self, answers: str) -> tuple[AnsweredForm, tuple[Problem, ...]]:
        case, told = read_case(write_case(self.folder, "form: x/a\n" + answers), self.library)
        assert case is not None
        problems = tuple(
            found for found in told if found.code != "attachments-unnamed"
        )  # an answer names one at a time
        for found in problems:
            assert found.message
            assert found.place.file == str(self.folder / "answers/0.yaml")
            assert found.place.form == "x/a"
        return case.forms["x/a"], problems

    def value(self, name: str, typed: str) -> object:
        form, problems = self(f"{name}: {typed}")
        assert codes(problems) == []
        return form.values[name].value

    def refusal(self, answers: str) -> Problem:
        _, problems = self(answers)
        assert len(problems) == 1, [found.message for found in problems]
        return problems[0]


@pytest.fixture
def reading(tmp_path: Path, library: Library) -> Reader:
    return Reader(tmp_path, library)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("text", "  متن  يك ", "متن یک"), ("text", "می‌شود", "می‌شود"), ("text", "yes", "yes"),
        ("text", "12:30", "12:30"),
        ("text", "007", "007"), ("text", "1399-12-05", "1399-12-05"), ("text", "'- خط'", "- خط"), ("text", "", None),
        ("text", "' '", None),
        ("text", "'~'", "~"), ("text", "'null'", "null"), ("text", "a & b", "a & b"), ("text", "<w:p>", "<w:p>"),
        ("text", "'{{ 7*7 }}'", "{{ 7*7 }}"),
        ("lines", "|\n  یک\n\n  دو", "یک\n\nدو"), ("lines", "[یک, دو]", "یک\nدو"),
        ("points", "[یک, دو]", ("یک", "دو")), ("points", "تنها", "تنها"),
        ("number", "12", 12), ("number", "۱۲", 12), ("number", "١٢", 12), ("number", "12.0", 12),
        ("number", "۱۲٬۵۰۰", 12500), ("number", "−۳", -3),
        ("number", "'-'", "-"), ("real", "۷٫۵", Decimal("7.5")), ("real", "7.5", Decimal("7.5")),
        ("real", "۷/۵", Decimal("7.5")),
        ("share", "۷۲٪", Decimal(72)), ("share", "0", Decimal(0)), ("share", "100", Decimal(100)),
        ("date", "1399/12/05", jdatetime.date(1399, 12, 5)), ("date", "۱۳۹۹/۱۲/۵", jdatetime.date(1399, 12, 5)),
        ("date", "1399-12-05", jdatetime.date(1399, 12, 5)), ("date", "1399/12/30", jdatetime.date(1399, 12, 30)),
        ("date", "99/12/5", jdatetime.date(1399, 12, 5)), ("short", "۵/۱۲/۹۹", jdatetime.date(1399, 12, 5)),
        ("short", "1399/12/5", jdatetime.date(1399, 12, 5)),
        ("have", "yes", "yes"), ("have", "دارد", "yes"), ("have", "ندارد", "no"), ("have", "YES", "yes"),
        ("have", "true", "yes"), ("have", "خیر", "no"),
        ("swap", "a", "a"), ("swap", "b", "b"),
        ("cities", "[other, قم]", ("qom", "other")), ("cities", "qom", ("qom",)),
        ("cities", "[تهران‌بزرگ, tehran]", ("tehran",)), ("cities", "[]", None),
        ("story", "بند", Prose(("بند",))), ("story", "[یک, دو]", Prose(("یک", "دو"))),
        ("story", "|\n  یک\n\n  دو", Prose(("یک", "دو"))),
    ],
)  # fmt: skip
def test_values(reading: Reader, name: str, typed: str, value: object) -> None:
    found = reading.value(name, typed)
    assert found == value
    assert type(found) is type(value)


def test_narratives(reading: Reader) -> None:
    value = reading.value(
        "story",
        "\n  - بند [[t]]\n  - numbered:\n      - یک\n      - {text: دو, dashed: [الف, ب], lettered: [ج]}\n  - bulleted: [x]",
    )
    entries = (
        ProseEntry("یک"),
        ProseEntry(
            "دو", (ProseList("dashed", (ProseEntry("الف"), ProseEntry("ب"))), ProseList("lettered", (ProseEntry("ج"),)))
        ),
    )
    assert value == Prose(("بند [[t]]", ProseList("numbered", entries), ProseList("bulleted", (ProseEntry("x"),))))


def test_a_long_text_is_kept_and_a_longer_one_refused(reading: Reader) -> None:
    assert reading.value("text", "آ" * 100_000) == "آ" * 100_000
    found = reading.refusal("text: " + "آ" * (TEXT_LIMIT + 1))
    assert found.code == "text-too-long"


@pytest.mark.parametrize(
    ("answers", "code", "line", "says"),
    [
        ("number: دوازده", "not-a-number", 2, "دوازده"),
        ("number: " + "9" * 5000, "not-a-number", 2, "شمار"),
        ("real: 1.2.3", "not-a-number", 2, "real"),
        ("number: 1.5", "not-an-integer", 2, "1.5"),
        ("nid: 0499370898", "check-failed", 2, "national ID"),
        ("pin: 12345", "check-failed", 2, "12345"),
        ("year: 99", "not-a-year", 2, "99"),
        ("year: ۲۰۲۴", "not-a-year", 2, "۲۰۲۴"),
        ("year: 1402.5", "not-a-year", 2, "1402.5"),
        ("share: 101", "percent-range", 2, "101"),
        ("share: -1", "percent-range", 2, "-1"),
        ("date: 1400/12/30", "no-such-day", 2, "1400/12/30"),
        ("date: 1399/7/31", "no-such-day", 2, "1399/7/31"),
        ("date: 1402/12/30", "no-such-day", 2, "اسفند 1402 has 29 days"),
        ("short: 31/7/99", "no-such-day", 2, "مهر 1399 has 30 days"),
        ("date: 1402/13/01", "not-a-date", 2, "1402/13/01"),
        ("date: 2021/03/05", "gregorian-date", 2, "۱۳۹۹/۱۲/۱۵"),
        ("date: امروز", "not-a-date", 2, "امروز"),
        ("paper: نامه.pdf", "attachment-missing", 2, "نامه.pdf"),
        ("text: بند #۵ طبقه دوم", "yaml-comment", 2, "«#۵ طبقه دوم»"),
        ("text: بند # یادداشت", "yaml-comment", 2, "«# یادداشت»"),
        ("text: بند\n  ادامه #۳ دارد", "yaml-comment", 3, "«#۳ دارد»"),
        ("text: #۵", "yaml-comment", 2, "«#۵»"),
        ("points: [a]\ntext: بند  #۵", "yaml-comment", 3, "«#۵»"),
        ("plain:\n  - title: اتاق #۲", "yaml-comment", 3, "«#۲»"),
        ("text: !urgent فوری", "yaml-sign", 2, "«!urgent»"),
        ("text: ! مهم", "yaml-sign", 2, "«!»"),
        ("text: &part یک", "yaml-sign", 2, "«&part»"),
        ("text: a\npoints: !مهم فوری", "yaml-broken", 3, "cannot begin with !"),
        ("text: &بخش یک", "yaml-broken", 2, "cannot begin with &"),
        ("have: perhaps", "not-a-choice", 2, "yes (دارد)"),
        ("have: [yes, no]", "one-choice", 2, "دارد؟"),
        ("cities: [qom, qum2]", "not-a-choice", 2, "qum2"),
        ("cities: [{a: b}]", "not-text", 2, "cities"),
        ("text: [a, b]", "not-text", 2, "متن"),
        ("text: {a: b}", "not-text", 2, "متن"),
        ("number: [1, 2]", "not-text", 2, "شمار"),
        ("lines: [a, [b]]", "not-text", 2, "lines"),
        ('text: "a\\x07b"', "control-character", 2, "U+0007"),
        ('lines: ["a", "b\\x0c"]', "control-character", 2, "U+000C"),
        ('story: ["a\\x0b"]', "control-character", 2, "U+000B"),
        ("story: [{numberd: [a]}]", "wrong-shape", 2, "numbered"),
        ("story: [{numbered: [{bulleted: [a]}]}]", "wrong-shape", 2, "text"),
        ("story: [{numbered: a}]", "wrong-shape", 2, "numbered"),
        ("story: [[a]]", "not-text", 2, "story"),
        ("photo: site.jpg", "attachment-missing", 2, "site.jpg"),
        ("photo: .", "attachment-missing", 2, "."),
        ("photo: " + "x" * 5000, "attachment-missing", 2, "xxx"),
        ("photo: ../case.yaml", "attachment-outside", 2, "../case.yaml"),
        ("photo: /etc/passwd", "attachment-outside", 2, "/etc/passwd"),
        ("paper: a/../../../x", "attachment-outside", 2, "x"),
        ("txt: x", "unknown-answer", 2, "text"),
        ("text: a\nstry: x", "unknown-answer", 3, "story"),
        ("double: 4", "calculated-cell", 2, "double"),
        ("remark: x", "calculated-cell", 2, "remark"),
        ("t: متن", "not-a-table", 2, "جدول"),
        ("t: {title: x}", "not-a-table", 2, "جدول"),
        ("t:\n  - title: a\n  - متن", "not-a-row", 4, "جدول"),
        ("t:\n  - {title: a}\n  - {titl: b}", "unknown-column", 4, "title"),
        ("t:\n  - {title: a, no: 1}", "calculated-cell", 3, "no"),
        ("t:\n  - {group: {n: 3}}", "unknown-column", 3, "no"),
        ("t:\n  - {group: {title: a}, title: b}", "unknown-answer", 3, "title"),
        ("t:\n  - {group: a}", "no-group-rows", 3, "جدول"),
        ("plain:\n  - {group: {title: a}}", "no-group-rows", 3, "plain"),
        ("scores: [a]", "not-a-table", 2, "امتیازها"),
        ("scores:\n  frist: {score: 1}", "unknown-row", 3, "first"),
        ("scores:\n  first: 3", "not-a-row", 3, "امتیازها"),
        ("scores:\n  first: {what: x}", "printed-cell", 3, "what"),
        ("text: a\ntext: b", "yaml-duplicate-key", 3, "text"),
    ],
)  # fmt: skip
def test_wrong_answers(reading: Reader, answers: str, code: str, line: int, says: str) -> None:
    case, problems = read_case(write_case(reading.folder, "form: x/a\n" + answers), reading.library)
    assert case is not None
    assert codes(problems) == [code]
    (found,) = problems
    assert found.place.line == line
    assert says in found.message + found.hint


def test_the_place_of_a_cell(reading: Reader) -> None:
    found = reading.refusal("t:\n  - {title: a}\n  - group: {title: b}\n  - title: c\n    n: x")
    file = str(reading.folder / "answers/0.yaml")
    assert found.place == Place(file, 6, "x/a", "t", 3, "n")


def test_the_place_of_a_printed_row(reading: Reader) -> None:
    found = reading.refusal("scores:\n  second: {score: x}")
    assert found.place == Place(str(reading.folder / "answers/0.yaml"), 3, "x/a", "scores", 2, "score")


def test_the_place_of_an_item(reading: Reader) -> None:
    found = reading.refusal("text: a\n\nnumber: x")
    assert found.place == Place(str(reading.folder / "answers/0.yaml"), 4, "x/a", "number")


def test_tables(reading: Reader) -> None:
    form, problems = reading(
        "t:\n  - group: {no: الف, title: گروه}\n  - {title: ي, n: ۳}\n  - {}\nplain:\nscores:\n  second: {score: ۰٫۵}\n  first:\n"
    )
    assert codes(problems) == []
    band, row, empty = form.tables["t"]
    assert (band.group, {name: answer.value for name, answer in band.cells.items()}) == (
        True,
        {"no": "الف", "title": "گروه"},
    )
    assert {name: answer.value for name, answer in row.cells.items()} == {"title": "ی", "n": 3}
    assert (empty.cells, empty.place.row) == ({}, 3)
    assert form.tables["plain"] == ()
    (score,) = form.tables["scores"]
    assert (score.name, score.place.row, score.cells["score"].value) == ("second", 2, Decimal("0.5"))


def test_attachments(reading: Reader) -> None:
    folder = write_case(reading.folder) / "attachments"
    (folder / "عکس ها").mkdir()
    for name in ("site.jpg", "عکس ها/۱.jpg", "گزارش نهايي.pdf"):
        (folder / name).write_bytes(b"\xff\xd8\xff")
    assert reading.value("photo", "site.jpg") == Attachment("site.jpg", (folder / "site.jpg").resolve())
    assert reading.value("photo", "عکس ها/۱.jpg") == Attachment("عکس ها/۱.jpg", (folder / "عکس ها/۱.jpg").resolve())
    assert reading.value("paper", "گزارش نهايي.pdf") == Attachment(
        "گزارش نهايي.pdf", (folder / "گزارش نهايي.pdf").resolve()
    )


def test_a_picture_must_be_one(reading: Reader) -> None:
    folder = write_case(reading.folder) / "attachments"
    (folder / "site.jpg").write_bytes(b"%PDF-1.7")
    assert reading.refusal("photo: site.jpg").code == "attachment-type"


def test_hidden_files_and_pipes(reading: Reader) -> None:
    case = write_case(reading.folder)
    (case / "answers" / "._a.yaml").write_bytes(b"\x00\x05")
    os.mkfifo(case / "answers" / "pipe.yaml")
    _, problems = read_case(case, reading.library)
    assert [found.code for found in problems if found.code.startswith(("file", "yaml"))] == ["file-unreadable"]


def test_a_link_out_of_the_attachments_is_outside(reading: Reader) -> None:
    folder = write_case(reading.folder) / "attachments"
    (reading.folder / "secret.txt").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to(reading.folder / "secret.txt")
    assert reading.refusal("paper: link.txt").code == "attachment-outside"


def test_all_problems_of_all_files_come_at_once(tmp_path: Path, library: Library) -> None:
    answers = (
        "form: x/a\nnumber: x\nzzz: 1\nt: [{n: y}]",
        "form: x/b\nnope: 1",
        "form: x/z",
        "text: a",
        "- a",
        "a: [",
        "form: x/a",
    )
    case, problems = read_case(write_case(tmp_path, *answers, case="report: r\nagncy: x\n"), library)
    assert case is not None
    found = sorted((Path(each.place.file or "").name, each.place.line, each.code) for each in problems)
    assert found == [
        ("0.yaml", 2, "not-a-number"),
        ("0.yaml", 3, "unknown-answer"),
        ("0.yaml", 4, "not-a-number"),
        ("1.yaml", 2, "unknown-answer"),
        ("2.yaml", 1, "unknown-form"),
        ("3.yaml", 1, "missing-key"),
        ("4.yaml", 1, "missing-key"),
        ("5.yaml", 1, "yaml-broken"),
        ("6.yaml", 1, "form-answered-twice"),
        ("case.yaml", 2, "unknown-answer"),
    ]
    assert all(each.message and (each.hint or each.arguments.get("guess") == "?") for each in problems)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("report: rr", "unknown-report", 1),
        ("agency: x", "missing-key", 1),
        ("- r", "wrong-shape", None),
        ("", "missing-key", 1),
        ("report: [", "yaml-broken", 1),
    ],
)
def test_a_case_of_no_report(tmp_path: Path, library: Library, text: str, code: str, line: int | None) -> None:
    case, problems = read_case(write_case(tmp_path, case=text), library)
    assert case is None
    assert codes(problems) == [code]
    assert problems[0].place.line == line


def test_a_folder_without_a_case(tmp_path: Path, library: Library) -> None:
    case, problems = read_case(tmp_path, library)
    assert case is None
    assert codes(problems) == ["file-missing"]


def test_the_case_itself(tmp_path: Path, library: Library) -> None:
    case, problems = read_case(
        write_case(tmp_path / "نمونه", "form: x/b", case="report: r\nagency: سازمان  نمونه\n"), library
    )
    assert case is not None
    assert problems == ()
    assert (case.name, case.report, case.fields.values["agency"].value) == ("نمونه", "r", "سازمان نمونه")
    assert case.fields.values["agency"].place == Place(str(tmp_path / "نمونه/case.yaml"), 2, "case", "agency")
    assert [path.name for path in case.files] == ["case.yaml", "0.yaml"]


@pytest.mark.parametrize(
    "answers",
    ["text: بند  # یادداشت", "# یادداشت\ntext: متن", "text: متن\n  # یادداشت", "text: 'بند #۵'", "text: |\n  بند #۵\n  !مهم",
     "text: C#", "text: a#b", "plain:  # ردیف‌ها\n  - title: متن", "text: R&D و «!» و a & b", "text: &a متن\npoints: [*a]"],
)  # fmt: skip
def test_notes_and_signs_that_lose_nothing_are_not_told(reading: Reader, answers: str) -> None:
    assert read_case(write_case(reading.folder, "form: x/a\n" + answers), reading.library)[1] == ()


@pytest.mark.parametrize("typed", ["-", "–‏", "\u202b-\u202c"])
def test_a_mark_is_known_however_it_is_typed(reading: Reader, typed: str) -> None:
    case, problems = read_case(write_case(reading.folder, f"form: x/a\nnumber: '{typed}'"), reading.library)
    assert case is not None
    assert (problems, case.forms["x/a"].values["number"].value) == ((), "-")


@pytest.mark.parametrize(
    ("there", "typed"),
    [("گزارش نهايي.pdf", "گزارش نهایی.pdf"), ("آمار مؤسسه.pdf", "آمار موسسه.PDF"), ("نامه‌ها.pdf", "نامه ها.pdf"),
     ("Plan ۲.pdf", "plan 2.pdf"), ("\u200fنامه.pdf", "نامه.pdf"), ("مدارک/نامه.pdf", "مدارك/نامه.pdf")],
)  # fmt: skip
def test_a_file_is_found_when_its_name_reads_the_same(reading: Reader, there: str, typed: str) -> None:
    folder = write_case(reading.folder, f"form: x/a\npaper: {typed}")
    (folder / "attachments" / there).parent.mkdir(parents=True, exist_ok=True)
    (folder / "attachments" / there).write_bytes(b"%PDF-")
    case, problems = read_case(folder, reading.library)
    assert case is not None
    assert (problems, case.forms["x/a"].values["paper"].value) == (
        (),
        Attachment(there, (folder / "attachments" / there).resolve()),
    )


@pytest.mark.parametrize(
    ("there", "says"),
    [(["نامه ها.pdf", "نامه‌ها.pdf"], "«نامه ها.pdf»، «نامه‌ها.pdf»"), (["نامهها1.pdf"], "«نامهها1.pdf»")],
)
def test_files_that_may_be_meant_are_named(reading: Reader, there: list[str], says: str) -> None:
    folder = write_case(reading.folder, "form: x/a\npaper: نامهها.pdf")
    (folder / "attachments").mkdir(exist_ok=True)
    for name in there:
        (folder / "attachments" / name).write_bytes(b"%PDF-")
    (found,) = read_case(folder, reading.library)[1]
    assert (found.code, says in found.message) == ("attachment-misnamed", True)


@pytest.mark.parametrize(
    ("name", "code"),
    [("b.yaml.txt", "answers-misnamed"), ("b.yml.bak", "answers-misnamed"), ("b.docx", "answers-unread"), ("b", "answers-unread"),
     ("Thumbs.db", None), (".DS_Store", None), ("~$b.docx", None), (".b.yaml.swp", None), ("b.yaml~", None)],
)  # fmt: skip
def test_a_file_that_is_not_read_is_named(reading: Reader, name: str, code: str | None) -> None:
    folder = write_case(reading.folder, "form: x/a\ntext: متن")
    (folder / "answers" / name).write_text("form: x/a", encoding="utf-8")
    assert codes(read_case(folder, reading.library)[1]) == ([code] if code else [])


@pytest.mark.parametrize("name", ["A.YAML", "a.Yml"])
def test_endings_are_read_in_any_letters(reading: Reader, name: str) -> None:
    folder = write_case(reading.folder, "form: x/a\ntext: متن")
    (old,) = (folder / "answers").iterdir()
    old.rename(folder / "answers" / name)
    case, problems = read_case(folder, reading.library)
    assert (case is not None and case.forms["x/a"].values["text"].value, problems) == ("متن", ())


@pytest.mark.parametrize("name", ["Case.yaml", "case.yaml.txt", "case.yml"])
def test_a_case_file_of_another_name_is_named(reading: Reader, name: str) -> None:
    folder = write_case(reading.folder, "form: x/a\ntext: متن")
    (folder / "case.yaml").rename(folder / name)
    case, (found,) = read_case(folder, reading.library)
    assert (case, found.code) == (None, "case-misnamed")
    assert name in found.message


def test_a_link_among_the_attachments_that_leads_to_itself_is_no_file(reading: Reader) -> None:
    folder = write_case(reading.folder, "form: x/a\npaper: loop.pdf\n")
    (folder / "attachments").mkdir(exist_ok=True)
    (folder / "attachments" / "loop.pdf").symlink_to("loop.pdf")
    assert codes(read_case(folder, reading.library)[1]) == ["attachment-missing"]
