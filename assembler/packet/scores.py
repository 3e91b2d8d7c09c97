"""Scores as they are printed: the sheet of an indicator, how each score came about, all indicators, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal

from assembler.base.persian import listed_texts, numbered, with_percent
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.answers import Attachment
from assembler.model.filled import FilledForm
from assembler.model.packet import GridBlock, GridCell, Series, Span, Text
from assembler.model.reports import ScoreCardSpec
from assembler.model.scores import (
    SUMMARY,
    AxisScore,
    IndicatorScore,
    RowScore,
    ScoreCard,
    StageScore,
    Total,
    score_text,
    state_words,
)
from assembler.model.specs import Stage
from assembler.model.values import TICK

_MEASURES = "مصادیق عملکرد"
_TWO_PLACES = Decimal("0.01")
_SUM = "جمع"
_MERGED = 6  # rows
_NOT_APPLICABLE = "عدم مصداق"
Kind = Literal["body", "head", "group", "footer"]
Align = Literal["start", "center", "end"]


def _cell(
    text: str = "", *, kind: Kind = "body", align: Align = "start", columns: int = 1, rows: int = 1, mark: str = ""
) -> GridCell:
    lines: tuple[Text, ...] = tuple((Span(line),) for line in text.split("\n")) if text else ()
    return GridCell(lines, columns, rows, align, kind, mark)


def _head(texts: Sequence[str]) -> tuple[GridCell, ...]:
    return tuple(_cell(text, kind="head", align="center") for text in texts)


def _words(*persian: str) -> list[str]:
    """Headers the engine itself prints."""
    return [printed_words(each) for each in persian]


def _number(value: Decimal | int | None, kind: Kind = "body") -> GridCell:
    return _cell(score_text(value), kind=kind, align="center")


# ---------------------------------------------------------------- the sheet of an indicator


def score_sheet(found: IndicatorScore, card: ScoreCard, anchor: str, caption: Text) -> GridBlock:
    """What is scored, how it is measured, its cap and the three scores side by side."""
    measured = any(row.filled.spec.measure for row in found.rows)
    before = [
        *_words("شماره نماگر", "عنوان نماگر"),
        *([_measures(found)] if measured else []),
        *_words("نحوه سنجش", "سقف امتیاز"),
    ]
    widths = (1.1, 2.8, 4.0, 1.9, 1.1) if measured else (1.1, 5.0, 3.7, 1.1)
    heads = (*before, *card.spec.stages.values(), printed_words("تفاوت"))
    notes: list[str] = []
    body = tuple(_rows_of_sheet(found, measured, notes))
    if caption and found.sheet.footnote:
        caption = (*caption, Span(_noted(found.sheet.footnote, notes), raised=True))
    return GridBlock(
        anchor,
        caption,
        (*widths, 1.8, 1.2, 1.2, 1.2),
        (_head(heads),),
        (*body, _sums(found, len(before))),
        tuple((Span(note),) for note in (*notes, *_notes_of_sheet(found))),
        origins=(f"{found.form.spec.id}.scores",),
        counted=False,
        flexible=True,
    )


def _measures(found: IndicatorScore) -> str:
    return found.sheet.measures or printed_words(_MEASURES)


def _rows_of_sheet(found: IndicatorScore, measured: bool, notes: list[str]) -> Iterator[tuple[GridCell, ...]]:
    """Rows that share a title or a method share its cell, as the guidance prints them."""
    rows = found.rows
    titles = _heights([(row.filled.spec.no, row.filled.spec.title) for row in rows])
    wording = _heights([row.filled.spec.title for row in rows])
    # Rows that say by what they show are tall: merged over several of them a cell could not break between pages.
    methods = [1] * len(rows) if measured else _heights([row.filled.spec.method for row in rows])
    for at, row in enumerate(rows):
        spec = row.filled.spec
        mark = _mark(row, notes)
        cells = []
        if titles[at]:
            cells.append(_cell(with_persian_digits(spec.no), align="center", rows=titles[at], mark=mark))
        if wording[at]:
            cells.append(_cell(spec.title, rows=wording[at]))
        if measured:
            cells.append(_cell(spec.measure))
        if methods[at]:
            cells.append(_cell(spec.method, rows=methods[at]))
        yield (*cells, _number(row.cap), *(_score(score) for score in row.stages.values()), _number(row.difference))


def _heights(values: Sequence[object]) -> list[int]:
    """How many rows the cell of each row takes: 0 where it is part of the one above.

    Blank ones never join, nor so many that their cell would go on over a page whose rows then say nothing.
    """
    heights: list[int] = []
    for value, group in groupby(values):
        count = len(list(group))
        heights += [1] * count if value == "" or count > _MERGED else [count, *[0] * (count - 1)]
    return heights


def _mark(row: RowScore, notes: list[str]) -> str:
    """The mark at a row whose footnote is told under the sheet."""
    footnote = row.filled.spec.footnote
    return _noted(footnote, notes) if footnote else ""


def _noted(text: str, notes: list[str]) -> str:
    """The mark of a note under the sheet; the same words stand there once."""
    known = [note.partition(numbered(" ", " ").strip() + " ")[2] for note in notes]
    if text not in known:
        notes.append(numbered(with_persian_digits(str(len(notes) + 1)), text))
        known.append(text)
    return with_persian_digits(str(known.index(text) + 1))


def _notes_of_sheet(found: IndicatorScore) -> Iterator[str]:
    if not found.applies:
        yield printed_words("این شاخص عدم مصداق است و سقف آن از سقف کل کسر می‌شود.")


def _score(score: StageScore) -> GridCell:
    return (
        _cell(printed_words(_NOT_APPLICABLE), align="center")
        if score.state == "not_applicable"
        else _number(score.value)
    )


def _sums(found: IndicatorScore, room: int) -> tuple[GridCell, ...]:
    totals = tuple(_total(total, found.applies, "footer") for total in found.totals.values())
    return (
        _cell(printed_words(_SUM), kind="footer", columns=room - 1),
        _number(found.cap, "footer"),
        *totals,
        _number(_between(found.totals), "footer"),
    )


def _between(totals: Mapping[Stage, Total]) -> Decimal | None:
    """The last reached total less the self-assessment, once nothing is pending in either."""
    own = totals["self"]
    later = [total for stage, total in totals.items() if stage != "self" and total.value is not None]
    if not later or own.value is None or own.pending or later[-1].pending:
        return None
    return (later[-1].value or Decimal(0)) - own.value


# ---------------------------------------------------------------- how each came about


_TEXTS = (1.1, 6.4, 4.4, 4.1)


def derivations(found: IndicatorScore, card: ScoreCard, anchor: str) -> GridBlock:
    """For each scored row how its score came about, in what state each stage is, and what was remarked."""
    body = tuple(_derivation(row, card) for row in found.rows)
    heads = _head(_words("نماگر", "چگونگی امتیاز", "وضعیت امتیازها", "توضیح و مستند"))
    return GridBlock(anchor, (), _TEXTS, (heads,), body, counted=False, flexible=True)


def _derivation(row: RowScore, card: ScoreCard) -> tuple[GridCell, ...]:
    evidence = row.filled.evidence
    remarks = [row.filled.comment, evidence.shown if evidence else ""]
    return (
        _cell(with_persian_digits(row.filled.spec.no), align="center"),
        _cell(row.derivation or printed_words("به تشخیص ارزیاب")),
        _cell("\n".join(_states(row, card))),
        _cell("\n".join(filter(None, remarks))),
    )


def _states(row: RowScore, card: ScoreCard) -> Iterator[str]:
    """The state of each stage that is reached; told once when it is the same in all and nobody is named in any.

    A final score that is the evaluator's is told by that, not with the evaluator's reason again.
    """
    reached = [(stage, row.stages[stage]) for stage in card.reached]
    if len({score.state for _, score in reached}) == 1 and not any(_by_whom(score) for _, score in reached):
        yield state_words(reached[0][1].state)
        return
    told = []
    for stage, score in reached:
        same = stage == "final" and score is row.stages["evaluator"] and _by_whom(score)
        words = printed_words("همان امتیاز {stage}", stage=card.spec.stages["evaluator"]) if same else _told(score)
        told.append((card.spec.stages[stage], words))
    for words, stages in groupby(told, key=lambda one: one[1]):
        yield f"{listed_texts(name for name, _ in stages)}: {words}"


def _told(score: StageScore) -> str:
    who = _by_whom(score)
    return f"{state_words(score.state)} ({who})" if who else state_words(score.state)


def _by_whom(score: StageScore) -> str:
    return listed_texts(filter(None, (score.given.by, score.given.why)))


# ---------------------------------------------------------------- all indicators

_SUMMARY_HEADS = ("ردیف", "عنوان شاخص", "واحد سنجش", "هدف کمی", "سقف امتیاز")


def summary(card: ScoreCard, anchor: str, caption: Text) -> GridBlock:
    """All indicators by axis with goal, cap and scores; the total, the ceiling and the percentage at the end."""
    body = tuple(row for axis in card.axes for row in _axis_rows(axis))
    heads = _head((*_words(*_SUMMARY_HEADS), *card.spec.stages.values()))
    widths = (1.2, 5.9, 1.4, 1.3, 1.3, 1.9, 1.6, 1.6)
    return GridBlock(anchor, caption, widths, (heads,), (*body, *_closing(card)), origins=(SUMMARY,), flexible=True)


def titled(title: str, cap: Decimal) -> str:
    """A title with the most that can be got under it."""
    return printed_words("{title} ({cap} امتیاز)", title=title, cap=score_text(cap))


def _axis_rows(axis: AxisScore) -> Iterator[tuple[GridCell, ...]]:
    title = titled(axis.spec.title, axis.spec.cap)
    yield (_cell(title, kind="group", columns=8),)
    for found in axis.indicators:
        sheet = found.sheet
        yield (
            _cell(with_persian_digits(sheet.number), align="center"),
            _cell(found.form.spec.title),
            _cell(sheet.unit, align="center"),
            _cell(with_persian_digits(sheet.goal), align="center"),
            _number(sheet.cap),
            *(_total(total, found.applies) for total in found.totals.values()),
        )
    totals = (_number(total.value, "footer") for total in axis.totals.values())
    yield _cell(printed_words("جمع محور"), kind="footer", columns=4), _number(axis.spec.cap, "footer"), *totals


def _total(total: Total, applies: bool, kind: Kind = "body") -> GridCell:
    """A sum; of rows that are all pending nothing is said, as 0 would be a score."""
    if not applies:
        return _cell(printed_words(_NOT_APPLICABLE), kind=kind, align="center")
    return _cell("—", kind=kind, align="center") if total.pending and not total.value else _number(total.value, kind)


def _closing(card: ScoreCard) -> Iterator[tuple[GridCell, ...]]:
    totals = list(card.totals.items())
    yield (
        _cell(printed_words("جمع کل"), kind="footer", columns=4),
        _number(card.spec.total, "footer"),
        *(_number(total.value, "footer") for _, total in totals),
    )
    if card.ceiling != card.spec.total:
        yield (
            _cell(printed_words("سقف قابل کسب (بدون شاخص‌های عدم مصداق)"), kind="footer", columns=4),
            _number(card.ceiling, "footer"),
            _cell(kind="footer", columns=3),
        )
    percents = (card.percent(stage) for stage, _ in totals)
    yield (
        _cell(printed_words("درصد از سقف قابل کسب"), kind="footer", columns=5),
        *(_cell(with_percent(score_text(part)) if part else "", kind="footer", align="center") for part in percents),
    )
    if any(total.pending for _, total in totals):
        yield (
            _cell(printed_words("تعداد نماگرهای در انتظار"), kind="footer", columns=5),
            *(_number(total.pending if total.value is not None else None, "footer") for _, total in totals),
        )


# ---------------------------------------------------------------- what is open


def pending(card: ScoreCard, anchor: str, caption: Text) -> GridBlock | None:
    """The rows without a score in the stage that is reached, and suggestions nobody has confirmed; None without any."""
    body = tuple(_pending_row(found, row, state, card.spec) for found, row, state in open_rows(card))
    if not body:
        return None
    heads = _head(_words("شاخص", "نماگر", "عنوان نماگر", "سقف امتیاز", "وضعیت", "آنچه مانده است"))
    return GridBlock(anchor, caption, (1.2, 1.2, 5.4, 1.3, 1.8, 5.1), (heads,), body, flexible=True)


def open_rows(card: ScoreCard) -> Iterator[tuple[IndicatorScore, RowScore, str]]:
    """The rows that are pending in the stage that is reached, or merely suggested."""
    for found in card.indicators:
        for row in found.rows:
            if (state := row.stages[card.stage].state) in ("pending", "suggested"):
                yield found, row, state


def _pending_row(found: IndicatorScore, row: RowScore, state: str, spec: ScoreCardSpec) -> tuple[GridCell, ...]:
    return (
        _cell(with_persian_digits(found.sheet.number), align="center"),
        _cell(with_persian_digits(row.filled.spec.no), align="center"),
        _cell(row.filled.spec.title),
        _number(row.cap),
        _cell(state_words("suggested" if state == "suggested" else "pending"), align="center"),
        _cell(_what_remains(row, state)),
    )


def _what_remains(row: RowScore, state: str) -> str:
    if state == "suggested":
        return printed_words("تأیید امتیاز پیشنهادی {score}", score=score_text(row.filled.proposal))
    if row.filled.missing:
        return listed_texts(row.filled.missing)
    rule = row.filled.spec.rule
    if rule.kind == "external":
        return printed_words("امتیاز {whose}", whose=rule.assessor)
    return printed_words("امتیاز به تشخیص ارزیاب")


# ---------------------------------------------------------------- documents to submit


def documents(indicators: Sequence[IndicatorScore], anchor: str, caption: Text) -> GridBlock:
    """The documents the guidance asks for, and what is attached of each; then what was attached besides."""
    body = tuple(row for found in indicators for row in _documents_of(found))
    given = printed_words("پیوست", sense="ستون")
    heads = _head((*_words("شاخص", "مستند قابل ارائه از سوی دستگاه"), given, printed_words("پرونده یا توضیح")))
    return GridBlock(anchor, caption, (1.2, 8.2, 1.4, 5.2), (heads,), body, flexible=True)


def _documents_of(found: IndicatorScore) -> Iterator[tuple[GridCell, ...]]:
    lacking = printed_words("ندارد" if found.applies else _NOT_APPLICABLE)
    for title, file, note in _attached(found.form):
        yield (
            _cell(with_persian_digits(found.sheet.number), align="center"),
            _cell(title),
            _cell(TICK if file else printed_words("توضیح") if note else lacking, align="center"),
            _cell("\n".join(filter(None, (file, note)))),
        )


def lacking_documents(found: IndicatorScore) -> tuple[str, ...]:
    """The documents an indicator that applies asks for, neither attached nor explained."""
    return tuple(title for title, file, note in _attached(found.form) if found.applies and not file and not note)


def _attached(form: FilledForm) -> Iterator[tuple[str, str, str]]:
    """Title, file and note of the documents asked for and of those added."""
    for item in (form.items.get("documents"), form.items.get("attachments")):
        for row in item.rows if item else ():
            values = {name: cell.value for name, cell in row.cells.items()}
            file = values.get("file")
            named = file.shown if isinstance(file, Attachment) else ""
            yield str(values.get("title") or ""), named, str(values.get("note") or "")


# ---------------------------------------------------------------- the chart of the axes


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TWO_PLACES, ROUND_HALF_UP)


def axes_chart(card: ScoreCard) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    """For each axis what was achieved in the stage that is reached, and what is left up to its ceiling."""
    achieved = tuple(_rounded(axis.totals[card.stage].value or Decimal(0)) for axis in card.axes)
    left = tuple(axis.ceiling - value for axis, value in zip(card.axes, achieved, strict=True))
    stage = card.spec.stages[card.stage]
    reached = Series(printed_words("امتیاز {whose}", whose=stage), achieved)
    series = (reached, Series(printed_words("مانده تا سقف"), left, is_rest=True))
    return tuple(axis.spec.title for axis in card.axes), series
