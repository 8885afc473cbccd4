"""The text of a cell: its editor, its keys, what is stored of it."""

import json
import re

from tests.browser.cells import Cell
from tests.browser.conftest import NO_VIOLATIONS


def test_copy_says_so_where_it_was_pressed(lab):
    lab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = Cell(lab.open_without_python(), "lookup").open()
    copy = cell.button("Copy the code")
    copy.click()
    cell.at.locator(".cell-tools button", has_text="Copied").wait_for()
    assert cell.at.locator(".cell-tools [role=status]").inner_text() == "Copied"
    assert "looked_up = layer.forward(ids)" in lab.page.evaluate("navigator.clipboard.readText()")
    cell.at.locator(".cell-tools button", has_text=re.compile("^Copy$")).wait_for()
    lab.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    copy.click()
    cell.says("does not let a page copy")


def test_a_cell_that_the_search_found_is_of_one_colour(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    cell.at.evaluate("cell => cell.classList.add('found')")
    colours = cell.at.evaluate(
        "cell => [cell, cell.querySelector('.cm-gutters')].map((part) => getComputedStyle(part).backgroundColor)"
    )
    assert colours[0] == colours[1]


def test_edits_survive_a_reload_and_can_be_undone(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    original = cell.text
    cell.write("mine = 1")
    lab.page.reload()
    cell.open()
    assert cell.text == "mine = 1" and cell.at.locator(".cell-flag").is_visible()
    cell.press("Reset to the original")
    assert cell.text == original
    cell.press("Bring my text back")
    assert cell.text == "mine = 1"
    cell.press("Reset to the original")
    lab.page.reload()
    assert cell.open().text == original and cell.at.locator(".cell-flag").is_hidden()


def test_an_original_that_has_changed_since(lab):
    lab.page.add_init_script(
        "localStorage['cell:lookup'] ??= " + json.dumps(json.dumps({"text": "mine = 1", "original": "00000000"}))
    )
    cell = Cell(lab.open_without_python(), "lookup").open()
    assert cell.text == "mine = 1" and "has changed too" in cell.note
    cell.press("Keep mine")
    lab.page.reload()
    cell.open()
    assert cell.text == "mine = 1" and cell.at.locator(".cell-note").is_hidden()


def test_a_full_storage_is_told(lab):
    lab.page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    cell = Cell(lab.open_without_python(), "lookup").open()
    cell.write("mine = 1")
    cell.at.locator(".cell-note", has_text="storage is full").wait_for()
    assert cell.text == "mine = 1" and "mine" not in cell.run("print('it runs')")


def test_keys_run_a_cell_and_leave_it(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    focused = "document.activeElement.closest('.cm-content') !== null"
    cell.at.locator(".cm-content").focus()
    described = cell.at.locator(".cm-content").get_attribute("aria-describedby")
    help = lab.page.locator(f"#{described}")
    help.wait_for()  # CodeMirror marks its focus a moment later
    assert "Tab leaves the editor until you type" in help.inner_text()
    assert "Ctrl + Enter runs" in help.inner_text()
    for keys in ("Shift+Enter", "Control+Enter", "Meta+Enter"):
        cell.at.locator(".cell-status").evaluate("status => { status.textContent = '' }")
        lab.page.keyboard.press(keys)
        cell.says("Done")
    lab.page.keyboard.press("Enter")
    assert "Esc, then Tab leaves the editor" in help.inner_text()
    lab.page.keyboard.press("Tab")
    assert lab.page.evaluate(focused) and "\n    import numpy" in cell.text  # Tab indents
    lab.page.keyboard.press("Escape")
    assert "Tab leaves the editor until you type" in help.inner_text()
    lab.page.keyboard.press("Tab")
    assert not lab.page.evaluate(focused)
    assert lab.page.evaluate("document.activeElement.textContent") == "Run"


def test_the_failing_line_is_marked_until_the_next_edit_or_run(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    number, line = cell.at.locator(".cell-failed-number"), cell.at.locator(".cell-failed-line")
    cell.run("x = 0\n\nprint(1 / x)\n", status="error")
    assert number.inner_text().endswith("3") and line.inner_text() == "print(1 / x)"
    assert number.get_attribute("title") == "ZeroDivisionError: division by zero"
    assert number.evaluate("one => getComputedStyle(one, '::before').content") == '"×"'  # not by its colour alone
    cell.at.locator(".cm-content").press_sequentially("#")
    assert number.count() == line.count() == 0
    cell.run("y = (", status="error")
    assert number.inner_text().endswith("1") and "SyntaxError" in number.get_attribute("title")
    cell.run("y = 1")
    assert number.count() == 0
    cell.run("import json\njson.loads('x')", status="error")  # it arose in a library
    assert number.inner_text().endswith("2")
    assert lab.violations("#cell-lookup") == NO_VIOLATIONS


def test_tab_goes_through_an_editor_and_changes_nothing(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    at = "document.activeElement.textContent"
    original = cell.text
    cell.button("Copy the code").focus()
    lab.page.keyboard.press("Tab")
    assert lab.page.evaluate(at) == "Save"
    lab.page.keyboard.press("Tab")
    assert "EmbeddingLayer" in lab.page.evaluate(at)
    lab.page.keyboard.press("Tab")
    assert lab.page.evaluate(at) == "Run"
    lab.page.keyboard.press("Shift+Tab")
    lab.page.keyboard.press("Shift+Tab")
    assert lab.page.evaluate(at) == "Save"
    assert cell.text == original and cell.at.locator(".cell-flag").is_hidden()
    cell.at.locator(".cm-content").click()  # whoever clicks into it means to write
    assert "Tab indents" in cell.at.locator(".cell-help").inner_text()
    lab.page.keyboard.press("Tab")
    assert cell.text != original and cell.at.locator(".cm-content").evaluate("e => e === document.activeElement")


def test_nothing_of_the_cells_is_loaded_before_a_user_comes_near(lab):
    asked = []

    def note(request):
        name = request.url.rsplit("/", 1)[-1].split("?")[0]
        asked.append(re.sub("-[0-9A-Z]{8}[.]", ".", name))  # without the bundle's hash

    lab.page.on("request", note)
    lab.open_without_python()  # which is loaded before what may be wanted later
    assert not {"editor.js", "cells.js", "exercises.js", "katex-fonts.css", "cells-worker.js"} & set(asked)
    Cell(lab, "lookup").open()
    assert {"editor.js", "cells.js", "exercises.js", "katex-fonts.css"} <= set(asked)
    assert "lab.zip.bin" not in asked  # nor an interpreter before it is wanted


def test_without_javascript_the_code_is_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert "looked_up = layer.forward(ids)" in page.inner_text("#cell-lookup pre")
    assert page.locator("#embedding-layer math").first.is_visible()
    context.close()
