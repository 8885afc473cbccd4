"""What the figure draws of a run, as columns of its data sources.

Axes: F frames, V vocabulary.
"""

import numpy as np

from app.ui import palette
from embedlab.corpora import toy_corpus

COORDINATE = np.int16  # the type of the coordinates on their way to the page ...
LARGEST = np.iinfo(COORDINATE).max  # ... whose largest number is this


def frame_columns(run):
    """A History as columns of one row per frame; u and v are (F, V * 2) int16, to be multiplied by `unit`.

    A coordinate is then off by 1/65,000 of the largest at most, which no screen shows, and half as long to load.
    """
    F = len(run.steps)
    unit = max(np.abs(run.U).max(), np.abs(run.V).max(), 1e-9) / LARGEST
    u, v = (np.rint(matrix / unit).astype(COORDINATE).reshape(F, -1) for matrix in (run.U, run.V))
    return dict(
        step=run.steps.astype(np.int32),
        epoch=run.epochs.astype(np.float32),
        loss=run.loss.astype(np.float32),
        rate=run.rates.astype(np.float32),  # of the step that follows
        unit=np.full(F, unit, np.float32),
        u=u,
        v=v,
    )


def word_columns(run, matrix):
    """The words at the last frame of `matrix` (F, V, 2), with their marks."""
    words, categories = run.vocabulary.words, toy_corpus().categories
    of_words = [categories.get(word, "other") for word in words]
    x, y = matrix[-1].T.astype(np.float32)
    return dict(word=words, category=of_words, x=x, y=y, **palette.mark_columns(of_words))
