"""``known-headers.yaml``: what the headers of departments' tables mean. That of a case stands beside ``case.yaml``; one
in the folder of all cases counts for each of them.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from assembler.base.files import write_whole, writing
from assembler.base.yamlfile import MappingNode, Node, Scalar, read
from assembler.collect.intake.known import Known
from assembler.model.folders import CaseFolder

_HEAD = "# What the headers of departments' tables mean; `import --as` writes it, and it may be edited.\n"


def known_headers(folder: Path) -> Known:
    """What is known in the folder of a case and in that of all. Raises AssemblerError."""
    above = CaseFolder(folder.resolve().parent).headers_file
    return _read(above).and_(_read(CaseFolder(folder).headers_file))


def remember(folder: Path, learnt: Known) -> None:
    """Adds what was said to what the case knows. Raises AssemblerError."""
    if not learnt.columns and not learnt.tables:
        return
    path = CaseFolder(folder).headers_file
    whole = _read(path).and_(learnt)
    data = {"columns": {name: dict(each) for name, each in whole.columns.items()}, "tables": dict(whole.tables)}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    with writing(path):
        write_whole(path, (_HEAD + text).encode())


def _read(path: Path) -> Known:
    if not path.exists():
        return Known()
    node, _ = read(path)
    columns = {name: _texts(each) for name, each in _entries(_entries(node).get("columns")).items()}
    return Known(columns, _texts(_entries(node).get("tables")))


def _entries(node: Node | None) -> dict[str, Node]:
    return dict(node.entries) if isinstance(node, MappingNode) else {}


def _texts(node: Node | None) -> dict[str, str]:
    return {name: each.text for name, each in _entries(node).items() if isinstance(each, Scalar) and each.text}
