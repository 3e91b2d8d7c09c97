"""Commands told to people, as they type them: in a terminal of Windows as in any other."""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w./:=@,+\-\u200c]+")  # words that are typed without quotes
# What is read within double quotes too; the backslash that parts folders on Windows is read by the shells of others.
_READ_WITHIN = frozenset('"$`!' + ("\\" if os.sep == "/" else ""))


def as_typed(*words: str) -> str:
    """The words as one line. ``cmd.exe`` knows double quotes only, so they stand wherever they are enough."""
    return " ".join(map(_typed, words))


def _typed(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    return shlex.quote(word) if _READ_WITHIN & set(word) else f'"{word}"'
