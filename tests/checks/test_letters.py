"""Letters that lack what they cannot do without, and those the secretariat has not registered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks.letters import check_letter_parts
from tests.building import World, codes, form_text, report_text

FORM = form_text(
    """\
    items:
      - {name: number, type: text}
      - {name: date, type: date}
      - {name: attachment, type: text}
      - {name: to, type: text}
      - {name: subject, type: text}
      - {name: who, type: text, required: true}
      - {name: body, type: narrative}
    """
)
# Parts begin on line 7.
LETTER = """\
  - letter: ask
    title: نامه درخواست
    template: letterhead
    form: x/a
    signer: head
    fields:
      addressee: "{{ form('x/a').to }}"
"""
SIGNER = "signers: [{key: head, name: '{{ form(\"x/a\").who }}', post: ''}]\n"
NUMBERED = "number: ۱۲۳\ndate: 1399/12/05\nattachment: ندارد\n"
WHOLE = f"{NUMBERED}to: جناب آقای رضایی\nsubject: درخواست\nwho: احمدی\nbody: [متن]\n"
PRINTED = frozenset({"addressee", "addressee_post", "subject", "body", "signer_name", "signer_post"})


def letters(
    folder: Path,
    answers: str,
    parts: str = LETTER,
    printed: Mapping[str, frozenset[str] | None] | None = None,
) -> list[Problem]:
    report = report_text("x/a", parts=parts, more=SIGNER if "signer: head" in parts else "")
    world = World(folder, [FORM], ["form: x/a\n" + answers] if answers else [], report=report)
    templates = {"letterhead": PRINTED} if printed is None else printed
    return list(check_letter_parts(world.packet()[0], world.report, world.forms, templates))


def test_a_whole_letter(tmp_path: Path) -> None:
    assert letters(tmp_path, WHOLE) == []


def test_a_letter_without_date_and_attachment(tmp_path: Path) -> None:
    (found,) = letters(tmp_path, WHOLE.replace("date: 1399/12/05\nattachment: ندارد\n", ""))
    assert (found.code, found.severity, found.place.item) == (
        "letter-incomplete",
        Severity.INFORMATION,
        "نامه درخواست",
    )
    assert found.arguments["fields"] == "تاریخ، پیوست"


@pytest.mark.parametrize(
    ("answer", "code", "severity", "item"),
    [
        ("to: جناب آقای رضایی\n", "letter-no-addressee", Severity.ERROR, "to"),
        ("subject: درخواست\n", "letter-no-subject", Severity.WARNING, "subject"),
        ("body: [متن]\n", "letter-no-text", Severity.ERROR, "body"),
    ],
)
def test_a_blank_part_is_told_at_the_answer_it_would_print(
    tmp_path: Path, answer: str, code: str, severity: Severity, item: str
) -> None:
    (found,) = letters(tmp_path, WHOLE.replace(answer, ""))
    assert (found.code, found.severity) == (code, severity)
    assert (found.place.form, found.place.item) == ("x/a", item)
    assert (found.place.file or "").endswith("answers/0.yaml")
    assert "نامه درخواست" in found.message


def test_the_post_alone_addresses_a_letter(tmp_path: Path) -> None:
    parts = LETTER + "      addressee_post: رئیس محترم سازمان\n"
    assert letters(tmp_path, WHOLE.replace("to: جناب آقای رضایی\n", ""), parts) == []


def test_a_required_answer_is_told_once(tmp_path: Path) -> None:
    assert letters(tmp_path / "signer", WHOLE.replace("who: احمدی\n", "")) == []
    parts = LETTER.replace("    signer: head\n", "") + "      signer_name: \"{{ form('x/a').who }}\"\n"
    assert letters(tmp_path / "field", WHOLE.replace("who: احمدی\n", ""), parts) == []


def test_what_no_answer_prints_is_told_at_the_report(tmp_path: Path) -> None:
    parts = LETTER.replace("    signer: head\n", "").replace("\"{{ form('x/a').to }}\"", "''")
    found = letters(tmp_path, WHOLE, parts)
    assert [(one.code, one.place.line) for one in found] == [("letter-no-addressee", 12), ("letter-no-signer", 7)]
    assert all((one.place.file or "").endswith("1.yaml") for one in found)


def test_a_template_may_print_it_by_itself(tmp_path: Path) -> None:
    blank = WHOLE.replace("to: جناب آقای رضایی\n", "").replace("subject: درخواست\n", "")
    without = PRINTED - {"addressee", "addressee_post", "subject"}
    assert letters(tmp_path / "own", blank, printed={"letterhead": without}) == []
    assert codes(letters(tmp_path / "unread", blank, printed={"letterhead": None})) == [
        "letter-no-addressee",
        "letter-no-subject",
    ]


def test_what_the_template_leaves_out_is_told(tmp_path: Path) -> None:
    (found,) = letters(tmp_path, WHOLE, printed={"letterhead": PRINTED - {"addressee", "addressee_post"}})
    assert (found.code, found.severity, found.place.line) == ("letter-not-printed", Severity.WARNING, 7)
    assert "{{ addressee }}" in found.message


def test_a_letter_shown_in_the_report_goes_to_nobody(tmp_path: Path) -> None:
    body = "  - {body: b, title: x, template: body, content: [{figure: {letter: ask}}]}\n"
    assert letters(tmp_path, NUMBERED + "who: احمدی\n", LETTER + body) == []


def test_nothing_is_said_while_the_templates_are_not_known(tmp_path: Path) -> None:
    assert letters(tmp_path, NUMBERED + "who: احمدی\n", printed={}) == []
