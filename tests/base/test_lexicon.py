"""The word lists that are shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

import assembler
from assembler.base.lexicon import either, lexicon, standing
from assembler.base.persian import normalise

PACKAGE = Path(assembler.__file__).parent
LEXICA = sorted(path for path in PACKAGE.rglob("*.txt") if "static" not in path.parts)  # licences of fonts stand there


@pytest.mark.parametrize("path", LEXICA, ids=lambda path: path.stem)
def test_a_shipped_list_holds_each_word_once_as_texts_are_read(path: Path) -> None:
    lists = lexicon(str(path), path.stem)
    assert lists
    for heading, words in lists.items():
        assert words, heading
        assert [word for word in standing(words) if words.count(word) > 1 or word != normalise(word)] == [], heading
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_a_file_of_words(tmp_path: Path) -> None:
    text = "# از کجا\n[numbers]\nبیست = 20  # دو ده\nسی‌ام\n\n[empty]\n[phrases]\nدر خصوص\n"
    (tmp_path / "words.txt").write_text(text, encoding="utf-8")
    lists = lexicon(str(tmp_path / "module.py"), "words")
    assert lists == {"numbers": ("بیست = 20", "سی‌ام"), "empty": (), "phrases": ("در خصوص",)}
    assert standing(lists["numbers"]) == {"بیست": "20", "سی‌ام": "سی‌ام"}


def test_the_longest_word_is_looked_for_first() -> None:
    assert either(("سه", "سه‌شنبه", "a.b")) == "سه‌شنبه|a\\.b|سه"
