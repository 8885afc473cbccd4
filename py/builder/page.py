"""dist/: the parts that the other steps have made, and index.html with the document, its places and the scripts."""

import json
import shutil
import zlib

from builder import (
    archives,
    atlas,
    bokehjs,
    chapter,
    contract,
    dictionary,
    drawings,
    glove,
    hosting,
    map_words,
    measured,
    offline,
    outputs,
    prerender,
    scripts,
    sources,
    test_sets,
    toy_run,
    wheel,
)
from builder.project import CACHE, DIST, NPM_LOCK, PYODIDE, BuildError, put_in_place, pyodide_lock
from builder.stamps import Step, sha256

HEAD, END = "<!-- lab:head -->", "</body>"
FETCHED = (  # when asked for
    *glove.STEP.made,
    *atlas.STEP.made,
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
    bokehjs.STEP,
    scripts.STEP,
    sources.STEP,
    outputs.STEP,
    drawings.STEP,
    measured.STEP,
    chapter.STEP,
    wheel.STEP,
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
    static = (scripts.FOLDER, bokehjs.FOLDER, chapter.FOLDER / "static")
    for part, place in (*((part, "static") for part in static), (sources.FOLDER, "source")):
        shutil.copytree(part, out / place, dirs_exist_ok=True, copy_function=copy)
    for path in FETCHED:
        copy(path, out / "data" / path.name)
    copy(wheel.WHEEL, out / wheel.WHEEL.name)
    table = files(out, packed, copy)
    text = html(out, table)
    version = sha256(text.encode())[:12]
    (out / "index.html").write_text(text.replace("<html", f'<html data-version="{version}"', 1), encoding="utf-8")
    copy(scripts.SERVICE_WORKER_MAP, out / scripts.SERVICE_WORKER_MAP.name)
    (out / "sw.js").write_text(offline.worker(out, table, version), encoding="utf-8")
    for name, text in hosting.files(out).items():
        (out / name).write_text(text, encoding="utf-8")


def content_hash(*paths):
    """What goes into the address of files, so that other content has another address."""
    return sha256(b"".join(path.read_bytes() for path in paths))[:12]


def entry(path, address, **more):
    """A file of the page's table: {url, bytes, crc}."""
    data = path.read_bytes()
    return {"url": address, "bytes": len(data), "crc": zlib.crc32(data), **more}


def hashed(out, name):
    """The address of a file of dist/ by its name in it."""
    return f"{name}?{content_hash(out / name)}"


def files(out, packed, copy):
    """The table of all that the page fetches but for what its head names: {name: {url, bytes, crc}}.

    What the service worker only keeps once it was asked for has {asked: true} too.
    """
    workers, data = (f"static/{name}" for name in scripts.WORKERS), (f"data/{path.name}" for path in FETCHED)
    asked = {name: {"asked": True} if offline.is_asked(out / name) else {} for name in data}
    return (
        runtime_files(out, packed, copy)
        | {name: entry(out / name, hashed(out, name)) for name in workers}
        | {name: entry(out / name, hashed(out, name), **more) for name, more in asked.items()}
        | {
            name: entry(out / "static" / file, f"static/{file}", imports=imports)
            for name, (file, imports) in scripts.modules().items()
        }
    )


def runtime_files(out, packed, copy):
    """dist/runtime: Pyodide and the archives; what is in the table of them.

    Pyodide's files fetch each other, so they lie in a folder whose name carries their hash; but its lock file, without
    packages, is in the table.
    """
    loader = out / "runtime" / f"pyodide-{content_hash(PYODIDE / 'pyodide.mjs', PYODIDE / 'pyodide.asm.js')}"
    loader.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.js"):
        copy(PYODIDE / name, loader / name)
    address = loader.relative_to(out).as_posix()
    lock = json.dumps({"info": pyodide_lock()["info"], "packages": {}})
    table = {
        "pyodide": entry(loader / "pyodide.mjs", f"{address}/pyodide.mjs", lock=lock),
        "pyodide-asm": entry(loader / "pyodide.asm.js", f"{address}/pyodide.asm.js"),
    }
    for path in sorted(packed.glob("*.bin")):
        copy(path, out / "runtime" / path.name)
        table[path.name.split(".")[0]] = entry(path, hashed(out, f"runtime/{path.name}"))
    interpreter = table["interpreter"]
    interpreter["unpacked"] = interpreter["url"].replace(".bin?", "?")  # a file of the service worker's own
    return table


def script_json(value):
    """JSON that may stand in a <script> element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def integrity(path):
    """An attribute by which the browser refuses any other content."""
    return f'integrity="{offline.integrity(path.read_bytes())}"'


def head(out, table):
    """The lines of <head> that name files of dist/static, and the table of the others."""
    checked = lambda name: f'"{hashed(out, f"static/{name}")}" {integrity(out / "static" / name)}'  # noqa: E731
    fonts = "".join(
        f'<link rel="preload" href="static/fonts/{file}.woff2" as="font" type="font/woff2" crossorigin>'
        for file in scripts.FONTS.values()
    )
    fonts_of_formulas = hashed(out, "static/katex-fonts.css")
    whole = lambda name: f'"static/{name}" {integrity(out / "static" / name)}'  # noqa: E731
    return [
        script("lab-runtime", table),
        f'<script src="{hashed(out, "static/before-paint.js")}" data-formula-fonts="{fonts_of_formulas}"></script>',
        f'<link rel="stylesheet" href={checked("page.css")}>',
        fonts,
        f'<link rel="stylesheet" href={checked("katex.css")}>',
        f"<script defer src={checked(bokehjs.NAME)}></script>",
        *(f'<link rel="modulepreload" href={whole(name)}>' for name in scripts.first_chunks()),
        f'<script type="module" src={checked("main.js")}></script>',
    ]


def script(name, value):
    """A <script> element that holds JSON, with its checksum."""
    text = script_json(value)
    return f'<script type="application/json" id="{name}" data-crc="{zlib.crc32(text.encode())}">{text}</script>'


def html(out, table):
    """The chapter with the places of the document's roots, the scripts and the table, then the document.

    This comes last, so that the text comes first, and the page knows by it that it has come whole.
    """
    document, places = prerender.read()
    text = (chapter.FOLDER / "index.html").read_text(encoding="utf-8")
    for marker in (HEAD, END):
        if text.count(marker) != 1:
            raise BuildError(f"index.html has {text.count(marker)} places {marker!r}: it needs exactly one.")
    text = text.replace(HEAD, "\n  ".join(head(out, table)))
    for place, root in places.items():
        text = text.replace(f'data-root="{place}"', f'data-root="{place}" data-root-id="{root}"')
    text = text.replace(END, "\n".join([script("lab-document", document), END]))
    contract.check(document, places, text, scripts.SOURCE)
    return text


STEP = Step(
    "dist",
    make,
    (DIST,),
    ("builder.page",),
    (*(part.stamp for part in PARTS), *FETCHED, NPM_LOCK),
)
