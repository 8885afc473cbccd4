"""The compiled loops of `graph` and `layout`, called by ctypes, in place on NumPy's arrays.

Axes: N rows, G groups of ROWS rows, D dimensions, k neighbours, E edges.
"""

import ctypes

import numpy as np

from embedlab.kernel import aligned, checked, load

ROWS = 4  # as in layout.c
BELOW_ANY = -2.0  # cosine


class Nearest:
    """The k nearest of unit rows (N, D) float32 by cosine, found by `compare`, N > k; raises NoKernel.

    cosines, neighbours: (N, k) float32 and int32, falling, of equal ones the first row's first; they are complete
    after all groups have been compared, in their order. groups: how many there are.
    """

    def __init__(self, unit, k, library=None):
        checked("unit", unit, np.float32, 2)
        N, D = unit.shape
        if not 1 <= k < N:
            raise ValueError(f"k is {k} for {N} rows: choose 1 to {N - 1}.")
        self.run = (library or load()).nearest_rows
        self.groups = -(-N // (2 * ROWS)) * 2
        self.packed = aligned((self.groups, D, ROWS))
        for start in range(0, N, ROWS):
            rows = unit[start : start + ROWS]  # (<= ROWS, D)
            self.packed[start // ROWS, :, : len(rows)] = rows.T
        self.cosines = np.full((N, k), BELOW_ANY, np.float32)
        self.neighbours = np.full((N, k), -1, np.int32)
        self.least = aligned(self.groups * ROWS)
        self.least[:N], self.least[N:] = BELOW_ANY, np.inf
        self.sizes = N, self.groups, D, k

    def compare(self, start, stop):
        """Compare the rows of the groups start..stop (exclusive) with all that stand in no group before them."""
        if not 0 <= start <= stop <= self.groups:
            raise ValueError(f"groups {start}..{stop} are not in 0..{self.groups}.")
        arrays = (self.packed, self.cosines, self.neighbours, self.least)
        self.run(*(array.ctypes.data for array in arrays), *self.sizes, start, stop)


class Samples:
    """An epoch's samples on positions (N, 2) float32, which it changes in place; raises NoKernel.

    heads, tails: (E,) int32, rows of positions; every, due: (E,) float32, in epochs, due is changed; random: the state
    of its random numbers. Does what layout.samples does. Raises TypeError or ValueError for what does not fit.
    """

    def __init__(self, positions, heads, tails, every, due, negatives, repulsion, random, library=None):
        checked("positions", positions, np.float32, 2, writeable=True)
        for name, array in (("heads", heads), ("tails", tails)):
            checked(name, array, np.int32, 1)
            if len(array) and not (array.min() >= 0 and array.max() < len(positions)):
                raise ValueError(
                    f"{name} go from {array.min()} to {array.max()}: the rows are 0 to {len(positions) - 1}."
                )
        checked("every", every, np.float32, 1)
        checked("due", due, np.float32, 1, writeable=True)
        if positions.shape[1:] != (2,) or not len(heads) == len(tails) == len(every) == len(due):
            raise ValueError(
                f"positions are {positions.shape}, with {len(heads)} heads, {len(tails)} tails, {len(every)} periods "
                f"and {len(due)} epochs when due: give two columns, and one of each for an edge."
            )
        self.run, self._random = (library or load()).layout_samples, ctypes.c_uint64(random)
        self.arrays = (positions, heads, tails, every, due)
        self.negatives, self.repulsion = negatives, repulsion

    @property
    def random(self):
        return self._random.value

    def epoch(self, epoch, rate):
        """Take the samples that are due in an epoch."""
        positions, heads, *_ = self.arrays
        pointers = (array.ctypes.data for array in self.arrays)
        self.run(
            *pointers,
            ctypes.byref(self._random),
            len(positions),
            self.negatives,
            0,
            len(heads),
            epoch,
            rate,
            self.repulsion,
        )
