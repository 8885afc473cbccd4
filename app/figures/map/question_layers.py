"""What the map draws of a sum of words and of the odd one out, on layers of their own; the page places it."""

from bokeh.models import ColumnDataSource, Scatter, Segment

from app.ui import palette
from app.ui.planes import ENDS, NO_LINES, add_arrows, add_glyphs


def add_sum(plane):
    """The parallelogram of a − b + c: two arrows, two thin sides and the line to the best answer; and its marks."""
    lines = ColumnDataSource(name="space-sum-lines", data=NO_LINES | dict(dash=[], alpha=[]))
    look = dict(line_color=palette.PUSH, line_dash="dash", line_alpha="alpha", line_width=1.25)
    add_glyphs(plane, lines, Segment(**ENDS, **look), level="underlay")
    arrows = ColumnDataSource(name="space-sum-arrows", data=NO_LINES)
    add_arrows(plane, arrows, colour=palette.PUSH, line_width=2.5, line_dash=[6, 4], level="underlay")
    marks = dict(x=[], y=[], word=[], marker=[], size=[], fill=[], alpha=[])
    look = dict(fill_color=palette.PUSH, line_color=palette.PUSH, fill_alpha="fill", line_alpha="alpha", line_width=2)
    glyph = Scatter(x="x", y="y", marker="marker", size="size", **look)
    add_glyphs(plane, ColumnDataSource(name="space-sum-marks", data=marks), glyph)


def add_odd(plane):
    """Rings around the words that are compared, a square around the odd one."""
    marks = ColumnDataSource(name="space-odd-marks", data=dict(x=[], y=[], word=[], marker=[], width=[]))
    rings = dict(size=19, fill_color=None, line_color=palette.CENTRE, line_width="width")
    add_glyphs(plane, marks, Scatter(x="x", y="y", marker="marker", **rings))
