"""One run of a cell: what it shows while it goes on, and what its tasks and callbacks show after it."""

import json
import sys

import numpy as np

from lab.errors import explained, shortened
from lab.output import BATCH, Output

MOST_PICTURES = 20
LARGE = 10_000_000  # numbers that are not looked through
NOT_FINITE = (
    "There is nan or inf in this. If a division by zero or another invalid operation made it: NumPy cannot warn of "
    "those in this page, for WebAssembly does not record them."
)
EXITED = "SystemExit: {} has ended itself; the interpreter goes on."


class Run:
    """send(type, value) takes what it shows: "text" and "error", strings; "picture", JSON of its kind and data.

    "tasks", a boolean, says whether any task goes on after the run.
    """

    def __init__(self, send):
        self._send, self._pictures, self._tasks, self._told = send, 0, set(), False
        self.output = Output(lambda text: send("text", text))
        self.result, self.over, self.afterwards = None, False, []
        self._not_finite = False

    def show(self, value, last=False):
        """Show a picture; of anything else print the repr, or store it as the result if it is the cell's last."""
        if hasattr(type(value), "_to_page_"):
            self._show_picture(value)
        elif value is not None:
            text = repr(value)
            self._not_finite |= holds_not_finite(value)
            if last:
                self.result = shortened(text)
            else:
                print(text)

    def _show_picture(self, picture):
        if self._pictures == MOST_PICTURES:
            raise RuntimeError(f"a cell may show {MOST_PICTURES} pictures: show fewer, or use another cell.")
        self._pictures += 1
        kind, data = picture._to_page_()
        self.output.flush()  # what was printed before comes before
        self._send("picture", json.dumps([kind, data], allow_nan=False))

    def remarks(self):
        """What a user should know of this run and Python does not say here."""
        silent = sys.platform == "emscripten" and not self.output.warned
        return [NOT_FINITE] if silent and (self._not_finite or self.output.not_finite) else []

    def end(self):
        """The cell has come to its end; what goes on now is late."""
        self.output.flush()
        self.over = self.output.late = True
        for call in self.afterwards:
            call()
        self._tell_tasks()

    # -- its tasks and callbacks ----------------------------------------------------------------------------------

    def began(self, task):
        self._tasks.add(task)
        if self.over:
            self._tell_tasks()

    def ended(self, task):
        self._tasks.discard(task)
        if self.over and not self._tasks:
            task.get_loop().call_later(BATCH, self._tell_tasks)  # another may begin at once

    def _tell_tasks(self):
        if self._told != bool(self._tasks):
            self._told = not self._told
            self._send("tasks", self._told)

    def failed(self, error):
        """A task or callback has raised."""
        words = EXITED.format("a task") if isinstance(error, SystemExit) else explained(error)
        self.output.flush()
        if text := self.output.taken(words):
            self._send("error", text)


def holds_not_finite(value):
    """Whether a number or array of NumPy holds nan or inf."""
    floats = isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "fc" and value.size <= LARGE
    return bool(floats and not np.isfinite(value).all())
