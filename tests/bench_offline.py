"""Measures the start from the service worker: without the connection, against one with it from the browser's cache, and
at later visits, when the browser has kept what it compiled of the interpreter.
"""

import statistics

from playwright.sync_api import sync_playwright

from builder.project import DIST
from tests.bench import MARK, told
from tests.browser.host import hosting
from tests.browser_setup import launch, wait
from tests.report import report

NAMES, STARTS = ("offline.start", "page.warm"), 3
READY = "document.getElementById('connection').dataset.state === 'ready'"


def start(context, url, until="performance.getEntriesByName('lab-live').length"):
    """Seconds until a new tab is live; it is closed once a condition holds."""
    page = context.new_page()
    page.goto(url)
    wait(page, until, timeout=120_000)
    seconds = page.evaluate(MARK, "lab-live")
    page.close()
    return seconds


def offline(host, url, kept, fetched):
    """A start without the connection against a second visit that takes everything from the browser's cache."""
    nothing_kept = url.replace("lab.localhost", "localhost")
    start(fetched, nothing_kept)
    without, with_it = [], []
    for _ in range(STARTS):
        host.gone = True
        without.append(start(kept, url))
        host.gone = False
        with_it.append(start(fetched, nothing_kept))
    value, other = statistics.median(without), statistics.median(with_it)
    report("offline.start", value, "s", f"with the network, a second visit {other:.3g}", other / value)


def warm(url, kept):
    """Visits after the first two."""
    start(kept, url, until=READY)
    told("page.warm", statistics.median(start(kept, url, until=READY) for _ in range(STARTS)), "s")


def main(prefix):
    """Run the benchmarks whose names begin with `prefix`."""
    wanted = [name for name in NAMES if name.startswith(prefix)]
    if not wanted:
        return
    with hosting(DIST) as (host, url), sync_playwright() as playwright:
        browser = launch(playwright)
        kept, fetched = (browser.new_context(viewport={"width": 1280, "height": 800}) for _ in range(2))
        start(kept, url, until=READY)
        if "page.warm" in wanted:
            warm(url, kept)
        if "offline.start" in wanted:
            offline(host, url, kept, fetched)
        browser.close()
