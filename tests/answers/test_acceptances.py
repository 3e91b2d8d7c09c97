"""``accepted.yaml``: what is written reads back, what stood there stays, and broken entries are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.answers import read_accepted, tidy, with_added
from assembler.base.persian import control_character, normalise
from assembler.base.problems import Place
from assembler.model.acceptances import Acceptance, place_text, read_place
from tests.building import codes

ONE = Acceptance("constraint", Place(form="x/a", item="t", row=2, column="b"), "دلیل", "0123456789ab")
ENTRY = "- {code: rule, place: x/a, why: چون, evidence: ba9876543210}"
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
FORMS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,5}/[a-z0-9][a-z0-9_-]{0,5}", fullmatch=True) | st.just("case")
PLACES = st.builds(
    lambda form, item, row, column: Place(form=form, item=item, row=row, column=column),
    st.none() | FORMS,
    st.none() | NAMES,
    st.none() | st.integers(1, 99999),
    st.none() | NAMES,
)
# Captions come from specs, whose texts are normalised and free of control characters.
CAPTIONS = (st.text("آب ۱.:«»a[]\n'\"#-", min_size=1) | st.text(min_size=1)).map(normalise)
PLACES |= st.builds(
    lambda caption: Place(item=caption), CAPTIONS.filter(lambda text: bool(text) and control_character(text) is None)
)
WHYS = st.text().map(tidy).filter(bool)
ACCEPTANCES = st.builds(
    Acceptance,
    st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True),
    PLACES,
    WHYS,
    st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
)


def read_text(folder: Path, text: str) -> tuple[list[tuple[object, ...]], list[tuple[str, int | None]]]:
    (folder / "accepted.yaml").write_bytes(text.encode())
    found, problems = read_accepted(folder)
    told = [(one.code, one.place, one.why, one.evidence) for one in found]
    return told, [(one.code, one.place.line) for one in problems]


def plain(*entries: Acceptance) -> list[tuple[object, ...]]:
    return [(one.code, one.place, one.why, one.evidence) for one in entries]


@given(PLACES)
def test_a_place_reads_back(place: Place) -> None:
    assert read_place(place_text(place)) == place


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("f", 3, "tehran-1399/08", "scores", 5, "self_score"), "tehran-1399/08.scores:5.self_score"),
        (Place(form="case", item="agency"), "case.agency"),
        (Place(form="x/a"), "x/a"),
        (Place(form="x/a", item="t", row=3), "x/a.t:3"),
        (Place(form="x/a", item="t", column="b"), "x/a.t:.b"),
        (Place("f", 3), ""),
        (Place(item="جدول شماره ۴: خدمات"), ".«جدول شماره ۴: خدمات»"),
    ],
)
def test_a_place_as_text(place: Place, text: str) -> None:
    assert place_text(place) == text


@pytest.mark.parametrize("text", ["x/a t", "x/a.t:b", "x/a.t:2.b.c", "a:1:2"])
def test_what_is_no_place(text: str) -> None:
    assert read_place(text) is None


def test_a_row_may_be_typed_in_persian_digits() -> None:
    assert read_place(" x/a.t:۱۲.b ") == Place(form="x/a", item="t", row=12, column="b")


@given(st.lists(ACCEPTANCES, min_size=1, max_size=3), st.lists(ACCEPTANCES, min_size=1, max_size=2))
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, first: list[Acceptance], then: list[Acceptance]
) -> None:
    once = with_added("", first)
    assert once is not None
    twice = with_added(once, then)
    assert twice is not None
    assert twice.startswith(once)
    assert read_text(tmp_path_factory.mktemp("case"), twice) == (plain(*first, *then), [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# یادداشت\n",
        "[]",
        "[] # هیچ\n",
        f"# سرآغاز\n\n{ENTRY}  # پس از آن\n# پایان",
        f"{ENTRY}\n\n\n",
        f"{ENTRY}\r\n# پایان\r\n",
        f"  {ENTRY}\n",
        "- code: rule\n  place: x/a\n  why: |\n    چون\n  evidence: ba9876543210",
        "[{code: rule, place: x/a, why: چون, evidence: ba9876543210}, # یکی\n]\n",
        "\ufeff" + ENTRY,
    ],
)
def test_what_stood_there_stays(tmp_path: Path, text: str) -> None:
    before, problems = read_text(tmp_path, text)
    assert problems == []
    added = with_added(text, [ONE])
    assert added is not None
    assert read_text(tmp_path, added) == ([*before, *plain(ONE)], [])
    assert added.startswith(text.partition("]")[0].rstrip())
    assert text.partition("#")[2].rstrip("]\n") in added


@pytest.mark.parametrize("text", ["--- []\n--- []\n", "a: b\n", "- {code: x}\n", "{"])
def test_nothing_is_added_to_what_cannot_be_read(text: str) -> None:
    assert with_added(text, [ONE]) is None


def test_no_file_is_no_acceptance(tmp_path: Path) -> None:
    assert read_accepted(tmp_path) == ((), ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code: x", ("acceptance-broken", 1)),
        (f"{ENTRY}\n- text", ("acceptance-broken", 2)),
        (f"{ENTRY}\n- {{code: x, place: y, evidence: z}}", ("acceptance-broken", 2)),
        (f"{ENTRY}\n- {{code: x, place: y, why: '  ', evidence: z}}", ("acceptance-broken", 2)),
        (f"{ENTRY}\n- code: x\n  place: a b\n  why: y\n  evidence: z", ("acceptance-broken", 3)),
        (f"{ENTRY}\n- code: x\n  place: y\n  why: z\n  evidence: z\n  who: me", ("acceptance-broken", 6)),
        (f"{ENTRY}\n- code: x\n  place: y\n  why: [z]\n  evidence: z", ("acceptance-broken", 4)),
        (f'{ENTRY}\n- code: x\n  place: y\n  why: "\\a"\n  evidence: z', ("control-character", 4)),
    ],
)
def test_broken_entries_are_told_with_their_line(tmp_path: Path, text: str, problem: tuple[str, int]) -> None:
    found, problems = read_text(tmp_path, text)
    assert problems == [problem]
    assert len(found) == (ENTRY in text)


def test_broken_yaml(tmp_path: Path) -> None:
    assert codes(read_accepted(tmp_path)[1]) == []
    assert read_text(tmp_path, "- {")[1][0][0] == "yaml-broken"


@pytest.mark.parametrize(
    ("why", "kept"), [("  یک\n\tدو ", "یک دو"), ("می\u200cشود", "می\u200cشود"), ("\x00\ud800", "")]
)
def test_a_reason_is_kept_on_one_line(why: str, kept: str) -> None:
    assert tidy(why) == kept
