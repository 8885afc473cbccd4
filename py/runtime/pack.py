"""Packs what the page's Python needs into archives of compiled modules; runs in Pyodide under Node.

    stdlib.zip   the part of the standard library that the app can reach; read in place by zipimport
    numpy.zip    the part of NumPy that starting the app was seen to use
    embedlab.zip the science
    app.zip      the other modules and data files that starting the app was seen to use
    lab.zip      only for the user's cells: what runs and checks them, more of NumPy and of the standard library, and
                 how the docstrings begin that NumPy is shipped without

Each is a zip of stored (not deflated) members, quick to read; build.py gzips it whole, which is smaller than deflating
its members and checks all of it by gzip's CRC.
"""

import ast
import importlib.util
import inspect
import io
import json
import marshal
import os
import re
import site
import sys
import tomllib
import types
import zipfile
from pathlib import Path

STDLIB = Path("/lib/python{}{}.zip".format(*sys.version_info))
SITE_PACKAGES = Path(site.getsitepackages()[0])
SHIPPED = Path("/shipped")
ROOTS = [Path("/project/py"), Path("/project"), SHIPPED, Path("/site")]  # /site: where links were followed
NEEDS_DOCSTRINGS = {"numpy/_core/multiarray.py"}  # hands them on to C; all others do without (optimize=2)
COMMAND_LINE = {"__main__", "commandline"}  # modules of embedlab that are of no use in the page
DOCUMENTED = ("embedlab/", "lab/")  # whose docstrings the user's cells may ask for, by help()
# Standard modules that are named somewhere in what is packed but of no use in a browser's worker.
NOT_REACHED = {
    "antigravity",
    "code",
    "concurrent.futures.process",
    "doctest",
    "ftplib",
    "idlelib",
    "lib2to3",
    "mailcap",
    "multiprocessing",
    "nturl2path",
    "optparse",
    "pdb",
    "pydoc",
    "smtplib",
    "socketserver",
    "sqlite3",
    "tarfile",
    "tkinter",
    "unittest",
    "xml",
    "xmlrpc",
    "http.server",
    "cgi",
    "wsgiref",
    "test",
    "turtle",
    "ensurepip",
    "venv",
    "curses",
    "dbm",
    "distutils",
    "pydoc_data",
    "ssl",
    "imaplib",
    "poplib",
}

# What a reader may want to import and the app does without.
FOR_CELLS = """
import array, bisect, calendar, cmath, collections, csv, dataclasses, datetime, decimal, difflib, enum, fractions
import functools, heapq, itertools, math, operator, pprint, random, re, statistics, string, textwrap, timeit, typing
import numpy.fft, numpy.linalg, numpy.ma, numpy.polynomial, numpy.random, numpy.testing
import lab.cells, lab.checks
import exercises.separation, exercises.intruder, exercises.cbow, exercises.analogy
"""


def offer_only(shipped):
    """Put /shipped, links to the shipped packages, in the place of /site: optional imports fail here as there."""
    SHIPPED.mkdir()
    for path in Path("/site").iterdir():
        if path.stem.split("-")[0] in shipped:
            (SHIPPED / path.name).symlink_to(path)
    sys.path[sys.path.index("/site")] = str(SHIPPED)


def rehearse():
    """Do what the worker does, so that what is imported on the way is imported now."""
    from app import session

    live = session.open()
    live.models()
    live.whole()
    names = ("send", "report", "working", "download", "keep", "refuse")
    live.join(**dict.fromkeys(names, print_nothing))
    train()


def train():
    """Load what training loads, the compiled kernel too."""
    import numpy as np

    from embedlab.text import Corpus, Vocabulary
    from embedlab.word2vec import TrainConfig, Trainer

    corpus = Corpus(np.array([0, 1], np.int32), Vocabulary(["a", "b"], [1, 1]))
    for engine in (None, "numpy"):
        Trainer(corpus, TrainConfig(dim=1), engine).advance(1)


def print_nothing(*args):
    """What the rehearsal sends, nobody reads."""


def watch_files():
    """A set that gathers every path which is opened or looked at from now on."""
    seen, stat = set(), os.stat

    def watched_stat(path, *args, **kwargs):
        seen.add(str(path))
        return stat(path, *args, **kwargs)

    os.stat = watched_stat
    sys.addaudithook(lambda event, args: seen.add(str(args[0])) if event == "open" else None)
    return seen


def module_files():
    """The source files of all imported modules."""
    return {file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}


def compiled(source, name, optimize):
    """The bytes of a .pyc that is never checked against its source (PEP 552)."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=optimize)
    unchecked_hash = (0b01).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked_hash + importlib.util.source_hash(source) + marshal.dumps(code)


def archive(members):
    """A zip of {name: bytes}, with .py compiled to .pyc; the same members give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in sorted(members.items()):
            if name.endswith(".py"):
                with_docstrings = name in NEEDS_DOCSTRINGS or name.startswith(DOCUMENTED)
                name, data = name + "c", compiled(data, name, 1 if with_docstrings else 2)
            out.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def app_members(seen):
    """{name: bytes} of the files below the roots that the app was seen to use."""
    members = {}
    for path in map(Path, sorted(module_files() | seen)):
        root = next((root for root in ROOTS if path.is_relative_to(root)), None)
        if root and path.is_file() and path.suffix not in (".pyc", ".so") and "runtime" not in path.parts:
            members[str(path.relative_to(root))] = path.read_bytes()
    return members


def numpy_members():
    """{name: bytes} of NumPy's modules that are imported, compiled ones included."""
    files = [Path(file) for file in module_files() if file.startswith(f"{SITE_PACKAGES}/numpy/")]
    return {str(path.relative_to(SITE_PACKAGES)): path.read_bytes() for path in files}


def science_members():
    """{name: bytes} of the modules of embedlab, imported by the app or not, and of its kernel."""
    root = ROOTS[0]
    modules = (path for path in (root / "embedlab").rglob("*.py") if path.stem not in COMMAND_LINE)
    files = [*modules, *(root / "embedlab" / "kernel").glob("kernel-emscripten-*.bin")]
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def imported_names(source):
    """The absolute module names in a source's import statements, also those inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stdlib_members(sources, without=NOT_REACHED):
    """{name: bytes} of the standard modules that are imported, or named by an import in what is packed."""
    with zipfile.ZipFile(STDLIB) as whole:
        every = {name: whole.read(name) for name in whole.namelist() if name.endswith(".py")}
    file_of = {name[:-3].replace("/", ".").removesuffix(".__init__"): name for name in every}
    imported = {str(Path(file).relative_to(STDLIB)) for file in module_files() if file.startswith(f"{STDLIB}/")}
    members = {name: every[name] for name in imported}
    todo = [*sources, *members.values()]
    while todo:
        for name in imported_names(todo.pop()):
            parts = name.split(".")
            for module in (".".join(parts[: i + 1]) for i in range(len(parts))):
                file = file_of.get(module)
                if module in without:
                    break
                if file and file not in members:
                    members[file] = every[file]
                    todo.append(every[file])
    return members


def numpy_help():
    """JSON of how the docstrings of NumPy's functions in Python begin, {name: text}; those in C keep theirs."""
    import numpy as np

    begins = {}
    for module in (np, np.fft, np.linalg, np.polynomial):
        for name in module.__all__:
            function = inspect.unwrap(getattr(module, name))
            if isinstance(function, types.FunctionType) and (text := inspect.getdoc(function)):
                begins[f"{module.__name__}.{name}"] = re.split(r"\n+[A-Z][\w ]+\n---", text)[0]
    return json.dumps(begins).encode()


def cells_members(packed):
    """{name: bytes} of what FOR_CELLS imports and is not packed yet; imports it."""
    exec(FOR_CELLS, {})
    lab = {
        str(path.relative_to(ROOTS[0])): path.read_bytes()
        for package in ("browser", "lab", "exercises")
        for path in (ROOTS[0] / package).glob("*.py")
    }
    more = stdlib_members([FOR_CELLS], NOT_REACHED - {"unittest"}) | numpy_members() | lab
    more["lab/numpy-help.json"] = numpy_help()
    return {name: data for name, data in more.items() if name not in packed}


def main(out):
    shipped = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["embedding-lab"]["shipped"]
    offer_only(shipped)
    seen = watch_files()
    rehearse()
    science = science_members()
    app = {name: data for name, data in app_members(seen).items() if name not in science}
    sources = [data for name, data in (app | science).items() if name.endswith(".py")]
    archives = {"stdlib": stdlib_members(sources), "numpy": numpy_members(), "embedlab": science, "app": app}
    archives["lab"] = cells_members(archives["stdlib"] | archives["numpy"])
    for name, members in archives.items():
        Path(out, f"{name}.zip").write_bytes(archive(members))


main(sys.argv[1])
