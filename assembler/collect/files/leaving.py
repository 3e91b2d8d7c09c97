"""What of a case found no place in the one that follows it, as a file for people: nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from assembler.base.messages import fill, spoken, translate, wording
from assembler.base.tongue import tongue
from assembler.collect.files.carrying import CarriedCase, Lost, Offer

_WHY = {
    "gone": wording("There is no such question any more:"),
    "unread": wording("The question reads another kind of answer now:"),
    "parts": wording("The columns or rows they stood in are no more:"),
    "file": wording("It stands in the file, and nothing of it was taken:"),
}


def left_file(taken: CarriedCase) -> str:
    """The text of the file, in the language of files of answers; «» when everything found its place by name."""
    if not (taken.lost or taken.offered):
        return ""
    with spoken(tongue().language):
        return "\n".join(_lines(taken)) + "\n"


def _lines(taken: CarriedCase) -> Iterator[str]:
    yield fill("What came otherwise, or not at all, from the case «{name}»", name=taken.origin)
    yield translate("Nobody reads this file but you: what is still of use is copied from here into its question.")
    if taken.offered:
        yield from ("", "", f"■ {translate('Taken for a question with a like label; look whether it is the same:')}")
        for offer in taken.offered:
            yield from _offer(offer)
    for why, heading in _WHY.items():
        if found := [lost for lost in taken.lost if lost.why == why]:
            yield from ("", "", f"■ {heading}")
            for lost in found:
                yield from _lost(lost)


def _offer(offer: Offer) -> Iterator[str]:
    yield from ("", f"● {offer.form}  [{offer.place}]")
    yield f"    {fill('in the case before: {label}', label=offer.old)}"
    yield f"    {fill('here: {label}', label=offer.new)}"


def _lost(lost: Lost) -> Iterator[str]:
    yield from ("", f"● {lost.form}: {lost.label}  [{lost.place}]", indent(lost.text.rstrip("\n"), "    "))
