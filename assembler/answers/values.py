"""From typed text to values, by the declared type; the messages of all ways of answering come from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from assembler.base.file_kinds import HEAD, PICTURES, kind_of
from assembler.base.files import is_of_system, resolved
from assembler.base.identifiers import identified
from assembler.base.likeness import nearest
from assembler.base.messages import digits, wording
from assembler.base.periods import MONTHS, days_of, from_gregorian
from assembler.base.persian import control_character, date_parts, fold, format_date, normalise, parse_number
from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, describe
from assembler.model.answers import Attachment, Prose, ProseEntry, ProseKind, ProseList, Value
from assembler.model.specs import Field
from assembler.model.types import FILES, MOST_SHOWN, YEAR
from assembler.model.values import is_year, read_date, what_it_is

# Far above any honest cell, far below what Word takes to open a document.
TEXT_LIMIT = 200_000
PROSE_KINDS: tuple[ProseKind, ...] = ("numbered", "bulleted", "lettered", "dashed")
_TRUE, _FALSE = ([fold(word) for word in words] for words in (("true", "on", "بله", "بلی"), ("false", "off", "خیر")))


class ValueReader:
    """Reads the values of one case; ``problems`` fills as it goes. Without a folder of attachments files are names."""

    def __init__(self, attachments: Path | None) -> None:
        self.attachments = attachments
        self.problems: list[Problem] = []
        self._named: set[Path] = set()  # the files answers name
        # What a typed text is in a field: long tables say the same again and again. The fields, known by their
        # identity, are kept with it, so that no other one takes their place.
        self._read: dict[int, tuple[Field, dict[str, Value]]] = {}

    def unnamed(self) -> tuple[str, ...]:
        """The files among the attachments that no answer read so far names."""
        names = [name for alike in self._names_of_files.values() for name in alike]
        folder = resolved(self.attachments or Path())
        return tuple(sorted(name for name in names if resolved(folder / name) not in self._named))

    def report(self, code: str, place: Place, **arguments: object) -> None:
        self.problems.append(problem(code, place, **arguments))

    def read(self, node: Node, field: Field, place: Place) -> Value:
        """The value of a node for a field, or None with a problem reported."""
        if isinstance(node, Scalar) and node.text is None:
            return None
        if field.type == "narrative":
            return self._prose(node, field, place)
        if field.type == "select_multiple":
            return self._choices(node, field, place)
        if isinstance(node, Sequence):
            return self._lines(node, field, place)
        if not isinstance(node, Scalar) or node.text is None:
            self._no_text(node, field, place)
            return None
        return self.from_text(node.text, field, place)

    def _no_text(self, node: Node, field: Field, place: Place) -> None:
        """What stands in place of a text; words behind the choice that asks for them are told where they belong."""
        asking = next((choice for choice in field.choices if choice.ask), None)
        if asking is None or not isinstance(node, MappingNode):
            self.report("not-text", place, label=field.shown, found=describe(node))
            return
        words = {"name": field.name, "choice": asking.name, "words": f"{field.name}_{asking.name}"}
        self.report("words-apart", place, label=field.shown, ask=asking.ask, **words)

    def from_text(self, typed: str, field: Field, place: Place) -> Value:
        """The value of a typed text for a field with one value."""
        if field.type in FILES:
            return self._from_text(typed, field, place)
        known = self._read.setdefault(id(field), (field, {}))[1]
        value = known.get(typed)
        if value is None:
            value = self._from_text(typed, field, place)
            if value is not None:  # a problem is told at each of its places
                known[typed] = value
        return value

    def _from_text(self, typed: str, field: Field, place: Place) -> Value:
        text = self._clean(typed, field, place)
        if not text:
            return None
        if field.marks and (mark := _mark(text, field)):
            return mark
        match field.type:
            case "integer" | "decimal" | "percent" | "year":
                return self._number(text, field, place)
            case "date":
                return self._date(text, field, place)
            case "select_one":
                return self._choice(text, field, place)
            case "image" | "file":
                return self._attachment(text, typed.strip(), place, image=field.type == "image")
        return self._identified(text, field, place) if field.check or field.digits else text

    def _identified(self, text: str, field: Field, place: Place) -> str | None:
        """A text that can be told to be wrong by itself, as it is kept."""
        found = identified(text, field.check, field.digits)
        if found is None:
            self.report("check-failed", place, value=text, label=field.shown, what=what_it_is(field))
        return found

    def _clean(self, typed: str, field: Field, place: Place) -> str | None:
        label = field.shown
        found = control_character(typed)
        if found is not None:
            self.report("control-character", place, label=label, character=f"U+{ord(found):04X}")
            return None
        if len(typed) > TEXT_LIMIT:
            self.report("text-too-long", place, label=label, length=len(typed), limit=TEXT_LIMIT)
            return None
        return normalise(typed)

    def _number(self, text: str, field: Field, place: Place) -> int | Decimal | None:
        label = field.shown
        number = parse_number(text)
        if number is None:
            self.report("not-a-number", place, value=text, label=label)
            return None
        if field.type == "integer":
            if number != number.to_integral_value():
                self.report("not-an-integer", place, value=text, label=label)
                return None
            return int(number)
        if field.type == YEAR:
            if not is_year(number, field):
                self.report("not-a-year", place, value=text, label=label)
                return None
            return int(number)
        if field.type == "percent" and not 0 <= number <= 100:
            self.report("percent-range", place, value=text, label=label)
            return None
        return number

    def _date(self, text: str, field: Field, place: Place) -> Value:
        order = field.format or "yyyy/mm/dd"
        date = read_date(text, field)
        if date is None:
            if field.calendar == "gregorian":
                self.report("not-gregorian", place, value=text, label=field.shown)
            else:
                self.problems.append(_no_date(text, order, field.shown, place))
        return date

    def _choice(self, text: str, field: Field, place: Place) -> str | None:
        """A choice by its name or label, whatever the spelling; yes and no also as YAML's booleans."""
        for typed in ([choice.name for choice in field.choices], [choice.label for choice in field.choices]):
            if text in typed:
                return field.choices[typed.index(text)].name
        wanted = fold(text)
        for choice in field.choices:
            if wanted in (fold(choice.name), fold(choice.label), fold(choice.code or choice.name)):
                return choice.name
        names = {choice.name for choice in field.choices}
        if "yes" in names and wanted in _TRUE:
            return "yes"
        if "no" in names and wanted in _FALSE:
            return "no"
        self.report("not-a-choice", place, value=text, label=field.shown, known=_near(wanted, field))
        return None

    def _choices(self, node: Node, field: Field, place: Place) -> tuple[str, ...] | None:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        chosen: list[str] = []
        for each in nodes:
            if not isinstance(each, Scalar) or each.text is None:
                self._no_text(each, field, place.within(line=each.line))
                continue
            choice = self._choice(normalise(each.text), field, place.within(line=each.line))
            if choice is not None and choice not in chosen:
                chosen.append(choice)
        order = [choice.name for choice in field.choices]
        return tuple(sorted(chosen, key=order.index)) or None

    def _lines(self, node: Sequence, field: Field, place: Place) -> str | tuple[str, ...] | None:
        """A list of texts; where the lines bear no marks, one text of several lines."""
        label = field.shown
        if field.type == "select_one":
            self.report("one-choice", place, label=label)
            return None
        if not field.has_lines:
            self.report("not-text", place, label=label, found=describe(node))
            return None
        lines = []
        for item in node.items:
            if not isinstance(item, Scalar):
                self.report("not-text", place.within(line=item.line), label=label, found=describe(item))
            elif item.text is not None:
                cleaned = self._clean(item.text, field, place.within(line=item.line))
                lines.append((cleaned or "").replace("\n", " "))
        lines = [line for line in lines if line]
        if "multiline" in field.appearance:
            return "\n".join(lines) or None
        return tuple(lines) or None

    def _attachment(self, name: str, typed: str, place: Place, *, image: bool) -> Attachment | None:
        """A file by its normalised name or as it was typed, as names of files may hold ي, ك and double spaces; else
        the only one whose name reads the same.
        """
        if self.attachments is None:
            return Attachment(name, Path(name))
        folder = resolved(self.attachments)
        for each in dict.fromkeys((name, typed)):
            path = resolved(folder / each)
            if not path.is_relative_to(folder):
                self.report("attachment-outside", place, name=each)
                return None
            if _is_file(path):
                return self._attached(each, path, place, image=image)
        alike = self._names_of_files.get(fold(name), ())
        if len(alike) == 1:
            return self._attached(alike[0], folder / alike[0], place, image=image)
        self.problems.append(_no_file(name, alike, self._names_of_files, place))
        return None

    def _attached(self, name: str, path: Path, place: Place, *, image: bool) -> Attachment | None:
        self._named.add(resolved(path))
        if image and not _is_image(path):
            self.report(
                "attachment-type",
                place,
                name=name,
                expected=wording("a picture (PNG, JPEG, …)"),
                remedy=wording("Save it as PNG or JPEG and attach that."),
            )
            return None
        return Attachment(name, path)

    @cached_property
    def _names_of_files(self) -> dict[str, tuple[str, ...]]:
        """The files among the attachments by how their names read."""
        found: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.attachments.rglob("*")) if self.attachments else ():
            if path.is_file() and not is_of_system(path):
                name = path.relative_to(self.attachments or path).as_posix()
                found[fold(name)] = (*found.get(fold(name), ()), name)
        return found

    # ------------------------------------------------------------ narratives

    def _prose(self, node: Node, field: Field, place: Place) -> Prose | None:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        blocks: list[str | ProseList] = []
        for each in nodes:
            where = place.within(line=each.line)
            if isinstance(each, MappingNode):
                found = self._prose_list(each, field, where)
                blocks.extend([found] if found else [])
            elif isinstance(each, Scalar):
                blocks.extend(self._paragraphs(each, field, where))
            else:
                self.report("not-text", where, label=field.shown, found=describe(each))
        return Prose(tuple(blocks)) if blocks else None

    def _paragraphs(self, node: Scalar, field: Field, place: Place) -> Iterable[str]:
        text = self._clean(node.text or "", field, place)
        return [line for line in (text or "").split("\n") if line]

    def _prose_list(self, node: MappingNode, field: Field, place: Place) -> ProseList | None:
        kind = next((key for key in PROSE_KINDS if key in node.entries), None)
        entries = node.get(kind) if kind else None
        if kind is None or len(node.entries) != 1 or not isinstance(entries, Sequence):
            expected = " | ".join(f"{word}: [- …]" for word in PROSE_KINDS)
            self.report("wrong-shape", place, expected=expected, found=describe(node))
            return None
        read = (self._prose_entry(entry, field, place.within(line=entry.line)) for entry in entries.items)
        return ProseList(kind, tuple(entry for entry in read if entry))

    def _prose_entry(self, node: Node, field: Field, place: Place) -> ProseEntry | None:
        if isinstance(node, Scalar):
            return ProseEntry(self._clean(node.text or "", field, place) or "")
        text = node.get("text") if isinstance(node, MappingNode) else None
        if not isinstance(node, MappingNode) or not isinstance(text, Scalar):
            self.report("wrong-shape", place, expected="text: … + numbered | bulleted | …", found=describe(node))
            return None
        rest = {key: value for key, value in node.entries.items() if key != "text"}
        lists = []
        for key, value in rest.items():
            found = self._prose_list(MappingNode({key: value}, node.keys, node.line_of(key)), field, place)
            lists.extend([found] if found else [])
        return ProseEntry(self._clean(text.text or "", field, place) or "", tuple(lists))


def _near(wanted: str, field: Field) -> str:
    """The choices there are; of many those that look like what was typed."""
    choices = field.choices
    if len(choices) > MOST_SHOWN:
        near = [each for each in choices if wanted[:3] and wanted[:3] in fold(each.label)]
        choices = tuple(near[:MOST_SHOWN] or choices[:MOST_SHOWN])
    told = "، ".join(f"{choice.name} ({choice.label})" for choice in choices)
    return told if len(choices) == len(field.choices) else f"{told}، …"


def _no_file(name: str, alike: tuple[str, ...], names: Mapping[str, tuple[str, ...]], place: Place) -> Problem:
    """That a file is missing, with the ones whose names read the same, or the one that comes near."""
    if not alike:
        stems = {fold(Path(each[0]).stem): each for each in names.values()}
        near = stems.get(fold(name)) or names.get(nearest(fold(name), names, 0.75) or "")
        alike = near or ()
    if alike:
        return problem("attachment-misnamed", place, name=name, others="»، «".join(alike))
    return problem("attachment-missing", place, name=name)


def _mark(text: str, field: Field) -> str | None:
    """What a field takes in place of a value, however it is spelled: «بطور مداوم» is «به طور مداوم»."""
    typed = _mark_key(text)
    return next((mark for mark in field.marks if text == mark or typed == _mark_key(mark)), None)


def _mark_key(text: str) -> str:
    return fold(text.rstrip(".")).replace("به", "ب")


def _no_date(text: str, order: str, label: str, place: Place) -> Problem:
    """Why there is no such day, where it is typed like one."""
    parts = date_parts(text, order)
    if parts is None:
        return problem("not-a-date", place, value=text, label=label)
    year, month, day = parts
    if (found := from_gregorian(year, month, day)) is not None:
        return problem("gregorian-date", place, value=text, label=label, jalali=format_date(found))
    days = days_of(year, month)
    if days is None:
        return problem("not-a-date", place, value=text, label=label)
    return problem("no-such-day", place, value=text, label=label, month=MONTHS[month - 1], year=digits(year), days=days)


def _is_image(path: Path) -> bool:
    """Whether a file begins as pictures do; an empty one may be a picture whose copying failed."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return not head or kind_of(head, path.name) in PICTURES


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file's
        return False
