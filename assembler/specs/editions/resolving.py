"""Reads editions into whole forms and reports, as if each had been written out: what reads them knows of none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node, Scalar
from assembler.base.yamlfile import Sequence as ListNode
from assembler.specs.editions.lent import LENDING, written_out
from assembler.specs.editions.merging import Merger
from assembler.specs.editions.tracing import traced, with_entry, without
from assembler.specs.editions.translating import Translation
from assembler.specs.language.editions import EDITION
from assembler.specs.nodes import items, mapping, text, texts
from assembler.specs.shapes import validate

# Blocks that show a form, or an item of one: they go with it, and so do sections of which nothing is left.
_SHOWING = ("answers", "form", "table", "text", "list", "workflow", "chart", "score_sheet", "figure")


class SpecFile(NamedTuple):
    """A file of specifications as it was read; ``is_faulty`` when something in it was lost, ``lent`` are the forms it
    took over and that stand in it now.
    """

    file: str
    node: MappingNode
    is_faulty: bool = False
    lent: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        return Place(file=self.file)


def with_editions(files: Sequence[SpecFile]) -> tuple[tuple[SpecFile, ...], tuple[Problem, ...]]:
    """The files with every edition written out, and the forms it takes over behind them; and what is wrong."""
    if not any(map(_is_edition, files)):
        return tuple(files), ()
    reader = _Reader(_named(files, "form"), _named(files, "report"))
    # What could not be written out has been told of; as it stands nothing can be said of it.
    found = tuple(each for each in reader.read(files) if not _is_edition(each))
    return found, tuple(reader.problems)


def _named(files: Iterable[SpecFile], word: str) -> dict[str, SpecFile]:
    return {text(each.node, word): each for each in files if text(each.node, word)}


@dataclass(frozen=True)
class _Edition:
    """A report that is an edition: ``takes`` are the forms taken over as they are, by their old names; ``dropped`` are
    those that are no more.
    """

    translation: Translation
    takes: Mapping[str, str]
    dropped: frozenset[str]


@dataclass
class _Reader:
    forms: dict[str, SpecFile]
    reports: dict[str, SpecFile]
    problems: list[Problem] = field(default_factory=list)

    def read(self, files: Sequence[SpecFile]) -> Iterator[SpecFile]:
        """Reports first, the older ones before those that build on them: their forms are named anew."""
        whole: dict[str, SpecFile] = {}
        self._told = {name: each for name, each in self.reports.items() if _is_edition(each)}
        for name in self._in_order():
            self._edition(name, whole)
        left = {name: each for name, each in self.forms.items() if _is_edition(each) and name not in whole}
        for name, each in sorted(left.items(), key=lambda one: _takes_over(one[1], self.forms)):
            whole[name] = self._form(each, Translation(), self.forms, whole)
        yield from (each for each in files if not _is_edition(each))
        yield from (each for _, each in sorted(whole.items()))

    def _in_order(self) -> Iterator[str]:
        done: set[str] = set()
        for name in self._told:
            yield from self._before(name, (), done)

    def _before(self, name: str, way: tuple[str, ...], done: set[str]) -> Iterator[str]:
        if name in done or name not in self._told:
            return
        each = self._told[name]
        told = mapping(each.node.get("edition"))
        if name in way:
            where = each.place.within(line=told.line_of("of"))
            self.problems.append(problem("cycle", where, path=" ← ".join((*way[way.index(name) :], name))))
            return
        yield from self._before(text(told, "of"), (*way, name), done)
        if name not in done:
            done.add(name)
            yield name

    def _edition(self, name: str, whole: dict[str, SpecFile]) -> None:
        """Writes out a report and the forms of its edition."""
        each = self.reports[name]
        told, place = mapping(each.node.get("edition")), each.place
        departures = validate(each.node.get("edition") or told, EDITION, place)
        self.problems.extend(departures)
        reports = {**self.reports, **{key: value for key, value in whole.items() if "report" in value.node.entries}}
        old = reports.get(text(told, "of"))
        if old is None or old is each:
            whole[name] = each
            near, known = guess(text(told, "of"), self.reports), listed(self.reports)
            where = place.within(line=told.line_of("of"))
            self.problems.append(problem("unknown-report", where, name=text(told, "of"), guess=near, known=known))
            return
        if departures:
            return
        forms = {**self.forms, **{key: value for key, value in whole.items() if "form" in value.node.entries}}
        edition = self._planned(told, each, old, forms)
        for before, new in edition.takes.items():
            whole[new] = self._taken(forms[before], new, edition.translation, place)
        for own in sorted(filter(_is_edition, self.forms.values()), key=lambda one: _takes_over(one, forms)):
            if text(own.node, "edition_of") in edition.translation.old and _folder(own) in _folders(told).values():
                whole[text(own.node, "form")] = self._form(own, edition.translation, forms, whole)
        whole[name] = self._report(each, old, edition, told)
        self.reports[name] = whole[name]

    def _planned(self, told: MappingNode, each: SpecFile, old: SpecFile, forms: Mapping[str, SpecFile]) -> _Edition:
        """Which forms the edition takes over, under which names."""
        folders, drop, renumber = _folders(told), texts(told, "drop"), mapping(told.get("renumber"))
        before = {name for name in forms if name.partition("/")[0] in folders}
        own: dict[str, list[str]] = {}
        for one in self.forms.values():
            if text(one.node, "edition_of") in before and _folder(one) in folders.values():
                own.setdefault(text(one.node, "edition_of"), []).append(text(one.node, "form"))
        dropped = frozenset(name for name in drop if "/" in name)
        short = {_whole(name, folders): text(renumber, name) for name in renumber.entries}
        for word, named in (("drop", dropped), ("renumber", short)):
            for name in sorted({*named} - before):
                where = each.place.within(line=told.line_of(word))
                self.problems.append(problem("unknown-form", where, name=name, guess=guess(name, before)))
        takes = {name: _moved(name, short, folders) for name in sorted(before - dropped - own.keys())}
        names = {**takes, **{name: news[0] for name, news in own.items() if len(news) == 1}}
        document = (_document(old.node), _document(each.node))
        phrases = mapping(told.get("phrases"))
        return _Edition(
            Translation(
                names,
                frozenset(before),
                text(told, "called"),
                document,
                {phrase: text(phrases, phrase) for phrase in phrases.entries},
                self._items(names),
            ),
            takes,
            dropped - own.keys(),
        )

    def _items(self, names: Mapping[str, str]) -> dict[str, str]:
        """The new names of items in the forms of the edition, by the old ones."""
        own = [(old, self.forms[new]) for old, new in names.items() if new in self.forms]
        return {
            f"{old}.{was}": text(item, "name")
            for old, form in own
            for item in map(mapping, items(form.node.get("items")))
            if (was := text(item, "was"))
        }

    def _taken(self, old: SpecFile, name: str, translation: Translation, place: Place) -> SpecFile:
        """A form as it was, under its new name; a note on how the old guidance is printed stays behind."""
        node = _formed(old, translation)
        found = with_entry(with_entry(node, "form", Scalar(name, node.line)), "was", _was(old))
        self.problems.extend(translation.lost(found, place.within(form=name)))
        return SpecFile(old.file, found)

    def _form(
        self, own: SpecFile, translation: Translation, known: Mapping[str, SpecFile], whole: Mapping[str, SpecFile]
    ) -> SpecFile:
        """A form over the one it is an edition of; what it takes over may be of this edition, and is ``whole`` then."""
        place, before = own.place, text(own.node, "edition_of")
        if before not in known or known[before] is own:
            where = place.within(line=own.node.line_of("edition_of"))
            self.problems.append(problem("unknown-form", where, name=before, guess=guess(before, known)))
            return own
        new = mapping(traced(own.node, own.file))
        merger = Merger(place.within(form=text(new, "form")))
        old = _formed(known[before], translation)
        for word in (each for each in LENDING if each in new.entries):  # it takes over another one, or none
            old = with_entry(old, word, new.entries[word]) if text(new, word) else without(old, word)
        base = written_out(old, _lenders(old, {**known, **whole}), new)
        node = merger.drop(base.node, new.get("drop"))
        done = ("edition_of", "drop", *(LENDING if base.lent else ()))
        ordered = base.in_order(merger.form(node, without(new, *done)), new)
        found = with_entry(ordered, "was", _was(known[before]))
        self.problems.extend((*merger.problems, *translation.lost(found, merger.place)))
        return SpecFile(own.file, found, lent=base.lent)

    def _report(self, own: SpecFile, old: SpecFile, edition: _Edition, told: MappingNode) -> SpecFile:
        """A report over the one before, without what showed the forms that are no more."""
        base = mapping(traced(old.node, old.file, edition.translation.words))
        new = without(mapping(traced(own.node, own.file)), "edition")
        merger = Merger(own.place)
        base, lost = _less(base, [*edition.dropped, *texts(told, "drop")])
        for name in (each for each in texts(told, "drop") if "/" not in each and each not in lost):
            where = own.place.within(line=told.line_of("drop"))
            self.problems.append(
                problem("unknown-item", where, name=name, shape="drop", guess=guess(name, lost), known="")
            )
        found = merger.over(without(base, "was"), new)
        changes = mapping(traced(told, own.file)).get("blocks")
        parts = found.get("parts")
        if isinstance(changes, ListNode) and isinstance(parts, ListNode):
            found = with_entry(found, "parts", merger.blocks(parts, changes))
        found = with_entry(found, "was", Scalar(text(told, "of"), told.line))
        self.problems.extend((*merger.problems, *edition.translation.lost(found, own.place)))
        return SpecFile(own.file, found)


def _is_edition(each: SpecFile) -> bool:
    return not {"edition", "edition_of"}.isdisjoint(each.node.entries)


def _takes_over(each: SpecFile, forms: Mapping[str, SpecFile]) -> bool:
    """Whether a form takes over others: they are written out before it."""
    before = forms.get(text(each.node, "edition_of"))
    return any(word in node.node.entries for node in (each, before) if node for word in LENDING)


def _lenders(form: MappingNode, known: Mapping[str, SpecFile]) -> dict[str, MappingNode]:
    """The forms a form takes over, each line with its file; one that takes over others itself is refused elsewhere."""
    found = (known[name] for word in LENDING if (name := text(form, word)) in known)
    whole = (each for each in found if not _is_edition(each) and not any(word in each.node.entries for word in LENDING))
    return {text(each.node, "form"): mapping(traced(each.node, each.file)) for each in whole}


def _folders(told: MappingNode) -> dict[str, str]:
    """The folders forms are taken over from, with those they are taken into."""
    folders = mapping(told.get("folders"))
    return {name: text(folders, name) for name in folders.entries}


def _folder(each: SpecFile) -> str:
    return text(each.node, "form").partition("/")[0]


def _whole(name: str, folders: Mapping[str, str]) -> str:
    """A form by its name, which alone is that of a form of the first folder."""
    return name if "/" in name else f"{next(iter(folders), '')}/{name}"


def _moved(name: str, short: Mapping[str, str], folders: Mapping[str, str]) -> str:
    folder, _, last = name.partition("/")
    return f"{folders[folder]}/{short.get(name, last)}"


def _formed(old: SpecFile, translation: Translation) -> MappingNode:
    node = mapping(traced(old.node, old.file, translation.words))
    source = node.get("source")
    node = without(node, "was")
    return with_entry(node, "source", without(source, "note")) if isinstance(source, MappingNode) else node


def _was(old: SpecFile) -> Scalar:
    return Scalar(text(old.node, "form"), old.node.line)


def _document(node: MappingNode) -> str:
    return text(mapping(node.get("source")), "document")


def _less(node: MappingNode, dropped: Sequence[str]) -> tuple[MappingNode, set[str]]:
    """A report without the forms, fields of the case, parts and blocks of some names; and the names that were met."""
    pruner = _Pruner(frozenset(dropped))
    return mapping(pruner.pruned(node, "")), pruner.met


@dataclass
class _Pruner:
    dropped: frozenset[str]
    met: set[str] = field(default_factory=set)

    def pruned(self, node: Node, word: str) -> Node:
        if isinstance(node, ListNode):
            kept = (self.pruned(each, word) for each in node.items if not self._goes(each, word))
            return node.__class__(tuple(each for each in kept if not _is_emptied(each)), node.line)
        if isinstance(node, MappingNode):
            entries = {key: self.pruned(value, key) for key, value in node.entries.items()}
            return MappingNode(entries, node.keys, node.line)
        return node

    def _goes(self, node: Node, word: str) -> bool:
        found = next((name for name in _names(node, word) if name in self.dropped), None)
        if found:
            self.met.add(found)
        return found is not None


def _names(node: Node, word: str) -> Iterator[str]:
    """What an entry of a list may be dropped by: the form it shows, its identifier, its name."""
    if isinstance(node, Scalar):
        if word == "forms":
            yield node.text or ""
        return
    found = mapping(node)
    if word == "content":
        yield text(found, "id")
        yield from (text(found, kind).partition(".")[0] for kind in _SHOWING if kind in found.entries)
    elif word == "parts":
        yield from (text(found, kind) for kind in ("cover", "letter", "body", "evidence"))
        yield text(found, "form")
    elif word == "case":
        yield f"case.{text(found, 'name')}"


def _is_emptied(node: Node) -> bool:
    """A section of which nothing is left."""
    found = mapping(node)
    return "section" in found.entries and "content" in found.entries and not items(found.get("content"))
