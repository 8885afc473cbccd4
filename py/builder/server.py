"""A static file server such as any host is: used by `build.py serve`, the tests and the benchmark."""

import contextlib
import errno
import http.server
import threading
from contextlib import contextmanager
from functools import partial

from builder.project import BuildError


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def handle(self):
        with contextlib.suppress(ConnectionError):  # the browser left
            super().handle()


@contextmanager
def serving(folder, port=0, handler=Handler):
    """Serve a folder on this machine; gives its address. port 0: any free one."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(folder)))
    server.daemon_threads = True
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
