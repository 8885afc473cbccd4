"""What the questions to the vectors of the map share: that only the last one counts."""

from app.tasks.errors import reported


class Question:
    """A card whose answer, once asked for, follows the question; a late one, to an earlier question, is dropped.

    Each kind has `_find()`, a coroutine function that returns (answer, text), `_show(answer, text)`, which draws an
    answer, None for none, and says what there is to say of it, and `_say(text)`. parameters: the state's that the
    answer depends on; map: a Map, which looks words up.
    """

    def __init__(self, state, map, parameters):
        self.state, self.map, self._last = state, map, None
        state.param.watch(self.follow, parameters)

    async def ask(self, event=None):
        """Show the answer, and from now on that of every change; errors of the user's leave no answer."""
        if not self.map.loaded:
            self._say("Loading the word vectors …")
        self._last = this = object()
        found, errors = None, []
        with reported(errors.append):
            found = await self._find()
        if self._last is this:
            self._show(*(found or (None, errors[0])))

    async def follow(self, event=None):
        """The question is another one."""
        if self._last is not None:
            await self.ask()

    def clear(self, event=None):
        """Show no answer, neither one that is on its way."""
        self._last = None
        self._show(None, "")
