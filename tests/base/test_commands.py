"""Commands as people type them."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.commands import as_typed


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("my-report/answers/08.yaml", "my-report/answers/08.yaml"),
        ("گزارش\u200cها", "گزارش\u200cها"),
        ("اداره آمار.docx", '"اداره آمار.docx"'),
        ("1.3=visitors", "1.3=visitors"),
        ("", '""'),
    ],
)
def test_words_stand_in_double_quotes_where_they_need_any(word: str, typed: str) -> None:
    assert as_typed(word) == typed


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=4))
def test_a_shell_reads_the_words_that_were_meant(words: list[str]) -> None:
    assert shlex.split(as_typed(*words)) == words
