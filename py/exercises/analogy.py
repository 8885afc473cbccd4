"""Exercise 4: the search behind "man is to king as woman is to ?".

Axes: V vocabulary, D dimensions.
"""

import numpy as np

from embedlab import vectors
from exercises.checking import Wrong, agree, call, expect, random_vectors

PASSED = "The search holds for vectors of any length, words in any order and inputs that repeat. On to 400,000 words."
WORDS = ("ant", "bee", "cow", "doe", "eel", "fox", "gnu", "hen", "ibis", "jay", "kid", "lark", "mole", "newt")
# V, D, which of a, b, c are the same, n, float type
SEARCHES = [
    (14, 4, (0, 1, 2), 6, np.float64),
    (5, 3, (0, 1, 2), 1, np.float64),
    (8, 2, (0, 1, 2), 4, np.float32),
    (6, 3, (0, 1, 0), 3, np.float64),
    (6, 3, (0, 0, 1), 3, np.float64),
    (8, 2, (0, 1, 1), 4, np.float32),
    *[(7, 2, (0, 1, 2), 4, np.float64)] * 3,
]  # n = all but the inputs, in the last ones


def check_unit_rows(functions):
    rng = np.random.default_rng(4)
    for V, D in [(3, 2), (5, 4)]:
        check_scaling(functions, random_vectors(rng, V, D))
    for dtype in (np.float32, np.int64):
        check_scaling(functions, np.array([[3, 4], [0, 0], [0, -2]], dtype=dtype))


def check_analogy(functions):
    rng = np.random.default_rng(4)
    for V, D, pattern, n, dtype in SEARCHES:
        words = [str(word) for word in rng.permutation(WORDS)[:V]]
        unit = vectors.unit_rows(rng.normal(size=(V, D))).astype(dtype)
        drawn = rng.permutation(words)
        check_search(functions, words, unit, *(str(drawn[i]) for i in pattern), n)
    words = [str(word) for word in rng.permutation(WORDS)[:6]]
    unit = vectors.unit_rows(rng.normal(size=(6, 2)))  # (6, 2)
    unit[4] = unit[3]  # two words share a vector
    check_search(functions, words, unit, *words[:3], 3)
    unit[5] = unit[1]  # one is just like b, but is not b
    check_search(functions, words, unit, *words[:3], 2)


def check_scaling(functions, matrix):
    inputs = {"matrix": matrix}
    given, _ = call(functions, "unit_rows", inputs)
    lengths = np.linalg.norm(matrix, axis=0)
    expect(
        given,
        vectors.unit_rows(matrix),
        "What `unit_rows` gives",
        inputs,
        {
            "the matrix is given back as it is": matrix,
            "the columns are scaled instead of the rows: `axis=1` goes along a row": matrix / lengths,
            "all rows are divided by the same number": matrix / np.linalg.norm(matrix),
            "rows are divided by their squared length": matrix
            / np.where(matrix.any(axis=1), (matrix**2).sum(axis=1), 1)[:, None],
        },
    )


def check_search(functions, words, unit, a, b, c, n):
    inputs = {"words": words, "unit": unit, "a": a, "b": b, "c": c, "n": n}
    given, _ = call(functions, "analogy", inputs)
    answers = listed(given)
    if isinstance(given, str) or not all(isinstance(word, str) and word in words for word in answers):
        raise Wrong("`analogy` should give a list of words of the vocabulary, best first.", inputs, {"yours": given})
    given = [str(word) for word in answers]
    A, B, C = (unit[words.index(word)].astype(np.float64) for word in (a, b, c))  # (D,) each
    scores = unit @ vectors.unit_rows((B - A + C)[None])[0]  # (V,)
    best = ranked(words, scores, {a, b, c})[:n]
    table = {
        "cosines with b − a + c": {word: float(score) for word, score in zip(words, scores)},
        "yours": given,
        "expected": best,
    }
    if inputs_given := {a, b, c} & set(given):
        raise Wrong(
            f"“{sorted(inputs_given)[0]}” is one of the three inputs, and those are no answers: leave them out.",
            inputs,
            table,
        )
    if len(given) != n or len(set(given)) < n:
        raise Wrong(f"`analogy` gives {len(set(given))} different words where `n` is {n}.", inputs, table)
    if not agree([scores[words.index(word)] for word in given], [scores[words.index(word)] for word in best]):
        slips = {
            "a and b change places": A - B + C,
            "c is taken off instead of added": B - A - C,
            "all three are added": A + B + C,
            "the question is put to b alone": B,
            "the question is put to c alone": C,
        }
        guess = next(
            (
                f" It is the answer if {slip}."
                for slip, vector in slips.items()
                if given == ranked(words, unit @ vector, {a, b, c})[:n]
            ),
            "",
        )
        if not guess and given == ranked(words, -scores, {a, b, c})[:n]:
            guess = " These are the words of lowest cosine."
        raise Wrong(
            f"These are not the {n} nearest to b − a + c.{guess}"
            if n > 1
            else f"This is not the word nearest to b − a + c.{guess}",
            inputs,
            table,
        )


def listed(given):
    """The user's answer as a list; [None] for what is none."""
    try:
        return list(given)
    except TypeError:
        return [None]


def ranked(words, scores, left_out):
    """The words by falling score (V,) without those left out."""
    return [words[i] for i in np.argsort(-scores, kind="stable") if words[i] not in left_out]


CHECKS = {"unit_rows": check_unit_rows, "analogy": check_analogy}
