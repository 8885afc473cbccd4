"""Which test files are slow, in one place; the order of the files; the tries of a test in a browser."""

from contextlib import suppress

import pytest
from _pytest.runner import runtestprotocol

SLOW = {  # they train, run every cell, or start Pyodide: left out by `build.py test --fast`
    "test_in_pyodide.py",
    "test_training_text.py",
    "test_kernel_memory.py",
    "test_gensim.py",
    "test_chapter_text.py",
    "test_measured.py",
}
FIRST = [  # the files that take longest, so that no worker is left with one of them at the end
    "test_in_pyodide.py",
    "test_links.py",
    "test_smoke.py",
    "test_training_text.py",
    "test_chapter_cells.py",
    "test_kernel_memory.py",
    "test_watch.py",
    "test_exercises.py",
    "test_cells_running.py",
    "test_training.py",
    "test_failures.py",
    "test_cells_behind.py",
    "test_models.py",
    "test_chapter_text.py",
    "test_measured.py",
]


TRIES = 3  # of a test in a browser; what fails at first stands in the summary: timing, to be mended


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name in SLOW:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_timeout_set_timer(item, settings):
    item.timer = settings


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Try a test in a browser up to TRIES times: each has as much time, and a page of its own, not that of the last.

    pytest-rerunfailures 16.1 is of no use here: with pytest 9.2 a fixture whose setup fails once never works again.
    """
    if item.path.parent.name not in ("browser", "engines"):
        return None
    for tries_left in reversed(range(TRIES)):
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        again = tries_left > 0 and any(report.failed for report in reports)
        for report in reports:
            if again and report.failed:
                report.outcome = "rerun"
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        if not again:
            return True
        with suppress(Exception, pytest.fail.Exception):  # what the failed try left may fail once more at its end
            item.session._setupstate.teardown_exact(item.session)  # the fixtures of its file
        if timer := getattr(item, "timer", None):
            item.ihook.pytest_timeout_set_timer(item=item, settings=timer)


def pytest_report_teststatus(report):
    return ("rerun", "R", ("RERUN", {"yellow": True})) if report.outcome == "rerun" else None


def pytest_terminal_summary(terminalreporter):
    """Say why a test was run again, even where it passed then."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"tried again: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright  # the units run in Pyodide too, which has none

    from tests.browser_setup import launch

    with sync_playwright() as playwright:  # there can be but one in a process
        browser = launch(playwright)
        yield browser
        browser.close()
