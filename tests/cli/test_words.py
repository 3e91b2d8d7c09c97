"""``assembler words``: what can be looked up, a topic, a word, as text and as JSON."""

from __future__ import annotations

import pytest

from assembler.actions.words import topics
from assembler.base.problems import ExitCode
from tests.cli.conftest import Run

TOPICS = [topic.name for topic in topics()]


def test_the_overview_names_the_topics(run: Run) -> None:
    outcome = run("words")
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[0] for line in outcome.out.splitlines() if line.startswith("  ") and line[2] != " "] == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_printed_within_the_terminal(run: Run, topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    outcome = run("words", topic)
    assert (outcome.code, outcome.err) == (0, "")
    assert [line for line in outcome.out.splitlines() if len(line) > 80] == []


def test_a_section_shows_what_is_required_needed_and_may_be_had(run: Run) -> None:
    signer = run("words", "report", "signer").out.splitlines()
    assert signer[0] == "signer — A person who signs."
    assert signer[1] == f"  {'key *':<22}a name — How parts name the signer."
    block = run("words", "report", "block").out
    assert "One of these must be there: contents | section" in block
    assert f"  {'list':<22}folder/form.item — A table item printed as a list.\n{'':24}needs: entry\n" in block


def test_names_without_a_word_of_theirs_share_lines(run: Run) -> None:
    lines = run("words", "template", "filters").out.splitlines()
    assert lines[1].startswith("  capitalize, count, d, default")


def test_persian(run: Run) -> None:
    lines = run("--lang", "fa", "words", "report", "signer").out.splitlines()
    assert lines[0] == "signer — کسی که امضا می‌کند."
    assert lines[2] == f"  {'name *':<22}متن با عبارت — نام شخص."


def test_json(run: Run) -> None:
    assert [topic["name"] for topic in run("words", "--json").json] == TOPICS
    (section,) = run("words", "report", "labels", "--json").json["sections"]
    assert section["entries"][0] == {
        "name": "table",
        "takes": "a text",
        "doc": "Before a table's number.",
        "required": False,
        "needs": [],
        "may": [],
    }


def test_what_is_not_there_is_refused(run: Run) -> None:
    outcome = run("words", "blocks")
    assert outcome.code == ExitCode.USAGE
    assert "[bad-value]" in outcome.err
