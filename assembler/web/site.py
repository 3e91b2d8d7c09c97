"""Where a site keeps its things and how it is reached; Django is set up by it."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings

VARIABLE = "ASSEMBLER_SITE"  # tells the processes of one site what it is
DATABASE = "site.sqlite3"
_KEY = "secret-key"
_HOURS = 12  # a session that is not used ends
_LINES = 8  # of one process to PostgreSQL at once; more than work side by side in one Python
LARGEST_BODY = 4 * 1024 * 1024  # bytes of a request; where files are taken it may be more


@dataclass(frozen=True)
class Site:
    """A folder of cases that is served. ``home`` holds the database and the secret key, ``database`` names another one
    (``postgresql://user:password@host/name``). ``hosts`` are the names it is reached by, ``secure`` tells that it is
    over TLS, ``proxied`` that another server stands before it. A ``local`` site is one officer's on his own machine.
    """

    cases: Path
    home: Path
    specs: Path
    templates: Path
    fonts: Path | None = None
    database: str = ""
    hosts: tuple[str, ...] = ()
    secure: bool = False
    proxied: bool = False
    local: bool = False
    language: str = "fa"
    token: str = field(default="", repr=False)

    @property
    def settings(self) -> Settings:
        """Those of the engine."""
        return Settings(self.specs, self.templates, fonts=self.fonts)

    def as_text(self) -> str:
        """What other processes of the site are told."""
        return json.dumps({name: _plain(value) for name, value in asdict(self).items()})

    @classmethod
    def from_text(cls, text: str) -> Site:
        told: dict[str, Any] = json.loads(text)
        paths = {"cases", "home", "specs", "templates", "fonts"}
        given: dict[str, Any] = {
            name: Path(value) if name in paths and value else value for name, value in told.items()
        }
        given["hosts"] = tuple(told["hosts"])
        return cls(**{each.name: given[each.name] for each in fields(cls)})


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def set_up(site: Site, *, serves: bool = False) -> None:
    """Makes this process one of the site's, one that ``serves`` or one that only does something at its database; does
    nothing when it is already.
    """
    from django import setup
    from django.conf import settings

    if settings.configured:
        return
    os.environ[VARIABLE] = site.as_text()
    site.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.configure(**_django(site, serves=serves))
    setup()


def this_site() -> Site:
    """The site of this process."""
    from django.conf import settings

    found: Site = settings.SITE
    return found


def _django(site: Site, *, serves: bool) -> dict[str, object]:
    """Django's settings. Everything that may be stricter than its defaults is."""
    return {
        "SITE": site,
        "DEBUG": False,
        "SECRET_KEY": _secret_key(site.home),
        "ALLOWED_HOSTS": list(site.hosts),
        "ROOT_URLCONF": "assembler.web.urls",
        "ASGI_APPLICATION": "assembler.web.asgi.application",
        "DATABASES": {"default": database(site, serves=serves)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "assembler.web.apps.WebApp",
        ],
        "MIDDLEWARE": [
            "assembler.web.middleware.guarded",
            "assembler.web.middleware.in_letters",
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "assembler.web.middleware.spoken_to",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "assembler.web.middleware.SignedIn",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [str(Path(__file__).parent / "templates")],
                "OPTIONS": {"environment": "assembler.web.templating.environment"},
            }
        ],
        "AUTH_USER_MODEL": "web.User",
        "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
        **_safety(site),
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_BODY,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 200,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
        "LANGUAGE_CODE": site.language,
        "LANGUAGES": [("fa", "فارسی"), ("en", "English")],
        "USE_I18N": True,
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Tehran",
        "LOGGING": {"version": 1, "disable_existing_loggers": False,
                    "handlers": {"console": {"class": "logging.StreamHandler"}},
                    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}}},
    }  # fmt: skip


def _safety(site: Site) -> dict[str, object]:
    """Passwords, sessions, and what may be sent from where."""
    prefix = "__Host-" if site.secure else ""
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
             "OPTIONS": {"user_attributes": ("username", "shown")}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "sign-in",
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_AGE": _HOURS * 3600,
        "SESSION_SAVE_EVERY_REQUEST": True,
        "SESSION_COOKIE_SECURE": site.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": f"{prefix}csrf",
        "CSRF_COOKIE_SECURE": site.secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_FAILURE_VIEW": "assembler.web.pages.errors.forged",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if site.proxied else None,
        "SECURE_HSTS_SECONDS": 31_536_000 if site.secure else 0,
        "SECURE_REFERRER_POLICY": "same-origin",
    }  # fmt: skip


def _secret_key(home: Path) -> str:
    """The key that signs sessions, made once; whoever can read it can be anybody."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = home / _KEY
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(64))
    return file.read_text(encoding="ascii")


def database(site: Site, *, serves: bool = False) -> dict[str, object]:
    """The database by its address. Raises AssemblerError ``site-database`` for an address of another kind."""
    if not site.database:
        # What is told as done is in the audit when the power fails, as it is in the answers.
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(site.home / DATABASE), "OPTIONS": options}
    return postgresql(site.database, serves=serves)


def postgresql(told: str, *, serves: bool = False) -> dict[str, object]:
    """A PostgreSQL by its address. Raises AssemblerError ``site-database`` for an address of another kind.

    What follows «?» goes to the library as it is: ``sslmode``, ``host`` of a socket and the like. A process that serves
    shares few lines among all that it answers: each answer has a thread of its own, and a database refuses more than a
    hundred lines.
    """
    try:
        address = urlsplit(told)
        options: dict[str, object] = dict(parse_qsl(address.query, strict_parsing=bool(address.query)))
        port = address.port
    except ValueError:
        raise _no_database(told) from None
    if address.scheme not in ("postgresql", "postgres") or not address.path.strip("/"):
        raise _no_database(told)
    host = options.pop("host", "") or address.hostname or ""
    pool = {"pool": {"min_size": 1, "max_size": _LINES, "timeout": 30}} if serves else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.strip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options | pool,
        "CONN_HEALTH_CHECKS": True,
    }


def _no_database(told: str) -> AssemblerError:
    return AssemblerError([problem("site-database", name=shown_address(told))], ExitCode.USAGE)


def shown_address(told: str) -> str:
    """An address of a database without what is secret in it."""
    return told.rpartition("@")[2].partition("?")[0]
