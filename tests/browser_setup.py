"""A browser for the tests, the benchmark and the screenshot."""

import os
import shutil
import subprocess
import sys

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(RuntimeError):
    """No browser could be found or installed."""


def executable():
    """Path of an installed Chromium, else of Debian's, else None for Playwright's own; raises NoBrowser."""
    found = next(filter(None, map(shutil.which, INSTALLED)), None)
    if found:
        return found
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root and shutil.which("apt-get"):
        quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["apt-get", "update"], **quiet)
        if subprocess.run(["apt-get", "install", "-y", "chromium"], **quiet).returncode == 0:
            return shutil.which("chromium")
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode == 0:
        return None
    raise NoBrowser("There is no browser to test with: install Chromium or Chrome and run it again.")


def launch(playwright):
    """A headless browser of a sync Playwright."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=executable(), args=[*QUIET, *sandbox])
