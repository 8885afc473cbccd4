"""Which models are chosen, and what is said of them."""

import param

FORMS = {"word2vec, text": "word2vec-text", "word2vec, binary": "word2vec-binary", "NumPy .npz": "npz"}


class ModelsState(param.Parameterized):
    """The models in a table, as files, their scores, two of them side by side."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    chosen = param.List([], doc="The Models that are ticked in the table, in its order.")
    table_message = param.String("")
    form = param.Selector(objects=FORMS, default="word2vec-text", label="Save as")
    file_message = param.String("")
    queue_message = param.String("")
    doubt_message = param.String("")
    score_message = param.String("")
    words = param.String("", label="Words")
    words_message = param.String("")
    compare_message = param.String("")
    own = param.String("", label="Words to add")
    own_message = param.String("")
