"""The atlas: GloVe's 50,000 words laid out in the plane, with the class of each, as a file for the page's modules.

ATLAS is gzip of: a line of JSON, {"words": V, "scale": of a coordinate of INT16_MAX}, then V x int16, V y int16 and V
classes uint8, little-endian, then the words in UTF-8, a line each, the most frequent first.
"""

import gzip
import json

from builder import dictionary, glove, kernel, word_classes
from builder.project import DATA, NPM_LOCK, PYTHON_LOCK, write_whole
from builder.stamps import Step

ATLAS = DATA / "atlas.bin"


def make():
    from app.figures.atlas.lay_out import K
    from app.ui.packing import packed_positions
    from embedlab.formats import load_packed
    from embedlab.graph import neighbour_graph
    from embedlab.layout import layout, pca_start

    vectors = load_packed(glove.FREQUENT)
    start = pca_start(vectors.matrix)
    *_, frame = layout(neighbour_graph(vectors.matrix, K), start)
    senses = word_classes.senses()
    classes = bytes(word_classes.class_of(word, senses) for word in vectors.words)
    write_whole(ATLAS, pack(vectors.words, *packed_positions(frame.positions), classes))


def pack(words, positions, scale, classes):
    """The file's bytes. positions: (V, 2) int16; classes: V bytes."""
    head = json.dumps({"words": len(words), "scale": scale}).encode() + b"\n"
    parts = head, positions.T.astype("<i2").tobytes(), classes, "\n".join(words).encode()
    return gzip.compress(b"".join(parts), 9, mtime=0)


STEP = Step(
    "atlas",
    make,
    (ATLAS,),
    ("builder.atlas",),
    (glove.STEP.stamp, kernel.STEP.stamp, dictionary.STEP.stamp, NPM_LOCK, PYTHON_LOCK),
    "Laying out 50,000 words",
)
