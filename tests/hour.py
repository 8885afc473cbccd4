"""An hour of use in minutes: round after round of everything, with the memory of the tab and of its workers.

PYTHONPATH=py python -m tests.hour [ROUNDS]      a line every 20 rounds, of 200 by default

It fails if the memory of the page's process, or its heap, is larger by more than GROWTH in the second half of the
rounds than in the first; medians, for the process's goes up and down by a tenth. What round 0 has is not counted.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import sync_playwright

from builder.project import DIST
from builder.server import Handler, serving
from embedlab.vectors import WordVectors
from tests.browser_setup import launch

ROUNDS, EVERY = 200, 20
GROWTH = 0.05  # share
MODEL = "Bokeh.documents[0].get_model_by_name"
TEXT = "a cat sat on a mat and a dog lay on a rug while the bird sang to the cat and the dog. " * 30
CELL = """
import numpy as np
from lab import Plot
x = np.random.default_rng().normal(size=(2, 500))
Plot("Noise").scatter(*x).line(*x)
"""
COUNTS = """({ nodes: document.querySelectorAll('*').length, models: Bokeh.documents[0]._all_models.size,
               views: [...Bokeh.index].length, documents: Bokeh.documents.length })"""


class Isolated(Handler):
    """Serves the page so that it may measure its memory."""

    def end_headers(self):
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


def measured(page):
    """{where: MB} of the page and its workers, as the browser attributes them."""
    result = page.evaluate("performance.measureUserAgentSpecificMemory()")
    found = {}
    for part in result["breakdown"]:
        where = " ".join(Path(a["url"]).name.split("?")[0] or "page" for a in part["attribution"]) or "shared"
        name = f"{where} {' '.join(part['types'])}".strip()
        found[name] = round(found.get(name, 0) + part["bytes"] / 1e6, 1)
    return {name: size for name, size in found.items() if size}


def vectors():
    """A small file of word vectors in word2vec's text format."""
    from embedlab.formats import write

    words = [f"word{i}" for i in range(2_000)]
    return write(
        WordVectors(words, np.random.default_rng(0).normal(size=(2_000, 20)).astype(np.float32)), "word2vec-text"
    )


class User:
    """Does on the page what users do."""

    def __init__(self, page):
        self.page, self.file = page, vectors()

    def wait(self, expression, seconds=120):
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)
            self.page.wait_for_timeout(50)

    def set(self, name, attribute, value):
        self.page.evaluate(f"value => {{ {MODEL}('{name}').{attribute} = value }}", value)

    def press(self, root, name):
        self.page.locator(f"[data-root={root}]").get_by_role("button", name=name, exact=True).click()

    def says(self, name, text):
        try:
            self.wait(f"{MODEL}('{name}').text.includes({json.dumps(text)})")
        except TimeoutError:
            raise TimeoutError(f"{name}: {self.page.evaluate(f'{MODEL}({name!r}).text')}, not {text}") from None

    def begins(self, name):
        self.page.evaluate(f"{MODEL}('{name}').setv({{ text: '' }}, {{ sync: false }})")

    def write_cell(self):
        self.page.locator("#cell-lookup .cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(CELL)

    def round(self, i):
        page = self.page
        self.begins("dynamics-message")
        page.click("#dynamics-train-tab")
        self.press("dynamics-training", "Train")
        self.says("dynamics-message", "Trained: ")
        page.click(f"[data-run='{(1, 2, 5, 15)[i % 4]}']")
        for frame in range(0, 300, 10):
            self.set("dynamics-player", "value", frame)
        page.click("#dynamics-step")
        for active in ([], [0, 1, 2, 3], [0]):
            self.set("space-overlays", "active", active)
            self.set("space-categories", "active", list(range(len(active), 10)))
        page.get_by_role("radio", name=("PCA", "Chosen to show")[i % 2]).check()
        page.click("#odd-tab")
        self.set("space-odd-words", "value", f"breakfast, lunch, dinner, {('cereal', 'paris')[i % 2]}")
        self.press("space-odd", "Find the odd one")
        self.says("space-odd-message", ("cereal", "Paris")[i % 2])
        self.begins("training-message")
        self.press("training-actions", "Train")
        self.says("training-message", "Trained:")
        name = ("mine.vec", "yours.vec")[i % 2]
        page.set_input_files(
            "input[data-file=models-file]", {"name": name, "mimeType": "text/plain", "buffer": self.file}
        )
        self.says("models-file-message", f"{name} is loaded")
        for button in reversed(page.locator("#models-table").get_by_role("button", name="Remove").all()):
            button.click()
        page.locator("#models-table tbody tr").nth(1).wait_for(state="detached")
        self.write_cell() if i == 0 else None
        cell = page.locator("#cell-lookup")
        cell.locator(".cell-run").click()
        cell.locator(".cell-status", has_text="Done").wait_for(timeout=60_000)
        if i % 10 == 9:
            page.evaluate("() => { const run = lab.run('while True: pass'); setTimeout(lab.stop, 300); return run }")
        page.click("#theme")


def resident(browser_session):
    """MB in memory of the processes that draw pages."""
    processes = browser_session.send("SystemInfo.getProcessInfo")["processInfo"]
    status = [
        Path(f"/proc/{process['id']}/status").read_text() for process in processes if process["type"] == "renderer"
    ]
    return sum(int(text.split("VmRSS:")[1].split()[0]) for text in status) / 1e3


def prepare(page):
    """Bring the page to where a round can begin."""
    page.get_by_role("button", name="Your own text", exact=True).click()
    page.evaluate(f"text => {{ {MODEL}('training-text').value = text }}", TEXT)
    page.evaluate(f"() => {{ {MODEL}('training-min_count').value = 1; {MODEL}('training-dim').value = 20 }}")
    page.evaluate(f"{MODEL}('dynamics-epochs').value = 5")
    page.evaluate("document.querySelector('#cell-lookup').scrollIntoView()")
    page.locator("#cell-lookup .cm-editor").wait_for()


def main(rounds):
    with serving(DIST, handler=Isolated) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        session, whole = page.context.new_cdp_session(page), browser.new_browser_cdp_session()
        session.send("Performance.enable")
        page.goto(url)
        page.wait_for_selector("html[data-python=ready]", timeout=120_000)
        prepare(page)
        user, start, lines = User(page), time.monotonic(), []
        for i in range(rounds + 1):
            if i % EVERY == 0:
                session.send("HeapProfiler.collectGarbage")
                metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
                line = {"rounds": i, "minutes": round((time.monotonic() - start) / 60, 1)}
                line |= {"rss": round(resident(whole)), "heap": round(metrics["JSHeapUsedSize"] / 1e6, 1)}
                line |= {"listeners": int(metrics["JSEventListeners"]), "all_nodes": int(metrics["Nodes"])}
                line |= page.evaluate(COUNTS)
                line["measured"] = measured(page)
                print(json.dumps(line), flush=True)
                lines.append(line)
            if i < rounds:
                user.round(i)
        browser.close()
    half = len(lines) // 2
    for what in ("rss", "heap"):
        first, second = (median(line[what] for line in part) for part in (lines[1 : half + 1], lines[half + 1 :]))
        if second > first * (1 + GROWTH):
            sys.exit(f"{what} grew from {first} to {second} MB.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
