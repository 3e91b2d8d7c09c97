"""``assembler forms diff OLD NEW``: labels first, internal names grey behind them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from assembler.actions.editions import Fate, FormFate, ItemFate, Sides
from assembler.base.messages import digits, fill, wording

_MARKS = {"same": "=", "changed": "~", "alike": "≈", "new": "+", "gone": "-"}
_COLOURS = {"alike": "yellow", "new": "green", "gone": "red"}
_BECAME = {"new": wording("a new form"), "gone": wording("the form is gone"), "alike": wording("its title is alike")}
# What changed, to be translated; what has a sentence of its own is not here.
_CHANGED = {
    "split": wording("split"),
    "required": wording("it is required now"),
    "optional": wording("it is not required any more"),
}
# What an answer is, in words.
_TYPES = {
    "text": wording("a text"),
    "integer": wording("a whole number"),
    "decimal": wording("a number"),
    "percent": wording("a percentage"),
    "year": wording("a year"),
    "date": wording("a date"),
    "select_one": wording("one choice"),
    "select_multiple": wording("several choices"),
    "image": wording("a picture"),
    "file": wording("a file"),
    "narrative": wording("a text of paragraphs"),
    "table": wording("a table"),
}


def lines(found: Sides) -> Iterator[str]:
    """The comparison for people: each form with what changed of it, those without a change in one line at the end."""
    yield click.style(fill("From {old} to {new}", old=found.old, new=found.new), bold=True)
    yield fill(
        "Questions: same {same}, changed {changed}, alike {alike}, new {new}, gone {gone}",
        **found.counts,
    )
    for form in found.forms:
        if form.became != "same":
            told = list(_form(form))
            yield from ([""] if len(told) > 1 else [])
            yield from told
    same = [form.new_title for form in found.forms if form.became == "same"]
    if same:
        yield ""
        yield fill("Forms without a change: {count}", count=len(same))
        yield from (f"  = {title}" for title in same)


def _form(form: FormFate) -> Iterator[str]:
    """A form that is new or gone as a whole is told without its questions."""
    title = click.style(form.new_title or form.old_title, bold=True, fg=_COLOURS.get(form.became))
    words = [str(_BECAME[form.became])] if form.became in _BECAME else []
    words += [str(_CHANGED[word]) for word in form.changed if word in _CHANGED]
    if "number" in form.changed:
        numbers = [_number(name.rpartition("/")[2]) for name in (form.old, form.new)]
        words.append(fill("number {new}, it was {old}", old=numbers[0], new=numbers[1]))
    said = f" — {'، '.join(words)}" if words else ""
    yield f"{_MARKS[form.became]} {title}{said}  {_names(form.old, form.new)}"
    if "label" in form.changed:
        yield "    " + fill("was called: {label}", label=form.old_title)
    if form.became in ("new", "gone"):
        return
    for item in form.items:
        if item.became != "same":
            yield from _item(item)


def _number(name: str) -> str:
    """What a form is called by in its folder, mostly a number."""
    return digits(int(name)) if name.isdecimal() else name


def _item(item: ItemFate) -> Iterator[str]:
    yield f"  {_told(item, item.new_label or item.old_label)}"
    yield from (f"      {line}" for line in _changes(item))
    for part in item.parts:
        label = _called(part)
        yield f"      {_told(part, label)}"
        yield from (f"          {line}" for line in _changes(part))


def _called(part: Fate) -> str:
    label = part.new_label or part.old_label
    match part.kind:
        case "column":
            return fill("column «{name}»", name=label)
        case "row":
            return fill("row «{label}»", label=label)
        case "choice":
            return fill("choice «{label}»", label=label)


def _told(found: ItemFate | Fate, label: str) -> str:
    marked = click.style(f"{_MARKS[found.became]} {label}", fg=_COLOURS.get(found.became))
    return f"{marked}  {_names(found.old, found.new)}"


def _changes(found: ItemFate | Fate) -> Iterator[str]:
    if "label" in found.changed:
        yield fill("was called: {label}", label=found.old_label)
    if "type" in found.changed:
        old, new = (str(_TYPES.get(name, name)) for name in found.types)
        yield fill("the answer was {old}, it is {new}", old=old, new=new)
    yield from (str(_CHANGED[word]) for word in found.changed if word in _CHANGED)


def _names(old: str, new: str) -> str:
    """The internal names, the old one where it was another."""
    told = " ← ".join(dict.fromkeys(filter(None, (new, old))))
    return click.style(f"[{told}]", dim=True)
