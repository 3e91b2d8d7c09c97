"""Words at the end of a text: those it cannot stop at, greetings that may end in a comma."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assembler.base.lexicon import either, lexicon
from assembler.base.persian import ZWNJ, latin_digits

# Plurals that wait for what they belong to: «تشکل‌های», «سازمان های», «سازمانهای», «خانه‌ی».
_WAITING = re.compile(rf".+{ZWNJ}های|های|\w{{3,}}های|.*ه{ZWNJ}ی|.+ۀ|.+\u0650")


def dangling(text: str) -> str:
    """The last word or phrase, when something must follow it; a word alone may be a letter or a name."""
    words, lists = text.split(), _lists()
    if len(words) < 2:
        return ""
    before, last = words[-2].lstrip("(«"), words[-1]
    phrase = f"{before} {last}"
    if phrase in lists["dangling phrases"]:
        return phrase
    if last in lists["dangling"]:
        return "" if _is_noun(last, before) else last
    return last if _WAITING.fullmatch(last) else ""


def _is_noun(word: str, before: str) -> bool:
    """Whether the word before shows that a dangling word is a noun or a letter there: «بند و», «سه در»."""
    lists = _lists()
    counts = before in lists["counting"] or latin_digits(before).isdigit()
    return (counts and word in lists["counted"]) or before in lists.get(f"before {word}", ())


def is_greeting(text: str) -> bool:
    """Whether a text ends in a greeting and a comma: «با سلام و احترام،»."""
    return bool(_greeting().search(text))


def is_of_questions(heading: str) -> bool:
    """Whether a heading says that questions stand below it."""
    return any(word in heading for word in _lists()["questions"])


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {heading: frozenset(words) for heading, words in lexicon(__file__, "endings").items()}


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(_lists()['greetings'])})\s*[،,]$")
