"""A training under way: in turns short enough for the page to breathe, with frames at even distances."""

import asyncio
import time

import numpy as np

from app.figures.training.recording import FRAMES

TURN = 0.04  # seconds of training between two turns of the event loop
TELL = 0.25  # seconds between two reports
FIRST_RATE = 20_000  # running words a second, until it is known


class Run:
    """A Trainer with its Recording. speed: running words a second while it trained; loss: of late, in nats."""

    def __init__(self, trainer, recording):
        self.trainer, self.recording = trainer, recording
        self._rate, self._seconds, self._words = FIRST_RATE, 0.0, 0
        self._summed, self._pairs = 0.0, 0  # since the last frame
        self._extra = False  # the last frame shows a stop, off the even distances
        self.loss = (trainer.config.negatives + 1) * np.log(2)  # V is zero before the first step
        recording.take(trainer, self.loss)

    @property
    def speed(self):
        return self._words / self._seconds if self._seconds else self._rate

    @property
    def seconds_left(self):
        return (self.trainer.words_total - self.trainer.words_done) / self.speed

    async def go(self, tell, stopping):
        """Train until it is done or `stopping()`; tell(new_frame) is called a few times a second. Raises DivergedError."""
        if self._extra:
            self.recording.forget()
            self._extra = False
        told = time.monotonic()
        while not self.trainer.done and not stopping():
            new_frame = self._turn()
            if new_frame or time.monotonic() - told > TELL:
                tell(new_frame)
                told = time.monotonic()
            await asyncio.sleep(0.001)
        if self.recording.done[-1] < self.trainer.words_done:
            self.recording.take(self.trainer, self.loss)
            self._extra = True
        tell(True)

    def _turn(self):
        """Train for about TURN seconds, or up to the next frame; whether there was one."""
        trainer = self.trainer
        due = trainer.words_total * len(self.recording.done) // FRAMES
        before, start = trainer.words_done, time.monotonic()
        progress = trainer.advance(int(np.clip(self._rate * TURN, 1, max(1, due - before))))
        seconds = max(time.monotonic() - start, 1e-6)
        words = trainer.words_done - before
        self._seconds, self._words = self._seconds + seconds, self._words + words
        self._rate = words / seconds
        if progress.pairs:
            self._summed, self._pairs, self.loss = (
                self._summed + progress.loss * progress.pairs,
                self._pairs + progress.pairs,
                progress.loss,
            )
        reached = trainer.words_done >= due
        if reached:
            self._frame()
        return reached

    def _frame(self):
        if self._pairs:
            self.loss = self._summed / self._pairs
        self.recording.take(self.trainer, self.loss)
        self._summed, self._pairs = 0.0, 0


async def measured_speed(trainer, seconds=0.5):
    """Running words a second of a fresh Trainer that is not needed otherwise, once its code has warmed up."""
    rate, began = FIRST_RATE, time.monotonic()
    while time.monotonic() - began < seconds and not trainer.done:
        before, start = trainer.words_done, time.monotonic()
        trainer.advance(max(1, int(rate * TURN)))
        rate = (trainer.words_done - before) / max(time.monotonic() - start, 1e-6)
        await asyncio.sleep(0.001)
    return rate
