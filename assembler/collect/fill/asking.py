"""Asks for one value until it is answered, kept, skipped or cleared; a command leads away."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from assembler.base.files import typed_path
from assembler.base.messages import fill, translate
from assembler.base.problems import AssemblerError, Place
from assembler.collect.files.typed import refuse_missing
from assembler.collect.fill.open_case import OpenCase
from assembler.collect.fill.screens import (
    ConfirmForm,
    GoBack,
    GoTo,
    LeaveDialogue,
    Line,
    Screen,
    problem_lines,
    refused,
)
from assembler.collect.fill.telling import choice_lines, column_label, help_lines, short
from assembler.collect.fill.typed import as_typed, found_choices, has_lines, is_choice, is_typed_back, read_typed
from assembler.collect.fill.words import EVERYWHERE, IN_ROWS, IN_TEXTS, Command, command, literal
from assembler.model.answers import Value
from assembler.model.specs import Column, Field

_NO_WORDS: Mapping[str, tuple[str, ...]] = {}
_END = "."


class Reply(NamedTuple):
    """What became of a question. Of «kept» the value stays as it is."""

    kind: Literal["value", "kept", "skipped", "cleared"]
    value: Value = None


@dataclass(frozen=True)
class Prompt:
    """A value to be asked for. ``lines`` are shown before it; of a cell ``in_row`` the row can be ended, and
    ``blank`` says what a blank answer means where it is not «skip».
    """

    field: Field
    place: Place
    lines: tuple[Line, ...] = ()
    current: Value = None
    origin: str = ""  # the case a value came from and waits to be confirmed
    required: bool = False
    in_row: bool = False
    blank: str = ""


@dataclass(frozen=True)
class Asker:
    """Asks questions on behalf of a dialogue; ``missing`` gives the lines that list what is missing."""

    case: OpenCase
    missing: Callable[[], Iterator[Line]]

    def ask(self, prompt: Prompt) -> Generator[Screen, str, Reply | Command]:
        """Asks until there is a reply; the one that ends a row is returned as it is.

        Raises LeaveDialogue, GoBack and GoTo.
        """
        lines = [*prompt.lines, *offer_lines(prompt)]
        while True:
            typed = yield Screen(tuple(lines))
            found = self._command(typed, prompt)
            reply = (yield from self._follow(found, prompt)) if found else (yield from self._answer(typed, prompt))
            if isinstance(reply, Reply | Command):
                return reply
            lines = reply

    def _command(self, typed: str, prompt: Prompt) -> Command | None:
        if is_choice(typed, prompt.field):
            return None
        texts = IN_TEXTS if has_lines(prompt.field) else _NO_WORDS
        rows = IN_ROWS if prompt.in_row else _NO_WORDS
        return command(typed, {**EVERYWHERE, **texts, **rows})

    def _follow(self, found: Command, prompt: Prompt) -> Generator[Screen, str, Reply | Command | list[Line]]:
        """Where a command leads: away, to a reply, or to lines with which the question stands again."""
        field = prompt.field
        label = column_label(field) if isinstance(field, Column) else field.shown
        again = [Line(""), Line(label.replace("\n", " "), "question"), *offer_lines(prompt)]
        if found.name == "editor":
            return (yield from self._edited(prompt))
        match found.name:
            case "help":
                return [*help_lines(prompt.field, table=prompt.in_row), *again]
            case "list":
                return [*self.missing(), *again]
            case "skip":
                return Reply("skipped")
            case "clear":
                return Reply("cleared")
            case "done":
                return found
        return led_away(found)

    def _edited(self, prompt: Prompt) -> Generator[Screen, str, Reply | list[Line]]:
        """An answer written in an editor, which begins with the present one."""
        field, current = prompt.field, prompt.current
        if current is not None and not is_typed_back(current, field, self.case.attachments):
            return [refused(translate("This text is set in a way that cannot be typed here; edit it in its file."))]
        typed = yield Screen((), editor=True, text=as_typed(current, field))
        return self._read(typed, prompt) if typed.strip() else [refused(translate("Nothing was written."))]

    def _answer(self, typed: str, prompt: Prompt) -> Generator[Screen, str, Reply | list[Line]]:
        if not typed.strip():
            return self._entered(prompt)
        typed = literal(typed)
        found = found_choices(typed, prompt.field) if prompt.field.type == "select_one" else ()
        if len(found) == 1:
            return self._read(found[0].name, prompt)
        if found:
            return [*choice_lines(prompt.field, found), Line("  " + translate("Type more of it."), "faint")]
        if has_lines(prompt.field):
            typed = yield from _gathered(typed, prompt.field)
        return self._read(typed, prompt)

    def _entered(self, prompt: Prompt) -> Reply | list[Line]:
        """What Enter alone means: keep, take what is proposed, skip."""
        if prompt.current is not None:
            return Reply("kept", prompt.current)
        if prompt.field.default:
            return self._read(prompt.field.default, prompt)
        if prompt.required and not prompt.blank:
            return [refused(translate("An answer is required; «رد» or :s skips it for now."))]
        return Reply("skipped")

    def _read(self, typed: str, prompt: Prompt) -> Reply | list[Line]:
        """The value of what was typed, or why there is none. A file is copied into the case first."""
        field = prompt.field
        try:
            typed = self._attached(typed) if field.type in ("image", "file") else typed
        except AssemblerError as error:
            return problem_lines(tuple(error.problems))
        value, problems = read_typed(typed, field, self.case.attachments, prompt.place)
        if value is None or problems:
            told = problem_lines(problems) or [refused(translate("That says nothing."))]
            return [Line(f"  «{short(typed, 60)}»", "faint"), *told] if len(typed) > 1 else told
        return Reply("value", value)

    def _attached(self, typed: str) -> str:
        """The name of a file among the attachments; one that is not there yet is copied."""
        path = typed_path(_unquoted(typed))
        inside = self.case.attachments / typed.strip()
        if not inside.is_file():
            refuse_missing(path, self.case.attachments, Place())
        return typed if inside.is_file() or not path.is_file() else self.case.attach(path)


def led_away(found: Command) -> list[Line]:
    """Leaves the question for another place, or the dialogue. Raises what says where to."""
    if found.name == "back":
        raise GoBack
    if found.name == "leave":
        raise LeaveDialogue
    if found.name == "confirm":
        raise ConfirmForm
    if not found.argument:
        return [refused(translate("Say where to go: «برو ۱۲», «برو ۱۲.title» or a part of a label."))]
    raise GoTo(found.argument)


def _gathered(typed: str, field: Field) -> Generator[Screen, str, str]:
    """All lines of an answer: of a narrative to a line with a dot alone, of others to that or a blank one."""
    lines: list[str] = []
    while True:
        for line in typed.split("\n"):
            if line.strip() == _END or (field.type != "narrative" and not line.strip()):
                return "\n".join(lines)
            lines.append(line)
        typed = yield Screen((), "… ", gathering=True)


def _unquoted(typed: str) -> str:
    """A path as a file manager or a shell gives it."""
    path = typed.strip().strip("\"'").removeprefix("file://")
    return path.replace("\\ ", " ")


def offer_lines(prompt: Prompt) -> Iterator[Line]:
    """What stands already, or is proposed, and what Enter alone does."""
    field, current = prompt.field, as_typed(prompt.current, prompt.field)
    if current and prompt.origin:
        yield Line("  " + fill("Last year ({origin}): {value}", origin=prompt.origin, value=_told(current)))
        yield Line("  " + translate("Enter: it still holds. «تأیید» or :o: so does all of this form."), "faint")
    elif current:
        yield Line("  " + fill("Now: {value}", value=_told(current)))
        yield Line("  " + translate("Enter: keep it."), "faint")
    elif field.default:
        value, _ = read_typed(field.default, field, Path(), Place())
        yield Line("  " + fill("Enter: {value}", value=as_typed(value, field) or field.default), "faint")
    elif prompt.blank:
        yield Line("  " + prompt.blank, "faint")
    elif not prompt.required:
        yield Line("  " + translate("Enter: leave it blank."), "faint")


def _told(text: str) -> str:
    """A text of one line as it is; one of several under each other."""
    return text if "\n" not in text else "\n    " + text.replace("\n", "\n    ")
