"""A file of the page as Python asks for it; the browser's side is a stand-in here."""

import sys
from types import SimpleNamespace

import pytest

from browser.fetch import fetch
from lab import data


class BrowserError(Exception):
    """Stands for pyodide.ffi.JsException."""

    def __init__(self, message):
        super().__init__(f"Error: {message}")
        self.message = message


class Proxy:
    """Stands for what create_proxy makes: a function until it is destroyed."""

    made = []

    def __init__(self, function):
        self.call, self.alive = function, True
        self.made.append(self)

    def __call__(self, *args):
        assert self.alive
        self.call(*args)

    def destroy(self):
        self.alive = False


@pytest.fixture
def host(monkeypatch):
    """host(parts, error=None): these parts of any file arrive, then the error is raised, if any."""

    def answers(parts, error=None):
        async def arrive(path, progress):
            got = 0
            for part in parts:
                got += len(part)
                if progress:
                    progress(got, sum(map(len, parts)))
            if error:
                raise BrowserError(error.format(path))
            return SimpleNamespace(to_bytes=lambda: b"".join(parts))

        monkeypatch.setattr(Proxy, "made", [])
        monkeypatch.setitem(sys.modules, "js", SimpleNamespace(arriveFile=arrive))
        monkeypatch.setitem(sys.modules, "pyodide", SimpleNamespace())
        monkeypatch.setitem(
            sys.modules, "pyodide.ffi", SimpleNamespace(JsException=BrowserError, create_proxy=lambda f: Proxy(f))
        )

    return answers


def finished(coroutine):
    """The result of a coroutine that never waits: Pyodide's event loop is running already."""
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    return done.value.value


def test_a_file_arrives_and_its_parts_are_reported(host):
    host([b"abc", b"def"])
    reports = []
    assert finished(fetch("data/f.bin", lambda *report: reports.append(report))) == b"abcdef"
    assert reports == [(3, 6), (6, 6)] and [proxy.alive for proxy in Proxy.made] == [False]


def test_progress_is_optional(host):
    host([b"abc"])
    assert finished(fetch("data/f.bin")) == b"abc" and Proxy.made == []


def test_what_goes_wrong_is_an_os_error_in_the_browsers_words(host):
    host([b"abc"], "{} arrived damaged")
    with pytest.raises(OSError) as caught:
        finished(fetch("data/f.bin", lambda *report: None))
    assert str(caught.value) == "data/f.bin arrived damaged" and [proxy.alive for proxy in Proxy.made] == [False]


MB = bytes(10**6)


def test_glove_prints_the_progress_of_a_long_fetch_only(host, capsys):
    host([MB] * 6)
    assert len(finished(data._fetched("large.npz"))) == 6 * 10**6
    assert capsys.readouterr().out == "Fetching 6 MB: 2 4 6 and here they are.\n"
    host([MB] * 4)
    finished(data._fetched("small.npz"))
    assert capsys.readouterr().out == ""


def test_glove_that_cannot_be_fetched_says_so(host):
    host([], "the server answered 404")
    with pytest.raises(OSError, match=r"glove.npz could not be fetched \(.* 404\): is the connection up\?"):
        finished(data._fetched("glove.npz"))


def test_only_two_sizes_of_glove_are_known():
    with pytest.raises(ValueError, match="words is 7: choose 50_000 or 400_000"):
        finished(data.load_glove(7))
