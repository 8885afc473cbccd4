"""What the map draws, as columns of its data sources."""

import numpy as np

from app.sources.map_words import ANALOGIES, category_of, shown_name
from app.ui import palette

YOURS = "your pairs"  # the group of the user's own pairs
PAIR_COLUMNS = [
    "group",
    "colour",
    "start",
    "end",
    "x0",
    "y0",
    "x1",
    "y1",
    "full",
    "plane",
    "chance_full",
    "chance_plane",
]


def word_columns(vectors, words):
    """One row per word that `vectors`, a ProjectedVectors, has: its place, its mark, its neighbours."""
    xy = vectors.positions(words).astype(np.float32) if words else np.empty((0, 2), np.float32)
    near = [vectors.near[word] for word in words]
    near_xy = [vectors.positions([other for other, _ in others]).round(3) for others in near]
    categories = [category_of(word) for word in words]
    return dict(
        word=words,
        name=[shown_name(word) for word in words],
        category=categories,
        x=xy[:, 0],
        y=xy[:, 1],
        **palette.mark_columns(categories),
        near=[[shown_name(other) for other, _ in others] for others in near],
        near_cosine=[[round(cosine, 3) for _, cosine in others] for others in near],
        near_x=[xy[:, 0].tolist() for xy in near_xy],
        near_y=[xy[:, 1].tolist() for xy in near_xy],
    )


def pair_columns(vectors, own_pairs):
    """One row per pair; its group's mean cosine between offsets in full and on the map is NaN for a single pair."""
    groups = ANALOGIES | ({YOURS: own_pairs} if own_pairs else {})
    rows = []
    for group, pairs in groups.items():
        cosines = vectors.offset_cosines(pairs)
        for pair in vectors.present_pairs(pairs):
            start, end = vectors.positions(pair)  # (2,) each
            rows.append((group, palette.GROUP_COLOURS[group], *pair, *start, *end, *cosines, *vectors.chance))
    columns = zip(*rows) if rows else [()] * len(PAIR_COLUMNS)
    return dict(zip(PAIR_COLUMNS, map(list, columns)))
