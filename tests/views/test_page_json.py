"""What is sent of a page is plain, small, and says all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembler.actions.desk.paste import paste
from assembler.actions.desk.table import insert_rows, remove_rows
from assembler.actions.desk.write import write
from assembler.base.messages import choose
from assembler.model.acts import Preview, Target
from assembler.views.page_json import change_from, change_json, outcome_json, page_json, preview_json
from tests.actions.desk.desks import ANSWERED, FORM, OFFICER, cell, desk_of, rows, written
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def test_a_page_is_plain_data(place: Workplace) -> None:
    data = json.loads(json.dumps(page_json(desk_of(place).page(OFFICER, FORM)), ensure_ascii=False))
    items = {item["name"]: item for item in data["items"]}
    assert items["title"]["answer"] == {"typed": "بازدید نخست", "required": True}
    assert items["reason"]["answer"] == {"relevant": False}
    assert items["days"]["choices"][0] == {"name": "sat", "label": "شنبه"}
    assert items["days"]["answer"]["chosen"] == ["sat"]
    table = items["services"]["table"]
    assert [box["text"] for box in table["head"][0]][:3] == ["ردیف", "نام خدمت", "تعداد"]
    assert table["rows"][0]["cells"]["double"] == {"shown": "۲۴", "open": False}
    assert table["least"] == 1


def test_outcomes_say_what_they_are(place: Workplace) -> None:
    desk = desk_of(place)
    at = cell(desk, 1, "count")
    done = json.loads(json.dumps(outcome_json(write(desk, OFFICER, at, "۱۴", "۱۲"))))
    assert (done["outcome"], done["changes"][0]["now"], done["others"]) == ("written", 14, ["demo/second"])
    assert done["delta"]["tables"]["services"]["rows"][0]["cells"]["count"] == {"typed": "۱۴"}
    assert "problems" not in done["delta"]
    met = json.loads(json.dumps(outcome_json(write(desk, OFFICER, at, "۱۵", "۱۲"))))
    assert met["contested"] == [{"at": vars(at), "theirs": "۱۴", "yours": "۱۵", "base": "۱۲"}]
    told = json.loads(json.dumps(outcome_json(write(desk, OFFICER, at, "پنج", "۱۴"))))
    assert (told["outcome"], told["problems"][0]["code"]) == ("refused", "not-a-number")


def test_changes_are_read_back_as_they_were(place: Workplace) -> None:
    desk = desk_of(place)
    (row, *_) = rows(desk)
    acts = [
        written(insert_rows(desk, OFFICER, Target(FORM, "services"))),
        written(remove_rows(desk, OFFICER, Target(FORM, "services"), [(row.key, row.stamp)])),
        written(write(desk, OFFICER, Target(FORM, "days"), "", "شنبه")),
        written(write(desk, OFFICER, Target(FORM, "story"), "الف\nب", "یک بند")),
    ]
    for change in (change for act in acts for change in act.changes):
        assert change_from(json.loads(json.dumps(change_json(change)))) == change


@pytest.mark.parametrize("data", [{}, {"at": "x"}, {"at": {}, "kind": "nothing"}])
def test_what_is_no_change_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        change_from(data)


def test_a_preview_is_plain_data(place: Workplace) -> None:
    desk = desk_of(place)
    found = paste(desk, OFFICER, cell(desk, 1, "count"), "۱\nپنج")
    assert isinstance(found, Preview)
    data = json.loads(json.dumps(preview_json(found)))
    assert data["cells"][0]["becomes"] == "۱"
    assert data["cells"][1]["problem"]["code"] == "not-a-number"
