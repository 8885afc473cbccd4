"""Measures the training section of the built page: how long training holds the page up, how soon Stop answers."""

import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from builder.server import serving
from tests.browser_setup import MODEL, launch, wait
from tests.report import report

DIST = Path(__file__).parents[1] / "dist"
GOALS = {"training.longest_task": 100, "training.stop": 500}
STOPS = 5
WATCH = """() => {
    window.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
        .observe({ type: 'longtask' });
}"""
STOP = """() => {
    const message = MODEL('training-message');
    window.stopped = new Promise((done) => message.properties.text.change.connect(
        () => message.text.startsWith('Stopped') && done(performance.now())));
    addEventListener('click', () => { window.clicked = performance.now(); }, { capture: true, once: true });
}""".replace("MODEL", MODEL)


def press(page, button):
    page.locator("[data-root=training-actions]").get_by_role("button", name=button, exact=True).click()


def says(page, text):
    wait(page, "model('training-message').text.includes(arg)", text, timeout=300_000)


def stop(page, part):
    """Milliseconds from the click on Stop, when `part` of the run is done, to the message that it has stopped."""
    wait(
        page,
        "(([done], [total]) => done < total && done > arg * total)"
        "(model('training-readout').get('done'), model('training-readout').get('total'))",
        part,
    )
    page.evaluate(STOP)
    press(page, "Stop")
    took = page.evaluate("stopped.then((at) => at - clicked)")
    press(page, "Continue")
    return took


def main(prefix):
    """Train on the dictionary with the settings as they are, once, with stops on the way."""
    if not any(name.startswith(prefix) for name in GOALS):
        return
    with serving(DIST) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.wait_for_selector("html[data-python=ready]", timeout=60_000)
        page.locator("#training-figure").scroll_into_view_if_needed()
        page.evaluate(WATCH)
        press(page, "Train")
        says(page, "Training")
        page.evaluate("tasks.length = 0")
        says(page, "Trained:")
        longest = max(page.evaluate("tasks"), default=50)  # shorter ones are not told
        press(page, "Train")
        took = statistics.median(stop(page, 0.1 * (i + 1)) for i in range(STOPS))
        says(page, "Trained:")
        browser.close()
    for name, value in [("training.longest_task", longest), ("training.stop", took)]:
        report(name, value, "ms", f"goal {GOALS[name]}", GOALS[name] / value)
