"""What the user has chosen at the atlas, and the messages on it."""

import param

from app.sources.vector_sets import GLOVE

CLASSES = "WordNet’s classes"
OF_MAP = "the map’s categories"
NO_OTHER = "no other model"


class AtlasState(param.Parameterized):
    """The atlas's fields and messages."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    source = param.String(GLOVE, label="Vectors")
    columns = param.List([CLASSES, OF_MAP], item_type=str, doc="Those two, then what is known of the model's words.")
    column = param.String(CLASSES, label="Colours")
    others = param.List([NO_OTHER], item_type=str, doc="What the words can be laid beside.")
    other = param.String(NO_OTHER, label="The other model")
    opened = param.String("", doc="The name of the file whose places are on show; empty if they are a model's.")
    message = param.String("")
    other_message = param.String("")
    question_message = param.String("")
