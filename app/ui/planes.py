"""What the planes of words share: a bare ground, and labels that static/ui/plane.js keeps apart."""

from bokeh.models import ColumnDataSource, Text

from app.ui import palette
from app.ui.stylesheets import FONT, INK

NO_LABELS = dict(x=[], y=[], text=[], dx=[], dy=[], align=[], baseline=[])


def bare(plot):
    """Let the page's paper show through a figure."""
    plot.update(background_fill_color=None, border_fill_color=None, outline_line_color=None)


def add_labels(plot, name):
    """Text at the places that the source `name` says, in the page's ink; empty until the page has laid them out."""
    plot.add_glyph(
        ColumnDataSource(name=name, data=NO_LABELS),
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
            tags=[INK],
        ),
    )
