"""What the user has typed and chosen at the map, and the messages on it."""

import param

from app.figures.map.shown import PAGE, SHOWS
from app.sources.vector_sets import GLOVE

NO_COLUMN = "Choose a column …"


class MapState(param.Parameterized):
    """The embedding map's fields and messages; its words, pairs and categories are a UserChoice."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    message = param.String("")
    categories_message = param.String("")
    columns = param.List(
        [NO_COLUMN], item_type=str, doc="NO_COLUMN, then what is known of the words of the set on show."
    )
    column = param.String(NO_COLUMN, label="Or a column of the file of these vectors")
    plane_message = param.String("")
    pairs = param.String("", label="Your own pairs")
    pairs_message = param.String("")
    sum_message = param.String("")
    odd_message = param.String("")
    source = param.String(GLOVE, label="Vectors")
    source_message = param.String("")
    show = param.Selector(objects=SHOWS, default=PAGE, label="Show")
    a = param.String("king")
    b = param.String("man")
    c = param.String("woman")
    method = param.Selector(objects={"3CosAdd": "add", "3CosMul": "mul"}, default="add", label="Method")
    keep_inputs = param.Boolean(False, label="Keep the inputs among the answers")
    odd = param.String("breakfast, cereal, dinner, lunch", label="Three or more words")
