"""What the training section says of its models' scores, beside GloVe's."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.figures.training.settings import FOR_CORPUS
from app.figures.training.state import TrainingState
from app.sources import packaged
from app.sources.corpora import DICTIONARY
from embedlab import evaluate
from embedlab.formats import load_packed
from embedlab.vectors import WordVectors
from embedlab.word2vec import Trainer
from tests.bench_quality import dictionary
from tests.running import run

PAGE = (Path(__file__).resolve().parents[1] / "app" / "figures" / "training" / "training.html").read_text(
    encoding="utf-8"
)


def scores(vectors):
    """(SimLex-999, WordSim-353, analogies)."""
    sets = run(packaged.test_sets().get())
    simlex, wordsim = (
        evaluate.word_pairs(vectors, evaluate.parse_pairs(sets[name])).rho
        for name in ("simlex999.txt", "wordsim353.tsv")
    )
    *_, analogies = evaluate.analogies(vectors, evaluate.parse_analogies(sets["questions-words.txt"]))
    return simlex, wordsim, analogies.overall.accuracy


def trained(corpus, **settings):
    """Scores of a model of the dictionary, trained with the page's settings but for these."""
    suited = dict(FOR_CORPUS[DICTIONARY])
    assert suited.pop("min_count") == 5  # as dictionary() has it
    trainer = Trainer(corpus, replace(TrainingState().config(), **suited | settings))
    while not trainer.done:
        trainer.advance(1_000_000)
    return scores(WordVectors(corpus.vocabulary.words, trainer.U))


def test_the_small_model_beside_glove():
    assert (
        "By its centres u the small model equals it on similar words (SimLex-999), but not on related ones" in PAGE
        and "With ten epochs and ten negatives it passes it on both by u alone" in PAGE
        and "on analogies it stays far behind" in PAGE
    )
    glove, corpus = scores(load_packed(packaged.DATA / packaged.GLOVE)), dictionary()
    small, longer = trained(corpus), trained(corpus, epochs=10, negatives=10)
    assert small[0] == pytest.approx(glove[0], abs=0.02)
    assert small[1] < glove[1] - 0.03
    assert longer[0] > glove[0] + 0.02 and longer[1] > glove[1] + 0.02
    assert max(small[2], longer[2]) < glove[2] / 3
