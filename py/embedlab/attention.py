"""A word among its neighbours: the smallest self-attention, without anything learned; an illustration, not a model.

A language model projects each vector to a query, a key and a value with learned matrices, in many heads and layers,
and adds the result to the vector (Vaswani et al. 2017). Here the vector itself is all three, so a word simply leans
towards neighbours like itself.

Axes: T words of a sentence, D dimensions.
"""

import numpy as np

from embedlab.softmax import softmax


def attend(X, temperature=None, causal=False):
    """Y = A X with A = softmax(X Xᵀ / temperature) by rows: X (T, D) -> Y (T, D), A (T, T).

    Row t of Y is word t in its context, a mean of all words weighted by A[t], which sums to 1. causal: a mean of the
    words up to t only; the scores of later ones are −∞ before the softmax, as in models that predict the next word.
    temperature: √D by default, as in the paper; the higher it is, the more evenly all words count. Word vectors need
    care: GloVe's are about 6 long, so that a word's product with itself drowns the others. Rows of length 1 and
    temperature 1 do better.
    """
    X = np.asarray(X, dtype=np.float64)
    temperature = X.shape[1] ** 0.5 if temperature is None else temperature
    if not temperature > 0:
        raise ValueError(f"temperature is {temperature}: choose a number above 0.")
    scores = X @ X.T / temperature  # (T, T)
    if causal:
        scores[np.triu_indices(len(X), 1)] = -np.inf
    A = softmax(scores)  # (T, T)
    return A @ X, A
