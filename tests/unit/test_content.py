"""Content words of made texts whose content is known."""

import numpy as np
import pytest

from embedlab.content import content_words, dispersion, groups_apart, own_company
from embedlab.reader import CorpusReader

TOPICS = ["ship sail harbour anchor", "oven flour dough bake", "goal referee striker pitch", "violin chord tempo flute"]
FILLERS = [f"filler{i}" for i in range(200)]
FREQUENCY = 1 / np.arange(1, 201)  # Zipf's law


def corpus_of(text, min_count=2):
    reader = CorpusReader()
    reader.feed(text)
    reader.finish()
    return reader.finish(min_count)


@pytest.fixture(scope="module")
def corpus():
    """A text of four topics, one after the other; around a content word stand others of its topic, and fillers."""
    rng = np.random.default_rng(0)
    sentences = []
    for topic in TOPICS:
        words = topic.split()
        for _ in range(250):
            sentence = rng.choice(FILLERS, 12, p=FREQUENCY / FREQUENCY.sum()).tolist()
            if rng.random() < 0.3:
                for place in (2, 4):
                    sentence[place] = str(rng.choice(words))
            sentences.append(" ".join(sentence))
    return corpus_of(". ".join(sentences))


def topical(corpus):
    """Ids of the topics' words, by falling count."""
    return [i for i, word in enumerate(corpus.vocabulary.words) if word in " ".join(TOPICS).split()]


def test_content_words_are_those_of_the_topics(corpus):
    found = set(content_words(corpus).tolist())
    assert found >= set(topical(corpus))
    assert len(found - set(topical(corpus))) < len(FILLERS) / 4


def test_each_group_is_a_topic_and_no_word_is_in_two(corpus):
    groups = groups_apart(corpus, topical(corpus), 4, 4)
    words = [[corpus.vocabulary.words[i] for i in group] for group in groups]
    assert sorted(map(sorted, words)) == sorted(sorted(topic.split()) for topic in TOPICS)


def test_the_first_groups_are_of_all_topics(corpus):
    led = [corpus.vocabulary.words[group[0]] for group in groups_apart(corpus, topical(corpus), 8, 2)[:4]]
    assert {topic for topic in TOPICS for word in led if word in topic.split()} == {*TOPICS}


def test_divergence_is_kullback_and_leiblers_less_the_bias():
    counts = np.array([[8.0, 0, 0], [2, 4, 2]])
    shares = counts.sum(axis=0) / counts.sum()
    by_hand = [
        sum(p * np.log(p / q) for p, q in zip(row / row.sum(), shares) if p) - (row > 0).sum() / 2 / row.sum()
        for row in counts
    ]
    np.testing.assert_allclose(own_company(counts), by_hand)


def test_a_word_that_comes_evenly_is_less_dispersed_than_one_in_a_burst():
    even, burst = ["even other"] * 500, ["thing other"] * 450 + ["burst other"] * 50
    corpus = corpus_of(". ".join(a + " " + b for a, b in zip(even, burst)))
    words = corpus.vocabulary.words
    found = dict(zip(words, dispersion(corpus, len(words))))
    assert found["even"] < 1 < found["burst"]


@pytest.mark.parametrize("text", ["one", "a b", "the cat sat. the dog sat.", "x " * 400 + "y"])
def test_a_short_text_may_have_none_but_is_no_error(text):
    reader = CorpusReader()
    reader.feed(text + " z w. z w")
    reader.finish()
    corpus = reader.finish(1)
    ids = content_words(corpus)
    assert set(ids) <= set(range(len(corpus.vocabulary)))
    assert sum(map(len, groups_apart(corpus, ids, 3, 2))) <= 6
