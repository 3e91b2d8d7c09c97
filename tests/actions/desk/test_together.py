"""Two people at two processes, and somebody with an editor beside them: each confirmed value is on disk, or was seen
and replaced; and what is told of an act is all of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.paste import paste
from assembler.actions.desk.table import insert_rows, move_row, remove_rows
from assembler.actions.desk.undo import undo
from assembler.actions.desk.write import write
from assembler.actions.open_case import OpenCase
from assembler.actions.set import delete_row, set_answer
from assembler.answers import form_to_yaml
from assembler.base.messages import choose
from assembler.model.acts import Change, Conflict, Outcome, Preview, Refused, Target, Written
from assembler.model.answers import AnsweredForm
from assembler.model.page import FormPage, PageRow
from assembler.model.row_keys import KeysInMemory
from assembler.model.specs import FormSpec
from tests.actions.desk.desks import FORM, OFFICER, OTHER
from tests.collect.fill.filling import make_rich_workplace

TABLE = Target(FORM, "services")
COLUMNS = ("name", "address")
START = """\
form: demo/visit
services:
  - {name: s1, address: s2}
  - {name: s3}
  - {name: s4, address: s5}
"""
Cells = dict[str, str]
WHO = st.integers(0, 1)
ROW = st.integers(0, 30)
COLUMN = st.sampled_from(COLUMNS)


class Writer:
    """Somebody at a desk, with the page as he saw it last and what he did."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk, self.person = desk, (OFFICER, OTHER)[number]
        self.acts: list[tuple[Change, ...]] = []
        self.page = desk.page(self.person, FORM)

    def look(self) -> None:
        self.page = self.desk.page(self.person, FORM)

    @property
    def rows(self) -> tuple[PageRow, ...]:
        return rows_of(self.page)


def rows_of(page: FormPage) -> tuple[PageRow, ...]:
    table = page.item("services").table
    assert table is not None
    return table.rows


class Together(RuleBasedStateMachine):
    """``told`` are the rows by their keys, in order, as the acts say they became."""

    def __init__(self) -> None:
        super().__init__()
        choose("fa")
        self.folder = Path(tempfile.mkdtemp(prefix="together-"))
        self.count = 0
        self.told: list[tuple[str, Cells]] = []

    @initialize()
    def begin(self) -> None:
        self.place = make_rich_workplace(self.folder, START)
        self.store = KeysInMemory()
        self.writers = [Writer(self.desk(), number) for number in (0, 1)]
        self.told = self.standing()

    def desk(self) -> Desk:
        return Desk(self.place.case, self.place.settings, self.store)

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self) -> str:
        """A text that was never written before."""
        self.count += 1
        return f"v{self.count}"

    # ------------------------------------------------------------ what is

    def answered(self) -> AnsweredForm:
        found = OpenCase.read(self.place.case, self.place.settings).answered(FORM)
        assert found is not None
        return found

    def on_disk(self) -> list[Cells]:
        text = (self.place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")
        rows = yaml.safe_load(text).get("services") or []
        return [{name: said for name, said in row.items() if said is not None} for row in rows]

    def standing(self) -> list[tuple[str, Cells]]:
        """The rows as a process sees them that has only now begun."""
        rows = rows_of(self.desk().page(OFFICER, FORM))
        return [(row.key, {name: row.cells[name].typed for name in COLUMNS if row.cells[name].typed}) for row in rows]

    @invariant()
    def what_was_told_is_on_disk(self) -> None:
        assert [cells for _, cells in self.told] == self.on_disk()

    @invariant()
    def rows_are_known_by_their_keys(self) -> None:
        assert self.told == self.standing()

    # ------------------------------------------------------------ acts

    def done(self, writer: Writer, outcome: Outcome, seen: dict[tuple[str, str], str]) -> None:
        """What an act changed, it says; what it went over, its writer saw."""
        if isinstance(outcome, Conflict | Refused):
            return
        assert isinstance(outcome, Written)
        for change in outcome.changes:
            if change.kind == "answer" and change.before:
                assert seen[change.at.row, change.at.column] == change.before
            self.replay(change)
        writer.acts += [outcome.changes] if outcome.changes else []

    def replay(self, change: Change) -> None:
        keys = [key for key, _ in self.told]
        if change.kind == "answer":
            cells = self.told[keys.index(change.at.row)][1]
            assert cells.get(change.at.column, "") == change.before
            cells.pop(change.at.column, None)
            if change.after:
                cells[change.at.column] = change.after
            return
        line = self.told.pop(keys.index(change.at.row)) if change.kind != "inserted" else (change.at.row, {})
        if change.kind != "removed":
            keys = [key for key, _ in self.told]
            self.told.insert(keys.index(change.after) + 1 if change.after else 0, line)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        self.writers[who].look()

    @rule(who=WHO, row=ROW, column=COLUMN, clear=st.booleans())
    def put(self, who: int, row: int, column: str, clear: bool) -> None:
        writer = self.writers[who]
        if not writer.rows:
            return
        seen = writer.rows[row % len(writer.rows)]
        base = seen.cells[column].typed
        outcome = write(
            writer.desk, writer.person, Target(FORM, "services", seen.key, column), "" if clear else self.fresh(), base
        )
        self.done(writer, outcome, {(seen.key, column): base})

    @rule(who=WHO, row=ROW, count=st.integers(1, 2))
    def insert(self, who: int, row: int, count: int) -> None:
        writer = self.writers[who]
        behind = ("", *(each.key for each in writer.rows))[row % (len(writer.rows) + 1)]
        self.done(writer, insert_rows(writer.desk, writer.person, TABLE, count, behind=behind), {})

    @rule(who=WHO, rows=st.sets(ROW, min_size=1, max_size=2))
    def remove(self, who: int, rows: set[int]) -> None:
        writer = self.writers[who]
        if not writer.rows:
            return
        seen = {row.key: row for row in (writer.rows[at % len(writer.rows)] for at in rows)}
        outcome = remove_rows(writer.desk, writer.person, TABLE, [(row.key, row.stamp) for row in seen.values()])
        self.done(
            writer, outcome, {(key, name): row.cells[name].typed for key, row in seen.items() for name in COLUMNS}
        )

    @rule(who=WHO, row=ROW, to=ROW)
    def move(self, who: int, row: int, to: int) -> None:
        writer = self.writers[who]
        if not writer.rows:
            return
        behind = ("", *(each.key for each in writer.rows))[to % (len(writer.rows) + 1)]
        key = writer.rows[row % len(writer.rows)].key
        self.done(writer, move_row(writer.desk, writer.person, Target(FORM, "services", key), behind), {})

    @rule(who=WHO, row=ROW, lines=st.integers(1, 3), between=st.booleans())
    def paste(self, who: int, row: int, lines: int, between: bool) -> None:
        """Somebody else may write between the preview and the block."""
        writer, other = self.writers[who], self.writers[1 - who]
        if not writer.rows:
            return
        block = "\n".join(self.fresh() for _ in range(lines))
        at = Target(FORM, "services", writer.rows[row % len(writer.rows)].key, "name")
        if at.row not in [key for key, _ in self.told]:
            return
        preview = paste(writer.desk, writer.person, at, block)
        assert isinstance(preview, Preview)
        if between:
            other.look()
            self.put(1 - who, row, "name", clear=False)
        outcome = paste(writer.desk, writer.person, at, block, preview.base)
        if isinstance(outcome, Preview):
            assert between
            return
        self.done(writer, outcome, {(cell.row, cell.column): cell.was for cell in preview.cells if cell.row})

    @precondition(lambda self: any(writer.acts for writer in self.writers))
    @rule(who=WHO, back=st.integers(0, 3))
    def take_back(self, who: int, back: int) -> None:
        writer = self.writers[who]
        if not writer.acts:
            return
        changes = writer.acts.pop(-1 - back % len(writer.acts))
        mine = {(each.at.row, each.at.column): each.after for each in reversed(changes) if each.kind == "answer"}
        self.done(writer, undo(writer.desk, writer.person, changes), mine)

    # ------------------------------------------------------------ somebody beside

    @rule(row=ROW, column=COLUMN)
    def set_beside(self, row: int, column: str) -> None:
        """The command line: keys stay where one cell changed."""
        if not self.told:
            return
        at, text = row % len(self.told), self.fresh()
        set_answer(self.place.case, f"demo/visit.services:{at + 1}.{column}", text, self.place.settings)
        self.told[at][1][column] = text

    @rule(row=ROW)
    def delete_beside(self, row: int) -> None:
        if not self.told:
            return
        at = row % len(self.told)
        delete_row(self.place.case, f"demo/visit.services:{at + 1}", self.place.settings)
        gone = self.told.pop(at)
        self.reckon_keys(known=[line for line in self.told if line[1] != gone[1]])

    @rule(rows=st.lists(ROW, max_size=4), edit=ROW)
    def edit_beside(self, rows: list[int], edit: int) -> None:
        """An editor, which holds nothing and asks nobody: rows in another order, one of them with another text."""
        form, lines = self.answered(), list(self.told)
        table = list(form.tables.get("services", ()))
        for at in rows:
            if table:
                table.append(table.pop(at % len(table)))
                lines.append(lines.pop(at % len(lines)))
        text = form_to_yaml(AnsweredForm(FORM, form.values, {"services": tuple(table)}), self.spec())
        known = list(lines)
        if lines and (was := lines[edit % len(lines)][1].get("name")):
            new = self.fresh()
            text = text.replace(f"name: {was}\n", f"name: {new}\n")
            known = [line for line in known if line[1].get("name") != was]
            lines[edit % len(lines)][1]["name"] = new
        (self.place.case / "answers" / "visit.yaml").write_text(text, encoding="utf-8")
        self.told = lines
        self.reckon_keys(known)

    def reckon_keys(self, known: list[tuple[str, Cells]]) -> None:
        """What others left as it was keeps its key, blank rows aside; of the rest the keys are looked up."""
        now = self.standing()
        assert [cells for _, cells in now] == [cells for _, cells in self.told]
        assert len({key for key, _ in now}) == len(now)
        keys = {repr(cells): key for key, cells in now}
        counted = Counter(repr(cells) for _, cells in now)
        for key, cells in known:
            if cells and counted[repr(cells)] == 1:
                assert keys[repr(cells)] == key
        self.told = now

    def spec(self) -> FormSpec:
        return OpenCase.read(self.place.case, self.place.settings).specs[FORM]


TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=8, stateful_step_count=25, deadline=None, derandomize=True)
