from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from embedlab.corpora import TOY_CONFIG, exercise_corpus, small_corpus, toy_corpus, unmixed_corpus
from embedlab.projection import silhouettes
from embedlab.sgns import Config, train
from embedlab.text import Vocabulary, tokenize
from embedlab.vectors import WordVectors


def kinds_of(corpus):
    """The category of each word of each sentence: a list of lists."""
    return [[corpus.categories[word] for word in sentence] for sentence in tokenize(corpus.text)]


def test_lists_of_a_category_and_mixtures_of_two_take_turns():
    corpus = toy_corpus()
    sentences, kinds = tokenize(corpus.text), kinds_of(corpus)
    assert len(sentences) == 100 and all(len(set(sentence)) == len(sentence) for sentence in sentences)
    for row in kinds[::2]:
        assert len(row) == 4 and len(set(row)) == 1 and row[0] != "connector"
    for a, b, connector, c, d in kinds[1::2]:
        assert connector == "connector" and a == b != c == d and "connector" not in (a, c)


def test_an_epoch_has_1500_pairs_and_the_figures_run_48000_steps():
    sentences = tokenize(toy_corpus().text)
    distances = [j - i for sentence in sentences for i in range(len(sentence)) for j in range(i + 1, len(sentence))]
    assert 2 * sum(distance <= TOY_CONFIG.window for distance in distances) == 1500
    assert 1500 * TOY_CONFIG.epochs == 48_000


def test_three_categories_of_four_and_three_connectors():
    kinds = list(toy_corpus().categories.values())
    assert sorted(kinds.count(kind) for kind in set(kinds)) == [3, 4, 4, 4] and kinds.count("connector") == 3
    assert Vocabulary.from_sentences(tokenize(toy_corpus().text)).counts.min() >= 15


def test_categories_their_pairs_and_connectors_take_turns():
    corpus = toy_corpus()
    lists = Counter(row[0] for row in kinds_of(corpus)[::2])
    meetings = Counter((row[0], row[3]) for row in kinds_of(corpus)[1::2])
    with_connector = Counter(
        (*sorted((row[0], row[3])), sentence[2])
        for row, sentence in zip(kinds_of(corpus)[1::2], tokenize(corpus.text)[1::2])
    )
    for counts, kinds in [(lists, 3), (meetings, 6), (with_connector, 9)]:
        assert len(counts) == kinds and max(counts.values()) - min(counts.values()) <= 1 + (kinds == 9)


def test_the_same_seed_writes_the_same_corpus():
    assert toy_corpus(3) == toy_corpus(3)
    assert toy_corpus(3).text != toy_corpus(4).text


@cache
def trained(seed, negatives):
    """(category words' U (12, 2), their categories, connectors' U (3, 2)) after the figure's run with other dice."""
    corpus = toy_corpus()
    sentences = tokenize(corpus.text)
    vocabulary = Vocabulary.from_sentences(sentences)
    config = replace(TOY_CONFIG, seed=seed, negatives=negatives)
    *_, last = train(sentences, vocabulary, config, chunks=48_000)
    kinds = np.array([corpus.categories[word] for word in vocabulary.words])
    words = kinds != "connector"
    return last.U[words], kinds[words], last.U[~words]


def largest_gap(X, labels, origin):
    """The largest angle between neighbouring directions from the origin to the groups' means, in degrees."""
    means = np.array([X[labels == label].mean(axis=0) for label in sorted(set(labels.tolist()))]) - origin
    angles = sorted(np.degrees(np.arctan2(means[:, 1], means[:, 0])))
    return max(b - a for a, b in zip(angles, [*angles[1:], angles[0] + 360]))


def test_largest_gap_by_hand():
    X, labels = np.array([[1.0, 0], [3, 0], [0, 2], [-1, -1]]), np.array(list("aabc"))
    assert largest_gap(X, labels, 0) == pytest.approx(135)  # at 0, 90 and 225 degrees
    assert largest_gap(X + 5, labels, 5) == pytest.approx(135)
    assert largest_gap(X[:3], labels[:3], 0) == pytest.approx(270)


@pytest.mark.parametrize("seed", range(10))
def test_with_one_negative_the_categories_form_a_star_with_the_connectors_in_its_middle(seed):
    X, kinds, connectors = trained(seed, negatives=1)
    centroid = X.mean(axis=0)
    assert silhouettes(X, kinds).mean() >= 0.85
    assert largest_gap(X, kinds, centroid) <= 130 and largest_gap(X, kinds, 0) <= 130  # 120: as even as can be
    far, near = (np.linalg.norm(vectors - centroid, axis=1).mean() for vectors in (X, connectors))
    assert near <= 0.25 * far and far > 1


def nearest_of_its_own(X, kinds):
    """Each word's distance to the nearest of its category, as a share of the words' distance from their centroid."""
    distances = np.linalg.norm(X[:, None] - X[None], axis=2)
    distances[(kinds[:, None] != kinds) | np.eye(len(X), dtype=bool)] = np.inf
    return distances.min(axis=1) / np.linalg.norm(X - X.mean(axis=0), axis=1).mean()


@pytest.mark.parametrize("seed", range(10))
def test_words_of_a_category_can_be_told_from_each_other(seed):
    apart = nearest_of_its_own(*trained(seed, negatives=1)[:2])
    assert apart.mean() > 0.1 and apart.min() > 0.008  # a single pair may come close, by chance


def test_in_the_run_that_the_page_opens_with_no_two_words_coincide():
    assert nearest_of_its_own(*trained(TOY_CONFIG.seed, TOY_CONFIG.negatives)[:2]).min() > 0.05


@pytest.mark.parametrize("seed", range(10))
def test_with_five_negatives_the_star_folds_to_one_side(seed):
    X, kinds, connectors = trained(seed, negatives=5)
    assert largest_gap(X, kinds, 0) >= 250  # 180 is a half-plane
    axis = X.mean(axis=0)
    assert (X @ axis > 0).all() and (connectors @ axis > 0).all()
    assert silhouettes(X, kinds).mean() >= 0.85


@pytest.mark.parametrize(
    "corpus,sentences,kinds",
    [
        (unmixed_corpus(), 100, dict(animals=4, colours=4, food=4, connector=3)),
        (exercise_corpus(), 36, dict(animals=3, vehicles=3, colours=3, connector=3)),
        (small_corpus(), 15, dict(animals=4, vehicles=4, colours=4, fruit=4, body=4, connector=2)),
    ],
)
def test_the_corpora_that_mix_no_categories_hold_every_word(corpus, sentences, kinds):
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
