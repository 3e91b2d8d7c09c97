"""Many Word files as one: each keeps its pages, headers and page numbers in sections of its own.

Starting the converter and reading the styles are paid once for all of them. Only documents that a common file cannot
change are joined: those of one template, without what counts or is numbered across a whole file.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import nsmap, qn
from lxml import etree

BEGINNING = "beginning"  # the bookmark at the first paragraph of each document, behind its prefix
_MOST = 50  # documents in one file: more save nothing, and the converter's memory grows with the pages
_LARGEST = 6_000_000  # letters of markup in one file, for the same reason
_MAIN, _MAIN_RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIP = f"{{{_PACKAGE}/relationships}}Relationship"
_OWN = (RELATION.HEADER, RELATION.FOOTER)  # parts every document brings along
_COMMON = (
    *(RELATION.STYLES, RELATION.SETTINGS, RELATION.FONT_TABLE, RELATION.THEME, RELATION.WEB_SETTINGS),
    RELATION.NUMBERING,
)
# Fields that say the same in a file with others: the page numbers begin anew, the bookmarks are told apart.
_FIELD = re.compile(r"\s*(?:PAGE|(?:PAGEREF|REF)\s+\S+)(?:\s+\\.*)?\s*", re.DOTALL)
_REFERENCE = re.compile(r"^(\s*(?:PAGEREF|REF)\s+)(\S+)", re.DOTALL)
_HIGHEST_MARK = 1_000_000


@dataclass(frozen=True)
class _Relation:
    """A relationship of a part; ``target`` is a name in the package, or an address outside it."""

    key: str
    kind: str
    target: str
    external: bool


@dataclass
class _Document:
    """A Word file taken apart."""

    members: Mapping[str, bytes]
    root: etree._Element = field(init=False)
    relations: Sequence[_Relation] = field(init=False)

    def __post_init__(self) -> None:
        self.root = etree.fromstring(self.members[_MAIN])
        self.relations = list(_relations(self.members, _MAIN))

    @property
    def body(self) -> etree._Element:
        return self.root[0]

    @property
    def sections(self) -> list[etree._Element]:
        return list(self.body.iter(qn("w:sectPr")))

    @property
    def stories(self) -> list[_Relation]:
        """Headers and footers."""
        return [relation for relation in self.relations if relation.kind in _OWN]


def _opened(file: Path) -> _Document:
    with zipfile.ZipFile(file) as archive:
        return _Document({name: archive.read(name) for name in archive.namelist()})


def _relations(members: Mapping[str, bytes], part: str) -> Iterator[_Relation]:
    folder, name = posixpath.split(part)
    listed = members.get(f"{folder}/_rels/{name}.rels")
    for one in etree.fromstring(listed).iter(_RELATIONSHIP) if listed else ():
        external, target = one.get("TargetMode") == "External", one.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield _Relation(one.get("Id", ""), one.get("Type", ""), target if external else inside, external)


# ---------------------------------------------------------------- which documents go together


def joinable(files: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """The files in groups that may be joined, in order; one that must stay alone is a group of its own."""
    groups: list[list[Path]] = []
    open_groups: dict[str, tuple[list[Path], int]] = {}
    for file in files:
        kind, length = _kind(file)
        group, held = open_groups.get(kind, ([], 0))
        if not kind or not group or len(group) == _MOST or held + length > _LARGEST:
            group, held = [], 0
            groups.append(group)
        group.append(file)
        open_groups[kind] = (group, held + length)
    return tuple(map(tuple, groups))


def _kind(file: Path) -> tuple[str, int]:
    """What documents must share to be joined, «» for one that must stay alone; and how long its markup is."""
    document = _opened(file)
    length = len(document.members[_MAIN])
    if not _can_share(document):
        return "", length
    digest = hashlib.sha256(repr(sorted(document.root.nsmap.items(), key=str)).encode())
    digest.update(repr(sorted(_references(document.sections[0]))).encode())
    for relation in sorted(document.relations, key=lambda one: one.target):
        if relation.kind in _COMMON:
            digest.update(relation.target.encode() + b"\0" + document.members[relation.target])
    return digest.hexdigest(), length


def _can_share(document: _Document) -> bool:
    known = (*_OWN, *_COMMON, RELATION.IMAGE, RELATION.HYPERLINK)
    stories = [document.root, *(etree.fromstring(document.members[one.target]) for one in document.stories)]
    return (
        len(document.root) == 1
        and all(one.kind in known for one in document.relations)
        and _ends_in_paragraph(document)
        and _inherits_nothing(document)
        and all(_FIELD.fullmatch(code) for story in stories for code in _codes(story))
        and not any(_is_numbered(story) for story in (*stories, *_styles(document)))
    )


def _ends_in_paragraph(document: _Document) -> bool:
    """Whether the last section can be ended in the last paragraph, as no paragraph may be added."""
    if len(document.body) < 2 or document.body[-1].tag != qn("w:sectPr"):
        return False
    last = document.body[-2]
    return bool(last.tag == qn("w:p")) and next(last.iter(qn("w:sectPr")), None) is None


def _inherits_nothing(document: _Document) -> bool:
    """Whether the first section names every header and footer there is: what it lacks it would take from a file
    before it."""
    first, *others = document.sections
    return all(_references(section) <= _references(first) for section in others)


def _references(section: etree._Element) -> set[tuple[str, str]]:
    kinds = (qn("w:headerReference"), qn("w:footerReference"))
    return {(child.tag, child.get(qn("w:type"), "default")) for child in section if child.tag in kinds}


def _codes(story: etree._Element) -> Iterator[str]:
    yield from (code.text or "" for code in story.iter(qn("w:instrText")))
    yield from (simple.get(qn("w:instr"), "") for simple in story.iter(qn("w:fldSimple")))


def _is_numbered(story: etree._Element) -> bool:
    return any(number.get(qn("w:val")) != "0" for number in story.iter(qn("w:numId")))


def _styles(document: _Document) -> Iterator[etree._Element]:
    found = (one.target for one in document.relations if one.kind == RELATION.STYLES)
    return (etree.fromstring(document.members[name]) for name in found)


# ---------------------------------------------------------------- joining


def prefix(number: int) -> str:
    """What the bookmarks of the document of that number, counted from 0, begin with in the common file."""
    return f"D{number:04d}"


def join(files: Sequence[Path], out: Path) -> None:
    """Write documents that ``joinable`` put together into one file, each beginning on a page of its own."""
    joint = _Joint()
    for number, file in enumerate(files):
        joint.add(_opened(file), number, is_last=number == len(files) - 1)
    out.write_bytes(b"")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # read once by the converter, then thrown away
        for name, data in joint.members().items():
            archive.writestr(name, data)


@dataclass
class _Joint:
    """The common file in the making."""

    head: bytes = b""
    bodies: list[bytes] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: list[_Relation] = field(default_factory=list)

    def add(self, document: _Document, number: int, *, is_last: bool) -> None:
        own = prefix(number)
        if number == 0:
            self._begin(document)
        self._bring(document, own)
        _name_apart(document.root, own, number)
        for story in document.stories:
            self._bring_story(document, story, own, number)
        _mark_beginning(document.body, own, number)
        _begin_on_a_page(document.sections[0])
        if not is_last:
            _end_in_last_paragraph(document.body)
        markup = etree.tostring(document.body, encoding="utf-8")
        self.bodies.append(markup[markup.index(b">") + 1 : markup.rindex(b"</")])

    def _begin(self, document: _Document) -> None:
        """What all of them share comes from the first."""
        empty = etree.Element(document.root.tag, nsmap=document.root.nsmap)
        self.head = etree.tostring(empty, encoding="utf-8").removesuffix(b"/>") + b">"
        for relation in document.relations:
            if relation.kind in _COMMON:
                self._take(document, relation.target, relation.target)
                self.relations.append(relation)

    def _bring(self, document: _Document, own: str) -> None:
        """The pictures, links, headers and footers of one document, under keys of its own."""
        for relation in document.relations:
            if relation.kind in _COMMON:
                continue
            target = relation.target if relation.external else self._place(document, relation, own)
            self.relations.append(_Relation(own + relation.key, relation.kind, target, relation.external))

    def _place(self, document: _Document, relation: _Relation, own: str) -> str:
        """Where a part of a document goes: a picture under the name of its content, so that it is kept once."""
        folder, name = posixpath.split(relation.target)
        if relation.kind == RELATION.IMAGE:
            data = document.members[relation.target]
            name = hashlib.sha256(data).hexdigest()[:24] + posixpath.splitext(name)[1]
            folder = "word/media"
        else:
            name = own + name
        return self._take(document, relation.target, f"{folder}/{name}")

    def _take(self, document: _Document, name: str, target: str) -> str:
        self.parts[target] = document.members[name]
        self.types[target] = _type_of(document.members[_TYPES], name)
        return target

    def _bring_story(self, document: _Document, story: _Relation, own: str, number: int) -> None:
        folder, name = posixpath.split(story.target)
        root = etree.fromstring(document.members[story.target])
        _name_apart(root, own, number)
        placed = f"{folder}/{own}{name}"
        self.parts[placed] = _serialised(root)
        found = [
            _Relation(
                own + one.key, one.kind, one.target if one.external else self._place(document, one, own), one.external
            )
            for one in _relations(document.members, story.target)
        ]
        if found:
            self.parts[f"{folder}/_rels/{own}{name}.rels"] = _relations_markup(found)

    def members(self) -> dict[str, bytes]:
        """The whole package, the list of content types first."""
        body = b"<w:body>" + b"".join(self.bodies) + b"</w:body></w:document>"
        whole = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + self.head + body
        main = _Relation("rId1", RELATION.OFFICE_DOCUMENT, _MAIN, False)
        return {
            _TYPES: self._types_markup(),
            "_rels/.rels": _relations_markup([main]),
            _MAIN: whole,
            _MAIN_RELATIONS: _relations_markup(self.relations),
            **self.parts,
        }

    def _types_markup(self) -> bytes:
        root = etree.Element(f"{{{_PACKAGE}/content-types}}Types", nsmap={None: f"{_PACKAGE}/content-types"})
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
        ):
            etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        for name, kind in ({_MAIN: main} | self.types).items():
            etree.SubElement(root, "Override", PartName=f"/{name}", ContentType=kind)
        # The elements were made without the namespace of their parent, which is what they are to be in.
        return _serialised(root).replace(b' xmlns=""', b"")


def _type_of(types: bytes, name: str) -> str:
    root = etree.fromstring(types)
    for child in root:
        if child.get("PartName", "").lstrip("/") == name:
            return str(child.get("ContentType"))
    extension = posixpath.splitext(name)[1].lstrip(".").lower()
    return next((str(c.get("ContentType")) for c in root if c.get("Extension", "").lower() == extension), "")


def _relations_markup(relations: Iterable[_Relation]) -> bytes:
    namespace = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    for one in relations:
        target = one.target if one.external else f"/{one.target}"
        element = etree.SubElement(root, _RELATIONSHIP, Id=one.key, Type=one.kind, Target=target)
        if one.external:
            element.set("TargetMode", "External")
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    markup: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, standalone=True)
    return markup


def _name_apart(root: etree._Element, own: str, number: int) -> None:
    """Give relationships, bookmarks and what leads to them names that no other document has."""
    pointers = f"{{{nsmap['r']}}}"
    marks = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name.startswith(pointers):
                element.set(name, own + value)
        if element.tag in marks:
            element.set(qn("w:id"), str((number + 1) * _HIGHEST_MARK + int(element.get(qn("w:id"), "0"))))
        if element.tag == marks[0]:
            element.set(qn("w:name"), own + element.get(qn("w:name"), ""))
        elif element.tag == qn("w:hyperlink") and element.get(qn("w:anchor")):
            element.set(qn("w:anchor"), own + element.get(qn("w:anchor")))
        elif element.tag == qn("w:instrText"):
            element.text = _REFERENCE.sub(rf"\g<1>{own}\2", element.text or "")
        elif element.tag == qn("w:fldSimple"):
            element.set(qn("w:instr"), _REFERENCE.sub(rf"\g<1>{own}\2", element.get(qn("w:instr"), "")))


def _mark_beginning(body: etree._Element, own: str, number: int) -> None:
    first = next(body.iter(qn("w:p")))
    identifier = str((number + 1) * _HIGHEST_MARK + _HIGHEST_MARK - 1)
    start = etree.Element(qn("w:bookmarkStart"), {qn("w:id"): identifier, qn("w:name"): own + BEGINNING})
    end = etree.Element(qn("w:bookmarkEnd"), {qn("w:id"): identifier})
    place = 1 if len(first) and first[0].tag == qn("w:pPr") else 0
    first[place:place] = [start, end]


def _begin_on_a_page(section: etree._Element) -> None:
    """A first section begins on a new page whatever it says: alone it had nothing to continue."""
    for kind in section.findall(qn("w:type")):
        section.remove(kind)


def _end_in_last_paragraph(body: etree._Element) -> None:
    section, last = body[-1], body[-2]
    properties = last.find(qn("w:pPr"))
    if properties is None:
        properties = etree.Element(qn("w:pPr"))
        last.insert(0, properties)
    for change in properties.findall(qn("w:pPrChange")):
        properties.remove(change)
    properties.append(section)
