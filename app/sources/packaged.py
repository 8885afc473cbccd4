"""The data files that the app reads: those packed with it, and the large ones that are fetched on first use."""

import asyncio
import io
import json
import sys
from pathlib import Path

from browser.fetch import fetch
from embedlab.dictionary import unpack, unpacked_size
from embedlab.formats import load_packed
from embedlab.history import History

DATA = Path(__file__).parents[1] / "data"  # made by build.py
GLOVE_WORDS = 50_000  # the most frequent of 400,000
GLOVE, DICTIONARY, TEST_SETS = "glove-50k.npz", "dictionary.txt.bin", "test-sets.json.bin"
ATLAS = "atlas.bin"


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


def panels():
    """{panel: what it shows at the start} of the chapter's panels that compute something first."""
    return json.loads((DATA / "panels.json").read_text())


class Large:
    """A file that is fetched and read once, when first asked for: `read` makes of its bytes what `get` gives."""

    def __init__(self, name, read):
        self._name, self._read = name, read
        self._loading = None
        self._progress = []

    async def get(self, progress=None):
        """What the file holds; raises OSError if it cannot be had, and then tries again when next asked.

        progress(received, total) is called with bytes on the way; total is 0 where the host does not tell.
        """
        if progress:
            self._progress.append(progress)
        if self._loading is None or self._loading.done() and self._loading.exception():
            self._loading = asyncio.ensure_future(self._load())
        try:
            return await asyncio.shield(self._loading)
        finally:
            if progress:
                self._progress.remove(progress)

    async def _load(self):
        if sys.platform == "emscripten":
            return self._read(await fetch(f"data/{self._name}", self._received))
        return self._read((DATA / self._name).read_bytes())

    def _received(self, received, total):
        for progress in self._progress:
            progress(received, total)


class Glove(Large):
    """The 50,000 word vectors: WordVectors."""

    def __init__(self):
        super().__init__(GLOVE, lambda data: load_packed(io.BytesIO(data)))

    vectors = Large.get


class Dictionary:
    """The dictionary's sentences. size: bytes of the text."""

    def __init__(self, packed):
        self._packed = packed
        self.size = unpacked_size(packed)

    def pieces(self):
        """The text as bytes, piece by piece, for CorpusReader.feed; raises OSError if the file is damaged."""
        return unpack(self._packed)


def dictionary():
    """To be asked for a Dictionary."""
    return Large(DICTIONARY, Dictionary)


WORDSIM, SIMLEX, QUESTIONS = "wordsim353.tsv", "simlex999.txt", "questions-words.txt"


def test_sets():
    """To be asked for {file name: text} of the word pairs and analogies that `embedlab.evaluate` reads."""
    return Large(TEST_SETS, lambda packed: json.loads(b"".join(unpack(packed))))
