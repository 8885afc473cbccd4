"""Words and categories that the user puts on the map or takes off it: answers to the page's messages."""

import panel as pn

from app.figures.map.categories import of_column, parse_file, parse_text, split_words
from app.figures.map.shown import listed
from app.figures.map.state import NO_COLUMN
from app.tasks.errors import reported
from embedlab.numbers import counted
from embedlab.words import closest_spellings, composed

MOST_FILE = 5_000_000  # bytes of a file with categories
MOST_NAMED = 8  # words in a message ...
MOST_SPELT = 3  # ... and those of them that get near spellings


class Words:
    """map: a Map, whose choice of words this changes."""

    def __init__(self, state, map, bridge):
        self.state, self.map = state, map
        bridge.on("map-add", self.add)
        bridge.on("map-spell", self.spell)
        bridge.on("map-remove", self.remove)
        bridge.on("map-undo", self.undo)
        bridge.on("map-reset", self.reset)
        bridge.on("map-categories", self.categorise)
        bridge.on("map-categories-file", self.categorise_file)
        state.param.watch(lambda event: pn.state.execute(self.categorise_column), "column")

    def _say(self, text):
        self.state.message = ""  # so that a sentence is said again, and shown by a page that has another one
        self.state.message = text

    def _say_of_categories(self, text):
        self.state.categories_message = ""
        self.state.categories_message = text

    # -- words -----------------------------------------------------------------------------------------------

    async def add(self, text):
        """Put the words of a text on the map; the unknown ones are named."""
        with reported(self._say):
            words, unknown = await self._find(split_words(text))
            if not words and len(unknown) == 1:
                self.map.projected.look_up(unknown[0])
            there = self.map.on_map()
            new = [word for word in words if word not in there]
            if new:
                self.map.put(new)
                self.map.uncover(new)
            if len(words) == 1:
                self.map.select(words[0])
            self._say(" ".join(filter(None, [added(new, words), lacking(unknown, self.map.projected)])))

    async def spell(self, text):
        """Say that the last word of a text is unknown, with near spellings; nothing if it is known."""
        with reported(self._say):
            _, unknown = await self._find(split_words(text)[-1:])
            for word in unknown[:1]:
                self.map.projected.look_up(word)
            self._say("")

    async def _find(self, texts):
        """(words as the map calls them, those that are not known as they were typed)."""
        await self.map.load()
        projected = self.map.projected
        typed = list(dict.fromkeys(part for text in texts for part in parts(text, projected)))
        known = [projected.look_up(text) for text in typed if projected.spelling(text)]
        return list(dict.fromkeys(known)), projected.missing(typed)

    def remove(self, text):
        """Take a word off the map."""
        form = composed(text.strip().lower())
        word = next((word for word in self.map.on_map() if composed(word.lower()) == form), None)
        if not word:
            self._say(f"“{text.strip()}” is not on the map.")
            return
        self.map.choice.remove(word)
        self.map.show()
        self._say(f"“{word}” is off the map.")

    def undo(self, value=None):
        """Go back to what the user had before the last change."""
        if self.map.choice.undo():
            self.map.show()
            self.state.categories_message = ""
            self._say("The last change is undone.")
        else:
            self._say("There is nothing to undo.")

    def reset(self, value=None):
        """Take all off the map that is the user's; Undo brings it back."""
        self.map.choice.reset()
        self.map.show()
        self.state.categories_message = ""
        self._say("Your words, pairs and categories are off the map. Undo brings them back.")

    # -- categories ------------------------------------------------------------------------------------------

    async def categorise(self, text):
        """Draw the categories of a text, a line each, in place of those before."""
        with reported(self._say_of_categories):
            await self._categorise(parse_text(text))

    async def categorise_file(self, file):
        """Draw the categories of a TSV or CSV file in place of those before; file: a UserFile."""
        with reported(self._say_of_categories):
            if file.size > MOST_FILE:
                raise ValueError(
                    f"“{file.name}” has {file.size:,} bytes; categories may have {MOST_FILE:,}: cut it down."
                )
            await self._categorise(parse_file(await file.read(), file.name))

    async def categorise_column(self):
        """Draw the categories of the chosen column of the file of the vectors in place of those before."""
        name, projected = self.state.column, self.map.projected
        column = self.map.sources.model(projected.name).columns.get(name)
        if name == NO_COLUMN or column is None:
            return
        with reported(self._say_of_categories):
            categories, count = of_column(projected.vectors.words, column)
            if not categories:
                raise ValueError(f"No word has anything in the column “{name}”: choose another.")
            await self._categorise(categories)
            if count > len(categories):
                self._say_of_categories(
                    f"{self.state.categories_message} The column has {counted(count, 'category', 'categories')}."
                )

    async def _categorise(self, categories):
        map = self.map
        if not categories and not map.choice.categories:
            raise ValueError("There is no category yet: write one, as in fruit: apple, pear, plum.")
        await map.load()
        found = {name: as_on_map(texts, map.projected) for name, texts in categories.items()}
        words = [word for words in found.values() for word in words]
        map.choice.set_categories(found)
        map.show()
        map.uncover(words)
        self._say_of_categories(drawn(found, words, map.projected.missing(words)))


def parts(text, projected):
    """A text as one word if the vectors have it, else divided at its spaces."""
    return [text] if projected.spelling(text) else text.split()


def as_on_map(texts, projected):
    """Words as the map calls them; those that are not known as they were typed."""
    words = [part for text in texts for part in parts(text, projected)]
    return [projected.look_up(word) if projected.spelling(word) else word for word in words]


def added(new, words):
    """A sentence on words that are on the map, of which some are new."""
    if not words:
        return ""
    if len(words) == 1:
        return f"“{words[0]}” is on the map{'' if new else ' already'}."
    named = f": {listed(new, MOST_NAMED)}" if new else ""
    return f"{len(words):,} words are on the map, {len(new):,} of them new{named}."


def lacking(unknown, projected):
    """A sentence on words that the set lacks, with near spellings of the first ones: each takes a moment to find."""
    if not unknown:
        return ""
    near = {word: closest_spellings(word, projected.vectors.words) for word in unknown[:MOST_SPELT]}
    named = [f"{word} ({' or '.join(near[word])}?)" if near.get(word) else word for word in unknown]
    return f"Not among the {projected.size:,} known words: {listed(named, MOST_NAMED)}."


def drawn(categories, words, missing):
    """What to say of categories that were drawn."""
    if not categories:
        return "Your categories are off the map. Undo brings them back."
    count = counted(len(categories), "category", "categories")
    known = len(words) - len(missing)
    named = f" Not among the known words: {listed(missing, MOST_NAMED)}." if missing else ""
    return f"{count} of yours, with {counted(known, 'word')}.{named}"
