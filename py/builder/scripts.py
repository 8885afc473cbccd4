"""dist/static: our CSS and modules, packed small; the editor with CodeMirror; BokehJS with Panel's models; fonts."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from builder import contract
from builder.project import CACHE, NODE_MODULES, NPM_LOCK, PYTHON_LOCK, ROOT, run
from builder.stamps import Step

FOLDER, SOURCE = CACHE / "static", ROOT / "static"
MODULES, WORKERS = ["main.js"], ["worker.js", "cells-worker.js"]  # with all that they import; the rest is split off
BOKEH_SCRIPTS = ("bokeh.min.js", "bokeh-widgets.min.js", "bokeh-tables.min.js")
PANEL_SCRIPT = "panel.min.js"
SOURCES = tuple(
    p for p in SOURCE.rglob("*") if p.suffix in (".js", ".css", ".svg") and contract.FOLDER not in p.parents
)
FONTS = {"inter": "inter-latin-wght-normal", "source-serif-4": "source-serif-4-latin-wght-normal"}
REFUSED = "--log-override:import-is-undefined=error"  # a name that contract/ does not have
PACKED = (
    (MODULES, ["--bundle", "--format=esm", "--splitting"]),
    (WORKERS, ["--bundle", "--format=esm"]),
    (["before-paint.js"], []),
    (["page.css"], ["--bundle", "--external:*.woff2"]),
)


def make():
    aside = CACHE / "static.part"
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "fonts").mkdir(parents=True)
    shutil.copy(SOURCE / "favicon.svg", aside)
    for names, options in PACKED:
        bundle(names, options, aside)
    for font, file in FONTS.items():
        shutil.copy(NODE_MODULES / "@fontsource-variable" / font / "files" / f"{file}.woff2", aside / "fonts")
    for script in BOKEH_SCRIPTS:
        shutil.copy(package("bokeh") / "server" / "static" / "js" / script, aside)
    shutil.copy(package("panel") / "dist" / PANEL_SCRIPT, aside)
    shutil.rmtree(FOLDER, ignore_errors=True)
    aside.replace(FOLDER)


def bundle(names, options, out):
    """Write modules or style sheets of static/ with what they import, minified, into a folder."""
    always = ["--minify", "--sourcemap", "--log-level=warning", REFUSED, f"--outdir={out}"]
    esbuild = shutil.which("esbuild", path=NODE_MODULES / ".bin")  # by npx it takes four times as long
    run([esbuild, *(SOURCE / name for name in names), *options, *always], "the page's modules could not be packed")


def package(name):
    """The folder of an installed Python package, which is not imported."""
    return Path(find_spec(name).submodule_search_locations[0])


STEP = Step(
    "static",
    make,
    (FOLDER,),
    ("builder.scripts",),
    (*SOURCES, contract.FOLDER, NPM_LOCK, PYTHON_LOCK),
    "Packing the modules and style sheets",
)
