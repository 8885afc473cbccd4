import random
import time

import numpy as np
import pytest

from embedlab.words import UnknownWord, WordList, closest_spellings, edit_distances


def plain_levenshtein(a, b):
    if not a or not b:
        return len(a) + len(b)
    return min(
        plain_levenshtein(a[1:], b) + 1,
        plain_levenshtein(a, b[1:]) + 1,
        plain_levenshtein(a[1:], b[1:]) + (a[0] != b[0]),
    )


def test_edit_distances_by_hand():
    # kitten -> sitten -> sittin -> sitting; kitten -> kit by deleting three letters
    assert edit_distances("kitten", ["sitting", "kit", "kitten"]).tolist() == [3, 3, 0]


def test_edit_distances_agree_with_the_recursive_definition():
    draw = random.Random(0)
    words = ["".join(draw.choices("abé", k=draw.randint(1, 6))) for _ in range(40)]
    for word in words[:8]:
        assert edit_distances(word, words).tolist() == [plain_levenshtein(word, other) for other in words]


def test_closest_spellings_come_first_and_ties_keep_the_order_of_the_words():
    # from horsse: horse drops a letter; house, worse and morse also change one
    assert closest_spellings("horsse", ["house", "worse", "dog", "horse", "morse"]) == ["horse", "house", "worse"]


def test_short_words_are_allowed_one_edit_only():
    assert closest_spellings("dat", ["dot", "cat", "put", "a"]) == ["dot", "cat"]


def test_a_capital_or_a_wrong_first_letter_finds_its_word():
    assert closest_spellings("USA", ["uk", "usa", "spain"]) == ["usa"]
    assert closest_spellings("ping", ["queen", "king"]) == ["king"]


@pytest.mark.parametrize("word", ["", "x", "zzzzzz", "w" * 1000])
def test_nothing_similar_gives_no_suggestions(word):
    assert closest_spellings(word, ["horse", "yellow"]) == []


def test_unknown_word_names_the_word_and_the_suggestions():
    error = UnknownWord("hrose", ["horse", "dog"])
    assert (error.word, error.suggestions) == ("hrose", ["horse"])
    assert str(error) == "“hrose” is not among the 2 known words; did you mean horse?"
    assert "choose another word" in str(UnknownWord("xylophone", ["horse", "dog"]))


def test_a_word_list_gives_positions_and_names_what_it_does_not_know():
    words = WordList(["horse", "dog", "cat"])
    assert len(words) == 3 and "dog" in words and "hrose" not in words
    assert words.index("cat") == 2
    positions = words.indices(["cat", "horse", "cat"])
    assert positions.tolist() == [2, 0, 2] and positions.dtype == np.int64
    assert words.indices([]).shape == (0,) and words.indices([]).dtype == np.int64
    for ask in (lambda: words.index("hrose"), lambda: words.indices(["dog", "hrose"])):
        with pytest.raises(UnknownWord, match="“hrose” is not among the 3 known words; did you mean horse?"):
            ask()


def test_fifty_thousand_words_are_searched_quickly():
    draw = np.random.default_rng(0)
    letters = draw.integers(ord("a"), ord("z") + 1, (50_000, 10))
    words = ["".join(map(chr, row[: 3 + i % 8])) for i, row in enumerate(letters)]
    began = time.perf_counter()
    assert closest_spellings(words[4321] + "x", words)[0] == words[4321]
    assert time.perf_counter() - began < 2  # generous: a plain double loop takes far longer in the browser


COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"  # é as one character and as two


@pytest.mark.parametrize("known", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("asked", [COMPOSED, DECOMPOSED])
def test_a_word_is_found_however_its_accents_are_written(known, asked):
    words = WordList(["the", known])
    assert words.index(asked) == 1 and asked in words and words.indices([asked]).tolist() == [1]
    assert words.words[words.index(asked)] == known  # which stays as it was


def test_of_two_ways_of_writing_each_is_found_as_it_stands():
    words = WordList([DECOMPOSED, COMPOSED, "K", "\u212a"])  # the sign of kelvin is K in NFC
    assert [words.index(word) for word in words.words] == [0, 1, 2, 3]
    assert WordList(["\u212a"]).index("K") == 0
    assert "cafe" not in words
