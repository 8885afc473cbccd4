"""Categories of the user's own, out of a text or a file: {name: words}, in their order.

Errors are ValueErrors that name the line and what to do.
"""

import re
from collections import Counter

from app.sources.tables import CATEGORY_HEADINGS, WORD_HEADINGS, rows_of, text_of

MOST_CATEGORIES = 24
MOST_OF_COLUMN = 300  # words
SEPARATORS = re.compile(r"[,;\t\r\n]")
QUOTES = "\"“”„'"
EXAMPLE = "as in fruit: apple, pear, plum"


class Gathering:
    """Categories while lines are read: none has a word of another."""

    def __init__(self, where=""):
        self.where, self.categories, self.found_in = where, {}, {}

    def error(self, line, what):
        """A ValueError that says where something is wrong."""
        place = f"{self.where}, line {line:,}" if self.where else f"Line {line:,}"
        return ValueError(f"{place}: {what}")

    def add(self, line, category, word):
        """Put a word into a category, once; raises ValueError if it is in another one."""
        other, first = self.found_in.setdefault(word, (category, line))
        if other != category:
            raise self.error(line, f"“{word}” is in “{other}” already (line {first:,}): leave one out.")
        self.categories.setdefault(category, {})[word] = None

    def gathered(self):
        """{name: words}; raises ValueError if there are too many."""
        if len(self.categories) > MOST_CATEGORIES:
            count = len(self.categories)
            raise ValueError(f"These are {count:,} categories; the map has room for {MOST_CATEGORIES}: leave some out.")
        return {category: list(words) for category, words in self.categories.items()}


def parse_text(text):
    """Categories of lines such as “fruit: apple, pear, plum”; lines of one name go together; {} of an empty text."""
    found = Gathering()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        name, colon, rest = line.partition(":")
        name, words = name.strip().strip(QUOTES).strip(), split_words(rest)
        if not colon:
            raise found.error(number, f"“{line.strip()}” has no colon: write a name, a colon and words, {EXAMPLE}.")
        if not name:
            raise found.error(number, f"There is no name before the colon: write one, {EXAMPLE}.")
        if not words:
            raise found.error(number, f"“{name}” has no words: write some after the colon, {EXAMPLE}.")
        for word in words:
            found.add(number, name, word)
    return found.gathered()


def split_words(text):
    """The parts of a text between commas, semicolons, tabs and line ends, without quotation marks around them."""
    parts = (part.strip().strip(QUOTES).strip() for part in SEPARATORS.split(text))
    return [part for part in parts if part]


def parse_file(data, file):
    """Categories of a TSV or CSV file (bytes) with a word and a category a row; file: its name, for errors.

    The first row may be a heading; without one the first column has the words and the second the categories.
    """
    found, columns = Gathering(f"“{file}”"), (0, 1)
    for number, row in rows_of(text_of(data, file), found.error):
        if not found.found_in and (headed := heading_columns(row)):
            columns = headed
            continue
        word, category = [row[column] if column < len(row) else "" for column in columns]
        category = " ".join(category.replace(":", " ").split())  # as a line of the text has it
        if not word:
            raise found.error(number, "there is no word in this row: write one, or remove the row.")
        if not category:
            raise found.error(number, f"“{word}” has no category: write one after a tab or a comma.")
        if SEPARATORS.search(word):
            raise found.error(number, f"“{word}” has a comma or a semicolon in it: leave that word out.")
        found.add(number, category, word)
    if not found.categories:
        raise ValueError(f"“{file}” holds no words: choose a file with a word and a category in each row.")
    return found.gathered()


def of_column(words, column):
    """({name: words}, how many categories there are) of a column that has a category, or nothing, for each word.

    As many as the map has room for: the commonest categories, and of their words the first.
    """
    every = [(word, " ".join(category.replace(":", " ").split())) for word, category in zip(words, column)]
    every = [(word, category) for word, category in every if word and category and not SEPARATORS.search(word)]
    sizes = Counter(category for _, category in every)
    common, found = dict(sizes.most_common(MOST_CATEGORIES)), {}
    for word, category in [pair for pair in every if pair[1] in common][:MOST_OF_COLUMN]:
        found.setdefault(category, []).append(word)
    return found, len(sizes)


def heading_columns(row):
    """(the word's, the category's) column of a heading; None if the row is none."""
    names = [cell.lower() for cell in row]
    word = next((names.index(name) for name in WORD_HEADINGS if name in names), None)
    if word is None:
        return None
    named = next((names.index(name) for name in CATEGORY_HEADINGS if name in names), None)
    if named is None and word == 0 and names[1:2] == ["label"]:
        named = 1
    return None if named is None else (word, named)
