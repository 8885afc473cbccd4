import numpy as np
import pytest

from embedlab.corpora import dictionary_sentences, pack, toy_corpus, unpack, unpacked_size
from embedlab.sgns import Config, train
from embedlab.text import Vocabulary, tokenize


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
    *_, last = train(sentences, vocabulary, Config(seed=seed), steps_per_chunk=48_000)
    kinds = np.array([corpus.categories[word] for word in vocabulary.words])
    category_words, connectors = last.U[kinds != "connector"], last.U[kinds == "connector"]
    centroid = category_words.mean(axis=0)
    assert silhouettes(category_words, kinds[kinds != "connector"]).mean() >= 0.7
    far = lambda X: np.linalg.norm(X - centroid, axis=1).mean()
    assert far(connectors) < far(category_words)


SENSES = '''\
  1 This software and database is being provided to you, the LICENSEE, by
00220330 04 n 02 deathblow 0 coup_de_grace 0 001 @ 00219879 n 0000 | the blow that kills (usually mercifully)  
00020447 00 s 0a out_of_reach(p) 0 b 0 c 1 d 0 e 0 f 0 g 0 h 0 i 0 j 0 001 & 1 a 0 | far; "is it in St. Louis?"; "no"  
'''


def test_a_sense_is_one_sentence_of_its_words_gloss_and_examples():
    # 0a is ten words, each followed by its number
    assert list(dictionary_sentences(SENSES)) == [
        "deathblow coup de grace the blow that kills (usually mercifully)",
        'out of reach b c d e f g h i j far; "is it in St Louis "; "no"']
    assert [len(tokenize(line)) for line in dictionary_sentences(SENSES)] == [1, 1]


def test_packed_text_comes_back_in_pieces_and_damage_is_told():
    text = "\n".join(f"é {i}" for i in range(9999))
    packed = pack(text)
    pieces = list(unpack(packed, step=1000))
    assert len(pieces) > 5 and b"".join(pieces).decode() == text and packed == pack(text)
    assert unpacked_size(packed) == len(text.encode())
    with pytest.raises(OSError, match="cut off: fetch it again"):
        list(unpack(packed[:-9]))
    with pytest.raises(OSError, match="damaged"):
        list(unpack(packed[:5000] + b"xx" + packed[5002:]))
    with pytest.raises(OSError, match="damaged"):
        list(unpack(b"<html>not found</html>"))
