"""The cases of the site, each kept open; a case is found by its name among those that are there."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from django.http import Http404

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.rights import Rights
from assembler.model.folders import CaseFolder
from assembler.model.row_keys import RowKeys
from assembler.web.models import RowKeysOf, User
from assembler.web.site import this_site

_OPEN = 40  # cases that are kept open at most


class KeysInDatabase:
    """Keys of rows that all processes of the site share."""

    def load(self, case: Path, form: str) -> RowKeys | None:
        found = RowKeysOf.objects.filter(case=case.name, form=form).first()
        return RowKeys.from_json(found.keys) if found else None

    def save(self, case: Path, form: str, keys: RowKeys) -> None:
        RowKeysOf.objects.update_or_create(case=case.name, form=form, defaults={"keys": keys.as_json()})


def folders() -> dict[str, Path]:
    """The folders of all cases by name. What a link points to is not ours to serve."""
    found = sorted(this_site().cases.iterdir()) if this_site().cases.is_dir() else []
    return {path.name: path for path in found if not path.is_symlink() and CaseFolder(path).case_file.is_file()}


def folders_of(user: User) -> dict[str, Path]:
    """Those somebody sees."""
    return {name: path for name, path in folders().items() if not user.cases or name in user.cases}


def folder_of(user: User, name: str) -> Path:
    """The folder of a case. Raises Http404, which does not tell whether others see one of this name."""
    found = folders_of(user).get(name)
    if found is None:
        raise Http404
    return found


def case_of(user: User, name: str) -> Desk:
    """The desk of a case of which somebody sees anything. Raises Http404 where he does not, AssemblerError."""
    desk = desk_of(folder_of(user, name))
    with desk.looking(user.person) as (_, rights):
        if not rights.forms:
            raise Http404
    return desk


def rights_at(user: User, case: str, form: str) -> Rights:
    """What somebody may do on a form he sees anything of. Raises Http404, AssemblerError."""
    with case_of(user, case).looking(user.person) as (_, rights):
        rights.readable(form)
        return rights


_open: OrderedDict[Path, Desk] = OrderedDict()
_guard = Lock()


def desk_of(folder: Path) -> Desk:
    """The desk of a case. Raises AssemblerError when its report or its files cannot be read."""
    with _guard:
        if folder in _open:
            _open.move_to_end(folder)
            return _open[folder]
    made = Desk(folder, this_site().settings, KeysInDatabase())
    with _guard:
        desk = _open.setdefault(folder, made)
        while len(_open) > _OPEN:
            _open.popitem(last=False)
    return desk
