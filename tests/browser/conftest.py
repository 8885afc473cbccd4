"""The built page in a real browser, below a sub-path as on a project site; every page is watched for complaints."""

import json
import re
import shutil
import time
import zlib
from http import HTTPStatus
from pathlib import Path

import pytest

from builder import hosting
from builder.server import Handler, serving
from tests.browser_setup import MODEL, wait

ROOT = Path(__file__).parents[2]
DIST, AXE = ROOT / "dist", ROOT / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


class Reported(Handler):
    """Has the browser report what breaks the policy, in a worker too, where the page's console does not show it."""

    reports = []

    def send_response(self, code, message=None):
        super().send_response(code, message)
        self.send_header("Content-Security-Policy-Report-Only", f"{hosting.POLICY}; report-uri /reports")

    def do_POST(self):
        report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["csp-report"]
        self.reports.append({name: report.get(name) for name in REPORTED})
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()


REPORTED = ("document-uri", "effective-directive", "blocked-uri", "source-file", "line-number", "column-number")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of the page, at /some/repo/."""
    parent = tmp_path_factory.mktemp("site")
    shutil.copytree(DIST, parent / "some" / "repo")
    with serving(parent, handler=Reported) as url:
        yield f"{url}some/repo/"
    assert Reported.reports == []  # nor after the last page


NO_VIOLATIONS = {"light": [], "dark": []}  # of Lab.violations


USUAL = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}  # else the run plays by itself


def is_complaint(message):
    """Whether a message of the console is one; not that software draws WebGL here, in the place of a graphics card."""
    return message.type in ("error", "warning") and "GPU stall due to ReadPixels" not in message.text


class Lab:
    """A page of the lab, with what it complained about."""

    def __init__(self, browser, site, **options):
        self.context, self.site = browser.new_context(**USUAL | options), site
        self.console, self.foreign = [], []
        self.page = self.new_page()

    def new_page(self):
        """Another page in the same context."""
        page = self.context.new_page()
        page.on("console", lambda m: self.console.append(m.text) if is_complaint(m) else None)
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))
        own = (self.site, "blob:", "data:")
        page.on("request", lambda r: None if r.url.startswith(own) else self.foreign.append(r.url))
        return page

    def open(self, fragment=""):
        """Load the page, at a fragment such as #map if there is one, and wait until all prerendered figures answer."""
        self.page.goto(f"{self.site}{fragment}")
        self.wait("performance.getEntriesByName('lab-drawn').length")
        return self

    def open_without_python(self):
        """The same with the worker held back; `let_python_in` releases it."""
        self.held = []
        self.page.route("**/static/worker.js*", self._hold)
        return self.open()

    def _hold(self, route):
        if self.held is None:  # the file has come, now the worker itself asks for it
            route.continue_()
        else:
            self.held.append(route)

    def with_other_models(self):
        """Have the page's document come with an id that Python's does not have."""

        def change(route):
            response = route.fetch()
            head, document, rest = re.split(
                '(?<=id="lab-document" data-crc=)"[0-9]+">(.*?)(?=</script>)', response.text()
            )
            document = document.replace('"id":"p1009"', '"id":"p9009"')
            route.fulfill(response=response, body=f'{head}"{zlib.crc32(document.encode())}">{document}{rest}')

        self.page.route(self.site, change)

    def let_python_in(self):
        self.wait("document.getElementById('stages').children.length")
        held, self.held = self.held, None
        for route in held:
            route.continue_()
        return self.ready()

    def ready(self):
        """Wait until Python has joined."""
        self.page.wait_for_selector("html[data-python=ready]", timeout=60_000)
        return self

    def failed(self):
        self.page.wait_for_selector("html[data-python=failed]", timeout=60_000)
        return self

    def get(self, name, attribute):
        """A property of a named model."""
        return self.page.evaluate(f"{MODEL}('{name}').{attribute}")

    def set(self, name, attribute, value):
        self.page.evaluate(f"value => {{ {MODEL}('{name}').{attribute} = value }}", value)

    def column(self, name, column):
        """A column of a named data source, as a list."""
        return self.page.evaluate(
            f"Array.from({MODEL}('{name}').get('{column}') ?? [], x => x?.length && typeof x !== "
            f"'string' ? Array.from(x) : x)"
        )

    def frame_shown(self):
        """The frame of the dynamics figure whose step is in the readout."""
        return self.column("dynamics-frames", "step").index(
            int(self.page.text_content("#dynamics-steps").replace(",", ""))
        )

    def wait(self, expression, arg=None, timeout=30_000):
        """Wait until a JavaScript expression is true; `model` in it finds a model by name."""
        wait(self.page, expression, arg, timeout)

    def settled(self):
        """Wait until nothing has been added to the page or taken off it for half a second."""
        self.page.evaluate("""() => new Promise((done) => {
            let timer = setTimeout(done, 500);
            const again = () => { clearTimeout(timer); timer = setTimeout(done, 500); };
            new MutationObserver(again).observe(document.body, { childList: true, subtree: true });
        })""")
        return self

    def bring_axe(self):
        """Have axe in the page; as a script of its own the page's policy forbids it."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))

    def violations(self, within="html"):
        """What axe finds inside an element, {scheme: [[rule, elements]]}."""
        self.bring_axe()
        found = {}
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            assert self.page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
            found[scheme] = self.page.evaluate(
                f"axe.run('{within}').then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target + '')]))"
            )
        return found

    def press(self, label, place=None):
        """Press a button; place: the root that it is in, where several have one of that name."""
        within = self.page.locator(f"[data-root={place}]") if place else self.page
        within.get_by_role("button", name=label, exact=True).click()

    def on_screen(self, word):
        """Where a word's mark on the map is in the window: (x, y) in pixels."""
        self.page.locator("[data-root=space-plane]").scroll_into_view_if_needed()
        return self.page.evaluate(
            """word => {
            const model = (name) => Bokeh.documents[0].get_model_by_name(name);
            const [words, plane] = [model('space-words'), model('space-plane')];
            const { frame, el } = [...Bokeh.index].find((view) => view.model === plane);
            const [i, box] = [Array.from(words.get('word')).indexOf(word), el.getBoundingClientRect()];
            return [box.left + frame.x_scale.compute(words.get('x')[i]),
                    box.top + frame.y_scale.compute(words.get('y')[i])];
        }""",
            word,
        )

    def show_tab(self, name):
        """Have a figure's side show the panel of a tab: lab.show_tab("sum")."""
        self.page.locator(f"#{name}-tab").click()

    def comes(self, read, expected, timeout=30_000):
        """Wait until what `read` gives is what is expected: Python may change one model after another."""
        deadline = time.monotonic() + timeout / 1000
        while read() != expected and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        assert read() == expected

    def says(self, message, text, timeout=30_000):
        """Wait until a message to the user contains a text."""
        self.wait(f"model('{message}').text.includes(arg)", text, timeout)

    def close(self, quiet=True):
        self.context.close()
        reports, Reported.reports[:] = list(Reported.reports), []
        assert reports == []
        if quiet:
            assert self.console == [] and self.foreign == []


@pytest.fixture
def lab(browser, site):
    """A fresh page, not opened yet; it must stay quiet."""
    lab = Lab(browser, site)
    yield lab
    lab.close()


@pytest.fixture
def noisy_lab(browser, site):
    """A fresh page that is made to fail, and so may complain."""
    lab = Lab(browser, site)
    yield lab
    lab.close(quiet=False)


@pytest.fixture(scope="module")
def still(browser, site):
    """A page without Python, shared by a file's tests: they set what they need."""
    lab = Lab(browser, site).open_without_python()
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def live(browser, site):
    """A live page, shared by a file's tests: they set what they need."""
    lab = Lab(browser, site).open().ready()
    yield lab
    lab.close()
