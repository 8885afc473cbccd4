"""Steps of the build side by side, each in a process of its own as soon as what it needs is made.

Like environment.py, readable by old Pythons.
"""

import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import wait

from builder.project import BuildError

AT_ONCE = max(2, os.cpu_count() or 1) + 1  # most of the time one of them waits, for the network or the disk


def run(steps):
    """Make what is stale of the steps, which may need those before them.

    Raises the error of the first that fails; then, and on Ctrl-C, the others are ended, and none of them is stamped.
    """
    needed = {step: [before for before in steps[:i] if step.needs(before)] for i, step in enumerate(steps)}
    waiting, running = list(steps), {}
    try:
        while waiting or running:
            unmade = {*waiting, *running.values()}
            ready = (step for step in waiting if unmade.isdisjoint(needed[step]))
            step = next(ready, None) if len(running) < AT_ONCE else None
            if step is None:
                for ended in wait([process.sentinel for process in running]):
                    process = next(process for process in running if process.sentinel == ended)
                    process.check(running.pop(process))
            else:
                waiting.remove(step)
                if step.stale():
                    process = Process(step)
                    running[process] = step
                    process.start()
    finally:
        for process in running:
            process.end()


class Process(multiprocessing.get_context("spawn").Process):
    """Makes a step."""

    def __init__(self, step):
        self._told, tell = multiprocessing.Pipe(duplex=False)
        super().__init__(target=make, args=(step, tell))
        self._tell = tell  # kept open, so that a process that tells nothing is not mistaken for one that has

    def check(self, step):
        """Raise the error that the process, which has ended, has met."""
        self.join()
        if self._told.poll():
            raise self._told.recv()
        if self.exitcode:
            raise BuildError(f"The step “{step.name}” failed (status {self.exitcode}): mend what it says above.")

    def end(self):
        """Stop it, with the command that it runs."""
        self.terminate()
        self.join()


def make(step, tell):
    """What the process does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exception, upon which subprocess.run ends its command
    try:
        step.renew()
    except (BuildError, OSError) as error:
        tell.send(error)
    except KeyboardInterrupt:  # Ctrl-C reaches the build too
        sys.exit(130)
