import numpy as np
import pytest

from embedlab.text import EmptyCorpus, Vocabulary, skipgram_pairs, tokenize
from embedlab.words import UnknownWord


def test_sentences_end_at_a_line_a_stop_or_a_mark():
    assert tokenize("The cat sat. Did it?\nYes!\n\n... no") == [["the", "cat", "sat"], ["did", "it"], ["yes"], ["no"]]


def test_apostrophes_and_hyphens_stay_inside_words_only():
    assert tokenize("Don't 'quote' well-known -- don’t rock-'n'-roll-") == [
        ["don't", "quote", "well-known", "don't", "rock", "n", "roll"]
    ]


def test_letters_of_any_script_and_digits_are_words_and_underscores_join_them():
    assert tokenize("Élan Straße 東京 42nd snake_case") == [["élan", "straße", "東京", "42nd", "snake_case"]]
    assert tokenize("e\u0301lan") == tokenize("\u00e9lan")  # accent apart, accent joined


@pytest.mark.parametrize("text", ["", " \n ", "... !?", "—_—"])
def test_a_text_without_words_has_no_sentences(text):
    assert tokenize(text) == []


def test_vocabulary_is_ordered_by_count_then_first_appearance():
    vocabulary = Vocabulary.from_sentences([["b", "a", "c"], ["c", "d"]])
    assert vocabulary.words == ["c", "b", "a", "d"]
    assert vocabulary.counts.tolist() == [2, 1, 1, 1] and vocabulary.counts.dtype == np.int64
    assert len(vocabulary) == 4 and "d" in vocabulary and "e" not in vocabulary
    assert [vocabulary.index(word) for word in vocabulary.words] == [0, 1, 2, 3]


def test_equally_frequent_words_keep_their_order_among_a_thousand_too():
    words = [f"w{i * 37 % 1000}" for i in range(1000)]
    counts = {word: 1 + i * i % 7 % 3 for i, word in enumerate(words)}
    vocabulary = Vocabulary.from_sentences([words, *([word] * (n - 1) for word, n in counts.items())])
    assert vocabulary.words == sorted(words, key=lambda word: -counts[word])  # sorted is stable


def test_encode_gives_ids_of_each_sentence():
    sentences = [["b", "a", "c"], ["c", "d"]]
    encoded = Vocabulary.from_sentences(sentences).encode(sentences)
    assert [ids.tolist() for ids in encoded] == [[1, 2, 0], [0, 3]]
    assert all(ids.dtype == np.int64 for ids in encoded)


def test_rare_words_are_dropped_when_asked_but_never_seen_ones_are_an_error():
    sentences = [["a", "rare", "b"], ["a", "b"]]
    vocabulary = Vocabulary.from_sentences(sentences, min_count=2)
    assert vocabulary.words == ["a", "b"] and vocabulary.dropped == {"rare"}
    assert [ids.tolist() for ids in vocabulary.encode(sentences)] == [[0, 1], [0, 1]]
    with pytest.raises(UnknownWord, match="“raer”"):
        vocabulary.encode([["a", "raer"]])


def test_an_unknown_word_is_named_with_its_closest_spelling():
    with pytest.raises(UnknownWord, match="“hors” is not among the 2 known words; did you mean horse?") as caught:
        Vocabulary.from_sentences([["horse", "dog"]]).index("hors")
    assert caught.value.suggestions == ["horse"]


@pytest.mark.parametrize("sentences", [[], [[]], [[], []]])
def test_an_empty_corpus_says_what_to_do(sentences):
    with pytest.raises(EmptyCorpus, match="holds no words: type or paste"):
        Vocabulary.from_sentences(sentences)


def test_a_min_count_above_all_counts_says_so():
    with pytest.raises(EmptyCorpus, match=r"min_count=5 times, the commonest \(“a”\) 2 times: lower min_count"):
        Vocabulary.from_sentences([["a", "a", "b"]], min_count=5)


def test_pairs_by_hand():
    # of 7 8 9 with window 1: 7 sees 8; 8 sees 7 and 9; 9 sees 8
    assert skipgram_pairs([np.array([7, 8, 9])], 1).tolist() == [[7, 8], [8, 7], [8, 9], [9, 8]]


@pytest.mark.parametrize("window", [1, 2, 3, 10])
def test_pairs_are_all_neighbours_within_the_window_and_never_cross_sentences(window):
    sentences = [np.arange(0, 6), np.arange(10, 11), np.arange(20, 24)]
    expected = {(i, j) for s in sentences for i in s for j in s if 0 < abs(i - j) <= window}
    pairs = skipgram_pairs(sentences, window)
    assert pairs.dtype == np.int64 and len(pairs) == len(expected)
    assert set(map(tuple, pairs.tolist())) == expected


def test_no_pairs_still_has_two_columns():
    assert skipgram_pairs([np.array([3])], 2).shape == (0, 2)


def test_a_window_of_zero_is_an_error():
    with pytest.raises(ValueError, match="window is 0: choose 1 or more"):
        skipgram_pairs([np.arange(3)], 0)
