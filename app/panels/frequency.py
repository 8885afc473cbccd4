"""What frequency does to vectors: their length, the cosine of two random words, the common direction, hubs.

Measured at build, as rows of tables; static/panels/frequency.js draws the lengths and moves the slider.
Axes: V vocabulary, D dimensions.
"""

import numpy as np

from app.sources.packaged import SIMLEX, WORDSIM
from embedlab.evaluate import spearman, word_pairs
from embedlab.isotropy import all_but_the_top, mean_cosine, neighbour_counts
from embedlab.numbers import counted, decimal
from embedlab.vectors import WordVectors

SHOWN = 120  # words whose lengths are drawn, at even steps of the logarithm of their rank
BANDS = (5, 10, 30, 100, 300, 1000)  # counts at which a band begins
STEPS = (None, *range(11))  # of all-but-the-top: as it is, then the mean removed with the first 0 .. 10 directions
TESTS = {"wordsim": WORDSIM, "simlex": SIMLEX}
AMONG, LISTED = 20_000, 10  # hubs: of so many words, how often each is in a list of so many
AFTER = 3  # directions, where the hubs are counted again
HUBS = 5  # the largest, before and after


def recorded(vocabulary, U, V, glove, tests):
    """U, V: (V, D) each of the dictionary's model; glove: WordVectors; tests: {test file: pairs}."""
    counts, lengths = np.asarray(vocabulary.counts), np.linalg.norm(U, axis=1)  # (V,) each
    ranks = np.unique(np.geomspace(1, len(counts), SHOWN).round().astype(int)) - 1
    return dict(
        words=[[vocabulary.words[i], int(counts[i]), float(lengths[i])] for i in ranks],
        spearman=spearman(lengths, counts),
        size=len(counts),
        bands=bands(counts, U),
        added=bands(counts, U + V),
        steps=dict(glove=steps(glove, tests), dictionary=steps(WordVectors(vocabulary.words, U), tests)),
        hubs=hubs(glove),
    )


def bands(counts, X):
    """[first count, words, mean cosine of two of them] of each band of counts."""
    ends = [*BANDS[1:], np.inf]
    chosen = [X[(counts >= first) & (counts < end)] for first, end in zip(BANDS, ends)]
    return [[first, len(rows), mean_cosine(rows)] for first, rows in zip(BANDS, chosen)]


def without(vectors, step):
    """The matrix of a WordVectors as a step of STEPS leaves it: (V, D)."""
    return vectors.matrix if step is None else all_but_the_top(vectors.matrix, step)


def steps(vectors, tests):
    """{test or "cosine": its value at each of STEPS}: Spearman's rho, and the mean cosine of two random words."""
    found = {name: [] for name in (*TESTS, "cosine")}
    for step in STEPS:
        changed = WordVectors(vectors.words, without(vectors, step))
        for name, file in TESTS.items():
            found[name].append(word_pairs(changed, tests[file]).rho)
        found["cosine"].append(mean_cosine(changed.matrix))
    return found


def hubs(glove):
    """{"largest": [word, lists as it is, lists after]; "none": [words in no list, before and after]}."""
    before, after = (neighbour_counts(without(glove, step)[:AMONG], LISTED) for step in (None, AFTER))
    top = [np.argsort(-found, kind="stable")[:HUBS] for found in (before, after)]
    rows = dict.fromkeys(np.concatenate(top).tolist())  # each once, in this order
    return dict(
        largest=[[glove.words[i], int(before[i]), int(after[i])] for i in rows],
        none=[int((found == 0).sum()) for found in (before, after)],
    )


def parts(data):
    """{place in frequency.html: HTML}."""
    word, _, length = data["words"][0]
    added = [cosine for *_, cosine in data["added"]]
    return dict(
        spearman=decimal(data["spearman"], 2),
        commonest=f"<em>{word}</em> has {length:.2f}",
        added=f"{decimal(min(added), 2)} to {decimal(max(added), 2)}",
        size=f"{data['size']:,}",
        words="".join(
            f'<tr><th scope="row">{word}</th><td>{count:,}</td><td>{length:.2f}</td></tr>'
            for word, count, length in data["words"]
        ),
        bands="".join(
            f'<tr><th scope="row">{band}</th><td>{words:,}</td><td>{decimal(cosine, 2)}</td>'
            f'<td><span style="--part: {cosine:.3f}"></span></td></tr>'
            for band, (_, words, cosine) in zip(band_names(), data["bands"])
        ),
        steps="".join(
            f'<tr><th scope="row">{step_name(step)}</th>'
            + "".join(
                f"<td>{decimal(values[name][i], 3)}</td>"
                for values in data["steps"].values()
                for name in (*TESTS, "cosine")
            )
            + "</tr>"
            for i, step in enumerate(STEPS)
        ),
        hubs="".join(
            f'<tr><th scope="row">{word}</th><td>{before}</td><td>{after}</td></tr>'
            for word, before, after in data["hubs"]["largest"]
        ),
        none="".join(f"<td>{count}</td>" for count in data["hubs"]["none"]),
    )


def band_names():
    """The bands in words: 5 to 9, ..., 1,000 and more."""
    return [*(f"{first} to {end - 1}" for first, end in zip(BANDS, BANDS[1:])), f"{BANDS[-1]:,} and more"]


def step_name(step):
    """A step of STEPS in words."""
    if step is None:
        return "as it is"
    return "mean" if step == 0 else f"mean and {counted(step, 'direction')}"
