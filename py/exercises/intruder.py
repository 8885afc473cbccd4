"""Exercise 2: the word that is least like the others.

Axes: n words of a question, D dimensions.
"""

import numpy as np

from embedlab.vectors import unit_rows
from exercises.checking import Wrong, agree, call, expect, random_vectors

PASSED = (
    "All three hold, for any number of words and vectors of any length. Since the averages are a rising function "
    "of the scores, both name the same word."
)
WORDS = ("oak", "elm", "ash", "fir", "yew", "bus", "box", "cup")


def problems(rng):
    """Sets of vectors (n, D), some of them special."""
    drawn = [random_vectors(rng, n, D) for n, D in [(3, 2), (4, 2), (5, 3), (8, 6)]]
    drawn.append(np.array([[1.0, 1], [2, 0], [0, 0], [1, 2]]))  # a word like nothing: cosine 0
    drawn.append(np.array([[0, 1.0], [0, 2], [0, -1], [0, -3]]))  # all equally odd
    return [*drawn, random_vectors(rng, 6, 4).astype(np.float32)]


def check_average_cosines(functions):
    for vectors in problems(np.random.default_rng(2)):
        check_averages(functions, vectors)


def check_intruder(functions):
    rng = np.random.default_rng(2)
    for vectors in problems(rng):
        check_name(functions, [str(word) for word in rng.permutation(WORDS)[: len(vectors)]], vectors)


def check_averages_from_mean(functions):
    for vectors in problems(np.random.default_rng(2)):
        if vectors.any(axis=1).all():
            check_conversion(functions, vectors)


def averages(products):
    """The mean of each row of (n, n) without its diagonal: (n,)."""
    return (products.sum(axis=1) - np.diag(products)) / (len(products) - 1)


def check_averages(functions, vectors):
    inputs = {"vectors": vectors}
    given, _ = call(functions, "average_cosines", inputs)
    unit, n = unit_rows(vectors.astype(np.float64)), len(vectors)
    cosines = unit @ unit.T  # (n, n)
    slips = {
        "the vectors keep their lengths": averages(vectors @ vectors.T),
        "each word's cosine with itself is counted too": cosines.mean(axis=1),
        "the sum over the others is divided by n instead of n − 1": averages(cosines) * (n - 1) / n,
    }
    expect(given, averages(cosines), "What `average_cosines` gives", inputs, slips)


def check_name(functions, words, vectors):
    inputs = {"words": words, "vectors": vectors}
    given, _ = call(functions, "intruder", inputs)
    unit = unit_rows(vectors.astype(np.float64))
    scores = averages(unit @ unit.T)  # (n,)
    table = {"average cosines": dict(zip(words, scores.tolist()))}
    if not isinstance(given, str) or given not in words:
        raise Wrong("`intruder` should give one of the words.", inputs, table | {"yours": given})
    if not agree(scores[words.index(given)], scores.min()):
        slip = " It is the word most like the others." if given == words[scores.argmax()] else ""
        raise Wrong(
            f"`intruder` names another word.{slip}",
            inputs,
            table | {"yours": given, "expected": words[scores.argmin()]},
        )


def check_conversion(functions, vectors):
    unit, n = unit_rows(vectors.astype(np.float64)), len(vectors)
    scores = unit @ unit.mean(axis=0)  # (n,)
    inputs = {"scores": scores}
    given, _ = call(functions, "averages_from_mean", inputs)
    slips = {
        "each word's cosine with itself, 1, is not taken off": scores * n / (n - 1),
        "the sum over the others is divided by n instead of n − 1": scores - 1 / n,
        "the scores are given back as they are": scores,
    }
    expect(given, averages(unit @ unit.T), "What `averages_from_mean` gives", inputs, slips)


CHECKS = {
    "average_cosines": check_average_cosines,
    "intruder": check_intruder,
    "averages_from_mean": check_averages_from_mean,
}
