"""``assembler accept`` and what ``check`` and ``build`` make of it; the page of findings."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assembler.base.problems import ExitCode
from assembler.base.scripts import readable
from tests.cli.conftest import Run
from tests.conftest import ANSWERS, FORM, Workplace, write_answers, write_form

KEYS = {"code", "severity", "file", "line", "form", "item", "row", "column", "message", "hint"}
HIGH = ANSWERS.replace("score: 7", "score: 11")
SCORE = ("constraint", "demo/visit.score")


@pytest.fixture
def high(workplace: Workplace) -> Workplace:
    """A case whose only problem is a score above its limit."""
    write_answers(workplace.folder, HIGH)
    return workplace


def accept(run: Run, workplace: Workplace, *arguments: str, why: str = "هیئت پذیرفته است.") -> int:
    return run("accept", workplace.case, *arguments, "--why", why, *workplace.options).code


def test_an_accepted_error_lets_the_case_be_built(run: Run, high: Workplace) -> None:
    assert run("build", high.case, *high.options).code == ExitCode.ANSWERS
    assert accept(run, high, *SCORE) == 0
    assert run("build", high.case, *high.options).code == 0
    receipt = json.loads((high.out / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["problems"] == []
    assert [set(one) for one in receipt["accepted"]] == [KEYS | {"why"}]
    again = run("build", high.case, *high.options)
    assert "Nothing changed" in again.out


def test_it_returns_when_the_data_change(run: Run, high: Workplace) -> None:
    accept(run, high, *SCORE)
    assert run("check", high.case, *high.options).code == 0
    write_answers(high.folder, HIGH.replace("11", "12"))
    outcome = run("check", high.case, "--json", *high.options)
    assert outcome.code == ExitCode.ANSWERS
    assert sorted(one["code"] for one in outcome.json) == ["acceptance-unused", "constraint"]


def test_an_acceptance_without_its_finding_is_told(run: Run, high: Workplace) -> None:
    accept(run, high, *SCORE)
    write_answers(high.folder, ANSWERS)
    (unused,) = run("check", high.case, "--json", *high.options).json
    assert (unused["code"], unused["severity"], unused["line"]) == ("acceptance-unused", "information", 1)


def test_check_tells_accepted_ones_apart(run: Run, high: Workplace) -> None:
    accept(run, high, *SCORE, why="دلیل روشن")
    lines = run("check", high.case, *high.options).out.splitlines()
    assert lines == ["No problems.", "1 accepted (--accepted lists them)"]
    listed = run("check", high.case, "--accepted", *high.options).out
    assert "[constraint demo/visit.score]" in listed
    assert "دلیل روشن" in listed
    assert run("check", high.case, "--json", *high.options).json == []


def test_what_check_prints_can_be_copied(run: Run, high: Workplace) -> None:
    printed = re.search(r"\[(\S+) (\S+)\]", run("check", high.case, *high.options).out)
    assert printed is not None
    assert accept(run, high, printed[1], printed[2]) == 0
    assert run("check", high.case, *high.options).code == 0


def test_all_of_a_code(run: Run, workplace: Workplace) -> None:
    write_answers(workplace.folder, "form: demo/visit\nservices: [{count: 1}, {count: 2}, {name: x}]\n")
    assert accept(run, workplace, "required", "--all") == 0
    assert run("check", workplace.case, *workplace.options).code == 0
    assert (workplace.case / "accepted.yaml").read_text(encoding="utf-8").count("- code: required") == 3


def test_the_file_keeps_its_comments(run: Run, high: Workplace) -> None:
    path = high.case / "accepted.yaml"
    path.write_text("# از جلسه دوم\n", encoding="utf-8")
    accept(run, high, *SCORE)
    assert path.read_text(encoding="utf-8").startswith("# از جلسه دوم\n- code: constraint\n")
    assert [each.name for each in high.case.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("constraint", "demo/visit.services:1.count"), "It is open at: demo/visit.score"),
        (("constrain", "demo/visit.score"), "Codes that can be accepted now: constraint"),
        (("not-a-number", "demo/visit.services:2.count"), "keeps the case from being read"),
        (("constraint", "demo visit"), "form.item:row.column"),
        (("constraint",), "--all"),
        (("constraint", "demo/visit.score", "--all"), "--all"),
    ],
)
def test_what_does_not_fit_is_told_and_writes_nothing(
    run: Run, high: Workplace, arguments: tuple[str, ...], told: str
) -> None:
    write_answers(high.folder, HIGH.replace("count: ۳", "count: سه"))
    outcome = run("accept", high.case, *arguments, "--why", "x", *high.options)
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert told in outcome.err
    assert not (high.case / "accepted.yaml").exists()


def test_a_reason_is_needed(run: Run, high: Workplace) -> None:
    assert accept(run, high, *SCORE, why="\n \x07") == ExitCode.USAGE


def test_a_broken_file_is_told_and_stays(run: Run, high: Workplace) -> None:
    path = high.case / "accepted.yaml"
    path.write_text("- {code: x}\n", encoding="utf-8")
    assert accept(run, high, *SCORE) == ExitCode.ANSWERS
    assert path.read_text(encoding="utf-8") == "- {code: x}\n"
    found = run("check", high.case, "--json", *high.options).json
    assert {one["code"] for one in found} == {"acceptance-broken", "constraint"}


# ---------------------------------------------------------------- several at one place

TWO_RULES = """\
rules:
  - {kind: expression, item: services, test: "total(services, 'count') < 10", message: جمع بیش از ۱۰ است.}
  - {kind: expression, item: services, test: "count(services) == 1", message: ردیف‌ها بیش از یکی است.}
"""
SERVICES = ("rule", "demo/visit.services")


@pytest.fixture
def two(workplace: Workplace) -> Workplace:
    """A case with two findings of one code at one place."""
    write_form(workplace.folder, FORM + TWO_RULES)
    return workplace


def open_ones(run: Run, workplace: Workplace) -> list[str]:
    return [one["message"] for one in run("check", workplace.case, "--json", *workplace.options).json]


def test_of_several_at_one_place_one_is_accepted(run: Run, two: Workplace) -> None:
    first, second = open_ones(run, two)
    outcome = run("accept", two.case, *SERVICES, "--why", "x", *two.options)
    assert outcome.code == ExitCode.USAGE
    assert first in outcome.err
    assert second in outcome.err
    assert "--words" in outcome.err
    assert not (two.case / "accepted.yaml").exists()
    assert accept(run, two, *SERVICES, "--words", "ردیف ها بیش از یکی") == 0
    assert open_ones(run, two) == [first]
    text = (two.case / "accepted.yaml").read_text(encoding="utf-8")
    assert f"\n  says: {second}\n" in text
    assert accept(run, two, *SERVICES) == 0  # the other one is alone now
    assert open_ones(run, two) == []
    assert (two.case / "accepted.yaml").read_text(encoding="utf-8").count("says:") == 2


def test_all_of_a_code_are_accepted_one_by_one(run: Run, two: Workplace) -> None:
    assert accept(run, two, "rule", "--all") == 0
    assert open_ones(run, two) == []
    text = (two.case / "accepted.yaml").read_text(encoding="utf-8")
    assert (text.count("- code: rule"), text.count("  says: ")) == (2, 2)


@pytest.mark.parametrize(("words", "told"), [("بیش از", "More than one finding «rule»"), ("کمتر از", "says «کمتر از»")])
def test_words_that_do_not_tell_which(run: Run, two: Workplace, words: str, told: str) -> None:
    outcome = run("accept", two.case, *SERVICES, "--words", words, "--why", "x", *two.options)
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert told in outcome.err
    assert not (two.case / "accepted.yaml").exists()


def test_words_of_a_single_finding_are_looked_at_too(run: Run, high: Workplace) -> None:
    assert accept(run, high, *SCORE, "--words", "چیز دیگر") == ExitCode.USAGE
    assert accept(run, high, *SCORE, "--words", "امتیاز از ۱۰") == 0
    assert "says:" not in (high.case / "accepted.yaml").read_text(encoding="utf-8")
    assert accept(run, high, "constraint", "--all", "--words", "x") == ExitCode.USAGE


# ---------------------------------------------------------------- the page


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page_of(run: Run, workplace: Workplace) -> Page:
    path = workplace.folder / "findings.html"
    outcome = run("check", workplace.case, "--html", path, *workplace.options)
    assert str(path) in outcome.out
    return Page(path)


def test_the_page_quotes_the_row_and_marks_the_cell(run: Run, workplace: Workplace) -> None:
    write_answers(workplace.folder, ANSWERS.replace("{name: پاسخ به شکایت, count: ۳}", "{count: 43}"))
    page = page_of(run, workplace)
    assert page.tags[0] == ("html", {"lang": "fa", "dir": "rtl"})
    marked = [attributes for tag, attributes in page.tags if tag == "td" and attributes.get("class") == "marked"]
    assert len(marked) == 1
    for text in ("پر کردن «نام خدمت»", "(خالی)", "۴۳", "answers/visit.yaml:6", "[required demo/visit.services:2.name]"):
        assert text in page.text


def test_the_page_is_persian_and_whole_by_itself(run: Run, high: Workplace) -> None:
    write_answers(high.folder, HIGH.replace("count: ۳", "count: سه"))
    page = page_of(run, high)
    assert "«سه» عدد نیست" in page.text
    assert "(خوانده نشد)" in page.text
    fetching = {"script", "img", "link", "iframe", "object", "base"}
    assert not fetching & {tag for tag, _ in page.tags}
    # Its links lead to its own places, and to files beside it: no other host, nothing that runs.
    assert not any(re.match(r"\w+:|//", attributes.get("href") or "") for _, attributes in page.tags)
    assert "url(" not in page.text
    assert "@import" not in page.text


def test_sections_stand_in_the_order_of_the_report(run: Run, high: Workplace) -> None:
    write_form(high.folder, FORM)
    (high.case / "case.yaml").write_text("report: demo\nstray: 1\n", encoding="utf-8")
    text = page_of(run, high).text
    assert text.index("امتیاز از ۱۰") < text.index("«نام دستگاه»")
    assert text.rindex("بازدید") < text.rindex("مشخصات پرونده")


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    "</title></style><b>",
    "&lt;b&gt; &amp;",
    "\u202eوارونه",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(run: Run, high: Workplace, text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    write_answers(high.folder, HIGH.replace("count: 12", f"count: {quoted}").replace("صدور گواهی", quoted))
    (high.case / "case.yaml").write_text(f"report: demo\nagency: {quoted}\n{quoted}: x\n", encoding="utf-8")
    assert accept(run, high, *SCORE, why=text) == 0
    page = page_of(run, high)
    assert not {"script", "img", "b"} - {"b"} & {tag for tag, _ in page.tags}
    assert [tag for tag, _ in page.tags].count("b") == 4  # the counts
    shown = readable(text).replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    assert page.text.count(shown) >= 5  # title, heading, message, quoted cell, reason


def test_a_sound_case_has_a_page_too(run: Run, workplace: Workplace) -> None:
    assert "ایراد بازی نیست." in page_of(run, workplace).text


def test_broken_specifications_have_a_page_too(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, "form: demo/visit\n")
    assert "missing-key" in page_of(run, workplace).text


def test_accepted_ones_are_folded_at_the_end(run: Run, high: Workplace) -> None:
    accept(run, high, *SCORE, why="هیئت پذیرفته است.")
    page = page_of(run, high)
    assert "details" in [tag for tag, _ in page.tags]
    assert page.text.endswith("[constraint demo/visit.score] answers/visit.yaml:3")
    assert "دلیل پذیرش: هیئت پذیرفته است." in page.text


def test_json_and_page_go_together(run: Run, high: Workplace) -> None:
    path = high.folder / "findings.html"
    outcome = run("check", high.case, "--json", "--html", path, *high.options)
    assert [set(one) for one in outcome.json] == [KEYS]
    assert path.is_file()


def test_a_page_that_cannot_be_written_is_told(run: Run, high: Workplace) -> None:
    outcome = run("check", high.case, "--html", high.folder / "no" / "such.html", *high.options)
    assert outcome.code == ExitCode.OUTPUT
    assert "output-unwritable" in outcome.err
