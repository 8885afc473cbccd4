"""The user's part in what the map shows: words added and removed, pairs, categories of their own, with Undo."""

import json

from app.sources.map_words import ADDED, CATEGORIES, CATEGORY_OF, START, UNSORTED

MOST_OWN = 500
EMPTY = dict(added=[], removed=[], pairs=[], categories={}, slots=[])


class UserChoice:
    """added: words put on the map; removed: words taken off it; pairs: [(start, end)]; categories: {name: words}.

    slots: the user's categories by the place of their style, None where one has gone, so that none changes its colour.
    """

    def __init__(self):
        self._past = []
        self._set(**EMPTY)

    def _set(self, added, removed, pairs, categories, slots):
        self.added, self.removed, self.pairs = list(added), list(removed), [tuple(pair) for pair in pairs]
        self.categories = {name: list(words) for name, words in categories.items()}
        self.slots = list(slots)

    def _now(self):
        return {name: getattr(self, name) for name in EMPTY}

    def _change(self, **changes):
        after = self._now() | changes
        count = len(own_words(**after))
        if count > MOST_OWN:
            raise ValueError(f"That makes {count:,} words of yours; the map has room for {MOST_OWN}: leave some out.")
        before = self._now()
        self._set(**after)
        if self._now() != before:
            self._past.append(before)

    def own_words(self):
        """The words that the user added or put into categories, each once."""
        return own_words(**self._now())

    def category_of(self, word):
        """The user's category of a word, else that of the start, else ADDED or UNSORTED."""
        own = next((name for name, words in self.categories.items() if word in words), None)
        return own or CATEGORY_OF.get(word) or (ADDED if word in self.added else UNSORTED)

    def put(self, words, pairs=()):
        """Put words and pairs on the map; raises ValueError if the user's words would be too many."""
        there = {*START, *self.own_words()}
        self._change(
            added=self.added + [word for word in dict.fromkeys(words) if word not in there],
            removed=[word for word in self.removed if word not in words],
            pairs=list(dict.fromkeys([*self.pairs, *pairs])),
        )

    def remove(self, word):
        """Take a word off the map, and out of the user's categories."""
        left = {name: [other for other in words if other != word] for name, words in self.categories.items()}
        left = {name: words for name, words in left.items() if words}
        self._change(
            added=[other for other in self.added if other != word],
            removed=[*self.removed, word],
            categories=left,
            slots=slots_of(left, self.categories, self.slots),
        )

    def set_categories(self, categories):
        """Take {name: words} in place of the user's categories; raises ValueError if the words would be too many."""
        words = {word for words in categories.values() for word in words}
        self._change(
            removed=[word for word in self.removed if word not in words],
            categories=categories,
            slots=slots_of(categories, self.categories, self.slots),
        )

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
        return json.dumps(self._now(), ensure_ascii=False) if self._now() != EMPTY else ""

    def restore(self, text):
        """Take what `to_text` gave, without a step of Undo; raises ValueError for any other text."""
        choice = json.loads(text)
        if not is_choice(choice):
            raise ValueError("What was kept of your words and categories is damaged: they are not put back.")
        self._set(**choice)


def is_choice(value):
    """Whether JSON is what `to_text` gives."""
    words = lambda value: isinstance(value, list) and all(isinstance(word, str) for word in value)  # noqa: E731
    return (
        isinstance(value, dict)
        and value.keys() == EMPTY.keys()
        and words(value["added"])
        and words(value["removed"])
        and isinstance(value["pairs"], list)
        and all(words(pair) and len(pair) == 2 for pair in value["pairs"])
        and isinstance(value["categories"], dict)
        and all(map(words, value["categories"].values()))
        and isinstance(value["slots"], list)
        and all(slot is None or slot in value["categories"] for slot in value["slots"])
        and len(own_words(**value)) <= MOST_OWN
    )


def own_words(added, categories, **rest):
    """The words of a choice that are the user's, each once."""
    return list(dict.fromkeys([*added, *(word for words in categories.values() for word in words)]))


def slots_of(categories, before, slots):
    """The categories by the place of their style: each keeps its place, a renamed one too, a new one takes a free one.

    A category is a renamed one if it shares half of its words or more with one that is gone. Those that have the name
    of a category of the start have its style, and no place.
    """
    names = [name for name in categories if name not in [*CATEGORIES, ADDED, UNSORTED]]
    renamed = renamed_ones([name for name in names if name not in slots], categories, before, slots)
    kept = [name if name in names else renamed.get(name) for name in slots]
    kept += [None] * len(names)
    for name in names:
        if name not in kept:
            kept[kept.index(None)] = name
    while kept and kept[-1] is None:
        kept.pop()
    return kept


def renamed_ones(new, categories, before, slots):
    """{category that is gone: the one of the new names that it has now}."""
    gone, found = [name for name in slots if name and name not in categories], {}
    for name in new:
        shared = {other: len({*categories[name]} & {*before[other]}) for other in gone if other not in found}
        other = max(shared, key=shared.get, default=None)
        if other and 2 * shared[other] >= len(categories[name]):
            found[other] = name
    return found
