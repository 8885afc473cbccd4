"""The nearest of many rows, found roughly by whole numbers of eight bits and then exactly among a few.

Axes: V rows, D dimensions, C = D rounded up to a multiple of 8.
"""

import numpy as np

from embedlab.kernel import aligned, products

BLOCK = 64
LARGEST = 127  # code
LONGEST = 2**31 // 128 - 1  # sum of a query's codes, so that no product leaves an int32


class Codes:
    """Rows of length 1 as int8, by one step size for all: a quarter of the memory, which is what takes the time.

    blocks: (first row, rows (n, D) of length 1 or 0) one after the other; shape: (V, D).
    """

    def __init__(self, blocks, shape):
        V, self.dim = shape
        self.step = 1 / LARGEST  # no number of such a row is above 1
        self.codes = aligned((V, -(-self.dim // 8) * 8), np.int8)  # (V, C)
        for start, block in blocks:
            self.codes[start : start + len(block), : self.dim] = np.rint(block / self.step)

    def candidates(self, vector, n):
        """The rows, ascending, among which the n of largest product with a vector (D,) are for certain; n <= V."""
        query = np.zeros(self.codes.shape[1], np.int16)  # (C,)
        largest, length = float(np.abs(vector).max(initial=0)), float(np.abs(vector).sum())
        scale = min(32_000 / largest, LONGEST / 2 / length) if length else 0
        query[: self.dim] = np.rint(vector * scale)
        rough = products(self.codes, query)  # (V,): products / step * scale, each number of a row off by half a step
        error = 0.5 * np.abs(query.astype(int)).sum() + 0.5 * LARGEST * np.sqrt(self.dim) + self.dim
        return np.flatnonzero(rough >= nth_largest(rough, n) - 2 * error)


def nth_largest(numbers, n):
    """The n-th largest of numbers (V,), or a little less: the n-th largest of the largest in each of many blocks."""
    if len(numbers) <= n * BLOCK:
        return np.partition(numbers, -n)[-n]
    whole = len(numbers) // BLOCK * BLOCK
    return np.partition(numbers[:whole].reshape(-1, BLOCK).max(axis=1), -n)[-n]  # n blocks have one that is as large
