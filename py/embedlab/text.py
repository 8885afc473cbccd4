"""From text to training pairs: tokens, a vocabulary with counts, windows.

Axes: V vocabulary, W all distinct words, T time (position in a sentence or in a corpus), P pairs.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from embedlab.wordbreak import ENDS, tokens
from embedlab.words import WordList

END = -1  # stands in a Corpus's tokens where a sentence ends


class EmptyCorpus(ValueError):
    """A text from which nothing can be learnt."""


def tokenize(text, cut=None):
    """Lower-cased words of each sentence: list[list[str]], without empty sentences; `wordbreak` has the rules.

    "don't", "well-known", "new_york" and "3.14" are one word each. cut: as for wordbreak.tokens.
    """
    sentences = [[]]
    for token in tokens(text, cut):
        if token in ENDS:
            sentences.append([])
        else:
            sentences[-1].append(token)
    return [words for words in sentences if words]


class Vocabulary(WordList):
    """The distinct words of a corpus and how often each occurs.

    words: list[str], unique, position = id; counts: (V,) int64; dropped: frozenset of words left out.
    """

    def __init__(self, words, counts, dropped=()):
        super().__init__(words)
        self.counts = np.asarray(counts, dtype=np.int64)  # (V,)
        self.dropped = frozenset(dropped)

    @classmethod
    def from_sentences(cls, sentences, min_count=1):
        """Words by falling count, equally frequent ones by first appearance; those rarer than min_count dropped.

        Raises EmptyCorpus if no word is left.
        """
        counter = Counter(word for sentence in sentences for word in sentence)
        words, counts = list(counter), np.array(list(counter.values()), dtype=np.int64)
        frequent, rare = ranked(words, counts, min_count)
        return cls([words[i] for i in frequent], counts[frequent], dropped=[words[i] for i in rare])

    def encode(self, sentences):
        """Ids of each sentence: list of int64 (T,).

        Words dropped by min_count are left out before windows are cut, as in word2vec, so that their neighbours
        come closer together; any other word that is not in the vocabulary raises UnknownWord.
        """
        return [self.indices(word for word in sentence if word not in self.dropped) for sentence in sentences]


def ranked(words, counts, min_count):
    """Positions of the frequent words, by falling count (a stable sort), and of those rarer than min_count: int64 both.

    words: list[str] by first appearance; counts: (W,). Raises EmptyCorpus if there is no word or none is frequent.
    """
    if not len(words):
        raise EmptyCorpus("The text holds no words: type or paste a few sentences.")
    order = np.argsort(-counts, kind="stable").astype(np.int64)  # (W,)
    frequent = int((counts >= min_count).sum())
    if not frequent:
        raise EmptyCorpus(
            f"No word occurs min_count={min_count} times, the commonest (“{words[order[0]]}”) "
            f"{counts[order[0]]} times: lower min_count or use a longer text."
        )
    return order[:frequent], order[frequent:]


@dataclass(frozen=True)
class Corpus:
    """A text as numbers: tokens (T,) int32, each an id of `vocabulary` or END; every sentence ends with one END.

    vocabulary.counts are those of the ids in tokens. phrases: [(phrase, times)] that were joined from words; min_count:
    how often a word had to occur. Made by reader.CorpusReader.
    """

    tokens: np.ndarray
    vocabulary: Vocabulary
    phrases: list = field(default_factory=list)
    min_count: int = 1

    @property
    def running_words(self):
        return int(self.vocabulary.counts.sum())

    @property
    def sentences(self):
        return len(self.tokens) - self.running_words


def skipgram_pairs(sentences_of_ids, window):
    """All [centre, context] pairs at most `window` words apart in one sentence: (P, 2) int64, in reading order.

    This is the full window. word2vec.c draws a width from 1..window for each centre, which favours near words.
    Raises ValueError for a window below 1.
    """
    if window < 1:
        raise ValueError(f"window is {window}: choose 1 or more words on each side.")
    pairs = []
    for ids in sentences_of_ids:
        ids = [int(i) for i in ids]
        for t, centre in enumerate(ids):
            contexts = ids[max(0, t - window) : t] + ids[t + 1 : t + 1 + window]
            pairs += [(centre, context) for context in contexts]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)  # (P, 2)
