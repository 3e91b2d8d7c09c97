"""How the terminal tells what tables of others are taken for: table by table, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from assembler.actions.intake import TITLE_SAYS, Match, Proposal, Scrap, aside_words, reasons
from assembler.base.commands import as_typed
from assembler.base.messages import fill, translate
from assembler.cli.say import say

_LONGEST = 60  # letters of a text that is told
_MOST_NAMED = 3  # tables or columns one may be that are named

as_option = click.option(
    "--as",
    "said",
    multiple=True,
    metavar="[FILE:]TABLE[.COLUMN]=NAME|-",
    help="What a table of a foreign file is: 5=form.item; what its third column is: 5.3=column; «-» for none.",
)

write_option = click.option(
    "--write", is_flag=True, help="Write what foreign files bring; without it that is only shown."
)


def tell_scraps(scraps: Sequence[Scrap]) -> None:
    """Each file with its tables."""
    for scrap in scraps:
        whose = f"  ({scrap.unit})" if scrap.unit else ""
        said = "" if scrap.file.taken_for is None else f": {scrap.file.taken_for}"
        say(click.style(scrap.path.name, bold=True) + whose + said)
        for proposal in scrap.proposals:
            for line in _table(proposal, scrap.file.name, several=len(scraps) > 1):
                say(line)


def _table(found: Proposal, name: str, *, several: bool) -> Iterator[str]:
    head = "  " + fill("table {number}", number=found.grid.number) + _caption(found)
    matches = found.ranked.matches
    if found.state == "left":
        yield f"{head}: {translate('left out, as you said')}"
    elif found.state == "unknown":
        yield f"{head}: {translate('like none of this case; left out')}"
        titled = [each for each in matches if each.caption >= TITLE_SAYS][:_MOST_NAMED]
        yield from (f"      {_named(each)}?" for each in titled)
        if titled:
            yield "      " + _how(found, name, titled[0].candidate.name, several=several)
    elif found.state == "questions":
        yield f"{head} ← {_questions(found)}"
    elif found.draft is None or found.match is None:
        word = click.style(translate("which one is it?"), fg="yellow")
        yield f"{head}: {word}"
        yield from (f"      {_named(each)}" for each in matches[:_MOST_NAMED])
        yield "      " + _how(found, name, matches[0].candidate.name, several=several)
    else:
        yield f"{head} ← {_named(found.match)}{_second(found)}"
        yield from _columns(found, name, several=several)
        if found.waits:
            yield "      " + translate("Its new rows wait until these columns are said.")
        yield from _aside(found)


def _caption(found: Proposal) -> str:
    line = (found.grid.before or found.grid.headings or ("",))[-1]
    return f" «{_short(line)}»" if line else ""


def _named(match: Match) -> str:
    item, form = match.candidate.item, match.candidate.form
    percent = match.percent
    return fill(
        "«{form}» › «{item}» [{name}] {percent}% ({why})",
        form=_short(form.shown), item=_short(item.shown), name=match.candidate.name, percent=percent,
        why=reasons(match),
    )  # fmt: skip


def _questions(found: Proposal) -> str:
    form = found.pairs.ranked[0].questions.form
    count = len(found.pairs.answers)
    return fill("«{form}» [{name}]: {count} answers", form=_short(form.shown), name=form.id, count=count)


def _second(found: Proposal) -> str:
    if found.state == "named":
        return "  " + translate("as you said")
    if found.state == "continued":
        return "  " + translate("goes on the table before")
    if len(found.ranked.matches) < 2:
        return ""
    second = found.ranked.matches[1]
    return "  " + fill("next: {name} {percent}%", name=second.candidate.name, percent=second.percent)


def _columns(found: Proposal, name: str, *, several: bool) -> Iterator[str]:
    assert found.match is not None
    candidate, heads = found.match.candidate, found.match.paths
    for at in range(found.grid.width):
        head = _short(" › ".join(heads[at]) if at < len(heads) else "") or str(at + 1)
        own = found.columns.sure.get(at)
        if own is not None:
            leaf = " › ".join(filter(None, candidate.leaves[own].path))
            shut = "" if candidate.asks(candidate.leaves[own].column) else "  " + translate("not asked for")
            shut = "  " + translate("files are not taken from tables") if _is_file(found, own) else shut
            if leaf != head or shut:
                yield f"      «{head}» ← «{_short(leaf)}»{shut}"
        elif at in found.columns.asked:
            own = found.columns.asked[at]
            leaf = " › ".join(filter(None, candidate.leaves[own].path))
            word = click.style(translate("not sure, not read"), fg="yellow")
            yield f"      «{head}» ← «{_short(leaf)}»?  {word}"
            number = f"{found.grid.number}.{at + 1}"
            yield "        " + _said(number, name, candidate.leaf_names[own], several=several)
        elif at in found.dropped:
            yield f"      «{head}»: {translate('like none of our columns; left out')}"
            yield from _free(found, f"{found.grid.number}.{at + 1}", name, several=several)
        if at in found.grid.hidden_columns and own is not None:
            yield f"      «{head}»: {translate('this column is hidden; not read')}"


def _free(found: Proposal, number: str, name: str, *, several: bool) -> Iterator[str]:
    """The columns of ours nothing was found for, which one that is like none may be after all."""
    assert found.match is not None
    candidate, known = found.match.candidate, {*found.columns.sure.values(), *found.columns.asked.values()}
    free = [at for at, leaf in enumerate(candidate.leaves) if at not in known and candidate.asks(leaf.column)]
    for at in free[:_MOST_NAMED]:
        leaf = _short(" › ".join(filter(None, candidate.leaves[at].path)))
        said = _said(number, name, candidate.leaf_names[at], several=several)
        yield "        " + fill("«{leaf}» has no column yet. {said}", leaf=leaf, said=said)


def _is_file(found: Proposal, own: int) -> bool:
    assert found.match is not None
    return found.match.candidate.leaves[own].column.type in ("image", "file")


def _aside(found: Proposal) -> Iterator[str]:
    assert found.draft is not None
    words = aside_words()
    for each in found.draft.aside:
        told = fill("row {row} is left out: {what}", row=each.row + found.grid.origin[0], what=words[each.kind])
        yield f"      {told}" + (f" «{_short(each.text)}»" if each.text else "")


def _how(found: Proposal, name: str, target: str, *, several: bool) -> str:
    return _said(str(found.grid.number), name, target, several=several)


def _said(left: str, name: str, target: str, *, several: bool) -> str:
    said = f"{name}:{left}={target}" if several else f"{left}={target}"
    return fill("Say it: --as {said}", said=as_typed(said))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
