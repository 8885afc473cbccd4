"""Pairs of words that stand together more often than by chance become one: word2phrase (Mikolov et al. 2013b, eq. 6).

Axes: T time (position in the corpus), W words, Q phrases, B bigrams.
"""

import numpy as np


def join_phrases(ids, words, delta, threshold):
    """Join, from left to right, each two neighbours that score above the threshold, each word at most once.

        score(a, b) = (count(a b) - delta) / (count(a) count(b)) * running words

    ids: (T,) int32, positions in words, below 0 where a sentence ends; words: list of W str; threshold: above 0.
    Returns the ids (T',) int32, the words with the phrases behind them, "new_york", and the phrases with the number
    of times that each was joined, commonest first. As in word2phrase, delta is the least count of a word.
    """
    bigram = np.flatnonzero((ids[:-1] >= 0) & (ids[1:] >= 0))  # (B,): places where one begins
    pairs = ids[bigram].astype(np.int64) * len(words) + ids[bigram + 1]  # (B,)
    distinct, which, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    first, second = np.divmod(distinct, len(words))
    of_word = np.bincount(ids[ids >= 0], minlength=len(words)).astype(float)  # (W,)
    score = (counts - delta) / (of_word[first] * of_word[second]) * of_word.sum()
    begins = np.zeros(len(ids), dtype=bool)  # (T,)
    begins[bigram] = (score > threshold)[which]
    begins = every_other(begins)
    joined = np.flatnonzero(begins[bigram])
    found, times = np.unique(which[joined], return_counts=True)  # (Q,) each
    number, words = {word: i for i, word in enumerate(words)}, list(words)
    phrase = np.empty(len(distinct), dtype=np.int32)
    for q in found:
        name = f"{words[first[q]]}_{words[second[q]]}"
        phrase[q] = number.setdefault(name, len(words))  # the text may have had it already
        if phrase[q] == len(words):
            words.append(name)
    ids = ids.copy()
    ids[bigram[joined]] = phrase[which[joined]]
    left = np.flatnonzero(begins) + 1
    order = np.argsort(-times, kind="stable")
    return np.delete(ids, left), words, [(words[phrase[found[i]]], int(times[i])) for i in order]


def every_other(marked):
    """Of each unbroken run of True in (T,) bool the first, the third and so on."""
    at = np.arange(len(marked))
    before = np.maximum.accumulate(np.where(marked, -1, at))  # the last place that is not marked, -1 if there is none
    return marked & ((at - before) % 2 == 1)
