"""The compiled inner loops of `sgns` and `cbow`, called by ctypes, in place on NumPy's arrays: no copies.

build.py compiles kernel.c, and layout.c, whose loops `plane` calls, for the page and for usual machines; where none of
it can be loaded, `load` raises NoKernel.
The C code trusts what it is given, so everything that could lead it outside the arrays is checked here.

Axes: V vocabulary, D dimensions, K negatives, T tokens, R = K + 1 rows of V in a step.
"""

import ctypes
import os
import sys
from functools import cache
from pathlib import Path

import numpy as np

BATCH = 64  # as in kernel.c, like Job: check_fields
CALL = 4000  # positions in a call; they are short because V8 takes up better code only at the next one


class NoKernel(RuntimeError):
    """There is no compiled kernel for this machine."""


class Job(ctypes.Structure):
    """kernel.c's struct Job."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in ("U", "V", "stream", "noise", "rows", "rates", "windows", "scratch")),
        ("random", ctypes.c_uint64),
        *((name, ctypes.c_double) for name in ("rate", "slope", "floor", "linear", "product")),
        ("exponent", ctypes.c_int64),
        ("steps", ctypes.c_int64),
        *((name, ctypes.c_int32) for name in ("length", "vocabulary", "dim", "window", "negatives")),
    ]


def library_path():
    """The Path where build.py puts the library for this system and processor, such as kernel-linux-x86_64.bin."""
    windows = sys.platform == "win32"  # there a process may be emulated: what it sees counts, not what there is
    machine = os.environ.get("PROCESSOR_ARCHITECTURE", "").lower() if windows else os.uname().machine
    return Path(__file__).with_name(f"kernel-{sys.platform}-{machine}.bin")


@cache
def load():
    """The library as a ctypes.CDLL; raises NoKernel, saying why."""
    path = library_path()
    if not path.exists():
        raise NoKernel(f"There is no {path.name}: it was not built, or build.py does not know this kind of machine.")
    return open_library(path)


def open_library(path):
    """A compiled library as a ctypes.CDLL; raises NoKernel if it cannot be loaded or does not fit."""
    try:
        library = ctypes.CDLL(str(path))
        for function in (library.sgns, library.sgns_shared, library.cbow):
            function.argtypes, function.restype = [ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32], None
        library.products.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int32] * 2
        library.products.restype = None
        library.nearest_rows.argtypes = [ctypes.c_void_p] * 4 + [ctypes.c_int32] * 6
        library.nearest_rows.restype = None
        library.layout_samples.argtypes = [ctypes.c_void_p] * 6 + [ctypes.c_int32] * 4 + [ctypes.c_float] * 3
        library.layout_samples.restype = None
        library.fields.argtypes, library.fields.restype = [ctypes.c_int32], ctypes.c_int32
    except (OSError, AttributeError) as error:
        raise NoKernel(f"{Path(path).name} cannot be loaded here ({error}).") from None
    check_fields(library, Path(path).name)
    return library


def check_fields(library, name):
    """Raises NoKernel unless the library was compiled with our BATCH and with a struct Job laid out like ours."""
    offsets = {field: getattr(Job, field).offset for field in sorted(dict(Job._fields_))}
    ours = {"BATCH": BATCH, "sizeof(struct Job)": ctypes.sizeof(Job)} | offsets
    for i, (what, number) in enumerate(ours.items()):
        if library.fields(i) != number:
            raise NoKernel(
                f"{name} was compiled from another version of kernel.c: its {what} is {library.fields(i)}, "
                f"where kernel/__init__.py has {number}. Build it again."
            )


def aligned(shape, dtype=np.float32):
    """Zeros that begin with a line of the cache: so no four floats of a row of 4 n lie across two lines."""
    line, size = 64, int(np.prod(shape)) * np.dtype(dtype).itemsize
    memory = np.zeros(size + line, np.uint8)
    start = -memory.ctypes.data % line
    return memory[start : start + size].view(dtype).reshape(shape)


class Kernel:
    """The compiled engine of `word2vec.Trainer`, on U and V (V, D) float32, which it changes in place.

    model: "sgns" | "sgns_shared" (negatives shared by a window) | "cbow"; noise: (V, 2) uint32, an alias table;
    window, negatives: 1 or more; random: the state of its random numbers, 0 <= random < 2**64. Raises TypeError or
    ValueError for what does not fit.
    """

    name, grain = "kernel", 1

    def __init__(self, model, U, V, noise, window, negatives, random, library=None):
        self.run = getattr(library or load(), model)
        checked("U", U, np.float32, 2, writeable=True)
        checked("V", V, np.float32, 2, writeable=True)
        checked("noise", noise, np.uint32, 2)
        if U.shape != V.shape or 0 in U.shape or np.shares_memory(U, V):
            raise ValueError(f"U is {U.shape} and V is {V.shape}: give two arrays of one shape (V, D), none of it 0.")
        vocabulary, dim = U.shape
        if noise.shape != (vocabulary, 2) or noise[:, 1].max() >= vocabulary:
            raise ValueError(
                f"noise is {noise.shape}, its largest alias {noise.max(axis=0)[-1]}: give a table of "
                f"{vocabulary} thresholds and aliases below {vocabulary}."
            )
        if window < 1 or negatives < 1:
            raise ValueError(f"window is {window} and negatives is {negatives}: choose 1 or more of each.")
        steps, rows, words = BATCH + 2 * window, negatives + 1, 2 * window
        floats = 2 * dim + 2 * (rows + 3)
        if model == "sgns_shared":
            floats = 4 * words * (rows + 1) + 2 * (words * rows + 3)
        self.arrays = [
            U,
            V,
            noise,
            np.zeros(steps * (rows + 1), np.uintp),
            np.zeros(steps, np.float32),
            np.zeros((BATCH, 3), np.int32),
            aligned(floats),
        ]
        self.job = Job(random=random, vocabulary=vocabulary, dim=dim, window=window, negatives=negatives)
        for name, array in zip(("U", "V", "noise", "rows", "rates", "windows", "scratch"), self.arrays):
            setattr(self.job, name, array.ctypes.data)

    @property
    def random(self):
        """The state of its random numbers, which may be set: 0 <= random < 2**64."""
        return self.job.random

    @random.setter
    def random(self, state):
        self.job.random = state

    def read(self, stream):
        """Take up a stream of word ids, (T,) int32, of which -1 ends a sentence; it is not copied."""
        checked("stream", stream, np.int32, 1)
        check_ids("stream", stream, self.job.vocabulary)
        self.stream, self.job.stream, self.job.length = stream, stream.ctypes.data, len(stream)

    def train(self, start, stop, rate, slope, floor):
        """Train on the centres at positions start..stop (exclusive); returns (steps, summed loss in nats).

        The learning rate at position t is max(rate - slope * t, floor).
        """
        if not 0 <= start <= stop <= self.job.length:
            raise ValueError(f"positions {start}..{stop} are not in the stream's 0..{self.job.length}.")
        job = self.job
        job.rate, job.slope, job.floor = rate, slope, floor
        job.linear, job.product, job.exponent, job.steps = 0, 1, 0, 0
        for at in range(start, stop, CALL):
            self.run(ctypes.addressof(job), at, min(at + CALL, stop))
        return job.steps, job.linear + float(np.log(job.product)) + job.exponent * float(np.log(2))


def checked(name, array, dtype, axes, writeable=False):
    """Raise TypeError unless it is an array of this kind that C can walk through."""
    if not isinstance(array, np.ndarray) or array.dtype != dtype or array.ndim != axes:
        kind = f"{array.dtype} array of {array.ndim} axes" if isinstance(array, np.ndarray) else type(array).__name__
        raise TypeError(f"{name} is a {kind}: give a {np.dtype(dtype)} array with axes: {axes}.")
    if not array.flags.c_contiguous or not array.flags.aligned or (writeable and not array.flags.writeable):
        raise TypeError(f"{name} is not contiguous, aligned{' and writeable' if writeable else ''}: give a copy of it.")


def check_ids(name, ids, vocabulary):
    """Raise ValueError unless all ids, (T,), are words of the vocabulary or -1."""
    wrong = (ids < -1) | (ids >= vocabulary)
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"{name}[{at}] is {ids[at]}: ids go from 0 to {vocabulary - 1}, and -1 ends a sentence.")


def products(codes, query):
    """Whole-number products of codes (V, D) int8 with a query (D,) int16: (V,) int32; raises NoKernel.

    D is a multiple of 8. Raises TypeError or ValueError for what does not fit, or whose sums might leave an int32.
    """
    checked("codes", codes, np.int8, 2)
    checked("query", query, np.int16, 1)
    (V, D), most = codes.shape, 128 * int(np.abs(query.astype(np.int64)).sum())
    if D % 8 or query.shape != (D,) or most >= 2**31:
        raise ValueError(
            f"codes is {codes.shape} and query {query.shape}, with sums up to {most:,}: give both the same D, a "
            f"multiple of 8, and a query with sums below {2**31:,}."
        )
    out = np.empty(V, np.int32)
    load().products(codes.ctypes.data, query.ctypes.data, out.ctypes.data, V, D)
    return out
