"""A browser for the tests, the benchmarks and the screenshot."""

import os
import time

from playwright.sync_api import Error

from builder import browsers

MODEL = "Bokeh.documents[0].get_model_by_name"

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright):
    """A headless browser of a sync Playwright."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=browsers.chromium(), args=[*QUIET, *sandbox])


def wait(page, expression, arg=None, timeout=30_000):
    """Wait until a JavaScript expression is true, over reloads too.

    In it `model` finds a model by name. Playwright's own wait_for_function is eval, which the page's policy forbids.
    """
    deadline = time.monotonic() + timeout / 1000
    condition = f"(arg) => {{ const model = (name) => {MODEL}(name); return Boolean({expression}) }}"
    while not holds(page, condition, arg):
        assert time.monotonic() < deadline, f"After {timeout / 1000:.0f} s still not true: {expression}"
        page.wait_for_timeout(20)


def holds(page, condition, arg):
    """Whether a condition is true now; while another page is being loaded, none is."""
    try:
        return page.evaluate(condition, arg)
    except Error as error:
        if "context was destroyed" in error.message:
            return False
        raise
