"""A browser for the tests, the benchmarks and the screenshot."""

import os

from builder import browsers

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
