"""One word for each thing, that of offices: the glossary holds over specifications, templates, messages and code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

ROOT = Path(__file__).resolve().parent.parent
PERSIAN = ROOT / "assembler" / "base" / "locale" / "fa"
SPECS = ROOT / "form_specs"
_JOINER = "\u200c"


@dataclass(frozen=True)
class Term:
    """A word to use with those to avoid; ``printed`` are phrases that keep one of them, each with its source."""

    term: str
    avoid: tuple[str, ...]
    allowed: tuple[str, ...]
    printed: tuple[tuple[str, str], ...]

    def found(self, text: str, source: str) -> list[str]:
        """The words to avoid that a text of a source says beside its allowed phrases."""
        spare = [*self.allowed, *(says for name, says in self.printed if name == source)]
        for phrase in spare:
            text = text.replace(phrase, "…")
        return [word for word in self.avoid if _word(word).search(text)]


@cache
def _word(word: str) -> re.Pattern[str]:
    """A whole word, whatever ending is joined to it by a joiner."""
    return re.compile(rf"(?<![\w{_JOINER}]){re.escape(word)}(?:ها|های|هایی|ات)?(?!\w)")


def _compounds() -> Mapping[str, tuple[str, ...]]:
    """Words of several, by how each is written, with how else their pieces could be joined."""
    read = yaml.safe_load((PERSIAN / "glossary.yaml").read_text(encoding="utf-8"))["compounds"]
    return {word: tuple(_otherwise(word)) for word in read}


def _otherwise(word: str) -> Iterator[str]:
    joins = re.split(r"[ \u200c]", word)
    for between in (" ", _JOINER, ""):
        if (other := between.join(joins)) != word:
            yield other


def _terms() -> list[Term]:
    read = yaml.safe_load((PERSIAN / "glossary.yaml").read_text(encoding="utf-8"))["terms"]
    return [
        Term(
            each["term"],
            tuple(each["avoid"]),
            tuple(each.get("allowed", ())),
            tuple((one["source"], one["says"]) for one in each.get("printed", ())),
        )
        for each in read
    ]


TERMS = _terms()


@cache
def _texts() -> dict[str, str]:
    """What is looked at, by path."""
    paths = [*SPECS.rglob("*.yaml"), *(ROOT / "assembler").rglob("*.py"), PERSIAN / "LC_MESSAGES" / "assembler.po"]
    paths += [
        *(ROOT / "assembler" / "handbook").rglob("*.md"),
        *(ROOT / "assembler").rglob("*.jinja"),
        *(ROOT / "assembler" / "specs" / "example").rglob("*.yaml"),
    ]
    found = {str(path.relative_to(ROOT)): " ".join(path.read_text(encoding="utf-8").split()) for path in paths}
    for path in (ROOT / "letter_templates").glob("*.docx"):
        body = Document(str(path)).element.body
        found[path.name] = " ".join(text.text or "" for text in body.iter(qn("w:t")))
    return found


def _source(path: str) -> str:
    """The folder of specifications a file is of; «» of none."""
    parts = Path(path).parts
    return parts[1] if parts[0] == SPECS.name and len(parts) > 2 else ""


def _faults(term: Term) -> Iterator[str]:
    for path, text in _texts().items():
        yield from (f"{path}: «{word}»" for word in term.found(text, _source(path)))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term)
def test_a_thing_is_called_by_its_one_word(term: Term) -> None:
    assert list(_faults(term)) == [], f"the glossary says «{term.term}»"


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term)
def test_exceptions_are_needed_and_stand_in_their_source(term: Term) -> None:
    texts = _texts()
    for source, says in term.printed:
        assert any(_word(word).search(says) for word in term.avoid), says
        assert any(says in text for path, text in texts.items() if _source(path) == source), says
    for phrase in term.allowed:
        assert any(phrase in text for text in texts.values()), phrase


def test_words_are_told_apart_from_others_that_hold_them() -> None:
    count = next(term for term in TERMS if term.term == "تعداد")
    assert count.found("شمار خدمات", "") == ["شمار"]
    assert count.found("شماره نامه به شمار می‌آید و شمارش شد", "") == []
    site = next(term for term in TERMS if term.term == "تارنما")
    assert site.found("استاندارد تارنما (وب‌سایت)های دستگاه", "performance-1397") == []
    assert site.found("استاندارد تارنما (وب‌سایت)های دستگاه", "circular-47093") == ["وب‌سایت"]


@pytest.mark.parametrize(("word", "others"), _compounds().items(), ids=str)
def test_a_compound_is_joined_in_one_way(word: str, others: tuple[str, ...]) -> None:
    found = [f"{path}: «{other}»" for path, text in _texts().items() for other in others if _word(other).search(text)]
    assert found == [], f"the glossary writes «{word}»"
