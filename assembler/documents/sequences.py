"""Captions counted by Word, and what refers to them: fields whose results are the numbers the report has printed.

The copy that is printed has the results alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import latin_digits
from assembler.documents import markup
from assembler.documents.markup import COUNTED, NUMBER_MARK, Numbers, number_bookmark, runs, spans
from assembler.model.packet import Text

_LONGEST = 40  # letters of the name of a sequence
_NO_LETTER = re.compile(r"\W+")
_TYPED = ("TOC", "SEQ", "REF")  # fields a converter would compute its own way, in digits of its own


@dataclass
class Sequences:
    """How far each word of captions has counted; a number Word would not come to is begun at."""

    _counted: dict[str, int] = field(default_factory=dict)

    def caption(self, anchor: str, text: Text, numbers: Numbers) -> str:
        """The runs of a caption, its number a field that references find; those of one without an anchor are text."""
        found = COUNTED.fullmatch(text[0].text) if text and text[0].counter and anchor else None
        if found is None:
            return spans(text)
        before, number, rest = found.groups()
        shown = markup.field(self._code(text[0].counter, int(latin_digits(number))), number)
        marked = numbers.bookmark(number_bookmark(anchor), shown)
        return runs(before) + marked + spans((replace(text[0], text=rest), *text[1:]))

    def _code(self, word: str, number: int) -> str:
        begins = "" if number == self._counted.get(word, 0) + 1 else f" \\r {number}"
        self._counted[word] = number
        return f"SEQ {sequence_name(word)} \\* ARABIC{begins}"


def sequence_name(word: str) -> str:
    """The name of the sequence Word counts captions of this word by, as it makes one of a label."""
    return _NO_LETTER.sub("_", word)[:_LONGEST]


def counted_by(texts: Sequence[Text]) -> str:
    """The word all these captions are counted by, «» where there is none."""
    words = {text[0].counter if text and COUNTED.fullmatch(text[0].text) else "" for text in texts}
    return words.pop() if len(words) == 1 else ""


def type_fields(root: etree._Element) -> None:
    """Leaves of contents, counted captions and references what they say; bookmarks of numbers go with them."""
    _dissolve(root, lambda code: code.split(None, 1)[0] in _TYPED if code else False)
    gone = [one for one in root.iter(qn("w:bookmarkStart")) if one.get(qn("w:name"), "").startswith(NUMBER_MARK)]
    ends = {one.get(qn("w:id")) for one in gone}
    for mark in [*gone, *(one for one in root.iter(qn("w:bookmarkEnd")) if one.get(qn("w:id")) in ends)]:
        mark.getparent().remove(mark)


def settle_references(root: etree._Element) -> None:
    """References to what another document holds, or to the number of a section that is typed, are text: Word would find
    nothing there.
    """
    present = {one.get(qn("w:name")) for one in root.iter(qn("w:bookmarkStart")) if not _is_typed(one)}
    _dissolve(root, lambda code: code.startswith("REF ") and code.split()[1] not in present)


def _is_typed(mark: etree._Element) -> bool:
    """Whether a bookmark stands in a paragraph Word is told not to number."""
    told = mark.getparent().find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return told is not None and told.get(qn("w:val")) == "0"


def _dissolve(root: etree._Element, wanted: Callable[[str], bool]) -> None:
    """Takes away fields with such codes, and leaves their results, fields among them."""
    for run in list(_marks(root, wanted)):
        run.getparent().remove(run)


def _marks(root: etree._Element, wanted: Callable[[str], bool]) -> Iterator[etree._Element]:
    """The runs that hold the marks and the codes of fields with such codes."""
    open_: list[bool] = []
    for run in root.iter(qn("w:r")):
        mark, code = run.find(qn("w:fldChar")), run.find(qn("w:instrText"))
        kind = mark.get(qn("w:fldCharType")) if mark is not None else None
        if kind == "begin":
            open_.append(wanted(_code_after(run)))
        if (kind or code is not None) and open_ and open_[-1]:
            yield run
        if kind == "end" and open_:
            open_.pop()


def _code_after(run: etree._Element) -> str:
    following = run.getnext()
    code = following.find(qn("w:instrText")) if following is not None else None
    return (code.text or "").strip() if code is not None else ""
