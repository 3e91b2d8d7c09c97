"""What changed between two states: exactly the edits are found, and what they touch in the packet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.problems import NOWHERE
from assembler.model.answers import Attachment, Prose, ProseEntry, ProseList, Value
from assembler.model.changes import Change, shortened
from assembler.model.filled import FilledCell, FilledForm, FilledItem, FilledRow
from assembler.model.packet import FigureBlock, GridBlock, GridCell, Heading, Packet, Paragraph, Part, Signer, Span
from assembler.model.specs import Choice, Column, Expression, FormSpec, Item, Source
from assembler.model.tables import FooterRow
from assembler.packet.corrections import corrections_part
from assembler.records import PartRecord, Receipt
from assembler.views.changes import changes, touched
from assembler.views.changes.cells import OTHER_CONTENT

Forms = Mapping[str, FilledForm]
Row = tuple[str | None, int | None]

TABLE = Item(
    "services",
    "table",
    label="خدمات",
    columns=(
        Column("no", "integer", label="ردیف", calculation=Expression("position")),
        Column("name", "text", label="نام"),
        Column("count", "integer", label="تعداد"),
    ),
    footer=(FooterRow("جمع", cells={"count": Expression("total(services, 'count')")}),),
)


def row(number: int, name: str | None, count: int | None, *, group: bool = False, printed: str = "") -> FilledRow:
    cells = {"no": FilledCell(number, computed=True), "name": FilledCell(name), "count": FilledCell(count)}
    return FilledRow(cells, NOWHERE, group, printed)


def table(*rows: Row) -> FilledItem:
    filled = tuple(row(number, *each) for number, each in enumerate(rows, start=1))
    return FilledItem(TABLE, rows=filled, footer=({"count": sum(count or 0 for _, count in rows)},))


def forms(*items: FilledItem, name: str = "demo/visit") -> Forms:
    spec = FormSpec(name, "بازدید", Source("demo"), tuple(item.spec for item in items))
    return {name: FilledForm(spec, {item.spec.name: item for item in items}, True)}


def single(value: Value, **options: Any) -> FilledItem:
    return FilledItem(Item(**{"name": "answer", "type": "text", "label": "پاسخ"} | options), value)


def told(before: Forms, after: Forms) -> list[tuple[str, int | None, str, str, str]]:
    """What changed but the footer: the kind of change, the row, the column, old and new."""
    return [
        (one.what, one.row, one.column, one.old, one.new)
        for one in changes(before, after)
        if not (one.kind == "calculated" and one.row_name == "جمع")
    ]


# ---------------------------------------------------------------- single answers


def test_a_changed_answer_is_told_as_people_read_it() -> None:
    (found,) = changes(forms(single(1200, type="integer", unit="نفر")), forms(single(1300, type="integer", unit="نفر")))
    assert (found.form, found.item, found.title, found.label) == ("demo/visit", "answer", "بازدید", "پاسخ")
    assert (found.old, found.new, found.kind) == ("۱٬۲۰۰ نفر", "۱٬۳۰۰ نفر", "entered")


def test_a_calculated_value_is_told_as_such() -> None:
    items = [single(value, type="calculate", calculation=Expression("1")) for value in (1, 2)]
    assert [found.kind for found in changes(forms(items[0]), forms(items[1]))] == ["calculated"]


def test_choices_read_as_their_labels() -> None:
    choice = {"type": "select_one", "choices": (Choice("y", "بله"), Choice("n", "خیر")), "appearance": ("boxes",)}
    (found,) = changes(forms(single("y", **choice)), forms(single("n", **choice)))
    assert (found.old, found.new) == ("بله", "خیر")


def test_narratives_are_compared_to_the_last_entry_of_their_lists() -> None:
    def prose(last: str) -> Prose:
        return Prose(("آغاز", ProseList("numbered", (ProseEntry("یک", (ProseList("dashed", (ProseEntry(last),)),)),))))

    (found,) = changes(forms(single(prose("دو"))), forms(single(prose("سه"))))
    assert (found.old, found.new) == ("آغاز\n۱- یک\n- دو", "آغاز\n۱- یک\n- سه")


def test_what_prints_the_same_is_no_change() -> None:
    assert changes(forms(single(12, type="integer")), forms(single(12, type="integer"))) == ()
    assert changes(forms(single(None, blank="ندارد")), forms(single("ندارد", blank="ندارد"))) == ()


def test_files_are_compared_by_their_content() -> None:
    one, other = (single(Attachment("a.pdf", Path(folder) / "a.pdf"), type="file") for folder in ("x", "y"))
    assert changes(forms(one), forms(other), lambda path: "same") == ()
    (found,) = changes(forms(one), forms(other), lambda path: str(path.parent))
    assert (found.old, found.new) == ("a.pdf", f"a.pdf {OTHER_CONTENT}")


def test_the_fields_of_the_case_are_a_form_like_others() -> None:
    (found,) = changes(forms(single("الف"), name="case"), forms(single("ب"), name="case"))
    assert found.title == "مشخصات پرونده"


def test_a_form_on_one_side_only_is_told_whole() -> None:
    assert [found.new for found in changes({}, forms(single("الف")))] == ["الف"]
    assert [found.old for found in changes(forms(single("الف")), {})] == ["الف"]


# ---------------------------------------------------------------- rows


def test_an_inserted_row_changes_no_other() -> None:
    before = forms(table(("الف", 1), ("ب", 2), ("پ", 3)))
    after = forms(table(("تازه", 9), ("الف", 1), ("ب", 2), ("پ", 3)))
    assert told(before, after) == [("added", 1, "", "", "نام: تازه؛ تعداد: ۹")]


def test_a_deleted_row_is_told_by_the_number_it_had() -> None:
    before, after = forms(table(("الف", 1), ("ب", 2), ("پ", 3))), forms(table(("الف", 1), ("پ", 3)))
    assert told(before, after) == [("deleted", 2, "", "نام: ب؛ تعداد: ۲", "")]


def test_a_moved_row_is_one_change() -> None:
    before = forms(table(("الف", 1), ("ب", 2), ("پ", 3), ("ت", 4)))
    after = forms(table(("ب", 2), ("پ", 3), ("ت", 4), ("الف", 1)))
    assert told(before, after) == [("moved", 4, "", "ردیف ۱", "ردیف ۴")]


def test_a_renamed_row_is_the_same_row() -> None:
    before, after = forms(table(("الف", 1), ("ب", 2))), forms(table(("الف", 1), ("باء", 2)))
    assert told(before, after) == [("changed", 2, "name", "ب", "باء")]


def test_rows_of_one_name_are_told_apart_by_their_cells() -> None:
    before = forms(table(("الف", 1), ("الف", 2), ("الف", 3)))
    after = forms(table(("الف", 1), ("الف", 3)))
    assert told(before, after) == [("deleted", 2, "", "نام: الف؛ تعداد: ۲", "")]


def test_the_only_cell_of_a_row_changes_in_its_place() -> None:
    assert told(forms(table(("الف", None))), forms(table(("ب", None)))) == [("changed", 1, "name", "الف", "ب")]


def test_printed_rows_go_by_their_names() -> None:
    def printed(*cells: tuple[str, int]) -> Forms:
        rows = tuple(row(at, "متن", count, printed=name) for at, (name, count) in enumerate(cells, start=1))
        return forms(FilledItem(TABLE, rows=rows))

    assert told(printed(("a", 1), ("b", 2)), printed(("a", 2), ("b", 2))) == [("changed", 1, "count", "۱", "۲")]


def test_the_place_is_told_in_words() -> None:
    (cell, footer) = changes(forms(table(("الف", 1))), forms(table(("الف", 2))))
    assert cell.label == "خدمات، ردیف ۱ («الف»)، ستون «تعداد»"
    assert (cell.row_name, cell.column_label, cell.item_label, cell.was) == ("الف", "تعداد", "خدمات", 1)
    assert (footer.label, footer.old, footer.new, footer.kind) == ("خدمات، «جمع»، ستون «تعداد»", "۱", "۲", "calculated")


NAMES = st.lists(st.integers(0, 40), unique=True, max_size=9)


@given(names=NAMES, data=st.data())
def test_random_edits_are_found_exactly(names: list[int], data: st.DataObject) -> None:
    """Rows have names and counts of their own, so that each edit can be told in one way only."""
    rows = [(f"خدمت {number}", number) for number in names]
    gone = data.draw(st.sets(st.sampled_from(rows)) if rows else st.just(set()))
    stay = [each for each in rows if each not in gone]
    other = data.draw(st.sets(st.sampled_from(stay)) if stay else st.just(set()))
    after: list[Row] = [(name, count + 1000) if (name, count) in other else (name, count) for name, count in stay]
    new = [(f"تازه {number}", 5000 + number) for number in data.draw(NAMES)]
    for each in new:
        after.insert(data.draw(st.integers(0, len(after))), each)
    found = changes(forms(table(*rows)), forms(table(*after)))
    by_what: dict[str, set[str]] = {"added": set(), "deleted": set(), "changed": set(), "moved": set()}
    for one in found:
        if one.kind == "entered":
            by_what[one.what].add(one.row_name)
            assert one.column == ("count" if one.what == "changed" else "")
    assert by_what == {
        "added": {name for name, _ in new},
        "deleted": {name for name, _ in gone},
        "changed": {name for name, _ in other},
        "moved": set(),
    }
    assert len([one for one in found if one.kind == "entered"]) == len(new) + len(gone) + len(other)


@given(names=NAMES, order=st.randoms(use_true_random=False))
def test_moving_one_row_moves_one_row(names: list[int], order: Any) -> None:
    rows: list[Row] = [(f"خدمت {number}", number) for number in names]
    moved = list(rows)
    if rows:
        moved.insert(order.randrange(len(rows)), moved.pop(order.randrange(len(rows))))
    found = told(forms(table(*rows)), forms(table(*moved)))
    assert [one[0] for one in found] == (["moved"] if moved != rows else [])


@given(rows=st.lists(st.tuples(st.sampled_from(["الف", "ب", None]), st.one_of(st.none(), st.integers(0, 3)))))
def test_no_edit_is_no_change(rows: list[Row]) -> None:
    assert changes(forms(table(*rows)), forms(table(*rows))) == ()


@given(
    left=st.lists(st.tuples(st.sampled_from(["الف", "ب", None]), st.integers(0, 3)), max_size=7),
    right=st.lists(st.tuples(st.sampled_from(["الف", "ب", None]), st.integers(0, 3)), max_size=7),
)
def test_rows_alike_are_counted_right(left: list[Row], right: list[Row]) -> None:
    """Whatever is taken for the same row: as many rows come and go as there are more and less."""
    found = [one[0] for one in told(forms(table(*left)), forms(table(*right)))]
    assert found.count("added") - found.count("deleted") == len(right) - len(left)
    assert bool(found) == (left != right)


def test_many_rows_do_not_take_long() -> None:
    before: list[Row] = [(f"خدمت {number}", number) for number in range(4000)]
    after: list[Row] = [(f"خدمتی {number}", number + 9000) for number in range(4000)]
    assert len(told(forms(table(*before)), forms(table(*after)))) == 8000


# ---------------------------------------------------------------- what is touched


def grid(name: str, caption: str, text: str) -> GridBlock:
    cell = GridCell(((Span(text),),))
    return GridBlock(f"table_{caption}", (Span(caption),), (1.0,), (), ((cell,),), origins=(f"demo.{name}",))


def letter(name: str, text: str, attachment: str = "دارد", **fields: str) -> Part:
    values = MappingProxyType({"number": "۱", "date": "۱۴۰۰/۰۱/۰۱", "attachment": attachment, **fields})
    signer = Signer(f"{name}-head", "الف. نمونه", "رئیس")
    return Part("letter", name, f"نامه {name}", "letterhead", values, (Paragraph((Span(text),)),), signer)


def packet(*parts: Part) -> Packet:
    return Packet("demo", "گزارش", "اداره", parts)


def body(*blocks: Any, name: str = "report") -> Part:
    return Part("body", name, f"بخش {name}", "body", blocks=blocks)


def signed(before: Packet, after: Packet) -> list[tuple[str, str]]:
    return [(each.letter, each.because) for each in touched(before, after).signatures]


def test_equal_packets_touch_nothing() -> None:
    one = packet(letter("cover", "متن"), body(grid("a", "جدول ۱- الف", "۱")))
    found = touched(one, one)
    assert not found.anything
    assert (found.blocks, found.parts, found.letters, found.signatures) == ((), (), (), ())


def test_a_changed_table_touches_its_part_and_the_covering_letter() -> None:
    before = packet(letter("cover", "متن"), body(grid("a", "جدول ۱- الف", "۱"), grid("b", "جدول ۲- ب", "۲")))
    after = packet(letter("cover", "متن"), body(grid("a", "جدول ۱- الف", "۱"), grid("b", "جدول ۲- ب", "۳")))
    found = touched(before, after)
    assert [(one.kind, one.caption, one.part, one.what) for one in found.blocks] == [
        ("table", "جدول ۲- ب", "report", "changed")
    ]
    assert [part.name for part in found.parts] == ["report"]
    assert found.letters == ()
    assert signed(before, after) == [("cover", "annexes")]


def test_number_and_date_alone_need_no_new_signature() -> None:
    annex = body(grid("a", "جدول ۱- الف", "۱"))
    before = packet(letter("cover", "متن"), annex)
    assert signed(before, packet(letter("cover", "متن", number="۲", date="۱۴۰۰/۰۲/۰۱"), annex)) == []
    assert signed(before, packet(letter("cover", "متن", subject="موضوع"), annex)) == [("cover", "letter")]
    assert signed(before, packet(letter("cover", "متن دیگر"), annex)) == [("cover", "letter")]


def test_a_letter_without_annexes_is_not_signed_for_them() -> None:
    before = packet(letter("cover", "متن"), letter("other", "متن", "ندارد"), body(grid("a", "جدول ۱- الف", "۱")))
    after = packet(letter("cover", "متن"), letter("other", "متن", "ندارد"), body(grid("a", "جدول ۱- الف", "۲")))
    assert signed(before, after) == [("cover", "annexes")]


def test_letters_that_count_as_many_annexes_are_signed_for_them() -> None:
    letters = [
        letter("one", "متن", "۲ پیوست"),
        letter("two", "متن", "۲ پیوست"),
        letter("own", "متن", "یک نسخه محرمانه"),
    ]
    before = packet(*letters, body(grid("a", "جدول ۱- الف", "۱")))
    after = packet(*letters, body(grid("a", "جدول ۱- الف", "۲")))
    assert signed(before, after) == [("one", "annexes"), ("two", "annexes")]


def test_another_letter_is_no_annex() -> None:
    before = packet(letter("cover", "متن"), letter("other", "متن", "ندارد"), body())
    after = packet(letter("cover", "متن"), letter("other", "متن دیگر", "ندارد"), body())
    assert signed(before, after) == [("other", "letter")]


def test_an_annex_that_is_gone_is_a_change() -> None:
    both = packet(letter("cover", "متن"), body(grid("a", "جدول ۱- الف", "۱")), body(name="annex"))
    one = packet(letter("cover", "متن"), body(grid("a", "جدول ۱- الف", "۱")))
    assert signed(both, one) == [("cover", "annexes")]
    assert [(part.name, part.what) for part in touched(both, one).parts] == [("annex", "deleted")]
    assert [(part.name, part.what) for part in touched(one, both).parts] == [("annex", "added")]


def test_a_table_in_front_only_moves_the_numbers_of_the_rest() -> None:
    before = packet(body(grid("b", "جدول ۱- ب", "۲")))
    after = packet(body(grid("a", "جدول ۱- الف", "۱"), grid("b", "جدول ۲- ب", "۲")))
    assert [(one.caption, one.what) for one in touched(before, after).blocks] == [
        ("جدول ۱- الف", "added"),
        ("جدول ۲- ب", "renumbered"),
    ]


def test_anchors_are_not_printed() -> None:
    one = Paragraph((Span("جدول ۱", "table_1"),))
    assert not touched(packet(body(one)), packet(body(Paragraph((Span("جدول ۱", "table_2"),))))).anything


def test_a_text_is_told_by_its_heading() -> None:
    def page(text: str) -> Packet:
        return packet(body(Heading("فصل یک", 1, "۱", "s1"), Paragraph((Span(text),)), Heading("فصل دو", 1, "۲", "s2")))

    (found,) = touched(page("الف"), page("ب")).blocks
    assert (found.kind, found.caption) == ("text", "فصل یک")


def test_the_picture_of_a_touched_letter_is_touched() -> None:
    def report(text: str) -> Packet:
        shown = FigureBlock("figure_1", (Span("شکل ۱- نامه"),), part="other")
        return packet(replace(letter("other", text), placed=True), body(shown))

    found = touched(report("الف"), report("ب"))
    assert [part.name for part in found.parts] == ["other", "report"]
    assert ("figure", "شکل ۱- نامه") in [(one.kind, one.caption) for one in found.blocks]


def test_evidence_is_compared_by_content() -> None:
    def evidence(folder: str) -> Packet:
        file = Attachment("a.pdf", Path(folder) / "a.pdf", "مستند ۱")
        return packet(letter("cover", "متن"), Part("evidence", "evidence", "مستندات", files=(file,)))

    same = touched(evidence("x"), evidence("y"), content=lambda path: "same")
    other = touched(evidence("x"), evidence("y"), content=lambda path: str(path.parent))
    assert not same.anything
    assert [(one.kind, one.caption) for one in other.blocks] == [("file", "مستند ۱ (a.pdf)")]
    assert [each.because for each in other.signatures] == ["annexes"]


def receipt(pages: Mapping[str, int], first: int) -> Receipt:
    part = PartRecord("report", "گزارش", "body", "", "", 3, first, first + 2)
    return Receipt("demo", "demo", "", False, "", {}, {}, "", "demo.pdf", "", 9, (part,), item_pages=pages)


def test_pages_are_those_of_the_last_known_receipt() -> None:
    before, after = (packet(body(grid("a", "جدول ۱- الف", text))) for text in "۱۲")
    change = Change("demo", "a", 1, "", "", "۱", "۲", "entered")
    found = touched(before, after, [change], issued=receipt({"demo.a": 4, "demo.b": 9}, 2))
    assert (found.pages, found.blocks[0].page) == ({"demo.a": 4}, 4)
    assert (found.parts[0].first_page, found.parts[0].last_page) == (2, 4)
    later = touched(before, after, [change], issued=receipt({"demo.a": 4}, 2), built=receipt({"demo.a": 5}, 3))
    assert (later.pages, later.parts[0].first_page) == ({"demo.a": 5}, 3)


# ---------------------------------------------------------------- the sheet


def texts(part: Part) -> list[str]:
    cells = [cell for block in part.blocks if isinstance(block, GridBlock) for row in block.body for cell in row]
    return ["".join(span.text for line in cell.lines for span in line) for cell in cells]


def sheet(found: Sequence[Change]) -> list[str]:
    return texts(corrections_part(found, touched(packet(), packet(), found)))


def test_the_sheet_tells_what_stood_there_and_what_stands_there() -> None:
    found = changes(forms(table(("الف", 1))), forms(table(("الف", 2))))
    assert sheet(found) == [
        "بازدید",
        "۱",
        "خدمات، ردیف ۱ («الف»)، ستون «تعداد»",
        "۱",
        "۲",
        "۲",
        "خدمات، «جمع»، ستون «تعداد»",
        "۱",
        "۲",
    ]


def test_a_sheet_without_changes_says_so() -> None:
    part = corrections_part((), touched(packet(), packet()))
    assert any(
        "تغییر نکرده" in span.text for block in part.blocks if isinstance(block, Paragraph) for span in block.text
    )


@given(
    start=st.text("ابپ ", max_size=900),
    end=st.text("ابپ ", max_size=900),
    old=st.text("تث\n", max_size=900),
    new=st.text("جچ\n", max_size=900),
)
def test_long_texts_are_cut_to_where_they_differ(start: str, end: str, old: str, new: str) -> None:
    first, second = shortened(start + old + end, start + new + end, 200)
    assert len(first) <= 200
    assert len(second) <= 200
    assert "\n" not in first + second
    if (old.strip() or new.strip()) and old.split() != new.split():
        assert first != second


@pytest.mark.parametrize("at", [0, 50_000, 99_999])
def test_one_letter_in_a_hundred_thousand_is_shown(at: int) -> None:
    text = "متن " * 25_000
    first, second = shortened(text, f"{text[:at]}ژ{text[at + 1 :]}", 420)
    assert "ژ" in second
    assert "ژ" not in first
    assert len(second) <= 420
