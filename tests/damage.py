"""What the page says when a file of it comes damaged, and whether Retry helps, as a table.

    PYTHONPATH=py python -m tests.damage [--dist FOLDER] [--faults 404,late] [WORD ...]

WORD: part of the name of files; without one all of them, which takes more than an hour.

The files come as from a host that lets browsers keep all but index.html, so that Retry has to get past a bad copy.
"""

import argparse
import fnmatch
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from builder.project import DIST
from builder.server import Handler, serving
from tests.browser_setup import launch

FAULTS = ("404", "500", "half", "flip", "mime", "portal", "late")
LATE = 30  # seconds
PATIENCE = 60  # seconds until nothing more is expected
SIGN_IN = b"<!doctype html><title>Sign in</title><p>Welcome to this network. <a href=''>Sign in</a>"


class Site:
    """What goes wrong at present: the file of a pattern has a fault; the worker of the figures may be held back."""

    def __init__(self):
        self.pattern, self.fault, self.held = None, None, None

    def fault_of(self, name):
        return self.fault if self.fault and fnmatch.fnmatch(name, self.pattern) else None

    def handler(self):
        return type("Damaging", (Damaging,), {"site": self})


class Damaging(Handler):
    """Serves files as the site wants them damaged."""

    def do_GET(self):
        name = urlsplit(self.path).path.lstrip("/") or "index.html"
        if name == "static/worker.js" and self.site.held:
            self.site.held.wait(300)
        fault = self.site.fault_of(name)
        if fault in (None, "late"):
            time.sleep(LATE if fault else 0)
            return super().do_GET()
        path = Path(self.translate_path(self.path))
        self.answer(name, fault, (path / "index.html" if path.is_dir() else path).read_bytes())

    def answer(self, name, fault, data):
        kind, status = self.guess_type(name), 200
        if fault in ("404", "500"):
            data, status, kind = b"no", int(fault), "text/plain"
        elif fault == "half":
            data = data[: len(data) // 2]
        elif fault == "flip":
            data = bytearray(data)
            data[len(data) // 2] ^= 1
        elif fault == "mime":
            kind = "text/plain"
        elif fault == "portal":
            data, kind = SIGN_IN, "text/html"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self):
        index = urlsplit(self.path).path.endswith(("/", ".html"))
        self.send_header("Cache-Control", "no-cache" if index else "max-age=31536000")
        super().end_headers()


# -- how each file is asked for, where it is told, when all is well --------------------------------------------------

PRELUDE = """
const shown = (selector) => {
    const place = document.querySelector(selector);
    return place?.checkVisibility() ? place.innerText.trim() : "";
};
const message = (name) => Bokeh.documents[0]?.get_model_by_name(name)?.text ?? "";
"""
ALERT, CHIP, STATUS = "shown('#alert-message')", "shown('#connection')", "shown('#status-text')"
FAILURE = "fail|could not|not arrive|damaged|incomplete|broke off|cannot|answered|web page"
DRAWN = "performance.getEntriesByName('lab-drawn').length > 0"
STYLED = "getComputedStyle(document.querySelector('.bar')).position === 'sticky'"
READY = "document.documentElement.dataset.python === 'ready'"
SET = "getComputedStyle(document.querySelector('.katex-mathml')).position === 'absolute'"  # as KaTeX hides it
RETRY = "#alert-retry"
SAID = "shown('.take[data-of=dynamics] [role=status]')"
CHOOSE = """form => {
    const field = document.querySelector(".take-choice [name=film]");
    if (field.localName === "select") field.value = form;
    else document.querySelector(`.take-choice [name=film][value=${form}]`).checked = true;
}"""
SAVED = """() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.saved = blob.size; return create.call(URL, blob); };
}"""


class Case(NamedTuple):
    """How a file is asked for by act(page), and expressions: it works; what the page says of a failure, of waiting."""

    pattern: str
    works: str
    act: object = lambda page: None
    told: str = ALERT
    retry: object = RETRY  # what to press then: a selector, or an act
    waits: str = ALERT
    python: bool = False  # whether that of the figures has to be ready before
    silent: tuple = ()  # faults of which nothing need be said


def to_cell(page):
    page.evaluate("document.querySelector('#cell-lookup').scrollIntoView({ block: 'center' })")
    page.mouse.move(300, 300)
    page.mouse.move(320, 320)


def to_atlas(page):
    page.evaluate("document.getElementById('atlas').scrollIntoView()")


def move(page):
    page.mouse.move(200, 200)
    page.mouse.move(220, 220)


def run_cell(page):
    to_cell(page)
    page.locator("#cell-lookup .cell-run").click()


def click(selector):
    return lambda page: page.click(selector)


def press(root, name):
    return lambda page: page.locator(f"[data-root={root}]").get_by_role("button", name=name, exact=True).click()


def take(action):
    """A click on a button below the first figure."""
    return click(f".take[data-of=dynamics] [data-take={action}]")


def then(*acts):
    """Acts, one after the other."""

    def act(page):
        for one in acts:
            one(page)

    return act


def film(form):
    """Have the first figure's run made into an animation."""

    def act(page):
        take("film")(page)
        page.locator(".take-choice select[name=film], .take-choice [name=film]").first.wait_for()
        page.evaluate(CHOOSE, form)
        page.click(".take-choice [type=submit]")

    return act


def step_of(K):
    """Show a step of the run with K negatives."""

    def act(page):
        page.click(f"[data-run='{K}']")
        page.locator(f"[data-run='{K}'][aria-pressed=true]").wait_for()
        page.click("#dynamics-step")

    return act


def save_cell(page):
    """Save a cell as a notebook; `window.saved` is its size."""
    page.evaluate(SAVED)
    page.locator("#cell-lookup .cell-save").click()
    page.locator("#cell-lookup .cell-note button").first.click()


def find_odd(page):
    page.click("#odd-tab")
    press("space-odd", "Find the odd one")(page)


def run_source(source):
    """Run Python in the cells' interpreter; what comes of it is `window.got`."""
    start = "source => { window.got = null; lab.run(source).then((answer) => { window.got = answer; }, () => {}); }"
    return lambda page: page.evaluate(start, source)


load_all = run_source("from lab import load_glove\nlen(await load_glove(400_000))")


def cells_part(pattern, works):
    return Case(pattern, works, to_cell, waits=CHIP)


def python_part(pattern, silent=("mime",)):
    return Case(pattern, READY, waits=STATUS, silent=silent)


def taken(pattern, works, act):
    """A module that a click asks for: after Retry, which loads it, one clicks again."""
    return Case(pattern, works, act, retry=then(click(RETRY), act), waits=CHIP)


WORDS = "document.getElementById('atlas-plane').dataset.words > 0"
CELL = "!!document.querySelector('#cell-lookup .cell-help')"
ARCHIVES = ("interpreter.wasm", "stdlib.zip", "numpy.zip", "embedlab.zip", "app.zip")
CASES = (
    Case("index.html", f"{DRAWN} && {STYLED}", silent=("404", "500", "portal", "mime", "flip", "late")),
    Case("static/before-paint.js", DRAWN, silent=FAULTS),
    Case("static/page.css", f"{DRAWN} && {STYLED}"),
    Case("static/katex.css", f"{DRAWN} && {SET}"),
    Case("static/bokeh.js", DRAWN, silent=("mime",)),
    Case("static/main.js", DRAWN),
    Case("static/chunk-*.js", DRAWN),
    *(
        Case(name, DRAWN, silent=FAULTS)
        for name in ("static/fonts/inter*", "static/fonts/source*", "static/favicon.svg")
    ),
    *(Case(name, DRAWN, silent=FAULTS) for name in ("static/icons/*", "static/app.webmanifest", "sw.js")),
    Case("static/offline-*.js", DRAWN, silent=FAULTS),  # which keeps the page for when the connection is down
    python_part("static/worker.js", ()),
    python_part("runtime/*/pyodide.mjs", ()),
    python_part("runtime/*/pyodide.asm.js", ()),
    *(python_part(f"runtime/{name}.bin") for name in ARCHIVES),
    Case("static/navigation-*.js", "document.querySelectorAll('#sections li').length > 0", move, waits=CHIP),
    Case(
        "static/panel-*.js",
        "shown('#kept-about').includes('Nothing yet')",
        click("#kept"),
        retry=then(click(RETRY), click("#kept")),  # a click beside the list closes it
        waits=CHIP,
    ),
    Case("static/below-*.js", DRAWN, waits=CHIP),
    Case("static/atlas-*.js", WORDS, to_atlas, waits=CHIP),
    Case("data/atlas.bin", WORDS, to_atlas, waits=CHIP, silent=("mime",)),
    cells_part("static/cells-[A-Z0-9]*.js", CELL),
    cells_part("static/exercises-*.js", CELL),
    Case(
        "static/cells-worker.js",
        "window.got?.result === '2'",
        run_source("1 + 1"),
        told=f"({ALERT} || window.got?.error || '')",
        retry=run_source("1 + 1"),
        waits=CHIP,
    ),
    cells_part("static/editor-*.js", "!!document.querySelector('#cell-lookup .cm-editor')"),
    *(
        cells_part(name, "!!document.querySelector('#formula-fonts')")._replace(silent=FAULTS)
        for name in ("static/katex-fonts.css", "static/fonts/KaTeX_*")
    ),
    taken("static/files-*.js", "!!document.querySelector('.take-choice')", take("picture")),
    taken("static/embed-*.js", "!!document.querySelector('.take-panel')", take("embed")),
    taken("static/link-*.js", f"/Copied|does not let/.test({SAID})", take("link")),
    taken("static/export-*.js", "window.saved > 0", then(to_cell, save_cell)),
    *(
        Case(name, f"{SAID}.includes('saved')", film(form), told=SAID, retry=film(form), waits=SAID)
        for name, form in (("static/gif-worker.js", "gif"), ("static/video-*.js", "mp4"))
    ),
    Case(
        "runtime/lab.zip.bin",
        "/^Done/.test(shown('#cell-lookup .cell-status'))",
        run_cell,
        told="shown('#cell-lookup .cell-error')",
        retry="#cell-lookup .cell-run",
        waits="shown('#cell-lookup .cell-status')",
        silent=("mime",),
    ),
    Case(
        "data/map-rows.json",
        "/50-d \\d/.test(document.querySelector('[data-root=space-overlays]').innerText)",
        waits=CHIP,
        silent=("mime", "late"),  # it makes the map's cosines exact: nobody waits for it
    ),
    Case(
        "data/toy-runs.json",
        "document.querySelector('[data-run=\"5\"]').ariaPressed === 'true'",
        click("[data-run='5']"),
        told="shown('#dynamics-runs-note')",
        retry="[data-run='5']",
        waits="shown('#dynamics-runs-note')",
        silent=("mime",),
    ),
    *(
        Case(
            f"data/toy-log-{K}.bin",
            "document.querySelectorAll('#step-table tbody tr').length > 0",
            step_of(K),
            told="shown('#step-sentence')",
            retry="#dynamics-step",
            waits="/^Fetching/.test(shown('#step-sentence')) && shown('#step-sentence')",
            silent=("mime",),
        )
        for K in (1, 2, 5, 15)
    ),
    Case(
        "data/glove-50k.npz",
        "message('space-odd-message').includes('cereal')",
        find_odd,
        told="message('space-odd-message')",
        retry=find_odd,
        waits="message('space-odd-message')",
        python=True,
        silent=("mime",),
    ),
    Case(
        "data/dictionary.txt.bin",
        "/Reading|words\\/s|Training/.test(message('training-message'))",
        press("training-actions", "Train"),
        told="message('training-message')",
        retry=press("training-actions", "Train"),
        waits="message('training-message')",
        python=True,
        silent=("mime",),
    ),
    Case(
        "data/test-sets.json.bin",
        "/^Scored|Scoring/.test(message('models-score-message'))",
        press("models-scoring", "Score"),
        told="message('models-score-message')",
        retry=press("models-scoring", "Score"),
        waits="message('models-score-message')",
        python=True,
        silent=("mime",),
    ),
    Case(
        "data/glove-400k.npz",
        "window.got?.result === '400000'",
        load_all,
        told="(window.got?.error ?? '')",
        retry=load_all,
        waits="'in the cell: Running'",
        silent=("mime",),
    ),
)


# -- one fault -------------------------------------------------------------------------------------------------------


def holds(page, expression):
    """What an expression over the page gives; "" while the page is being loaded."""
    try:
        return page.evaluate(f"(() => {{ {PRELUDE} return {expression} }})()")
    except Exception:  # the page navigates, or has not what is asked for
        return ""


def until(page, expression, seconds):
    """Wait until an expression holds; what it gives, or "" after so many seconds."""
    end = time.monotonic() + seconds
    while not (found := holds(page, expression)) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return found


def troubled(case):
    """An expression: what is told of a failure, not of waiting."""
    return f"(/{FAILURE}/i.test({case.told}) && {case.told})"


def outcome(browser, url, site, case, fault):
    """(what the page does, what it says, whether Retry helps) with a fault of a case's file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    site.pattern, site.fault = case.pattern, None if case.python else fault
    held = not case.python and case.waits != STATUS
    site.held = threading.Event() if held else None
    try:
        page.goto(url, wait_until="commit", timeout=2000 * PATIENCE)
        if case.act is not Case._field_defaults["act"]:
            until(page, f"{READY if case.python else DRAWN}", PATIENCE)
        site.fault = fault
        case.act(page)
        return late(page, case) if fault == "late" else damaged(page, site, case, fault)
    finally:
        if held:
            site.held.set()
        site.fault = None
        context.close()


def late(page, case):
    waiting = until(page, f"!({case.works}) && {case.waits}", LATE)
    came = until(page, case.works, LATE + PATIENCE)
    if not came:
        return "DEAD", waiting or holds(page, troubled(case)), ""
    return "waits" if waiting else "comes" if "late" in case.silent else "SILENT", waiting or "", ""


def damaged(page, site, case, fault):
    found = until(page, f"({case.works} && 'works') || {troubled(case)}", PATIENCE)
    if found == "works":
        page.wait_for_timeout(300)
        found = holds(page, troubled(case)) or found
    if not found or found == "works":
        quiet = fault in case.silent
        return ("works" if found else "stays as it was") if quiet else ("UNTOLD" if found else "SILENT"), "", ""
    site.fault = None
    case.retry(page) if callable(case.retry) else page.click(case.retry)
    again = until(page, f"{case.works} && !{troubled(case)}", PATIENCE)
    return "told", found, "Retry works" if again else "RETRY FAILS"


def rows(words, dist=DIST, faults=FAULTS):
    """(file, fault, what happens, what is said, Retry) for the cases whose pattern holds one of the words."""
    site = Site()
    with serving(dist, handler=site.handler()) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for case in CASES:
            if not words or any(word in case.pattern for word in words):
                for fault in faults:
                    yield case.pattern, fault, *outcome(browser, url, site, case, fault)
        browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dist", type=Path, default=DIST)
    parser.add_argument("--faults", type=lambda text: text.split(","), default=FAULTS)
    parser.add_argument("words", nargs="*")
    chosen = parser.parse_args()
    print("| file | fault | what happens | what is said | Retry |\n|---|---|---|---|---|")
    for row in rows(chosen.words, chosen.dist, chosen.faults):
        print("|", " | ".join(str(cell).replace("\n", " ")[:150] for cell in row), "|", flush=True)


if __name__ == "__main__":
    main()
