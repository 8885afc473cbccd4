"""What the user has chosen at the atlas, and the messages on it."""

import param

from app.sources.vector_sets import GLOVE

CLASSES = "WordNet’s classes"


class AtlasState(param.Parameterized):
    """The atlas's fields and messages."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    source = param.String(GLOVE, label="Vectors")
    columns = param.List([CLASSES], item_type=str, doc="CLASSES, then what is known of the words of the model on show.")
    column = param.String(CLASSES, label="Colours")
    message = param.String("")
    question_message = param.String("")
