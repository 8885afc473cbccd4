"""How good a model is while it trains: WordSim-353 and a sample of the analogies."""

import time
from math import nan

import numpy as np

from app.sources.packaged import QUESTIONS, WORDSIM
from embedlab.evaluate import analogies, folded_rows, parse_analogies, parse_pairs, word_pairs
from embedlab.numbers import counted
from embedlab.vectors import WordVectors

SHARE = 0.03  # of the time of training, at most
ASKED = 200  # analogies
AMONG = 5_000  # the most frequent words may be answers
STATE = ("done", "pairs", "analogies", "seconds")
LEAST = 20  # pairs or questions, for a score to mean anything


class SampleScores:
    """Asked of a Trainer now and then; texts: the test sets by file, None if they are not here.

    done: running words trained on; pairs: Spearman's rho; analogies: accuracy; NaN where the text has too few words.
    """

    def __init__(self, trainer, texts, past=None):
        """past: the `state` of a training that goes on."""
        self.trainer, self._seconds, self._here = trainer, 0.0, texts is not None
        self._pairs, self._questions = [], {}
        self._frequent = trainer.corpus.vocabulary.words[:AMONG]
        self.done, self.pairs, self.analogies = [], [], []
        if past is not None:
            self.done, self.pairs, self.analogies, self._seconds = (past[name] for name in STATE)
        if texts:
            self._take(parse_pairs(texts[WORDSIM]), parse_analogies(texts[QUESTIONS]))

    def state(self):
        """What it found so far: {name: JSON}."""
        return dict(zip(STATE, (self.done, self.pairs, self.analogies, self._seconds)))

    def _take(self, pairs, questions):
        """Keep what can be asked of this vocabulary."""
        rows = folded_rows(self.trainer.corpus.vocabulary.words)
        known = [pair for pair in pairs if {*map(str.casefold, pair[:2])} <= rows.keys()]
        self._pairs = known if len(known) >= LEAST else []
        self._ids = sorted({rows[word.casefold()] for pair in self._pairs for word in pair[:2]})
        self._questions = sample(questions, {*folded_rows(self._frequent)})

    @property
    def possible(self):
        """Whether this text has enough of the words that are asked about."""
        return bool(self._pairs or self._questions)

    def told(self):
        """What is asked, in words."""
        if not self._here:
            return "WordSim-353 and the analogies could not be loaded."
        asked = f"{counted(len(self._pairs), 'pair')} of WordSim-353" if self._pairs else ""
        questions = sum(map(len, self._questions.values()))
        among = f"the {len(self._frequent):,} most frequent words"
        sampled = f"{questions} analogies, answered by {among}" if questions else ""
        both = " and ".join(filter(None, (asked, sampled)))
        return f"{both or 'WordSim-353 and the analogies ask about words that this text has too few of'}."

    def due(self, seconds):
        """Whether it can be asked again, after so many seconds of training."""
        return self.possible and self._seconds <= SHARE * seconds

    def ask(self):
        """Score the vectors as they are."""
        began = time.monotonic()
        self.done.append(self.trainer.words_done)
        self.pairs.append(self._rho())
        self.analogies.append(self._accuracy())
        self._seconds += time.monotonic() - began

    def _rho(self):
        if not self._pairs:
            return nan
        words = [self.trainer.corpus.vocabulary.words[i] for i in self._ids]
        rho = word_pairs(WordVectors(words, self.trainer.U[self._ids]), self._pairs).rho
        return nan if rho is None else rho

    def _accuracy(self):
        if not self._questions:
            return nan
        vectors = WordVectors(self._frequent, self.trainer.U[: len(self._frequent)])
        *_, score = analogies(vectors, self._questions)
        return score.overall.accuracy

    def columns(self):
        """One row for each time that it was asked, for the page."""
        epoch = np.array(self.done, dtype=np.float32) / self.trainer.words_total * self.trainer.config.epochs
        return dict(epoch=epoch, pairs=self.pairs, analogies=self.analogies)


def sample(categories, known):
    """ASKED of the questions whose words are all known, without regard to case: {category: questions}.

    Always the same ones; none if there are fewer than LEAST.
    """
    possible = [
        (name, question)
        for name, questions in categories.items()
        for question in questions
        if {*map(str.casefold, question)} <= known
    ]
    if len(possible) < LEAST:
        return {}
    drawn = np.random.default_rng(0).choice(len(possible), min(ASKED, len(possible)), replace=False)
    found = {}
    for i in sorted(drawn.tolist()):
        found.setdefault(possible[i][0], []).append(possible[i][1])
    return found
