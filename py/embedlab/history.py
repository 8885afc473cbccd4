"""A training run as frames to scrub through, from which any single step can be shown again.

Axes: F frames, V vocabulary, D dimensions, K negatives, S steps.
"""

import json
from dataclasses import asdict, dataclass

import numpy as np

from embedlab import sgns
from embedlab.sgns import Config, StepLog
from embedlab.text import Vocabulary

LOGGED_IDS = ("centre", "context", "negatives")
GROWTH = 1.5  # frames lie at steps that grow like this power of their number


class BadHistory(ValueError):
    """A file that is not a saved run."""


@dataclass(frozen=True)
class StepRecord:
    """One step in full; along K + 1 the context comes first, then the negatives as drawn.

    centre: id; rows: (K + 1,) ids; skipped: (K + 1,) bool, a negative equal to the context, which takes no part;
    dots, sigmoids: (K + 1,) u·v and σ(u·v) before the step; gradient_sizes: (K + 1,) length of the gradient for
    each v, 0 where skipped; centre_gradient_size: that for u; u_before, u_after: (D,);
    v_before, v_after: (K + 1, D); loss: of the step, in nats.
    """

    step: int
    centre: int
    rows: np.ndarray
    skipped: np.ndarray
    learning_rate: float
    dots: np.ndarray
    sigmoids: np.ndarray
    gradient_sizes: np.ndarray
    centre_gradient_size: float
    u_before: np.ndarray
    u_after: np.ndarray
    v_before: np.ndarray
    v_after: np.ndarray
    loss: float


@dataclass(frozen=True)
class History:
    """Frames of a run, frame 0 before any step, and the log of every step between them.

    steps: (F,) int64, steps taken before each frame; U, V: (F, V, D) float64; loss: (F,) float64, mean over the
    steps since the frame before, in nats (frame 0: (K + 1) log 2, for V is zero); log: StepLog of S steps;
    steps_per_epoch: int. A run that was stopped early has fewer frames and is as valid.
    """

    steps: np.ndarray
    U: np.ndarray
    V: np.ndarray
    loss: np.ndarray
    log: StepLog
    config: Config
    vocabulary: Vocabulary
    steps_per_epoch: int

    @property
    def epochs(self):
        """Epochs done at each frame: (F,) float64."""
        return self.steps / self.steps_per_epoch

    @property
    def rates(self):
        """The learning rate of the step that follows each frame, after the last step of all its floor: (F,) float64."""
        return sgns.learning_rates(self.steps, self.steps_per_epoch * self.config.epochs, self.config)

    def at(self, step):
        """(U, V) before a step of 0..S, each (V, D): the frame before it, and the steps from there replayed exactly."""
        if not 0 <= step <= len(self.log):
            raise ValueError(f"step {step} is outside this run: choose one of 0 to {len(self.log)}.")
        frame = np.searchsorted(self.steps, step, side="right") - 1
        U, V = self.U[frame].copy(), self.V[frame].copy()
        log, between = self.log, slice(self.steps[frame], step)
        sgns.run(U, V, log.centre[between], log.context[between], log.negatives[between], log.learning_rate[between])
        return U, V

    def explain(self, step):
        """StepRecord of a step of 0..S-1: who took part, the numbers, and the rows before and after."""
        if not 0 <= step < len(self.log):
            raise ValueError(f"step {step} is outside this run: choose one of 0 to {len(self.log) - 1}.")
        centre, context = int(self.log.centre[step]), int(self.log.context[step])
        negatives, rate = self.log.negatives[step], float(self.log.learning_rate[step])
        rows = np.concatenate(([context], negatives))  # (K + 1,)
        skipped = np.concatenate(([False], negatives == context))  # (K + 1,)
        U, V = self.at(step)
        u, v = U[centre].copy(), V[rows]  # (D,), (K + 1, D)
        du, dv_context, dv_negatives = sgns.gradients(u, v[0], v[1:][~skipped[1:]])
        gradient_sizes = np.zeros(len(rows))
        gradient_sizes[~skipped] = np.linalg.norm([dv_context, *dv_negatives], axis=1)
        loss = sgns.step(U, V, centre, context, negatives, rate)
        return StepRecord(
            step,
            centre,
            rows,
            skipped,
            rate,
            v @ u,
            sgns.sigmoid(v @ u),
            gradient_sizes,
            float(np.linalg.norm(du)),
            u,
            U[centre],
            v,
            V[rows],
            loss,
        )

    def save(self, path):
        """Write a compressed .npz, without pickle."""
        small = np.min_scalar_type(len(self.vocabulary))
        ids = {name: getattr(self.log, name).astype(small) for name in LOGGED_IDS}  # the rates follow from config
        with open(path, "wb") as file:
            np.savez_compressed(
                file,
                steps=self.steps,
                U=self.U,
                V=self.V,
                loss=self.loss,
                **ids,
                config=json.dumps(asdict(self.config)),
                words=self.vocabulary.words,
                counts=self.vocabulary.counts,
                steps_per_epoch=self.steps_per_epoch,
            )

    @classmethod
    def load(cls, path):
        """Read what `save` wrote; raises BadHistory for a file of anything else."""
        with open(path, "rb") as file:
            try:
                return cls._from_arrays(dict(np.load(file, allow_pickle=False)))
            except Exception as error:  # a damaged file may fail anywhere in zip, zlib, npy or json
                raise BadHistory(f"{path} is not a run saved by History.save ({error}): save the run again.") from error

    @classmethod
    def _from_arrays(cls, saved):
        ids = {name: saved[name].astype(np.int64) for name in LOGGED_IDS}
        config, steps_per_epoch = Config(**json.loads(str(saved["config"]))), int(saved["steps_per_epoch"])
        rates = sgns.learning_rates(np.arange(len(ids["centre"])), steps_per_epoch * config.epochs, config)
        return cls(
            saved["steps"],
            saved["U"],
            saved["V"],
            saved["loss"],
            StepLog(**ids, learning_rate=rates),
            config,
            Vocabulary(saved["words"].tolist(), saved["counts"]),
            steps_per_epoch,
        )


def frame_steps(total, frames):
    """After how many of `total` steps the frames are taken: whole numbers rising from 0 to total, at most `frames`.

    They grow like frame ** GROWTH, for words go furthest early, when the rate is high: of equally spaced frames the
    first tenth would hold up to a quarter of all that happens. With GROWTH no tenth holds more than a fifth (measured
    on the toy corpus with 1 to 15 negatives).
    """
    last = min(frames - 1, total)
    frame = np.arange(last + 1)
    return np.maximum(np.rint(total * (frame / last) ** GROWTH).astype(np.int64), frame).tolist()  # no two are equal


class Recorder:
    """A training run that is being recorded: iterate to train, leave the loop to stop, then ask for `history()`.

    recorder = Recorder(sentences, vocabulary, Config())
    for chunk in recorder:              # one sgns.Chunk per frame: chunk.stop of chunk.total steps are done
        ...
    recorder.history()

    At most `frames` frames, the first before any step, lie at the steps of `frame_steps`. Raises what sgns.train does,
    the complaints about text and parameters at once.
    """

    def __init__(self, sentences, vocabulary, config, frames=301):
        if frames < 2:
            raise ValueError(f"frames is {frames}: choose 2 or more, the first and the last state.")
        self.config, self.vocabulary = config, vocabulary
        self.steps_per_epoch = len(sgns.training_pairs(sentences, vocabulary, config))
        self.total = self.steps_per_epoch * config.epochs
        self._training = sgns.train(sentences, vocabulary, config, frame_steps(self.total, frames)[1:])
        self._chunks = []

    def __iter__(self):
        for chunk in self._training:
            self._chunks.append(chunk)
            yield chunk

    def history(self):
        """The History so far: of the whole run after the loop, shorter after a stop."""
        U, V = sgns.initial(len(self.vocabulary), self.config)
        K, chunks = self.config.negatives, self._chunks
        no_ids = np.empty(0, np.int64)
        nothing = StepLog(no_ids, no_ids, np.empty((0, K), np.int64), np.empty(0))
        return History(
            steps=np.array([0] + [chunk.stop for chunk in chunks], dtype=np.int64),  # (F,)
            U=np.stack([U] + [chunk.U for chunk in chunks]),  # (F, V, D)
            V=np.stack([V] + [chunk.V for chunk in chunks]),  # (F, V, D)
            loss=np.array([(K + 1) * np.log(2)] + [chunk.losses.mean() for chunk in chunks]),  # (F,)
            log=StepLog.join([nothing] + [chunk.log for chunk in chunks]),
            config=self.config,
            vocabulary=self.vocabulary,
            steps_per_epoch=self.steps_per_epoch,
        )
