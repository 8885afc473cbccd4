"""Runs a compiled kernel on odd sizes: LIBRARY [plant]; test_kernel_memory.py does so under sanitizers.

"plant" leaves the kernel too little room, which a sanitizer has to notice.
"""

import sys
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "py"))

import numpy as np

from embedlab.kernel import Kernel, open_library
from embedlab.kernel.plane import Nearest, Samples
from embedlab.sgns import noise_distribution
from embedlab.vectors import unit_rows
from embedlab.word2vec import alias_table


def run(library, plant, model, vocabulary, dim, window, negatives, length):
    rng = np.random.default_rng(length)
    U, V = [rng.normal(size=(vocabulary, dim)).astype(np.float32) for _ in "UV"]
    noise = alias_table(noise_distribution(np.arange(1, vocabulary + 1)))
    engine = Kernel(model, U, V, noise, window, negatives, random=length, library=library)
    if plant:
        engine.arrays[-1] = np.zeros(2 * dim, np.float32)
        engine.job.scratch = engine.arrays[-1].ctypes.data
    engine.read(rng.integers(-1, vocabulary, length).astype(np.int32))
    for start in range(0, length, 37):
        engine.train(start, min(start + 37, length), 0.05, 1e-4, 0.01)


def run_plane(library, rows, dim, k, negatives):
    rng = np.random.default_rng(rows)
    nearest = Nearest(unit_rows(rng.normal(size=(rows, dim)).astype(np.float32)), k, library)
    for group in range(nearest.groups):
        nearest.compare(group, group + 1)
    heads, tails = np.repeat(np.arange(rows, dtype=np.int32), k), nearest.neighbours.ravel()
    every, positions = np.ones(rows * k, np.float32), np.zeros((rows, 2), np.float32)
    samples = Samples(positions, heads, tails, every, every.copy(), negatives, 1.0, rows, library)
    for epoch in range(1, 4):
        samples.epoch(epoch, 1.0)


def main(library, plant=""):
    library = open_library(library)
    for sizes in product(
        ["sgns", "sgns_shared", "cbow"],
        [2, 3, 50],
        [1, 2, 3, 5, 7, 8, 33, 100],
        [1, 5, 70],
        [1, 2, 3, 4, 5, 6, 11, 12, 40],
        [0, 1, 150],
    ):
        run(library, plant, *sizes)
    for rows, dim, k, negatives in product([2, 3, 4, 5, 8, 9, 33, 150], [1, 3, 4, 50], [1, 2, 7], [1, 5]):
        if k < rows:
            run_plane(library, rows, dim, k, negatives)
    print("every size ran")


main(*sys.argv[1:])
