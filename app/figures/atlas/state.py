"""What the user has chosen at the atlas, and the messages on it."""

import param

from app.sources.vector_sets import GLOVE


class AtlasState(param.Parameterized):
    """The atlas's fields and messages."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    source = param.String(GLOVE, label="Vectors")
    message = param.String("")
    question_message = param.String("")
