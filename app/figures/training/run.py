"""A training under way: in short turns that yield to the event loop, with frames at even distances."""

import time

import numpy as np

from app.figures.training.recording import FRAMES
from app.sources.vector_sets import new_id
from app.tasks.task import INTERVAL, completed

REPORT = 0.25  # seconds between two reports
FIRST_RATE = 20_000  # running words a second, until it is known
STATE = ("loss", "pairs", "summed_since_frame", "pairs_since_frame", "extra_frame")


class Pace:
    """Advances a Trainer by about INTERVAL seconds at a time. rate: running words a second, in the last turn."""

    def __init__(self, trainer):
        self.trainer, self.rate = trainer, FIRST_RATE
        self.words, self.seconds = 0, 0.0  # in all turns

    def turn(self, most=np.inf):
        """One turn, of at most so many running words; returns the Trainer's Progress."""
        before, start = self.trainer.words_done, time.monotonic()
        progress = self.trainer.advance(int(np.clip(self.rate * INTERVAL, 1, max(1, most))))
        words, seconds = self.trainer.words_done - before, max(time.monotonic() - start, 1e-6)
        self.words, self.seconds = self.words + words, self.seconds + seconds
        self.rate = words / seconds
        return progress


class NothingTrained(ValueError):
    """A training in which no word met another."""


class Run:
    """A Trainer with its Recording and its SampleScores. loss: of late, in nats; pairs: steps taken.

    name: of the model that it becomes; choice: of the corpus; id: its own among all that is kept; state: what `state`
    gave, of a run that goes on.
    """

    def __init__(self, trainer, recording, scores, name, choice, id=None, state=None):
        self.trainer, self.recording, self.scores, self._pace = trainer, recording, scores, Pace(trainer)
        self.name, self.choice, self.id = name, choice, id or new_id()
        self._summed, self._pairs = 0.0, 0  # since the last frame
        self.pairs = 0
        self._extra = False  # the last frame shows a stop, off the even distances
        self.loss = (trainer.config.negatives + 1) * np.log(2)  # V is zero before the first step
        if state is not None:
            self.loss, self.pairs, self._summed, self._pairs, self._extra = (state[name] for name in STATE)
            self._pace.words, self._pace.seconds = state["words"], state["seconds"]
        else:
            recording.take(trainer, self.loss)

    def state(self):
        """Where it is, besides its Trainer, Recording and SampleScores: {name: JSON}."""
        values = self.loss, self.pairs, self._summed, self._pairs, self._extra
        return dict(zip(STATE, values)) | dict(words=self._pace.words, seconds=self._pace.seconds)

    @property
    def speed(self):
        """Running words a second while it trained."""
        return self._pace.words / self._pace.seconds if self._pace.seconds else self._pace.rate

    @property
    def seconds_left(self):
        return (self.trainer.words_total - self.trainer.words_done) / self.speed

    async def train(self, task, show):
        """Train to the end, or until the Task is stopped; show(new_frame) is called a few times a second.

        Raises DivergedError.
        """
        if self._extra:
            self.recording.forget()
            self._extra = False
        await completed(self._turns(task, show))
        if self.recording.done[-1] < self.trainer.words_done:
            self.recording.take(self.trainer, self.loss)
            self._extra = True
        if self.scores.possible and self.scores.done[-1:] != [self.trainer.words_done]:
            self.scores.ask()
        show(True)

    async def _turns(self, task, show):
        shown = time.monotonic()
        while not self.trainer.done:
            new_frame = self._turn()
            if new_frame or time.monotonic() - shown > REPORT:
                show(new_frame)
                shown = time.monotonic()
            await task.yield_to_loop(every=0)

    def _turn(self):
        """Train for one turn, or up to the next frame; whether there was one."""
        trainer = self.trainer
        due = trainer.words_total * len(self.recording.done) // FRAMES
        progress = self._pace.turn(due - trainer.words_done)
        self.pairs += progress.pairs
        if progress.pairs:
            self.loss = progress.loss
            self._summed, self._pairs = self._summed + progress.loss * progress.pairs, self._pairs + progress.pairs
        reached = trainer.words_done >= due
        if reached:
            self._frame()
        return reached

    def _frame(self):
        if self._pairs:
            self.loss = self._summed / self._pairs
        self.recording.take(self.trainer, self.loss)
        self._summed, self._pairs = 0.0, 0
        if self.scores.due(self._pace.seconds):
            self.scores.ask()


async def measured_speed(trainer, task, seconds=0.5):
    """Running words a second of a fresh Trainer that is not needed otherwise, once its code has warmed up."""
    pace, began = Pace(trainer), time.monotonic()
    while time.monotonic() - began < seconds and not trainer.done:
        pace.turn()
        await task.yield_to_loop(every=0)
    return pace.rate
