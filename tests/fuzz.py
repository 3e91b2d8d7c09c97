"""Damages every kind of file an office sends and lets the program read it: each must be read or told of in words.

``make fuzz`` tries each kind for FUZZ_SECONDS, from FUZZ_SEED; ``--inputs`` tries so many of each instead. Anything but
a problem of the file is a failure: an exception, a process that dies, more than 3 GB or 20 seconds of processor time.
What failed is kept in ``tests/fuzzed`` and is tried first from then on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import docx
import jdatetime
import openpyxl
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from assembler.actions.check import check
from assembler.actions.import_ import merge_books, read_books
from assembler.actions.open_case import open_case
from assembler.actions.registry import Search, entries
from assembler.actions.registry import verify as verify_registry
from assembler.actions.template import check_templates
from assembler.actions.verify import verify
from assembler.base.file_kinds import HEAD, content_of, content_of_bytes, kind_of
from assembler.base.foreign import UnreadableError
from assembler.base.messages import choose
from assembler.base.problems import AssemblerError
from assembler.base.separated import rows_of
from assembler.base.settings import Settings
from assembler.base.spreadsheets import what_it_is
from assembler.cases.letters.lists import read_list
from assembler.collect.foreign.reading import read_foreign
from assembler.collect.survey.files import open_tables
from assembler.documents.kinds import mistaken_for_word
from assembler.model.answers import Attachment
from assembler.pdf.attachments import inspect
from assembler.records.bundle import IssuedLetter, Manifest, pack, sha256
from assembler.records.registry import LetterKey, NumberPattern, Registry
from assembler.records.revisions import CASE, Revision, freeze
from tests.collect.foreign.test_pdfs import ROWS, page
from tests.conftest import REPOSITORY, make_workplace
from tests.soak import changed_workbook, importable

KEPT = REPOSITORY / "tests" / "fuzzed"
MEMORY, LONGEST = 3 << 30, 20
DAY = jdatetime.date(1405, 3, 2)
Chance = random.Random
# What makes readers of texts stumble, wherever it stands.
_WORDS = [
    text.encode()
    for text in (
        "&a [*a, *a]", "*a", "!!python/object:os.system", "<<: *a", "? ", "- - - - - -", "{{", "}}", "{%", "|+9", ">-",
        "\t", "'", '"', "#", "%", ":", "---", "...", "null", "~", "9" * 400, "1e999", "-0", "۰٫۰", "۱۳۹۹/۱۲/۳۱", "٪",
        "\u200f", "\u200c", "\ufeff", "\u2028", "\u0000", "ﻻ", "=1+1", "=cmd|'/c calc'!A0", "()" * 50, "[" * 200,
        "x" * 5000, "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "inf", "nan", "0x10", "1_000", "2001-02-30", "CON", "\\",
        "../../etc/passwd", "/", "sep=|",
    )
]  # fmt: skip
_NUMBERS = [b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"NaN"]


@dataclass(frozen=True)
class Kind:
    """A kind of input: how whole ones look, and what the program does with one; ``made`` is what it made for itself."""

    name: str
    ending: str
    seeds: Callable[[Path], Sequence[bytes]]
    read: Callable[[Path, Path], object]


# ---------------------------------------------------------------- damage


def damaged(data: bytes, others: Sequence[bytes], chance: Chance) -> bytes:
    """A few changes of one kind or another; of an archive mostly to one of its parts."""
    if data[:4] == b"PK\x03\x04" and chance.random() < 0.75:
        with suppress(zipfile.BadZipFile):
            return _in_archive(data, others, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = _changed(data, others, chance)
    return data


def _in_archive(data: bytes, others: Sequence[bytes], chance: Chance) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(list(parts))
    how = chance.random()
    if how < 0.1:
        del parts[chosen]
    elif how < 0.2:
        parts[chosen] = parts[chance.choice(list(parts))]
    else:
        for _ in range(chance.choice((1, 2, 5))):
            parts[chosen] = _changed(parts[chosen], others, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _changed(data: bytes, others: Sequence[bytes], chance: Chance) -> bytes:
    at = chance.randint(0, len(data))
    until = min(len(data), at + chance.choice((1, 2, 8, 64, 1024)))
    how = chance.randrange(9)
    if how == 0:
        return data[:at]
    if how == 1:
        return data[:at] + data[until:]
    if how == 2:
        return data[:until] + data[at:until] * chance.choice((1, 2, 50)) + data[until:]
    if how == 3:
        return data[:at] + bytes(chance.randrange(256) for _ in range(until - at)) + data[until:]
    if how in (4, 5):
        return data[:at] + chance.choice(_WORDS) + data[until if how == 5 else at :]
    if how == 6:
        return _with_number(data, at, chance)
    if how == 7:
        other = chance.choice(others)
        begin = chance.randint(0, len(other))
        return data[:at] + other[begin : begin + chance.choice((8, 256, 4096))] + data[until:]
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines) if len(lines) < 200 else data[::-1]


def _with_number(data: bytes, at: int, chance: Chance) -> bytes:
    """Another number in place of the next."""
    begin = next((place for place in range(at, len(data)) if data[place : place + 1].isdigit()), None)
    if begin is None:
        return data
    end = next((place for place in range(begin, len(data)) if not data[place : place + 1].isdigit()), len(data))
    return data[:begin] + chance.choice(_NUMBERS) + data[end:]


# ---------------------------------------------------------------- kinds


def _texts(*names: str) -> Callable[[Path], Sequence[bytes]]:
    """Files of the workplace as it was made."""
    return lambda place: [(place / name).read_bytes() for name in names]


def _as(name: str) -> Callable[[Path, Path], object]:
    """Checks the case with the input in place of one of its files."""

    def read(file: Path, place: Path) -> object:
        target = place / name
        before = target.read_bytes()
        try:
            shutil.copyfile(file, target)
            return check(place / "cases" / "demo", _settings(place), DAY)
        finally:
            target.write_bytes(before)

    return read


def _settings(place: Path) -> Settings:
    return Settings(place / "form_specs", place / "letter_templates")


def _case_texts() -> Iterator[Kind]:
    visit, case = "cases/demo/answers/visit.yaml", "cases/demo/case.yaml"
    report, form = "form_specs/demo/report.yaml", "form_specs/demo/visit.yaml"
    for name, path in (("answers", visit), ("case", case), ("form", form), ("report", report)):
        yield Kind(name, ".yaml", _texts(path), _as(path))


def _rows(place: Path) -> Sequence[bytes]:
    """Lists as they come: two encodings, three delimiters, Excel."""
    rows = [["نام واحد", "تعداد", "تاریخ"], ["اداره یک", "۱۲", "۱۳۹۹/۰۱/۰۲"], ["اداره دو", "۷٫۵", "۱۳۹۹/۱۲/۲۹"]] * 4
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append([*row, 0.25, 7, True, "=A1&B1"])
    buffer = io.BytesIO()
    book.save(buffer)
    texts = ["\n".join(delimiter.join(row) for row in rows) for delimiter in ",;\t"]
    return [
        *(text.encode() for text in texts),
        texts[0].encode("utf-16"),
        texts[1].encode("cp1256", "replace"),
        buffer.getvalue(),
    ]


def _read_survey(file: Path, place: Path) -> object:
    for table in open_tables(file):
        for chunk in table.chunks:
            assert len(chunk.rows)
    return None


def _read_foreign(file: Path, place: Path) -> object:
    for grid in read_foreign(file).grids:
        assert len(grid.matrix) == grid.height
        for row in range(grid.height):
            grid.begun(row)
    return None


def _foreign_sheets(place: Path) -> Sequence[bytes]:
    """Two tables a sheet, merged cells, hidden rows and columns, a hidden sheet, formulas and days."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["جدول ۱"], ["نام", "تعداد", "تاریخ"], ["الف", 12, DAY.togregorian()], ["ب", 0.25, "=1/0"], [], []):
        sheet.append(row)
    for row in (
        ["جدول ۲", None, None],
        ["ردیف", "شرح", "درصد"],
        [1, "x\ny", 0.5],
        [2, None, True],
        ["جمع", None, "=SUM(C1)"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A9:A10")
    sheet.row_dimensions[4].hidden = sheet.column_dimensions["B"].hidden = True
    sheet["C9"].number_format, sheet["B3"].number_format = "0.0%", "000"
    aside = book.create_sheet("پنهان")
    aside.append(["x", 1])
    aside.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return [buffer.getvalue()]


_CHANGED = {
    "deleted": '<w:r><w:t>۱</w:t></w:r><w:del w:id="1"><w:r><w:delText>۲</w:delText></w:r></w:del>',
    "inserted": '<w:ins w:id="2"><w:r><w:t>۳</w:t></w:r></w:ins>',
    "held": "<w:sdt><w:sdtContent><w:r><w:t>۴</w:t></w:r></w:sdtContent></w:sdt>",
}


def _foreign_word(place: Path) -> Sequence[bytes]:
    """Headings, nested and merged cells, tracked changes, content controls."""
    document = docx.Document()
    document.add_heading("بخش یک", 1)
    for number in range(2):
        document.add_paragraph(f"جدول {number + 1}")
        table = document.add_table(4, 3)
        for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"خانه {at}"
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 2).merge(table.cell(2, 2))
        table.cell(3, 0).add_table(1, 2).cell(0, 0).text = "درون"
        for at, markup in enumerate(_CHANGED.values()):
            paragraph = f"<w:p {nsdecls('w')}>{markup}</w:p>"
            table.cell(3, at)._tc.append(parse_xml(paragraph))
    buffer = io.BytesIO()
    document.save(buffer)
    return [buffer.getvalue()]


def _foreign_pages(place: Path) -> Sequence[bytes]:
    row = "<tr><td rowspan=2>الف</td><td>۱۲</td></tr><tr hidden><td>x<br>y</td></tr>"
    table = f"<h2>بخش</h2><p>عنوان</p><table><caption>جدول</caption><tr><th>نام<th colspan='2'>تعداد{row * 3}</table>"
    page = f"<html><meta charset=utf-8><body>{table}<div><table><tr><td>{table}</td></tr></table></div>"
    return [page.encode(), page.encode("utf-16"), page.encode("cp1256", "replace"), table.encode()]


def _any_kind(place: Path) -> Sequence[bytes]:
    """A file of each maker, so that one may be glued to another."""
    makers = (_rows, _foreign_word, _foreign_pages, _templates, _pictures, _documents, _registries)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "Workbook".encode("utf-16-le")
    packed = gzip.compress(b"text" * 50, mtime=0)
    return [*(data for make in makers for data in make(place)), old, packed]


def _content(file: Path, place: Path) -> object:
    """What a file is said to be by all who ask."""
    assert str(content_of(file).said)
    data = file.read_bytes()
    assert str(content_of_bytes(data).said)
    kind_of(data[:HEAD], "x.docx")
    with suppress(UnreadableError):
        for _ in rows_of(data):
            pass
    return what_it_is(file) and mistaken_for_word(file)


def _workbooks(place: Path) -> Sequence[bytes]:
    inner = importable(place / "books", ("visit", "second"))
    data = changed_workbook(inner, ("visit", "second")).read_bytes()
    shutil.copyfile(inner.folder / "plan.txt", place / "plan.txt")  # what it names lies beside it
    return [data]


def _import(file: Path, place: Path) -> object:
    with open_case(place / "books" / "cases" / "demo", _settings(place / "books")) as case:
        books, problems = read_books(case, [file])
        return merge_books(case, books, problems)


def _templates(place: Path) -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted((place / "letter_templates").glob("*.docx"))]


def _pictures(place: Path) -> Sequence[bytes]:
    found = []
    for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"):
        buffer = io.BytesIO()
        Image.effect_noise((40, 30), 50).convert("RGB").save(buffer, kind)
        found.append(buffer.getvalue())
    return found


def _documents(place: Path) -> Sequence[bytes]:
    """PDFs with lists of objects of both kinds, a field, an attached file and an outline."""
    found = []
    for mode in (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate):
        document = pikepdf.new()
        for _ in range(3):
            document.add_blank_page()
        page = document.pages[0].obj
        page.Contents = document.make_stream(b"BT /F1 12 Tf (words) Tj ET " * 20)
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="name", V="x"
        )
        widget.Rect = pikepdf.Array([1, 1, 90, 20])
        page.Annots = pikepdf.Array([document.make_indirect(widget)])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=page.Annots)
        document.attachments["notes.txt"] = b"notes"
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("first", 0))
        buffer = io.BytesIO()
        document.save(buffer, object_stream_mode=mode)
        found.append(buffer.getvalue())
    return found


def _printed_tables(place: Path) -> Sequence[bytes]:
    """Texts with tables, ruled and not, packed and as they are written."""
    found = []
    for ruled in (True, False):
        path = page(place / "table.pdf", ROWS, ruled=ruled)
        found.append(path.read_bytes())
        buffer = io.BytesIO()
        with pikepdf.open(path) as pdf:
            pdf.save(buffer, qdf=True, static_id=True)
        found.append(buffer.getvalue())
    return found


def _drawings(place: Path) -> Sequence[bytes]:
    text = '<text x="9" direction="rtl" style="text-anchor:end">الف <tspan>ب</tspan></text>'
    inner = f'<g id="g">{text}</g><use href="#g" x="2"/><image href="https://example.org/a.png"/><script>x</script>'
    frames = ('width="30mm" height="60"', 'viewBox="0 0 10 20"', "")
    return [f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{inner}</svg>'.encode() for frame in frames]


def _inspect(file: Path, place: Path) -> object:
    return inspect([Attachment(f"سند{file.suffix}", file)])


def _issued(place: Path) -> Sequence[bytes]:
    """A PDF that carries the answers it shows, as issued ones do."""
    files = {"case.yaml": b"report: demo\n", "answers/visit.yaml": b"form: demo/visit\n"}
    hashes = {name: sha256(data) for name, data in files.items()}
    letters = (IssuedLetter("cover", "۱", "1399/01/02"),)
    manifest = Manifest("demo", "demo", 1, {}, 1, letters, files=hashes)
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["case.zip"] = pack(manifest, files)
    buffer = io.BytesIO()
    document.save(buffer)
    return [buffer.getvalue()]


def _registries(place: Path) -> Sequence[bytes]:
    path = place / "numbers.db"
    with Registry.create(path, NumberPattern("{year}/د/{serial:04}"), DAY) as registry:
        for number in range(3):
            registry.reserve(LetterKey(f"case-{number}", "letter"), DAY)
    return [path.read_bytes()]


def _read_registry(file: Path, place: Path) -> object:
    entries(file, Search())
    return verify_registry(file)[0]


def _verify_revision(file: Path, place: Path) -> object:
    target = place / "cases" / "demo" / "revisions" / "001" / "revision.json"
    shutil.copyfile(file, target)
    return verify(place / "cases" / "demo")


def _revisions(place: Path) -> Sequence[bytes]:
    told = Revision(1, "demo", "demo", "demo", "state", (IssuedLetter("cover", "1", "1399-01-02"),), "demo.pdf", 1, {})
    (place / "demo.pdf").write_bytes(_issued(place)[0])
    case = place / "cases" / "demo"
    freeze(case, told, {"demo.pdf": place / "demo.pdf", f"{CASE}/case.yaml": case / "case.yaml"})
    return [(case / "revisions" / "001" / "revision.json").read_bytes()]


KINDS: tuple[Kind, ...] = (
    *_case_texts(),
    Kind("list", ".csv", _rows, lambda file, _: read_list(file) and None),
    Kind("survey", ".xlsx", _rows, _read_survey),
    Kind("foreign-sheets", ".xlsx", _foreign_sheets, _read_foreign),
    Kind("foreign-word", ".docx", _foreign_word, _read_foreign),
    Kind("foreign-page", ".html", _foreign_pages, _read_foreign),
    Kind("foreign-text", ".txt", _rows, _read_foreign),
    Kind("foreign-pdf", ".pdf", _printed_tables, _read_foreign),
    Kind("any", "", _any_kind, _content),
    Kind("workbook", ".xlsx", _workbooks, _import),
    Kind("template", ".docx", _templates, lambda file, place: check_templates(_settings(place), [file])),
    Kind("picture", ".png", _pictures, _inspect),
    Kind("drawing", ".svg", _drawings, _inspect),
    Kind("document", ".pdf", _documents, _inspect),
    Kind("issued", ".pdf", _issued, lambda file, _: verify(file)),
    Kind("registry", ".db", _registries, _read_registry),
    Kind("revision", ".json", _revisions, _verify_revision),
)


# ---------------------------------------------------------------- rounds


@dataclass
class Round:
    """What came of the inputs of a kind: ``failures`` say what went wrong, by the name of the input that was kept."""

    kind: Kind
    seed: int
    place: Path
    kept: Path
    tried: int = 0
    told: int = 0  # those of which a problem was told
    failures: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lay_out()
        self.seeds = self.kind.seeds(self.place)
        self.before = sorted((self.kept / self.kind.name).glob(f"*{self.kind.ending}"))

    def _lay_out(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        make_workplace(self.place)

    def input(self, number: int) -> bytes:
        """Those that failed once, the whole ones, then damaged ones: the same for a seed."""
        first = [*(path.read_bytes() for path in self.before), *self.seeds]
        if number < len(first):
            return first[number]
        chance = Chance(f"{self.seed}/{self.kind.name}/{number}")
        return damaged(chance.choice(first), self.seeds, chance)

    def go(self, inputs: int, seconds: float) -> None:
        """Tries so many inputs, or as many as so many seconds allow, in processes that may die of one."""
        until = time.monotonic() + seconds
        number, context = 0, multiprocessing.get_context("fork")
        while number < inputs or time.monotonic() < until:
            receiver, sender = context.Pipe(duplex=False)
            child = context.Process(target=self._try_on, args=(number, inputs, until, sender))
            child.start()
            sender.close()
            number = self._heard(receiver, number)
            child.kill()
            child.join()

    def _heard(self, receiver: Connection, number: int) -> int:
        """Counts what a process says of each input; the number of the first it did not come to."""
        while True:
            try:
                said = receiver.recv() if receiver.poll(LONGEST * 3) else "it takes too long"
            except EOFError:
                said = "the process died"
            if said is None:
                return sys.maxsize
            self.tried += 1
            self.told += said == "told"
            if said not in ("told", "read"):
                self._keep(self.input(number), said)
            number += 1
            if said in ("it takes too long", "the process died"):
                self._lay_out()
                self.kind.seeds(self.place)
                return number

    def _keep(self, data: bytes, said: str) -> None:
        name = f"{self.kind.name}/{hashlib.sha256(data).hexdigest()[:12]}{self.kind.ending}"
        self.failures[name] = said
        (self.kept / name).parent.mkdir(parents=True, exist_ok=True)
        (self.kept / name).write_bytes(data)

    def _try_on(self, number: int, inputs: int, until: float, sender: Connection) -> None:
        """In a process of its own: what becomes of each input, None at the end."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGPROF, _too_long)
        os.environ["ASSEMBLER_CACHE"] = ""
        choose("fa")
        warnings.simplefilter("ignore")  # as the program does
        file = self.place / f"input{self.kind.ending}"
        while number < inputs or time.monotonic() < until:
            file.write_bytes(self.input(number))
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            sender.send(_outcome(self.kind, file, self.place))
            number += 1
        sender.send(None)


def _too_long(*_: object) -> None:
    raise TimeoutError


def _outcome(kind: Kind, file: Path, place: Path) -> str:
    try:
        found = kind.read(file, place)
    except AssemblerError as error:
        return "told" if all(found.message for found in error.problems) else "nothing is said"
    except Exception:
        return traceback.format_exc()
    return "told" if getattr(found, "problems", found) else "read"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=0, help="so many of each kind, whatever time they take")
    parser.add_argument("--seconds", type=float, default=0, help="so long for each kind")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("FUZZ_SEED") or time.time()))
    parser.add_argument("--kind", action="append", choices=[kind.name for kind in KINDS], help="these kinds only")
    told = parser.parse_args()
    print(f"seed {told.seed}")
    failures = 0
    with tempfile.TemporaryDirectory(prefix="assembler-fuzz-") as folder:
        for kind in KINDS:
            if not told.kind or kind.name in told.kind:
                done = Round(kind, told.seed, Path(folder) / kind.name, KEPT)
                done.go(told.inputs, told.seconds)
                failures += len(done.failures)
                print(
                    f"{kind.name:14} {done.tried:7} tried {done.told:7} told {len(done.failures):4} failed", flush=True
                )
                for name, said in done.failures.items():
                    print(f"  tests/fuzzed/{name}\n    " + "\n    ".join(said.strip().splitlines()[-6:]), flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
