"""The forms of a case as their questions: all these are called, what stands above them, how a printed form lays them
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assembler.collect.intake.likeness import alike, letters, most_alike, says_same, without_number
from assembler.model.specs import FormSpec, Item

LABEL_SURE, LABEL_LEAD = 0.90, 0.08
_LABEL_FOUND = 0.85
_LONGEST = 300  # letters of a text that may be a label
_UNDER, _UNDER_LEAD = 0.85, 0.15  # of questions called the same, how alike the headings of the right one are


@dataclass(frozen=True, eq=False)
class Questions:
    """A form as its questions. Of each ``labels`` are all it is called, ``under`` what stands above or before it;
    ``titles`` may stand above them all. ``rows`` are what stands before several answers in one cell.
    """

    form: FormSpec
    items: tuple[Item, ...]
    titles: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    under: tuple[tuple[str, ...], ...]
    rows: frozenset[str]

    @cached_property
    def all_labels(self) -> tuple[str, ...]:
        return tuple(label for each in self.labels for label in each)

    @cached_property
    def by_letters(self) -> frozenset[str]:
        """All labels by their letters, also those of what nobody answers: they end what stands before them."""
        others = (without_number(item.label) for item in self.form.items if not item.is_table)
        return frozenset(map(letters, (*self.all_labels, *others))) - {""}

    def item_of(self, label: str, above: Sequence[str]) -> Item | None:
        """The question a text is surely the label of; of several called the same that under whose headings it stands,
        ``above`` being what stands above and before it.
        """
        text = without_number(label)
        ranked = sorted(((_surely(text, own), -at) for at, own in enumerate(self.labels)), reverse=True)
        best = ranked[0][0] if ranked else 0.0
        if best < LABEL_SURE:
            return None
        near = [-at for value, at in ranked if value == best or (best < 1 and best - value < LABEL_LEAD)]
        numbered = [at for at in near if letters(self.items[at].label) == letters(label)]  # «۳. how?» and «۶. how?»
        if len(near := numbered if len(numbered) == 1 else near) == 1:
            return self.items[near[0]]
        under = sorted(((most_alike(above, self.under[at]), at) for at in near), reverse=True)
        if under[0][0] >= _UNDER and under[0][0] - under[1][0] >= _UNDER_LEAD:
            return self.items[under[0][1]]
        return None

    def is_label(self, text: str) -> bool:
        """Whether a text is the label of any question."""
        return _surely(without_number(text), self.all_labels) >= LABEL_SURE


def _surely(text: str, labels: Sequence[str]) -> float:
    """How alike a text is to the nearest of some labels that say the same words: one of more words may ask for less."""
    near = ((alike(text, label), label) for label in labels if len(text) <= _LONGEST)
    return max((value for value, label in near if value >= LABEL_SURE and says_same(text, label)), default=0.0)


def questions(forms: Mapping[str, FormSpec]) -> tuple[Questions, ...]:
    """The forms in which single questions are answered."""
    return tuple(_questions(form, items) for form in forms.values() if (items := tuple(filter(_is_typed, form.items))))


def _is_typed(item: Item) -> bool:
    return not item.is_table and item.is_asked and bool(item.label) and item.type not in ("image", "file")


def _questions(form: FormSpec, items: tuple[Item, ...]) -> Questions:
    captions = (sheet.caption for sheet in form.sheets)
    titles = tuple(without_number(text) for text in (form.title, *captions) if text)
    lone = _lone_rows(form)
    labels = tuple(tuple(_labels(item, lone.get(item.name, ()))) for item in items)
    above = _above(form)
    under = tuple(tuple(map(without_number, above[item.name])) for item in items)
    return Questions(form, items, titles, labels, under, frozenset(map(letters, _rows(form))) - {""})


def _labels(item: Item, rows: Sequence[str]) -> Iterator[str]:
    both = f"{item.label} {item.translation}" if item.translation else ""
    texts = (item.label, item.translation, both, *item.also, *rows)
    yield from dict.fromkeys(without_number(text) for text in texts if text)


def _lone_rows(form: FormSpec) -> dict[str, list[str]]:
    """The labels of rows in which one question alone stands."""
    found: dict[str, list[str]] = {}
    for sheet in form.sheets:
        for row in sheet.rows:
            if row.label and len(row.items) == 1:
                found.setdefault(row.items[0], []).append(row.label)
    return found


def _rows(form: FormSpec) -> Iterator[str]:
    yield from (row.label for sheet in form.sheets for row in sheet.rows if row.label and len(row.items) > 1)


def _above(form: FormSpec) -> dict[str, list[str]]:
    """What stands above each question or before it: the heading it follows, and those of its row of a sheet."""
    found: dict[str, list[str]] = {item.name: [] for item in form.items}
    heading = ""
    for item in form.items:
        heading = item.label if item.is_heading else heading
        found[item.name] += [heading] if heading and not item.is_heading else []
    for sheet in form.sheets:
        heading = sheet.caption
        for row in sheet.rows:
            heading = row.heading or heading
            for name in row.items:
                found[name] += [text for text in (row.label, heading) if text]
    return found


def called_so(label: str, form: Questions) -> bool:
    """Whether a label is like that of a question, though not surely which."""
    return len(label) <= _LONGEST and any(alike(label, own) >= _LABEL_FOUND for own in form.all_labels)
