"""Counting instead of training: co-occurrence, PMI and its factors; and what skip-gram's products converge to.

Church and Hanks 1990 (PMI), Levy and Goldberg 2014 ("Neural Word Embedding as Implicit Matrix Factorization"),
Levy, Goldberg and Dagan 2015 (the smoothed context distribution, the power of the singular values).

Axes: V vocabulary, D dimensions, T tokens, K negatives. In a (V, V) matrix rows are centres, columns contexts.
"""

import numpy as np

from embedlab.optim import Adam
from embedlab.sgns import noise_distribution, sigmoid

LARGEST = 3000  # words: a (V, V) matrix of float64 then takes 72 MB


def cooccurrence(sentences_of_ids, vocabulary_size, window, dynamic=False):
    """How often each pair is at most `window` words apart in a sentence: (V, V) float64, symmetric.

    Without `dynamic` these are the counts of text.skipgram_pairs. With it a pair at distance d counts
    (window - d + 1) / window, the chance that a width drawn from 1..window, as in word2vec.c, reaches that far.
    """
    if window < 1:
        raise ValueError(f"window is {window}: choose 1 or more words on each side.")
    if vocabulary_size > LARGEST:
        raise ValueError(
            f"{vocabulary_size:,} words would need {8e-6 * vocabulary_size**2:,.0f} MB a matrix: "
            f"keep the {LARGEST:,} most frequent ones, for example by a higher min_count."
        )
    counts = np.zeros((vocabulary_size, vocabulary_size))  # (V, V)
    ids = np.concatenate([np.empty(0, np.int64), *sentences_of_ids])  # (T,)
    sentence = np.repeat(np.arange(len(sentences_of_ids)), [len(s) for s in sentences_of_ids])  # (T,)
    for d in range(1, min(window, len(ids) - 1) + 1):
        together = sentence[:-d] == sentence[d:]  # (T - d,)
        weight = (window - d + 1) / window if dynamic else 1
        np.add.at(counts, (ids[:-d][together], ids[d:][together]), weight)
    return counts + counts.T


def pmi(counts, alpha=1):
    """log P(w, c) / (P(w) P(c)) in nats, -inf where a pair has no count: counts (V, V) -> (V, V).

    alpha: P(c) is taken from the counts of contexts to this power; 0.75 holds back the PMI of rare contexts.
    """
    centres, contexts = counts.sum(axis=1), counts.sum(axis=0) ** alpha  # (V,), (V,)
    apart = np.outer(centres, contexts / contexts.sum())  # (V, V): expected, if they ignored each other
    return log_ratio(counts, apart, missing=-np.inf)


def sppmi(counts, negatives=1, alpha=1):
    """max(PMI - log K, 0), the shifted positive PMI: (V, V); negatives: K, of which 1 means no shift."""
    if negatives < 1:
        raise ValueError(f"negatives is {negatives}: choose 1 or more.")
    return np.maximum(pmi(counts, alpha) - np.log(negatives), 0)


def factorise(matrix, dim, power=0.5):
    """W = Y S^power and C = Z S^(1 - power), each (V, dim), of the singular value decomposition matrix = Y S Zᵀ.

    W Cᵀ is the nearest matrix of rank dim. power: 1, 1/2 or 0; 1/2 shares S fairly between words and contexts.
    Signs are fixed so that the largest entry of each column of W is positive.
    """
    if not 1 <= dim <= len(matrix):
        raise ValueError(f"dim is {dim}: choose 1 to {len(matrix)}, the number of words.")
    Y, S, Zt = np.linalg.svd(matrix)
    Y, S, Z = Y[:, :dim], S[:dim], Zt[:dim].T  # (V, dim), (dim,), (V, dim)
    signs = np.sign(Y[np.abs(Y).argmax(axis=0), np.arange(dim)])  # (dim,)
    return Y * signs * S**power, Z * signs * S ** (1 - power)


def sgns_weights(counts, word_counts, negatives, noise_exponent=0.75, skip_target=True):
    """How often an epoch of SGNS is expected to pull each pair together and to push it apart: two (V, V).

    counts: (V, V) of pairs; word_counts: (V,) of single words, from which the noise comes; negatives: K.
    Each of the #(w) pairs of a centre w draws K times from the noise. Of these draws a word c gets
    K #(w) P(c), or K (#(w) - #(w, c)) P(c) with skip_target: while c is the target, draws of c are skipped.
    """
    return counts, pushes(counts, noise_distribution(word_counts, noise_exponent), negatives, skip_target)


def pushes(counts, noise, negatives, skip_target=True):
    """How often each pair is expected to be pushed apart: (V, V); counts: (V, V) of pairs; noise: (V,), sum 1."""
    occasions = counts.sum(axis=1, keepdims=True) - (counts if skip_target else 0)  # (V, 1) or (V, V)
    return negatives * occasions * noise  # (V, V)


def sgns_target(counts, word_counts, negatives, noise_exponent=0.75, skip_target=True):
    """What u·v of each pair converges to if D is large enough: (V, V), log pull / push of `sgns_weights`.

    Without skip_target: log[#(w,c) / (#(w) P(c))] - log K, which is PMI - log K if the noise is P(c). With it, as
    embedlab.sgns and word2vec.c do: log[#(w,c) / (K P(c) (#(w) - #(w,c)))]. nan where no number is the best one: a
    pair with no count (u·v falls for ever) and, with skip_target, a centre's only context (it rises for ever).
    """
    return log_ratio(*sgns_weights(counts, word_counts, negatives, noise_exponent, skip_target), missing=np.nan)


def log_ratio(above, below, missing):
    """log(above / below), elementwise; `missing` where either is 0."""
    there = (above > 0) & (below > 0)
    return np.where(there, np.log(np.where(there, above, 1)) - np.log(np.where(there, below, 1)), missing)


def sgns_loss(U, V, pull, push):
    """Expected loss of an epoch, in nats: -Σ pull log σ(u·v) - Σ push log σ(-u·v); U, V: (V, D)."""
    products = U @ V.T  # (V, V)
    return float((pull * np.logaddexp(0, -products) + push * np.logaddexp(0, products)).sum())


def sgns_gradients(U, V, pull, push):
    """Of this loss, by U and by V, (V, D) each. By a product it is push σ(x) - pull σ(-x), zero at the target."""
    products = U @ V.T
    errors = push * sigmoid(products) - pull * sigmoid(-products)  # (V, V)
    return errors @ V, errors.T @ U


def descend(pull, push, dim, steps, learning_rate=0.05, seed=0):
    """Minimise this loss by Adam, all pairs at once: yields U, V and the loss per pair after 0..steps steps.

    It is SGNS without its dice: the same goal in a fraction of the time. The learning rate falls linearly to 0.
    """
    rng, total = np.random.default_rng(seed), pull.sum()
    weights = [rng.normal(0, 0.5, (len(pull), dim)) for _ in range(2)]  # U and V, (V, D) each
    optimisers = [Adam(learning_rate) for _ in weights]
    yield weights[0].copy(), weights[1].copy(), sgns_loss(*weights, pull, push) / total
    for step in range(steps):
        for weight, gradient, adam in zip(weights, sgns_gradients(*weights, pull, push), optimisers):
            adam.learning_rate = learning_rate * (1 - step / steps)
            adam.step(weight, gradient / total)
        yield weights[0].copy(), weights[1].copy(), sgns_loss(*weights, pull, push) / total


def agreement(products, target):
    """(correlation, largest difference) of u·v with the target, over the cells that have one; two floats."""
    there = np.isfinite(target)
    if there.sum() < 2:
        raise ValueError(f"too few pairs have a target, {there.sum()}: use a longer text.")
    x, y = products[there], target[there]
    return float(np.corrcoef(x, y)[0, 1]), float(np.abs(x - y).max())
