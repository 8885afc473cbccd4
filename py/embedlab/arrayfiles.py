"""Word vectors as NumPy's .npz: float32 rows, or int8 rows and their scales, and the words.

Axes: V vocabulary, D dimensions.
"""

import numpy as np

from embedlab.loaded import Rows
from embedlab.numbers import counted
from embedlab.textfiles import check_words
from embedlab.vectors import BadVectors

LARGEST = 127  # of a symmetric int8
WANTED = "give it the words as strings in an array `words`, and their rows of numbers in an array `vectors`"


def quantise(matrix):
    """Rows of matrix (V, D) as int8 (V, D) times scale (V,) float32, symmetric about 0; a zero row has scale 0."""
    scale = np.abs(matrix).max(axis=1) / LARGEST  # (V,)
    steps = matrix / np.where(scale == 0, 1, scale)[:, None]  # (V, D), in -127..127
    return np.rint(steps).astype(np.int8), scale.astype(np.float32)


def save_packed(path, vectors):
    """Write WordVectors as a compressed .npz of int8 rows, their scales and the words; path: a name or a file."""
    quantised, scale = quantise(vectors.matrix)
    np.savez_compressed(path, quantised=quantised, scale=scale, words=_joined(vectors.words))


def save_npz(path, vectors):
    """Write WordVectors as an .npz of float32 rows, `vectors`, and UTF-8 lines, `words`; path: a name or a file."""
    np.savez(path, vectors=vectors.matrix, words=_joined(vectors.words))


def _joined(words):
    check_words(words, "\n", empty=True)
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def load_npz(file, name):
    """Loaded from an .npz, a name or a binary file; raises BadVectors, which names the arrays that are wanted."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            found = {key: arrays[key] for key in arrays}
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged file may fail anywhere in zip, zlib or npy
        if "allow_pickle" in str(error):
            raise BadVectors(f"{name} holds Python objects, which are not read: {WANTED}.") from error
        raise BadVectors(f"{name} is a damaged .npz ({error}): fetch it again.") from error
    words, matrix = words_and_matrix(found, name)
    rows = Rows(name, lambda row: f"row {row + 1:,}", (0, 0))
    rows.words, rows.matrix = [rows.decoded(word, row) for row, word in enumerate(words)], matrix
    if len(words) != len(matrix):
        raise BadVectors(
            f"{name}: it has {counted(len(matrix), 'vector')}, but {counted(len(words), 'word')}: {WANTED}."
        )
    return rows.finish()


def words_and_matrix(arrays, name):
    """(words as bytes, (V, D) float32) of {name: array}; raises BadVectors if it is not clear which they are."""
    words = chosen("words", {key: array for key, array in arrays.items() if is_text(array, key)})
    if "quantised" in arrays and words is not None:
        matrix = unpacked(arrays["quantised"], arrays.get("scale"), name)
    else:
        rows = {key: array for key, array in arrays.items() if array.ndim == 2 and array.dtype.kind in "fiu"}
        matrix = chosen("vectors", rows)
    if words is None or matrix is None or not matrix.shape[1]:
        found = ", ".join(f"`{key}` {array.dtype} {array.shape}" for key, array in arrays.items()) or "nothing"
        raise BadVectors(f"{name} holds {found}: {WANTED}.")
    return lines_of(words), np.ascontiguousarray(matrix, dtype=np.float32)


def chosen(name, arrays):
    """The array of that name, else the only one there is; None if that is not clear."""
    return arrays.get(name, next(iter(arrays.values())) if len(arrays) == 1 else None)


def is_text(array, key):
    """Whether an array holds words: strings, or, under the name `words`, the bytes of lines."""
    return array.ndim == 1 and (array.dtype.kind in "US" or key == "words" and array.dtype == np.uint8)


def lines_of(words):
    """The words of an array, as bytes."""
    if words.dtype == np.uint8:
        return words.tobytes().split(b"\n")
    return [word if isinstance(word, bytes) else word.encode(errors="surrogatepass") for word in words.tolist()]


def unpacked(quantised, scale, name):
    """What `quantise` packed: (V, D) float32; raises BadVectors."""
    if quantised.dtype != np.int8 or quantised.ndim != 2 or scale is None or scale.shape != quantised.shape[:1]:
        raise BadVectors(
            f"{name}: `quantised` is {quantised.dtype} {quantised.shape} and `scale` has shape "
            f"{getattr(scale, 'shape', None)}: give int8 (V, D) and one scale for each row."
        )
    return quantised * scale.astype(np.float32)[:, None]  # (V, D)
