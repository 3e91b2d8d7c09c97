"""What a dialogue tells: the heads of forms, questions with all that helps to answer them, rows of tables, the help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.base.expressions import is_percent
from assembler.base.messages import fill, number, translate
from assembler.base.persian import persian_digits
from assembler.base.scripts import in_direction
from assembler.collect.asking import Question
from assembler.collect.fill.screens import Line
from assembler.collect.fill.typed import has_lines
from assembler.collect.fill.words import EVERYWHERE, IN_TABLES, IN_TEXTS
from assembler.model.answers import AnsweredForm, Value
from assembler.model.carried import ONLY_ALIKE, is_alike
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.remarks import head_remarks
from assembler.model.specs import Choice, Column, Field, FormSpec, Item
from assembler.model.tables import FooterRow
from assembler.model.types import MOST_SHOWN
from assembler.model.values import printed, shown

_CELL = 28  # letters of a cell in a compact table
_BAR = " │ "
_CLOSED = "▒▒"


def form_lines(spec: FormSpec, *, again: bool) -> Iterator[Line]:
    """The head of a form: its title and, the first time, its source and the law behind it."""
    yield Line("")
    yield Line(f"━━ {spec.shown}", "title")
    if again:
        return
    clauses = "، ".join(spec.source.clause)
    if clauses:
        yield Line("  " + fill("Source: {clauses}", clauses=clauses), "faint")
    if spec.legal:
        yield Line("  " + fill("Legal basis: {legal}", legal="؛ ".join(spec.legal)), "faint")
    yield from (Line(f"  {words}", "faint") for words in head_remarks(spec))


def carried_lines(items: Sequence[FilledItem], answered: AnsweredForm, origin: str) -> Iterator[Line]:
    """Answers that came from another case, a line each, and how they are confirmed at once."""
    yield Line("  " + fill("From last year ({origin}), to be confirmed: {count}", origin=origin, count=len(items)))
    for item in items:
        rows = fill("{count} rows", count=sum(row.is_ordinary for row in item.rows))
        yield Line(f"    {short(item.spec.shown, 50)}: {rows if item.spec.is_table else shown_short(item)}")
        if is_alike(answered, item.spec.name):
            yield alike_line("      ")
    yield Line("  " + translate("«تأیید» or :o: all of this form still holds."), "faint")


def alike_line(indent: str = "  ") -> Line:
    """That an answer may be that of another question."""
    return Line(f"{indent}{ONLY_ALIKE}", "warning")


def shown_short(item: FilledItem) -> str:
    """The value of an item on a line."""
    return short((shown if item.spec.is_asked else printed)(item.value, item.spec), 60)


def question_lines(field: Field, asked: Question, *, required: bool) -> Iterator[Line]:
    """A question: its label, what helps to answer it, its choices by number."""
    mark = " *" if required else ""
    label = in_direction(asked.label.replace("\n", " "), asked.direction)
    yield Line(" / ".join(filter(None, (label, asked.translation))) + mark, "question")
    for text in (*asked.helps, *asked.notes, *asked.rows, asked.taken_over):
        yield from (Line(f"  {line}", "faint") for line in text.split("\n") if line)
    how = _how(field, asked)
    if how:
        yield Line(f"  {how}", "faint")
    if len(asked.choices) > MOST_SHOWN:
        count = len(asked.choices)
        told = fill("{count} choices: type the first letters of one, its number or its code.", count=count)
        yield Line("  " + told, "faint")
    else:
        yield from choice_lines(field, asked.choices)
    if asked.marks:
        marks = " ".join(f"«{mark}»" for mark in asked.marks)
        yield Line("  " + fill("In place of it may stand: {marks}", marks=marks), "faint")


def choice_lines(field: Field, choices: Sequence[Choice]) -> Iterator[Line]:
    """Choices with their codes, or with their numbers where they have none; of many the first ones."""
    numbers = {choice.name: number(place) for place, choice in enumerate(field.choices, start=1)}
    for choice in choices[:MOST_SHOWN]:
        yield Line(f"  {persian_digits(choice.code) or numbers[choice.name]}) {choice.label}")
    if len(choices) > MOST_SHOWN:
        yield Line("  " + fill("… and {count} more", count=len(choices) - MOST_SHOWN), "faint")


def _how(field: Field, asked: Question) -> str:
    """How the answer is typed: by its kind alone where that says enough."""
    if field.type == "narrative":
        return translate("Several lines, each a paragraph. A dot alone on a line ends the text; «:e» opens an editor.")
    if has_lines(field):
        return translate("Several lines; a blank one ends them.")
    words = {
        "select_one": translate("Answer with a number or a word."),
        "select_multiple": translate("Several numbers may stand between commas."),
        "image": translate("The path of a picture; it is copied into the case."),
        "file": translate("The path of a file; it is copied into the case."),
    }
    return words.get(field.type, asked.kind)


def short(text: str, most: int = _CELL) -> str:
    """One line of a text, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# ---------------------------------------------------------------- tables


def column_label(column: Column, choice: str = "") -> str:
    """What a column is called, with the headers above it and the choice of a ticked one, each cut where it is long."""
    label = column.label_of(choice) if choice else ""
    heads = (*map(short, column.group), in_direction(short(column.shown), column.direction), short(label))
    return " › ".join(filter(None, heads))


def table_lines(item: FilledItem, *, whole: bool = False, most: int = 12) -> Iterator[Line]:
    """The rows so far, numbered as commands name them; of many the last ones unless all are wanted."""
    columns = _told_columns(item)
    if not item.rows:
        yield Line("  " + translate("(no rows yet)"), "faint")
        return
    if item.spec.as_ == "cards":
        yield from _card_lines(item, columns, 0 if whole else max(0, len(item.rows) - most // 2))
        yield from _footer_lines(item)
        return
    yield Line("  " + _BAR.join(["#", *(column_label(column) for column in columns)]), "faint")
    first = 0 if whole else max(0, len(item.rows) - most)
    if first:
        yield Line("  " + fill("… {count} rows before these («:v» shows all)", count=first), "faint")
    for place, row in enumerate(item.rows[first:], start=first + 1):
        heading = item.spec.printed_rows[row.name].heading if row.name in item.spec.printed_rows else ""
        yield Line("  " + _BAR.join([number(place), *([heading] if heading else _cells(item.spec, row, columns))]))
    yield from _footer_lines(item)


def _card_lines(item: FilledItem, columns: tuple[Column, ...], first: int) -> Iterator[Line]:
    """The rows from one on, each as it is printed on a card: a line an answer."""
    if first:
        yield Line("  " + fill("… {count} rows before these («:v» shows all)", count=first), "faint")
    for place, row in enumerate(item.rows[first:], start=first + 1):
        printed = item.spec.printed_rows.get(row.name)
        yield Line("  ▪ " + " ".join(filter(None, (number(place), printed.heading if printed else ""))))
        told = zip(columns, _cells(item.spec, row, columns), strict=True) if not (printed and printed.heading) else ()
        yield from (Line(f"    {column_label(column)}: {text}") for column, text in told)


def _told_columns(item: FilledItem) -> tuple[Column, ...]:
    """The columns without the number of the row, which is told anyway."""
    return tuple(
        column for column in item.spec.columns if not (column.calculation and column.calculation.source == "position")
    )


def _cells(item: Item, row: FilledRow, columns: tuple[Column, ...]) -> Iterator[str]:
    for column in columns:
        cell = row.cells[column.name]
        say = printed if cell.computed else shown  # what is calculated is rounded, as it is printed
        told = short(say(cell.value, item.column_in(column, row.name)))
        text = _CLOSED if cell.closed else in_direction(told, column.answer_direction)
        yield text or ("◻" if cell.required else "–")


def _footer_lines(item: FilledItem) -> Iterator[Line]:
    """The closing rows with what they reckon; a column of ticks has a result for each of its choices."""
    for row, values in zip(item.spec.footer, item.footer, strict=False):
        told = []
        for name, value in values.items():
            column, _, choice = name.partition(".")
            label = f"{column_label(item.spec.column(column), choice)}: " if column else ""
            if value is not None:
                told.append(label + _result(value, row, name))
        if told:
            yield Line("  = " + " ".join([row.label, _BAR.join(told)]), "faint")


def _result(value: Value, row: FooterRow, name: str) -> str:
    """What a closing row reckons, as it is printed."""
    expression = row.cells.get(name) if name else row.calculation
    kind = "percent" if expression and is_percent(expression.source) else "decimal"
    return printed(value, Field("", kind))


def row_lines(item: Item, row: FilledRow | None, count: int) -> Iterator[Line]:
    """Which row is filled in, with what is printed or calculated in it."""
    told = [translate("Row") + f" {number(count)}"]
    if row is not None:
        for column in _fixed(item, row):
            text = printed(row.cells[column.name].value, item.column_in(column, row.name))
            told += [f"{column_label(column)}: {short(text, 80)}"] if text else []
    yield Line("  ▸ " + _BAR.join(told), "title")


def _fixed(item: Item, row: FilledRow) -> Iterator[Column]:
    """The columns of a row nobody answers, the number of the row left out."""
    printed = item.printed_rows[row.name].cells if row.name in item.printed_rows else {}
    for column in item.columns:
        numbered = column.calculation is not None and column.calculation.source == "position"
        if column.name in printed or not (item.asks(column, row.name) or numbered):
            yield column


# ---------------------------------------------------------------- help


def help_lines(field: Field | None = None, *, table: bool = False) -> Iterator[Line]:
    """The commands with their words in both scripts; those of tables where they hold."""
    yield Line(translate("Instead of an answer you may type:"), "title")
    yield from _command_lines(EVERYWHERE)
    if field is not None and has_lines(field):
        yield from _command_lines(IN_TEXTS)
    if table:
        yield Line(translate("In tables:"), "title")
        yield from _command_lines(IN_TABLES)
    yield Line(translate("A question with * must be answered."), "faint")
    yield Line(translate("A word like these that is meant as an answer: put = before it («=رد»)."), "faint")
    yield Line(translate("Each answer is saved at once; you may leave at any time and go on later."), "faint")
    told = translate(
        "If Persian letters stand apart or backwards, start again with --bidi on, or with --bidi off; what you type "
        "yourself is shown by the terminal alone."
    )
    yield Line(told, "faint")


def _command_lines(commands: Mapping[str, tuple[str, ...]]) -> Iterator[Line]:
    meanings = _meanings()
    for name, words in commands.items():
        yield Line(f"  {words[0]}  {words[1]} — {meanings[name]}")


def _meanings() -> dict[str, str]:
    return {
        "back": translate("back to the question before; in a table, take back the last deletion, move or paste"),
        "go": translate("go to a form or question, by its number or a part of its label"),
        "skip": translate("skip this question for now"),
        "clear": translate("clear this answer"),
        "confirm": translate("all of this form that came from last year still holds"),
        "list": translate("list what is missing"),
        "leave": translate("leave; Ctrl-D does the same"),
        "help": translate("this help"),
        "editor": translate("write the text in an editor"),
        "add": translate("add rows; a blank first cell ends adding"),
        "edit": translate("edit a row, cell by cell: its number"),
        "delete": translate("delete a row: its number"),
        "move": translate("move a row: its number and its new place"),
        "copy": translate("copy a row: its number"),
        "paste": translate("paste rows copied in Excel"),
        "band": translate("add a band row over a group of rows"),
        "take": translate("write the rows of other tables here, to change them"),
        "view": translate("show all rows"),
        "done": translate("done with this table or row"),
    }
