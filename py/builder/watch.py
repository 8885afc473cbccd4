"""`serve --watch`: remakes the page when a file has changed, and tells the browser to load it again.

A rebuild is a process of its own, so that it sees the changed modules. It comes in two parts: quick, all but the data
and what the cells print, which stay what they were; then complete. Each ends with a message to the browser if the page
is another one.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from builder import server
from builder.project import CACHE, DATA, ROOT, BuildError, python_path

SITE, STAMP = CACHE / "watch", CACHE / "watch.stamp"  # development.py makes them
WATCHED = ("app", "py", "static", "index.html")
KINDS = (".c", ".css", ".html", ".js", ".md", ".mjs", ".py", ".svg")
NOT_WATCHED = (DATA, ROOT / "static" / "contract")  # made by the build
INTERVAL = 0.2  # seconds between two looks at the files
SCRIPT = Path(__file__).with_name("reload.js")
EVENTS, RELOAD = "/watch-events", "/watch-reload.js"


def snapshot():
    """{path: time of its last change} of the files that the page is made of."""
    found = {}
    for name in WATCHED:
        files = (ROOT / name).rglob("*") if (ROOT / name).is_dir() else [ROOT / name]
        for path in files:
            if path.suffix in KINDS and not any(folder in path.parents for folder in NOT_WATCHED):
                try:
                    found[path] = path.stat().st_mtime_ns
                except FileNotFoundError:  # an editor's file that is gone already
                    continue
    return found


class Version:
    """The version of the page that is served; readers can wait for the next one."""

    def __init__(self):
        self._changed = threading.Condition()
        self.now = None

    def update(self):
        """Take over what the last rebuild has made."""
        with self._changed:
            self.now = STAMP.read_text()[:12]
            self._changed.notify_all()

    def wait(self, known, timeout):
        """The version, as soon as it is another than the known one or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.now != known, timeout)
            return self.now


VERSION = Version()


class Handler(server.Handler):
    """Serves the page with the script that reloads it, and the events that the script listens to."""

    HEARTBEAT = 10  # seconds; tells when the browser has left

    def do_GET(self):
        if self.path.split("?")[0] == EVENTS:
            self.send_events()
        elif self.path.split("?")[0] in ("/", "/index.html"):
            self.send_page()
        elif self.path.split("?")[0] == RELOAD:
            self.send_text(SCRIPT.read_text(encoding="utf-8"), "text/javascript")
        else:
            super().do_GET()

    def caching(self, code):
        return {"Cache-Control": "no-cache"}

    def send_page(self):
        version = VERSION.now  # before the page is read: if it changes in between, the script reloads once more
        script = f'<script src="{RELOAD}" data-version="{version}"></script>\n</head>'
        self.send_text((SITE / "index.html").read_text(encoding="utf-8").replace("</head>", script, 1), "text/html")

    def send_text(self, text, kind):
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def send_events(self):
        """Server-sent events with the version: at once, whenever it changes, and from time to time."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        known = None
        while True:
            known = VERSION.wait(known, self.HEARTBEAT)
            self.wfile.write(f"data: {known}\n\n".encode())
            self.wfile.flush()


class Rebuild:
    """A process that makes the page again."""

    def __init__(self, part):
        self.part, self._start = part, time.monotonic()
        command = [sys.executable, "-m", "builder.development", part]
        self._process = subprocess.Popen(command, cwd=ROOT, env=python_path(), start_new_session=True)

    def done(self):
        return self._process.poll() is not None

    def succeeded(self):
        return self._process.wait() == 0

    def seconds(self):
        return time.monotonic() - self._start

    def stop(self):
        """End it with all that it has started."""
        if not self.done() and hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()


def follow():
    """Rebuild after each change, for ever."""
    files, rebuild = snapshot(), Rebuild("complete")
    try:
        while True:
            time.sleep(INTERVAL)
            before, files = files, snapshot()
            if files != before:
                if rebuild:
                    rebuild.stop()
                rebuild = Rebuild("quick")
            elif rebuild and rebuild.done():
                rebuild = followed_up(rebuild)
    finally:
        if rebuild:
            rebuild.stop()


def followed_up(rebuild):
    """Show what a finished rebuild has made; the rebuild that comes next, or None."""
    if not rebuild.succeeded():
        print("The page stays as it was.", flush=True)
        return None
    before = VERSION.now
    VERSION.update()
    if VERSION.now != before:
        print(f"The page is made anew ({rebuild.seconds():.1f} s).", flush=True)
    return Rebuild("complete") if rebuild.part == "quick" else None


def serve(port):
    """Make the page and serve it until Ctrl-C, making it again whenever a file changes."""
    first = Rebuild("complete")
    try:
        if not first.succeeded():
            raise BuildError("The page could not be made: mend what it says above and run it again.")
    finally:
        first.stop()
    VERSION.update()
    with server.served(SITE, port, Handler):
        follow()
