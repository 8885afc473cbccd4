"""Which words of a text carry its content, told by how they are used: no list of words, so any language will do.

Two traits of a content word, among words about as frequent. Its company is its own: the context words beside it are
distributed otherwise than in the whole text (Kullback-Leibler divergence). And it comes in bursts, where the text is
about it (index of dispersion: Church and Gale 1995, "Poisson Mixtures").

Axes: T tokens, N candidates, the most frequent words, C context words, B blocks of the text.
"""

import numpy as np

from embedlab.pmi import sppmi
from embedlab.text import END
from embedlab.vectors import unit_rows

CANDIDATES, CONTEXTS = 400, 500
WINDOW = 3
READ = 2_000_000  # tokens, from the beginning of a longer text
BLOCK = 250  # tokens
COMMONEST = 0.01  # of the running words: what is more frequent is a function word
OWN_COMPANY = 0.6  # of the candidates' median divergence: what has less goes with everything


def content_words(corpus):
    """Ids of a Corpus's content words, by falling count: (M,) int64; of a short or even text maybe none."""
    vocabulary, counts = corpus.vocabulary, contexts(corpus)
    frequency = vocabulary.counts[: len(counts)]  # (N,)
    divergence, bursts = own_company(counts), np.log(dispersion(corpus, len(counts)) + 1e-9)  # (N,), (N,)
    score = beyond(divergence, np.log(frequency)) + beyond(bursts, np.log(frequency))  # (N,)
    kept = (score > 0) & (divergence > OWN_COMPANY * np.median(divergence)) & (frequency > 1)
    kept &= frequency < COMMONEST * corpus.running_words
    kept &= [len(word) > 1 and any(map(str.isalpha, word)) for word in vocabulary.words[: len(counts)]]
    return np.flatnonzero(kept)


def groups_apart(corpus, ids, groups, size):
    """Groups of related words among these ids that lie far from each other: list of lists, at most `size` ids each.

    Each group is a seed with its nearest words, by the cosine of their rows of positive PMI; each seed is the word that
    lies farthest from all words taken before, the first is the most frequent.
    """
    if not len(ids):
        return []
    rows = unit_rows(sppmi(contexts(corpus)[ids]))  # (M, C)
    cosines = rows @ rows.T  # (M, M)
    left, nearest, found = np.ones(len(ids), bool), np.full(len(ids), -1.0), []
    while left.any() and len(found) < groups:
        seed = int(np.argmin(np.where(left, nearest, np.inf)))  # of equally far ones the most frequent
        order = [i for i in np.argsort(-cosines[seed], kind="stable") if left[i] and i != seed]
        group = [seed, *order[: size - 1]]
        left[group] = False
        nearest = np.maximum(nearest, cosines[group].max(axis=0))
        found.append([int(ids[i]) for i in group])
    return found


def contexts(corpus):
    """How often each context word is at most WINDOW words from each candidate, in a sentence: (N, C) float64."""
    tokens = corpus.tokens[:READ]
    n, c = min(CANDIDATES, len(corpus.vocabulary)), min(CONTEXTS, len(corpus.vocabulary))
    sentence, counts = np.cumsum(tokens == END), np.zeros(n * c)
    for d in range(1, WINDOW + 1):
        inside = sentence[:-d] == sentence[d:]  # (T - d,)
        for centres, beside in ((tokens[:-d], tokens[d:]), (tokens[d:], tokens[:-d])):
            counted = inside & (centres >= 0) & (beside >= 0) & (centres < n) & (beside < c)
            counts += np.bincount(centres[counted].astype(np.intp) * c + beside[counted], minlength=n * c)
    return counts.reshape(n, c)


def own_company(counts):
    """KL divergence of each row's distribution from that of all, in nats: (N, C) -> (N,).

    Less the bias of small counts, about half a nat for each cell that has any (Miller 1955).
    """
    total, expected = counts.sum(axis=1), counts.sum(axis=0) / max(counts.sum(), 1)  # (N,), (C,)
    ratio = np.divide(counts, np.outer(total, expected), out=np.ones_like(counts), where=counts > 0)
    gained = (counts * np.log(ratio)).sum(axis=1) - (counts > 0).sum(axis=1) / 2
    return gained / np.maximum(total, 1)


def dispersion(corpus, n):
    """Variance over mean of how often each of the first n words occurs in equal blocks of the text: (n,)."""
    tokens = corpus.tokens[:READ]
    blocks = int(np.clip(len(tokens) / BLOCK, 4, 400))
    block, counted = np.arange(len(tokens)) * blocks // len(tokens), (tokens >= 0) & (tokens < n)
    counts = np.bincount(tokens[counted].astype(np.intp) * blocks + block[counted], minlength=n * blocks)
    counts = counts.reshape(n, blocks)  # (n, B)
    return counts.var(axis=1, ddof=1) / np.maximum(counts.mean(axis=1), 1e-9)


def beyond(values, x):
    """How far values (N,) lie above their parabola over x (N,), in standard deviations of that: (N,)."""
    if len(values) < 4:
        return np.zeros(len(values))
    powers = np.stack([np.ones(len(x)), x, x * x], axis=1)  # (N, 3)
    rest = values - powers @ np.linalg.lstsq(powers, values, rcond=None)[0]
    return rest / (rest.std() or 1)
