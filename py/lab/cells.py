"""Runs the user's cells: one namespace for all; what a cell shows, and what goes on after it, belongs to its run."""

import asyncio
import inspect
import sys
import types
import warnings
from contextlib import contextmanager
from contextvars import ContextVar

from lab import source
from lab.background import Background
from lab.errors import explained, line_of, warned
from lab.help import Help
from lab.output import Routed
from lab.run import EXITED, Run

_run = ContextVar("run", default=None)  # whose code is executing: tasks and callbacks inherit it


class Interpreter:
    """The namespace that the cells share, and what runs them in it.

    send(id, type, value) takes what the run of that id shows while it goes on and after it: see Run.
    """

    def __init__(self, send):
        self._send, self._last = send, None
        self.main = types.ModuleType("__main__")
        self.main.input = no_input
        self.main.help = Help()

    def run_of(self, context=None):
        """The Run that a context, by default the current one, belongs to; the last run where JavaScript has called."""
        return (_run.get() if context is None else context.get(_run)) or self._last

    async def run(self, text, cell="", title="", id=None):
        """Run a cell: {"result", "error", "line", "left_out", "remarks"}.

        result and error: its last expression's repr and the traceback, None where there is none; line: that of the
        cell at which the error arose; left_out: characters that were printed and not sent; remarks: what the user
        should know besides. What the cell awaits at its top level is awaited here.
        """
        run = self._last = Run(lambda type, value: self._send(id, type, value))
        text, dropped = source.without_prompts(text)
        file = source.stored(text, cell, title)
        vars(self.main).pop("__warningregistry__", None)  # so that a warning is given at every run
        error = line = None
        before = _run.set(run)
        with self.routed():
            try:
                value = None
                for code in source.compiled(text, file):
                    value = eval(code, vars(self.main))
                    if code.co_flags & inspect.CO_COROUTINE:
                        value = await value
                run.show(value, last=True)
            except SystemExit:
                error = EXITED.format("the cell")
            except BaseException as raised:
                error, line = explained(raised), line_of(raised, file)
        _run.reset(before)
        run.end()
        remarks = [f"Lines without a prompt were taken for output and skipped: {dropped}."] if dropped else []
        return {
            "result": run.result,
            "error": error,
            "line": line,
            "left_out": run.output.left_out,
            "remarks": remarks + run.remarks(),
        }

    def raised(self, words, in_python):
        """What JavaScript has called has failed: by sys.last_exc, if in Python, else as `words` say."""
        error = getattr(sys, "last_exc", None) if in_python else None
        if self._last:
            self._last.failed(error or RuntimeError(f"JavaScript: {words}"))

    @contextmanager
    def routed(self):
        """Within this context, what is printed, displayed or warned goes to the run whose code does so."""
        stream = Routed(self.run_of)
        before = sys.stdout, sys.stderr, sys.displayhook, warnings.formatwarning
        sys.stdout = sys.stderr = stream
        sys.displayhook, warnings.formatwarning = (lambda value: self.run_of().show(value)), warned
        try:
            yield
        finally:
            sys.stdout, sys.stderr, sys.displayhook, warnings.formatwarning = before


def no_input(prompt=""):
    """Replaces input(): raises RuntimeError, which says what to do instead."""
    raise RuntimeError('input() has no keyboard here: write the text into the cell, such as answer = "yes".')


def open(send):
    """The Interpreter of the user's worker, its namespace being the module __main__; its tasks are watched."""
    interpreter = Interpreter(send)
    sys.modules["__main__"] = interpreter.main
    interpreter.always = interpreter.routed()  # held, for it would end when it is collected
    interpreter.always.__enter__()
    Background(asyncio.get_event_loop(), interpreter.run_of)
    return interpreter
