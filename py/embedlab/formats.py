"""Word vectors as files: here the packed .npz that the page loads.

Axes: V vocabulary, D dimensions.
"""
import numpy as np

from embedlab.vectors import BadVectors, WordVectors

LARGEST = 127       # of a symmetric int8


def quantise(matrix):
    """Rows of matrix (V, D) as int8 (V, D) times scale (V,) float32, symmetric about 0; a zero row has scale 0."""
    scale = np.abs(matrix).max(axis=1) / LARGEST                          # (V,)
    steps = matrix / np.where(scale == 0, 1, scale)[:, None]              # (V, D), in -127..127
    return np.rint(steps).astype(np.int8), scale.astype(np.float32)


def save_packed(path, vectors):
    """Write WordVectors as a compressed .npz of int8 rows, their scales and the words; path: a name or a file."""
    quantised, scale = quantise(vectors.matrix)
    text = "\n".join(vectors.words).encode()
    np.savez_compressed(path, quantised=quantised, scale=scale, words=np.frombuffer(text, dtype=np.uint8))


def load_packed(path):
    """WordVectors from what `save_packed` wrote, a name or a binary file; raises BadVectors for anything else."""
    try:
        with np.load(path, allow_pickle=False) as packed:
            words = packed["words"].tobytes().decode().split("\n")
            return WordVectors.from_int8(words, packed["quantised"], packed["scale"])
    except FileNotFoundError:
        raise
    except Exception as error:      # a damaged file may fail anywhere in zip, zlib, npy or UTF-8
        raise BadVectors(f"{path} does not hold packed word vectors ({error}): fetch it again.") from error
