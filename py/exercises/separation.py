"""Exercise 1: how well cosine tells categories apart.

Axes: W words, D dimensions.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from embedlab.vectors import unit_rows
from exercises.checking import Wrong, agree, call, expect, random_vectors

PASSED = (
    "`separation` holds for vocabularies in any order, categories of any size, vectors of any length, a vector "
    "of zeros and equal pairs."
)
NAMES = {
    "birds": ("owl", "crow", "wren", "gull"),
    "metals": ("iron", "tin", "zinc", "lead"),
    "tools": ("saw", "axe", "file", "drill"),
    "connector": ("and", "or", "nor", "yet"),
}
KEYS = ("within", "across", "connectors", "most", "least")


def check_separation(functions):
    rng = np.random.default_rng(1)
    for sizes, D in [((2, 2, 0, 1), 2), ((3, 2, 4, 2), 5), ((2, 4, 3, 3), 3)]:
        check_case(functions, *problem(rng, sizes, D))
    words, vectors, categories = problem(rng, (2, 2, 0, 1), 2)
    vectors[int(rng.integers(len(words)))] = 0
    check_case(functions, words, vectors, categories)
    words, vectors, categories = problem(rng, (2, 3, 2, 1), 3)
    vectors[[0, 3, 4]] = vectors[1] * [[2], [1], [3]]  # several pairs of cosine 1
    check_case(functions, words, vectors.astype(np.float32), categories)


def problem(rng, sizes, D):
    """words, in an order of their own; vectors (W, D); categories, in another."""
    chosen = {word: kind for (kind, names), size in zip(NAMES.items(), sizes) for word in names[:size]}
    words = [str(word) for word in rng.permutation(list(chosen))]
    return words, random_vectors(rng, len(words), D), {str(word): chosen[word] for word in rng.permutation(words)}


def check_case(functions, words, vectors, categories):
    inputs = {"words": words, "vectors": vectors, "categories": categories}
    given, _ = call(functions, "separation", inputs)
    if not isinstance(given, Mapping) or (missing := [key for key in KEYS if key not in given]):
        lacking = f"lacks {', '.join(missing)}" if isinstance(given, Mapping) else f"is {type(given).__name__}"
        raise Wrong(
            f"What `separation` gives {lacking}: it should be a dict with the keys {', '.join(KEYS)}.",
            inputs,
            {"yours": given},
        )
    unit = unit_rows(vectors.astype(np.float64))  # (W, D)
    cosines, products = unit @ unit.T, vectors @ vectors.T  # (W, W)
    kinds = [categories[word] for word in words]
    right, raw = means(cosines, kinds), means(products, kinds)
    slipped = means(cosines, kinds, connectors_are_a_category=True)
    with_itself = means(cosines, kinds, with_itself=True)
    for key, value in right.items():
        expect(
            given[key],
            value,
            f"“{key}”",
            inputs,
            {
                "the vectors keep their lengths: a cosine is the product of vectors scaled to length 1": raw[key],
                "each word is also paired with itself": with_itself[key],
                "the connectors are taken for one more category": slipped[key],
            },
        )
    off_diagonal = cosines[np.triu_indices(len(words), 1)]
    check_pair(given["most"], off_diagonal.max(), "most", cosines, inputs)
    check_pair(given["least"], off_diagonal.min(), "least", cosines, inputs)


def means(similarity, kinds, with_itself=False, connectors_are_a_category=False):
    """{"within", "across", "connectors"}: means of similarity (W, W) over the pairs of each sort."""
    sorts = {"within": [], "across": [], "connectors": []}
    for i, j in combinations(range(len(kinds)), 2):
        links = (kinds[i] == "connector") + (kinds[j] == "connector")
        if links and not connectors_are_a_category:
            sorts["connectors"] += [similarity[i, j]] * (links == 1)
        else:
            sorts["within" if kinds[i] == kinds[j] else "across"].append(similarity[i, j])
            sorts["connectors"] += [similarity[i, j]] * (links == 1)
    if with_itself:  # as the mean over a whole (W, W) mask does
        own = [similarity[i, i] for i, kind in enumerate(kinds) if kind != "connector"]
        sorts["within"] = sorts["within"] * 2 + own
    return {sort: float(np.mean(values)) for sort, values in sorts.items()}


def check_pair(given, best, key, cosines, inputs):
    """The two words of a pair in any order; any of several that are equally good."""
    words = inputs["words"]
    try:
        i, j = (words.index(word) for word in given)
    except (TypeError, ValueError):
        raise Wrong(f"“{key}” should be two of the words.", inputs, {"yours": given}) from None
    if i == j:
        raise Wrong(f"“{key}” pairs a word with itself: only pairs of different words count.", inputs, {"yours": given})
    if not agree(cosines[i, j], best):
        a, b = next((words[i], words[j]) for i, j in combinations(range(len(words)), 2) if cosines[i, j] == best)
        raise Wrong(
            f"“{key}” is another pair.",
            inputs,
            {"yours": given, "its cosine": cosines[i, j], "expected": (a, b), "cosine of that": best},
        )


CHECKS = {"separation": check_separation}
