"""What the panels show that JavaScript alone moves: counted and measured once, on a training of the dictionary.

It goes into index.html (chapter.py), never into the page's archives, for no Python of the page reads it.
"""

import json

from builder import dictionary, glove, kernel, test_sets
from builder.project import CACHE, PYTHON_LOCK, write_whole
from builder.stamps import Step

MADE = CACHE / "measured.json"
MIN_COUNT = 5  # with TrainConfig's defaults, what *Train your own* begins with, but for shared negatives
AT_ONCE = 1_000_000  # running words


def trained(shared_negatives=False):
    """The Trainer of the dictionary after its epochs: by the compiled kernel if there is one, else by NumPy."""
    from embedlab.dictionary import unpack
    from embedlab.reader import CorpusReader
    from embedlab.word2vec import TrainConfig, Trainer

    reader = CorpusReader()
    for piece in unpack(dictionary.SENTENCES.read_bytes()):
        reader.feed(piece)
    trainer = Trainer(reader.finish(MIN_COUNT), TrainConfig(shared_negatives=shared_negatives))
    while not trainer.done:
        trainer.advance(AT_ONCE)
    return trainer


def frequent_glove():
    """WordVectors of the 50,000 words that the page has."""
    from embedlab.formats import load_packed

    with open(glove.FREQUENT, "rb") as file:
        return load_packed(file)


def judged():
    """{test file: its pairs} of the two sets of word pairs."""
    from app.sources.packaged import SIMLEX, WORDSIM
    from embedlab.dictionary import unpack
    from embedlab.evaluate import parse_pairs

    texts = json.loads(b"".join(unpack(test_sets.PACKED.read_bytes())))
    return {name: parse_pairs(texts[name]) for name in (WORDSIM, SIMLEX)}


def make():
    from app.panels import cone, frequency, noise

    trainer = trained()
    shown = dict(
        noise=noise.recorded(trainer.corpus.vocabulary),
        cone=cone.recorded(trainer.U, trainer.V),
        frequency=frequency.recorded(trainer.corpus.vocabulary, trainer.U, trainer.V, frequent_glove(), judged()),
    )
    write_whole(MADE, json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())


def read():
    """{panel: what it shows} of the panels that need no Python in the page."""
    return json.loads(MADE.read_text(encoding="utf-8"))


STEP = Step(
    "measured",
    make,
    (MADE,),
    ("builder.measured",),
    (dictionary.SENTENCES, glove.FREQUENT, test_sets.PACKED, kernel.KERNEL / "kernel.c", kernel.HEADER, PYTHON_LOCK),
    "Training on the dictionary and measuring, for the panels",
)
