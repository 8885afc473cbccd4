import numpy as np
import pytest

from embedlab.subword import NgramVectors, fit, ngrams


def test_the_ngrams_of_a_word_by_hand():
    assert ngrams("cat") == ["<ca", "cat", "at>", "<cat", "cat>", "<cat>"]
    assert ngrams("aaaa", 3, 3) == ["<aa", "aaa", "aa>"]  # each once
    assert ngrams("a", 3, 6) == ["<a>"]


def test_a_word_within_a_longer_one_is_another_ngram_than_the_word():
    # the example of Bojanowski et al. 2017: the trigram "her" of "where" is not the word <her>
    assert "her" in ngrams("where") and "<her>" not in ngrams("where") and "<her>" in ngrams("her")


def test_a_vector_is_the_mean_of_the_known_ngrams():
    vectors = NgramVectors({"<ca": 0, "cat": 1, "xyz": 2}, np.array([[1.0, 0], [3, 2], [9, 9]]))
    assert vectors.vector("cat").tolist() == [2, 1]
    with pytest.raises(ValueError, match="“dog” has no n-gram in common"):
        vectors.vector("dog")


def design(words):
    """The matrix that takes n-gram vectors to the words' means: (W, G)."""
    every = list(dict.fromkeys(ngram for word in words for ngram in ngrams(word)))
    X = np.zeros((len(words), len(every)))
    for w, word in enumerate(words):
        for ngram in ngrams(word):
            X[w, every.index(ngram)] = 1 / len(ngrams(word))
    return X, every


WORDS = ["walk", "walks", "talk", "talked", "walking", "see"]
TARGETS = np.random.default_rng(0).normal(size=(6, 3))


def test_after_many_rounds_it_is_the_shortest_exact_solution():
    X, every = design(WORDS)
    fitted = fit(WORDS, TARGETS, epochs=300)
    assert list(fitted.rows) == every
    np.testing.assert_allclose(fitted.matrix, np.linalg.lstsq(X, TARGETS, rcond=None)[0], atol=1e-6)


def test_a_word_alone_is_met_exactly_in_its_first_step():
    fitted = fit(["walk"], TARGETS[:1], epochs=1)
    np.testing.assert_allclose(fitted.vector("walk"), TARGETS[0])
    np.testing.assert_allclose(fitted.matrix, np.tile(TARGETS[0], (len(fitted.rows), 1)))


def test_each_step_goes_down_the_gradient():
    X, _ = design(WORDS)
    errors = [((TARGETS - X @ fit(WORDS, TARGETS, epochs).matrix) ** 2).sum() for epochs in (1, 3, 20)]
    assert (TARGETS**2).sum() > errors[0] > errors[1] > errors[2]


def test_an_unseen_word_is_near_the_one_it_shares_ngrams_with():
    fitted = fit(WORDS, np.eye(6), epochs=20)
    assert fitted.vector("talking").argmax() == WORDS.index("walking")


def test_the_same_seed_gives_the_same_fit():
    np.testing.assert_array_equal(fit(WORDS, TARGETS, seed=3).matrix, fit(WORDS, TARGETS, seed=3).matrix)
    assert (fit(WORDS, TARGETS, seed=3).matrix != fit(WORDS, TARGETS, seed=4).matrix).any()


@pytest.mark.parametrize("words, targets", [([], np.zeros((0, 2))), (["a"], np.zeros((2, 2))), (["a"], np.zeros(1))])
def test_words_without_a_row_each_are_refused(words, targets):
    with pytest.raises(ValueError, match="give a row for each"):
        fit(words, targets)
