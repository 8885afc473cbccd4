"""Measures the layout of all words in Chromium's tab, beside umap-learn's own run on this machine; they take turns.

umap-learn, which brings a compiler, gets an environment of its own in the cache, made when this is first run.
"""

import base64
import statistics
import tempfile
from contextlib import contextmanager

import numpy as np

from app.sources import packaged
from builder.project import CACHE, ROOT
from embedlab.graph import neighbour_graph
from embedlab.word2vec import TrainConfig, Trainer
from tests import layout_speed
from tests.bench_kernel import asked, in_chromium
from tests.bench_quality import dictionary
from tests.installed import environment, run
from tests.report import report
from tests.running import run as finished

WORDS, TURNS, K = 10_000, 3, layout_speed.K
DICTIONARY = 25  # seconds
LOCK = ROOT / "requirements-reference.lock"
NAMES = ("layout.recall", "layout.trust", "layout.time", "layout.dictionary")


def reference_python():
    """The Python of an environment that has what LOCK lists."""
    folder = CACHE / "reference"
    stamp = folder / "lock"
    python = folder / "bin" / "python"
    if not stamp.exists() or stamp.read_bytes() != LOCK.read_bytes():
        environment(folder)
        run(python, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", LOCK)
        stamp.write_bytes(LOCK.read_bytes())
    return python


@contextmanager
def umap(vectors):
    """umap-learn in a process of its own: a function of umap_reference.py's questions."""
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/vectors.npy", vectors)
        with asked(reference_python(), "tests/umap_reference.py", f"{folder}/vectors.npy") as ask:
            yield ask


@contextmanager
def in_the_tab(vectors):
    """Ours in Chromium: a function of a seed that gives (seconds, positions)."""
    with in_chromium("layout_speed.py") as ask:
        ask(do="rows", data=base64.b64encode(vectors).decode(), dim=vectors.shape[1])

        def lay_out(seed):
            done = ask(do="lay_out", seed=seed)
            return done["seconds"], np.frombuffer(base64.b64decode(done["positions"]), np.float32).reshape(-1, 2)

        yield lay_out


def recall(neighbours, positions):
    """Of each row's K nearest, (N, K), what part is among its K nearest in the plane: the mean."""
    N, kept = len(positions), 0
    positions = positions.astype(np.float64)
    squares = (positions**2).sum(axis=1)  # (N,)
    for start in range(0, N, 1000):
        block = slice(start, start + 1000)
        distances = squares[block, None] + squares - 2 * positions[block] @ positions.T  # (B, N), squared
        rows = np.arange(len(distances))
        distances[rows, start + rows] = np.inf
        nearest = np.argpartition(distances, K, axis=1)[:, :K]  # (B, K)
        kept += (neighbours[block, :, None] == nearest[:, None]).any(axis=2).sum()
    return kept / neighbours.size


def against_umap():
    """Seconds, recall and trustworthiness of the 10,000 commonest words of GloVe."""
    vectors = finished(packaged.Glove().get()).matrix[:WORDS]
    neighbours = neighbour_graph(vectors, K).neighbours
    seconds, recalls, trusts = ({"ours": [], "umap": []} for _ in range(3))
    with tempfile.TemporaryDirectory() as folder, umap(vectors) as ask, in_the_tab(vectors) as lay_out:
        file = f"{folder}/positions.npy"
        for turn in range(TURNS + 1):  # the first compiles, and does not count
            took, positions = lay_out(turn)
            for side, time in (("ours", took), ("umap", ask(positions=file))):
                if side == "ours":
                    np.save(f"{folder}/ours.npy", positions)
                if turn:
                    at = f"{folder}/ours.npy" if side == "ours" else file
                    seconds[side].append(time)
                    recalls[side].append(recall(neighbours, np.load(at)))
                    trusts[side].append(ask(trust=at))
    for name, of in (("layout.recall", recalls), ("layout.trust", trusts)):
        ours, theirs = (statistics.mean(of[side]) for side in ("ours", "umap"))
        report(name, ours, "", f"umap-learn {theirs:.4f}", ours / theirs)
    ours, theirs = (statistics.median(seconds[side]) for side in ("ours", "umap"))
    report("layout.time", ours, "s", f"umap-learn {theirs:.2f}", theirs / ours)


def of_the_dictionary():
    """Seconds for all words of a model of the dictionary, 100 numbers each."""
    trainer = Trainer(dictionary(), TrainConfig(dim=100, epochs=1))
    trainer.advance(10**12)
    with in_the_tab(trainer.U) as lay_out:
        seconds = lay_out(0)[0]
    report("layout.dictionary", seconds, "s", f"goal {DICTIONARY}", DICTIONARY / seconds)


def main(prefix):
    """Run the benchmarks whose names begin with `prefix`."""
    if any(name.startswith(prefix) for name in NAMES[:3]):
        against_umap()
    if NAMES[3].startswith(prefix):
        of_the_dictionary()
