"""What texts say of the packet and of the case before: annexes counted, changes told, the parts of a document ID."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import Problem
from assembler.evaluate import PreviousForms
from assembler.model.packet import Packet, Paragraph, plain
from assembler.packet import assemble
from tests.building import World, codes, form_text, read_specs, report_text, write_case

FORM = form_text(
    """\
    items:
      - {name: number, type: text, label: شماره نامه}
      - {name: day, type: date}
      - {name: guid, type: text}
      - {name: total, type: integer}
      - {name: kind, type: select_one kinds}
      - {name: paper, type: file}
      - {name: photo, type: file}
    choices: {kinds: [{name: k, label: کاغذی}]}
    """
)
LETTER = """\
  - letter: letter
    title: نامه
    template: letterhead
    fields: {attachment: "{{ packet.annexes }} برگ"}
    content:
      - {paragraph: "پیوست‌ها {{ packet.annexes }}"}
      - {paragraph: "از {{ previous('x/a').total }} {{ previous('x/a').kind }} به {{ form('x/a').total }}"}
      - {paragraph: "تغییر {{ form('x/a').total - previous('x/a').total }}", when: filled(previous('x/a').total)}
    document_id:
      number: "{{ form('x/a').number }}"
      time: "{{ form('x/a').day }} 10:20"
      guid: "{{ form('x/a').guid }}"
      signer: رئیس
      national_id: "14000"
      when: case.agency != 'none'
"""
BODY = "  - {body: body, title: متن, template: body, when: case.agency != 'alone'}\n"
REST = "  - {evidence: papers, title: پیوست, files: [x/a.paper, x/a.photo]}\n"
ANSWERS = "form: x/a\nnumber: ۱۴۰۵/د/۰۱۲۳\nday: 1405/03/10\nguid: 3f25-04\ntotal: 1200\n"


def packet(
    folder: Path, answers: str = ANSWERS, case: str = "agency: x\n", parts: str = LETTER + BODY + REST
) -> tuple[Packet, tuple[Problem, ...], World]:
    report = report_text("x/a", parts=parts)
    write_case(folder / "old", "form: x/a\ntotal: 1000\nkind: k\n")
    for name in ("a.pdf", "b.pdf"):
        (folder / "case" / "attachments").mkdir(parents=True, exist_ok=True)
        (folder / "case" / "attachments" / name).write_bytes(b"%PDF-")
    world = World(folder, [FORM], [answers], report=report, case=f"report: r\n{case}")
    before = PreviousForms(world.case, world.report, world.library)
    return *assemble("case", world.report, world.forms, before)[:2], world


def lines(found: Packet) -> list[str]:
    return [plain(block.text) for block in found.part("letter").blocks if isinstance(block, Paragraph)]


# ---------------------------------------------------------------- annexes and changes


@pytest.mark.parametrize(
    ("answers", "case", "count"),
    [
        (ANSWERS, "agency: x\n", "۱"),
        (ANSWERS + "paper: a.pdf\n", "agency: x\n", "۲"),
        (ANSWERS + "paper: a.pdf\nphoto: b.pdf\n", "agency: x\n", "۳"),
        (ANSWERS + "paper: a.pdf\nphoto: a.pdf\n", "agency: x\n", "۲"),  # one file, cited twice
        (ANSWERS + "paper: a.pdf\n", "agency: alone\n", "۱"),
        (ANSWERS, "agency: alone\n", "۰"),
    ],
)
def test_annexes_are_counted(tmp_path: Path, answers: str, case: str, count: str) -> None:
    found, _, _ = packet(tmp_path, answers, case)
    assert found.part("letter").fields["attachment"] == f"{count} برگ"
    assert lines(found)[0] == f"پیوست‌ها {count}"


def test_the_change_since_the_case_before(tmp_path: Path) -> None:
    found, _, _ = packet(tmp_path, case="agency: x\nprevious: ../old\n")
    assert lines(found)[1:] == ["از ۱٬۰۰۰ کاغذی به ۱٬۲۰۰", "تغییر ۲۰۰"]


def test_without_a_case_before_nothing_is_said_of_it(tmp_path: Path) -> None:
    found, problems, _ = packet(tmp_path)
    assert lines(found)[1:] == ["از   به ۱٬۲۰۰"]
    assert problems == ()


@pytest.mark.parametrize(
    "parts",
    [
        BODY.replace("case.agency != 'alone'", "packet.annexes > 1"),
        LETTER.replace("packet.annexes", "packet.sheets", 1),
        LETTER.replace("when: case.agency != 'none'", "when: packet.annexes > 1"),
        "  - {body: body, title: متن, template: body, content: [{paragraph: '{{ packet.annexes }}'}]}\n",
    ],
)
def test_the_packet_is_named_in_letters_and_texts_of_parts_only(tmp_path: Path, parts: str) -> None:
    _, problems = read_specs(tmp_path, FORM, report_text("x/a", parts=parts))
    assert set(codes(problems)) <= {"unknown-form", "expression-unknown-name"}
    assert problems


# ---------------------------------------------------------------- document IDs


def test_a_document_id_joins_six_parts(tmp_path: Path) -> None:
    found, problems, _ = packet(tmp_path)
    code = found.part("letter").document_id
    assert code is not None
    assert code.content == "۱۴۰۵/د/۰۱۲۳|۱۴۰۵/۰۳/۱۰ 10:20|3f25-04|رئیس||14000"
    assert (code.number, problems) == ("۱۴۰۵/د/۰۱۲۳", ())


def test_the_separator_is_data(tmp_path: Path) -> None:
    found, _, _ = packet(
        tmp_path, parts=LETTER.replace("    document_id:\n", "    document_id:\n      separator: ';;'\n")
    )
    code = found.part("letter").document_id
    assert code is not None
    assert code.content.split(";;")[3:] == ["رئیس", "", "14000"]


@pytest.mark.parametrize(
    ("answers", "case"), [(ANSWERS.replace("number: ۱۴۰۵/د/۰۱۲۳\n", ""), "agency: x\n"), (ANSWERS, "agency: none\n")]
)
def test_there_is_none_without_a_number_or_where_it_is_not_asked_for(tmp_path: Path, answers: str, case: str) -> None:
    found, problems, _ = packet(tmp_path, answers, case)
    assert (found.part("letter").document_id, problems) == (None, ())


@pytest.mark.parametrize(("length", "told"), [(20, []), (21, ["document-number-long"])])
def test_a_number_has_twenty_characters_at_most(tmp_path: Path, length: int, told: list[str]) -> None:
    _, problems, _ = packet(tmp_path, ANSWERS.replace("۱۴۰۵/د/۰۱۲۳", "۱" * length))
    assert codes(problems) == told
    for found in problems:
        assert (found.place.item, found.place.line) == ("number", 2)


def test_a_part_must_not_hold_the_separator(tmp_path: Path) -> None:
    _, (found,), _ = packet(tmp_path, ANSWERS.replace("3f25-04", "3f25|04"))
    assert (found.code, found.place.item) == ("document-id-separator", "guid")


@pytest.mark.parametrize(("length", "told"), [(300, []), (400, ["document-id-long"])])
def test_a_code_must_stay_readable(tmp_path: Path, length: int, told: list[str]) -> None:
    _, problems, _ = packet(tmp_path, ANSWERS.replace("3f25-04", "f" * length))
    assert codes(problems) == told


def test_only_a_letter_has_one(tmp_path: Path) -> None:
    parts = "  - {body: body, title: متن, template: body, document_id: {number: x}}\n"
    _, problems = read_specs(tmp_path, FORM, report_text("x/a", parts=parts))
    assert codes(problems) == ["unknown-key"]
