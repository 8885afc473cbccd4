"""Colours and marks of the categories: told apart by shape as well, readable on light and on dark.

The colours are spread in lightness and hue so that they differ under the common colour-vision deficiencies, and
have a contrast of at least 3:1 against the backgrounds of both themes.
"""

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
OWN_STYLES = [  # of the user's own categories, in turn
    ("#5b7f00", "cross"),
    ("#b8006b", "x"),
    ("#9a5a2a", "asterisk"),
    ("#0a8f8f", "triangle_pin"),
    ("#4a6a9a", "y"),
    ("#b07a00", "dash"),
]
GROUP_STYLES = {  # colours that no category has, and dashes
    "gender": ("#d500e6", "solid"),
    "royalty": ("#00a000", "9 4"),
    "capitals": ("#3d5cff", "2 4"),
    "comparatives": ("#961eff", "10 4 2 4"),
    "your pairs": ("#6e6e00", "5 3"),
}
PULL, PUSH, CENTRE = "#00877a", "#cc3b2e", "#0077bb"
FAINT = "#7f858d"
VOWEL = "#d9691e"  # with CENTRE for consonants: the first two colours of a cell's picture

# The marks as SVG paths in a box of -10..10, for the chips, which are HTML; those of LINES are strokes.
PATHS = {
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
    "triangle_pin": "M0-8q1 6 7 12q-7-2-14 0q6-6 7-12z",
    "cross": "M-8 0h16M0-8v16",
    "x": "M-6-6l12 12M-6 6l12-12",
    "asterisk": "M-8 0h16M0-8v16M-5-5l10 10M-5 5l10-10",
    "y": "M0 0v8M0 0l-6-6M0 0l6-6",
    "dash": "M-8 0h16",
}
LINES = ["cross", "x", "asterisk", "y", "dash"]


def style(category):
    """(colour, Bokeh marker) of a category; unknown ones share one style."""
    return CATEGORY_STYLES.get(category, OTHER)


def mark_columns(categories, own=()):
    """The columns `colour` and `marker` of marks of the given categories; own: those of the user, in order."""
    of_own = {category: OWN_STYLES[i % len(OWN_STYLES)] for i, category in enumerate(own)}
    styles = [of_own.get(category) or style(category) for category in categories]
    return dict(colour=[colour for colour, _ in styles], marker=[marker for _, marker in styles])
