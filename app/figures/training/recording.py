"""What the training figure shows of a run: frames of chosen words in a plane, and the neighbours of a few probes.

Axes: F frames, R words kept, W chosen words, P probes, N the most frequent words, D dimensions.
"""

import numpy as np

from embedlab.projection import PCA, procrustes
from embedlab.vectors import unit_rows

FRAMES = 60  # of a run, besides the first
KEPT = 64_000_000  # bytes of all frames
AMONG = 10_000  # neighbours are looked for among this many of the most frequent words, as far as they are kept
NEAREST = 6


class TooRare(ValueError):
    """A word whose vectors were not kept."""


class Recording:
    """Frames of a Trainer's U, kept for the words chosen at first and the most frequent ones, so that others of these
    can be chosen later. words: list of W, probes: list of P.

    done: running words trained on, before each frame; loss: mean of the frame in nats; planes: (W, 2) float64 each;
    near: for each frame, P lists of NEAREST words.
    """

    def __init__(self, trainer, words=(), probes=(), past=None):
        """past: `state` and `planes` of a training that goes on, in the place of words and probes."""
        words, probes = (past["words"], past["probes"]) if past else (words, probes)
        self.vocabulary = trainer.corpus.vocabulary
        most = KEPT // (2 * (FRAMES + 1) * trainer.U.shape[1])
        rare = {i for word in (*words, *probes) if (i := self.vocabulary.index(word)) >= most}
        self._ids = np.array([*range(min(most, len(self.vocabulary))), *sorted(rare)])  # (R,)
        self._row = {int(i): row for row, i in enumerate(self._ids)}
        self._kept = []  # (R, D) float16 of each frame; None of those before the training went on
        self.done, self.loss = [], []
        self.choose(words, probes)
        if past:
            self._kept = [None] * len(past["done"])
            self.done, self.loss, self.near, self.planes = (past[name] for name in ("done", "loss", "near", "planes"))

    def state(self):
        """What is shown so far besides `planes`: {name: JSON}."""
        return {name: list(getattr(self, name)) for name in ("words", "probes", "done", "loss", "near")}

    def choose(self, words, probes):
        """Show these words and list the neighbours of these probes, in the frames so far too; raises TooRare."""
        if any(U is None for U in self._kept):
            if (words, probes) == (self.words, self.probes):
                return
            raise TooRare(
                "Of the time before this training was interrupted only these words were kept: press Train for others."
            )
        rows = [[self._row_of(word) for word in chosen] for chosen in (words, probes)]
        self.words, self.probes, self._rows = words, probes, rows
        self.planes, self.near = [], []
        for U in self._kept:
            self._show(U)

    def _row_of(self, word):
        i = self.vocabulary.index(word)
        if i not in self._row:
            raise TooRare(f"“{word}” is too rare for its past to be kept: press Train to see it from the beginning.")
        return self._row[i]

    def take(self, trainer, loss):
        """One more frame."""
        self._kept.append(trainer.U[self._ids].astype(np.float16))
        self.done.append(trainer.words_done)
        self.loss.append(loss)
        self._show(self._kept[-1])

    def _show(self, U):
        """The chosen words' principal plane, turned onto that of the frame before, and the probes' neighbours."""
        words, probes = self._rows
        self.planes.append(plane_like(self.planes[-1] if self.planes else None, U[words].astype(np.float64)))
        self.near.append(self._nearest(U, probes))

    def _nearest(self, U, probes):
        """The NEAREST words of each probe by cosine among the most frequent, itself left out: P lists."""
        if not probes:
            return []
        frequent = min(AMONG, len(U))
        cosines = unit_rows(U[probes].astype(np.float32)) @ unit_rows(U[:frequent].astype(np.float32)).T  # (P, N)
        found = []
        for row, i in zip(cosines, probes):
            if i < frequent:
                row[i] = -np.inf
            best = np.argsort(-row, kind="stable")[: min(NEAREST, len(self.vocabulary) - 1)]
            found.append([self.vocabulary.words[int(self._ids[j])] for j in best])
        return found

    def forget(self):
        """Take the last frame away."""
        for column in (self._kept, self.planes, self.near, self.done, self.loss):
            column.pop()

    def columns(self, words_total, epochs):
        """One row per frame, for the page."""
        planes = np.array(self.planes, dtype=np.float32).reshape(len(self.planes), -1)  # (F, 2 W)
        epoch = np.array(self.done, dtype=np.float32) / words_total * epochs
        return dict(done=self.done, epoch=epoch, loss=self.loss, xy=planes, near=self.near)


def plane_like(before, chosen):
    """The two principal components of chosen (W, D), turned to lie on `before` (W, 2) as well as they can: (W, 2)."""
    components = min(2, chosen.shape[1], len(chosen) - 1)
    if components < 1:
        return np.zeros((len(chosen), 2))  # one word alone has no directions
    plane = PCA(components).fit(chosen).transform(chosen)  # (W, 1 or 2)
    plane = np.pad(plane, [(0, 0), (0, 2 - components)])  # (W, 2)
    return plane if before is None else plane @ procrustes(plane, before)
