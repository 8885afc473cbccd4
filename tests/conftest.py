"""Which test files are slow, in one place; the order in which the files are run; the browser of a process."""

import pytest

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
        if item.path.parent.name in ("browser", "engines"):
            item.add_marker(pytest.mark.flaky(reruns=TRIES - 1))
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_timeout_set_timer(item, settings):
    item.timer = settings


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Give each further try as much time as the first, and a page of its own: the shared one is as that left it."""
    if getattr(item, "execution_count", 1) > 1:
        if timer := getattr(item, "timer", None):
            item.ihook.pytest_timeout_set_timer(item=item, settings=timer)
        for fixtures in item._fixtureinfo.name2fixturedefs.values():
            for fixture in fixtures:
                if fixture.scope == "module":
                    fixture.finish(item._request)


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
