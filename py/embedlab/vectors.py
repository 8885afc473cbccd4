"""Questions to word vectors: neighbours, analogies, the odd one out, directions.

Axes: V vocabulary, D dimensions, P pairs, W words of a question.
"""

from functools import cached_property

import numpy as np

from embedlab.kernel import NoKernel, load
from embedlab.nearest import Codes
from embedlab.words import WordList

MANY = 20_000  # words, from which on the nearest are found by their codes first
EPSILON = 1e-3  # of 3CosMul, against division by zero
BLOCK = 1 << 20  # numbers of a block of rows


class BadVectors(ValueError):
    """Words and numbers that do not make a set of word vectors."""


def unit_rows(X):
    """Rows of X (N, D) scaled to length 1; a zero row stays zero, so that its cosines are 0."""
    X = np.asarray(X)
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(X, axis=1, keepdims=True)  # (N, 1)
    odd = ~((lengths[:, 0] > 1e-15) & (lengths[:, 0] < 1e15))  # (N,): their squares leave the range of float32
    if odd.any():
        X = X.copy()
        largest = np.abs(X[odd]).max(axis=1, keepdims=True, initial=0)
        X[odd] = np.ldexp(X[odd], -np.frexp(largest)[1])  # by a power of 2, which is exact
        lengths[odd] = np.linalg.norm(X[odd], axis=1, keepdims=True)
    return X / np.where(lengths == 0, 1, lengths)


def row_blocks(matrix):
    """(first row, rows) of a matrix (V, D), block by block: what is computed of one takes little memory."""
    step = max(1, BLOCK // max(1, matrix.shape[1]))
    for start in range(0, len(matrix), step):
        yield start, matrix[start : start + step]


def as_cosines(products):
    """Products of rows of length 1, within -1..1 as cosines are: rounding leads a hair's breadth beyond."""
    return np.clip(products, -1, 1)


def mean_offset_cosine(starts, ends):
    """Mean cosine between the offsets end - start of all pairs of pairs, a float in -1..1.

    starts, ends: (P, D), P of 2 or more. 1: all offsets are parallel; about 0: they have nothing in common.
    An offset of length zero has cosine 0 with the others.
    """
    starts, ends = np.asarray(starts, np.float64), np.asarray(ends, np.float64)
    P = len(starts)
    if P < 2 or starts.shape != ends.shape:
        raise ValueError(f"starts has shape {starts.shape} and ends {ends.shape}: give two or more pairs of points.")
    offsets = unit_rows(ends - starts)  # (P, D)
    cosines = offsets @ offsets.T  # (P, P)
    return float(as_cosines((cosines.sum() - np.trace(cosines)) / (P * (P - 1))))


class WordVectors(WordList):
    """words: list[str], the most frequent first; matrix: (V, D) float32; unit: its rows scaled to length 1.

    A zero row is allowed (a word not trained yet): its cosine with everything is 0. Raises BadVectors for words
    and rows that do not match in number, a repeated word, and numbers that are not finite. Methods that take
    words raise UnknownWord.
    """

    def __init__(self, words, matrix):
        super().__init__(words)
        self.matrix = np.asarray(matrix, dtype=np.float32)  # (V, D)
        self._check()

    def _check(self):
        if self.matrix.ndim != 2 or len(self.matrix) != len(self.words):
            raise BadVectors(
                f"there are {len(self.words):,} words, but the matrix has shape {self.matrix.shape}: "
                f"give one row for each word."
            )
        if len(self._positions) < len(self.words):
            first = next(i for i, word in enumerate(self.words) if self._positions[word] != i)
            raise BadVectors(
                f"“{self.words[first]}” stands in row {first} and in row {self.index(self.words[first])}: "
                f"keep one of them."
            )
        for start, block in row_blocks(self.matrix):
            if not np.isfinite(block).all():
                row = start + int(np.flatnonzero(~np.isfinite(block).all(axis=1))[0])
                raise BadVectors(
                    f"the vector of “{self.words[row]}” (row {row}) holds a number that is not finite: "
                    f"leave the word out or train it again."
                )

    @cached_property
    def unit(self):
        unit = np.empty_like(self.matrix)  # (V, D)
        for start, block in row_blocks(self.matrix):
            unit[start : start + len(block)] = unit_rows(block)
        return unit

    def vector(self, word):
        """The row of a word: (D,) float32."""
        return self.matrix[self.index(word)]

    def cosine(self, a, b):
        """cos(a, b) of two words, a float."""
        return float(as_cosines(self.unit[self.index(a)] @ self.unit[self.index(b)]))

    def neighbours(self, word_or_vector, n=5, exclude=()):
        """The n words of highest cosine with a word (itself left out) or with a (D,) vector: [(word, cosine)].

        exclude: more words to leave out.
        """
        if isinstance(word_or_vector, str):
            vector, left_out = self.vector(word_or_vector), [word_or_vector, *exclude]
        else:
            vector, left_out = self._checked_vector(word_or_vector), exclude
        return self._nearest(vector, n, left_out)

    def cosines(self, word):
        """cos(word, x) of every word x, in the order of `words`: (V,) float32."""
        return self._cosines(self.vector(word))

    def rank(self, word, other):
        """Which neighbour of a word another one is, 1 for the nearest: it stands at rank - 1 in `neighbours`.

        Of words with the same cosine the first in `words` is nearer. Raises ValueError if the two are the same word.
        """
        if word == other:
            raise ValueError(f"“{word}” is no neighbour of itself: give two different words.")
        i, j = self.indices((word, other))
        cosines = self._cosines(self.matrix[i])  # (V,)
        nearer = cosines > cosines[j]  # (V,)
        nearer[:j] |= cosines[:j] == cosines[j]
        nearer[i] = False
        return int(nearer.sum()) + 1

    def _cosines(self, vector):
        """Of all words with a vector (D,): (V,)."""
        return as_cosines(self.unit @ unit_rows(vector[None])[0])

    def analogy(self, a, b, c, n=5, method="add", keep_inputs=False):
        """Answers to "a is to b as c is to ?", best first: [(word, score)].

        method "add": 3CosAdd, cos(x, b - a + c) of unit vectors (Mikolov, Yih and Zweig 2013); "mul": 3CosMul,
        cos(x, b) cos(x, c) / (cos(x, a) + 0.001) with cosines moved to 0..1 (Levy and Goldberg 2014, "Linguistic
        Regularities in Sparse and Explicit Word Representations").
        The inputs are no answers unless keep_inputs: usually b or c itself would win.
        """
        A, B, C = self.unit[self.indices((a, b, c))]  # (D,) each
        left_out = () if keep_inputs else (a, b, c)
        if method == "add":
            return self._nearest(B - A + C, n, left_out)
        if method == "mul":
            to_a, to_b, to_c = (1 + as_cosines(np.stack([A, B, C]) @ self.unit.T)) / 2  # (V,) each
            return self._ranked(to_b * to_c / (to_a + EPSILON), n, left_out)
        raise ValueError(f'method is {method!r}: choose "add" (3CosAdd) or "mul" (3CosMul).')

    def odd_one_out(self, words):
        """(word, scores): the word least like the others, and each word's dot product with the mean unit vector.

        words: three or more different ones. It is also the word of lowest average cosine with the others.
        """
        if len(words) < 3 or len(set(words)) < len(words):
            raise ValueError(f"{', '.join(words) or 'no words'}: give three or more different words.")
        unit = self.unit[self.indices(words)]  # (W, D)
        scores = as_cosines(unit @ unit.mean(axis=0))  # (W,)
        return words[int(scores.argmin())], dict(zip(words, scores.tolist()))

    def direction(self, pairs):
        """The mean of unit(end) - unit(start) over (start, end) pairs of words, scaled to length 1: (D,) float32."""
        starts, ends = self._ends(pairs)
        mean = (ends - starts).mean(axis=0)  # (D,)
        if not mean.any():
            raise ValueError(f"the offsets of {pairs} cancel out: give pairs that point one way.")
        return unit_rows(mean[None])[0]

    def along(self, direction, words=None):
        """Words (default: all) by how far their unit vectors reach along a direction, furthest first: [(word, reach)].

        direction: (D,), of any length; it is scaled to length 1, so that the reach is the cosine with it, -1..1.
        """
        direction = unit_rows(self._checked_vector(direction)[None])[0]  # (D,)
        if not direction.any():
            raise ValueError("the direction is zero everywhere: give one that points somewhere.")
        words = self.words if words is None else list(words)
        reach = as_cosines(self.unit[self.indices(words)] @ direction)  # (W,)
        return [(words[i], float(reach[i])) for i in np.argsort(-reach, kind="stable")]

    def _ends(self, pairs):
        """Unit vectors of the first and of the second words of P pairs: (P, D), (P, D)."""
        if not pairs:
            raise ValueError("there are no pairs: give at least one (start, end) pair of words.")
        starts, ends = zip(*pairs)
        return self.unit[self.indices(starts)], self.unit[self.indices(ends)]

    def _checked_vector(self, vector):
        vector = np.asarray(vector, dtype=np.float32)
        if vector.shape != self.matrix.shape[1:] or not np.isfinite(vector).all():
            raise ValueError(f"the vector has shape {vector.shape}: give {self.matrix.shape[1]} finite numbers.")
        return vector

    @cached_property
    def _codes(self):
        """The Codes of many words, None where they are few or there is no kernel."""
        if len(self.words) < MANY:
            return None
        try:
            load()
        except NoKernel:
            return None
        return Codes(((start, unit_rows(block)) for start, block in row_blocks(self.matrix)), self.matrix.shape)

    def _nearest(self, vector, n, left_out):
        """The n words of highest cosine with a vector (D,), but for those left out: [(word, cosine)]."""
        wanted = n + len(left_out)
        if self._codes is None or not 1 <= wanted < len(self.words) // 100:
            return self._ranked(self._cosines(vector), n, left_out)
        vector = unit_rows(vector[None])[0]
        rows = self._codes.candidates(vector, wanted)  # (R,)
        return self._ranked(as_cosines(unit_rows(self.matrix[rows]) @ vector), n, left_out, rows)

    def _ranked(self, scores, n, left_out, rows=None):
        """The n words of highest score, equal ones in the order of `words`: [(word, score)]; scores is overwritten.

        rows: of which rows they are, ascending, (R,); default all.
        """
        if n < 1:
            raise ValueError(f"n is {n}: ask for 1 or more words.")
        left_out = self.indices(left_out)
        scores[left_out if rows is None else np.isin(rows, left_out)] = -np.inf
        least = np.partition(scores, -n)[-n] if n < len(scores) else -np.inf
        best = np.flatnonzero(scores >= least)  # a few more than n if scores are equal
        best = best[np.argsort(-scores[best], kind="stable")][:n]
        best = best[scores[best] > -np.inf]
        return [(self.words[i if rows is None else rows[i]], float(scores[i])) for i in best]
