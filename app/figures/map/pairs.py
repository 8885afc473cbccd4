"""The user's own pairs of words, which the map draws as one more analogy: the card."""

import json

from app.sources.map_words import shown_name
from app.sources.typed import split_words
from app.tasks.errors import reported
from app.ui.controls import button, buttons, column, message, text_field, waiting
from embedlab.numbers import counted

REMEDY = "write two words with an arrow between them, as in hot → cold"


def read_pairs(text):
    """[(start, end)] out of "big → huge, hot : cold"; raises ValueError for anything else."""
    pairs = []
    for part in split_words(f"{text},"):  # with a comma: spaces do not separate pairs
        words = [word.strip() for word in part.replace("->", "→").replace(":", "→").split("→")]
        if len(words) != 2 or not all(words):
            raise ValueError(f"“{part}” is not a pair: {REMEDY}.")
        pairs.append(tuple(words))
    if not pairs:
        raise ValueError(f"There is no pair yet: {REMEDY}.")
    return pairs


class OwnPairs:
    """The card of the user's pairs; map: a Map, whose `choice` holds them."""

    def __init__(self, state, map):
        self.state, self.map = state, map
        disabled = waiting(state)
        self.card = column(
            text_field(state.param.pairs, "space-own-pairs", disabled, self.add, placeholder="hot → cold, big → small"),
            buttons(
                button("Draw pairs", "space-add-pairs", self.add, disabled, primary=True),
                button("Clear pairs", "space-clear-pairs", self.clear, disabled),
            ),
            message(state.param.pairs_message, "space-pairs-message"),
        )

    async def add(self, event=None):
        """Draw what is typed, beside the pairs that are there; the text stays as it was typed."""
        with reported(self._say):
            await self._add()

    async def _add(self):
        pairs = read_pairs(self.state.pairs)
        words = await self.map.look_up([word for pair in pairs for word in pair])
        pairs = list(zip(words[::2], words[1::2]))
        for start, end in pairs:
            if start == end:
                raise ValueError(f"“{start} → {end}” is one word twice: write two different words.")
        self.map.put(words, pairs)
        self.map.show_pairs()
        self._say(_count(self.map.choice.pairs))

    def clear(self, event=None):
        """Take all pairs away; their words stay."""
        self._remove(self.map.choice.pairs)

    def remove(self, text):
        """Take a pair away; text: a JSON list of its two words."""
        self._remove([tuple(json.loads(text))])

    def _remove(self, pairs):
        gone = [pair for pair in pairs if pair in self.map.choice.pairs]
        if not gone:
            self._say("There are no pairs of yours on the map.")
            return
        self.map.take_pairs(gone)
        listed = ", ".join(f"{shown_name(start)} → {shown_name(end)}" for start, end in gone)
        self._say(f"Off the map: {listed}. The words stay. Undo, beside the map, brings back what was taken off.")

    def _say(self, text):
        self.state.pairs_message = text


def _count(pairs):
    if len(pairs) == 1:
        return "1 pair of yours on the map. A second one would show whether they are parallel."
    return f"{counted(len(pairs), 'pair')} of yours on the map."
