"""What the embedding map shows at the start, and the plane it is drawn in; build.py makes its data with these."""
import numpy as np

from embedlab.projection import PCA
from embedlab.vectors import mean_offset_cosine, unit_rows

CATEGORIES = {
    "animals": "cat dog horse bird fish mouse lion tiger",
    "colours": "red blue green yellow black white purple",
    "countries": "france japan usa uk",
    "cities": "paris tokyo nyc london",
    "people": "king queen man woman boy girl prince princess",
    "food": "pizza sushi burger salad pasta",
    "professions": "doctor lawyer teacher engineer artist",
    "actions": "run walk jump swim fly",
    "comparatives": "big bigger small smaller happy happier",
}
CATEGORY_OF = {word: category for category, words in CATEGORIES.items() for word in words.split()}
START = list(CATEGORY_OF)
NAMES = {"france": "France", "japan": "Japan", "usa": "USA", "uk": "UK", "paris": "Paris", "tokyo": "Tokyo",
         "nyc": "NYC", "london": "London"}
ANALOGIES = {
    "gender": [("man", "woman"), ("king", "queen"), ("boy", "girl"), ("prince", "princess")],
    "royalty": [("man", "king"), ("woman", "queen"), ("boy", "prince"), ("girl", "princess")],
    "capitals": [("france", "paris"), ("japan", "tokyo"), ("uk", "london")],
    "comparatives": [("big", "bigger"), ("small", "smaller"), ("happy", "happier")],
}
PLANE_OF = ("gender", "capitals", "comparatives")     # the groups whose offsets the plane is made to keep ...
OFFSET_WEIGHT = 1.75                                 # ... each counting like a word this many offsets from the middle
NEIGHBOURS = 5
RANDOM_PAIRS = 500


def plane_of(vectors):
    """The PCA that the map is drawn in: of the starting words, and of three analogies' mean offsets, both ways.

    With the words alone the two components are spent on the categories, and a small but constant difference such
    as man → woman stands almost upright on the plane. This one keeps 24 % of the words' variance instead of 26 %.
    """
    words = np.array([vectors.vector(word) for word in START])                            # (V, D)
    offsets = np.array([np.mean([vectors.vector(b) - vectors.vector(a) for a, b in pairs], axis=0)
                        for pairs in map(ANALOGIES.get, PLANE_OF)]) * OFFSET_WEIGHT       # (groups, D)
    centre = words.mean(axis=0)
    return PCA(2).fit(np.vstack([words, centre + offsets, centre - offsets]))             # (V + 2 groups, D)


def neighbour_table(glove):
    """{word: [(neighbour, cosine)]} of the starting words, among all words of `glove`."""
    return {word: glove.neighbours(word, NEIGHBOURS) for word in START}


def offset_cosines(vectors, pca, pairs):
    """(in full, on the map): the mean cosine between the offsets of pairs of words; needs two pairs or more."""
    starts, ends = [np.array([vectors.vector(word) for word in words]) for words in zip(*pairs)]     # (P, D) each
    return (mean_offset_cosine(unit_rows(starts), unit_rows(ends)),
            mean_offset_cosine(pca.transform(starts), pca.transform(ends)))


def random_pairs(seed=0):
    """RANDOM_PAIRS pairs of different starting words: what `offset_cosines` gives for these is chance."""
    rng = np.random.default_rng(seed)
    return [tuple(START[i] for i in rng.choice(len(START), 2, replace=False)) for _ in range(RANDOM_PAIRS)]
