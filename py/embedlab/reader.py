"""A text that arrives in pieces, as bytes or typed, becomes a Corpus: decoded, tokenised, counted, encoded.

Axes: W all distinct words and sentence ends, T time (position in the corpus).
"""

import codecs
import re
from collections import defaultdict
from itertools import count

import numpy as np

from embedlab.phrases import join_phrases
from embedlab.text import END, Corpus, EmptyCorpus, Vocabulary, ranked
from embedlab.wordbreak import ENDS, UNSPACED, tokens

LARGEST = 50 * 10**6  # bytes of a text
PIECE = 1 << 18  # bytes or characters taken at a time; about 20 ms in Pyodide
LONGEST_RUN = 1 << 20  # characters without a place to cut
MOST_WORDS = 10**6  # different ones: about 150 MB
DROPPED = -2
BEGINNING, LINE = 1000, 100  # characters of a text in which its first line is looked for, and of that line
UNCUT = (
    "Its Chinese, Japanese, Thai, Lao, Khmer or Burmese words need spaces between them: this Python or browser cannot "
    "find them."
)

# The longest beginning after which the words, ends and accents are what they are in the whole text.
CUT = re.compile(r".*(?:[\s;()、。]|(?<=[^\W\d_])[,，])", re.DOTALL)
MARKS = {
    codecs.BOM_UTF8: codecs.utf_8_decode,
    codecs.BOM_UTF16_LE: codecs.utf_16_le_decode,
    codecs.BOM_UTF16_BE: codecs.utf_16_be_decode,
}


class BadText(ValueError):
    """Bytes or characters that are no text to learn from."""


class TextDecoder:
    """Bytes in any pieces to text: UTF-8, or UTF-16 if a byte order mark says so. Counts the lines on the way."""

    def __init__(self):
        self._decode = None
        self._held = b""  # the beginning of a mark or of a character
        self._at = 0  # offset of _held in the text
        self.lines = 0  # that have ended

    def feed(self, data, final=False):
        """The text of these bytes, as far as its characters are complete; raises BadText."""
        data = self._held + bytes(data)
        self._held = b""
        if self._decode is None:
            if len(data) < 3 and not final:
                self._held = data
                return ""
            mark = next(filter(data.startswith, MARKS), b"")
            self._decode = MARKS.get(mark, codecs.utf_8_decode)
            self._at, data = len(mark), data[len(mark) :]
        try:
            text, used = self._decode(data, "strict", final)
        except UnicodeDecodeError as error:
            good = data[: error.start].decode(error.encoding)
            raise BadText(
                f"Byte {self._at + error.start:,} ({self._place(good)}) begins "
                f"{data[error.start :][:4].hex(' ').upper()}, which is not {error.encoding.upper()}: save the "
                f"text as UTF-8 and open it again."
            ) from None
        self.check(text)
        self._at += used
        self._held = data[used:]
        return text

    def check(self, text):
        """Raises BadText for a NUL in the next part of the text; counts its lines."""
        before, nul, _ = text.partition("\0")
        if nul:
            raise BadText(
                f"There is a NUL character ({self._place(before)}), which no plain text has: save the "
                f"document as plain text in UTF-8 and open that."
            )
        self.lines += text.count("\n")

    def _place(self, before):
        """Where the next part of the text goes wrong, `before` being what of it is good."""
        line = before[before.rfind("\n") + 1 :]
        return f"line {self.lines + before.count(chr(10)) + 1:,}" + (f", after “{line[-20:]}”" if line else "")


class CorpusReader:
    """Reads a text piece by piece; however it is cut, the corpus is that of `tokenize` on the whole.

        reader = CorpusReader()
        for piece in pieces:
            reader.feed(piece)
        corpus = reader.finish(min_count=5)

    size: bytes read; words: running words found; uncut: whether there were words of a script without spaces and no
    `cut` to find them. Between two calls other work may go on. Nothing but the ids is
    stored of the text: 4 bytes for each word and sentence end.
    """

    def __init__(self, cut=None, largest=LARGEST):
        """cut: as for wordbreak.tokens; largest: bytes that the text may have."""
        self._largest = largest
        self._cut = cut
        self._decoder = TextDecoder()
        self._ids = defaultdict(count().__next__)  # word -> its number by first appearance, ENDS first
        for end in ENDS:
            self._ids[end]
        self._runs = []  # the text since the last place to cut
        self._pieces = []  # int32 arrays of numbers
        self._finished = False
        self.size = self.words = 0
        self.uncut = False
        self._beginning = ""

    def feed(self, chunk):
        """Take the next bytes or characters of the text; raises BadText, after which the reader is of no more use."""
        if self._finished:
            raise ValueError("the text was finished: read another one with a new CorpusReader.")
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            typed = isinstance(piece, str)
            self.size += len(piece.encode(errors="surrogatepass")) if typed else len(piece)
            if self.size > self._largest:
                raise BadText(f"The text is larger than {self._largest // 10**6} MB: leave a part of it out.")
            if typed:
                self._decoder.check(piece)
            self._take(piece if typed else self._decoder.feed(piece))

    @property
    def first_line(self):
        """The text's first line that is not empty, cut off where it is long."""
        line = next(iter(self._beginning.strip().splitlines()), "")
        return line if len(line) <= LINE else f"{line[:LINE]}…"

    def _take(self, text):
        self._beginning += text[: BEGINNING - len(self._beginning)]
        whole = CUT.match(text)
        if whole:
            self._encode("".join(self._runs) + whole[0])
            self._runs = []
        self._runs.append(text[whole.end() if whole else 0 :])
        if sum(map(len, self._runs)) > LONGEST_RUN:
            raise BadText(
                f"More than {LONGEST_RUN:,} characters on line {self._decoder.lines + 1:,} follow each "
                f"other without a space or a comma: put spaces between the words or leave that line out."
            )

    def _encode(self, text):
        """Tokens of a part that may stand by itself, as one more piece of numbers."""
        self.uncut = self.uncut or not self._cut and not text.isascii() and UNSPACED.search(text) is not None
        found = tokens(text, self._cut)
        numbers = np.fromiter(map(self._ids.__getitem__, found), np.int32, len(found))  # (T,)
        self._pieces.append(numbers)
        self.words += int((numbers >= len(ENDS)).sum())
        if len(self._ids) > MOST_WORDS:
            raise BadText(
                f"More than {MOST_WORDS:,} different words by line {self._decoder.lines + 1:,}: is it a "
                f"text? Use a shorter one."
            )

    def finish(self, min_count=1, phrases_above=0.0):
        """The Corpus without the words that occur less than min_count times; may be called again with another.

        phrases_above: the threshold above which join_phrases makes one word of two, 0 for none.
        Raises BadText if the text ends inside a character, EmptyCorpus if there is nothing to learn from.
        """
        try:
            return self._corpus(min_count, phrases_above)
        except EmptyCorpus as error:
            raise EmptyCorpus(f"{error} {UNCUT}" if self.uncut else str(error)) from None

    def _corpus(self, min_count, phrases_above):
        if not self._finished:
            self._take(self._decoder.feed(b"", final=True))
            self._encode("".join(self._runs))
            self._finished, self._runs = True, []
            self._pieces = [np.concatenate(self._pieces)]
        if not self.words:
            raise EmptyCorpus(
                f"The text {'holds no words, only other characters' if self.size else 'is empty'}: "
                f"type or paste a few sentences."
            )
        numbers, words, phrases = self._pieces[0] - len(ENDS), list(self._ids)[len(ENDS) :], []  # (T,), below 0: an end
        if phrases_above:
            numbers, words, phrases = join_phrases(numbers, words, min_count, phrases_above)
        counts = np.bincount(numbers[numbers >= 0], minlength=len(words))
        frequent, rare = ranked(words, counts, min_count)
        vocabulary = Vocabulary([words[i] for i in frequent], counts[frequent], dropped=[words[i] for i in rare])
        ids = np.full(len(words) + len(ENDS), DROPPED, dtype=np.int32)  # of the words, then of the ends
        ids[len(words) :] = END
        ids[frequent] = np.arange(len(frequent))
        tokens = closed_sentences(ids[numbers])  # (T,)
        check_learnable(tokens, vocabulary, min_count)
        kept = [(phrase, times) for phrase, times in phrases if phrase in vocabulary]
        return Corpus(tokens, vocabulary, kept, min_count)


def closed_sentences(ids):
    """ids (T,) int32 without those DROPPED, one END after each sentence that is not empty, the last one too."""
    ids = np.append(ids[ids != DROPPED], np.int32(END))
    previous = np.roll(ids, 1)  # the first follows the END that was appended
    return ids[(ids != END) | (previous != END)]


def check_learnable(tokens, vocabulary, min_count):
    """Raises EmptyCorpus for a single word and for sentences of one word each: there is no pair to learn from."""
    if len(vocabulary) == 1:
        rare = f" that occurs min_count={min_count} times or more" if min_count > 1 else ""
        raise EmptyCorpus(
            f"“{vocabulary.words[0]}” is the only word{rare}, and a word is learnt from others: "
            f"{'lower min_count or ' if rare else ''}use a longer text."
        )
    if not ((tokens[1:] != END) & (tokens[:-1] != END)).any():
        raise EmptyCorpus("No sentence has two words, so there are no pairs to learn from: write longer sentences.")
