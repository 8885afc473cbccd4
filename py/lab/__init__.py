"""What the user's cells can ask of the page: pictures, frames for the dynamics figure, GloVe's word vectors."""

from lab.data import load_glove
from lab.pictures import Frames, Plot, show

__all__ = ["Frames", "Plot", "load_glove", "show"]
