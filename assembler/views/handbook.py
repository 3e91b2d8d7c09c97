"""The handbook as one page to read and print, and as blocks for a terminal. The one home of markdown-it."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from jinja2 import Template
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from assembler.base.messages import digits, translate
from assembler.model.handbook import Block, Chapter
from assembler.views.templates import environment

_TEMPLATE = "handbook.html.jinja"
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)  # what marks the generated parts is for their makers


@dataclass(frozen=True)
class _Section:
    name: str
    title: str
    html: Markup


def handbook_page(contents: Chapter, chapters: Sequence[Chapter], pictures: Path) -> str:
    """The whole page: the contents in front when there is more than one chapter; links lead within the page."""
    shown = {each.name for each in chapters}
    whole = len(chapters) > 1
    return _template().render(
        title=contents.title if whole else chapters[0].title,
        language=contents.language,
        direction="rtl" if contents.language == "fa" else "ltr",
        front=_html(contents, shown, pictures) if whole else "",
        chapters=[_Section(each.name, each.title, _html(each, shown, pictures)) for each in chapters],
        back=translate("Back to the contents"),
    )


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text, in order."""
    tokens = _parsed(text)
    lists: list[int] = []  # the number of the last item of each open list; 0 in one without numbers
    mark = ""
    for at, token in enumerate(tokens):
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                lists.append(0)
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "list_item_open":
                lists[-1] += 1
                mark = digits(lists[-1]) + "." if token.info else "•"
            case "fence" | "code_block":
                yield Block("code", token.content.rstrip("\n"), level=len(lists))
            case "table_open":
                yield Block("table", rows=tuple(_rows(tokens[at:])))
            case "inline" if not tokens[at - 1].type.startswith(("th", "td")):
                yield from _inline_blocks(token, tokens[at - 1], len(lists), mark)
                mark = ""


def _inline_blocks(token: Token, opened: Token, depth: int, mark: str) -> Iterator[Block]:
    """A paragraph: a heading, an item or a text, and the pictures that stand in it."""
    text = _plain(token)
    if opened.type == "heading_open":
        yield Block("heading", text, level=int(opened.tag[1:]))
    elif text:
        yield Block("item" if depth else "text", text, depth, mark)
    yield from (Block("picture", child.content) for child in token.children or () if child.type == "image")


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """The rows of the table that begins here."""
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type == "table_close":
            return
        if token.type == "inline" and before.type.startswith(("th", "td")):
            cells.append(_plain(token))
        elif token.type == "tr_close":
            yield tuple(cells)
            cells = []


def _plain(token: Token) -> str:
    """A paragraph as a terminal shows it: commands between their marks, links by their names."""
    return "".join(map(_said, token.children or ())).strip()


def _said(token: Token) -> str:
    match token.type:
        case "text":
            return token.content
        case "code_inline":
            return f"`{token.content}`"
        case "softbreak" | "hardbreak":
            return " "
        case _:
            return ""


# ---------------------------------------------------------------- as HTML


def _markdown() -> MarkdownIt:
    """Markdown as the chapters use it: CommonMark with tables; what looks like HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _parsed(text: str) -> list[Token]:
    return _markdown().parse(_COMMENT.sub("", text))


def _html(chapter: Chapter, shown: Collection[str], pictures: Path) -> Markup:
    markdown = _markdown()
    markdown.add_render_rule("code_inline", _code)
    markdown.add_render_rule("fence", _lines)
    markdown.add_render_rule("table_open", lambda *_: '<div class="wide"><table>\n')
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    tokens = _parsed(chapter.text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{int(token.tag[1:]) + 1}"
        for child in token.children or ():
            _placed(child, shown, pictures)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704  # our own text


def _placed(token: Token, shown: Collection[str], pictures: Path) -> None:
    """A link leads to its chapter on the page, or nowhere; a picture is in the page."""
    if token.type == "link_open" and not str(token.attrs["href"]).startswith(("https:", "http:")):
        name = Path(str(token.attrs["href"])).stem
        token.attrs = {"href": f"#{name}"} if name in shown else {}
    elif token.type == "image":
        data = (pictures / Path(str(token.attrs["src"])).name).read_bytes()
        token.attrs["src"] = f"data:image/png;base64,{base64.b64encode(data).decode()}"


def _code(_: object, tokens: Sequence[Token], at: int, *rest: object) -> str:
    """A word to type: its letters tell its direction, whatever stands around it."""
    return f'<code dir="auto">{escape(tokens[at].content)}</code>'


def _lines(_: object, tokens: Sequence[Token], at: int, *rest: object) -> str:
    """Commands and files, from left to right; an ``$`` before a command is not copied along."""
    lines = escape(tokens[at].content)
    shown = re.sub(r"^\$ (.*)$", r'<span class="typed">\1</span>', lines, flags=re.MULTILINE)
    return f'<pre dir="ltr" tabindex="0"><code>{shown}</code></pre>\n'


def _template() -> Template:
    return environment().get_template(_TEMPLATE)
