"""Answers changed in the text of their file: what is meant changes, every other line stays to the letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.answers import edited, form_to_yaml, same_answer
from assembler.answers.reader import FormReader
from assembler.base.problems import NOWHERE, AssemblerError, Place
from assembler.base.yamlfile import MappingNode, parse
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Attachment, Prose, ProseEntry, ProseList, Value
from assembler.model.specs import FormSpec
from tests.answers.test_reader import FORM
from tests.answers.test_writer import ROWS, SCORES, VALUES, answers
from tests.building import report_text, sound_specs

HOSTILE = (
    "<w:p>", "{{ 7*7 }}", "a & b", "# no comment", "key: value", "- خط", "'یک' \"دو\"", "یک\nدو\n\nسه", "می‌شود",
    "\u200f۱-۲\u200e", "x" * 100_000, "یک: دو، " * 15_000 + "سه", "yes", "null", "~", "12:30", "1399-12-05", "007",
    "[a, b]", "{a: b}", "*a", "&a b", "!x", "%x", "@x", "`x", "|", ">", "?", "-", "a:", "a #b", "...", "---", "😀",
)  # fmt: skip
PLAIN = """\
# سربرگ
form: x/a

# عنوان   با  فاصله
text: یک   # یادداشت کنار
number:   12
points: [یک, دو]   # دو تا
lines: |  # سرخط
  الف
  ب

real: '7.5'
t:   # جدول
  # بند نخست
  - title: اول  # مهم
    n: 1
  # بند دوم

  - {title: دوم, n: 2}   # فشرده
  - group: {no: الف, title: دسته}
  - n: ۳
# پایان جدول
scores:
  # نخست
  first: {score: 3}
  second:
    score:    # هنوز
plain: [{title: a}, {title: b}]
# پایان
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editing")
    (folder / "site.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> FormSpec:
    return sound_specs(tmp_path_factory.mktemp("specs"), FORM, report_text("x/a")).forms["x/a"]


def read(text: str, spec: FormSpec, folder: Path = Path()) -> AnsweredForm:
    node, problems = parse(text.removeprefix("\ufeff"), Place())
    assert problems == ()
    assert isinstance(node, MappingNode)
    reader = FormReader(folder)
    form = reader.form(node, spec, Place(file="x.yaml", form=spec.id), besides=("form",))
    assert [found.message for found in reader.values.problems] == []
    return form


def with_value(form: AnsweredForm, name: str, value: Value) -> AnsweredForm:
    return replace(form, values={**form.values, name: Answer(value)})


def with_cell(form: AnsweredForm, table: str, row: int, column: str, value: Value) -> AnsweredForm:
    rows = list(form.tables[table])
    rows[row] = replace(rows[row], cells={**rows[row].cells, column: Answer(value)})
    return replace(form, tables={**form.tables, table: tuple(rows)})


def with_rows(form: AnsweredForm, table: str, *rows: AnsweredRow) -> AnsweredForm:
    return replace(form, tables={**form.tables, table: rows})


def row(**cells: Value) -> AnsweredRow:
    return AnsweredRow(answers(cells), NOWHERE)


def check(text: str, after: AnsweredForm, spec: FormSpec, folder: Path = Path()) -> str:
    new = edited(text, spec, read(text, spec, folder), after)
    assert all(same_answer(item, read(new, spec, folder), after) for item in spec.items)
    return new


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """The lines that differ in texts with as many lines."""
    pairs = list(zip(lines_of(old), lines_of(new), strict=True))
    return [(one.strip(), other.strip()) for one, other in pairs if one != other]


# ---------------------------------------------------------------- one change, one line


@pytest.mark.parametrize(
    ("name", "value", "old", "new"),
    [
        ("text", "سه", "text: یک   # یادداشت کنار", "text: سه   # یادداشت کنار"),
        ("text", None, "text: یک   # یادداشت کنار", "text:   # یادداشت کنار"),
        ("number", 13, "number:   12", "number:   13"),
        ("points", ("یک", "سه"), "points: [یک, دو]   # دو تا", "points: [یک, سه]   # دو تا"),
        ("real", 8, "real: '7.5'", "real: 8"),
    ],
)
def test_a_value_changes_in_its_line(spec: FormSpec, name: str, value: Value, old: str, new: str) -> None:
    found = check(PLAIN, with_value(read(PLAIN, spec), name, value), spec)
    assert changes(PLAIN, found) == [(old, new)]


@pytest.mark.parametrize(
    ("table", "at", "column", "value", "old", "new"),
    [
        ("t", 0, "title", "دیگر", "- title: اول  # مهم", "- title: دیگر  # مهم"),
        ("t", 1, "n", 22, "- {title: دوم, n: 2}   # فشرده", "- {title: دوم, n: 22}   # فشرده"),
        ("t", 1, "n", None, "- {title: دوم, n: 2}   # فشرده", "- {title: دوم, n: }   # فشرده"),
        ("t", 2, "title", "گروه", "- group: {no: الف, title: دسته}", "- group: {no: الف, title: گروه}"),
        ("scores", 1, "score", 9, "score:    # هنوز", "score: 9    # هنوز"),
        ("scores", 0, "score", 4, "first: {score: 3}", "first: {score: 4}"),
        ("plain", 1, "title", "c", "plain: [{title: a}, {title: b}]", "plain: [{title: a}, {title: c}]"),
    ],
)
def test_a_cell_changes_in_its_cell(
    spec: FormSpec, table: str, at: int, column: str, value: Value, old: str, new: str
) -> None:
    found = check(PLAIN, with_cell(read(PLAIN, spec), table, at, column, value), spec)
    assert changes(PLAIN, found) == [(old, new)]


def test_a_block_of_lines_keeps_the_comment_of_its_head(spec: FormSpec) -> None:
    new = check(PLAIN, with_value(read(PLAIN, spec), "lines", "ج\nد\nه"), spec)
    assert new == PLAIN.replace("lines: |  # سرخط\n  الف\n  ب\n", "lines: |-  # سرخط\n  ج\n  د\n  ه\n")


def test_a_new_answer_stands_behind_the_one_before_it_in_the_form(spec: FormSpec) -> None:
    new = check(PLAIN, with_value(read(PLAIN, spec), "have", "yes"), spec)
    assert new == PLAIN.replace("real: '7.5'\n", "real: '7.5'\nhave: yes\n")


def test_a_new_cell_stands_in_its_row(spec: FormSpec) -> None:
    new = check(PLAIN, with_cell(read(PLAIN, spec), "t", 3, "title", "چهار"), spec)
    assert new == PLAIN.replace("  - n: ۳\n", "  - n: ۳\n    title: چهار\n")


def test_rows_are_added_deleted_and_moved_with_their_comments(spec: FormSpec) -> None:
    form = read(PLAIN, spec)
    one, two, band, last = form.tables["t"]
    added = check(PLAIN, with_rows(form, "t", one, two, band, last, row(title="پنج", n=5)), spec)
    assert added == PLAIN.replace("  - n: ۳\n", "  - n: ۳\n  - title: پنج\n    n: 5\n")
    deleted = check(PLAIN, with_rows(form, "t", one, band, last), spec)
    assert deleted == PLAIN.replace("  # بند دوم\n\n  - {title: دوم, n: 2}   # فشرده\n", "")
    moved = check(PLAIN, with_rows(form, "t", two, one, band, last), spec)
    first, second = PLAIN.index("  # بند نخست"), PLAIN.index("  # بند دوم")
    third = PLAIN.index("  - group")
    assert moved == PLAIN[:first] + PLAIN[second:third] + PLAIN[first:second] + PLAIN[third:]
    without = check(PLAIN, with_rows(form, "t"), spec)
    assert without.startswith(PLAIN[: PLAIN.index("t:   # جدول")] + "t:   # جدول\n")
    assert without.endswith(PLAIN[PLAIN.index("# پایان جدول") :])


def test_rows_of_one_line_are_added_and_deleted(spec: FormSpec) -> None:
    form = read(PLAIN, spec)
    a, b = form.tables["plain"]
    assert "plain: [{title: a}, {title: b}, {title: c}]\n" in check(
        PLAIN, with_rows(form, "plain", a, b, row(title="c")), spec
    )
    assert "plain: [{title: b}]\n" in check(PLAIN, with_rows(form, "plain", b), spec)


def test_rows_without_places_are_known_by_what_they_say(spec: FormSpec) -> None:
    form = read(PLAIN, spec)
    bare = [replace(each, place=NOWHERE) for each in form.tables["t"]]
    bare[1] = replace(bare[1], cells=answers({"title": "دوم", "n": 20}))
    new = check(PLAIN, with_rows(form, "t", *bare), spec)
    assert changes(PLAIN, new) == [("- {title: دوم, n: 2}   # فشرده", "- {title: دوم, n: 20}   # فشرده")]


def test_what_cannot_be_read_stays(spec: FormSpec) -> None:
    text = "form: x/a\nnumber: سه\ntypo: 1\nt:\n  - هیچ\n  - {title: a}\n  - {title: b}\ntext: x\n"
    node, _ = parse(text, Place())
    assert isinstance(node, MappingNode)
    before = FormReader(Path()).form(node, spec, NOWHERE, besides=("form",))
    after = with_rows(with_value(before, "text", "y"), "t", before.tables["t"][1])
    assert edited(text, spec, before, after) == text.replace("  - {title: a}\n", "").replace("text: x", "text: y")


def test_entries_of_a_list_that_stay_keep_their_comments(spec: FormSpec) -> None:
    text = "form: x/a\npoints:\n  # یکم\n  - یک  # ۱\n  - 'دو'  # ۲\n  # سوم\n  - سه\n# z\n"
    new = check(text, with_value(read(text, spec), "points", ("یک", "سه", "چهار")), spec)
    assert new == text.replace("  - 'دو'  # ۲\n", "").replace("  - سه\n", "  - سه\n  - چهار\n")


# ---------------------------------------------------------------- ways a file is written


@pytest.mark.parametrize("text", ["form: x/a\ntext: 'یک'\n", "\ufeffform: x/a\r\n# x\r\ntext: 'یک'\r\nnumber: 1\r\n"])
def test_quotes_marks_and_line_ends_stay(spec: FormSpec, text: str) -> None:
    assert check(text, with_value(read(text, spec), "text", "دو: سه"), spec) == text.replace("یک", "دو: سه")


def test_new_lines_end_as_the_others_do(spec: FormSpec) -> None:
    text = "form: x/a\r\nt:\r\n  - title: a\r\n"
    form = read(text, spec)
    after = with_value(with_rows(form, "t", *form.tables["t"], row(title="b", n=2)), "lines", "یک\nدو")
    new = check(text, after, spec)
    assert new.count("\n") == new.count("\r\n") == 8


@pytest.mark.parametrize(
    "text",
    [
        "", "# تنها\n", "{form: x/a, text: a}\n", "{form: x/a}", "form: x/a", "---\nform: x/a\ntext: a\n...\n",
        "form: x/a\ntext:\n  a\n", "form: x/a\ntext: >-\n  a\n\n\nnumber: 1\n", "form: x/a\ntext: &x a\nlines: *x\n",
        "form: x/a\n? text\n: a\n", 'form: x/a\n"text": "a\n  b"  # c\nnumber: 1\n', "form: x/a\ntext: !!str a\n",
        "form: x/a\ntext: ~   # blank\n", "form: x/a\ntext:\t a\n", "form: x/a\nt:\n- title: a\n- \n  n: 3\n",
        "form: x/a\nt: &t\n  - &r {title: a}\n  - *r\n", "form: x/a\nt:\n  -   title: a\n      n: 2\n  # z",
        "form: x/a\nlines:\n  - a\n  - b  # c\nnumber: 2\n", "form: x/a\npoints:  # k\n  # l\n  - a\n",
        "text: a\rnumber: 2\r",
        "form: x/a\nscores: {first: {score: 1}}\n", "form: x/a\nscores:\n  first:\n  # c\n",
        "form: x/a\nt: []\nscores: {}\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["z", "یک: دو", "یک\nدو\n# سه", None, "x " * 200 + "x"])
def test_every_way_of_writing_can_be_changed(spec: FormSpec, text: str, value: str | None) -> None:
    form = read(text, spec)
    check(text, with_value(form, "text", value), spec)
    check(text, with_value(form, "lines", value), spec)
    check(text, with_rows(form, "t", *form.tables.get("t", ()), row(title=value, n=7)), spec)
    check(text, with_rows(form, "t", *form.tables.get("t", ())[1:]), spec)
    if form.tables.get("t"):
        check(text, with_cell(form, "t", 0, "title", value), spec)
    check(text, with_rows(form, "scores", AnsweredRow(answers({"score": 5}), NOWHERE, name="second")), spec)
    story = Prose(("بند", ProseList("numbered", (ProseEntry("یک", (ProseList("dashed", (ProseEntry("دو"),)),)),))))
    check(text, with_value(form, "story", story), spec)


# ---------------------------------------------------------------- hostile values


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value[:12]))
@pytest.mark.parametrize(
    "text", [PLAIN, "form: x/a\ntext: 'a'\nt: [{title: b}]\n", 'text: "a" # c\nt:\n- title: >-\n    b\n']
)
def test_hostile_texts_are_written_so_that_they_read_back(spec: FormSpec, text: str, value: str) -> None:
    form = read(text, spec)
    check(text, with_cell(with_value(form, "text", value), "t", 0, "title", value), spec)
    check(text, with_rows(form, "t", row(title=value), *form.tables["t"]), spec)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a\x00b", "control-character"),
        ("\x1b[0m", "control-character"),
        ("\ufffe", "control-character"),
        ("ي", "answers-unwritable"),
        (" x", "answers-unwritable"),
        ("x" * 200_001, "text-too-long"),
    ],
)
def test_what_no_file_can_hold_is_refused(spec: FormSpec, value: str, code: str) -> None:
    form = read(PLAIN, spec)
    with pytest.raises(AssemblerError) as refusal:
        edited(PLAIN, spec, form, with_value(form, "text", value))
    assert [(found.code, found.place.item) for found in refusal.value.problems] == [(code, "text")]
    with pytest.raises(AssemblerError) as refusal:
        edited(PLAIN, spec, form, with_cell(form, "t", 1, "title", value))
    assert {found.place.item for found in refusal.value.problems} == {"t"}


def test_calculated_and_printed_cells_are_refused_as_the_reader_does(spec: FormSpec) -> None:
    form = read(PLAIN, spec)
    for after, code in (
        (with_value(form, "double", 4), "calculated-cell"),
        (with_cell(form, "t", 0, "no", 4), "calculated-cell"),
        (with_cell(form, "scores", 0, "what", "x"), "printed-cell"),
    ):
        with pytest.raises(AssemblerError) as refusal:
            edited(PLAIN, spec, form, after)
        assert [found.code for found in refusal.value.problems] == [code]


def test_a_broken_text_is_refused(spec: FormSpec) -> None:
    form = read(PLAIN, spec)
    with pytest.raises(AssemblerError) as refusal:
        edited("text: [", spec, form, with_value(form, "text", "x"))
    assert refusal.value.problems[0].code == "yaml-broken"


# ---------------------------------------------------------------- carried answers


CARRIED = dedent("""\
    form: x/a
    # از پیش
    carried:
      from-case: پیشین
      text: 11111111  # یک
      number: 22222222
    text: یک
    number: 2
""")


def test_a_changed_answer_is_confirmed(spec: FormSpec) -> None:
    form = read(CARRIED, spec)
    new = check(CARRIED, with_value(form, "text", "دو"), spec)
    assert new == CARRIED.replace("  text: 11111111  # یک\n", "").replace("text: یک", "text: دو")


def test_an_answer_is_confirmed_as_it_stands(spec: FormSpec) -> None:
    form = read(CARRIED, spec)
    assert form.carried
    kept = {name: each for name, each in form.carried.fingerprints.items() if name != "number"}
    after = replace(form, carried=replace(form.carried, fingerprints=kept))
    assert check(CARRIED, after, spec) == CARRIED.replace("  number: 22222222\n", "")


def test_a_list_of_carried_answers_in_brackets(spec: FormSpec) -> None:
    text = "form: x/a\ncarried: {text: a1, from-case: b, number: a2}\ntext: یک\nnumber: 2\n"
    form = read(text, spec)
    one = with_value(form, "text", "x")
    assert check(text, one, spec) == "form: x/a\ncarried: {from-case: b, number: a2}\ntext: x\nnumber: 2\n"
    assert check(text, with_value(one, "number", 3), spec) == "form: x/a\ntext: x\nnumber: 3\n"


# ---------------------------------------------------------------- any form, any change

CHANGES = st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name]))
FORMS = st.tuples(st.fixed_dictionaries({}, optional=VALUES), ROWS, SCORES)
Drawn = tuple[dict[str, Value], list[tuple[bool, dict[str, Value], dict[str, Value]]], dict[str, dict[str, Value]]]


def made(drawn: Drawn, folder: Path) -> AnsweredForm:
    values, rows, scores = drawn
    if values.get("photo"):
        values = {**values, "photo": Attachment("site.jpg", (folder / "site.jpg").resolve())}
    listed = tuple(AnsweredRow(answers(band if group else cells), NOWHERE, group) for group, cells, band in rows)
    printed = tuple(AnsweredRow(answers(cells), NOWHERE, name=name) for name, cells in scores.items())
    return AnsweredForm("x/a", answers(values), {"t": listed, "scores": printed})


def commented(text: str, comments: Mapping[int, str]) -> str:
    """A text with comments between its lines, where it has no blocks of lines a comment would become part of."""
    if re.search(r"[|>][-+0-9]*$|['\"]", text, re.MULTILINE):
        return text
    lines = text.splitlines(keepends=True)
    return "".join(
        f"# {comments[at]}\n{line}" if at in comments and line[0] not in " -" else line for at, line in enumerate(lines)
    )


@settings(max_examples=120, deadline=None)
@given(FORMS, FORMS, st.dictionaries(st.integers(0, 12), st.sampled_from(["یادداشت", "a: b", "- c"]), max_size=4))
def test_any_form_becomes_any_other(
    folder: Path, spec: FormSpec, old: Drawn, new: Drawn, comments: dict[int, str]
) -> None:
    text = commented(form_to_yaml(made(old, folder), spec), comments)
    check(text, made(new, folder), spec, folder)


@settings(max_examples=120, deadline=None)
@given(FORMS, CHANGES, st.booleans())
def test_one_answer_changes_nothing_else(
    folder: Path, spec: FormSpec, old: Drawn, change: tuple[str, Value], windows: bool
) -> None:
    name, value = change
    text = commented(form_to_yaml(made(old, folder), spec), dict.fromkeys(range(0, 40, 3), "یادداشت"))
    text = text.replace("\n", "\r\n") if windows else text
    before, other = read(text, spec, folder), made(({name: value}, [], {}), folder)
    found = check(text, replace(before, values={**before.values, **other.values}), spec, folder)
    kept = block(text, name)
    assert found.startswith(kept[0])
    assert found.endswith(kept[1])


def block(text: str, name: str) -> tuple[str, str]:
    """What stands before an answer and what stands behind it, from the next key or comment on."""
    lines = [line if line.endswith("\n") else line + "\n" for line in text.split("\n")[:-1]]
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{name}:")), None)
    if start is None:
        return "", ""
    ends = (at for at in range(start + 1, len(lines)) if lines[at][:1] not in (" ", "\r", "\n"))
    end = next(ends, len(lines))
    return "".join(lines[:start]), "".join(lines[end:])


@settings(max_examples=60, deadline=None)
@given(FORMS)
def test_no_change_gives_the_same_text(folder: Path, spec: FormSpec, drawn: Drawn) -> None:
    text = "# x\r\n" + form_to_yaml(made(drawn, folder), spec)
    assert edited(text, spec, read(text, spec, folder), made(drawn, folder)) is text


NAMES = [f"ردیف {number}" for number in range(6)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(NAMES) | st.none(), max_size=8, unique_by=lambda name: name or object()), st.booleans())
def test_rows_that_stay_keep_their_lines(spec: FormSpec, order: list[str | None], placed: bool) -> None:
    """Any choice of the rows in any order, with new ones between them."""
    lines = {name: f"  # درباره {name}\n  - title: '{name}'   # یاد\n    n:  {at}\n" for at, name in enumerate(NAMES)}
    text = "form: x/a\nt:\n" + "".join(lines.values()) + "# پایان\nnumber: 3\n"
    form = read(text, spec)
    rows = {str(each.cells["title"].value): each for each in form.tables["t"]}
    rows = rows if placed else {name: replace(each, place=NOWHERE) for name, each in rows.items()}
    chosen = [row(title="تازه") if name is None else rows[name] for name in order]
    new = check(text, with_rows(form, "t", *chosen), spec)
    assert new.startswith("form: x/a\nt:\n")
    assert new.endswith("# پایان\nnumber: 3\n")
    assert all(lines[name] in new for name in order if name is not None)
