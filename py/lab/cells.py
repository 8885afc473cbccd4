"""Runs the user's cells: one namespace for all, output as it comes and capped, tracebacks of lines of cells only."""

import ast
import inspect
import io
import json
import linecache
import sys
import time
import traceback
import types
from contextlib import contextmanager, redirect_stderr, redirect_stdout

MOST_OUTPUT, MOST_RESULT = 50_000, 20_000  # characters of one run that reach the page
MOST_PICTURES = 20
BATCH = 0.05  # seconds between two messages to the page


class Output(io.TextIOBase):
    """What a cell prints: passed on in batches until there are MOST_OUTPUT characters, then only counted."""

    def __init__(self, send):
        self._send, self._room, self._batch, self._sent = send, MOST_OUTPUT, [], 0.0
        self.left_out = 0

    def writable(self):
        return True

    def write(self, text):
        part = text[: self._room]
        self._room -= len(part)
        self.left_out += len(text) - len(part)
        if part:
            self._batch.append(part)
            if time.monotonic() - self._sent > BATCH:
                self.flush()
        return len(text)

    def flush(self):
        if self._batch:
            self._send("".join(self._batch))
            self._batch.clear()
            self._sent = time.monotonic()


class Interpreter:
    """The namespace that the cells share, and what runs them in it.

    text(str) takes what is printed, picture(kind, JSON) what is drawn, both while a cell runs.
    """

    def __init__(self, text, picture):
        self._text, self._picture = text, picture
        self.main = types.ModuleType("__main__")
        self.main.input = no_input

    async def run(self, source, cell=""):
        """Run a cell; {"result", "error", "left_out"}: its last expression's repr, the traceback, characters not sent.

        result and error are None where there is none. What the cell awaits at its top level is awaited here.
        """
        file = f"cell {cell}".strip()
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        vars(self.main).pop("__warningregistry__", None)  # so that a warning is given at every run
        self._result, self._pictures, error = None, 0, None
        output = Output(self._text)
        with redirect_stdout(output), redirect_stderr(output), displayed_by(self._display):
            try:
                value = None
                for code in compiled(source, file):
                    value = eval(code, vars(self.main))
                    if code.co_flags & inspect.CO_COROUTINE:
                        value = await value
                self._display(value, last=True)
            except SystemExit:
                error = "SystemExit: the cell has ended itself; the interpreter goes on."
            except BaseException as raised:
                error = explained(raised)
        output.flush()
        return {"result": self._result, "error": error and shortened(error), "left_out": output.left_out}

    def _display(self, value, last=False):
        """Show a picture; of anything else print the repr, or store it as the result if it is the cell's last."""
        if hasattr(type(value), "_to_page_"):
            if self._pictures == MOST_PICTURES:
                raise RuntimeError(f"a cell may show {MOST_PICTURES} pictures: show fewer, or use another cell.")
            self._pictures += 1
            kind, data = value._to_page_()
            sys.stdout.flush()  # what was printed before comes before
            self._picture(kind, json.dumps(data, allow_nan=False))
        elif value is not None and last:
            self._result = shortened(repr(value))
        elif value is not None:
            print(repr(value))


def compiled(source, file):
    """The code objects of a cell: its statements, then its last expression, if it ends in one without a semicolon."""
    tree = ast.parse(source, file)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if last and source.rstrip().endswith(";"):
        tree.body.append(last)
        last = None
    options = dict(filename=file, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    yield compile(tree, mode="exec", **options)
    if last:
        yield compile(ast.Expression(last.value), mode="eval", **options)


def explained(error):
    """The traceback as Python prints it, but only with lines of cells: neither ours nor a library's."""
    whole = traceback.TracebackException.from_exception(error, compact=True)
    parts = [whole]
    for part in parts:
        of_cells = [frame for frame in part.stack if frame.filename.split(" ")[0] == "cell"]
        part.stack = traceback.StackSummary.from_list(of_cells) if of_cells else None
        parts += [other for other in (part.__cause__, part.__context__, *(part.exceptions or [])) if other]
    return "".join(whole.format()).rstrip("\n")


def shortened(text):
    """The text, its middle left out if there is more of it than MOST_RESULT."""
    over = len(text) - MOST_RESULT
    half = MOST_RESULT // 2
    return text if over <= 0 else f"{text[:half]}\n… {over:,} characters left out …\n{text[-half:]}"


@contextmanager
def displayed_by(hook):
    """Within this context Python shows values by `hook`: sys.displayhook."""
    before, sys.displayhook = sys.displayhook, hook
    try:
        yield
    finally:
        sys.displayhook = before


def no_input(prompt=""):
    """Replaces input(): raises RuntimeError, which says what to do instead."""
    raise RuntimeError('input() has no keyboard here: write the text into the cell, such as answer = "yes".')


def open(text, picture):
    """The Interpreter of the user's worker, its namespace being the module __main__."""
    interpreter = Interpreter(text, picture)
    sys.modules["__main__"] = interpreter.main
    return interpreter
