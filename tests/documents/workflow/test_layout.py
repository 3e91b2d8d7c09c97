"""Workflow diagrams: nothing overlaps or is cut, arrows keep clear of boxes, the same bytes, every word in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from assembler.documents.workflow.drawing import draw_workflow, in_words, measure
from assembler.documents.workflow.layout import is_turned, lay_out, one_size
from assembler.documents.workflow.routes import Edge, find_routes
from assembler.documents.workflow.shapes import Box, Drawing, Label
from assembler.documents.workflow.wrapping import wrap
from assembler.model.packet import Heading, PageBreak, StepKind, WorkflowBlock, WorkflowStep
from tests.documents.conftest import PLAIN, Make, all_text, body_of, text
from tests.documents.test_ooxml import assert_valid

WIDTH, HEIGHT = 16.0, 21.4
_NEAR = 1e-6
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom
Segment = tuple[tuple[float, float], tuple[float, float]]
Branches = tuple[tuple[str, str], ...]


def step(number: str, kind: StepKind, actor: str, action: str, document: str = "", *ways: str) -> WorkflowStep:
    """A step whose ways are «3» or «yes: 3»."""
    parted = (way.rpartition(": ") for way in ways)
    return WorkflowStep(number, kind, actor, action, document, tuple((word, to) for word, _, to in parted))


LOOP = (
    step("۱", "start", "متقاضی", "ثبت درخواست", "فرم ۱", "۲"),
    step("۲", "action", "کارشناس", "بررسی مدارک", "", "۳"),
    step("۳", "decision", "کارشناس", "مدارک کامل است؟", "", "بلی: ۵", "خیر: ۴"),
    step("۴", "action", "متقاضی", "تکمیل مدارک", "", "۲"),
    step("۵", "decision", "مدیر", "تأیید می‌شود؟", "", "بلی: ۶", "خیر: ۲", "ارجاع: ۱"),
    step("۶", "document", "دبیرخانه", "صدور مجوز", "مجوز", "۷"),
    step("۷", "end", "متقاضی", "پایان"),
)
LONG = "بررسی دقیق درخواست از نظر انطباق با آیین‌نامه اجرایی و دستورالعمل‌های ابلاغی "


def process(count: int, actors: int, words: str = "بررسی پرونده و ثبت در سامانه") -> tuple[WorkflowStep, ...]:
    """Steps that go from actor to actor, every fourth a decision that leads back or far on."""
    kinds: list[StepKind] = ["action", "decision", "document", "action"]
    found = []
    for at in range(1, count + 1):
        kind: StepKind = "start" if at == 1 else "end" if at == count else kinds[at % 4]
        far = str((at * 7) % count + 1)
        ways = [f"بلی: {at + 1}", f"خیر: {far}"] if kind == "decision" else [str(at + 1)]
        actor = f"واحد {(at * 5) % actors + 1}"
        found.append(step(str(at), kind, actor, words, "نامه" if at % 3 else "", *(ways if at < count else [])))
    return tuple(found)


@st.composite
def any_process(draw: st.DrawFn) -> tuple[WorkflowStep, ...]:
    count = draw(st.integers(1, 14))
    actors = st.sampled_from([f"واحد {at}" for at in range(draw(st.integers(1, 6)))])
    words = st.sampled_from(["بلی", "خیر", "", "در صورت تأیید کمیته", "x" * 40])
    texts = st.sampled_from(["بررسی", "ثبت در سامانه", LONG, LONG * 3, "", "می‌شود " * 200, "ی" * 300])
    kinds = st.sampled_from(["start", "action", "decision", "document", "end"])
    ways = st.lists(st.tuples(words, st.integers(1, count).map(str)), max_size=4)
    papers = st.sampled_from(["", "", "فرم", LONG])
    return tuple(
        WorkflowStep(str(at), draw(kinds), draw(actors), draw(texts), draw(papers), tuple(draw(ways)))
        for at in range(1, count + 1)
    )


# ---------------------------------------------------------------- geometry


def field(box: Box) -> Rectangle:
    return box.left, box.top, box.right, box.bottom


def label_field(label: Label) -> Rectangle:
    return label.left, label.top, label.left + label.width, label.top + label.height


def overlap(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > _NEAR and min(one[3], other[3]) - max(one[1], other[1]) > _NEAR


def inside(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner[0] >= outer[0] - _NEAR
        and inner[1] >= outer[1] - _NEAR
        and inner[2] <= outer[2] + _NEAR
        and inner[3] <= outer[3] + _NEAR
    )


def stretch(segment: Segment) -> Rectangle:
    (x, y), (other_x, other_y) = segment
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def runs_through(segment: Segment, area: Rectangle) -> bool:
    line = stretch(segment)
    return (
        line[0] < area[2] - _NEAR
        and line[2] > area[0] + _NEAR
        and line[1] < area[3] - _NEAR
        and line[3] > area[1] + _NEAR
    )


def lie_on_each_other(one: Segment, other: Segment) -> bool:
    """Whether two lines of the same direction have more than a point in common."""
    a, b = stretch(one), stretch(other)
    for axis in (0, 1):
        level = abs(a[axis] - a[axis + 2]) < _NEAR and abs(b[axis] - b[axis + 2]) < _NEAR
        if level and abs(a[axis] - b[axis]) < _NEAR:
            return min(a[3 - axis], b[3 - axis]) - max(a[1 - axis], b[1 - axis]) > _NEAR
    return False


def check(drawing: Drawing) -> None:
    check_boxes(drawing)
    check_arrows(drawing)
    check_words(drawing)


def check_boxes(drawing: Drawing) -> None:
    page = (0.0, 0.0, drawing.width, drawing.height)
    for box in drawing.boxes:
        lane = drawing.lanes[box.lane]
        assert inside(field(box), (lane.left, drawing.header, lane.left + lane.width, drawing.height))
        check_text(box)
    for label in (*drawing.numbers, *(lane.name for lane in drawing.lanes)):
        assert inside(label_field(label), page)
    assert not any(overlap(field(one), field(other)) for one, other in combinations(drawing.boxes, 2))


def check_text(box: Box) -> None:
    """The corners of the text are within the outline, and the document is below the body."""
    left, top, right, bottom = label_field(box.text)
    assert inside(label_field(box.text), (box.left, box.top, box.right, box.top + box.body))
    for line in (top, bottom):
        assert left >= box.edge("left", line) - _NEAR
        assert right <= box.edge("right", line) + _NEAR
    if box.document:
        assert inside(label_field(box.document), (box.left, box.top + box.body, box.right, box.bottom))


def check_arrows(drawing: Drawing) -> None:
    page = (0.0, drawing.header, drawing.width, drawing.height)
    for arrow in drawing.arrows:
        lines = list(pairwise(arrow.points))
        for at, line in enumerate(lines):
            assert inside(stretch(line), page)
            assert abs(line[0][0] - line[1][0]) < _NEAR or abs(line[0][1] - line[1][1]) < _NEAR
            for place, box in enumerate(drawing.boxes):
                own = (place == arrow.start and at == 0) or (place == arrow.end and at == len(lines) - 1)
                assert own or not runs_through(line, field(box)), (arrow, box)
        check_ends(drawing.boxes[arrow.start], arrow.points[0], arrow.points[1])
        check_ends(drawing.boxes[arrow.end], arrow.points[-1], arrow.points[-2])
    for one, other in combinations(drawing.arrows, 2):
        if one.end != other.end:
            pairs = ((a, b) for a in pairwise(one.points) for b in pairwise(other.points))
            assert not any(lie_on_each_other(a, b) for a, b in pairs), (one, other)


def check_ends(box: Box, touch: tuple[float, float], beyond: tuple[float, float]) -> None:
    """The end of a line touches its box and comes from outside."""
    x, y = touch
    if abs(beyond[0] - x) < _NEAR:
        assert x == pytest.approx(box.centre)
        assert beyond[1] < box.top + _NEAR if y <= box.top + _NEAR else beyond[1] > y
    else:
        side = "right" if beyond[0] > x else "left"
        assert x == pytest.approx(box.edge(side, y))
        assert box.top < y < box.top + box.body


def check_words(drawing: Drawing) -> None:
    labels = [arrow.word for arrow in drawing.arrows if arrow.word]
    lines = [line for arrow in drawing.arrows for line in pairwise(arrow.points)]
    for label in labels:
        area = label_field(label)
        assert inside(area, (0.0, drawing.header, drawing.width, drawing.height))
        near = [box for box in drawing.boxes if overlap(area, field(box))]
        assert not any(overlap(area, outline) for box in near for outline in outlines(box)), label
        assert not any(runs_through(line, area) for line in lines), label
    assert not any(overlap(label_field(one), label_field(other)) for one, other in combinations(labels, 2))


def outlines(box: Box) -> Iterator[Rectangle]:
    """The outline of a box in slices, narrower where its sides slant."""
    count = 400
    for at in range(count):
        top, bottom = box.top + box.body * at / count, box.top + box.body * (at + 1) / count
        near = top if abs(top - box.middle) < abs(bottom - box.middle) else bottom
        yield box.edge("left", near), top, box.edge("right", near), bottom
    yield box.left, box.top + box.body, box.right, box.bottom


def rough(words: str) -> float:
    """A measure without a font."""
    return 0.45 * len(words)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(any_process())
def test_nothing_overlaps_in_any_process(steps: tuple[WorkflowStep, ...]) -> None:
    pages = lay_out(steps, WIDTH, HEIGHT, rough)
    for page in pages:
        check(page)
    assert [each for page in pages for each in page.steps] == list(steps)
    assert all(page.height * page.unit <= HEIGHT for page in pages)


@pytest.mark.parametrize(("count", "actors"), [(1, 1), (8, 1), (12, 3), (25, 6), (25, 2), (60, 5), (30, 25)])
def test_processes_of_every_size(count: int, actors: int) -> None:
    for words in ("بررسی", LONG):
        for page in lay_out(process(count, actors, words), WIDTH, HEIGHT, measure()):
            check(page)


def test_lines_are_no_wider_than_their_fields() -> None:
    width = measure()
    for page in lay_out((*LOOP, *process(5, 3, LONG)), WIDTH, HEIGHT, width):
        texts = [box.text for box in page.boxes] + [box.document for box in page.boxes if box.document]
        words = [arrow.word for arrow in page.arrows if arrow.word]
        for label in (*texts, *words, *page.numbers, *(lane.name for lane in page.lanes)):
            assert max(map(width, label.lines)) * label.scale <= label.width + _NEAR


def test_lanes_go_from_right_to_left_and_steps_downwards() -> None:
    (page,) = lay_out(LOOP, WIDTH, HEIGHT, rough)
    assert ["\n".join(lane.name.lines) for lane in page.lanes] == ["متقاضی", "کارشناس", "مدیر", "دبیرخانه"]
    assert sorted((lane.left for lane in page.lanes), reverse=True) == [lane.left for lane in page.lanes]
    assert [one.bottom < other.top for one, other in pairwise(page.boxes)] == [True] * 6
    assert page.numbers[1].left > page.lanes[0].left + page.lanes[0].width - _NEAR


def test_arrows_go_where_the_steps_say() -> None:
    (page,) = lay_out(LOOP, WIDTH, HEIGHT, rough)
    found = [
        (arrow.start + 1, arrow.end + 1, " ".join(arrow.word.lines) if arrow.word else "") for arrow in page.arrows
    ]
    assert found == [
        (1, 2, ""), (2, 3, ""), (3, 5, "بلی"), (3, 4, "خیر"), (4, 2, ""), (5, 6, "بلی"), (5, 2, "خیر"), (5, 1, "ارجاع"),
        (6, 7, ""),
    ]  # fmt: skip


def test_all_processes_of_a_document_have_letters_of_one_size() -> None:
    processes = (LOOP, process(12, 3), process(25, 6, LONG))
    alone = {lay_out(steps, WIDTH, HEIGHT, rough)[0].size for steps in processes}
    size = one_size(processes, WIDTH, HEIGHT, rough)
    together = {page.size for steps in processes for page in lay_out(steps, WIDTH, HEIGHT, rough, size)}
    assert len(alone) > 1
    assert together == {size}
    assert one_size((), WIDTH, HEIGHT, rough) == 0


def test_a_long_process_goes_on_in_another_picture() -> None:
    pages = lay_out(process(25, 3), WIDTH, HEIGHT, rough)
    assert len(pages) > 1
    assert all(page.size >= 9 for page in pages)
    links = [" ".join(box.text.lines) for page in pages for box in page.boxes if box.kind == "link"]
    first = len(pages[0].steps)
    assert f"به گام {first + 1}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in links
    assert any(link.startswith("از گام") for link in links)


def test_pictures_are_full_but_the_last_one() -> None:
    """So that something finds room below it; few steps do not stand alone."""
    for count in range(16, 40):
        pages = lay_out(process(count, 3), WIDTH, HEIGHT, rough)
        assert all(len(page.steps) >= 3 for page in pages)
        assert max(page.height for page in pages) <= pages[0].height * 1.25
    uneven = [lay_out(process(count, 3), WIDTH, HEIGHT, rough) for count in range(16, 40)]
    assert any(pages[-1].height < 0.6 * pages[0].height for pages in uneven)


def test_routes_are_straight_where_they_can_be() -> None:
    assert [route.leave for route in find_routes((0, 0, 1), (Edge(0, 1), Edge(1, 2)))] == ["bottom", "left"]
    (over,) = find_routes((0, 0, 0), (Edge(0, 2),))
    assert over.gutter is not None  # the box between stands in the way


def test_a_decision_has_a_side_for_each_branch() -> None:
    routes = find_routes((0, 1, 0, 2), (Edge(1, 2, "a"), Edge(1, 3, "b"), Edge(1, 0, "c")))
    assert len({route.leave for route in routes}) == 3


# ---------------------------------------------------------------- text


def test_text_is_wrapped_between_words() -> None:
    assert wrap("یک دو سه", 7, len, 9) == (("یک دو", "سه"), True)
    assert wrap("یک\nدو", 70, len, 9) == (("یک", "دو"), True)
    assert wrap("", 70, len, 9) == ((), True)


def test_what_is_too_long_ends_in_dots() -> None:
    assert wrap("یک دو سه چهار", 5, len, 2) == (("یک دو", "سه…"), False)
    lines, whole = wrap("x" * 10_000, 20, len, 5)
    assert ([len(line) for line in lines], whole) == ([20] * 5, False)


def test_a_word_too_wide_is_cut_at_its_joiner() -> None:
    assert wrap("دستورالعمل‌های", 11, len, 9) == (("دستورالعمل", "های"), True)


def test_words_tell_the_whole_process() -> None:
    told = in_words(LOOP, LOOP)
    for each in LOOP:
        assert each.actor in told
        assert each.action in told
        assert each.document in told
    assert "گام ۳ (تصمیم)، کارشناس: مدارک کامل است؟؛ بلی: گام ۵؛ خیر: گام ۴." in told
    assert "گام ۱ (شروع)، متقاضی: ثبت درخواست؛ سند: فرم ۱؛ سپس گام ۲." in told


# ---------------------------------------------------------------- pictures and documents


def block(steps: Sequence[WorkflowStep] = LOOP, anchor: str = "flow") -> WorkflowBlock:
    return WorkflowBlock(anchor, text("شکل شماره ۱- فرایند"), tuple(steps), notes=(text("یادداشت"),))


def test_pictures_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        draw_workflow(block(process(25, 4)), tmp_path / f"{name}.png", PLAIN)
    for number in ("", "-2"):
        assert (tmp_path / f"a{number}.png").read_bytes() == (tmp_path / f"b{number}.png").read_bytes()


HOSTILE = ["$x$ و $\\frac{1}{2}$", "$", "\\alpha \\", "<w:p>", "&amp;]]>", "{{ x }} {% if %}", "a\nb\tc", "{}%_^~#", ""]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_texts_are_drawn_as_they_are(make: Make, words: str) -> None:
    steps = (step("۱", "start", words, words, words, f"{words}: ۲"), step("۲", "decision", "ب", words))
    out = make(block(steps))
    assert_valid(out)
    (properties,) = body_of(out).iter(qn("wp:docPr"))
    assert words.replace("\t", " ").strip() in properties.get("descr").replace("\t", " ")


@pytest.mark.parametrize("words", ["می‌شود " * 1_430, "x" * 10_000, "۱" * 10_000])
def test_very_long_texts_stand_whole_in_the_document(make: Make, words: str) -> None:
    out = make(block((step("۱", "start", "الف", words, "", "۲"), step("۲", "end", "ب", "پایان"))))
    assert words.strip() in body_of(out).find(f".//{qn('wp:docPr')}").get("descr")
    assert words.strip() in all_text(out)  # as a note below the picture, which shows its beginning
    assert_valid(out)


def test_a_diagram_in_a_document(make: Make, tmp_path: Path) -> None:
    out = make(Heading("فرایندها", 1, "۱", "chapter"), PageBreak(), block())
    assert_valid(out)
    body = body_of(out)
    (properties,) = body.iter(qn("wp:docPr"))
    assert properties.get("descr") == f"شکل شماره ۱- فرایند: {in_words(LOOP, LOOP)}"
    assert "flow" in [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert "شکل شماره ۱- فرایند\nیادداشت" in all_text(out)
    (file,) = (tmp_path / "charts").rglob("workflow.png")
    with Image.open(file) as picture:
        extent = next(body.iter(qn("wp:extent")))
        assert int(extent.get("cx")) == WIDTH * 360_000
        shape = int(extent.get("cy")) / int(extent.get("cx"))
        assert shape == pytest.approx(picture.height / picture.width, rel=0.01)


def test_a_long_diagram_in_a_document(make: Make) -> None:
    steps = process(25, 4)
    out = make(block(steps))
    assert_valid(out)
    document = docx.Document(str(out))
    descriptions = [one.get("descr") for one in body_of(out).iter(qn("wp:docPr"))]
    assert len(descriptions) == len(document.inline_shapes) > 1
    assert all(shape.height <= 22 * 360_000 for shape in document.inline_shapes)
    assert (
        sum(
            f"گام {number}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in " ".join(descriptions)
            for number in range(1, 26)
        )
        == 25
    )
    captions = [one.text for one in document.paragraphs if one.style.name.lower() == "caption"]
    assert captions == ["شکل شماره ۱- فرایند"] + ["شکل شماره ۱- فرایند (ادامه)"] * (len(descriptions) - 1)
    assert [mark.get(qn("w:name")) for mark in body_of(out).iter(qn("w:bookmarkStart"))].count("flow") == 1


def test_a_long_process_of_many_lanes_is_folded_into_pictures_of_few() -> None:
    """Each shows the lanes that act in it, in the order of the whole; arrows to others end in links."""
    for count, actors in ((9, 6), (14, 7), (24, 9)):
        steps = process(count, actors)
        assert not is_turned(steps)
        pages = lay_out(steps, WIDTH, HEIGHT, rough)
        assert [one for page in pages for one in page.steps] == list(steps)
        order = list(dict.fromkeys(one.actor for one in steps))
        for page in pages:
            shown = [" ".join(lane.name.lines) for lane in page.lanes]
            assert len(shown) <= 5
            assert shown == [one for one in order if one in shown]
            assert {one.actor for one in page.steps} <= set(shown)
            assert page.size >= 9
            assert not page.broken


def test_many_lanes_stand_on_a_turned_page_in_letters_of_the_usual_size(make: Make) -> None:
    out = make(Heading("فرایند", 2, "۱", "wide"), block(process(6, 8)), block(anchor="other"))
    assert_valid(out)
    body = body_of(out)
    widths = [int(one.get("cx")) / 360_000 for one in body.iter(qn("wp:extent"))]
    turns = [one.find(qn("w:pgSz")).get(qn("w:orient"), "portrait") for one in body.iter(qn("w:sectPr"))]
    assert widths[-1] == WIDTH
    assert {round(width) for width in widths[:-1]} == {25}
    assert turns == ["landscape", "portrait"]
    assert all(page.size >= 9.5 and not page.cut for page in lay_out(process(6, 8), 25.1, 14, measure(), 10))


def test_a_process_without_steps(make: Make) -> None:
    out = make(block(()))
    assert "گامی ثبت نشده است" in all_text(out)
    assert_valid(out)


def test_two_builds_are_the_same_bytes(make: Make) -> None:
    assert make(block(), name="a.docx").read_bytes() == make(block(), name="b.docx").read_bytes()
