"""What the questions to the vectors of the map share: words out of a text, and that only the last question counts."""

import re

from app.tasks.errors import reported

SEPARATORS = "[,;\n]"


def split_words(text):
    """The words of a text, separated by commas, semicolons or new lines if it has any, else by spaces."""
    parts = re.split(SEPARATORS, text) if re.search(SEPARATORS, text) else text.split()
    return [" ".join(part.split()) for part in parts if part.strip()]


class LastQuestion:
    """Shows the answer to the last question: one to an earlier question comes too late and is dropped.

    show(answer, text) draws an answer, None for none, and says what there is to say of it.
    """

    def __init__(self, show):
        self._show, self._last = show, None

    @property
    def asked(self):
        """Whether there was a question, and its answer was not cleared."""
        return self._last is not None

    async def ask(self, find):
        """Show what the coroutine function find() returns, (answer, text); errors of the user's leave no answer."""
        self._last = this = object()
        found, errors = None, []
        with reported(errors.append):
            found = await find()
        if self._last is this:
            self._show(*(found or (None, errors[0])))

    def clear(self):
        """Show no answer, neither one that is on its way."""
        self._last = None
        self._show(None, "")
