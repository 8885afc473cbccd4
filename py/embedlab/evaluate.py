"""How good word vectors are: their cosines against people's judgements, and analogy questions.

The test files are those that gensim carries: WordSim-353 (Finkelstein et al. 2002), SimLex-999 (Hill et al. 2015)
and questions-words (Mikolov et al. 2013). Words are compared without regard to case; of several spellings that differ
in case only, the most frequent one stands for all.

Axes: N pairs, n words that may be answers, W words asked about in one category, D dimensions, Q questions at a time.
"""

from collections import defaultdict
from dataclasses import astuple, dataclass
from math import isfinite

import numpy as np

STEP = 3_000_000  # numbers of a step, ten multiplications each in a product: well under 0.1 s in Pyodide


class BadTestSet(ValueError):
    """A test file that does not hold what it should; names the line."""


def folded_rows(words):
    """{word without regard to case: row of its most frequent spelling}."""
    rows = {}
    for row, word in enumerate(words):
        rows.setdefault(word.casefold(), row)
    return rows


def content(text):
    """(line number from 1, line) of those that are neither empty nor begin with #."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def parse_test_set(text):
    """What a test file holds, as `parse_analogies` gives it if its first line begins with : or has four words, else
    as `parse_pairs` does. Raises BadTestSet.
    """
    _, first = next(content(text), (0, ""))
    return parse_analogies(text) if first.startswith(":") or len(first.split()) == 4 else parse_pairs(text)


# -- word pairs --------------------------------------------------------------------------------------------------


def parse_pairs(text):
    """[(word, word, judgement)] of lines such as "tiger<TAB>cat<TAB>7.35"; the first line may hold headings.

    Instead of tabs there may be semicolons, commas or spaces. Raises BadTestSet.
    """
    lines = list(content(text))
    pairs = [pair_in(line) for _, line in lines]
    if pairs[1:] and not pairs[0] and pairs[1] and len(fields_of(lines[0][1])) == 3:
        lines, pairs = lines[1:], pairs[1:]
    for (number, line), pair in zip(lines, pairs):
        if not pair:
            raise BadTestSet(
                f"line {number} is “{line[:60]}”: it needs two words and a number, with tabs, commas or spaces between "
                f"them."
            )
    if not pairs:
        raise BadTestSet("there is nothing in it: write lines with two words and a number.")
    return pairs


def fields_of(line):
    """What stands between the separators of a line, the first of tab, semicolon, comma, space that it has."""
    return [field.strip() for field in line.split(next((mark for mark in "\t;," if mark in line), None))]


def pair_in(line):
    """(word, word, judgement) of a line, None if it does not hold these."""
    try:
        a, b, judgement = fields_of(line)
        judgement = float(judgement)
    except ValueError:
        return None
    return (a, b, judgement) if a and b and isfinite(judgement) else None


def ranks(x):
    """1 for the smallest of x (N,), N for the largest; equal ones share the mean of their ranks: (N,) float64."""
    _, group, size = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(size)  # of each group of equal values
    return (last - (size - 1) / 2)[group]  # (N,)


def spearman(x, y):
    """Spearman's rho of x and y (N,): the correlation of their ranks; None if either has fewer than two values."""
    X, Y = ranks(x), ranks(y)  # (N,) each
    if not len(X) or np.ptp(X) == 0 or np.ptp(Y) == 0:
        return None
    X, Y = X - X.mean(), Y - Y.mean()
    return float(X @ Y / np.sqrt((X @ X) * (Y @ Y)))


@dataclass(frozen=True)
class PairScore:
    """rho: Spearman's, over the `covered` pairs of `total` whose words are both known; None if there are too few."""

    rho: float | None
    covered: int
    total: int


def word_pairs(vectors, pairs):
    """PairScore of cosines against the judgements of `pairs`, as `parse_pairs` gives them."""
    rows = folded_rows(vectors.words)
    known = [
        (rows[a.casefold()], rows[b.casefold()], judgement)
        for a, b, judgement in pairs
        if a.casefold() in rows and b.casefold() in rows
    ]
    if not known:
        return PairScore(None, 0, len(pairs))
    A, B, judgements = zip(*known)
    cosines = (vectors.unit[list(A)] * vectors.unit[list(B)]).sum(axis=1)  # (N,)
    return PairScore(spearman(cosines, np.array(judgements)), len(known), len(pairs))


# -- analogies ---------------------------------------------------------------------------------------------------


def parse_analogies(text):
    """{category: [(a, b, c, answer)]} of lines ": category", each followed by its questions; raises BadTestSet."""
    categories, questions = {}, None
    for number, line in content(text):
        words = line.split()
        if line.startswith(":"):
            questions = categories.setdefault(line[1:].strip(), [])
        else:
            if len(words) != 4 or questions is None:
                raise BadTestSet(
                    f"line {number} is “{line[:60]}”: it needs four words, below a line such as “: family”."
                )
            questions.append(tuple(words))
    return categories


@dataclass(frozen=True)
class Tally:
    """Of a category's `total` questions (a, b, c, answer), `covered` have four known words, `asked` were asked so far.

    correct: right by 3CosAdd with a, b and c barred as answers, which is the usual score. How it comes about:
    kept: right with a, b and c kept as candidates; gives_b, gives_c: the word found then is b, or c, itself (Nissim,
    van Noord and van der Goot 2020; of a question with b = c both count); near_c: the answer is the nearest neighbour
    of c, c barred and a and b ignored, the baseline Only-B of Linzen (2016), whose b is our c.
    """

    correct: int
    asked: int
    covered: int
    total: int
    kept: int = 0
    gives_b: int = 0
    gives_c: int = 0
    near_c: int = 0

    @property
    def accuracy(self):
        """correct / asked, None before the first."""
        return self.share(self.correct)

    def share(self, count):
        """A count of the questions asked, as a part of them; None before the first."""
        return count / self.asked if self.asked else None

    def __add__(self, other):
        return Tally(*map(sum, zip(astuple(self), astuple(other))))


@dataclass(frozen=True)
class AnalogyScore:
    """categories: {name: Tally}; restricted_to: how many words may be answers."""

    categories: dict[str, Tally]
    restricted_to: int

    @property
    def overall(self):
        """The Tally of all categories together."""
        return sum(self.categories.values(), Tally(0, 0, 0, 0))


def analogies(vectors, categories, restrict_to=50_000):
    """Yields the AnalogyScore so far, again and again, last that of all questions; stop whenever you like.

    categories: as `parse_analogies` gives them. 3CosAdd with the three inputs excluded (Mikolov, Yih, Zweig 2013),
    among the first, so the most frequent, `restrict_to` words; a question with a word outside them is not asked.
    """
    rows = folded_rows(vectors.words[:restrict_to])
    place = {word: i for i, word in enumerate(rows)}  # among those that may be answers
    unit = vectors.unit[list(rows.values())]  # (n, D)
    known = {
        name: [
            [place[word.casefold()] for word in question]
            for question in questions
            if all(word.casefold() in place for word in question)
        ]
        for name, questions in categories.items()
    }
    tallies = {name: Tally(0, 0, len(known[name]), len(questions)) for name, questions in categories.items()}
    yield AnalogyScore(dict(tallies), len(unit))
    for name, questions in known.items():
        for tally in _answers(unit, np.array(questions, dtype=np.int64).reshape(-1, 4)):
            tallies[name] += tally
            yield AnalogyScore(dict(tallies), len(unit))


def _answers(unit, questions):
    """Tallies of the next ones asked, in steps, of questions (., 4): rows of `unit` (n, D).

    cos(x, b - a + c) is ranked as x.b - x.a + x.c, and a category has few words: each of these products is made once.
    """
    asked_about, local = np.unique(questions[:, :3], return_inverse=True)  # (W,)
    local = local.reshape(-1, 3)
    n, D = unit.shape
    products = np.empty((len(asked_about), n), dtype=np.float32)  # (W, n)
    nearest = np.empty(len(asked_about), dtype=np.int64)  # (W,)
    block = max(1, 10 * STEP // (n * D))
    for start in range(0, len(asked_about), block):
        words = asked_about[start : start + block]
        products[start : start + block] = unit[words] @ unit.T
        nearest[start : start + block] = _best_but(products[start : start + block], words[:, None])[0]
        yield Tally(0, 0, 0, 0)
    by_offset = defaultdict(list)
    for i, (a, b, _) in enumerate(local.tolist()):
        by_offset[a, b].append(i)
    block = max(1, STEP // n)
    for (a, b), group in by_offset.items():
        offset = products[b] - products[a]  # (n,)
        for start in range(0, len(group), block):
            Q = group[start : start + block]
            c = local[Q, 2]
            yield _tally(products[c] + offset, nearest[c], questions[Q])


def _best_but(scores, barred):
    """Of each row of scores (Q, n) the column of the highest but the barred ones (Q, k): (Q,), and that score: (Q,)."""
    rows = np.arange(len(scores))
    kept = scores[rows[:, None], barred]  # (Q, k)
    scores[rows[:, None], barred] = -np.inf
    best = scores.argmax(axis=1)
    highest = scores[rows, best]
    scores[rows[:, None], barred] = kept
    return best, highest


def _tally(scores, nearest, questions):
    """The Tally of questions (Q, 4) by the scores (Q, n) of all words, and the nearest to each c (Q,)."""
    inputs, (_, b, c, answer) = questions[:, :3], questions.T
    best, highest = _best_but(scores, inputs)  # (Q,) each
    found = np.column_stack([best, inputs])  # (Q, 4): one of these is the best of all
    values = np.column_stack([highest, scores[np.arange(len(scores))[:, None], inputs]])  # (Q, 4)
    among_all = np.where(values == values.max(axis=1, keepdims=True), found, scores.shape[1]).min(axis=1)  # (Q,)
    asks_back = (inputs == answer[:, None]).any(axis=1)  # (Q,): the answer is barred
    return Tally(
        correct=int(((best == answer) & ~asks_back).sum()),
        asked=len(questions),
        covered=0,
        total=0,
        kept=int((among_all == answer).sum()),
        gives_b=int((among_all == b).sum()),
        gives_c=int((among_all == c).sum()),
        near_c=int(((nearest == answer) & (c != answer)).sum()),
    )
