"""One Chromium and one served site for all tests of a process; each test has cases and contexts of its own.

Both end with the last test of this folder: while Playwright runs there is an event loop, in which other tests of the
process could run none.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.web.browser.sites import Site, served
from tests.web.browser.visitors import DESKTOP, Visitor, visiting

expect.set_options(timeout=15_000)

_OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
Comes = Callable[..., Visitor]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "These tests need a Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    with served() as made:
        yield made


@pytest.fixture
def case(site: Site) -> Iterator[Path]:
    """A case of the test's own."""
    made = site.new_case()
    yield made
    site.left.append(made)  # it goes with the next one: somebody may still have it open


@pytest.fixture
def comes(browser: Browser, site: Site) -> Iterator[Comes]:
    """Lets somebody come with a browser of his own."""
    with ExitStack() as leaving:

        def come(name: str | None, size: tuple[int, int] = DESKTOP) -> Visitor:
            return leaving.enter_context(visiting(browser, site, name, size))

        yield come


@pytest.fixture
def ali(comes: Comes) -> Visitor:
    """An officer."""
    return comes("ali")


@pytest.fixture
def sara(comes: Comes) -> Visitor:
    """Another officer."""
    return comes("sara")
