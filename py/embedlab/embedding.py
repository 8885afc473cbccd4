"""An embedding layer: forward looks rows up, backward scatters into them.

A lookup is the product of a one-hot matrix with the weight, without ever making the one-hot matrix.

Axes: ... any shape of ids, N ids in all, V vocabulary, D dimensions, R distinct rows looked up.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class SparseGradient:
    """The rows of a weight's gradient that are not zero: rows (R,) integers, distinct; values (R, D)."""

    rows: np.ndarray
    values: np.ndarray

    def dense(self, vocabulary_size):
        """The whole gradient, zeros included: (vocabulary_size, D)."""
        full = np.zeros((vocabulary_size, self.values.shape[1]))
        full[self.rows] = self.values
        return full  # (V, D)


class EmbeddingLayer:
    """weight: (V, D) float64, drawn from N(0, 0.02²) as in GPT-2 (Radford et al. 2019)."""

    def __init__(self, vocabulary_size, dim, seed=0):
        self.weight = np.random.default_rng(seed).normal(0, 0.02, (vocabulary_size, dim))  # (V, D)
        self.ids = np.empty(0, dtype=np.int64)  # of the last forward

    def forward(self, ids):
        """Row lookup: ids (...) int -> Y (..., D); raises ValueError for an id outside 0..V-1."""
        self.ids = checked_ids(ids, len(self.weight))
        return self.weight[self.ids]  # (..., D)

    def backward(self, dY):
        """SparseGradient of the weight for the ids of the last forward: dY (..., D), summed where an id repeats."""
        dY = np.asarray(dY)
        if dY.shape != self.ids.shape + self.weight.shape[1:]:
            raise ValueError(
                f"dY has shape {dY.shape}: give it the shape of forward's result, "
                f"{self.ids.shape + self.weight.shape[1:]}."
            )
        rows, place = np.unique(self.ids.ravel(), return_inverse=True)  # (R,), (N,)
        values = np.zeros((len(rows), dY.shape[-1]))  # (R, D)
        np.add.at(values, place, dY.reshape(-1, dY.shape[-1]))  # a plain += would lose repeats
        return SparseGradient(rows, values)


def one_hot(ids, vocabulary_size):
    """ids (...) int -> (..., V) float64, 1 at the id and 0 elsewhere; raises ValueError for an id outside 0..V-1."""
    return np.eye(vocabulary_size)[checked_ids(ids, vocabulary_size)]  # (..., V)


def checked_ids(ids, vocabulary_size):
    """ids as an integer array; a negative one is an error here, where NumPy would count from the end."""
    ids = np.asarray(ids)
    if ids.dtype.kind not in "iu":
        raise ValueError(f"ids are {ids.dtype}: give whole numbers.")
    outside = ids[(ids < 0) | (ids >= vocabulary_size)]
    if outside.size:
        raise ValueError(
            f"id {outside[0]} is outside the vocabulary of {vocabulary_size:,} words: "
            f"use ids from 0 to {vocabulary_size - 1:,}."
        )
    return ids
