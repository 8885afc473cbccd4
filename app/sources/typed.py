"""Words out of what the user typed."""

import re

SEPARATORS = "[,;\n]"


def split_words(text):
    """The words of a text, separated by commas, semicolons or new lines if it has any, else by spaces."""
    parts = re.split(SEPARATORS, text) if re.search(SEPARATORS, text) else text.split()
    return [" ".join(part.split()) for part in parts if part.strip()]
