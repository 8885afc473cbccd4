"""dist/sw.js: the service worker, with the list of what it keeps, which is made of the finished page."""

import base64
import gzip
import hashlib
import json
import re

from builder import hosting, scripts
from builder.project import BuildError

PLACE = "self.__LAB__"
INTERPRETER = "runtime/interpreter.wasm.bin"
LARGE = 3_000_000  # bytes; of the data, what is larger is kept once it was asked for
NOT_KEPT = (".map",)  # for developers


def integrity(data):
    """A hash of bytes as browsers check it: of an element's file, or of what is fetched."""
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"


def is_asked(path):
    """Whether a file of dist/data is only kept once it was asked for."""
    return path.stat().st_size > LARGE


def kept(out):
    """The files of a page that it starts with, before the service worker is there."""
    paths = (path for path in sorted(out.rglob("*")) if path.is_file() and path.suffix not in NOT_KEPT)
    return [path for path in paths if path.parent != out / "data" or not is_asked(path)]


def entry(out, path, hashed):
    """{url, revision, integrity} of a file for Workbox; hashed: {name: address} of the page.

    The revision is None where the address has a hash.
    """
    name, data = path.relative_to(out).as_posix(), path.read_bytes()
    url = "./" if name == "index.html" else hashed.get(name, name)
    lasting = re.search(hosting.HASHED, f"/{url}")
    return {
        "url": url,
        "revision": None if lasting else hashlib.sha256(data).hexdigest()[:12],
        "integrity": integrity(data),
    }


def unpacked(out, table):
    """The interpreter as the service worker offers it, {url, from: the file that is kept, integrity}."""
    data, file = gzip.decompress((out / INTERPRETER).read_bytes()), table["interpreter"]
    return {"url": file["unpacked"], "from": file["url"], "integrity": integrity(data)}


def worker(out, table, version):
    """The source of the service worker of a finished page. table: that of its files; version: as its <html> has it."""
    source = scripts.SERVICE_WORKER.read_text(encoding="utf-8")
    if source.count(PLACE) != 1:
        raise BuildError(f"static/sw.js has {source.count(PLACE)} places {PLACE}: it needs exactly one.")
    paths, hashed = kept(out), {address.split("?")[0]: address for address in hosting.hashed_addresses(out)}
    lab = {
        "version": version,
        "files": [entry(out, path, hashed) for path in paths],
        "bytes": sum(path.stat().st_size for path in paths),
        "unpacked": unpacked(out, table),
        "asked": [file["url"] for file in table.values() if file.get("asked")],
    }
    return source.replace(PLACE, json.dumps(lab, separators=(",", ":")))
