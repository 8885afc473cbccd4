"""The server compresses as hosts do, and only what and where it may."""

import gzip
import http.client
import os
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from builder import server

TEXT, BINARY = b"words, words, " * 500, bytes(range(256)) * 20


@pytest.fixture
def ask(tmp_path):
    """ask(path, method="GET", **headers) gives (status, headers, body), all on one connection."""
    for name in ("index.html", "page.js", "empty.css"):
        (tmp_path / name).write_bytes(b"" if name == "empty.css" else TEXT)
    (tmp_path / "data.bin").write_bytes(BINARY)
    with server.serving(tmp_path) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc)

        def ask(path, method="GET", **headers):
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

        yield ask
        connection.close()


@pytest.mark.parametrize("path", ["/", "/index.html", "/page.js?0123456789ab"])
def test_text_is_compressed_for_who_takes_it(ask, path):
    status, headers, body = ask(path, Accept_Encoding="br, gzip;q=0.8")
    assert (status, headers["Content-Encoding"], headers["Vary"]) == (200, "gzip", "Accept-Encoding")
    assert headers["Content-Length"] == str(len(body)) and len(body) < len(TEXT) and gzip.decompress(body) == TEXT


@pytest.mark.parametrize("accepts", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "notgzip-at-all"])
def test_text_is_sent_as_it_is_to_who_does_not_take_it(ask, accepts):
    _, headers, body = ask("/page.js", Accept_Encoding=accepts)
    assert (headers["Content-Encoding"], headers["Vary"], body) == (None, "Accept-Encoding", TEXT)
    assert headers["Content-Length"] == str(len(TEXT))


def test_what_is_compressed_already_is_sent_as_it_is(ask):
    _, headers, body = ask("/data.bin", Accept_Encoding="gzip")
    assert (headers["Content-Encoding"], headers["Vary"], body) == (None, None, BINARY)


def test_a_connection_goes_on_whatever_was_asked_before(ask):
    gzips = dict(Accept_Encoding="gzip")
    status, headers, body = ask("/page.js", "HEAD", **gzips)
    assert (status, headers["Content-Encoding"], body) == (200, "gzip", b"")
    status, again, body = ask("/page.js", If_Modified_Since=headers["Last-Modified"], **gzips)
    assert (status, again["Vary"], again["Content-Encoding"], body) == (304, "Accept-Encoding", None, b"")
    assert ask("/missing.js", **gzips)[0] == 404
    assert ask("/data.bin", **gzips)[2] == BINARY
    assert gzip.decompress(ask("/empty.css", **gzips)[2]) == b""
    assert gzip.decompress(ask("/page.js", **gzips)[2]) == TEXT


def test_a_file_is_compressed_once_for_a_class_and_anew_when_it_changes(tmp_path, monkeypatch):
    times, compress = [], gzip.compress
    monkeypatch.setattr(server.gzip, "compress", lambda *a, **k: times.append(1) or compress(*a, **k))
    path = tmp_path / "page.js"
    path.write_bytes(TEXT)
    with ThreadPoolExecutor(20) as pool:
        assert len({gzip.decompress(data) for data in pool.map(lambda _: server.gzipped(path), range(60))}) == 1
    assert len(times) == 1
    path.write_bytes(TEXT + b"more")
    os.utime(path, (1, 1))
    assert gzip.decompress(server.gzipped(path)) == TEXT + b"more"
