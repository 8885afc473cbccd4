"""What the commands do: a text into a corpus, a training with its progress, questions to a file of vectors."""

import time
from math import inf

from embedlab import evaluate, formats
from embedlab.reader import CorpusReader
from embedlab.vectors import WordVectors
from embedlab.word2vec import Trainer

FORMS = {".bin": "word2vec-binary", ".txt": "word2vec-text", ".vec": "word2vec-text", ".npz": "npz"}  # by a name's end
PIECE = 1 << 20  # bytes read at a time
TURN = 0.2  # seconds of training between two reports
PLAIN = 10  # seconds between two lines, where there is no terminal
WIDTH = 30  # of the bar


class Question(ValueError):
    """Words with signs between them that make no sum."""


def read_text(path, min_count):
    """The Corpus of a file of any size; raises OSError, and BadText or EmptyCorpus with the name of the file."""
    reader = CorpusReader(largest=inf)
    with open(path, "rb") as file:
        try:
            while piece := file.read(PIECE):
                reader.feed(piece)
            return reader.finish(min_count)
        except ValueError as error:
            raise type(error)(f"{path}: {error}") from None


def train(corpus, config, report):
    """(Trainer, whether Ctrl-C ended it early); report(Progress, words a second, last) is called on the way."""
    trainer, turn = Trainer(corpus, config), 10_000
    start, stopped = time.monotonic(), False
    try:
        while not trainer.done:
            before = time.monotonic()
            progress = trainer.advance(turn)
            now = time.monotonic()
            report(progress, trainer.words_done / max(now - start, 1e-9), trainer.done)
            turn = max(1000, int(turn * min(2, TURN / max(now - before, 1e-9))))
    except KeyboardInterrupt:
        stopped = True
        report.end()
    return trainer, stopped


class Bar:
    """The progress of a training: a line that is written over on a terminal, else a line now and then."""

    def __init__(self, stream):
        self._stream, self._terminal, self._told, self._open = stream, stream.isatty(), 0.0, False

    def __call__(self, progress, speed, last):
        done = progress.words_done / progress.words_total
        left = (progress.words_total - progress.words_done) / speed
        words = f"{done:4.0%}  loss {progress.loss:.3f}  {speed / 1000:,.0f} thousand words/s"
        if self._terminal:
            bar = ("#" * round(done * WIDTH)).ljust(WIDTH, ".")
            self._open = True  # before it is written: Ctrl-C may come at once
            self._write(f"\r{bar} {words}  {f'{left:.0f} s left' if not last else ''}\x1b[K")
            if last:
                self.end()
        elif last or time.monotonic() - self._told > PLAIN:
            self._told = time.monotonic()
            self._write(f"{words}\n")

    def end(self):
        if self._open:
            self._write("\n")
        self._open = False

    def _write(self, text):
        self._stream.write(text)
        self._stream.flush()


def form_of(path):
    """The form of a file by its name; raises ValueError for another ending."""
    if path.suffix not in FORMS:
        raise ValueError(f"{path}: how a file ends says what it becomes; choose {', '.join(FORMS)}.")
    return FORMS[path.suffix]


def save(path, words, matrix):
    """Write vectors, whole or not at all."""
    aside = path.with_name(f"{path.name}.part")
    try:
        with open(aside, "wb") as file:
            for piece in formats.writing(WordVectors(words, matrix), form_of(path)):
                file.write(piece)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def read_vectors(path):
    """The WordVectors of a file; raises OSError, BadVectors."""
    return formats.load(path.read_bytes(), str(path)).vectors


def answers(vectors, question, n):
    """[(word, cosine)] of the n words nearest to a word or a sum of unit vectors such as "king - man + woman".

    The words of the question are left out. Raises Question, UnknownWord.
    """
    tokens = [token.replace("−", "-") for token in question.split()]
    if tokens[0] not in "+-":
        tokens.insert(0, "+")
    signs, words = tokens[::2], tokens[1::2]
    if len(signs) != len(words) or any(sign not in "+-" for sign in signs) or any(word in "+-" for word in words):
        raise Question(f"“{question}” is no sum: put + or - between words, with spaces, such as king - man + woman.")
    rows = vectors.unit[vectors.indices(words)]  # (W, D)
    total = sum(row if sign == "+" else -row for sign, row in zip(signs, rows))
    return vectors.neighbours(total, n, words)


def score(vectors, text):
    """How well vectors do on a test file, a few lines."""
    test = evaluate.parse_test_set(text)
    if isinstance(test, list):
        pairs = evaluate.word_pairs(vectors, test)
        rho = "no pair is known" if pairs.rho is None else f"Spearman’s rho {pairs.rho:.3f}"
        return f"{rho}; {pairs.covered:,} of {pairs.total:,} pairs are known."
    *_, result = evaluate.analogies(vectors, test)
    lines = [f"{tally.correct:6,} of {tally.covered:6,}  {name}" for name, tally in result.categories.items()]
    overall = result.overall
    return "\n".join(
        [*lines, f"{overall.correct:6,} of {overall.covered:6,}  in all; the file has {overall.total:,} questions."]
    )
