"""The interpreter and the Python that the page loads, as gzipped archives; `.bin` keeps hosts from decoding them.

py/runtime/pack.py chooses the members. `sources.json` beside the archives remembers of what they were made, so that
`serve --watch` can replace what has changed (development.py).
"""

import io
import json
import shutil
import sysconfig
import zipfile
from pathlib import Path

from builder import closure
from builder.downloads import NUMPY, pyodide_wheel
from builder.project import CACHE, DATA, NPM_LOCK, PYODIDE, PYTHON_LOCK, ROOT, run
from builder.stamps import Step, digest, sha256

FOLDER = CACHE / "archives"
SOURCES = FOLDER / "sources.json"
WIDGETS_CSS = ROOT / "static" / "styles" / "widgets.css"
PACKAGES = ("embedlab", "lab", "exercises")  # of which the page carries all modules
BASE = (Path(__file__), ROOT / "py" / "runtime", ROOT / "pyproject.toml", PYTHON_LOCK, NPM_LOCK)  # not the members
BEST = 12  # libdeflate's highest level


def entries():
    """The modules that the page's workers import."""
    return ["app.session", *(module for package in PACKAGES for module in closure.modules_of(package))]


def make():
    import deflate

    aside = CACHE / "archives.part"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    under_pyodide("py/runtime/pack.py", aside.relative_to(ROOT), failure="the page's Python could not be packed")
    sources = {path.stem: project_sources(path.read_bytes()) for path in sorted(aside.glob("*.zip"))}
    shutil.copy(PYODIDE / "pyodide.asm.wasm", aside / "interpreter.wasm")
    for path in sorted(aside.iterdir()):
        data = deflate.gzip_compress(path.read_bytes(), BEST)
        path.with_name(f"{path.name}.bin").write_bytes(data)
        path.unlink()
        print(f"  {path.name}: {len(data) / 1e6:.2f} MB")
    outside = sorted(closure.closure(entries())[1])
    (aside / SOURCES.name).write_text(json.dumps({"sources": sources, "outside": outside, "base": digest(*BASE)}))
    shutil.rmtree(FOLDER, ignore_errors=True)
    aside.replace(FOLDER)


def under_pyodide(script, *args, failure):
    """Run a Python file of the project inside Pyodide under Node."""
    site = sysconfig.get_paths()["purelib"]
    run(["node", "py/runtime/node.mjs", pyodide_wheel("numpy"), ROOT, site, script, *args], failure)


def project_sources(archive):
    """{member: SHA-256 of its source} of the members of a zip that are made of the project's own files."""
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        found = {name: source_of(name) for name in members.namelist()}
    return {name: sha256(path.read_bytes()) for name, path in found.items() if path}


def source_of(member):
    """The project's file that a member is made of; None for those of packages."""
    name = member[:-1] if member.endswith(".pyc") else member
    return next((path for root in closure.search_path() if (path := root / name).is_file()), None)


STEP = Step(
    "archives",
    make,
    (FOLDER,),
    ("builder.archives", *entries()),
    (
        *(ROOT / "py" / package for package in PACKAGES),
        *BASE,
        DATA,
        WIDGETS_CSS,
        NUMPY.stamp,
    ),
    "Packing the page's Python",
)
