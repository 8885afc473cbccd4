"""Measures the page; one JSON object a line: name, value, unit, against, ratio (above 1 is better for us)."""

import gzip
import re
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from builder.server import Files, serving
from tests import stock
from tests.browser_setup import launch, wait
from tests.report import report

DIST = Path(__file__).parents[1] / "dist"
LOADS, SCRUBS = 5, 3
GOALS = {
    "page.interactive": 1.0,
    "page.python": 4.0,
    "page.live": 6.0,
    "page.bytes_interactive": 1.0,
    "page.bytes_all": 11.0,
    "page.scrub": 55.0,
    "page.turn": 50.0,
    "cells.first_run": 4.0,
    "glove.analogy": 0.1,
}
QUERIES = """
from statistics import median
from time import perf_counter
from lab import load_glove
vectors = await load_glove(400_000)
unit = unit_rows(vectors.matrix)
times = []
for _ in range(21):
    start = perf_counter()
    answers = analogy(vectors.words, unit, "man", "king", "woman")
    times.append(perf_counter() - start)
print(answers)
median(times)
"""
MARK = "name => performance.getEntriesByName(name)[0].startTime / 1000"
BEFORE = """name => performance.getEntriesByType('resource')
    .filter(({ startTime }) => startTime < performance.getEntriesByName(name)[0].startTime).map(({ name }) => name)"""
STOCK_MARKS = """(() => {
    const frame = () => new Promise(requestAnimationFrame);
    const until = async (name, done) => {
        while (!done()) await frame();
        await frame();
        performance.mark(name);
    };
    until('lab-interactive', () => window.Bokeh?.documents?.[0]?.is_idle)
        .then(() => until('lab-live', () => !document.body.classList.contains('pn-loading')));
})()"""
MOTION = """([figure, source, frames]) => new Promise((done) => {
    document.getElementById(figure).scrollIntoView({ behavior: 'instant' });
    const model = (name) => Bokeh.documents[0].get_model_by_name(name), slider = document.getElementById('plane-turn');
    const set = { dynamics: (frame) => { model('dynamics-player').value = frame; },
                  map: (frame) => { slider.value = 100 * frame / frames; slider.dispatchEvent(new Event('input')); } };
    const seen = new Set();
    let frame = 0, start;
    const next = (now) => {
        start ??= now;
        seen.add(model(source).get('x').join());
        if (frame > frames) return done([frames / (now - start) * 1000, seen.size]);
        set[figure](frame++);
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
})"""
MOTIONS = {"page.scrub": ("dynamics", "dynamics-points", 300), "page.turn": ("map", "space-words", 100)}


def told(name, value, unit, more_is_better=False, against=None):
    """Report a figure beside its goal, or beside what else it is compared with: (what, its value)."""
    what, other = against or ("goal", GOALS[name])
    report(name, value, unit, f"{what} {other:.3g}", value / other if more_is_better else other / value)


def cold_load(browser, url):
    """One load with an empty cache: ({mark: seconds}, MB before interactive, MB in all)."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked = []
    page.on("response", lambda response: asked.append(response.url))
    page.goto(url)
    wait(page, "performance.getEntriesByName('lab-interactive').length")
    wait(page, "performance.getEntriesByName('lab-live').length", timeout=60_000)
    marks = {name: page.evaluate(MARK, f"lab-{name}") for name in ("interactive", "python", "live")}
    asked_before = page.evaluate(BEFORE, "lab-interactive")
    sizes = {address: compressed(address, url) for address in asked if address.startswith(url)}
    context.close()
    before = [page.url, *asked_before]
    return marks, sum(sizes[address] for address in before) / 1e6, sum(sizes.values()) / 1e6


def compressed(address, url):
    """Bytes of a file of the page as a host that compresses would send it."""
    path = DIST / (address[len(url) :].split("?")[0] or "index.html")
    data = path.read_bytes() if path.is_file() else b""
    return min(len(data), len(gzip.compress(data, 9)))


def stock_load(browser, url):
    """One load of the page that `panel convert` makes of the same app: {mark: seconds}."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(STOCK_MARKS)
    page.goto(f"{url}stock.html")
    wait(page, "performance.getEntriesByName('lab-live').length", timeout=120_000)
    marks = {name: page.evaluate(MARK, f"lab-{name}") for name in ("interactive", "live")}
    context.close()
    return marks


def loads(browser, url):
    """Medians over cold loads, ours and the stock page's in turn."""
    ours, theirs = [], []
    with serving(stock.made(), handler=Files) as stock_url:
        for _ in range(LOADS):
            ours.append(cold_load(browser, url))
            theirs.append(stock_load(browser, stock_url))
    for name in ("interactive", "python", "live"):
        value = statistics.median(marks[name] for marks, _, _ in ours)
        told(f"page.{name}", value, "s")
        if name != "python":
            other = statistics.median(marks[name] for marks in theirs)
            told(f"page.{name}.stock", value, "s", against=("panel convert", other))
    told("page.bytes_interactive", statistics.median(before for _, before, _ in ours), "MB")
    told("page.bytes_all", statistics.median(everything for _, _, everything in ours), "MB")


def motions(browser, url):
    """Frames a second of a scrub through the whole run, and of a turn of the map's plane, one frame for each of the
    browser's."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
    page.goto(url)
    page.wait_for_selector("html[data-python=ready]", timeout=60_000)
    page.get_by_role("radio", name="PCA").check()
    for name, (figure, source, frames) in MOTIONS.items():
        rates = []
        for _ in range(SCRUBS):
            rate, different = page.evaluate(MOTION, [figure, source, frames])
            if different < frames:
                raise RuntimeError(f"the words moved in {different} of {frames} frames only")
            rates.append(rate)
        told(name, statistics.median(rates), "frames/s", more_is_better=True)
    page.context.close()


def first_run(browser, url):
    """From the press of Run in a cell, with the page live and the cells' interpreter not started, to its output."""
    times = []
    for _ in range(LOADS):
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(url)
        page.wait_for_selector("html[data-python=ready]", timeout=60_000)
        page.locator(".cell").first.scroll_into_view_if_needed()
        page.wait_for_selector(".cell .cm-editor")
        times.append(
            page.evaluate("""() => new Promise((done) => {
            const cell = document.querySelector(".cell:has(.cm-editor)");
            const start = performance.now();
            const look = () => cell.querySelector(".cell-output:not([hidden], .cell-recorded)")
                ? done((performance.now() - start) / 1000) : requestAnimationFrame(look);
            cell.querySelector(".cell-run").click();
            look();
        })""")
        )
        page.context.close()
    told("cells.first_run", statistics.median(times), "s")


def analogy(browser, url):
    """Seconds of a query to all 400,000 words in the cells' worker, by the exercise's solution."""
    text = (Path(__file__).parents[1] / "app" / "chapter" / "exercises" / "4-analogy.md").read_text(encoding="utf-8")
    solution = re.search(r"## Solution\n+```python\n(.*?)```", text, re.DOTALL)[1]
    page = browser.new_page()
    page.goto(url)
    page.wait_for_selector("html[data-python=ready]", timeout=60_000)
    answer = page.evaluate("source => lab.run(source)", f"import numpy as np\n{solution}\n{QUERIES}")
    page.close()
    if answer["error"] or "queen" not in answer["stdout"]:
        raise RuntimeError(f"the search did not find the queen: {answer}")
    told("glove.analogy", float(answer["result"]), "s")


def main(prefix):
    """Run the benchmarks whose names begin with `prefix`."""
    if not any(name.startswith(prefix) for name in GOALS):
        return
    with serving(DIST) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for part, names in [
            (loads, list(GOALS)[:5]),
            (motions, list(MOTIONS)),
            (first_run, ["cells.first_run"]),
            (analogy, ["glove.analogy"]),
        ]:
            if any(name.startswith(prefix) for name in names):
                part(browser, url)
        browser.close()


def screenshot(path):
    """The figures with Python ready, for the README."""
    from PIL import Image

    with serving(DIST) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.wait_for_selector("html[data-python=ready]", timeout=60_000)
        page.evaluate("Bokeh.documents[0].get_model_by_name('space-overlays').active = [1, 2]")
        page.locator("#space-figure").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('space-figure').scrollIntoView()")
        wait(page, "model('space-analogies').get('x0').length > 0")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        page.screenshot(path=path)
        browser.close()
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)
