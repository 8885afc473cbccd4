"""What the figures and the page's modules agree on."""
from bokeh.core.properties import value

INK = "ink"                 # a tag: text in the colour of the page's ink, light or dark
FONT = value("Inter")       # of the labels
