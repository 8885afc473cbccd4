"""The user's part in what the map shows: words added and removed, pairs drawn, with Undo."""

import json

from app.sources.map_words import START

MOST_ADDED = 60
EMPTY = dict(added=[], removed=[], pairs=[])


class UserChoice:
    """added: words put on the map; removed: words of the start taken off; pairs: [(start, end)] of the user's own."""

    def __init__(self):
        self._past = []
        self._set(**EMPTY)

    def _set(self, added, removed, pairs):
        self.added, self.removed, self.pairs = list(added), list(removed), [tuple(pair) for pair in pairs]

    def _now(self):
        return dict(added=self.added, removed=self.removed, pairs=self.pairs)

    def _change(self, **changes):
        before = self._now()
        self._set(**(before | changes))
        if self._now() != before:
            self._past.append(before)

    def words(self):
        """The words to be on the map: those of the start that are left, then the user's."""
        return [word for word in START if word not in self.removed] + self.added

    def put(self, words, pairs=()):
        """Put words and pairs on the map; raises ValueError if there would be too many added words."""
        words = list(dict.fromkeys(words))
        added = [word for word in words if word not in START and word not in self.added]
        if len(self.added) + len(added) > MOST_ADDED:
            raise ValueError(f"The map has room for {MOST_ADDED} added words: remove some first.")
        self._change(
            added=self.added + added,
            removed=[word for word in self.removed if word not in words],
            pairs=dict.fromkeys([*self.pairs, *pairs]),
        )

    def remove(self, word):
        """Take a word off the map."""
        if word in self.added:
            self._change(added=[other for other in self.added if other != word])
        else:
            self._change(removed=[*self.removed, word])

    def take_pairs(self, pairs):
        """Take some of the user's pairs off the map; their words stay."""
        self._change(pairs=[pair for pair in self.pairs if pair not in pairs])

    def reset(self):
        """Leave nothing but the words of the start."""
        self._change(**EMPTY)

    def undo(self):
        """Go back to what was before the last change; whether there was one."""
        if self._past:
            self._set(**self._past.pop())
            return True
        return False

    def to_text(self):
        """The choice as JSON; empty if the map shows the words of the start."""
        return json.dumps(self._now()) if self._now() != EMPTY else ""

    def restore(self, text):
        """Take what `to_text` gave, without a step of Undo."""
        self._set(**json.loads(text))
