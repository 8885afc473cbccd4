"""What the training figure keeps and shows of a run: frames of any words, scores on the way, numbers in bounds."""

import math

import numpy as np
import param
import pytest
from scipy.stats import spearmanr

from app.figures.training.chosen_words import WORDS, chosen
from app.figures.training.recording import Recording, TooRare
from app.figures.training.sample_scores import SampleScores
from app.sources import packaged
from app.sources.corpora import DICTIONARY, YOURS
from app.ui.numbers import number_field, refusal, written
from embedlab.reader import CorpusReader
from embedlab.vectors import WordVectors
from embedlab.word2vec import TrainConfig, Trainer
from embedlab.words import UnknownWord
from tests.running import run


def trainer_of(text, **settings):
    reader = CorpusReader()
    reader.feed(text)
    reader.finish()
    return Trainer(reader.finish(1), TrainConfig(**{"dim": 8, "epochs": 4, "sample": 0, **settings}))


@pytest.fixture
def trainer():
    words = [f"w{i}" for i in range(30)]
    rng = np.random.default_rng(0)
    return trainer_of(". ".join(" ".join(rng.choice(words, 8)) for _ in range(80)))


def recorded(trainer, words, probes, frames=4):
    recording = Recording(trainer, words, probes)
    for _ in range(frames):
        trainer.advance(200)
        recording.take(trainer, 1.0)
    return recording


# -- frames ------------------------------------------------------------------------------------------------------


def test_words_chosen_later_have_the_frames_that_they_would_have_had(trainer):
    begun = recorded(trainer_like(trainer), ["w1", "w2", "w3"], ["w4"])
    late = recorded(trainer, ["w5", "w6"], ["w7"])
    late.choose(["w1", "w2", "w3"], ["w4"])
    np.testing.assert_allclose(late.planes, begun.planes)
    assert late.near == begun.near and late.words == ["w1", "w2", "w3"]


def trainer_like(trainer):
    return Trainer(trainer.corpus, trainer.config)


def test_a_word_whose_past_was_not_kept_is_refused_and_what_was_shown_stays(trainer, monkeypatch):
    monkeypatch.setattr("app.figures.training.recording.KEPT", 2 * 61 * 8 * 10)  # bytes: the ten commonest words
    rare, rarer = trainer.corpus.vocabulary.words[20], trainer.corpus.vocabulary.words[21]
    recording = recorded(trainer, [rare, trainer.corpus.vocabulary.words[0]], [])
    with pytest.raises(TooRare, match=rarer):
        recording.choose([rarer], [])
    assert recording.words[0] == rare and len(recording.planes) == 4


def test_one_word_alone_has_a_place(trainer):
    assert np.array(recorded(trainer, ["w1"], []).planes).tolist() == [[[0.0, 0.0]]] * 4


def test_neighbours_are_by_cosine_and_without_the_word_itself(trainer):
    recording = recorded(trainer, ["w1", "w2"], ["w3"], frames=1)
    vectors = WordVectors(trainer.corpus.vocabulary.words, trainer.U)
    assert recording.near[0][0] == [word for word, _ in vectors.neighbours("w3", 6)]


# -- which words -------------------------------------------------------------------------------------------------


def test_our_words_for_our_texts_and_its_own_for_the_users():
    ours = " ".join(WORDS["animals"].split() + WORDS["food"].split())
    corpus = trainer_of(f"{ours}. " * 9 + "alpha beta gamma delta. " * 9).corpus
    assert chosen(corpus, DICTIONARY, "", "")[0] == ours.split()
    assert {"alpha", "beta", "gamma", "delta"} <= {*chosen(corpus, YOURS, "", "")[0]}
    assert chosen(corpus, YOURS, "cat, bread", "dog") == (["cat", "bread"], ["dog"])
    with pytest.raises(UnknownWord, match="unicorn"):
        chosen(corpus, YOURS, "unicorn", "")


def test_of_our_words_only_those_of_the_vocabulary_are_listed():
    corpus = trainer_of("cat dog horse bird fish lion red blue green yellow. " * 9).corpus  # neither bread nor doctor
    assert chosen(corpus, DICTIONARY, "", "")[1] == ["cat", "red"]


# -- scores ------------------------------------------------------------------------------------------------------


def test_scores_are_those_of_all_pairs_and_of_a_sample():
    tests = run(packaged.test_sets().get())
    pairs = [line.split("\t") for line in tests[packaged.WORDSIM].splitlines() if not line.startswith("#")]
    words = sorted({word.lower() for pair in pairs for word in pair[:2]})
    trainer = trainer_of(" ".join(words) + ". brother sister grandson granddaughter. " * 3)
    scores = SampleScores(trainer, tests)
    trainer.advance(100)
    scores.ask()
    unit = trainer.U / np.linalg.norm(trainer.U, axis=1, keepdims=True)
    index = trainer.corpus.vocabulary.index
    cosines = [
        unit[index(a.lower())] @ unit[index(b.lower())] for a, b, _ in pairs if {a.lower(), b.lower()} <= {*words}
    ]
    assert scores.pairs == [pytest.approx(spearmanr(cosines, [float(pair[2]) for pair in pairs]).statistic)]
    assert f"{len(pairs)} pairs" in scores.told() and scores.done == [trainer.words_done]


def test_a_text_without_their_words_is_not_asked(trainer):
    scores = SampleScores(trainer, run(packaged.test_sets().get()))
    assert not scores.possible and not scores.due(1e9) and "too few" in scores.told()
    assert "could not be loaded" in SampleScores(trainer, None).told()


def test_asking_takes_its_share_of_the_time_at_most(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("app.figures.training.sample_scores.time.monotonic", lambda: now[0])
    monkeypatch.setattr(SampleScores, "possible", True)
    monkeypatch.setattr(SampleScores, "_rho", lambda self: now.__setitem__(0, now[0] + 0.3) or math.nan)
    scores = SampleScores(trainer_of("a b c. " * 9), None)
    assert scores.due(0.1)
    scores.ask()
    assert not scores.due(9.9) and scores.due(10.1)  # 0.3 s are three per cent of 10


# -- numbers -----------------------------------------------------------------------------------------------------


class Numbers(param.Parameterized):
    dim = param.Integer(50, bounds=(1, 300), label="Dimensions")
    sample = param.Number(0.001, bounds=(0.0, 1.0), label="Subsampling")
    count = param.Integer(10_000, bounds=(1, 20_000), label="Count")


@pytest.mark.parametrize("typed", [None, 0, 301, 5000, 1e9, 2.5, -3, math.inf, math.nan])
def test_what_is_out_of_range_is_told_and_what_was_there_stays(typed):
    numbers = Numbers()
    line, told = number_field(numbers.param.dim, "tag", False, "How many numbers.")
    assert told.value == "How many numbers."
    line.value = typed
    assert numbers.dim == 50 and line.value == 50
    assert told.value == "A whole number from 1 to 300: 50 is kept."
    line.value = 60
    assert numbers.dim == 60 and type(numbers.dim) is int and told.value == "How many numbers."
    numbers.dim = 70
    assert line.value == 70


def test_numbers_are_written_alike():
    assert [written(x) for x in (10_000, 0.025, -0.36, 1.0)] == ["10,000", "0.025", "−0.36", "1"]
    assert refusal(Numbers.param.count, None) == "A whole number from 1 to 20,000"
    assert refusal(Numbers.param.sample, 1.5) == "A number from 0 to 1" and refusal(Numbers.param.sample, 0.5) is None
