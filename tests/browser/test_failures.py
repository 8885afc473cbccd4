"""Stages that fail are told in words, the figures go on, and Retry works."""

import pytest

from builder.server import Handler, serving
from tests.browser.conftest import DIST


@pytest.mark.parametrize(
    "file",
    ["pyodide.mjs", "interpreter.wasm.bin", "stdlib.zip.bin", "numpy.zip.bin", "embedlab.zip.bin", "app.zip.bin"],
)
@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_a_file_that_is_missing_or_damaged(noisy_lab, file, fault):
    def spoil(route):
        if fault == "missing":
            route.fulfill(status=404, body="not here")
        else:
            response = route.fetch()
            body = bytearray(response.body())
            body[len(body) // 2] ^= 0xFF
            if file == "pyodide.mjs":
                body[:0] = b"}"
            route.fulfill(response=response, body=bytes(body))

    lab = noisy_lab
    lab.page.route(f"**/{file}*", spoil)
    lab.open().failed()
    assert "The figures go on working" in lab.page.inner_text("#alert-message")
    lab.set("dynamics-player", "value", 7)
    assert lab.frame_shown() == 7
    if file == "app.zip.bin":
        lab.page.unroute_all()
        lab.page.click("#alert-retry")
        lab.ready()
        assert lab.page.locator("#alert").is_hidden()


def test_a_worker_that_cannot_be_loaded(noisy_lab):
    noisy_lab.page.route("**/static/worker.js*", lambda route: route.abort())
    noisy_lab.open().failed()


class BreaksOff(Handler):
    """Serves the first half of a file as if it were the whole, then hangs up."""

    def copyfile(self, source, outputfile):
        data = source.read()
        outputfile.write(data[: len(data) // 2])
        self.close_connection = True


def test_a_connection_that_breaks_off_half_way(noisy_lab):
    lab = noisy_lab
    with serving(DIST, handler=BreaksOff) as elsewhere:
        lab.page.route(
            "**/data/*", lambda route: route.continue_(url=f"{elsewhere}data/{route.request.url.split('/')[-1]}")
        )
        lab.open().ready()
        lab.show_tab("odd")
        lab.press("Find the odd one")
        lab.says("space-odd-message", "could not be loaded (data/glove-50k.npz broke off before its end)")
        lab.page.unroute_all()
        lab.press("Find the odd one")
        lab.says("space-odd-message", "cereal")


def test_an_exception_in_a_callback_reaches_the_page(noisy_lab):
    lab = noisy_lab
    lab.open().ready()
    lab.set("dynamics-shown", "active", 99)  # there is no such choice: Panel raises
    lab.page.wait_for_selector("#alert:not([hidden])")
    assert "went wrong in Python" in lab.page.inner_text("#alert-message")
    assert lab.page.locator("html").get_attribute("data-python") == "ready"


def once(page, pattern):
    """Let the first request for a pattern fail, and later ones succeed; nothing is loaded ahead, as that retries."""
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.route(pattern, lambda route: route.abort(), times=1)


def alert(lab, text):
    """Wait until the alert contains a text, with Retry."""
    lab.wait("document.getElementById('alert-message').textContent.includes(arg)", text)
    assert lab.page.locator("#alert").is_visible() and lab.page.locator("#alert-retry").is_visible()


def test_without_bokehjs_the_alert_says_so_and_retry_loads_the_page_again(noisy_lab):
    lab = noisy_lab
    once(lab.page, "**/static/bokeh.js*")
    lab.page.goto(lab.site)
    alert(lab, "The figures could not be drawn")
    assert lab.page.locator("html").get_attribute("data-python") == "failed"
    assert lab.page.inner_text("#status-text") == "Python stopped"
    lab.page.click("#alert-retry")
    lab.ready()
    assert lab.page.locator("#alert").is_hidden()


@pytest.mark.parametrize("module", ["cells-", "exercises-"])
def test_cells_that_could_not_be_loaded_are_there_after_retry(noisy_lab, module):
    lab = noisy_lab
    once(lab.page, f"**/static/{module}*.js")
    lab.open().page.locator(".chapter .cell").first.scroll_into_view_if_needed()
    alert(lab, "The cells could not be loaded")
    lab.page.click("#alert-retry")
    lab.page.locator(".chapter .cell-help").first.wait_for(state="attached")
    assert lab.page.locator("#alert").is_hidden()
    assert lab.page.evaluate("lab.run('1 + 1')")["result"] == "2"


def test_run_tries_again_to_load_the_cells(noisy_lab):
    lab = noisy_lab
    once(lab.page, "**/static/cells-*.js")
    lab.open()
    assert "fetch" in lab.page.evaluate("lab.run('1').catch((error) => error.message)")
    alert(lab, "The cells could not be loaded")
    assert lab.page.evaluate("lab.run('1 + 1')")["result"] == "2"
    assert lab.page.locator("#alert").is_hidden()


def test_an_editor_that_could_not_be_loaded_is_there_after_retry(noisy_lab):
    lab = noisy_lab
    once(lab.page, "**/static/editor-*.js")
    lab.open().page.locator(".chapter .cell").first.scroll_into_view_if_needed()
    alert(lab, "The editor could not be loaded")
    assert lab.page.locator(".chapter .cell-run").first.is_enabled()  # the cell runs as it is
    lab.page.click("#alert-retry")
    lab.page.locator(".chapter .cell .cm-editor").first.wait_for()
    assert lab.page.locator("#alert").is_hidden()


def test_a_navigation_that_could_not_be_loaded_is_there_after_retry(noisy_lab):
    lab = noisy_lab
    once(lab.page, "**/static/navigation-*.js")
    lab.open().page.mouse.move(200, 200)
    alert(lab, "The contents and the search could not be loaded")
    lab.page.click("#alert-retry")
    lab.page.wait_for_selector("#sections li", state="attached")
    assert lab.page.locator("#alert").is_hidden()


def test_python_that_is_ready_leaves_the_message_about_a_missing_part(noisy_lab):
    lab = noisy_lab
    lab.page.route("**/static/navigation-*.js", lambda route: route.abort())
    lab.open_without_python().page.mouse.move(200, 200)
    alert(lab, "The contents and the search could not be loaded")
    lab.let_python_in()
    alert(lab, "The contents and the search could not be loaded")


def test_a_download_that_stalls_says_so_with_retry_and_goes_on_when_it_comes(noisy_lab):
    lab, held = noisy_lab, []
    lab.page.route("**/numpy.zip.bin*", lambda route: held.append(route))
    lab.open().page.locator("#status-text", has_text="Waiting for the connection").wait_for(timeout=60_000)
    lab.page.click("#status")
    assert lab.page.locator("#retry").is_visible()
    assert lab.page.locator("html").get_attribute("data-python") == "loading"
    for route in held:
        route.continue_()
    lab.ready()
    assert lab.page.locator("#retry").is_hidden()
