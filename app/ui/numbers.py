"""A field for a number: what is out of its range is refused in words, and what was there stays."""

from html import escape

import panel as pn
import param

from app.ui.controls import column
from app.ui.stylesheets import HELP
from embedlab.numbers import written


def number_field(parameter, tag, disabled, explanation=""):
    """A field for a bounded number of a state, with a line below it: what it is, or why a number was refused."""
    state, name = parameter.owner, parameter.name
    whole = isinstance(parameter, param.Integer)
    line = pn.widgets.FloatInput(
        name=parameter.label,
        value=getattr(state, name),
        step=parameter.step or (1 if whole else 0.1),
        disabled=disabled,
        tags=[tag, dict(zip(("start", "end"), parameter.bounds), whole=whole)],  # for addresses
        sizing_mode="stretch_width",
    )
    told = pn.widgets.StaticText(tags=[f"{tag}-message"], stylesheets=[HELP], sizing_mode="stretch_width")

    def tell(text):
        told.param.update(value=escape(text, quote=False), visible=bool(text))

    def take(event):
        """What the user typed becomes the parameter, or is told and taken back."""
        kept = getattr(state, name)
        if event.new == kept:
            return
        refused = refusal(parameter, event.new)
        tell(f"{refused}: {written(kept)} is kept." if refused else explanation)
        if refused:
            line.value = kept
        else:
            setattr(state, name, int(event.new) if whole else event.new)

    tell(explanation)
    line.param.watch(take, "value")
    state.param.watch(lambda event: line.param.update(value=event.new), name)
    return column(line, told)


def refusal(parameter, value):
    """Why a parameter cannot have a value, None if it can; the value is a float, or None where nothing is written."""
    start, end = parameter.bounds
    whole = isinstance(parameter, param.Integer)
    if value is not None and start <= value <= end and (not whole or value == int(value)):
        return None
    return f"{'A whole number' if whole else 'A number'} from {written(start)} to {written(end)}"
