"""Continuous bag of words with negative sampling, the other word2vec: Mikolov et al. 2013, "Efficient Estimation".

The words around a centre predict it: their rows of U are averaged, the mean is pulled to the centre's row of V and
pushed away from K rows drawn from noise. The steps, rates and random numbers are those of `sgns`, with its windows.

The mean's convention is word2vec.c's (and gensim's): `step` gives the whole error of the mean to each of its n words,
which is n times the gradient that `gradients` gives them. So a step counts a wide window for more than the formula
does; dividing by n would be the true descent, and would want a larger learning rate.

Axes: n words around a centre, K negatives, D dimensions, S steps of a run, W = 2 window.
U and V are (vocabulary, D) float64.
"""

import numpy as np

from embedlab import sgns

NOBODY = -1  # fills up the row of a window that is cut short by its sentence


def loss(u_context, v_centre, v_negatives):
    """That of `sgns` for the mean of u_context (n, D), with v_centre (D,) and v_negatives (K, D); in nats."""
    return sgns.loss(u_context.mean(axis=0), v_centre, v_negatives)


def gradients(u_context, v_centre, v_negatives):
    """Of this loss, by u_context (n, D), v_centre (D,), v_negatives (K, D): the mean hands 1/n to each of its words."""
    n = len(u_context)
    dmean, dv_centre, dv_negatives = sgns.gradients(u_context.mean(axis=0), v_centre, v_negatives)
    return np.tile(dmean / n, (n, 1)), dv_centre, dv_negatives  # (n, D), (D,), (K, D)


def step(U, V, centre, context, negatives, learning_rate):
    """One step of word2vec.c, in place; returns the loss before it, a float.

    centre: id; context: (n,) ids, n at least 1, where NOBODY stands for no word; negatives: (K,) ids as drawn, of
    which those equal to the centre are skipped. A word that is twice in the window counts twice.
    """
    words = context[context != NOBODY]  # (n,)
    mean = U[words].mean(axis=0, keepdims=True)  # (1, D)
    moved = mean.copy()
    loss = sgns.step(moved, V, 0, centre, negatives, learning_rate)
    np.add.at(U, words, moved - mean)  # the mean's whole error to each
    return loss


def training_windows(sentences, vocabulary, config):
    """Centres (P,) and the words around them (P, W), NOBODY where there is none, of one epoch, in reading order.

    Raises what `sgns.training_pairs` does.
    """
    sgns.training_pairs(sentences, vocabulary, config)  # for what it raises
    centres, contexts = [], []
    for ids in vocabulary.encode(sentences):
        padded = np.pad(ids, config.window, constant_values=NOBODY)  # (T + W,)
        for t, centre in enumerate(ids if len(ids) > 1 else []):
            centres.append(centre)
            contexts.append(np.delete(padded[t : t + 2 * config.window + 1], config.window))
    return np.array(centres, np.int64), np.array(contexts, np.int64)


def train(sentences, vocabulary, config, chunks=1000):
    """As `sgns.train`, a step for each word of the text; a chunk's log holds (n, W) words as its context."""
    centres, contexts = training_windows(sentences, vocabulary, config)
    yield from sgns.descend(step, centres, contexts, vocabulary, config, chunks)
