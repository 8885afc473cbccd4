"""Firefox and WebKit by the commands of WebDriver, without a library: one over a socket, the other over HTTP.

Firefox: Marionette, which geckodriver talks to as well; its commands are WebDriver's under their own names.
WebKit: WebKitGTK's driver and its MiniBrowser, on a screen of their own.
"""

import base64
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress

from builder import browsers
from tests.engines.page import KEYS, Page

CODES = dict(zip(KEYS, "\ue012\ue013\ue014\ue015\ue011\ue010\ue007"))  # WebDriver's names of keys
CONTROL = "\ue009"
FIRST_START = 60  # seconds
LONGEST_SCRIPT = 120  # seconds
LONGEST_ANSWER = 150  # seconds: the driver itself ends a script before
FAREWELL = 10  # seconds
ATTEMPTS = 30


class WebDriver(Page):
    """command(name, **parameters) sends one and gives its value.

    An engine that does not answer has hung: it is ended, so that no later command waits for it.
    """

    running = ExitStack()  # empty until it has started

    def command(self, name, **parameters):
        try:
            return self.ask(name, **parameters)
        except OSError as error:
            self.close()
            raise ConnectionError(f"{type(self).__name__} has gone: {name} had no answer") from error

    def start(self):
        self.command("SetTimeouts", script=1000 * LONGEST_SCRIPT)
        self.resize(1280, 800)

    def go(self, address):
        self.command("Navigate", url=address)

    def back(self):
        self.command("Back")

    def forward(self):
        self.command("Forward")

    def reload(self):
        self.command("Refresh")

    def evaluate(self, expression):
        answers = "(value) => done({ value }), (error) => done({ error: String(error) })"
        script = f"const [done] = arguments; (async () => {expression})().then({answers});"
        answer = self.command("ExecuteAsyncScript", script=script, args=[])
        if "error" in answer:
            raise RuntimeError(f"{answer['error']} in {expression}")
        return answer.get("value")

    def mouse(self, *steps):
        moves = [
            dict(type=f"pointer{step.capitalize()}", button=0)
            if isinstance(step, str)
            else dict(type="pointerMove", x=step[0], y=step[1], duration=20)
            for step in steps
        ]
        pointer = dict(type="pointer", id="mouse", parameters=dict(pointerType="mouse"), actions=moves)
        self.command("PerformActions", actions=[pointer])

    def keys(self, *names, control=False):
        codes = [CODES.get(name, name) for name in names]
        strokes = [dict(type=type, value=code) for code in codes for type in ("keyDown", "keyUp")]
        if control:
            strokes = [dict(type="keyDown", value=CONTROL), *strokes, dict(type="keyUp", value=CONTROL)]
        self.command("PerformActions", actions=[dict(type="key", id="keys", actions=strokes)])

    def resize(self, width, height):
        """Give the page this size; the window has a frame around it, and may not take it before it is shown."""
        for _ in range(ATTEMPTS):
            inner, outer = (self.evaluate(f"[{side}Width, {side}Height]") for side in ("inner", "outer"))
            frame = [out - in_ for in_, out in zip(inner, outer)]
            self.command("SetWindowRect", width=width + frame[0], height=height + frame[1])
            with suppress(TimeoutError):
                return self.wait(f"innerWidth === {width} && innerHeight === {height}", timeout=2)
        raise TimeoutError(f"the window did not become {width} x {height}, but {inner}")

    def screenshot(self):
        return base64.b64decode(self.command("TakeScreenshot", full=False))

    def close(self):
        self.running.close()


class Firefox(WebDriver):
    PREFERENCES = {
        "marionette.port": 0,  # any free one, told in a file
        "ui.prefersReducedMotion": 1,
        "toolkit.legacyUserProfileCustomizations.stylesheets": True,
        "browser.download.folderList": 2,
    }

    def __init__(self, folder):
        (folder / "chrome").mkdir()
        (folder / "chrome" / "userChrome.css").write_text(":root { min-width: 0 !important }")  # as narrow as a phone
        preferences = self.PREFERENCES | {"browser.download.dir": str(folder)}
        (folder / "user.js").write_text(
            "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
        )
        command = [browsers.firefox(), "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        with ExitStack() as running:
            running.enter_context(process(command, folder))
            port = wait_for(lambda: int((folder / "MarionetteActivePort").read_text()))
            connection = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_ANSWER)
            self.socket = running.enter_context(connection)
            self.answers, self.sent = self.socket.makefile("rb"), 0
            self.read()  # its greeting
            self.command("NewSession", capabilities={})
            self.start()
            self.running = running.pop_all()

    def ask(self, name, **parameters):
        self.sent += 1
        message = json.dumps([0, self.sent, f"WebDriver:{name}", parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self.read()
        if error:
            raise RuntimeError(f"{name}: {error['message']}")
        return value.get("value", value)

    def read(self):
        length = b""
        while (digit := self.answers.read(1)) != b":":
            if not digit:
                raise ConnectionError("Firefox has gone")
            length += digit
        return json.loads(self.answers.read(int(length)))


class WebKit(WebDriver):
    PATHS = {
        "SetTimeouts": "timeouts",
        "Navigate": "url",
        "Back": "back",
        "Forward": "forward",
        "Refresh": "refresh",
        "ExecuteAsyncScript": "execute/async",
        "PerformActions": "actions",
        "SetWindowRect": "window/rect",
        "TakeScreenshot": "screenshot",
    }
    BROWSER = {"args": ["--automation", "--full-screen"]}  # no tool bar, which would keep the window wide
    IN_SOFTWARE = dict(WEBKIT_DISABLE_COMPOSITING_MODE="1")  # without a GPU twice as fast

    def __init__(self, folder):
        settings = folder / ".config" / "gtk-3.0" / "settings.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text("[Settings]\ngtk-enable-animations=0\n")  # prefers-reduced-motion
        with ExitStack() as running:
            display = running.enter_context(screen(folder / "screen"))
            port = free_port()
            self.address = f"http://127.0.0.1:{port}/session"
            command = [browsers.webkit(), f"--port={port}"]
            home = dict(HOME=str(folder), XDG_RUNTIME_DIR=str(folder))
            running.enter_context(process(command, folder, DISPLAY=display, **home, **self.IN_SOFTWARE))
            browser = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": self.BROWSER}}}
            self.address += "/" + wait_for(lambda: self.send("POST", "", browser))["sessionId"]
            running.callback(self.leave)
            self.start()
            self.running = running.pop_all()

    def ask(self, name, **parameters):
        return self.send("GET" if name == "TakeScreenshot" else "POST", "/" + self.PATHS[name], parameters)

    def leave(self):
        with suppress(OSError):
            self.send("DELETE", "", timeout=FAREWELL)

    def send(self, method, path, parameters=None, timeout=LONGEST_ANSWER):
        data = json.dumps(parameters or {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{path}: {refused.read().decode()}") from None


# Ends itself, and what the program started, when nobody holds its input any more: however these tests end.
WATCHED = ["sh", "-c", '"$@" < /dev/null & read -r _; kill 0', "watched"]


@contextmanager
def process(command, folder, **environment):
    """Run a program meanwhile, with what it says in files of the folder."""
    with open(folder / "told.txt", "wb") as told, open(folder / "log.txt", "wb") as log:
        how = dict(stdin=subprocess.PIPE, stdout=told, stderr=log, start_new_session=True)
        started = subprocess.Popen([*WATCHED, *command], env=os.environ | environment, **how)
    try:
        yield
    finally:
        started.stdin.close()
        started.wait()


@contextmanager
def screen(folder):
    """A screen that nobody sees; gives its name."""
    folder.mkdir()
    with process(["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], folder):
        yield f":{wait_for(lambda: int((folder / 'told.txt').read_text()))}"


def wait_for(attempt):
    """What the attempt gives, once it does not fail any more."""
    end = time.monotonic() + FIRST_START
    while True:
        try:
            return attempt()
        except (OSError, ValueError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
