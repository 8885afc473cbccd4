"""What the chapter's panels share: lean plots, controls, and a training that is shown on the way and can be stopped."""

import panel as pn
import param
from bokeh.models import DataRange1d

from app.tasks.task import completed
from app.ui.controls import button, buttons, message, progress_bar, stop_button, waiting, widget
from app.ui.planes import bare_plot

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
    """A panel's plot; ranges: of x and y, where they are not to follow the data."""
    ranges = ranges or [DataRange1d(range_padding=0.16) for _ in range(2)]
    return bare_plot(name, ranges, (x, y), match_aspect=same_scale, min_border_left=38, min_border_right=16)


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
