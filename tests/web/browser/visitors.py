"""People at a form in a browser: what they see of it and do to it, and that nothing went wrong behind their backs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.web.browser.sites import Site

DESKTOP, PHONE = (1280, 900), (390, 844)
_LOADING = "Failed to load resource"  # told of answers and lines too, which are looked at themselves
_WATCHED = """
window.states = [];
addEventListener('DOMContentLoaded', () => {
  const state = document.getElementById('state');
  const look = () => states.at(-1) !== state.className && states.push(state.className);
  if (state) new MutationObserver(look).observe(state, {attributes: true});
});
"""


class Visitor:
    """Somebody with a browser of his own. Whatever a page asks of another host, logs as an error or throws is a fault;
    so is an answer of the server that tells a failure nobody expects.
    """

    def __init__(self, browser: Browser, site: Site, name: str | None, size: tuple[int, int] = DESKTOP) -> None:
        self.site, self.name = site, name
        self.faults: list[str] = []
        self.expected: set[int] = set()
        self.awaited: set[Request] = set()  # what the server has not answered yet
        width, height = size
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale="fa-IR", timezone_id="Asia/Tehran",
            base_url=site.address, bypass_csp=False,
        )  # fmt: skip
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(_WATCHED)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
        if name is not None:
            self.sign_in(name)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", self._threw)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("requestfinished", self._over)
        self.page.on("requestfailed", self._over)

    # ------------------------------------------------------------ faults

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and _LOADING not in message.text:
            self.faults.append(f"console: {message.text}")

    def _threw(self, error: Error) -> None:
        self.faults.append(f"thrown: {error}")

    def _asked(self, request: Request) -> None:
        if "/events?" not in request.url:  # a line that stays open
            self.awaited.add(request)
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _over(self, request: Request) -> None:
        self.awaited.discard(request)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"answered {response.status}: {response.url}")

    def expect_status(self, *statuses: int) -> None:
        """Lets the server refuse something from now on."""
        self.expected |= set(statuses)

    # ------------------------------------------------------------ where

    def sign_in(self, name: str) -> None:
        self.context.add_cookies([{"name": "session", "value": self.site.sessions[name], "url": self.site.address}])

    def lose_session(self) -> None:
        """Takes the session away. Each answer of the server gives it anew: what was asked with it must be over."""
        while True:
            self.context.clear_cookies(name="session")
            asked = set(self.awaited)
            while asked & self.awaited:
                self.page.wait_for_timeout(20)
            if not any(cookie["name"] == "session" for cookie in self.context.cookies()):
                return

    def speak(self, language: str) -> None:
        self.context.add_cookies([{"name": "language", "value": language, "url": self.site.address}])

    def open(self, case: Path, form: str = "demo/visit") -> None:
        """Opens a form and waits until all of it is there, and it hears of what others do."""
        with self.page.expect_response(lambda response: "/events?" in response.url):
            self.page.goto(f"/cases/{quote(case.name)}/forms/{form}")
        expect(self.state).to_have_class("saved")
        expect(self.page.locator("#comments button").first).to_be_visible()

    # ------------------------------------------------------------ what is there

    @property
    def state(self) -> Locator:
        return self.page.locator("#state")

    def saved(self) -> None:
        expect(self.state).to_have_class("saved")

    def states(self) -> list[str]:
        """What the page said of its answers since it was opened, one after the other."""
        found: list[str] = self.page.evaluate("() => window.states")
        return found

    def section(self, item: str) -> Locator:
        return self.page.locator(f'section[data-item="{item}"]')

    def field(self, item: str) -> Locator:
        """The editor of an item, or its radio buttons and ticks."""
        return self.page.locator(f'[data-at="{item}"]')

    def rows(self, item: str = "services") -> Locator:
        return self.page.locator(f'table[data-table="{item}"] > tbody > tr')

    def cell(self, number: int, column: str, item: str = "services") -> Locator:
        """The editor of a cell, by the number of its row from 1."""
        return self.rows(item).nth(number - 1).locator(f'[data-at$="|{column}"]')

    def values(self, column: str, item: str = "services") -> list[str]:
        """What the editors of a column hold, from the first row."""
        found = self.rows(item).locator(f'[data-at$="|{column}"]')
        return [each.input_value() for each in found.all()]

    def focused(self) -> tuple[int, str]:
        """The cell in hand: the number of its row and its column."""
        found: list[object] = self.page.evaluate(
            "() => { const e = document.activeElement, row = e.closest('tr'), at = (e.dataset.at ?? '').split('|');"
            " return row ? [[...row.parentElement.rows].indexOf(row) + 1, at[2] ?? ''] : [0, at[0]]; }"
        )
        return int(str(found[0])), str(found[1])

    # ------------------------------------------------------------ what is done

    def write(self, editor: Locator, text: str) -> None:
        """Types in place of what stands there and goes on."""
        editor.click()
        editor.fill(text)
        self.page.keyboard.press("Tab")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def copy(self, text: str, html: str = "") -> None:
        """Puts something on the clipboard, as another program does."""
        self.page.evaluate(
            "async ([text, html]) => { const data = {'text/plain': new Blob([text], {type: 'text/plain'})};"
            " if (html) data['text/html'] = new Blob([html], {type: 'text/html'});"
            " await navigator.clipboard.write([new ClipboardItem(data)]); }",
            [text, html],
        )

    def paste(self, editor: Locator, text: str, html: str = "") -> None:
        self.copy(text, html)
        editor.focus()
        self.press("Control+v")

    def menu(self, number: int, entry: str, item: str = "services") -> None:
        """Does an act of the menu of a row."""
        self.rows(item).nth(number - 1).locator(".row-menu").click()
        self.page.get_by_role("menuitem", name=entry).click()

    def undo(self) -> None:
        self.page.locator("#undo").click()


@contextmanager
def visiting(browser: Browser, site: Site, name: str | None, size: tuple[int, int] = DESKTOP) -> Iterator[Visitor]:
    """A visitor whose faults are told when he leaves."""
    visitor = Visitor(browser, site, name, size)
    try:
        yield visitor
        assert not visitor.faults, visitor.faults
    finally:
        visitor.context.close()


def said(texts: Sequence[str]) -> str:
    """Texts of a page in one line."""
    return re.sub(r"\s+", " ", " ".join(texts)).strip()
