"""What comes damaged, late or not at all is told in words, and Retry helps. The whole table: tests/damage.py."""

from fnmatch import fnmatch

import pytest

from builder.server import serving
from tests import damage
from tests.browser.cells import Cell
from tests.browser.conftest import DIST, Lab

SAMPLE = [  # one of each way in which a file is asked for, and of each fault
    ("index.html", "half"),
    ("static/page.css", "half"),
    ("static/page.css", "mime"),
    ("static/bokeh.js", "flip"),
    ("static/bokeh.js", "late"),
    ("static/main.js", "portal"),
    ("static/chunk-*.js", "404"),
    ("static/worker.js", "mime"),
    ("static/navigation-*.js", "mime"),
    ("static/navigation-*.js", "late"),
    ("static/panel-*.js", "404"),
    ("static/katex.css", "500"),
    ("static/cells-worker.js", "half"),
    ("static/cells-worker.js", "mime"),
    ("static/gif-worker.js", "mime"),
    ("runtime/*/pyodide.asm.js", "flip"),
    ("data/map-rows.json", "flip"),
    ("data/atlas.bin", "flip"),
    ("static/below-*.js", "404"),
    ("data/toy-runs.json", "portal"),
    ("data/toy-log-1.bin", "late"),
    ("data/glove-50k.npz", "flip"),
]
TOLD = {"late": ("waits", "")}  # (what happens, Retry), where it is not ("told", "Retry works")
ALERT = "#alert-message"


def test_the_table_has_every_file_that_the_page_loads():
    not_loaded = ("*.map", "_headers", ".htaccess", "nginx.conf", "source/*", "*.whl", "data/dictionary-licence.txt")
    files = [path.relative_to(DIST).as_posix() for path in DIST.rglob("*") if path.is_file()]
    patterns = [*not_loaded, *(case.pattern for case in damage.CASES)]
    assert [name for name in files if not any(fnmatch(name, pattern) for pattern in patterns)] == []
    assert [pattern for pattern in patterns if not any(fnmatch(name, pattern) for name in files)] == []


@pytest.fixture(scope="module")
def damaging():
    """(address, site) of a host whose files can be damaged."""
    site = damage.Site()
    with serving(DIST, handler=site.handler()) as url:
        yield url, site


@pytest.mark.parametrize("pattern, fault", SAMPLE)
def test_damage_is_told_and_retry_helps(browser, damaging, monkeypatch, pattern, fault):
    monkeypatch.setattr(damage, "LATE", 14)
    [case] = [case for case in damage.CASES if case.pattern == pattern]
    what, says, again = damage.outcome(browser, *damaging, case, fault)
    assert (what, again) == TOLD.get(fault, ("told", "Retry works")) and says


def test_a_document_with_another_byte_is_not_drawn(browser, site):
    def spoil(route):
        response = route.fetch()
        before, after = response.text().split('"Panel Application"')
        route.fulfill(response=response, body=f'{before}"Panel application"{after}')

    page = browser.new_page()
    page.route(site, spoil)
    page.goto(site)
    page.locator(ALERT, has_text="The figures could not be drawn (the page itself arrived damaged)").wait_for()
    page.unroute_all()
    page.click("#alert-retry")
    page.locator("#status-text", has_text="Starting").wait_for()
    page.locator("#alert").wait_for(state="hidden")
    page.close()


def test_opened_as_a_file_the_page_says_to_serve_it(browser):
    page = browser.new_page()
    page.goto((DIST / "index.html").as_uri())
    page.locator(ALERT, has_text="python3 -m http.server").wait_for()
    assert page.inner_text("#status-text") == "Not started"
    assert damage.holds(page, damage.STYLED)  # the text can be read
    page.close()


@pytest.mark.parametrize(
    "missing",
    [
        "delete HTMLElement.prototype.popover",
        "delete globalThis.DecompressionStream",
        "delete globalThis.WebAssembly",
        "WebAssembly.validate = () => false",
    ],
)
def test_a_browser_too_old_is_named_and_nothing_is_started(browser, site, missing):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(missing)
    page.goto(site)
    page.locator(ALERT, has_text="Chrome or Edge 114, Firefox 125 or Safari 17").wait_for()
    page.wait_for_load_state()
    assert page.inner_text("#status-text") == "Not started" and not any("worker.js" in url for url in asked)
    assert "A word embedding gives every word" in page.inner_text("main")
    page.close()


def test_where_no_script_arrives_the_page_itself_says_so(browser, site):
    page = browser.new_page()
    page.route("**/static/*.js*", lambda route: route.abort())
    page.goto(site)
    late = page.locator("#late")
    assert late.is_hidden()
    page.evaluate("document.getAnimations().find((one) => one.animationName === 'late').finish()")  # 20 seconds later
    assert late.is_visible() and "Load the page again" in late.inner_text()
    page.unroute_all()
    late.get_by_role("link").click()
    page.locator("html[data-scripts]").wait_for()
    assert late.is_hidden()
    page.close()


def test_behind_a_sign_in_page_the_page_says_so_without_style_and_script(browser, site):
    page = browser.new_page()
    page.route("**/static/**", lambda route: route.fulfill(body=damage.SIGN_IN, content_type="text/html"))
    page.goto(site)
    assert page.locator("#late").is_visible()
    page.close()


# -- the connection ------------------------------------------------------------------------------------------------


def loaded_ahead(lab):
    """Wait until what is loaded ahead is here."""
    lab.ready().wait("performance.getEntriesByType('resource').some(({ name }) => name.includes('toy-log-1.bin'))")
    return lab.settled()


def panel(lab):
    """What the chip's panel says: works, needs the connection."""
    return [lab.page.text_content(f"#connection-{part}") for part in ("here", "missing")]


def test_after_python_is_ready_the_page_goes_on_without_the_connection(browser, damaging):
    lab = loaded_ahead(Lab(browser, damaging[0]).open())  # from a host that lets browsers keep files
    chip = lab.page.locator("#connection")
    assert chip.is_hidden()
    lab.context.set_offline(True)
    chip.wait_for()
    here, missing = panel(lab)
    assert "the cells" in here and "the contents and the search" in here and "Python" in here
    assert "questions to 50,000 words" in missing
    lab.page.click("#contents-button")
    assert lab.page.locator("#sections a").count() > 20
    lab.page.keyboard.press("Escape")
    cell = Cell(lab, "lookup").open()
    assert "True" in cell.run()
    cell.press("Restart")
    assert "True" in cell.run()
    lab.page.click("[data-run='5']")
    lab.page.locator("[data-run='5'][aria-pressed=true]").wait_for()
    assert lab.page.locator("#alert").is_hidden()
    lab.context.set_offline(False)
    chip.wait_for(state="hidden")
    lab.close(quiet=False)


def test_what_could_not_be_loaded_comes_when_the_connection_is_back(noisy_lab):
    lab = noisy_lab
    lab.page.route("**/static/navigation-*.js", lambda route: route.abort())
    lab.page.route("**/static/cells-*.js*", lambda route: route.abort())
    lab.open_without_python().page.locator(".chapter .cell").first.scroll_into_view_if_needed()
    lab.page.mouse.move(200, 200)
    alert = lab.page.locator(ALERT, has_text="The contents and the search").filter(has_text="The cells")
    alert.wait_for()
    assert lab.page.inner_text("#connection") == "Offline"  # though the browser believes that it is not
    assert "the cells" in panel(lab)[1]
    lab.page.unroute("**/static/navigation-*.js")
    lab.page.unroute("**/static/cells-*.js*")
    lab.page.evaluate("dispatchEvent(new Event('online'))")
    lab.page.locator(".chapter .cell-help").first.wait_for(state="attached")
    lab.page.locator("#sections li").first.wait_for(state="attached")
    lab.page.locator("#connection").wait_for(state="hidden")
    assert lab.page.locator("#alert").is_hidden()
