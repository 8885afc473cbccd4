"""The built page in three engines, each in a process of its own; skipped where it is not installed."""

import shutil
from pathlib import Path

import pytest

from builder import browsers
from builder.project import DIST
from builder.server import serving
from tests.browser.conftest import Reported
from tests.engines.page import Chromium
from tests.engines.webdriver import Firefox, WebKit

HERE = Path(__file__).parent
PROBE = '<script src="probe.js"></script>'
FOUND = {"chromium": lambda: True, "firefox": browsers.firefox, "webkit": browsers.webkit}


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.engines)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    engine = getattr(item, "funcargs", {}).get("engine")
    if report.when == "call" and report.failed and engine:
        report.sections.append(("engine", picture(engine, item.config._tmp_path_factory.mktemp("failed"))))
    return report


def picture(engine, folder):
    """Where the picture is of what the page looked like; with what it complained of, and what its log says."""
    try:
        (folder / "page.png").write_bytes(engine.screenshot())
        log = engine.evaluate("document.getElementById('log').textContent")
        return f"{folder / 'page.png'}\n{engine.complaints}\n{log}"
    except (Exception, pytest.fail.Exception) as error:  # the test's own failure, or its time being over, says more
        return f"no picture: {error}"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of the page, at /some/repo/, with the probe in it."""
    parent = tmp_path_factory.mktemp("site")
    shutil.copytree(DIST, parent / "some" / "repo")
    shutil.copy(HERE / "probe.js", parent / "some" / "repo")
    index = parent / "some" / "repo" / "index.html"
    index.write_text(index.read_text(encoding="utf-8").replace("<head>", f"<head>{PROBE}", 1), encoding="utf-8")
    with serving(parent, handler=Reported) as url:
        yield f"{url}some/repo/"


@pytest.fixture(scope="module", params=FOUND)
def engine(request, tmp_path_factory):
    """A window of each engine in turn, with nothing in it, shared by a file's tests."""
    if not FOUND[request.param]():
        pytest.skip(f"{request.param} is not installed")
    if request.param == "chromium":
        engine = Chromium(request.getfixturevalue("browser"))
    else:
        engine = {"firefox": Firefox, "webkit": WebKit}[request.param](tmp_path_factory.mktemp(request.param))
    yield engine
    engine.close()
