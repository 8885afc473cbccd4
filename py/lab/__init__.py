"""What the reader's cells can ask of the page: pictures, and frames for the dynamics figure."""
from lab.pictures import Frames, Plot, show

__all__ = ["Frames", "Plot", "show"]
