"""The browser that tests, benchmarks and screenshot use: an installed Chromium, Debian's, or Playwright's own."""

import os
import shutil
import subprocess
import sys

from builder.project import BuildError

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable():
    """Path of an installed Chromium; None for Playwright's own."""
    return next(filter(None, map(shutil.which, INSTALLED)), None)


def install():
    """Install Debian's Chromium, else Playwright's own, where there is none; raises BuildError.

    To be called before the tests are shared out: processes that install at the same time lock one another out.
    """
    if executable():
        return
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root and shutil.which("apt-get"):
        quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["apt-get", "update"], **quiet)
        if subprocess.run(["apt-get", "install", "-y", "chromium"], **quiet).returncode == 0:
            return
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode:
        raise BuildError("There is no browser to test with: install Chromium or Chrome and run it again.")
