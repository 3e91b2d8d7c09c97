"""Tables of departments in a browser: files are dropped, columns dragged, and what was seen is written."""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import expect

from tests.actions.test_intake import scrap
from tests.web.browser.test_answers import on_disk
from tests.web.browser.test_pages import is_too_wide, violations
from tests.web.browser.visitors import PHONE, Visitor

DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0)), given = new DataTransfer();
  given.items.add(new File([bytes], name));
  document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: given, bubbles: true}));
}"""


def test_files_are_dropped_columns_dragged_and_what_was_seen_is_written(
    ali: Visitor, case: Path, tmp_path: Path
) -> None:
    file = scrap(tmp_path / "واحد مالی.docx", ("شرح", "چند بار؟"), ("گواهی امضا", "۷"))
    page = ali.page
    page.goto(f"/cases/{case.name}")
    with page.expect_response(lambda response: "intake.js" in response.url):
        page.get_by_role("link", name="برداشتن جدول از Word").click()
    page.wait_for_load_state()  # its script listens
    with page.expect_navigation():
        page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])
    table = page.get_by_role("combobox", name="این جدول", exact=True)
    with page.expect_navigation():
        table.select_option("demo/visit.services")
    expect(table).to_have_value("demo/visit.services")
    for column, name in enumerate(("name", "count"), start=1):
        with page.expect_navigation():
            if column == 1:
                page.locator(f'[data-column="{name}"]').drag_to(page.locator("[data-drop]").nth(0))
            else:  # as those do who have no mouse
                page.locator('select[name="column-2"]').select_option(name)
        expect(page.locator(f'select[name="column-{column}"]')).to_have_value(name)
    expect(page.locator("td.new")).to_have_count(4)  # two in the file, two in the case
    assert violations(ali) == []
    for size in (PHONE, (1280, 900)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert not is_too_wide(ali)
    page.get_by_role("button", name="نوشتن در پرونده").click()
    expect(page.get_by_role("status")).to_contain_text("نوشته شد")
    assert on_disk(case)["services"][-1] == {"name": "گواهی امضا", "count": "7"}
