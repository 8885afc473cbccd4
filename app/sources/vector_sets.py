"""The sets of word vectors that the user can question: GloVe, and what was trained or loaded."""

from itertools import count

import param

GLOVE = "GloVe"


class Sources(param.Parameterized):
    """Sets of word vectors by name.

    Views draw their choices from `names` and watch `added`, which is triggered after every `add`, so that they can
    follow when the set they use is replaced.
    """

    names = param.List([GLOVE], item_type=str, doc="GloVe first, then in the order in which they were added.")
    added = param.String("", doc="The name that was last added or replaced.")

    def __init__(self, glove):
        """glove: packaged.Glove, which is fetched when first asked for."""
        super().__init__()
        self._glove, self._others, self._columns = glove, {}, {}

    def add(self, name, vectors, columns=None):
        """Add WordVectors, or put them in the place of those of the same name; raises ValueError for GloVe's.

        columns: {name: a text for each word} of what is known of the words beside.
        """
        if name == GLOVE:
            raise ValueError(f"{GLOVE} stays as it is: choose another name.")
        self._others[name], self._columns[name] = vectors, columns or {}
        self.names = [GLOVE, *self._others]
        if self.added == name:
            self.param.trigger("added")
        else:
            self.added = name

    def unused(self, name):
        """The name, with a number behind it if it is taken."""
        numbered = (f"{name} ({number})" for number in count(2))
        return name if name not in self.names else next(other for other in numbered if other not in self.names)

    def columns(self, name):
        """{column: a text for each word} of the set of a name."""
        return self._columns.get(name, {})

    async def vectors(self, name, progress=None):
        """The WordVectors of a name; raises KeyError for an unknown one, OSError if GloVe cannot be fetched.

        progress(received, total) is called while GloVe is on its way.
        """
        return await self._glove.vectors(progress) if name == GLOVE else self._others[name]
