"""Messages to the reader."""

from html import escape

import panel as pn


def said(message, tag):
    """A line that shows a string parameter as text: it may hold what the reader typed, so markup is escaped."""
    return pn.widgets.StaticText(
        value=pn.bind(lambda text: escape(text, quote=False), message), tags=[tag], sizing_mode="stretch_width"
    )
