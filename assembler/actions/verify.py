"""Proves what was issued: that a PDF, its parts and its answers belong together, and that nothing was altered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from assembler.actions.extract import inside_of
from assembler.base.messages import fill, translate
from assembler.base.persian import persian_digits
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.model.folders import PARTS, CaseFolder
from assembler.pdf.added import additions
from assembler.records import file_hash
from assembler.records.bundle import IssuedLetter, Manifest, sha256
from assembler.records.registry import Entry, Registry
from assembler.records.revisions import Revision, altered_files, folder_of, prove, read_revision, stands

NEVER = "000"  # the folder of a revision that was never issued
_END = b"%%EOF"
_MOST_ENDS = 200  # of the ends a PDF may have, one for each time it was added to


@dataclass(frozen=True)
class Proof:
    """What was found: ``problems`` are what does not hold, ``held`` in words what does."""

    problems: tuple[Problem, ...]
    held: tuple[str, ...]


def verify(path: Path, registry: Path | None = None) -> Proof:
    """Proves a case with all its revisions, or a PDF, and with the file of a registry that it knows them.

    Raises AssemblerError when nothing can be said of it.
    """
    with Registry.open(registry) if registry else nullcontext() as opened:
        return verify_case(path, opened) if path.is_dir() else verify_pdf(path, opened)


def verify_case(folder: Path, registry: Registry | None = None) -> Proof:
    """Proves every revision of a case, and with a registry that it knows them. Raises AssemblerError (never-issued)."""
    found = list(prove(folder))
    revisions = tuple(_readable(folder))
    if not revisions and not found:
        raise AssemblerError([problem("never-issued", Place(file=str(folder)), name=folder.name)], ExitCode.USAGE)
    held: list[str] = []
    for revision in revisions:
        wrong = [one for one in found if (one.place.file or "").startswith(f"{revision.folder}/")]
        more = [*_inside_wrong(revision), *_registry_wrong(revision, registry)]
        held += [] if has_errors([*wrong, *more]) else [_revision_line(revision)]
        found += more
    if revisions:
        held += _newest_lines(folder, revisions[-1], registry)
    return Proof(tuple(found), tuple(held))


def verify_pdf(pdf: Path, registry: Registry | None = None) -> Proof:
    """Proves a PDF by what it carries, by the case it stands in and by the registry, as far as each goes.

    Raises AssemblerError when nothing can be said of it: it carries no answers, or they cannot be taken out.
    """
    inside = inside_of(pdf)
    data = pdf.read_bytes()
    proof = _PdfProof(pdf, data, inside.manifest)
    proof.itself(inside.pages)
    proof.beside()
    case = _case_of(pdf)
    witnesses = proof.by_case(case) if case else False
    if registry is not None:
        witnesses = proof.by_registry(registry) or witnesses
    if not witnesses:
        proof.held.append(translate("Only the case it came from, or the registry (--registry), can prove its pages."))
    return Proof(tuple(proof.problems), tuple(proof.held))


# ---------------------------------------------------------------- a case


def _readable(folder: Path) -> Iterator[Revision]:
    for path in sorted(CaseFolder(folder).revisions.glob("[0-9]*")):
        try:
            yield read_revision(path)
        except AssemblerError:
            continue  # told already


def _inside_wrong(revision: Revision) -> Iterator[Problem]:
    """Whether the PDF of a revision carries what the revision holds; an altered PDF is told already."""
    if file_hash(revision.pdf_path) != revision.files.get(revision.pdf):
        return
    place = Place(file=str(revision.pdf_path))
    try:
        inside = inside_of(revision.pdf_path)
    except AssemblerError as error:
        yield from error.problems
        return
    manifest = inside.manifest
    parts = {name: told for name, told in revision.files.items() if name.startswith(f"{PARTS}/")}
    said = (manifest.revision, manifest.letters, manifest.previous, manifest.files, manifest.parts)
    if said != (revision.number, revision.letters, revision.previous, revision.case_hashes, parts):
        yield problem("pdf-answers-other", place, name=revision.pdf, revision=revision.number)
    if not inside.pages == manifest.pages == revision.pages:
        yield problem("pdf-pages", place, found=inside.pages, expected=revision.pages)


def _registry_wrong(revision: Revision, registry: Registry | None) -> Iterator[Problem]:
    if registry is None or not revision.letters:
        return
    place = Place(file=str(revision.pdf_path))
    for at, letter in enumerate(revision.letters):
        entry = _entry(registry, letter)
        if entry is None or not entry.is_recorded:
            yield problem("registry-not-recorded", place, number=letter.number)
        elif entry.sha256 != file_hash(revision.pdf_path) and (at == 0 or entry.revision == revision.number):
            yield problem("registry-other-pdf", place, name=revision.pdf, number=letter.number)


def _entry(registry: Registry, letter: IssuedLetter) -> Entry | None:
    try:
        return registry.find(letter.number)
    except AssemblerError as error:
        if any(found.code != "registry-number-unknown" for found in error.problems):
            raise
        return None


def _revision_line(revision: Revision) -> str:
    told = fill(
        "Revision {revision} is as it was issued: {count} files, pages: {pages}",
        revision=revision.number,
        count=len(revision.files),
        pages=revision.pages,
    )
    return f"{told} — {_letters(revision.letters)}" if revision.letters else told


def _letters(letters: tuple[IssuedLetter, ...]) -> str:
    return "، ".join(f"{letter.number} ({persian_digits(letter.date)})" for letter in letters)


def _newest_lines(folder: Path, newest: Revision, registry: Registry | None) -> Iterator[str]:
    if not stands(folder, newest):
        yield fill("The answers have changed since revision {revision}.", revision=newest.number)
    yield fill("Seal of all revisions (SHA-256): {seal}", seal=newest.record_hash)
    if registry is None:
        yield translate("Who writes all records anew leaves no trace but another seal: compare it, or give --registry.")


# ---------------------------------------------------------------- a PDF


def _case_of(pdf: Path) -> Path | None:
    """The case a PDF stands in: its own output, one of its revisions, or anywhere else in it."""
    return next(
        (
            above
            for above in pdf.resolve().parents
            if CaseFolder(above).revisions.is_dir() and CaseFolder(above).case_file.is_file()
        ),
        None,
    )


class _PdfProof:
    """What is found of one PDF."""

    def __init__(self, pdf: Path, data: bytes, manifest: Manifest) -> None:
        self.pdf, self.data, self.manifest = pdf, data, manifest
        self.place = Place(file=str(pdf))
        self.problems: list[Problem] = []
        self.held: list[str] = []

    def itself(self, pages: int) -> None:
        """What it says of itself: its answers are those of its own list, its pages as many as it says."""
        self.held.append(
            fill(
                "The answers inside are whole: {count} files of the case {case}",
                count=len(self.manifest.files),
                case=self.manifest.case,
            )
        )
        if pages != self.manifest.pages:
            self.problems.append(problem("pdf-pages", self.place, found=pages, expected=self.manifest.pages))
        if self.manifest.revision:
            told = fill("It says it is revision {revision}", revision=self.manifest.revision)
            self.held.append(f"{told} — {_letters(self.manifest.letters)}" if self.manifest.letters else told)
        else:
            self.held.append(translate("It was built, and never issued."))

    def beside(self) -> None:
        """Whether the Word files beside it are those it was made with."""
        present = {name: self.pdf.parent / name for name in self.manifest.parts if (self.pdf.parent / name).is_file()}
        altered = [name for name, path in present.items() if file_hash(path) != self.manifest.parts[name]]
        self.problems += [problem("part-altered", Place(file=str(present[name])), name=name) for name in altered]
        if present and not altered:
            self.held.append(fill("The Word files beside it are its own: {count}", count=len(present)))

    def by_case(self, case: Path) -> bool:
        """Compares it to the revision it says it is; whether there is such a one."""
        home = self.pdf.resolve().parent
        folder = home if home.parent == CaseFolder(case).revisions else folder_of(case, self.manifest.revision)
        if folder.name == NEVER or not folder.is_dir():
            return False
        revision = read_revision(folder)
        faults = [found for found in prove(case) if (found.place.file or "").startswith(str(folder))]
        faults = faults or list(altered_files(revision))
        self.problems += faults
        issued = revision.pdf_path.read_bytes() if revision.pdf_path.is_file() else b""
        if sha256(issued) == revision.files.get(revision.pdf):
            self._compare(issued, fill("revision {revision} of its case", revision=revision.number))
        return True

    def by_registry(self, registry: Registry) -> bool:
        """Compares it to the hash the registry has of its letter; whether it has one."""
        entry = _entry(registry, self.manifest.letters[0]) if self.manifest.letters else None
        if entry is None or not entry.is_recorded:
            number = self.manifest.letters[0].number if self.manifest.letters else "—"
            self.problems.append(problem("registry-not-recorded", self.place, number=number))
            return False
        issued = next((start for start in self._beginnings() if sha256(start) == entry.sha256), None)
        if issued is None:
            self.problems.append(problem("registry-other-pdf", self.place, name=self.pdf.name, number=entry.number))
        else:
            self._compare(issued, fill("the record of {number} in the registry", number=entry.number))
        return True

    def _beginnings(self) -> Iterator[bytes]:
        """The whole, then what it was before each thing that was added to it."""
        yield self.data
        at = len(self.data)
        for _ in range(_MOST_ENDS):
            at = self.data.rfind(_END, 0, at)
            if at < 0:
                return
            for line_end in (b"\r\n", b"\n", b"\r", b""):
                if self.data.startswith(line_end, at + len(_END)):
                    yield self.data[: at + len(_END) + len(line_end)]

    def _compare(self, issued: bytes, what: str) -> None:
        """Whether it is what was issued, byte for byte, or that with signatures added behind it."""
        if self.data == issued:
            self.held.append(fill("It is byte for byte that of {what}.", what=what))
        elif not self.data.startswith(issued):
            self.problems.append(problem("pdf-altered", self.place, name=self.pdf.name, what=what))
        elif changed := additions(issued, self.data):
            names = "، ".join(dict.fromkeys(changed))
            self.problems.append(problem("pdf-changed-later", self.place, name=self.pdf.name, what=what, names=names))
        else:
            self.held.append(
                fill(
                    "Its first {count} bytes are that of {what}; what was added later are signatures only.",
                    count=len(issued),
                    what=what,
                )
            )
