"""What goes on after a cell has ended reaches it; an interpreter that ends is announced, however it ended."""

import re

import pytest

from tests.browser.cells import Cell
from tests.browser.conftest import Lab

LATE = """import asyncio
go = asyncio.Event()
async def late():
    await go.wait()
    print('late')
t = asyncio.create_task(late())
print('first')"""
HEADING = "Later, after the cell had ended:"


@pytest.fixture(scope="module")
def shared(browser, site):
    """A page whose interpreter survives: one for the tests of a file."""
    lab = Lab(browser, site).open_without_python()
    yield lab
    lab.close()


@pytest.fixture
def cells(shared):
    yield [Cell(shared, name).open() for name in ("lookup", "repeats")]
    shared.page.evaluate("lab.stop()")


def let_go(lab):
    """Let the task of LATE print."""
    lab.page.evaluate("lab.run('go.set()')")


def lines(text):
    return [line for line in text.splitlines() if line]


def test_late_text_comes_to_the_cell_that_started_it(shared, cells):
    one, other = cells
    one.run(LATE)
    assert "a task goes on" in one.at.locator(".cell-status").inner_text()
    assert one.button("Stop").is_visible()
    other.run("print('other')")
    let_go(shared)
    one.at.locator(".cell-printed", has_text="late").wait_for()
    assert lines(one.output) == ["first", HEADING, "late"] and lines(other.output) == ["other"]
    one.button("Restart").wait_for()
    assert re.fullmatch(r"Done in [\d.]+ s", one.at.locator(".cell-status").inner_text())


def test_text_of_an_earlier_run_says_so(shared, cells):
    one, _ = cells
    one.run(LATE)
    one.run("print('anew')")
    let_go(shared)
    one.at.locator(".cell-printed", has_text="late").wait_for()
    assert lines(one.output) == ["anew", "Later, from an earlier run:", "late"]


SURVIVED = [  # what happens in a task or callback, what the cell says of it
    (
        "import asyncio\nasync def bad():\n    1 / 0\nt = asyncio.create_task(bad())",
        "Line 4 of “Looking up rows”, in bad",
    ),
    ("import asyncio\nasync def stop():\n    exit()\nt = asyncio.create_task(stop())", "the interpreter goes on"),
    ("import asyncio\nasync def stop(): raise KeyboardInterrupt\nt = asyncio.create_task(stop())", "KeyboardInterrupt"),
    ("import asyncio\nasyncio.get_event_loop().call_later(.05, exit);", "the interpreter goes on"),
    (
        "import js\nfrom pyodide.ffi import create_proxy\ndef f(*a): 1 / 0\njs.setTimeout(create_proxy(f), 50);",
        "Line 4 of “Looking up rows”, in f",
    ),
    (
        "import js\nfrom pyodide.ffi import create_proxy\njs.setTimeout(create_proxy(exit), 50);",
        "the interpreter goes on",
    ),
    ("import js\njs.setTimeout(js.atob, 50, '*');", "JavaScript: Failed to execute 'atob'"),
    ("import js\njs.Promise.reject(js.Error.new('refused'));", "refused"),
]


@pytest.mark.parametrize("source,message", SURVIVED, ids=range(len(SURVIVED)))
def test_what_an_interpreter_survives_is_told_and_the_names_are_kept(cells, source, message):
    one, other = cells
    one.run(f"keep = 1\n{source}")
    one.at.locator(".cell-error", has_text=message).wait_for()
    assert "lab/" not in one.output
    assert other.run("keep").strip() == "1"


def test_an_endless_printer_is_cut_and_stopped(cells):
    one, other = cells
    one.run(
        "import asyncio\nasync def on():\n    while True:\n        print('x' * 99)\n        await asyncio.sleep(0)\n"
        "t = asyncio.create_task(on())"
    )
    one.at.locator(".cell-printed", has_text="what is printed from here on is left out").wait_for()
    assert len(one.output) < 60_000 and other.run("6 * 7").strip() == "42"
    one.press("Stop")
    one.at.locator(".cell-note", has_text="fresh interpreter").wait_for()
    assert "NameError" in other.run("t", status="error")


def test_what_lab_run_leaves_behind_goes_to_the_console(shared):
    with shared.page.expect_console_message(lambda message: message.text.startswith("late")):
        answer = shared.page.evaluate("source => lab.run(source)", LATE)
        let_go(shared)
    assert answer == {"stdout": "first\n", "result": None, "error": None}


ENDED = {  # what ends the interpreter after its cell has ended
    "exit": "import os\ndef end(): asyncio.get_event_loop().call_later(.1, os._exit, 3)",
    "abort": "import os\ndef end(): asyncio.get_event_loop().call_later(.1, os.abort)",
    "callback": "import js, os\nfrom pyodide.ffi import create_proxy\n"
    "def end(): js.setTimeout(create_proxy(lambda *a: os._exit(0)), 100)",
    "stack": "import json\ndef end(): asyncio.get_event_loop().call_later(.1, json.loads, '[' * 200_000)",
    "memory": "import ctypes\ndef end(): asyncio.get_event_loop().call_later(.1, ctypes.string_at, 2**31)",
}


@pytest.mark.parametrize("source", ENDED.values(), ids=ENDED)
def test_an_interpreter_that_ends_by_itself_is_announced(noisy_lab, source):
    one, other = (Cell(noisy_lab.open_without_python(), "lookup").open(), Cell(noisy_lab, "repeats").open())
    one.run(f"import asyncio\nkeep = 1\n{source}")
    noisy_lab.page.evaluate("() => { lab.run('end()') }")
    one.at.locator(".cell-note", has_text="Python broke down").wait_for()
    assert "fresh interpreter: names from earlier cells are gone" in one.note
    assert one.at.locator(".cell-status").inner_text() == ""
    other.run("keep", status="error")
    assert "Python broke down" in other.note and "names from earlier cells are gone" in other.note
    assert other.run("1 + 1").strip() == "2" and other.at.locator(".cell-note").is_hidden()
