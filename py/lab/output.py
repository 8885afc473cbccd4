"""What a run sends to the page while it goes on, and what its tasks send after it."""

import asyncio
import io
import re
import time

MOST_OUTPUT = 50_000  # characters of one run and its tasks that reach the page
BATCH = 0.05  # seconds between two messages to the page
CUT = "\n… what is printed from here on is left out.\n"
NOT_FINITE = re.compile(r"(?<![\w'\"])(?:nan|inf)(?![\w'\"])")


class Output:
    """What a run prints: sent in batches until there are MOST_OUTPUT characters, then only counted."""

    def __init__(self, send):
        self._send, self._room, self._batch, self._sent, self._timer = send, MOST_OUTPUT, [], 0.0, None
        self.left_out, self.late = 0, False
        self.not_finite = self.warned = False  # was "nan" or "inf" printed, was there a RuntimeWarning

    def write(self, text):
        part = self.taken(text)
        if part:
            self._batch.append(part)
            if time.monotonic() - self._sent > BATCH:
                self.flush()
            else:
                self._flush_later()

    def taken(self, text):
        """As much of a text as there is room for; late, with a word about what is not."""
        part = text[: self._room]
        missing = len(text) - len(part)
        told = self.left_out > 0
        self._room -= len(part)
        self.left_out += missing
        return part + CUT if missing and self.late and not told else part

    def flush(self):
        if self._batch:
            text = "".join(self._batch)
            self.not_finite |= bool(NOT_FINITE.search(text))
            self.warned |= "RuntimeWarning" in text
            self._batch.clear()
            self._send(text)
            self._sent = time.monotonic()

    def _flush_later(self):
        """What is printed before a pause is seen during it."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # then nothing pauses
            return
        self._timer = self._timer or loop.call_later(BATCH, self._due)

    def _due(self):
        self._timer = None
        self.flush()


class Routed(io.TextIOBase):
    """sys.stdout and sys.stderr: what is written goes to the output of the run that current() gives."""

    def __init__(self, current):
        self._current = current

    def writable(self):
        return True

    def write(self, text):
        run = self._current()
        if run:
            run.output.write(text)
        return len(text)

    def flush(self):
        run = self._current()
        if run:
            run.output.flush()
