"""Problems as values, the catalogue of their codes, and the exit codes of the program.

A stage never stops at the first problem: it gathers them and returns them beside its result. Only the command line
prints and exits. The catalogue holds one entry a code: severity, message and remedy, both gettext identifiers with
named places to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

from assembler.messages import fill


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class ExitCode(IntEnum):
    """What the process tells its caller. Codes 1 and 2 are Python's and click's own."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    ANSWERS = 3  # the case has errors
    SPEC = 4  # a form or report specification has errors
    TEMPLATE = 5  # a Word template has errors or could not be filled
    ENGINE = 6  # the converter is missing, failed, hung or lied
    OUTPUT = 7  # the result could not be written or did not stand the proof
    REGISTRY = 8  # the registry of letter numbers cannot be used, or did not stand the proof
    LOCKED = 9  # somebody else is changing the case
    INTERRUPTED = 130


class Place(NamedTuple):
    """Where something stands: any part may be unknown. ``line`` and ``row`` count from 1.

    A case has one for every cell, and a tuple is made several times faster than a frozen dataclass.
    """

    file: str | None = None
    line: int | None = None
    form: str | None = None
    item: str | None = None
    row: int | None = None
    column: str | None = None

    def within(self, **parts: str | int | None) -> Place:
        """The same place, told more precisely."""
        return self._replace(**parts)  # type: ignore[arg-type]

    def cell(self, column: str, line: int | None = None) -> Place:
        """The place of a cell in the row that stands here; its own line where it has one."""
        return Place(self.file, line or self.line, self.form, self.item, self.row, column)


NOWHERE = Place()
_NO_ARGUMENTS: Mapping[str, object] = MappingProxyType({})
# «Did you mean …?» when no known name comes near a mistyped one: there is nothing to ask.
_UNASKED = re.compile(r"^[^«]*«\?»[^?؟]*[?؟]\s*")


@dataclass(frozen=True)
class Problem:
    """One finding. ``code`` is stable; message and hint are rendered in the reader's language."""

    code: str
    place: Place = NOWHERE
    arguments: Mapping[str, object] = field(default_factory=lambda: _NO_ARGUMENTS)
    graver: Severity | None = None  # a severity the spec chose instead of the catalogue's
    acceptable: bool = field(default=False, compare=False)  # a judgement of the data, which an officer may let stand

    @property
    def severity(self) -> Severity:
        return self.graver or CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        return fill(CATALOGUE[self.code].message, **self.arguments)

    @property
    def hint(self) -> str:
        return _UNASKED.sub("", fill(CATALOGUE[self.code].hint, **self.arguments))

    def as_json(self) -> dict[str, object]:
        """The published shape of a problem: exactly these ten keys."""
        where = self.place
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": where.file,
            "line": where.line,
            "form": where.form,
            "item": where.item,
            "row": where.row,
            "column": where.column,
            "message": self.message,
            "hint": self.hint,
        }


def problem(code: str, place: Place = NOWHERE, severity: Severity | None = None, /, **arguments: object) -> Problem:
    """Make a problem; the code must be in the catalogue."""
    if code not in CATALOGUE:
        raise KeyError(f"no problem code {code!r} in the catalogue")
    return Problem(code, place, MappingProxyType(arguments), severity)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(found.severity is Severity.ERROR for found in problems)


class AssemblerError(Exception):
    """A failure that ends the run: problems to show and the exit code to leave with."""

    def __init__(self, problems: Iterable[Problem], exit_code: ExitCode) -> None:
        self.problems = tuple(problems)
        self.exit_code = exit_code
        super().__init__("; ".join(f"{found.code}: {found.message}" for found in self.problems))


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalogue entry: how grave, what is wrong, what to do."""

    severity: Severity
    message: str
    hint: str


def _error(message: str, hint: str) -> Entry:
    return Entry(Severity.ERROR, message, hint)


def _warning(message: str, hint: str) -> Entry:
    return Entry(Severity.WARNING, message, hint)


def _information(message: str, hint: str) -> Entry:
    return Entry(Severity.INFORMATION, message, hint)


CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        # --- files and YAML
        "file-missing": _error("The file {name} is missing.", "Create it, or correct the path."),
        "file-unreadable": _error(
            "The file {name} cannot be read: {reason}", "Check its permissions and encoding (UTF-8)."
        ),
        "yaml-broken": _error(
            "This is not valid YAML: {reason}",
            "Correct the line; quote texts that hold ': ' or begin with a sign such as @ or %.",
        ),
        "yaml-duplicate-key": _error("«{name}» is written twice.", "Keep one of the two; the other would be lost."),
        "yaml-too-large": _error(
            "The file unfolds to more than {limit} values.",
            "Write the values out instead of repeating them by aliases.",
        ),
        "wrong-shape": _error(
            "Here {expected} is expected, not {found}.", "See `assembler schema` for the shape of the file."
        ),
        # --- changing answers
        "answers-changed": _error(
            "{name} no longer says what was read from it: somebody changed it meanwhile.",
            "Nothing was written; look at the file and try again.",
        ),
        "answers-unwritable": _error(
            "«{label}» cannot be written in a way that reads back the same.",
            "Nothing was written; put the answer into the file by hand.",
        ),
        "row-beyond": _error(
            "«{label}» has {count} rows; there is no row {row}.",
            "Rows are counted from 1; the place of a new one is {following}.",
        ),
        "place-incomplete": _error(
            "«{label}» is a table: {where} names no cell of it.", "Write it as {expected}. Columns: {known}"
        ),
        "place-no-table": _error(
            "«{label}» is no table: it has no rows and columns.", "Write the place as {expected}."
        ),
        "row-not-named": _error("{where} names no row of a table.", "Write it as form.item:row."),
        "unit-twice": _error("«{name}» is given to two units, «{one}» and «{other}».", "Leave it with one of them."),
        "case-locked": _error(
            "The case {name} is being changed: «{doing}» by {who}, process {process}, since {since}.",
            "Wait until that has ended and try again; a lock whose process was killed frees itself.",
        ),
        # --- specifications
        "unknown-key": _error("«{name}» is not a word of {shape}.", "Did you mean «{guess}»? Known words: {known}"),
        "missing-key": _error("{shape} lacks «{name}».", "Add it."),
        "bad-value": _error("«{value}» is not allowed for «{name}».", "Use one of: {known}"),
        "bad-name": _error(
            "«{value}» cannot be a name.", "Names begin with a Latin letter and hold a-z, 0-9 and _ only."
        ),
        "caps-differ": _error(
            "The caps of «{name}» add up to {total}, and its own is {cap}.", "Compare both with the guidance."
        ),
        "bands-open": _error(
            "The bands of «{name}» do not follow one another: some values would have no score, or two.",
            "Give each band one bound, «below» or «to», above that of the one before, and the last none.",
        ),
        "duplicate-name": _error("The name «{name}» is used twice in {shape}.", "Give each its own name."),
        "unknown-type": _error("«{value}» is not an item type.", "Did you mean «{guess}»? Types: {known}"),
        "unknown-choices": _error("There is no list of choices «{name}».", "Did you mean «{guess}»? Lists: {known}"),
        "unknown-form": _error("There is no form «{name}».", "Did you mean «{guess}»? `assembler forms` lists them."),
        "unknown-report": _error("There is no report «{name}».", "Did you mean «{guess}»? Reports: {known}"),
        "unknown-item": _error("There is no item «{name}» in {shape}.", "Did you mean «{guess}»? Known names: {known}"),
        "unknown-reference": _error("Nothing in this report is called «{name}».", "Did you mean «{guess}»?"),
        "duplicate-id": _error("The identifier «{name}» is used twice in the report.", "Give each its own."),
        "expression-broken": _error(
            "The expression «{expression}» cannot be read: {reason}", "Correct it; expressions are Jinja expressions."
        ),
        "expression-forbidden": _error(
            "«{part}» is not allowed in the expression «{expression}».",
            "Use names, numbers, comparisons, and/or/not, arithmetic, if-else and the offered functions.",
        ),
        "expression-unknown-name": _error(
            "The expression «{expression}» uses the unknown name «{name}».",
            "Did you mean «{guess}»? Known names: {known}",
        ),
        "expression-arguments": _error(
            "«{name}» in «{expression}» is called with the wrong arguments.", "It takes: {usage}"
        ),
        "expression-failed": _error(
            "The expression «{expression}» failed: {reason}", "Check the kinds of the values it uses."
        ),
        "cycle": _error(
            "These depend on each other in a circle: {path}", "Break the circle: one of them must not use the other."
        ),
        "unknown-template": _error("There is no Word template «{name}».", "Did you mean «{guess}»? Templates: {known}"),
        "wrong-item-kind": _error("«{name}» is a {found}; here a {expected} is needed.", "Name an item of that kind."),
        # --- answers
        "unknown-answer": _error(
            "The form has no «{name}».", "Did you mean «{guess}»? Correct the name, or take the answer out."
        ),
        "unknown-column": _error(
            "The table has no column «{name}».", "Did you mean «{guess}»? Its columns are {known}."
        ),
        "prefilled-incomplete": _error(
            "«{label}» takes its rows from other forms, but {columns} must be filled in here.",
            "Write its rows out below «{name}:», each with {columns}.",
        ),
        "unused-form": _warning(
            "The report does not use the form «{name}».", "Take the file out of answers/, or correct its form."
        ),
        "form-answered-twice": _error(
            "The form «{name}» is answered in two files; the other is {other}.", "Keep one of the two."
        ),
        "form-unanswered": _error(
            "No file answers the form «{name}» ({title}).", "Add a file to answers/ that begins with: form: {name}"
        ),
        "required": _error("«{label}» is required and empty.", "Fill it in."),
        "not-a-number": _error("«{value}» is not a number ({label}).", "Write a number, in Persian or Latin digits."),
        "not-an-integer": _error("«{value}» is not a whole number ({label}).", "Write a number without a fraction."),
        "percent-range": _error(
            "{value} is not a percentage between 0 and 100 ({label}).", "Write a number from 0 to 100."
        ),
        "not-a-date": _error("«{value}» is not a Jalali date ({label}).", "Write year/month/day, such as ۱۳۹۹/۱۲/۰۵."),
        "not-a-choice": _error("«{value}» is not one of the choices of «{label}».", "Choose: {known}"),
        "one-choice": _error("«{label}» takes one choice only.", "Keep one of them."),
        "not-text": _error(
            "«{label}» takes a text, not {found}.", "Write a text; put it in quotes if it begins with a sign."
        ),
        "control-character": _error(
            "«{label}» holds the control character {character}, which no document can carry.",
            "Delete the character; it often comes from a copied PDF.",
        ),
        "text-too-long": _error(
            "«{label}» holds {length} characters; at most {limit} fit into a document.",
            "Shorten it, or attach it as a file.",
        ),
        "not-a-table": _error("«{label}» takes a list of rows, not {found}.", "Begin every row with a dash."),
        "not-a-row": _error(
            "A row of «{label}» is a list of columns, not {found}.", "Write the row as «column: value»."
        ),
        "unknown-row": _error("«{name}» is not a printed row of «{label}».", "Did you mean «{guess}»? Rows: {known}"),
        "printed-cell": _error("«{column}» is printed by the guidance and cannot be answered.", "Take the value out."),
        "calculated-cell": _error("«{label}» is calculated and cannot be answered.", "Take the value out."),
        "no-group-rows": _error("«{label}» has no group rows.", "Write an ordinary row."),
        "not-relevant": _warning(
            "«{label}» is answered although it does not apply; it is left out of the report.",
            "Take the answer out, or correct the answer it depends on.",
        ),
        "row-not-taken-over": _warning(
            "«{name}» of {sources} is not in «{label}».",
            "Add a row for it, or take it out there; without any rows the table takes over all of them.",
        ),
        "row-of-its-own": _warning(
            "«{name}» stands in «{label}» but not in {sources}.", "Write it alike in both, or add it there."
        ),
        "not-covered": _warning(
            "«{name}» has no counterpart in {where}. {message}", "Add it there, or write it alike."
        ),
        "too-few-rows": _error("«{label}» needs at least {limit} rows.", "Add the missing rows."),
        "too-many-rows": _error("«{label}» takes at most {limit} rows.", "Take the surplus rows out."),
        "constraint": _error("{message}", "Check «{label}»."),
        "rule": _warning("{message}", "Check the data the rule speaks of."),
        "attachment-missing": _error(
            "The attachment {name} is not in attachments/.", "Put the file there, or correct its name."
        ),
        "attachment-outside": _error(
            "The attachment {name} lies outside attachments/.", "Copy it into attachments/ and name it there."
        ),
        "attachment-type": _error("{name} is not {expected}.", "Attach a file of that type."),
        "attachment-broken": _error(
            "{name} cannot be opened: {reason}", "Open and save it again, or attach another copy."
        ),
        "attachment-encrypted": _error("{name} is locked with a password.", "Attach a copy without a password."),
        "broken-reference": _error(
            "The text refers to [[{name}]], which the report does not hold.", "Did you mean «{guess}»? Known: {known}"
        ),
        # --- cases that are started, and answers carried over from another
        "case-exists": _error(
            "The folder {name} is not empty.", "Begin the case in a new folder; nothing is written over."
        ),
        "carried": _warning(
            "The answer to «{label}» came from the case {origin} and is not confirmed yet.",
            "Correct it; if it still holds, take its line out of `carried` in this file.",
        ),
        "carried-form": _warning(
            "The {count} answers of «{title}» came from the case {origin} and are not confirmed yet.",
            "Look at each: correct it, or take its line out of `carried` in this file when it still holds.",
        ),
        "carried-unknown": _warning(
            "`carried` names «{name}», which the form does not have.",
            "Did you mean «{guess}»? Take the line out of `carried`; known names: {known}",
        ),
        # --- accepted findings
        "acceptance-broken": _error(
            "This entry of accepted findings cannot be read: {expected} is expected, not {found}.",
            "Take the entry out and accept the finding again with `assembler accept`.",
        ),
        "acceptance-unused": _information(
            "The acceptance of «{name}» at {where} fits no finding: the data changed, or the finding is gone.",
            "Take the entry out of accepted.yaml; if the finding is open again, look at it anew.",
        ),
        "accept-unknown": _error("There is no open finding «{name}».", "Codes that can be accepted now: {known}"),
        "accept-nowhere": _error("No open finding «{name}» stands at {where}.", "It is open at: {known}"),
        "accept-several": _error(
            "More than one finding «{name}» stands at {where}: {known}",
            'Say which one is meant: --words "words of the finding".',
        ),
        "accept-words": _error("No finding «{name}» at {where} says «{words}».", "What it says there: {known}"),
        "accept-refused": _error(
            "«{name}» cannot be accepted: it keeps the case from being read.", "Correct what it speaks of."
        ),
        # --- what texts, columns, names and the document say
        "count-differs": _warning(
            "{message}: the text says {said}, the data give {counted}.", "Correct the text, or the data it speaks of."
        ),
        "percent-wrong": _error(
            "The text says {said} percent; {part} ÷ {whole} is {percent} percent.",
            "Correct the percentage, or say which numbers it is of.",
        ),
        "percent-rounding": _warning(
            "The text says {said} percent; {part} ÷ {whole} is {percent} percent, which is not usually rounded so.",
            "Round halves up, or write a decimal more.",
        ),
        "columns-differ": _warning(
            "The columns of «{label}» differ from its blank table: missing {missing}; additional {surplus}.",
            "Give both tables the same columns in the same words.",
        ),
        "names-differ": _information(
            "«{name}» ({count}) and «{other}» ({others}) seem to name the same.",
            "Write the name in one way throughout; if they are two, leave both.",
        ),
        "citation-differs": _warning(
            "Number {number} is cited with the date {date} here and with {other} elsewhere ({others}).",
            "Look the document up and cite it with its date everywhere.",
        ),
        "caption-repeated": _warning(
            "The caption «{caption}» says the same as «{first}».", "Say in each caption what sets it apart."
        ),
        "caption-missing": _information(
            "Something under «{name}» has no caption; {captioned} of the {all} of its kind have one.",
            "Give it a caption.",
        ),
        "heading-repeated": _information(
            "The heading «{heading}» ({number}) repeats that of {first}.", "Give each section a title of its own."
        ),
        "never-referred": _information(
            "The text never refers to «{caption}», but to {referred} of the {all} of its kind.",
            "Refer to it where it is spoken of, or take it out.",
        ),
        "letter-incomplete": _information(
            "The letter «{title}» has blank fields: {fields}", "Fill them in once the secretariat has registered it."
        ),
        # --- the case of the period before
        "previous-missing": _error(
            "The case of the period before, «{name}», cannot be read: {reason}",
            "Name its folder as seen from this case's, such as ../other-case, or take the line out.",
        ),
        "previous-other-report": _error(
            "«{name}» is a case of the report «{found}», this one of «{expected}».",
            "Name a case of the same report, or take the line out.",
        ),
        "previous-circle": _error(
            "The cases name one another as the one before: {path}", "Take the line out of the earliest case."
        ),
        "previous-misread": _warning(
            "Answers of the case of the period before, «{name}», cannot be read and count as blank: {count}",
            "Run `assembler check` on that case.",
        ),
        # --- periods and document IDs
        "period-unsaid": _error("The period of the case cannot be told: «{label}» is blank.", "Fill it in."),
        "period-wrong": _error(
            "There is no period {number} of the year {year}, with {months} months a period from month {start}.",
            "Correct the year or the number of the period.",
        ),
        "document-number-long": _error(
            "The letter's number «{number}» has {length} characters; its document ID takes {limit} at most.",
            "Shorten the number, or switch the document ID of the letter off.",
        ),
        "document-id-separator": _error(
            "«{value}» holds «{separator}», which separates the parts of the document ID.",
            "Write it without that sign, or choose another separator in the report.",
        ),
        "document-id-long": _error(
            "The document ID of «{title}» has {length} bytes; a code of 2 cm can hold {limit} that readers still see.",
            "Shorten the name of the signer or the e-mail address.",
        ),
        # --- deadlines
        "score-changed": _error(
            "«{label}»: {stage} gives {typed}, computed is {computed}, and it is not said who changed it and why.",
            "Name both, or leave the score blank: the computed one counts then.",
        ),
        "score-without-value": _warning(
            "«{label}»: a name or a reason stands at {stage}, and no score.", "Enter the score, or take them out."
        ),
        "score-ahead": _warning(
            "«{label}» has a score of {stage}, a stage this case has not reached.",
            "It is not printed until case.yaml says that the stage is reached.",
        ),
        "score-not-applicable": _warning(
            "«{label}» has a score and does not apply.",
            "Take the score out, or correct what says that it does not apply.",
        ),
        "score-unsupported": _information(
            "«{label}»: {stage} judged it without a comment or evidence.", "Say in a comment what the score rests on."
        ),
        "score-pending": _information(
            "«{title}»: {count} rows have no score in {stage} yet: {rows}.",
            "They are listed in the report, and count nothing until then.",
        ),
        "score-suggested": _information(
            "«{title}»: {count} scores are only suggested in {stage}: {rows}.", "Enter them to confirm or change them."
        ),
        "document-missing": _information(
            "«{title}»: {count} documents to submit are not attached: {names}.",
            "Attach them, or say in the note where they are; no points are taken off.",
        ),
        "deadline-late": _warning(
            "«{label}» was due on {due} and was done on {done}; days late: {days}.",
            "Tell whoever waited for it why it was late.",
        ),
        "deadline-over": _warning(
            "«{label}» was due on {due}; days over: {days}.", "Do it now, and write down the day it was done."
        ),
        "deadline-today": _warning("«{label}» is due today, {due}.", "Write down the day it was done once it is."),
        "deadline-near": _information(
            "«{label}» is due on {due}; days left: {days}.", "Write down the day it was done once it is."
        ),
        "deadline-unsaid": _information("No day has been set for «{label}».", "Write it down once it is known."),
        "deadline-unreadable": _warning(
            "The day of «{label}», «{value}», is not a date.", "Write it as year/month/day, such as ۱۳۹۹/۰۲/۳۱."
        ),
        # --- dates, durations and quantities
        "end-before-start": _error(
            "{end} («{label}») comes before the start, {start}.",
            "Correct one of the two dates.",
        ),
        "duration": _error(
            "«{label}» says {typed}; from {start} to {end} it is {days} days, or {inclusive} with the first day; with months of 30 days {months} or {months_inclusive}.",
            "Correct the duration or one of the dates; every way of counting that the table uses was tried.",
        ),
        "too-early": _warning(
            "{message} («{label}»: {date} is before {since}.)",
            "Correct the date, or the date it must follow.",
        ),
        "holiday": _information(
            "Days off in «{label}» ({count}): {dates}. Lunar holidays may differ by a day.",
            "Check whether these days are meant; nothing need be done if they are.",
        ),
        "weekday-differs": _warning("«{label}» says {said}; {date} is a {day}.", "Correct the day or the date."),
        "step-too-early": _warning(
            "{start} («{label}») comes before the end of the step it rests on (row {row}: {end}).",
            "Correct one of the two dates, or the step this one rests on.",
        ),
        "step-unknown": _warning(
            "No step of the table is called {names}.",
            "Write the number or name of the step as the table prints it.",
        ),
        "step-circle": _error(
            "These rows rest on one another in a circle: {path}",
            "Take one of them out of what another rests on.",
        ),
        "workflow-branch-unknown": _error(
            "The branch leads to step {number}, which the process «{process}» does not have.",
            "Write the number of a step of the same process.",
        ),
        "workflow-next-unreadable": _error(
            "It cannot be read where this step goes on: «{text}»",
            "Write the number of the next step, or a branch and its step such as «yes: 4; no: 2».",
        ),
        "workflow-step-repeated": _error(
            "Step {number} stands twice in the process «{process}»; first in row {row}.",
            "Give every step of a process a number of its own.",
        ),
        "workflow-decision-one-way": _warning(
            "The decision at step {number} has fewer than two branches.",
            "Write a branch for each outcome, such as «yes: 4; no: 2», or make it an action.",
        ),
        "workflow-step-unreached": _warning(
            "No step of the process «{process}» leads to step {number}.",
            "Lead a step to it, or take it out.",
        ),
        "workflow-endless": _warning(
            "The process «{process}» comes to no end: no step of kind «end» can be reached from its first.",
            "Make the last step an end, and let every way lead to an end.",
        ),
        "rhythm-gap": _warning(
            "A date is due every {every} days; missing before this one ({count}): {dates}.",
            "Add the missing rows, or say in the text why they are missing.",
        ),
        "rhythm-off": _warning(
            "{date} does not keep the step of {every} days of the other dates; the nearest day that does is {expected}.",
            "Correct the date, or say in the text why it was moved.",
        ),
        "no-room": _warning(
            "{quantity} is more than «{word}» allows: from {start} to {end} there is room for {room}.",
            "Correct the quantity, its unit or the dates.",
        ),
        "loose-date": _warning(
            "«{text}» in «{label}» is not a possible date.",
            "Correct the date.",
        ),
        "loose-date-incomplete": _information(
            "The date «{text}» in «{label}» is incomplete.",
            "Write year, month and day.",
        ),
        "loose-date-ambiguous": _information(
            "«{text}» in «{label}» can be read as a date in two ways.",
            "Write the year with four digits, such as ۱۴۰۲/۰۵/۰۷.",
        ),
        "loose-date-mixed": _information(
            "«{text}» in «{label}» is written as {way}; {count} of the {all} dates there are written as {usual}.",
            "Write all dates in one way, best as year/month/day with four digits.",
        ),
        # --- scores, rows and unfinished texts
        "above-cap": _error("The score {value} is above the most that can be given, {cap}.", "Lower the score."),
        "total-above-cap": _warning(
            "The scores of «{label}» add up to {total}, but no more than {most} can be given.",
            "Check the scores, and rows that have a score but no upper limit.",
        ),
        "column-empty": _warning(
            "«{label}» is empty in every row of the answered table.", "Fill it in, or say why it stays empty."
        ),
        "parts-sum": _warning(
            "The numbers of «{label}» add up to {total}; together they should make {whole}.",
            "Correct the number that is wrong, or the whole.",
        ),
        "number-repeated": _error(
            "The row number {number} is printed twice; first in row {row}.", "Number the rows anew from here."
        ),
        "number-missing": _warning(
            "After the row number {before} comes {number}; missing between them: {count}.",
            "Number the rows anew, or add the row that was lost.",
        ),
        "number-order": _warning(
            "The row number {number} is out of order; here {expected} is expected.",
            "Correct the number, or put the row where it belongs.",
        ),
        "row-repeated": _warning(
            "This row says the same as row {row}.", "Keep one of the two, or say what sets them apart."
        ),
        "group-total": _warning(
            "The group says {given}; from its rows it is {expected} ({rule}: {numbers}).",
            "Correct the number of the group, or those of its rows.",
        ),
        "group-rule": _warning(
            "No one rule makes the numbers of the groups of their rows: {groups}.",
            "Compute all groups by one rule, and say which.",
        ),
        "cell-blank": _warning(
            "«{label}» is blank.{note}", "Fill it in, or accept it with the reason why it stays blank."
        ),
        "none-marked": _warning("One of {labels} must be marked; none is.{note}", "Mark the one that applies."),
        "several-marked": _warning(
            "Only one of {labels} can be marked; marked are {marked}.{note}", "Keep the one that applies."
        ),
        "left-blank": _information("«{label}» was left blank in an answered form.{note}", "Fill it in if it applies."),
        "text-question": _warning(
            "The text ends in a question mark: «… {words}»", "Answer the question and take the mark out."
        ),
        "text-unfinished": _warning("The text is unfinished after «{end}»: «… {words}»", "Write the text to its end."),
        # --- templates
        "template-broken": _error("The template is not a Word document: {reason}", "Save it again as .docx."),
        "template-unknown-name": _error(
            "The template uses «{name}», which {part} does not offer.", "Did you mean «{guess}»? Offered: {known}"
        ),
        "template-bad-tag": _error("A tag is malformed: {tag} ({reason})", "Type the tag again in one go."),
        "template-split-tag": _warning(
            "The tag {tag} is split over pieces of different format.", "Type the tag again in one go, with one format."
        ),
        "template-cut-tag": _warning(
            "The tag {tag} is cut into several pieces.", "It is filled all the same; typed again in one go it stays so."
        ),
        "template-invisible": _error(
            "An invisible character stands in the tag {tag}.", "Delete the tag and type it again in Latin letters."
        ),
        "template-not-rtl": _warning(
            "This is not marked right-to-left: {what}",
            "Set the direction of the paragraph, table or section to right-to-left in Word.",
        ),
        "template-no-font": _warning(
            "No complex-script font is set: {what}", "Choose a Persian font for the style (complex scripts)."
        ),
        "template-missing-placeholder": _error("The template lacks {what}.", "Add it where it belongs."),
        "template-missing-style": _error("The template lacks the style «{name}».", "Add the style in Word."),
        "template-external": _warning(
            "The template fetches something from elsewhere, which is left out: {target}",
            "Insert the picture into the template itself.",
        ),
        "template-failed": _error("The template cannot be filled: {reason}", "Run `assembler template check`."),
        # --- lists of units
        "list-empty": _error(
            "The list has no units.", "Write the labels of the columns in its first row, and a unit in each row below."
        ),
        "list-sheet-unknown": _error("The workbook has no sheet «{name}».", "Its sheets: {known}"),
        "list-column-unknown": _error(
            "The report asks for nothing called «{label}».",
            "Did you mean «{guess}»? Known: {known}. A column for notes begins with #.",
        ),
        "list-column-unclear": _error(
            "«{label}» may mean several answers: {known}.", "Name the column as one of them."
        ),
        "list-column-twice": _error("Two columns are called «{label}».", "Keep one of them."),
        "list-column-again": _error("«{label}» and «{other}» give the same answer.", "Keep one of the two columns."),
        "list-column-table": _error(
            "«{label}» is a table, which no cell can hold.", "Answer it in the base case, and name that with --base."
        ),
        "name-column": _error(
            "The list has no column «{name}».", "Name a column with --name, or write a pattern: {known}"
        ),
        "name-pattern": _error(
            "«{name}» names no unit: {reason}", "Use fields of the case, such as {{{{ case.unit }}}}."
        ),
        "unit-failed": _error(
            "{name} could not be made: {reason}", "Run again; if it stays, report it with the row of the list."
        ),
        # --- engine and output
        "engine-missing": _error("LibreOffice is not installed.", "Run `assembler doctor`; it says what to install."),
        "engine-failed": _error(
            "LibreOffice made no usable PDF of {name}: {reason}",
            "Open the .docx in Word or LibreOffice and look for damage.",
        ),
        "engine-timeout": _error(
            "LibreOffice did not finish within {seconds} seconds and was stopped.",
            "Run again; raise --timeout for very long reports.",
        ),
        "engine-draft-asked": _warning(
            "The draft engine made the pages, as it was asked to.",
            "Build again without --engine draft before signing.",
        ),
        "no-glyph": _error(
            "«{label}» holds {characters}, which no font of the report has: an empty box would be printed.",
            "Replace or delete the character, for instance an emoji or a ligature such as ﷺ.",
        ),
        "engine-draft": _warning(
            "LibreOffice is missing: the embedded draft engine made the pages.",
            "Run `assembler doctor`; install LibreOffice and build again before signing.",
        ),
        "draft-engine-missing": _error(
            "The embedded draft engine (rdocx) is not installed.", "Run `assembler doctor`; it says what to install."
        ),
        "draft-engine-failed": _error(
            "The embedded draft engine made no PDF of {name}: {reason}",
            "Install LibreOffice (see `assembler doctor`) and build again.",
        ),
        "font-missing": _error(
            "The font {name} (stands in for {family}) is missing.", "Run `assembler doctor`; it says what to install."
        ),
        "part-edited": _warning(
            "{name} was edited by hand since it was made; the PDF does not show the edit.",
            "Bring the change into the answers or the template and build again, or print the edited document instead.",
        ),
        "output-unwritable": _error(
            "{name} cannot be written: {reason}",
            "Free some space, see whether you may write there, or choose another place; build has --out for it.",
        ),
        # --- issuing
        "issue-draft": _error(
            "Only final pages can be issued, which LibreOffice makes.", "Run `assembler doctor`; leave --draft out."
        ),
        "issue-nothing-new": _error(
            "Nothing changed since revision {revision} (number {number}).",
            "Its PDF is in revisions/ of the case; an amended issue needs an amended answer.",
        ),
        "issue-letter-unknown": _error(
            "No letter of this case that takes a number is called «{name}».", "Did you mean «{guess}»? Known: {known}"
        ),
        "issue-no-letter": _error(
            "No letter of this case takes its number from an answer.", "Issue it without --registry and --number."
        ),
        "issue-no-number": _error(
            "The letter «{letter}» has no number.",
            "Give --registry FILE, or --number TEXT, or type the number into the answers.",
        ),
        "issue-number-again": _error(
            "The number {number} is that of the revision before.", "An amended issue gets a number of its own."
        ),
        "issue-number-other": _error(
            "The registry has given the number {number} to {letter}.",
            "Blank the number in the answers, so that the registry gives one, or correct it.",
        ),
        "issue-recorded": _error(
            "The registry has recorded {number} for revision {revision} of this case, which the case does not have.",
            "Put revisions/ back from a copy; of two cases of one unit with the same name, rename the folder of one.",
        ),
        "issue-number-kept": _information(
            "The letter «{letter}» keeps the number that was typed: {number}.",
            "Blank it in the answers before issuing, so that the registry gives one.",
        ),
        "issue-number-unknown": _warning(
            "The registry does not know the number {number}: nothing was recorded in it.",
            "Enter the letter where its number was given.",
        ),
        "issue-letter-unnumbered": _information("The letter «{letter}» has no number yet.", "Type it and issue again."),
        "issue-changed": _error("The case was changed while it was being issued; nothing was issued.", "Run again."),
        "answers-unpackable": _error("The PDF cannot carry the answers: {reason}", "Rename or shrink the file."),
        "never-issued": _error("{name} was never issued.", "Run `assembler issue`."),
        "revision-damaged": _error(
            "Revision {name} cannot be read: {reason}", "Put it back from a copy; nothing may be changed in it."
        ),
        "revision-gone": _error("Revision {revision} is gone.", "Put it back from a copy."),
        "revision-chain": _error(
            "The record of the revision before {revision} is not the one {revision} was issued after.",
            "Put both back from a copy.",
        ),
        "revision-file-gone": _error("{name} of revision {revision} is gone.", "Put it back from a copy."),
        "revision-file-added": _error("{name} is no file of revision {revision}.", "Take it out of the folder."),
        "revision-file-altered": _error(
            "{name} of revision {revision} is not as it was issued.", "Put it back from a copy."
        ),
        "pdf-answers-other": _error(
            "The answers inside {name} are not those of revision {revision}.", "Put the PDF back from a copy."
        ),
        "pdf-pages": _error("The PDF has {found} pages; it was made with {expected}.", "Put it back from a copy."),
        "pdf-altered": _error("{name} is not the PDF of {what}.", "Compare it with the one that was issued."),
        "pdf-changed-later": _error(
            "{name} holds the PDF of {what}, and what was added to it later changes: {names}",
            "Compare it with the one that was issued.",
        ),
        "part-altered": _error(
            "{name} is not the Word file the PDF was made with.", "Put it back, or build and issue again."
        ),
        "registry-other-pdf": _error(
            "{name} is not the PDF the registry has recorded as {number}.", "Compare it with the one that was issued."
        ),
        "registry-not-recorded": _warning(
            "The registry has no record of {number}.", "Run `assembler issue` on the case again, with --registry."
        ),
        "extract-refused": _error(
            "The answers cannot be taken out of {name}: {reason}", "Only a PDF `assembler` made carries its answers."
        ),
        "extract-used": _error("{name} is not an empty folder.", "Name a folder that does not exist yet."),
        # --- the registry of letter numbers
        "registry-exists": _error("{name} exists already.", "Choose another name; a registry is never written over."),
        "registry-none": _error(
            "{name} is no registry of letter numbers.", "Name a file that `assembler registry init` made."
        ),
        "registry-newer": _error(
            "{name} was written by a newer assembler (its tables are of version {found}, this one knows {known}).",
            "Install the newer assembler.",
        ),
        "registry-locked": _error(
            "Another program has been using {name} for {seconds} seconds; nothing was changed.",
            "Wait for the other run, or close the program that has the file open, and try again.",
        ),
        "registry-unwritable": _error(
            "{name} cannot be written: {reason}",
            "Free some space, and see whether the file and its folder may be written; nothing was changed.",
        ),
        "registry-damaged": _error(
            "{name} is damaged: {reason}",
            "Keep it, go back to the last backup, and enter the letters issued since before giving new numbers.",
        ),
        "registry-altered": _error(
            "The tables of the registry were changed by another program: {what}.",
            "Go back to the last backup, and enter the letters issued since before giving new numbers.",
        ),
        "registry-pattern": _error(
            "«{pattern}» cannot be the pattern of numbers: {reason}.", "Write a pattern such as {example}."
        ),
        "registry-first": _error(
            "Numbers cannot go on with the serial {first}; the next one is {next}.",
            "Leave the serial out: given numbers have no gaps.",
        ),
        "registry-number-taken": _error(
            "The pattern now gives {number}, which was given before.",
            "Change the pattern with `assembler registry pattern`.",
        ),
        "registry-number-unknown": _error("The registry has no number {number}.", "Did you mean «{guess}»?"),
        "registry-number-void": _error(
            "The number {number} was voided: {why}", "Ask for a new number; a voided one is never used again."
        ),
        "registry-recorded": _error(
            "The number {number} stands for another letter: «{subject}».",
            "Void it if that letter was never sent; a recorded letter is never written over.",
        ),
        "registry-gap": _error(
            "Serials are missing in the count of {year} ({count}): {serials}.",
            "Go back to the last backup, and enter the letters issued since before giving new numbers.",
        ),
        "registry-repeat": _error(
            "The serial {serial} stands twice in the count of {year}.",
            "Go back to the last backup, and enter the letters issued since before giving new numbers.",
        ),
        "registry-number-twice": _error(
            "The number {number} stands twice in the registry.",
            "Go back to the last backup, and enter the letters issued since before giving new numbers.",
        ),
        "registry-number-altered": _error(
            "The number {number} was given as {expected}.",
            "Go back to the last backup, and enter the letters issued since before giving new numbers.",
        ),
        "registry-file-changed": _error(
            "{path} is no longer the file that was sent as {number}.", "Put the file that was sent in its place."
        ),
        "registry-file-gone": _information(
            "{path}, sent as {number}, is no longer there.", "Put it back, or keep it in the archive."
        ),
        "registry-open": _information(
            "The number {number} was reserved for {letter} and not recorded yet.",
            "Issue the letter, or void the number with a reason.",
        ),
        "survey-none": _error(
            "The report «{name}» holds no results of a survey.", "Questionnaires it could take: {known}"
        ),
        "survey-several": _error("The report holds the results of several surveys.", "Choose one with --form: {known}"),
        "survey-no-field": _error(
            "The questionnaire «{name}» has no place for that.",
            "Leave out --service or --period, or name the item in the form.",
        ),
        "survey-unreadable": _error("{name} cannot be read: {reason}", "Save it anew as .xlsx or as CSV in UTF-8."),
        "survey-broken": _error("A row cannot be read: {reason}", "Look at the quotation marks of this line."),
        "survey-open-quote": _error(
            "A row runs over {count} line ends: a quotation mark was opened and never closed.",
            "Close it or take it out; nothing was written, as all rows behind it would be lost.",
        ),
        "survey-no-columns": _error(
            "None of the first {count} rows names a question of the questionnaire.",
            "Give each column the number of its question («۱», «q1») or its words, or say which is which with --columns.",
        ),
        "survey-unknown-column": _error("There is no column «{name}».", "Did you mean «{guess}»? Columns: {known}"),
        "survey-unknown-sheet": _error("There is no sheet «{name}».", "Did you mean «{guess}»? Sheets: {known}"),
        "survey-column-twice": _error(
            "The column «{name}» says a second time what another says.",
            "Take one of them out, or say which counts with --columns.",
        ),
        "survey-level-columns": _error(
            "Question {number} has a column for each level but for: {names}", "Add the missing columns."
        ),
        "survey-two-levels": _error(
            "«{label}» is answered with two levels: {value}", "Keep one, or leave the answer blank."
        ),
        "survey-width": _error(
            "The row has {found} cells; the header has {expected}.",
            "Look for a delimiter inside a cell, or a row that was cut off.",
        ),
        "survey-duplicate": _error(
            "The response «{name}» was counted before: {first}", "Keep one of them, or give each its own identifier."
        ),
        "survey-broken-text": _error(
            "«{label}» holds bytes that are no letters of the file's encoding.",
            "Correct the cell, or name the encoding with --encoding.",
        ),
        "survey-merged": _error(
            "The row is part of merged cells, which hide what was answered.",
            "Take the merging out and fill in each cell.",
        ),
        "survey-missing-question": _warning(
            "No column holds the questions: {names}",
            "They count as not answered; name their columns with --columns when there are any.",
        ),
        "survey-many-values": _warning(
            "«{label}» has more than {limit} values; the rest is counted together as «{name}».",
            "Look whether the right column was taken.",
        ),
        "survey-unused-columns": _information(
            "Columns that were not read: {names}", "Name with --columns those that belong to the questionnaire."
        ),
        "survey-hidden-rows": _information(
            "Hidden rows were read like all others: {count}", "Delete the rows that are not to count."
        ),
        "survey-other-sheets": _information(
            "Sheets that were not read: {names}", "Name with --sheet those that are to count."
        ),
        # --- workbooks that were handed out
        "workbook-unreadable": _error(
            "The workbook {name} cannot be read: {reason}", "Ask for it again, saved as .xlsx without a password."
        ),
        "workbook-foreign": _error(
            "{name} is no workbook that was exported from a case: its hidden sheet is missing.",
            "Export the case anew, and copy the answers into that workbook.",
        ),
        "workbook-other-report": _error(
            "The workbook is of the report {report}, the case of {own}.",
            "Import it into the case it was exported from.",
        ),
        "workbook-other-case": _error(
            "The workbook was exported from the case {name}, not from {own}.",
            "Import it into the case it was exported from.",
        ),
        "workbook-other-version": _error(
            "The form «{name}» asks for something else than when the workbook was exported; nothing of it was read.",
            "Export the case anew, and copy the answers into that workbook.",
        ),
        "workbook-sheet-twice": _error(
            "The sheets «{other}» and «{name}» are the same form; only the first was read.",
            "Delete the one that is not to count.",
        ),
        "workbook-sheet-gone": _information(
            "The workbook has no sheet of the form {form} any more; its answers stay as they are.",
            "When something was filled in there, ask for the workbook with all its sheets.",
        ),
        "workbook-no-value": _error(
            "The formula for «{label}» has no result.", "Open the workbook, save it again, or write the value itself."
        ),
        "workbook-cell-error": _error("The cell for «{label}» says {value}.", "Write the value itself."),
        "workbook-excel-date": _error(
            "Excel took the answer for «{label}» for a date of its own ({value}), and what was meant cannot be told.",
            "Format the cell as text and write it anew, such as 1399/02/31.",
        ),
        "unknown-unit": _error("There is no unit «{name}».", "Did you mean «{guess}»? Units: {known}"),
        "no-units": _error(
            "The case says of no unit what it answers.",
            "Write units.yaml beside case.yaml: the name of each unit, and behind it a list of forms.",
        ),
        "hand-out-used": _error(
            "This file is there already; it may hold answers.", "Hand out into another folder, or move the file away."
        ),
        "workbook-printed-row": _error(
            "The guidance prints the rows of «{label}»; no row can be added to them.",
            "Write the answer into one of the printed rows, and clear the added one.",
        ),
        # --- reports made of many cases
        "gather-no-report": _error(
            "No report is made of cases of «{name}».", "Name one with --report. Reports made of cases: {known}"
        ),
        "gather-several": _error("Several reports could be made of these cases.", "Choose one with --report: {known}"),
        "gather-none": _error(
            "No case of «{name}» could be taken.", "Name the folders they stand in; errors in them are listed above."
        ),
        "gather-none-in-range": _error("No case is of a period from {first} to {last}.", "Correct --from or --to."),
        "gather-no-columns": _error(
            "No column of the list is a field of the cases.", "Call the columns as the cases do: {known}"
        ),
        "gather-twice": _warning(
            "This unit has two cases of this period with different figures: {kept} and {name}. {kept} counts.",
            "Take the wrong one out.",
        ),
        "gather-twice-same": _warning(
            "This unit has two cases of this period with the same figures: {kept} and {name}. {kept} counts.",
            "Take one of them out.",
        ),
        "gather-row-twice": _warning(
            "Two cases would be the same row: {kept} and {name}. {kept} counts.",
            "Look whether both are of one agency, and take one out.",
        ),
        "gather-no-place": _warning(
            "The period has no column beside the others (place {at}).", "Give the table a column for each period."
        ),
        "gather-check": _warning("{text}", "Ask the unit; the figures stand as it declared them."),
        "gather-fall": _information(
            "{label}: {after}; it was {before} in {period}, and no reason is given.", "Ask the unit for the reason."
        ),
        "gather-alike": _information(
            "These names are alike: «{one}» and «{other}».", "Write them one way when they are one unit."
        ),
        "gather-unlisted": _information("This unit is not on the list of units.", "Add it, or correct its name."),
        "gather-no-case": _warning("It is on the list of units and has no case.", "Ask the unit for it."),
        "gather-no-period": _warning("It has a case of another period and none of this.", "Ask the unit for it."),
        "gather-left-out": _warning(
            "Its case has errors and was left out: {name}", "Correct it, or take it with --with-errors."
        ),
        # --- scores of many cases side by side
        "scores-no-report": _error("«{name}» is no report with scores.", "Reports with scores: {known}"),
        "scores-several": _error("The cases are of several reports with scores.", "Choose one with --report: {known}"),
        "scores-none": _error(
            "No case with scores could be taken.", "Name the folders they stand in; errors in them are listed above."
        ),
        "scores-twice": _warning(
            "«{agency}» would be ranked several times; its cases: {names}",
            "Take the wrong ones out, or give each agency its own name.",
        ),
        # --- what changed between two states
        "diff-never-issued": _error(
            "«{name}» has not been issued yet.", "Issue it first, or hold another folder against it with --with."
        ),
        "diff-no-revision": _error("There is no revision {number}.", "Revisions of the case: {known}"),
        "diff-other-report": _error(
            "The two cases are of different reports: «{one}» and «{other}».", "Name two cases of one report."
        ),
        "proof-failed": _error(
            "The result did not stand the proof: {reason}", "Build again; if it stays, report it with receipt.json."
        ),
    }
)
