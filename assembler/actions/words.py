"""The words of the specification language, of expressions and of Word templates, from the tables the program reads by.

What is said of them is in the reader's language; the words themselves, the names of shapes and topics stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from assembler.base.catalogue import CATALOGUE, CHAPTERS
from assembler.base.catalogue.entries import Entry as Told
from assembler.base.catalogue.entries import Severity
from assembler.base.catalogue.reasons import MEANINGS, opened, reason_of
from assembler.base.expressions import OF_FORMS
from assembler.base.functions import FUNCTIONS
from assembler.base.identifiers import CHECKS
from assembler.base.messages import fill, translate
from assembler.base.problems import EXIT_MEANINGS, AssemblerError, ExitCode, problem
from assembler.base.suggest import guess, listed
from assembler.model.folders import CASE_FILE
from assembler.model.templates import OFFERS, PLACEHOLDERS
from assembler.specs.language.blocks import BLOCK, BLOCK_KINDS, PART, PART_WORDS
from assembler.specs.language.editions import EDITION_WORDS
from assembler.specs.language.forms import FORM_SHAPE
from assembler.specs.language.items import APPEARANCES, ITEM_TYPES
from assembler.specs.language.meanings import (
    FORM,
    ITEM,
    Either,
    Kind,
    ListOf,
    MapOf,
    Meaning,
    Shape,
    Use,
    Word,
)
from assembler.specs.language.names import AMENDED_NAMES, OWNERS, PACKET_NAMES, ROW_NAMES
from assembler.specs.language.reports import CASE_WORDS, REPORT_SHAPE, SHAPES
from assembler.specs.language.rules import RULE, RULES, RuleKind


@dataclass(frozen=True)
class Entry:
    """A word: what may stand at it, what it is for, the words it ``needs`` beside it and those it ``may`` have."""

    name: str
    takes: str
    doc: str
    required: bool = False
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Words that stand together, such as those of a shape; exactly one of ``one_of`` must be there."""

    name: str
    doc: str
    entries: tuple[Entry, ...]
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    name: str
    doc: str
    sections: tuple[Section, ...] = ()


def topics() -> tuple[Topic, ...]:
    """What can be looked up, without its words."""
    return tuple(Topic(name, translate(doc)) for name, (doc, _) in _TOPICS.items())


def words(topic: str, name: str = "") -> Topic:
    """The words of a topic; with ``name`` only the section, or the words, that are called so.

    Raises AssemblerError ``bad-value`` when there is no such topic or name.
    """
    if topic not in _TOPICS:
        raise _unknown(topic, "words", _TOPICS)
    doc, sections = _TOPICS[topic]
    found = Topic(topic, translate(doc), tuple(sections()))
    return _called(found, name) if name else found


def _called(topic: Topic, name: str) -> Topic:
    whole = tuple(section for section in topic.sections if section.name == name)
    if whole:
        return replace(topic, sections=whole)
    picked = (replace(each, entries=tuple(one for one in each.entries if one.name == name)) for each in topic.sections)
    sections = tuple(replace(section, one_of=()) for section in picked if section.entries)
    if not sections:
        known = (each for section in topic.sections for each in (section.name, *(one.name for one in section.entries)))
        raise _unknown(name, topic.name, dict.fromkeys(known))
    return replace(topic, sections=sections)


def _unknown(name: str, of: str, known: Collection[str]) -> AssemblerError:
    near = guess(name, known)
    names = [near, *(each for each in known if each != near)] if near in known else known
    return AssemblerError([problem("bad-value", value=name, name=of, known=listed(names))], ExitCode.USAGE)


# ---------------------------------------------------------------- the specification language


def _form() -> Iterator[Section]:
    yield from (_shape(shape) for shape in _reached(FORM_SHAPE, (RULE.name,)))
    yield _plain("in an edition", translate("What may stand besides in a form that is an edition."), EDITION_WORDS)
    yield _plain("type", translate("What an item or a column asks for."), ITEM_TYPES)
    checks = {name: check.doc for name, check in CHECKS.items()}
    yield _plain("check", translate("What a text that is checked is."), checks)
    yield _plain("appearance", translate("How an item or a column looks; several may stand side by side."), APPEARANCES)


def _report() -> Iterator[Section]:
    known = [shape.name for shape in _reached(FORM_SHAPE)]
    yield from (_shape(shape) for shape in _reached(REPORT_SHAPE, known))
    doc = translate("What case.yaml may say besides the fields of its report.")
    yield Section(CASE_FILE, doc, tuple(map(_word, CASE_WORDS)))


def _rule() -> Iterator[Section]:
    yield _shape(RULE)
    doc = translate("What holds where a rule of the kind finds nothing; any may have a message and a severity.")
    yield Section("kind", doc, tuple(map(_rule_kind, RULES.values())))


def _rule_kind(kind: RuleKind) -> Entry:
    needs = (*kind.needs, *([" | ".join(kind.one_of)] if kind.one_of else []))
    may = tuple(name for name in kind.may if name not in kind.one_of)
    return Entry(kind.name, "", translate(kind.doc), needs=needs, may=may)


def _reached(shape: Shape, known: Collection[str] = ()) -> tuple[Shape, ...]:
    """A shape and those that may stand in it, but for the known ones, in the order they are met."""
    found = {shape.name: shape}
    queue = [shape]
    while queue:
        used = [name for word in queue.pop(0).words for name in _used(word.meaning)]
        fresh = {name: SHAPES[name] for name in used if name not in found and name not in known}
        found |= fresh
        queue.extend(fresh.values())
    return tuple(found.values())


def _used(meaning: Meaning) -> Iterator[str]:
    """The shapes that may stand where something is meant."""
    match meaning:
        case Use(name):
            yield name
        case ListOf(of) | MapOf(of):
            yield from _used(of)
        case Either(options):
            yield from (name for option in options for name in _used(option))


def _shape(shape: Shape) -> Section:
    entries = (_with_others(shape, _word(word)) for word in shape.words)
    return Section(shape.name, translate(shape.doc), tuple(entries), shape.one_of)


def _with_others(shape: Shape, entry: Entry) -> Entry:
    """A word by which a part or a block is known, with the words that go with it."""
    if shape.name == PART.name:
        return replace(entry, may=PART_WORDS.get(entry.name, ()))
    kind = BLOCK_KINDS.get(entry.name) if shape.name == BLOCK.name else None
    if kind is None:
        return entry
    return replace(entry, needs=kind.needs, may=tuple(each for each in kind.words if each not in kind.needs))


def _word(word: Word) -> Entry:
    return Entry(word.name, _takes(word.meaning), translate(word.doc), word.required)


def _takes(meaning: Meaning) -> str:
    """What may stand there, in words."""
    match meaning:
        case Use(name):
            return f"«{name}»"
        case ListOf(of):
            return fill("a list, each {what}", what=_takes(of))
        case MapOf(of):
            return fill("names, each with {what}", what=_takes(of))
        case Either(options):
            return _either([_takes(option) for option in options])
        case Kind():
            return _kind(meaning)


def _either(options: Sequence[str]) -> str:
    """Of several, written as one."""
    return reduce(lambda one, other: fill("{one} or {other}", one=one, other=other), options)


def _kind(kind: Kind) -> str:
    if kind.options:
        return " | ".join(kind.options)
    if kind.base == "name":
        return {FORM.pattern: "folder/form", ITEM.pattern: "folder/form.item"}.get(kind.pattern, translate("a name"))
    known = {
        "text": translate("a text"),
        "template": translate("a text with expressions"),
        "expression": translate("an expression"),
        "flag": "true | false",
        "number": translate("a number"),
        "whole": translate("a whole number"),
    }
    return known[kind.base]


def _plain(name: str, doc: str, entries: Mapping[str, str]) -> Section:
    """A table of words and what each is for."""
    return Section(name, doc, tuple(Entry(each, "", translate(said)) for each, said in entries.items()))


# ---------------------------------------------------------------- expressions

_OPERATORS = {
    "+  -  *  /": "Arithmetic, exact; blank when a side is no number, or when something is divided by 0.",
    "==  !=": "Whether two values are the same; a text beside a date is read as one.",
    "<  <=  >  >=": "Order of numbers, dates and texts.",
    "in  not in": "Whether a choice is among several, or a text in a text.",
    "and  or  not": "Conditions together; a side that settles the matter does so, whatever is blank on the other.",
    "a if test else b": "One value or another; blank without else.",
    "'text'  12  7.5  true  [a, b]": "Values written out; dates are written as texts: '1404/07/15'.",
}


def _functions() -> Iterator[Section]:
    calls = (Entry(name, each.usage, translate(each.doc)) for name, each in FUNCTIONS.items())
    forms = (Entry(name, each.usage, translate(each.doc)) for name, each in OF_FORMS.items())
    yield Section("functions", translate("A blank value makes the result blank: no 0, no error."), (*calls, *forms))
    yield _plain("operators", translate("What stands between values."), _OPERATORS)
    owned = {"packet": PACKET_NAMES, "amended": AMENDED_NAMES}
    inner = {f"{owner}.{name}": doc for owner, docs in owned.items() for name, doc in docs.items()}
    names = {**ROW_NAMES, **OWNERS, **inner}
    doc = translate("What can be named besides the items of the form and the columns of the row.")
    yield _plain("names", doc, names)


# ---------------------------------------------------------------- Word


def _letter() -> Iterator[Section]:
    docs = {
        "letter": translate("What a letter may print; also the items of its form, and its own fields."),
        "cover": translate("What a cover may print; also its own fields."),
        "body": translate("What the body may print; also its own fields."),
    }
    for kind, doc in docs.items():
        entries = (
            Entry(name, translate("lines") if offer.lines else translate("a text"), translate(offer.doc))
            for name, offer in OFFERS[kind].items()
        )
        yield Section(kind, doc, tuple(entries))
    placed = {f"{{{{ {name} }}}}": doc for name, doc in PLACEHOLDERS.items()}
    yield _plain("placeholders", translate("Tags that stand alone in their paragraph."), placed)


def _template() -> Iterator[Section]:
    from assembler.documents import sandbox, style_names

    yield _plain("tags", translate("What may stand between braces."), _TAGS)
    filters = tuple(Entry(name, "", "") for name in sorted(sandbox.FILTERS))
    yield Section("filters", translate("What may stand behind a name and |, as in Jinja."), filters)
    styled = (
        (translate("paragraphs"), style_names.PARAGRAPH_STYLES.values()),
        (translate("characters"), style_names.CHARACTER_STYLES.values()),
        (translate("tables"), style_names.TABLE_STYLES.values()),
        (translate("page numbers"), (style_names.PAGE_NUMBER_STYLE,)),
    )
    needed = (Entry(each.name, of, translate(each.doc)) for of, found in styled for each in found)
    yield Section(
        "styles", translate("Styles a body is set in, by name; those a template lacks are lent."), tuple(needed)
    )
    yield _said()


_TAGS = {
    "{{ name }}": "Prints the name; what there is to print: `assembler words letter`.",
    "{%p if name %} … {%p endif %}": "Paragraphs that stand when the name has a value; each tag has its own paragraph.",
    "{%p for line in name %} … {%p endfor %}": "Paragraphs repeated for each line, printed by {{ line }}.",
}


def _said() -> Section:
    """What a check of templates may find."""
    found = {code: entry for code, entry in CATALOGUE.items() if code.startswith("template-")}
    return _told("problems", "What `assembler template check` may say, and what to do.", found)


# ---------------------------------------------------------------- what the program tells

_CHAPTERS = {
    "answers": "What is said of answers, and of the commands that write them.",
    "desk": "What is said of answers that several people write at once.",
    "site": "Problems of the site that browsers reach, and of the people who sign in.",
    "findings": "What is found in answers and in the report they make.",
    "rules": "What the audit rules of forms find.",
    "periods": "What is said of periods, deadlines and questionnaires.",
    "issue": "What is said when something is issued, proved or compared.",
    "registry": "What is said of the registry of letter numbers.",
    "many": "What is said of many cases or letters at once.",
    "output": "What is said when documents and pages are made.",
    "specs": "What is said of form and report specifications.",
}


def _findings() -> Iterator[Section]:
    yield from (_told(name, _CHAPTERS[name], entries) for name, entries in CHAPTERS.items())


def _severities() -> Iterator[Section]:
    for severity in Severity:
        entries = (
            Entry(code, translate(str(severity)), translate(reason_of(code, severity)))
            for code, each in CATALOGUE.items()
            if each.severity is severity
        )
        yield Section(str(severity), translate(MEANINGS[severity]), tuple(entries))


def _told(name: str, doc: str, entries: Mapping[str, Told]) -> Section:
    told = (
        Entry(code, translate(str(each.severity)), " — ".join(filter(None, (opened(each.message), opened(each.hint)))))
        for code, each in entries.items()
    )
    return Section(name, translate(doc), tuple(told))


def _exit_codes() -> Iterator[Section]:
    meanings = {str(int(code)): meaning for code, meaning in EXIT_MEANINGS.items()}
    yield _plain("exit-codes", translate("What the program ends with, for those who call it from a script."), meanings)


# Each topic: what it is, and what gives its sections.
_TOPICS: Mapping[str, tuple[str, Callable[[], Iterable[Section]]]] = {
    "form": ("What a form may say: its questions, tables, choices, scores.", _form),
    "report": ("What a report may say: the fields of a case, parts, blocks, signers, deadlines.", _report),
    "rule": ("What audit rules at the end of a form look for.", _rule),
    "functions": ("What expressions can calculate, compare and name.", _functions),
    "letter": ("What a letter, a cover and a body may print.", _letter),
    "template": ("What a Word template needs, and what its check may say.", _template),
    "findings": ("What the program may say, by code: how grave, what, what to do.", _findings),
    "severities": ("Why each finding is as grave as it is.", _severities),
    "exit-codes": ("What the program ends with.", _exit_codes),
}
