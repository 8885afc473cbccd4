"""A static file server such as any host is: used by `build.py serve`, the tests and the benchmark."""

import contextlib
import errno
import gzip
import http.server
import io
import re
import threading
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from builder import hosting
from builder.project import BuildError

LEVEL = 6  # of gzip, as hosts compress on the way
TAKES_GZIP = r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))"
PACKING = threading.Lock()  # a class asks for the same file at once


class Files(http.server.SimpleHTTPRequestHandler):
    """Files and their types; those of text compressed, as hosts do, where the browser takes that."""

    extensions_map = (
        http.server.SimpleHTTPRequestHandler.extensions_map
        | {f".{ending}": kind for ending, kind in hosting.BINARY.items()}
        | {f".{ending}": f"{kind}; charset=utf-8" for ending, kind in hosting.TEXT.items()}
    )
    protocol_version = "HTTP/1.1"
    is_text, packed = False, None  # of the file that is being answered; what is sent in its place

    def log_message(self, *args):
        pass

    def handle(self):
        with contextlib.suppress(ConnectionError):  # the browser left
            super().handle()

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        self.is_text = path.suffix[1:] in hosting.TEXT and path.is_file()
        if self.is_text and re.search(TAKES_GZIP, self.headers.get("Accept-Encoding", "")):
            self.packed = gzipped(path)
        try:
            file, packed = super().send_head(), self.packed
        finally:
            self.packed, self.is_text = None, False
        if not (file and packed):
            return file
        file.close()
        return io.BytesIO(packed)

    def send_header(self, keyword, value):
        if keyword == "Content-Length" and self.packed is not None:
            super().send_header("Content-Encoding", "gzip")
            value = len(self.packed)
        super().send_header(keyword, value)

    def end_headers(self):
        if self.is_text:
            self.send_header("Vary", "Accept-Encoding")
        super().end_headers()


def gzipped(path):
    """A file's content, compressed once for all who ask for it as it is now."""
    status = path.stat()
    with PACKING:
        return _gzipped(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=512)
def _gzipped(path, _modified, _size):
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


class Handler(Files):
    """The page, as a host should send it."""

    def send_response(self, code, message=None):
        super().send_response(code, message)
        for name, value in (hosting.HEADERS | self.caching(code)).items():
            self.send_header(name, value)

    def caching(self, code):
        """The headers that say how long an answer may be kept."""
        hashed = code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED) and re.search(hosting.HASHED, self.path)
        return {"Cache-Control": hosting.FOR_EVER if hashed else hosting.ASK_FIRST}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024  # a class opens the page at once


@contextmanager
def serving(folder, port=0, handler=Handler):
    """Serve a folder on this machine; gives its address. port 0: any free one."""
    server = Server(("127.0.0.1", port), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def served(folder, port, handler=Handler):
    """The same until Ctrl-C, with the address printed; raises BuildError if the port is in use."""
    try:
        with serving(folder, port, handler) as url:
            print(f"Embedding Lab is at {url} (Ctrl-C stops it)", flush=True)
            try:
                yield
            except KeyboardInterrupt:
                print()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BuildError(f"Port {port} is in use: choose another with --port.") from None
        raise


def serve(folder, port):
    """Serve a folder until Ctrl-C."""
    with served(folder, port):
        threading.Event().wait()
