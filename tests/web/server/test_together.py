"""Two people at two browsers and somebody with an editor beside them, all through the addresses of the site: each
confirmed value is on disk or was seen by who replaced it, undo takes back one's own, the history is whole.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml
from django.db import connections
from django.http import HttpResponse
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from assembler.actions.desk.data import change_from
from assembler.model.acts import Change
from assembler.web import history
from tests.web.server.conftest import BOTH, SITE
from tests.web.server.databases import Database
from tests.web.server.offices import CASE, FORM, Browser, opened

DATABASES = BOTH

START = "form: demo/visit\nservices:\n  - {name: s1, address: s2}\n  - {name: s3}\n  - {name: s4, address: s5}\n"
COLUMNS = ("name", "address")
WHO, ROW, COLUMN = st.integers(0, 1), st.integers(0, 30), st.sampled_from(COLUMNS)
Row = dict[str, Any]


class Window:
    """Somebody's browser, with the rows as he saw them last and all that he wrote."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.rows = browser, list[Row]()
        self.wrote: set[str] = {""}
        self.look()

    def look(self) -> None:
        page = self.browser.see("since", CASE, FORM).json()["page"]
        self.rows = next(item for item in page["items"] if item["name"] == "services")["table"]["rows"]

    def row(self, number: int) -> Row:
        return self.rows[number % len(self.rows)]

    def behind(self, number: int) -> str:
        """The key of a row, or the place before all of them."""
        return str(("", *(row["key"] for row in self.rows))[number % (len(self.rows) + 1)])


def said(row: Row, column: str) -> str:
    return str(row["cells"][column].get("typed", ""))


class Together(RuleBasedStateMachine):
    """``told`` are the rows by their keys, in order, as the answers of the site say they became."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.folder, self.closing, self.count = Path(tempfile.mkdtemp(prefix="together-")), ExitStack(), 0
        self.told: list[tuple[str, dict[str, str]]] = []

    @initialize()
    def begin(self) -> None:
        self.database.begun()
        office = self.closing.enter_context(opened(self.folder, SITE))
        self.file = office.case / "answers" / "visit.yaml"
        self.file.write_text(START, encoding="utf-8")
        people = (office.person("ali", "officer"), office.person("sara", "officer"))
        self.windows = [Window(office.browser(each)) for each in people]
        self.told = self.standing()

    def teardown(self) -> None:
        if hasattr(self, "windows"):
            assert history.broken_at() is None
        self.closing.close()
        connections.close_all()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------ what is

    def fresh(self) -> str:
        """A text that was never written before."""
        self.count += 1
        return f"v{self.count}"

    def on_disk(self) -> list[dict[str, str]]:
        rows = yaml.safe_load(self.file.read_text(encoding="utf-8")).get("services") or []
        return [{name: text for name, text in row.items() if text is not None} for row in rows]

    def standing(self) -> list[tuple[str, dict[str, str]]]:
        seen = Window(self.windows[0].browser).rows
        return [(row["key"], {name: said(row, name) for name in COLUMNS if said(row, name)}) for row in seen]

    @invariant()
    def what_was_told_is_on_disk(self) -> None:
        assert [cells for _, cells in self.told] == self.on_disk()

    # ------------------------------------------------------------ acts

    def done(self, who: int, answer: HttpResponse, seen: dict[tuple[str, str], str]) -> None:
        """What was changed is told, and what was gone over was seen; a conflict tells what stands."""
        told = answer.json()
        if answer.status_code == 409:
            now = dict(self.told)
            for each in told["contested"]:
                at = each["at"]
                if at.get("column") in COLUMNS and at["row"] in now:
                    assert each.get("theirs", "") == now[at["row"]].get(at["column"], "")
            return
        assert (answer.status_code, told["outcome"]) in ((200, "written"), (422, "refused")), told
        for change in map(change_from, told.get("changes", ())):
            if change.kind == "answer" and change.before:
                assert seen[change.at.row, change.at.column] == change.before
            self.windows[who].wrote.add(change.after)
            self.replay(change)

    def replay(self, change: Change) -> None:
        keys = [key for key, _ in self.told]
        if change.kind == "answer":
            cells = self.told[keys.index(change.at.row)][1]
            assert cells.pop(change.at.column, "") == change.before
            cells.update({change.at.column: change.after} if change.after else {})
            return
        line = self.told.pop(keys.index(change.at.row)) if change.kind != "inserted" else (change.at.row, {})
        if change.kind != "removed":
            keys = [key for key, _ in self.told]
            self.told.insert(keys.index(change.after) + 1 if change.after else 0, line)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        self.windows[who].look()

    @rule(who=WHO, number=ROW, column=COLUMN, clear=st.booleans())
    def put(self, who: int, number: int, column: str, clear: bool) -> None:
        window = self.windows[who]
        if window.rows:
            row, text = window.row(number), "" if clear else self.fresh()
            told = {"item": "services", "row": row["key"], "column": column, "typed": text, "base": said(row, column)}
            self.done(who, window.browser.act("write", **told), {(row["key"], column): said(row, column)})

    @rule(who=WHO, number=ROW, count=st.integers(1, 2))
    def insert(self, who: int, number: int, count: int) -> None:
        window = self.windows[who]
        self.done(who, window.browser.act("insert", item="services", count=count, behind=window.behind(number)), {})

    @rule(who=WHO, number=ROW)
    def remove(self, who: int, number: int) -> None:
        window = self.windows[who]
        if window.rows:
            row = window.row(number)
            answer = window.browser.act("remove", item="services", rows=[[row["key"], row["stamp"]]])
            self.done(who, answer, {(row["key"], name): said(row, name) for name in COLUMNS})

    @rule(who=WHO, number=ROW, to=ROW)
    def move(self, who: int, number: int, to: int) -> None:
        window = self.windows[who]
        if window.rows:
            told = {"item": "services", "row": window.row(number)["key"], "behind": window.behind(to)}
            self.done(who, window.browser.act("move", **told), {})

    @rule(who=WHO, number=ROW, lines=st.integers(1, 3))
    def paste(self, who: int, number: int, lines: int) -> None:
        """As a page does it: a preview, then the block over what it showed."""
        window = self.windows[who]
        if not window.rows or window.row(number)["key"] not in dict(self.told):
            return
        told = {"item": "services", "row": window.row(number)["key"], "column": "name"}
        told["text"] = "\n".join(self.fresh() for _ in range(lines))
        preview = window.browser.act("paste", **told).json()
        assert preview["outcome"] == "preview", preview
        seen = {(cell["row"], cell["column"]): cell.get("was", "") for cell in preview["cells"] if cell.get("row")}
        self.done(who, window.browser.act("paste", **told, base=preview["base"]), seen)

    @rule(who=WHO)
    def take_back(self, who: int) -> None:
        """Only what one wrote oneself is gone over."""
        window = self.windows[who]
        answer = window.browser.send("undo", CASE, FORM)
        if answer.json().get("kind") != "nothing":
            changes = [change_from(each) for each in answer.json().get("changes", ())]
            assert {each.before for each in changes if each.kind == "answer"} <= window.wrote
            self.done(who, answer, {(each.at.row, each.at.column): each.before for each in changes})

    @rule(number=ROW, column=COLUMN)
    def edit_beside(self, number: int, column: str) -> None:
        """An editor, which asks nobody."""
        rows = self.on_disk()
        if rows:
            rows[number % len(rows)][column] = self.fresh()
            text = yaml.safe_dump({"form": FORM, "services": rows}, allow_unicode=True, sort_keys=False)
            self.file.write_text(text, encoding="utf-8")
            self.told = self.standing()


def test_each_confirmed_value_is_on_disk_or_was_seen_and_replaced(database: Database) -> None:
    Together.database = database
    run_state_machine_as_test(
        Together, settings=settings(max_examples=4, stateful_step_count=25, deadline=None, derandomize=True)
    )
