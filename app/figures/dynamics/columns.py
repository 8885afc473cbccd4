"""What the figure draws of a run, as columns of its data sources.

Axes: F frames, V vocabulary.
"""

import numpy as np

from app.figures.dynamics.state import SETTINGS
from app.sources.cutting import CUT
from app.ui import palette
from embedlab import sgns
from embedlab.corpora import toy_corpus
from embedlab.pmi import cooccurrence
from embedlab.projection import silhouettes
from embedlab.text import tokenize

COORDINATE = np.int16  # the type of the coordinates on their way to the page ...
LARGEST = np.iinfo(COORDINATE).max  # ... whose largest number is this


def frame_columns(run):
    """A History as columns of one row per frame; u and v are (F, V * 2) int16, to be multiplied by `unit`.

    A coordinate is then off by 1/65,000 of the largest at most, which no screen shows, and half as long to load.
    """
    F, terms = len(run.steps), run.config.negatives + 1
    unit = max(np.abs(run.U).max(), np.abs(run.V).max(), 1e-9) / LARGEST
    u, v = (np.rint(matrix / unit).astype(COORDINATE).reshape(F, -1) for matrix in (run.U, run.V))
    return dict(
        step=run.steps.astype(np.int32),
        epoch=run.epochs.astype(np.float32),
        loss=(run.loss / terms).astype(np.float32),  # per term: runs of different K can be compared
        separation=separations(run).astype(np.float32),
        rate=run.rates.astype(np.float32),  # of the step that follows
        unit=np.full(F, unit, np.float32),
        u=u,
        v=v,
    )


def separations(run):
    """How far the categories are apart at each frame, the mean silhouette of their words' centre vectors: (F,) float64.

    NaN where there are not two categories with two words each.
    """
    of_words = np.array(categories_of(run.vocabulary.words))
    names, counts = np.unique(of_words, return_counts=True)
    named = [name for name, count in zip(names, counts) if count > 1 and name in palette.CATEGORY_STYLES]
    chosen = np.isin(of_words, [name for name in named if name != "connector"])
    labels = of_words[chosen]
    if len(set(labels)) < 2:
        return np.full(len(run.steps), np.nan)
    return silhouettes(run.U[:, chosen], labels).mean(axis=1)


def run_columns(run, corpus):
    """What the page must know of a run besides its frames, in one row; counts (V * V,): pairs by centre and context.

    From counts and noise the page has the objective, and the settings tell whether the controls were changed since.
    """
    config, vocabulary = run.config, run.vocabulary
    counts = cooccurrence(vocabulary.encode(tokenize(corpus, CUT)), len(vocabulary), config.window)
    row = dict(
        corpus=corpus,
        counts=counts.ravel().astype(int).tolist(),
        noise=sgns.noise_distribution(vocabulary.counts, config.noise_exponent).tolist(),
    )
    return {name: [value] for name, value in (row | {name: getattr(config, name) for name in SETTINGS}).items()}


def word_columns(run, matrix):
    """The words at the last frame of `matrix` (F, V, 2), with their marks."""
    words = run.vocabulary.words
    of_words = categories_of(words)
    x, y = matrix[-1].T.astype(np.float32)
    return dict(word=words, category=of_words, x=x, y=y, alpha=[1.0] * len(words), **palette.mark_columns(of_words))


def categories_of(words):
    """The category of each word, "other" for words that the toy corpus does not have."""
    categories = toy_corpus().categories
    return [categories.get(word, "other") for word in words]
