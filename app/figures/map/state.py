"""What the user has put on the map and asked of it."""

import param

from app.sources.vector_sets import GLOVE


class SpaceState(param.Parameterized):
    """The embedding map: the words on it, the reader's own pairs, and the sum that was asked for."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    message = param.String("")
    pairs_message = param.String("")
    sum_message = param.String("")
    odd_message = param.String("")
    source = param.String(GLOVE, label="Vectors")
    source_message = param.String("")
    added = param.List([], item_type=str, doc="Words that the reader put on the map.")
    removed = param.List([], item_type=str, doc="Words of the start that the reader took off.")
    pairs = param.List([], item_type=tuple, doc="The reader's own (start, end) pairs.")
    a = param.String("king")
    b = param.String("man")
    c = param.String("woman")
    method = param.Selector(objects={"3CosAdd": "add", "3CosMul": "mul"}, default="add", label="Method")
    keep_inputs = param.Boolean(False, label="Keep the inputs among the answers")
    odd = param.String("breakfast, cereal, dinner, lunch", label="Three or more words")
