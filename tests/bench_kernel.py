"""Measures the training kernel; bench.py's lines. All sides of a comparison take turns in one run; medians are told.

A pair is one skip-gram step: a centre, a word beside it, K negatives. gensim does not count its pairs, so it is given
the same sentences, no subsampling and the same window, and credited with the pairs a word that the kernel counts
there: both draw each centre's width uniformly from 1..5, so they agree to the luck of some 100,000 draws.
"""

import json
import re
import statistics
import subprocess
import sysconfig
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from builder.downloads import pyodide_wheel
from builder.project import DIST, ROOT
from builder.server import serving
from embedlab.word2vec import memory_needed
from tests import kernel_speed
from tests.browser_setup import launch
from tests.report import report

TURNS = 7
WORDS = 200_000  # of the text in a comparison
# Words of a turn: about 0.4 s for each side, so that what else the machine does in the meantime troubles both alike.
TURN = {"kernel": 400_000, "gensim": 100_000, "numpy": 10_000}
HERE = Path(__file__).parent


def report_rates(name, rates, against):
    """Two medians of pairs a second, ours first."""
    ours, theirs = rates.values()
    report(name, ours, "pairs/s", f"{against}: {theirs:,.0f}", ours / theirs)


# -- the places where it runs: each is a function of kernel_speed.answer's arguments ---------------------------


@contextmanager
def asked(*command):
    """A process that answers a JSON object a line with a line of JSON: a function of what it is asked."""
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(**arguments):
        process.stdin.write(json.dumps(arguments) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield ask
    finally:
        process.stdin.close()
        process.wait()


def under_node():
    """The page's kernel in Pyodide, in a Node process of its own."""
    libraries = sysconfig.get_paths()["purelib"]
    return asked("node", "py/runtime/node.mjs", pyodide_wheel("numpy"), ROOT, libraries, "tests/kernel_speed.py")


def fulfil(path, route):
    route.fulfill(path=path)


@contextmanager
def in_chromium(script="kernel_speed.py"):
    """The page's kernel in a worker of Chromium's, from dist/: a function of the arguments of a script's `answer`."""
    files = re.search(r'id="lab-runtime"[^>]*>(.*?)</script>', (DIST / "index.html").read_text())[1]
    worker = (HERE / "kernel-worker.js").read_text()
    with serving(DIST) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.route("**/kernel-worker.js", lambda route: route.fulfill(body=worker, content_type="text/javascript"))
        for module in ("live/start-python.js", "ui/arrival.js"):
            page.route(f"**/static/{module}", partial(fulfil, ROOT / "static" / module))
        page.route("**/empty.html", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        page.goto(f"{url}empty.html")
        page.evaluate(
            """message => new Promise((resolve, reject) => {
            globalThis.worker = new Worker("kernel-worker.js", { type: "module" });
            worker.onerror = (event) => reject(new Error(event.message));
            worker.onmessage = resolve;
            worker.postMessage(message);
        })""",
            {
                "base": url,
                "files": json.loads(files),
                "source": (HERE / script).read_text().replace('__name__ == "__main__"', "False"),
            },
        )
        yield lambda **arguments: json.loads(
            page.evaluate(
                """text => new Promise((resolve) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.postMessage(text);
        })""",
                json.dumps(arguments),
            )
        )
        browser.close()


def gensim_stretch(vocabulary, pairs_per_word):
    """gensim with one worker on the same text: a function that gives {pairs, seconds}."""
    from gensim.models import Word2Vec

    corpus = kernel_speed.zipf_corpus(vocabulary, WORDS)
    sentences = [
        [corpus.vocabulary.words[i] for i in row[:-1]] for row in corpus.tokens.reshape(-1, kernel_speed.SENTENCE + 1)
    ]
    model = Word2Vec(vector_size=100, window=5, negative=5, sg=1, sample=0, min_count=1, workers=1, seed=1)
    model.build_vocab(sentences)
    turn = sentences[: TURN["gensim"] // kernel_speed.SENTENCE]

    def stretch():
        start = time.perf_counter()
        model.train(turn, total_examples=len(turn), epochs=1, start_alpha=0.025, end_alpha=0.025)
        return {"pairs": pairs_per_word * TURN["gensim"], "seconds": time.perf_counter() - start}

    return stretch


# -- comparisons ---------------------------------------------------------------------------------------------


def taking_turns(sides):
    """Median pairs a second of each of {name: function}, which take turns after one turn that does not count."""
    rates = {name: [] for name in sides}
    for _turn in range(TURNS + 1):
        for name, stretch in sides.items():
            done = stretch()
            rates[name].append(done["pairs"] / done["seconds"])
    return {name: statistics.median(of[1:]) for name, of in rates.items()}


def our_stretch(ask, vocabulary, engine="kernel", shared=False):
    return lambda: ask(do="stretch", engine=engine, vocabulary=vocabulary, words=TURN[engine], of=WORDS, shared=shared)


def against_gensim(name, place, vocabulary, shared=False):
    pairs_per_word = kernel_speed.stretch("kernel", vocabulary, 5 * WORDS, WORDS)["pairs"] / (5 * WORDS)
    with place() as ask:
        rates = taking_turns(
            {
                "ours": our_stretch(ask, vocabulary, shared=shared),
                "gensim": gensim_stretch(vocabulary, pairs_per_word),
            }
        )
    report_rates(name, rates, "gensim, one worker")


def shared_against_exact(name):
    """Pairs a second with shared negatives and with each pair's own, under Node, for each size of vocabulary."""
    with under_node() as ask:
        for size in (5_000, 20_000, 100_000):
            sides = {"shared": our_stretch(ask, size, shared=True), "exact": our_stretch(ask, size)}
            report_rates(f"{name}.v{size // 1000}k", taking_turns(sides), "each pair's own negatives")


def against_numpy(name):
    with under_node() as ask:
        rates = taking_turns({"kernel": our_stretch(ask, 20_000), "numpy": our_stretch(ask, 20_000, "numpy")})
    report_rates(name, rates, "NumPy in Pyodide")


def against_native(name):
    with under_node() as ask:
        rates = taking_turns({"page": our_stretch(ask, 20_000), "native": our_stretch(kernel_speed.answer, 20_000)})
    report_rates(name, rates, "the same C for this machine")


def neighbours(name):
    """One question among 400,000 words, under Node."""
    with under_node() as ask:
        seconds = ask(do="neighbours", words=400_000)
    report(
        name,
        seconds["codes"] * 1e3,
        "ms",
        f"product of all rows {seconds['product'] * 1e3:.1f}",
        seconds["product"] / seconds["codes"],
    )


def scaling(series, sizes):
    """Time a pair over a whole epoch, and peak memory, for each of {name: (vocabulary, words)}, under Node."""
    with under_node() as ask:
        times = {name: [] for name in sizes}
        for _turn in range(TURNS):
            for name, (vocabulary, words) in sizes.items():
                done = ask(do="epoch", vocabulary=vocabulary, words=words)
                times[name].append(done["seconds"] / done["pairs"] * 1e9)
        medians = {name: statistics.median(of) for name, of in times.items()}
        first = next(iter(sizes))
        for name, (vocabulary, words) in sizes.items():
            report(f"{series}.{name}", medians[name], "ns/pair", first, medians[first] / medians[name])
            peak = ask(do="memory", vocabulary=vocabulary, words=words)["bytes"] / 1e6
            estimate = memory_needed(vocabulary, 100, words + words // kernel_speed.SENTENCE) / 1e6
            report(f"{series}.{name}.memory", peak, "MB", f"memory_needed: {estimate:.1f}", estimate / peak)


BENCHES = {
    "kernel.v20k.node": lambda name: against_gensim(name, under_node, 20_000),
    "kernel.v5k.node": lambda name: against_gensim(name, under_node, 5_000),
    "kernel.v20k.chromium": lambda name: against_gensim(name, in_chromium, 20_000),
    "kernel.shared.v20k.node": lambda name: against_gensim(name, under_node, 20_000, shared=True),
    "kernel.shared.v5k.node": lambda name: against_gensim(name, under_node, 5_000, shared=True),
    "kernel.shared.v100k.node": lambda name: against_gensim(name, under_node, 100_000, shared=True),
    "kernel.shared.v20k.chromium": lambda name: against_gensim(name, in_chromium, 20_000, shared=True),
    "kernel.shared.exact": shared_against_exact,
    "kernel.numpy": against_numpy,
    "kernel.native": against_native,
    "kernel.neighbours": neighbours,
    "kernel.corpus": lambda name: scaling(
        name, {"1x": (20_000, 250_000), "4x": (20_000, 1_000_000), "16x": (20_000, 4_000_000)}
    ),
    "kernel.vocab": lambda name: scaling(
        name, {"5k": (5_000, 1_000_000), "20k": (20_000, 1_000_000), "100k": (100_000, 1_000_000)}
    ),
}


def main(prefix):
    """Run the benchmarks whose names begin with `prefix`, or with which it begins."""
    for name, bench in BENCHES.items():
        if name.startswith(prefix) or prefix.startswith(f"{name}."):
            bench(name)
