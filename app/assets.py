"""The data files that the app reads: those packed with it, and the large one that is fetched on first use."""
import asyncio
import io
import json
import sys
from pathlib import Path

from embedlab.formats import load_packed
from embedlab.history import History

DATA = Path(__file__).parent / "data"       # made by build.py
GLOVE = "glove-50k.npz"


def toy_run():
    """The recorded run of the toy corpus, the one whose frames are in the page."""
    return History.load(DATA / "toy-run.npz")


def map_vectors():
    """WordVectors of the words that the map needs at the start: those drawn and their neighbours."""
    return load_packed(DATA / "map.npz")


def neighbours():
    """{word: [(neighbour, cosine)]} of the words drawn at the start, found among all 50,000."""
    table = json.loads((DATA / "neighbours.json").read_text())
    return {word: [tuple(pair) for pair in pairs] for word, pairs in table.items()}


class Glove:
    """The 50,000 word vectors, loaded once, when first asked for."""

    def __init__(self):
        self._loading = None

    async def vectors(self):
        """WordVectors; raises OSError if the file cannot be had, and then tries again when next asked."""
        if self._loading is None or self._loading.done() and self._loading.exception():
            self._loading = asyncio.ensure_future(self._load())
        return await asyncio.shield(self._loading)

    async def _load(self):
        data = await _fetch(f"data/{GLOVE}") if sys.platform == "emscripten" else (DATA / GLOVE).read_bytes()
        return load_packed(io.BytesIO(data))


async def _fetch(path):
    """The bytes of a file that lies beside the page; the worker itself lies one folder below it."""
    from js import URL, location
    from pyodide.http import pyfetch
    response = await pyfetch(URL.new(f"../{path}", location.href).href)
    response.raise_for_status()
    return await response.bytes()
