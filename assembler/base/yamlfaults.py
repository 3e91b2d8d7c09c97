"""What is wrong with a text of YAML, in the words of people who never heard of it, and what to do.

PyYAML tells where it gave up and in which state of its own; here the lines are looked at as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assembler.base.messages import Wording, wording


class Fault(NamedTuple):
    """Why a text cannot be read, in which line (None: nobody can tell), and what to do about it."""

    reason: Wording
    remedy: Wording
    line: int | None = None


_LOOKED_AT = 2_000  # letters of a line by which is told how it is typed
_BLOCK = re.compile(r"(?:^|[\s:\-])[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$")
_OURS, _MIDDLE, _THEIRS = (re.compile(rf"[ \t]*(?:- )?{sign}(?:[ \t]|$)") for sign in ("<{7}", "={7}", ">{7}"))
_STRANGE_SPACE = re.compile("^[ \t]*[\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]", re.MULTILINE)
_TAB = re.compile(r"^ *\t")
_GLUED = re.compile(r"^\s*(?:- +)?[A-Za-z_][\w.-]*:(?=[^\s:/\\])")
_CURLY = re.compile(r"(?::|^\s*-)\s*[“”„‟‘’‚‛]")
_SECOND_COLON = re.compile(r"^\s*(?:- +)?[^\s:#'\"]+:\s+[^\s'\"{\[|>#].*:(?:\s|$)")
_STAR = re.compile(r"(?::|^\s*-|[\[,])\s+\*")
_EXPRESSION = re.compile(r"(?::|[\[,{])\s+(?:\{\{|[^\s'\"{\[|>,][^'\",]*\{\{)")
_SIGN = re.compile(r"(?::|^\s*-|[\[,{])\s+([%@`!&])")

_QUOTE = wording("Put the whole text between two straight quotes (').")
UNQUOTED = Fault(wording("a text with {sign} needs quotes here", sign="{{ }}"), _QUOTE)
_INDENT = wording("Begin it with as many spaces as the lines it belongs with.")
ITEM = Fault(wording("the line is not set in as the lines before it"), _INDENT)
_BRACKET = (
    wording("a bracket was opened and never closed, or a comma is missing"),
    wording("Close it; put texts with commas, brackets or colons between two straight quotes (')."),
)
# What PyYAML says, by the beginning of its words: of the parser in C and of the one in Python.
_SAID = (
    ("mapping values are not allowed", wording("the line holds a second colon"), _QUOTE),
    ("found unexpected end of stream", wording("a quote was opened and never closed"), wording("Close it.")),
    ("found unexpected document", wording("a quote was opened and never closed"), wording("Close it.")),
    ("did not find expected ',' or", *_BRACKET),
    ("expected ',' or", *_BRACKET),
    ("did not find expected node content", *_BRACKET),
    ("found undefined alias", wording("a text cannot begin with *"), _QUOTE),
    ("found unknown escape", wording('between two quotes (") a backslash (\\) means something else'), _QUOTE),
    ("block sequence entries", wording("a - must begin a line of its own"), _INDENT),
    ("did not find expected", wording("the line is not set in as the lines before it"), _INDENT),
    ("expected <block end>", wording("the line is not set in as the lines before it"), _INDENT),
    (
        "could not find expected ':'",
        wording("a colon is missing, or a text goes on in a line that is not set in"),
        wording("Write «name: text», and set the next lines of a text further in."),
    ),
    (
        "control characters are not allowed",
        wording("it holds a character that no text has"),
        wording("Delete the character; it often comes from a copied PDF."),
    ),
    (
        "special characters are not allowed",
        wording("it holds a character that no text has"),
        wording("Delete the character; it often comes from a copied PDF."),
    ),
)
_OTHER = wording("the line departs from the rules of YAML")
REMEDY = wording("Correct the line; quote texts that hold ': ' or begin with a sign such as @ or %.")


def fault_before(text: str) -> Fault | None:
    """What would be read, and wrongly: two versions that were not merged, lines set in by spaces that are none."""
    if "<<<<<<<" in text and (found := _unmerged(text)):
        return found
    if text.isascii() or not re.search(
        "^[ \t]*[\u00a0\u1680\u2000-\u200f\u202f-\u2060\u3000\ufeff]", text, re.MULTILINE
    ):
        return None
    for number, line in _lines(text):
        if _STRANGE_SPACE.match(line) and line.strip("\ufeff\u200b-\u200f \u00a0"):
            reason = wording("the line begins with a space that is none, as Word and web pages have it")
            return Fault(reason, wording("Delete what stands before the first letter, and type spaces."), number)
    return None


def _unmerged(text: str) -> Fault | None:
    """Marks indented with a block of text count too: that is how a merge leaves them."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines, 1) if _OURS.match(line)), None)
    if first is None or not any(_MIDDLE.match(line) or _THEIRS.match(line) for line in lines[first:]):
        return None
    remedy = wording("Keep one of the two, and delete the lines of <<<<<<<, ======= and >>>>>>>.")
    return Fault(wording("two versions of the file were not merged"), remedy, first)


def fault_of(text: str, line: int | None, said: str) -> Fault:
    """Why PyYAML gave up at a line with its own words: by how that line and the one before it are typed, else by those
    words. The line is the one to mend.
    """
    lines = text.split("\n")
    for number in (line, line - 1) if line else ():
        if 1 <= number <= len(lines) and (found := _as_typed(lines[number - 1][:_LOOKED_AT], number)):
            return found
    reason, remedy = next(((why, how) for words, why, how in _SAID if said.startswith(words)), (_OTHER, REMEDY))
    return Fault(reason, remedy, line)


def _as_typed(line: str, number: int) -> Fault | None:
    if _TAB.match(line):
        return Fault(wording("the line begins with a tab"), wording("Type spaces in its place."), number)
    if _GLUED.match(line):
        return Fault(wording("a space is missing behind the colon"), wording("Write «name: text»."), number)
    if _CURLY.search(line):
        return Fault(wording("“ ” are no quotes here"), wording("Type straight ones, ' or \"."), number)
    if _STAR.search(line):
        return Fault(wording("a text cannot begin with *"), _QUOTE, number)
    if found := _SIGN.search(line):
        return Fault(wording("a text cannot begin with {sign}", sign=found[1]), _QUOTE, number)
    if _EXPRESSION.search(line):
        return UNQUOTED._replace(line=number)
    if _SECOND_COLON.match(line):
        return Fault(wording("the line holds a second colon"), _QUOTE, number)
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines by number without those of texts in blocks, where anything may stand."""
    block: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        depth = len(line) - len(line.lstrip(" "))
        if block is not None and (depth > block or not line.strip(" \r")):
            continue
        block = depth if _BLOCK.search(line.rstrip("\r")) else None
        yield number, line


# ------------------------------------------------------------ read, and lost

_COMMENT = re.compile(r"([ \t]+)#(.*)")
_SUSPECT = re.compile(r"[ \t]#|(?:[:\-\[,{]|^)[ \t]*[!&]", re.MULTILINE)


def suspects(text: str) -> frozenset[int]:
    """The lines in which something typed may be taken for a sign of YAML, and so be lost."""
    found, line, at = set(), 1, 0
    for match in _SUSPECT.finditer(text):
        line += text.count("\n", at, match.end())
        at = match.end()
        found.add(line)
    return frozenset(found)


def comment_behind(line: str, column: int) -> str | None:
    """What is left out behind a text that ends at a column, where it looks typed as its end and not as a comment: one
    space before #, or a letter behind it. Comments stand behind two spaces and before one.
    """
    found = _COMMENT.match(line, column)
    if found is None or (found[1] != " " and found[2][:1] in ("", " ", "\t", "#", "!")):
        return None
    return f"#{found[2].rstrip()}"


def sign_before(line: str, column: int) -> str:
    """The word of ! or & a text begins with, which YAML keeps for itself; «» where it begins with none."""
    word = line[column:].split(maxsplit=1)[0] if line[column:].strip() else ""
    return word if word[:1] in ("!", "&") and not word.startswith("!!") else ""
