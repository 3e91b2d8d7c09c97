"""Takes a file among the attachments of a case, as the answer to a question that asks for one."""

from __future__ import annotations

from pathlib import PureWindowsPath
from secrets import token_hex

from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.pen import Pen
from assembler.actions.desk.rights import Rights, refused
from assembler.answers import keep_attachment
from assembler.base.file_kinds import HEAD, PICTURES, kind_of, named
from assembler.base.problems import AssemblerError, ExitCode, has_errors
from assembler.model.acts import Contested, Outcome, Person, Target
from assembler.model.types import FILES

MOST_BYTES = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024


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
        if spot.field.type not in FILES:
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
    kind, said = kind_of(data[:HEAD], plain), named(plain)
    if kind is None or said is None or (picture and said not in PICTURES):
        raise refused("attachment-unknown", name=plain)
    if kind != said:
        raise refused("attachment-unlike", name=plain, found=kind)
