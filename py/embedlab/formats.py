"""Word vectors as files: read, recognised by their first bytes, and written.

    word2vec-text    "V D", then a word and its numbers a line; fastText's .vec is the same
    word2vec-binary  "V D", then each word, a space and its numbers as little-endian float32
    glove            a word and its numbers a line
    npz              float32 rows and the words
    packed           int8 rows, their scales and the words, compressed: what the page loads

Axes: V vocabulary, D dimensions.
"""

import io
import zipfile

import numpy as np

from embedlab.textfiles import HEADER, check_words, checked, header_of, reading_lines, writing_lines
from embedlab.vectors import BadVectors, WordVectors

LARGEST = 127  # of a symmetric int8
STEP = 20_000  # words of a binary file between two reports


def quantise(matrix):
    """Rows of matrix (V, D) as int8 (V, D) times scale (V,) float32, symmetric about 0; a zero row has scale 0."""
    scale = np.abs(matrix).max(axis=1) / LARGEST  # (V,)
    steps = matrix / np.where(scale == 0, 1, scale)[:, None]  # (V, D), in -127..127
    return np.rint(steps).astype(np.int8), scale.astype(np.float32)


def save_packed(path, vectors):
    """Write WordVectors as a compressed .npz of int8 rows, their scales and the words; path: a name or a file."""
    quantised, scale = quantise(vectors.matrix)
    np.savez_compressed(path, quantised=quantised, scale=scale, words=_joined(vectors.words))


def load_packed(path):
    """WordVectors from what `save_packed` wrote, a name or a binary file; raises BadVectors for anything else."""
    return _load_npz(path, path)


def save_npz(path, vectors):
    """Write WordVectors as an .npz of float32 rows, `vectors`, and UTF-8 lines, `words`; path: a name or a file."""
    np.savez(path, vectors=vectors.matrix, words=_joined(vectors.words))


def _joined(words):
    check_words(words, "\n")
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _load_npz(path, name):
    try:
        with np.load(path, allow_pickle=False) as arrays:
            words = arrays["words"].tobytes().decode().split("\n")
            if "quantised" in arrays:
                return WordVectors.from_int8(words, arrays["quantised"], arrays["scale"])
            return WordVectors(words, arrays["vectors"])
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged file may fail anywhere in zip, zlib, npy or UTF-8
        raise BadVectors(f"{name} does not hold packed word vectors ({error}): fetch it again.") from error


def reading_binary(data, name):
    """(part done, WordVectors at the end or None) of a word2vec binary file, in steps; raises BadVectors.

    A line end before a word is skipped: word2vec.c writes one after each vector, gensim does not.
    """
    V, D, at = header_of(data, name)
    if len(data) - at < V * (2 + 4 * D):  # a word of one letter, a space, the numbers
        raise BadVectors(
            f"{name} is cut off: its header promises {V:,} words of {D} numbers, at least "
            f"{V * (2 + 4 * D):,} bytes, but {len(data) - at:,} follow. Fetch it again."
        )
    words, matrix = [], np.empty((V, D), dtype=np.float32)  # (V, D)
    for row in range(V):
        end = data.find(b" ", at)
        if end < 0 or end + 1 + 4 * D > len(data):
            raise BadVectors(f"{name} is cut off in word {row + 1:,} of {V:,}: fetch it again.")
        try:
            words.append(data[at:end].lstrip(b"\n").decode())
        except UnicodeDecodeError:
            raise BadVectors(
                f"{name}: word {row + 1:,}, {data[at:end][:30]!r}, is not UTF-8: is the file word2vec's "
                f"binary format, and whole?"
            ) from None
        matrix[row] = np.frombuffer(data, "<f4", D, end + 1)
        at = end + 1 + 4 * D
        if row % STEP == STEP - 1:
            yield at / len(data), None
    if data[at:].strip(b"\n"):
        raise BadVectors(f"{name} goes on after the {V:,} words that its header promises: fetch it again.")
    yield 1.0, checked(words, matrix, name, lambda row: f"word {row + 1:,}")


def writing_binary(vectors):
    """The bytes of a word2vec binary file, piece by piece, as gensim writes them."""
    check_words(vectors.words, " \n")
    V, D = vectors.matrix.shape
    yield f"{V} {D}\n".encode()
    rows = vectors.matrix.astype("<f4")
    for start in range(0, V, STEP):
        yield b"".join(
            word.encode() + b" " + row.tobytes()
            for word, row in zip(vectors.words[start : start + STEP], rows[start : start + STEP])
        )


def recognised(data, name="the file"):
    """The format of a file's bytes; raises BadVectors if it is none of them."""
    if data.startswith(b"PK"):
        return "npz"
    if data.startswith(b"\x1f\x8b"):
        raise BadVectors(f"{name} is compressed with gzip: unpack it and choose what was inside.")
    first, _, rest = data[: 1 << 16].partition(b"\n")
    if HEADER.fullmatch(first):
        # Numbers as float32 hold control characters, text does not.
        binary = any(byte < 32 and byte not in b"\t\n\r" for byte in rest[:4000])
        return "word2vec-binary" if binary else "word2vec-text"
    fields = first.split()
    if not fields:
        raise BadVectors(f"{name} {'begins with an empty line' if data else 'is empty'}: choose a file of vectors.")
    if b"\t" in first and _numbers(fields):
        raise BadVectors(f"{name} holds numbers without words: read it together with its metadata.tsv.")
    if len(fields) < 2 or not _numbers(fields[-1:]):
        raise BadVectors(
            f"{name} begins with “{first[:40].decode(errors='replace')}”, no word followed by numbers: "
            f"choose a file in word2vec's, GloVe's or fastText's format, or .npz."
        )
    return "glove"


def _numbers(fields):
    try:
        return bool(list(map(float, fields)))
    except ValueError:
        return False


def reading_npz(data, name):
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise BadVectors(f"{name} is a damaged .npz: fetch it again.")
    yield 1.0, _load_npz(io.BytesIO(data), name)


READERS = {
    "word2vec-text": lambda data, name: reading_lines(data, name, header=True),
    "word2vec-binary": reading_binary,
    "glove": lambda data, name: reading_lines(data, name, header=False),
    "npz": reading_npz,
    "packed": reading_npz,
}


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


def reading(data, name="the file", form=None):
    """Yields (part done, None) in steps of about 0.1 s, at the end (1.0, WordVectors).

    data: the bytes of a file; name: what errors call it; form: a key of READERS, by default as recognised. Raises
    BadVectors; then nothing was read.
    """
    return READERS[form or recognised(data, name)](data, name)


def read(data, name="the file", form=None):
    """WordVectors from the bytes of a file; as `reading`, at one go."""
    *_, (_, vectors) = reading(data, name, form)
    return vectors


def writing(vectors, form):
    """The bytes of a file, piece by piece; form: a key of WRITERS. Raises BadVectors for a word it cannot hold."""
    return WRITERS[form](vectors)


def write(vectors, form):
    """The bytes of a file, at one go."""
    return b"".join(writing(vectors, form))
