"""What people do at a site of two processes, on SQLite and on PostgreSQL: whichever process answers, it is one site."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from assembler.base.files import write_whole
from tests.web.processes.clients import CASE, FORM, Client, at, cell, rows, typed
from tests.web.processes.load import load, lost, stands
from tests.web.processes.serving import Served, environment, serving, until

SOUND = "همه رویدادها همان است که نگه داشته شده بود."


def test_the_database_is_made_once_and_known_to_the_commands(served: Served) -> None:
    told = _command(served, "add", "nader", "--role", "reviewer")
    assert "nader" in told
    again = _command(served, "list")
    assert {"nader", *served.sessions} <= {line.split()[0] for line in again.splitlines()}


def test_people_sign_in_with_what_they_were_given(served: Served) -> None:
    password = _command(served, "add", "tara", "--role", "officer").splitlines()[-1]
    came = served.client()
    assert came.get("/", "text/html").status == 302
    assert came.send("/sign-in", name="tara", password=password[::-1]).status == 403
    came.token = ""
    found = came.send("/sign-in", name="tara", password=password)
    assert (found.status, found.headers["Location"]) == (302, "/password")
    came.token = ""
    new = "یک جمله تازه برای ورود"
    assert came.send("/password", now=password, password=new, again=new).status == 302
    for client in in_each_process(served, came):
        assert client.get("/", "text/html").status == 200


def test_an_answer_is_on_disk_and_in_the_history(served: Served) -> None:
    ali, sara = served.client("ali"), served.client("sara")
    base = typed(ali.page(), "score")
    assert ali.write("score", "۸", base).told["outcome"] == "written"
    assert "score: 8" in _answers(served)
    assert sara.write("score", "۹", "۸").told["outcome"] == "written"
    for client in in_each_process(served, served.client("reza")):
        told = client.get(f"{at(CASE, FORM)}/past?item=score").told["entries"]
        assert [(each["who"], each["before"], each["after"]) for each in told[:2]] == [
            ("Sara", "۸", "۹"),
            ("Ali", base, "۸"),
        ]


def test_rows_are_added_filled_moved_removed_and_put_back(served: Served) -> None:
    ali, sara = in_each_process(served, served.client("ali"))
    before = [cell(row, "name") for row in rows(ali.page())]
    assert ali.act("insert", "services", count=2, behind="").status == 200
    first, second, *_ = (row["key"] for row in rows(sara.page()))
    assert sara.write("services", "تازه", "", first, "name").status == 200
    assert ali.write("services", "دیگر", "", second, "name").status == 200
    assert sara.act("move", "services", row=second, behind="").status == 200
    assert [cell(row, "name") for row in rows(ali.page())] == ["دیگر", "تازه", *before]
    stamp = next(row["stamp"] for row in rows(ali.page()) if row["key"] == first)
    assert ali.act("remove", "services", rows=[[first, stamp]]).status == 200
    assert sara.post(f"{at(CASE, FORM)}/undo").status == 200
    assert [cell(row, "name") for row in rows(sara.page())] == ["دیگر", "تازه", *before]


def test_two_who_write_one_answer_in_two_processes_see_each_other(served: Served) -> None:
    ali, sara = in_each_process(served, served.client("ali"), served.client("sara"))
    base = typed(sara.page(), "title")
    assert ali.write("title", "عنوان علی", base).status == 200
    found = sara.write("title", "عنوان سارا", base)
    assert found.status == 409
    (told,) = found.told["contested"]
    assert (told["theirs"], told["yours"], told["who"]) == ("عنوان علی", "عنوان سارا", "Ali")
    assert "عنوان علی" in _answers(served)


def test_others_hear_of_a_change_in_another_process(served: Served) -> None:
    ali, sara = in_each_process(served, served.client("ali"), served.client("sara"))
    with ali.listening() as heard:
        while process_of(served, ali.ear) == process_of(served, sara.line):
            sara.get("/alive")
            sara.line.close()
            sara.get("/alive")
        sara.write("story", "شنیده شد", typed(sara.page(), "story"))
        told = _heard(heard, "changed", lambda told: told["entries"])
    assert (told["entries"][0]["shown"], told["entries"][0]["item"]) == ("Sara", "story")


def test_a_file_that_was_changed_beside_is_told(served: Served) -> None:
    ali = served.client("ali")
    path = served.place.case / "answers" / "second.yaml"
    with ali.listening() as heard:
        # At once: between emptying and filling a file the site would tell of an empty one.
        write_whole(path, b"form: demo/second\nprinted:\n  r1: {value: 5}\n")
        told = _heard(heard, "changed", lambda told: not told["entries"])
    assert ali.page("demo/second")["version"] == told["version"]


def test_who_is_here_is_seen_from_all_processes_and_gone_when_he_left(served: Served) -> None:
    reza, mina = served.client("reza"), served.client("mina")
    with reza.listening() as heard:
        with mina.listening():
            told = _heard(heard, "people", lambda told: any(each["shown"] == "Mina" for each in told))
            assert {"name": "mina", "shown": "Mina", "form": FORM} in told
        _heard(heard, "people", lambda told: all(each["shown"] != "Mina" for each in told))


def test_comments_are_addressed_answered_and_settled(served: Served) -> None:
    ali, sara = in_each_process(served, served.client("ali"), served.client("sara"))
    comments = f"{at(CASE, FORM)}/comments"
    made = ali.post(f"{comments}/add", text="این عدد درست است؟", item="score", to="sara").told["comment"]
    told = next(each for each in sara.get(comments).told["comments"] if each["number"] == made["number"])
    assert (told["who"], told["to"], told["item"], told["settled"]) == ("Ali", "Sara", "score", "")
    assert sara.post(f"{comments}/add", text="بله", answers=made["number"]).status == 200
    assert sara.post(f"{comments}/{made['number']}/settle", settled=True).told["comment"]["settled"] == "Sara"


def test_a_check_is_told_by_every_process(served: Served) -> None:
    ali = served.client("ali")
    job = ali.post(f"/cases/{CASE}/jobs/begin/check").told["job"]

    def done(client: Client) -> dict[str, Any] | None:
        told: dict[str, Any] = client.get(f"/cases/{CASE}/jobs/{job['id']}").told["job"]
        return told if told["state"] == "done" else None

    found = [until(lambda client=client: done(client)) for client in in_each_process(served, ali)]
    assert found[0] == found[1]
    assert "counts" in found[0]


def test_many_who_write_at_once_lose_nothing_and_the_audit_is_whole(served: Served) -> None:
    _in_rows(served)
    people = [name for name in served.sessions if name != "reza"]
    mina = served.client("mina")
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(load, served, people * 2, 8)
        while not writing.done():  # who looks while others write sees no fault either
            assert SOUND in mina.get("/audit", "text/html").text
    record = writing.result()
    assert len({told.who for told in record.confirmed}) > 2
    assert record.conflicts > 0
    assert lost(record.confirmed, stands(served, mina)) == []
    assert SOUND in mina.get("/audit", "text/html").text
    entries = list(csv.DictReader(io.StringIO(mina.get("/audit.csv", "text/html").text.lstrip("\ufeff"))))
    answers = Counter(each["after"] for each in entries if each["kind"] == "answer")
    assert [told for told in record.confirmed if answers[told.value] != 1] == []


@pytest.mark.parametrize("change", ["UPDATE web_entry SET who = 'somebody'", "DELETE FROM web_entry"])
def test_the_database_itself_refuses_to_change_the_audit(served: Served, change: str) -> None:
    ali = served.client("ali")
    ali.write("score", "۷", typed(ali.page(), "score"))
    with ExitStack() as lines:
        file = served.home / "site.sqlite3"
        line: Any = psycopg.connect(served.database) if served.database else sqlite3.connect(file)
        lines.enter_context(closing(line))
        with pytest.raises((psycopg.Error, sqlite3.Error), match="what was kept in the audit is never changed"):
            line.execute(change)


def test_more_may_listen_than_the_database_has_lines(served: Served) -> None:
    with ExitStack() as ears:
        heard = [ears.enter_context(served.client("all").listening()) for _ in range(12)]
        heard += [ears.enter_context(served.client("mina").listening()) for _ in range(12)]
        ali = served.client("ali")
        assert ali.write("score", "۶", typed(ali.page(), "score")).status == 200
        for each in heard:
            _heard(each, "changed", lambda told: any(entry["item"] == "score" for entry in told["entries"]))


@pytest.mark.parametrize(
    "odd", ["\x00", "\ud800", "x" * 5000, "'; DROP TABLE web_entry; --", "٩" * 70], ids=lambda odd: repr(odd)[:12]
)
def test_odd_texts_are_no_faults_of_the_site(served: Served, odd: str) -> None:
    ali, mina, nobody = served.client("ali"), served.client("mina"), served.client()
    comments = f"{at(CASE, FORM)}/comments/add"
    found = [
        ali.write("title", f"الف{odd}", typed(ali.page(), "title")),
        ali.write(odd, "الف", ""),
        ali.write("services", "الف", "", odd, "name"),
        ali.act("paste", "title", text=f"الف{odd}"),
        ali.post(comments, text=f"الف{odd}", to=odd),
    ]
    sent = odd.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    found += [
        nobody.send("/sign-in", name=sent, password=sent),
        mina.send("/people/add", name="good", shown=sent, roles="officer", units=sent),
        mina.send("/people/add", name=sent, shown="خوب", roles="officer"),
        mina.get(f"/audit?who={_quoted(odd)}&case={_quoted(odd)}&page={_quoted(odd)}", "text/html"),
        mina.get(f"/people/{_quoted(odd)}", "text/html"),
        mina.get(f"/cases/{_quoted(odd)}/events", "text/event-stream"),
        mina.get(f"/?q={_quoted(odd)}", "text/html"),
        ali.get(f"{at(CASE, FORM)}/past?item={_quoted(odd)}"),
        ali.get(f"{at(CASE, FORM)}/file?item={_quoted(odd)}"),
        ali.get(f"{at(CASE, FORM)}/since?version={_quoted(odd)}"),
    ]
    assert [answer.status for answer in found if answer.status >= 500] == []
    assert "Traceback" not in served.log


def test_it_stops_in_order_and_begins_again_with_what_was_there(database: str, tmp_path: Path) -> None:
    if database:
        pytest.skip("one database is enough")
    with serving(tmp_path) as site:
        ali = site.client("ali")
        assert ali.write("title", "پیش از توقف", typed(ali.page(), "title")).status == 200
        assert site.stop() == 0
        assert site.log == ""
        site.start()
        found = site.client("ali").get(f"{at(CASE, FORM)}/past?item=title").told["entries"]
        assert found[0]["after"] == "پیش از توقف"


# ---------------------------------------------------------------- what helps


def in_each_process(served: Served, *clients: Client) -> list[Client]:
    """The clients, or one twice, each with a line to another process of the site."""
    first, second = clients if len(clients) == 2 else (clients[0], clients[0].twin())
    first.get("/alive")
    for _ in range(200):
        second.get("/alive")
        if process_of(served, first.line) != process_of(served, second.line):
            return [first, second]
        second.line.close()
    raise AssertionError("only one process answers")


def process_of(served: Served, line: Any) -> str:
    """The process at the other end of a line."""
    port = line.sock.getsockname()[1]
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    theirs = f"0100007F:{served.port:04X} 0100007F:{port:04X}"
    (inode,) = (words[9] for words in map(str.split, lines) if f"{words[1]} {words[2]}" == theirs)
    for process in _below(served):
        for handle in Path(f"/proc/{process}/fd").iterdir():
            # A handle may be closed between the list and the look at it.
            with suppress(FileNotFoundError):
                if str(handle.readlink()) == f"socket:[{inode}]":
                    return process
    raise AssertionError("nobody is there")


def _below(served: Served) -> Iterator[str]:
    assert served.process is not None
    for task in Path(f"/proc/{served.process.pid}/task").glob("*/children"):
        yield from task.read_text(encoding="ascii").split()


def _heard(heard: Iterator[tuple[str, Any]], kind: str, fits: Any) -> Any:
    """The first event of a kind that fits."""
    return next(told for name, told in heard if name == kind and fits(told))


def _command(served: Served, *words: str) -> str:
    """What `assembler user` says."""
    where = ["--cases", str(served.place.case.parent), "--home", str(served.home), "--database", served.database]
    done = subprocess.run(
        [sys.executable, "-m", "assembler", "--lang", "en", "user", *where, *words],
        capture_output=True, text=True, env=environment(), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _answers(served: Served) -> str:
    return (served.place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")


def _in_rows(served: Served) -> None:
    """Another process writes three rows in place of what was there."""
    text = re.sub(r"(?s)services:\n.*", "", _answers(served))
    rows = "services:\n" + "".join(f"  - {{name: s{number}, address: t{number}}}\n" for number in range(3))
    (served.place.case / "answers" / "visit.yaml").write_text(text + rows, encoding="utf-8")


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"), safe="")
