"""Takes a file among the attachments of a case, as the answer to a question that asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PureWindowsPath
from secrets import token_hex

from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.pen import Pen
from assembler.actions.desk.rights import Rights, refused
from assembler.answers import keep_attachment
from assembler.base.problems import AssemblerError, ExitCode, has_errors
from assembler.model.acts import Contested, Outcome, Person, Target

MOST_BYTES = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_PDF_HEAD = 1024  # bytes within which a PDF says that it is one
# What the first bytes of a file say, and the endings that such a file may have.
_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "PDF": (".pdf",),
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
}


def attach(
    desk: Desk, person: Person, at: Target, name: str, data: bytes, base: str, *, most: int = MOST_BYTES
) -> Outcome:
    """Takes what a file holds as the answer at a target, over ``base``, the name that stood there when its giver saw it
    last. What it is, its content says, and its name must not say anything else.
    """

    def step(sheet: Sheet, rights: Rights) -> Draft | tuple[Contested, ...]:
        rights.writable(at)
        pen = Pen(sheet, person, token_hex(8))
        spot = pen.spot(at)
        if spot.field.type not in ("image", "file"):
            raise refused("not-on-page")
        refuse_file(name, data, most, picture=spot.field.type == "image")
        if pen.text(spot) != base:
            return (Contested(at, pen.text(spot), PureWindowsPath(name).name, base),)
        value, problems = pen.read(spot, keep_attachment(desk.folder, name, data))
        if has_errors(problems):
            raise AssemblerError(problems, ExitCode.USAGE)
        pen.put(spot, value)
        return pen.draft(warnings=problems)

    return desk.act(person, at.form, step)


def refuse_file(name: str, data: bytes, most: int, *, picture: bool) -> None:
    """Raises AssemblerError when a file is empty, too large, nothing that can be printed, or not what its name says."""
    plain = PureWindowsPath(name).name
    if not data:
        raise refused("attachment-blank", name=plain)
    if len(data) > most:
        raise refused("attachment-too-large", size=-(-len(data) // _MEGABYTE), limit=most // _MEGABYTE)
    kind = kind_of(data)
    ending = PureWindowsPath(name).suffix.lower()
    known = {each for named, endings in ENDINGS.items() for each in endings if not (picture and named == "PDF")}
    if kind is None or ending not in known:
        raise refused("attachment-unknown", name=plain)
    if ending not in ENDINGS[kind]:
        raise refused("attachment-unlike", name=plain, found=kind)


def kind_of(data: bytes) -> str | None:
    """What a file is by what it holds: a PDF or a picture that can be printed; None when it is neither."""
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "PDF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for head, kind in _HEADS if data.startswith(head)), None)
