"""Answer files ready to fill in: everything a form prints and asks, and keys behind which an answer just works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assembler.answers import read_case
from assembler.base import messages
from assembler.base.persian import RLM
from assembler.collect.conditions import Names
from assembler.collect.files.skeleton import form_file
from assembler.model.answers import Case
from assembler.model.reports import Library
from assembler.model.specs import Expression, Item
from tests.building import form_text, report_text, sound_specs, write_case

FORM = form_text(
    """\
    legal: [بند ۲ ماده ۶]
    choices:
      answers: [{name: yes, label: بلی}, {name: no, label: خیر}]
    items:
      - {name: answer, type: select_one answers, label: ۱. آیا انجام شده است؟, hint: راهنما., required: true}
      - {name: reason, type: text, label: دلیل, relevant: answer == 'no', required: true, appearance: multiline}
      - {name: day, type: date, label: روز, required: answer == 'yes', default: 1399/01/01}
      - {name: remark, type: note, label: این یک یادداشت است}
      - {name: double, type: calculate, label: محاسبه, calculation: count(rows)}
      - {name: story, type: narrative, label: شرح}
      - name: rows
        type: table
        label: ردیف‌ها
        min_rows: 2
        columns:
          - {name: no, type: integer, label: شماره, calculation: position}
          - label: هدف
            columns: [{name: title, type: text, label: عنوان, required: true}]
          - {name: done, type: select_one answers, label: وضعیت, relevant: filled(title)}
          - {name: points, type: text, label: موارد, appearance: numbered}
        group_rows: {columns: [title]}
      - name: scores
        type: table
        label: امتیازها
        columns:
          - {name: what, type: text, label: ضابطه}
          - {name: top, type: decimal, label: سقف}
          - {name: score, type: decimal, label: امتیاز, marks: ['-']}
        rows: [{name: first, cells: {what: ورودی, top: 0.8}}, {name: second, cells: {what: راه‌پله, top: 1}}]
    """
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sound_specs(tmp_path_factory.mktemp("specs"), FORM, report_text("x/a"))


@pytest.fixture(scope="module")
def text(library: Library) -> str:
    return form_file(library.forms["x/a"], library.forms)


def filled(folder: Path, library: Library, text: str) -> Case:
    case, problems = read_case(write_case(folder, text), library)
    assert [found.message for found in problems] == []
    assert case is not None
    return case


def visible(text: str) -> str:
    return text.replace(RLM, "").replace("\u00a0", " ")


def test_a_blank_file_reads_without_a_problem_and_answers_nothing(tmp_path: Path, library: Library, text: str) -> None:
    form = filled(tmp_path, library, text).forms["x/a"]
    assert {answer.value for answer in form.values.values()} == {None}
    assert {answer.value for rows in form.tables.values() for row in rows for answer in row.cells.values()} == {None}


def test_it_says_all_that_the_form_prints_and_asks(text: str) -> None:
    for words in (
        "# فرم: عنوان\n",
        "# مستند قانونی: بند ۲ ماده ۶\n",
        "# ۱. آیا انجام شده است؟\n#   راهنما.\n#   پاسخ الزامی است\n",
        "#     yes = بلی\n#     no = خیر\nanswer: \n",
        "#   وقتی پاسخ پرسش ۱ «خیر» باشد، پاسخ الزامی است\n",
        "#   وقتی پاسخ پرسش ۱ «بلی» باشد، پاسخ الزامی است\n",
        "#   پیشنهاد: 1399/01/01\nday: \n",
        "\n# این یک یادداشت است\n",
        "#   دست‌کم ۲ ردیف\n",
        "#    title = هدف › عنوان؛ پاسخ الزامی است\n",
        "#    done = وضعیت\n#       وقتی «عنوان» پر شده باشد، به این پرسش پاسخ دهید\n",
        "  # ورودی | ۰٫۸\n  first:\n    score: \n",
        "#       به‌جای آن می‌توان نوشت: '-'\n",
    ):
        assert words in visible(text)


def test_what_is_calculated_or_printed_is_not_asked(text: str) -> None:
    keys = re.findall(r"^[ #-]*([a-z_]+):", text, re.MULTILINE)
    assert {"double", "remark", "no", "what", "top"} & set(keys) == set()


def test_it_speaks_persian_whatever_the_terminal_speaks(library: Library, text: str) -> None:
    messages.choose("fa")
    assert form_file(library.forms["x/a"], library.forms) == text
    messages.choose("en")
    assert "Required" not in text


def test_keys_stand_at_the_beginning_of_their_lines(text: str) -> None:
    """A key behind Persian letters would be shown on the wrong side of its colon."""
    for line in text.splitlines():
        before = line.partition(":")[0]
        if re.search(r"[a-z_]+$", before) and not before.startswith("# "):
            assert not re.search("[\u0600-\u06ff]", before), line


def test_a_value_behind_the_colon_just_works(tmp_path: Path, library: Library, text: str) -> None:
    for key, value in (("answer", "بلی"), ("reason", "دلیل ما"), ("day", "۱۳۹۹/۰۲/۰۱"), ("story", "یک بند")):
        text = text.replace(f"\n{key}: \n", f"\n{key}: {value}\n")
    text = text.replace("    score: \n", "    score: ۰٫۵\n", 1)
    form = filled(tmp_path, library, text).forms["x/a"]
    assert form.values["answer"].value == "yes"
    assert form.values["reason"].value == "دلیل ما"
    assert str(form.values["day"].value) == "1399-02-01"
    assert [row.cells["score"].value is None for row in form.tables["scores"]] == [False, True]


@pytest.mark.parametrize("mark", ["# ", "#"])
def test_an_example_works_once_its_marks_are_taken_away(tmp_path: Path, library: Library, text: str, mark: str) -> None:
    head, key, tail = text.partition("\nrows: \n")
    example, blank, rest = tail.partition("\n\n")
    freed = "\n".join(line.removeprefix(mark) for line in example.splitlines())
    freed = freed.replace("title: ", "title: متن").replace("done: ", "done: خیر").replace("- \n", "- مورد\n")
    rows = filled(tmp_path, library, head + key + freed + blank + rest).forms["x/a"].tables["rows"]
    assert [row.group for row in rows] == [True, False]
    assert (rows[1].cells["title"].value, rows[1].cells["done"].value) == ("متن", "no")


def test_the_example_of_a_narrative_works_once_its_marks_are_taken_away(
    tmp_path: Path, library: Library, text: str
) -> None:
    head, key, tail = text.partition("\nstory: \n")
    lines = tail.splitlines()
    lines[:3] = [line.removeprefix("# ") for line in lines[:3]]
    form = filled(tmp_path, library, head + key + "\n".join(lines)).forms["x/a"]
    assert form.values["story"].value is not None


# ---------------------------------------------------------------- conditions


CONDITIONS = form_text(
    """\
    choices:
      answers: [{name: yes, label: بلی}, {name: no, label: خیر}]
      colours: [{name: red, label: سرخ}]
    items:
      - {name: a, type: select_one answers, label: ۱. آیا؟}
      - {name: b, type: integer, label: شمار}
      - {name: c, type: select_multiple colours, label: رنگ}
      - {name: t, type: table, label: جدول ما, columns: [{name: d, type: text, label: ستون}]}
      - {name: long, type: text, label: LONG}
    """
).replace("LONG", "واژه " * 30)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a == 'yes'", "the answer to question ۱ is «بلی»"),
        ("a != 'yes'", "the answer to question ۱ is not «بلی»"),
        ("not a == 'yes'", "the answer to question ۱ is not «بلی»"),
        ("b > 3", "«شمار» is more than 3"),
        ("not b > 3", "«شمار» is at most 3"),
        ("b", "«شمار» is filled in"),
        ("not filled(b)", "«شمار» is blank"),
        ("selected(c, 'red')", "the answer to «رنگ» is «سرخ»"),
        ("not selected(c, 'red')", "the answer to «رنگ» is not «سرخ»"),
        ("count(t) > 0", "the table «جدول ما» has rows"),
        ("not count(t) > 0", "the table «جدول ما» has no rows"),
        ("count(t, 'd') == 0", "«ستون» is blank in every row"),
        ("count(t, 'd') > 0", "«ستون» is filled in in some row"),
        ("a == 'yes' and b > 3", "the answer to question ۱ is «بلی» and «شمار» is more than 3"),
        ("not (a == 'yes' and b > 3)", "the answer to question ۱ is not «بلی» or «شمار» is at most 3"),
        (
            "a == 'no' or (a == 'yes' and b > 3)",
            "the answer to question ۱ is «خیر»; or else the answer to question ۱ is «بلی» and «شمار» is more than 3",
        ),
        ("case.agency == 'x'", "the answer to «دستگاه» in case.yaml is «x»"),
        ("form('x/b').long", "«یک» in the form «عنوان» is filled in"),
        ("filled(previous('x/b').long)", None),  # another case: no question of this one
        ("(a == 'yes' or b > 3) and filled(c)", None),
        ("b + 1 > 3", None),
        ("count(t) > 2", None),
        ("count(t, 'd', 'x') == 0", None),
        ("b > total(t, 'd')", None),
        ("1 < b < 3", None),
        ("a == b", None),
    ],
)
def test_a_condition_is_said_in_words(tmp_path: Path, source: str, words: str | None) -> None:
    other = form_text("items: [{name: long, type: text, label: یک}]", "x/b")
    library = sound_specs(tmp_path, CONDITIONS, other, report_text("x/a", "x/b"))
    forms = {**library.forms, "case": library.reports["r"].case}
    assert Names(library.forms["x/a"], forms).words(Expression(source)) == words


def test_a_long_label_is_shortened(tmp_path: Path) -> None:
    library = sound_specs(tmp_path, CONDITIONS, report_text("x/a"))
    words = Names(library.forms["x/a"], library.forms).words(Expression("filled(long)"))
    assert words is not None
    assert words.endswith("واژه …» is filled in")
    assert len(words) < 100


def test_a_column_comes_before_an_item_of_its_name(tmp_path: Path) -> None:
    library = sound_specs(tmp_path, CONDITIONS.replace("name: d,", "name: b,"), report_text("x/a"))
    form = library.forms["x/a"]
    table: Item = form.item("t")
    assert Names(form, library.forms, table).words(Expression("filled(b)")) == "«ستون» is filled in"


def test_a_condition_without_words_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    form = form_text("items: [{name: a, type: integer, label: یک}, {name: b, type: text, required: a + 1 > 3}]")
    library = sound_specs(tmp_path, form, report_text("x/a"))
    text = visible(form_file(library.forms["x/a"], library.forms))
    assert "#   وقتی این شرط برقرار باشد، پاسخ الزامی است:\n#     a + 1 > 3\n" in text


def test_an_answer_that_will_hold_a_colon_is_to_be_quoted(tmp_path: Path) -> None:
    form = form_text("items: [{name: a, type: text, hint: 'مانند «بلی: ۴»'}, {name: b, type: text, hint: 'ببینید: ۴'}]")
    library = sound_specs(tmp_path, form, report_text("x/a"))
    text = visible(form_file(library.forms["x/a"], library.forms))
    assert text.count("آن را میان دو ' بنویسید") == 1


def test_a_table_that_fills_itself_says_from_where(tmp_path: Path) -> None:
    columns = "columns: [{name: c, type: text}]"
    lender = form_text(
        f"items: [{{name: a, type: table, label: الف, {columns}}}, {{name: b, type: table, label: ب, {columns}}}]",
        "x/b",
    )
    form = form_text(
        f"items: [{{name: t, type: table, label: ج, {columns}, prefill: {{from: [x/b.a, x/b.b], cells: {{c: c}}}}}}]"
    )
    library = sound_specs(tmp_path, form, lender, report_text("x/a", "x/b"))
    text = " ".join(visible(form_file(library.forms["x/a"], library.forms)).replace("#", " ").split())
    assert "تا این جدول خالی است، ردیف‌های آن خودبه‌خود از «الف»، «ب» در فرم «عنوان» آورده می‌شود" in text


def test_a_table_with_a_caption_and_no_label_is_headed_by_its_caption(tmp_path: Path) -> None:
    form = form_text("items: [{name: t, type: table, caption: خدمات دستگاه, columns: [{name: a, type: text}]}]")
    library = sound_specs(tmp_path, form, report_text("x/a"))
    assert "# خدمات دستگاه\n" in form_file(library.forms["x/a"], library.forms)
    assert "# t\n" not in form_file(library.forms["x/a"], library.forms)
