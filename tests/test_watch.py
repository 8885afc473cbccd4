"""`build.py serve --watch`: a change is in the page, and the page is told; what cannot be built leaves it as it was."""

import gzip
import io
import json
import re
import signal
import subprocess
import time
import urllib.request
import zipfile

import pytest

from tests.browser_setup import wait
from tests.copied import Project

pytestmark = pytest.mark.page
COLOUR = "#123abc"
LONGEST = 90  # seconds that a change may take where much else is going on


class Watched:
    """A project that is watched and served."""

    def __init__(self, folder):
        self.project = Project(folder)
        heeded = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # off in the background
        program = f"{heeded}; from builder import watch; watch.serve(0)"
        self._process = self.project.start(program, stderr=subprocess.STDOUT)
        self.url = re.search(r"http://\S+", self.printed("Embedding Lab is at"))[0]
        self._events = urllib.request.urlopen(f"{self.url}watch-events", timeout=120)
        self.version = self._next_version()

    def printed(self, text):
        """The next line of its output that contains a text."""
        return next(line for line in self._process.stdout if text in line)

    def _next_version(self):
        return next(line.split()[1] for line in self._events if line.startswith(b"data: "))

    def until_shown(self, shown):
        """Wait for new versions until the page shows something."""
        deadline = time.monotonic() + LONGEST
        while not shown():
            before = self.version
            while self.version == before:
                assert time.monotonic() < deadline, "the page has not changed"
                self.version = self._next_version()

    def get(self, path=""):
        with urllib.request.urlopen(self.url + path) as response:
            return response.read()

    def member(self, archive, name):
        """A member of an archive of the page's Python; None if it has none of that name."""
        runtime = json.loads(re.search(rb'id="lab-runtime"[^>]*>(.*?)</script>', self.get())[1])
        with zipfile.ZipFile(io.BytesIO(gzip.decompress(self.get(runtime[archive]["url"])))) as members:
            return members.read(name).decode() if name in members.namelist() else None

    def stop(self):
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=LONGEST)


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    watched = Watched(tmp_path_factory.mktemp("watched"))
    yield watched
    watched.stop()


def test_a_style_sheet(watched):
    with (watched.project.folder / "static" / "styles" / "page.css").open("a") as sheet:
        sheet.write(f"\n.planted {{ color: {COLOUR}; }}\n")
    watched.until_shown(lambda: COLOUR.encode() in watched.get("static/page.css"))


def test_a_module(watched):
    watched.project.edit("static/main.js", "let session;", 'let session;\nglobalThis.planted = "here";')
    watched.until_shown(lambda: b"globalThis.planted" in watched.get("static/main.js"))


def test_the_text(watched):
    watched.project.edit("app/chapter/why-embeddings.md", "# ", "# Planted. ")
    watched.until_shown(lambda: b">Planted. " in watched.get())


def test_a_cell_runs_again(watched):
    cell = '```python cell=planted title="Planted"\nprint(6 * 7_000_001)\n```\n'
    with (watched.project.folder / "app" / "chapter" / "why-embeddings.md").open("a") as text:
        text.write(f"\n{cell}")
    watched.until_shown(lambda: b"42000006" in watched.get())


def test_the_front_end(watched):
    watched.project.edit("app/ui/controls.py", '"""', '"""Planted. ')
    watched.until_shown(lambda: (watched.member("app", "app/ui/controls.py") or "").startswith('"""Planted. '))
    assert watched.member("app", "app/ui/controls.pyc") is None


def test_the_science_and_a_new_module(watched):
    (watched.project.folder / "py" / "embedlab" / "planted.py").write_text("ANSWER = 42\n")
    watched.project.edit("py/embedlab/tying.py", '"""', '"""Planted. ')
    watched.until_shown(lambda: watched.member("embedlab", "embedlab/tying.py"))
    watched.until_shown(lambda: watched.member("embedlab", "embedlab/planted.py") == "ANSWER = 42\n")


def test_what_cannot_be_built_leaves_the_page_as_it_was(watched):
    before = watched.get()
    watched.project.edit("static/main.js", "\nmain().catch", "\nmain(.catch")
    assert watched.printed("build.py: ") == "build.py: The page's modules could not be packed (status 1).\n"
    watched.printed("The page stays as it was.")
    assert watched.get() == before
    watched.project.edit("static/main.js", "\nmain(.catch", "\nglobalThis.mended = true;\nmain().catch")
    watched.until_shown(lambda: b"globalThis.mended" in watched.get("static/main.js"))


@pytest.mark.browser
def test_the_page_reloads_itself_and_stays_where_it_was(watched, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(watched.url)
    wait(page, "performance.getEntriesByName('lab-drawn').length", timeout=1000 * LONGEST)
    page.evaluate("""() => {
        scrollTo(0, 5000);
        globalThis.old = true;
        addEventListener("pagehide", () => sessionStorage.setItem("left-at", scrollY));
    }""")
    watched.project.edit("app/chapter/token-to-context.md", "# ", "# Reloaded. ")
    wait(
        page,
        "!globalThis.old && document.body?.textContent.includes('Reloaded. ') && "
        "performance.getEntriesByName('lab-drawn').length && "
        "scrollY > 4000 && Math.abs(scrollY - sessionStorage.getItem('left-at')) < 2",
        timeout=90_000,
    )
    page.close()


def test_dist_knows_nothing_of_it(watched):
    assert b"watch-reload" in watched.get() and not (watched.project.folder / "dist").exists()
    assert b"watch-" not in (watched.project.folder / ".cache" / "watch" / "index.html").read_bytes()
