"""Files and folders as they are named on the command line: «~» is the reader's home, wherever it is written."""

from __future__ import annotations

import os
from typing import Any

import click

from assembler.base.messages import translate


class PathWord(click.Path):
    """A path; «~» and «~name» are homes also where the shell left them as they are, as in ``--out=~/build``.

    What is wrong with it is said in the language of the moment: click names the kind of a path when it is declared.
    """

    @property
    def kind(self) -> str:
        """What it may be: a file, a directory or either."""
        if self.file_okay and self.dir_okay:
            return "path"
        return "file" if self.file_okay else "directory"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path  # `--help` has no paths to wait for

        from assembler.base.files import typed_path

        if isinstance(value, str | Path):
            value = str(typed_path(str(value)))
        self.name = translate(self.kind)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


FILE = PathWord(exists=True, dir_okay=False)
FOLDER = PathWord(exists=True, file_okay=False)
THERE = PathWord(exists=True)  # a file or a folder
NEW_FILE = PathWord(dir_okay=False)
NEW_FOLDER = PathWord(file_okay=False)
