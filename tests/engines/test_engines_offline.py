"""Each engine keeps the page at the first visit; Chromium and Firefox start it without the connection after that."""

import pytest

from builder.project import DIST
from tests.browser.host import PATH, at_path, hosting


def kept(engine, url):
    """Open the page and wait until all of it is kept."""
    engine.go(f"{url}{PATH}")
    engine.ready()
    engine.wait("document.getElementById('connection').dataset.state === 'ready'")


def test_the_page_is_kept_at_the_first_visit(engine, tmp_path):
    with hosting(at_path(DIST, tmp_path)) as (_, url):
        kept(engine, url)
        assert not engine.evaluate("document.getElementById('alert').checkVisibility()")
        engine.go("about:blank")


@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True, scope="module")
def test_after_one_visit_the_page_starts_without_the_connection(engine, tmp_path):
    with hosting(at_path(DIST, tmp_path)) as (host, url):
        kept(engine, url)
        engine.go("about:blank")
        host.gone = True
        host.asked.clear()
        engine.go(f"{url}{PATH}")
        engine.interactive()
        engine.ready()
        assert engine.evaluate("lab.run('6 * 7').then(({ result }) => result)") == "42"
        assert set(host.asked) <= {"sw.js"}  # which the browser asks for by itself
        assert not engine.evaluate("document.getElementById('alert').checkVisibility()")
