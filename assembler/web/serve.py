"""Serves the site: proves that it may be reached as it is asked to, makes the database ready, runs the server."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.base.messages import translate
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.web.site import DATABASE, Site, set_up, shown_address

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = re.compile(r"(?=.{1,253}$)[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*", re.ASCII)
_REACHED = 5  # seconds to reach a database in
_STOPS = 10  # seconds for what is being answered when the server is stopped


@dataclass(frozen=True)
class Server:
    """Where the server listens, and with what it encrypts."""

    host: str = "127.0.0.1"
    port: int = 8000
    certificate: Path | None = None
    key: Path | None = None
    processes: int = 1


def reached(site: Site, server: Server, names: tuple[str, ...] = ()) -> Site:
    """The site as it will be reached.

    Raises AssemblerError: others could listen to what is sent, its certificate cannot be used, or nobody said by which
    name it is reached.
    """
    is_public = not _is_loopback(server.host)
    encrypted = _is_encrypted(server)
    if is_public and not (encrypted or site.proxied):
        raise _refused("site-unsafe", host=server.host)
    if site.local and (is_public or site.proxied):
        raise _refused("site-not-local")
    if (is_public or site.proxied) and not names:
        raise _refused("site-no-name")
    for name in names:
        if not _NAME.fullmatch(name):
            raise _refused("site-name", name=name)
    own = () if is_public and not site.proxied else LOOPBACK
    hosts = tuple(dict.fromkeys((*names, *own, *(() if _is_any(server.host) else (server.host,)))))
    return replace(site, hosts=hosts, secure=encrypted or site.proxied)


def _is_encrypted(server: Server) -> bool:
    """Raises AssemblerError for a certificate without its key, or one that is none."""
    if server.certificate is None:
        if server.key is not None:
            raise _refused("site-certificate", name=server.key.name, reason=translate("there is no certificate for it"))
        return False
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.certificate, server.key, password=lambda: "")  # nobody is there to type one
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
        raise _refused("site-certificate", name=server.certificate.name, reason=reason) from error
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_any(host: str) -> bool:
    """Whether it stands for all addresses of this machine, and so is no name."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host


def address(site: Site, server: Server, path: str = "/") -> str:
    """Where a browser finds the site; behind another server, where that one is found as a rule."""
    if site.proxied:
        return f"https://{site.hosts[0]}{path}"
    scheme, host = "https" if server.certificate else "http", site.hosts[0] if site.hosts else server.host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{server.port}{path}"


def made_ready(site: Site, *, serves: bool = False) -> str:
    """Makes the database ready; the path a browser is to open first. Raises AssemblerError.

    On a local site it lets the officer in; on one without an administrator it lets somebody become the first.
    """
    from django.db import DatabaseError

    set_up(site, serves=serves)
    from assembler.web.lines import hang_up

    _reached(site)
    try:
        return _ready(site, serves=serves)
    except DatabaseError as error:
        raise _refused("site-database", name=shown_address(site.database or str(site.home))) from error
    finally:
        hang_up()


def _reached(site: Site) -> None:
    """Raises AssemblerError at once for a database that lets nobody in: lines that are shared would try for long."""
    if not site.database:
        return
    import psycopg

    try:
        psycopg.connect(site.database, connect_timeout=_REACHED).close()
    except psycopg.Error as error:
        raise _refused("site-database", name=shown_address(site.database)) from error


def _ready(site: Site, *, serves: bool) -> str:
    from django.core.management import call_command
    from django.urls import reverse

    if not site.database:  # who can read it can read who is signed in
        (site.home / DATABASE).touch(mode=0o600)
    call_command("migrate", interactive=False, verbosity=0)
    from assembler.web import jobs, people

    if serves:
        jobs.none_goes_on()
    if site.local:
        if not people.nobody_but_local():
            raise _refused("site-shut")
        return reverse("local", args=[people.one_time_code("local", secrets.token_urlsafe(32))])
    if people.nobody_yet():
        return f"{reverse('start')}?code={people.one_time_code(people.FIRST)}"
    return "/"


def run(site: Site, server: Server, ready: Callable[[Server], None]) -> None:
    """Serves until it is stopped; ``ready`` is told the open port, which the system chose where it is 0.

    Raises AssemblerError ``site-port``.
    """
    import uvicorn
    import uvicorn.supervisors

    try:
        listener = socket.create_server(
            (server.host, server.port),
            family=socket.AF_INET6 if ":" in server.host else socket.AF_INET,
            reuse_port=False,
        )
    except OSError as error:
        raise _refused("site-port", port=server.port, host=server.host, reason=error.strerror or str(error)) from error
    options = {
        "host": server.host, "port": server.port, "log_level": "warning", "server_header": False, "date_header": False,
        "proxy_headers": site.proxied, "forwarded_allow_ips": "127.0.0.1" if site.proxied else None,
        "ssl_certfile": server.certificate, "ssl_keyfile": server.key, "timeout_graceful_shutdown": _STOPS,
        "h11_max_incomplete_event_size": 64 * 1024, "workers": server.processes,
    }  # fmt: skip
    config = uvicorn.Config("assembler.web.asgi:application", **options)  # type: ignore[arg-type]
    supervisor = uvicorn.supervisors.Multiprocess(config, [listener]) if server.processes > 1 else None
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is stopped
        ready(replace(server, port=listener.getsockname()[1]))
        if supervisor:
            supervisor.run()
        else:
            uvicorn.Server(config).run(sockets=[listener])


def _refused(code: str, /, **arguments: object) -> AssemblerError:
    return AssemblerError([problem(code, **arguments)], ExitCode.USAGE)
