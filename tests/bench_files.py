"""Measures reading files of vectors: bytes a second in the page against gensim's loader, and the memory it takes."""

import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from builder.project import DIST
from builder.server import serving
from embedlab.formats import PIECE, Reading, writing
from embedlab.vectors import WordVectors
from tests.browser_setup import launch, wait
from tests.report import report

V, D = 40_000, 300
FORMS = {"files.text": ("word2vec-text", False), "files.binary": ("word2vec-binary", True)}
MEMORY, GOAL = "files.memory", 1.3  # of the vectors


def written(folder, form):
    """A file of random vectors in a form."""
    matrix = np.random.default_rng(0).normal(scale=0.3, size=(V, D)).round(5)
    path = Path(folder, form)
    with path.open("wb") as file:
        file.writelines(writing(WordVectors([f"w{i}" for i in range(V)], matrix), form))
    return path


def seconds_in_gensim(path, binary):
    from gensim.models import KeyedVectors

    began = time.perf_counter()
    KeyedVectors.load_word2vec_format(path, binary=binary)
    return time.perf_counter() - began


def seconds_in_page(page, path):
    began = time.perf_counter()
    page.set_input_files("input[data-file=models-file]", path)
    wait(page, "model('models-file-message').text.includes(arg)", f"{path.name} is loaded", timeout=600_000)
    return time.perf_counter() - began


def memory_of(path):
    """The most memory that is held while a file is read natively, over that of its vectors."""
    tracemalloc.start()
    reading = Reading(path.name, path.stat().st_size)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            reading.feed(piece)
    size = reading.finish().vectors.matrix.nbytes
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / size


def main(prefix):
    """Run the benchmarks whose names begin with `prefix`."""
    forms = {name: form for name, form in FORMS.items() if name.startswith(prefix)}
    with tempfile.TemporaryDirectory() as folder:
        if forms:
            with serving(DIST) as url, sync_playwright() as playwright:
                page = launch(playwright).new_page()
                page.goto(url)
                page.wait_for_selector("html[data-python=ready]", timeout=60_000)
                for name, (form, binary) in forms.items():
                    path = written(folder, form)
                    ours, theirs = seconds_in_page(page, path), seconds_in_gensim(path, binary)
                    megabytes = path.stat().st_size / 1e6
                    report(name, megabytes / ours, "MB/s", "gensim, native", theirs / ours)
        if MEMORY.startswith(prefix):
            share = memory_of(written(folder, "word2vec-text"))
            report(MEMORY, share, "of the vectors", f"goal {GOAL}", GOAL / share)
