"""Puts py/ on the path, wherever the tests are run from; what the tests of the cells share."""

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "py"))


class Page:
    """An interpreter of cells, and what it sent."""

    def __init__(self):
        from lab.cells import Interpreter

        self.sent = []  # (run, type, value)
        self.interpreter = Interpreter(lambda *message: self.sent.append(message))

    def run(self, source, cell="a"):
        """Run a cell that never waits: that needs no event loop, and Pyodide's is running already."""
        self.sent.clear()
        coroutine = self.interpreter.run(source, cell, f"Cell {cell}")
        try:
            while True:
                coroutine.send(None)
        except StopIteration as done:
            return done.value

    def all(self, type, run=None):
        """The values of one type that were sent, by a run if one is given."""
        return [value for id, kind, value in self.sent if kind == type and run in (None, id)]

    @property
    def stdout(self):
        return "".join(self.all("text"))

    @property
    def pictures(self):
        return [json.loads(picture) for picture in self.all("picture")]


@pytest.fixture
def page():
    return Page()


class Loop(asyncio.base_events.BaseEventLoop):
    """An event loop with nothing but time, which runs inside Pyodide too."""

    class Clock:
        def select(self, timeout):
            time.sleep(timeout or 0)
            return []

    def __init__(self):
        super().__init__()
        self._selector = self.Clock()

    def _process_events(self, events):
        pass

    def run(self, coroutine):
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return self.run_until_complete(coroutine)
        finally:
            asyncio._set_running_loop(outer)


@pytest.fixture
def loop():
    loop = Loop()
    yield loop
    loop.close()
