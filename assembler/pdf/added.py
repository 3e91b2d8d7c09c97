"""What was appended to a PDF after it was issued: signatures and what belongs to them, or anything else.

A signing program appends an update to a file and leaves the bytes before as they are. What readers show then is the
issued document with the objects of the update over it. The list here is of what such an update may hold (ISO 32000-2,
12.8; ETSI EN 319 142); whatever is not on it is named, whether or not a page shows it today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import fill, translate
from assembler.pdf.updates import objects, states

Number = tuple[int, int]  # of an object: its number and generation
_DEPTH = 40  # levels of what an update adds; those of signing programs have about eight

# Of what was issued, the keys an update may write anew, each held to its own rule.
_ROOT = ("/AcroForm", "/DSS", "/Extensions", "/Perms", "/Metadata", "/Version")
_FORM = ("/Fields", "/SigFlags", "/DR", "/DA")
_FIELD = ("/V", "/AP", "/F", "/M", "/MK", "/DA", "/DR", "/AS")
_INFORMATION = ("/ModDate", "/CreationDate", "/Producer")
# Of what is new, the keys that may stand there.
_NEW_FIELD = frozenset({
    "/AP", "/AS", "/Border", "/DA", "/DR", "/F", "/FT", "/Ff", "/Kids", "/Lang", "/Lock", "/M", "/MK", "/NM", "/P",
    "/Parent", "/Rect", "/SV", "/StructParent", "/Subtype", "/T", "/TM", "/TU", "/Type", "/V",
})  # fmt: skip
_SIGNATURE = frozenset({
    "/ByteRange", "/Cert", "/Changes", "/ContactInfo", "/Contents", "/Filter", "/Location", "/M", "/Name",
    "/Prop_AuthTime", "/Prop_AuthType", "/Prop_Build", "/R", "/Reason", "/Reference", "/SubFilter", "/Type", "/V",
})  # fmt: skip
_PROOFS = frozenset({"/Type", "/VRI", "/Certs", "/OCSPs", "/CRLs"})
_PROOFS_OF_ONE = frozenset({"/Type", "/Cert", "/OCSP", "/CRL", "/TU", "/TS"})
_PLAIN_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL", "/Type"})
# Never in what is new, at any depth: what runs, opens, fetches, carries files or is shown only at times.
_NEVER = frozenset({
    "/A", "/AA", "/AF", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Names", "/NeedAppearances", "/OC",
    "/OpenAction", "/RichMediaContent", "/RichMediaSettings", "/URI", "/XFA",
})  # fmt: skip
_DATES = re.compile(
    r"\}(ModifyDate|MetadataDate|CreateDate|Producer|CreatorTool|InstanceID|DocumentID|History|format)$"
)

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_IN_XMP = ((f"{_DUBLIN_CORE}title", "/Title"), (f"{_DUBLIN_CORE}creator", "/Author"))


def additions(issued: bytes, whole: bytes) -> tuple[str, ...]:
    """What else than signatures and what belongs to them was appended to the issued PDF, in words; nothing when that
    is all. ``whole`` begins with ``issued``. Each update is looked at, also one that a later one hides.
    """
    found: list[str] = []
    added = objects(whole, len(issued))
    unmet = set(added or ())
    for seen in states(issued, whole):
        try:
            with foreign(""), pikepdf.open(BytesIO(issued)) as before, _strictly(seen) as after:
                update = _Update(before, after, len(issued), len(seen))
                found += update.told()
                unmet -= {number for number, _ in update.old | update.reached | update.lists()}
        except UnreadableError:
            found.append(translate("it cannot be opened"))
    found += [translate("bytes that belong to no object")] if added is None else []
    found += [translate("an object that belongs to no signature")] if unmet else []
    return tuple(dict.fromkeys(found))


def _strictly(data: bytes) -> pikepdf.Pdf:
    """A PDF as it says it is; nothing is looked for that its own lists do not name."""
    return pikepdf.open(BytesIO(data), attempt_recovery=False)


class _Update:
    """An issued PDF beside what it became."""

    def __init__(self, before: pikepdf.Pdf, after: pikepdf.Pdf, length: int, whole: int) -> None:
        self.before, self.after = before, after
        self.length, self.whole = length, whole
        self.pages = {page.obj.objgen: number for number, page in enumerate(before.pages, start=1)}
        self.old = {one.objgen for one in before.objects if one.is_indirect}
        annotations = (page.obj.get("/Annots") for page in before.pages)
        # Of the old, those that have a rule of their own; of the new, those a signature needs.
        self.judged = {each.objgen for each in annotations if each is not None and each.is_indirect}
        self.reached: set[Number] = set()

    def told(self) -> Iterator[str]:
        """Everything that differs and is not of signing."""
        if [page.obj.objgen for page in self.before.pages] != [page.obj.objgen for page in self.after.pages]:
            yield translate("page order")
            return
        yield from self._trailer()
        yield from self._root()
        for page in self.pages:
            yield from self._page(page)
        yield from self._rest()
        yield from self._unreached()

    # ------------------------------------------------------------ the document

    def _trailer(self) -> Iterator[str]:
        before, after = self.before.trailer, self.after.trailer
        if before.Root.objgen != after.Root.objgen or "/Encrypt" in after:
            yield translate("the structure of the file")
        old, new = before.get("/Info"), after.get("/Info")
        if new is not None:
            self._reach(new)
            yield from self._differing(old, new, _INFORMATION, translate("what the file says of itself"))

    def _root(self) -> Iterator[str]:
        old, new = self.before.Root, self.after.Root
        self.judged.add(old.objgen)
        yield from self._differing(old, new, _ROOT, translate("the structure of the file"))
        yield from self._form(old.get("/AcroForm"), new.get("/AcroForm"))
        yield from self._metadata(old.get("/Metadata"), new.get("/Metadata"))
        for key, rule in (("/DSS", self._proofs), ("/Extensions", self._plain), ("/Perms", self._perms)):
            if key in new:
                yield from rule(new[key])
        if not isinstance(new.get("/Version", pikepdf.Name("/1.7")), pikepdf.Name):
            yield translate("the structure of the file")

    def _differing(self, old: object, new: object, free: Iterable[str], what: str) -> Iterator[str]:
        """``what`` when two dictionaries differ in more than the free keys."""
        if isinstance(old, pikepdf.Dictionary) and old.is_indirect:
            self.judged.add(old.objgen)
        had, has = (_told(each, tuple(free)) if isinstance(each, pikepdf.Dictionary) else {} for each in (old, new))
        if had != has or not isinstance(new, pikepdf.Dictionary):
            yield what

    def _metadata(self, old: object, new: object) -> Iterator[str]:
        """Dates and the producer may change; a title may not, nor anything else that is said of the document."""
        if new is None and old is None:
            return
        if isinstance(old, pikepdf.Stream):
            self.judged.add(old.objgen)
        if not isinstance(new, pikepdf.Stream):
            yield translate("what the file says of itself")
            return
        self._reach(new)
        yield from self._only(new, _PLAIN_STREAM | {"/Subtype"}, translate("what the file says of itself"))
        had = {key: value for key, value in _described(self.before).items() if not _DATES.search(key)}
        if isinstance(old, pikepdf.Stream) and new.read_bytes() == old.read_bytes():
            return
        for key, value in _described(self.after).items():
            if not _DATES.search(key) and had.pop(key, None) != value:
                yield f"{translate('what the file says of itself')}: {key.rpartition('}')[2]}"
        if had and isinstance(old, pikepdf.Stream):
            yield translate("what the file says of itself")

    # ------------------------------------------------------------ fields

    def _form(self, old: object, new: object) -> Iterator[str]:
        form = translate("the form fields")
        if new is None:
            yield from (form for _ in range(old is not None))
            return
        if not isinstance(new, pikepdf.Dictionary):
            yield form
            return
        self._reach(new)
        yield from self._differing(old if old is not None else {}, new, _FORM, form)
        for key in ("/DR", "/DA"):
            yield from self._harmless(new.get(key), form)
        had = old.get("/Fields") if isinstance(old, pikepdf.Dictionary) else None
        if isinstance(had, pikepdf.Array) and had.is_indirect:
            self.judged.add(had.objgen)
        known = [each.objgen for each in had] if isinstance(had, pikepdf.Array) else []
        has = new.get("/Fields")
        fields = list(has) if isinstance(has, pikepdf.Array) else []
        self._reach(has)
        if [each.objgen for each in fields[: len(known)]] != known:
            yield form
        for field in fields[len(known) :]:
            yield from self._new_field(field)
        for number in known:
            yield from self._old_field(number)

    def _old_field(self, number: Number) -> Iterator[str]:
        """A field that was issued: one for a signature may be filled, any other stays as it was."""
        old, new = self.before.get_object(number), self.after.get_object(number)
        if old.get("/FT") != "/Sig":
            return
        what = fill("the field {name}", name=str(old.get("/T", "")))
        yield from self._differing(old, new, _FIELD, what)
        if not isinstance(new, pikepdf.Dictionary):
            return
        if "/V" in new:
            yield from self._signature(new["/V"], what)
        for key in _FIELD[1:]:
            yield from self._harmless(new.get(key), what)

    def _new_field(self, field: object) -> Iterator[str]:
        """A field nobody was asked to sign: it is one of a signature, and takes no room on its page."""
        what = translate("a new form field")
        if not isinstance(field, pikepdf.Dictionary) or field.get("/FT") != "/Sig":
            yield what
            return
        name = f"{what}: {field.get('/T', '')}"
        kids = field.get("/Kids")
        for each in (field, *(kids if isinstance(kids, pikepdf.Array) else ())):
            self._reach(each)
            yield from self._only(each, _NEW_FIELD, name)
            if isinstance(each, pikepdf.Dictionary):
                yield from (name for _ in range(not _is_unseen(each)))
                for key in ("/AP", "/Border", "/DA", "/DR", "/Lock", "/MK", "/SV"):
                    yield from self._harmless(each.get(key), name)
        if "/V" in field:
            yield from self._signature(field["/V"], name)

    def _signature(self, value: object, what: str) -> Iterator[str]:
        """A value that is a signature over all that was issued: what it covers is whole but for its own place."""
        if not isinstance(value, pikepdf.Dictionary):
            yield what
            return
        self._reach(value)
        yield from self._only(value, _SIGNATURE, what)
        for key in value.keys() - {"/Contents", "/Cert", "/ByteRange"}:
            yield from self._harmless(value[key], what)
        if "/Contents" not in value or not self._is_over_issued(value.get("/ByteRange")):
            yield fill("{what} is signed over other bytes than those issued", what=what)

    def _is_over_issued(self, ranges: object) -> bool:
        """Whether what is signed is everything up to a place behind the issued bytes, and on from there."""
        if not isinstance(ranges, pikepdf.Array) or len(ranges) != 4:
            return False
        start, first, second, last = (int(each) for each in ranges)
        return start == 0 and self.length <= first < second and second + last <= self.whole

    # ------------------------------------------------------------ what belongs to signatures

    def _proofs(self, store: object) -> Iterator[str]:
        """Certificates and what proves them, kept for later (DSS)."""
        what = translate("the proofs of signatures")
        self._reach(store)
        yield from self._only(store, _PROOFS, what)
        if not isinstance(store, pikepdf.Dictionary):
            return
        each_one = store.get("/VRI")
        self._reach(each_one)
        ones = list(each_one.values()) if isinstance(each_one, pikepdf.Dictionary) else []
        for one in ones:
            self._reach(one)
            yield from self._only(one, _PROOFS_OF_ONE, what)
        for holder in (store, *(one for one in ones if isinstance(one, pikepdf.Dictionary))):
            for key in holder.keys() - {"/VRI", "/Type", "/TU"}:
                yield from self._blobs(holder[key], what)

    def _blobs(self, value: pikepdf.Object, what: str) -> Iterator[str]:
        self._reach(value)
        for each in value if isinstance(value, pikepdf.Array) else (value,):
            self._reach(each)
            if not isinstance(each, pikepdf.Stream):
                yield what
            yield from self._only(each, _PLAIN_STREAM, what)

    def _perms(self, value: object) -> Iterator[str]:
        what = translate("the structure of the file")
        self._reach(value)
        yield from self._only(value, frozenset({"/DocMDP"}), what)

    def _plain(self, value: object) -> Iterator[str]:
        yield from self._harmless(value, translate("the structure of the file"))

    def _only(self, holder: object, keys: frozenset[str], what: str) -> Iterator[str]:
        if not isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)) or not set(holder.keys()) <= keys:
            yield what

    def _harmless(self, value: object, what: str) -> Iterator[str]:
        """Whether nothing below a value runs, opens, fetches or carries anything; what it leads to is then reached."""
        waiting = [(value, 0)]
        while waiting:
            one, depth = waiting.pop()
            if not isinstance(one, pikepdf.Object) or not self._is_new(one):
                continue
            if depth > _DEPTH:
                yield what
                return
            if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                if _NEVER & set(one.keys()) and not _is_word_list(one):
                    yield what
                waiting += [(each, depth + 1) for key, each in one.items() if key not in ("/P", "/Parent", "/Data")]
            elif isinstance(one, pikepdf.Array):
                waiting += [(each, depth + 1) for each in one]

    def _is_new(self, one: pikepdf.Object) -> bool:
        """Whether it was not issued and not met yet; then it is met now."""
        if not one.is_indirect:
            return True
        if one.objgen in self.old or one.objgen in self.reached:
            return False
        self.reached.add(one.objgen)
        return True

    def _reach(self, one: object) -> None:
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            self.reached.add(one.objgen)

    # ------------------------------------------------------------ pages and the rest

    def _page(self, number: Number) -> Iterator[str]:
        """A page shows what it showed; among its annotations are new ones only of signatures that draw nothing."""
        old, new = self.before.get_object(number), self.after.get_object(number)
        what = fill("page {page}", page=self.pages[number])
        yield from self._differing(old, new, ("/Annots",), what)
        had = [each.objgen for each in old.get("/Annots", ())]
        has = list(new.get("/Annots", ()))
        self._reach(new.get("/Annots"))
        if [each.objgen for each in has[: len(had)]] != had:
            yield what
        for each in has[len(had) :]:
            holder = each.get("/Parent", each) if isinstance(each, pikepdf.Dictionary) else each
            yield from self._new_field(holder)
            if not (isinstance(each, pikepdf.Dictionary) and _is_unseen(each)):
                yield what

    def _rest(self) -> Iterator[str]:
        """Every other object is as it was issued."""
        for one in self.before.objects:
            if (
                one.is_indirect
                and one.objgen not in self.judged
                and not _is_same(one, self.after.get_object(one.objgen))
            ):
                yield translate("what the pages show")

    def lists(self) -> set[Number]:
        """The new objects that are of the file's own make: those that list or hold others."""
        return {
            one.objgen
            for one in self.after.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Type") in ("/XRef", "/ObjStm")
        }

    def _unreached(self) -> Iterator[str]:
        """An object that no signature needs may be shown by a later update: it is told now."""
        met = {one.objgen for one in self.after.objects if one.is_indirect and one != pikepdf.Object.parse(b"null")}
        if met - self.old - self.reached - self.lists():
            yield translate("an object that belongs to no signature")


def _described(document: pikepdf.Pdf) -> dict[str, str]:
    """What XMP says of a document, or without one what its information says, by the names of XMP."""
    if "/Metadata" not in document.Root:
        return {name: str(document.docinfo[key]) for name, key in _IN_XMP if key in document.docinfo}
    found = document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    return {str(key): value if isinstance(value, str) else "; ".join(value) for key, value in found.items()}


def _is_word_list(one: pikepdf.Object) -> bool:
    """Whether a dictionary is one of names of resources, whose keys may be any word (a font called «A»)."""
    return not isinstance(one, pikepdf.Stream) and all(
        isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and each.get("/Type") in ("/Font", "/XObject")
        for each in one.values()
    )


def _is_same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    if not isinstance(one, pikepdf.Stream):
        return bool(one.unparse(resolved=True) == other.unparse(resolved=True))
    return (
        isinstance(other, pikepdf.Stream)
        and _told(one, ()) == _told(other, ())
        and one.read_raw_bytes() == other.read_raw_bytes()
    )


def _is_unseen(field: pikepdf.Object) -> bool:
    """Whether a field has no room on its page: what it drew there could hide anything. One with parts draws by them."""
    if "/Kids" in field:
        return "/Rect" not in field
    left, bottom, right, top = (float(edge) for edge in field.get("/Rect", (0, 0, 1, 1)))
    return left == right or bottom == top


def _told(holder: pikepdf.Object, left_out: tuple[str, ...]) -> dict[str, bytes]:
    return {
        key: value.unparse() if isinstance(value, pikepdf.Object) else str(value).encode()
        for key, value in holder.items()
        if key not in left_out
    }
