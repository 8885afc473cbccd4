import numpy as np
import pytest

from embedlab.corpora import exercise_corpus, small_corpus, toy_corpus
from embedlab.sgns import Config, train
from embedlab.text import Vocabulary, tokenize
from embedlab.vectors import WordVectors


def silhouettes(X, labels):
    """(b - a) / max(a, b) of each point, a and b its mean distance to its own and the nearest other group.

    Rousseeuw 1987, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis".
    """
    labels = np.asarray(labels)
    distances = np.linalg.norm(X[:, None] - X[None], axis=2)
    values = []
    for i, label in enumerate(labels):
        own = labels == label
        own[i] = False
        a = distances[i, own].mean()
        b = min(distances[i, labels == other].mean() for other in set(labels.tolist()) - {label})
        values.append((b - a) / max(a, b))
    return np.array(values)


def test_silhouettes_by_hand():
    # on a line: group p at 0 and 2, group q at 5 and 9.
    # 0: a = 2, b = (5 + 9) / 2 = 7, (7 - 2) / 7;      2: a = 2, b = (3 + 7) / 2 = 5, (5 - 2) / 5
    # 5: a = 4, b = (5 + 3) / 2 = 4, 0;                9: a = 4, b = (9 + 7) / 2 = 8, (8 - 4) / 8
    X = np.array([[0.0], [2.0], [5.0], [9.0]])
    np.testing.assert_allclose(silhouettes(X, list("ppqq")), [5 / 7, 3 / 5, 0, 1 / 2])


def test_each_sentence_is_three_words_of_a_category_and_a_connector():
    corpus = toy_corpus()
    assert len(corpus.text.splitlines()) == 100
    for sentence in tokenize(corpus.text):
        kinds = [corpus.categories[word] for word in sentence]
        assert kinds[2] == "connector" and len({*kinds[:2], kinds[3]}) == 1
        assert len(set(sentence)) == 4


def test_three_categories_of_four_and_three_connectors():
    kinds = list(toy_corpus().categories.values())
    assert sorted(kinds.count(kind) for kind in set(kinds)) == [3, 4, 4, 4] and kinds.count("connector") == 3
    assert Vocabulary.from_sentences(tokenize(toy_corpus().text)).counts.min() >= 15


def test_connectors_are_spread_evenly_over_the_categories():
    corpus = toy_corpus()
    together = {}
    for sentence in tokenize(corpus.text):
        meeting = (corpus.categories[sentence[0]], sentence[2])
        together[meeting] = together.get(meeting, 0) + 1
    assert len(together) == 9 and max(together.values()) - min(together.values()) <= 1


def test_the_same_seed_writes_the_same_corpus():
    assert toy_corpus(3) == toy_corpus(3)
    assert toy_corpus(3).text != toy_corpus(4).text


@pytest.mark.parametrize("seed", range(10))
def test_categories_separate_and_connectors_stay_in_the_middle(seed):
    corpus = toy_corpus()
    sentences = tokenize(corpus.text)
    vocabulary = Vocabulary.from_sentences(sentences)
    *_, last = train(sentences, vocabulary, Config(seed=seed), chunks=48_000)
    kinds = np.array([corpus.categories[word] for word in vocabulary.words])
    category_words, connectors = last.U[kinds != "connector"], last.U[kinds == "connector"]
    centroid = category_words.mean(axis=0)
    assert silhouettes(category_words, kinds[kinds != "connector"]).mean() >= 0.7
    far, near = (np.linalg.norm(X - centroid, axis=1).mean() for X in (category_words, connectors))
    assert near < far


@pytest.mark.parametrize(
    "corpus,sentences,kinds",
    [
        (exercise_corpus(), 36, dict(animals=3, vehicles=3, colours=3, connector=3)),
        (small_corpus(), 15, dict(animals=4, vehicles=4, colours=4, fruit=4, body=4, connector=2)),
    ],
)
def test_the_smaller_corpora_hold_every_word(corpus, sentences, kinds):
    lines = tokenize(corpus.text)
    assert len(lines) == sentences and {word for line in lines for word in line} == set(corpus.categories)
    named = list(corpus.categories.values())
    assert {kind: named.count(kind) for kind in named} == kinds
    assert all(corpus.categories[line[0]] == corpus.categories[line[1]] == corpus.categories[line[3]] for line in lines)


def trained_vectors(corpus, **config):
    sentences = tokenize(corpus.text)
    vocabulary = Vocabulary.from_sentences(sentences)
    *_, last = train(sentences, vocabulary, Config(**config), chunks=48_000)
    return WordVectors(vocabulary.words, last.U)


def cosines(vectors, categories, alike):
    """Cosines of all pairs of category words, those of the same category or the others."""
    words = [word for word in vectors.words if categories[word] != "connector"]
    return np.array(
        [
            vectors.cosine(a, b)
            for i, a in enumerate(words)
            for b in words[:i]
            if (categories[a] == categories[b]) == alike
        ]
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "corpus,config", [(exercise_corpus(), dict(dim=8, epochs=50)), (small_corpus(), dict(dim=8, epochs=100))]
)
def test_any_two_words_of_a_category_are_closer_than_any_two_of_different_ones(corpus, config, seed):
    vectors = trained_vectors(corpus, **config, seed=seed)
    within, across = cosines(vectors, corpus.categories, True), cosines(vectors, corpus.categories, False)
    assert within.min() > across.max() and within.mean() > across.mean() + 0.25


def test_the_intruder_of_the_exercise_is_the_car():
    vectors = trained_vectors(exercise_corpus(), dim=8, epochs=50)
    assert vectors.odd_one_out(["cat", "dog", "fish", "car"])[0] == "car"
