"""What the chapter's panels share: lean plots, and controls for a training in turns that the reader can stop."""

import asyncio
import time

import panel as pn
import param
from bokeh.models import DataRange1d, Grid, LinearAxis, Plot

from app.ui.messages import said
from app.ui.planes import bare
from app.ui.stylesheets import BUTTONS, FIELDS

TURN = 0.03  # seconds of work between two turns of the event loop
PICTURES = 40  # of a training ...
PAUSE = 0.04  # ... with a pause after each, in seconds: it would be over before the eye had followed


class PanelState(param.Parameterized):
    """What every panel of the chapter has."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    summary = param.String("", doc="What the panel shows, in words.")


class LearningState(PanelState):
    """A panel that trains in turns."""

    training = param.Boolean(False)
    asked = param.Integer(0, doc="How often a training was asked for.")
    stopping = param.Boolean(False)
    progress = param.Integer(0, bounds=(0, 100))
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
    bare(plot)
    for side, dimension, label in [("below", 0, x), ("left", 1, y)]:
        axis = LinearAxis(axis_label=label)
        plot.add_layout(axis, side)
        plot.add_layout(Grid(axis=axis, dimension=dimension))
    return plot


def fields(*widgets):
    """Controls side by side, as many as the width holds."""
    return pn.Row(*widgets, stylesheets=[FIELDS], sizing_mode="stretch_width")


def control(kind, state, panel, name, **options):
    """A widget of the class `kind` for a parameter of a panel's state."""
    return kind.from_param(state.param[name], disabled=state.param.live.rx.not_(), tags=[f"{panel}-{name}"], **options)


def slider(state, panel, name, **options):
    kind = pn.widgets.IntSlider if isinstance(getattr(state, name), int) else pn.widgets.FloatSlider
    return control(kind, state, panel, name, sizing_mode="stretch_width", **options)


def training_controls(state, name, train, settings):
    """Train, Stop, how far it is, and a message; `train` is the callback, for a change of the settings too."""
    waiting = pn.bind(lambda live, training: not live or training, state.param.live, state.param.training)
    start = pn.widgets.Button(
        name="Train", button_type="primary", disabled=waiting, tags=[f"{name}-train"], on_click=train
    )
    state.param.watch(train, settings)
    stop = pn.widgets.Button(
        name="Stop",
        disabled=state.param.training.rx.not_(),
        tags=[f"{name}-stop"],
        on_click=lambda event: setattr(state, "stopping", True),
    )
    progress = pn.indicators.Progress(
        value=state.param.progress,
        max=100,
        visible=state.param.training,
        sizing_mode="stretch_width",
        tags=[f"{name}-progress"],
    )
    return pn.Row(start, stop, stylesheets=[BUTTONS]), progress, said(state.param.message, f"{name}-message")


async def newest(state, train):
    """Await train(), again if the settings change meanwhile: then the training under way ends early."""
    state.asked += 1
    if state.training:
        state.stopping = True
        return
    begun = None
    while begun != state.asked:
        begun = state.asked
        await train()


async def in_turns(state, work, show):
    """Do the work, an iterator that gives the part done (0..1) after each bit; whether it came to its end.

    show() is called PICTURES times and at the end; `stopping`, set by the reader's Stop, ends it early.
    """
    state.param.update(training=True, stopping=False, progress=0, message="Training …")
    shown, turned = 0, time.monotonic()
    try:
        for part in work:
            if part * PICTURES >= shown + 1:
                shown = int(part * PICTURES)
                state.progress = int(100 * part)
                show()
                await asyncio.sleep(PAUSE)
                turned = time.monotonic()
            elif time.monotonic() - turned > TURN:
                await asyncio.sleep(0.001)
                turned = time.monotonic()
            if state.stopping:
                break
        show()
        return not state.stopping
    finally:
        state.param.update(training=False, stopping=False, progress=0)
