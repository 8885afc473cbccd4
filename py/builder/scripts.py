"""dist/static: our CSS and modules, packed small; the editor with CodeMirror; fonts."""

import json
import shutil
from pathlib import Path

from builder import contract
from builder.project import CACHE, NODE_MODULES, NPM_LOCK, ROOT, run
from builder.stamps import Step

FOLDER, SOURCE = CACHE / "static", ROOT / "static"
BUNDLED = CACHE / "modules.json"  # what esbuild says of MODULES
SERVICE_WORKER, SERVICE_WORKER_MAP = CACHE / "sw.js", CACHE / "sw.js.map"  # without the files, which offline.py names
MODULES, WORKERS = (
    ["main.js"],
    ["worker.js", "cells-worker.js", "gif-worker.js"],
)  # with all that they import; the rest is split off
ICONS = SOURCE / "icons"
SOURCES = tuple(
    p
    for p in SOURCE.rglob("*")
    if p.suffix in (".js", ".css", ".svg", ".webmanifest") and contract.FOLDER not in p.parents
)
FONTS = {"inter": "inter-latin-wght-normal", "source-serif-4": "source-serif-4-latin-wght-normal"}
REFUSED = "--log-override:import-is-undefined=error"  # a name that contract/ does not have
PACKED = (
    (MODULES, ["--bundle", "--format=esm", "--splitting", f"--metafile={BUNDLED}"]),
    (WORKERS, ["--bundle", "--format=esm"]),
    (["before-paint.js"], ["--bundle", "--format=iife", "--target=es2015"]),  # tells an old browser what it is
    (["page.css"], ["--bundle", "--external:*.woff2"]),
)


def make():
    aside = CACHE / "static.part"
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "fonts").mkdir(parents=True)
    for name in ("favicon.svg", "app.webmanifest"):
        shutil.copy(SOURCE / name, aside)
    shutil.copytree(ICONS, aside / "icons")
    for linked in (
        BUNDLED,
        SERVICE_WORKER,
        SERVICE_WORKER_MAP,
    ):  # esbuild would write into a file that another project may have linked
        linked.unlink(missing_ok=True)
    for names, options in PACKED:
        bundle(names, options, aside)
    bundle(["sw.js"], ["--bundle", "--format=iife", '--define:process.env.NODE_ENV="production"'], CACHE)
    for font, file in FONTS.items():
        shutil.copy(NODE_MODULES / "@fontsource-variable" / font / "files" / f"{file}.woff2", aside / "fonts")
    shutil.rmtree(FOLDER, ignore_errors=True)
    aside.replace(FOLDER)


def bundle(names, options, out):
    """Write modules or style sheets of static/ with what they import, minified, into a folder."""
    always = ["--minify", "--sourcemap", "--log-level=warning", REFUSED, f"--outdir={out}"]
    esbuild = shutil.which("esbuild", path=NODE_MODULES / ".bin")  # by npx it takes four times as long
    run([esbuild, *(SOURCE / name for name in names), *options, *always], "the page's modules could not be packed")


def outputs():
    """{bundled module: what esbuild says of it}, without the source maps."""
    outputs = json.loads(BUNDLED.read_text())["outputs"]
    return {Path(path).name: about for path, about in outputs.items() if path.endswith(".js")}


def imported(name):
    """The bundled modules that one imports at once, directly or not."""
    direct = [Path(use["path"]).name for use in outputs()[name]["imports"] if use["kind"] == "import-statement"]
    return list(dict.fromkeys([*direct, *(further for one in direct for further in imported(one))]))


def first_chunks():
    """The modules that main.js is bundled with."""
    return imported("main.js")


def modules():
    """{name: (bundled module, names of what it imports)} of those imported when wanted, and of what they import.

    Those are named by their source's path in static/.
    """
    late = {
        Path(about["entryPoint"]).relative_to("static").as_posix(): name
        for name, about in outputs().items()
        if "entryPoint" in about and name not in MODULES
    }
    more = {name: [part for part in imported(file) if part not in first_chunks()] for name, file in late.items()}
    shared = {part: (part, []) for parts in more.values() for part in parts}
    return {name: (late[name], parts) for name, parts in more.items()} | shared


STEP = Step(
    "static",
    make,
    (FOLDER, BUNDLED, SERVICE_WORKER, SERVICE_WORKER_MAP),
    ("builder.scripts",),
    (*SOURCES, ICONS, contract.FOLDER, NPM_LOCK),
    "Packing the modules and style sheets",
)
