"""Which vectors are saved, scored and compared."""

import param

from app.sources.vector_sets import GLOVE

FORMS = {"word2vec, text": "word2vec-text", "word2vec, binary": "word2vec-binary", "NumPy .npz": "npz"}


class ModelsState(param.Parameterized):
    """Vectors as files, their scores, and two of them side by side."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    source = param.String(GLOVE, label="Vectors")
    form = param.Selector(objects=FORMS, default="word2vec-text", label="Format")
    file_message = param.String("")
    queue_message = param.String("")
    doubt_message = param.String("")
    score_message = param.String("")
    left = param.String(GLOVE, label="First")
    right = param.String(GLOVE, label="Second, turned onto the first")
    compare_message = param.String("")
    own = param.String("", label="Words to add")
    own_message = param.String("")
