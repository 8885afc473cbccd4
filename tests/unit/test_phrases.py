import random

import numpy as np
import pytest

from embedlab.phrases import every_other, join_phrases
from embedlab.reader import CorpusReader
from embedlab.text import END

TEXT = "I saw New York today. New York is big. We saw new York, I think. A new day today is big. We think. "


def plainly(sentences, delta, threshold):
    """The same, written as word2phrase.c does it: word by word, none joined twice."""
    counts, pairs, total = {}, {}, 0
    for words in sentences:
        for a in words:
            counts[a], total = counts.get(a, 0) + 1, total + 1
        for ab in zip(words, words[1:]):
            pairs[ab] = pairs.get(ab, 0) + 1
    out = []
    for words in sentences:
        out.append([])
        free = False  # whether the word before may still be joined
        for a, b in zip([None, *words], words):
            if free and (pairs[a, b] - delta) / counts[a] / counts[b] * total > threshold:
                out[-1][-1] += f"_{b}"
                free = False
            else:
                out[-1].append(b)
                free = True
    return out


def numbered(sentences):
    words = list(dict.fromkeys(word for sentence in sentences for word in sentence))
    return np.array([i for s in sentences for i in [*map(words.index, s), END]], np.int32), words


def in_words(ids, words):
    return " ".join(words[i] if i >= 0 else "." for i in ids)


def test_a_phrase_by_hand():
    # 23 words; new 4 times, york 3, both 3: (3 - 1) / (4 * 3) * 23 = 3.83; is big: (2 - 1) / (2 * 2) * 23 = 5.75
    reader = CorpusReader()
    reader.feed(TEXT)
    corpus = reader.finish(min_count=1, phrases_above=3.8)
    assert corpus.phrases == [("new_york", 3), ("is_big", 2)]
    assert corpus.vocabulary.words[0] == "new_york" and corpus.vocabulary.counts[0] == 3
    assert corpus.running_words == 23 - 5 and "york" in corpus.vocabulary.dropped and "new" in corpus.vocabulary
    assert [phrase for phrase, _ in reader.finish(min_count=1, phrases_above=3.9).phrases] == ["is_big"]
    assert reader.finish(min_count=1).phrases == [] and "york" in reader.finish(min_count=1).vocabulary


def test_any_text_is_joined_as_word_by_word():
    draw = random.Random(0)
    for _ in range(200):
        sentences = [draw.choices("abcde", [9, 3, 2, 1, 1], k=draw.randint(1, 9)) for _ in range(draw.randint(1, 12))]
        delta, threshold = draw.choice([0, 1, 2]), draw.choice([0.51, 1.01, 2.01])
        ids, words = numbered(sentences)
        joined, names, phrases = join_phrases(ids, words, delta, threshold)
        expected = plainly(sentences, delta, threshold)
        assert in_words(joined, names) == " ".join(f"{' '.join(s)} ." for s in expected)
        of_phrase = [word for sentence in expected for word in sentence if "_" in word]
        assert dict(phrases) == {word: of_phrase.count(word) for word in of_phrase}
        assert joined.dtype == np.int32


def test_a_phrase_that_the_text_has_as_a_word_becomes_that_word():
    ids, words = numbered([["new_york", "new", "york", "x"], ["y", "new", "york"]])
    joined, names, phrases = join_phrases(ids, words, 1, 1.7)  # (2 - 1) / (2 * 2) * 7 = 1.75
    assert names.count("new_york") == 1 and in_words(joined, names) == "new_york new_york x . y new_york ."
    assert phrases == [("new_york", 2)]


def test_nothing_to_join_changes_nothing():
    ids, words = numbered([["a"], ["b", "c"]])
    joined, names, phrases = join_phrases(ids, words, 5, 100)
    assert joined.tolist() == ids.tolist() and names == words and phrases == []


@pytest.mark.parametrize("marked,kept", [("0111101", "0101001"), ("111", "101"), ("", ""), ("000", "000")])
def test_every_other_of_a_run(marked, kept):
    assert every_other(np.array([*map(int, marked)], bool)).tolist() == [bool(int(mark)) for mark in kept]
