"""What the map draws, as columns of its data sources."""

import numpy as np

from app.sources.map_plane import analogy_planes
from app.sources.map_words import ANALOGIES
from app.ui import palette

YOURS = "your pairs"  # the group of the user's own pairs
PAIR_COLUMNS = ["group", "colour", "dash", "start", "end", "x0", "y0", "x1", "y1", "full", "plane"]
NO_WORDS = dict(word=[], name=[], category=[], own=[], x=[], y=[], colour=[], marker=[], near=[], near_cosine=[])


def word_columns(projected, words, names, choice):
    """One row per word that `projected` has: its place on the default plane, its mark, neighbours if they are known.

    names: as they are written on the map; choice: a UserChoice, which knows their categories and which are the user's.
    The page moves the marks when another plane is chosen.
    """
    if not words:
        return NO_WORDS
    xy = projected.positions(words).astype(np.float32)  # (W, 2)
    near = [projected.near.get(word, []) for word in words]
    categories, own = [choice.category_of(word) for word in words], {*choice.own_words()}
    return dict(
        word=words,
        name=names,
        category=categories,
        own=[word in own for word in words],
        x=xy[:, 0],
        y=xy[:, 1],
        **palette.mark_columns(categories, choice.slots),
        near=[[projected.as_on_map(other) for other, _ in others] for others in near],
        near_cosine=[[cosine for _, cosine in others] for others in near],
    )


def pair_columns(projected, own_pairs, words=None):
    """One row per pair; its group's mean cosine between offsets in full and on the default plane, NaN for one pair.

    words: those on the map, where the analogies have only pairs of these.
    """
    groups = ANALOGIES
    if words is not None:
        groups = {group: [pair for pair in pairs if {*pair} <= {*words}] for group, pairs in groups.items()}
    groups = groups | ({YOURS: own_pairs} if own_pairs else {})
    rows = []
    for group, pairs in groups.items():
        cosines = projected.offset_cosines(pairs)
        for pair in projected.present_pairs(pairs):
            start, end = projected.positions(pair)  # (2,) each
            rows.append((group, *palette.GROUP_STYLES[group], *pair, *start, *end, *cosines))
    columns = zip(*rows) if rows else [()] * len(PAIR_COLUMNS)
    return dict(zip(PAIR_COLUMNS, map(list, columns)))


def plane_columns(projected, own_pairs=()):
    """The planes to choose from: names and their axes, (planes, 2 D) float32, first across, then up.

    The user's pairs have one of their own if there are two or more.
    """
    planes = projected.planes | analogy_planes(projected.vectors, {YOURS: own_pairs})
    return dict(name=list(planes), axes=np.stack([axes.ravel() for axes in planes.values()]).astype(np.float32))
