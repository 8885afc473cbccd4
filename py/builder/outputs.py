"""What the chapter's cells print, from running them under CPython; the page shows it below them. Used by tests too.

The one module that reaches across to py/lab. A cell runs again only when its source, or what it imports, has changed.
"""

import ast
import asyncio
import json
from pathlib import Path
from unittest.mock import patch

from builder import closure, glove
from builder.project import CACHE, PYTHON_LOCK, ROOT, BuildError, write_whole
from builder.stamps import Step, digest, sha256

MADE, OWN = CACHE / "cell-outputs.json", Path(__file__)
AFTER = {"behind-step": "behind-run"}  # cells that need another's names


def text_files():
    """The Markdown files of the chapter and of the figures."""
    folder = ROOT / "app"
    return sorted([*(folder / "chapter").glob("**/*.md"), *(folder / "figures").glob("*/*.md")])


async def load_glove():
    """The vectors from the disk: there is no page to fetch them from."""
    from embedlab.formats import load_packed

    with open(glove.FREQUENT, "rb") as file:
        return load_packed(file)


class CellRunner:
    """An interpreter of cells; printed: all that they have printed; pictures: the kinds of what they have drawn."""

    def __init__(self):
        from lab.cells import Interpreter

        self.printed, self.pictures = "", []
        self._interpreter = Interpreter(self._note)

    def _note(self, id, type, value):
        if type == "text":
            self.printed += value
        elif type == "picture":
            self.pictures.append(json.loads(value)[0])

    async def run(self, source, name):
        """Run a cell; the names that there are after it. Raises RuntimeError with the traceback, if it ends in one."""
        import lab

        with patch.object(lab, "load_glove", load_glove):
            answer = await self._interpreter.run(source, name)
        if answer["error"] is not None:
            raise RuntimeError(f"the cell {name} ends with an error: mend it.\n{answer['error']}")
        self.printed += answer["result"] or ""
        return vars(self._interpreter.main)


async def _printed(cells, name):
    runner = CellRunner()
    if name in AFTER:
        await runner.run(cells[AFTER[name]], AFTER[name])
        runner.printed = ""
    await runner.run(cells[name], name)
    return runner.printed


async def recorded(cells, names=None):
    """{name: [where it was run, what it printed]} of {name: source}, each cell run in an interpreter of its own.

    names: those to run, all if None. Exercises are left out, for they are the user's to finish, and so is what prints
    nothing.
    """
    found = {}
    for name in cells if names is None else names:
        if not name.startswith("exercise-") and (printed := await _printed(cells, name)):
            where = "From our run, on our machine:" if "perf_counter" in cells[name] else "From our run:"
            found[name] = [where, printed.rstrip("\n")]
    return found


def key(cells, name):
    """The digest of a cell's source and of all that it runs with."""
    source = cells.get(AFTER.get(name), "") + "\n" + cells[name]
    files = closure.files("lab", "lab.cells", *closure.imported_names(ast.parse(source)))
    return sha256(f"{digest(OWN, *files, glove.FREQUENT, PYTHON_LOCK)} {source}".encode())


def make():
    from app.chapter.render import cells

    every = {name: source for file in text_files() for name, source in cells(file.read_text(encoding="utf-8")).items()}
    keys = {name: key(every, name) for name in every}
    old = json.loads(MADE.read_text(encoding="utf-8")) if MADE.exists() else {"keys": {}, "outputs": {}}
    same = {name for name in every if old["keys"].get(name) == keys[name]}
    try:
        new = asyncio.run(recorded(every, [name for name in every if name not in same]))
    except RuntimeError as error:
        raise BuildError(f"The chapter cannot be built, for {error}") from None
    outputs = new | {name: output for name, output in old["outputs"].items() if name in same}
    write_whole(MADE, json.dumps({"keys": keys, "outputs": outputs}, ensure_ascii=False).encode())


def read():
    """{cell: [where it was run, what it printed]} of the cells that print something."""
    return json.loads(MADE.read_text(encoding="utf-8"))["outputs"]


STEP = Step(
    "outputs",
    make,
    (MADE,),
    ("builder.outputs", *closure.modules_of("embedlab")),
    (*text_files(), glove.FREQUENT, PYTHON_LOCK),
    "Running the chapter's cells",
)
