"""help() for the cells: a name's signature and what is written of it, in few lines; the page has no pydoc."""

import inspect
import json
import sys
import types
from pathlib import Path

NUMPY = Path(__file__).with_name(
    "numpy-help.json"
)  # packed: the first part of docstrings that NumPy is shipped without
EMPTY = "help(np.dot) tells of a name: put one between the brackets. dir() lists those that the cells have defined."
NOT_TOLD = "Nothing is written of it here."
LIBRARY = "This page has Python’s library without its documentation: docs.python.org/3/library/{}.html has it."
MANUAL = "The arguments: numpy.org/doc/stable/reference/generated/{}.html"


class Help:
    """Prints what there is to know of what it is called with."""

    def __repr__(self):
        return EMPTY

    def __call__(self, *asked):
        print("\n\n".join(part for part in told(asked[0]) if part) if asked else EMPTY)


def told(thing):
    """The parts of a help text: the head, what is written, the parts of a class or module."""
    if isinstance(thing, str):
        return [f"help() takes the thing itself, without quotation marks: help({thing})."]
    has_own = isinstance(thing, (type, types.ModuleType)) or callable(thing)
    subject = thing if has_own else type(thing)
    return [head(subject, "" if has_own else "An object of "), written(subject), *parts(subject)]


def head(thing, lead):
    name = getattr(thing, "__name__", type(thing).__name__)
    if isinstance(thing, types.ModuleType):
        return f"module {name}"
    module = getattr(thing, "__module__", None)
    origin = f", of {module}" if module and module not in ("builtins", "__main__") else ""
    kind = "class " if isinstance(thing, type) else ""
    return f"{lead}{kind}{name}{signature(thing)}{origin}"


def signature(thing):
    try:
        return str(inspect.signature(thing))
    except (TypeError, ValueError):  # some that are compiled have none
        return "" if isinstance(thing, type) else "(…)"


def written(thing):
    """The docstring, or where it can be read."""
    doc = inspect.getdoc(thing)
    if doc:
        return doc
    module = thing.__name__ if isinstance(thing, types.ModuleType) else getattr(thing, "__module__", None) or ""
    if module.split(".")[0] == "numpy":
        return of_numpy(f"{module}.{getattr(thing, '__name__', '')}")
    return LIBRARY.format(module) if is_library(module) else NOT_TOLD


def of_numpy(name):
    try:
        known = json.loads(NUMPY.read_text(encoding="utf-8"))
    except FileNotFoundError:  # NumPy has its docstrings then
        return NOT_TOLD
    return f"{known[name]}\n\n{MANUAL.format(name)}" if name in known else MANUAL.format(name)


def is_library(module):
    return module.split(".")[0] in sys.stdlib_module_names


def parts(thing):
    """What a class or a module holds, a line each."""
    if not isinstance(thing, (type, types.ModuleType)):
        return []
    names = [name for name in getattr(thing, "__all__", None) or vars(thing) if not name.startswith("_")]
    lines = [line for name in names if (line := listed(thing, name))]
    return ["\n".join(lines)]


def listed(owner, name):
    """The signature of what an owner holds by a name, and its first line; nothing for what it has imported."""
    part = getattr(owner, name, None)
    foreign = getattr(part, "__module__", None) != owner.__name__ and not hasattr(owner, "__all__")
    if not callable(part) or isinstance(owner, types.ModuleType) and foreign:
        return ""
    first = (inspect.getdoc(part) or "").partition("\n")[0]
    return f"    {name}{signature(part)}" + (f"\n        {first}" if first else "")
