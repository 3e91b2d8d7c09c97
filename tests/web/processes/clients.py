"""What a browser does at the site, without one: its cookies, its token against forgery, its acts and its ear."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

CASE, FORM = "demo", "demo/visit"
_WAITS = 60.0  # seconds for an answer
_IDLE = 2.0  # seconds after which a line is taken anew: the server gives up those that are not used


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Client:
    """Somebody at a browser. It keeps one line to the server and takes a new one when that broke."""

    def __init__(self, port: int, name: str, session: str) -> None:
        self.port, self.name = port, name
        self.cookies = {"session": session} if session else {}
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAITS)
        self.token, self.used = "", time.monotonic()
        self.ear = self.line

    def twin(self) -> Client:
        """The same person at a second window, with a line of its own."""
        other = Client(self.port, self.name, self.cookies.get("session", ""))
        other.cookies, other.token = dict(self.cookies), self.token
        return other

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Raises OSError or HTTPException when the server does not answer: then nobody knows whether it did it."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self.used > _IDLE:
            self.line.close()
        try:
            self.line.request(method, path, body or None, {"Cookie": cookies, **(headers or {})})
            found = self.line.getresponse()
            told = found.read()
        except (OSError, http.client.HTTPException):
            self.line.close()
            raise
        self.used = time.monotonic()
        for name, value in found.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")[0].partition("=")
                self.cookies[cookie] = rest
        return Answer(found.status, told, dict(found.getheaders()))

    def get(self, path: str, kind: str = "application/json") -> Answer:
        return self.ask("GET", path, headers={"Accept": kind})

    def post(self, path: str, **told: object) -> Answer:
        """As scripts of a page do."""
        return self._posted(path, json.dumps(told).encode(), "application/json", "application/json")

    def send(self, path: str, **told: str) -> Answer:
        """As a form of a page is sent."""
        return self._posted(path, urlencode(told).encode(), "application/x-www-form-urlencoded", "text/html")

    def _posted(self, path: str, body: bytes, kind: str, accept: str) -> Answer:
        self.token = self.token or self.get("/alive").told["csrf"]
        headers = {"X-CSRFToken": self.token, "Content-Type": kind, "Accept": accept}
        return self.ask("POST", path, body, headers)

    # ------------------------------------------------------------ at a form

    def page(self, form: str = FORM, case: str = CASE) -> dict[str, Any]:
        """A form as it is now."""
        found = self.get(f"{at(case, form)}/since?version=")
        assert found.status == 200, found.text
        told: dict[str, Any] = found.told["page"]
        return told

    def act(self, name: str, item: str, form: str = FORM, case: str = CASE, **told: object) -> Answer:
        return self.post(f"{at(case, form)}/acts/{name}", item=item, **told)

    def write(self, item: str, typed: str, base: str, row: str = "", column: str = "") -> Answer:
        return self.act("write", item, typed=typed, base=base, row=row, column=column)

    @contextmanager
    def listening(self, form: str = FORM, case: str = CASE) -> Iterator[Iterator[tuple[str, Any]]]:
        """The events of a case as they come, on a line of their own."""
        self.ear = line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_WAITS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request("GET", f"/cases/{quote(case)}/events?form={quote(form, safe='')}",
                     headers={"Cookie": cookies, "Accept": "text/event-stream"})  # fmt: skip
        stream = line.getresponse()
        assert stream.status == 200, stream.read()
        try:
            yield _events(stream)
        finally:
            stream.close()
            line.close()


def _events(stream: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    name = ""
    while line := stream.readline():
        key, _, value = line.decode().rstrip("\n").partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)


def at(case: str, form: str) -> str:
    return f"/cases/{quote(case)}/forms/{quote(form)}"


def rows(page: Mapping[str, Any], item: str = "services") -> list[dict[str, Any]]:
    """The rows of a table on a page."""
    found: list[dict[str, Any]] = next(each for each in page["items"] if each["name"] == item)["table"]["rows"]
    return found


def typed(page: Mapping[str, Any], item: str) -> str:
    """What stands at a question."""
    answer = next(each for each in page["items"] if each["name"] == item)["answer"]
    return str(answer.get("typed", ""))


def cell(row: Mapping[str, Any], column: str) -> str:
    """What stands in a cell of a row."""
    return str(row["cells"][column].get("typed", ""))
