"""The sheet of corrections, which the recipient gets, and the list of the office: what is made and signed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from assembler.base.persian import persian_digits
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.changes import Change, Touched, TouchedBlock, TouchedPart, shortened
from assembler.model.packet import Block, GridBlock, GridCell, Heading, Paragraph, Part, Span
from assembler.model.templates import OFFERED

CORRECTIONS_TITLE = "برگه اصلاحات"
OFFICE_TITLE = "فهرست دفتر: بخش‌های بازساخته و امضاهای دوباره"
_NOTHING = "هیچ پاسخی و هیچ بخشی تغییر نکرده است."
_NO_ANSWERS = "هیچ پاسخی تغییر نکرده است."
_NO_SIGNATURES = "هیچ نامه‌ای به امضای دوباره نیاز ندارد."
_WAS, _IS = "پیش از اصلاح", "پس از اصلاح"
_NUMBER, _WHERE, _PAGE = "ردیف", "محل", "صفحه"
_ANSWERS = 15.0  # cm for the place, what was and what is
_LEAST, _MOST = 2.6, 5.2  # cm for what was, and as much for what is
_LONG = 120  # letters from which a text makes its column no wider
_BLOCK_HEADS = (("ردیف", 1.3), ("جدول، شکل، نمودار یا متن", 11.0), ("وضعیت", 3.6), ("صفحه", 1.4))
_PART_HEADS = (("ردیف", 1.3), ("بخش", 11.0), ("وضعیت", 3.6), ("برگ‌های PDF", 2.4))
_SIGN_HEADS = (("ردیف", 1.3), ("نامه", 5.6), ("امضاکننده", 3.6), ("سمت", 4.2), ("چرا", 4.2))
_WHAT = {"changed": "تغییر کرده", "added": "افزوده شده", "deleted": "حذف شده", "renumbered": "تنها شماره عوض شده"}
_WHY = {"letter": "متن نامه تغییر کرده است", "annexes": "پیوست آن تغییر کرده است"}
_TEXT_ROOM = 420  # letters of a text in a cell: rows do not break across pages
_PLACE_ROOM = 260
_CUT = "…"
_NO_TEXT = {"added": ("(نبود)", "(ردیف خالی)"), "deleted": ("(ردیف خالی)", "(حذف شد)")}
_BLANK = "(خالی)"
_NOTHING_THERE = (_BLANK, *(text for pair in _NO_TEXT.values() for text in pair))


def corrections_part(
    changes: Sequence[Change], touched: Touched, *, subject: str = "", title: str = "", author: str = ""
) -> Part:
    """The sheet the recipient gets as a part of a packet: what was and what is, set by the template of the report body.

    ``subject`` stands above the table («پیرو نامه شماره … مورخ …»), ``title`` and ``author`` are those of the packet,
    for its head. Long texts are shown around what differs in them.
    """
    return _part(printed_words(CORRECTIONS_TITLE), _corrections(changes, touched, subject), title, author)


def office_part(touched: Touched, *, subject: str = "", title: str = "", author: str = "") -> Part:
    """The list that stays in the office: what was made again, and who signs again."""
    return _part(OFFICE_TITLE, _office(touched, subject), title, author)


def _part(title: str, blocks: Iterable[Block], report: str, author: str) -> Part:
    fields = {**OFFERED["body"], "title": title, "report_title": report, "agency": author}
    heading = Heading(title, 1, "", "", listed=False)
    return Part("corrections", "corrections", title, "body", fields, (heading, *blocks))


def _corrections(changes: Sequence[Change], touched: Touched, subject: str) -> Iterator[Block]:
    if subject:
        yield Paragraph((Span(subject),))
    if changes:
        yield _answers(changes, touched.pages)
    else:
        yield Paragraph((Span(printed_words(_NO_ANSWERS if touched.anything else _NOTHING)),))


def _office(touched: Touched, subject: str) -> Iterator[Block]:
    if subject:
        yield Paragraph((Span(subject),))
    if not touched.anything:
        yield Paragraph((Span(_NOTHING),))
    if touched.blocks:
        yield from _table("آنچه در چاپ تغییر کرده است", "corrected_blocks", _BLOCK_HEADS, _block_rows(touched.blocks))
    if touched.parts:
        yield from _table("بخش‌هایی که دوباره ساخته می‌شود", "corrected_parts", _PART_HEADS, _part_rows(touched.parts))
    if not touched.signatures:
        yield Paragraph((Span(_NO_SIGNATURES),))
        return
    rows = [
        (_cell(each.title), _cell(each.signer.name), _cell(each.signer.post), _cell(_WHY[each.because]))
        for each in touched.signatures
    ]
    yield from _table("نامه‌هایی که دوباره باید امضا شود", "corrected_letters", _SIGN_HEADS, rows)


# ---------------------------------------------------------------- the answers


def _answers(changes: Sequence[Change], pages: Mapping[str, int]) -> GridBlock:
    """A row a change, with a band for each form."""
    heads = _heads(changes)
    rows: list[tuple[GridCell, ...]] = []
    number = 0
    for title, listed in groupby(changes, key=lambda change: change.title):
        rows.append((GridCell(((Span(_one_line(title, _PLACE_ROOM)),),), columns=len(heads), kind="group"),))
        for change in listed:
            number += 1
            rows.append(_answer(number, change, pages))
    return _grid("corrections", heads, rows)


def _heads(changes: Sequence[Change]) -> tuple[tuple[str, float], ...]:
    """The columns: the room is shared by the longest place and the longest text of what was and is."""
    place = min(_LONG, max(len(change.label) for change in changes))
    text = min(_LONG, max(len(text) for change in changes for text in correction_texts(change)))
    width = min(_MOST, max(_LEAST, _ANSWERS * text / (place + 2 * text)))
    return ((_NUMBER, 1.3), (_WHERE, _ANSWERS - 2 * width), (_WAS, width), (_IS, width), (_PAGE, 1.4))


def _answer(number: int, change: Change, pages: Mapping[str, int]) -> tuple[GridCell, ...]:
    old, new = correction_texts(change)
    page = pages.get(f"{change.form}.{change.item}")
    return (
        _cell(with_persian_digits(str(number)), align="center"),
        _cell(_one_line(change.label, _PLACE_ROOM)),
        _cell(old, align=_alignment(old)),
        _cell(new, align=_alignment(new)),
        _cell(with_persian_digits(str(page)) if page else "", align="center"),
    )


def _alignment(text: str) -> Literal["start", "center"]:
    """Numbers and dates stand in the middle, and what says that nothing does."""
    is_bare = not any(letter.isalpha() for letter in text)
    return "center" if is_bare or text in map(printed_words, _NOTHING_THERE) else "start"


def correction_texts(change: Change) -> tuple[str, str]:
    """What stood there and what stands there, short enough for a cell; a blank is said in words."""
    old, new = shortened(change.old, change.new, _TEXT_ROOM)
    no_old, no_new = map(printed_words, _NO_TEXT.get(change.what, (_BLANK, _BLANK)))
    return old or no_old, new or no_new


# ---------------------------------------------------------------- what is touched


def _block_rows(blocks: Sequence[TouchedBlock]) -> Iterator[tuple[GridCell, ...]]:
    for block in blocks:
        text = f"متن «{block.caption}»" if block.kind == "text" else block.caption
        page = persian_digits(str(block.page)) if block.page else ""
        yield _cell(_one_line(text, _PLACE_ROOM)), _cell(_WHAT[block.what]), _cell(page, align="center")


def _part_rows(parts: Sequence[TouchedPart]) -> Iterator[tuple[GridCell, ...]]:
    for part in parts:
        yield _cell(_one_line(part.title, _PLACE_ROOM)), _cell(_WHAT[part.what]), _cell(_sheets(part), align="center")


def _sheets(part: TouchedPart) -> str:
    if not part.first_page:
        return ""
    first, last = (persian_digits(str(page)) for page in (part.first_page, part.last_page))
    return first if first == last else f"{first} تا {last}"


# ---------------------------------------------------------------- tables


def _table(
    heading: str, anchor: str, heads: Sequence[tuple[str, float]], rows: Iterable[tuple[GridCell, ...]]
) -> Iterator[Block]:
    numbered = [(_cell(persian_digits(str(at)), align="center"), *row) for at, row in enumerate(rows, start=1)]
    yield Heading(heading, 2, "", "", listed=False)
    yield _grid(anchor, heads, numbered)


def _grid(anchor: str, heads: Sequence[tuple[str, float]], rows: Sequence[tuple[GridCell, ...]]) -> GridBlock:
    """A table; its last column goes where nothing stands in it."""
    if not any(len(row) == len(heads) and row[-1].lines for row in rows):
        heads = heads[:-1]
        rows = [row[:-1] if len(row) > len(heads) else (replace(row[0], columns=len(heads)),) for row in rows]
    head = tuple(GridCell(((Span(_head_words(label)),),), align="center", kind="head") for label, _ in heads)
    return GridBlock(anchor, (), tuple(width for _, width in heads), (head,), tuple(rows), counted=False)


def _head_words(label: str) -> str:
    """A header in the language of the paper; those of the list of the office are in its own."""
    return printed_words(label) if label in (_NUMBER, _WHERE, _WAS, _IS, _PAGE) else label


def _cell(*lines: str, align: Literal["start", "center"] = "start") -> GridCell:
    return GridCell(tuple((Span(line),) for line in lines if line), align=align)


def _one_line(text: str, room: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= room else text[: room - 1].rstrip() + _CUT
