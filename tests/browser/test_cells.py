"""The reader's cells: they run, whatever they hold; the figures and the reader's text live on."""

import json
import re

import pytest

from embedlab.corpora import small_corpus
from tests.browser.conftest import Lab
from tests.browser.test_page import AXE

SAMPLES = ["lookup", "repeats", "touched"]


class Cell:
    """A cell of a page, by name."""

    def __init__(self, lab, name):
        self.lab, self.page, self.name = lab, lab.page, name
        self.at = lab.page.locator(f"#cell-{name}")

    def open(self):
        """Bring it into view and wait for its editor."""
        behind = self.page.locator(f"details:has(#cell-{self.name})")
        if behind.count():
            behind.evaluate("details => { details.open = true }")
        self.page.wait_for_function(
            """name => {        // what loads above may move it out of view again
            const cell = document.getElementById(`cell-${name}`);
            if (!cell.querySelector('.cm-content')) cell.scrollIntoView({ block: 'center' });
            return cell.querySelector('.cm-content');
        }""",
            arg=self.name,
        )
        return self

    @property
    def text(self):
        return "\n".join(self.at.locator(".cm-line").all_inner_texts()).replace("\u200b", "")

    def write(self, source):
        """Replace its text as a reader would: select all, paste."""
        self.at.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.at.locator(".cm-content").evaluate(
            """(content, source) => {
            const data = new DataTransfer();
            data.setData("text/plain", source);
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            content.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
            source,
        )
        return self

    def button(self, words):
        """The button of these words: named after the cell too, or in its note."""
        title = self.at.locator(".cell-title").inner_text()
        return self.at.get_by_role("button", name=f"{words}: {title}", exact=True).or_(
            self.at.get_by_role("button", name=words, exact=True)
        )

    def press(self, words):
        self.button(words).click()
        return self

    def says(self, status):
        """Wait for a state in words."""
        self.at.locator(".cell-status", has_text=status).wait_for(timeout=30_000)
        return self

    def run(self, source=None, status="Done"):
        if source is not None:
            self.write(source)
        self.press("Run").says(status)
        return self.output

    @property
    def output(self):
        return self.at.locator(".cell-output").inner_text() if self.at.locator(".cell-output").is_visible() else ""

    @property
    def note(self):
        return self.at.locator(".cell-note").inner_text()


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


def test_what_we_recorded_is_said_to_be_ours_until_the_reader_runs_the_cell(shared, cell):
    recorded = cell.at.locator(".cell-recorded")
    assert cell.output.startswith("From our run:") and "(3,) -> (3, 3)  equal: True" in recorded.inner_text()
    cell.write("print('mine')")
    assert "before you changed the cell" in recorded.inner_text()
    cell.press("Reset to the original")
    assert "before you changed the cell" not in recorded.inner_text()
    assert cell.run("print('mine')").strip() == "mine" and recorded.count() == 0


PICTURES = """from lab import Plot, show
lines = Plot("Lines", x="step", y="nats").line(range(5), [1, 2, float("nan"), 4, 5], name="one")
show(lines.line([0, 4], [5, 1], name="two"))
show(Plot("Words").scatter([0, 1, 2], [0, 1, 0], ["cat", "dog", "<b>fish</b>"]))
show(Plot("Bars of words").bars(["cat", "dog"], [3, -1]))
Plot(equal=True).scatter([], []).bars([1], [2])"""


def test_pictures_of_each_kind(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    cell.run(PICTURES)
    assert cell.at.locator(".cell-picture canvas").count() >= 4
    names = [picture.get_attribute("aria-label") for picture in cell.at.locator(".cell-picture").all()]
    assert names[0] == (
        "Lines, across: step, up: nats. a line “one” of 5 values, from 1 to 5; a line “two” of 2 values, from 1 to 5."
    )
    assert lab.page.evaluate("Bokeh.documents.length") == 1
    lab.page.click("#theme")
    cell.run("1")
    assert cell.at.locator(".cell-picture").count() == 0


LABELS = """() => {          // of the one labelled picture of a cell: [text, left, top, right, bottom] in pixels
    const plots = [...Bokeh.index.roots].map((view) => view.model);
    const plot = plots.find((one) => one.document.get_model_by_name("labels"));
    const { x, y, text, dx, dy, align, baseline } = plot.document.get_model_by_name("labels").data;
    const { x_range: across, y_range: up, inner_width, inner_height } = plot;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "13px Inter";
    return text.map((word, i) => {
        const wide = pen.measureText(word).width, high = 12;
        const left = inner_width * (x[i] - across.start) / (across.end - across.start) + dx[i]
            - wide * { left: 0, center: 0.5, right: 1 }[align[i]];
        const top = inner_height * (up.end - y[i]) / (up.end - up.start) + dy[i]
            - high * { top: 0, middle: 0.5, bottom: 1 }[baseline[i]];
        return [word, left, top, left + wide, top + high];
    });
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name,count", [("recall", 24), ("vowels", 26)])
def test_the_labels_of_a_picture_keep_out_of_each_others_way(browser, site, name, count, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open_without_python()
    cell = Cell(lab, name).open()
    cell.run()
    cell.at.locator(".cell-picture canvas").first.wait_for()
    lab.settled()
    boxes = lab.page.evaluate(LABELS)
    assert len(boxes) == count
    for a, *one in boxes:
        for b, *other in boxes:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert a == b or apart, (a, b)
    picture = cell.at.locator(".cell-picture").bounding_box()
    if name == "recall":  # equal scales both ways
        assert 0.85 < picture["width"] / picture["height"] < 1.15
    lab.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_printed_line_is_cut(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open_without_python()
    cell = Cell(lab, "lookup").open()
    cell.run("print('word ' * 60)\nprint('x' * 300)\nlist(range(200))")
    for part in cell.at.locator(".cell-output pre").all():
        assert part.evaluate("pre => pre.scrollWidth <= pre.clientWidth")
    lab.close()


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
    assert shared.page.inner_text("#dynamics-frame") == "7/300"
    assert shared.page.evaluate("lab.run('6 * 7')") == {"stdout": "", "result": "42", "error": None}


def test_the_live_session_works_after_all_that(shared):
    shared.set("dynamics-epochs", "value", 2)
    shared.press("Train", "dynamics-training")
    shared.says("dynamics-message", "Trained: 2,400 of 2,400 steps")
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
    assert 'File "cell lookup", line 4, in <module>' in output and 'File "cell lookup", line 2, in f' in output
    assert output.count("File") == 2


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
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
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
    lab.page.keyboard.press("Shift+Enter")
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


def test_tab_goes_through_an_editor_and_changes_nothing(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    at = "document.activeElement.textContent"
    original = cell.text
    cell.button("Copy the code").focus()
    lab.page.keyboard.press("Tab")
    assert "EmbeddingLayer" in lab.page.evaluate(at)
    lab.page.keyboard.press("Tab")
    assert lab.page.evaluate(at) == "Run"
    lab.page.keyboard.press("Shift+Tab")
    lab.page.keyboard.press("Shift+Tab")
    assert lab.page.evaluate(at) == "Copy"
    assert cell.text == original and cell.at.locator(".cell-flag").is_hidden()
    cell.at.locator(".cm-content").click()  # whoever clicks into it means to write
    assert "Tab indents" in cell.at.locator(".cell-help").inner_text()
    lab.page.keyboard.press("Tab")
    assert cell.text != original and cell.at.locator(".cm-content").evaluate("e => e === document.activeElement")


def test_nothing_of_the_cells_is_loaded_before_a_user_comes_near(lab):
    asked = []

    def note(request):
        asked.append(re.sub("-[0-9A-Z]{8}[.]", ".", request.url.rsplit("/", 1)[-1]))  # without the bundle's hash

    lab.page.on("request", note)
    lab.open().ready()
    assert not {"editor.js", "cells.js", "exercises.js", "katex.css", "cells-worker.js"} & set(asked)
    Cell(lab, "lookup").open()
    assert {"editor.js", "cells.js", "exercises.js", "katex.css"} <= set(asked)
    assert "cells-worker.js" not in asked


def test_without_javascript_the_code_is_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert "looked_up = layer.forward(ids)" in page.inner_text("#cell-lookup pre")
    assert page.locator("#embedding-layer math").first.is_visible()
    context.close()


def test_a_file_that_cannot_be_had_is_told_and_run_tries_again(noisy_lab):
    noisy_lab.page.route("**/runtime/lab.zip.bin*", lambda route: route.fulfill(status=404, body="no"))
    cell = Cell(noisy_lab.open_without_python(), "lookup").open()
    assert "could not be started" in cell.run(status="error") and "404" in cell.output
    noisy_lab.page.unroute_all()
    assert "True" in cell.run()


def test_a_readers_step_moves_the_dynamics_figure(lab):
    lab.open().ready()
    recorded = lab.column("dynamics-frames", "loss")
    lab.set("dynamics-player", "value", 42)
    Cell(lab, "behind-run").open().run()
    step = Cell(lab, "behind-step").open()
    assert "where the run above ended: True" in step.run()
    lab.page.locator("#dynamics-own").wait_for(state="visible")
    lab.set("dynamics-player", "value", 300)
    assert lab.page.inner_text("#dynamics-frame") == "300/300"
    assert lab.page.inner_text("#dynamics-step") == "12,000"
    assert lab.column("dynamics-frames", "loss") != recorded
    lab.page.click("#dynamics-back")
    assert lab.column("dynamics-frames", "loss") == recorded and lab.get("dynamics-player", "value") == 42
    assert lab.page.locator("#dynamics-own").is_hidden()


def test_a_run_of_the_figure_takes_the_place_of_the_readers_frames(lab):
    lab.open().ready()
    Cell(lab, "behind-run").open().run(
        "from lab import Frames\nf = Frames(['a', 'b'])\n"
        "for i in range(9): f.add([[i, 0], [0, i]], [[1, 1], [2, 2]], 9 - i)\nf"
    )
    assert lab.column("dynamics-points", "word") == ["a", "b"]
    lab.set("dynamics-epochs", "value", 2)
    lab.press("Train", "dynamics-training")
    lab.says("dynamics-message", "Trained")
    assert lab.page.locator("#dynamics-own").is_hidden() and lab.get("dynamics-player", "end") == 300


def test_the_trainer_behind_the_training_is_the_compiled_one(lab):
    printed = Cell(lab.open().ready(), "behind-trainer").open().run()
    assert "kernel: " in printed
    near = re.search(r"cat: (.*)", printed)[1]
    assert set(re.findall(r"[a-z]+", near)) == {
        word for word, kind in small_corpus().categories.items() if kind == "animals" and word != "cat"
    }


def test_the_vectors_behind_the_map(lab):
    assert "queen" in Cell(lab.open().ready(), "behind-questions").open().run()


def test_the_source_is_a_click_away(lab):
    lab.open_without_python()
    Cell(lab, "behind-run").open()
    with lab.page.context.expect_page() as opened:
        lab.page.get_by_role("link", name="gradients", exact=True).click()
    source = opened.value
    assert "def gradients(u, v_context, v_negatives):" in source.inner_text("pre")
    assert source.locator(":target").inner_text() == "gradients"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_cells_that_have_run(browser, site, scheme, width):
    lab = Lab(browser, site, color_scheme=scheme, viewport={"width": width, "height": 844}).open().ready()
    for name in SAMPLES:
        Cell(lab, name).open().run()
    Cell(lab, "lookup").run("1 / 0  # a comment\n'text', None", status="error")
    Cell(lab, "behind-run").open().at.locator(".cm-content").focus()
    lab.settled().page.add_script_tag(path=AXE)
    violations = lab.page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target + '')]))"
    )
    assert violations == []
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
    lab.close()
