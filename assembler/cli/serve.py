"""``assembler serve``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from assembler.base.messages import fill, language
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.paths import FILE, FOLDER, NEW_FOLDER
from assembler.cli.say import say

HOME_NAME = ".site"
_WEB_PARTS = ("django", "argon2", "uvicorn")  # what `assembler[web]` adds


@click.command("serve")
@click.argument("cases", type=FOLDER, default=".")
@click.option("--local", is_flag=True, help="For one officer on this machine: no accounts, a secret address.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen at; 0 for any free one.",
)
@click.option("--name", "names", multiple=True, help="Name by which browsers reach the site; may be repeated.")
@click.option("--tls-certificate", type=FILE, help="Certificate, for https.")
@click.option("--tls-key", type=FILE, help="Its key.")
@click.option("--behind-proxy", is_flag=True, help="Another server stands before this one and does https.")
@click.option("--home", type=NEW_FOLDER, help="Folder of the database; .site among the cases when left out.")
@click.option("--database", default="", help="postgresql://user:password@host/name; SQLite when left out.")
@click.option("--processes", type=click.IntRange(1, 32), default=1, show_default=True, help="How many processes serve.")
@with_settings
def command(
    cases: Path,
    local: bool,
    host: str,
    port: int,
    names: tuple[str, ...],
    tls_certificate: Path | None,
    tls_key: Path | None,
    behind_proxy: bool,
    home: Path | None,
    database: str,
    processes: int,
    settings: Settings,
) -> None:
    """Serve the cases in the folder CASES to browsers.

    The first time it shows an address at which the first administrator chooses a password.
    """
    need_web_parts()
    from assembler.web.serve import Server, address, made_ready, reached, run
    from assembler.web.site import Site

    site = Site(
        cases=cases.resolve(), home=(home or cases / HOME_NAME).resolve(), specs=settings.specs.resolve(),
        templates=settings.templates.resolve(), fonts=settings.fonts, database=database, proxied=behind_proxy,
        local=local, language=language() if local else "fa",
    )  # fmt: skip
    server = Server(host, port, tls_certificate, tls_key, processes)
    site = reached(site, server, names)
    first = made_ready(site, serves=True)
    run(site, server, lambda opened: _tell(address(site, opened, first)))


def _tell(address: str) -> None:
    say(fill("Open in a browser: {address}", address=address))
    say(fill("Ctrl-C stops it; everything that was shown as saved is on disk."))


def need_web_parts() -> None:
    """Tells in a sentence when what the browser's face needs is not installed."""
    for name in _WEB_PARTS:
        if find_spec(name) is None:
            raise AssemblerError([problem("site-parts", name=name)], ExitCode.USAGE)
