"""Persons a letter addresses as a man and the report names as a woman, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.texts import typed_texts
from assembler.checks.words.name_forms import Titled, titled_names
from assembler.model.filled import FilledForm
from assembler.model.packet import Packet
from assembler.model.persons import NOBODY, Persons

_FEWEST = 2  # words of a name: a family name alone may be another person's


def check_titles(
    packet: Packet, forms: Mapping[str, FilledForm], used: Iterable[str], persons: Persons = NOBODY
) -> Iterator[Problem]:
    """Addressees of letters whose whole name stands under the other title in an answer, in another letter or in the
    register of persons.
    """
    letters = [(part, str(part.fields.get("addressee") or "")) for part in packet.parts if part.kind == "letter"]
    called = [(part, one) for part, text in letters for one in titled_names(text) if len(one.words) >= _FEWEST]
    if not called:
        return
    texts = [text for name in used for item in forms[name].items.values() for text, _, _ in typed_texts(item)]
    known = (person.addressed for person in persons.all)
    others = [one for text in (*texts, *(text for _, text in letters), *known) for one in titled_names(text)]
    for part, one in called:
        if (other := next((each for each in others if _contradicts(one, each)), None)) is not None:
            evidence = {"title": part.title, "name": one.shown, "other": other.title}
            yield problem("letter-title-differs", Place(item=part.title), **evidence)


def _contradicts(one: Titled, other: Titled) -> bool:
    return one.kind != other.kind and other.words[: len(one.words)] == one.words
