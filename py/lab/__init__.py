"""What the user's cells can ask of the page: pictures, frames for the dynamics figure, GloVe's word vectors.

The wheel brings it too, so that cells run in Jupyter: there `data_from` says where the page's files are.
"""

from lab.data import load_glove
from lab.outside import data_from, wait
from lab.pictures import Frames, Plot, show

__all__ = ["Frames", "Plot", "data_from", "load_glove", "show", "wait"]
