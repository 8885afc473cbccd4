"""What the training figure shows of a run: frames of chosen words in a plane, and the neighbours of a few probes.

Axes: F frames, W chosen words, P probes, N the most frequent words, D dimensions.
"""

from dataclasses import dataclass, field

import numpy as np

from embedlab.projection import PCA, procrustes
from embedlab.vectors import unit_rows

FRAMES = 60  # of a run, besides the first
AMONG = 10_000  # neighbours are looked for among this many of the most frequent words
NEAREST = 6


@dataclass
class Recording:
    """Frames of a Trainer's U: words: list of W, probes: list of P, both of the vocabulary.

    done: running words trained on, before each frame; loss: mean of the frame in nats; planes: (W, 2) float64 each;
    near: for each frame, P lists of NEAREST words.
    """

    words: list
    probes: list
    done: list = field(default_factory=list)
    loss: list = field(default_factory=list)
    planes: list = field(default_factory=list)
    near: list = field(default_factory=list)

    def take(self, trainer, loss):
        """One more frame: the chosen words' principal plane, turned onto that of the frame before."""
        vocabulary = trainer.corpus.vocabulary
        chosen = trainer.U[[vocabulary.index(word) for word in self.words]].astype(np.float64)  # (W, D)
        self.planes.append(plane_like(self.planes[-1] if self.planes else None, chosen))
        self.near.append(nearest(trainer.U, vocabulary, self.probes))
        self.done.append(trainer.words_done)
        self.loss.append(loss)

    def forget(self):
        """Take the last frame away."""
        for column in (self.planes, self.near, self.done, self.loss):
            column.pop()

    def columns(self, words_total, epochs):
        """One row per frame, for the page."""
        planes = np.array(self.planes, dtype=np.float32).reshape(len(self.planes), -1)  # (F, 2 W)
        epoch = np.array(self.done, dtype=np.float32) / words_total * epochs
        return dict(done=self.done, epoch=epoch, loss=self.loss, xy=planes, near=self.near)


def plane_like(before, chosen):
    """The two principal components of chosen (W, D), turned to lie on `before` (W, 2) as well as they can: (W, 2)."""
    components = min(2, chosen.shape[1], len(chosen) - 1)
    if not components:  # a word alone
        return np.zeros((len(chosen), 2))
    plane = PCA(components).fit(chosen).transform(chosen)  # (W, 1 or 2)
    plane = np.pad(plane, [(0, 0), (0, 2 - components)])  # (W, 2)
    return plane if before is None else plane @ procrustes(plane, before)


def nearest(U, vocabulary, probes):
    """The NEAREST words of each probe by cosine among the AMONG most frequent, itself left out: P lists."""
    if not probes:
        return []
    ids = [vocabulary.index(word) for word in probes]
    cosines = unit_rows(U[ids]) @ unit_rows(U[:AMONG]).T  # (P, N)
    found = []
    for row, i in zip(cosines, ids):
        if i < len(row):
            row[i] = -np.inf
        best = np.argsort(-row, kind="stable")[: min(NEAREST, len(row) - 1)]
        found.append([vocabulary.words[int(j)] for j in best])
    return found
