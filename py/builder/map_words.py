"""What the map needs before the 50,000 vectors are loaded: words, their neighbours, their vectors.

map.npz         the words drawn at the start, their neighbours, and more words of the same categories, packed
neighbours.json the neighbours of the words drawn at the start and their cosines
map-rows.json   map.npz for the page: {words, dim, rows: base64 of (W, D) int8, each row to be scaled to length 1;
                others: {category: words}, analogies: {group: pairs of others}}
"""

import base64
import json

from builder import glove
from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

VECTORS, NEIGHBOURS, ROWS = DATA / "map.npz", DATA / "neighbours.json", DATA / "map-rows.json"


def make():
    from app.sources.map_plane import neighbour_table
    from app.sources.map_words import START
    from app.sources.other_words import OTHER_CATEGORY_OF
    from embedlab.formats import load_packed

    vectors = load_packed(glove.FREQUENT)
    near = neighbour_table(vectors, START)
    words = list(dict.fromkeys([*START, *OTHER_CATEGORY_OF, *(word for pairs in near.values() for word, _ in pairs)]))
    glove.write_packed(VECTORS, words, vectors.matrix[vectors.indices(words)])
    write_whole(NEIGHBOURS, json.dumps(near, ensure_ascii=False).encode())
    write_whole(ROWS, json.dumps(rows_for_the_page(), ensure_ascii=False).encode())


def rows_for_the_page():
    """What map-rows.json holds."""
    import numpy as np

    from app.sources.other_words import OTHER_ANALOGIES, OTHERS
    from embedlab.formats import load_packed

    with np.load(VECTORS) as packed:
        quantised = packed["quantised"]  # (W, D) int8
    return dict(
        words=load_packed(VECTORS).words,
        dim=quantised.shape[1],
        rows=base64.b64encode(quantised.tobytes()).decode(),
        others={category: words.split() for category, words in OTHERS.items()},
        analogies=OTHER_ANALOGIES,
    )


STEP = Step(
    "map",
    make,
    (VECTORS, NEIGHBOURS, ROWS),
    ("builder.map_words", "embedlab.formats"),
    (glove.FREQUENT, PYTHON_LOCK),
    "Finding the neighbours of the map's words",
)
