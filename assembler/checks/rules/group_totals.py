"""The totals of groups: the number of a band row against those of the rows under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assembler.base.messages import number as shown
from assembler.base.messages import translate
from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.checks.rules.rows import filled_down, groups
from assembler.checks.rules.subject import Subject
from assembler.model.answers import Value
from assembler.model.filled import FilledRow
from assembler.model.rules import GroupTotals

_MOST_NUMBERS = 12  # as many as a reader adds up


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _count(numbers: Sequence[Decimal]) -> Decimal:
    return Decimal(len(numbers))


# What the number of a band may say of its rows; the first named wins when two explain as many bands.
_RULES: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": _sum,
    "greatest": max,
    "count": _count,
    "last": lambda numbers: numbers[-1],
    "smallest": min,
}
# A table may follow one of the others too, but a single band does so by chance.
_LIKELY = ("sum", "greatest", "count")
_CLEAR = 4  # bands that follow a rule for each that follows another: then the odd one is wrong, not the rule
_FEW = 4  # of as many bands one at most that no rule explains is a slip of its own
_MOST_GROUPS = 12  # bands told in one finding
_LONGEST_NAME = 40


@dataclass(frozen=True)
class _RuleName:
    """The name of a rule, in the language of the message it stands in."""

    rule: str

    def __str__(self) -> str:
        names = {
            "sum": translate("sum"),
            "greatest": translate("greatest"),
            "count": translate("count"),
            "last": translate("last"),
            "smallest": translate("smallest"),
        }
        return names[self.rule]


@dataclass(frozen=True)
class _Numbers:
    """The numbers of a group, one after the other."""

    numbers: tuple[Decimal, ...]

    def __str__(self) -> str:
        texts = [shown(number) for number in self.numbers[:_MOST_NUMBERS]]
        return f"{translate(',')} ".join([*texts, "…"] if len(self.numbers) > len(texts) else texts)


@dataclass(frozen=True)
class _Group:
    """A band row with a number, and the numbers of its rows."""

    band: FilledRow
    given: Decimal
    numbers: tuple[Decimal, ...]
    name: str

    def follows(self, rule: str) -> bool:
        return _RULES[rule](self.numbers) == self.given

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that make its number of its rows."""
        return tuple(rule for rule in _RULES if self.follows(rule))

    @property
    def telling(self) -> bool:
        """Whether it says anything of the rule: the only row of a band is its sum and its greatest alike."""
        return len(self.numbers) > 1 or not self.rules


@dataclass(frozen=True)
class _Explained:
    """Group by group: its number, those of its rows, and the rules that make the one of the others."""

    groups: tuple[_Group, ...]

    def __str__(self) -> str:
        texts = [self._text(group) for group in self.groups[:_MOST_GROUPS]]
        return f"{translate(';')} ".join([*texts, "…"] if len(self.groups) > len(texts) else texts)

    def _text(self, group: _Group) -> str:
        rules = f" {translate('or')} ".join(str(_RuleName(rule)) for rule in group.rules) or translate("no rule")
        name = f"«{group.name}» " if group.name else ""
        return f"{name}{shown(group.given)} = {rules} ({_Numbers(group.numbers)})"


def group_totals(subject: Subject[GroupTotals]) -> Iterator[Problem]:
    """Band rows whose number contradicts their rows, by the rule that explains most bands of the table.

    While one rule speaks for the table, a band outside it is wrong. When none does, no band can be called so: the
    table is told once, with what would explain each band; the few that nothing explains are wrong all the same.
    """
    found = tuple(_groups(subject))
    telling = [group for group in found if group.telling]
    explained = Counter({rule: sum(group.follows(rule) for group in telling) for rule in _RULES})
    rule, most = explained.most_common(1)[0]
    others = [group for group in telling if not group.follows(rule)]
    # The only row of a band fits every rule: it stands by the table's numbers, and cannot tell two rules apart.
    likely = sum(any(map(group.follows, _LIKELY)) for group in others)
    uniform = len(found) == 1 or (len(found) >= 2 * len(others) and most >= _CLEAR * likely)
    for group in others if uniform else _baseless(telling):
        place = subject.place(group.band, subject.words.quantity)
        yield subject.find("group-total", place, given=group.given, **_computation(group, rule))
    if others and not uniform:
        place = subject.item.place.within(column=subject.words.quantity)
        yield subject.find("group-rule", place, groups=_Explained(tuple(telling)))


def _baseless(telling: Sequence[_Group]) -> list[_Group]:
    """The bands no rule at all explains, while all but a few of the others are explained by some."""
    found = [group for group in telling if not group.rules]
    return found if len(found) * _FEW <= len(telling) else []


def _computation(group: _Group, rule: str) -> Mapping[str, object]:
    result = _RULES[rule](group.numbers)
    return {"rule": _RuleName(rule), "numbers": _Numbers(group.numbers), "expected": result}


def _groups(subject: Subject[GroupTotals]) -> Iterator[_Group]:
    """The bands that can be judged: with a number, over rows of their unit that all have one."""
    for band, rows in groups(subject.item.rows):
        given = subject.number(band, subject.words.quantity) if band else None
        if band is None or given is None:
            continue
        cells = [subject.number(row, subject.words.quantity) for row in _of_its_unit(subject, band, rows)]
        numbers = tuple(cell for cell in cells if cell is not None)
        if numbers and len(numbers) == len(cells):
            yield _Group(band, given, numbers, _band_name(subject, band))


def _band_name(subject: Subject[GroupTotals], band: FilledRow) -> str:
    """What a band is called: the first text in it, such as «الف»."""
    spoken = (cell.value for name, cell in band.cells.items() if name != subject.words.quantity)
    text = next((value for value in spoken if isinstance(value, str) and value.strip()), "")
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rstrip()}…"


def _of_its_unit(subject: Subject[GroupTotals], band: FilledRow, rows: Sequence[FilledRow]) -> list[FilledRow]:
    """The rows counted in the band's unit; if there are none, those in a kind of it: «قرارداد بیمه» for «قرارداد»."""
    name = subject.words.unit
    unit = subject.cell(band, name) if name else None
    if name is None or not isinstance(unit, str):
        return list(rows)
    units = filled_down(subject, rows, name)
    same = [row for row, other in zip(rows, units, strict=True) if other == fold(unit)]
    kinds = [row for row in rows if fold(_first_words(row.cells[name].value, unit)) == fold(unit)]
    return same or kinds


def _first_words(value: Value, like: str) -> str:
    """As many words of a text as another has."""
    return " ".join(value.split()[: len(like.split())]) if isinstance(value, str) else ""
