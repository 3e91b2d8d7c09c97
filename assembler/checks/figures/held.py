"""The texts of forms, read for numbers, and what is found wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from assembler.base.messages import number
from assembler.base.persian import normalise, persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.checks.figures.arithmetic import wrong_in, wrong_list
from assembler.checks.figures.english import wrong_in_english
from assembler.checks.figures.known import Known, Labelled, known, labelled
from assembler.checks.figures.numbered import Numbered, names_a_number, numbered, numbers_named, without_names
from assembler.checks.figures.reading import Figure, figures, may_count, ones, says_a_number, sentences, words_in
from assembler.checks.figures.wrong import Wrong
from assembler.checks.rules.numbers_said import Said, folded, holds, shown
from assembler.checks.rules.texts import looked_at
from assembler.checks.words.figure_words import words_of
from assembler.model.answers import Prose, ProseList, Value, texts_in
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.rules import Percent
from assembler.model.rules import Said as SaidRule
from assembler.model.specs import Field


@dataclass(frozen=True)
class Between:
    """A range of numbers, as the language of the message prints it."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        return f"{number(self.low)}–{number(self.high)}"


_SHORTEST = 8  # characters of a text that says a number of anything
_TELLING = 2  # words that tell what is meant, whatever words stand beside them
_MOST_SUMMED = 6  # numbers of one noun whose sums are tried
# Fields whose label asks for these hold no running text.
_NO_TEXT = re.compile(
    r"شماره|نشانی|آدرس|تلفن|دورنگار|کد ?پستی|مستند قانونی|گام بعد|\b(?:number|address|phone|fax|postal|next)\b", re.I
)


def check_figures(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the numbers said in the texts of the used forms."""
    report = _Report(forms, tuple(used))
    for name in report.used:
        form = forms[name]
        if form.answered and not form.spec.figures:
            yield from _Texts(form, report).problems()


class _Report:
    """What all forms of a report know; gathered when a text asks for it."""

    def __init__(self, forms: Mapping[str, FilledForm], used: tuple[str, ...]) -> None:
        self.forms, self.used = forms, used

    @cached_property
    def known(self) -> Sequence[Known]:
        return [each for form in self.forms.values() if form.answered for each in known(form)]

    @cached_property
    def numbered(self) -> Numbered:
        """The forms and tables of the report by the numbers the guidance gives them."""
        return numbered(self.forms[name] for name in self.used)

    def named_in(self, sentence: str) -> Sequence[Known]:
        """What the forms and tables know that a sentence names by their numbers: «در فرم ۵», «طبق جدول ۱۴»."""
        named = {target for each in numbers_named(sentence) for target in self.numbered.get(each, ())}
        return [
            each
            for name, item in sorted(named)
            if self.forms[name].answered
            for each in known(self.forms[name])
            if not item or each.place.item == item
        ]


class _Texts:
    """The texts of a form, beside what it knows."""

    def __init__(self, form: FilledForm, report: _Report) -> None:
        self.form, self.report = form, report

    @cached_property
    def own(self) -> Sequence[Known]:
        return list(known(self.form))

    @cached_property
    def labelled(self) -> Sequence[Labelled]:
        return list(labelled(self.form))

    @cached_property
    def aimed(self) -> frozenset[str]:
        """The items whose numbers a rule of the specification holds."""
        return frozenset(rule.item for rule in self.form.spec.rules if isinstance(rule.words, SaidRule | Percent))

    def problems(self) -> Iterator[Problem]:
        """What is wrong in them, each place once."""
        for item in self.form.items.values():
            if not item.relevant or item.spec.figures:
                continue
            if _is_read(item.spec):
                yield from self._item(item)
            for column in item.spec.columns:
                if _is_read(column) and not column.figures:
                    counting = looked_at(item, column.name, may_count)
                    for row in item.rows if counting else ():
                        cell = row.cells[column.name]
                        if isinstance(cell.value, str) and not cell.computed and cell.value in counting:
                            place = cell.place.cell(column.name)
                            yield from self._text(cell.value, place, item.spec.name)

    def _item(self, item: FilledItem) -> Iterator[Problem]:
        for text in texts_in(item.value):
            yield from self._text(text, item.place, item.spec.name, item.spec)
        for announced, entries in _lists(item.value):
            yield from _told(wrong_list(folded(announced), entries), item.place, announced)

    def _text(self, text: str, place: Place, item: str, asked: Field | None = None) -> Iterator[Problem]:
        if len(text) < _SHORTEST or " " not in text:
            return
        for sentence in sentences(folded(text)):
            if says_a_number(sentence):
                yield from _told(wrong_in(sentence), place, text)
                yield from _told(wrong_in_english(sentence), place, text)
                if item not in self.aimed:
                    yield from _told(self._held(sentence, asked), place, text)

    def _held(self, sentence: str, asked: Field | None) -> Iterator[Wrong]:
        named: Sequence[Known] = ()
        if names_a_number(sentence):
            named, sentence = self.report.named_in(sentence), without_names(sentence)
        found = figures(sentence)
        for at, figure in enumerate(found):
            read = figure if at or asked is None else _leading(figure, asked)
            read = _part_of(read, found[at + 1]) if at + 1 < len(found) else read
            differs = self._counted(read, named) or self._labelled(figure, sentence, found)
            if differs:
                code, other = differs
                where = "" if other.form == self.form.spec.shown else f" ({other.form})"
                counted = shown(other.value)
                said = shown(figure.value) if figure.low is None else Between(shown(figure.low), shown(figure.value))
                evidence = {"words": figure.shown, "said": said, "label": other.label, "where": where}
                yield Wrong(code, {**evidence, "counted": counted})

    def _counted(self, figure: Figure, named: Sequence[Known] = ()) -> tuple[str, Known] | None:
        """What a form counts otherwise than a text says; of forms that the sentence ``named`` it is one of theirs."""
        if not figure.noun or figure.hedge or figure.noun in words_of("units") or figure.noun in words_of("any"):
            return None
        theirs = [each for each in named if figure.noun in each.nouns]
        own = theirs or [each for each in self.own if figure.noun in each.nouns]
        if figure.low is not None:
            return _outside(figure, own)
        extra = _extra(figure)
        aimed = [each for each in own if each.kinds and extra <= each.kinds and _says(figure, each, extra)]
        if not aimed and not figure.ordinal and (many := _of_some(figure, extra, own)):
            return "figure-differs", many
        if any(each.value == figure.value for each in aimed) or (
            _explained(figure.value, own) and not (aimed and extra)
        ):
            return None
        if aimed:
            best = max(aimed, key=lambda each: len(each.kinds))
            return ("figure-differs", best) if theirs and not figure.ordinal else _grave(figure, best)
        if theirs and not extra and not figure.ordinal:
            return "figure-differs", min(theirs, key=lambda each: len(each.kinds))
        others = [each for each in self.report.known if figure.noun in each.nouns]
        if extra or not others or any(each.value == figure.value for each in others):
            return None
        plain = [each for each in own or others if not each.kinds]
        most = max(own or others, key=lambda each: each.value)
        if not plain:
            return None
        if figure.value > most.value:
            return "figure-differs", most
        of_all = bool(own) and (figure.of_all or not words_of("totals").isdisjoint(figure.before[-4:]))
        return ("figure-doubtful", plain[0]) if of_all and len(plain) == 1 and not figure.ordinal else None

    def _labelled(self, figure: Figure, sentence: str, found: Sequence[Figure]) -> tuple[str, Labelled] | None:
        """A number whose whole label a sentence says, with another value."""
        if figure.ordinal or not self.labelled:
            return None
        said = frozenset(words_in(sentence))
        for each in self.labelled:
            follows = figure.before[-len(each.sequence) :] == each.sequence
            if not follows and not (each.words and each.words <= said):
                continue
            fits = figure.noun == "درصد" if each.percent else (not each.unit or figure.noun in each.unit)
            if (fits or follows) and not any(_same(one, each.value) for one in found):
                return "figure-differs", each
        return None


def _outside(figure: Figure, own: Sequence[Known]) -> tuple[str, Known] | None:
    """What a range does not hold: «۳ تا ۵ جلسه» where there were 8."""
    extra = _extra(figure)
    aimed = [each for each in own if extra <= each.kinds and _says(figure, each, extra | each.kinds)]
    if (
        not aimed
        or figure.low is None
        or figure.low >= figure.value
        or any(figure.low <= each.value <= figure.value for each in own)
    ):
        return None
    best = max(aimed, key=lambda each: len(each.kinds))
    return ("figure-differs" if figure.low > best.value else "figure-doubtful"), best


def _says(figure: Figure, each: Known, extra: frozenset[str]) -> bool:
    """Whether a number is of this one: behind its noun stands what tells it apart, or around it all that does."""
    return bool(extra) or each.kinds <= {*figure.before, *figure.after}


def _of_some(figure: Figure, extra: frozenset[str], own: Sequence[Known]) -> Known | None:
    """What is fewer, though a text tells its things apart by more words than the form: «هشت جلسه کمیته سلامت اداری»
    where six sessions of the «کمیته سلامت» were held; more words may mean fewer of them only.
    """
    alike = [each for each in own if len(each.kinds & extra) >= _TELLING]
    if not alike or figure.after[:1] == () or not all(figure.after[0] in each.kinds for each in alike):
        return None
    return max(alike, key=lambda each: each.value) if all(each.value < figure.value for each in own) else None


def _part_of(figure: Figure, whole: Figure) -> Figure:
    """«دو مدیر از چهار مدیر زن هستند»: what is said behind the whole is said of its part."""
    if not whole.of_all or whole.noun != figure.noun or figure.after[:1] not in ((), ("از",)):
        return figure
    return figure._replace(after=tuple(word for word in whole.after if word not in words_of("ends")))


def _grave(figure: Figure, best: Known) -> tuple[str, Known] | None:
    if figure.ordinal:
        return ("figure-differs", best) if figure.value > best.value else None
    return ("figure-differs", best) if figure.value > best.value or figure.every else ("figure-doubtful", best)


def _extra(figure: Figure) -> frozenset[str]:
    """What the words behind a noun add to it, up to the next preposition or verb.

    Behind «یک مدیر از چهار مدیر» they are said of the part.
    """
    extra: list[str] = []
    for word in () if figure.of_all else figure.after:
        if word in words_of("ends"):
            break
        if word not in words_of("neutral"):
            extra.append(word)
    return frozenset(extra)


def _explained(value: Fraction, own: Sequence[Known]) -> bool:
    """Whether any number of the noun, or some of the form's together, are as many."""
    few = [each for each in own if each.place.column is None][:_MOST_SUMMED]
    return any(
        sum(one.value for one in some) == value for size in (1, 2, 3, 4) for some in combinations(few, size)
    ) or any(each.value == value for each in own)


def _same(figure: Figure, value: Fraction) -> bool:
    digits = figure.shown.split(" ")[0]
    decimals = len(re.split(r"[.٫/]", digits)[1]) if re.search(r"\d[.٫/]\d", digits) else 0
    return holds(Said(_decimal(figure.value, decimals), figure.hedge, Place()), value)


def _decimal(value: Fraction, decimals: int) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-decimals))


def _leading(figure: Figure, asked: Field) -> Figure:
    """«۳۸ مورد» at the beginning of what is answered to «شکایات» are complaints, and all of them."""
    head = words_in(folded(asked.shown))[:1]
    if figure.span[0] or figure.noun not in words_of("any") or not head or len(ones(head[0])) < 2:
        return figure
    return figure._replace(noun=head[0], of_all=True, after=())


def _told(found: Iterable[Wrong], place: Place, text: str) -> Iterator[Problem]:
    """The findings of a text at its place, in the words that stand there."""
    for code, evidence in found:
        words = evidence.get("words")
        typed = {"words": _as_typed(words, text)} if isinstance(words, str) else {}
        yield problem(code, place, **{**evidence, **typed})


def _as_typed(words: str, text: str) -> str:
    """Words found in a folded text as the text has them; their letters are one for one where it has no vowel signs."""
    plain, same = normalise(text), folded(text)
    at = same.find(words)
    return plain[at : at + len(words)] if at >= 0 and len(plain) == len(same) else persian_digits(words)


def _is_read(field: Field) -> bool:
    """Whether a field takes running text."""
    return (
        field.type in ("text", "narrative") and field.is_asked and not field.check and not _NO_TEXT.search(field.label)
    )


def _lists(value: Value) -> Iterator[tuple[str, int]]:
    """Texts that end in a colon, with how many entries of a list follow them."""
    if isinstance(value, Prose):
        for block, following in zip(value.blocks, value.blocks[1:], strict=False):
            if isinstance(block, str) and isinstance(following, ProseList):
                yield block, len(following.entries)
        for block in value.blocks:
            if isinstance(block, ProseList):
                yield from ((entry.text, len(entry.lists[0].entries)) for entry in block.entries if entry.lists)
    elif isinstance(value, str) and "\n" in value:
        yield from _listed_lines(value.split("\n"))
    elif isinstance(value, tuple):
        yield from _listed_lines(value)


def _listed_lines(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    heads = [at for at, line in enumerate(lines) if line.rstrip().endswith(":")]
    for at, end in zip(heads, [*heads[1:], len(lines)][: len(heads)], strict=True):
        yield lines[at], end - at - 1
