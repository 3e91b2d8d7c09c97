"""The tree holds its own rules: who may touch the outside, print, read the clock. Who may import whom is the contract
of import-linter in pyproject.toml, held by `make lint`.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "assembler"
TESTS = PACKAGE.parent / "tests"
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 450, 50
# Tests of what several modules do together.
ACROSS = {
    "actions/desk/test_together.py",
    "actions/test_answering.py",
    "actions/test_reading.py",
    "checks/rules/test_properties.py",
    "cli/test_exit_codes.py",
    "cli/test_help.py",
    "cli/test_pages.py",
    "cli/test_set_get.py",
    "collect/workbook/test_filling_in.py",
    "collect/workbook/test_round_trip.py",
    "documents/test_blank_pages.py",
    "documents/test_footnotes.py",
    "documents/test_ooxml.py",
    "specs/test_refusals.py",
}
# The face in the browser is tested as it is used: at its addresses, by processes that serve it, and in a real browser.
IN_USE = ("web/browser", "web/processes", "web/server")
DECIDING = ("evaluate", "checks", "packet")
# What lies outside, and the one stage that knows it.
HOMES = {
    "arabic_reshaper": ("cli",), "bidi": ("cli", "collect"), "segno": ("documents",), "docx": ("documents",),
    "docxtpl": ("documents",), "pypdf": ("pdf",), "pikepdf": ("pdf",),
    "filelock": ("base",), "fpdf": ("pdf",), "markdown_it": ("views",), "pypdfium2": ("pdf",),
    "rdocx": ("pdf",), "click": ("cli",), "matplotlib": ("documents", "pdf"), "subprocess": ("pdf",),
}  # fmt: skip
MODULES = sorted(PACKAGE.rglob("*.py"))
IMPURE = ("os", "time", "random", "socket", "subprocess", "shutil", "tempfile", "datetime", "environ", "locale")
FILE_CALLS = (
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "now",
    "today",
    "exists",
    "is_file",
    "is_dir",
    "glob",
    "rglob",
    "iterdir",
    "stat",
)


# The program as Windows gives it to be imported: without what only Unix has.
ELSEWHERE = """\
import importlib, os, pkgutil, signal, sys
for name in ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for name in ("O_CLOEXEC", "O_NOFOLLOW", "fork", "geteuid", "getpgid", "getuid", "killpg", "pread", "pwrite", "setsid"):
    delattr(os, name)
for name in ("SIGALRM", "SIGHUP", "SIGKILL"):
    delattr(signal, name)
import assembler, pathlib, tempfile
from assembler.web.site import Site, set_up
with tempfile.TemporaryDirectory() as name:
    set_up(Site(*4 * (pathlib.Path(name),)))
for found in pkgutil.walk_packages(assembler.__path__, "assembler."):
    if found.name != "assembler.__main__":
        importlib.import_module(found.name)
"""


def owner(path: Path) -> str:
    """The package a file belongs to, or the module at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a file's tree, the whole first."""
    return tuple(ast.walk(ast.parse(text(path), str(path))))


@cache
def imports(path: Path) -> frozenset[str]:
    """Everything a file imports, by full name."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def calls(path: Path) -> frozenset[str]:
    return frozenset(ast.unparse(node.func) for node in nodes(path) if isinstance(node, ast.Call))


def wrong(paths: Iterable[Path], found: Callable[[Path], Iterable[str]]) -> list[tuple[str, str]]:
    """What is found in files, each with the file it stands in."""
    return [(name_of(path), each) for path in paths for each in sorted(found(path))]


def first_names(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def called(path: Path) -> set[str]:
    """The last word of each call."""
    return {name.rpartition(".")[2] for name in calls(path)}


def of(*owners: str) -> list[Path]:
    found = [path for path in MODULES if owner(path) in owners]
    assert {owner(path) for path in found} == set(owners)
    return found


def modules(*names: str) -> list[Path]:
    """Modules and packages by their way from the top."""
    found = [path for path in MODULES if name_of(path).removesuffix(".py").startswith(names)]
    assert len(found) >= len(names)
    return found


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_what_lies_outside_has_one_home() -> None:
    assert wrong(MODULES, lambda path: (n for n in first_names(path) & set(HOMES) if owner(path) not in HOMES[n])) == []


def test_only_the_command_line_prints_and_exits() -> None:
    others = [path for path in MODULES if owner(path) not in ("cli", "__main__")]
    ways = {"print", "sys.exit", "exit", "quit", "os._exit", "sys.stdout.write", "sys.stderr.write"}
    assert wrong(others, lambda path: ways & calls(path)) == []
    assert [name_of(path) for path in others if "SystemExit" in text(path)] == []


def test_commands_print_in_one_place() -> None:
    """Where lines are turned for terminals that do not do it themselves; the dialogue has a screen of its own."""
    assert {name_of(path) for path in of("cli") if "click.echo" in calls(path)} == {"cli/say.py", "cli/screen.py"}


def test_deciding_touches_no_file_clock_or_environment() -> None:
    assert wrong(of(*DECIDING), lambda path: first_names(path) & set(IMPURE)) == []
    assert wrong(of(*DECIDING), lambda path: called(path) & set(FILE_CALLS)) == []


def test_reading_touches_no_clock_or_environment() -> None:
    base = modules("base/expressions", "base/persian", "base/problems", "base/catalogue")
    reading = [*of("specs", "answers", "model"), *base]
    assert wrong(reading, lambda path: first_names(path) & set(IMPURE)) == []
    assert wrong(reading, lambda path: called(path) & {"now", "today", "write_text", "write_bytes"}) == []


def test_expressions_are_never_compiled_to_python() -> None:
    ways = {"eval", "exec", "compile", "__import__", "yaml.load", "pickle.loads"}
    assert wrong(MODULES, lambda path: ways & calls(path)) == []


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(nodes(path)[0])]  # type: ignore[arg-type]
    assert [name_of(path) for path in silent if path.name != "__init__.py"] == []


def test_names_of_files_of_a_case_have_one_home() -> None:
    """Elsewhere they are asked of ``CaseFolder`` and ``OutputFolder``."""
    files = {"case.yaml", "accepted.yaml", "units.yaml", "persons.yaml", "receipt.json"}
    below = {"answers", "attachments", "output", "parts", "revisions", ".assembler"}
    found = set()
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
                found |= {(name_of(path), node.right.value)} if node.right.value in below else set()
            elif isinstance(node, ast.Constant) and node.value in files:
                found.add((name_of(path), node.value))
    assert {name for name, _ in found} == {"model/folders.py"}, found


def test_chapters_are_short() -> None:
    assert [name_of(path) for path in MODULES if len(text(path).splitlines()) > MOST_LINES] == []
    assert wrong(MODULES, long_functions) == []


def long_functions(path: Path) -> set[str]:
    functions = [node for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    return {each.name for each in functions if (each.end_lineno or 0) - each.lineno + 1 > MOST_LINES_OF_A_FUNCTION}


def test_tests_are_named_after_what_they_test() -> None:
    """``tests/base/test_files.py`` tests ``base/files.py``, or a package of that name; what runs over the whole program
    stands at the top.
    """
    found = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py") if path.parent != TESTS]
    below = [path for path in found if path.parent.as_posix() not in IN_USE]
    named = {path: PACKAGE / path.parent / path.stem.removeprefix("test_") for path in below}
    strangers = {str(path) for path, of in named.items() if not (of.with_suffix(".py").is_file() or of.is_dir())}
    assert strangers == ACROSS


def test_what_the_disk_refuses_is_told_in_one_place() -> None:
    found = [name_of(path) for path in MODULES if '"output-unwritable"' in text(path)]
    assert [name for name in found if not name.startswith("base/catalogue/")] == ["base/files.py"]


def test_every_module_can_be_imported_on_every_system() -> None:
    """What only Unix has is asked for where it is used; `make lint` checks the types for Windows too."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
