"""dist/: the parts that the other steps have made, and index.html with the document, its places and the scripts."""

import json
import shutil

from builder import (
    archives,
    chapter,
    contract,
    dictionary,
    drawings,
    glove,
    map_words,
    outputs,
    prerender,
    scripts,
    sources,
    test_sets,
    toy_run,
)
from builder.project import CACHE, DIST, NPM_LOCK, PYODIDE, BuildError, put_in_place, pyodide_lock
from builder.stamps import Step, sha256

FETCHED = (  # when asked for
    *glove.STEP.made,
    map_words.ROWS,
    toy_run.RUNS,
    *toy_run.LOGS.values(),
    *dictionary.STEP.made,
    test_sets.PACKED,
)
PARTS = (
    archives.STEP,
    prerender.STEP,
    contract.STEP,
    scripts.STEP,
    sources.STEP,
    outputs.STEP,
    drawings.STEP,
    chapter.STEP,
)  # in their order


def make():
    """dist/, made aside and put in place at the end."""
    out = CACHE / "dist"
    assemble(out, archives.FOLDER, shutil.copy)
    put_in_place(out, DIST)
    print(f"Built dist/ ({sum(f.stat().st_size for f in DIST.rglob('*') if f.is_file()) / 1e6:.1f} MB).")


def assemble(out, packed, copy):
    """Write the whole page into a folder. packed: that of the archives; copy(source, target): how files get there."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "data").mkdir(parents=True)
    for part, place in ((scripts.FOLDER, "static"), (chapter.FOLDER / "static", "static"), (sources.FOLDER, "source")):
        shutil.copytree(part, out / place, dirs_exist_ok=True, copy_function=copy)
    for path in FETCHED:
        copy(path, out / "data" / path.name)
    runtime = runtime_files(out, packed, copy)
    (out / "index.html").write_text(html(out, runtime), encoding="utf-8")


def content_hash(*paths):
    """What goes into the address of files, so that other content has another address."""
    return sha256(b"".join(path.read_bytes() for path in paths))[:12]


def runtime_files(out, packed, copy):
    """dist/runtime: Pyodide, a lock file without packages, and the archives; {name: {url, bytes}}.

    Pyodide's files fetch each other, so they lie in a folder whose name carries their hash.
    """
    loader = out / "runtime" / f"pyodide-{content_hash(PYODIDE / 'pyodide.mjs', PYODIDE / 'pyodide.asm.js')}"
    loader.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.js"):
        copy(PYODIDE / name, loader / name)
    (loader / "pyodide-lock.json").write_text(json.dumps({"info": pyodide_lock()["info"], "packages": {}}))
    files = {"pyodide": {"url": f"runtime/{loader.name}/pyodide.mjs", "bytes": (loader / "pyodide.mjs").stat().st_size}}
    for path in sorted(packed.glob("*.bin")):
        copy(path, out / "runtime" / path.name)
        url = f"runtime/{path.name}?{content_hash(path)}"
        files[path.name.split(".")[0]] = {"url": url, "bytes": path.stat().st_size}
    return files


def script_json(value):
    """JSON that may stand in a <script> element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def head(out, document, runtime):
    """The lines of <head> that name files of dist/static and hold the document."""
    hashed = lambda name: f"static/{name}?{content_hash(out / 'static' / name)}"  # noqa: E731
    fonts = "".join(
        f'<link rel="preload" href="static/fonts/{file}.woff2" as="font" type="font/woff2" crossorigin>'
        for file in scripts.FONTS.values()
    )
    return [
        fonts,
        f'<link rel="stylesheet" href="{hashed("katex.css")}">',
        f'<script src="{hashed("before-paint.js")}"></script>',
        *(f'<script defer src="{hashed(name)}"></script>' for name in (*scripts.BOKEH_SCRIPTS, scripts.PANEL_SCRIPT)),
        f'<script type="module" src="{hashed("main.js")}"></script>',
        f'<script type="application/json" id="lab-document">{script_json(document)}</script>',
        f'<script type="application/json" id="lab-runtime">{script_json(runtime)}</script>',
    ]


def html(out, runtime):
    """The chapter with the document, the places of its roots and the scripts."""
    document, places = prerender.read()
    text = (chapter.FOLDER / "index.html").read_text(encoding="utf-8")
    style = 'href="static/page.css"'
    for marker in (style, "<!-- lab:head -->"):
        if text.count(marker) != 1:
            raise BuildError(f"index.html has {text.count(marker)} places {marker!r}: it needs exactly one.")
    text = text.replace(style, f'href="static/page.css?{content_hash(out / "static" / "page.css")}"')
    text = text.replace("<!-- lab:head -->", "\n  ".join(head(out, document, runtime)))
    for place, root in places.items():
        text = text.replace(f'data-root="{place}"', f'data-root="{place}" data-root-id="{root}"')
    contract.check(document, places, text, scripts.SOURCE)
    return text


STEP = Step(
    "dist",
    make,
    (DIST,),
    ("builder.page",),
    (*(part.stamp for part in PARTS), *FETCHED, NPM_LOCK),
)
