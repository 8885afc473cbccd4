"""The compiled inner loops of `sgns` and `cbow`, called by ctypes, in place on NumPy's arrays: no copies.

build.py compiles kernel.c for this machine and for the page; where neither can be loaded, `load` raises NoKernel.
The C code trusts what it is given, so everything that could lead it outside the arrays is checked here.

Axes: V vocabulary, D dimensions, K negatives, T tokens, R = K + 1 rows of V in a step.
"""

import ctypes
import sys
from functools import cache
from pathlib import Path

import numpy as np

PAGE, NATIVE = "kernel-page.so", "kernel-native.so"  # what build.py makes of kernel.c, beside it
BATCH = 64  # as in kernel.c, like Job: check_layout
CALL = 4000  # positions in a call; they are short because V8 takes up better code only at the next one


class NoKernel(RuntimeError):
    """There is no compiled kernel for this machine."""


class Job(ctypes.Structure):
    """kernel.c's struct Job."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in ("U", "V", "stream", "noise", "rows", "rates", "scratch")),
        ("random", ctypes.c_uint64),
        *((name, ctypes.c_double) for name in ("rate", "slope", "floor", "linear", "product")),
        ("exponent", ctypes.c_int64),
        ("steps", ctypes.c_int64),
        *((name, ctypes.c_int32) for name in ("length", "vocabulary", "dim", "window", "negatives")),
    ]


def library_path():
    """The Path where build.py puts the library for this machine."""
    return Path(__file__).with_name(PAGE if sys.platform == "emscripten" else NATIVE)


@cache
def load():
    """The library as a ctypes.CDLL; raises NoKernel, saying why."""
    path = library_path()
    if not path.exists():
        raise NoKernel(f"{path.name} was not built: there was no compiler, or none that could compile kernel.c.")
    return open_library(path)


def open_library(path):
    """A library compiled from kernel.c as a ctypes.CDLL; raises NoKernel if it cannot be loaded or does not fit."""
    try:
        library = ctypes.CDLL(str(path))
        for function in (library.sgns, library.cbow):
            function.argtypes, function.restype = [ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32], None
        library.layout.argtypes, library.layout.restype = [ctypes.c_int32], ctypes.c_int32
    except (OSError, AttributeError) as error:
        raise NoKernel(f"{Path(path).name} cannot be loaded here ({error}).") from None
    check_layout(library, Path(path).name)
    return library


def check_layout(library, name):
    """Raises NoKernel unless the library was compiled with our BATCH and with a struct Job laid out like ours."""
    offsets = {field: getattr(Job, field).offset for field in sorted(dict(Job._fields_))}
    ours = {"BATCH": BATCH, "sizeof(struct Job)": ctypes.sizeof(Job)} | offsets
    for i, (what, number) in enumerate(ours.items()):
        if library.layout(i) != number:
            raise NoKernel(
                f"{name} was compiled from another version of kernel.c: its {what} is {library.layout(i)}, "
                f"where kernel/__init__.py has {number}. Build it again."
            )


class Kernel:
    """The compiled engine of `word2vec.Trainer`, on U and V (V, D) float32, which it changes in place.

    model: "sgns" | "cbow"; noise: (V, 2) uint32, an alias table; window, negatives: 1 or more;
    random: the state of its random numbers, 0 <= random < 2**64. Raises TypeError or ValueError for what does not fit.
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
        steps, rows = BATCH + 2 * window, negatives + 1
        self.arrays = [
            U,
            V,
            noise,
            np.zeros(steps * (rows + 1), np.uintp),
            np.zeros(steps, np.float32),
            np.zeros(2 * dim + 2 * (rows + 3), np.float32),
        ]
        self.job = Job(random=random, vocabulary=vocabulary, dim=dim, window=window, negatives=negatives)
        for name, array in zip(("U", "V", "noise", "rows", "rates", "scratch"), self.arrays):
            setattr(self.job, name, array.ctypes.data)

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
