"""Answer files ready to fill in: every question as a comment, then its key; in the language of the report, whatever the
terminal speaks.

Keys stand at the beginning of their lines, so that no Persian text turns them round. A carried answer stands where
the blank one would.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from assembler.answers import item_to_yaml, value_to_yaml
from assembler.base.expressions import unfilled
from assembler.base.messages import fill, spoken, translate
from assembler.base.persian import RLM, listed_texts
from assembler.base.tongue import tongue
from assembler.collect.asking import Question, condition_sentences, question_of
from assembler.model.answers import AnsweredForm, AnsweredRow
from assembler.model.carried import ALIKE, CARRIED, ORIGIN, fingerprint, is_alike
from assembler.model.folders import PREVIOUS
from assembler.model.remarks import head_remarks
from assembler.model.reports import ReportSpec
from assembler.model.specs import Column, Field, FormSpec, Item
from assembler.model.types import NUMBERS
from assembler.model.values import shown, typed_text

_WIDTH = 100
_RULE = "# " + "─" * 60
_DOUBLE = "# " + "═" * 60
MOST_LISTED = 40  # choices in a comment
_BAR = "\u00a0| "  # no line begins with the bar
_COLON = re.compile(r"«[^»]*: [^»]*»")  # an example in a hint


def form_file(spec: FormSpec, forms: Mapping[str, FormSpec], answered: AnsweredForm | None = None) -> str:
    """The answer file of a form. What ``answered`` lists as carried is marked to be confirmed."""
    with spoken(tongue().language):
        lines = [*_head(spec), f"form: {spec.id}", *_carried(answered), *_items(spec, forms, answered)]
    return "\n".join(lines) + "\n"


def case_file(report: ReportSpec, fields: AnsweredForm | None = None, before: str = "") -> str:
    """The file ``case.yaml`` of a report; ``before`` is the folder of the case of the period before."""
    with spoken(tongue().language):
        head = [*comment(fill("Case file: {title}", title=unfilled(report.title))), "#", *_advice()]
        forms = {"case": report.case}
        lines = [
            *head,
            f"report: {report.id}",
            *_before(before),
            *_carried(fields),
            *_items(report.case, forms, fields),
        ]
    return "\n".join(lines) + "\n"


def _before(folder: str) -> Iterator[str]:
    if folder:
        yield from value_to_yaml(PREVIOUS, folder).splitlines()


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
    clauses = listed_texts(spec.source.clause)
    if clauses:
        yield from comment(fill("Source: {clauses}", clauses=clauses))
    if spec.legal:
        yield from comment(fill("Legal basis: {legal}", legal=listed_texts(spec.legal, "؛ ", "; ")))
    for words in head_remarks(spec):
        yield from comment(str(words))
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
    told = fill("These answers came from the case {origin} and are not confirmed yet.", origin=origin)
    how = translate("Correct what changed; `assembler confirm` or `assembler fill` confirms what still holds.")
    yield f"{CARRIED}:"
    yield from (f"  {line}" for line in (*comment(told), *comment(how)))  # within, so that they go with the list
    yield from _indented(value_to_yaml(ORIGIN, origin), "  ")
    for name in answered.carried.fingerprints:
        mark = ALIKE if is_alike(answered, name) else ""
        yield from _indented(value_to_yaml(name, fingerprint(answered, name) + mark), "  ")


def _items(spec: FormSpec, forms: Mapping[str, FormSpec], answered: AnsweredForm | None) -> Iterator[str]:
    for item in spec.items:
        if item.type == "note":
            yield from ("", *([_DOUBLE] if item.is_heading else []), *comment(item.label))
        elif item.is_asked:
            yield from ("", _RULE, *_item(item, spec, forms, answered or AnsweredForm(spec.id, {}, {})))


def _item(item: Item, spec: FormSpec, forms: Mapping[str, FormSpec], answered: AnsweredForm) -> Iterator[str]:
    asked = question_of(item, spec, forms)
    yield from comment("\n".join(filter(None, (asked.label, asked.translation))))
    yield from (line for text in (*asked.helps, *asked.notes) for line in comment(text, "  "))
    yield from _quoting(asked, "  ")
    yield from _conditions(asked, "  ")
    if item.is_table:
        yield from _table(item, asked, answered)
        return
    yield from _answer(asked, _how(item, asked), "  ")
    written = item_to_yaml(answered, item)
    if written:
        yield from written.splitlines()
    else:
        yield from _blank(item)


def _conditions(asked: Question, indent: str) -> Iterator[str]:
    """When it is asked and when it is required; what there are no words for stands on a line of its own."""
    for sentence, source in condition_sentences(asked):
        yield from comment(sentence, indent)
        if source:
            yield f"#{indent}   {source}"


def _answer(asked: Question, how: str, indent: str) -> Iterator[str]:
    """What kind of answer it takes, and its choices, a line each, the name that is typed in front."""
    yield from comment(how, indent)
    for choice in asked.choices[:MOST_LISTED]:
        code = f" ({choice.code})" if choice.code else ""
        yield f"#{indent}   {choice.name} = {choice.label}{code}"
    if len(asked.choices) > MOST_LISTED:
        more = fill("… and {count} more, which `assembler forms show` lists", count=len(asked.choices) - MOST_LISTED)
        yield f"#{indent}   {more}"
    if asked.marks:
        marks = " ".join(f"'{mark}'" for mark in asked.marks)
        yield from comment(fill("In place of it may stand: {marks}", marks=marks), indent)
    if asked.default:
        yield from comment(fill("Proposed: {default}", default=asked.default), indent)


def _how(field: Field, asked: Question) -> str:
    """How an answer is written into the file: by its kind alone where that says enough."""
    words = {
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
    return words.get(field.type, asked.kind)


def _quoting(asked: Question, indent: str) -> Iterator[str]:
    """A hint that shows a colon asks for answers with one, which YAML takes for another key."""
    if asked.type == "text" and any(map(_COLON.search, asked.helps)):
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


def _table(item: Item, asked: Question, answered: AnsweredForm) -> Iterator[str]:
    yield from (line for text in (*asked.rows, asked.taken_over) for line in comment(text, "  "))
    yield from comment(translate("Columns:"), "  ")
    for column in asked.columns:
        yield from _column(item.column(column.name), column)
    rows = answered.tables.get(item.name, ())
    if item.rows:
        yield from _printed_rows(item, rows)
    elif rows:
        yield from item_to_yaml(answered, item).splitlines()
    else:
        yield from _example_rows(item)


def _column(column: Column, asked: Question) -> Iterator[str]:
    """The legend of a column: its key first, then what it is called and takes."""
    how = _how(column, asked)
    required = translate("Required") if asked.required else ""
    told = (asked.label.replace("\n", " "), "" if asked.choices else how, required, *asked.helps, *asked.notes)
    words = listed_texts(filter(None, told), "؛ ", "; ")
    first, *more = textwrap.wrap(words, _WIDTH - len(column.name), break_long_words=False, break_on_hyphens=False)
    yield f"#    {column.name} = {first}"
    yield from (f"#       {_turned(line)}" for line in more)
    yield from _quoting(asked, "      ")
    if not required:
        yield from _conditions(asked, "      ")
    if column.merge:
        yield from comment(translate("a blank cell joins the one above it"), "      ")
    yield from _answer(asked, how if asked.choices else "", "      ")


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
    heads = _BAR.join(column.path for column in fixed)
    yield from comment(fill("Above each row stands what is printed in it: {columns}", columns=heads), "  ")
    yield f"{item.name}:"
    for printed in item.rows:
        if printed.heading:
            yield from (f"  {line}" for line in comment(printed.heading.replace("\n", " ")))
            continue
        cells = _BAR.join(_printed(printed.cells[each.name], each) for each in fixed if each.name in printed.cells)
        yield from (f"  {line}" for line in comment(cells))
        asked = [column for column in item.columns if item.asks(column, printed.name)]
        if not asked:
            yield from (f"  {line}" for line in comment(translate("(nothing of this row is asked)")))
            continue
        yield f"  {printed.name}:"
        for column in asked:
            yield from _open_cell(column, given.get(printed.name))


def _printed(cell: str, column: Column) -> str:
    """A fixed cell as it is read on paper."""
    value = typed_text(cell, column) if column.type in NUMBERS else cell.replace("\n", " ")
    return shown(value, column)


def _open_cell(column: Column, row: AnsweredRow | None) -> Iterator[str]:
    value = row.cells[column.name].value if row and column.name in row.cells else None
    if value is None:
        yield f"    {column.name}: "
    else:
        yield from _indented(value_to_yaml(column.name, value, column.calendar), "    ")


def _indented(text: str, indent: str) -> Iterator[str]:
    return (indent + line if line else line for line in text.splitlines())
