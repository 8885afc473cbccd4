"""Packs what the page's Python needs into three archives of compiled modules; runs in Pyodide under Node.

    stdlib.zip   the part of the standard library that the app can reach; read in place by zipimport
    numpy.zip    NumPy without its tests and headers
    app.zip      the modules and data files that starting the app was seen to use

Each is a zip of stored (not deflated) members inside one gzip stream: smaller than deflated members, checked by
gzip's CRC when it is unpacked, and a zip that is quick to read. `.bin` keeps hosts from decoding it on their own.
"""
import ast
import gzip
import importlib.abc
import importlib.util
import io
import marshal
import os
import sys
import tomllib
import zipfile
from pathlib import Path

STDLIB = Path("/lib/python312.zip")
SITE_PACKAGES = Path("/lib/python3.12/site-packages")
ROOTS = [Path("/project/py"), Path("/project"), Path("/site")]
# Standard modules that are named somewhere in what is packed but of no use in a browser's worker.
NOT_REACHED = {"antigravity", "code", "concurrent.futures.process", "doctest", "ftplib", "idlelib", "lib2to3", "mailcap",
               "multiprocessing", "nturl2path", "optparse", "pdb", "pydoc", "smtplib", "socketserver", "sqlite3",
               "tarfile", "tkinter", "unittest", "xml", "xmlrpc", "http.server", "cgi", "wsgiref", "test", "turtle",
               "ensurepip", "venv", "curses", "dbm", "distutils", "pydoc_data", "ssl", "imaplib", "poplib"}


class OnlyShipped(importlib.abc.MetaPathFinder):
    """Hides what is installed at /site but not shipped, so that optional imports fail here as they will there."""

    def __init__(self, shipped):
        self.hidden = {path.stem for path in Path("/site").iterdir()} - set(shipped)

    def find_spec(self, name, path=None, target=None):
        if path is None and name in self.hidden and name not in sys.stdlib_module_names and name != "numpy":
            raise ModuleNotFoundError(f"No module named {name!r}: it is not shipped", name=name)


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


def archive(members, optimize):
    """A gzipped zip of {name: bytes}, with .py compiled to .pyc; the same members give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in sorted(members.items()):
            if name.endswith(".py"):
                name, data = name + "c", compiled(data, name, optimize)
            out.writestr(zipfile.ZipInfo(name), data)
    return gzip.compress(buffer.getvalue(), 9, mtime=0)


def app_members(seen):
    """{name: bytes} of the files below the roots that the app was seen to use."""
    members = {}
    for path in map(Path, sorted(module_files() | seen)):
        root = next((root for root in ROOTS if path.is_relative_to(root)), None)
        if root and path.is_file() and path.suffix not in (".pyc", ".so") and "runtime" not in path.parts:
            members[str(path.relative_to(root))] = path.read_bytes()
    return members


def numpy_members():
    """{name: bytes} of NumPy's wheel without tests, stubs and headers."""
    unused = {".pyi", ".pxd", ".h", ".c", ".a", ".pyc"}
    members = {}
    for path in SITE_PACKAGES.glob("numpy/**/*"):
        if path.is_file() and path.suffix not in unused and not {"tests", "f2py"} & set(path.parts) \
                and "_tests." not in path.name:
            members[str(path.relative_to(SITE_PACKAGES))] = path.read_bytes()
    return members


def imported_names(source):
    """The absolute module names in a source's import statements, also those inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stdlib_members(sources):
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
            for module in (".".join(parts[:i + 1]) for i in range(len(parts))):
                file = file_of.get(module)
                if module in NOT_REACHED:
                    break
                if file and file not in members:
                    members[file] = every[file]
                    todo.append(every[file])
    return members


def main(out):
    shipped = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["embedding-lab"]["shipped"]
    sys.meta_path.insert(0, OnlyShipped(shipped))
    seen = watch_files()
    from app import session
    session.open()
    app = app_members(seen)
    sources = [data for name, data in app.items() if name.endswith(".py")]
    for name, members, optimize in [("stdlib.zip", stdlib_members(sources), 2), ("numpy.zip", numpy_members(), 1),
                                    ("app.zip", app, 2)]:
        data = archive(members, optimize)
        Path(out, f"{name}.bin").write_bytes(data)
        print(f"  {name}: {len(members)} files, {len(data) / 1e6:.2f} MB", flush=True)


main(sys.argv[1])
