"""What the map needs before the 50,000 vectors are loaded: the words drawn, their neighbours, their vectors."""

import json

from builder import glove
from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

VECTORS, NEIGHBOURS = DATA / "map.npz", DATA / "neighbours.json"


def make():
    from app.sources.map_plane import neighbour_table
    from embedlab.formats import load_packed

    vectors = load_packed(glove.FREQUENT)
    near = neighbour_table(vectors)
    words = list(dict.fromkeys([*near, *(word for pairs in near.values() for word, _ in pairs)]))
    glove.write_packed(VECTORS, words, vectors.matrix[vectors.indices(words)])
    write_whole(NEIGHBOURS, json.dumps(near, ensure_ascii=False).encode())


STEP = Step(
    "map",
    make,
    (VECTORS, NEIGHBOURS),
    ("builder.map_words", "embedlab.formats"),
    (glove.FREQUENT, PYTHON_LOCK),
    "Finding the neighbours of the map's words",
)
