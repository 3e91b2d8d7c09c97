"""The reference parts of the contributor pages: between ``<!-- words: TOPIC -->`` and ``<!-- end -->`` stands what
``assembler words TOPIC`` tells, as Markdown. ``make words`` writes them anew; a test holds the pages to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assembler.actions.words import Entry, Section, words
from assembler.base import messages

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = ("form_specs/README.md", "letter_templates/README.md")
_PART = re.compile(r"(<!-- words: ([a-z]+) -->\n).*?(?=<!-- end -->)", re.DOTALL)


def referenced(page: str) -> str:
    """A page with its reference parts as they are now, in English."""
    with messages.spoken("en"):
        return _PART.sub(lambda found: found[1] + "\n".join(_topic(found[2])) + "\n", page)


def _topic(name: str) -> Iterator[str]:
    for section in words(name).sections:
        yield from ("", f"### {section.name}", "", section.doc)
        if section.one_of:
            yield f"One of these must be there: {', '.join(map(_code, section.one_of))}."
        yield from ("", *_entries(section, "kind" if name == "template" else "what stands there"))
    yield ""


def _entries(section: Section, takes: str) -> Iterator[str]:
    """A table with the columns that are not blank all the way; bare names side by side."""
    told = [(entry, _meaning(entry)) for entry in section.entries]
    if not any(entry.takes or meaning for entry, meaning in told):
        yield ", ".join(_code(entry.name) for entry in section.entries)
        return
    heads = ["word", takes, "meaning"] if any(entry.takes for entry in section.entries) else ["word", "meaning"]
    yield _row(heads)
    yield "|" + "---|" * len(heads)
    for entry, meaning in told:
        name = _code(entry.name) + (" *" if entry.required else "")
        yield _row([name, _cell(entry.takes), meaning] if takes in heads else [name, meaning])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _meaning(entry: Entry) -> str:
    others = (("needs", entry.needs), ("may have", entry.may))
    told = (f"{word}: {', '.join(map(_code, names))}" for word, names in others if names)
    return "<br>".join(filter(None, (_cell(entry.doc), *told)))


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for each in PAGES:
        path = REPOSITORY / each
        path.write_text(referenced(path.read_text(encoding="utf-8")), encoding="utf-8")
