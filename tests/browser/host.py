"""A host by a name, where the page is kept in the browser: it can have another folder, damaged files, and be gone."""

import shutil
from contextlib import contextmanager
from pathlib import Path

from builder.server import serving
from builder.stamps import sha256
from tests import damage
from tests.copied import Project

PATH = "some/repo/"
CHANGED = ("main.js", "worker.js", "page/navigation.js", "take/link.js")  # of the second version: modules of each kind
BUILD = "from builder import page, scripts; scripts.STEP.run(); page.make()"


class Host(damage.Site):
    """What a host does at present. asked: the names of files that it was asked for."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.gone, self.asked = folder, False, []

    def handler(self):
        return type("Hosted", (Hosted,), {"site": self})

    def breaks(self, pattern, fault):
        self.pattern, self.fault = f"*{pattern}", fault

    def mend(self):
        self.fault = None


class Hosted(damage.Damaging):
    def do_GET(self):
        self.site.asked.append(self.path.removeprefix(f"/{PATH}").split("?")[0])
        if self.site.gone:
            self.close_connection = True
            return None
        self.directory = str(self.site.folder)
        return super().do_GET()


@contextmanager
def hosting(folder):
    """(host, address) of a host by a name; folder: what lies at its root."""
    host = Host(folder)
    with serving(folder, handler=host.handler()) as url:
        yield host, url.replace("localhost", "lab.localhost")


def at_path(dist, parent, path=PATH):
    """A folder with a page below a path."""
    shutil.copytree(dist, Path(parent) / path)
    return parent


def second_version(folder):
    """The dist/ of a page that differs in some files, built in a copy of the project."""
    project = Project(folder)
    for name in CHANGED:
        with (folder / "static" / name).open("a", encoding="utf-8") as file:
            file.write(f"\nglobalThis.second = {name!r};\n")
    project.edit("static/favicon.svg", "26 24 8", "25 24 8")  # a file without a hash
    project.run(BUILD)
    return folder / "dist"


def mixed(page, dist):
    """What of all that a page has loaded is not the file of a folder with a build."""
    loaded = page.evaluate("""async () => {
        const found = {}, base = new URL("./", document.baseURI).href;
        const names = performance.getEntriesByType("resource").map(({ name }) => name);
        for (const url of new Set([base, `${base}static/favicon.svg`, ...names])) {
            if (!url.startsWith(base)) continue;
            const data = await (await fetch(url)).arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
            found[url.slice(base.length)] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
        }
        return found;
    }""")
    return [name for name, digest in loaded.items() if digest != digest_of(dist / (name.split("?")[0] or "index.html"))]


def digest_of(path):
    return sha256(path.read_bytes()) if path.is_file() else None
