"""Two tables, one cone: U stretched and V shrunk along one direction, at the same loss (Mimno and Thompson 2017).

Trained at build, as rows of a table; static/panels/cone.js moves them and works out the loss and the cosines.
Axes: V vocabulary, D dimensions.
"""

import json

import numpy as np

from app.ui import palette
from embedlab.corpora import small_corpus
from embedlab.numbers import decimal
from embedlab.pmi import cooccurrence
from embedlab.projection import PCA
from embedlab.sgns import Config, train
from embedlab.text import Vocabulary, tokenize
from embedlab.vectors import unit_rows

CONFIG = Config(dim=8, window=3, negatives=5, epochs=100, seed=0)  # the chapter's cell `train`
DIGITS = 4  # of the numbers in the table
LOOKS = {  # of the small corpus's categories: colours and marks of the map's
    "animals": palette.style("animals"),
    "vehicles": palette.style("cities"),
    "colours": palette.style("colours"),
    "fruit": palette.style("food"),
    "body": palette.style("countries"),
    "connector": (palette.FAINT, "hex"),
}


def trained():
    """(corpus, sentences, vocabulary, U, V) of the small corpus; U and V: (V, D)."""
    corpus = small_corpus()
    sentences = tokenize(corpus.text)
    vocabulary = Vocabulary.from_sentences(sentences)
    for chunk in train(sentences, vocabulary, CONFIG):
        U, V = chunk.U, chunk.V
    return corpus, sentences, vocabulary, U, V


def means_cosine(U, V):
    """The cosine of the mean row of U with that of V, a float."""
    u, v = unit_rows(np.stack([U.mean(axis=0), V.mean(axis=0)]).astype(np.float64))
    return float(u @ v)


def up(U):
    """The direction at right angles to U's mean along which its rows differ most: (D,), of length 1."""
    mean = unit_rows(U.mean(axis=0)[None])[0]
    return PCA(1).fit(U - np.outer(U @ mean, mean)).axes[0]


def recorded(dictionary_U, dictionary_V):
    """The small corpus's words with their rows, its counts of pairs, the drawing's second axis; of the dictionary's
    model, the words, the dimensions and the cosine of the two means."""
    corpus, sentences, vocabulary, U, V = trained()
    pairs = cooccurrence(vocabulary.encode(sentences), len(vocabulary), CONFIG.window)  # (V, V)
    return dict(
        words=vocabulary.words,
        kinds=[corpus.categories[word] for word in vocabulary.words],
        counts=np.asarray(vocabulary.counts).tolist(),
        U=U.round(DIGITS).tolist(),
        V=V.round(DIGITS).tolist(),
        pairs=pairs.astype(int).ravel().tolist(),
        up=up(U).round(DIGITS).tolist(),
        dictionary=[*dictionary_U.shape, means_cosine(dictionary_U, dictionary_V)],
    )


def parts(data):
    """{place in cone.html: HTML}."""
    V, D, cosine = data["dictionary"]
    means = f"over its {V:,} words in {D} dimensions, the cosine of mean u and mean v is {decimal(cosine, 3)}"
    return dict(rows=rows(data), legend=legend(), dictionary=means)


def rows(data):
    """The table's body, a row a word; what else the drawing and the loss need is in its data- attributes."""
    numbers = [" ".join(decimal(x, DIGITS) for x in row) for name in "UV" for row in data[name]]
    words = len(data["words"])
    cells = "".join(
        f'<tr data-colour="{LOOKS[kind][0]}" data-mark="{LOOKS[kind][1]}"><th scope="row">{word}</th><td>{kind}</td>'
        f"<td>{count}</td><td>{u}</td><td>{v}</td></tr>"
        for word, kind, count, u, v in zip(
            data["words"], data["kinds"], data["counts"], numbers[:words], numbers[words:]
        )
    )
    pairs, second = (json.dumps(data[name], separators=(",", ":")) for name in ("pairs", "up"))
    return f'<tbody data-pairs="{pairs}" data-up="{second}" data-k="{CONFIG.negatives}">{cells}</tbody>'


def legend():
    """Items of a list: the categories with their marks."""
    return "".join(
        f'<li><svg viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true" focusable="false">'
        f'<path d="{palette.PATHS[mark]}" fill="{colour}"/></svg> {kind}</li>'
        for kind, (colour, mark) in LOOKS.items()
    )
