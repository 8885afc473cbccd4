"""What the chapter's panels share: lean plots, controls, and a training that is shown on the way and can be stopped."""

import panel as pn
import param
from bokeh.models import DataRange1d, Grid, LinearAxis, Plot

from app.tasks.task import completed
from app.ui.controls import button, buttons, message, progress_bar, stop_button, waiting, widget
from app.ui.planes import make_transparent

PICTURES = 40  # of a training ...
PAUSE = 0.04  # ... with a pause after each, in seconds: it would be over before the eye could follow


class PanelState(param.Parameterized):
    """What every panel of the chapter has."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    summary = param.String("", doc="What the panel shows, in words.")


class LearningState(PanelState):
    """A panel that trains."""

    message = param.String("")


def lean_plot(name, x, y, same_scale=False, ranges=None):
    """A Plot with two labelled axes and a grid: half the models of bokeh.plotting.figure, and no tools.

    ranges: of x and y, where they are not to follow the data.
    """
    x_range, y_range = ranges or [DataRange1d(range_padding=0.16) for _ in range(2)]
    plot = Plot(
        name=name,
        title=None,
        toolbar_location=None,
        sizing_mode="stretch_both",
        match_aspect=same_scale,
        x_range=x_range,
        y_range=y_range,
        min_border_left=38,
        min_border_right=16,
    )
    plot.toolbar.logo = None
    make_transparent(plot)
    for side, dimension, label in [("below", 0, x), ("left", 1, y)]:
        axis = LinearAxis(axis_label=label)
        plot.add_layout(axis, side)
        plot.add_layout(Grid(axis=axis, dimension=dimension))
    return plot


def control(kind, state, panel, name, **options):
    """A widget of the class `kind` for a parameter of a panel's state."""
    return widget(kind, state.param[name], f"{panel}-{name}", waiting(state), **options)


def slider(state, panel, name, **options):
    kind = pn.widgets.IntSlider if isinstance(getattr(state, name), int) else pn.widgets.FloatSlider
    return control(kind, state, panel, name, sizing_mode="stretch_width", **options)


def training_controls(state, task, name, train, settings):
    """Train, Stop, the progress, and a message; `train` is the callback, for a change of the settings too."""
    state.param.watch(train, settings)
    start = button("Train", f"{name}-train", train, waiting(state, task), primary=True)
    return (
        buttons(start, stop_button(task, f"{name}-stop")),
        progress_bar(task, f"{name}-progress"),
        message(state.param.message, f"{name}-message"),
    )


async def train_visibly(task, parts, show):
    """Train by `parts`, an iterator that yields the part done (0..1) after each bit; whether it came to its end.

    show() is called PICTURES times, with a pause after each, and at the end or after the task's Stop.
    """

    async def train():
        shown = 0
        for part in parts:
            if part * PICTURES < shown + 1:
                await task.yield_to_loop()
                continue
            shown = int(part * PICTURES)
            task.progress = int(100 * part)
            show()
            await task.yield_to_loop(every=0, pause=PAUSE)

    ended = await completed(train())
    show()
    return ended
