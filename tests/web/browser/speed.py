"""How quick a form of 500 rows is in a real browser: for `make bench`, as times of a busy machine prove nothing."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.web.browser.sites import served
from tests.web.browser.visitors import Visitor

FORM, TABLE = "demo/big", "rows"
# From a key to the picture that follows it, in milliseconds.
_KEYS = """() => {
  window.keys = [];
  addEventListener('keydown', () => {
    const pressed = performance.now(), { port1, port2 } = new MessageChannel();
    port1.onmessage = () => keys.push(performance.now() - pressed);
    requestAnimationFrame(() => port2.postMessage(0));
  }, true);
}"""
# Notes when a cell says something else.
_SEEN = """cell => {
  const was = cell.value;
  const look = () => { if (cell.value === was) setTimeout(look, 5); else window.seen = Date.now(); };
  look();
}"""


@dataclass(frozen=True)
class Speed:
    """In seconds: until a page can be written on, until a key is seen, until another person sees a change."""

    opened: float
    key: float
    seen: float


def speed(rounds: int = 5) -> Speed:
    """The medians of a few rounds; of keys the slowest of twenty."""
    with two_at_a_form() as (ali, sara, case):
        opened = [_opened(ali, case) for _ in range(rounds)]
        sara.open(case, FORM)
        return Speed(
            statistics.median(opened), _key(ali), statistics.median(_seen(ali, sara, n) for n in range(rounds))
        )


@contextmanager
def two_at_a_form() -> Iterator[tuple[Visitor, Visitor, Path]]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox"])
        case = site.new_case()
        ali, sara = Visitor(browser, site, "ali"), Visitor(browser, site, "sara")
        ali.open(case, FORM)
        yield ali, sara, case
        browser.close()


def _opened(visitor: Visitor, case: Path) -> float:
    start = time.perf_counter()
    visitor.page.goto(f"/cases/{case.name}/forms/{FORM}")
    expect(visitor.state).to_have_class("saved")
    return time.perf_counter() - start


def _key(visitor: Visitor) -> float:
    visitor.page.evaluate(_KEYS)
    visitor.cell(250, "name", TABLE).click()
    visitor.page.keyboard.type("یک خدمت دیگر از این اداره", delay=60)
    times: list[float] = visitor.page.evaluate("() => window.keys")
    return max(times[:20]) / 1000


def _seen(writer: Visitor, reader: Visitor, number: int) -> float:
    cell = reader.cell(100 + number, "one", TABLE)
    was = cell.input_value()
    cell.evaluate(_SEEN)
    writer.saved()
    writer.cell(100 + number, "one", TABLE).fill(str(7000 + number))
    wrote: float = writer.page.evaluate("() => Date.now()")
    writer.press("Tab")
    expect(cell).not_to_have_value(was)
    seen: float = reader.page.evaluate("() => window.seen")
    return (seen - wrote) / 1000
