"""The project's folders and versions, commands run in it, and the error that ends a command with one sentence."""

import errno
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE, VENV, DIST, DATA = ROOT / ".cache", ROOT / ".venv", ROOT / "dist", ROOT / "app" / "data"
NODE_MODULES = ROOT / "node_modules"
PYODIDE = NODE_MODULES / "pyodide"
PYTHON_LOCK, FETCHED_LOCK, TEST_LOCK, NPM_LOCK = (
    ROOT / name
    for name in ("requirements.lock", "requirements-fetched.lock", "requirements-test.lock", "package-lock.json")
)
LEAST_DISK = 50_000_000  # bytes: with less, a command that failed most likely failed for want of room


class BuildError(Exception):
    """What went wrong, in one sentence, with the remedy."""


def oldest_python():
    """The oldest Python that build.py runs under, (major, minor): pyproject.toml's requires-python."""
    found = re.search(r'^requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    return int(found[1]), int(found[2])  # by hand: an old Python has no tomllib


def oldest_node():
    """The oldest major version of Node: package.json's engines."""
    return int(json.loads((ROOT / "package.json").read_text())["engines"]["node"].lstrip(">="))


def pyodide_lock():
    """Pyodide's own lock file: its packages, its version and that of its Python."""
    return json.loads((PYODIDE / "pyodide-lock.json").read_text())


def run(command, failure, **options):
    """Run a command in the project's folder; a status other than 0 raises BuildError with `failure`."""
    try:
        finished = subprocess.run([str(part) for part in command], **{"cwd": ROOT, **options})
    except FileNotFoundError:
        raise BuildError(f"{command[0]} is not installed: install it and run it again.") from None
    if finished.returncode:
        if shutil.disk_usage(ROOT).free < LEAST_DISK:
            raise OSError(errno.ENOSPC, "no space left")
        raise BuildError(f"{failure[0].upper()}{failure[1:]} (status {finished.returncode}).")
    return finished


def python_path():
    """The environment of a Python process that imports the project's modules."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "py"), str(ROOT)])}


def write_whole(path, data):
    """Write bytes aside and rename, so that a build cut off leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(data)
    aside.replace(path)


def put_in_place(folder, made):
    """Rename a finished folder to `made`, in the place of the one that is there."""
    old = made.with_name(made.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if made.exists():
        made.replace(old)
    folder.replace(made)
    shutil.rmtree(old, ignore_errors=True)
