"""What the figures share with each other and with the page's modules."""

from bokeh.core.properties import value

THEMED_TEXT = "ink"  # a tag: text in the text colour of the theme, light or dark
FONT = value("Inter")  # of the labels

# Style sheets of our own; those that begin with OWN stay on a model, Panel's are taken off (app/main.py).
OWN = "/* own */"
FIELDS = (
    OWN + " :host { display: grid !important; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr));"
    " gap: 0.75rem 1.5rem; }"
)
NARROW_FIELDS = FIELDS.replace("11.5rem", "8.5rem")
HELP = OWN + " :host { margin-top: -0.5rem; color: var(--ink-soft); font-size: 0.75rem; }"
BUTTONS = OWN + " :host { display: flex !important; flex-wrap: wrap; gap: 0.5rem; }"
