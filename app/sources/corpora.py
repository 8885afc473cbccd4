"""The corpora to train on: the dictionary, the toy ones, the user's own; read piece by piece and stored once read."""

from app.sources import packaged
from app.sources.cutting import CUT
from embedlab.corpora import small_corpus, toy_corpus
from embedlab.numbers import counted
from embedlab.reader import LARGEST, UNCUT, BadText, CorpusReader

DICTIONARY, YOURS = "Dictionary", "Your own text"
TOYS = {"Toy: 15 words": toy_corpus(), "Toy: 22 words": small_corpus()}
LONGEST_TYPED = 5_000_000  # characters
COMMONEST = 10
SLICE = 1 << 18  # bytes of a file, characters of a typed text; read in about 20 ms


class Corpora:
    """Gives the Corpus of a choice. `own`: what YOURS means, a str or a UserFile, set by the figure."""

    def __init__(self):
        self.own = ""
        self._dictionary = packaged.dictionary()
        self._source, self._reader = None, None  # what was read last, and its reader
        self._corpus, self._settings = None, None

    async def corpus(self, choice, min_count, phrases_above, task, report):
        """The Corpus, read in a Task; report(sentence, part done) says how the reading goes on.

        Raises Stopped; BadText or EmptyCorpus for a text that is none; OSError if a file cannot be had. What was read
        before stays until another text has been read whole.
        """
        if self._reader is None or self._source != self._of(choice):
            reader = await self._read(choice, task, report)
            self._corpus, self._reader, self._source = None, reader, self._of(choice)
        if self._corpus is None or self._settings != (min_count, phrases_above):
            report("Building the vocabulary …", 1.0)
            await task.yield_to_loop(every=0)
            self._corpus = self._reader.finish(min_count, phrases_above)
            self._settings = min_count, phrases_above
        return self._corpus

    def understood(self, corpus):
        """What the user's own text was read as, in lines; corpus: the Corpus of it that was given last."""
        typed = isinstance(self.own, str)
        size = counted(len(self.own), "character") if typed else size_in_words(self.own.size)
        what = f"{'Your text' if typed else self.own.name}, {size}"
        words = corpus.vocabulary.words
        return "\n".join(
            [
                f"{what}: {counted(corpus.running_words, 'running word')}, a vocabulary of {len(words):,}.",
                f"The commonest: {', '.join(words[:COMMONEST])}.",
                f"The first line: “{self._reader.first_line}”",
                *([UNCUT] if self._reader.uncut else []),
            ]
        )

    def _of(self, choice):
        return self.own if choice == YOURS else choice

    async def _read(self, choice, task, report):
        """A CorpusReader that has been fed the whole text."""
        reader = CorpusReader(CUT)
        async for piece, size in self._pieces(choice, task, report):
            reader.feed(piece)
            report(f"Reading the text: {counted(reader.words, 'word')} …", reader.size / max(size, 1))
            await task.yield_to_loop(every=0)
        reader.finish()
        return reader

    async def _pieces(self, choice, task, report):
        """(bytes or characters, size of the whole) of a text, in pieces."""
        if choice == DICTIONARY:
            report("Fetching the dictionary …", 0.0)
            fetching = self._dictionary.get(
                lambda got, total: report(f"Fetching the dictionary: {got / 1e6:.1f} MB …", got / (total or 8e6))
            )
            dictionary = await task.wait(fetching)
            for piece in dictionary.pieces():
                yield piece, dictionary.size
        elif choice in TOYS or isinstance(self.own, str):
            text = TOYS[choice].text if choice in TOYS else self.own
            if len(text) > LONGEST_TYPED:
                raise BadText(
                    f"This field takes up to {LONGEST_TYPED:,} characters and the text has {len(text):,}: save it as a "
                    f"file and open that, or leave a part of it out."
                )
            for start in range(0, len(text), SLICE):
                yield text[start : start + SLICE], len(text)
        else:
            if self.own.size > LARGEST:
                raise BadText(
                    f"“{self.own.name}” has {self.own.size / 1e6:,.0f} MB and this page reads texts of up to "
                    f"{LARGEST // 10**6} MB: leave a part of it out."
                )
            for start in range(0, self.own.size, SLICE):
                yield await self.own.read(start, start + SLICE), self.own.size


def size_in_words(size):
    """A number of bytes as 12 kB or 1.2 MB."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB" if size >= 1e4 else counted(size, "byte")
