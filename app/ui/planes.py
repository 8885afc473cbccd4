"""What the planes of words share: arrows, ranges, labels, and the player of frames.

Labels are laid out by static/ui/plane.js, which keeps them apart; static/ui/pan-zoom.js moves and zooms the planes.
"""

import numpy as np
from bokeh.models import (
    Arrow,
    ColumnDataSource,
    DataRange1d,
    Grid,
    LinearAxis,
    NormalHead,
    NumeralTickFormatter,
    Plot,
    Range1d,
    Ray,
    Slider,
    Span,
    Text,
)

from app.ui import palette
from app.ui.stylesheets import FONT, THEMED_TEXT

NO_LINES = dict(x0=[], y0=[], x1=[], y1=[])
ENDS = {name: name for name in NO_LINES}  # of a Segment, its columns
NO_LABELS = dict(x=[], y=[], text=[], dx=[], dy=[], align=[], baseline=[])
MARGIN = 0.56  # of the extent of the words, from the middle of a plane to its edge
NUMBERS = 44  # px left of a plane for numbers, at any zoom, so that it stays where it is


def bare_plot(name, ranges, labels=("", ""), axes=True, **options):
    """A Plot with axes and a grid, and no tools: half the models of bokeh.plotting.figure, whose import is slow.

    ranges, labels: of x and y.
    """
    x_range, y_range = ranges
    plot = Plot(
        name=name,
        title=None,
        toolbar_location=None,
        sizing_mode="stretch_both",
        x_range=x_range,
        y_range=y_range,
        background_fill_color=None,  # the page's shows through
        border_fill_color=None,
        outline_line_color=None,
        **options,
    )
    for side, dimension, label in zip(("below", "left"), (0, 1), labels) if axes else ():
        axis = LinearAxis(axis_label=label)
        plot.add_layout(axis, side)
        plot.add_layout(Grid(axis=axis, dimension=dimension))
    return plot


def word_plane(name, ranges=None, axes=True, **options):
    """A plot for words."""
    plane = bare_plot(name, ranges or (Range1d(-1, 1), Range1d(-1, 1)), axes=axes, **options)
    if axes:
        plane.min_border_left = NUMBERS
    return plane


def course_plot(name, x, y="", ranges=None):
    """A plot for how y goes with x; without ranges of both they follow the data."""
    plot = bare_plot(name, ranges or (DataRange1d(), DataRange1d()), (x, y), min_border_right=24)
    plot.xaxis.formatter = NumeralTickFormatter(format="0,0.[0]")  # 10,000 steps, 2.5 epochs
    return plot


def add_glyphs(plot, source, glyph, **options):
    """Draw a glyph for each row of a source, the same whether it or others are selected, but for what options say."""
    return plot.add_glyph(
        source, glyph, **dict(selection_glyph=None, nonselection_glyph=None, muted_glyph=None) | options
    )


def add_cursor(plot, name):
    """A vertical line at the frame on show."""
    look = dict(line_width=2, line_color=palette.PUSH)
    plot.add_layout(Span(name=name, dimension="height", location=0, level="overlay", **look))


def marks_apart(plane):
    """Draw the marks on the canvas above that of the axes, which need not be drawn anew when marks move."""
    for mark in [*plane.renderers, *(annotation for annotation in plane.center if isinstance(annotation, Arrow))]:
        mark.level = "overlay"


def add_arrows(plane, source, ends=("x0", "y0", "x1", "y1"), colour="colour", head=10, **options):
    """Arrows whose columns of ends are named x_start, y_start, x_end, y_end; colour: a column's name or a colour."""
    names = dict(zip(("x_start", "y_start", "x_end", "y_end"), ends))
    tip = NormalHead(size=head, fill_color=colour, line_color=colour)
    plane.add_layout(Arrow(source=source, line_color=colour, end=tip, **names, **options))


def add_labels(plot, name, alpha=1):
    """Text at the places that the source `name` says, in the page's text colour; the page lays it out.

    alpha: a number or, where some labels are fainter, the name of a column.
    """
    columns = NO_LABELS if alpha == 1 else NO_LABELS | {alpha: []}
    add_glyphs(
        plot,
        ColumnDataSource(name=name, data=columns),
        Text(
            x="x",
            y="y",
            text="text",
            x_offset="dx",
            y_offset="dy",
            text_align="align",
            text_baseline="baseline",
            text_font=FONT,
            text_font_size="13px",
            text_color=palette.FAINT,
            text_alpha=alpha,
            tags=[THEMED_TEXT],
        ),
    )


def add_leaders(plot, name):
    """Thin lines under the marks, to labels that found no position beside them; the page lays them out too."""
    add_glyphs(
        plot,
        ColumnDataSource(name=name, data=dict(x=[], y=[], length=[], angle=[])),
        Ray(
            x="x",
            y="y",
            length="length",
            angle="angle",
            length_units="screen",
            line_color=palette.FAINT,
            line_width=0.75,
        ),
        level="underlay",
    )


def limits(xy):
    """[(start, end)] of both axes, with a margin around points xy (W, 2)."""
    middle, half = (xy.max(axis=0) + xy.min(axis=0)) / 2, (xy.max(axis=0) - xy.min(axis=0)) * MARGIN
    half = np.where(half > 0, half, half.max() or 1)
    return list(zip((middle - half).tolist(), (middle + half).tolist()))


def fit(ranges, xy):
    """Give the ranges of both axes the `limits` of points."""
    for axis, (start, end) in zip(ranges, limits(xy)):
        axis.update(start=start, end=end)


def frame_player(name, last, value):
    """The frame on show and the last one, not drawn: static/ui/player.js moves it, and Python need not know."""
    return Slider(name=name, start=0, end=last, value=value, step=1)
