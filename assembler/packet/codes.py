"""The document ID of a letter: the six parts its code holds, joined, and whether a reader could still see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.problems import Place, Problem, problem
from assembler.model.filled import FilledForm, first_printed
from assembler.model.packet import DocumentId
from assembler.model.reports import DocumentIdSpec
from assembler.packet.scope import ReportScope

LONGEST_NUMBER = 20  # characters, as circular 110718 of 1398/9/3 says
_MOST_BYTES = 400  # with more, the squares of a code of 2 cm are too small for a copier and a telephone


def document_id(
    spec: DocumentIdSpec, scope: ReportScope, forms: Mapping[str, FilledForm]
) -> tuple[DocumentId | None, tuple[Problem, ...]]:
    """What the code holds, None for a letter that has no number yet, and what is wrong with it.

    A blank part stays empty between its separators.
    """
    values = tuple(" ".join(scope.text(text).split()) for text in spec.texts)
    number = values[0]
    if not number:
        return None, ()
    content = spec.separator.join(values)
    return DocumentId(content, number), tuple(_problems(spec, values, content, forms))


def _problems(
    spec: DocumentIdSpec, values: tuple[str, ...], content: str, forms: Mapping[str, FilledForm]
) -> Iterator[Problem]:
    number, length = values[0], len(content.encode())
    place = _answered(spec.number, spec, forms)
    if len(number) > LONGEST_NUMBER:
        yield problem("document-number-long", place, number=number, length=len(number), limit=LONGEST_NUMBER)
    for text, value in zip(spec.texts, values, strict=True):
        if spec.separator in value:
            where = _answered(text, spec, forms)
            yield problem("document-id-separator", where, value=value, separator=spec.separator)
    if length > _MOST_BYTES:
        yield problem("document-id-long", place, title=number, length=length, limit=_MOST_BYTES)


def _answered(text: str, spec: DocumentIdSpec, forms: Mapping[str, FilledForm]) -> Place:
    """Where the first answer a text prints stands; the place in the report when it prints none."""
    printed = first_printed(text, forms)
    return printed.place if printed else spec.place
