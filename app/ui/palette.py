"""Colours and marks of the categories: told apart by shape as well, readable on light and on dark.

The colours are spread in lightness and hue so that they differ under the common colour-vision deficiencies, and
have a contrast of at least 3:1 against the backgrounds of both themes.
"""

from app.ui.stylesheets import OWN

CATEGORY_STYLES = {
    "animals": ("#0077bb", "circle"),
    "colours": ("#d9691e", "square"),
    "food": ("#00877a", "triangle"),
    "countries": ("#a154a8", "diamond"),
    "cities": ("#cc3b2e", "inverted_triangle"),
    "people": ("#8a7a1f", "hex"),
    "professions": ("#1b8fbf", "plus"),
    "actions": ("#d8437f", "star"),
    "comparatives": ("#7a6fd0", "square_pin"),
    "connector": ("#7f858d", "circle_dot"),
    "added": ("#7f858d", "circle_cross"),
}
OTHER = ("#7f858d", "circle")
GROUP_COLOURS = {
    "gender": "#cc3b2e",
    "royalty": "#8a7a1f",
    "capitals": "#0077bb",
    "comparatives": "#00877a",
    "your pairs": "#a154a8",
}
PULL, PUSH, CENTRE = "#00877a", "#cc3b2e", "#0077bb"
FAINT = "#7f858d"
VOWEL = "#d9691e"  # with CENTRE for consonants: the first two colours of a cell's picture

# The marks as SVG paths in a box of -10..10, for the legend, which is HTML.
_PATHS = {
    "circle": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    "square": "M-6-6h12v12h-12z",
    "triangle": "M0-7l7 12h-14z",
    "diamond": "M0-8l6 8l-6 8l-6-8z",
    "inverted_triangle": "M0 7l7-12h-14z",
    "hex": "M4-7l4 7l-4 7h-8l-4-7l4-7z",
    "plus": "M-2.5-7h5v4.5h4.5v5h-4.5v4.5h-5v-4.5h-4.5v-5h4.5z",
    "star": "M0-8l2 5.5h6l-4.8 3.6l1.8 5.9l-5-3.6l-5 3.6l1.8-5.9l-4.8-3.6h6z",
    "square_pin": "M-7-7q7 3 14 0q-3 7 0 14q-7-3-14 0q3-7 0-14z",
    "circle_cross": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
}


def style(category):
    """(colour, Bokeh marker) of a category; unknown ones share one style."""
    return CATEGORY_STYLES.get(category, OTHER)


def mark_columns(categories):
    """The columns `colour` and `marker` of marks of the given categories."""
    styles = [style(category) for category in categories]
    return dict(colour=[colour for colour, _ in styles], marker=[marker for _, marker in styles])


def legend_css(categories):
    """CSS that draws each category's mark before its checkbox label, in order."""
    rules = []
    for i, category in enumerate(categories, 1):
        colour, marker = style(category)
        svg = (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-10 -10 20 20'>"
            f"<path fill='{colour}' d='{_PATHS[marker]}'/></svg>"
        )
        url = svg.replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
        rules.append(f'label:nth-of-type({i}) > span::before {{ background-image: url("data:image/svg+xml,{url}"); }}')
    box = (
        OWN + " label > span::before { content: ''; display: inline-block; width: 1.1em; height: 1.1em;"
        " margin-inline-end: .4em; vertical-align: -0.18em; background: no-repeat center / contain; }"
    )
    return "\n".join([box, *rules])
