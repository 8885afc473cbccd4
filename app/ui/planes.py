"""What the planes of words share: arrows, ranges, labels, and the player of frames.

Labels are laid out by static/ui/plane.js, which keeps them apart; static/ui/pan-zoom.js moves and zooms the planes.
"""

import numpy as np
from bokeh.models import Arrow, ColumnDataSource, NormalHead, Range1d, Ray, Slider, Span, Text
from bokeh.plotting import figure

from app.ui import palette
from app.ui.stylesheets import FONT, THEMED_TEXT

NO_LINES = dict(x0=[], y0=[], x1=[], y1=[])
NO_LABELS = dict(x=[], y=[], text=[], dx=[], dy=[], align=[], baseline=[])
MARGIN = 0.56  # of the extent of the words, from the middle of a plane to its edge
NUMBERS, LABEL = 44, 22  # px left of a plane for numbers, at any zoom, so that it stays where it is; for an axis label


def word_plane(name, ranges=None, **options):
    """A figure for words, without tools of Bokeh's."""
    x_range, y_range = ranges or (Range1d(-1, 1), Range1d(-1, 1))
    plane = figure(
        name=name,
        sizing_mode="stretch_both",
        toolbar_location=None,
        tools=[],
        x_range=x_range,
        y_range=y_range,
        **options,
    )
    for axis in plane.left:
        plane.min_border_left = NUMBERS + (LABEL if axis.axis_label else 0)
    make_transparent(plane)
    return plane


def loss_plot(name, x, **options):
    """A figure for a mean loss over x."""
    return course_plot(name, x, "mean loss (nats)", **options)


def course_plot(name, x, y, **options):
    """A figure for how y goes with x."""
    plot = figure(
        name=name,
        sizing_mode="stretch_both",
        toolbar_location=None,
        tools=[],
        min_border_right=24,
        x_axis_label=x,
        y_axis_label=y,
        **options,
    )
    make_transparent(plot)
    return plot


def add_cursor(plot, name):
    """A vertical line at the frame on show."""
    plot.add_layout(Span(name=name, dimension="height", location=0, line_width=2, line_color=palette.PUSH))


def make_transparent(plot):
    """Let the page's background show through a figure."""
    plot.update(background_fill_color=None, border_fill_color=None, outline_line_color=None)


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
    plot.add_glyph(
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
    plot.add_glyph(
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
