"""Widgets that repeat: they wait until Python is there and their task is idle, and carry their name in `tags`."""

from html import escape

import panel as pn

from app.ui.stylesheets import BUTTONS, FIELDS

UNLIMITED = 2**30  # characters of a text field, which would cut a paste without a word


def waiting(state, task=None):
    """True while Python has not joined the page, or while the task runs: what controls are disabled by."""
    if task is None:
        return pn.bind(lambda live: not live, state.param.live)
    return pn.bind(lambda live, busy: not live or bool(busy), state.param.live, task.param.busy)


def runs(task, what=None):
    """True while the task runs `what`, by default anything."""
    return pn.bind(lambda busy: busy == what if what else bool(busy), task.param.busy)


def idle(task, what=None):
    """The opposite of `runs`."""
    return pn.bind(lambda busy: busy != what if what else not busy, task.param.busy)


def field(kind, parameter, tag, disabled, **options):
    """A widget of the class `kind` for a parameter, as wide as there is room."""
    return widget(kind, parameter, tag, disabled, sizing_mode="stretch_width", **options)


def text_field(parameter, tag, disabled, enter, **options):
    """A line of text for a parameter; Enter calls enter(event), once the parameter has the text."""
    line = field(pn.widgets.TextInput, parameter, tag, disabled, **options)
    line.param.watch(enter, "enter_pressed")
    return line


def widget(kind, parameter, tag, disabled, **options):
    """A widget of the class `kind` for a parameter, as wide as it needs to be."""
    return kind.from_param(parameter, tags=[tag], disabled=disabled, **options)


def button(name, tag, action, disabled, primary=False):
    """A button that calls action(event)."""
    kind = "primary" if primary else "default"
    return pn.widgets.Button(name=name, tags=[tag], on_click=action, disabled=disabled, button_type=kind)


def stop_button(task, tag, what=None):
    """Stops the task while it runs `what`."""
    return button("Stop", tag, task.stop, idle(task, what))


def progress_bar(task, tag, what=None):
    """The task's progress, visible while it runs `what`."""
    return pn.indicators.Progress(
        value=task.param.progress, max=100, visible=runs(task, what), sizing_mode="stretch_width", tags=[tag]
    )


def message(parameter, tag, **options):
    """A line that shows a string parameter as text: it may hold what the user typed, so markup is escaped."""
    text = pn.bind(lambda text: escape(text, quote=False), parameter)
    return pn.widgets.StaticText(value=text, tags=[tag], sizing_mode="stretch_width", **options)


def buttons(*widgets):
    """Buttons side by side, on several lines if need be."""
    return pn.Row(*widgets, stylesheets=[BUTTONS])


def fields(*widgets, stylesheet=FIELDS):
    """Fields side by side, as many as the width holds."""
    return pn.Row(*widgets, stylesheets=[stylesheet], sizing_mode="stretch_width")


def column(*widgets, **options):
    """Widgets one below the other."""
    return pn.Column(*widgets, sizing_mode="stretch_width", **options)
