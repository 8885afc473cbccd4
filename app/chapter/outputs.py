"""What the chapter's cells print, from running them under CPython: build.py puts it below them. Used by tests too."""

from pathlib import Path
from unittest.mock import patch

import lab
from embedlab.formats import load_packed
from lab.cells import Interpreter

GLOVE = Path(__file__).parents[1] / "data" / "glove-50k.npz"
AFTER = {"behind-step": "behind-run"}  # cells that need another's names


async def load_glove():
    """The vectors from the disk: there is no page to fetch them from."""
    with open(GLOVE, "rb") as file:
        return load_packed(file)


class Reader:
    """A reader's interpreter; printed: all that the cells have printed; pictures: the kinds of what they have drawn."""

    def __init__(self):
        self.printed, self.pictures = "", []
        self._interpreter = Interpreter(self._note, lambda kind, data: self.pictures.append(kind))

    def _note(self, printed):
        self.printed += printed

    async def run(self, source, name):
        """Run a cell; the names that there are after it. Raises RuntimeError with the traceback, if it ends in one."""
        with patch.object(lab, "load_glove", load_glove):
            answer = await self._interpreter.run(source, name)
        if answer["error"] is not None:
            raise RuntimeError(f"the cell {name} ends with an error: mend it.\n{answer['error']}")
        self.printed += answer["result"] or ""
        return vars(self._interpreter.main)


async def _printed(cells, name):
    reader = Reader()
    if name in AFTER:
        await reader.run(cells[AFTER[name]], AFTER[name])
        reader.printed = ""
    await reader.run(cells[name], name)
    return reader.printed


async def recorded(cells):
    """{name: [where it was run, what it printed]} of {name: source}, each cell run in an interpreter of its own.

    Exercises are left out, for they are the reader's to finish, and so is what prints nothing.
    """
    found = {}
    for name, source in cells.items():
        if not name.startswith("exercise-") and (printed := await _printed(cells, name)):
            where = "From our run, on our machine:" if "perf_counter" in source else "From our run:"
            found[name] = [where, printed.rstrip("\n")]
    return found
