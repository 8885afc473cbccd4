"""A cooperative task: long work that yields to the event loop, shows its progress and can be stopped.

task = Task()
await task.run("scores", report, score)      # report(message) what the user should know if it fails

async def score():
    for part, result in steps:
        task.progress = int(100 * part)
        await task.yield_to_loop()           # raises Stopped after task.stop()
"""

import asyncio
import time

import param

from app.tasks.errors import Stopped, reported

INTERVAL = 0.04  # seconds of work after which the event loop is due
SHORTEST = 0.001  # seconds; a sleep of 0 would not let a browser take messages


class LoopTimer:
    """Yields to the event loop when that is due."""

    def __init__(self):
        self._last = time.monotonic()

    async def yield_if_due(self, every=INTERVAL, pause=SHORTEST):
        """Yield if `every` seconds have passed since the last time, for `pause` seconds; returns whether it did."""
        due = time.monotonic() - self._last >= every
        if due:
            await asyncio.sleep(pause)
            self._last = time.monotonic()
        return due


class Task(param.Parameterized):
    """Runs one coroutine function at a time.

    Views bind to `busy` and `progress`; several kinds of work can share a Task if only one of them may run at a time.
    """

    busy = param.String("", doc="The name of what runs, empty for nothing.")
    progress = param.Integer(0, bounds=(0, 100), doc="Of what runs, in per cent.")

    def __init__(self):
        super().__init__()
        self._stopping, self._requests, self._timer = asyncio.Event(), 0, LoopTimer()

    async def run(self, what, report, work):
        """Await the coroutine function work() under the name `what`; refused with a message while something runs.

        Errors that the user can do something about go to report(message), as `errors.reported` has them.
        """
        if self.busy:
            report("Something else is still being worked on here: try again when it is done, or stop it.")
            return
        self._stopping, self._timer = asyncio.Event(), LoopTimer()
        self.param.update(busy=what, progress=0)
        try:
            with reported(report):
                await work()
        finally:
            self.param.update(busy="", progress=0)

    async def run_latest(self, what, report, work):
        """Like `run`, but while it runs already, stop that and run once more, however often it was requested."""
        self._requests += 1
        if self.busy:
            self.stop()
            return
        done = None
        while done != self._requests:
            done = self._requests
            await self.run(what, report, work)

    def stop(self, event=None):
        """Let what runs end the next time it yields to the event loop, or at once where it waits by `wait`."""
        self._stopping.set()

    async def wait(self, coroutine):
        """What a coroutine gives, such as one that fetches; after `stop` it is cancelled, and Stopped is raised."""
        work, stop = asyncio.ensure_future(coroutine), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            raise Stopped
        finally:
            work.cancel()
            stop.cancel()

    async def yield_to_loop(self, every=INTERVAL, pause=SHORTEST):
        """Let others run if it is due, see LoopTimer; returns whether it was, raises Stopped after `stop`."""
        yielded = await self._timer.yield_if_due(every, pause)
        if self._stopping.is_set():
            raise Stopped
        return yielded

    async def follow(self, steps, show=None, every=INTERVAL):
        """The last result of `steps`, which yield (part done, result), with progress; raises Stopped.

        show(result) is called about every `every` seconds.
        """
        shown = time.monotonic()
        for part, result in steps:
            if await self.yield_to_loop():
                self.progress = int(100 * part)
                if show and time.monotonic() - shown > every:
                    show(result)
                    shown = time.monotonic()
        return result


async def completed(work):
    """Await a coroutine that may be stopped and whose results so far are wanted; whether it came to its end."""
    try:
        await work
    except Stopped:
        return False
    return True
