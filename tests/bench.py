"""Measures the page; one JSON object a line: name, value, unit, against, ratio (above 1 is better for us)."""

import re
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from builder import hosting
from builder.server import Files, gzipped, serving
from tests import stock
from tests.browser_setup import launch, wait
from tests.report import report

DIST = Path(__file__).parents[1] / "dist"
LOADS, SCRUBS = 5, 3
GOALS = {
    "page.interactive": 0.8,
    "page.drawn": 1.8,
    "page.python": 2.2,
    "page.live": 3.0,
    "page.warm": 2.2,
    "page.bytes_interactive": 0.75,
    "page.bytes_all": 9.5,
    "page.phone.first": 1.8,
    "page.phone.interactive": 1.8,
    "page.phone.drawn": 4.5,
    "page.phone.live": 11.0,
    "page.phone.longest_task": 0.25,
    "page.scrub": 55.0,
    "page.turn": 50.0,
    "atlas.frames": 30.0,
    "cells.first_run": 4.0,
    "glove.analogy": 0.1,
    "keep.restore": 1.0,
}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
NETWORK = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}  # ms, bytes/s
SLOWER = 4  # times, of a phone's processor
LONG_TASKS = """(() => {
    const longest = performance.longestTask = { duration: 0 };
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.duration = Math.max(longest.duration, duration);
    }).observe({ type: "longtask", buffered: true });
})()"""
ALL_HERE = "['live', 'drawn'].every((name) => performance.getEntriesByName(`lab-${name}`).length)"
PARTS = {  # of the bytes before interactive, by the beginning of a file's name
    "html": "index.html",
    "bokeh": "static/bokeh",
    "fonts": "static/fonts/",
    "modules": "static/",
    "python": "",
}
RESTORED = """() => new Promise((done) => {
    const look = () => {
        const [live] = performance.getEntriesByName("lab-live");
        const table = Bokeh.documents[0]?.get_model_by_name("models-table");
        if (!live || table?.get("name").length < 2) return setTimeout(look, 5);
        done((performance.now() - live.startTime) / 1000);
    };
    look();
})"""
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
ZOOM = """(frames) => new Promise((done) => {
    const plane = document.getElementById('atlas-plane'), glass = plane.querySelector('.plane-glass');
    const { left, top, width, height } = glass.getBoundingClientRect();
    let frame = 0, start;
    plane.classList.add('wheel-zooms');
    const next = (now) => {
        start ??= now;
        if (frame === frames) return done(frames / (now - start) * 1000);
        const clientX = left + width * (0.5 + 0.2 * Math.sin(frame / 9)), clientY = top + height / 2;
        const deltaY = frame++ < frames / 2 ? -40 : 40;
        glass.dispatchEvent(new WheelEvent('wheel', { clientX, clientY, deltaY, bubbles: true, cancelable: true }));
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
    """One load with an empty cache: ({mark: seconds}, {file: MB} before interactive, MB in all)."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked = []
    page.on("response", lambda response: asked.append(response.url))
    page.goto(url)
    wait(page, "performance.getEntriesByName('lab-interactive').length")
    wait(page, ALL_HERE, timeout=60_000)
    marks = {name: page.evaluate(MARK, f"lab-{name}") for name in ("interactive", "drawn", "python", "live")}
    asked_before = page.evaluate(BEFORE, "lab-interactive")
    names = {address: address[len(url) :].split("?")[0] or "index.html" for address in asked if address.startswith(url)}
    context.close()
    before = {names[address]: sent(names[address]) for address in [page.url, *asked_before]}
    return marks, before, sum(map(sent, names.values()))


def sent(name):
    """MB of a file of the page as the server sends it."""
    path = DIST / name
    if not path.is_file():
        return 0
    return (len(gzipped(path)) if path.suffix[1:] in hosting.TEXT else path.stat().st_size) / 1e6


def phone_load(browser, url):
    """One load on a phone's terms with an empty cache: {figure: seconds}."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(LONG_TASKS)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    page.goto(url)
    wait(page, ALL_HERE, timeout=180_000)
    figures = {name: page.evaluate(MARK, f"lab-{name}") for name in ("first", "interactive", "drawn", "live")}
    figures["longest_task"] = page.evaluate("performance.longestTask.duration / 1000")
    context.close()
    return figures


def phone(browser, url):
    """Medians over loads on a phone's terms."""
    runs = [phone_load(browser, url) for _ in range(LOADS)]
    for name in runs[0]:
        told(f"page.phone.{name}", statistics.median(run[name] for run in runs), "s")


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
    for name in ("interactive", "drawn", "python", "live"):
        value = statistics.median(marks[name] for marks, _, _ in ours)
        told(f"page.{name}", value, "s")
        if name in ("interactive", "live"):
            other = statistics.median(marks[name] for marks in theirs)
            told(f"page.{name}.stock", value, "s", against=("panel convert", other))
    _, before, _ = ours[-1]
    told("page.bytes_interactive", sum(before.values()), "MB")
    parts = {}
    for name, size in before.items():
        part = next(part for part, start in PARTS.items() if name.startswith(start))
        parts[part] = parts.get(part, 0) + size
    for part, size in parts.items():
        whole = sum(before.values())
        report(f"page.bytes_interactive.{part}", size, "MB", f"all before interactive: {whole:.3g}", size / whole)
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


def atlas(browser, url):
    """Frames a second while all of GloVe's words are zoomed and moved."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{url}#atlas")
    page.wait_for_selector("html[data-python=ready]", timeout=60_000)
    wait(page, "document.getElementById('atlas-plane').dataset.named", timeout=60_000)
    page.evaluate("document.getElementById('atlas-plane').scrollIntoView({ block: 'center', behavior: 'instant' })")
    rates = [page.evaluate(ZOOM, 120) for _ in range(SCRUBS)]
    told("atlas.frames", statistics.median(rates), "frames/s", more_is_better=True)
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


def restored(browser, url):
    """From the page being live to a model of the dictionary, both tables of 27,600 × 100, being back."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    page.wait_for_selector("html[data-python=ready]", timeout=60_000)
    page.evaluate("Bokeh.documents[0].get_model_by_name('training-epochs').value = 1")
    page.locator("[data-root=training-actions]").get_by_role("button", name="Train", exact=True).click()
    wait(page, "model('models-table').get('name').length === 2", timeout=300_000)
    page.click("#kept")
    page.locator("#kept-list small", has_text="since").wait_for()
    times = []
    for _ in range(LOADS):
        page.reload()
        times.append(page.evaluate(RESTORED))
    page.context.close()
    told("keep.restore", statistics.median(times), "s")


def main(prefix):
    """Run the benchmarks whose names begin with `prefix`."""
    if not any(name.startswith(prefix) for name in GOALS):
        return
    with serving(DIST) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for part, names in [
            (
                loads,
                [name for name in GOALS if name.startswith("page.") and name not in MOTIONS and ".phone." not in name],
            ),
            (phone, [name for name in GOALS if ".phone." in name]),
            (motions, list(MOTIONS)),
            (atlas, ["atlas.frames"]),
            (first_run, ["cells.first_run"]),
            (analogy, ["glove.analogy"]),
            (restored, ["keep.restore"]),
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
