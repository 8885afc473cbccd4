"""The same app as `panel convert --to pyodide-worker` makes it, with local files: what the benchmark compares with.

Nothing of it is in the page. Bokeh's and Panel's wheels are made lean, as those on Panel's CDN are.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import bokeh
import panel
from packaging.requirements import Requirement

from builder.downloads import pyodide_wheel
from builder.project import CACHE, PYODIDE, ROOT, pyodide_lock, run

FOLDER = CACHE / "stock"
SITE = FOLDER / "site"
SCRIPT = """import sys
sys.path.insert(0, "py")
import panel as pn
from app.main import App
app = App()
app.go_live()
for root in app.roots.values():
    pn.panel(root).servable()
"""
PATCH = """import pyodide.ffi
pyodide.ffi.jsnull = object()       # Panel 1.8 wants Pyodide 0.28's name; before it, JavaScript's null is None
"""
COMPILED = ("numpy", "pandas", "contourpy", "pillow")  # by Pyodide; what these need comes with its lock file
BULKY = ("panel/dist/", "bokeh/server/static/", "panel/tests/")  # read from the site, not from the wheel
EMSCRIPTEN = {"sys_platform": "emscripten", "extra": ""}
EMSCRIPTEN["python_version"] = ".".join(pyodide_lock()["info"]["python"].split(".")[:2])


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name, found):
    """Add a package and all that it needs in a browser to `found`: {name: [names]}."""
    if name not in found:
        found[name] = []
        for text in distribution(name).requires or [] if name not in COMPILED else []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate(EMSCRIPTEN):
                found[name].append(canonical(requirement.name))
                needed(found[name][-1], found)
    return found


def pure_wheel(name, out):
    """A wheel of an installed package without compiled parts; its path."""
    found = distribution(name)
    path = out / f"{name.replace('-', '_')}-{found.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in found.files:
            at = str(file)
            if at.startswith("..") or at.startswith(BULKY) or at.endswith((".so", ".pyc")):
                continue
            data = file.locate().read_bytes()
            if at.endswith(".dist-info/WHEEL"):
                data = b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            wheel.writestr(at, data)
    return path


def runtime(out):
    """Pyodide with a lock file that names a local wheel of everything that the app installs; micropip's names."""
    lock = pyodide_lock()
    theirs, packages = lock["packages"], {}
    for file in ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"):
        shutil.copy(PYODIDE / file, out / file)
    wanted = needed("panel", needed("pyodide-http", {}))
    todo = ["micropip", *COMPILED]
    while todo:
        name = todo.pop()
        packages[name] = theirs[name]
        shutil.copy(pyodide_wheel(name), out)
        todo += theirs[name]["depends"]
    for name in wanted.keys() - packages.keys():
        path = pure_wheel(name, out)
        packages[name] = {
            "name": name,
            "version": distribution(name).version,
            "file_name": path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": [],
            "depends": wanted[name],
            "unvendored_tests": False,
        }
    (out / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": packages}))


def converted():
    """What `panel convert` writes for the app."""
    source = FOLDER / "source"
    shutil.copytree(ROOT / "app", source / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "py", source / "py", ignore=shutil.ignore_patterns("__pycache__"))
    (source / "static" / "styles").mkdir(parents=True)
    shutil.copy(ROOT / "static" / "styles" / "widgets.css", source / "static" / "styles")
    (source / "stock.py").write_text(SCRIPT)
    resources = [
        str(path.relative_to(source))
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.name != "stock.py"
    ]
    run(
        [
            sys.executable,
            "-m",
            "panel",
            "convert",
            "stock.py",
            "--to",
            "pyodide-worker",
            "--out",
            SITE,
            "--requirements",
            "numpy",
            "--resources",
            *resources,
        ],
        "panel convert failed",
        cwd=source,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def localised(text):
    """A file of the site with every address of a CDN turned into one of the site."""
    text = re.sub(r"https://cdn[^'\"` ]*/pyodide/v[^/]*/\w+/", "./runtime/", text)
    for package in ("bokeh", "panel"):
        text = re.sub(rf"https://cdn[^'\"` ]*/{package}-[\w.]*-py3-none-any.whl", package, text)
    text = re.sub(r"https://cdn\.holoviz\.org/panel/[\d.]+/dist/", "./panel/", text)
    return re.sub(r"https://cdn\.bokeh\.org/bokeh/release/([\w-]+)-[\d.]+(\.min\.js)", r"./bokeh/\1\2", text)


def made():
    """The folder of the site, made anew: it takes half a minute."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    (SITE / "runtime").mkdir(parents=True)
    converted()
    runtime(SITE / "runtime")
    shutil.copytree(Path(bokeh.__file__).parent / "server/static/js", SITE / "bokeh")
    shutil.copytree(Path(panel.__file__).parent / "dist", SITE / "panel")
    for path in (SITE / "stock.html", SITE / "stock.js"):
        text = localised(path.read_text())
        path.write_text(text.replace("import asyncio", PATCH.encode("unicode_escape").decode() + "import asyncio", 1))
    return SITE
