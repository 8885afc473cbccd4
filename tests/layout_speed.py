"""Lays rows out, with the time it takes; bench_layout.py runs this in Chromium. NumPy is all it needs."""

import base64
import json  # noqa: F401 - kernel-worker.js reads and writes it
import time

import numpy as np

from embedlab.graph import neighbour_graph
from embedlab.layout import layout, pca_start

K = 15
LAID_OUT = {}


def rows(data, dim):
    """Take vectors, float32 in base64, to be laid out."""
    LAID_OUT["rows"] = np.frombuffer(base64.b64decode(data), np.float32).reshape(-1, dim)


def lay_out(seed):
    """{seconds, positions}: how long it takes from rows to positions, and these, float32 in base64."""
    vectors, start = LAID_OUT["rows"], time.perf_counter()
    *_, frame = layout(neighbour_graph(vectors, K), pca_start(vectors, seed), seed=seed)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "positions": base64.b64encode(frame.positions).decode()}


def answer(do, **arguments):
    return {"rows": rows, "lay_out": lay_out}[do](**arguments)
