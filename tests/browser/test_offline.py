"""By a real service worker the page starts without the connection, whole; no version mixes with another."""

import copy
import re

import pytest

from builder import hosting as rules
from tests import damage
from tests.browser.cells import Cell
from tests.browser.conftest import DIST, Lab
from tests.browser.host import PATH, at_path, hosting, mixed, second_version

UNPACKED = "runtime/interpreter.wasm"  # the service worker's own file
PARTS = "performance.getEntriesByType('resource').map(({ name }) => name)"


def visitor(browser, url, **options):
    return Lab(browser, url, **options)


def state(lab, name, timeout=60_000):
    """Wait until the chip in the bar says how things are."""
    lab.wait("document.querySelector('#connection:not([hidden])')?.dataset.state === arg", name, timeout)
    return lab


def ready(lab):
    """Open the page and wait until all of it is kept."""
    return state(lab.open().ready(), "ready")


def without_connection(lab, host):
    """The page in a new tab, started while the host is gone."""
    lab.page.close()
    host.gone = True
    lab.context.set_offline(True)
    host.asked.clear()
    lab.page = lab.new_page()
    return lab.open().ready()


def with_connection(lab, host):
    host.gone = False
    lab.context.set_offline(False)


def panel(lab):
    return [lab.page.text_content(f"#connection-{part}") for part in ("here", "missing")]


def train(lab, words="Reading|words/s|Training"):
    """Press Train and wait until the message is one of some words: that the dictionary is there."""
    lab.set("training-message", "text", "")
    lab.press("Train", "training-actions")
    lab.wait("new RegExp(arg).test(model('training-message').text)", words)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A folder with the page below a path."""
    return at_path(DIST, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A folder with another version of the page there."""
    return at_path(second_version(tmp_path_factory.mktemp("second")), tmp_path_factory.mktemp("deployed"))


@pytest.fixture
def visited(browser, first):
    """(host, a page that is ready offline)."""
    with hosting(first) as (host, url):
        lab = visitor(browser, f"{url}{PATH}")
        yield host, ready(lab)
        lab.close(quiet=False)


# -- without the connection ------------------------------------------------------------------------------------------


def test_after_one_visit_the_page_starts_and_works_without_the_connection(visited):
    host, lab = visited
    lab = without_connection(lab, host)
    assert lab.page.evaluate("lab.run('6 * 7')")["result"] == "42"
    state(lab, "offline")
    here, missing = panel(lab)
    assert "Python" in here and "the cells" in here and "questions to 50,000 words" in here and "dictionary" in missing
    lab.set("dynamics-player", "value", 7)
    assert lab.frame_shown() == 7
    lab.page.click("[data-run='5']")
    lab.page.locator("[data-run='5'][aria-pressed=true]").wait_for()
    lab.show_tab("odd")
    lab.press("Find the odd one")
    lab.says("space-odd-message", "cereal")
    assert "True" in Cell(lab, "lookup").open().run()
    lab.page.get_by_role("button", name="Toy: 15 words", exact=True).click()
    lab.wait("model('training-min_count').value === 1")
    train(lab, "Trained: 15 words")
    assert lab.page.locator("#alert").is_hidden()
    assert set(host.asked) <= {"sw.js"}  # which the browser itself asks for, whether there is a newer one
    assert lab.console == [] and lab.foreign == []


def test_the_rest_is_fetched_when_asked_to_and_can_be_stopped(visited, monkeypatch):
    host, lab = visited
    monkeypatch.setattr(damage, "LATE", 60)
    host.breaks("glove-400k.npz", "late")
    lab.page.click("#connection")
    fetch = lab.page.locator("#rest-fetch")
    assert fetch.inner_text() == "Fetch the rest (26.5 MB)"
    fetch.click()
    lab.wait("document.querySelector('#rest-progress').value > 0")
    stop = lab.page.locator("#rest-stop")
    stop.click()
    lab.page.locator("#rest-told", has_text="Stopped").wait_for()
    assert stop.is_hidden() and fetch.is_visible()
    host.mend()
    fetch.click()
    lab.page.locator("#rest-told", has_text="All of it is here").wait_for(timeout=60_000)
    assert fetch.is_hidden() and "the connection" not in panel(lab)[1]
    whole = sum(path.stat().st_size for path in DIST.rglob("*") if path.is_file() and path.suffix != ".map")
    said = re.search(r"kept in the browser, ([\d.]+) MB", lab.page.inner_text("#connection-why"))
    assert float(said[1]) == pytest.approx(whole / 1e6, abs=0.15)  # without the files for hosts
    lab = without_connection(lab, host)
    train(lab)
    answer = lab.page.evaluate(
        "source => lab.run(source)", "from lab import load_glove\nlen(await load_glove(400_000))"
    )
    assert answer["result"] == "400000"
    assert "all 400,000 words" in panel(lab)[0]


def fetched_by_python(lab):
    """The names of the files in runtime/ that the figures' worker has fetched, without their addresses' hash."""
    names = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.split('/runtime/')[1])"
    return {name for name in lab.page.workers[0].evaluate(names) if name}


def test_from_the_second_visit_the_interpreter_comes_unpacked_from_the_service_worker(visited):
    """The browser keeps what it compiles of a response out of a cache, so that Python starts sooner."""
    host, lab = visited
    packed, unpacked = "interpreter.wasm.bin", "interpreter.wasm"
    assert packed in fetched_by_python(lab) and unpacked not in fetched_by_python(lab)
    lab.page.reload()
    lab.ready()
    assert unpacked in fetched_by_python(lab) and packed not in fetched_by_python(lab)
    lab.page.evaluate("caches.keys().then((all) => caches.delete(all.find((name) => name.includes(' unpacked '))))")
    lab = without_connection(lab, host)  # it is unpacked again
    assert unpacked in fetched_by_python(lab) and lab.page.locator("#alert").is_hidden()
    assert lab.page.evaluate("lab.run('6 * 7')")["result"] == "42"


def test_what_was_asked_for_once_is_kept(visited):
    host, lab = visited
    train(lab)
    lab.press("Stop", "training-actions")
    lab = without_connection(lab, host)
    train(lab)


def test_the_service_worker_comes_after_python(visited):
    _, lab = visited
    live, first = lab.page.evaluate("""(() => [performance.getEntriesByName('lab-live')[0].startTime,
        Math.min(...performance.getEntriesByType('resource').filter(({ name }) => /offline-|sw\\.js/.test(name))
            .map(({ startTime }) => startTime))])()""")
    assert live < first < 1e9


def test_what_the_page_has_fetched_is_not_fetched_again(browser, first):
    with hosting(first) as (host, url):
        lab = ready(visitor(browser, f"{url}{PATH}"))
        again = {
            name for name in host.asked if host.asked.count(name) > 1 and name.startswith(("runtime", "data", "static"))
        }
        assert {name for name in again if not name.startswith("static/fonts/") and "favicon" not in name} == set()
        lab.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_on_a_developers_machine_nothing_is_kept(browser, first, name):
    with hosting(first) as (host, url):
        lab = visitor(browser, f"{url.replace('lab.localhost', name)}{PATH}").open().ready()
        lab.wait(f"{PARTS}.some((name) => name.includes('toy-log-1.bin'))")
        lab.settled()
        assert lab.page.locator("#connection").is_hidden()
        assert lab.page.evaluate("caches.keys()") == [] and "sw.js" not in host.asked
        lab.close()


def test_in_a_frame_of_another_page_nothing_is_registered(browser, first):
    (first / "frame.html").write_text(f'<iframe src="{PATH}" width="800" height="600"></iframe>')
    with hosting(first) as (host, url):
        lab = visitor(browser, url)
        lab.page.goto(f"{url}frame.html")
        frame = lab.page.frame_locator("iframe")
        frame.locator("html[data-python=ready]").wait_for(timeout=60_000)
        lab.page.frames[1].evaluate("new Promise((done) => requestIdleCallback(done))")
        lab.settled()
        assert "sw.js" not in host.asked
        lab.close(quiet=False)


# -- another version -------------------------------------------------------------------------------------------------


def newer(lab):
    """Have the browser look for a newer version, as it does when the tab is shown again; wait until it is offered."""
    lab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    return state(lab, "newer")


def other_tab(lab):
    """The page in another tab of the same browser."""
    other = copy.copy(lab)
    other.page = lab.new_page()
    return other.open().ready()


def load_newer(lab):
    before = lab.page.get_attribute("html", "data-version")
    lab.page.click("#connection")
    lab.page.click("#connection-load")
    lab.wait("document.documentElement.dataset.version !== arg", before)
    return state(lab.ready(), "ready")


def late_module(lab):
    """Import a module that the page has not loaded yet; what the page then has from it."""
    return lab.page.evaluate("""async () => {
        const { url } = JSON.parse(document.getElementById("lab-runtime").textContent)["take/link.js"];
        await import(new URL(url, document.baseURI).href);
        return globalThis.second ?? "first";
    }""")


def kept(lab, path=PATH):
    """The addresses of what is kept of the page below a path."""
    return set(
        lab.page.evaluate(
            """async (path) => {
                const found = [];
                for (const name of await caches.keys()) if (name.endsWith(`/${path}`))
                    found.push(...(await (await caches.open(name)).keys()).map(({ url }) => url.split(`/${path}`)[1]));
                return found;
            }""",
            path,
        )
    )


def files_of(folder, path=PATH):
    """The names of all that a version has."""
    dist = folder / path
    return {file.relative_to(dist).as_posix() for file in dist.rglob("*") if file.is_file()}


def test_an_open_tab_keeps_its_version_to_the_end_and_is_offered_the_newer(browser, first, second):
    with hosting(first) as (host, url):
        lab = ready(visitor(browser, f"{url}{PATH}"))
        old = kept(lab)
        host.folder = second
        newer(lab)
        another = newer(other_tab(lab))  # has the old version too, until the newer one is loaded
        assert mixed(lab.page, first / PATH) == mixed(another.page, first / PATH) == []
        assert old < kept(lab)

        load_newer(another)
        assert mixed(another.page, second / PATH) == [] and late_module(another) != "first"
        state(lab, "newer")
        assert late_module(lab) == "first"
        assert mixed(lab.page, first / PATH) == ["", "static/favicon.svg"]  # only what is loaded anew has no hash
        assert lab.page.evaluate("lab.run('6 * 7')")["result"] == "42"
        assert old < kept(lab)

        lab.page.close()
        another.page.reload()
        state(another.ready(), "ready")
        new = kept(another)
        assert old - new and {url for url in new if re.search(rules.HASHED, f"/{url}")} & old
        assert {name for url in new if (name := url.split("?")[0])} - {UNPACKED} <= files_of(second)
        lab.page = another.page
        lab = without_connection(lab, host)
        assert mixed(lab.page, second / PATH) == []
        lab.close(quiet=False)


def test_a_newer_version_that_does_not_come_whole_is_not_offered(browser, first, second):
    with hosting(first) as (host, url):
        lab = ready(visitor(browser, f"{url}{PATH}"))
        host.folder = second
        host.breaks("favicon.svg", "404")
        lab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        logged(lab, "could not be kept")
        assert lab.page.get_attribute("#connection", "data-state") == "ready" and mixed(lab.page, first / PATH) == []
        host.mend()
        newer(lab)
        lab.close(quiet=False)


# -- damage ----------------------------------------------------------------------------------------------------------


def logged(lab, words):
    lab.wait("document.getElementById('log').textContent.includes(arg)", words, 60_000)


@pytest.mark.parametrize("fault", ["404", "flip", "half", "portal"])
def test_what_does_not_come_whole_is_not_kept_and_comes_at_the_next_visit(browser, first, fault):
    with hosting(first) as (host, url):
        lab = visitor(browser, f"{url}{PATH}")
        host.breaks("toy-log-15.bin", fault)
        lab.open().ready()
        logged(lab, "could not be kept")
        assert lab.page.locator("#connection").is_hidden() and lab.page.locator("#alert").is_hidden()
        host.mend()
        lab.page.reload()
        state(lab.ready(), "ready")
        lab.close(quiet=False)


def test_keeping_that_was_killed_half_way_goes_on_at_the_next_visit(browser, first, monkeypatch):
    monkeypatch.setattr(damage, "LATE", 60)
    with hosting(first) as (host, url):
        lab = visitor(browser, f"{url}{PATH}")
        host.breaks("source/words.html", "late")
        lab.open().ready()
        while "source/words.html" not in host.asked:
            lab.page.wait_for_timeout(50)
        session = lab.context.new_cdp_session(lab.page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        lab.page.close()
        host.mend()
        host.asked.clear()
        lab.page = lab.new_page()
        ready(lab)
        assert "source/words.html" in host.asked and "source/evaluate.html" not in host.asked
        lab = without_connection(lab, host)
        assert mixed(lab.page, first / PATH) == []
        lab.close(quiet=False)


def flip(lab, name):
    """Flip a bit of a file that is kept, as a disk may."""
    flipped = lab.page.evaluate(
        """async (name) => {
            for (const key of await caches.keys()) {
                const cache = await caches.open(key);
                for (const request of await cache.keys()) {
                    if (new URL(request.url).pathname !== new URL(name, document.baseURI).pathname) continue;
                    const answer = await cache.match(request), bytes = new Uint8Array(await answer.arrayBuffer());
                    bytes[bytes.length >> 1] ^= 1;
                    await cache.put(request, new Response(bytes, { headers: answer.headers }));
                    return true;
                }
            }
        }""",
        name,
    )
    assert flipped


@pytest.mark.parametrize("name, retry", [("./", False), ("source/words.html", False), ("static/main.js", True),
                                         ("static/page.css", True), ("runtime/app.zip.bin", True),
                                         ("runtime/interpreter.wasm", False)])  # fmt: skip
def test_a_kept_file_that_is_damaged_is_told_or_healed(visited, first, name, retry):
    host, lab = visited
    flip(lab, name)
    lab.page.reload()
    if retry:
        lab.page.locator("#alert-retry").wait_for(timeout=60_000)
        lab.page.click("#alert-retry")
    state(lab.ready(), "ready")
    assert lab.page.locator("#alert").is_hidden()
    lab = without_connection(lab, host)
    assert lab.page.locator("#alert").is_hidden() and mixed(lab.page, first / PATH) == []


def test_data_that_are_damaged_where_they_are_kept_are_fetched_anew(visited):
    host, lab = visited
    lab.page.click("#connection")
    lab.page.click("#rest-fetch")
    lab.page.locator("#rest-told", has_text="All of it is here").wait_for(timeout=60_000)
    flip(lab, "data/dictionary.txt.bin")
    host.asked.clear()
    lab.page.keyboard.press("Escape")
    train(lab)
    assert host.asked.count("data/dictionary.txt.bin") <= 1  # out of the browser's cache, if it has it
    lab = without_connection(lab, host)
    train(lab)


def test_behind_a_sign_in_page_the_kept_page_starts(visited, first):
    host, lab = visited
    host.breaks("", "portal")
    lab.page.reload()
    state(lab.ready(), "ready")
    assert mixed(lab.page, first / PATH) == [] and lab.page.locator("#alert").is_hidden()
    train(lab, "a web page came in the place of")
    host.mend()
    train(lab)


def test_where_keeping_is_forbidden_the_page_works_without(browser, first):
    with hosting(first) as (host, url):
        lab = visitor(browser, f"{url}{PATH}")
        lab.page.add_init_script("""
            navigator.serviceWorker.register = () => Promise.reject(new DOMException("not allowed", "SecurityError"));
            caches.open = () => Promise.reject(new DOMException("not allowed", "SecurityError"));""")
        lab.open().ready()
        logged(lab, "could not be kept for when the connection is down: not allowed")
        assert lab.page.locator("#connection").is_hidden() and lab.page.locator("#alert").is_hidden()
        train(lab)
        lab.close()


# -- where it lies ---------------------------------------------------------------------------------------------------


def test_two_pages_of_a_host_share_nothing(browser, first, second, tmp_path):
    at_path(first / PATH, tmp_path, "one/")
    at_path(second / PATH, tmp_path, "one/two/")  # the worker of the first is above the second
    with hosting(tmp_path) as (host, url):
        one = ready(visitor(browser, f"{url}one/"))
        files = kept(one, "one/")
        two = copy.copy(one)
        two.page, two.site = one.new_page(), f"{url}one/two/"
        ready(two)
        assert mixed(two.page, tmp_path / "one/two") == [] and mixed(one.page, tmp_path / "one") == []
        assert kept(one, "one/") == files
        one.page.close()
        one.page = two.page
        lab = without_connection(one, host)
        assert mixed(lab.page, tmp_path / "one") == []
        lab.close(quiet=False)


# -- how it looks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_the_chip_and_its_panel_fit_and_are_named(browser, first, width):
    with hosting(first) as (_, url):
        lab = ready(visitor(browser, f"{url}{PATH}", viewport={"width": width, "height": 844}))
        assert lab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        lab.page.focus("#connection")
        lab.page.keyboard.press("Enter")
        lab.page.locator("#rest-fetch").wait_for()
        box = lab.page.locator("#connection-panel").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert lab.violations("header") == {"light": [], "dark": []}
        lab.page.keyboard.press("Tab")
        assert lab.page.evaluate("document.activeElement.id") == "rest-fetch"
        lab.close()


def test_the_page_can_be_installed(browser, first):
    with hosting(first) as (_, url):
        lab = ready(visitor(browser, f"{url}{PATH}"))
        session = lab.context.new_cdp_session(lab.page)
        manifest = session.send("Page.getAppManifest")
        errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert manifest["errors"] == [] and {error["errorId"] for error in errors} <= {"in-incognito"}
        assert manifest["manifest"]["startUrl"] == manifest["manifest"]["scope"] == f"{url}{PATH}"
        lab.close()
