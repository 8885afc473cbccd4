"""Cells run, whatever they hold; the figures live on."""

import pytest

from tests.browser.cells import SAMPLES, Cell
from tests.browser.conftest import Lab


@pytest.fixture(scope="module")
def shared(browser, site):
    """A live page for tests that leave it as they found it: a cell with its text and an interpreter that answers."""
    lab = Lab(browser, site).open().ready()
    yield lab
    lab.close()


@pytest.fixture
def cell(shared):
    cell = Cell(shared, "lookup").open()
    yield cell
    shared.page.evaluate("lab.stop()")
    if cell.button("Reset to the original").is_visible():
        cell.press("Reset to the original")


def test_the_samples_run_in_order(lab):
    lab.open_without_python()
    looked_up, repeats, touched = [Cell(lab, name).open().run() for name in SAMPLES]
    assert looked_up.splitlines() == ["(3,) -> (3, 3)  equal: True", "(2, 2) -> (2, 2, 3)  equal: True"]
    assert "np.add.at: [  0.   0. 101.   0.  10.]" in repeats and "dE += dY : [  0.   0. 100.   0.  10.]" in repeats
    picture = lab.page.locator("#cell-touched .cell-picture")
    assert "bars of 5 values" in picture.get_attribute("aria-label") and picture.locator("canvas").count()
    assert lab.page.evaluate("Bokeh.documents.length") == 1


def test_what_we_recorded_is_said_to_be_ours_until_the_user_runs_the_cell(shared, cell):
    recorded = cell.at.locator(".cell-recorded")
    assert cell.output.startswith("From our run:") and "(3,) -> (3, 3)  equal: True" in recorded.inner_text()
    cell.write("print('mine')")
    assert "before you changed the cell" in recorded.inner_text()
    cell.press("Reset to the original")
    assert "before you changed the cell" not in recorded.inner_text()
    assert cell.run("print('mine')").strip() == "mine" and recorded.count() == 0


def test_restart_forgets_what_was_done(lab):
    cell, other = (Cell(lab.open_without_python(), name).open() for name in ("lookup", "repeats"))
    icon = cell.at.locator(".cell-bar button:has-text('Stop') path").get_attribute("d")
    cell.run("x = 1")
    other.run("x")
    restart = cell.button("Restart")
    assert restart.locator("path").get_attribute("d") != icon
    assert restart.get_attribute("title") == "A fresh interpreter: the names of all cells are forgotten"
    restart.click()
    cell.at.locator(".cell-note", has_text="fresh interpreter").wait_for()
    assert [one.at.locator(".cell-status").inner_text() for one in (cell, other)] == ["", ""]
    assert "NameError" in other.run("x", status="error")


def test_run_all_above(lab):
    lab.open_without_python()
    last = Cell(lab, "touched").open()
    assert "NameError" in last.run("right.sum()", status="error")  # a name of the cell above
    assert "Run all above" in last.note
    assert last.at.get_by_role("button", name="Run all above").count() == 1
    last.press("Run all above")
    last.at.locator(".cell-note", has_text="All cells above have run").wait_for()
    assert "111.0" in last.run()
    assert "np.add.at" in Cell(lab, "repeats").output


HOSTILE = [  # source, how its run ends, what is said
    ("while True: pass", "stop", "Stopped"),
    ("import asyncio\nawait asyncio.Event().wait()", "stop", "Stopped"),
    ("import asyncio\nwhile True: await asyncio.sleep(0)", "stop", "Stopped"),
    ("class Slow:\n    def __repr__(self):\n        while True: pass\nSlow()", "stop", "Stopped"),
    ("while True: print('x' * 100)", "stop", "Stopped"),
    ("for i in range(1_000_000): print(i)", "Done", "6,838,890 more characters"),
    ("'a' * 10**10", "error", "OverflowError"),
    ("[0] * 10**9", "error", "MemoryError"),
    ("def down(): return down()\ndown()", "error", "RecursionError"),
    ("import sys\nsys.exit()", "error", "goes on"),
    ("input()", "error", "no keyboard"),
    ("import numpy as np\ndel np\nnp", "error", "NameError"),
    ("import js\njs.close()", "error", "cannot close its own worker"),
    ("raise KeyboardInterrupt", "error", "KeyboardInterrupt"),
    ("from lab import Plot, show\nwhile True: show(Plot().line([0], [0]))", "error", "show fewer"),
    ("'<img src=x onerror=alert(1)>'", "Done", "<img src=x onerror=alert(1)>"),
]


@pytest.mark.parametrize("source,end,message", HOSTILE, ids=[source.split("\n")[-1] for source, _, _ in HOSTILE])
def test_no_cell_hurts_the_page(shared, cell, source, end, message):
    cell.write(source).press("Run")
    if end == "stop":
        cell.says("Running")
        frames = shared.page.evaluate("""() => new Promise((done) => {
            let frames = 0;
            const count = () => { frames += 1; requestAnimationFrame(count); };
            requestAnimationFrame(count);
            setTimeout(() => done(frames), 500);
        })""")
        assert frames > 2  # the page goes on answering
        cell.press("Stop").says("Stopped")
        assert "fresh interpreter" in cell.note
    else:
        cell.says({"error": "Ended with an error"}.get(end, end))
        assert message in cell.output
    assert cell.text == source
    assert shared.page.locator("html").get_attribute("data-python") == "ready"
    shared.set("dynamics-player", "value", 7)
    assert shared.frame_shown() == 7
    assert shared.page.evaluate("lab.run('6 * 7')") == {"stdout": "", "result": "42", "error": None}


def test_the_live_session_works_after_all_that(shared):
    shared.set("dynamics-epochs", "value", 2)
    shared.page.click("#dynamics-train-tab")
    shared.press("Train", "dynamics-training")
    shared.says("dynamics-message", "Trained: 3,000 of 3,000 steps")
    shared.press("Back to the previous run", "dynamics-training")
    shared.says("dynamics-message", "previous run")


@pytest.mark.parametrize("source", ["import os\nos._exit(3)", "import os\nos.abort()"])
def test_an_interpreter_that_breaks_down_is_replaced(noisy_lab, source):
    cell = Cell(noisy_lab.open_without_python(), "lookup").open()
    cell.run(source, status="Stopped")
    assert "broke down" in cell.note and "fresh interpreter" in cell.note and cell.text == source
    assert noisy_lab.page.evaluate("lab.run('1 + 1')")["result"] == "2"


def test_an_interpreter_that_no_longer_answers_is_replaced(lab):
    lab.open_without_python()
    lab.page.evaluate(
        "lab.run(`import asyncio\nasync def busy():\n    await asyncio.sleep(0.1)\n    while True: pass\n"
        "task = asyncio.create_task(busy())`)"
    )
    lab.page.evaluate("new Promise((done) => setTimeout(done, 300))")
    assert lab.page.evaluate("lab.run('1 + 1')")["result"] == "2"


def test_lab_run_and_stop(shared):
    page = shared.page
    assert page.evaluate("lab.run('x = 2\\nprint(x)\\nx + 1')") == {"stdout": "2\n", "result": "3", "error": None}
    broken = page.evaluate("lab.run('1 / 0')")
    assert broken["result"] is None and broken["error"].endswith("ZeroDivisionError: division by zero")
    page.evaluate("() => { globalThis.pending = [lab.run('while True: pass'), lab.run('5')] }")
    page.evaluate("lab.stop()")
    assert [answer["error"] for answer in page.evaluate("Promise.all(pending)")] == ["Stopped."] * 2
    assert page.evaluate("lab.run('x')")["error"].endswith("NameError: name 'x' is not defined")


def test_a_traceback_names_the_cell_and_its_line(cell):
    output = cell.run("def f(x):\n    return 1 / x\n\nf(0)", status="error")
    assert "  Line 4 of “Looking up rows”\n    f(0)" in output and "  Line 2 of “Looking up rows”, in f" in output
    assert "File" not in output


def test_a_file_that_cannot_be_had_is_told_and_run_tries_again(noisy_lab):
    noisy_lab.page.route("**/runtime/lab.zip.bin*", lambda route: route.fulfill(status=404, body="no"))
    cell = Cell(noisy_lab.open_without_python(), "lookup").open()
    assert "could not be started" in cell.run(status="error") and "404" in cell.output
    noisy_lab.page.unroute_all()
    assert "True" in cell.run()
