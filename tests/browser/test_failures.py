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
    lab.page.route(f"**/runtime/{file}*", spoil)
    lab.open().failed()
    assert "The figures go on working" in lab.page.inner_text("#alert-message")
    lab.set("dynamics-player", "value", 7)
    assert lab.page.inner_text("#dynamics-frame") == "7/300"
    if file == "app.zip.bin":
        lab.page.unroute_all()
        lab.page.click("#alert-retry")
        lab.ready()
        assert lab.page.locator("#alert").is_hidden()


def test_a_worker_that_cannot_be_loaded(noisy_lab):
    noisy_lab.page.route("**/static/worker.js", lambda route: route.abort())
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
