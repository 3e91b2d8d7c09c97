"""The fonts of the documents: where the office's own are, what stands in for them, and how LibreOffice is told.

Documents name B Nazanin and B Titr. Where these are installed they are used; elsewhere their free twins Nazli and Titr
(Debian's ``fonts-farsiweb``) stand in, and DejaVu Sans lends the signs they lack. Any other family a template names is
taken as it is, from the folders the program is given or from the machine; one that is nowhere is told, never replaced.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType

import uharfbuzz

from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem

TATWEEL = 0x0640

# The families documents name, each with those that may be used for it, the best first.
STAND_INS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("B Nazanin", ("B Nazanin", "Nazli")),
    ("B Titr", ("B Titr", "Titr")),
    ("Times New Roman", ("Times New Roman", "Liberation Serif")),  # Latin letters among Persian ones
)
# Without these the fallback does.
OPTIONAL = ("Times New Roman",)
# Others that Word names on its own account, and what may be used for their Latin letters and signs.
_LATIN_TWINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Segoe UI Symbol": ("DejaVu Sans",),
        "Aptos": ("Carlito", "Liberation Sans"),
        "Calibri": ("Carlito", "Liberation Sans"),
        "Cambria": ("Caladea", "Liberation Serif"),
        "Arial": ("Liberation Sans",),
        "Courier New": ("Liberation Mono",),
    }
)
_NOTHING: Mapping[str, bool] = MappingProxyType({})
_YEH = 0x06CC  # a font that has the Persian ی has the other letters too
# Categories of characters that are not drawn: controls, formats, separators, combining marks.
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")
FALLBACK = "DejaVu Sans"
FONTCONFIG = "fonts.conf"
_HINTED = frozenset({"Segoe UI Symbol"})  # its file is found by its name
TEXT_FAMILY = "B Nazanin"
TITLE_FAMILY = "B Titr"
LATIN_FAMILY = "Times New Roman"

# Only files with such a name are opened: reading the names of every installed font would take seconds.
_FILE_HINTS = (
    "nazanin", "nazn", "nazli", "titr", "times", "liberationserif", "dejavusans.ttf", "dejavusans-bold.ttf", "seguisym",
)  # fmt: skip
# Any other family that is not installed: without this rule the choice would depend on what else is.
_LAST_RESORT = (
    '<match target="pattern"><edit name="family" mode="append_last" binding="same">'
    f"<string>{FALLBACK}</string></edit></match>"
)
_SUFFIXES = (".ttf", ".otf", ".ttc")
# The names of family and font in the table of names; where a font says that it is bold or slanted: table, offset.
_FAMILY, _POSTSCRIPT = 1, 6
_STYLE, _SELECTION = ("head", 44), ("OS/2", 62)  # macStyle, fsSelection
_CARRYING = ("OS/2", 8)  # fsType: what documents may do with it
_MASK, _EDITABLE, _PICTURES_ONLY = 0xF, 0x8, 0x200


@dataclass(frozen=True)
class Face:
    """A family as documents name it, and the family and files used for it (the regular one first)."""

    family: str
    used: str
    files: tuple[Path, ...]

    @property
    def regular(self) -> Path:
        return self.files[0]

    @property
    def stands_in(self) -> bool:
        return self.family != self.used

    @property
    def may_be_carried(self) -> bool:
        """Whether its makers let a document that can be edited carry it, as all its files say."""
        return all(_may_be_carried(file) for file in self.files)

    @property
    def weights(self) -> tuple[tuple[bool, Path], ...]:
        """Its files, with whether each is the bold one."""
        return tuple((_is_bold(_opened(file)), file) for file in self.files)


@dataclass(frozen=True)
class FontSet:
    """The fonts a build uses. ``missing`` names the families for which neither the font nor its twin was found.

    Of the families templates name besides, ``absent`` are nowhere, and ``without_persian`` lack the letters they are to
    print.
    """

    faces: tuple[Face, ...]
    fallback: Face | None
    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    without_persian: tuple[str, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the bytes of all font files: pages may differ when it differs."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()

    @property
    def files(self) -> tuple[Path, ...]:
        faces = (*self.faces, *((self.fallback,) if self.fallback else ()))
        return tuple(file for face in faces for file in face.files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        twins = dict(STAND_INS)
        return tuple(problem("font-missing", name=twins[family][-1], family=family) for family in self.missing)

    @property
    def printed_names(self) -> tuple[str, ...]:
        """What the fonts are called in the pages: by family, or as the font itself says."""
        own = (_opened(file).get_name(_POSTSCRIPT) for face in self.faces for file in face.files)
        return (*(face.used for face in self.faces), *(name for name in own if name))

    def fault(self, family: str, place: Place) -> Problem | None:
        """What is wrong with a family that is named at a place."""
        if family in self.absent:
            return problem("font-absent", place, family=family)
        return problem("font-not-persian", place, family=family) if family in self.without_persian else None

    @cached_property
    def _letters(self) -> frozenset[int]:
        letters: set[int] = set()
        for file in self.files:
            letters.update(_opened(file).unicodes)
        return frozenset(letters)

    def lacking(self, text: str) -> str:
        """The characters of a text that none of the fonts can print, each once; marks and spaces need no glyph."""
        if self._letters.issuperset(map(ord, text)):
            return ""  # as almost every text of a case
        unknown = (letter for letter in dict.fromkeys(text) if ord(letter) not in self._letters)
        return "".join(letter for letter in unknown if unicodedata.category(letter) not in _UNSEEN)

    @cached_property
    def persian(self) -> tuple[Face, ...]:
        """The faces Persian text is set in."""
        twins = dict.fromkeys((*OPTIONAL, *_LATIN_TWINS))
        return tuple(face for face in self.faces if face.family not in twins and _YEH in _opened(face.regular).unicodes)

    def face(self, family: str) -> Face | None:
        return next((face for face in self.faces if face.family == family), None)

    def file(self, family: str) -> Path:
        """The file to draw a family with, DejaVu Sans when it is missing. Raises AssemblerError when that is, too."""
        face = self.face(family) or self.fallback
        if face is None:
            raise AssemblerError([problem("font-missing", name=FALLBACK, family=family)], ExitCode.ENGINE)
        return face.regular


def find_fonts(
    folders: Sequence[Path] | None = None, named: Mapping[str, bool] = _NOTHING, own: Sequence[Path] = ()
) -> FontSet:
    """Look for the fonts in the given folders, or in those of the system and the user. Starts no process.

    ``named`` are the families templates name, with whether they print Persian; ``own`` are folders of the office, whose
    fonts come before those of the machine.
    """
    places = font_folders() if folders is None else folders
    found = _families((*_font_files(own), *filter(_looks_right, _font_files(places))))
    if any(_key(family) not in found for family in named.keys() - dict(STAND_INS).keys() - _HINTED):
        found = _families((*_font_files(own), *_font_files(places))) | found
    faces, missing = [], []
    for family, choices in STAND_INS:
        used = next((choice for choice in choices if _key(choice) in found), None)
        if used is None:
            missing += [family] if family not in OPTIONAL else []
        else:
            faces.append(Face(family, used, found[_key(used)]))
    others, absent, unpersian = _others(found, named)
    return FontSet((*faces, *others), _fallback(found), tuple(missing), absent, unpersian)


def _others(
    found: Mapping[str, tuple[Path, ...]], named: Mapping[str, bool]
) -> tuple[tuple[Face, ...], tuple[str, ...], tuple[str, ...]]:
    """The faces of the families that are no standing ones, then those that are nowhere or lack Persian letters.

    Latin letters may be printed by a twin, Persian ones by the family itself only: a twin without them would leave
    them to whatever has them.
    """
    faces: list[Face] = []
    absent: list[str] = []
    unpersian: list[str] = []
    standing = {_key(family): choices for family, choices in STAND_INS}
    for family, persian in sorted(named.items()):
        stands = _key(family) in standing
        choices = standing.get(_key(family)) or (family, *_LATIN_TWINS.get(family, ()))
        used = next((choice for choice in choices if _key(choice) in found), "")
        if not used:
            absent += [family] if persian != stands or len(choices) == 1 else []
        elif persian and _YEH not in _opened(found[_key(used)][0]).unicodes:
            (unpersian if _key(used) == _key(family) else absent).append(family)
        elif not stands and used != FALLBACK:
            faces.append(Face(family, used, found[_key(used)]))
    return tuple(faces), tuple(absent), tuple(unpersian)


def font_folders() -> tuple[Path, ...]:
    """The folders where fonts are installed, those that exist only."""
    home = Path.home()
    data = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    data_home = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    folders = [data_home / "fonts", home / ".fonts", home / "Library" / "Fonts"]
    folders += [Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    folders += [Path(folder) / "fonts" for folder in (*data, "/usr/share") if folder]
    folders += [Path(os.environ["WINDIR"]) / "Fonts"] if "WINDIR" in os.environ else []
    return tuple(folder for folder in dict.fromkeys(folders) if folder.is_dir())


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _, names in sorted(os.walk(folder)):
            yield from (Path(parent) / name for name in sorted(names) if name.casefold().endswith(_SUFFIXES))


def _looks_right(file: Path) -> bool:
    plain = file.name.casefold().replace(" ", "").replace("_", "")
    return any(hint in plain for hint in _FILE_HINTS)


def _key(family: str) -> str:
    return family.casefold().replace(" ", "")


def _families(files: Iterable[Path]) -> dict[str, tuple[Path, ...]]:
    """The files of each family, by weight; of two files of one weight the first counts."""
    found: dict[str, dict[bool, Path]] = {}
    for file in files:
        described = _describe(file)
        if described:
            family, bold = described
            found.setdefault(_key(family), {}).setdefault(bold, file)
    return {family: tuple(weights[bold] for bold in sorted(weights)) for family, weights in found.items()}


def _describe(file: Path) -> tuple[str, bool] | None:
    """The family of a font file and whether it is bold; None for a slanted one and for a file that is no font."""
    try:
        font = _opened(file)
        family, bold = font.get_name(_FAMILY), _is_bold(font)
        slanted = bool(_flags(font, *_STYLE) & 2 or _flags(font, *_SELECTION) & 1)
    except (uharfbuzz.HarfBuzzError, struct.error):
        return None
    return (str(family), bold) if family and not slanted else None


def _is_bold(font: uharfbuzz.Face) -> bool:
    return bool(_flags(font, *_STYLE) & 1 or _flags(font, *_SELECTION) & 0x20)


def _may_be_carried(file: Path) -> bool:
    """Whether a font may be edited with where a document brings it; pictures of letters alone do not do."""
    told = _flags(_opened(file), *_CARRYING)
    return not told & _PICTURES_ONLY and (told & _MASK == 0 or bool(told & _EDITABLE))


def _opened(file: Path) -> uharfbuzz.Face:
    """A font file, its first font: HarfBuzz tells names and letters at once, where fontTools alone takes long to load.

    Raises HarfBuzzError when the file cannot be read; what is no font has no tables.
    """
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))


def _flags(font: uharfbuzz.Face, table: str, offset: int) -> int:
    """Two bytes of a table. Raises struct.error when the font lacks them."""
    (flags,) = struct.unpack_from(">H", font.reference_table(table).data, offset)
    return int(flags)


def _fallback(found: dict[str, tuple[Path, ...]]) -> Face | None:
    if _key(FALLBACK) in found:
        return Face(FALLBACK, FALLBACK, found[_key(FALLBACK)])
    bundled = _bundled_fallback()
    return Face(FALLBACK, FALLBACK, (bundled,)) if bundled else None


def _bundled_fallback() -> Path | None:
    """The DejaVu Sans that matplotlib brings along, for machines without any fonts."""
    package = importlib.util.find_spec("matplotlib")
    for folder in package.submodule_search_locations or () if package else ():
        file = Path(folder) / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
        if file.is_file():
            return file
    return None


def write_fontconfig(fonts: FontSet, work: Path) -> Path:
    """Write private copies of the fonts and a fontconfig file into ``work``; FONTCONFIG_FILE is to name the result.

    The copies lack U+0640: LibreOffice stretches justified Persian with tatweel when the font has it, which is ugly and
    spoils the text that is copied from the PDF. Without it the spaces widen instead.
    """
    private = work / "fonts"
    private.mkdir(parents=True, exist_ok=True)
    for face in fonts.faces:
        for file in face.files:
            _copy_without_tatweel(file, private / f"{_key(face.used)}-{file.name}")
    if fonts.fallback:
        copy = private / fonts.fallback.regular.name
        copy.write_bytes(fonts.fallback.regular.read_bytes())
    target = work / FONTCONFIG
    target.write_text(_fontconfig(fonts, private, work / "fontcache"), encoding="utf-8")
    return target


def _copy_without_tatweel(source: Path, target: Path) -> None:
    from fontTools.ttLib import TTFont  # loaded where a font is written only

    with TTFont(source, fontNumber=0, recalcBBoxes=False, recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.pop(TATWEEL, None)
        font.save(target)


def _fontconfig(fonts: FontSet, private: Path, cache: Path) -> str:
    """The private copies and nothing else: what else a machine has installed must not show in the pages."""
    lines = [
        f"<dir>{escape(str(private))}</dir>",
        f"<cachedir>{escape(str(cache))}</cachedir>",
    ]
    lines += [_alias(face) for face in fonts.faces]
    lines += [_LAST_RESORT]
    body = "\n".join(lines)
    return f'<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n{body}\n</fontconfig>\n'


def _alias(face: Face) -> str:
    families = "".join(f"<family>{escape(name)}</family>" for name in (face.used, FALLBACK))
    return f'<alias binding="same"><family>{escape(face.family)}</family><prefer>{families}</prefer></alias>'
