"""The page for `serve --watch`, in .cache/watch: made quickly, of the same parts, and never put into dist/.

Of the archives only those are packed anew whose sources have changed since the last full packing: the changed modules
take the place of the compiled ones as they are, and gzip does not try hard.
"""

import gzip
import io
import json
import os
import shutil
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor

from builder import (
    archives,
    chapter,
    closure,
    contract,
    data,
    drawings,
    kernel,
    measured,
    outputs,
    page,
    prerender,
    scripts,
    sources,
    together,
    wheel,
)
from builder.project import CACHE, BuildError, put_in_place
from builder.stamps import Step, digest, sha256

SITE, OVERLAY = CACHE / "watch", CACHE / "overlay"
FAST = 1  # gzip's lowest level
FOLDERS = {"embedlab": ("embedlab",), "lab": ("lab", "exercises"), "app": ("app",)}  # of new modules, by archive


def link(source, target):
    """Copy a file that nobody writes to in place: by a hard link, where that can be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def make_overlay():
    """The archives of the last full packing, brought up to date."""
    packed = json.loads(archives.SOURCES.read_text())
    shutil.rmtree(OVERLAY, ignore_errors=True)
    OVERLAY.mkdir()
    for path in archives.FOLDER.glob("*.bin"):
        name = path.name.split(".")[0]
        before, now = packed["sources"].get(name, {}), current_sources(name, packed["sources"])
        if before == {member: sha256(data) for member, data in now.items()}:
            link(path, OVERLAY / path.name)
        else:
            (OVERLAY / path.name).write_bytes(replaced(path.read_bytes(), before, now))


def current_sources(name, packed):
    """{member: bytes} of the project's files that belong into an archive now."""
    members = set(packed.get(name, ())) | new_members(name, packed)
    return {member: path.read_bytes() for member in members if (path := archives.source_of(member))}


def new_members(name, packed):
    """The compiled members of an archive for modules that no archive has yet."""
    every = {member for members in packed.values() for member in members}
    members = {member_of(path) for path in closure.files(*archives.entries())}
    folders = tuple(f"{top}/" for top in FOLDERS.get(name, ()))
    return {member for member in members - every if member.startswith(folders)}


def member_of(path):
    """The name of a module's compiled code in an archive."""
    root = next(root for root in closure.search_path() if root in path.parents)
    return f"{path.relative_to(root).as_posix()}c"


def replaced(archive, before, now):
    """A gzipped zip with other members for {member: SHA-256 of its old source} and {member: its source}."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(archive))) as old, zipfile.ZipFile(out, "w") as new:
        same = {name for name, data in now.items() if before.get(name) == sha256(data)}
        for name in old.namelist():
            if name not in before or name in same:
                new.writestr(zipfile.ZipInfo(name), old.read(name))
        for name, data in sorted(now.items()):
            if name not in same:  # a module goes in as source: what compiles is the page's Python
                new.writestr(zipfile.ZipInfo(name[:-1] if name.endswith(".pyc") else name), data)
    return gzip.compress(out.getvalue(), FAST, mtime=0)


def needs_full_packing():
    """Whether packages have changed since the last full packing, or the modules import more of them."""
    if not archives.SOURCES.exists():
        return True
    packed = json.loads(archives.SOURCES.read_text())
    outside = closure.closure(archives.entries())[1]
    return packed.get("base") != digest(*archives.BASE) or not outside <= set(packed["outside"])


def make():
    aside = CACHE / "watch.part"
    page.assemble(aside, OVERLAY, link)
    put_in_place(aside, SITE)


OVERLAY_STEP = Step(
    "overlay",
    make_overlay,
    (OVERLAY,),
    ("builder.development", *archives.entries()),
    (*archives.STEP.inputs, archives.SOURCES),
)
PARTS = (prerender.STEP, contract.STEP, scripts.STEP, sources.STEP, drawings.STEP, chapter.STEP, wheel.STEP)
STEP = Step(
    "watch",
    make,
    (SITE,),
    ("builder.page", "builder.development"),
    (*(part.stamp for part in (OVERLAY_STEP, *PARTS)), *page.FETCHED),
)


def rebuild(complete):
    """Make the page again; complete: with the data, and with what the cells print, which may take long."""
    if complete:
        together.run([*data.STEPS, outputs.STEP, measured.STEP])
        if needs_full_packing():
            archives.STEP.run()
    kernel.STEP.run()
    with ThreadPoolExecutor(1) as beside:
        overlay = beside.submit(OVERLAY_STEP.run)
        for step in PARTS:
            step.run()
        overlay.result()
    STEP.run()


if __name__ == "__main__":
    try:
        rebuild(complete=sys.argv[1:] == ["complete"])
    except BuildError as error:
        sys.exit(f"build.py: {error}")
