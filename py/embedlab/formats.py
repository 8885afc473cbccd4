"""Word vectors as files: read, recognised by what they hold, and written.

    word2vec-text    "V D", then a word and its numbers a line; fastText's .vec is the same
    word2vec-binary  "V D", then each word, a space and its numbers as little-endian float32
    glove            a word and its numbers a line; TSV and CSV too
    numbers          rows of numbers with tabs between them, for the Embedding Projector: the words are in another file
    npz              float32 rows and the words
    packed           int8 rows, their scales and the words, compressed: what the page loads

Axes: V vocabulary, D dimensions.
"""

import gzip
import io
import zipfile
import zlib

from embedlab import foreign
from embedlab.arrayfiles import load_npz, save_npz, save_packed
from embedlab.binaryfiles import BinaryReader, is_binary, writing_binary
from embedlab.numbers import counted
from embedlab.textfiles import BLANK, TextReader, writing_lines
from embedlab.textlayout import bare_layout, complete_lines, header_of, layout_of
from embedlab.vectors import BadVectors

HEAD = 1 << 20  # bytes that a file is recognised by
PIECE = 1 << 20  # bytes read at a time; about 0.05 s in Pyodide
NAMED = 5  # files in a message
GZIP, ZIP, BOM = b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbf"


def load_packed(path):
    """WordVectors from what `save_packed` wrote, a name or a binary file; raises BadVectors for anything else."""
    return load_npz(path, str(path)).vectors


class Reading:
    """A file as it comes in: `feed` its bytes piece by piece, then `finish`; both raise BadVectors.

    name: what errors call it; size: its bytes, unpacked; bare: its words are in another file, see `projector`.
    shape: (V, D) as far as it is known, (0, 0) before; most: bytes that the vectors may take.
    """

    def __init__(self, name, size, bare=False, most=None):
        self.name, self.size, self.bare, self.most = name, size, bare, most
        self.shape, self._head, self._reader = (0, 0), b"", None

    def feed(self, data):
        """Take more bytes."""
        if self._reader:
            self._reader.feed(data)
            return
        self._head += data
        if len(self._head) >= HEAD:
            self._begin(self.size)

    def finish(self):
        """A loaded.Loaded."""
        if not self._reader:
            self._begin(len(self._head))
        return self._reader.finish()

    def _begin(self, size):
        head, self._head = self._head, b""
        if self.bare and head.strip(BLANK):
            lines = complete_lines(head)
            self._reader, start = TextReader(self.name, bare_layout(lines), expected(head, size, 0)), 0
        else:
            form, self._reader, start = opened(head, self.name, size)
            if form == "numbers":
                raise BadVectors(f"{self.name} holds numbers without words: choose it together with its metadata.tsv.")
        self.shape = self._reader.shape
        self._check_memory()
        for at in range(start, len(head), PIECE):
            self._reader.feed(head[at : at + PIECE])

    def _check_memory(self):
        (V, D), most = self.shape, self.most
        if most and memory(self.shape) > most:
            raise BadVectors(
                f"{self.name} has {counted(V, 'word')} of {counted(D, 'number')}, {memory(self.shape) / 1e9:.1f} GB; "
                f"there is room for {most / 1e9:.1f} GB: keep its most frequent words, which come first, and "
                f"choose that."
            )


def memory(shape):
    """Bytes of vectors (V, D)."""
    return 4 * shape[0] * shape[1]


def opened(head, name, size):
    """(form, reader, where the first row begins) of a file that begins with `head`; raises BadVectors."""
    what = foreign.what_it_is(head)
    if what:
        raise BadVectors(f"{name} {what}.")
    if not head.strip(BLANK):
        raise BadVectors(f"{name} {'holds only empty lines' if head else 'is empty'}: choose a file of vectors.")
    first = head.partition(b"\n")[0]
    header, start = header_of(first), len(first) + 1
    if header and is_binary(head, start, header, size):
        return "word2vec-binary", BinaryReader(name, size - start, header), start
    begin = len(BOM) if head.startswith(BOM) else 0
    layout = layout_of(head[begin:], name)
    form = "numbers" if layout.bare else "glove" if layout.words is None else "word2vec-text"
    start = begin + layout.start
    possible = (size - start) // (2 * layout.dim) + 1  # a number takes two bytes at least
    return form, TextReader(name, layout, min(layout.words or expected(head, size, start), possible)), start


def expected(head, size, start):
    """How many rows a text file of `size` bytes has if all are as long as those that `head` has from `start` on."""
    return int((size - start) * (head.count(b"\n", start) + 1) / max(1, len(head) - start)) + 1


def recognised(data, name="the file"):
    """What a file's first bytes tell: a form above, "gzip" or "zip"; raises BadVectors for any other."""
    return container(data) or opened(data, name, len(data))[0]


def container(data):
    """What a file that begins with these bytes is packed in: "gzip", "zip", or "" if it is not."""
    return "gzip" if data.startswith(GZIP) else "zip" if data.startswith(ZIP) else ""


def member(names, name):
    """The one file of vectors among the names in a zip; "" if they are the arrays of an .npz; raises BadVectors."""
    files = [file for file in names if not file.endswith("/") and not file.startswith("__MACOSX/")]
    if files and all(file.endswith(".npy") for file in files):
        return ""
    if len(files) != 1:
        listed = ", ".join(files[:NAMED]) + (" …" if len(files) > NAMED else "")
        raise BadVectors(f"{name} holds {len(files)} files ({listed}): unpack it, and choose one of them.")
    return files[0]


def load(data, name="the file"):
    """A loaded.Loaded from the bytes of a file, at one go; raises BadVectors."""
    packed = container(data)
    try:
        if packed == "gzip":
            return load(gzip.decompress(data), name)
        if packed:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                inside = member(file.namelist(), name)
                if not inside:
                    return load_npz(io.BytesIO(data), name)
                data = file.read(inside)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BadVectors(f"{name} is damaged ({error}): fetch it again.") from error
    reading = Reading(name, len(data))
    for at in range(0, len(data), PIECE):
        reading.feed(data[at : at + PIECE])
    return reading.finish()


def read(data, name="the file"):
    """WordVectors from the bytes of a file; as `load`, without what there is to be said of it."""
    return load(data, name).vectors


def _saved(save, vectors):
    out = io.BytesIO()
    save(out, vectors)
    yield out.getvalue()


WRITERS = {
    "word2vec-text": lambda vectors: writing_lines(vectors, header=True),
    "word2vec-binary": writing_binary,
    "glove": lambda vectors: writing_lines(vectors, header=False),
    "npz": lambda vectors: _saved(save_npz, vectors),
    "packed": lambda vectors: _saved(save_packed, vectors),
}


def writing(vectors, form):
    """The bytes of a file, piece by piece; form: a key of WRITERS. Raises BadVectors for a word it cannot hold."""
    return WRITERS[form](vectors)


def write(vectors, form):
    """The bytes of a file, at one go."""
    return b"".join(writing(vectors, form))
