"""Answer files ready to fill in: every question as a comment, then its key; in Persian, whatever the terminal speaks.

Keys stand at the beginning of their lines, so that no Persian text turns them round. A carried answer stands where
the blank one would.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assembler.answers import item_to_yaml, value_to_yaml
from assembler.base.messages import fill, spoken, translate
from assembler.base.persian import RLM, format_number, parse_number
from assembler.collect.conditions import Names, shortened
from assembler.model.answers import AnsweredForm, AnsweredRow
from assembler.model.carried import CARRIED, ORIGIN, fingerprint
from assembler.model.reports import ReportSpec
from assembler.model.specs import Column, Expression, Field, FormSpec, Item

_WIDTH = 100
_RULE = "# " + "─" * 60
NUMBERS = ("integer", "decimal", "percent")
_BAR = "\u00a0| "  # no line begins with the bar
_COLON = re.compile(r"«[^»]*: [^»]*»")  # an example in a hint
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def form_file(spec: FormSpec, forms: Mapping[str, FormSpec], answered: AnsweredForm | None = None) -> str:
    """The answer file of a form. What ``answered`` lists as carried is marked to be confirmed."""
    with spoken("fa"):
        lines = [*_head(spec), f"form: {spec.id}", *_carried(answered), *_items(spec, forms, answered)]
    return "\n".join(lines) + "\n"


def case_file(report: ReportSpec, fields: AnsweredForm | None = None) -> str:
    """The file ``case.yaml`` of a report."""
    with spoken("fa"):
        head = [*comment(fill("Case file: {title}", title=_bare(report.title))), "#", *_advice()]
        forms = {"case": report.case}
        lines = [*head, f"report: {report.id}", *_carried(fields), *_items(report.case, forms, fields)]
    return "\n".join(lines) + "\n"


def _bare(title: str) -> str:
    """A title without its expressions, which only a filled-in case can tell."""
    return _EXPRESSION.sub("…", title)


# ---------------------------------------------------------------- comments


def comment(text: str, indent: str = "") -> Iterator[str]:
    """A text as comment lines; marks of direction keep numbers and full stops on their side."""
    width = _WIDTH - len(indent)
    for paragraph in text.split("\n"):
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False):
            yield f"#{indent} {_turned(line)}"


def _turned(line: str) -> str:
    """Digits or signs at either end of a Persian line would stand on the wrong side of it in a Latin editor."""
    if not any("\u0600" <= letter <= "\u06ff" for letter in line):
        return line
    before = "" if line[0].isalpha() else RLM
    return before + line + ("" if line[-1].isalpha() else RLM)


def _head(spec: FormSpec) -> Iterator[str]:
    yield from comment(fill("Form: {title}", title=spec.title))
    clauses = "، ".join(spec.source.clause)
    if clauses:
        yield from comment(fill("Source: {clauses}", clauses=clauses))
    if spec.legal:
        yield from comment(fill("Legal basis: {legal}", legal="؛ ".join(spec.legal)))
    if spec.inferred:
        yield from comment(fill("Restored: {reason}", reason=spec.inferred))
    yield "#"
    yield from _advice()


def _advice() -> Iterator[str]:
    yield from comment(translate("Write each answer behind the colon of its key; leave blank what does not apply."))
    yield from comment(
        translate("Put an answer between single quotes ' when it begins with a sign or holds ': ' or ' #'.")
    )


def _carried(answered: AnsweredForm | None) -> Iterator[str]:
    """The list of answers to be confirmed."""
    if answered is None or answered.carried is None:
        return
    origin = answered.carried.origin
    yield ""
    yield from comment(fill("These answers came from the case {origin} and are not confirmed yet.", origin=origin))
    yield from comment(translate("Correct what changed; of what still holds, take its line out of this list."))
    yield f"{CARRIED}:"
    yield from _indented(value_to_yaml(ORIGIN, origin), "  ")
    for name in answered.carried.fingerprints:
        yield from _indented(value_to_yaml(name, fingerprint(answered, name)), "  ")


def _items(spec: FormSpec, forms: Mapping[str, FormSpec], answered: AnsweredForm | None) -> Iterator[str]:
    for item in spec.items:
        if item.type == "note":
            yield from ("", *comment(item.label))
        elif item.is_asked:
            yield from ("", _RULE, *_item(item, Names(spec, forms), answered or AnsweredForm(spec.id, {}, {})))


def _item(item: Item, names: Names, answered: AnsweredForm) -> Iterator[str]:
    yield from comment(item.shown)
    yield from (line for text in (item.hint, item.footnote) if text for line in comment(text, "  "))
    yield from _quoting(item, "  ")
    yield from _conditions(item, names)
    if item.is_table:
        yield from _table(item, replace(names, item=item), answered.tables.get(item.name, ()), answered)
        return
    yield from _kind(item, "  ")
    written = item_to_yaml(answered, item)
    if written:
        yield from written.splitlines()
    else:
        yield from _blank(item)


def _conditions(field: Field, names: Names, indent: str = "  ") -> Iterator[str]:
    """When it is asked and when it is required."""
    relevant, required = field.relevant, field.required
    same = isinstance(required, Expression) and relevant is not None and required.source == relevant.source
    if relevant and not (required is True or same):
        yield from _condition(translate("Answer it when {condition}"), relevant, names, indent)
    if required is True and not relevant:
        yield from comment(translate("Required"), indent)
    elif required:
        condition = required if isinstance(required, Expression) else relevant
        assert condition is not None
        yield from _condition(translate("Required when {condition}"), condition, names, indent)


def _condition(sentence: str, condition: Expression, names: Names, indent: str) -> Iterator[str]:
    """A sentence with its condition in words, or with the expression on a line of its own."""
    words = names.words(condition)
    if words is not None:
        yield from comment(sentence.format(condition=words), indent)
        return
    yield from comment(sentence.format(condition=translate("this holds")) + ":", indent)
    yield f"#{indent}   {condition.source}"


def _kind(field: Field, indent: str) -> Iterator[str]:
    """What kind of answer it takes, and its choices, a line each, the name that is typed in front."""
    words = _kind_words(field)
    if words:
        yield from comment(words, indent)
    for choice in field.choices:
        yield f"#{indent}   {choice.name} = {choice.label}"
    if field.marks:
        marks = " ".join(f"'{mark}'" for mark in field.marks)
        yield from comment(fill("In place of it may stand: {marks}", marks=marks), indent)
    if field.default:
        yield from comment(fill("Proposed: {default}", default=field.default), indent)


def _kind_words(field: Field) -> str:
    words = {
        "integer": translate("a whole number"),
        "decimal": translate("a number"),
        "percent": translate("a percentage, from 0 to 100"),
        "date": translate("a date, such as 1399/12/05"),
        "select_one": translate("one of these:"),
        "select_multiple": translate("one or more of these, between [ and ], with commas:"),
        "image": translate("the name of a picture in attachments/"),
        "file": translate("the name of a file in attachments/"),
        "narrative": translate("a text; each paragraph begins with a dash on a line of its own"),
    }
    if field.is_list:
        return translate("a list; each entry begins with a dash on a line of its own")
    if field.has_lines:
        return translate("a text; of several lines, each begins with a dash on a line of its own")
    return words.get(field.type, "")


def _quoting(field: Field, indent: str) -> Iterator[str]:
    """A hint that shows a colon asks for answers with one, which YAML takes for another key."""
    if field.type == "text" and _COLON.search(field.hint):
        yield from comment(translate("Write it between two ' signs: it holds a colon."), indent)


def _blank(item: Item) -> Iterator[str]:
    """The key with nothing behind it; of a narrative, with an example to be written over."""
    if item.type != "narrative":
        yield f"{item.name}: "
        return
    yield from comment(translate("Example (take the # away to use it):"), "  ")
    yield f"{item.name}: "
    yield f"#   - {translate('A paragraph')}"
    yield "#   - numbered:"
    yield f"#       - {translate('An entry of a list')}"


# ---------------------------------------------------------------- tables


def _table(item: Item, names: Names, rows: tuple[AnsweredRow, ...], answered: AnsweredForm) -> Iterator[str]:
    yield from _counts(item)
    if item.prefill:
        yield from comment(_prefill_words(item, names), "  ")
    yield from comment(translate("Columns:"), "  ")
    for column in _open_columns(item):
        yield from _column(column, names)
    if item.rows:
        yield from _printed_rows(item, rows)
    elif rows:
        yield from item_to_yaml(answered, item).splitlines()
    else:
        yield from _example_rows(item)


def _open_columns(item: Item) -> Iterator[Column]:
    """The columns somebody answers: not those the guidance prints in every row."""
    for column in item.columns:
        open_somewhere = not item.rows or any(column.name not in printed.cells for printed in item.rows)
        if column.is_asked and open_somewhere:
            yield column


def _counts(item: Item) -> Iterator[str]:
    if item.min_rows:
        yield from comment(fill("At least {count} rows", count=item.min_rows), "  ")
    if item.max_rows is not None:
        yield from comment(fill("At most {count} rows", count=item.max_rows), "  ")


def _prefill_words(item: Item, names: Names) -> str:
    """Where the rows come from while nobody has written any."""
    assert item.prefill is not None
    labels: dict[str, list[str]] = {}
    for source in item.prefill.sources:
        form, _, name = source.rpartition(".")
        labels.setdefault(form, []).append(names.forms[form].item(name).shown)
    tables = (
        fill("«{label}» in the form «{title}»", label="»، «".join(found), title=shortened(names.forms[form].title))
        for form, found in labels.items()
    )
    return fill(
        "As long as the table is left blank, its rows are taken from {tables}; once you write one, write all.",
        tables="، ".join(tables),
    )


def _column(column: Column, names: Names) -> Iterator[str]:
    """The legend of a column: its key first, then what it is called and takes."""
    label = " › ".join(column.heads)
    kind = "" if column.choices else _kind_words(column)
    required = translate("Required") if column.required is True and not column.relevant else ""
    told = "؛ ".join(filter(None, (label.replace("\n", " "), kind, required, column.hint, column.footnote)))
    first, *more = textwrap.wrap(told, _WIDTH - len(column.name), break_long_words=False, break_on_hyphens=False)
    yield f"#    {column.name} = {first}"
    yield from (f"#       {_turned(line)}" for line in more)
    yield from _quoting(column, "      ")
    if not required:
        yield from _conditions(column, names, "      ")
    if column.merge:
        yield from comment(translate("a blank cell joins the one above it"), "      ")
    if column.choices or column.marks or column.default:
        yield from _kind(column if column.choices else replace(column, type="text", appearance=()), "      ")


def _example_rows(item: Item) -> Iterator[str]:
    """The key with a row to be filled in once its marks are taken away."""
    example = translate("A row (take the # away, fill it in, repeat it for every row):")
    yield from comment(example, "  ")
    if item.group_rows:
        yield from comment(translate("A band row over a group of rows begins with group:"), "  ")
    yield f"{item.name}: "
    if item.group_rows:
        yield "#   - group:"
        yield from (f"#       {name}: " for name in item.group_rows.columns)
    for number, column in enumerate(column for column in item.columns if column.is_asked):
        yield f"#   {' ' if number else '-'} {column.name}: "
        if column.is_list:
            yield "#       - "


def _printed_rows(item: Item, answered: tuple[AnsweredRow, ...]) -> Iterator[str]:
    """The rows the guidance prints, each with its fixed cells above it and its open ones ready to fill."""
    given = {row.name: row for row in answered}
    fixed = [column for column in item.columns if any(column.name in printed.cells for printed in item.rows)]
    heads = _BAR.join(column.shown.replace("\n", " ") for column in fixed)
    yield from comment(fill("Above each row stands what is printed in it: {columns}", columns=heads), "  ")
    yield f"{item.name}:"
    for printed in item.rows:
        cells = _BAR.join(_printed(printed.cells[each.name], each) for each in fixed if each.name in printed.cells)
        yield from (f"  {line}" for line in comment(cells))
        yield f"  {printed.name}:"
        for column in item.columns:
            if column.is_asked and column.name not in printed.cells:
                yield from _open_cell(column, given.get(printed.name))


def _printed(cell: str, column: Column) -> str:
    """A fixed cell as it is read on paper."""
    value = parse_number(cell) if column.type in NUMBERS else None
    return cell.replace("\n", " ") if value is None else format_number(value)


def _open_cell(column: Column, row: AnsweredRow | None) -> Iterator[str]:
    value = row.cells[column.name].value if row and column.name in row.cells else None
    if value is None:
        yield f"    {column.name}: "
    else:
        yield from _indented(value_to_yaml(column.name, value), "    ")


def _indented(text: str, indent: str) -> Iterator[str]:
    return (indent + line if line else line for line in text.splitlines())
