"""The browsers of tests, benchmarks and screenshot: Chromium, which all need; Firefox and WebKit, for tests/engines."""

import os
import shutil
import subprocess
import sys

from builder.project import BuildError

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")
WEBKIT = ("WebKitWebDriver", "Xvfb")  # WebKitGTK's driver, and a screen for it
QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def chromium():
    """Path of an installed Chromium; None for Playwright's own."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def firefox():
    """Path of an installed Firefox, or None."""
    return next(filter(None, map(shutil.which, FIREFOX)), None)


def webkit():
    """Path of WebKitGTK's driver, if there is a screen for it too, or None."""
    return shutil.which(WEBKIT[0]) if all(map(shutil.which, WEBKIT)) else None


def install(engines=False):
    """Install Chromium where there is none, Debian's or else Playwright's own; raises BuildError. engines: Firefox and
    WebKit too, Debian's; one line says so where they cannot be had.

    To be called before the tests are shared out: processes that install at the same time lock one another out.
    """
    others = {"Firefox": (firefox, ["firefox-esr"]), "WebKit": (webkit, ["webkit2gtk-driver", "xvfb"])}
    wanted = {"Chromium": (chromium, ["chromium", "fonts-liberation"])} | (others if engines else {})
    install_packages([package for found, packages in wanted.values() if not found() for package in packages])
    if not chromium() and subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode:
        raise BuildError("There is no browser to test with: install Chromium or Chrome and run it again.")
    lacking = [name for name, (found, _) in wanted.items() if name in others and not found()]
    if lacking:
        print(f"The tests in {' and '.join(lacking)} are skipped: only root on Debian can have them installed.")


def install_packages(packages):
    """Have Debian's packages installed, where we may."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if packages and as_root and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update"], **QUIET)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], **QUIET)
