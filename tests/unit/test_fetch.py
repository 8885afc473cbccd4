"""A file beside the page arrives in parts; the browser is a stand-in here."""

import sys
from types import SimpleNamespace

import pytest

from browser.fetch import fetch
from lab import data


class BrowserError(Exception):
    """Stands for pyodide.ffi.JsException."""


class Host:
    """A browser's fetch of one file: `parts` of bytes, an exception among them being raised in its place."""

    def __init__(self, parts, length=None, status=200):
        self.parts, self.status, self.asked = list(parts), status, []
        self.headers = {} if length is None else {"content-length": str(length)}
        self.js_response = SimpleNamespace(body=SimpleNamespace(getReader=lambda: self))

    async def pyfetch(self, address):
        self.asked.append(address)
        return self

    def raise_for_status(self):
        if self.status != 200:
            raise OSError(f"{self.status}")

    async def read(self):
        if not self.parts:
            return SimpleNamespace(done=True)
        part = self.parts.pop(0)
        if isinstance(part, Exception):
            raise part
        return SimpleNamespace(done=False, value=SimpleNamespace(to_bytes=lambda: part))


@pytest.fixture
def host(monkeypatch):
    """Makes a Host answer for the browser."""

    def answers(*args, **kwargs):
        made = Host(*args, **kwargs)
        url = SimpleNamespace(new=lambda address, base: SimpleNamespace(href=f"{base} -> {address}"))
        js = SimpleNamespace(URL=url, location=SimpleNamespace(href="page/static/worker.js"))
        monkeypatch.setitem(sys.modules, "js", js)
        monkeypatch.setitem(sys.modules, "pyodide", SimpleNamespace())
        monkeypatch.setitem(sys.modules, "pyodide.ffi", SimpleNamespace(JsException=BrowserError))
        monkeypatch.setitem(sys.modules, "pyodide.http", SimpleNamespace(pyfetch=made.pyfetch))
        return made

    return answers


def finished(coroutine):
    """The result of a coroutine that never waits: Pyodide's event loop is running already."""
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    return done.value.value


@pytest.mark.parametrize("length, total", [(6, 6), (None, 0)])
def test_the_parts_of_a_file_are_joined_and_reported(host, length, total):
    browser, reports = host([b"abc", b"def"], length), []
    assert finished(fetch("data/f.bin", lambda *report: reports.append(report))) == b"abcdef"
    assert reports == [(3, total), (6, total)] and browser.asked == ["page/static/worker.js -> ../data/f.bin"]


def test_progress_is_optional(host):
    host([b"abc"])
    assert finished(fetch("data/f.bin")) == b"abc"


def test_a_connection_that_breaks_is_an_os_error(host):
    host([b"abc", BrowserError("network error")], 6)
    with pytest.raises(OSError, match="data/f.bin broke off before its end"):
        finished(fetch("data/f.bin"))


def test_a_status_that_is_no_success_is_an_os_error(host):
    host([b"not here"], status=404)
    with pytest.raises(OSError, match="404"):
        finished(fetch("data/f.bin"))


MB = bytes(10**6)


def test_glove_prints_the_progress_of_a_long_fetch_only(host, capsys):
    host([MB] * 6, 6 * 10**6)
    assert len(finished(data._fetched("large.npz"))) == 6 * 10**6
    assert capsys.readouterr().out == "Fetching 6 MB: 2 4 6 and here they are.\n"
    host([MB] * 4, 4 * 10**6)
    finished(data._fetched("small.npz"))
    assert capsys.readouterr().out == ""


def test_glove_that_cannot_be_fetched_says_so(host):
    host([], status=404)
    with pytest.raises(OSError, match=r"glove.npz could not be fetched \(404\): is the connection up\?"):
        finished(data._fetched("glove.npz"))


def test_only_two_sizes_of_glove_are_known():
    with pytest.raises(ValueError, match="words is 7: choose 50_000 or 400_000"):
        finished(data.load_glove(7))
