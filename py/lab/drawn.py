"""A Plot as a PNG, by Matplotlib: what Jupyter shows in the place of the page's own drawing."""

import io

SIZE, RESOLUTION = (6.4, 4.0), 110  # inches, dots per inch


def png(axes, layers):
    """Its bytes; None where there is no Matplotlib. axes, layers: of lab.Plot."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return None
    figure = Figure(figsize=SIZE, layout="constrained")
    area = figure.add_subplot(title=axes["title"], xlabel=axes["x"], ylabel=axes["y"])
    area.spines[["top", "right"]].set_visible(False)
    if axes["equal"]:
        area.set_aspect("equal", adjustable="datalim")
    bars = [layer for layer in layers if layer["kind"] == "bars"]
    for layer in layers:
        x, y, name = layer["x"], [float("nan") if value is None else value for value in layer["y"]], layer["name"]
        if layer["kind"] == "line":
            area.plot([float("nan") if value is None else value for value in x], y, label=name)
        elif layer["kind"] == "scatter":
            area.scatter([float("nan") if value is None else value for value in x], y, label=name)
            for label, *place in zip(layer["labels"], x, y):
                if place[0] is not None:
                    area.annotate(label, place, (4, 3), textcoords="offset points", fontsize=8)
        else:
            add_bars(area, x, y, name, bars.index(layer), len(bars))
    if any(layer["name"] for layer in layers):
        area.legend(frameon=False)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=RESOLUTION)
    return file.getvalue()


def add_bars(area, x, heights, name, index, of):
    """One of several layers of bars, which stand side by side."""
    words = isinstance(x[0], str)
    places = range(len(x)) if words else x
    gaps = [right - left for left, right in zip(sorted(places), sorted(places)[1:]) if right > left]
    width = 0.8 * min(gaps, default=1) / of
    area.bar([place + (index - (of - 1) / 2) * width for place in places], heights, width, label=name)
    if words:
        area.set_xticks(list(places), x)
