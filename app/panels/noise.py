"""The noise distribution of the dictionary: what its exponent does to frequent and to rare words.

Made at build, as rows of a table; static/panels/noise.js moves them, for the counts are all that it takes.
"""

import json

import numpy as np

from embedlab.sgns import noise_distribution

EXPONENTS = np.arange(21) / 20  # the slider's stops
RANKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)


def recorded(vocabulary):
    """{"words", "counts", "ranks" of some words; "first": the share of draws of the commonest word at each stop}."""
    V = len(vocabulary)
    ranks = [rank for rank in RANKS if rank < V] + [V]
    return dict(
        words=[vocabulary.words[rank - 1] for rank in ranks],
        counts=[int(vocabulary.counts[rank - 1]) for rank in ranks],
        ranks=ranks,
        first=[float(noise_distribution(vocabulary.counts, exponent)[0]) for exponent in EXPONENTS],
    )


def parts(data):
    """{place in noise.html: HTML}."""
    return {"rows": rows(data)}


def rows(data):
    """The table's body, a row a word: its name, rank and count; the shares are static/panels/noise.js's."""
    cells = "".join(
        f'<tr data-count="{count}"><th scope="row">{word}</th><td>{rank:,}</td><td>{count:,}</td><td></td>'
        "<td><span></span></td></tr>"
        for word, rank, count in zip(data["words"], data["ranks"], data["counts"])
    )
    first = json.dumps([float(f"{share:.6g}") for share in data["first"]], separators=(",", ":"))
    return f'<tbody data-first="{first}">{cells}</tbody>'
